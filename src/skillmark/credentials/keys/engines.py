"""How signatures are computed and checked: `cryptography` (OpenSSL) for every algorithm, behind plain functions.

An `Engine` does Ed25519 only; `sodium.py` is the other one. Both give the same verdict on every input.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from skillmark.credentials.keys.algorithms import Curve, Sign, Verify

# The neutral point as R: OpenSSL would take it, libsodium does not. No honest signer can produce it.
NEUTRAL: Final = b"\x01" + bytes(31)


class Engine(Protocol):
    """A library that computes Ed25519. Keys reach it as the raw 32 octets, already checked for strength."""

    def verifier(self, public: bytes) -> Verify:
        """Return the function (signature, message) → bool for one public key."""

    def signer(self, seed: bytes) -> Sign:
        """Return the function message → signature for one RFC 8032 private key."""


@dataclass(frozen=True, slots=True)
class OpenSslEngine:
    """Ed25519 by `cryptography`: the default."""

    def verifier(self, public: bytes) -> Verify:
        """See `Engine`."""
        check = ed25519.Ed25519PublicKey.from_public_bytes(public).verify

        def verify(signature: bytes, message: bytes) -> bool:
            if signature.startswith(NEUTRAL):
                return False
            try:
                check(signature, message)
            except InvalidSignature:
                return False
            return True

        return verify

    def signer(self, seed: bytes) -> Sign:
        """See `Engine`."""
        return ed25519.Ed25519PrivateKey.from_private_bytes(seed).sign


OPENSSL: Final = OpenSslEngine()


@cache
def fastest_engine() -> Engine:
    """Return libsodium where PyNaCl can be imported, else OpenSSL: the same verdicts and signatures, at another pace.

    Importing PyNaCl takes 40 ms, which one verification alone does not win back.
    """
    try:
        sodium = import_module("skillmark.credentials.keys.sodium")
    except ImportError:
        return OPENSSL
    engine: Engine = sodium.SodiumEngine()
    return engine


def ecdsa_verifier(key: ec.EllipticCurvePublicKey, curve: Curve) -> Verify:
    """ECDSA over r||s of fixed width (IEEE P1363, RFC 7518 §3.4)."""
    check, scheme, size = key.verify, ec.ECDSA(curve.digest), curve.size

    def verify(signature: bytes, message: bytes) -> bool:
        if len(signature) != 2 * size:
            return False
        r, s = int.from_bytes(signature[:size], "big"), int.from_bytes(signature[size:], "big")
        if not (0 < r < curve.order and 0 < s < curve.order):
            return False
        try:
            check(encode_dss_signature(r, s), message, scheme)
        except InvalidSignature:
            return False
        return True

    return verify


def ecdsa_signer(key: ec.EllipticCurvePrivateKey, curve: Curve) -> Sign:
    """ECDSA with deterministic nonces (RFC 6979) where the OpenSSL at hand has them, as r||s of fixed width."""
    scheme, size = _deterministic(curve.digest), curve.size

    def sign(message: bytes) -> bytes:
        r, s = decode_dss_signature(key.sign(message, scheme))
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")

    return sign


def _deterministic(digest: hashes.HashAlgorithm) -> ec.ECDSA:
    try:
        return ec.ECDSA(digest, deterministic_signing=True)
    except UnsupportedAlgorithm:
        return ec.ECDSA(digest)


def rsa_verifier(key: rsa.RSAPublicKey) -> Verify:
    """RSASSA-PKCS1-v1_5 with SHA-256 (RS256, RFC 7518 §3.3)."""
    check, scheme, digest = key.verify, padding.PKCS1v15(), hashes.SHA256()

    def verify(signature: bytes, message: bytes) -> bool:
        try:
            check(signature, message, scheme, digest)
        except InvalidSignature:
            return False
        return True

    return verify


def rsa_signer(key: rsa.RSAPrivateKey) -> Sign:
    """RSASSA-PKCS1-v1_5 with SHA-256 (RS256, RFC 7518 §3.3)."""

    def sign(message: bytes) -> bytes:
        return key.sign(message, padding.PKCS1v15(), hashes.SHA256())

    return sign
