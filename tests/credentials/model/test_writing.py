"""What is written: the contexts that are needed and no more, nothing null or empty, nothing that is only read."""

import pytest

from skillmark.credentials.model import schemas
from skillmark.credentials.model.writing import contexts, extension_types, written
from skillmark.errors import IssuingError
from tests.credentials.model import samples


def test_plain_badge_names_two_contexts():
    assert contexts(samples.badge()) == [samples.V2, samples.OPEN_BADGES]


@pytest.mark.parametrize(
    "member",
    [
        {"credentialSchema": [{"id": "https://a.example/", "type": "1EdTechJsonSchemaValidator2019"}]},
        {"credentialStatus": {"id": "https://a.example/", "type": "1EdTechRevocationList"}},
        {"refreshService": {"id": "https://a.example/", "type": ["1EdTechCredentialRefresh"]}},
    ],
)
def test_types_of_1edtech_bring_the_context_for_extensions(member):
    assert contexts(samples.badge() | member) == [samples.V2, samples.OPEN_BADGES, samples.EXTENSIONS]


def test_types_inside_an_endorsement_are_its_own_matter():
    document = samples.badge()
    endorsed = samples.endorsement() | {"credentialStatus": {"id": "urn:a:b", "type": "1EdTechRevocationList"}}
    document["endorsement"] = [endorsed]
    assert contexts(document) == [samples.V2, samples.OPEN_BADGES]
    assert list(extension_types(endorsed)) == [("/credentialStatus", "1EdTechRevocationList")]


def test_our_terms_bring_our_context_last():
    document = samples.micro_credential()
    document["credentialSchema"] = [{"id": "https://a.example/", "type": "1EdTechJsonSchemaValidator2019"}]
    assert contexts(document) == [samples.V2, samples.OPEN_BADGES, samples.EXTENSIONS, samples.OURS]


def test_older_edition_is_written_as_the_current_one():
    document = samples.badge()
    document["@context"] = [samples.V2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"]
    result = written(document)
    assert result["@context"] == [samples.V2, samples.OPEN_BADGES]
    assert next(iter(result)) == "@context"
    assert schemas.schema_faults(result, "achievement-credential") == []


def test_null_values_and_empty_arrays_are_left_out_at_every_depth():
    document = samples.badge()
    document["name"] = None
    document["evidence"] = []
    samples.achievement(document).update({"tag": [None], "related": [], "creator": {"phone": None, "name": "Guild"}})
    expected = samples.badge()
    samples.achievement(expected)["creator"] = {"name": "Guild"}
    assert written(document) == expected


def test_false_zero_and_empty_text_stay():
    document = samples.badge()
    samples.achievement(document).update({"creditsAvailable": 0, "version": ""})
    document["credentialSubject"]["identifier"] = [{"hashed": False}]
    assert written(document) == document


@pytest.mark.parametrize("member", ["endorsementJwt", "jti"])
def test_terms_that_are_only_read_are_refused(member):
    document = samples.badge()
    document["issuer"][member] = "e30.e30.e30"
    with pytest.raises(IssuingError) as refusal:
        written(document)
    assert refusal.value.pointer == f"/issuer/{member}"


def test_embedded_endorsement_stays_as_it_was_signed():
    document = samples.badge()
    document["issuer"]["endorsement"] = [samples.endorsement() | {"endorsementJwt": [], "description": None}]
    assert written(document) == document


def test_given_document_is_not_changed():
    document = samples.badge() | {"name": None}
    written(document)
    assert document == samples.badge() | {"name": None}
