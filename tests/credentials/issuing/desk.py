"""What the tests of issuing need: an achievement, signers that keep count, and the credential written out by hand."""

from __future__ import annotations

import hashlib
import itertools
import uuid
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from skillmark.credentials.dids import did_key_signer
from skillmark.credentials.issuing import Award, BatchIssuer, Definition, Identifier, StatusPosition, issuer_profile
from skillmark.credentials.keys import Algorithm, LocalSigner, PrivateKey, PublicKey

CREATED = "2026-05-01T12:00:00Z"
CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
PLACE = StatusPosition(list_url="https://issuer.example/status/1", purpose="revocation", index=42)
ACHIEVEMENT: dict[str, Any] = {
    "id": "https://issuer.example/achievements/1",
    "type": ["Achievement"],
    "name": "Knot tying, 100 %",
    "description": 'Ties "twelve" knots.',
    "criteria": {"narrative": "Tied in front of an assessor."},
    "tag": ["rope", "sea"],
    "resultDescription": [
        {
            "id": "urn:result:mark",
            "type": ["ResultDescription"],
            "name": "Mark",
            "resultType": "Percent",
            "valueMin": "0",
            "valueMax": "100",
        },
        {"id": "urn:result:word", "type": ["ResultDescription"], "name": "Word: spoken", "resultType": "Result"},
        {"id": "urn:result:status", "type": ["ResultDescription"], "name": "State", "resultType": "Status"},
        {
            "id": "urn:result:grade",
            "type": ["ResultDescription"],
            "name": "Grade",
            "resultType": "LetterGrade",
            "allowedValue": ["A", "B"],
        },
        {
            "id": "urn:result:rubric",
            "type": ["ResultDescription"],
            "name": "Rubric",
            "resultType": "RubricCriterionLevel",
            "rubricCriterionLevel": [
                {"id": "urn:level:1", "type": ["RubricCriterionLevel"], "name": "Fair"},
                {"id": "urn:level:2", "type": ["RubricCriterionLevel"], "name": "Good"},
            ],
        },
    ],
}


@cache
def signer(algorithm: Algorithm = Algorithm.ED25519) -> LocalSigner:
    if algorithm is Algorithm.RSA:
        return LocalSigner(
            PrivateKey.generate(algorithm),
            verification_method="did:web:rsa.example#key-1",
            controller="did:web:rsa.example",
        )
    return did_key_signer(PrivateKey.from_seed(bytes([1] * 32), algorithm))


class Spy:
    """A signer that keeps what it was asked to sign, and may be told to lie."""

    def __init__(self, algorithm: Algorithm = Algorithm.ED25519, lie: Callable[[int], bool] = lambda _: False) -> None:
        self._real = signer(algorithm)
        self._lie = lie
        self.signed: list[bytes] = []
        self.algorithm = algorithm
        self.verification_method = self._real.verification_method
        self.controller = self._real.controller

    @property
    def public(self) -> PublicKey:
        return self._real.public

    def sign(self, message: bytes) -> bytes:
        self.signed.append(message)
        return self._real.sign(b"another message" if self._lie(len(self.signed)) else message)


def counted() -> Callable[[int], bytes]:
    """Octets that tell how often they were asked for."""
    number = itertools.count(1)
    return lambda size: hashlib.sha256(str(next(number)).encode()).digest()[:size]


def definition(
    achievement: dict[str, Any] | None = None, *, identifier: Identifier = Identifier.EMAIL_HASH
) -> Definition:
    achievement = achievement or ACHIEVEMENT
    return Definition(achievement=achievement, issuer=profile(), identifier=identifier)


def profile(algorithm: Algorithm = Algorithm.ED25519) -> dict[str, Any]:
    return issuer_profile(
        ACHIEVEMENT, signer(algorithm).controller, {"name": "Fern School", "url": "https://fern.example/"}
    )


def batch(signing: Any = None, *, defined: Definition | None = None, **options: Any) -> BatchIssuer:
    return BatchIssuer(
        defined or definition(), signing or signer(), **{"created": CREATED, "randomness": counted(), **options}
    )


RESULTS = {
    "Mark": ("urn:result:mark", "value"),
    "Word: spoken": ("urn:result:word", "value"),
    "State": ("urn:result:status", "status"),
    "Grade": ("urn:result:grade", "value"),
    "Rubric": ("urn:result:rubric", "achievedLevel"),
}
LEVELS = {"Fair": "urn:level:1", "Good": "urn:level:2"}


def by_hand(
    award: Award,
    issuer: dict[str, Any],
    *,
    randomness: Callable[[int], bytes],
    identifier: Identifier = Identifier.EMAIL_HASH,
    places: tuple[StatusPosition, ...] = (),
) -> dict[str, Any]:
    """The credential of Open Badges 3.0 that an award of ACHIEVEMENT stands for, without any of the code under test."""

    def urn() -> str:
        return uuid.UUID(bytes=randomness(16), version=4).urn

    document: dict[str, Any] = {
        "@context": CONTEXTS,
        "id": award.credential_id or urn(),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Knot tying, 100 %",
        "issuer": issuer,
        "validFrom": award.awarded_date or CREATED,
        "credentialSubject": {
            "id": award.subject_id or urn(),
            "type": ["AchievementSubject"],
            "achievement": ACHIEVEMENT,
        },
    }
    if award.valid_until:
        document["validUntil"] = award.valid_until
    if award.awarded_date:
        document["awardedDate"] = award.awarded_date
    identities = list(identities_by_hand(award, identifier, randomness))
    if identities:
        document["credentialSubject"]["identifier"] = identities
    if award.results:
        document["credentialSubject"]["result"] = [
            {"type": ["Result"], "resultDescription": RESULTS[name][0], RESULTS[name][1]: LEVELS.get(value, value)}
            for name, value in award.results.items()
        ]
    if award.evidence_url or award.evidence_narrative:
        evidence = {"id": award.evidence_url, "type": ["Evidence"], "narrative": award.evidence_narrative}
        document["evidence"] = [{name: value for name, value in evidence.items() if value}]
    for place in places:
        document["credentialStatus"] = {
            "id": f"{place.list_url}#{place.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": place.purpose,
            "statusListIndex": str(place.index),
            "statusListCredential": place.list_url,
        }
    return document


def identities_by_hand(
    award: Award, identifier: Identifier, randomness: Callable[[int], bytes]
) -> Iterator[dict[str, Any]]:
    if award.email and identifier is Identifier.EMAIL_HASH:
        salt = randomness(8).hex()
        digest = hashlib.sha256(f"{award.email}{salt}".encode()).hexdigest()
        yield identity(f"sha256${digest}", "emailAddress", hashed=True) | {"salt": salt}
    if award.email and identifier is Identifier.EMAIL:
        yield identity(award.email, "emailAddress")
    if award.name and identifier is not Identifier.NONE:
        yield identity(award.name, "name")


def identity(value: str, kind: str, *, hashed: bool = False) -> dict[str, Any]:
    return {"type": "IdentityObject", "hashed": hashed, "identityHash": value, "identityType": kind}
