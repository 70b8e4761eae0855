"""The classes: read, kept and written again without loss; frozen; carrying their bytes; agreeing with the schemas."""

import json
import subprocess
import sys

import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmark.credentials.model import generate, schemas
from skillmark.credentials.model.achievements import Criteria, Image
from skillmark.credentials.model.badges import AchievementCredential, EndorsementCredential, Profile
from skillmark.credentials.model.credentials import VerifiableCredential
from skillmark.credentials.model.legacy import LegacyCredential
from skillmark.credentials.model.legacy_badges import LegacyAchievementCredential
from skillmark.credentials.model.nodes import each
from skillmark.credentials.model.presentations import (
    EnvelopedVerifiablePresentation,
    LegacyPresentation,
    VerifiablePresentation,
)
from skillmark.errors import InputError
from tests.credentials.model import samples
from tests.credentials.model.variants import variants

EXAMPLES = {
    "achievementAlignmentCase": AchievementCredential,
    "achievementAlignmentCe": AchievementCredential,
    "basicOpenBadgeCredential": AchievementCredential,
    "endorsement": EndorsementCredential,
    "fullOpenBadge": AchievementCredential,
    "skillAssertionCase": AchievementCredential,
    "skillAssertionCtdl": AchievementCredential,
}
OWN = [
    (samples.badge, AchievementCredential, "achievement-credential"),
    (samples.micro_credential, AchievementCredential, "achievement-credential"),
    (samples.endorsement, EndorsementCredential, "endorsement-credential"),
    (samples.legacy_badge, LegacyAchievementCredential, "legacy-achievement-credential"),
    (samples.credential, VerifiableCredential, "credential"),
    (samples.legacy_credential, LegacyCredential, "legacy-credential"),
    (samples.presentation, VerifiablePresentation, "presentation"),
]


@pytest.mark.parametrize("name", EXAMPLES)
def test_published_example_comes_back_equal_with_its_bytes(shared, name):
    data = (shared / "vectors" / "openbadges-3.0" / "examples" / f"{name}.json").read_bytes()
    document = EXAMPLES[name].from_bytes(data)
    assert document.members() == json.loads(data)
    assert document.source == data


@pytest.mark.parametrize(("make", "kind", "schema"), OWN)
def test_own_sample_comes_back_equal_and_meets_its_schema(make, kind, schema):
    document = make()
    read = kind.read(document)
    assert read.members() == make()
    assert read.source == b""
    assert schemas.validator(schema).is_valid(document)


def test_unknown_members_are_kept_wherever_a_class_is_open():
    document = samples.micro_credential()
    document["issuer"]["motto"] = {"de": None}
    samples.achievement(document)["criteria"]["valid_from"] = [1, {"@x": 2.5}]
    assert AchievementCredential.read(document).members() == document


def test_closed_class_refuses_unknown_members():
    with pytest.raises(InputError) as refusal:
        Image.read({"id": "https://a.example/i.png", "type": "Image", "alt": "x"})
    assert (refusal.value.rule, refusal.value.pointer) == ("schema", "/alt")


def test_numbers_keep_their_written_kind():
    document = samples.badge()
    for number in (42, 42.0, 0.5):
        samples.achievement(document)["creditsAvailable"] = number
        kept = AchievementCredential.read(document).members()
        assert repr(samples.achievement(kept)["creditsAvailable"]) == repr(number)


def test_documents_are_frozen():
    document = AchievementCredential.read(samples.badge())
    with pytest.raises(pydantic.ValidationError, match="frozen"):
        document.name = "Another"


def test_members_are_built_by_python_name_and_written_in_camel_case():
    profile = Profile(
        id="did:example:a",
        type=("Profile",),
        given_name="Ada",
        parent_org=None or Profile(id="did:example:b", type="Profile"),
    )
    assert profile.members() == {
        "id": "did:example:a",
        "type": ["Profile"],
        "givenName": "Ada",
        "parentOrg": {"id": "did:example:b", "type": "Profile"},
    }


def test_python_names_are_no_members_of_documents():
    document = samples.badge()
    document["valid_from"] = document.pop("validFrom")
    with pytest.raises(InputError) as refusal:
        AchievementCredential.read(document)
    assert refusal.value.pointer == "/validFrom"


def test_single_value_or_array_stays_as_it_was():
    document = samples.badge()
    samples.achievement(document)["type"] = "Achievement"
    document["credentialSchema"] = {"id": "https://a.example/s", "type": "X"}
    read = AchievementCredential.read(document)
    assert read.members() == document
    assert each(read.credential_subject.achievement.type) == ("Achievement",)
    assert each(read.type) == ("VerifiableCredential", "OpenBadgeCredential")
    assert each(read.evidence) == ()


