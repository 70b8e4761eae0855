"""Status: every state it can end in, every kind of list, and lists that tell nothing because nobody can trust them."""

from __future__ import annotations

import base64
import gzip
from datetime import timedelta
from typing import Any

import pytest

from skillmark.credentials.proofs.jose import sign_vc_jose
from skillmark.credentials.verifying import Check, Outcome
from tests.credentials.verifying.stage import (
    LIST,
    NOW,
    Scene,
    badge,
    credential,
    entry,
    issuer,
    rules,
    secured,
    status_list,
    verify,
    words,
)

OTHER = issuer(2)
PROVED = "passed eddsa-rdfc-2022"


def listed(document: dict[str, Any], **options: Any) -> dict[str, Any]:
    """The pages on which a signed list stands."""
    return {LIST: secured(document, issuer(), **options)}


@pytest.mark.parametrize(
    ("purpose", "state"), [("revocation", "failed revoked"), ("suspension", "failed suspended"), ("refresh", "passed")]
)
def test_set_bit_means_what_its_purpose_says(purpose: str, state: str) -> None:
    pages = listed(status_list(issuer(), 7, purpose=purpose))
    one = verify(badge(credentialStatus=entry(7, purpose=purpose)), pages)
    assert words(one)[2].startswith(state)
    other = verify(badge(credentialStatus=entry(8, purpose=purpose)), pages)
    assert words(other) == ("valid", PROVED, "passed valid")


def told(value: int) -> list[Check]:
    """The status checks where a list of messages holds this value."""
    words_of_list = ["fresh", "checked", "seen", "gone"]
    messages = [{"status": hex(number), "message": word} for number, word in enumerate(words_of_list)]
    document = status_list(issuer(), purpose="message", size=2)
    bits = bytearray(1 << 15)
    bits[1] = value << 6  # entry 4 of two bits: the first two of the second byte
    document["credentialSubject"]["encodedList"] = encoded(bytes(bits))
    place = entry(4, purpose="message", statusSize=2, statusMessage=messages)
    report = verify(secured(credential(issuer(), credentialStatus=place), issuer()), listed(document))
    assert words(report) == ("valid", PROVED, "passed valid")
    return [check for check in report.checks if check.rule.startswith("status")]


