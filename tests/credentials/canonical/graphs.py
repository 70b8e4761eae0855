"""Hard graphs: blank nodes that first-degree hashes cannot tell apart, as documents and as bare N-Quads.

All are small enough to be told apart with little work, by every engine: the poison graphs are tested elsewhere.
"""

import random
from collections.abc import Iterator

from tests.credentials.canonical.generators import LATEST, JsonObject, Specimen, Writer

EDGE = ("<urn:p>", "<urn:q>", "<https://example.edu/r>")
Pairs = list[tuple[int, int]]


def documents(count: int) -> Iterator[Specimen]:
    """Badges with equal parts without ids, nested, repeated and nearly equal."""
    for seed in range(count):
        writer = Writer(f"colliding {seed}")
        yield Specimen(family="colliding", seed=seed, document=_document(writer))


def _document(writer: Writer) -> JsonObject:
    rng = writer.rng
    names = ["same", "same", "other"][: rng.randint(1, 3)]
    return {
        "@context": LATEST,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": _tree(rng, names, depth=rng.randint(0, 2)),
        "validFrom": "2026-01-05T09:00:00Z",
        "credentialSubject": [_tree(rng, names, depth=rng.randint(1, 3)) for _ in range(rng.randint(1, 3))],
        "evidence": [{"type": ["Evidence"], "name": rng.choice(names)} for _ in range(rng.randint(0, 3))],
    }


def _tree(rng: random.Random, names: list[str], *, depth: int) -> JsonObject:
    """A Profile whose parents are Profiles: alike but for the names drawn, few of which differ."""
    node: JsonObject = {"type": ["Profile"], "name": rng.choice(names)}
    if rng.random() < 0.15:
        node["id"] = f"urn:node:{rng.randint(0, 2)}"
    if depth:
        node["parentOrg"] = [_tree(rng, names, depth=depth - 1) for _ in range(rng.randint(1, 2))]
        if rng.random() < 0.3:
            node["parentOrg"] = [node["parentOrg"][0]] * 2
    return node


def nquads(count: int) -> Iterator[tuple[str, str]]:
    """Name and N-Quads of graphs over blank nodes: cycles, stars, prisms, trees, ladders, cubes, random ones."""
    kinds = (_cycle, _two_cycles, _star, _prism, _binary_tree, _ladder, _random_pairs, _petersen, _cube)
    for seed in range(count):
        rng = random.Random(f"graph {seed}")
        kind = kinds[seed % len(kinds)]
        yield f"{kind.__name__[1:]} {seed}", _lines(rng, kind(rng))


def named_by_blank_node(text: str) -> bool:
    """Whether some quad stands in a graph named by a blank node, which pyoxigraph hashes in its own way."""
    return any(len(terms) == 5 and terms[3].startswith("_:") for terms in map(str.split, text.splitlines()))


def _lines(rng: random.Random, pairs: Pairs) -> str:
    """The pairs as quads under random labels, in random order, perhaps with marks, both directions and graph names."""
    names = {node: f"_:{rng.choice('abxyz')}{rng.getrandbits(24):x}n{node}" for pair in pairs for node in pair}
    edges = EDGE[: rng.choice([1, 1, 2, 3])]
    graph = rng.choice(["", "", " <urn:g>", f" {rng.choice(list(names.values()))}"])
    lines = [f"{names[one]} {rng.choice(edges)} {names[other]}{graph} ." for one, other in pairs]
    if rng.random() < 0.5:
        lines += [f"{names[other]} {edges[0]} {names[one]}{graph} ." for one, other in pairs]
    for node in rng.sample(sorted(names), k=min(len(names), rng.randint(0, 2))):
        lines.append(f'{names[node]} <urn:mark> "{rng.choice("ab")}"@en .')
    rng.shuffle(lines)
    return "\n".join(dict.fromkeys(lines)) + "\n"


def _cycle(rng: random.Random, first: int = 0, length: int | None = None) -> Pairs:
    size = length or rng.randint(1, 6)
    return [(first + node, first + (node + 1) % size) for node in range(size)]


def _two_cycles(rng: random.Random) -> Pairs:
    """Two triangles against one hexagon: what first-degree hashes can never tell apart."""
    if rng.random() < 0.5:
        return _cycle(rng, 0, 3) + _cycle(rng, 3, 3)
    return _cycle(rng, 0, 6)


def _star(rng: random.Random) -> Pairs:
    return [(0, leaf) for leaf in range(1, rng.randint(2, 5))]


def _prism(rng: random.Random) -> Pairs:
    size = rng.randint(3, 4)
    return _cycle(rng, 0, size) + _cycle(rng, size, size) + [(node, size + node) for node in range(size)]


def _binary_tree(rng: random.Random) -> Pairs:
    return [(node, child) for node in range(rng.randint(1, 3)) for child in (2 * node + 1, 2 * node + 2)]


def _ladder(rng: random.Random) -> Pairs:
    size = rng.randint(2, 4)
    rails = [(node, node + 2) for node in range(2 * size - 2)]
    return rails + [(2 * node, 2 * node + 1) for node in range(size)]


def _random_pairs(rng: random.Random) -> Pairs:
    size = rng.randint(2, 6)
    return [(rng.randrange(size), rng.randrange(size)) for _ in range(rng.randint(1, 9))]


def _petersen(rng: random.Random) -> Pairs:
    """A fifth of the Petersen graph's spokes removed keeps the work small and the symmetry misleading."""
    outer, inner = _cycle(rng, 0, 5), [(5 + node, 5 + (node + 2) % 5) for node in range(5)]
    return outer + inner + [(node, 5 + node) for node in rng.sample(range(5), k=rng.randint(3, 4))]


def _cube(rng: random.Random) -> Pairs:
    pairs = [(node, node ^ bit) for node in range(8) for bit in (1, 2, 4) if node < node ^ bit]
    return pairs[: rng.randint(8, len(pairs))]
