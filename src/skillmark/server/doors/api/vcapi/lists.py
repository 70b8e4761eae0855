"""Status lists of the profile: one for each issuer and purpose, kept in the var folder with the positions given."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.encoding.timestamps import format_timestamp
from skillmark.credentials.issuing import secure
from skillmark.credentials.status.list_file import StatusListFile, create, editing, read
from skillmark.errors import StatusError
from skillmark.server.doors.api.vcapi.issuers import Issuer
from skillmark.server.foundation.base.clock import now

PURPOSES = ("revocation", "suspension")
LIFETIME = timedelta(days=1)


def give_entry(issuer: Issuer, purpose: str) -> JsonObject:
    """A status entry at a position drawn at random and never given before."""
    with editing(_file(issuer, purpose)) as record:
        return record.entry(record.draw(1, os.urandom)[0])


def set_status(issuer: Issuer, purpose: str, index: int, *, value: bool) -> None:
    """Set or unset the bit of a credential that was issued here."""
    with editing(_file(issuer, purpose)) as record:
        record.set(index, int(value))


def published(issuer: Issuer, purpose: str) -> bytes:
    """The list as a signed credential."""
    moment = now().replace(microsecond=0)
    document = read(_file(issuer, purpose)).credential(
        issuer.did, valid_from=moment - timedelta(minutes=1), valid_until=moment + LIFETIME
    )
    return secure(document, issuer.signer, cryptosuite=issuer.cryptosuite, created=format_timestamp(moment))


def address(issuer: Issuer, purpose: str) -> str:
    """Where the list is published, under the configured origin."""
    path = reverse("vcapi:published:status-list", kwargs={"issuer": issuer.path, "purpose": purpose})
    return f"{settings.SKILLMARK_ORIGIN}{path}"


def _file(issuer: Issuer, purpose: str) -> Path:
    """The record of a list, made when first needed. Another seed is another issuer, hence another list."""
    folder = settings.SKILLMARK_HOME / "conformance"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{issuer.did.removeprefix('did:key:')}-{purpose}.json"
    if not path.exists():
        record = StatusListFile.new(
            address(issuer, purpose), purpose=purpose, verification_method=issuer.signer.verification_method
        )
        with suppress(StatusError):  # another process was first
            create(path, record)
    return path
