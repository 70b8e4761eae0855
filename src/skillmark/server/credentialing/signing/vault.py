"""Custody of key secrets: sealed by a master key that is a file outside the database. Only `signing` imports this."""

from __future__ import annotations

import base64
import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from skillmark.errors import KeyMaterialError

MASTER_KEY_FILE = "master.key"
KEY_BYTES = 32
NONCE_BYTES = 12


def new_secret() -> bytes:
    """A fresh secret from which a private key is derived."""
    return secrets.token_bytes(KEY_BYTES)


def seal(secret: bytes, *, bound_to: str) -> bytes:
    """Encrypt a secret; it opens only for the same `bound_to`, so a row cannot borrow another row's secret."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_master_key(settings.SKILLMARK_HOME)).encrypt(nonce, secret, bound_to.encode())


def unseal(sealed: bytes, *, bound_to: str) -> bytes:
    """Decrypt a sealed secret."""
    cipher = AESGCM(_master_key(settings.SKILLMARK_HOME))
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to.encode())
    except InvalidTag as error:
        message = (
            f"The secret of {bound_to} does not open with {settings.SKILLMARK_HOME / MASTER_KEY_FILE}. "
            "Put back the master key that belongs to this database."
        )
        raise KeyMaterialError(message, rule="master-key") from error


@lru_cache(maxsize=4)
def _master_key(folder: Path) -> bytes:
    path = folder / MASTER_KEY_FILE
    _create_once(path)
    if path.stat().st_mode & 0o077:
        message = f"{path} can be read by others. Restrict it: chmod 600 {path}"
        raise KeyMaterialError(message, rule="master-key")
    try:
        key = base64.b64decode(path.read_bytes().strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        message = f"{path} must hold {KEY_BYTES} bytes in base64."
        raise KeyMaterialError(message, rule="master-key")
    return key


def _create_once(path: Path) -> None:
    """Write a new master key if none is there; complete before it has its name, so that no reader sees half a key."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(temporary, path)
    except FileExistsError:
        return
    finally:
        temporary.unlink()