@pytest.mark.parametrize(
    ("path", "value", "pointer"),
    [
        (("name",), None, ""),
        (("credentialSubject", "achievement", "name"), 5, "/credentialSubject/achievement/name"),
        (("credentialSubject", "achievement", "criteria"), None, "/credentialSubject/achievement/criteria"),
        (("@context", 1), "https://other.example/", "/@context/1"),
        (("issuer",), {"type": ["Profile"]}, "/issuer/id"),
        (("issuer", "endorsement"), [{}], "/issuer/endorsement/0/@context"),
    ],
)
def test_first_fault_is_told_with_its_place(path, value, pointer):
    document = node = samples.badge()
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    with pytest.raises(InputError) as refusal:
        AchievementCredential.from_bytes(json.dumps(document).encode())
    assert refusal.value.rule == "schema"
    assert refusal.value.pointer == pointer


def test_bytes_are_read_strictly():
    with pytest.raises(InputError) as refusal:
        VerifiableCredential.from_bytes(b'{"id": "urn:a:b", "id": "urn:c:d"}')
    assert refusal.value.rule == "json-duplicate-member"


@pytest.mark.parametrize("schema", sorted(generate.ROOTS))
def test_class_and_schema_give_the_same_verdict_on_every_variant(shared, schema):
    kind, validator = generate.ROOTS[schema], schemas.validator(schema)
    count = 0
    for document in documents(shared, schema):
        for variant, changed in variants(document):
            count += 1
            assert accepts(kind, changed) == validator.is_valid(changed), variant
    assert count > 50


def documents(shared, schema):
    if schema == "achievement-credential":
        path = shared / "vectors" / "openbadges-3.0" / "examples" / "fullOpenBadge.json"
        return [json.loads(path.read_text()), samples.micro_credential()]
    legacy_endorsement = samples.endorsement()
    legacy_endorsement["@context"] = samples.legacy_badge()["@context"]
    legacy_endorsement["issuanceDate"] = legacy_endorsement.pop("validFrom")
    legacy_presentation = samples.presentation() | {
        "@context": [samples.V1],
        "holder": {"id": "did:example:holder"},
        "verifiableCredential": ["e30.e30.e30", samples.legacy_credential()],
    }
    named = samples.credential() | {
        "name": [{"@value": "Namn", "@language": "sv", "@direction": "ltr"}, {"@value": "Name"}],
        "description": {"@value": "Text"},
        "issuer": {"id": "did:example:issuer", "name": "School"},
        "credentialSubject": [{"id": "did:example:subject"}, {"claim": 1}],
        "relatedResource": [{"id": "https://a.example/", "digestSRI": "sha256-x", "mediaType": "text/plain"}],
        "refreshService": {"type": ["Refresh"]},
        "proof": {"type": "DataIntegrityProof"},
    }
    return {
        "credential": [named],
        "endorsement-credential": [samples.endorsement()],
        "legacy-achievement-credential": [samples.legacy_badge()],
        "legacy-credential": [samples.legacy_credential() | {"credentialStatus": {"type": "X"}}],
        "legacy-endorsement-credential": [legacy_endorsement],
        "legacy-presentation": [legacy_presentation],
        "presentation": [samples.presentation()],
    }[schema]


def accepts(kind, members):
    try:
        kind.read(members)
    except InputError:
        return False
    return True


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    )
)
def test_any_unknown_member_comes_back_equal(value):
    members = {"narrative": "Weld", "x-unknown": value}
    assert Criteria.read(members).members() == members


def test_envelopes_and_older_presentations_are_read():
    enveloped = {
        "@context": [samples.V2],
        "id": "data:application/vp+jwt,e30",
        "type": "EnvelopedVerifiablePresentation",
    }
    assert EnvelopedVerifiablePresentation.read(enveloped).members() == enveloped
    older = {"@context": [samples.V1], "type": "VerifiablePresentation", "verifiableCredential": "e30.e30.e30"}
    assert LegacyPresentation.read(older).members() == older
    with pytest.raises(InputError) as refusal:
        EnvelopedVerifiablePresentation.read(enveloped | {"id": "https://a.example/"})
    assert refusal.value.pointer == "/id"


def test_presented_credential_has_the_class_of_its_form():
    presented = VerifiablePresentation.read(samples.presentation()).verifiable_credential
    assert [type(one).__name__ for one in each(presented)] == [
        "VerifiableCredential",
        "EnvelopedVerifiableCredential",
        "LegacyCredential",
    ]


def test_schemas_and_lints_come_without_pydantic():
    modules = "from skillmark.credentials.model import european, extension, schemas, writing"
    code = f"import sys; from skillmark.credentials import lints; {modules}; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
