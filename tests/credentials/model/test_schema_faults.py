"""Faults in plain words with their place, the essential ones told from those of Open Badges alone."""

import timeit

import pytest

from skillmark.credentials.model.schemas import Kind, is_legacy, kind_of, schema_faults
from tests.credentials.model import samples


def change(document, path, value):
    node = document
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return document


def only(faults):
    assert len(faults) == 1, faults
    return faults[0]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("@context", 0), "urn:a:b", "expected 'https://www.w3.org/ns/credentials/v2'; came 'urn:a:b'"),
        (("@context",), "https://a.example/", "expected an array; came 'https://a.example/'"),
        (("type",), "OpenBadgeCredential", "expected 'VerifiableCredential' or an array; came 'OpenBadgeCredential'"),
        (("issuer",), "school", "expected an absolute URL such as https://… or urn:uuid:… or an object; came 'school'"),
        (("issuer",), 5, "expected text or an object; came 5"),
        (("credentialSubject",), [], "expected an array of at least 1; came an array of 0"),
        (("credentialSubject",), {}, "expected an object that is not empty; came an empty object"),
        (("validUntil",), "now", "expected a date and time with a zone such as 2026-01-02T03:04:05Z; came 'now'"),
        (("id",), None, "expected text; came null"),
        (("id",), ["urn:a:b"], "expected text; came an array of 1"),
        (("validFrom",), True, "expected text; came true"),
    ],
)  # fmt: skip
def test_fault_against_the_data_model_is_essential_and_says_expected_and_came(path, value, message):
    document = change(samples.credential(), path, value)
    fault = only(schema_faults(document, "credential"))
    assert (fault.message, fault.essential) == (message, True)
    assert fault.pointer == "".join(f"/{step}" for step in path)


@pytest.mark.parametrize("member", ["@context", "type", "issuer", "credentialSubject"])
def test_missing_required_member_is_essential(member):
    document = samples.badge()
    del document[member]
    fault = only(
        [fault for fault in schema_faults(document, "achievement-credential") if fault.pointer == f"/{member}"]
    )
    assert (fault.message, fault.essential) == (f"the member {member} is missing", True)


@pytest.mark.parametrize(
    ("path", "value", "pointer", "message"),
    [
        (("credentialSubject", "achievement", "name"), 5, None, "expected text; came 5"),
        (
            ("credentialSubject", "achievement", "achievementType"),
            "Diplom",
            None,
            (
                "expected one of Achievement, ApprenticeshipCertificate, Assessment, Assignment, AssociateDegree, "
                "Award, Badge, BachelorDegree, … or an own term beginning with ext:; came 'Diplom'"
            ),
        ),
        (
            ("credentialSubject", "achievement", "image"),
            {"id": "https://a.example/", "type": "Image", "alt": "x"},
            "/credentialSubject/achievement/image/alt",
            "no other member than the standard's may stand here; came 'alt'",
        ),
        (("credentialSubject", "achievement", "creditsAvailable"), "3", None, "expected a number; came '3'"),
        (
            ("credentialSubject", "type"),
            ["Person"],
            None,
            "expected an array that holds AchievementSubject; came an array of 1",
        ),
        (
            ("type", 1),
            "Badge",
            "/type",
            "expected an array that holds AchievementCredential or OpenBadgeCredential; came an array of 2",
        ),
        (("issuer", "type"), "Person", None, "expected 'Profile' or an array; came 'Person'"),
        (("evidence",), {"type": "Evidence"}, None, "expected an array; came an object"),
        (
            ("@context", 1),
            "https://a.example/",
            None,
            (
                "expected the Open Badges context https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json; came "
                "'https://a.example/'"
            ),
        ),
    ],
)
def test_fault_against_open_badges_alone_is_not_essential(path, value, pointer, message):
    fault = only(schema_faults(change(samples.badge(), path, value), "achievement-credential"))
    assert (fault.message, fault.essential) == (message, False)
    assert fault.pointer == (pointer or "".join(f"/{step}" for step in path))


