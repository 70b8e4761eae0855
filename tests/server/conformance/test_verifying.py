"""What a verifier must refuse and accept (standards design, 2.4), one row after the other."""

import copy
from typing import Any

import pytest

from skillmark.credentials.dids import did_key_signer
from skillmark.credentials.keys import Algorithm, LocalSigner, PrivateKey
from skillmark.credentials.proofs.data_integrity import add_proof
from tests.server.conformance.surface import EXAMPLES, PATHS, REFUSED, V2, Surface, credential, did

CREATED = "2024-01-01T00:00:00Z"
V1 = "https://www.w3.org/2018/credentials/v1"
DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
TEXT = "proofValue"


@pytest.fixture
def signer() -> LocalSigner:
    """A key of the suite's own, as the test suites sign with."""
    return did_key_signer(PrivateKey.from_seed(b"s" * 32))


@pytest.fixture
def second() -> LocalSigner:
    return did_key_signer(PrivateKey.from_seed(b"t" * 32))


def by(signer: LocalSigner, **members: Any) -> dict[str, Any]:
    return credential(issuer=signer.controller, **members)


def changed(secured: Any, **proof: Any) -> Any:
    """The same with members of its proof changed, those of None left out."""
    members = {**secured["proof"], **proof}
    return {**secured, "proof": {name: value for name, value in members.items() if value is not None}}


PROOFS = {
    "type": ["Proof", "dataIntegrityProof", 7, [], None, ["DataIntegrityProof"]],
    "cryptosuite": ["unknown-2022", "", 7, None, ["eddsa-rdfc-2022"], "EDDSA-RDFC-2022"],
    "proofPurpose": ["authentication", "invalidPurpose", "", 7, None, ["assertionMethod"], {}],
    "verificationMethod": ["did:key:z6MkInvalid#z6MkInvalid", "did:example:nobody#key", "words", "", 7, None, [], {}],
    "proofValue": ["", 7, None, "z", "zNot+base58", "m" + "A" * 86, "z" + "2" * 40, "z" + "2" * 200, ["z1"], {}],
    "created": [
        "yesterday",
        "2024-13-01T00:00:00Z",
        "2024-01-01",
        7,
        [],
        "2024-01-01 00:00:00",
        "2024-01-01T00:00:00Zx",
    ],
    "expires": ["tomorrow", "2099-02-30T00:00:00Z", 7, {}, "2099-01-01"],
}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("member", "values"), PROOFS.items(), ids=PROOFS)
def test_proof_with_a_wrong_member_is_refused(api: Surface, path: str, member: str, values: list[Any]) -> None:
    secured = api.issued(path)
    for value in values:
        for verify in (api.verify, api.verify_proof):
            assert verify(changed(secured, **{member: value})) in REFUSED, value
            assert verify(changed(secured, **{member: value}), checks=["proof"]) in REFUSED, value


@pytest.mark.parametrize("proof", [None, [], {}, "text", 7, [None], [7], [[]], "absent"])
def test_missing_proof_is_refused(api: Surface, proof: Any) -> None:
    secured = api.issued()
    bare = {name: value for name, value in secured.items() if name != "proof"}
    assert api.verify(bare if proof == "absent" else {**bare, "proof": proof}) in REFUSED


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("base", ["u", "m", "f", "Z", "x", ""])
def test_other_multibase_prefix_is_refused(api: Surface, path: str, base: str) -> None:
    secured = api.issued(path)
    assert api.verify(changed(secured, proofValue=base + secured["proof"][TEXT][1:])) in REFUSED


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("cut", [slice(0, -1), slice(0, -8), slice(0, 10)])
def test_other_length_of_the_signature_is_refused(api: Surface, path: str, cut: slice) -> None:
    secured = api.issued(path)
    assert api.verify(changed(secured, proofValue=secured["proof"][TEXT][cut])) in REFUSED
    assert api.verify(changed(secured, proofValue=secured["proof"][TEXT] + "11")) in REFUSED


@pytest.mark.parametrize("path", PATHS)
def test_what_was_added_after_signing_is_refused(api: Surface, path: str) -> None:
    secured = api.issued(path)
    subject = secured["credentialSubject"]
    for change in (
        {"honours": "summa"},
        {"type": [*secured["type"], "Unknown"]},
        {"credentialSubject": {**subject, "honours": "summa"}},
        {"credentialSubject": {**subject, "type": "Unknown"}},
        {"credentialSubject": {**subject, "id": "did:example:other"}},
        {"validUntil": "2099-01-01T00:00:00Z"},
        {"@context": [*secured["@context"], EXAMPLES], "honours": "summa"},
        {"@context": [*secured["@context"], {"@vocab": "https://x.example/#"}], "honours": "summa"},
    ):
        assert api.verify({**secured, **change}) in REFUSED, change
        assert api.verify_proof({**secured, **change}, checks=["proof"]) in REFUSED, change


