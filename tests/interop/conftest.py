"""The Node peer, shared by all tests of the exchange."""

from collections.abc import Iterator

import pytest

from bench.peers.process import Peer
from tests import peers


@pytest.fixture(scope="session")
def peer(node) -> Iterator[Peer]:
    """One Node process with our contexts."""
    with peers.running(node) as running:
        yield running
