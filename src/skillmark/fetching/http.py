"""How a fetch is done: one look-up, one connection to the checked address, one answer, all before one deadline.

The only module that opens connections and that imports the HTTP library (httpx2's engine, whose network backends let an
address be pinned while TLS still asks for the host's name).
"""

from __future__ import annotations

import queue
import ssl
import threading
import time
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import httpcore2

from skillmark.errors import FetchError
from skillmark.fetching.addresses import Target, check_addresses, look_up, read_target
from skillmark.fetching.fetchers import Fetched, Lookup, UnsafeAnyCertificate

__all__ = ["PinnedFetcher", "look_up"]

_ADDRESSES_TRIED: Final = 4
_OK: Final = 200
# What can go wrong between us and a server. All of it reads the same to whoever asked.
_TROUBLE: Final = (
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.ConnectionNotAvailable,
    OSError,
    UnicodeError,
)


class PinnedFetcher:
    """The work behind `HttpFetcher`."""

    def __init__(
        self,
        *,
        allowed_hosts: frozenset[str],
        allowed_at: tuple[str, int] | None,
        certificate: Path | UnsafeAnyCertificate | None,
        timeout: float,
        lookup: Lookup,
    ) -> None:
        self._allowed_hosts = allowed_hosts
        self._allowed_at = allowed_at
        self._timeout = timeout
        self._lookup = lookup
        self._certificate = certificate

    def fetch(self, url: str, *, limit: int, accept: str = "*/*") -> Fetched:
        """See `Fetcher`."""
        deadline = Deadline(self._timeout)
        target = read_target(url, allowed_hosts=self._allowed_hosts)
        tls = _tls_of(self._certificate if target.allowed else None)
        try:
            backend = self._backend(target, deadline)
            with httpcore2.ConnectionPool(ssl_context=tls, network_backend=backend) as pool:
                return _ask(pool, target, url=url, limit=limit, accept=accept)
        except _TROUBLE as error:
            raise _failed() from error

    def _backend(self, target: Target, deadline: Deadline) -> PinnedBackend:
        if target.allowed and self._allowed_at is not None:
            address, port = self._allowed_at
            return PinnedBackend([address], deadline, port=port)
        addresses = _looked_up(self._lookup, target, deadline)
        check_addresses(addresses, target)
        return PinnedBackend(addresses, deadline)


class Deadline:
    """The moment by which a fetch must be over, however slowly the other side drips."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left; none is a time-out."""
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise httpcore2.TimeoutException
        return seconds


class PinnedBackend(httpcore2.NetworkBackend):
    """Connects to addresses that were checked, whatever host it is asked for."""

    def __init__(self, addresses: Sequence[str], deadline: Deadline, *, port: int | None = None) -> None:
        self._addresses = addresses[:_ADDRESSES_TRIED]
        self._port = port
        self._deadline = deadline
        self._backend = httpcore2.SyncBackend()

    def connect_tcp(self, host: str, port: int, *_: Any, **_options: Any) -> httpcore2.NetworkStream:  # noqa: ARG002
        """Connect to the first address that answers, each within its share of the time that is left."""
        for waiting, address in zip(range(len(self._addresses), 0, -1), self._addresses, strict=True):
            share = self._deadline.left() / waiting
            try:
                stream = self._backend.connect_tcp(address, self._port or port, timeout=share, socket_options=[])
                return TimedStream(stream, self._deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        raise httpcore2.ConnectError


class TimedStream(httpcore2.NetworkStream):
    """A connection none of whose steps may outlast the deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the deadline counts
        return self._stream.read(max_bytes, timeout=self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the deadline counts
        self._stream.write(buffer, timeout=self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the deadline counts
    ) -> httpcore2.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, timeout=self._deadline.left())
        return TimedStream(secured, self._deadline)


def _ask(pool: httpcore2.ConnectionPool, target: Target, *, url: str, limit: int, accept: str) -> Fetched:
    asked = httpcore2.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
    with pool.stream("GET", asked, headers=_headers(target, accept)) as answer:
        headers = {name.decode("ascii").lower(): value.decode("latin-1") for name, value in answer.headers}
        _check_head(answer.status, headers, limit=limit)
        body = _read_capped(answer.iter_stream(), limit=limit)
    kind = headers.get("content-type", "")
    return Fetched(url=url, status=answer.status, body=body, content_type=kind, headers=headers)


def _headers(target: Target, accept: str) -> dict[bytes | str, bytes | str]:
    return {
        "Host": target.authority,
        "User-Agent": "Skillmark",
        "Accept": accept,
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def _check_head(status: int, headers: dict[str, str], *, limit: int) -> None:
    """Refuse redirects and every other status, compressed bodies, and lengths over the cap."""
    length = headers.get("content-length", "0")
    if status != _OK or headers.get("content-encoding", "identity") != "identity":
        raise _failed()
    if not (length.isascii() and length.isdigit()) or int(length) > limit:
        raise _failed()


def _read_capped(chunks: Iterable[bytes], *, limit: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise _failed()
    return bytes(body)


def _looked_up(lookup: Lookup, target: Target, deadline: Deadline) -> Sequence[str]:
    """Look a host up in a thread of its own: the system's resolver knows no deadline."""
    answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(lookup(target.host, target.port))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True, name="look-up").start()
    try:
        answer = answers.get(timeout=deadline.left())
    except queue.Empty:
        raise _failed() from None
    if isinstance(answer, Exception):
        raise answer
    return answer


@cache
def _tls_of(certificate: Path | UnsafeAnyCertificate | None) -> ssl.SSLContext:
    context = httpcore2.default_ssl_context()
    if isinstance(certificate, UnsafeAnyCertificate):
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    elif certificate is not None:
        context.load_verify_locations(cafile=certificate)
    return context


def _failed() -> FetchError:
    return FetchError("the address could not be fetched")
