"""Rules of Data Integrity: what would be lost, or signed differently by different engines, is refused."""

import pytest

from skillmark.credentials.lints import Severity, lint
from tests.credentials.lints.findings_of import changed, errors, finding
from tests.credentials.model import samples

NAME = ("credentialSubject", "achievement", "name")
AT_NAME = "/credentialSubject/achievement/name"


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        (("credentialSubject", "honours"), "summa", "undefined-term"),
        (("type",), ["VerifiableCredential", "OpenBadgeCredential", "Relative"], "undefined-type"),
        (("credentialSubject", "https://a.example/term"), "x", "undefined-term"),
        (("credentialSubject", "@included"), {"id": "urn:a:b"}, "undefined-term"),
        (("credentialSubject", "achievement", "@reverse"), {"id": "urn:a:b"}, "undefined-term"),
    ],
)
def test_what_a_signature_would_not_cover_is_refused(path, value, rule):
    document = changed(samples.badge(), path, value)
    assert errors(document) == [(rule, "")]
    found = finding(document, rule)
    assert found.authority == "data-integrity"
    assert "DATA_LOSS_DETECTION_ERROR" in found.clause


def test_undefined_term_is_told_only_where_nothing_else_is_wrong():
    document = changed(samples.badge(), ("credentialSubject", "honours"), "summa")
    assert errors(document) == [("undefined-term", "")]
    assert "honours" in finding(document, "undefined-term").message
    document["validFrom"] = "now"
    assert errors(document) == [("structure", "/validFrom")]


def test_redefined_protected_term_is_refused_even_in_the_conformance_profile():
    document = samples.credential()
    document["@context"].append({"VerifiableCredential": "https://a.example/other"})
    assert errors(document, conformance=True) == [("context-protected", "")]


@pytest.mark.parametrize(
    ("context", "rule"),
    [
        ("https://a.example/context", "context-unknown"),
        ("https://www.w3.org/ns/credentials/examples/v2", "context-unknown"),
        ("https://www.w3.org/ns/credentials/undefined-terms/v2", "context-unknown"),
        ({"term": "https://a.example/term"}, "context-inline"),
    ],
)
def test_context_that_is_not_pinned_is_refused(context, rule):
    document = samples.badge()
    document["@context"].append(context)
    assert errors(document) == [(rule, "/@context/2")]


def test_conformance_profile_takes_inline_contexts_and_those_of_test_vectors():
    document = samples.credential()
    document["@context"] += ["https://www.w3.org/ns/credentials/examples/v2", {"term": "https://a.example/term"}]
    document["credentialSubject"]["term"] = "x"
    assert errors(document, conformance=True) == []
    document["@context"].append("https://a.example/context")
    assert errors(document, conformance=True) == [("context-unknown", "/@context/3")]


def test_our_terms_without_our_context_are_named():
    document = samples.micro_credential()
    document["@context"].remove(samples.OURS)
    found = errors(document)
    assert {rule for rule, _ in found} == {"extension-context-missing"}
    assert ("extension-context-missing", "/credentialSubject/achievement/notionalWorkload") in found
    assert ("extension-context-missing", "/credentialSubject/achievement/alignment/0/proficiencyLevel") in found
    assert len(found) == 11


@pytest.mark.parametrize("member", ["endorsementJwt", "jti"])
def test_terms_that_are_only_read_are_refused(member):
    document = changed(samples.badge(), ("issuer", member), ["e30.e30.e30"])
    assert errors(document) == [("read-only-term", f"/issuer/{member}")]


def test_null_in_an_unknown_place_is_refused():
    document = samples.badge()
    document["credentialSubject"]["a/b"] = {"c~d": [None]}
    assert ("null-member", "/credentialSubject/a~1b/c~0d/0") in errors(document)


@pytest.mark.parametrize(
    ("number", "refused"),
    [
        (1e-7, True),
        (9e-7, True),
        (-1e-12, True),
        (5e-324, True),
        (1e-6, False),
        (1e300, False),
        (2**53 - 1, False),
        (-(2**53) + 1, False),
        (2**53, True),
        (-(10**30), True),
        (float("inf"), True),
        (float("nan"), True),
        (True, False),
    ],
)
def test_numbers_on_which_engines_differ_are_refused(number, refused):
    document = samples.credential() | {"extent": number}
    assert (("number-range", "/extent") in errors(document)) is refused


@pytest.mark.parametrize("code", [0xD800, 0xDFFF, 0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF])
@pytest.mark.parametrize("place", ["member", "item", "term"])
def test_surrogates_and_noncharacters_are_refused(code, place):
    document = samples.micro_credential()
    achievement = samples.achievement(document)
    character = chr(code)
    if place == "member":
        achievement["name"] = f"Weld{character}ing"
        pointer = AT_NAME
    elif place == "term":
        achievement["supervision"] = f"ext:{character}"
        pointer = "/credentialSubject/achievement/supervision"
    else:
        achievement["tag"] = ["fine", character]
        pointer = "/credentialSubject/achievement/tag/1"
    assert errors(document) == [("text-noncharacter", pointer)]
    assert f"U+{code:04X}" in finding(document, "text-noncharacter").message


@pytest.mark.parametrize("text", ["Škoda", "溶接", "👩‍🏭", "line\nline\ttab", "\ue000private", "\u00a0", "\ufffd"])
def test_other_texts_pass(text):
    assert errors(changed(samples.badge(), NAME, text)) == []


def test_order_of_lines_on_which_engines_differ_is_warned_of():
    document = changed(samples.badge(), ("credentialSubject", "achievement", "tag"), ["\ufb01n", "\U0001f600"])
    found = finding(document, "text-order")
    assert (found.severity, found.authority) == (Severity.WARNING, "data-integrity")


@pytest.mark.parametrize(
    "tags", [["\ufb01n"], ["\U0001f600", "\U0001f601"], ["a\U0001f600", "b\ufb01"], ["\ufb01n", "plain"]]
)
def test_order_that_is_the_same_everywhere_is_not_warned_of(tags):
    document = changed(samples.badge(), ("credentialSubject", "achievement", "tag"), tags)
    assert "text-order" not in {found.rule for found in lint(document)}


def test_order_is_not_asked_of_a_document_without_canonical_form():
    document = changed(samples.badge(), ("credentialSubject", "achievement", "tag"), ["\ufb01n", "\U0001f600"])
    document["credentialSubject"]["honours"] = "summa"
    assert "text-order" not in {found.rule for found in lint(document)}
    assert errors(document) == [("undefined-term", "")]


def test_members_of_a_json_literal_are_not_looked_at():
    document = samples.credential()
    document["type"].append("JsonSchemaCredential")
    schema = {"$id": "x", "id": 5, "default": None, "examples": [], "multipleOf": 1e-9}
    document["credentialSubject"] = {"id": "https://a.example/schema", "type": "JsonSchema", "jsonSchema": schema}
    assert errors(document) == []
