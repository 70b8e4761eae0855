"""Rules of Open Badges 3.0: each is broken once, and told with its place."""

import pytest

from skillmark.credentials.lints import Severity, lint
from tests.credentials.lints.findings_of import changed, errors, finding, new
from tests.credentials.model import samples

SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
HASH = "sha256$" + "0a" * 32


def identity(**members):
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": HASH,
        "identityType": "emailAddress",
        "salt": "s",
    } | members


@pytest.mark.parametrize(
    ("path", "value", "pointer"),
    [
        (("@context", 1), samples.V2 + "x", "/@context/1"),
        (("type",), ["VerifiableCredential", "OpenBadge"], None),
        (("issuer",), {"id": "did:example:a"}, "/issuer/type"),
        (("credentialSubject", "achievement", "criteria"), "Weld", "/credentialSubject/achievement/criteria"),
        (("credentialSubject", "achievement", "tag"), "welding", "/credentialSubject/achievement/tag"),
        (
            ("credentialSubject", "achievement", "image"),
            "https://a.example/i.png",
            "/credentialSubject/achievement/image",
        ),
        (("name",), {"@value": "Welding"}, "/name"),
    ],
)
def test_structure_is_that_of_the_data_models(path, value, pointer):
    document = changed(samples.badge(), path, value)
    if pointer is None:  # no longer a badge to anybody: the W3C's rules find the type undefined
        assert errors(document) != []
    else:
        found = [one for one in lint(document) if one.pointer == pointer and one.severity is Severity.ERROR]
        assert found[0].rule == "structure"
        assert found[0].authority == "open-badges"


@pytest.mark.parametrize("member", ["id", "name", "description", "criteria", "type"])
def test_achievement_needs(member):
    document = samples.badge()
    del samples.achievement(document)[member]
    assert errors(document) == [("structure", f"/credentialSubject/achievement/{member}")]


def test_start_of_validity_and_id_are_required():
    document = samples.badge()
    del document["validFrom"], document["id"]
    assert set(errors(document)) == {("structure", "/validFrom"), ("structure", "/id")}


def test_empty_arrays_are_left_out():
    document = changed(samples.badge(), ("evidence",), [])
    assert errors(document) == [("empty-array", "/evidence")]
    assert "Serialization" in finding(document, "empty-array").clause


@pytest.mark.parametrize(
    ("member", "value", "pointer"),
    [
        ("credentialSchema", [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}], "/credentialSchema/0/type"),
        ("refreshService", {"id": "https://a.example/r", "type": "1EdTechCredentialRefresh"}, "/refreshService/type"),
        ("credentialStatus", {"id": "https://a.example/s", "type": "1EdTechRevocationList"}, "/credentialStatus/type"),
    ],
)
def test_types_of_1edtech_need_the_context_for_extensions(member, value, pointer):
    document = changed(samples.badge(), (member,), value)
    assert errors(document) == [("extensions-context-missing", pointer)]
    assert samples.EXTENSIONS in finding(document, "extensions-context-missing").message
    document["@context"].append(samples.EXTENSIONS)
    assert errors(document) == []


@pytest.mark.parametrize(
    ("schemas", "refused"),
    [
        ([{"id": "https://a.example/s", "type": "JsonSchema"}], True),
        ([{"id": "https://a.example/s", "type": "1EdTechJsonSchemaValidator2019"}], True),
        (
            [
                {"id": "https://a.example/s", "type": "JsonSchema"},
                {
                    "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/x.json",
                    "type": "1EdTechJsonSchemaValidator2019",
                },
            ],
            False,
        ),
    ],
)
def test_one_credential_schema_is_that_of_open_badges(schemas, refused):
    document = changed(samples.badge(), ("credentialSchema",), schemas)
    document["@context"].append(samples.EXTENSIONS)
    assert (("credential-schema", "/credentialSchema") in errors(document)) is refused


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "vbscript:x",
        "file:///etc/passwd",
        "data:text/html,<script>",
        "data:application/xhtml+xml,x",
        "blob:https://a.example/1",
    ],
)
@pytest.mark.parametrize("place", ["criteria", "url", "targetUrl", "evidence"])
def test_addresses_that_run_or_read_something_are_refused(address, place):
    document = samples.badge()
    achievement = samples.achievement(document)
    if place == "criteria":
        achievement["criteria"]["id"], pointer = address, "/credentialSubject/achievement/criteria/id"
    elif place == "url":
        document["issuer"]["url"], pointer = address, "/issuer/url"
    elif place == "targetUrl":
        achievement["alignment"] = [samples.skill() | {"targetUrl": address}]
        pointer = "/credentialSubject/achievement/alignment/0/targetUrl"
    else:
        document["evidence"], pointer = [{"id": address, "type": ["Evidence"]}], "/evidence/0/id"
    assert [pointer for rule, pointer in errors(document) if rule in {"address-unsafe", "structure"}] == [pointer]


@pytest.mark.parametrize("address", ["https://a.example/", "mailto:a@b.example", "data:text/plain,x", "urn:isbn:1"])
def test_other_addresses_pass(address):
    assert errors(changed(samples.badge(), ("evidence",), [{"id": address, "type": ["Evidence"]}])) == []


