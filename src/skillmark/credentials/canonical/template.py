"""The canonical form of documents that differ only in some strings, without walking them again.

What varies between two such documents is the strings in the slots; how the hashes of the blank nodes near a slot rank
among the other hashes, which gives the canonical labels; and how subjects that are slots rank among the other subjects,
which gives the order of the statements. So a canonical form is a few string formats, filled and joined. Anything the
template cannot promise is refused, and the caller takes the long way.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final, TypeVar

from skillmark.credentials.canonical.emitter import Emitter
from skillmark.credentials.canonical.quads import DEFAULT_GRAPH, Node, Quad, escape, needs_escape
from skillmark.credentials.canonical.rdfc import first_degree_line
from skillmark.credentials.encoding.iris import matches_absolute_iri
from skillmark.credentials.encoding.json_template import Path, sentinels, with_values
from skillmark.errors import CanonicalizationError

Layout = tuple[int, ...]
"""How the subjects rank. Two documents of equal layout are filled into the same formats."""

Ranking = tuple[int, ...]
"""How the hashes of blank nodes rank."""

Key = TypeVar("Key")
Value = TypeVar("Value")

_MOST_KEPT: Final = 1024


class NoTemplateError(CanonicalizationError):
    """These slots cannot be templated; canonicalise each document by itself."""

    rule = "template"


class _Format:
    """Text with places for arguments; a place is a position in the one list of arguments of a document."""

    __slots__ = ("_pick", "_text", "places")

    def __init__(self, text: str, places: Sequence[int]) -> None:
        # Two places at least, so that itemgetter always gives a tuple; `%.0s` takes an argument and writes nothing.
        surplus = max(0, 2 - len(places))
        self.places = tuple(places)
        self._pick: Callable[[Sequence[str]], tuple[str, ...]] = itemgetter(*places, *([0] * surplus))
        self._text = text + "%.0s" * surplus

    def fill(self, arguments: Sequence[str]) -> str:
        """The text with its arguments."""
        return self._text % self._pick(arguments)


class _Writer:
    """Turns statements into formats. Arguments are slots first, then labels, then labels in sorted groups."""

    def __init__(self, marks: Sequence[str], nodes: Mapping[int, int]) -> None:
        self._marks = marks
        self._nodes = nodes
        self.groups: list[list[int]] = []
        self._next = len(marks) + len(nodes)

    def format(self, parts: Sequence[str | int]) -> _Format:
        """A format of texts, in which marks stand for slots, and of places."""
        text, places = "", []
        for part in parts:
            if isinstance(part, int):
                text += "%s"
                places.append(part)
            else:
                for constant, slot in self._split(part):
                    text += constant.replace("%", "%%") + ("" if slot is None else "%s")
                    places += [] if slot is None else [slot]
        return _Format(text, places)

    def _split(self, text: str) -> Iterator[tuple[str, int | None]]:
        for _, slot in sorted((text.index(mark), slot) for slot, mark in enumerate(self._marks) if mark in text):
            before, _, text = text.partition(self._marks[slot])
            yield before, slot
        yield text, None

    def subject(self, subject: Node, quads: Sequence[Quad]) -> list[str | int]:
        """All statements about a subject in canonical order, as texts and places."""
        values: dict[str, list[Node]] = {}
        for quad in quads:
            values.setdefault(quad[1], []).append(quad[2])
        parts: list[str | int] = []
        own = subject if isinstance(subject, str) else len(self._marks) + self._nodes[subject]
        for predicate in sorted(values):
            named = sorted((value for value in values[predicate] if isinstance(value, str)), key="{} .".format)
            nodes = [self._nodes[value] for value in values[predicate] if isinstance(value, int)]
            for value in [*named, *self._group(nodes)]:
                parts += [own, f" {predicate} ", value, " .\n"]
        return parts

    def has_slot(self, part: str | int) -> bool:
        """Whether a part varies with anything but labels."""
        return isinstance(part, str) and any(mark in part for mark in self._marks)

    def _group(self, nodes: list[int]) -> range:
        """Places for the labels of blank nodes that are values of one property, filled in sorted order."""
        if nodes:
            self.groups.append(nodes)
        start, self._next = self._next, self._next + len(nodes)
        return range(start, self._next)


class CanonicalTemplate:
    """Canonical forms of one document with other strings in its slots (RDFC-1.0)."""

    def __init__(
        self, document: Mapping[str, Any], paths: Sequence[Path], *, emitter: Emitter, hash_name: str = "sha256"
    ) -> None:
        """Compile. Raises NoTemplateError where slots and structure do not allow a template."""
        marks = sentinels(paths)
        quads = list(
            dict.fromkeys(emitter.quads(with_values(document, dict(zip(paths, marks, strict=True))), in_place=True))
        )
        _refuse_structure(quads, marks)
        self._hash = getattr(hashlib, hash_name)
        self._slots = len(paths)
        self._prefixes = emitter.prefixes(document)
        self._iri_slots = [slot for slot, mark in enumerate(marks) if any(f"<{mark}>" in quad for quad in quads)]
        nodes = self._rank_nodes(quads, _Writer(marks, {}))
        about: dict[Node, list[Quad]] = {}
        for quad in quads:
            about.setdefault(quad[0], []).append(quad)
        self._writer = _Writer(marks, nodes)
        parts = {subject: self._writer.subject(subject, statements) for subject, statements in about.items()}
        self._node_formats = [self._writer.format(parts.get(node, [])) for node in nodes]
        self._subject_slots = [slot for slot, mark in enumerate(marks) if f"<{mark}>" in parts]
        self._slot_parts = [parts[f"<{marks[slot]}>"] for slot in self._subject_slots]
        slots = {f"<{mark}>" for mark in marks}
        self._subjects = sorted(subject for subject in parts if isinstance(subject, str) and subject not in slots)
        self._parts = [parts[subject] for subject in self._subjects]
        self._arrangements: dict[Layout, tuple[_Format, _Format]] = {}
        self._labellings: dict[Ranking, tuple[list[str], list[_Format | str]]] = {}
        self._starts: dict[tuple[Layout, Ranking], Any] = {}

    def _rank_nodes(self, quads: Sequence[Quad], writer: _Writer) -> dict[int, int]:
        """Number the blank nodes: first those far from any slot, in the order of their hashes, then the others."""
        hashes: dict[str, int] = {}
        self._varying: list[_Format] = []
        varying = []
        for node, mentions in _mentions(quads).items():
            form = writer.format(sorted(first_degree_line(quad, node) for quad in mentions))
            if form.places:
                self._varying.append(form)
                varying.append(node)
            elif hashes.setdefault(self._hash(form.fill(("", "")).encode()).hexdigest(), node) != node:
                raise NoTemplateError("two blank nodes are alike")
        self._hashes = sorted(hashes)
        return {node: number for number, node in enumerate([*map(hashes.__getitem__, self._hashes), *varying])}

    def digest(self, values: Sequence[str]) -> tuple[bytes, Layout] | None:
        """The hash of the canonical form and its layout, for one string a slot; None where only the long way is sure.

        Raises CanonicalizationError where a slot needs an absolute IRI and got something else.
        """
        if self._prefixes and any(values[slot].partition(":")[0] in self._prefixes for slot in self._iri_slots):
            return None
        terms = self._terms(values)
        hashes = [self._hash(form.fill(terms).encode()).hexdigest() for form in self._varying]
        ranking = _ranks(hashes, self._hashes)
        layout = _ranks([f"<{terms[slot]}>" for slot in self._subject_slots], self._subjects)
        if ranking is None or layout is None:
            return None
        labels, pieces = self._labellings.get(ranking) or self._label(ranking)
        before, after = self._arrangements.get(layout) or self._arrange(layout)
        terms += labels
        state = self._starts.get((layout, ranking))
        if state is None:
            state = _keep(self._starts, (layout, ranking), self._hash(before.fill(terms).encode()))
        state = state.copy()
        texts = [piece if isinstance(piece, str) else piece.fill(terms) for piece in pieces]
        state.update((after.fill(terms) + "".join(texts)).encode())
        return state.digest(), layout

    def _terms(self, values: Sequence[str]) -> list[str]:
        for slot in self._iri_slots:
            value = values[slot]
            if not matches_absolute_iri(value):
                raise CanonicalizationError(f"expected an absolute IRI, but {value!r} came", rule="relative-iri")
        return [escape(value) for value in values] if needs_escape("".join(values)) else list(values)

    def _label(self, ranking: Ranking) -> tuple[list[str], list[_Format | str]]:
        """The labels under a ranking of hashes, and the statements about blank nodes in the order of their labels."""
        labels = [""] * len(self._node_formats)
        for number, node in enumerate(_merged(ranking, len(self._varying), len(self._hashes))):
            labels[node] = f"_:c14n{number}"
        labels += [label for group in self._writer.groups for label in sorted(map(labels.__getitem__, group))]
        arguments = [""] * self._slots + labels
        pieces: list[_Format | str] = []
        for node in sorted(range(len(self._node_formats)), key=labels.__getitem__):
            form = self._node_formats[node]
            varies = any(place < self._slots for place in form.places)
            pieces.append(form if varies else form.fill(arguments))
        return _keep(self._labellings, ranking, (labels, pieces))

    def _arrange(self, layout: Layout) -> tuple[_Format, _Format]:
        """The statements about named subjects, parted before the first slot: what precedes depends on labels alone."""
        subjects = [*self._parts, *self._slot_parts]
        order = _merged(layout, len(self._subject_slots), len(self._subjects))
        parts = [part for number in order for part in subjects[number]]
        first = next((place for place, part in enumerate(parts) if self._writer.has_slot(part)), len(parts))
        return _keep(
            self._arrangements, layout, (self._writer.format(parts[:first]), self._writer.format(parts[first:]))
        )


def _keep(store: dict[Key, Value], key: Key, value: Value) -> Value:
    """Remember a value; a store that has grown too large begins anew."""
    if len(store) >= _MOST_KEPT:
        store.clear()
    store[key] = value
    return value


def _ranks(varying: list[str], constant: list[str]) -> tuple[int, ...] | None:
    """Where the varying strings fall among the sorted constant ones, and their order among themselves.

    None where two strings are equal.
    """
    ranks = []
    for text in varying:
        rank = bisect_left(constant, text)
        if rank < len(constant) and constant[rank] == text:
            return None
        ranks.append(rank)
    if len(varying) > 1:
        if len(set(varying)) != len(varying):
            return None
        ranks.extend(sorted(range(len(varying)), key=varying.__getitem__))
    return tuple(ranks)


def _merged(ranks: tuple[int, ...], varying: int, constant: int) -> list[int]:
    """The sorted order that ranks describe: constant strings are numbered first, varying ones after them."""
    places = [(number, 1, 0, number) for number in range(constant)]
    for place, index in enumerate(ranks[varying:] or range(varying)):
        places.append((ranks[index], 0, place, constant + index))
    return [number for *_, number in sorted(places)]


def _mentions(quads: Sequence[Quad]) -> dict[int, list[Quad]]:
    mentions: dict[int, list[Quad]] = {}
    for quad in quads:
        for node in {part for part in (quad[0], quad[2]) if isinstance(part, int)}:
            mentions.setdefault(node, []).append(quad)
    return mentions


def _refuse_structure(quads: Sequence[Quad], marks: Sequence[str]) -> None:
    """Named graphs, slots inside larger values, and slots among several values of one property need the long way."""
    values = Counter((quad[0], quad[1]) for quad in quads)
    placed = set()
    for subject, predicate, value, graph in quads:
        if graph != DEFAULT_GRAPH:
            raise NoTemplateError("the document holds other graphs")
        for part in (subject, value):
            for mark in marks:
                if isinstance(part, str) and mark in part:
                    if part != f"<{mark}>" and not part.startswith(f'"{mark}"'):
                        raise NoTemplateError("a slot stands inside a larger value")
                    if part is value and values[subject, predicate] > 1:
                        raise NoTemplateError("a slot is one of several values")
                    placed.add(mark)
    if len(placed) != len(marks):
        raise NoTemplateError("a slot is not part of the canonical form")
