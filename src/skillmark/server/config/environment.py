"""The one typed source of settings: environment variables, and the few values that the site keeps in its var folder."""

from __future__ import annotations

import hashlib
import ipaddress
import os
import re
import secrets
from functools import cached_property
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DEFAULT_ORIGIN = "http://localhost:8000"
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
SEED_DIGITS = 64


def _is_ip_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_local(host: str) -> bool:
    """Whether a name can only mean this machine (RFC 6761)."""
    return host in (*LOCAL_HOSTS, "::1") or host.endswith((".localhost", ".test"))


class Environment(BaseSettings):
    """What an operator may set. Every name is prefixed `SKILLMARK_`, except `DATABASE_URL`."""

    model_config = SettingsConfigDict(env_prefix="SKILLMARK_", frozen=True, extra="ignore", populate_by_name=True)

    home: Path = Path("var")
    origin: str = ""
    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    debug: bool = False
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    log_level: str = "WARNING"
    conformance: bool = False
    conformance_seed: str = Field(default="", repr=False)
    conformance_host: str = ""

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("origin")
    @classmethod
    def _is_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.netloc or parts.path not in ("", "/")):
            message = "expected scheme and host alone, such as https://badges.example.org"
            raise ValueError(message)
        if value and _is_ip_address(parts.hostname or ""):
            message = (
                "expected a host name: issuers are named by did:web, which knows no IP addresses (localhost works)"
            )
            raise ValueError(message)
        return value.rstrip("/")

    @field_validator("conformance_host")
    @classmethod
    def _is_place(cls, value: str) -> str:
        if value and not re.fullmatch(r"[a-z0-9.-]+=127\.0\.0\.1:[0-9]{1,5}", value):
            message = "expected name=127.0.0.1:port"
            raise ValueError(message)
        return value

    @model_validator(mode="after")
    def _is_no_production_site(self) -> Self:
        """The conformance profile signs with keys anyone can derive: a site that people use must never run it."""
        if not self.conformance:
            return self
        if not self.conformance_seed:
            message = "the conformance profile needs SKILLMARK_CONFORMANCE_SEED: 64 hexadecimal digits or a passphrase"
            raise ValueError(message)
        real = [host for host in self.hosts if not _is_local(host)]
        if real:
            message = f"the conformance profile runs on this machine alone, but this site answers to {', '.join(real)}"
            raise ValueError(message)
        return self

    @property
    def seed(self) -> bytes:
        """The 32 octets that the keys of the conformance profile come from; a passphrase is hashed."""
        text = self.conformance_seed.strip()
        is_hex = len(text) == SEED_DIGITS and not set(text.lower()) - set("0123456789abcdef")
        return bytes.fromhex(text) if is_hex else hashlib.sha256(text.encode()).digest()

    @property
    def allowed_host(self) -> tuple[str, tuple[str, int]] | None:
        """The one host the conformance profile fetches from this machine, and where it lies: `name=127.0.0.1:port`."""
        if not (self.conformance and self.conformance_host):
            return None
        name, _, place = self.conformance_host.partition("=")
        address, _, port = place.rpartition(":")
        return name, (address, int(port))

    @property
    def folder(self) -> Path:
        """The var folder, absolute: database, keys, published files."""
        return self.home.expanduser().resolve()

    @property
    def origin_file(self) -> Path:
        """Where the origin of the first start is kept: issued credentials name it for ever."""
        return self.folder / "origin"

    @cached_property
    def site_origin(self) -> str:
        """The origin under which everything is published: as set, else as first started, else the default."""
        if self.origin:
            return self.origin
        return self.origin_file.read_text().strip() if self.origin_file.exists() else DEFAULT_ORIGIN

    @property
    def hosts(self) -> list[str]:
        """Host names this site answers to."""
        return [urlsplit(self.site_origin).hostname or "", *LOCAL_HOSTS, *self.allowed_hosts]

    @property
    def database(self) -> str:
        """Where the rows are: SQLite in the var folder unless a database is named."""
        return self.database_url or f"sqlite:///{self.folder / 'skillmark.sqlite3'}"

    def secret_key(self) -> str:
        """Django's key for its own cookies, made on the first start; it signs no credential."""
        path = self.folder / "cookie.key"
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        return path.read_text().strip()
