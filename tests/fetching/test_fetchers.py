"""The hardened fetcher against servers that misbehave: what it takes, what it refuses, and that it never waits long."""

import gzip
import json
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from skillmark.errors import FetchError
from skillmark.fetching import Fetched, HttpFetcher, OfflineFetcher, UnsafeAnyCertificate
from tests.fetching.servers import Respond, Server, answering, sending, serving

pytestmark = pytest.mark.loopback
UNIFORM = ("the address could not be fetched", "fetch")


def here(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


def fetcher(server: Server, **options) -> HttpFetcher:
    return HttpFetcher(allowed_hosts=frozenset({f"127.0.0.1:{server.port}"}), lookup=here, **options)


def get(server: Server, path: str = "/", *, limit: int = 1000, **options) -> Fetched:
    return fetcher(server, **options).fetch(f"http://127.0.0.1:{server.port}{path}", limit=limit)


def fault(call: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(FetchError) as caught:
        call()
    return caught.value.message, caught.value.rule


def test_answer_is_returned_whole() -> None:
    with serving(answering(b'{"a": 1}', b"HTTP/1.1 200 OK", b"X-Name: value")) as server:
        found = get(server, "/a?b#c")
    assert found.url == f"http://127.0.0.1:{server.port}/a?b#c"
    assert (found.status, found.body, found.content_type) == (200, b'{"a": 1}', "application/json")
    assert found.headers["x-name"] == "value"


def test_request_asks_for_little_and_tells_little() -> None:
    with serving(answering()) as server:
        fetcher(server).fetch(f"http://127.0.0.1:{server.port}/a?b#c", limit=10, accept="application/json")
    assert server.requests[0].decode().split("\r\n") == [
        "GET /a?b HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        "User-Agent: Skillmark",
        "Accept: application/json",
        "Accept-Encoding: identity",
        "Connection: close",
        "",
        "",
    ]


def test_answer_without_a_length_or_in_chunks_is_read_to_its_end() -> None:
    for parts in (
        [b"HTTP/1.1 200 OK\r\n\r\n", b"abc", b"def"],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"3\r\nabc\r\n", b"3\r\ndef\r\n0\r\n\r\n"],
    ):
        with serving(sending(*parts)) as server:
            found = get(server, limit=6)
        assert (found.body, found.content_type) == (b"abcdef", "")


BIG = b"x" * 1001
HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "respond",
    [
        pytest.param(answering(BIG), id="longer than the cap"),
        pytest.param(sending(HEAD + b"\r\n", *[b"x" * 600] * 3), id="longer than the cap, without saying so"),
        pytest.param(
            sending(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[b"400\r\n" + b"x" * 1024 + b"\r\n"] * 2),
            id="chunks",
        ),
        pytest.param(sending(HEAD + b"Content-Length: 9999999999\r\n\r\n"), id="a length over the cap"),
        pytest.param(sending(HEAD + b"Content-Length: -1\r\n\r\n"), id="a negative length"),
        pytest.param(sending(HEAD + b"Content-Length: 10\r\n\r\nshort"), id="cut short"),
        pytest.param(answering(gzip.compress(bytes(10_000_000)), HEAD.strip(), b"Content-Encoding: gzip"), id="bomb"),
        pytest.param(answering(b"{}", HEAD.strip(), b"Content-Encoding: br"), id="compressed"),
        pytest.param(answering(b"{}", b"HTTP/1.1 302 Found", b"Location: /other"), id="redirect"),
        pytest.param(answering(b"{}", b"HTTP/1.1 301 Moved", b"Location: http://127.0.0.1:1/"), id="redirect away"),
        pytest.param(answering(b"{}", b"HTTP/1.1 404 Not Found"), id="absent"),
        pytest.param(answering(b"{}", b"HTTP/1.1 500 Trouble"), id="trouble"),
        pytest.param(answering(b"{}", b"HTTP/1.1 206 Partial Content"), id="partial"),
        pytest.param(sending(b"HTTP/1.1 204 No Content\r\n\r\n"), id="empty"),
        pytest.param(sending(b""), id="nothing"),
        pytest.param(sending(b"SSH-2.0-OpenSSH_9.6\r\n"), id="another service"),
        pytest.param(sending(b"\x00" * 200_000), id="noise"),
        pytest.param(sending(HEAD + b"X: " + b"x" * 200_000), id="endless headers"),
        pytest.param(sending(HEAD + b"X-\xe9: 1\r\n\r\n"), id="a header name beyond ASCII"),
        pytest.param(sending(HEAD + b"Content-Length: \xb2\r\n\r\n"), id="a digit that is none"),
    ],
)
def test_every_other_answer_is_one_and_the_same_failure(respond: Respond) -> None:
    with serving(respond) as server:
        assert fault(lambda: get(server)) == UNIFORM
        assert len(server.requests) == 1


