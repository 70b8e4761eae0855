"""The Data Integrity cryptosuites: names, canonical forms, hashes, and how a signature is written as a proofValue.

The small functions here are the hot path of templates and of the verifier; they take and give bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256, sha384
from types import MappingProxyType

from skillmark.credentials.encoding.multibase import base58_decode, base58_encode
from skillmark.credentials.keys import Algorithm
from skillmark.errors import InputError, ProofError


class Form(StrEnum):
    """How a suite makes a document canonical: as an RDF dataset, or as JSON."""

    RDFC = "rdfc"
    JCS = "jcs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """One cryptosuite and the keys it signs with."""

    name: str
    form: Form
    algorithms: frozenset[Algorithm]


_ED25519 = frozenset({Algorithm.ED25519})
_ECDSA = frozenset({Algorithm.P256, Algorithm.P384})

SUITES: Mapping[str, Suite] = MappingProxyType(
    {
        suite.name: suite
        for suite in (
            Suite(name="eddsa-rdfc-2022", form=Form.RDFC, algorithms=_ED25519),
            Suite(name="eddsa-jcs-2022", form=Form.JCS, algorithms=_ED25519),
            Suite(name="ecdsa-rdfc-2019", form=Form.RDFC, algorithms=_ECDSA),
            Suite(name="ecdsa-jcs-2019", form=Form.JCS, algorithms=_ECDSA),
        )
    }
)
HASH_NAMES: Mapping[Algorithm, str] = MappingProxyType(
    {Algorithm.ED25519: "sha256", Algorithm.P256: "sha256", Algorithm.P384: "sha384"}
)
SIGNATURE_SIZES: Mapping[Algorithm, int] = MappingProxyType(
    {Algorithm.ED25519: 64, Algorithm.P256: 64, Algorithm.P384: 96}
)

_HASHES = {"sha256": sha256, "sha384": sha384}
_LONGEST_PROOF_VALUE = 134  # 96 bytes in base58 are at most 132 characters; one more for the prefix


def suite_named(name: object) -> Suite:
    """The suite of a proof's `cryptosuite` member."""
    suite = SUITES.get(name) if isinstance(name, str) else None
    if suite is None:
        raise ProofError(f"the cryptosuite must be one of {', '.join(SUITES)}, not {_shown(name)}", rule="cryptosuite")
    return suite


def suite_for(algorithm: Algorithm, form: str = Form.RDFC) -> Suite:
    """The suite that signs with keys of this algorithm in this canonical form."""
    for suite in SUITES.values():
        if suite.form == form and algorithm in suite.algorithms:
            return suite
    raise ProofError(f"no cryptosuite of the form {form} signs with {algorithm} keys", rule="cryptosuite")


def check_algorithm(suite: Suite, algorithm: Algorithm) -> None:
    """Refuse a key that the suite does not sign with: the key decides, never the document."""
    if algorithm not in suite.algorithms:
        raise ProofError(f"{suite.name} does not sign with {algorithm} keys", rule="cryptosuite-key")


def digest(data: bytes, hash_name: str) -> bytes:
    """The hash that a suite names `sha256` or `sha384`."""
    return _HASHES[hash_name](data).digest()


def signature_input(document_canonical: bytes, config_canonical: bytes, hash_name: str) -> bytes:
    """The bytes that are signed: hash of the proof configuration, then hash of the document (vc-di-eddsa §3.2.4)."""
    make = _HASHES[hash_name]
    return make(config_canonical).digest() + make(document_canonical).digest()


def proof_value(signature: bytes) -> str:
    """A signature as a `proofValue`: multibase base58btc."""
    return "z" + base58_encode(signature)


def signature_of(value: object, algorithm: Algorithm) -> bytes:
    """The signature in a `proofValue`, of exactly the length that keys of this algorithm make."""
    if not isinstance(value, str) or not value.startswith("z"):
        raise ProofError("proofValue must be base58btc with the multibase prefix z", rule="proof-value")
    if len(value) > _LONGEST_PROOF_VALUE:
        raise ProofError(f"proofValue has {len(value)} characters, more than any signature", rule="proof-value")
    try:
        signature = base58_decode(value[1:])
    except InputError as error:
        raise ProofError(f"proofValue is not base58btc: {error.message}", rule="proof-value") from error
    size = SIGNATURE_SIZES[algorithm]
    if len(signature) != size:
        raise ProofError(f"{algorithm} signatures have {size} bytes, this one {len(signature)}", rule="proof-value")
    return signature


def _shown(value: object) -> str:
    return repr(value)[:60]
