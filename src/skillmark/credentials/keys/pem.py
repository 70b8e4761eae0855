"""PEM files: public keys as SPKI, private keys as PKCS#8 under a passphrase (`locking` writes that envelope)."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from importlib import import_module
from typing import Final, TypeAlias

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from skillmark.credentials.keys.algorithms import PrivateHandle, PublicHandle
from skillmark.errors import KeyMaterialError

SIZE_LIMIT: Final = 32 * 1024

_PUBLIC: Final = "PUBLIC KEY"
_PLAIN: Final = "PRIVATE KEY"
_LOCKED: Final = "ENCRYPTED PRIVATE KEY"


@dataclass(frozen=True, slots=True)
class UnsafePlain:
    """Stands where a passphrase would: the key is stored, or accepted, unencrypted."""


Passphrase: TypeAlias = str | bytes | UnsafePlain


def read_public(data: bytes) -> PublicHandle:
    """Read one SPKI block (RFC 7468 §13). Its numbers are not yet weighed: `PublicKey` does that."""
    if _label(data) != _PUBLIC:
        raise KeyMaterialError("expected one PEM block 'PUBLIC KEY' (SPKI)", rule="key-malformed")
    try:
        key = serialization.load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyMaterialError("the PEM block holds no public key that can be read", rule="key-malformed") from error
    if not isinstance(key, ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        raise KeyMaterialError("the key is none of Ed25519, P-256, P-384 and RSA", rule="key-unsupported")
    return key


def read_private(data: bytes, passphrase: Passphrase) -> PrivateHandle:
    """Read one PKCS#8 block. A locked block needs its passphrase, a plain one `UnsafePlain`."""
    label = _label(data)
    if label not in (_PLAIN, _LOCKED):
        raise KeyMaterialError("expected one PEM block '[ENCRYPTED ]PRIVATE KEY' (PKCS#8)", rule="key-malformed")
    if label == _PLAIN and not isinstance(passphrase, UnsafePlain):
        raise KeyMaterialError("the private key is not encrypted; encrypt it, or say UnsafePlain", rule="key-plain")
    if label == _LOCKED and isinstance(passphrase, UnsafePlain):
        raise KeyMaterialError("the private key is encrypted; its passphrase is needed", rule="key-locked")
    return _load_private(data, None if isinstance(passphrase, UnsafePlain) else _octets(passphrase))


def write_public(key: PublicHandle) -> bytes:
    """Return the key as SPKI in PEM."""
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def write_private(key: PrivateHandle, passphrase: Passphrase) -> bytes:
    """Return the key as PKCS#8 in PEM, encrypted unless `UnsafePlain` is said."""
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    if isinstance(passphrase, UnsafePlain):
        return _armour(_PLAIN, plain)
    locking = import_module("skillmark.credentials.keys.locking")
    return _armour(_LOCKED, locking.lock(plain, _octets(passphrase)))


def _load_private(data: bytes, passphrase: bytes | None) -> PrivateHandle:
    try:
        key = serialization.load_pem_private_key(data, passphrase)
    except (ValueError, UnsupportedAlgorithm) as error:
        reason = (
            "the passphrase is wrong, or the file is damaged" if passphrase else "the PEM block holds no private key"
        )
        raise KeyMaterialError(reason, rule="key-locked" if passphrase else "key-malformed") from error
    if not isinstance(key, ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise KeyMaterialError("the key is none of Ed25519, P-256, P-384 and RSA", rule="key-unsupported")
    return key


def _octets(passphrase: str | bytes) -> bytes:
    octets = passphrase.encode() if isinstance(passphrase, str) else passphrase
    if not octets:
        raise KeyMaterialError("the passphrase is empty; give one, or say UnsafePlain", rule="key-locked")
    return octets


def _label(data: bytes) -> str:
    """Return the label of the only block in the text, "" for anything else."""
    lines = data[: SIZE_LIMIT + 1].decode("ascii", "replace").strip().splitlines()
    if len(data) > SIZE_LIMIT or not lines:
        return ""
    label = lines[0].removeprefix("-----BEGIN ").removesuffix("-----")
    framed = lines[0] == f"-----BEGIN {label}-----" and lines[-1] == f"-----END {label}-----"
    return label if framed and not any(line.startswith("-") for line in lines[1:-1]) else ""


def _armour(label: str, octets: bytes) -> bytes:
    text = base64.b64encode(octets).decode("ascii")
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""]).encode("ascii")
