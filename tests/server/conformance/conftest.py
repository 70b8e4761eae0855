"""The site in the conformance profile, in this process."""

import hashlib
from typing import Any

import pytest
from django.test import Client

from skillmark.fetching import OfflineFetcher
from skillmark.server.credentialing.verification import actions
from tests.server.conformance.surface import Surface

SEED = hashlib.sha256(b"a passphrase for tests").digest()


@pytest.fixture(autouse=True)
def profile(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Switched on, with a seed of its own; beyond the site there is no network."""
    monkeypatch.setattr(actions, "_network", lambda _seconds: OfflineFetcher())
    settings.SKILLMARK_CONFORMANCE = True
    settings.SKILLMARK_CONFORMANCE_SEED = SEED
    settings.ROOT_URLCONF = "tests.server.conformance.urls"


@pytest.fixture
def api() -> Surface:
    """The VC-API, to someone who has no cookie and no form token."""
    return Surface(Client(enforce_csrf_checks=True))
