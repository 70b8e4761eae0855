"""The issuer's record of a status list: which positions are given, and what their values are.

One private file that several processes may change in turn. The published, signed list is made from it and lives
elsewhere. Positions given after a backup are not in the backup: after restoring one, start a new list.
"""

from __future__ import annotations

import fcntl
import os
from array import array
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from skillmark.credentials.encoding.strict_json import JsonObject, Limits, dumps, parse_object
from skillmark.credentials.status.allocation import Positions, Randomness
from skillmark.credentials.status.bitstring import MINIMUM_ENTRIES, StatusList, decode_list
from skillmark.credentials.status.credentials import status_list_credential
from skillmark.credentials.status.entries import IRREVERSIBLE, status_entry
from skillmark.errors import InputError, StatusError

FORMAT: Final = "skillmark-status-list"
VERSION: Final = 1

_LIMITS: Final = Limits(size=64 << 20)
_PRIVATE: Final = 0o600
_TEXTS: Final = ("url", "purpose", "verificationMethod", "given", "values")
_NUMBERS: Final = ("size", "givenCount")


@dataclass(slots=True, kw_only=True)
class StatusListFile:
    """The record of one list: its address and purpose, the key that signs it, the positions given and their values."""

    url: str
    purpose: str
    verification_method: str
    positions: Positions
    values: StatusList
    messages: Mapping[int, str] | None = field(default=None)

    @classmethod
    def new(
        cls,
        url: str,
        *,
        purpose: str,
        verification_method: str,
        length: int = MINIMUM_ENTRIES,
        size: int = 1,
        messages: Mapping[int, str] | None = None,
    ) -> StatusListFile:
        """A record of a list none of whose positions is given."""
        status_entry(url, 0, purpose=purpose, size=size, messages=messages)
        values = StatusList(length, size=size)
        return cls(
            url=url,
            purpose=purpose,
            verification_method=verification_method,
            positions=Positions(bytes(length // 8)),
            values=values,
            messages=messages,
        )

    @classmethod
    def parse(cls, data: bytes) -> StatusListFile:
        """Read a record, refusing one that was cut short or edited into contradiction."""
        record = parse_object(data, limits=_LIMITS)
        _check_members(record)
        messages = dict(enumerate(record["messages"])) if "messages" in record else None
        status_entry(record["url"], 0, purpose=record["purpose"], size=record["size"], messages=messages)
        positions = Positions(decode_list(record["given"]))
        values = StatusList.from_bytes(decode_list(record["values"]), size=record["size"])
        if positions.given != record["givenCount"] or positions.capacity != len(values):
            raise _damaged("its counts contradict each other")
        return cls(
            url=record["url"],
            purpose=record["purpose"],
            verification_method=record["verificationMethod"],
            positions=positions,
            values=values,
            messages=messages,
        )

    def dump(self) -> bytes:
        """The record as JSON, with the bit strings in the encoding of the standard."""
        record: JsonObject = {
            "format": FORMAT,
            "version": VERSION,
            "url": self.url,
            "purpose": self.purpose,
            "verificationMethod": self.verification_method,
            "size": self.values.size,
            "givenCount": self.positions.given,
            "given": StatusList.from_bytes(bytes(self.positions)).encode(),
            "values": self.values.encode(),
        }
        if self.messages is not None:
            record["messages"] = [self.messages[value] for value in sorted(self.messages)]
        return dumps(record)

    def draw(self, count: int, random: Randomness) -> array[int]:
        """Give positions at random, none of them ever given before."""
        return self.positions.draw(count, random)

    def get(self, index: int) -> int:
        """The value of a position that was given."""
        self._require_given(index)
        return self.values.get(index)

    def set(self, index: int, value: int = 1) -> None:
        """Change the value of a position that was given; revocation and refresh cannot be taken back (§2.2)."""
        before = self.get(index)
        if self.purpose in IRREVERSIBLE and before and value != before:
            raise StatusError(f"{self.purpose} cannot be taken back", rule="status-irreversible")
        self.values.set(index, value)

    def entry(self, index: int) -> JsonObject:
        """The `credentialStatus` of the credential that received a position."""
        self._require_given(index)
        return status_entry(self.url, index, purpose=self.purpose, size=self.values.size, messages=self.messages)

    def credential(
        self, issuer: str | JsonObject, *, valid_from: datetime, valid_until: datetime, ttl: timedelta | None = None
    ) -> JsonObject:
        """The unsigned status list credential to publish."""
        return status_list_credential(
            self.url,
            issuer,
            self.values,
            purpose=self.purpose,
            valid_from=valid_from,
            valid_until=valid_until,
            ttl=ttl,
        )

    def _require_given(self, index: int) -> None:
        if index not in self.positions:
            raise StatusError(f"position {index} was never given to a credential", rule="status-not-given")


def create(path: Path, record: StatusListFile) -> None:
    """Write a new record; an existing file is never overwritten."""
    try:
        with open(path, "xb", opener=_open_private) as file:
            _write_durably(file, record.dump())
    except FileExistsError:
        raise StatusError(f"{path} exists already: a record is never overwritten", rule="status-file") from None


def read(path: Path) -> StatusListFile:
    """Read a record for looking at it. To change one, use `editing`."""
    try:
        return StatusListFile.parse(path.read_bytes())
    except FileNotFoundError:
        raise StatusError(f"{path} does not exist: make it with `skillmark status new`", rule="status-file") from None


@contextmanager
def editing(path: Path) -> Iterator[StatusListFile]:
    """Hold the record alone, and keep what was changed if the block ends well.

    Positions must be kept before credentials that bear them leave the house: draw in one block, then sign. The lock is
    the kernel's, on a file beside the record, so a killed process leaves none behind; the new record replaces the old
    one in one step.
    """
    with open(path.with_name(path.name + ".lock"), "ab", opener=_open_private) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        record = read(path)
        yield record
        _replace(path, record.dump())


def _replace(path: Path, data: bytes) -> None:
    fresh = path.with_name(path.name + ".new")
    with open(fresh, "wb", opener=_open_private) as file:
        _write_durably(file, data)
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write_durably(file: Any, data: bytes) -> None:
    file.write(data)
    file.flush()
    os.fsync(file.fileno())


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, _PRIVATE)


def _check_members(record: JsonObject) -> None:
    if record.get("format") != FORMAT or record.get("version") != VERSION:
        raise InputError(f"expected a record of format {FORMAT}, version {VERSION}", rule="status-file")
    for name in _TEXTS:
        if not isinstance(record.get(name), str):
            raise _damaged(f"{name} must be a string")
    for name in _NUMBERS:
        if type(record.get(name)) is not int:
            raise _damaged(f"{name} must be a whole number")
    if not isinstance(record.get("messages", []), list):
        raise _damaged("messages must be an array")


def _damaged(reason: str) -> InputError:
    return InputError(f"the record of the status list is damaged: {reason}", rule="status-file")
