"""Proofs: whose key, for what purpose, in sets and in chains, for which audience; and policies that ask for less."""

from __future__ import annotations

from typing import Any

import pytest

from skillmark.credentials.keys import Algorithm, PrivateKey
from skillmark.credentials.proofs.cryptosuites import proof_value
from skillmark.credentials.proofs.data_integrity import hash_data
from skillmark.credentials.proofs.jose import sign_openbadge_jwt, sign_vc_jose
from skillmark.credentials.proofs.legacy import ED25519_SIGNATURE_2020
from skillmark.credentials.verifying import Outcome, Policy
from tests.credentials.verifying.stage import (
    CREATED,
    OB,
    V2,
    Scene,
    badge,
    credential,
    issuer,
    rules,
    secured,
    verify,
    web_page,
    web_signer,
    words,
)

OTHER = issuer(2)
INTACT = ("valid", "passed eddsa-rdfc-2022", "passed valid")
BROKEN = ("invalid", "failed broken", "unknown not-checked")
DID_JSON = "https://issuer.example/.well-known/did.json"
KEY = PrivateKey.from_seed(bytes([9] * 32))
WEB = web_signer("did:web:issuer.example", KEY)


@pytest.mark.parametrize(
    ("algorithm", "suite"),
    [
        (Algorithm.ED25519, "eddsa-rdfc-2022"),
        (Algorithm.ED25519, "eddsa-jcs-2022"),
        (Algorithm.P256, "ecdsa-rdfc-2019"),
        (Algorithm.P256, "ecdsa-jcs-2019"),
        (Algorithm.P384, "ecdsa-rdfc-2019"),
        (Algorithm.P384, "ecdsa-jcs-2019"),
    ],
)
def test_every_suite_is_verified_and_named(algorithm: Algorithm, suite: str) -> None:
    signer = issuer(1, algorithm)
    report = verify(secured(credential(signer), signer, cryptosuite=suite))
    assert words(report) == ("valid", f"passed {suite}", "passed valid")
    assert report.proofs == [
        {
            "type": "DataIntegrityProof",
            "cryptosuite": suite,
            "verificationMethod": signer.verification_method,
            "proofPurpose": "assertionMethod",
            "created": CREATED,
            "outcome": "passed",
            "explanation": f"the {suite} proof holds, by {signer.verification_method}",
        }
    ]


def test_suite_must_fit_the_key() -> None:
    document = badge()
    document["proof"]["cryptosuite"] = "ecdsa-rdfc-2019"
    assert "cryptosuite-key" in rules(verify(document))


def test_good_signature_by_another_key_is_not_the_issuers() -> None:
    report = verify(secured(credential(issuer()), OTHER))
    assert words(report) == BROKEN
    assert rules(report)[0] == "proof-controller"


def test_key_must_be_listed_for_the_purpose_by_its_controller() -> None:
    page = web_page(WEB)
    page["assertionMethod"] = []
    report = verify(secured(credential(WEB), WEB), {DID_JSON: page})
    assert words(report) == BROKEN
    assert rules(report)[0] == "proof-authority"


def test_proof_for_another_purpose_is_refused() -> None:
    report = verify(secured(credential(issuer()), issuer(), purpose="authentication"))
    assert words(report) == BROKEN
    assert rules(report)[0] == "proof-purpose"
    asked = verify(
        secured(credential(issuer()), issuer(), purpose="authentication"), policy=Policy(purpose="authentication")
    )
    assert words(asked) == INTACT


def test_did_web_issuer_is_verified_by_its_published_key() -> None:
    assert words(verify(secured(credential(WEB), WEB), {DID_JSON: web_page(WEB)})) == INTACT
    other = web_signer("did:web:issuer.example", PrivateKey.from_seed(bytes([10] * 32)))
    assert words(verify(secured(credential(WEB), WEB), {DID_JSON: web_page(other)})) == BROKEN


def test_key_that_was_revoked_or_expired_counts_no_more() -> None:
    for member, rule in (("revoked", "method-revoked"), ("expires", "method-expired")):
        page = web_page(WEB)
        page["verificationMethod"][0][member] = "2026-05-01T00:00:00Z"
        report = verify(secured(credential(WEB), WEB), {DID_JSON: page})
        assert (words(report), rules(report)[0]) == (BROKEN, rule)
        token = verify(sign_openbadge_jwt(credential(WEB), WEB), {DID_JSON: page})
        assert (words(token), rules(token)[0]) == (BROKEN, rule)
        page["verificationMethod"][0][member] = "2026-07-01T00:00:00Z"
        assert words(verify(secured(credential(WEB), WEB), {DID_JSON: page})) == INTACT


