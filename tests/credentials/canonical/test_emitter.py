"""The strict emitter: what it writes, and everything it refuses because no signature would cover it."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from skillmark.credentials.canonical import canonicalize, emitter
from skillmark.credentials.canonical.rdfc import canonicalize_quads
from skillmark.errors import CanonicalizationError, WorkLimitError

V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"


def credential(**members: Any) -> dict[str, Any]:
    return {
        "@context": [V2, OB],
        "id": "urn:uuid:7c2f7e5c-8a0e-4f8b-9d5a-1f2e3d4c5b6a",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": "did:example:issuer",
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"type": ["AchievementSubject"], "id": "did:example:learner"},
        **members,
    }


def lines(document: dict[str, Any], **options: Any) -> list[str]:
    return canonicalize(document, **options).decode().splitlines()


def refusal(document: dict[str, Any], **options: Any) -> str:
    with pytest.raises(CanonicalizationError) as caught:
        canonicalize(document, **options)
    return caught.value.rule


def test_plain_credential_becomes_the_quads_of_the_standard() -> None:
    vc = "https://www.w3.org/2018/credentials#"
    ob = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
    rdf_type = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    subject = "<urn:uuid:7c2f7e5c-8a0e-4f8b-9d5a-1f2e3d4c5b6a>"
    assert lines(credential()) == [
        f"<did:example:learner> {rdf_type} <{ob}AchievementSubject> .",
        f"{subject} {rdf_type} <{ob}OpenBadgeCredential> .",
        f"{subject} {rdf_type} <{vc}VerifiableCredential> .",
        f"{subject} <{vc}credentialSubject> <did:example:learner> .",
        f"{subject} <{vc}issuer> <did:example:issuer> .",
        f'{subject} <{vc}validFrom> "2026-01-01T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .',
    ]


@pytest.mark.parametrize(
    ("members", "rule"),
    [
        ({"honours": "summa"}, "undefined-term"),
        ({"https://schema.org/name": "x"}, "undefined-term"),
        ({"@included": []}, "undefined-term"),
        ({"@reverse": {}}, "undefined-term"),
        ({"@id": "urn:x"}, "undefined-term"),
        ({"credentialSubject": {"id": "urn:x", "ValidUntil": "x"}}, "undefined-term"),
        ({"type": ["VerifiableCredential", "Unheard"]}, "undefined-type"),
        ({"type": ["https://www.w3.org/2018/credentials#VerifiableCredential"]}, "not-compacted"),
        ({"type": []}, "type-form"),
        ({"type": [1]}, "type-form"),
        ({"type": [["VerifiableCredential"]]}, "type-form"),
        ({"type": {"a": 1}}, "type-form"),
        ({"type": 7}, "type-form"),
        ({"id": "relative"}, "relative-iri"),
        ({"id": None}, "relative-iri"),
        ({"id": ["urn:x"]}, "relative-iri"),
        ({"id": "urn:with space"}, "relative-iri"),
        ({"issuer": "relative"}, "relative-iri"),
        ({"issuer": {"id": "_:b0"}}, "relative-iri"),
        ({"name": None}, "null-value"),
        ({"name": [["nested"]]}, "not-compacted"),
        ({"name": {"@value": "x", "@language": "en", "extra": 1}}, "value-form"),
        ({"name": {"@value": 1, "@language": "en"}}, "value-form"),
        ({"name": {"@value": "x"}}, "not-compacted"),
        ({"name": {"@value": "x", "@language": "not a tag"}}, "value-form"),
        ({"name": {"@value": "x", "@direction": "up"}}, "value-form"),
        ({"issuer": {"@value": "x", "@language": "en"}}, "value-form"),
        ({"issuer": {"id": "urn:x", "@context": V2}}, "undefined-term"),
        ({"proof": "urn:x"}, "not-compacted"),
        ({"@context": [V2, {"@vocab": "https://evil.example/"}]}, "context-inline"),
        ({"@context": {"@vocab": "https://evil.example/"}}, "context-inline"),
        ({"@context": [V2, "https://evil.example/context"]}, "context-unknown"),
        ({"@context": [V2, EXAMPLES]}, "context-unknown"),
        ({"@context": [V2, "https://www.w3.org/ns/credentials/undefined-terms/v2"]}, "context-unknown"),
        ({"@context": [V2, None]}, "context-protected"),
        ({"@context": 7}, "context-form"),
        ({"@context": [7]}, "context-form"),
    ],
)
def test_what_a_signature_would_not_cover_is_refused(members: dict[str, Any], rule: str) -> None:
    assert refusal(credential(**members)) == rule


def test_document_without_context_is_refused() -> None:
    assert refusal({"id": "urn:x"}) == "context-missing"


def test_conformance_profile_takes_inline_contexts_and_the_examples_context() -> None:
    vocabulary = credential(**{"@context": [V2, OB, EXAMPLES], "honours": "summa"})
    assert any("examples#honours" in line for line in lines(vocabulary, allow_inline_contexts=True))
    inline = credential(**{"@context": [V2, OB, {"honours": "https://example.org/#honours"}], "honours": "summa"})
    assert any("<https://example.org/#honours>" in line for line in lines(inline, allow_inline_contexts=True))
    redefined = credential(**{"@context": [V2, {"VerifiableCredential": "https://example.org/#x"}]})
    assert refusal(redefined, allow_inline_contexts=True) == "context-protected"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("plain", '"plain"'),
        ('a"b\\c', '"a\\"b\\\\c"'),
        ("\t\n\r\b\f", '"\\t\\n\\r\\b\\f"'),
        ("\x00\x1f\x7f\ufffe\uffff", '"\\u0000\\u001F\\u007F\\uFFFE\\uFFFF"'),
        ("é\u2028😀", '"é\u2028😀"'),
        ({"@value": "Bonjour", "@language": "fr-CA"}, '"Bonjour"@fr-ca'),
        (
            {"@value": "שלום", "@language": "HE", "@direction": "rtl"},
            '"שלום"^^<https://www.w3.org/ns/i18n#he_rtl>',
        ),
        ({"@value": "x", "@direction": "ltr"}, '"x"^^<https://www.w3.org/ns/i18n#_ltr>'),
        (True, '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        (False, '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        (5, '"5"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (5.0, '"5"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (-0.0, '"0"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (5.25, '"5.25E0"^^<http://www.w3.org/2001/XMLSchema#double>'),
        (1e21, '"1.0E21"^^<http://www.w3.org/2001/XMLSchema#double>'),
        (10**21, '"1.0E21"^^<http://www.w3.org/2001/XMLSchema#double>'),
        (9e-7, '"9.0E-7"^^<http://www.w3.org/2001/XMLSchema#double>'),
    ],
)
def test_values_have_the_canonical_forms_of_json_ld_and_n_quads(value: Any, written: str) -> None:
    assert any(
        line.endswith(f"<https://schema.org/name> {written} .")
        for line in canonicalize(credential(name=value)).decode().split("\n")
    )


def test_numbers_under_a_datatype_keep_that_datatype() -> None:
    earned = credential()
    for value, written in ((2, "2"), (2.5, "2.5E0"), (True, "true")):
        earned["credentialSubject"]["creditsEarned"] = value
        assert any(f'"{written}"^^<https://www.w3.org/2001/XMLSchema#float>' in line for line in lines(earned))


def test_list_keeps_its_order_and_an_empty_list_is_nil() -> None:
    described = credential()
    description = {"id": "urn:r", "type": ["ResultDescription"], "allowedValue": ["A", "B"]}
    achievement = {"id": "urn:a", "type": ["Achievement"], "resultDescription": [description]}
    described["credentialSubject"]["achievement"] = achievement
    text = "\n".join(lines(described))
    assert text.count("22-rdf-syntax-ns#first>") == 2
    assert text.count("22-rdf-syntax-ns#nil>") == 1
    description["allowedValue"] = []
    assert any(
        line.endswith("#allowedValue> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .") for line in lines(described)
    )
    description["allowedValue"] = "A"
    assert "\n".join(lines(described)).count("22-rdf-syntax-ns#first>") == 1


def test_embedded_credentials_bring_their_own_contexts_and_stand_in_graphs_of_their_own() -> None:
    proof = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod"}
    shown = {
        "@context": V2,
        "type": "VerifiablePresentation",
        "verifiableCredential": [credential(proof=proof), credential(id="urn:second")],
    }
    written = lines(shown)
    graphs = {
        line.rsplit(" ", 2)[1] for line in written if line.count(" _:") and line.rsplit(" ", 2)[1].startswith("_:")
    }
    assert len(graphs) == 3
    assert any("<https://w3id.org/security#assertionMethod> _:" in line for line in written)
    bare = {name: value for name, value in credential().items() if name != "@context"}
    assert refusal({**shown, "verifiableCredential": bare}) == "undefined-type"


def test_embedded_endorsement_keeps_its_own_contexts() -> None:
    endorsement = {
        "@context": [V2, OB],
        "id": "urn:endorsement",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": "did:example:other",
        "credentialSubject": {"id": "did:example:issuer", "type": ["EndorsementSubject"], "endorsementComment": "good"},
    }
    assert any('#endorsementComment> "good"' in line for line in lines(credential(endorsement=[endorsement])))


def test_json_values_are_written_in_canonical_json() -> None:
    schema = {
        "@context": [V2],
        "id": "urn:s",
        "type": ["VerifiableCredential", "JsonSchemaCredential"],
        "issuer": "did:example:issuer",
        "credentialSubject": {"id": "urn:schema", "type": "JsonSchema", "jsonSchema": {"b": 1, "a": ["\n", None]}},
    }
    literal = '"{\\"a\\":[\\"\\\\n\\",null],\\"b\\":1}"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>'
    assert any(line.endswith(f"{literal} .") for line in lines(schema))


def test_purpose_is_a_term_and_not_an_iri_that_stands_for_one() -> None:
    def of(purpose: str) -> dict[str, Any]:
        return {"@context": [V2, OB], "type": "DataIntegrityProof", "proofPurpose": purpose}

    assert (
        "<https://w3id.org/security#assertionMethod>"
        in lines(of("assertionMethod"))[0] + lines(of("assertionMethod"))[1]
    )
    assert refusal(of("unheard")) == "undefined-term"
    assert refusal(of("https://w3id.org/security#assertionMethod")) == "not-compacted"


def test_compact_iris_are_not_read_where_a_context_has_prefixes() -> None:
    old = {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "id": "urn:x",
        "type": ["VerifiableCredential"],
        "issuer": "cred:issuer",
        "credentialSubject": {"id": "urn:y"},
    }
    assert refusal(old) == "not-compacted"


def test_equal_values_are_one_statement() -> None:
    twice = credential()
    twice["credentialSubject"]["achievement"] = {"id": "urn:a", "type": ["Achievement"], "tag": ["x", "x"]}
    once = copy.deepcopy(twice)
    once["credentialSubject"]["achievement"]["tag"] = ["x"]
    assert canonicalize(twice) == canonicalize(once)


def test_two_types_of_one_iri_are_one_statement() -> None:
    both = credential(type=["VerifiableCredential", "OpenBadgeCredential", "AchievementCredential"])
    assert canonicalize(both) == canonicalize(credential())


def test_member_may_not_be_renamed_to_another_term_of_its_iri() -> None:
    document = credential()
    achievement = {"id": "urn:a", "type": ["Achievement"], "criteria": {"narrative": "n"}}
    document["credentialSubject"]["achievement"] = achievement
    assert any("vocab.html#Criteria>" in line for line in lines(document))
    achievement["Criteria"] = achievement.pop("criteria")
    assert refusal(document) == "not-compacted"


def test_poison_graph_in_a_credential_ends_in_the_work_limit() -> None:
    subject: dict[str, Any] = {"type": ["AchievementSubject"], "identifier": [{"type": "IdentityObject"}] * 9}
    document = credential(credentialSubject=subject)
    with pytest.raises(WorkLimitError):
        canonicalize(document, work=5)


@pytest.mark.parametrize(
    ("types", "rule"),
    [
        ({"VerifiableCredential": 1, "OpenBadgeCredential": 2}, "type-form"),
        (None, "type-form"),
        (["VerifiableCredential", None], "type-form"),
    ],
)
def test_types_are_text_even_where_their_like_was_met_before(types: Any, rule: str) -> None:
    canonicalize(credential())
    assert refusal(credential(type=types)) == rule


def test_null_type_of_an_inner_node_is_refused() -> None:
    subject = {"id": "did:example:learner", "type": None}
    assert refusal(credential(credentialSubject=subject)) == "type-form"


def test_contexts_as_members_of_an_object_are_no_list_of_contexts() -> None:
    canonicalize(credential())
    assert refusal(credential(**{"@context": {V2: 1, OB: 2}})) == "context-inline"


def test_inline_contexts_of_equal_members_keep_their_own_meaning() -> None:
    for iri in ("urn:one", "urn:two"):
        document = {"@context": {"a": iri}, "a": "x"}
        assert lines(document, allow_inline_contexts=True) == [f'_:c14n0 <{iri}> "x" .']


@pytest.mark.parametrize("name", ["@language", "@direction"])
def test_null_in_a_language_value_is_refused(name: str) -> None:
    assert refusal(credential(name={"@value": "x", name: None})) == "null-value"


def test_json_array_is_one_value() -> None:
    schema = {
        "@context": [V2],
        "type": ["VerifiableCredential", "JsonSchemaCredential"],
        "credentialSubject": {"id": "urn:schema", "type": "JsonSchema", "jsonSchema": [1, [2]]},
    }
    literal = '"[1,[2]]"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>'
    assert [line for line in lines(schema) if "jsonSchema" in line] == [
        f"<urn:schema> <https://www.w3.org/2018/credentials#jsonSchema> {literal} ."
    ]


@pytest.mark.parametrize("definition", [None, "@id", {"@id": None}])
def test_term_without_an_iri_of_its_own_is_no_member(definition: Any) -> None:
    document = {"@context": [V2, {"uid": definition}], "uid": "urn:x"}
    assert refusal(document, allow_inline_contexts=True) == "undefined-term"


@pytest.mark.parametrize("direction", [["ltr"], {}, {"@value": "ltr"}, 1, True, ""])
def test_direction_of_any_other_shape_is_refused(direction: object) -> None:
    value = {"@value": "Knots", "@language": "en", "@direction": direction}
    assert refusal(credential(name=value)) == "value-form"


def test_property_of_the_same_iri_as_a_class_is_no_type() -> None:
    terms = {"knot": {"@id": "urn:Knot", "@type": "@id"}, "Knot": {"@id": "urn:Knot", "@context": {}}}
    document = credential(type=["VerifiableCredential", "Knot"])
    document["@context"] = [V2, terms]
    document["credentialSubject"] = {"id": "did:example:learner"}
    assert canonicalize(document, allow_inline_contexts=True)
    document["type"] = ["VerifiableCredential", "knot"]
    assert refusal(document, allow_inline_contexts=True) == "not-compacted"


def test_emitter_that_may_keep_nothing_gives_the_same_form(monkeypatch: pytest.MonkeyPatch) -> None:
    endorsement = credential(id="urn:endorsement", type=["VerifiableCredential", "EndorsementCredential"])
    document = credential(endorsement=[endorsement])
    expected = canonicalize(document)
    monkeypatch.setattr(emitter, "_MOST_KEPT", 0)
    forgetful = emitter.Emitter()
    for _ in range(2):
        assert canonicalize_quads(forgetful.quads(document)).encode() == expected
    assert forgetful._sets == {}
