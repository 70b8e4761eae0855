"""RDFC-1.0 read by the letter, sentence after sentence of section 4: slow, for small graphs, shares no line with ours.

It decides where engines disagree. Terms are the texts they have in N-Quads; a blank node begins with `_:`.
"""

import hashlib
import itertools
import re
from collections.abc import Callable, Iterator
from typing import Self

LINE = re.compile(r'(\S+) (\S+) ("[^"]*"\S*|\S+)(?: (\S+))? \.')
Quad = tuple[str, str, str, str | None]


class Issuer:
    """An identifier issuer (4.5)."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.issued: dict[str, str] = {}

    def issue(self, node: str) -> str:
        return self.issued.setdefault(node, f"_:{self.prefix}{len(self.issued)}")

    def copy(self) -> Self:
        copied = type(self)(self.prefix)
        copied.issued = dict(self.issued)
        return copied


class Canonicalization:
    """One dataset (4.2 and 4.3)."""

    def __init__(self, text: str, hash_name: str) -> None:
        self.hash_name = hash_name
        self.quads: list[Quad] = [LINE.fullmatch(line).groups() for line in text.strip().split("\n")]
        self.canonical = Issuer("c14n")
        nodes = dict.fromkeys(node for quad in self.quads for node in quad if is_blank(node))
        self.mentions = {node: [quad for quad in self.quads if node in quad] for node in nodes}
        self.first = {node: self.first_degree(node) for node in nodes}

    def digest(self, text: str) -> str:
        return hashlib.new(self.hash_name, text.encode()).hexdigest()

    def run(self) -> str:
        groups: dict[str, list[str]] = {}
        for node, hashed in self.first.items():
            groups.setdefault(hashed, []).append(node)
        for _, nodes in sorted(groups.items()):
            if len(nodes) == 1:
                self.canonical.issue(nodes[0])
        for _, nodes in sorted(groups.items()):
            if len(nodes) > 1:
                self.label(nodes)
        return "".join(sorted(line(quad, lambda node: self.canonical.issued[node]) for quad in self.quads))

    def label(self, nodes: list[str]) -> None:
        """4.4.3, step 5."""
        paths = []
        for node in nodes:
            if node not in self.canonical.issued:
                issuer = Issuer("b")
                issuer.issue(node)
                paths.append(self.n_degree(node, issuer))
        for _, issuer in sorted(paths, key=lambda path: path[0]):
            for node in issuer.issued:
                self.canonical.issue(node)

    def first_degree(self, node: str) -> str:
        """4.6."""
        return self.digest(
            "".join(sorted(line(quad, lambda each: "_:a" if each == node else "_:z") for quad in self.mentions[node]))
        )

    def related(self, node: str, quad: Quad, issuer: Issuer, position: str) -> str:
        """4.7."""
        name = self.canonical.issued.get(node) or issuer.issued.get(node) or self.first[node]
        return self.digest(position + ("" if position == "g" else quad[1]) + name)

    def n_degree(self, node: str, issuer: Issuer) -> tuple[str, Issuer]:
        """4.8."""
        groups: dict[str, list[str]] = {}
        for quad in self.mentions[node]:
            for position, other in (("s", quad[0]), ("o", quad[2]), ("g", quad[3])):
                if is_blank(other) and other != node:
                    groups.setdefault(self.related(other, quad, issuer, position), []).append(other)
        data = ""
        for hashed, nodes in sorted(groups.items()):
            path, issuer = min(self.paths(nodes, issuer), key=lambda found: found[0])
            data += hashed + path
        return self.digest(data), issuer

    def paths(self, nodes: list[str], issuer: Issuer) -> Iterator[tuple[str, Issuer]]:
        """4.8, step 5.4: every permutation to its end; no shortcut, since only the least path counts."""
        for order in itertools.permutations(nodes):
            copy = issuer.copy()
            path, waiting = "", []
            for node in order:
                if node in self.canonical.issued:
                    path += self.canonical.issued[node]
                else:
                    if node not in copy.issued:
                        waiting.append(node)
                    path += copy.issue(node)
            for node in waiting:
                hashed, result = self.n_degree(node, copy)
                path += f"{copy.issue(node)}<{hashed}>"
                copy = result
            yield path, copy


def canonicalize_nquads(text: str, *, hash_name: str) -> str:
    """The canonical form of a small dataset."""
    return Canonicalization(text, hash_name).run()


def is_blank(term: str | None) -> bool:
    """Whether a term is a blank node."""
    return term is not None and term.startswith("_:")


def line(quad: Quad, name: Callable[[str], str]) -> str:
    """A quad with its blank nodes renamed."""
    terms = [name(term) if is_blank(term) else term for term in quad if term is not None]
    return " ".join([*terms, ".\n"])
