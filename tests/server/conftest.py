"""A site with the demonstration data in a folder of this run; and the same site served by a process of its own."""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import django
import pytest

HOME = Path(tempfile.mkdtemp(prefix="skillmark-test-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["SKILLMARK_HOME"] = str(HOME)
os.environ["SKILLMARK_ORIGIN"] = "http://localhost:8000"
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.server.settings"
for name in ("DATABASE_URL", "SKILLMARK_DEBUG"):
    os.environ.pop(name, None)
django.setup()
# Read by now. Left in place, a test process that starts later would load them before it has a folder of its own.
del os.environ["DJANGO_SETTINGS_MODULE"]

from django.conf import settings  # noqa: E402 - the settings must be named before anything of the site is imported
from django.test import Client  # noqa: E402

from skillmark.server.credentialing.issuance.models import IssuedCredential  # noqa: E402
from skillmark.server.demo.loading import load  # noqa: E402


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """The demonstration data, once; each test changes it in a transaction of its own."""
    with django_db_blocker.unblock():
        load()


@pytest.fixture(autouse=True)
def _fresh_published_files() -> Iterator[None]:
    """A list that a test published must not answer for the rows of the next."""
    yield
    shutil.rmtree(settings.SKILLMARK_HOME / "published", ignore_errors=True)


@pytest.fixture
def visitor(db: None) -> Client:
    """A browser that has never been here, strict about forms."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def visitor_without_form_check(db: None) -> Client:
    """A browser whose forms are always fresh."""
    return Client()


@pytest.fixture
def credential_of(db: None) -> Callable[[str], IssuedCredential]:
    """The first credential of an achievement that nobody has touched."""

    def find(slug: str) -> IssuedCredential:
        return IssuedCredential.objects.filter(award__version__achievement__slug=slug).order_by("id")[0]

    return find


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site as `skillmark serve --demo` runs it."""
    home = tmp_path_factory.mktemp("served")
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SKILLMARK_", "DJANGO_"))}
    command = [sys.executable, "-m", "skillmark.cli", "serve", "--demo", "--port", str(port)]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command, env={**environment, "SKILLMARK_HOME": str(home)}, stdout=log, stderr=log)
        try:
            _wait_for(port, process, home / "log")
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the site did not start: {log.read_text()}")
