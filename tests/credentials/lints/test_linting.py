"""Who speaks about what, how grave it is, and that each fault is told once."""

import timeit

import pytest

from skillmark.credentials.canonical import canonicalize
from skillmark.credentials.lints import Authority, Severity, lint
from skillmark.credentials.model.schemas import kind_of, schema_faults
from tests.credentials.lints.findings_of import changed, errors, told
from tests.credentials.model import samples
from tests.credentials.model.variants import variants

GOOD = [samples.badge, samples.graded_badge, samples.micro_credential, samples.endorsement, samples.credential]


@pytest.mark.parametrize("make", GOOD)
def test_good_document_has_no_error_and_stays_unchanged(make):
    document = make()
    document.pop("proof", None)
    before = dict(document)
    assert errors(document) == []
    assert document == before


def test_complete_micro_credential_has_no_finding_at_all():
    assert lint(samples.micro_credential()) == []


def test_published_examples_have_only_their_known_faults(shared):
    folder = shared / "vectors" / "openbadges-3.0" / "examples"
    found = {path.stem: errors(samples.read(path)) for path in folder.glob("*.json")}
    # The full example's second result names a level of another description's rubric.
    assert found.pop("fullOpenBadge") == [("result-level", "/credentialSubject/result/1/achievedLevel")]
    assert set(map(tuple, found.values())) == {()}
    assert len(found) == 6


@pytest.mark.parametrize(
    ("make", "authorities"),
    [
        (samples.badge, {Authority.EUROPEAN, Authority.SKILLMARK}),
        (samples.endorsement, set()),
        (samples.credential, set()),
        (samples.presentation, set()),
    ],
)
def test_european_and_own_rules_are_for_achievements(make, authorities):
    assert {finding.authority for finding in lint(make())} == authorities


def test_credential_without_badge_types_is_judged_by_the_rules_of_the_w3c_alone():
    document = samples.credential() | {"evidence": []}
    assert told(document) == []
    document["credentialSubject"]["tag"] = []
    assert errors(document) == [("undefined-term", "")]


def test_every_finding_says_what_where_and_why():
    document = samples.badge()
    document["validUntil"] = "2025-01-01T00:00:00Z"
    for finding in lint(document):
        assert finding.rule == finding.rule.lower()
        assert len(finding.message) > 20
        assert len(finding.clause) > 8
        assert finding.authority in set(Authority)


def test_errors_come_first_then_warnings_then_notices():
    document = changed(samples.badge(), ("validUntil",), "2025-01-01T00:00:00Z")
    severities = [finding.severity for finding in lint(document)]
    assert severities[0] is Severity.ERROR
    assert severities == sorted(severities, key=list(Severity).index)
    assert set(severities) == set(Severity)


def test_required_authority_turns_its_warnings_into_errors():
    assert errors(samples.badge()) == []
    required = errors(samples.badge(), require=("european",))
    assert required == [
        ("missing-country", "/issuer/address"),
        ("missing-workload", "/credentialSubject/achievement/notionalWorkload"),
        ("missing-level", "/credentialSubject/achievement/alignment"),
        ("missing-assessment", "/credentialSubject/achievement/assessmentType"),
        ("missing-participation", "/credentialSubject/achievement/participationForm"),
        ("missing-quality-assurance", "/credentialSubject/achievement/qualityAssurance"),
    ]
    assert errors(samples.micro_credential(), require=frozenset({"european", "skillmark"})) == []


def test_advice_stays_advice_where_its_authority_is_required():
    notices = [finding for finding in lint(samples.badge()) if finding.severity is Severity.NOTICE]
    required = lint(samples.badge(), require=("european", "skillmark"))
    assert [finding for finding in required if finding.severity is Severity.NOTICE] == notices


def test_other_authorities_are_not_raised():
    document = changed(samples.badge(), ("credentialSubject", "identifier"), [plain_email()])
    assert ("identity-plain", "/credentialSubject/identifier/0/identityHash") not in errors(
        document, require=("european",)
    )
    assert ("identity-plain", "/credentialSubject/identifier/0/identityHash") in errors(
        document, require=("skillmark",)
    )


def plain_email():
    return {"type": "IdentityObject", "hashed": False, "identityHash": "a@b.example", "identityType": "emailAddress"}


@pytest.mark.parametrize("path", [("name",), ("id",), ("credentialSubject", "achievement", "tag")])
def test_null_is_told_once(path):
    document = changed(samples.badge(), path, None)
    pointer = "".join(f"/{step}" for step in path)
    assert [one for one in told(document) if one[1] == pointer] == [("structure", pointer)]


def test_wrong_structure_silences_other_errors_at_its_place_only():
    document = changed(samples.badge(), ("issuer", "id"), 5)
    document["validUntil"] = "2025-01-01T00:00:00Z"
    assert errors(document) == [("structure", "/issuer/id"), ("period-reversed", "/validUntil")]


def test_older_form_is_refused():
    assert ("structure", "/@context/0") in errors(samples.legacy_badge())
    assert ("structure", "/validFrom") in errors(samples.legacy_badge())


@pytest.mark.parametrize("value", [None, 5, "text", [], {}, [[]], [{"x": [None]}]])
def test_no_document_makes_the_lints_fail(value):
    for member in samples.micro_credential():
        assert errors(samples.micro_credential() | {member: value}) != [] or member == "evidence"
        for inner in samples.micro_credential()["credentialSubject"]:
            lint(changed(samples.micro_credential(), ("credentialSubject", inner), value))
    for member in samples.achievement(samples.micro_credential()):
        lint(changed(samples.micro_credential(), ("credentialSubject", "achievement", member), value))
    assert errors({"type": value}) != []


@pytest.mark.parametrize("make", [samples.micro_credential, samples.endorsement])
def test_variant_without_error_meets_the_schema_and_has_a_canonical_form(make):
    clean, unsigned = 0, {member: value for member, value in make().items() if member != "proof"}
    for variant, document in variants(unsigned):
        if errors(document) == [] and document.get("type") == make()["type"]:
            clean += 1
            assert schema_faults(document, kind_of(document)) == [], variant
            canonicalize(document)
    assert clean > 20


def test_linting_a_badge_takes_well_under_a_millisecond_at_leisure():
    document = samples.micro_credential()
    seconds = min(timeit.repeat(lambda: lint(document), number=20, repeat=5)) / 20
    assert seconds < 0.01
