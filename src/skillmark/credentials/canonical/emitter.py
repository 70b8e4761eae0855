"""From a JSON-LD document in plain compacted form to RDF quads, in one walk and without expansion.

Strict by construction (VC Data Integrity, 4.6 and `DATA_LOSS_DETECTION_ERROR`): whatever a signature over the quads
would not cover is refused. So only defined terms, absolute IRIs and types, plain arrays and plain values pass;
keywords, full IRIs as member names, inline contexts and null do not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count
from typing import Any, Final

from skillmark.credentials.canonical.jcs import jcs
from skillmark.credentials.canonical.places import check_places
from skillmark.credentials.canonical.quads import DEFAULT_GRAPH, RDF, XSD, Node, Quad, escape, needs_escape
from skillmark.credentials.contexts.compiler import EMPTY, ActiveContext, Context, Term, possible_prefixes, process
from skillmark.credentials.encoding.iris import is_absolute_iri, matches_absolute_iri
from skillmark.errors import CanonicalizationError, WorkLimitError

_NONE, _PLAIN, _TYPED, _ID, _VOCAB, _JSON = range(6)
_SKIP: Final = (_NONE, "", "", None, "")
_Property = tuple[int, str, str, Any, str]

_TYPE: Final = f"<{RDF}type>"
_FIRST, _REST, _NIL = f"<{RDF}first>", f"<{RDF}rest>", f"<{RDF}nil>"
_LANGUAGE_TAG: Final = re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8}){0,8}")
_VALUE_MEMBERS: Final = frozenset({"@value", "@language", "@direction"})
_NESTED_CREDENTIALS: Final = frozenset(
    {
        "https://www.w3.org/2018/credentials#verifiableCredential",
        "https://purl.imsglobal.org/spec/vc/clr/vocab.html#verifiableCredential",
        "https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsement",
    }
)
_MOST_COMPILED: Final = 512
"""Most types, and eighths of contexts, that one document may have compiled; an honest one needs a few dozen, once."""
_MOST_KEPT: Final = 4096
_MOST_QUADS: Final = 50_000
_MOST_RIVALS: Final = 32
_EXACT: Final = 10**21  # from here on JSON-LD writes a whole number as a double


def _refuse(message: str, rule: str) -> CanonicalizationError:
    return CanonicalizationError(message, rule=rule)


class State:
    """The compiled terms at one place of a document, with what they lead to. Filled as documents need it."""

    __slots__ = ("base", "by_iri", "context", "inline", "nested", "prefixes", "properties", "types")

    def __init__(self, context: ActiveContext, *, inline: bool) -> None:
        self.context = context
        self.inline = inline
        self.base = self if context.previous is None else State(context.previous, inline=inline)
        self.properties: dict[str, _Property] = {
            name: _SKIP
            for name, term in context.terms.items()
            if term.iri in {"@id", "@type"} and name in {"id", "type"}
        }
        self.types: dict[str | tuple[str, ...], tuple[State, tuple[str, ...]]] = {}
        self.nested: dict[str, State] = {}
        self.prefixes = frozenset(name for name, term in context.terms.items() if term.prefix)
        self.by_iri: dict[str | None, list[Term]] = {}

    def rivals(self, iri: str) -> list[Term]:
        """The terms that stand for an IRI here."""
        if not self.by_iri:
            found: dict[str | None, list[Term]] = {}
            for term in self.context.terms.values():
                found.setdefault(term.iri, []).append(term)
            self.by_iri = found
        rivals = self.by_iri.get(iri, [])
        if len(rivals) > _MOST_RIVALS:
            raise WorkLimitError(f"{len(rivals)} terms stand for one IRI, more than {_MOST_RIVALS}")
        return rivals

    def property(self, name: str) -> _Property:
        """Compile the property `name`; refuse what has no IRI here."""
        compiled = self._compile(name)
        if name in self.context.terms:  # what a stranger makes up is not remembered
            self.properties[name] = compiled
        return compiled

    def _compile(self, name: str) -> _Property:
        context = self.context
        term = context.terms.get(name)
        if term is None and (context.vocab is None or ":" in name or name.startswith("@")):
            raise _refuse(f"the member {name!r} is not defined by the contexts of the document", "undefined-term")
        iri = context.expand(name)
        if iri is None or iri.startswith("@") or not is_absolute_iri(iri):
            raise _refuse(f"the member {name!r} has no absolute IRI in the contexts of the document", "undefined-term")
        term = term or Term(iri=iri)
        if any(_fits_better(rival, term) for rival in self.rivals(iri)):
            raise _refuse(
                f"the member {name!r} must be written as the term the contexts prefer for it", "not-compacted"
            )
        container = "@list" if "@list" in term.container else "@graph" if "@graph" in term.container else ""
        operation, suffix = _coercion(term)
        child = self.base
        if term.has_scope:
            scoped = process(child.context, term.scoped, override_protected=True, allow_inline=True)
            child = State(scoped, inline=self.inline)
        return operation, f"<{iri}>", suffix, child, container

    def typed(self, value: Any) -> tuple[State, tuple[str, ...]]:
        """The state inside a node of these types, and their IRIs (JSON-LD 1.1 API, 5.1.2 step 11)."""
        names = (value,) if isinstance(value, str) else value
        if not isinstance(names, tuple) or not names or not all(isinstance(name, str) for name in names):
            raise _refuse("a type must be a string or a list of strings", "type-form")
        iris = tuple(dict.fromkeys(f"<{self._type_iri(name)}>" for name in names))
        context = self.context
        for name in sorted(names):
            term = self.context.terms.get(name)
            if term is not None and term.has_scope:
                context = process(context, term.scoped, propagate=False, allow_inline=True)
        state = self if context is self.context else State(context, inline=self.inline)
        if all(name in self.context.terms for name in names):  # what a stranger makes up is not remembered
            self.types[value] = (state, iris)
        return state, iris

    def _type_iri(self, name: str) -> str:
        iri = self.context.expand(name)
        if iri is None or not is_absolute_iri(iri):
            raise _refuse(f"the type {name!r} is not defined by the contexts of the document", "undefined-type")
        term, rivals = self.context.terms.get(name), self.rivals(iri)
        if term is None and (rivals or (iri == name and name.partition(":")[0] in self.prefixes)):
            raise _refuse(f"the type {name!r} must be written as the term the contexts define for it", "not-compacted")
        if term is not None and any(_fits_better(term, rival) for rival in rivals):
            raise _refuse(f"the type {name!r} is no class; write the class of the same meaning", "not-compacted")
        return iri

    def with_context(self, local: Context) -> State:
        """The state under a context of the node's own (nested credentials)."""
        key = repr(local)
        state = self.nested.get(key)
        if state is None:
            state = State(process(self.context, local, allow_inline=self.inline), inline=self.inline)
            if "{" not in key:  # what a stranger makes up is not remembered
                self.nested[key] = state
        return state