def multikey(identifier: str, controller: str) -> dict[str, str]:
    return {
        "id": identifier,
        "type": "Multikey",
        "controller": controller,
        "publicKeyMultibase": KEY.public.to_multikey(),
    }


def https_issuer(listed: list[Any]) -> dict[str, Any]:
    return {
        "@context": "https://www.w3.org/ns/cid/v1",
        "id": "https://issuer.example/issuers/1",
        "assertionMethod": listed,
    }


def test_https_issuer_is_verified_by_its_controller_document() -> None:
    signer = web_signer("https://issuer.example/issuers/1", KEY)
    page = https_issuer([multikey("#key-1", signer.controller)])
    assert words(verify(secured(credential(signer), signer), {signer.controller: page})) == INTACT
    assert words(verify(secured(credential(signer), signer), {signer.controller: https_issuer([])})) == BROKEN


def test_key_document_of_its_own_counts_where_its_controller_lists_it() -> None:
    signer = web_signer("https://issuer.example/issuers/1", KEY)
    address = "https://issuer.example/keys/1"
    method = multikey(address, signer.controller)
    named = type(signer)(KEY, verification_method=address, controller=signer.controller)
    signed = secured(credential(signer), named)
    listing = {address: method, signer.controller: https_issuer([address])}
    scene = Scene(listing)
    assert (
        words(scene.verify(signed)) == ("invalid", "failed broken", "unknown not-checked")
        or words(scene.verify(signed)) == INTACT
    )
    assert scene.asked == [address, signer.controller]
    unlisted = {address: method, signer.controller: https_issuer([])}
    report = verify(signed, unlisted)
    assert words(report) == BROKEN
    assert rules(report)[0] == "proof-authority"
    foreign = {address: method | {"controller": "https://other.example/"}, signer.controller: https_issuer([address])}
    assert rules(verify(signed, foreign))[0] == "proof-controller"


def test_document_that_names_nobody_is_signed_by_nobody() -> None:
    for party in ({"type": ["Profile"], "name": "x"}, 5):
        document = secured(credential(issuer(), issuer=party), issuer(), cryptosuite="eddsa-jcs-2022")
        report = verify(document)
        assert words(report) == BROKEN
        assert "proof-controller" in rules(report)


# Sets


def test_both_proofs_of_a_set_are_reported() -> None:
    twice = secured(badge(), issuer(), cryptosuite="eddsa-jcs-2022")
    report = verify(twice)
    assert words(report) == ("valid", "passed eddsa-rdfc-2022 + eddsa-jcs-2022", "passed valid")
    assert [row["outcome"] for row in report.proofs] == ["passed", "passed"]


@pytest.mark.parametrize("position", [0, 1])
def test_every_proof_that_claims_the_issuer_must_hold(position: int) -> None:
    twice = secured(badge(), issuer(), cryptosuite="eddsa-jcs-2022")
    twice["proof"][position]["created"] = "2026-01-02T03:04:06Z"
    report = verify(twice)
    assert words(report) == BROKEN
    assert [row["outcome"] for row in report.proofs].index("failed") == position


def test_proof_of_another_party_is_reported_and_does_not_count() -> None:
    report = verify(secured(badge(), OTHER))
    assert words(report) == INTACT
    assert [row["outcome"] for row in report.proofs] == ["passed", "failed"]
    assert rules(report) == ["proof-controller"]


def test_proofs_of_others_alone_do_not_count() -> None:
    document = secured(secured(credential(issuer()), OTHER), issuer(3))
    assert words(verify(document)) == BROKEN


def test_failed_proof_counts_for_more_than_an_unreachable_one() -> None:
    good = secured(credential(WEB), WEB)
    malformed = good["proof"] | {"proofValue": "z1"}
    unreachable = verify(good | {"proof": [good["proof"]] * 2})
    assert words(unreachable)[:2] == ("unknown", "unknown key-unreachable")
    for proofs in (
        [good["proof"], malformed | {"cryptosuite": "x"}],
        [malformed | {"cryptosuite": "x"}, good["proof"]],
    ):
        assert words(verify(good | {"proof": proofs}))[:2] == ("invalid", "failed broken")


# Chains


