"""Our canonical form against three other engines, on thousands of documents. An unnamed difference is a failure."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, partial

import pytest

from bench.peers.process import Peer
from skillmark.credentials.canonical import canonicalize_nquads
from tests import peers
from tests.credentials.canonical import differences, engines, generators, graphs, mutations, reference
from tests.credentials.canonical.differences import BOTH_REFUSE, REFUSED_ON_PURPOSE, SAME, UNNAMED
from tests.credentials.canonical.engines import Refusal
from tests.credentials.canonical.generators import LATEST, Specimen

COUNT = 1_000
FAMILIES: dict[str, Callable[[int], Iterator[Specimen]]] = {
    "ordinary": generators.ordinary,
    "nasty": generators.nasty,
    "structural": mutations.structural,
    "structural, second thousand": partial(mutations.structural, start=1_000),
    "colliding": graphs.documents,
}
families = pytest.mark.parametrize("family", FAMILIES)


@pytest.fixture(scope="module")
def peer(node) -> Iterator[Peer]:
    with peers.running(node) as running:
        yield running


@cache
def specimens(family: str) -> tuple[Specimen, ...]:
    return tuple(FAMILIES[family](COUNT))


@cache
def our_forms(family: str) -> tuple[str | Refusal, ...]:
    return tuple(engines.skillmark(specimen.document) for specimen in specimens(family))


def accepted(family: str) -> list[tuple[Specimen, str]]:
    pairs = zip(specimens(family), our_forms(family), strict=True)
    return [(specimen, form) for specimen, form in pairs if isinstance(form, str)]


class Tally:
    """Counts the verdicts by name and keeps the specimens behind them."""

    def __init__(self) -> None:
        self.seen: dict[str, list[Specimen]] = {}

    def add(self, name: str, specimen: Specimen) -> None:
        self.seen.setdefault(name, []).append(specimen)

    def conclude(self, *, at_least: int) -> None:
        counts = Counter({name: len(found) for name, found in self.seen.items()})
        sys.stdout.write(f"{dict(counts)}\n")  # shown by -rP
        assert not counts[UNNAMED], f"{counts[UNNAMED]} unnamed, first: {[str(s) for s in self.seen[UNNAMED][:10]]}"
        assert counts[SAME] >= at_least


def peer_forms(peer: Peer, family: str, **options: str) -> list[str | Refusal]:
    answers = peer.canonicalize([specimen.document for specimen in specimens(family)], **options)
    return [answer if isinstance(answer, str) else Refusal("jsonld.js", answer["refused"]) for answer in answers]


@pytest.fixture(scope="module")
def judged(peer) -> Callable[[str], Tally]:
    """The verdicts against jsonld.js over a family, found once."""

    @cache
    def judge(family: str) -> Tally:
        tally = Tally()
        triples = zip(specimens(family), our_forms(family), peer_forms(peer, family), strict=True)
        for specimen, ours, theirs in triples:
            tally.add(differences.jsonld_js(specimen, ours, theirs), specimen)
        return tally

    return judge


@families
def test_pyoxigraph_gives_the_same_form_of_the_document(family):
    tally = Tally()
    for specimen, form in accepted(family):
        tally.add(differences.pyoxigraph(specimen, form, engines.pyoxigraph(specimen.document)), specimen)
    tally.conclude(at_least=250)


@families
def test_pyoxigraph_gives_the_same_form_of_our_quads(family):
    assert [str(specimen) for specimen, form in accepted(family) if engines.pyoxigraph_nquads(form) != form] == []


@families
def test_pyld_gives_the_same_form_of_the_document(family):
    tally = Tally()
    for specimen, form in accepted(family):
        tally.add(differences.pyld(specimen, form, engines.pyld(specimen.document)), specimen)
    tally.conclude(at_least=200)


@families
def test_jsonld_js_gives_the_same_form_or_refuses_too(family, judged):
    judged(family).conclude(at_least=250)


def test_every_variant_refused_on_purpose_occurs(judged):
    seen = judged("structural").seen | judged("structural, second thousand").seen
    assert REFUSED_ON_PURPOSE.keys() - seen.keys() == set()
    assert len(seen[BOTH_REFUSE]) > 100


@pytest.mark.parametrize("hash_name", ["sha256", "sha384"])
def test_hard_graphs_have_the_same_form_everywhere(hash_name, peer):
    named = list(graphs.nquads(COUNT))
    theirs = peer.ask("canonicalize_nquads", texts=[text for _, text in named], algorithm=f"SHA-{hash_name[3:]}")
    for (name, text), their_form in zip(named, theirs, strict=True):
        ours = canonicalize_nquads(text, hash_name=hash_name, work=1_000_000)[0].decode()
        assert ours == their_form, name
        if not graphs.named_by_blank_node(text):
            assert ours == engines.pyoxigraph_nquads(text, hash_name=hash_name), name


@pytest.mark.parametrize("hash_name", ["sha256", "sha384"])
def test_hard_graphs_have_the_form_of_the_specification_read_by_the_letter(hash_name):
    for name, text in graphs.nquads(COUNT):
        ours = canonicalize_nquads(text, hash_name=hash_name, work=1_000_000)[0].decode()
        assert ours == reference.canonicalize_nquads(text, hash_name=hash_name), name


def test_pyoxigraph_still_differs_where_a_blank_node_names_a_hard_graph():
    chain = "_:a <urn:p> _:b _:e .\n_:b <urn:p> _:c _:e .\n_:c <urn:p> _:d _:e .\n_:d <urn:p> _:e _:e .\n"
    assert reference.canonicalize_nquads(chain, hash_name="sha256") != engines.pyoxigraph_nquads(chain)


def test_sha384_gives_the_same_form_everywhere(peer):
    theirs = peer_forms(peer, "colliding", algorithm="SHA-384")
    for specimen, their_form in zip(specimens("colliding"), theirs, strict=True):
        ours = engines.skillmark(specimen.document, hash_name="sha384")
        assert ours == their_form, specimen
        assert ours == engines.pyoxigraph(specimen.document, hash_name="sha384"), specimen


def badge(**members: object) -> Specimen:
    document = {"@context": LATEST, "type": ["VerifiableCredential"], **members}
    return Specimen(family="known", seed=0, document=document)


KNOWN = {
    "a tiny number as 0": badge(name=1e-7),
    "noncharacters left raw": badge(name="\uffff"),
    "lines in UTF-16 order": badge(name=["\U0001f600", "\uf8ff"]),
    "a large whole number as double": badge(name=1e20),
    "a double in its shortest digits": badge(name=0.1 + 0.2),
    "members of the first of two types dropped": badge(evidence={"type": ["Address", "Evidence"], "postalCode": "1"}),
    "a direction as RDF 1.2": badge(name={"@value": "x", "@language": "ar", "@direction": "rtl"}),
    "control characters left raw": badge(name="\x7f"),
    "a direction dropped": badge(name={"@value": "x", "@language": "ar", "@direction": "rtl"}),
}


@pytest.mark.parametrize("name", list(KNOWN)[:3])
def test_known_difference_of_jsonld_js_still_exists(name, peer):
    specimen = KNOWN[name]
    (theirs,) = peer.canonicalize([specimen.document])
    assert differences.jsonld_js(specimen, engines.skillmark(specimen.document), theirs) == name


@pytest.mark.parametrize("name", list(KNOWN)[3:7])
def test_known_difference_of_pyoxigraph_still_exists(name):
    specimen = KNOWN[name]
    ours = engines.skillmark(specimen.document)
    assert differences.pyoxigraph(specimen, ours, engines.pyoxigraph(specimen.document)) == name


@pytest.mark.parametrize("name", list(KNOWN)[7:])
def test_known_difference_of_pyld_still_exists(name):
    specimen = KNOWN[name]
    assert differences.pyld(specimen, engines.skillmark(specimen.document), engines.pyld(specimen.document)) == name
