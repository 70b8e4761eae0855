"""Our generated schemas give the verdicts of the published ones, but for differences that are named."""

import json

import jsonschema_rs
import pytest

from skillmark.credentials.model import schemas
from tests.credentials.model import published, samples
from tests.credentials.model.variants import variants

BADGES = [
    "achievementAlignmentCase",
    "achievementAlignmentCe",
    "basicOpenBadgeCredential",
    "fullOpenBadge",
    "skillAssertionCase",
    "skillAssertionCtdl",
]


def example(shared, name):
    return json.loads((shared / "vectors" / "openbadges-3.0" / "examples" / f"{name}.json").read_text())


@pytest.mark.parametrize("name", BADGES)
def test_published_examples_are_valid_to_all(shared, name):
    document = example(shared, name)
    assert schemas.schema_faults(document, kind="achievement-credential") == []
    assert published.validator(shared, "strict").is_valid(document)
    assert published.validator(shared, "lenient").is_valid(document)


def test_worked_signing_examples_are_valid(shared):
    folder = shared / "vectors" / "openbadges-3.0"
    for name in ("credential", "signed-credential"):
        document = json.loads((folder / "signing-ob" / f"{name}.json").read_text())
        assert schemas.schema_faults(document, kind="achievement-credential") == []
        transcript = json.loads((folder / "signing-clr" / f"{name}.json").read_text())
        assert schemas.schema_faults(transcript, kind="credential") == []
        for inner in transcript["credentialSubject"]["verifiableCredential"]:
            assert schemas.schema_faults(inner, kind="achievement-credential") == []


def test_published_endorsement_is_an_endorsement_and_no_achievement(shared):
    document = example(shared, "endorsement")
    assert schemas.schema_faults(document, kind="endorsement-credential") == []
    assert schemas.schema_faults(document, kind="achievement-credential") != []
    assert not published.validator(shared, "strict").is_valid(document)
    assert not published.validator(shared, "lenient").is_valid(document)


@pytest.mark.parametrize("name", ["fullOpenBadge", "skillAssertionCase"])
def test_broken_variants_are_judged_as_published_but_for_named_differences(shared, name):
    ours = schemas.validator("achievement-credential")
    strict, lenient = published.validator(shared, "strict"), published.validator(shared, "lenient")
    unknown, count, met = [], 0, set()
    for variant, document in variants(example(shared, name)):
        verdicts = ours.is_valid(document), strict.is_valid(document), lenient.is_valid(document)
        named = published.difference(variant, *verdicts)
        count += 1
        met.add(named)
        if named == "?":
            unknown.append((variant, verdicts))
    assert unknown == []
    assert count > 500
    assert met - {None} <= set(published.DIFFERENCES)
    if name == "fullOpenBadge":
        assert met - {None} == set(published.DIFFERENCES)


def test_older_badges_are_judged_as_published_but_for_named_differences(shared):
    document = samples.legacy_badge()
    document["issuer"]["endorsement"] = [legacy_endorsement()]
    ours = schemas.validator("legacy-achievement-credential")
    lenient = published.validator(shared, "lenient", "ob_v3p0_anyachievementcredential_schema.json")
    assert ours.is_valid(document)
    assert lenient.is_valid(document)
    unknown = []
    for variant, changed in variants(document):
        verdicts = ours.is_valid(changed), lenient.is_valid(changed)
        # There is no strict copy of the older form: where the lenient one errs, the strict copy would not.
        for strict in (True, False):
            if published.difference(variant, verdicts[0], strict, verdicts[1]) != "?":
                break
            if (variant.change, variant.member) == ("extended", "credentialSubject"):
                break  # the copy lets nobody add to the older subject; the specification lets everybody
        else:
            unknown.append((variant, verdicts))
    assert unknown == []


def legacy_endorsement():
    document = samples.endorsement()
    document["@context"] = samples.legacy_badge()["@context"]
    document["issuanceDate"] = document.pop("validFrom")
    return document


@pytest.mark.parametrize(
    ("member", "value", "theirs", "ours"),
    [
        ("achievementType", "ext:Own.term_2", True, True),
        ("achievementType", "an ext:term somewhere", True, False),  # their pattern has no anchors
        ("achievementType", "ext:", False, False),
        ("achievementType", "Diplom", False, False),
        ("inLanguage", "de-Latn-CH", True, True),
        ("inLanguage", "german", False, False),
    ],
)
def test_vocabularies_and_codes_are_judged_as_published(shared, member, value, theirs, ours):
    document = samples.badge()
    samples.achievement(document)[member] = value
    assert published.validator(shared, "strict").is_valid(document) is theirs
    assert schemas.validator("achievement-credential").is_valid(document) is ours


