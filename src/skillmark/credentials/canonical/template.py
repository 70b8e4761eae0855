"""The canonical form of documents that differ only in some strings, without walking them again.

What varies between two such documents is which strings stand in the slots, how the hashes of the blank nodes near a
slot rank among the other hashes (that gives the canonical labels), and how the subjects that are slots rank among the
other subjects. For each combination of ranks the order of the lines is found once, from a real canonicalisation; after
that a canonical form is one string formatting. Anything the template cannot promise is refused, and the caller takes
the long way.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from skillmark.credentials.canonical.emitter import Emitter
from skillmark.credentials.canonical.quads import DEFAULT_GRAPH, Quad, escape, needs_escape
from skillmark.credentials.canonical.rdfc import canonicalize_quads, first_degree_line, line
from skillmark.credentials.encoding.iris import is_absolute_iri
from skillmark.credentials.encoding.json_template import Path, sentinels, with_values
from skillmark.errors import CanonicalizationError


class NoTemplateError(CanonicalizationError):
    """These slots cannot be templated; canonicalise each document by itself."""

    rule = "template"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of N-Quads as a format: constant text with `%s` for each slot in `slots`."""

    text: str
    slots: tuple[int, ...]

    @classmethod
    def of(cls, line: str, marks: Sequence[str]) -> _Line:
        found = sorted((line.index(mark), slot) for slot, mark in enumerate(marks) if mark in line)
        text = line.replace("%", "%%")
        for _, slot in found:
            text = text.replace(marks[slot], "%s")
        if any(line.count(marks[slot]) > 1 for _, slot in found):
            raise NoTemplateError("a slot stands twice in one statement")
        return cls(text=text, slots=tuple(slot for _, slot in found))


class _Format:
    """Lines joined into one format, with the hash of what stands before the first slot already computed."""

    __slots__ = ("_pick", "_rest", "_single", "_start")

    def __init__(self, lines: Sequence[_Line], algorithm: str) -> None:
        constant = next((number for number, line in enumerate(lines) if line.slots), len(lines))
        self._start = hashlib.new(
            algorithm, "".join(line.text for line in lines[:constant]).replace("%%", "%").encode()
        )
        self._rest = "".join(line.text for line in lines[constant:])
        slots = [slot for line in lines for slot in line.slots]
        # Two slots at least, so that itemgetter always gives a tuple; a format takes what it needs by `%.0s`.
        self._pick = itemgetter(*slots, *([0] * (2 - len(slots))))
        self._rest += "%.0s" * (2 - len(slots))

    def hash(self, terms: Sequence[str]) -> Any:
        """The hash object over the formatted lines."""
        state = self._start.copy()
        state.update((self._rest % self._pick(terms)).encode())
        return state


Layout = tuple[int, ...]
"""The ranks of one document. Two documents of equal layout differ in nothing but their slot strings."""


class CanonicalTemplate:
    """Canonical forms of one document with other strings in its slots (RDFC-1.0; `performance.md` of the design)."""

    def __init__(
        self,
        document: Mapping[str, Any],
        paths: Sequence[Path],
        *,
        emitter: Emitter,
        hash_name: str = "sha256",
        most_layouts: int = 1024,
    ) -> None:
        """Compile. Raises NoTemplateError where slots and structure do not allow a template."""
        self._most_layouts = most_layouts
        self._algorithm = hash_name
        marks = sentinels(paths)
        marked = with_values(document, dict(zip(paths, marks, strict=True)))
        quads = list(dict.fromkeys(emitter.quads(marked)))
        _refuse_structure(quads, marks)
        self._quads = quads
        self._marks = marks
        self._iri_slots = [slot for slot, mark in enumerate(marks) if any(f"<{mark}>" in quad for quad in quads)]
        self._prefixes = emitter.prefixes(document)
        self._layouts: dict[Layout, _Format] = {}
        subjects = {quad[0] for quad in quads if isinstance(quad[0], str)}
        self._subject_slots = [slot for slot, mark in enumerate(marks) if f"<{mark}>" in subjects]
        self._subjects = sorted(subjects - {f"<{marks[slot]}>" for slot in self._subject_slots})
        self._varying: list[_Format] = []
        self._hashes = self._first_degree(quads, marks)

    def _first_degree(self, quads: Sequence[Quad], marks: Sequence[str]) -> list[str]:
        """The sorted hashes of the blank nodes far from any slot; formats for the others go to `_varying`."""
        mentions: dict[int, list[Quad]] = {}
        for quad in quads:
            for node in {part for part in (quad[0], quad[2]) if isinstance(part, int)}:
                mentions.setdefault(node, []).append(quad)
        hashes = []
        for node, mentioned in mentions.items():
            lines = [_Line.of(line, marks) for line in sorted(first_degree_line(quad, node) for quad in mentioned)]
            form = _Format(lines, self._algorithm)
            if any(line.slots for line in lines):
                self._varying.append(form)
            else:
                hashes.append(form.hash(marks).hexdigest())
        if len(set(hashes)) != len(hashes):
            raise NoTemplateError("two blank nodes are alike")
        return sorted(hashes)

    def digest(self, values: Sequence[str]) -> tuple[bytes, Layout] | None:
        """The hash of the canonical form and its layout, for one string a slot; None where only the long way is sure.

        Raises CanonicalizationError where a slot needs an absolute IRI and got something else.
        """
        terms = self._terms(values)
        layout = self._layout(terms)
        if layout is None:
            return None
        form = self._layouts.get(layout)
        if form is None:
            if len(self._layouts) >= self._most_layouts:
                return None
            form = self._layouts[layout] = self._arrange(terms)
        return form.hash(terms).digest(), layout

    def _terms(self, values: Sequence[str]) -> list[str]:
        for slot in self._iri_slots:
            value = values[slot]
            if not is_absolute_iri(value) or (self._prefixes and value.partition(":")[0] in self._prefixes):
                raise CanonicalizationError(f"expected an absolute IRI, but {value!r} came", rule="relative-iri")
        return [escape(value) if needs_escape(value) else value for value in values]

    def _layout(self, terms: Sequence[str]) -> Layout | None:
        """Ranks of the varying hashes and subjects, or None where two would fall together."""
        hashes = _ranks([form.hash(terms).hexdigest() for form in self._varying], self._hashes)
        subjects = _ranks([f"<{terms[slot]}>" for slot in self._subject_slots], self._subjects)
        return None if hashes is None or subjects is None else hashes + subjects

    def _arrange(self, terms: Sequence[str]) -> _Format:
        """Order the lines of one document by canonicalising it, and keep that order for its like."""
        filled = [_filled(quad, self._marks, terms) for quad in self._quads]
        labels = canonicalize_quads(filled, hash_name=self._algorithm).labels
        pairs = zip(filled, self._quads, strict=True)
        lines = sorted((line(quad, labels), line(marked, labels)) for quad, marked in pairs)
        return _Format([_Line.of(marked, self._marks) for _, marked in lines], self._algorithm)


def _ranks(varying: list[str], constant: list[str]) -> Layout | None:
    """Where the varying strings fall among the sorted constant ones, and their order among themselves."""
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


def _filled(quad: Quad, marks: Sequence[str], terms: Sequence[str]) -> Quad:
    subject, value = quad[0], quad[2]
    for mark, term in zip(marks, terms, strict=True):
        subject = subject.replace(mark, term) if isinstance(subject, str) else subject
        value = value.replace(mark, term) if isinstance(value, str) else value
    return subject, quad[1], value, quad[3]


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
