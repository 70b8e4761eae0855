"""Status list credentials: the document around a bit string, built unsigned, and read after its proof was verified."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.encoding.timestamps import format_timestamp, parse_timestamp
from skillmark.credentials.status.bitstring import MINIMUM_ENTRIES, StatusList, decode_list, value_at
from skillmark.credentials.status.entries import EntryKind, StatusEntry
from skillmark.credentials.status.problems import Problem, malformed, refusal
from skillmark.errors import InputError, StatusError

CONTEXT: Final = "https://www.w3.org/ns/credentials/v2"

_CREDENTIAL_TYPES: Final = {
    EntryKind.BITSTRING: "BitstringStatusListCredential",
    EntryKind.STATUS_LIST_2021: "StatusList2021Credential",
}
_SUBJECT_TYPES: Final = {EntryKind.BITSTRING: "BitstringStatusList", EntryKind.STATUS_LIST_2021: "StatusList2021"}
# As VC Data Model 2.0 names them, and as 1.1 does.
_VALID_FROM: Final = ("validFrom", "issuanceDate")
_VALID_UNTIL: Final = ("validUntil", "expirationDate")
_MOST_PURPOSES: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryStatus:
    """What a list says of one entry."""

    purpose: str
    value: int
    message: str = ""
    reason: str = ""

    @property
    def is_set(self) -> bool:
        return self.value != 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedList:
    """A status list as it was published, its bits inflated. Whether its proof held is known to whoever made it."""

    url: str
    issuer: str
    kind: EntryKind
    purposes: frozenset[str]
    bits: bytes
    size: int | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    ttl: timedelta | None = None

    def status(self, entry: StatusEntry) -> EntryStatus:
        """Look one entry up (Bitstring Status List 1.0 §3.2, steps 5 to 13); constant time."""
        self._require_match(entry)
        if len(self.bits) * 8 // entry.size < MINIMUM_ENTRIES:
            count = len(self.bits) * 8 // entry.size
            raise refusal(Problem.LIST_LENGTH, f"the list has {count} entries, fewer than {MINIMUM_ENTRIES}")
        value = value_at(self.bits, entry.index, entry.size)
        return EntryStatus(purpose=entry.purpose, value=value, message=entry.messages[value])

    def _require_match(self, entry: StatusEntry) -> None:
        if entry.list_url != self.url:
            raise refusal(Problem.VERIFICATION, f"the entry names {entry.list_url}, the list is {self.url}")
        if entry.kind is not self.kind:
            raise refusal(Problem.VERIFICATION, f"a {entry.kind} cannot point to a list of another type")
        if entry.purpose not in self.purposes:
            found = ", ".join(sorted(self.purposes))
            message = f"the entry's purpose is {entry.purpose!a}, the list's {found!a}"
            raise refusal(Problem.VERIFICATION, message, rule="status-purpose")
        if self.size not in (None, entry.size):
            raise refusal(Problem.VERIFICATION, f"the entry has {entry.size} bits, the list's entries {self.size}")


def status_list_credential(
    url: str,
    issuer: str | JsonObject,
    status_list: StatusList,
    *,
    purpose: str | list[str],
    valid_from: datetime,
    valid_until: datetime,
    ttl: timedelta | None = None,
) -> JsonObject:
    """Build the unsigned BitstringStatusListCredential that is published at `url` (§2.2).

    The width of entries stands in the entries: the context defines no term for it here.
    """
    if valid_until <= valid_from:
        raise malformed("a status list must end after it begins")
    subject: JsonObject = {
        "id": f"{url}#list",
        "type": "BitstringStatusList",
        "statusPurpose": purpose,
        "encodedList": status_list.encode(),
    }
    if ttl is not None:
        subject["ttl"] = ttl // timedelta(milliseconds=1)
    return {
        "@context": [CONTEXT],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": format_timestamp(valid_from),
        "validUntil": format_timestamp(valid_until),
        "credentialSubject": subject,
    }


def read_status_list(credential: JsonObject, *, url: str) -> DecodedList:
    """Read the status list credential found at `url` (§2.2, StatusList2021). Proof and dates are not judged here."""
    kind = _kind(credential)
    if credential.get("id", url) != url:
        message = f"the status list at {url} says it is {ascii(credential['id'])[:200]}"
        raise refusal(Problem.VERIFICATION, message, pointer="/id")
    subject = _subject(credential, kind)
    return DecodedList(
        url=url,
        issuer=_issuer(credential),
        kind=kind,
        purposes=_purposes(subject),
        bits=_bits(subject, kind),
        size=_whole_number(subject, "statusSize"),
        valid_from=_moment(credential, _VALID_FROM),
        valid_until=_moment(credential, _VALID_UNTIL),
        ttl=_ttl(subject),
    )


def _kind(credential: JsonObject) -> EntryKind:
    types = _listed(credential.get("type"))
    kinds = [kind for kind, name in _CREDENTIAL_TYPES.items() if name in types]
    if len(kinds) != 1:
        raise malformed(f"expected a status list credential, got type {ascii(credential.get('type'))[:80]}", "/type")
    return kinds[0]


def _subject(credential: JsonObject, kind: EntryKind) -> JsonObject:
    subjects = _listed(credential.get("credentialSubject"))
    if len(subjects) != 1 or not isinstance(subjects[0], dict):
        raise malformed("a status list credential has exactly one subject", "/credentialSubject")
    if _SUBJECT_TYPES[kind] not in _listed(subjects[0].get("type")):
        raise malformed(f"the subject of a status list must be a {_SUBJECT_TYPES[kind]}", "/credentialSubject/type")
    return subjects[0]


def _issuer(credential: JsonObject) -> str:
    issuer = credential.get("issuer")
    identifier = issuer.get("id") if isinstance(issuer, dict) else issuer
    if not isinstance(identifier, str) or not identifier:
        raise malformed("a status list credential must name its issuer", "/issuer")
    return identifier


def _purposes(subject: JsonObject) -> frozenset[str]:
    listed = _listed(subject.get("statusPurpose"))
    purposes = [purpose for purpose in listed if isinstance(purpose, str) and purpose]
    if not 0 < len(purposes) <= _MOST_PURPOSES or len(purposes) != len(listed):
        message = f"statusPurpose must be 1 to {_MOST_PURPOSES} strings"
        raise malformed(message, "/credentialSubject/statusPurpose")
    return frozenset(purposes)


def _bits(subject: JsonObject, kind: EntryKind) -> bytes:
    pointer = "/credentialSubject/encodedList"
    encoded = subject.get("encodedList")
    if not isinstance(encoded, str):
        raise malformed("encodedList must be a string", pointer)
    if kind is EntryKind.STATUS_LIST_2021:
        encoded = _multibase(encoded)
    try:
        return decode_list(encoded)
    except StatusError as error:
        error.pointer = pointer
        raise


def _multibase(encoded: str) -> str:
    # StatusList2021 says only base64: both alphabets and padding are in circulation. Gzip always begins with 'H'.
    return "u" + encoded.removeprefix("u").replace("+", "-").replace("/", "_").rstrip("=")


def _moment(credential: JsonObject, names: tuple[str, ...]) -> datetime | None:
    for name in names:
        if name in credential:
            value = credential[name]
            try:
                return parse_timestamp(value if isinstance(value, str) else ascii(value))
            except InputError as error:
                raise malformed(f"{name}: {error.message}", f"/{name}") from error
    return None


def _ttl(subject: JsonObject) -> timedelta | None:
    milliseconds = _whole_number(subject, "ttl")
    if milliseconds is None:
        return None
    try:
        return timedelta(milliseconds=milliseconds)
    except OverflowError:
        return timedelta.max


def _whole_number(subject: JsonObject, name: str) -> int | None:
    value = subject.get(name)
    if value is not None and (type(value) is not int or value < 0):
        raise malformed(f"{name} must be a whole number, not {ascii(value)[:60]}", f"/credentialSubject/{name}")
    return value


def _listed(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]
