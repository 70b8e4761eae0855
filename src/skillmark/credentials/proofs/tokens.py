"""Compact JWS tokens: taking apart with limits set before decoding, checking the signature, putting together."""

from __future__ import annotations

from binascii import b2a_base64
from dataclasses import dataclass
from functools import lru_cache

from skillmark.credentials.encoding.multibase import base64url_decode
from skillmark.credentials.encoding.strict_json import JsonObject, dumps, parse_object
from skillmark.credentials.keys import Algorithm, PublicKey, Signer
from skillmark.credentials.proofs.cryptosuites import SIGNATURE_SIZES
from skillmark.credentials.proofs.jose_headers import JWT_ALGORITHMS, TokenKind, read_header
from skillmark.errors import InputError, IssuingError, KeyMaterialError, ProofError

LONGEST_TOKEN = 256 * 1024
LONGEST_HEADER = 8 * 1024

_PARTS = 3
_TO_URL = bytes.maketrans(b"+/", b"-_")

_NAMES = {Algorithm.ED25519: "EdDSA", Algorithm.P256: "ES256", Algorithm.P384: "ES384", Algorithm.RSA: "RS256"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token taken apart. Nothing in it is proved before `verify_token` returns."""

    kind: TokenKind
    algorithm: Algorithm
    header: JsonObject
    claims: JsonObject
    payload: bytes
    signing_input: bytes
    signature: bytes


def split_token(text: str) -> Token:
    """Take a compact JWS apart (RFC 7515 §5.2); sizes are capped before anything is decoded."""
    if len(text) > LONGEST_TOKEN:
        raise InputError(f"the token has {len(text)} characters, more than {LONGEST_TOKEN}", rule="token-size")
    parts = text.split(".", _PARTS)
    if len(parts) != _PARTS:
        raise InputError("a token has three parts with two dots between them", rule="token-form")
    protected, body, seal = parts
    if len(protected) > LONGEST_HEADER:
        raise InputError(f"the header has more than {LONGEST_HEADER} characters", rule="token-header-size")
    header, algorithm, kind = _read_protected(protected)
    payload = base64url_decode(body)
    return Token(
        kind=kind,
        algorithm=algorithm,
        header=header,
        claims=parse_object(payload),
        payload=payload,
        signing_input=text[: text.rindex(".")].encode("ascii"),
        signature=base64url_decode(seal),
    )


@lru_cache(maxsize=256)
def _read_protected(segment: str) -> tuple[JsonObject, Algorithm, TokenKind]:
    """A protected header, which all tokens of one key share: read it, never change it."""
    header = parse_object(base64url_decode(segment))
    return header, *read_header(header)


def verify_token(token: Token, key: PublicKey) -> None:
    """Check the signature with the key the token was resolved to, which decides the algorithm, or raise ProofError."""
    if token.algorithm is not key.algorithm:
        raise ProofError(f"the token says {token.header['alg']}, the key is {key.algorithm}", rule="jose-key-algorithm")
    if "jwk" in token.header and header_key(token) != key:
        raise ProofError("the key in the header is not the issuer's", rule="jose-jwk")
    size = SIGNATURE_SIZES.get(token.algorithm)
    if size is not None and len(token.signature) != size:
        raise ProofError(f"{token.algorithm} signatures have {size} bytes", rule="jose-signature")
    if not key.verify(token.signature, token.signing_input):
        raise ProofError("the signature does not match the token", rule="jose-signature")


def header_key(token: Token) -> PublicKey:
    """The key in the header: a candidate to look for in the issuer's own list, never to be used by itself."""
    try:
        return PublicKey.from_jwk(token.header["jwk"])
    except KeyMaterialError as error:
        raise ProofError(f"the key in the header is unusable: {error.message}", rule="jose-jwk") from error


def make_token(claims: JsonObject, signer: Signer, *, typ: str, cty: str | None = None, alg: str | None = None) -> str:
    """Sign claims as a compact JWS whose header is alg, kid, typ (and cty)."""
    name = alg or _NAMES[signer.algorithm]
    if JWT_ALGORITHMS.get(name) is not signer.algorithm:
        raise IssuingError(f"alg {name} does not go with {signer.algorithm} keys", rule="jose-alg")
    signing_input = _header_segment(name, signer.verification_method, typ, cty) + _segment(dumps(claims))
    return (signing_input + b"." + _segment(signer.sign(signing_input))).decode("ascii")


@lru_cache(maxsize=256)
def _header_segment(alg: str, kid: str, typ: str, cty: str | None) -> bytes:
    header = {"alg": alg, "kid": kid, "typ": typ} | ({"cty": cty} if cty else {})
    return _segment(dumps(header)) + b"."


def _segment(data: bytes) -> bytes:
    text = b2a_base64(data, newline=False).rstrip(b"=")
    # In ASCII text only ?, > and ~ can make these two, so the copy is seldom needed.
    return text.translate(_TO_URL) if b"+" in text or b"/" in text else text
