"""The Node peers as tests see them: one process with our pinned contexts, or a skip that says what is missing."""

from collections.abc import Iterator
from contextlib import contextmanager

from bench.peers.installation import PeersMissingError
from bench.peers.process import Peer
from skillmark.credentials.contexts import registry
from tests import machine


def contexts():
    """Every context we ship, by IRI."""
    return {iri: registry.document(iri) for iri in registry.iris()}


@contextmanager
def running(node: str) -> Iterator[Peer]:
    """A running peer; `node` is asked for so that its absence is reported once and by name."""
    assert node
    try:
        peer = Peer(contexts())
    except PeersMissingError as error:
        peer = machine.need("node", None, str(error))
    with peer:
        yield peer
