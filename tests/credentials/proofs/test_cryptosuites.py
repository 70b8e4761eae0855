"""Cryptosuites: which key signs with which, and how a signature stands in a proofValue."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmark.credentials.keys import Algorithm
from skillmark.credentials.proofs.cryptosuites import (
    HASH_NAMES,
    SUITES,
    check_algorithm,
    digest,
    proof_value,
    signature_input,
    signature_of,
    suite_for,
    suite_named,
)
from skillmark.errors import ProofError


@pytest.mark.parametrize(
    ("algorithm", "form", "name"),
    [
        (Algorithm.ED25519, "rdfc", "eddsa-rdfc-2022"),
        (Algorithm.ED25519, "jcs", "eddsa-jcs-2022"),
        (Algorithm.P256, "rdfc", "ecdsa-rdfc-2019"),
        (Algorithm.P384, "rdfc", "ecdsa-rdfc-2019"),
        (Algorithm.P256, "jcs", "ecdsa-jcs-2019"),
        (Algorithm.P384, "jcs", "ecdsa-jcs-2019"),
    ],
)
def test_a_key_signs_with_the_suite_of_its_kind(algorithm, form, name):
    assert suite_for(algorithm, form).name == name
    check_algorithm(suite_named(name), algorithm)


def test_rsa_keys_have_no_suite():
    with pytest.raises(ProofError, match="RSA") as refused:
        suite_for(Algorithm.RSA)
    assert refused.value.rule == "cryptosuite"


@pytest.mark.parametrize("name", ["eddsa-2022", "bbs-2023", "", None, 5, ["eddsa-rdfc-2022"], {"a": 1}])
def test_an_unknown_suite_is_refused_by_name(name):
    with pytest.raises(ProofError, match="eddsa-rdfc-2022, ") as refused:
        suite_named(name)
    assert refused.value.rule == "cryptosuite"


@pytest.mark.parametrize(
    ("name", "algorithm"),
    [("eddsa-rdfc-2022", Algorithm.P256), ("ecdsa-jcs-2019", Algorithm.ED25519), ("ecdsa-rdfc-2019", Algorithm.RSA)],
)
def test_a_key_of_another_kind_is_refused(name, algorithm):
    with pytest.raises(ProofError) as refused:
        check_algorithm(SUITES[name], algorithm)
    assert refused.value.rule == "cryptosuite-key"


def test_p384_hashes_with_sha384_and_the_others_with_sha256():
    assert HASH_NAMES == {Algorithm.ED25519: "sha256", Algorithm.P256: "sha256", Algorithm.P384: "sha384"}
    assert digest(b"abc", "sha384") == hashlib.sha384(b"abc").digest()


def test_the_configuration_is_hashed_before_the_document():
    expected = hashlib.sha256(b"config").digest() + hashlib.sha256(b"document").digest()
    assert signature_input(b"document", b"config", "sha256") == expected
    assert len(signature_input(b"", b"", "sha384")) == 96


@given(st.binary(min_size=64, max_size=64))
def test_a_signature_survives_its_proof_value(signature):
    assert signature_of(proof_value(signature), Algorithm.ED25519) == signature


@given(st.binary(min_size=96, max_size=96))
def test_a_p384_signature_survives_its_proof_value(signature):
    assert signature_of(proof_value(signature), Algorithm.P384) == signature


@pytest.mark.parametrize(
    "value",
    [
        None,
        64,
        "",
        "z",
        "u" + "A" * 86,
        "f" + "00" * 64,
        "Z" + "1" * 64,
        "z" + "1" * 63,
        "z" + "1" * 65,
        "z" + "1" * 5000,
        "z" + "0" * 64,
        "z" + "1" * 63 + "l",
        "z" + "1" * 63 + "é",
        " z" + "1" * 64,
    ],
)
def test_a_malformed_proof_value_is_refused(value):
    with pytest.raises(ProofError) as refused:
        signature_of(value, Algorithm.ED25519)
    assert refused.value.rule == "proof-value"


def test_an_all_zero_signature_has_a_proof_value_of_the_right_length():
    assert signature_of("z" + "1" * 64, Algorithm.P256) == bytes(64)
