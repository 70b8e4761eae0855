"""Status entries: what a credential says about where its status stands, read strictly, and written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from skillmark.credentials.encoding.iris import is_absolute_iri
from skillmark.credentials.encoding.strict_json import Json, JsonObject
from skillmark.credentials.status.bitstring import check_entry_size
from skillmark.credentials.status.problems import malformed
from skillmark.errors import StatusError

_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,9}")
_STATUS: Final = re.compile(r"0x[0-9A-Fa-f]{1,4}")
_UNSET: Final = {0: "unset", 1: "set"}


class EntryKind(StrEnum):
    """The entry types that are read."""

    BITSTRING = "BitstringStatusListEntry"
    STATUS_LIST_2021 = "StatusList2021Entry"
    REVOCATION_1EDTECH = "1EdTechRevocationList"


_UNUSUAL: Final = frozenset({"statusSize", "statusMessage", "statusReference"})
_KINDS: Final = {kind.value: kind for kind in EntryKind}


class Purpose(StrEnum):
    """The purposes with a meaning of their own (§2.2); any other text is kept as it is."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"
    REFRESH = "refresh"
    MESSAGE = "message"


IRREVERSIBLE: Final = frozenset({Purpose.REVOCATION, Purpose.REFRESH})


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusEntry:
    """One position in a bit string list."""

    kind: EntryKind
    purpose: str
    index: int
    list_url: str
    size: int = 1
    messages: Mapping[int, str] = field(default_factory=lambda: _UNSET)
    references: tuple[str, ...] = ()
    pointer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationListEntry:
    """A reference to a 1EdTech list of revoked credentials."""

    list_url: str
    pointer: str = ""
    purpose: str = Purpose.REVOCATION
    kind: EntryKind = EntryKind.REVOCATION_1EDTECH


def entry_members(credential: JsonObject) -> list[tuple[str, Json]]:
    """The members of `credentialStatus` with their JSON pointers, unread: one malformed entry hides no other."""
    status = credential.get("credentialStatus")
    if status is None:
        return []
    if isinstance(status, list):
        return [(f"/credentialStatus/{place}", member) for place, member in enumerate(status)]
    return [("/credentialStatus", status)]


def read_entry(member: Json, *, pointer: str = "") -> StatusEntry | RevocationListEntry:
    """Read one status entry (Bitstring Status List 1.0 §2.1, StatusList2021, 1EdTech Revocation List) or refuse it."""
    if not isinstance(member, dict):
        raise malformed("a status entry must be an object", pointer)
    kind = _kind(member, pointer)
    if kind is EntryKind.REVOCATION_1EDTECH:
        return RevocationListEntry(list_url=_url(member, "id", pointer), pointer=pointer)
    list_url = _url(member, "statusListCredential", pointer)
    if "id" in member and _url(member, "id", pointer) == list_url:
        raise malformed("the id of a status entry must differ from the address of its list", f"{pointer}/id")
    if not _UNUSUAL & member.keys():
        purpose, index = _text(member, "statusPurpose", pointer), _index(member, pointer)
        return StatusEntry(kind=kind, purpose=purpose, index=index, list_url=list_url, pointer=pointer)
    size = _size(member, pointer)
    return StatusEntry(
        kind=kind,
        purpose=_text(member, "statusPurpose", pointer),
        index=_index(member, pointer),
        list_url=list_url,
        size=size,
        messages=_messages(member, size, pointer),
        references=_references(member, pointer),
        pointer=pointer,
    )


def status_entry(
    list_url: str,
    index: int,
    *,
    purpose: str,
    size: int = 1,
    messages: Mapping[int, str] | None = None,
    references: Sequence[str] = (),
) -> JsonObject:
    """Write a BitstringStatusListEntry for a credential about to be issued (§2.1)."""
    entry: JsonObject = {
        "id": f"{list_url}#{index}",
        "type": EntryKind.BITSTRING.value,
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": list_url,
    }
    if size > 1:
        entry["statusSize"] = size
    if messages is not None:
        entry["statusMessage"] = [{"status": hex(value), "message": messages[value]} for value in sorted(messages)]
    if references:
        entry["statusReference"] = list(references)
    read_entry(entry)
    return entry


def _kind(member: JsonObject, pointer: str) -> EntryKind:
    declared = member.get("type")
    if isinstance(declared, str) and declared in _KINDS:
        return _KINDS[declared]
    types = declared if isinstance(declared, list) else [declared]
    known = [kind for kind in EntryKind if kind.value in types]
    if len(known) != 1:
        shown = ascii(declared)[:80]
        raise StatusError(
            f"expected a status entry of one type out of {', '.join(EntryKind)}, got {shown}",
            rule="status-type",
            pointer=f"{pointer}/type",
        )
    return known[0]


def _text(member: JsonObject, name: str, pointer: str) -> str:
    value = member.get(name)
    if not isinstance(value, str) or not value:
        raise malformed(f"{name} must be a string, not {_shown(value)}", f"{pointer}/{name}")
    return value


def _url(member: JsonObject, name: str, pointer: str) -> str:
    value = _text(member, name, pointer)
    if not is_absolute_iri(value):
        raise malformed(f"{name} must be a URL, not {_shown(value)}", f"{pointer}/{name}")
    return value


def _index(member: JsonObject, pointer: str) -> int:
    value = _text(member, "statusListIndex", pointer)
    # Not int(): it takes signs, underscores, spaces and the digits of every script.
    if _INDEX.fullmatch(value) is None:
        raise malformed(
            f"statusListIndex must be a decimal string of at most 10 digits, not {_shown(value)}",
            f"{pointer}/statusListIndex",
        )
    return int(value)


def _size(member: JsonObject, pointer: str) -> int:
    size = member.get("statusSize", 1)
    if type(size) is not int:
        raise malformed(f"statusSize must be an integer, not {_shown(size)}", f"{pointer}/statusSize")
    try:
        check_entry_size(size)
    except StatusError as error:
        raise malformed(error.message, f"{pointer}/statusSize") from error
    if size > 1 and "statusMessage" not in member:
        raise malformed("a statusSize above 1 needs a statusMessage for every value", f"{pointer}/statusMessage")
    return size


def _messages(member: JsonObject, size: int, pointer: str) -> Mapping[int, str]:
    if "statusMessage" not in member:
        return _UNSET
    listed, place = member["statusMessage"], f"{pointer}/statusMessage"
    if not isinstance(listed, list) or len(listed) != 1 << size:
        raise malformed(f"statusMessage must be an array of {1 << size} messages", place)
    messages = dict(_message(item, f"{place}/{number}") for number, item in enumerate(listed))
    if messages.keys() != set(range(1 << size)):
        raise malformed(f"statusMessage must have one message for each of {1 << size} values", place)
    return messages


def _message(item: Any, pointer: str) -> tuple[int, str]:
    if not isinstance(item, dict):
        raise malformed("a status message must be an object", pointer)
    status, message = _text(item, "status", pointer), _text(item, "message", pointer)
    if _STATUS.fullmatch(status) is None:
        raise malformed(f"status must be hexadecimal with the prefix 0x, not {_shown(status)}", f"{pointer}/status")
    return int(status, 16), message


def _references(member: JsonObject, pointer: str) -> tuple[str, ...]:
    value = member.get("statusReference", [])
    references = value if isinstance(value, list) else [value]
    for reference in references:
        if not isinstance(reference, str) or not is_absolute_iri(reference):
            raise malformed("statusReference must be a URL or an array of URLs", f"{pointer}/statusReference")
    return tuple(references)


def _shown(value: object) -> str:
    return ascii(value)[:60]
