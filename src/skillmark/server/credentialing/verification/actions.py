"""Checking any credential, our own as a stranger's: by `credentials.verifying` and what is published, nothing else."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from skillmark.credentials.dids import DidResolver
from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.trust import Registry
from skillmark.credentials.verifying import Policy, Report, Verifier
from skillmark.errors import InputError
from skillmark.fetching import Fetcher, HttpFetcher, UnsafeAnyCertificate
from skillmark.server.credentialing.verification.patience import Patience
from skillmark.server.credentialing.verification.published import Published
from skillmark.server.foundation.base.clock import now

logger = logging.getLogger(__name__)

REQUEST_SECONDS = 5.0
CREDENTIALS = "/credentials/"
STRICT = Policy()


def verify(source: bytes | str | JsonObject, *, policy: Policy = STRICT) -> Report:
    """Verify bytes of any form, or what stands at an address. The network gets five seconds in all."""
    fetcher = _fetcher()
    verifier = Verifier(resolver=DidResolver(fetcher), fetcher=fetcher, clock=now, registries=_registries())
    return verifier.verify(source, policy=policy)


def verify_address(url: str) -> Report:
    """Verify what stands at an address; InputError if it is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise InputError("an address begins with https://", rule="address")
    return verify(url)


def own_path(identifier: str) -> str:
    """The path of one of our own credentials, or nothing."""
    path = identifier.removeprefix(settings.SKILLMARK_ORIGIN)
    return path if path != identifier and path.startswith(CREDENTIALS) else ""


def _fetcher() -> Fetcher:
    return Published(
        settings.SKILLMARK_ORIGIN,
        import_string(settings.SKILLMARK_PUBLISHED),
        Patience(_network, seconds=REQUEST_SECONDS),
    )


def _network(seconds: float) -> Fetcher:
    """The hardened fetcher; the conformance profile may name one host that lies on this machine."""
    if settings.SKILLMARK_ALLOWED_HOST is None:
        return HttpFetcher(timeout=seconds)
    name, place = settings.SKILLMARK_ALLOWED_HOST
    return HttpFetcher(
        timeout=seconds, allowed_hosts=frozenset({name}), allowed_at=place, certificate=UnsafeAnyCertificate()
    )


def _registries() -> tuple[Registry, ...]:
    """The registries the operator has put into the folder, in the core's file format."""
    paths = sorted(Path(settings.SKILLMARK_REGISTRIES).glob("*.json"))
    return tuple(filter(None, (_registry(path, path.stat().st_mtime_ns) for path in paths)))


@lru_cache(maxsize=32)
def _registry(path: Path, changed: int) -> Registry | None:
    """A registry, or nothing where the file is no registry: it vouches for nobody, and the log says why."""
    del changed  # part of the key alone: an edited file is read again
    try:
        return Registry.parse(path.read_bytes(), name=path.stem)
    except InputError as error:
        logger.warning("registry %s is left out: %s", path.name, error.message)
        return None
