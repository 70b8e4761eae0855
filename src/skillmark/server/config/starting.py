"""Starting the site: the var folder, the schema, the files, then the server. Loaded by the `serve` command alone."""

from __future__ import annotations

import importlib
import os
import socket
import sys
from collections.abc import Callable

import django
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces
from pydantic import ValidationError

from skillmark.server.config.certificate import self_signed
from skillmark.server.config.environment import Environment

SETTINGS = "skillmark.server.config.settings"
APPLICATION = "skillmark.server.config.wsgi:application"
PORTS_TO_TRY = 50
THREADS = 8
WRONG_USE = 2


def run(*, host: str, port: int, workers: int, load: Callable[[], str] | None = None, https: bool = False) -> None:
    """Prepare what is missing and serve until stopped. `load` fills an empty site and says what it did.

    With `https` the server itself speaks TLS, with a self-signed certificate for this machine.
    """
    free = free_port(host, port)
    if free != port:
        _say(f"Port {port} is taken; listening on {free} instead.")
    address = reachable(host, free, https=https)
    try:
        origin = settle_origin(address)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            _say(f"The settings do not allow a start: {fault['msg'].removeprefix('Value error, ')}")
        raise SystemExit(WRONG_USE) from None
    prepare()
    if load is not None:
        _say(load())
    _say(f"Skillmark is at {address}")
    if origin != address:
        _say(f"Its credentials are published under {origin}")
    certificate, key = self_signed(Environment().folder / "tls") if https else (None, None)
    Granian(
        APPLICATION,
        address=host,
        port=free,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        log_enabled=False,
        ssl_cert=certificate,
        ssl_key=key,
    ).serve()


def prepare() -> None:
    """Bring the database, the static files and the published status lists up to date."""
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False, clear=False)
    # Tables can be imported once Django is set up, not before.
    importlib.import_module("skillmark.server.credentialing.issuance.status").publish_what_is_behind()


def settle_origin(address: str) -> str:
    """The origin of this site: as set, else that of its first start, which is kept because credentials name it."""
    environment = Environment()
    environment.folder.mkdir(parents=True, exist_ok=True)
    if not environment.origin and not environment.origin_file.exists():
        environment.origin_file.write_text(f"{address}\n")
    return Environment().site_origin


def reachable(host: str, port: int, *, https: bool = False) -> str:
    """How a browser on this machine reaches the site."""
    name = "localhost" if host in ("127.0.0.1", "::1", "0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    return f"{'https' if https else 'http'}://{name}:{port}"


def free_port(host: str, port: int) -> int:
    """The port asked for, or the next free one."""
    for candidate in range(port, min(port + PORTS_TO_TRY, 65_536)):
        if _is_free(host, candidate):
            return candidate
    sys.exit(f"No free port from {port} to {port + PORTS_TO_TRY - 1}. Name another with --port.")


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
