"""Our context: its terms expand as documented, clash with no other context, and are named only where they occur."""

import json
import re
from pathlib import Path

import pytest
from pyld import jsonld

from skillmark.credentials.canonical import canonicalize
from skillmark.credentials.contexts import registry
from skillmark.credentials.model.extension import (
    ACHIEVEMENT_TERMS,
    ALIGNMENT_TERMS,
    CONTEXT,
    TERMS,
    VALUES,
    context_needed,
    uses,
)
from skillmark.errors import CanonicalizationError
from tests.credentials.model import samples

GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "extension-context.md"
MICRO = samples.micro_credential()


def load(iri, _options=None):
    return {"contextUrl": None, "documentUrl": iri, "document": registry.document(iri)}


def expanded(document):
    return jsonld.expand(document, {"documentLoader": load})[0]


def terms_of(context):
    """Every term a context defines, at its root or for one type."""
    for term, definition in context.items():
        if not term.startswith("@"):
            yield term
            inner = definition.get("@context") if isinstance(definition, dict) else None
            yield from terms_of(inner or {})


def ours():
    return registry.document(CONTEXT)["@context"]


def test_context_defines_exactly_our_terms_protected_and_without_vocabulary():
    context = ours()
    assert {term for term in context if not term.startswith("@")} == TERMS
    assert context["@protected"] is True
    assert "@vocab" not in context
    assert {term: definition["@id"] for term, definition in context.items() if term in TERMS} == {
        term: f"{CONTEXT}#{term}" for term in TERMS
    }


def test_registry_and_model_name_the_same_context():
    assert registry.SKILLMARK == CONTEXT
    assert CONTEXT in registry.PRODUCT


@pytest.mark.parametrize("iri", sorted(registry.PRODUCT - {CONTEXT}))
def test_no_other_pinned_context_defines_one_of_our_terms(iri):
    assert TERMS & set(terms_of(registry.document(iri)["@context"])) == set()


@pytest.mark.parametrize("place", ["credential", "subject", "achievement"])
@pytest.mark.parametrize("term", sorted(ACHIEVEMENT_TERMS))
def test_term_expands_on_credential_subject_and_achievement(place, term):
    document = samples.badge()
    document["@context"].append(CONTEXT)
    subject = document["credentialSubject"]
    node = {"credential": document, "subject": subject, "achievement": subject["achievement"]}[place]
    node[term] = samples.achievement(MICRO)[term]
    graph = expanded(document)
    inner = graph["https://www.w3.org/2018/credentials#credentialSubject"][0]
    (earned,) = inner["https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievement"]
    values = {"credential": graph, "subject": inner, "achievement": earned}[place][f"{CONTEXT}#{term}"]
    said = node[term] if isinstance(node[term], list) else [node[term]]
    assert [value["@value"] for value in values] == said


@pytest.mark.parametrize("term", sorted(ALIGNMENT_TERMS))
def test_term_expands_on_an_alignment(term):
    text = json.dumps(expanded(MICRO))
    assert f'"{CONTEXT}#{term}": [{{"@value": "{samples.skill()[term]}"}}]' in text


@pytest.mark.parametrize(
    "order", [[samples.OPEN_BADGES, samples.EXTENSIONS, CONTEXT], [samples.OPEN_BADGES, CONTEXT, samples.EXTENSIONS]]
)
def test_context_stands_beside_the_others_in_either_order(order):
    document = MICRO | {"@context": [samples.V2, *order]}
    theirs = jsonld.normalize(
        document, {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    )
    assert canonicalize(document).decode() == theirs


def test_without_the_context_the_terms_are_refused():
    document = MICRO | {"@context": [samples.V2, samples.OPEN_BADGES]}
    with pytest.raises(CanonicalizationError):
        canonicalize(document)


def test_plain_badge_needs_no_context_of_ours():
    assert not context_needed(samples.badge())
    assert not context_needed(samples.graded_badge())
    assert not context_needed({})


@pytest.mark.parametrize("term", sorted(TERMS))
def test_context_is_needed_for_each_term_at_its_place(term):
    document = samples.graded_badge()
    if term in ALIGNMENT_TERMS:
        samples.achievement(document)["alignment"] = [samples.level() | {term: "1"}]
        pointer = f"/credentialSubject/achievement/alignment/0/{term}"
    else:
        samples.achievement(document)[term] = "x"
        pointer = f"/credentialSubject/achievement/{term}"
    assert context_needed(document)
    assert [(at, found) for at, found, _ in uses(document)] == [(pointer, term)]


@pytest.mark.parametrize("place", ["rubric level", "result description", "result"])
def test_alignments_are_met_wherever_they_stand(place):
    document = samples.graded_badge()
    description = samples.achievement(document)["resultDescription"][1]
    bearer = {
        "rubric level": description["rubricCriterionLevel"][0],
        "result description": description,
        "result": document["credentialSubject"]["result"][0],
    }[place]
    bearer["alignment"] = [samples.skill()]
    assert context_needed(document)


@pytest.mark.parametrize("path", [("issuer",), ("credentialSubject", "achievement", "criteria")])
def test_term_elsewhere_asks_for_no_context(path):
    document = node = samples.badge()
    for step in path:
        node = node[step]
    node["notionalWorkload"] = 5
    node["proficiencyLevel"] = "B2"
    assert not context_needed(document)


def test_guide_describes_every_term_and_value():
    guide = GUIDE.read_text()
    described = set(re.findall(r"^### `(\w+)`$", guide, re.MULTILINE))
    assert described == TERMS
    for values in VALUES.values():
        assert {value for value in values if f"`{value}`" not in guide} == set()


def test_examples_of_the_guide_expand_without_loss():
    examples = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", GUIDE.read_text(), re.DOTALL)]
    assert examples
    for members in examples:
        document = samples.badge()
        document["@context"].append(CONTEXT)
        samples.achievement(document).update(members)
        assert context_needed(document)
        canonicalize(document)