def _weight(context: Context) -> int:
    """What compiling a context costs, beside the types of a node."""
    return 8 * (len(context) if isinstance(context, list) else 1)


def _fits_better(rival: Term, term: Term) -> bool:
    """Whether another term of the same IRI is the one meant for a property: no class, and with the coercion.

    Two spellings of one statement would let a member be renamed under a good signature: the property `criteria` and the
    class `Criteria` have one IRI in every Open Badges context.
    """
    if rival == term:
        return False
    return (rival.has_scope, rival.coercion is None) < (term.has_scope, term.coercion is None)


def _coercion(term: Term) -> tuple[int, str]:
    coercion = term.coercion
    match coercion:
        case None | "@none":
            return _PLAIN, ""
        case "@id":
            return _ID, ""
        case "@vocab":
            return _VOCAB, ""
        case "@json":
            return _JSON, f"^^<{RDF}JSON>"
    return _TYPED, "" if coercion == f"{XSD}string" else f"^^<{coercion}>"


class Emitter:
    """Compiled context sets, kept between documents. Holds nothing about any document."""

    def __init__(self, *, allow_inline_contexts: bool = False) -> None:
        self._inline = allow_inline_contexts
        self._forget()

    def _forget(self) -> None:
        self._root = State(EMPTY, inline=self._inline)
        self._sets: dict[str | tuple[str, ...], State] = {}
        self._kept = 0

    def _count(self, weight: int) -> None:
        """Begin anew when strangers have had too much compiled."""
        self._kept += weight
        if self._kept > _MOST_KEPT:
            self._forget()

    def state(self, context: Context) -> State:
        """The compiled state for a document's `@context`."""
        if not isinstance(context, list | str):
            return self._root.with_context(context)
        try:
            key = context if isinstance(context, str) else tuple(context)
            found = self._sets.get(key)
        except TypeError:  # an object among them
            return self._root.with_context(context)
        if found is None:
            found = self._root.with_context(context)
            self._sets[key] = found
            self._count(_weight(context))
        return found

    def prefixes(self, document: Mapping[str, Any]) -> frozenset[str]:
        """The prefixes a compact IRI could use somewhere under this document's contexts."""
        return possible_prefixes(self.state(document["@context"]).context)

    def quads(self, document: Mapping[str, Any], *, in_place: bool = False) -> list[Quad]:
        """The RDF dataset of a document, with blank nodes as numbers from 0 in order of appearance.

        With `in_place`, for what is signed, also refuse statements whose place in the JSON matters: see `places`.
        Raises CanonicalizationError with the rule broken. Source: JSON-LD 1.1 API, 8 (Deserialize JSON-LD to RDF),
        over the expansion the document would have.
        """
        if "@context" not in document:
            raise _refuse("the document has no @context, so its members have no meaning", "context-missing")
        walk = _Walk()
        state = self.state(document["@context"])
        try:
            walk.node({name: value for name, value in document.items() if name != "@context"}, state, DEFAULT_GRAPH)
        finally:
            if walk.compiled:
                self._count(walk.compiled)
        if in_place and len(set(walk.named)) < len(walk.named):
            check_places(document)
        return walk.quads


