"""@digitalbazaar/vc with its cryptosuites accepts ours, we accept theirs, and each refuses what was changed."""

import pytest

from bench import document
from skillmark.credentials.canonical import canonicalize
from skillmark.credentials.dids import did_key_signer
from skillmark.credentials.encoding.strict_json import dumps, parse_object
from skillmark.credentials.issuing import Award, BatchIssuer, issue
from skillmark.credentials.keys import Algorithm, PrivateKey
from skillmark.credentials.verifying import Outcome
from tests.credentials.canonical.generators import NASTY
from tests.interop import badges

CONTROLS = {*range(9), 11, 12, *range(14, 32), *range(0x7F, 0xA0)}
SUITES = {
    "eddsa-rdfc-2022": ("eddsa-rdfc-2022", Algorithm.ED25519),
    "eddsa-jcs-2022": ("eddsa-jcs-2022", Algorithm.ED25519),
    "ecdsa-rdfc-2019 P-256": ("ecdsa-rdfc-2019", Algorithm.P256),
    "ecdsa-rdfc-2019 P-384": ("ecdsa-rdfc-2019", Algorithm.P384),
    "ecdsa-jcs-2019 P-256": ("ecdsa-jcs-2019", Algorithm.P256),
    "ecdsa-jcs-2019 P-384": ("ecdsa-jcs-2019", Algorithm.P384),
}
CURVES = {Algorithm.P256: "P-256", Algorithm.P384: "P-384"}
# What an award may hold: its own check refuses control characters.
TEXTS = [text for text in NASTY if not any(ord(each) in CONTROLS for each in text)]
suites = pytest.mark.parametrize("name", SUITES)
all_badges = pytest.mark.parametrize("badge", badges.BADGES.values(), ids=badges.BADGES)


def ours(name, badge):
    """A badge signed by us, the suite's name and the signer."""
    suite, algorithm = SUITES[name]
    signer = did_key_signer(PrivateKey.from_seed(bytes(32), algorithm))
    signed = issue(badge(signer.controller), signer, created=badges.CREATED, cryptosuite=suite)
    return parse_object(signed), suite, signer


def theirs(name, badge, peer):
    """A badge signed by them, and the private key they used."""
    suite, algorithm = SUITES[name]
    key = peer.ask("generate_key", suite=suite, curve=CURVES.get(algorithm))
    unsigned = badge(f"did:key:{key['publicKeyMultibase']}")
    (signed,) = peer.ask("issue", suite=suite, key=key, created=badges.CREATED, documents=[unsigned])
    return signed, PrivateKey.from_multikey(key["secretKeyMultibase"], key["publicKeyMultibase"])


def verdicts(peer, suite, documents):
    answers = peer.ask("verify", suite=suite, documents=list(documents), now=badges.NOW.isoformat())
    return [answer["verified"] for answer in answers]


@suites
@all_badges
def test_they_accept_ours(name, badge, peer):
    signed, suite, _ = ours(name, badge)
    assert verdicts(peer, suite, [signed]) == [True]


@suites
@all_badges
def test_they_refuse_ours_when_anything_was_changed(name, badge, peer):
    signed, suite, _ = ours(name, badge)
    assert verdicts(peer, suite, badges.tampered(signed)) == [False] * 5


@suites
@all_badges
def test_we_accept_theirs(name, badge, peer):
    signed, key = theirs(name, badge, peer)
    report = badges.verifier(badges.published(did_key_signer(key))).verify(dumps(signed))
    assert report.verdict == "valid"
    assert report.intact.outcome is Outcome.PASSED
    assert report.intact.state == SUITES[name][0]


@suites
@all_badges
def test_we_refuse_theirs_when_anything_was_changed(name, badge, peer):
    signed, key = theirs(name, badge, peer)
    verifier = badges.verifier(badges.published(did_key_signer(key)))
    verdicts = [verifier.verify(dumps(changed)).verdict for changed in badges.tampered(signed)]
    assert verdicts == ["invalid"] * 5


def test_they_accept_two_hundred_nasty_badges_from_our_templates(peer):
    signer = did_key_signer(PrivateKey.from_seed(bytes(32)))
    issuer = BatchIssuer(document.definition(signer.controller), signer, created=badges.CREATED, randomness=bytes)
    awards = [
        Award(
            email=f"learner{number}@example.edu",
            subject_id=f"urn:uuid:00000000-0000-4000-8000-{number:012}",
            credential_id=f"urn:uuid:00000000-0000-4000-9000-{number:012}",
            evidence_narrative=f"{number} " + "".join(TEXTS[number % 25 :: 7]),
            results={"Final grade": document.GRADES[number % 4]},
        )
        for number in range(200)
    ]
    signed = [parse_object(issuer.issue(award).data) for award in awards]
    assert verdicts(peer, "eddsa-rdfc-2022", signed) == [True] * 200


def test_the_measured_document_is_what_the_tables_say(peer):
    unsigned = document.document(
        document.award(0), issuer_id="did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    )
    (form,) = peer.canonicalize([unsigned])
    assert form.encode() == canonicalize(unsigned)
    assert len(form.split("\n")) - 1 == 83
    assert len({word for word in form.split() if word.startswith("_:c14n")}) == 9
    assert 10_700 < len(form.encode()) < 10_900
    assert 3_120 < len(document.compact(unsigned)) < 3_200
