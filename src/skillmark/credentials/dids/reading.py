"""Documents from the network, read strictly: DID documents, other controller documents, JWK sets, single keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from skillmark.credentials.dids.documents import RELATIONSHIPS, ControllerDocument, VerificationMethod
from skillmark.credentials.dids.materials import read_key
from skillmark.credentials.encoding.strict_json import JsonObject, parse_object
from skillmark.credentials.encoding.timestamps import parse_timestamp
from skillmark.credentials.keys import PublicKey
from skillmark.errors import InputError, KeyMaterialError, ResolutionError

METHODS_LIMIT: Final = 256


def parse_controller_document(data: bytes, *, identifier: str) -> ControllerDocument:
    """Read the document that a DID led to (DID Core §5, Controlled Identifiers 1.0 §2)."""
    return read_controller_document(_parsed(data, identifier), identifier=identifier)


def parse_key_document(data: bytes, *, url: str) -> ControllerDocument:
    """Read whatever form of keys an https URL led to.

    A JWK set and a lone JWK name no controller: their URL is it. A lone verification method may name one; it is not
    listed for any purpose by itself, its controller's document has to do that.
    """
    document = _parsed(data, url)
    if "keys" in document:
        return _of_jwk_set(document["keys"], url=url)
    if "kty" in document:
        return _of_jwk(document, url=url)
    if "type" in document and "controller" in document and "verificationMethod" not in document:
        return _of_method(document, url=url)
    return read_controller_document(document, identifier=url)


def read_controller_document(document: JsonObject, *, identifier: str) -> ControllerDocument:
    """Read a parsed controller document; its `id` must be the identifier that led to it."""
    if document.get("id") != identifier:
        raise _fault(f"the document of {identifier} bears another id", rule="invalid-controlled-identifier-document-id")
    collected = _Collected(identifier)
    for entry in _list(document, "verificationMethod"):
        collected.add(entry)
    relationships = {}
    for name in RELATIONSHIPS:
        members = [
            collected.absolute(entry) if isinstance(entry, str) else collected.add(entry)
            for entry in _list(document, name)
        ]
        if members:
            relationships[name] = frozenset(members)
    return ControllerDocument(
        id=identifier, methods=collected.methods, relationships=relationships, unusable=collected.unusable
    )


class _Collected:
    """The methods met so far in one document, none twice."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.methods: dict[str, VerificationMethod] = {}
        self.unusable: dict[str, ResolutionError] = {}

    def add(self, entry: Any) -> str:
        """Take one method in and return its absolute identifier."""
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            raise _fault(f"a verification method of {self.base} is not an object with an id")
        identifier = self.absolute(entry["id"])
        if identifier in self.methods or identifier in self.unusable:
            raise _fault(f"the document of {self.base} lists {identifier} twice")
        if len(self.methods) + len(self.unusable) >= METHODS_LIMIT:
            raise _fault(f"the document of {self.base} lists more than {METHODS_LIMIT} methods")
        try:
            self.methods[identifier] = self._read(entry, identifier)
        except ResolutionError as error:
            self.unusable[identifier] = error
        return identifier

    def absolute(self, reference: str) -> str:
        return self.base + reference if reference.startswith("#") else reference

    def _read(self, entry: JsonObject, identifier: str) -> VerificationMethod:
        base, _, fragment = identifier.partition("#")
        if base != self.base or not fragment:
            raise _fault(f"the key {identifier} is not named under {self.base}", rule="invalid-verification-method")
        return _method(entry, identifier)


def _of_jwk_set(keys: Any, *, url: str) -> ControllerDocument:
    if not isinstance(keys, list):
        raise _fault(f"the JWK set of {url} has no list of keys")
    collected = _Collected(url)
    named = [
        collected.add({"id": _named(key["kid"], url), "type": "JsonWebKey", "controller": url, "publicKeyJwk": key})
        for key in keys
        if isinstance(key, dict) and isinstance(key.get("kid"), str)
    ]
    return ControllerDocument(
        id=url,
        methods=collected.methods,
        relationships={"assertionMethod": frozenset(named)},
        unusable=collected.unusable,
    )


def _named(kid: str, url: str) -> str:
    return kid if kid.startswith(url + "#") else f"{url}#{kid}"


def _of_jwk(document: JsonObject, *, url: str) -> ControllerDocument:
    entry = {"type": "JsonWebKey", "controller": url, "publicKeyJwk": document}
    method = _method(entry, url)
    return ControllerDocument(id=url, methods={url: method}, relationships={"assertionMethod": frozenset([url])})


def _of_method(document: JsonObject, *, url: str) -> ControllerDocument:
    identifier = document.get("id")
    if not isinstance(identifier, str) or identifier.partition("#")[0] != url:
        raise _fault(f"the key document of {url} bears another id", rule="invalid-controlled-identifier-document-id")
    return ControllerDocument(id=url, methods={identifier: _method(document, identifier)}, relationships={})


def _method(entry: JsonObject, identifier: str) -> VerificationMethod:
    controller = entry.get("controller")
    if not isinstance(controller, str):
        raise _fault(f"the key {identifier} names no controller", rule="invalid-verification-method")
    return VerificationMethod(
        id=identifier,
        controller=controller,
        key=_key(entry, identifier),
        revoked=_moment(entry, "revoked", identifier),
        expires=_moment(entry, "expires", identifier),
    )


def _key(entry: JsonObject, identifier: str) -> PublicKey:
    try:
        return read_key(entry)
    except KeyMaterialError as error:
        raise ResolutionError(f"the key {identifier} cannot be used: {error.message}", rule=error.rule) from error


def _moment(entry: JsonObject, name: str, identifier: str) -> datetime | None:
    """An end date that cannot be read makes the key unusable: it may mean that the key has ended."""
    text = entry.get(name)
    if text is None:
        return None
    try:
        return parse_timestamp(text if isinstance(text, str) else "")
    except InputError as error:
        raise _fault(f"'{name}' of the key {identifier} is no time", rule="invalid-verification-method") from error


def _list(document: JsonObject, name: str) -> Iterator[Any]:
    entries = document.get(name, [])
    if not isinstance(entries, list):
        raise _fault(f"'{name}' of a controller document is not a list")
    return iter(entries)


def _parsed(data: bytes, identifier: str) -> JsonObject:
    try:
        return parse_object(data)
    except InputError as error:
        raise _fault(f"the document of {identifier} cannot be read: {error.message}") from error


def _fault(message: str, *, rule: str = "invalid-controlled-identifier-document") -> ResolutionError:
    return ResolutionError(message, rule=rule)
