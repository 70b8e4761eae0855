"""The short way to a proof configuration's hash gives what the long way gives, or leaves it to the long way."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmark.credentials.keys import Algorithm
from skillmark.credentials.proofs.configurations import config_canonical, config_hash
from skillmark.credentials.proofs.cryptosuites import SUITES
from skillmark.credentials.proofs.legacy import ED25519_SIGNATURE_2020
from skillmark.errors import CanonicalizationError, ProofError, SkillmarkError

from .conftest import CONTEXTS

EDDSA = SUITES["eddsa-rdfc-2022"]
PROOF = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": "2026-01-02T03:04:05Z",
    "verificationMethod": "did:example:issuer#key",
    "proofPurpose": "assertionMethod",
}
EXPECTED = (
    b"_:c14n0 <http://purl.org/dc/terms/created> "
    b'"2026-01-02T03:04:05Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n'
    b"_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/security#DataIntegrityProof> .\n"
    b"_:c14n0 <https://w3id.org/security#cryptosuite> "
    b'"eddsa-rdfc-2022"^^<https://w3id.org/security#cryptosuiteString> .\n'
    b"_:c14n0 <https://w3id.org/security#proofPurpose> <https://w3id.org/security#assertionMethod> .\n"
    b"_:c14n0 <https://w3id.org/security#verificationMethod> <did:example:issuer#key> .\n"
)


def outcome(attempt):
    try:
        return attempt()
    except SkillmarkError as error:
        return type(error), error.rule


def both_ways(options, context=CONTEXTS, suite=EDDSA, algorithm=Algorithm.ED25519):
    hashing = hashlib.sha384 if algorithm is Algorithm.P384 else hashlib.sha256
    short = outcome(lambda: config_hash(options, context, suite, algorithm=algorithm))
    long = outcome(lambda: hashing(config_canonical(options, context, suite, algorithm=algorithm)).digest())
    return short, long


def test_a_configuration_is_the_proof_without_its_value_under_the_documents_context():
    assert config_canonical(PROOF | {"proofValue": "z1"}, CONTEXTS, EDDSA, algorithm=Algorithm.ED25519) == EXPECTED
    assert (
        config_hash(PROOF | {"proofValue": "z1"}, CONTEXTS, EDDSA, algorithm=Algorithm.ED25519)
        == hashlib.sha256(EXPECTED).digest()
    )
    assert config_hash(PROOF, CONTEXTS, EDDSA, algorithm=Algorithm.P384) == hashlib.sha384(EXPECTED).digest()


def test_a_jcs_configuration_is_canonical_json():
    canonical = config_canonical(
        {"b": 1, "a": "ä", "proofValue": "z1"}, None, SUITES["eddsa-jcs-2022"], algorithm=Algorithm.ED25519
    )
    assert canonical == '{"a":"ä","b":1}'.encode()


def test_a_proof_may_repeat_the_documents_context_but_not_bring_its_own():
    repeated = config_canonical(PROOF | {"@context": CONTEXTS}, CONTEXTS, EDDSA, algorithm=Algorithm.ED25519)
    assert repeated == EXPECTED
    for attempt in both_ways(PROOF | {"@context": CONTEXTS[:1]}):
        assert attempt == (ProofError, "proof-context")


@given(
    created=st.text(max_size=30) | st.sampled_from(["2026-01-02T03:04:05Z", "%s%(created)s%%", 'a"b\\c\n\x00\x7f￿']),
    method=st.sampled_from(
        ["did:example:i#k", "https://a.example/%41%s#k", "urn:ä", "xsd:a", "cred:a", "sec:a", "key", "a:b c"]
    ),
    purpose=st.sampled_from(
        ["assertionMethod", "authentication", "other", "https://w3id.org/security#assertionMethod"]
    ),
    extra=st.sampled_from(
        [{}, {"proofValue": "z"}, {"expires": "2026-01-02T03:04:05Z"}, {"honours": "a"}, {"id": "urn:a"}]
    ),
    kind=st.sampled_from(["DataIntegrityProof", "Unknown", ["DataIntegrityProof"], None, 5, {"a": 1}]),
)
def test_the_short_way_agrees_with_the_long_way(created, method, purpose, extra, kind):
    options = PROOF | {"created": created, "verificationMethod": method, "proofPurpose": purpose, "type": kind} | extra
    short, long = both_ways({member: value for member, value in options.items() if value is not None})
    assert short == long


@pytest.mark.parametrize(
    "change",
    [
        {"created": None},
        {"created": 5},
        {"verificationMethod": ["did:a:b"]},
        {"verificationMethod": None},
        {"type": []},
    ],
)
def test_an_unusual_configuration_takes_the_long_way(change):
    options = {member: value for member, value in (PROOF | change).items() if value is not None}
    short, long = both_ways(options)
    assert short == long


@pytest.mark.parametrize(
    "context", [CONTEXTS[0], None, [], ["https://a.example/ctx"], [*CONTEXTS, {"@vocab": "https://a.example/"}]]
)
def test_an_unusual_context_takes_the_long_way(context):
    short, long = both_ways(PROOF, context)
    assert short == long


def test_an_undefined_member_or_purpose_is_refused():
    for options in (PROOF | {"honours": "a"}, PROOF | {"proofPurpose": "other"}):
        with pytest.raises(CanonicalizationError):
            config_hash(options, CONTEXTS, EDDSA, algorithm=Algorithm.ED25519)


def test_the_older_suite_has_a_configuration_without_cryptosuite():
    context = [*CONTEXTS, "https://w3id.org/security/suites/ed25519-2020/v1"]
    options = {member: value for member, value in PROOF.items() if member != "cryptosuite"}
    short, long = both_ways(options | {"type": "Ed25519Signature2020"}, context, ED25519_SIGNATURE_2020)
    assert short == long
    assert isinstance(short, bytes)