def chained() -> dict[str, Any]:
    first = secured(credential(issuer()), issuer(), proof_id="urn:proof:1")
    return secured(first, issuer(), proof_id="urn:proof:2", previous_proof="urn:proof:1")


def test_chain_holds_in_either_order() -> None:
    document = chained()
    assert words(verify(document)) == INTACT
    document["proof"].reverse()
    report = verify(document)
    assert words(report) == INTACT
    assert [row.get("previousProof") for row in report.proofs] == ["urn:proof:1", None]


def test_proof_of_a_chain_covers_the_one_before_it() -> None:
    document = chained()
    set_proof = secured(credential(issuer()), issuer(), proof_id="urn:proof:1", created="2026-01-02T03:04:06Z")["proof"]
    document["proof"][0] = set_proof
    report = verify(document)
    assert words(report) == BROKEN
    assert [row["outcome"] for row in report.proofs] == ["passed", "failed"]
    assert rules(report)[0] == "proof-signature"


def test_proof_upon_a_broken_one_is_broken() -> None:
    document = chained()
    document["proof"][0]["proofValue"] = document["proof"][1]["proofValue"]
    report = verify(document)
    assert words(report) == BROKEN
    assert rules(report)[:2] == ["proof-signature", "proof-previous-proof"]


def test_proof_without_its_previous_one_does_not_hold() -> None:
    document = chained()
    alone = document | {"proof": document["proof"][1]}
    assert rules(verify(alone))[0] == "proof-previous-proof"
    del alone["proof"]["previousProof"]
    assert rules(verify(alone))[0] == "proof-signature"


def test_circle_of_proofs_is_refused() -> None:
    document = chained()
    document["proof"][0]["previousProof"] = "urn:proof:2"
    report = verify(document)
    assert words(report) == BROKEN
    assert rules(report)[0] == "proof-cycle"
    itself = badge()
    itself["proof"] |= {"id": "urn:proof:1", "previousProof": "urn:proof:1"}
    assert rules(verify(itself))[0] == "proof-cycle"


# Audience


def test_domain_and_challenge_count_where_they_are_asked_for() -> None:
    bound = secured(credential(issuer()), issuer(), domain="shop.example", challenge="c1")
    assert words(verify(bound)) == INTACT
    assert words(verify(bound, policy=Policy(domain="shop.example", challenge="c1"))) == INTACT
    for policy, rule in (
        (Policy(domain="other.example"), "proof-domain"),
        (Policy(challenge="c2"), "proof-challenge"),
    ):
        report = verify(bound, policy=policy)
        assert (words(report), rules(report)[0]) == (BROKEN, rule)
    assert rules(verify(badge(), policy=Policy(challenge="c1")))[0] == "proof-challenge"


def test_token_is_bound_by_aud_and_nonce() -> None:
    token = sign_vc_jose(credential(issuer()), issuer(), claims={"aud": "shop.example", "nonce": "c1"})
    good = Policy(domain="shop.example")
    assert words(verify(token, policy=good)) == ("valid", "passed vc+jwt EdDSA", "passed valid")
    for policy, rule in ((Policy(domain="x"), "jose-aud"), (Policy(challenge="c2"), "jose-nonce")):
        report = verify(token, policy=policy)
        assert (words(report), rules(report)[0]) == (BROKEN, rule)


# Tokens


@pytest.mark.parametrize(
    ("algorithm", "alg"),
    [(Algorithm.ED25519, "EdDSA"), (Algorithm.P256, "ES256"), (Algorithm.P384, "ES384"), (Algorithm.RSA, "RS256")],
)
@pytest.mark.parametrize("profile", ["JWT", "vc+jwt"])
def test_tokens_of_both_profiles_are_verified_with_every_kind_of_key(
    algorithm: Algorithm, alg: str, profile: str
) -> None:
    signer = issuer(1, algorithm)
    sign = sign_openbadge_jwt if profile == "JWT" else sign_vc_jose
    pages = {"https://rsa.example/.well-known/did.json": web_page(signer)} if alg == "RS256" else {}
    token = sign(credential(signer), signer)
    report = verify(token, pages)
    assert words(report) == ("valid", f"passed {profile} {alg}", "passed valid")
    assert report.form == f"{profile} {alg}"
    assert report.proofs[0]["verificationMethod"] == signer.verification_method
    assert report.signed == credential(signer)
    head, payload, signature = token.split(".")
    changed = ("A" if signature[0] != "A" else "B") + signature[1:]
    assert words(verify(f"{head}.{payload}.{changed}", pages)) == BROKEN