def test_body_of_exactly_the_cap_is_taken() -> None:
    with serving(answering(BIG)) as server:
        assert get(server, limit=1001).body == BIG


def dripping(connection: socket.socket, _request: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(100):
        time.sleep(0.05)
        connection.sendall(b"x")


def dripping_head(connection: socket.socket, _request: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    for _ in range(100):
        time.sleep(0.05)
        connection.sendall(b"x")


def silent(connection: socket.socket, _request: bytes) -> None:
    connection.recv(1)


@pytest.mark.parametrize("respond", [dripping, dripping_head, silent])
def test_server_that_drips_or_is_silent_is_left_at_the_deadline(respond: Respond) -> None:
    with serving(respond) as server:
        began = time.monotonic()
        assert fault(lambda: get(server, timeout=0.4)) == UNIFORM
        assert time.monotonic() - began < 2


def test_tls_that_never_begins_is_left_at_the_deadline() -> None:
    with serving(silent) as server:
        began = time.monotonic()
        call = fetcher(server, timeout=0.4)
        assert fault(lambda: call.fetch(f"https://127.0.0.1:{server.port}/", limit=10)) == UNIFORM
        assert time.monotonic() - began < 2


def test_look_up_that_hangs_is_left_at_the_deadline() -> None:
    def hanging(_host: str, _port: int) -> list[str]:
        time.sleep(1)
        return ["127.0.0.1"]

    began = time.monotonic()
    slow = HttpFetcher(lookup=hanging, timeout=0.2)
    assert fault(lambda: slow.fetch("https://slow.example/", limit=10)) == UNIFORM
    assert time.monotonic() - began < 0.9


def test_time_that_was_over_before_it_began_is_a_failure() -> None:
    assert fault(lambda: HttpFetcher(lookup=here, timeout=0).fetch("https://a.example/", limit=10)) == UNIFORM


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def test_closed_port_reads_like_every_other_failure() -> None:
    port = closed_port()
    found = HttpFetcher(allowed_hosts=frozenset({f"127.0.0.1:{port}"}), lookup=here)
    assert fault(lambda: found.fetch(f"http://127.0.0.1:{port}/", limit=10)) == UNIFORM


def test_second_address_is_tried_when_the_first_does_not_answer() -> None:
    with serving(answering(b"found")) as server:
        pair = HttpFetcher(
            allowed_hosts=frozenset({f"badges.example:{server.port}"}), lookup=lambda *_: ["127.0.0.2", "127.0.0.1"]
        )
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(socket, "create_connection", refusing_first(socket.create_connection))
            assert pair.fetch(f"http://badges.example:{server.port}/", limit=10).body == b"found"


def test_allowed_host_may_lie_at_a_place_of_its_own() -> None:
    """Name and port stand in the request as ever; only the connection goes elsewhere, and for that host alone."""
    with serving(answering(b"found")) as server:
        found = HttpFetcher(
            allowed_hosts=frozenset({"status.example:8443"}),
            allowed_at=("127.0.0.1", server.port),
            lookup=lambda *_: pytest.fail("nothing is looked up"),
        )
        assert found.fetch("http://status.example:8443/list", limit=10).body == b"found"
        assert b"Host: status.example:8443" in server.requests[0]
        other = HttpFetcher(
            allowed_hosts=frozenset({"status.example:8443"}), allowed_at=("127.0.0.1", server.port), lookup=here
        )
        assert fault(lambda: other.fetch("https://other.example:8443/list", limit=10)) == UNIFORM
        assert len(server.requests) == 1


def refusing_first(connect: Callable[..., socket.socket]) -> Callable[..., socket.socket]:
    def connecting(address: tuple[str, int], *rest, **options) -> socket.socket:
        if address[0] == "127.0.0.2":
            raise ConnectionRefusedError
        return connect(address, *rest, **options)

    return connecting


@pytest.mark.parametrize("error", [socket.gaierror(-2, "Name or service not known"), UnicodeError("label too long")])
def test_host_without_an_address_reads_like_every_other_failure(error: Exception) -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise error

    assert fault(lambda: HttpFetcher(lookup=unknown).fetch("https://absent.example/", limit=10)) == UNIFORM


def test_host_is_looked_up_once_and_its_name_stays_in_the_request() -> None:
    asked = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.9"]

    with serving(answering(b"pinned")) as server:
        found = HttpFetcher(allowed_hosts=frozenset({f"badges.example:{server.port}"}), lookup=rebinding)
        assert found.fetch(f"http://badges.example:{server.port}/", limit=10).body == b"pinned"
        assert asked == [("badges.example", server.port)]
        assert f"Host: badges.example:{server.port}".encode() in server.requests[0]


def test_name_that_leads_to_this_machine_is_refused_unasked() -> None:
    with serving(answering()) as canary:
        for answers in (["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"]):
            found = HttpFetcher(lookup=lambda *_, found=answers: found)
            assert fault(lambda found=found: found.fetch(f"https://a.example:{canary.port}/", limit=10)) == UNIFORM
        assert canary.requests == []


def test_published_internal_targets_are_refused_unasked(shared: Path) -> None:
    targets = json.loads((shared / "attack/A55-targets.json").read_text())["targets"]
    assert len(targets) == 20
    with serving(answering()) as canary:
        for target in targets:
            url = target.split()[0].replace("18099", str(canary.port))
            if not url.startswith("did:"):
                rule = fault(lambda url=url: HttpFetcher(lookup=here).fetch(url, limit=10))[1]
                assert rule == ("fetch" if "attack.test" in url else "fetch-refused")
        assert canary.requests == []


def test_redirect_of_the_allowed_host_leads_nowhere() -> None:
    with serving(answering()) as canary:
        away = b"Location: http://127.0.0.1:%d/" % canary.port
        with serving(answering(b"", b"HTTP/1.1 302 Found", away)) as server:
            assert fault(lambda: get(server)) == UNIFORM
        assert canary.requests == []


def test_proxies_of_the_environment_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answering(b"proxy")) as proxy, serving(answering(b"direct")) as server:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert get(server).body == b"direct"
        assert proxy.requests == []


def named(server: Server, **options) -> HttpFetcher:
    return HttpFetcher(allowed_hosts=frozenset({f"badges.example:{server.port}"}), lookup=here, **options)


def test_tls_asks_for_the_name_while_the_address_is_pinned(
    authority: tuple[Path, Path], server_tls: ssl.SSLContext
) -> None:
    with serving(answering(b"secret"), server_tls) as server:
        found = named(server, certificate=authority[0]).fetch(f"https://badges.example:{server.port}/", limit=10)
    assert found.body == b"secret"


def test_certificate_of_another_name_is_refused(authority: tuple[Path, Path], server_tls: ssl.SSLContext) -> None:
    with serving(answering(b"secret"), server_tls) as server:
        other = HttpFetcher(
            allowed_hosts=frozenset({f"other.example:{server.port}"}), lookup=here, certificate=authority[0]
        )
        assert fault(lambda: other.fetch(f"https://other.example:{server.port}/", limit=10)) == UNIFORM
        assert server.requests == [b""]


def test_unknown_certificate_is_refused_unless_the_word_is_said(server_tls: ssl.SSLContext) -> None:
    with serving(answering(b"secret"), server_tls) as server:
        url = f"https://badges.example:{server.port}/"
        assert fault(lambda: named(server).fetch(url, limit=10)) == UNIFORM
        assert named(server, certificate=UnsafeAnyCertificate()).fetch(url, limit=10).body == b"secret"


def test_absent_certificate_is_our_own_fault_and_said_so(tmp_path: Path) -> None:
    found = HttpFetcher(allowed_hosts=frozenset({"badges.example"}), lookup=here, certificate=tmp_path / "absent.pem")
    with pytest.raises(FileNotFoundError):
        found.fetch("https://badges.example/", limit=10)


def test_certificate_of_the_allowed_host_counts_for_it_alone(
    authority: tuple[Path, Path], server_tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another host, made to look public, is judged by the public authorities."""
    monkeypatch.setattr("skillmark.fetching.addresses.is_public", lambda _address: True)
    with serving(answering(b"secret"), server_tls) as server:
        for certificate in (authority[0], UnsafeAnyCertificate()):
            found = HttpFetcher(allowed_hosts=frozenset({"a.example"}), lookup=here, certificate=certificate)
            assert fault(lambda found=found: found.fetch(f"https://badges.example:{server.port}/", limit=9)) == UNIFORM


def test_one_fetcher_serves_again_and_again() -> None:
    with serving(answering(b"again")) as server:
        found = fetcher(server)
        bodies = [found.fetch(f"http://127.0.0.1:{server.port}/", limit=10).body for _ in range(3)]
    assert bodies == [b"again"] * 3
    assert len(server.requests) == 3


def test_test_profile_allows_one_host_and_no_second() -> None:
    with pytest.raises(ValueError, match="exactly one"):
        HttpFetcher(allowed_hosts=frozenset({"a.example", "b.example"}))


def test_offline_fetcher_fetches_nothing() -> None:
    assert fault(lambda: OfflineFetcher().fetch("https://example.com/", limit=10))[1] == "offline"


def test_http_library_is_loaded_by_the_first_fetch_only() -> None:
    code = """
import sys
from skillmark.errors import FetchError
from skillmark.fetching import HttpFetcher
fetcher = HttpFetcher()
before = "httpcore2" in sys.modules or "idna" in sys.modules
try:
    fetcher.fetch("http://a/", limit=1)
except FetchError:
    print(before, "httpcore2" in sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ})
    assert run.stdout.split() == [b"False", b"True"]
