"""Context processing for the features that pinned contexts use; any other feature is refused by name.

Expected IRIs are those of PyLD, or written out by hand from JSON-LD 1.1.
"""

from __future__ import annotations

from typing import Any

import pytest
from pyld import jsonld
from pyld.context_resolver import ContextResolver

from skillmark.credentials.canonical import STRICT, canonicalize
from skillmark.credentials.contexts import registry
from skillmark.credentials.contexts.compiler import EMPTY, ActiveContext, possible_prefixes, process
from skillmark.errors import CanonicalizationError

V2 = "https://www.w3.org/ns/credentials/v2"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
UNDEFINED = "https://www.w3.org/ns/credentials/undefined-terms/v2"


def compiled(local: Any, active: ActiveContext = EMPTY, **options: Any) -> ActiveContext:
    return process(active, local, allow_inline=True, **options)


def refusal(local: Any, active: ActiveContext = EMPTY, **options: Any) -> str:
    with pytest.raises(CanonicalizationError) as refused:
        compiled(local, active, **options)
    return refused.value.rule


@pytest.mark.parametrize("iri", sorted(registry.PRODUCT))
def test_terms_of_every_pinned_context_expand_as_pyld_expands_them(iri: str) -> None:
    """Each term with a plain IRI, at the root of the context."""
    ours = {
        name: term.iri
        for name, term in compiled(iri).terms.items()
        if term.iri is not None and not term.iri.startswith("@")
    }
    assert ours
    options = {"documentLoader": lambda url, _: loaded(url)}
    theirs = jsonld.JsonLdProcessor().process_context(
        jsonld.JsonLdProcessor()._get_initial_context({"processingMode": "json-ld-1.1"}),
        {"@context": iri},
        {**options, "processingMode": "json-ld-1.1", "base": "", "contextResolver": resolver(options)},
    )
    mappings = {name: mapping["@id"] for name, mapping in theirs["mappings"].items() if mapping}
    assert ours == {name: value for name, value in mappings.items() if value and not value.startswith("@")}


def loaded(url: str) -> dict[str, Any]:
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": registry.document(url),
    }


def resolver(options: dict[str, Any]) -> Any:
    return ContextResolver({}, options["documentLoader"])


@pytest.mark.parametrize(
    ("context", "name", "iri"),
    [
        ({"a": "https://x.example/a"}, "a", "https://x.example/a"),
        ({"a": {"@id": "https://x.example/a"}}, "a", "https://x.example/a"),
        ({"x": "https://x.example/", "a": "x:a"}, "a", "https://x.example/a"),
        ({"a": "x:a", "x": "https://x.example/"}, "a", "https://x.example/a"),
        ({"x": "https://x.example/", "x:a": {"@type": "@id"}}, "x:a", "https://x.example/a"),
        ({"x": {"@id": "https://x.example/name"}, "a": "x:a"}, "a", "x:a"),
        ({"x": {"@id": "https://x.example/name", "@prefix": True}, "a": "x:a"}, "a", "https://x.example/namea"),
        ({"x": "https://x.example/", "a": "x://host/path"}, "a", "x://host/path"),
        ({"@vocab": "https://v.example/", "a": {"@type": "@id"}}, "a", "https://v.example/a"),
        ({"@vocab": "https://v.example/", "a": "b"}, "a", "https://v.example/b"),
        ({"@vocab": "https://v.example/", "b": "https://x.example/b", "a": "b"}, "a", "https://x.example/b"),
        ({"@vocab": "https://v.example/"}, "anything", "https://v.example/anything"),
        ({"id": "@id"}, "id", "@id"),
        ({"type": "@type"}, "type", "@type"),
        ({"a": "https://x.example/a"}, "urn:b", "urn:b"),
        ({"a": "https://x.example/a"}, "b", None),
        ({"a": None}, "a", None),
        ({"@vocab": "https://v.example/", "a": {"@id": None}}, "a", None),
        ({"@vocab": "https://v.example/"}, "@index", None),
        ([{"a": "https://x.example/a"}, {"a": "https://y.example/a"}], "a", "https://y.example/a"),
        ([{"a": "https://x.example/a"}, None], "a", None),
        ([{"@vocab": "https://v.example/"}, {"@vocab": None}], "a", None),
        ({"a": {"@id": "a", "@type": "@id"}, "@vocab": "https://v.example/"}, "a", "https://v.example/a"),
    ],
)
def test_names_expand_as_the_standard_says(context: Any, name: str, iri: str | None) -> None:
    assert compiled(context).expand(name) == iri