@pytest.mark.parametrize("code", ["nl", "NLD", "Netherlands", "N1"])
@pytest.mark.parametrize("bearer", ["issuer", "creator", "source"])
def test_country_code_has_two_capital_letters(code, bearer):
    document = samples.badge()
    profile = {"id": "did:example:p", "type": ["Profile"], "address": {"type": ["Address"], "addressCountryCode": code}}
    path = {
        "issuer": ("issuer",),
        "creator": ("credentialSubject", "achievement", "creator"),
        "source": ("credentialSubject", "source"),
    }[bearer]
    changed(document, path, profile)
    assert errors(document) == [("country-code", "".join(f"/{step}" for step in path) + "/address/addressCountryCode")]


def test_recipient_has_an_id_or_an_identifier():
    document = samples.badge()
    del document["credentialSubject"]["id"]
    assert errors(document) == [("recipient-missing", "/credentialSubject")]
    document["credentialSubject"]["identifier"] = [identity()]
    assert errors(document) == []


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"identityHash": "a@b.example"}, "identityHash"),
        ({"identityHash": "sha256$12ab"}, "identityHash"),
        ({"identityHash": "md5$" + "0" * 64}, "identityHash"),
        ({"identityHash": "sha1$" + "0" * 40}, "identityHash"),
        ({"identityHash": HASH[:-1] + "g"}, "identityHash"),
        ({"hashed": False}, "hashed"),
    ],
)
def test_hashed_identity_has_the_form_of_a_hash(members, pointer):
    document = changed(samples.badge(), ("credentialSubject", "identifier"), [identity(**members)])
    assert errors(document) == [("identity-hash", f"/credentialSubject/identifier/0/{pointer}")]


@pytest.mark.parametrize(
    "members", [{}, {"identityHash": "md5$" + "0F" * 16}, {"hashed": False, "identityHash": "a@b.example"}]
)
def test_good_identities_pass(members):
    assert errors(changed(samples.badge(), ("credentialSubject", "identifier"), [identity(**members)])) == []


def test_criteria_have_a_page_or_words():
    document = changed(samples.badge(), ("credentialSubject", "achievement", "criteria"), {})
    assert errors(document) == [("criteria-empty", "/credentialSubject/achievement/criteria")]
    changed(document, ("credentialSubject", "achievement", "criteria"), {"id": "https://a.example/criteria"})
    assert errors(document) == []


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://a.example/i.webp", []),
        ("data:image/png;base64,iVBORw0KGgo=", []),
        ("data:image/svg+xml;charset=utf-8,%3Csvg/%3E", []),
        ("DATA:image/PNG;base64,iVBO", []),
        ("data:image/webp;base64,UklG", ["warning"]),
        ("data:text/plain,x", ["error"]),
        ("data:,x", ["error"]),
        ("data:image/png", ["error"]),
    ],
)
@pytest.mark.parametrize("path", [("image",), ("issuer", "image"), ("credentialSubject", "achievement", "image")])
def test_image_inside_a_badge_is_an_image(address, found, path):
    document = changed(samples.badge(), path, {"id": address, "type": "Image"})
    told = [one for one in lint(document) if one.rule == "image-kind"]
    assert [one.severity.value for one in told] == found
    assert {one.pointer for one in told} <= {"".join(f"/{step}" for step in path) + "/id"}


def test_image_that_is_baked_is_png_or_svg():
    image = {"id": "data:image/jpeg;base64,/9j/", "type": "Image"}
    document = changed(samples.badge(), ("credentialSubject", "image"), image)
    assert errors(document) == [("image-kind", "/credentialSubject/image/id")]


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        (("endorsement",), "/endorsement/0/proof"),
        (("issuer", "endorsement"), "/issuer/endorsement/0/proof"),
        (("credentialSubject", "achievement", "endorsement"), "/credentialSubject/achievement/endorsement/0/proof"),
    ],
)
def test_embedded_endorsement_is_signed(path, pointer):
    endorsement = samples.endorsement()
    del endorsement["proof"]
    document = changed(samples.badge(), path, [endorsement])
    assert errors(document) == [("endorsement-unsigned", pointer)]


def test_endorsement_is_judged_by_these_rules_too():
    document = samples.endorsement()
    document["issuer"]["url"] = "javascript:alert(1)"
    document["awardedDate"] = "yesterday"
    assert set(errors(document)) == {("address-unsafe", "/issuer/url"), ("structure", "/awardedDate")}


def test_two_statuses_are_one_too_many_for_open_badges():
    status = {"id": "https://a.example/s#1", "type": "BitstringStatusListEntry", "statusPurpose": "revocation"}
    status |= {"statusListIndex": "1", "statusListCredential": "https://a.example/s"}
    before = samples.badge()
    assert new(changed(samples.badge(), ("credentialStatus",), status), before) == []
    assert errors(changed(samples.badge(), ("credentialStatus",), [status, status])) == [
        ("structure", "/credentialStatus")
    ]
