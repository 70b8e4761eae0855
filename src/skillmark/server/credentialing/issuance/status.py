"""Status lists: drawing positions, and publishing the signed list as a file that is served without a database read."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from skillmark.credentials.encoding.strict_json import dumps
from skillmark.credentials.encoding.timestamps import format_timestamp
from skillmark.credentials.proofs.data_integrity import add_proof
from skillmark.credentials.status.allocation import Positions
from skillmark.credentials.status.bitstring import StatusList as Bits
from skillmark.credentials.status.credentials import status_list_credential
from skillmark.server.credentialing.issuance.models import Purpose, StatusEntry, StatusList
from skillmark.server.credentialing.signing.actions import signer_for
from skillmark.server.foundation.base.clock import now
from skillmark.server.foundation.base.identifiers import address
from skillmark.server.parties.organizations.models import Organization

VALIDITY = timedelta(hours=24)
RENEWAL = timedelta(hours=6)
# A verifier may use a copy for this long; a revocation is seen by all after that.
MAX_AGE = timedelta(minutes=5)
# A list half full is closed, so that free positions stay easy to draw and unused ones remain decoys.
FULL_SHARE = 2


def list_address(status_list: StatusList) -> str:
    """Where a list is published."""
    return address(f"/organizations/{status_list.organization.slug}/status/{status_list.number}")


def open_list(organization: Organization, purpose: Purpose) -> StatusList:
    """The list that new credentials are entered in; a new one when the last is full. Call it within a transaction."""
    Organization.objects.select_for_update().get(pk=organization.pk)
    lists = StatusList.objects.filter(organization=organization)
    found = lists.filter(purpose=purpose, full=False).order_by("number").first()
    return found or StatusList.objects.create(organization=organization, purpose=purpose, number=lists.count() + 1)


def draw(status_list: StatusList, count: int) -> list[int]:
    """Positions never given before, at random."""
    given = Bits(status_list.length)
    taken = list(status_list.entries.values_list("position", flat=True))
    for position in taken:
        given.set(position)
    positions = Positions(bytes(given))
    if len(taken) + count > status_list.length // FULL_SHARE:
        status_list.full = True
        status_list.save(update_fields=["full"])
    return list(positions.draw(count, os.urandom))


def published_list(organization_slug: str, number: int) -> bytes | None:
    """The list as it is published; signed anew when its validity runs low. No database read in between."""
    path = _path(organization_slug, number)
    fresh = path.is_file() and now().timestamp() - path.stat().st_mtime < RENEWAL.total_seconds()
    if fresh:
        return path.read_bytes()
    found = StatusList.objects.select_related("organization").filter(
        organization__slug=organization_slug, number=number
    )
    status_list = found.first()
    return publish(status_list) if status_list else None


@transaction.atomic
def publish(status_list: StatusList) -> bytes:
    """Sign the list as the database has it and put the file in place in one step.

    Under a lock: of two publishers at once, the one that read earlier must not write later and undo a revocation.
    """
    StatusList.objects.select_for_update().get(pk=status_list.pk)
    organization = status_list.organization
    _, signer = signer_for(organization)
    bits = Bits(status_list.length)
    for position in StatusEntry.objects.filter(status_list=status_list, is_set=True).values_list("position", flat=True):
        bits.set(position)
    moment = now()
    document = status_list_credential(
        list_address(status_list),
        organization.did,
        bits,
        purpose=str(status_list.purpose),
        valid_from=moment,
        valid_until=moment + VALIDITY,
        ttl=MAX_AGE,
    )
    signed = dumps(add_proof(document, signer, created=format_timestamp(moment)))
    _replace(_path(organization.slug, status_list.number), signed)
    return signed


def publish_what_is_behind() -> None:
    """Publish every list whose file is absent or older than its last change: a crash may have come in between."""
    for status_list in StatusList.objects.select_related("organization").annotate(changed=Max("entries__changed_at")):
        path = _path(status_list.organization.slug, status_list.number)
        behind = not path.is_file() or (status_list.changed and path.stat().st_mtime < status_list.changed.timestamp())
        if behind:
            publish(status_list)


def publish_after_commit(status_list: StatusList) -> None:
    """Publish once the change that asks for it is durable."""
    transaction.on_commit(lambda: publish(status_list))


def _path(organization_slug: str, number: int) -> Path:
    return Path(settings.SKILLMARK_HOME) / "published" / "status" / organization_slug / f"{number}.json"


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