def test_each_place_is_told_once_and_essential_faults_come_first():
    document = change(samples.badge(), ("issuer",), {"type": ["Profile"], "url": "nowhere"})
    faults = schema_faults(document, "achievement-credential")
    assert [(fault.pointer, fault.essential) for fault in faults] == [("/issuer/id", True), ("/issuer/url", False)]


def test_member_names_are_escaped_in_pointers():
    document = samples.badge()
    document["credentialSubject"]["a/b~c"] = 1
    samples.achievement(document)["related"] = [{"id": "https://a.example/", "type": "Related", "version": 5}]
    assert [fault.pointer for fault in schema_faults(document, "achievement-credential")] == [
        "/credentialSubject/achievement/related/0/version"
    ]


def test_long_text_is_shortened_and_made_harmless():
    fault = only(schema_faults(change(samples.credential(), ("issuer",), "\u202e" + "x" * 99), "credential"))
    assert "\u202e" not in fault.message
    assert fault.message.endswith("x…'".encode("ascii", "backslashreplace").decode())
    assert len(fault.message) < 200


def test_faults_of_a_hopeless_document_are_bounded():
    document = samples.badge()
    samples.achievement(document)["tag"] = [5] * 5000
    assert len(schema_faults(document, "achievement-credential")) == 100


def test_presented_credential_is_judged_by_the_form_it_comes_nearest_to():
    document = change(samples.presentation(), ("verifiableCredential", 0, "issuer"), 5)
    assert [fault.pointer for fault in schema_faults(document, "presentation")] == ["/verifiableCredential/0/issuer"]


def test_related_resource_needs_a_digest():
    document = samples.credential() | {"relatedResource": {"id": "https://a.example/"}}
    assert [fault.pointer for fault in schema_faults(document)] == ["/relatedResource/digestSRI"]


@pytest.mark.parametrize("value", [b"bytes", {1: 2}, {"\ud800": 1}])
def test_what_is_no_json_is_an_essential_fault(value):
    fault = only(schema_faults(samples.credential() | {"name": value}))
    assert (fault.pointer, fault.essential) == ("", True)
    assert fault.message.startswith("this is not JSON: ")


def test_older_form_is_judged_by_its_own_schema_unless_told_otherwise():
    document = samples.legacy_badge()
    assert is_legacy(document)
    assert schema_faults(document, "achievement-credential") == []
    told = {fault.pointer for fault in schema_faults(document, "achievement-credential", legacy=False)}
    assert {"/@context/0", "/validFrom"} <= told
    assert not is_legacy(samples.badge())
    assert not is_legacy({"@context": samples.V1})


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        (["VerifiableCredential", "OpenBadgeCredential"], Kind.ACHIEVEMENT_CREDENTIAL),
        (["AchievementCredential", "VerifiableCredential"], Kind.ACHIEVEMENT_CREDENTIAL),
        (["VerifiableCredential", "EndorsementCredential"], Kind.ENDORSEMENT_CREDENTIAL),
        ("VerifiablePresentation", Kind.PRESENTATION),
        (["VerifiableCredential", "ClrCredential"], Kind.CREDENTIAL),
        ("VerifiableCredential", Kind.CREDENTIAL),
        (None, Kind.CREDENTIAL),
        ([{}, 5], Kind.CREDENTIAL),
    ],
)
def test_kind_is_read_from_the_types(types, kind):
    assert kind_of({"type": types}) is kind


def test_a_good_badge_is_judged_in_microseconds():
    document = samples.micro_credential()
    seconds = (
        min(timeit.repeat(lambda: schema_faults(document, Kind.ACHIEVEMENT_CREDENTIAL), number=200, repeat=5)) / 200
    )
    assert seconds < 0.001  # some 5 µs at leisure; what must be fast is measured in bench/


def test_faults_far_down_a_list_are_told_and_cost_little():
    subjects = [{"id": "urn:a"}] * 200 + [{}] * 200_000
    document = {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"]}
    document |= {"issuer": "urn:b", "credentialSubject": subjects}
    (fault,) = schema_faults(document)
    assert (fault.essential, fault.pointer) == (True, "")
    assert "beyond the first 100" in fault.message