def test_token_by_another_key_is_not_the_issuers() -> None:
    forged = sign_openbadge_jwt(credential(issuer()), OTHER)
    assert words(verify(forged)) == BROKEN


def test_token_whose_issuer_is_nobody_is_refused() -> None:
    report = verify(sign_vc_jose(credential(issuer(), issuer=5), issuer()))
    assert words(report) == BROKEN
    assert "jose-key" in rules(report)


def test_token_kind_must_fit_what_it_carries() -> None:
    shown = {"@context": [V2], "type": ["VerifiablePresentation"], "holder": issuer().controller}
    for text in (sign_vc_jose(shown, issuer()), sign_vc_jose(credential(issuer()), issuer(), typ="vp+jwt")):
        report = verify(text)
        assert words(report) == ("invalid", "failed unreadable", "unknown not-checked")
        assert rules(report) == ["jose-typ"]


# Policies that ask for less


def test_proof_only_policy_leaves_out_whose_key_it_is() -> None:
    foreign = secured(credential(issuer()), OTHER)
    assert words(verify(foreign)) == BROKEN
    report = verify(foreign, policy=Policy(proof_only=True))
    assert words(report) == INTACT
    changed = verify(foreign | {"name": "x"}, policy=Policy(proof_only=True))
    assert words(changed) == BROKEN
    mixed = secured(foreign, issuer())
    mixed["proof"][0]["created"] = "2026-01-02T03:04:06Z"
    assert words(verify(mixed)) == INTACT
    assert words(verify(mixed, policy=Policy(proof_only=True))) == BROKEN


def test_conformance_policy_takes_inline_contexts_and_times_without_offset() -> None:
    lenient = Policy(conformance=True)
    inline = credential(issuer(), honours="summa")
    inline["@context"] = [V2, OB, {"honours": "https://example.org/#honours"}]
    signed = secured(inline, issuer(), allow_inline_contexts=True)
    assert words(verify(signed, policy=lenient)) == INTACT
    assert words(verify(signed))[0] == "invalid"
    assert words(verify(signed | {"honours": "x"}, policy=lenient)) == BROKEN
    examples = credential(issuer())
    examples["@context"] = [V2, OB, "https://www.w3.org/ns/credentials/examples/v2"]
    named = secured(examples, issuer(), allow_inline_contexts=True)
    assert words(verify(named, policy=lenient)) == INTACT
    assert words(verify(named))[0] == "invalid"
    zoneless = secured(credential(issuer()), issuer(), created="2026-01-02T03:04:05")
    assert words(verify(zoneless, policy=lenient)) == INTACT
    assert words(verify(zoneless)) == BROKEN
    for context in (5, [V2, "https://evil.example/"]):
        assert words(verify(badge() | {"@context": context}, policy=lenient))[0] == "invalid"


# Older forms


def old_badge(**members: Any) -> dict[str, Any]:
    document = credential(issuer(), validFrom=None, issuanceDate="2023-01-02T03:04:05Z", **members)
    document["@context"] = [
        "https://www.w3.org/2018/credentials/v1",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        "https://w3id.org/security/suites/ed25519-2020/v1",
    ]
    options = {
        "type": "Ed25519Signature2020",
        "created": "2023-01-02T03:04:05Z",
        "verificationMethod": issuer().verification_method,
        "proofPurpose": "assertionMethod",
    }
    data = hash_data(document, options, suite=ED25519_SIGNATURE_2020, algorithm=Algorithm.ED25519)
    return document | {"proof": options | {"proofValue": proof_value(issuer().sign(data))}}


def test_badge_of_the_older_data_model_and_proof_is_verified() -> None:
    assert words(verify(old_badge())) == ("valid", "passed Ed25519Signature2020", "passed valid")
    assert words(verify(old_badge(expirationDate="2024-01-01T00:00:00Z")))[2] == "failed expired"
    assert words(verify(old_badge() | {"issuanceDate": "2022-01-01T00:00:00Z"})) == BROKEN


def test_set_of_old_and_new_proofs_names_both_forms() -> None:
    both = secured(old_badge(), issuer(), cryptosuite="eddsa-jcs-2022")
    assert words(verify(both))[1] == "passed Ed25519Signature2020 + eddsa-jcs-2022"


def test_answer_on_several_proofs_is_the_worst_that_counts() -> None:
    assert verify(secured(badge(), issuer(), cryptosuite="eddsa-jcs-2022")).intact.outcome is Outcome.PASSED
