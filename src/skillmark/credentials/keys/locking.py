"""The PKCS#8 envelope of encrypted private keys: PBES2 with scrypt and AES-256-CBC (RFC 5958, RFC 7914 §7).

`cryptography` writes PKCS#8 with 2,048 rounds of PBKDF2 only, so the envelope is written here. Any OpenSSL since 1.1
reads it. `pem` loads this module when a key is written: ASN.1 costs as much to import as all the rest of the keys.
"""

from __future__ import annotations

import os
from typing import Final

from cryptography.hazmat import asn1
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.x509 import ObjectIdentifier

# 16 MiB five times over: OWASP's setting that stays under the 32 MiB OpenSSL allows scrypt.
_COST: Final = 2**14
_BLOCK: Final = 8
_LANES: Final = 5
_PBES2: Final = ObjectIdentifier("1.2.840.113549.1.5.13")
_SCRYPT: Final = ObjectIdentifier("1.3.6.1.4.1.11591.4.11")
_AES256_CBC: Final = ObjectIdentifier("2.16.840.1.101.3.4.1.42")


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


def lock(plain: bytes, passphrase: bytes) -> bytes:
    """Return the EncryptedPrivateKeyInfo of a PKCS#8 key, in DER."""
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