@pytest.mark.parametrize(
    ("value", "theirs", "ours"),
    [
        ("2026-01-02T03:04:05Z", True, True),
        ("2026-01-02T03:04:05.123456+02:00", True, True),
        ("2026-01-02T24:00:00Z", False, True),  # XML Schema has it, RFC 3339 has not
        ("2026-01-02t03:04:05z", True, False),  # the other way round
        ("2026-01-02T03:04:05", False, False),
        ("2026-13-02T03:04:05Z", False, False),
        ("2026-01-02", False, False),
    ],
)
def test_times_are_those_of_xml_schema(shared, value, theirs, ours):
    document = samples.badge() | {"validFrom": value}
    assert published.validator(shared, "strict").is_valid(document) is theirs
    assert schemas.validator("achievement-credential").is_valid(document) is ours


def w3c(shared, name):
    folder = shared / "schemas" / "vc-data-model"
    texts = {path.name: json.loads(path.read_text()) for path in folder.glob("*.json")}
    registry = jsonschema_rs.Registry([(text["$id"], text) for text in texts.values()])
    return jsonschema_rs.Draft202012Validator(texts[name], registry=registry)


@pytest.mark.parametrize(("folder", "kind"), [("credential", "credential"), ("presentation", "presentation")])
def test_examples_of_the_w3c_schemas_are_valid_to_both(shared, folder, kind):
    theirs = w3c(shared, f"verifiable-{folder}-schema.json")
    paths = sorted((shared / "vectors" / "vc-data-model" / f"verifiable-{folder}").glob("*.json"))
    assert paths
    for path in paths:
        document = json.loads(path.read_text())
        assert theirs.is_valid(document), path.name
        assert schemas.schema_faults(document, kind=kind) == [], path.name


def test_broken_credentials_are_judged_as_by_the_w3c_schema_but_for_named_differences(shared):
    theirs, ours = w3c(shared, "verifiable-credential-schema.json"), schemas.validator("credential")
    document = json.loads((shared / "vectors" / "vc-jose-cose" / "credential-full.json").read_text())
    document |= {
        "name": "A name",
        "refreshService": {"id": "https://refresh.example.org/", "type": "Refresh"},
        "termsOfUse": [{"type": "Terms"}],
        "relatedResource": [{"id": "https://a.example/", "digestSRI": "sha256-x"}],
    }
    assert theirs.is_valid(document)
    assert ours.is_valid(document)
    unknown = [
        (variant, theirs.is_valid(changed))
        for variant, changed in variants(document)
        if theirs.is_valid(changed) != ours.is_valid(changed) and not w3c_difference(variant, theirs.is_valid(changed))
    ]
    assert unknown == []


def w3c_difference(variant, theirs):
    """What the W3C's own schema leaves to its text, or the other way round."""
    untold = {"name", "relatedResource", "digestSRI"}  # members the schema does not speak of
    places = {"id", "issuer", "validFrom", "validUntil"}  # an id is a URL, a time has an end
    if theirs:
        return (
            variant.path[0] in untold
            or variant.member in places
            or (variant.member in {"type", "@context"} and variant.is_item)  # types and contexts are text
            or variant.member == "type"  # in arrays of types the schema takes anything
        )
    return (
        variant.change == "empty array"  # an absent member and an empty one say the same
        or (variant.change == "removed" and variant.is_item)  # the last item of an array
        or variant.path[0] == "refreshService"  # the text asks for a type only
    )


@pytest.mark.parametrize("name", ["single", "multiple", "selective"])
def test_presentations_of_envelopes_are_valid(shared, name):
    path = shared / "vectors" / "vc-jose-cose" / f"presentation-{name}.json"
    assert schemas.schema_faults(samples.read(path), kind="presentation") == []


@pytest.mark.parametrize("folder", ["vc-di-eddsa", "vc-di-ecdsa", "bitstring-status-list", "vc-jose-cose"])
def test_documents_of_other_vectors_have_no_essential_fault(shared, folder):
    documents = {path: samples.read(path) for path in (shared / "vectors" / folder).rglob("*.json")}
    credentials = {path.name: one for path, one in documents.items() if isinstance(one, dict) and "issuer" in one}
    assert credentials
    faults = {name: schemas.schema_faults(one, kind="credential") for name, one in credentials.items()}
    assert {name: found for name, found in faults.items() if found} == {}
