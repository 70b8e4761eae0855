"""Which addresses may be fetched: judged by their text first, by every address of their host then."""

import ipaddress
import socket
from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmark.errors import FetchError
from skillmark.fetching.addresses import Target, check_addresses, is_public, look_up, read_target


def refusal(url: str, *hosts: str) -> str:
    with pytest.raises(FetchError) as caught:
        read_target(url, allowed_hosts=frozenset(hosts))
    assert caught.value.rule == "fetch-refused"
    return caught.value.message.removeprefix("the address is not fetched: ")


@pytest.mark.parametrize(
    ("url", "host", "port", "path"),
    [
        ("https://example.com", "example.com", 443, "/"),
        ("HTTPS://Example.COM:443/A/../b?c=d#e", "example.com", 443, "/A/../b?c=d"),
        ("https://example.com:8443?q", "example.com", 8443, "/?q"),
        ("https://example.com./", "example.com", 443, "/"),
        ("https://bücher.example/é?ü=%C3%A9", "xn--bcher-kva.example", 443, "/%C3%A9?%C3%BC=%C3%A9"),
        ("https://EXAMPLE。com/", "example.com", 443, "/"),
        ("https://8.8.8.8/", "8.8.8.8", 443, "/"),
        ("https://[2001:4860:4860:0::8888]:1024/", "2001:4860:4860::8888", 1024, "/"),
        ("https://example.com/#", "example.com", 443, "/"),
    ],
)
def test_public_https_address_is_taken_apart(url: str, host: str, port: int, path: str) -> None:
    assert astuple(read_target(url)) == ("https", host, port, path, False)


def test_authority_is_what_a_host_header_holds() -> None:
    assert read_target("https://example.com:443/").authority == "example.com"
    assert read_target("https://example.com:8443/").authority == "example.com:8443"
    assert read_target("https://[2001:4860:4860::8888]/").authority == "[2001:4860:4860::8888]"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "//example.com/",
        "https:/example.com/",
        "https:example.com",
        "https:///path",
        "https://",
        "https://example.com/\ud800",
        "https://example.com/?\udfff",
        "https://user@example.com/",
        "https://user:word@example.com/",
        "https://example.com@127.0.0.1/",
        "https://example.com:port/",
        "https://example.com:/",
        "https://exa mple.com/",
        "https://example.com/a b",
        "https://example.com/a\n",
        "https://example.com/a\r\nHost: localhost",
        "https://example.com\\@localhost/",
        "https://example.com/a\\b",
        "https://exam%70le.com/",
        "https://[::1/",
        "https://[fe80::1%25eth0]/",
        "file:///etc/passwd",
        "data:text/plain,a",
        "https://example.com/" + "a" * 2048,
    ],
)
def test_text_that_is_no_web_address_is_refused(url: str) -> None:
    assert refusal(url) == "it is not the address of a web page"


@pytest.mark.parametrize("scheme", ["http", "HTTP", "ftp", "gopher", "ws", "h2"])
def test_only_https_is_fetched(scheme: str) -> None:
    assert refusal(f"{scheme}://example.com/") == "only https addresses are fetched"


@pytest.mark.parametrize("port", [0, 1, 22, 25, 80, 442, 444, 1023, 65536, 99999])
def test_ports_of_other_services_are_refused(port: int) -> None:
    assert refusal(f"https://example.com:{port}/") == "only port 443 and ports from 1024 on are asked"


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "127.0.1",
        "127.0.0.0x1",
        "127.0.0.1.",
        "127.0.0.1。",
        "8.8.8.08",
        "8.8.8.256",
        "1.2.3.4.5",
        "example.0x",
        "\uff11\uff12\uff17.1",
        "localhost",
        "localhost.",
        "intranet",
    ],
)
def test_host_that_is_no_full_name_is_refused(host: str) -> None:
    assert refusal(f"https://{host}:18099/") in {"its host is no full domain name", "its IP address is not public"}


