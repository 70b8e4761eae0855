"""From bytes of any form to one document: JSON, token, baked image, or an envelope around one of these."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from skillmark.credentials.baking import extract, kind_of
from skillmark.credentials.encoding.multibase import base64url_decode
from skillmark.credentials.encoding.strict_json import LIMITS, JsonObject, Limits, parse_object
from skillmark.credentials.proofs.chains import proofs_of
from skillmark.credentials.proofs.jose import credential_of, presentation_of
from skillmark.credentials.proofs.jose_headers import TokenKind
from skillmark.credentials.proofs.presentations import open_envelope
from skillmark.credentials.proofs.tokens import Token, split_token
from skillmark.errors import InputError, ProofError

_MOST_ENVELOPES: Final = 2
_ENVELOPES: Final = ("EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A document as it was found: its members, and the token or the bytes that carried them."""

    document: JsonObject
    form: str
    raw: bytes = b""
    token: Token | None = None
    is_presentation: bool = field(init=False)
    """Whether it shows credentials rather than being one."""
    issuer: Any = field(init=False)
    """The id of the issuer, or of the holder of a presentation; whatever stands there."""

    def __post_init__(self) -> None:
        showing = "VerifiablePresentation" in types_of(self.document)
        party = self.document.get("holder" if showing else "issuer")
        object.__setattr__(self, "is_presentation", showing)
        object.__setattr__(self, "issuer", party.get("id") if isinstance(party, dict) else party)

    def proofs(self) -> list[JsonObject]:
        """The Data Integrity proofs of the document."""
        return proofs_of(self.document)


def types_of(document: JsonObject) -> list[Any]:
    """The types of a node as a list."""
    types = document.get("type")
    return types if isinstance(types, list) else [types]


def read(data: bytes, *, depth: int = 0, limits: Limits = LIMITS) -> Opened:
    """Open a document of any form. Raises InputError or ProofError with the reason it cannot be read."""
    if depth > _MOST_ENVELOPES:
        raise InputError("envelopes are nested too deep", rule="envelope")
    if data.startswith(b"{"):
        return _json(data.rstrip(b" \t\r\n"), depth, limits)
    kind = kind_of(data)
    if kind in {"png", "svg"}:
        inner = read(extract(data).encode(), depth=depth + 1)
        return Opened(document=inner.document, form=f"{kind}: {inner.form}", raw=inner.raw, token=inner.token)
    text = data.strip(b" \t\r\n")
    if text.startswith(b"{"):
        return _json(text, depth, limits)
    try:
        return _token(text.decode("ascii"))
    except UnicodeDecodeError:
        raise InputError("this is neither JSON, a JWT, nor a baked PNG or SVG image", rule="parse") from None


def _json(data: bytes, depth: int, limits: Limits) -> Opened:
    document = parse_object(data, limits=limits)
    if any(kind in _ENVELOPES for kind in types_of(document)):
        return read(_enveloped(document), depth=depth + 1)
    return Opened(document=document, form="json", raw=data)


def _enveloped(document: JsonObject) -> bytes:
    kind = next(kind for kind in types_of(document) if kind in _ENVELOPES)
    envelope = open_envelope(
        {**document, "type": "EnvelopedVerifiableCredential"} if kind == _ENVELOPES[1] else document
    )
    return base64url_decode(envelope.content) if envelope.is_base64 else envelope.content.encode()


def _token(text: str) -> Opened:
    if "." not in text or not text.startswith("ey"):
        raise InputError("this is neither JSON, a JWT, nor a baked PNG or SVG image", rule="parse")
    token = split_token(text)
    showing = token.kind is TokenKind.PRESENTATION
    document = presentation_of(token) if showing else credential_of(token)
    opened = Opened(document=document, form=f"{token.kind} {token.header['alg']}", token=token)
    if opened.is_presentation != showing:
        raise ProofError(f"a {token.kind} may not carry the types {types_of(document)!r:.80}", rule="jose-typ")
    return opened
