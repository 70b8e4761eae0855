"""What makes a public key weak: points outside the prime-order group, small or badly made RSA numbers."""

from __future__ import annotations

from math import gcd, prod
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from skillmark.errors import KeyMaterialError

RSA_BITS: Final = range(2048, 8193)
_EXPONENT_LEAST: Final = 65537
_EXPONENT_BITS: Final = 64  # OpenSSL refuses longer exponents beside a large modulus; so do we beside any

_FIELD: Final = 2**255 - 19
_ORDER: Final = 2**252 + 27742317777372353535851937790883648493
# 5·L - 1 is a multiple of 8 with bit 254 set, so X25519 takes it as it is. On the prime-order group it acts as -1,
# which keeps the u coordinate; a part of small order it wipes out; on the twist it keeps no u coordinate at all.
_MINUS_ONE: Final = X25519PrivateKey.from_private_bytes((5 * _ORDER - 1).to_bytes(32, "little"))

_SMALL_PRIMES: Final = (
    3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
    113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
)  # fmt: skip
_PRIMORIAL: Final = 2 * prod(_SMALL_PRIMES)
_ROCA_RESIDUES: Final = tuple((p, frozenset(pow(65537, k, p) for k in range(p))) for p in _SMALL_PRIMES)


def check_ed25519_point(encoded: bytes) -> None:
    """Refuse any encoding that is not a canonical point of prime order (RFC 8032 §5.1.3, and stricter).

    Points of small or mixed order and y >= p are where Ed25519 libraries disagree ("Taming the many EdDSAs", 2020).
    One X25519 operation decides: `[5L-1]P` has the u coordinate of P exactly when P lies in the prime-order group.
    """
    if not _has_prime_order(int.from_bytes(encoded, "little") & (2**255 - 1)):
        raise KeyMaterialError(
            "this Ed25519 key is not a canonical point of prime order: it is weak or no key at all; make a new key",
            rule="key-weak",
        )


def _has_prime_order(y: int) -> bool:
    if not 1 < y < _FIELD:
        return False
    u = ((1 + y) * pow(1 - y, -1, _FIELD) % _FIELD).to_bytes(32, "little")
    try:
        return _MINUS_ONE.exchange(X25519PublicKey.from_public_bytes(u)) == u
    except ValueError:  # the all-zero result of a point of small order
        return False


def check_rsa_numbers(modulus: int, exponent: int) -> None:
    """Refuse RSA keys outside 2048 to 8192 bits, with an odd exponent, with small factors or of the ROCA family."""
    if modulus.bit_length() not in RSA_BITS:
        raise _weak_rsa(f"has {modulus.bit_length()} bits; 2048 to 8192 are accepted")
    if exponent < _EXPONENT_LEAST or exponent % 2 == 0 or exponent.bit_length() > _EXPONENT_BITS:
        raise _weak_rsa("has an exponent that is not an odd number from 65537 to 2^64")
    if gcd(modulus, _PRIMORIAL) != 1:
        raise _weak_rsa("has a modulus with a small factor")
    if all(modulus % prime in residues for prime, residues in _ROCA_RESIDUES):
        raise _weak_rsa("comes from a faulty key generator (ROCA, CVE-2017-15361)")


def _weak_rsa(reason: str) -> KeyMaterialError:
    return KeyMaterialError(f"this RSA key {reason}; make a new key", rule="key-weak")
