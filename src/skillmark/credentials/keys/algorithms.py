"""The kinds of key Skillmark signs and verifies with, and the constants of the NIST curves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

Verify: TypeAlias = Callable[[bytes, bytes], bool]
Sign: TypeAlias = Callable[[bytes], bytes]
PublicHandle: TypeAlias = ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey
PrivateHandle: TypeAlias = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class Algorithm(StrEnum):
    """The kind of a key. The key, never the token or the proof, decides how a signature is checked."""

    ED25519 = "Ed25519"
    P256 = "P-256"
    P384 = "P-384"
    RSA = "RSA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One NIST curve: field and scalar width in octets, group order, and the hash its signatures use."""

    parameters: ec.EllipticCurve
    size: int
    order: int
    digest: hashes.HashAlgorithm


CURVES: Final[Mapping[Algorithm, Curve]] = MappingProxyType(
    {
        Algorithm.P256: Curve(
            parameters=ec.SECP256R1(),
            size=32,
            order=2**256 - 2**224 + 2**192 - 0x4319_0552_58E8_617B_0C46_353D_039C_DAAF,
            digest=hashes.SHA256(),
        ),
        Algorithm.P384: Curve(
            parameters=ec.SECP384R1(),
            size=48,
            order=2**384 - 0x389C_B27E_0BC8_D220_A7E5_F24D_B74F_5885_1313_E695_333A_D68D,
            digest=hashes.SHA384(),
        ),
    }
)


def algorithm_of_curve(name: str) -> Algorithm | None:
    """Return the algorithm of a curve as OpenSSL names it, None for a curve we do not use."""
    return next((algorithm for algorithm, curve in CURVES.items() if curve.parameters.name == name), None)
