"""Under a good signature, what policy reads cannot be moved to where policy does not look."""

from __future__ import annotations

from typing import Any

import pytest

from tests.credentials.verifying.stage import (
    LIST,
    OB,
    V2,
    Scene,
    credential,
    entry,
    issuer,
    rules,
    secured,
    status_list,
    verify,
    words,
)


def endorsed(**members: Any) -> dict[str, Any]:
    """A badge that embeds an endorsement of itself, as Open Badges 3.0 has it."""
    document = credential(issuer(), **members)
    document["endorsement"] = [
        {
            "@context": [V2, OB],
            "id": "urn:endorsement",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": {"id": issuer(5).controller, "type": ["Profile"]},
            "validFrom": "2026-01-02T03:04:05Z",
            "credentialSubject": {"id": document["id"], "type": ["EndorsementSubject"], "endorsementComment": "Good."},
        }
    ]
    return secured(document, issuer())


@pytest.mark.parametrize(
    ("name", "value", "state"),
    [("credentialStatus", entry(7), "revoked"), ("validUntil", "2026-02-01T00:00:00Z", "expired")],
)
def test_member_moved_into_an_endorsement_does_not_revive_a_badge(name: str, value: Any, state: str) -> None:
    scene = Scene({LIST: secured(status_list(issuer(), 7), issuer())})
    document = endorsed(**{name: value})
    assert words(scene.verify(document)) == ("invalid", "passed eddsa-rdfc-2022", f"failed {state}")
    subject = document["endorsement"][0]["credentialSubject"]
    subject["type"].append("VerifiableCredential")
    subject[name] = document.pop(name)
    assert words(scene.verify(document))[:2] == ("invalid", "failed broken")


def test_name_of_evidence_cannot_become_the_issuers() -> None:
    document = credential(issuer())
    document["evidence"] = [{"id": issuer().controller, "type": ["Evidence"], "name": "Harvard"}]
    proof = secured(credential(issuer()), issuer())["proof"]
    assert rules(verify(document | {"proof": proof}))[0] == "scattered-statements"
