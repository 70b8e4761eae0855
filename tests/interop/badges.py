"""Real badges for the exchange with strangers, and the published things around them: status lists and a fetcher."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from skillmark.credentials.dids import DidResolver, did_jwk, did_key_signer
from skillmark.credentials.encoding.multibase import base64url_decode, base64url_encode
from skillmark.credentials.encoding.strict_json import dumps
from skillmark.credentials.keys import Algorithm, LocalSigner, PrivateKey, Signer
from skillmark.credentials.model.writing import written
from skillmark.credentials.proofs.data_integrity import add_proof
from skillmark.credentials.proofs.jose import sign_vc_jose
from skillmark.credentials.status import StatusList, status_list_credential
from skillmark.credentials.verifying import Verifier
from skillmark.errors import FetchError
from skillmark.fetching import Fetched

JsonObject = dict[str, Any]

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CREATED = "2026-03-01T08:00:00Z"
LIST_URL = "https://badges.example.edu/status/7"
POSITION = 94_567


def clock() -> datetime:
    """The moment at which everything here is verified."""
    return NOW


class Published:
    """A fetcher that knows a few documents and no network."""

    def __init__(self, documents: dict[str, bytes]) -> None:
        self.documents = documents

    def fetch(self, url: str, *, limit: int, accept: str = "*/*") -> Fetched:
        """One of the documents."""
        if url not in self.documents:
            raise FetchError(f"{url} is not published here")
        return Fetched(url=url, status=200, body=self.documents[url], content_type=accept, headers={})


def verifier(documents: dict[str, bytes] | None = None) -> Verifier:
    """Our verifier, with these documents published."""
    fetcher = Published(documents or {})
    return Verifier(resolver=DidResolver(fetcher), fetcher=fetcher, clock=clock)


def plain(issuer: str) -> JsonObject:
    """The least a badge holds, in more than one script."""
    return written(
        {
            "id": "urn:uuid:8f4c1b9e-6c1e-4f5a-9a53-b4b1a0f0c001",
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": {"id": issuer, "type": ["Profile"], "name": "Università di Example — 例の大学"},
            "validFrom": "2026-02-28T23:59:59Z",
            "credentialSubject": {
                "id": "urn:uuid:8f4c1b9e-6c1e-4f5a-9a53-b4b1a0f0c002",
                "type": ["AchievementSubject"],
                "achievement": {
                    "id": "https://badges.example.edu/achievements/λ",
                    "type": ["Achievement"],
                    "name": "Λόγος & „Straße“ 😀",
                    "description": 'Quotes " and \\ and\nlines\tand \u202ebidi\u202c text',
                    "criteria": {"narrative": "Показать, что умеешь. 证明你会。"},
                },
            },
        }
    )


def with_status(issuer: str) -> JsonObject:
    """A badge with status, evidence, results, alignment, image, a list of allowed values and a schema."""
    badge = plain(issuer)
    badge["issuer"] |= {"url": "https://example.edu/", "address": {"type": ["Address"], "addressCountry": "IT"}}
    subject = badge["credentialSubject"]
    subject["identifier"] = [
        {"type": "IdentityObject", "hashed": False, "identityHash": "Zoë Ångström", "identityType": "name"}
    ]
    subject["achievement"] |= {
        "alignment": [
            {
                "type": ["Alignment"],
                "targetName": "logic",
                "targetUrl": "https://example.org/skills/1",
                "targetType": "CFItem",
            }
        ],
        "creditsAvailable": 2.5,
        "image": {"id": "https://badges.example.edu/λ.png", "type": "Image"},
        "tag": ["logic", "λογική"],
        "resultDescription": [
            {
                "id": "urn:uuid:8f4c1b9e-6c1e-4f5a-9a53-b4b1a0f0c003",
                "type": ["ResultDescription"],
                "name": "Voto",
                "resultType": "LetterGrade",
                "allowedValue": ["C", "B", "A"],
            }
        ],
    }
    result = {"type": ["Result"], "resultDescription": "urn:uuid:8f4c1b9e-6c1e-4f5a-9a53-b4b1a0f0c003", "value": "A"}
    subject["result"] = [result]
    badge["evidence"] = [{"id": "https://example.edu/e/1", "type": ["Evidence"], "narrative": "Vidéo, 3 min"}]
    badge["credentialSchema"] = [
        {
            "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
            "type": "1EdTechJsonSchemaValidator2019",
        }
    ]
    badge["credentialStatus"] = {
        "id": f"{LIST_URL}#{POSITION}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(POSITION),
        "statusListCredential": LIST_URL,
    }
    return written(badge)


def european(issuer: str) -> JsonObject:
    """A badge with terms of our extension context, which its readers must be given."""
    badge = with_status(issuer)
    badge["credentialSubject"]["achievement"] |= {
        "learningOutcome": ["Formalizza un argomento"],
        "notionalWorkload": "PT60H",
        "assessmentType": ["written examination"],
        "participationForm": ["online"],
        "qualityAssurance": ["institutional accreditation"],
    }
    return written(badge)


BADGES = {"plain": plain, "with status": with_status, "european": european}


def status_list(signer: Signer, *, revoked: bool = False) -> JsonObject:
    """The unsigned list that the badges point into."""
    bits = StatusList()
    if revoked:
        bits.set(POSITION)
    span = {"valid_from": NOW.replace(day=1), "valid_until": NOW.replace(year=2099)}
    return status_list_credential(LIST_URL, signer.controller, bits, purpose="revocation", **span)


def published(signer: Signer) -> dict[str, bytes]:
    """What our verifier may fetch: the list of this issuer, as a token where the key signs nothing else."""
    unsigned = status_list(signer)
    if signer.algorithm is Algorithm.RSA:
        return {LIST_URL: sign_vc_jose(unsigned, signer).encode()}
    return {LIST_URL: dumps(add_proof(unsigned, signer, created=CREATED))}


def signer_of(key: PrivateKey) -> LocalSigner:
    """The key as its own controller: did:key where there is one, else did:jwk."""
    if key.algorithm is not Algorithm.RSA:
        return did_key_signer(key)
    did = did_jwk(key.public)
    return LocalSigner(key, verification_method=f"{did}#0", controller=did)


def private_key(algorithm: Algorithm) -> PrivateKey:
    """A key of this kind; the same in every run where it can be."""
    return PrivateKey.generate(algorithm) if algorithm is Algorithm.RSA else PrivateKey.from_seed(bytes(32), algorithm)


def secret_pem(key: PrivateKey) -> bytes:
    """The private key as strangers read it."""
    return key.handle.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def changed_token(token: str) -> str:
    """The token with another text in it and the signature it had."""
    header, payload, signature = token.split(".")
    claims = base64url_decode(payload).replace(b"Stra", b"Stro")
    return ".".join((header, base64url_encode(claims), signature))


def tampered(credential: JsonObject) -> Iterator[JsonObject]:
    """Copies of a signed badge with one thing changed: in a text, a date, the subject, a type, the proof."""
    subject = credential["credentialSubject"]
    achievement = subject["achievement"]
    renamed = {**achievement, "name": "Λόγος & „Straße“ 😁"}
    yield {**credential, "credentialSubject": {**subject, "achievement": renamed}}
    yield {**credential, "validFrom": "2026-02-28T23:59:58Z"}
    yield {**credential, "credentialSubject": {**subject, "id": "urn:uuid:8f4c1b9e-6c1e-4f5a-9a53-b4b1a0f0c00f"}}
    yield {**credential, "name": "added"}
    yield {**credential, "proof": {**credential["proof"], "created": "2026-03-01T08:00:01Z"}}
