"""Our own rules: privacy, reading anywhere, and our terms with their values in their places."""

import pytest

from skillmark.credentials.lints import Severity, lint
from tests.credentials.lints.findings_of import changed, errors, finding, new, told
from tests.credentials.model import samples

ACHIEVEMENT = ("credentialSubject", "achievement")
AT = "/credentialSubject/achievement"


def test_own_rules_only_warn_or_advise():
    document = samples.badge()
    document["credentialSubject"]["identifier"] = [identity(hashed=False, identityHash="a@b.example")]
    found = [one for one in lint(document) if one.authority == "skillmark"]
    assert {one.severity for one in found} == {Severity.WARNING, Severity.NOTICE}
    assert all(one.clause.startswith("Skillmark") for one in found)


def test_older_edition_of_the_context_is_warned_of():
    document = samples.micro_credential()
    document["@context"][1] = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
    assert told(document) == [("context-edition", "/@context/1")]


def test_our_context_without_our_terms_is_advised_against():
    document = samples.badge()
    document["@context"].append(samples.OURS)
    assert new(document, samples.badge()) == [("extension-context-unneeded", "/@context/2")]


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\x85", "\u202e", "\u2066"])
def test_characters_that_cannot_be_seen_are_warned_of(character):
    document = changed(samples.badge(), (*ACHIEVEMENT, "name"), f"Weld{character}ing")
    assert new(document, samples.badge()) == [("text-unseen", f"{AT}/name")]
    assert f"U+{ord(character):04X}" in finding(document, "text-unseen").message


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ("notionalWorkload", 0),
        ("notionalWorkload", -5),
        ("notionalWorkload", "75"),
        ("notionalWorkload", True),
        ("notionalWorkload", [75]),
        ("creditSystem", 5),
        ("creditSystem", ["ECTS"]),
        ("creditSystem", ""),
        ("learningOutcome", ["Welds.", ""]),
        ("learningOutcome", ["Welds.", 5]),
        ("qualityAssurance", {"id": "urn:a:b"}),
        ("assessmentType", ["exam"]),
        ("assessmentType", "Testing"),
        ("participationForm", ["online", "offline"]),
        ("supervision", "yes"),
        ("supervision", ["supervised-online", "supervised-online"]),
        ("stackability", "maybe"),
    ],
)
def test_value_out_of_range_is_warned_of(term, value):
    document = changed(samples.micro_credential(), (*ACHIEVEMENT, term), value)
    found = finding(document, "term-value")
    assert (found.severity, found.pointer) == (Severity.WARNING, f"{AT}/{term}")
    assert found.message.startswith(f"{term}: expected ")


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ("notionalWorkload", 12.5),
        ("assessmentType", "testing"),
        ("assessmentType", ["ext:jury", "portfolio"]),
        ("supervision", "ext:by-video"),
        ("entryRequirement", "None"),
        ("creditSystem", "ECVET"),
    ],
)
def test_value_in_range_passes(term, value):
    assert told(changed(samples.micro_credential(), (*ACHIEVEMENT, term), value)) == []


def test_message_lists_the_known_values():
    message = finding(
        changed(samples.micro_credential(), (*ACHIEVEMENT, "stackability"), "maybe"), "term-value"
    ).message
    assert message == (
        "stackability: expected integrated, stackable, standalone or an own term beginning with ext:; came 'maybe'"
    )


@pytest.mark.parametrize(
    ("path", "term"),
    [
        (("issuer",), "qualityAssurance"),
        ((*ACHIEVEMENT, "criteria"), "notionalWorkload"),
        (ACHIEVEMENT, "proficiencyLevel"),
        ((*ACHIEVEMENT, "alignment", 0), "supervision"),
    ],
)
def test_term_in_the_wrong_place_is_warned_of(path, term):
    document = changed(samples.micro_credential(), (*path, term), 5)
    pointer = "".join(f"/{step}" for step in (*path, term))
    assert told(document) == [("term-misplaced", pointer)]


def identity(**members):
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": "sha256$" + "0a" * 32,
        "identityType": "emailAddress",
        "salt": "pepper",
    } | members


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({}, []),
        ({"hashed": False, "identityHash": "a@b.example"}, [("identity-plain", "identityHash")]),
        ({"hashed": False, "identityHash": "Ada", "identityType": "name"}, []),
        ({"identityHash": "md5$" + "0a" * 16}, [("identity-md5", "identityHash")]),
        ({"salt": ""}, [("identity-unsalted", "salt")]),
    ],
)
def test_identifiers_are_kept_private(members, expected):
    document = changed(samples.badge(), ("credentialSubject", "identifier"), [identity(**members)])
    assert new(document, samples.badge()) == [
        (rule, f"/credentialSubject/identifier/0/{member}") for rule, member in expected
    ]


def status(**members):
    return {
        "id": "https://status.example.org/1#7",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://status.example.org/1",
    } | members


def test_status_list_is_of_the_current_kind_and_fetched_over_https():
    assert new(changed(samples.badge(), ("credentialStatus",), status()), samples.badge()) == []
    plain = status(statusListCredential="http://status.example.org/1")
    assert new(changed(samples.badge(), ("credentialStatus",), plain), samples.badge()) == [
        ("status-address", "/credentialStatus/statusListCredential")
    ]
    older = changed(samples.badge(), ("credentialStatus",), status(type="StatusList2021Entry"))
    older["@context"].append("https://w3id.org/vc/status-list/2021/v1")
    assert ("status-kind", "/credentialStatus/type") in told(older)


def test_times_and_credits_make_sense():
    document = samples.badge()
    subject = document["credentialSubject"]
    subject |= {"activityStartDate": "2026-01-02T00:00:00Z", "activityEndDate": "2026-01-01T00:00:00Z"}
    subject |= {"creditsEarned": 4}
    samples.achievement(document)["creditsAvailable"] = 3
    found = {rule for rule, _ in told(document)}
    assert {"activity-reversed", "credits-exceeded"} <= found
    subject |= {"activityEndDate": "2026-01-02T00:00:00Z", "creditsEarned": 3}
    assert not {"activity-reversed", "credits-exceeded"} & {rule for rule, _ in told(document)}


def test_image_and_framework_are_advised():
    document = samples.micro_credential()
    achievement = samples.achievement(document)
    del achievement["image"]
    del achievement["alignment"][0]["frameworkVersion"]
    assert told(document) == [("image-missing", f"{AT}/image"), ("alignment-bare", f"{AT}/alignment/0")]


def test_context_that_is_no_array_does_not_stop_the_lints():
    assert ("structure", "/@context") in errors(samples.badge() | {"@context": samples.V2})
