"""Rules of the Verifiable Credentials Data Model: what an issuer must refuse, each with its clause."""

import hashlib
from base64 import b64encode

import pytest

from skillmark.credentials.contexts import registry
from skillmark.credentials.encoding.multibase import multibase_encode
from skillmark.credentials.lints import Severity, lint
from tests.credentials.lints.findings_of import changed, errors, finding
from tests.credentials.model import samples


def credential(**members):
    return samples.credential() | members


@pytest.mark.parametrize(
    ("members", "rule", "pointer", "clause"),
    [
        ({"@context": [samples.OPEN_BADGES, samples.V2]}, "structure", "/@context/0", "§4.3"),
        ({"@context": []}, "structure", "/@context", "§4.3"),
        ({"@context": [samples.V2, 5]}, "structure", "/@context/1", "§4.3"),
        ({"id": None}, "structure", "/id", "§4.4"),
        ({"id": ["urn:a:b"]}, "structure", "/id", "§4.4"),
        ({"id": "not a URL"}, "structure", "/id", "§4.4"),
        ({"type": ["Badge"]}, "structure", "/type", "§4.5"),
        ({"name": {"@value": "x", "@language": "en", "url": "y"}}, "structure", "/name/url", "§4.6"),
        ({"description": {"@language": "en"}}, "structure", "/description/@value", "§4.6"),
        ({"issuer": {"id": None}}, "structure", "/issuer/id", "§4.7"),
        ({"credentialSubject": {}}, "structure", "/credentialSubject", "§4.8"),
        ({"credentialSubject": [{"id": "relative"}]}, "structure", "/credentialSubject/0/id", "§4.8"),
        ({"validFrom": "2026-01-02T03:04:05"}, "structure", "/validFrom", "§4.9"),
        ({"validUntil": "2026-01-02"}, "structure", "/validUntil", "§4.9"),
        ({"credentialStatus": {"id": "urn:a:b"}}, "structure", "/credentialStatus/type", "§4.10"),
        ({"credentialStatus": {"type": "X", "id": None}}, "structure", "/credentialStatus/id", "§4.10"),
        ({"credentialSchema": {"type": "JsonSchema"}}, "structure", "/credentialSchema/id", "§4.11"),
        ({"credentialSchema": {"id": "urn:a:b"}}, "structure", "/credentialSchema/type", "§4.11"),
        ({"refreshService": {"id": "urn:a:b"}}, "structure", "/refreshService/type", "§5.4"),
        ({"termsOfUse": [{"id": "urn:a:b"}]}, "structure", "/termsOfUse/0/type", "§5.5"),
        ({"evidence": [{"id": "urn:a:b"}]}, "structure", "/evidence/0/type", "§5.6"),
        ({"relatedResource": "https://a.example/"}, "structure", "/relatedResource", "§5.3"),
        ({"relatedResource": [{"digestSRI": "sha256-x"}]}, "structure", "/relatedResource/0/id", "§5.3"),
        ({"relatedResource": {"id": "urn:a:b"}}, "structure", "/relatedResource/digestSRI", "§5.3"),
    ],
)
def test_issuer_refuses(members, rule, pointer, clause):
    document = credential(**members)
    (found,) = [one for one in lint(document) if (one.rule, one.pointer) == (rule, pointer)]
    assert found.severity is Severity.ERROR
    assert found.authority == "vc-data-model"
    assert clause in found.clause


@pytest.mark.parametrize("member", ["@context", "type", "issuer", "credentialSubject"])
def test_issuer_refuses_a_credential_without(member):
    document = credential()
    del document[member]
    assert ("structure", f"/{member}") in errors(document)


@pytest.mark.parametrize(
    "members",
    [
        {
            "credentialSchema": [
                {"id": "https://a.example/1", "type": "JsonSchema"},
                {"id": "https://a.example/2", "type": "JsonSchema"},
            ]
        },
        {
            "refreshService": [
                {"id": "https://a.example/1", "type": "https://types.example/R"},
                {"id": "urn:a:b", "type": "https://types.example/R"},
            ]
        },
        {"evidence": [{"type": "https://types.example/E"}, {"type": ["https://types.example/F"]}]},
        {"termsOfUse": [{"type": "https://types.example/T"}, {"type": "https://types.example/U"}]},
        {"credentialSubject": [{"id": "did:example:a"}, {"id": "did:example:b"}]},
        {
            "name": {"@value": "Namn", "@language": "sv", "@direction": "ltr"},
            "description": [{"@value": "Text", "@language": "en"}],
        },
        {
            "type": ["VerifiableCredential", "https://types.example/C"],
            "id": "urn:uuid:3978344f-8596-4c3a-a978-8fcaba3903c5",
        },
        {"validFrom": "2026-01-02T03:04:05+14:00", "validUntil": "2026-01-02T24:00:00Z"},
        {"issuer": {"id": "did:example:issuer", "name": "School"}},
    ],
)
def test_issuer_accepts(members):
    assert errors(credential(**members)) == []


def test_end_of_validity_before_its_start_is_refused():
    document = credential(validFrom="2026-01-02T00:00:00+02:00", validUntil="2026-01-01T21:59:59Z")
    found = finding(document, "period-reversed")
    assert (found.severity, found.pointer) == (Severity.ERROR, "/validUntil")
    assert "2026-01-01T21:59:59Z" in found.message
    assert errors(credential(validFrom="2026-01-02T00:00:00+02:00", validUntil="2026-01-01T22:00:00Z")) == []
    assert errors(credential(validUntil="1999-01-01T00:00:00Z")) == []


