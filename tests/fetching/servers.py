"""Servers on this machine that misbehave on purpose, and that write down every connection they get."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Respond = Callable[[socket.socket, bytes], None]


@dataclass
class Server:
    port: int
    requests: list[bytes] = field(default_factory=list)
    """What each connection asked; empty bytes for one that asked nothing."""


@contextmanager
def serving(respond: Respond, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Serve on a port of 127.0.0.1 until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(listener.getsockname()[1])
        thread = threading.Thread(target=_accept, args=(listener, server, respond, tls), daemon=True)
        thread.start()
        yield server
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def _accept(listener: socket.socket, server: Server, respond: Respond, tls: ssl.SSLContext | None) -> None:
    with suppress(OSError):
        while True:
            connection, _ = listener.accept()
            connection.settimeout(5)
            with connection, suppress(OSError):
                _serve(connection, server, respond, tls)


def _serve(connection: socket.socket, server: Server, respond: Respond, tls: ssl.SSLContext | None) -> None:
    position = len(server.requests)
    server.requests.append(b"")
    secured = tls.wrap_socket(connection, server_side=True) if tls else connection
    with secured:
        request = b""
        while b"\r\n\r\n" not in request and (part := secured.recv(4096)):
            request += part
        server.requests[position] = request
        respond(secured, request)


def answering(body: bytes = b"{}", head: bytes = b"HTTP/1.1 200 OK", *fields: bytes) -> Respond:
    """A server that answers at once."""

    def respond(connection: socket.socket, _request: bytes) -> None:
        lines = [head, b"Content-Type: application/json", b"Content-Length: %d" % len(body), *fields, b"", b""]
        connection.sendall(b"\r\n".join(lines) + body)

    return respond


def sending(*parts: bytes) -> Respond:
    """A server that sends just these octets."""

    def respond(connection: socket.socket, _request: bytes) -> None:
        for part in parts:
            connection.sendall(part)

    return respond
