"""Where statements may stand: a signature over RDF covers what is said of an id, never which object says it.

Two objects of one id can exchange members under a good signature. Policy reads certain objects of a credential, so
whatever is said of their ids must be said there, or again and alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from skillmark.errors import CanonicalizationError

Node = Mapping[str, Any]

_EMBEDDED: Final = frozenset({"endorsement", "verifiableCredential"})
_OPAQUE: Final = frozenset({"@context", "proof", "jsonSchema", "jwk", "_sd"})
_ENDORSED: Final = "EndorsementSubject"
_IDENTITY: Final = frozenset({"id", "type"})
_COMMENT: Final = _IDENTITY | {"endorsementComment"}
_CRITERIA: Final = _IDENTITY | {"narrative"}


def check_places(document: Node) -> None:
    """Refuse a document in which the place of a statement matters and is not covered (VC Data Integrity 1.0, 4.6).

    All that is said of the credential, its subjects, achievements, results and status entries stands in their own
    objects; an endorsement may comment on them, and criteria under the id of their achievement may tell its narrative,
    which then the achievement does not. Of the issuer nothing different is said elsewhere. Credentials embedded
    in this one speak for themselves, but never about its own dates and status.
    """
    read = _read_by_policy(document)
    keepers = {id(node) for node in read}
    issuers = {id(node) for node in _objects(document.get("issuer"))}
    groups: dict[str, list[Node]] = {}
    for node, embedded in _nodes(document, embedded=False):
        if not embedded or node["id"] == document.get("id"):
            groups.setdefault(node["id"], []).append(node)
    for group in groups.values():
        kept = [node for node in group if id(node) in keepers]
        if kept:
            _check_kept(group, kept, whole=kept[0] is document)
        elif any(id(node) in issuers for node in group):
            _check_alike(group)


def _read_by_policy(document: Node) -> list[Node]:
    subjects = list(_objects(document.get("credentialSubject")))
    inner = [node for subject in subjects for name in ("achievement", "result") for node in _objects(subject.get(name))]
    return [document, *subjects, *inner, *_objects(document.get("credentialStatus"))]


def _nodes(node: Node, *, embedded: bool) -> Iterator[tuple[Node, bool]]:
    """Every object with an id, and whether it stands in an embedded credential."""
    if isinstance(node.get("id"), str):
        yield node, embedded
    for name, value in node.items():
        if name not in _OPAQUE:
            for inner in _objects(value):
                yield from _nodes(inner, embedded=embedded or name in _EMBEDDED)


def _check_kept(group: list[Node], kept: list[Node], *, whole: bool) -> None:
    first = kept[0]
    if "narrative" in first and any(_is_criteria(node) for node in group):
        raise _moved(first)
    for node in group:
        if not _repeats(node, first) or (whole and not _types(node) - {_ENDORSED} <= _types(first)):
            raise _moved(first)
    for node in kept:
        if not _repeats(first, node):
            raise _moved(first)


def _repeats(node: Node, whole: Node) -> bool:
    """Whether a node says nothing that the other does not say, but for an endorser's comment."""
    own = _own(node)
    return all(name in own or (name in whole and _listed(whole[name]) == _listed(node[name])) for name in node)


def _own(node: Node) -> frozenset[str]:
    """What an object may say of an id that others speak of too."""
    if _ENDORSED in _types(node):
        return _COMMENT
    return _CRITERIA if _is_criteria(node) else _IDENTITY


def _is_criteria(node: Node) -> bool:
    return node.keys() <= _CRITERIA and _types(node) <= {"Criteria"}


def _check_alike(group: list[Node]) -> None:
    said: dict[str, Any] = {}
    for node in group:
        for name in node.keys() - _own(node):
            if _listed(said.setdefault(name, node[name])) != _listed(node[name]):
                raise _moved(node)


def _types(node: Node) -> frozenset[str]:
    return frozenset(name for name in _listed(node.get("type", [])) if isinstance(name, str))


def _objects(value: Any) -> Iterator[Node]:
    return (item for item in _listed(value) if isinstance(item, dict))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _moved(node: Node) -> CanonicalizationError:
    return CanonicalizationError(
        f"more is said of {node['id'][:200]!r} in another object of the same id, and a signature does not cover in "
        "which object a member stands; say it in one of them, or give them ids of their own",
        rule="scattered-statements",
    )