@pytest.mark.parametrize("name", ["validFrom", "validUntil"])
@pytest.mark.parametrize("moment", ["2099-02-30T00:00:00Z", "9999-12-31T23:59:59-14:00"])
def test_moment_that_no_calendar_has_is_refused(name, moment):
    assert errors(credential(**{name: moment})) == [("period-form", f"/{name}")]


@pytest.mark.parametrize("value", [None, 5, ["urn:a:b"], {}, "", "relative", "has space:x", "//a.example/"])
def test_id_anywhere_is_one_absolute_url(value):
    document = samples.badge()
    samples.achievement(document)["criteria"]["id"] = value
    assert errors(document)[0] in {
        ("structure", "/credentialSubject/achievement/criteria/id"),
        ("id-form", "/credentialSubject/achievement/criteria/id"),
    }
    document = credential()
    document["credentialSubject"]["owner"] = {"id": value}
    assert ("id-form", "/credentialSubject/owner/id") in errors(document)


def entry(**members):
    return {
        "id": "https://status.example.org/1#7",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://status.example.org/1",
    } | members


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"statusListIndex": 7}, "/statusListIndex"),
        ({"statusListIndex": "-1"}, "/statusListIndex"),
        ({"statusListIndex": "07"}, "/statusListIndex"),
        ({"statusPurpose": None}, "/statusPurpose"),
        ({"statusPurpose": ""}, "/statusPurpose"),
        ({"statusListCredential": "nowhere"}, "/statusListCredential"),
        ({"id": "https://status.example.org/1"}, "/id"),
        ({"statusSize": 0}, "/statusSize"),
        ({"statusSize": 2}, "/statusMessage"),
    ],
)
def test_status_entry_is_read_strictly(members, pointer):
    assert ("status-entry", f"/credentialStatus{pointer}") in errors(credential(credentialStatus=entry(**members)))
    assert ("status-entry", f"/credentialStatus/1{pointer}") in errors(
        credential(credentialStatus=[entry(), entry(**members)])
    )


def test_good_status_entries_of_known_and_unknown_types_pass():
    assert errors(credential(credentialStatus=[entry(), {"type": "https://types.example/Status"}])) == []
    assert "status-entry" not in {rule for rule, _ in errors(credential(credentialStatus=["x", {"type": {}}]))}


def digests(iri):
    sha256 = bytes.fromhex(registry.digest(iri))
    return f"sha256-{b64encode(sha256).decode()}", multibase_encode(b"\x12\x20" + sha256), sha256


def test_related_resource_with_the_digest_of_the_pinned_file_passes():
    sri, multibase, sha256 = digests(samples.V2)
    for members in (
        {"digestSRI": sri},
        {"digestMultibase": multibase},
        {"digestMultibase": multibase_encode(b"\x12\x20" + sha256, "u")},
    ):
        assert lint(credential(relatedResource={"id": samples.V2, **members})) == []


@pytest.mark.parametrize("member", ["digestSRI", "digestMultibase"])
def test_related_resource_with_another_digest_is_refused(member):
    other = hashlib.sha256(b"another").digest()
    value = {
        "digestSRI": f"sha256-{b64encode(other).decode()}",
        "digestMultibase": multibase_encode(b"\x12\x20" + other),
    }[member]
    document = credential(relatedResource=[{"id": samples.V2, member: value}])
    assert errors(document) == [("related-resource-digest", f"/relatedResource/0/{member}")]
    assert registry.digest(samples.V2) in finding(document, "related-resource-digest").message


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("digestSRI", "sha256"),
        ("digestSRI", "md5-1B2M2Y8AsgTpgAmY7PhCfg=="),
        ("digestSRI", "sha256-A"),
        ("digestSRI", 5),
        ("digestMultibase", "Quvw"),
        ("digestMultibase", 5),
        ("digestMultibase", multibase_encode(hashlib.sha256(b"bare").digest())),
        ("digestMultibase", multibase_encode(b"\x12\x20short")),
        ("digestMultibase", multibase_encode(b"\x99\x02ab")),
    ],
)
def test_malformed_digest_is_refused(member, value):
    document = credential(relatedResource={"id": samples.V2, member: value})
    expected = {
        ("related-resource-digest-form", f"/relatedResource/{member}"),
        ("structure", f"/relatedResource/{member}"),
    }
    assert set(errors(document)) & expected


@pytest.mark.parametrize(
    "resource",
    [
        {"id": "https://a.example/", "digestSRI": digests(samples.V2)[0]},
        {"id": samples.V2, "digestSRI": f"sha384-{b64encode(bytes(48)).decode()}"},
        {"id": samples.V2, "digestMultibase": multibase_encode(b"\x20\x30" + bytes(48))},
        {"id": samples.V2, "digestMultibase": multibase_encode(b"\x13\x40" + bytes(64))},
    ],
)
def test_digest_that_cannot_be_compared_is_said_so(resource):
    found = finding(credential(relatedResource=resource), "related-resource-unchecked")
    assert found.severity is Severity.NOTICE


def test_related_resource_named_twice_is_refused():
    resource = {"id": samples.V2, "digestSRI": digests(samples.V2)[0]}
    assert errors(credential(relatedResource=[resource, resource])) == [
        ("related-resource-twice", "/relatedResource/1/id")
    ]


def test_related_resource_without_text_as_id_is_told_by_the_structure():
    assert errors(credential(relatedResource={"id": 5, "digestSRI": "x"})) == [("structure", "/relatedResource/id")]


def test_times_that_are_no_text_do_not_stop_the_lints():
    document = changed(credential(validUntil="2026-01-01T00:00:00Z"), ("validFrom",), 5)
    assert errors(document) == [("structure", "/validFrom")]