@pytest.mark.parametrize(
    "context",
    [
        {"@base": "https://x.example/"},
        {"@language": "en"},
        {"@import": "https://x.example/"},
        {"@propagate": False},
        {"a": {"@reverse": "https://x.example/a"}},
        {"a": {"@id": "https://x.example/a", "@nest": "b"}},
        {"a": {"@id": "https://x.example/a", "@language": "en"}},
        {"a": {"@id": "https://x.example/a", "@index": "b"}},
        {"a": {"@id": "https://x.example/a", "@container": "@index"}},
        {"a": {"@id": "https://x.example/a", "@container": ["@list", "@set"]}},
        {"a": 5},
        {"a": ["https://x.example/a"]},
        {"a": {"@id": 5}},
        {"a": {"@id": "https://x.example/a", "@type": 5}},
        {"a": {"@type": "@id"}},
        {"a": "b"},
        {"a": "@unheard"},
        {"a": "_:b0"},
        {"_:a": {"@type": "@id"}},
        {"": "https://x.example/a"},
        {"a": "b:c", "b": "a:c"},
        {"@vocab": "relative"},
        {"@vocab": ""},
        {"@vocab": 5},
        {"a": {"@id": "https://x.example/a", "@type": "unheard"}},
        5,
        [True],
    ],
)
def test_what_pinned_contexts_never_use_is_refused_by_name(context: Any) -> None:
    assert refusal(context) == "context-form"


def test_unknown_and_unaccepted_contexts_are_refused() -> None:
    assert refusal("https://evil.example/context") == "context-unknown"
    with pytest.raises(CanonicalizationError) as refused:
        process(EMPTY, UNDEFINED)
    assert refused.value.rule == "context-unknown"
    assert refusal(UNDEFINED) == "context-unknown"


def test_context_of_the_published_examples_is_for_the_conformance_profile() -> None:
    with pytest.raises(CanonicalizationError) as refused:
        process(EMPTY, EXAMPLES)
    assert refused.value.rule == "context-unknown"
    assert compiled(EXAMPLES).expand("anything") == "https://www.w3.org/ns/credentials/examples#anything"


def test_inline_context_is_refused_unless_allowed() -> None:
    with pytest.raises(CanonicalizationError) as refused:
        process(EMPTY, {"a": "https://x.example/a"})
    assert refused.value.rule == "context-inline"


PROTECTED = {"@protected": True, "a": "https://x.example/a", "b": {"@id": "https://x.example/b", "@protected": False}}


def test_protected_term_may_be_repeated_and_not_redefined() -> None:
    active = compiled(PROTECTED)
    again = compiled({"a": "https://x.example/a"}, active)
    assert again.terms["a"].protected
    assert refusal({"a": "https://y.example/a"}, active) == "context-protected"
    assert refusal({"a": None}, active) == "context-protected"
    assert compiled({"b": "https://y.example/b"}, active).expand("b") == "https://y.example/b"
    single = compiled({"a": {"@id": "https://x.example/a", "@protected": True}})
    assert refusal({"a": "https://y.example/a"}, single) == "context-protected"


def test_scope_of_a_property_may_override_protected_terms() -> None:
    active = compiled(PROTECTED)
    assert compiled({"a": "https://y.example/a"}, active, override_protected=True).expand("a") == "https://y.example/a"
    assert refusal(None, active) == "context-protected"
    assert compiled(None, active, override_protected=True).terms == {}


def test_context_that_does_not_propagate_remembers_the_one_before() -> None:
    active = compiled({"a": "https://x.example/a"})
    inner = compiled({"b": "https://x.example/b"}, active, propagate=False)
    assert inner.previous is active
    deeper = compiled({"c": "https://x.example/c"}, inner, propagate=False)
    assert deeper.previous is active


def test_coercion_and_container_are_kept() -> None:
    terms = compiled(
        {
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "date": {"@id": "https://x.example/d", "@type": "xsd:date"},
            "list": {"@id": "https://x.example/l", "@container": "@list"},
            "graph": {"@id": "https://x.example/g", "@container": ["@graph", "@set"]},
            "json": {"@id": "https://x.example/j", "@type": "@json"},
        }
    ).terms
    assert terms["date"].coercion == "http://www.w3.org/2001/XMLSchema#date"
    assert terms["list"].container == {"@list"}
    assert terms["graph"].container == {"@graph", "@set"}
    assert terms["json"].coercion == "@json"
    assert (terms["xsd"].prefix, terms["date"].prefix, terms["date"].has_scope) == (True, False, False)


def test_contexts_are_compiled_once_for_many_documents() -> None:
    document = {"@context": [V2], "type": ["VerifiableCredential"], "issuer": "urn:x"}
    canonicalize(document)
    assert STRICT.state([V2]) is STRICT.state([V2])


def test_prefixes_are_named_wherever_a_scope_could_define_them() -> None:
    inner = {"deep": {"@id": "https://x.example/deep", "@prefix": True}, "p": None, "plain": "urn:plain"}
    local = {
        "top": "https://x.example/",
        "Kind": {"@id": "urn:kind", "@context": ["https://www.w3.org/2018/credentials/v1", {"in": "urn:in#"}]},
        "word": {"@id": "urn:word", "@context": [None, {"next": {"@id": "urn:next", "@context": inner}}]},
    }
    found = possible_prefixes(process(EMPTY, local, allow_inline=True))
    assert found >= {"top", "in", "deep", "cred"}
    assert not found & {"Kind", "word", "next", "plain", "p"}
