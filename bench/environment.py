"""What the figures depend on: processor, runtimes, OpenSSL, package versions; and staying on one core."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from cryptography.hazmat.backends.openssl import backend

from bench.peers.process import Peer

PACKAGES = ("skillmark", "cryptography", "jsonschema-rs", "orjson", "openbadgeslib", "PyLD", "pynacl", "rfc8785")


def pin_to_one_core() -> int:
    """Bind this process, and every process it starts from now on, to one core; the core's number."""
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return core


def cpu_model() -> str:
    """The processor's name as the kernel gives it."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def described(peer: Peer | None, *, core: int) -> dict[str, Any]:
    """Everything to print above a table."""
    node = peer.ask("versions") if peer is not None else {"runtime": {}, "packages": {}}
    return {
        "cpu": cpu_model(),
        "cores": os.cpu_count(),
        "pinned to core": core,
        "python": platform.python_version(),
        "openssl of cryptography": backend.openssl_version_text(),
        "python packages": {name: _version(name) for name in PACKAGES},
        "node": node["runtime"],
        "node packages": node["packages"],
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"