@pytest.mark.parametrize("path", ["eddsa-rdfc-2022", "ecdsa-rdfc-2019/p256"])
def test_suite_of_another_name_is_refused(api: Surface, path: str) -> None:
    for name in ("eddsa-jcs-2022", "ecdsa-jcs-2019", "eddsa-rdfc-2022", "ecdsa-rdfc-2019"):
        if name != path.partition("/")[0]:
            assert api.verify(changed(api.issued(path), cryptosuite=name)) in REFUSED


@pytest.mark.parametrize("created", ["2024-01-01T00:00:00", "2024-01-01T00:00:00.5", None])
def test_proof_time_without_offset_is_accepted(api: Surface, signer: LocalSigner, created: str | None) -> None:
    assert api.verify(add_proof(by(signer), signer, created=created)) == 200


def test_expired_proof_is_refused(api: Surface, signer: LocalSigner) -> None:
    for expires, status in (("2024-06-01T00:00:00Z", 422), ("2024-06-01T00:00:00", 422), ("2099-06-01T00:00:00Z", 200)):
        secured = add_proof(by(signer), signer, created=CREATED, expires=expires)
        assert api.verify(secured) == status
        assert api.verify(secured, checks=["proof"]) == status


def test_expired_credential_has_a_good_proof(api: Surface, signer: LocalSigner) -> None:
    """Time and signature are told apart: `checks: ["proof"]` asks for the signature alone."""
    secured = add_proof(by(signer, validUntil="2024-06-01T00:00:00Z"), signer, created=CREATED)
    assert api.verify(secured) == 422
    assert api.verify(secured, checks=["proof"]) == 200


def test_domain_and_challenge_are_compared(api: Surface, signer: LocalSigner) -> None:
    secured = add_proof(by(signer), signer, created=CREATED, domain="verifier.example", challenge="c-1")
    assert api.verify(secured, domain="verifier.example", challenge="c-1") == 200
    assert api.verify(secured, domain=["verifier.example"]) == 200
    assert api.verify(secured, domain="other.example") == 422
    assert api.verify(secured, challenge="c-2") == 422
    assert api.verify(api.issued(), domain="verifier.example") == 422


def test_every_proof_of_a_set_counts(api: Surface, signer: LocalSigner) -> None:
    one = add_proof(by(signer), signer, created=CREATED)
    both = add_proof(one, signer, created=CREATED, cryptosuite="eddsa-jcs-2022")
    assert api.verify(both) == 200
    for place in (0, 1):
        broken = copy.deepcopy(both)
        broken["proof"][place]["proofValue"] = one["proof"]["proofValue"][:-2] + "11"
        assert api.verify(broken) == 422
        assert api.verify_proof(broken) == 422


@pytest.mark.parametrize("form", [str, list])
def test_chain_holds_link_by_link(api: Surface, signer: LocalSigner, second: LocalSigner, form: type) -> None:
    first = add_proof(by(signer), signer, created=CREATED, proof_id="urn:uuid:p1")
    previous = "urn:uuid:p1" if form is str else ["urn:uuid:p1"]
    chain = add_proof(first, second, created=CREATED, previous_proof=previous)
    assert api.verify_proof(chain) == 200
    assert api.verify(chain) == 200, "the issuer's own proof holds, and so does what builds on it"
    missing = {**chain, "proof": [chain["proof"][1]]}
    broken = copy.deepcopy(chain)
    broken["proof"][0]["created"] = "2023-01-01T00:00:00Z"
    elsewhere = copy.deepcopy(chain)
    elsewhere["proof"][1]["previousProof"] = "urn:uuid:p9"
    for wrong in (missing, broken, elsewhere):
        assert api.verify_proof(wrong) == 422
        assert api.verify_proof(wrong, checks=["proof"]) == 422


def test_key_of_another_is_refused_unless_the_proof_alone_is_asked_for(
    api: Surface, signer: LocalSigner, second: LocalSigner
) -> None:
    secured = add_proof(by(signer), second, created=CREATED)
    assert api.verify(secured) == 422
    assert api.verify(secured, checks=["proof"]) == 422
    assert api.verify_proof(secured) == 200
    assert api.verify_proof({**secured, "id": "urn:uuid:other"}) == 422


