"""JSON-LD 1.1 context processing for the contexts we pin: from context documents to term tables.

Follows JSON-LD 1.1 API, section 4 (Context Processing and Create Term Definition), for the features those documents
use. Any other feature is refused by name, so that a context is never read in half.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from skillmark.credentials.contexts.registry import CONFORMANCE_ONLY, PRODUCT, document
from skillmark.errors import CanonicalizationError, WorkLimitError

Context = Any
"""A context as it stands in JSON: an IRI, an object, null, or a list of these."""

_UNSET: Final = object()
_MOST_CONTEXTS: Final = 16
_DEEPEST: Final = 32  # terms defined by terms
_LONGEST_IRI: Final = 4096
_MOST_TERMS: Final = 1024  # in one context object; the largest that is pinned has a fifth of it
_CONTEXT_MEMBERS: Final = frozenset({"@protected", "@version", "@vocab"})
_TERM_MEMBERS: Final = frozenset({"@id", "@type", "@container", "@context", "@protected", "@prefix"})
_CONTAINERS: Final = ({"@set"}, {"@list"}, {"@graph"}, {"@graph", "@set"})
_GENERIC_DELIMITERS: Final = frozenset(":/?#[]@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term definition. `scoped` is the local context as JSON, or absent."""

    iri: str | None
    coercion: str | None = None
    container: frozenset[str] = frozenset()
    scoped: Context = _UNSET
    protected: bool = False
    prefix: bool = False

    @property
    def has_scope(self) -> bool:
        """Whether the term brings a context of its own."""
        return self.scoped is not _UNSET

    def same_as(self, other: Term) -> bool:
        """Equality but for the protected flag (JSON-LD 1.1 API, 4.2.2 step 27)."""
        return replace(self, protected=False) == replace(other, protected=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveContext:
    """The terms in force at one place of a document; `previous` is what children go back to after a type scope."""

    terms: Mapping[str, Term]
    vocab: str | None = None
    previous: ActiveContext | None = None

    def expand(self, name: str) -> str | None:
        """The IRI of a term or type name, or None where it has none."""
        term = self.terms.get(name)
        if term is not None:
            return term.iri
        if ":" in name:
            return name
        return None if self.vocab is None or name.startswith("@") else self.vocab + name


EMPTY: Final = ActiveContext(terms={})


def process(
    active: ActiveContext,
    local: Context,
    *,
    override_protected: bool = False,
    propagate: bool = True,
    allow_inline: bool = False,
) -> ActiveContext:
    """Apply a local context to an active one.

    Raises CanonicalizationError for contexts that are not pinned, inline objects (unless allowed: a document's own
    `@context` may hold none in product mode), redefined protected terms, and unsupported features.
    Source: JSON-LD 1.1 API, 4.1.2.
    """
    result = active
    entries = local if isinstance(local, list) else [local]
    if len(entries) > _MOST_CONTEXTS:
        raise WorkLimitError(f"{len(entries)} contexts stand in one place, more than {_MOST_CONTEXTS}")
    for entry in entries:
        if entry is None:
            result = _reset(result, override_protected=override_protected)
        elif isinstance(entry, str):
            result = process(result, _accepted(entry, allow_inline=allow_inline)["@context"], allow_inline=True)
        elif not isinstance(entry, dict):
            raise CanonicalizationError(
                f"a context is the IRI of a pinned document, but {type(entry).__name__} came", rule="context-form"
            )
        elif not allow_inline:
            raise CanonicalizationError(
                "inline contexts are not accepted, for they can change what signed terms mean; name a published one",
                rule="context-inline",
            )
        else:
            result = _Definitions(result, entry, override_protected=override_protected).result()
    if not propagate and result.previous is None:
        result = replace(result, previous=active)
    return result


def possible_prefixes(active: ActiveContext) -> frozenset[str]:
    """Every name that is a prefix in a context, or could become one under a scope that it opens."""
    found = {name for name, term in active.terms.items() if term.prefix}
    for term in active.terms.values():
        if term.has_scope:
            found.update(_prefixes_within(term.scoped))
    return frozenset(found)


def _prefixes_within(local: Context) -> Iterator[str]:
    for entry in local if isinstance(local, list) else [local]:
        inner = document(entry)["@context"] if isinstance(entry, str) else entry
        for name, value in inner.items() if isinstance(inner, dict) else ():
            if isinstance(value, dict):
                if value.get("@prefix"):
                    yield name
                yield from _prefixes_within(value.get("@context"))
            elif isinstance(value, str) and value[-1:] in _GENERIC_DELIMITERS:
                yield name


def _accepted(iri: str, *, allow_inline: bool) -> Mapping[str, Any]:
    content = document(iri)
    if iri not in PRODUCT and not (allow_inline and iri in CONFORMANCE_ONLY):
        raise CanonicalizationError(
            f"the context {iri!r} defines terms at will and is not accepted", rule="context-unknown"
        )
    return content


def _reset(active: ActiveContext, *, override_protected: bool) -> ActiveContext:
    if not override_protected and any(term.protected for term in active.terms.values()):
        raise CanonicalizationError("a null context may not drop protected terms", rule="context-protected")
    return EMPTY


class _Definitions:
    """Creates the term definitions of one context object (JSON-LD 1.1 API, 4.2.2)."""

    def __init__(self, active: ActiveContext, local: Mapping[str, Any], *, override_protected: bool) -> None:
        if len(local) > _MOST_TERMS:
            raise WorkLimitError(f"a context defines {len(local)} terms, more than {_MOST_TERMS}")
        _refuse_members((name for name in local if name.startswith("@")), allowed=_CONTEXT_MEMBERS, place="a context")
        self._active = active
        self._local = local
        self._override = override_protected
        self._terms = dict(active.terms)
        self._vocab = local.get("@vocab", active.vocab)
        if self._vocab is not None and not (isinstance(self._vocab, str) and ":" in self._vocab):
            raise CanonicalizationError("@vocab must be an absolute IRI", rule="context-form")
        self._done: dict[str, bool] = {}
        self._depth = 0

    def result(self) -> ActiveContext:
        for name in self._local:
            if not name.startswith("@"):
                self._define(name)
        return replace(self._active, terms=self._terms, vocab=self._vocab)

    def _define(self, name: str) -> None:
        if name in self._done:
            if not self._done[name]:
                raise CanonicalizationError(f"the definition of {name!r} refers to itself", rule="context-form")
            return
        if not name:
            raise CanonicalizationError("the empty string is no term", rule="context-form")
        if self._depth == _DEEPEST:
            raise WorkLimitError(f"a term is defined by way of more than {_DEEPEST} others")
        self._depth += 1
        self._done[name] = False
        previous = self._terms.pop(name, None)
        term = self._term(name, self._local[name])
        if previous is not None and previous.protected and not self._override:
            if not previous.same_as(term):
                raise CanonicalizationError(
                    f"the protected term {name!r} may not be redefined", rule="context-protected"
                )
            term = previous
        self._terms[name] = term
        self._done[name] = True
        self._depth -= 1

    def _term(self, name: str, value: Context) -> Term:
        protected = self._local.get("@protected", False)
        if value is None:
            return Term(iri=None, protected=protected)
        simple = isinstance(value, str)
        members = {"@id": value} if simple else value
        if not isinstance(members, dict):
            raise CanonicalizationError(f"the term {name!r} must be an IRI or an object", rule="context-form")
        _refuse_members(members, allowed=_TERM_MEMBERS, place=f"the term {name!r}")
        iri = self._term_iri(name, members.get("@id", _UNSET))
        prefix = members.get("@prefix", simple and iri is not None and iri[-1:] in _GENERIC_DELIMITERS)
        return Term(
            iri=iri,
            coercion=self._coercion(members.get("@type")),
            container=_container(members.get("@container")),
            scoped=members.get("@context", _UNSET),
            protected=members.get("@protected", protected),
            prefix=prefix and ":" not in name and "/" not in name,
        )

    def _term_iri(self, name: str, identifier: Context) -> str | None:
        if identifier is None:
            return None
        if identifier is not _UNSET and identifier != name:
            if not isinstance(identifier, str):
                raise CanonicalizationError(f"the @id of {name!r} must be a string", rule="context-form")
            return self._expand(identifier, place=name)
        if ":" in name[1:]:
            return self._expand_compact(name)
        if self._vocab is None:
            raise CanonicalizationError(f"the term {name!r} has no IRI and there is no @vocab", rule="context-form")
        return f"{self._vocab}{name}"

    def _coercion(self, value: Context) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str):
            raise CanonicalizationError("the @type of a term must be a string", rule="context-form")
        return value if value in {"@id", "@vocab", "@json", "@none"} else self._expand(value, place=value)

    def _expand(self, value: str, *, place: str) -> str:
        """Expand an IRI, a compact IRI or a term inside this context (JSON-LD 1.1 API, 5.2)."""
        if value in {"@id", "@type"}:
            return value
        if value in self._local and value != place:
            self._define(value)
        term = self._terms.get(value)
        if term is not None and term.iri is not None:
            return term.iri
        if ":" in value:
            return self._expand_compact(value)
        if self._vocab is not None and not value.startswith("@"):
            return f"{self._vocab}{value}"
        raise CanonicalizationError(f"the term {place!r} leads to no absolute IRI", rule="context-form")

    def _expand_compact(self, value: str) -> str:
        prefix, _, suffix = value.partition(":")
        if prefix == "_":
            raise CanonicalizationError("a term may not stand for a blank node", rule="context-form")
        if suffix.startswith("//"):
            return value
        if prefix in self._local:
            self._define(prefix)
        term = self._terms.get(prefix)
        expanded = term.iri + suffix if term is not None and term.iri and term.prefix else value
        if len(expanded) > _LONGEST_IRI:
            raise WorkLimitError(f"the IRI of a term has more than {_LONGEST_IRI} characters")
        return expanded


def _container(value: Context) -> frozenset[str]:
    if value is None:
        return frozenset()
    names = set(value) if isinstance(value, list) else {value}
    if names not in _CONTAINERS:
        raise CanonicalizationError(f"the container {value!r} is not supported", rule="context-form")
    return frozenset(names)


def _refuse_members(names: Iterable[str], *, allowed: frozenset[str], place: str) -> None:
    for name in names:
        if name not in allowed:
            raise CanonicalizationError(f"{place} uses {name!r}, which is not supported", rule="context-form")
