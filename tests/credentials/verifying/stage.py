"""Who and what the tests of verifying need: issuers, credentials, status lists, published pages, a clock."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from skillmark.credentials.dids import DidResolver, did_key_signer, did_web_document
from skillmark.credentials.keys import Algorithm, LocalSigner, PrivateKey
from skillmark.credentials.proofs.data_integrity import add_proof
from skillmark.credentials.status import StatusList, status_list_credential
from skillmark.credentials.trust import Registry
from skillmark.credentials.verifying import Policy, Report, Verifier
from tests.credentials.dids.stand_ins import Table

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
CREATED = "2026-01-02T03:04:05Z"
V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
LIST = "https://issuer.example/status/1"


@cache
def issuer(seed: int = 1, algorithm: Algorithm = Algorithm.ED25519) -> LocalSigner:
    """A signer under did:key; RSA has none, so it speaks for a made-up did:web."""
    if algorithm is Algorithm.RSA:
        return web_signer("did:web:rsa.example", PrivateKey.generate(algorithm))
    return did_key_signer(PrivateKey.from_seed(bytes([seed] * 32), algorithm))


def web_signer(did: str, key: PrivateKey, fragment: str = "key-1") -> LocalSigner:
    return LocalSigner(key, verification_method=f"{did}#{fragment}", controller=did)


def web_page(signer: LocalSigner) -> dict[str, Any]:
    """The did.json of a did:web signer."""
    fragment = signer.verification_method.partition("#")[2]
    return did_web_document(signer.controller, {fragment: signer.public})


def credential(signer: LocalSigner, **members: Any) -> dict[str, Any]:
    """An unsigned badge of this issuer; a member given as None is left out."""
    document = {
        "@context": [V2, OB],
        "id": "urn:uuid:0f2e3d4c-0000-4000-8000-000000000001",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Knot tying",
        "issuer": {"id": signer.controller, "type": ["Profile"], "name": "Fern School"},
        "validFrom": "2026-01-02T03:04:05Z",
        "credentialSubject": {
            "id": "did:example:learner",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "urn:uuid:0f2e3d4c-0000-4000-8000-0000000000aa",
                "type": ["Achievement"],
                "name": "Knot tying",
                "description": "Ties twelve knots.",
                "criteria": {"narrative": "Tied in front of an assessor."},
            },
        },
        **members,
    }
    return {name: value for name, value in document.items() if value is not None}


def secured(document: Mapping[str, Any], signer: LocalSigner, **options: Any) -> dict[str, Any]:
    return add_proof(document, signer, **{"created": CREATED, **options})


def badge(signer: LocalSigner | None = None, **members: Any) -> dict[str, Any]:
    """A badge signed by its issuer."""
    signer = signer or issuer()
    return secured(credential(signer, **members), signer)


def presentation(holder: LocalSigner, *credentials: Any, **options: Any) -> dict[str, Any]:
    document = {
        "@context": [V2, OB],
        "type": ["VerifiablePresentation"],
        "holder": holder.controller,
        **({"verifiableCredential": list(credentials)} if credentials else {}),
    }
    return secured(document, holder, **{"purpose": "authentication", **options})


def entry(index: int = 7, *, url: str = LIST, purpose: str = "revocation", **members: Any) -> dict[str, Any]:
    return {
        "id": f"{url}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": url,
        **members,
    }


def status_list(
    signer: LocalSigner,
    *set_positions: int,
    url: str = LIST,
    purpose: str | list[str] = "revocation",
    **options: Any,
) -> dict[str, Any]:
    """The unsigned list; `size` is that of its entries, other options are those of the builder."""
    bits = StatusList(size=options.pop("size", 1))
    for position in set_positions:
        bits.set(position)
    dates = {"valid_from": NOW - timedelta(days=1), "valid_until": NOW + timedelta(days=1)}
    return status_list_credential(url, signer.controller, bits, purpose=purpose, **{**dates, **options})


def registry(*entries: dict[str, Any], name: str = "Test registry") -> Registry:
    return Registry.parse(json.dumps({"type": "IssuerRegistry", "name": name, "entries": list(entries)}))


class Scene:
    """A verifier, the pages it can fetch, and what it asked for."""

    def __init__(self, pages: Mapping[str, Any] | None = None, *, now: datetime = NOW, **options: Any) -> None:
        self.web = Table(dict(pages or {}))
        self.now = now
        self.verifier = Verifier(
            resolver=DidResolver(self.web, clock=lambda: 0.0), fetcher=self.web, clock=lambda: self.now, **options
        )

    def verify(self, source: Any, policy: Policy | None = None) -> Report:
        data = json.dumps(source).encode() if isinstance(source, dict) else source
        return self.verifier.verify(data, policy=policy or Policy())

    @property
    def asked(self) -> list[str]:
        return self.web.asked


def verify(source: Any, pages: Mapping[str, Any] | None = None, policy: Policy | None = None, **options: Any) -> Report:
    return Scene(pages, **options).verify(source, policy)


def words(report: Report) -> tuple[str, str, str]:
    """Verdict, intact and current, each with its state."""
    return (
        report.verdict.value,
        f"{report.intact.outcome.value} {report.intact.state}",
        f"{report.current.outcome.value} {report.current.state}",
    )


def rules(report: Report) -> list[str]:
    """The checks that did not pass, but for the registry nobody gave."""
    return [check.rule for check in report.checks if check.outcome.value != "passed" and check.rule != "issuer"]
