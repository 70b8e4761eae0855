"""PEM files: public keys as SPKI, private keys as PKCS#8 under a passphrase (PBES2: scrypt, AES-256-CBC).

`cryptography` writes PKCS#8 with 2,048 rounds of PBKDF2 only, so the envelope of RFC 7914 §7 is written here. Any
OpenSSL since 1.1 reads it.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from typing import Final, TypeAlias

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat import asn1
from cryptography.hazmat.primitives import padding, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.x509 import ObjectIdentifier

from skillmark.credentials.keys.algorithms import PrivateHandle, PublicHandle
from skillmark.errors import KeyMaterialError

SIZE_LIMIT: Final = 32 * 1024

_PUBLIC: Final = "PUBLIC KEY"
_PLAIN: Final = "PRIVATE KEY"
_LOCKED: Final = "ENCRYPTED PRIVATE KEY"

# 16 MiB five times over: OWASP's setting that stays under the 32 MiB OpenSSL allows scrypt.
_COST: Final = 2**14
_BLOCK: Final = 8
_LANES: Final = 5
_PBES2: Final = ObjectIdentifier("1.2.840.113549.1.5.13")
_SCRYPT: Final = ObjectIdentifier("1.3.6.1.4.1.11591.4.11")
_AES256_CBC: Final = ObjectIdentifier("2.16.840.1.101.3.4.1.42")


@dataclass(frozen=True, slots=True)
class UnsafePlain:
    """Stands where a passphrase would: the key is stored, or accepted, unencrypted."""


Passphrase: TypeAlias = str | bytes | UnsafePlain


@asn1.sequence
class _ScryptParameters:
    salt: bytes
    cost: int
    block: int
    lanes: int


@asn1.sequence
class _Derivation:
    kind: ObjectIdentifier
    parameters: _ScryptParameters


@asn1.sequence
class _Encryption:
    kind: ObjectIdentifier
    vector: bytes


@asn1.sequence
class _Scheme:
    derivation: _Derivation
    encryption: _Encryption


@asn1.sequence
class _SchemeIdentifier:
    kind: ObjectIdentifier
    scheme: _Scheme


@asn1.sequence
class _EncryptedPrivateKey:
    scheme: _SchemeIdentifier
    octets: bytes


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
    return _armour(_LOCKED, _encrypt(plain, _octets(passphrase)))


def _encrypt(plain: bytes, passphrase: bytes) -> bytes:
    salt, vector = os.urandom(16), os.urandom(16)
    key = Scrypt(salt=salt, length=32, n=_COST, r=_BLOCK, p=_LANES).derive(passphrase)
    padder = padding.PKCS7(128).padder()
    padded = padder.update(plain) + padder.finalize()
    encryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    parameters = _ScryptParameters(salt=salt, cost=_COST, block=_BLOCK, lanes=_LANES)
    scheme = _Scheme(
        derivation=_Derivation(kind=_SCRYPT, parameters=parameters),
        encryption=_Encryption(kind=_AES256_CBC, vector=vector),
    )
    return asn1.encode_der(
        _EncryptedPrivateKey(
            scheme=_SchemeIdentifier(kind=_PBES2, scheme=scheme),
            octets=encryptor.update(padded) + encryptor.finalize(),
        )
    )


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
