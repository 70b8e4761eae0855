"""`DidResolver`: from an identifier to its keys. What was fetched is kept for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from threading import Lock
from typing import Final, TypeAlias

from skillmark.credentials.dids import jwk_method, key_method, web_method
from skillmark.credentials.dids.documents import ControllerDocument, VerificationMethod
from skillmark.credentials.dids.reading import parse_controller_document, parse_key_document
from skillmark.credentials.keys import OPENSSL, Engine, fastest_engine
from skillmark.errors import FetchError, ResolutionError, SkillmarkError
from skillmark.fetching import Fetcher, OfflineFetcher

Found: TypeAlias = tuple[ControllerDocument, VerificationMethod]

IDENTIFIER_LIMIT: Final = 4096  # characters; an RSA key of 8192 bits as did:jwk has 1,900
DOCUMENT_LIMIT: Final = 1 << 20
CAPACITY: Final = 1024
LIFETIME: Final = 300.0
FAILURE_LIFETIME: Final = 30.0

_LOCAL: Final = (key_method.PREFIX, jwk_method.PREFIX)
_DID_TYPES: Final = "application/did+ld+json, application/did+json, application/json;q=0.9, */*;q=0.1"
_KEY_TYPES: Final = "application/ld+json, application/jwk-set+json, application/json;q=0.9, */*;q=0.1"


class DidResolver:
    """Resolves did:key and did:jwk by itself, did:web and https key documents through the fetcher.

    Fetched documents count for `lifetime` seconds of the clock, failures for 30. A key that cannot be had is a
    FetchError (nothing is known), an identifier or document that is wrong a ResolutionError (it has failed). Keys
    verify on the fastest engine unless another is given.
    """

    def __init__(
        self,
        fetcher: Fetcher | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        lifetime: float = LIFETIME,
        capacity: int = CAPACITY,
        engine: Engine | None = None,
    ) -> None:
        self._fetcher = fetcher or OfflineFetcher()
        self._clock = clock
        self._lifetime = lifetime
        self._capacity = capacity
        self._engine = engine or fastest_engine()
        self._lock = Lock()
        self._fetched: dict[str, tuple[float, ControllerDocument | SkillmarkError]] = {}
        self._local_document = lru_cache(maxsize=capacity)(self._resolve_local)
        self._local_method = lru_cache(maxsize=capacity)(self._dereference)

    def resolve(self, identifier: str) -> ControllerDocument:
        """Return the controller document of a DID or an https URL."""
        if identifier.startswith(_LOCAL):
            return self._local_document(identifier)
        if len(identifier) > IDENTIFIER_LIMIT:
            raise ResolutionError("the identifier is too long", rule="invalid-did")
        return self._resolve_remote(identifier)

    def dereference(self, url: str) -> Found:
        """Return the verification method that an absolute URL names, with the document that holds it."""
        return self._local_method(url) if url.startswith(_LOCAL) else self._dereference(url)

    def _dereference(self, url: str) -> Found:
        base, mark, fragment = url.partition("#")
        if not fragment and (mark or url.startswith("did:")):
            raise ResolutionError("a key of a DID is named by a fragment", rule="invalid-did-url")
        document = self.resolve(base)
        return document, document.method(url)

    def _resolve_local(self, did: str) -> ControllerDocument:
        if len(did) > IDENTIFIER_LIMIT:
            raise ResolutionError("the identifier is too long", rule="invalid-did")
        resolve = key_method.resolve_did_key if did.startswith(key_method.PREFIX) else jwk_method.resolve_did_jwk
        return self._ready(resolve(did))

    def _resolve_remote(self, identifier: str) -> ControllerDocument:
        now = self._clock()
        until, outcome = self._fetched.get(identifier, (now, None))
        if outcome is None or until <= now:
            outcome = self._fetch(identifier)
            seconds = self._lifetime if isinstance(outcome, ControllerDocument) else FAILURE_LIFETIME
            self._keep(identifier, now + seconds, outcome)
        if isinstance(outcome, ControllerDocument):
            return outcome
        raise type(outcome)(outcome.message, rule=outcome.rule)

    def _fetch(self, identifier: str) -> ControllerDocument | SkillmarkError:
        try:
            return self._ready(self._read(identifier))
        except (FetchError, ResolutionError) as error:
            return error

    def _read(self, identifier: str) -> ControllerDocument:
        if identifier.startswith(web_method.PREFIX):
            url = web_method.did_web_url(identifier)
            body = self._fetcher.fetch(url, limit=DOCUMENT_LIMIT, accept=_DID_TYPES).body
            return parse_controller_document(body, identifier=identifier)
        if identifier.startswith(("https://", "http://")):
            body = self._fetcher.fetch(identifier, limit=DOCUMENT_LIMIT, accept=_KEY_TYPES).body
            return parse_key_document(body, url=identifier)
        known = "did:key, did:jwk, did:web and https are supported"
        raise ResolutionError(
            f"no way is known from {identifier[:60]!a} to a key; {known}", rule="method-not-supported"
        )

    def _keep(self, identifier: str, until: float, outcome: ControllerDocument | SkillmarkError) -> None:
        with self._lock:
            self._fetched.pop(identifier, None)
            if len(self._fetched) >= self._capacity:
                del self._fetched[next(iter(self._fetched))]
            self._fetched[identifier] = until, outcome

    def _ready(self, document: ControllerDocument) -> ControllerDocument:
        """Let the chosen engine do the document's keys."""
        if self._engine is OPENSSL:
            return document
        methods = {
            name: replace(method, key=method.key.using(self._engine)) for name, method in document.methods.items()
        }
        return replace(document, methods=methods)
