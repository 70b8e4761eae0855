"""The one typed source of settings: environment variables, and the few values that the site keeps in its var folder."""

from __future__ import annotations

import ipaddress
import os
import secrets
from functools import cached_property
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DEFAULT_ORIGIN = "http://localhost:8000"
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


def _is_ip_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class Environment(BaseSettings):
    """What an operator may set. Every name is prefixed `SKILLMARK_`, except `DATABASE_URL`."""

    model_config = SettingsConfigDict(env_prefix="SKILLMARK_", frozen=True, extra="ignore", populate_by_name=True)

    home: Path = Path("var")
    origin: str = ""
    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    debug: bool = False
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    log_level: str = "WARNING"

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
