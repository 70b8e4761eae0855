"""Installs the Node peers named in `package.json`, once for each content of that file."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
MANIFEST = HERE / "package.json"
MODULES = HERE / "node_modules"
STAMP = MODULES / ".skillmark-installed"
# No script of a package ever runs; the versions are pinned in the manifest.
COMMAND = ("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error")


class PeersMissingError(RuntimeError):
    """Node or its packages are not here and could not be installed."""


def install() -> Path:
    """Path of the peer program, after its packages are in place."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise PeersMissingError("node and npm are not installed")
    wanted = hashlib.sha256(MANIFEST.read_bytes()).hexdigest()
    with _one_at_a_time():
        if not _installed(wanted):
            _run_npm()
            STAMP.write_text(wanted)
    return HERE / "peer.mjs"


def _installed(wanted: str) -> bool:
    return STAMP.exists() and STAMP.read_text() == wanted


def _run_npm() -> None:
    try:
        subprocess.run(COMMAND, cwd=HERE, check=True, capture_output=True, text=True, timeout=600)
    except (subprocess.SubprocessError, OSError) as error:
        detail = getattr(error, "stderr", None) or str(error)
        raise PeersMissingError(f"npm could not install the peers: {detail.strip()[:500]}") from error


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Several test processes may arrive together; one of them installs."""
    name = hashlib.sha256(str(HERE).encode()).hexdigest()[:16]
    path = Path(tempfile.gettempdir()) / f"skillmark-peers-{os.getuid()}-{name}.lock"
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
