"""RDF Dataset Canonicalization 1.0 (RDFC-1.0) over quads, with SHA-256 or SHA-384 and a bound on its work.

First-degree hashing, hash-n-degree quads, the issued-identifier map. Section numbers are those of the Recommendation.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any, Final

from skillmark.credentials.canonical.quads import DEFAULT_GRAPH, Node, Quad
from skillmark.errors import WorkLimitError

WORK: Final = 50_000
"""Most quads and permutations that hash-n-degree may look at for one document. Honest credentials need none to a few
hundred, the hardest positive W3C test 5,688; the bound ends a poison graph in a fraction of a second."""

_COPIED_IN_A_STEP: Final = 64

Hash = Callable[[bytes], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Canonical:
    """A canonical dataset: its sorted N-Quads lines, and the label each blank node got (`c14n0` …)."""

    lines: list[str]
    labels: dict[int, str]

    def encode(self) -> bytes:
        """The canonical N-Quads document in UTF-8."""
        return "".join(self.lines).encode()


def canonicalize_quads(quads: Iterable[Quad], *, hash_name: str = "sha256", work: int = WORK) -> Canonical:
    """Canonicalise a dataset (RDFC-1.0, 4.4.3).

    `hash_name` is sha256 or sha384; `work` bounds the hash-n-degree steps. Raises WorkLimitError when it is used up.
    """
    run = _Run(dict.fromkeys(quads), getattr(hashlib, hash_name), work)
    labels = run.labels()
    return Canonical(lines=sorted(_lines(run.quads, labels)), labels=labels)


def _lines(quads: Iterable[Quad], labels: dict[int, str]) -> list[str]:
    names: dict[Node, str] = {node: f"_:{label}" for node, label in labels.items()}
    return [
        f"{s if s.__class__ is str else names[s]} {p} {o if o.__class__ is str else names[o]} .\n"
        if g == DEFAULT_GRAPH
        else f"{names.get(s, s)} {p} {names.get(o, o)} {names.get(g, g)} .\n"
        for s, p, o, g in quads
    ]


@dataclass(slots=True)
class _Issuer:
    """An identifier issuer (4.5)."""

    prefix: str
    issued: dict[int, str] = field(default_factory=dict)

    def issue(self, node: int) -> str:
        """The identifier of a node, given out on first call."""
        known = self.issued.get(node)
        if known is None:
            known = self.issued[node] = f"{self.prefix}{len(self.issued)}"
        return known

    def copy(self) -> _Issuer:
        """An independent issuer in the same state."""
        return _Issuer(self.prefix, dict(self.issued))


class _Run:
    """One canonicalisation: its state is that of the algorithm (4.2)."""

    def __init__(self, quads: Iterable[Quad], algorithm: Hash, work: int) -> None:
        self.quads = quads
        self._algorithm = algorithm
        self._work = work
        self._canonical = _Issuer("c14n")
        self._first: dict[int, str] = {}
        self._mentions: defaultdict[int, list[Quad]] = defaultdict(list)
        mentions = self._mentions
        for quad in quads:
            subject, _, value, graph = quad
            if subject.__class__ is int:
                mentions[subject].append(quad)
            if value.__class__ is int and value != subject:
                mentions[value].append(quad)
            if graph.__class__ is int and graph not in (subject, value):
                mentions[graph].append(quad)

    def labels(self) -> dict[int, str]:
        """The canonical label of every blank node (4.4.3, steps 2 to 5)."""
        by_hash: dict[str, list[int]] = {}
        for node in self._mentions:
            by_hash.setdefault(self._first_degree(node), []).append(node)
        shared = []
        for _, nodes in sorted(by_hash.items()):
            if len(nodes) == 1:
                self._canonical.issue(nodes[0])
            else:
                shared.append(nodes)
        for nodes in shared:
            self._label_shared(nodes)
        return self._canonical.issued

    def _label_shared(self, nodes: list[int]) -> None:
        paths = []
        for node in nodes:
            if node not in self._canonical.issued:
                issuer = _Issuer("b")
                issuer.issue(node)
                paths.append(self._n_degree(node, issuer))
        for _, issuer in sorted(paths, key=lambda path: path[0]):
            for node in issuer.issued:
                self._canonical.issue(node)

    def _hash(self, text: str) -> str:
        found: str = self._algorithm(text.encode()).hexdigest()
        return found

    def _first_degree(self, node: int) -> str:
        """Hash first-degree quads (4.6). Equal lines of different quads are kept apart."""
        lines = []
        for quad in self._mentions[node]:
            s, p, o, g = quad
            if g == DEFAULT_GRAPH:
                s = s if s.__class__ is str else "_:a" if s == node else "_:z"
                lines.append(f"{s} {p} {o if o.__class__ is str else '_:a' if o == node else '_:z'} .\n")
            else:
                lines.append(first_degree_line(quad, node))
        lines.sort()
        found = self._first[node] = self._hash("".join(lines))
        return found

    def _related(self, related: int, quad: Quad, issuer: _Issuer, position: str) -> str:
        """Hash related blank node (4.7)."""
        if related in self._canonical.issued:
            identifier = f"_:{self._canonical.issued[related]}"
        elif related in issuer.issued:
            identifier = f"_:{issuer.issued[related]}"
        else:
            identifier = self._first[related]
        predicate = "" if position == "g" else quad[1]
        return self._hash(f"{position}{predicate}{identifier}")

    def _n_degree(self, node: int, issuer: _Issuer) -> tuple[str, _Issuer]:
        """Hash n-degree quads (4.8)."""
        groups: dict[str, list[int]] = {}
        self._spend(len(self._mentions[node]))
        for quad in self._mentions[node]:
            for part, position in ((quad[0], "s"), (quad[2], "o"), (quad[3], "g")):
                if isinstance(part, int) and part != node:
                    groups.setdefault(self._related(part, quad, issuer, position), []).append(part)
        data = ""
        for related_hash, nodes in sorted(groups.items()):
            path, issuer = self._shortest(nodes, issuer)
            data += related_hash + path
        return self._hash(data), issuer

    def _shortest(self, nodes: list[int], issuer: _Issuer) -> tuple[str, _Issuer]:
        """The least path through the nodes of one related hash (4.8.3, step 5)."""
        chosen, chosen_issuer = "", issuer
        steps = 1 + (len(nodes) + len(issuer.issued)) // _COPIED_IN_A_STEP
        for order in permutations(nodes):
            self._spend(steps)
            path, tried = self._path(order, issuer.copy(), chosen)
            if path is not None and (not chosen or path < chosen):
                chosen, chosen_issuer = path, tried
        return chosen, chosen_issuer

    def _path(self, order: tuple[int, ...], issuer: _Issuer, chosen: str) -> tuple[str | None, _Issuer]:
        """One permutation's path, or None as soon as it cannot become the least."""
        path = ""
        recurse = []
        for node in order:
            if node in self._canonical.issued:
                path += f"_:{self._canonical.issued[node]}"
            else:
                if node not in issuer.issued:
                    recurse.append(node)
                path += f"_:{issuer.issue(node)}"
            if _hopeless(path, chosen):
                return None, issuer
        for node in recurse:
            result, issuer_after = self._n_degree(node, issuer)
            path += f"_:{issuer.issue(node)}<{result}>"
            issuer = issuer_after
            if _hopeless(path, chosen):
                return None, issuer
        return path, issuer

    def _spend(self, steps: int) -> None:
        self._work -= steps
        if self._work < 0:
            raise WorkLimitError(
                "the blank nodes of the document are too alike to be told apart with reasonable work; "
                "give them ids or different contents"
            )


def _hopeless(path: str, chosen: str) -> bool:
    return bool(chosen) and len(path) >= len(chosen) and path > chosen


def first_degree_line(quad: Quad, node: int) -> str:
    """The quad as an N-Quads line with `_:a` for the node and `_:z` for every other blank node (4.6.3)."""
    subject, predicate, value, graph = quad
    if subject.__class__ is int:
        subject = "_:a" if subject == node else "_:z"
    if value.__class__ is int:
        value = "_:a" if value == node else "_:z"
    if graph == DEFAULT_GRAPH:
        return f"{subject} {predicate} {value} .\n"
    if graph.__class__ is int:
        graph = "_:a" if graph == node else "_:z"
    return f"{subject} {predicate} {value} {graph} .\n"
