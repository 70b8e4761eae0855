"""The one allowed host of the test profile: an https server on loopback that serves status lists."""

import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from skillmark.errors import FetchError
from skillmark.fetching import Fetched
from skillmark.server.config.certificate import self_signed

HOST = "status.attack.test"


class ListServer(ThreadingHTTPServer):
    """Serves what it was given, by path, and remembers the paths asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.lists: dict[str, bytes] = {}
        self.asked: list[str] = []

    @property
    def place(self) -> tuple[str, int]:
        return "127.0.0.1", self.server_address[1]

    def offer(self, lists: Mapping[str, bytes]) -> None:
        self.lists.update({urlsplit(url).path: body for url, body in lists.items()})


class _Handler(BaseHTTPRequestHandler):
    server: ListServer

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        body = self.server.lists.get(self.path)
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Type", "application/vc+jwt")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[ListServer]:
    """A list server until the block ends."""
    certificate, key = self_signed(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = ListServer()
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class ListsInHand:
    """A fetcher that has the lists already, and nothing else."""

    def __init__(self, lists: Mapping[str, bytes]) -> None:
        self._lists = lists
        self.asked: list[str] = []

    def fetch(self, url: str, *, limit: int, accept: str = "*/*") -> Fetched:
        self.asked.append(url)
        body = self._lists.get(url)
        if body is None or len(body) > limit:
            raise FetchError("it is not served here")
        return Fetched(url=url, status=200, body=body, content_type="", headers={})
