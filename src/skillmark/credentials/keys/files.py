"""Key files: PKCS#8 in PEM, encrypted, readable by their owner alone, never overwritten."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

from skillmark.credentials.keys.pem import SIZE_LIMIT, Passphrase
from skillmark.credentials.keys.private import PrivateKey
from skillmark.errors import KeyMaterialError

_OWNER_ONLY: Final = 0o600


def write_key_file(path: Path | str, key: PrivateKey, *, passphrase: Passphrase) -> None:
    """Write the key to a new file of mode 0600; a file of that name is never touched.

    The bytes are on the disk under another name before the file appears, so it is there whole or not at all.
    """
    target = Path(path)
    data = key.to_pem(passphrase)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        try:
            _write_through(draft, data)
            target.hardlink_to(draft)
        finally:
            draft.unlink(missing_ok=True)
        _flush_folder(target.parent)
    except FileExistsError as error:
        raise KeyMaterialError(f"{target} exists; a key file is never overwritten", rule="key-file") from error
    except OSError as error:
        raise KeyMaterialError(f"{target} cannot be written: {error.strerror}", rule="key-file") from error


def read_key_file(path: Path | str, *, passphrase: Passphrase) -> PrivateKey:
    """Read a key file under its passphrase; an unencrypted one only if `UnsafePlain` is said."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise KeyMaterialError(f"{path} cannot be read: {error.strerror}", rule="key-file") from error
    try:
        return PrivateKey.from_pem(data, passphrase)
    except KeyMaterialError as error:
        raise KeyMaterialError(f"{path}: {error.message}", rule=error.rule) from error


def _write_through(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