class _Walk:
    """One document on its way to quads."""

    __slots__ = ("_fresh", "compiled", "named", "quads")

    def __init__(self) -> None:
        self.quads: list[Quad] = []
        self.named: list[Any] = []
        self.compiled = 0
        self._fresh = count().__next__

    def node(self, node: Mapping[str, Any], state: State, graph: Node) -> Node:
        """Emit a node object and what hangs below it; return its subject."""
        emit = self.quads.append
        subject: Node = self._subject(node["id"], state, graph) if "id" in node else self._fresh()
        if "type" in node:
            state, iris = self._types(node["type"], state)
            for iri in iris:
                emit((subject, _TYPE, iri, graph))
        properties = state.properties
        for name, value in node.items():
            compiled = properties.get(name) or state.property(name)
            operation, predicate, suffix, _, container = compiled
            kind = value.__class__
            if kind is str and _PLAIN <= operation <= _TYPED and not container:
                text = escape(value) if needs_escape(value) else value
                emit((subject, predicate, f'"{text}"{suffix}', graph))
            elif operation == _NONE:
                continue
            elif container:
                self._container(subject, compiled, value, graph)
            elif kind is list and operation != _JSON:
                for item in value:
                    emit((subject, predicate, self._object(compiled, item, state, graph), graph))
            else:
                emit((subject, predicate, self._object(compiled, value, state, graph), graph))
        return subject

    def _subject(self, identifier: Any, state: State, graph: Node) -> str:
        subject = _iri(identifier, state)
        self.named.append(subject if graph == DEFAULT_GRAPH else (graph, subject))
        return subject

    def _types(self, types: Any, state: State) -> tuple[State, tuple[str, ...]]:
        if types.__class__ is list:
            types = tuple(types)
        try:
            return state.types[types]
        except (KeyError, TypeError):  # not met before, or not a type at all
            self._compile(len(types) if isinstance(types, tuple) else 1)
            return state.typed(types)

    def _compile(self, weight: int) -> None:
        self.compiled += weight
        if self.compiled > _MOST_COMPILED:
            raise WorkLimitError("the document holds more types and contexts of its own than any honest one")

    def _object(self, compiled: _Property, value: Any, state: State, graph: Node) -> Node:
        operation = compiled[0]
        kind = value.__class__
        if operation == _JSON:
            return f'"{escape(jcs(value).decode())}"{compiled[2]}'
        if kind is str:
            if operation == _ID:
                return _iri(value, state)
            if operation == _VOCAB:
                return _vocab_iri(value, compiled[3])
            return f'"{escape(value) if needs_escape(value) else value}"{compiled[2]}'
        if kind is dict:
            if "@value" in value:
                if len(value) == 1 and not state.inline:
                    raise _refuse("a text without language or direction must be written as plain text", "not-compacted")
                return _value_object(value, operation)
            return self._child(compiled, value, graph)
        return _native(value, compiled[2])

    def _child(self, compiled: _Property, value: Mapping[str, Any], graph: Node) -> Node:
        """A node below a property; only an embedded credential may bring contexts of its own."""
        state: State = compiled[3]
        if "@context" in value and compiled[1][1:-1] in _NESTED_CREDENTIALS:
            if repr(value["@context"]) not in state.nested:
                self._compile(_weight(value["@context"]))
            state = state.with_context(value["@context"])
            value = {name: member for name, member in value.items() if name != "@context"}
        if len(self.quads) > _MOST_QUADS:
            raise WorkLimitError(f"the document makes more than {_MOST_QUADS} statements")
        return self.node(value, state, graph)

    def _container(self, subject: Node, compiled: _Property, value: Any, graph: Node) -> None:
        items = value if isinstance(value, list) else [value]
        if compiled[4] == "@graph":
            for item in items:
                self._graph(subject, compiled, item, graph)
            return
        objects = [self._object(compiled, item, compiled[3], graph) for item in items]
        cells = [self._fresh() for _ in objects]
        links: list[Node] = [*cells, _NIL]
        self.quads.append((subject, compiled[1], links[0], graph))
        for cell, member, rest in zip(cells, objects, links[1:], strict=True):
            self.quads.append((cell, _FIRST, member, graph))
            self.quads.append((cell, _REST, rest, graph))

    def _graph(self, subject: Node, compiled: _Property, item: Any, graph: Node) -> None:
        if not isinstance(item, dict):
            raise _refuse("a graph (a proof or an embedded credential) must be an object", "not-compacted")
        name = self._fresh()
        self.quads.append((subject, compiled[1], name, graph))
        self._child(compiled, item, name)


