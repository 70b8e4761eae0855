"""The 1EdTech Revocation List Status Method 1.0: a plain list of revoked credentials. Read, never written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from skillmark.credentials.encoding.strict_json import Json, JsonObject
from skillmark.credentials.status.credentials import EntryStatus
from skillmark.credentials.status.entries import Purpose
from skillmark.credentials.status.problems import Problem, malformed, refusal

# The specification's text has the plural, its class model the singular.
_MEMBERS: Final = ("revokedCredentials", "revokedCredential")
_LONGEST: Final = 4096  # characters of an id that can be compared
_TRUTHS: Final[Mapping[object, bool]] = {True: True, False: False, "true": True, "false": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationList:
    """Who was revoked, and why, by comparable credential id."""

    url: str
    issuer: str | None
    reasons: Mapping[str, str]

    def status(self, credential_id: str, *, issuer: str) -> EntryStatus:
        """Whether a credential is listed. The list is unsigned, so it speaks for no issuer but the one it names."""
        if self.issuer is not None and _comparable(self.issuer) != _comparable(issuer):
            message = f"the list is of {self.issuer!a}, the credential of {issuer!a}"
            raise refusal(Problem.VERIFICATION, message)
        if len(credential_id) > _LONGEST:
            message = f"the credential's id has more than {_LONGEST} characters and cannot be compared"
            raise refusal(Problem.VERIFICATION, message)
        reason = self.reasons.get(_comparable(credential_id))
        return EntryStatus(purpose=Purpose.REVOCATION, value=int(reason is not None), reason=reason or "")


def read_revocation_list(document: JsonObject, *, url: str) -> RevocationList:
    """Read the document found at `url`; entries are objects or bare ids, `revoked` is true unless it says otherwise."""
    if document.get("id", url) != url:
        raise refusal(Problem.VERIFICATION, f"the revocation list at {url} says it is another", pointer="/id")
    issuer = document.get("issuer")
    issuer_id = issuer.get("id") if isinstance(issuer, dict) else issuer
    if issuer_id is not None and not isinstance(issuer_id, str):
        raise malformed("issuer must be a URL", "/issuer")
    return RevocationList(url=url, issuer=issuer_id, reasons=dict(_revoked(document)))


def _revoked(document: JsonObject) -> Iterator[tuple[str, str]]:
    names = [name for name in _MEMBERS if name in document]
    if len(names) != 1:
        raise malformed("a revocation list must have one member revokedCredentials", "")
    listed = document[names[0]]
    for place, item in enumerate(listed if isinstance(listed, list) else [listed]):
        if isinstance(item, str):
            yield _comparable(item), ""
        elif not isinstance(item, dict) or not isinstance(item.get("id"), str):
            raise malformed("an entry of a revocation list must have an id", f"/{names[0]}/{place}")
        elif _is_revoked(item.get("revoked", True), f"/{names[0]}/{place}"):
            yield _comparable(item["id"]), str(item.get("revocationReason", ""))


def _is_revoked(value: Json, pointer: str) -> bool:
    # Published lists write the truth value as text too. Numbers are none: 1 == True in Python.
    if not isinstance(value, bool | str) or value not in _TRUTHS:
        raise malformed("revoked must be true or false", f"{pointer}/revoked")
    return _TRUTHS[value]


def _comparable(identifier: str) -> str:
    """Open Badges 3.0 §10: ids are compared unescaped and trimmed."""
    text = identifier.strip()
    return unquote(text) if "%" in text and len(text) <= _LONGEST else text