def encoded(bits: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(gzip.compress(bits)).decode().rstrip("=")


@pytest.mark.parametrize(
    ("value", "explanation"),
    [
        (0, "the message bit is not set (fresh)"),
        (1, "the message status is 0x1 (checked)"),
        (3, "the message status is 0x3 (gone)"),
    ],
)
def test_status_message_is_told_and_changes_no_answer(value: int, explanation: str) -> None:
    assert [(check.rule, check.explanation) for check in told(value)] == [("status-message", explanation)]


def test_revoked_by_withdrawal_is_reported_withdrawn() -> None:
    messages = [{"status": "0x0", "message": "unset"}, {"status": "0x1", "message": "withdrawn"}]
    report = verify(badge(credentialStatus=entry(7, statusMessage=messages)), listed(status_list(issuer(), 7)))
    assert words(report) == ("invalid", PROVED, "failed withdrawn")


def test_revoked_counts_for_more_than_suspended_and_each_is_reported() -> None:
    suspended = "https://issuer.example/status/2"
    pages = listed(status_list(issuer(), 7)) | {
        suspended: secured(status_list(issuer(), 9, url=suspended, purpose="suspension"), issuer())
    }
    places = [entry(9, url=suspended, purpose="suspension"), entry(7)]
    report = verify(badge(credentialStatus=places), pages)
    assert words(report)[2] == "failed revoked"
    assert [(check.rule, check.pointer) for check in report.checks if check.outcome is Outcome.FAILED] == [
        ("status-suspension", "/credentialStatus/0"),
        ("status-revocation", "/credentialStatus/1"),
    ]


def test_revoked_counts_for_more_than_unreachable() -> None:
    places = [entry(1, url="https://issuer.example/gone"), entry(7)]
    report = verify(badge(credentialStatus=places), listed(status_list(issuer(), 7)))
    assert words(report)[2] == "failed revoked"
    assert [check.outcome.value for check in report.checks if check.rule in {"fetch", "status-revocation"}] == [
        "unknown",
        "failed",
    ]


@pytest.mark.parametrize(
    ("place", "current"),
    [
        ({"id": "https://x.example/1", "type": "SomeOtherStatus"}, "unknown status-unsupported"),
        (entry(7, statusListIndex="-1"), "failed status-malformed"),
        (entry(7, statusListIndex=7), "failed status-malformed"),
        (entry(7, statusListIndex="131072"), "failed status-malformed"),
        (entry(7, purpose="suspension"), "failed status-malformed"),
        ("https://issuer.example/status/1#7", "failed status-malformed"),
    ],
)
def test_entry_that_cannot_be_used_is_never_read_as_not_revoked(place: Any, current: str) -> None:
    document = secured(credential(issuer(), credentialStatus=place), issuer(), cryptosuite="eddsa-jcs-2022")
    report = verify(document, listed(status_list(issuer())))
    assert words(report)[0] == ("unknown" if current.startswith("unknown") else "invalid")
    if words(report)[1].startswith("passed"):
        assert words(report)[2] == current
    else:  # what the data model itself demands of an entry
        assert words(report)[1] == "failed malformed"


def untrusted_lists() -> dict[str, Any]:
    early = NOW + timedelta(hours=1)
    past: dict[str, Any] = {"valid_from": NOW - timedelta(days=9), "valid_until": NOW - timedelta(days=1)}
    future: dict[str, Any] = {"valid_from": early, "valid_until": early + timedelta(days=1)}
    presented = status_list(issuer()) | {"holder": OTHER.controller}
    presented["type"] = ["VerifiableCredential", "BitstringStatusListCredential", "VerifiablePresentation"]
    short = status_list(issuer())
    short["credentialSubject"]["encodedList"] = encoded(bytes(128))
    broken = secured(status_list(issuer()), issuer())
    broken["credentialSubject"]["statusPurpose"] = ["revocation", "suspension"]
    bare = status_list(issuer())
    del bare["credentialSubject"]["encodedList"]
    subjects = status_list(issuer())
    subjects["credentialSubject"] = [subjects["credentialSubject"]] * 2
    jcs = {"cryptosuite": "eddsa-jcs-2022"}
    return {
        "signed by nobody": status_list(issuer()),
        "signed by another": secured(status_list(issuer()), OTHER),
        "of another issuer": secured(status_list(OTHER), OTHER),
        "changed": broken,
        "stale": secured(status_list(issuer(), **past), issuer()),
        "early": secured(status_list(issuer(), **future), issuer()),
        "proof expired": secured(status_list(issuer()), issuer(), expires="2026-05-31T00:00:00Z"),
        "proof from the future": secured(status_list(issuer()), issuer(), created="2026-06-02T00:00:00Z"),
        "token expired": sign_vc_jose(
            status_list(issuer()), issuer(), claims={"exp": int(NOW.timestamp()) - 301}
        ).encode(),
        "a presentation of another": secured(presented, OTHER, **jcs),
        "for another purpose": secured(status_list(issuer()), issuer(), purpose="authentication"),
        "too short": secured(short, issuer()),
        "without bits": secured(bare, issuer()),
        "of two subjects": secured(subjects, issuer(), **jcs),
        "at another address": secured(status_list(issuer(), url=f"{LIST}0"), issuer()),
        "a badge": badge(),
        "no JSON": b"<html>",
        "two readings": b'{"id":"a","id":"b"}',
        "without zone": secured(status_list(issuer()) | {"validFrom": "2026-01-01T00:00:00"}, issuer()),
    }


@pytest.mark.parametrize("name", untrusted_lists())
def test_list_that_cannot_be_trusted_makes_the_status_unreachable(name: str) -> None:
    report = verify(badge(credentialStatus=entry(7)), {LIST: untrusted_lists()[name]})
    assert words(report) == ("unknown", PROVED, "unknown status-unreachable")


def test_list_that_cannot_be_had_makes_the_status_unreachable() -> None:
    assert words(verify(badge(credentialStatus=entry(7)))) == ("unknown", PROVED, "unknown status-unreachable")


def test_list_may_be_a_token() -> None:
    token = sign_vc_jose(status_list(issuer(), 7), issuer()).encode()
    assert words(verify(badge(credentialStatus=entry(7)), {LIST: token}))[2] == "failed revoked"
    assert words(verify(badge(credentialStatus=entry(8)), {LIST: token}))[2] == "passed valid"


def test_list_is_fetched_once_and_again_when_its_time_in_memory_is_over() -> None:
    scene = Scene(listed(status_list(issuer())))
    for index in (1, 2, 3):
        assert words(scene.verify(badge(credentialStatus=entry(index))))[0] == "valid"
    assert scene.asked == [LIST]
    scene.web.pages |= listed(status_list(issuer(), 1))
    scene.now += timedelta(minutes=4, seconds=59)
    assert words(scene.verify(badge(credentialStatus=entry(1))))[0] == "valid"
    scene.now += timedelta(seconds=1)
    assert words(scene.verify(badge(credentialStatus=entry(1))))[2] == "failed revoked"
    assert scene.asked == [LIST, LIST]


def test_list_in_memory_goes_stale_by_the_clock() -> None:
    scene = Scene(listed(status_list(issuer(), valid_until=NOW + timedelta(minutes=1))))
    assert words(scene.verify(badge(credentialStatus=entry(1))))[0] == "valid"
    scene.now += timedelta(minutes=6, seconds=1)
    assert words(scene.verify(badge(credentialStatus=entry(1))))[2] == "unknown status-unreachable"


def test_list_in_memory_speaks_for_no_other_issuer() -> None:
    scene = Scene(listed(status_list(issuer(), 7)))
    assert words(scene.verify(badge(credentialStatus=entry(7))))[2] == "failed revoked"
    foreign = scene.verify(badge(OTHER, credentialStatus=entry(8)))
    assert words(foreign)[2] == "unknown status-unreachable"
    assert rules(foreign) == ["status-list-foreign"]


def test_untrusted_list_is_not_kept() -> None:
    scene = Scene({LIST: secured(status_list(issuer()), OTHER)})
    assert words(scene.verify(badge(credentialStatus=entry(7))))[0] == "unknown"
    scene.web.pages |= listed(status_list(issuer(), 7))
    assert words(scene.verify(badge(credentialStatus=entry(7))))[2] == "failed revoked"


def test_status_list_2021_is_read() -> None:
    place = {
        "id": f"{LIST}#7",
        "type": "StatusList2021Entry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": LIST,
    }
    document = status_list(issuer())
    del document["validFrom"], document["validUntil"]
    document["@context"] = ["https://www.w3.org/2018/credentials/v1"]
    document["type"] = ["VerifiableCredential", "StatusList2021Credential"]
    document["issuanceDate"] = "2026-05-01T00:00:00Z"
    document["credentialSubject"]["type"] = "StatusList2021"
    document["credentialSubject"]["encodedList"] = encoded(b"\x01" + bytes((1 << 14) - 1))[1:]
    pages = listed(document, cryptosuite="eddsa-jcs-2022")
    carrying = secured(credential(issuer(), credentialStatus=place), issuer(), cryptosuite="eddsa-jcs-2022")
    assert words(verify(carrying, pages)) == ("invalid", "passed eddsa-jcs-2022", "failed revoked")
    clear = secured(
        credential(issuer(), credentialStatus=place | {"statusListIndex": "6"}), issuer(), cryptosuite="eddsa-jcs-2022"
    )
    assert words(verify(clear, pages)) == ("valid", "passed eddsa-jcs-2022", "passed valid")


REVOCATIONS = "https://issuer.example/revocations"


def edtech(**members: Any) -> dict[str, Any]:
    place = {"id": REVOCATIONS, "type": "1EdTechRevocationList"}
    contexts = [*credential(issuer())["@context"], "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"]
    return badge(**{"@context": contexts, "credentialStatus": place, **members})


def test_1edtech_revocation_list_names_credentials() -> None:
    revoked = {"id": edtech()["id"], "revoked": True, "revocationReason": "typing error"}
    page = {"id": REVOCATIONS, "issuer": issuer().controller, "revokedCredentials": [revoked]}
    report = verify(edtech(), {REVOCATIONS: page})
    assert words(report) == ("invalid", PROVED, "failed revoked")
    assert report.checks[-2].explanation == "the issuer has revoked it (typing error)"
    clear = verify(edtech(id="urn:uuid:0f2e3d4c-0000-4000-8000-000000000002"), {REVOCATIONS: page})
    assert words(clear) == ("valid", PROVED, "passed valid")


@pytest.mark.parametrize(
    "page",
    [
        {"id": REVOCATIONS, "issuer": OTHER.controller, "revokedCredentials": []},
        {"id": REVOCATIONS, "issuer": issuer().controller},
        {"id": REVOCATIONS, "revokedCredentials": [{"id": 5}]},
        {"id": "https://elsewhere.example/", "revokedCredentials": []},
        b"[]",
    ],
)
def test_1edtech_list_that_cannot_be_read_tells_nothing(page: Any) -> None:
    assert words(verify(edtech(), {REVOCATIONS: page}))[2] == "unknown status-unreachable"


def test_credential_without_id_cannot_be_told_from_a_1edtech_list() -> None:
    page = {"id": REVOCATIONS, "revokedCredentials": ["None"]}
    scene = Scene({REVOCATIONS: page})
    report = scene.verify(edtech(id=None))
    assert words(report)[0] != "valid"
    assert scene.asked == []