def _iri(value: Any, state: State) -> str:
    if value.__class__ is not str or not matches_absolute_iri(value):
        raise _refuse(f"expected an absolute IRI, but {_shown(value)} came", "relative-iri")
    if state.prefixes and value.partition(":")[0] in state.prefixes:
        raise _refuse(f"{_shown(value)} would be read as a compact IRI; write the whole IRI", "not-compacted")
    return f"<{value}>"


def _vocab_iri(value: str, state: State) -> str:
    iri = state.context.expand(value)
    if iri is None or not is_absolute_iri(iri):
        raise _refuse(f"{_shown(value)} is not defined by the contexts of the document", "undefined-term")
    if iri == value and state.rivals(iri):
        raise _refuse(f"{_shown(value)} must be written as the term the contexts define for it", "not-compacted")
    return f"<{iri}>"


def _value_object(value: Mapping[str, Any], operation: int) -> str:
    """A language-value object (VC Data Model 2.0, 11.1)."""
    if None in value.values():
        raise _refuse("null carries nothing that a signature covers; leave the member out", "null-value")
    text, language = value["@value"], value.get("@language")
    if operation not in {_PLAIN, _TYPED} or not isinstance(text, str) or not value.keys() <= _VALUE_MEMBERS:
        raise _refuse("a language-value object has @value (text), @language and @direction only", "value-form")
    if language is not None and not (isinstance(language, str) and _LANGUAGE_TAG.fullmatch(language)):
        raise _refuse(f"{_shown(language)} is not a language tag", "value-form")
    direction = value.get("@direction")
    if direction is None:
        return f'"{escape(text)}"' + (f"@{language.lower()}" if language else "")
    if direction not in ("ltr", "rtl"):
        raise _refuse(f"a direction is ltr or rtl, but {_shown(direction)} came", "value-form")
    return f'"{escape(text)}"^^<https://www.w3.org/ns/i18n#{(language or "").lower()}_{direction}>'


def _native(value: Any, suffix: str) -> str:
    """A boolean or number (JSON-LD 1.1 API, 8.2.2)."""
    if value is True or value is False:
        return f'"{"true" if value else "false"}"{suffix or f"^^<{XSD}boolean>"}'
    if isinstance(value, int) and abs(value) < _EXACT and suffix != f"^^<{XSD}double>":
        return f'"{value}"{suffix or f"^^<{XSD}integer>"}'
    if isinstance(value, float | int):
        return _double(float(value), suffix)
    if value is None:
        raise _refuse("null carries nothing that a signature covers; leave the member out", "null-value")
    raise _refuse("an array may not hold another array", "not-compacted")


def _double(value: float, suffix: str) -> str:
    if value.is_integer() and abs(value) < _EXACT and suffix != f"^^<{XSD}double>":
        return f'"{int(value)}"{suffix or f"^^<{XSD}integer>"}'
    mantissa, _, exponent = f"{value:.15E}".partition("E")
    mantissa = mantissa.rstrip("0")
    return f'"{mantissa}{"0" if mantissa.endswith(".") else ""}E{int(exponent)}"{suffix or f"^^<{XSD}double>"}'


def _shown(value: Any) -> str:
    return repr(value)[:80]