@pytest.mark.parametrize(
    "host", ["a_b.example", "-a.example", "a..example", "xn--a.example", "a" * 64 + ".example", "."]
)
def test_host_that_is_no_name_is_refused(host: str) -> None:
    assert refusal(f"https://{host}/") == "its host is no domain name"


@pytest.mark.parametrize("host", ["[1.2.3.4]", "[:::]", "[12345::]"])
def test_brackets_hold_an_address_of_version_6(host: str) -> None:
    assert refusal(f"https://{host}/") == "its host is no IP address"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "\uff11\uff12\uff17.\uff10.\uff10.\uff11",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:8.8.8.8]",
        "169.254.169.254",
        "100.64.0.1",
    ],
)
def test_ip_address_that_is_not_public_is_refused(host: str) -> None:
    assert refusal(f"https://{host}/") == "its IP address is not public"


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254"),
        *("169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1"),
        *("192.168.0.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1"),
        *("240.0.0.1", "255.255.255.255", "168.63.129.16"),
        *("::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::808:808"),
        *("100::1", "2001::1", "2001:db8::1", "2002:7f00:1::1", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1"),
        *("fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "4000::1"),
    ],
)
def test_address_of_special_use_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "8.8.8.8", "93.184.215.14", "172.32.0.1", "2001:4860:4860::8888", "2a00:1450::1", "64:ff9b::808:808"],
)
def test_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@given(st.ip_addresses())
def test_what_python_calls_private_is_never_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    mapped = isinstance(address, ipaddress.IPv6Address) and address in ipaddress.ip_network("64:ff9b::/96")
    if not mapped and (address.is_private or address.is_multicast or address.is_reserved or address.is_loopback):
        assert not is_public(address)


TARGET = Target(scheme="https", host="example.com", port=443, path="/", allowed=False)


@pytest.mark.parametrize(
    "addresses",
    [[], ["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["8.8.8.8", "::1"], ["8.8.8.8", "fe80::1%eth0"], ["what"]],
)
def test_host_with_one_address_that_is_not_public_is_refused_without_saying_which(addresses: list[str]) -> None:
    with pytest.raises(FetchError) as caught:
        check_addresses(addresses, TARGET)
    assert (caught.value.message, caught.value.rule) == ("the address could not be fetched", "fetch")


def test_host_with_public_addresses_alone_is_accepted() -> None:
    check_addresses(["8.8.8.8", "2001:4860:4860::8888"], TARGET)


@pytest.mark.parametrize("url", ["http://127.0.0.1:18080/a", "HTTP://127.0.0.1:18080/a", "https://127.0.0.1:18080/a"])
def test_allowed_host_may_be_this_machine_and_speak_http(url: str) -> None:
    target = read_target(url, allowed_hosts=frozenset({"127.0.0.1:18080"}))
    assert target.allowed
    assert target.path == "/a"
    check_addresses(["127.0.0.1"], target)
    with pytest.raises(FetchError):
        check_addresses([], target)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:18081/",
        "http://127.0.0.1/",
        "http://localhost:18080/",
        "http://127.1:18080/",
        "http://user@127.0.0.1:18080/",
        "http://127.0.0.1:18080@example.com/",
        "https://127.0.0.1:18081/",
    ],
)
def test_nothing_beside_the_allowed_host_and_port_is_allowed(url: str) -> None:
    refusal(url, "127.0.0.1:18080")


def test_looking_up_keeps_the_order_and_drops_repeats(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def system(host: str, port: int, **options: int) -> list[tuple]:
        asked.append((host, port, options))
        found = ["2001:db8::1", "192.0.2.7", "192.0.2.7"]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", system)
    assert look_up("example.com", 443) == ["2001:db8::1", "192.0.2.7"]
    assert asked == [("example.com", 443, {"type": socket.SOCK_STREAM})]
