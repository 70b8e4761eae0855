"""Issuer registries: files in which someone says which issuers they know. The format is in docs/guides.

Whom a verifier trusts is his choice: he hands in the registries. Nothing is fetched here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from skillmark.credentials.encoding.iris import is_absolute_iri, is_http_url
from skillmark.credentials.encoding.strict_json import Json, JsonObject, Limits, parse_object
from skillmark.credentials.encoding.timestamps import parse_timestamp
from skillmark.errors import InputError

FORMAT: Final = "IssuerRegistry"
UNNAMED: Final = "an unnamed registry"

_LIMITS: Final = Limits(size=16 << 20)
_MEMBERS: Final = frozenset({"type", "name", "publisher", "url", "updated", "entries", "proof"})
_ENTRY_MEMBERS: Final = frozenset({"issuer", "name", "url", "status", "since", "until", "note"})
# The lists of the Digital Credentials Consortium: {"meta": …, "registry": {DID: {"name": …}}}, once "entries".
_DCC_MEMBERS: Final = ("registry", "entries")


class Standing(StrEnum):
    """What a registry says of an issuer."""

    LISTED = "listed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One issuer in a registry. `until` ends a listing; of a withdrawn issuer it is the moment of withdrawal."""

    name: str
    registry: str
    standing: Standing = Standing.LISTED
    url: str = ""
    note: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def at(self, moment: datetime) -> Listing | None:
        """What the registry says for a moment: nothing before `since` and after the end of a plain listing."""
        if self.since is not None and moment < self.since:
            return None
        if self.until is None or moment >= self.until:
            return None if self.until is not None and self.standing is Standing.LISTED else self
        return replace(self, standing=Standing.LISTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """A named list of issuers by their exact identifiers."""

    name: str
    listings: Mapping[str, Listing]
    publisher: str = ""
    url: str = ""
    updated: datetime | None = None

    @classmethod
    def parse(cls, data: bytes | str, *, name: str = UNNAMED) -> Registry:
        """Read a registry file: our format, or a list of the Digital Credentials Consortium, which bears no name."""
        document = parse_object(data, limits=_LIMITS)
        if "type" not in document and isinstance(document.get("meta"), dict):
            return cls(name=name, listings=dict(_consortium_listings(document, name)))
        if document.get("type") != FORMAT:
            raise _fault(f'a registry has the type "{FORMAT}"', "/type")
        _known_members(document, _MEMBERS, "")
        title = _text(document, "name", "")
        return cls(
            name=title,
            listings=_listings(document, title),
            publisher=_text(document, "publisher", "", optional=True),
            url=_address(document, ""),
            updated=_moment(document, "updated", ""),
        )

    def lookup(self, issuer_id: str, moment: datetime | None = None) -> Listing | None:
        """The listing of exactly this identifier, as it stands at a moment where one is given."""
        listing = self.listings.get(issuer_id)
        return listing if listing is None or moment is None else listing.at(moment)


def _listings(document: JsonObject, registry: str) -> Mapping[str, Listing]:
    entries = document.get("entries")
    if not isinstance(entries, list):
        raise _fault("a registry has an array of entries", "/entries")
    listings: dict[str, Listing] = {}
    for place, entry in enumerate(entries):
        pointer = f"/entries/{place}"
        if not isinstance(entry, dict):
            raise _fault("an entry is an object", pointer)
        listing = _listing(entry, registry, pointer)
        for identifier in _identifiers(entry, pointer):
            if identifier in listings:
                raise _fault(f"{identifier} is listed twice: which entry counts?", f"{pointer}/issuer")
            listings[identifier] = listing
    return listings


def _listing(entry: JsonObject, registry: str, pointer: str) -> Listing:
    _known_members(entry, _ENTRY_MEMBERS, pointer)
    standing = _standing(entry, pointer)
    since, until = _moment(entry, "since", pointer), _moment(entry, "until", pointer)
    if standing is Standing.WITHDRAWN and until is None:
        raise _fault("a withdrawn issuer needs the moment of withdrawal", f"{pointer}/until")
    if since is not None and until is not None and until < since:
        raise _fault("a listing must end after it begins", f"{pointer}/until")
    return Listing(
        name=_text(entry, "name", pointer),
        registry=registry,
        standing=standing,
        url=_address(entry, pointer),
        note=_text(entry, "note", pointer, optional=True),
        since=since,
        until=until,
    )


def _identifiers(entry: JsonObject, pointer: str) -> list[str]:
    issuer = entry.get("issuer")
    given = issuer if isinstance(issuer, list) else [issuer]
    identifiers = [item for item in given if isinstance(item, str) and is_absolute_iri(item)]
    if not identifiers or len(identifiers) != len(given):
        raise _fault("an issuer is a DID or URL, or an array of them", f"{pointer}/issuer")
    return identifiers


def _standing(entry: JsonObject, pointer: str) -> Standing:
    status = _text(entry, "status", pointer)
    if status not in tuple(Standing):
        raise _fault(f"status is one of {', '.join(Standing)}, not {status!a}", f"{pointer}/status")
    return Standing(status)


def _consortium_listings(document: JsonObject, registry: str) -> Iterator[tuple[str, Listing]]:
    lists = [name for name in _DCC_MEMBERS if isinstance(document.get(name), dict)]
    if len(lists) != 1:
        raise _fault("a consortium's list has one object of issuers, named registry", "")
    for identifier, entry in document[lists[0]].items():
        pointer = f"/{lists[0]}/{identifier.replace('~', '~0').replace('/', '~1')}"
        if not isinstance(entry, dict) or not is_absolute_iri(identifier):
            raise _fault("an issuer is an object under its DID", pointer)
        yield identifier, Listing(name=_text(entry, "name", pointer), registry=registry, url=_address(entry, pointer))


def _known_members(document: JsonObject, known: frozenset[str], pointer: str) -> None:
    # A misspelt member would silently lose its meaning, for instance the date of a withdrawal.
    for name in document:
        if name not in known:
            raise _fault(f"{name!a} is not a member here; known are {', '.join(sorted(known))}", pointer)


def _text(document: JsonObject, name: str, pointer: str, *, optional: bool = False) -> str:
    value: Json = document.get(name, "")
    if not isinstance(value, str) or not (value or optional):
        raise _fault(f"{name} must be a text", f"{pointer}/{name}")
    return value


def _address(document: JsonObject, pointer: str) -> str:
    url = _text(document, "url", pointer, optional=True)
    if url and not is_http_url(url):
        raise _fault("url must be a web address", f"{pointer}/url")
    return url


def _moment(document: JsonObject, name: str, pointer: str) -> datetime | None:
    if name not in document:
        return None
    try:
        return parse_timestamp(_text(document, name, pointer))
    except InputError as error:
        raise _fault(f"{name}: {error.message}", f"{pointer}/{name}") from error


def _fault(message: str, pointer: str) -> InputError:
    return InputError(f"the issuer registry cannot be used: {message}", rule="registry", pointer=pointer)
