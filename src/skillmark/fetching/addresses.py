"""Where the fetcher may go: the shape of an address, and which IP addresses are the public internet."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias
from urllib.parse import quote

import idna

from skillmark.errors import FetchError

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

URL_LIMIT: Final = 2048
_DEFAULT_PORTS: Final = {"https": 443, "http": 80}
# Below 1024 live mail, shells and databases of other people's making; https services live at 443 or above.
_LEAST_PORT: Final = 1024
_MOST_PORT: Final = 65535

_URL: Final = re.compile(
    r"([A-Za-z][A-Za-z0-9+.-]*)://(\[[0-9A-Fa-f:.]+\]|[^\x00-\x20\x7f/?#@:\[\]\\%]+)(?::([0-9]{1,5}))?"
    r"(/[^\x00-\x20\x7f?#\\\ud800-\udfff]*)?(\?[^\x00-\x20\x7f#\\\ud800-\udfff]*)?(?:#[^\x00-\x20\x7f]*)?"
)
_RESERVED: Final = "%/:?[]@!$&'()*+,;=~-._"
_NUMBER: Final = re.compile(r"[0-9]+|0[xX][0-9A-Fa-f]*")

# IANA's special-purpose registries, own list: what Python calls global has changed from release to release.
_NOT_PUBLIC: Final = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",  # a cloud's own metadata service at a public address
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
)  # fmt: skip
_GLOBAL_UNICAST: Final = ipaddress.ip_network("2000::/3")
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One address taken apart: what is asked (`path` with its query), whom, and whether the host is the allowed one."""

    scheme: str
    host: str
    port: int
    path: str
    allowed: bool

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def read_target(url: str, *, allowed_hosts: frozenset[str] = frozenset()) -> Target:
    """Take a URL apart, or refuse it: https, no user, no odd spelling of an IP address, port 443 or from 1024 on."""
    match = _URL.fullmatch(url) if len(url) <= URL_LIMIT else None
    if match is None:
        raise _refused("it is not the address of a web page")
    scheme, port = match[1].lower(), match[3]
    if scheme not in _DEFAULT_PORTS:
        raise _refused("only https addresses are fetched")
    number = int(port) if port else _DEFAULT_PORTS[scheme]
    path = quote((match[4] or "/") + (match[5] or ""), safe=_RESERVED)
    target = Target(scheme=scheme, host=_host(match[2]), port=number, path=path, allowed=False)
    if target.authority in allowed_hosts:
        return Target(scheme=scheme, host=target.host, port=number, path=path, allowed=True)
    _check_public(target)
    return target


def is_public(address: Address) -> bool:
    """Say whether this is an address of the public internet that no tunnel leads away from."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in _GLOBAL_UNICAST:
            return False
    return address.is_global and not any(address in network for network in _NOT_PUBLIC)


def check_addresses(addresses: Sequence[str], target: Target) -> None:
    """Refuse the host if it has no address, or a single one that is not public. Nothing says which."""
    found = [_parsed(address) for address in addresses]
    if not found or not (target.allowed or all(address is not None and is_public(address) for address in found)):
        raise FetchError("the address could not be fetched")


def look_up(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a host, in its order of preference."""
    entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in entries))


def _check_public(target: Target) -> None:
    if target.scheme != "https":
        raise _refused("only https addresses are fetched")
    if target.port != _DEFAULT_PORTS["https"] and not _LEAST_PORT <= target.port <= _MOST_PORT:
        raise _refused("only port 443 and ports from 1024 on are asked")
    literal = _parsed(target.host)
    if literal is not None and not is_public(literal):
        raise _refused("its IP address is not public")
    if literal is None and (_NUMBER.fullmatch(target.host.rsplit(".", 1)[-1]) or "." not in target.host):
        raise _refused("its host is no full domain name")


def _host(text: str) -> str:
    if text.startswith("["):
        try:
            return str(ipaddress.IPv6Address(text[1:-1]))
        except ValueError as error:
            raise _refused("its host is no IP address") from error
    try:
        name = idna.encode(text.removesuffix("."), uts46=True, std3_rules=True).decode("ascii").removesuffix(".")
    except idna.IDNAError as error:
        raise _refused("its host is no domain name") from error
    return name.lower()


def _parsed(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _refused(reason: str) -> FetchError:
    return FetchError(f"the address is not fetched: {reason}", rule="fetch-refused")