@pytest.mark.parametrize("algorithm", [Algorithm.ED25519, Algorithm.P256, Algorithm.P384])
def test_data_model_1_1_is_read(api: Surface, algorithm: Algorithm) -> None:
    key = did_key_signer(PrivateKey.from_seed(b"s" * 32, algorithm))
    old = by(key, **{"@context": [V1, DATA_INTEGRITY]}, issuanceDate=CREATED)
    assert api.verify(add_proof(old, key, created=CREATED)) == 200
    assert api.verify(add_proof({**old, "issuanceDate": "words"}, key, created=CREATED)) == 422


class TestPresentations:
    """Signed with eddsa-rdfc-2022 by the holder; what is inside is verified as well."""

    def presentation(self, *credentials: Any, holder: str | None = None) -> dict[str, Any]:
        document = {"@context": [V2], "type": ["VerifiablePresentation"], "verifiableCredential": list(credentials)}
        return {**document, **({"holder": holder} if holder else {})}

    def signed(self, document: dict[str, Any], signer: LocalSigner, **options: Any) -> Any:
        return add_proof(
            document,
            signer,
            created=CREATED,
            **{"purpose": "authentication", "challenge": "c", "domain": "d", **options},
        )

    @pytest.mark.parametrize("number", [0, 1, 3])
    @pytest.mark.parametrize("named", [True, False])
    def test_signed_one_is_accepted(self, api: Surface, signer: LocalSigner, number: int, named: bool) -> None:
        inner = [add_proof(by(signer), signer, created=CREATED) for _ in range(number)]
        document = self.presentation(*inner, holder=signer.controller if named else None)
        if not number:
            del document["verifiableCredential"]
        assert api.present(self.signed(document, signer), challenge="c", domain="d") == 200

    def test_replayed_or_redirected_one_is_refused(self, api: Surface, signer: LocalSigner) -> None:
        shown = self.signed(self.presentation(api.issued(), holder=signer.controller), signer)
        assert api.present(shown, challenge="c", domain="d") == 200
        assert api.present(shown, challenge="another", domain="d") == 422
        assert api.present(shown, challenge="c", domain="another") == 422

    def test_unsigned_one_is_refused(self, api: Surface) -> None:
        assert api.present(self.presentation(api.issued())) == 422

    def test_other_purpose_is_refused(self, api: Surface, signer: LocalSigner) -> None:
        document = self.presentation(holder=signer.controller)
        assert api.present(self.signed(document, signer, purpose="assertionMethod")) == 422

    def test_other_holder_is_refused(self, api: Surface, signer: LocalSigner, second: LocalSigner) -> None:
        assert api.present(self.signed(self.presentation(holder=second.controller), signer)) == 422

    def test_broken_credential_inside_is_refused(self, api: Surface, signer: LocalSigner) -> None:
        good, bad = api.issued(), api.issued(id="urn:uuid:inside")
        document = self.presentation(good, {**bad, "id": "urn:uuid:changed"}, holder=signer.controller)
        assert api.present(self.signed(document, signer)) == 422
        assert api.present(self.signed(document, signer), checks=["proof"]) == 422

    @pytest.mark.parametrize(
        "change",
        [
            {"type": "Presentation"}, {"type": None}, {"@context": [EXAMPLES]}, {"holder": "words"}, {"id": "words"},
            {"verifiableCredential": "text"}, {"verifiableCredential": [7]}, {"unknown": "term"},
            {"verifiableCredential": [{"type": "EnvelopedVerifiableCredential", "@context": V2, "id": "no-data-url"}]},
        ],
    )  # fmt: skip
    def test_malformed_one_is_refused(self, api: Surface, signer: LocalSigner, change: dict[str, Any]) -> None:
        shown = self.signed(self.presentation(holder=signer.controller), signer)
        wrong = {name: value for name, value in {**shown, **change}.items() if value is not None}
        assert api.present(wrong) in REFUSED

    def test_credential_is_no_presentation(self, api: Surface) -> None:
        assert api.present(api.issued()) in REFUSED

    def test_presentation_is_no_credential(self, api: Surface, signer: LocalSigner) -> None:
        assert api.verify(self.signed(self.presentation(holder=signer.controller), signer)) in REFUSED


def test_own_issuer_is_named_by_the_manifest(api: Surface) -> None:
    assert api.issued()["issuer"] == did()
