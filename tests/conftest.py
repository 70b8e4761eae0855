"""Fixtures that every test may ask for, and the two rules for all: no network, no deadline on a busy machine."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests import machine, postgresql

# A machine with two busy cores is slow at random; what must be fast is shown in bench/.
hypothesis.settings.register_profile(
    "skillmark", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile("thorough", hypothesis.settings.get_profile("skillmark"), max_examples=2000)
hypothesis.settings.load_profile("skillmark")


def pytest_configure() -> None:
    machine.required(os.environ.get("SKILLMARK_REQUIRE", ""))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("loopback"):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "::1", "localhost"]))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published vectors, contexts, schemas and attacks."""
    return machine.need("shared", machine.shared(), "set SKILLMARK_SHARED to the folder that holds vectors/")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium."""
    return machine.need("chromium", machine.chromium(), "install Debian's chromium, or set SKILLMARK_BROWSER")


@pytest.fixture(scope="session")
def node() -> str:
    """The path of Node."""
    return machine.need("node", machine.node(), "install Node 20 or newer")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL database: SKILLMARK_POSTGRES, or one of a server started for this run."""
    if url := os.environ.get("SKILLMARK_POSTGRES"):
        yield url
        return
    programs = machine.need("postgres", machine.postgres_programs(), "install postgresql, or set SKILLMARK_POSTGRES")
    with postgresql.running(programs) as url:
        yield url
