"""Awarding and revoking. Award, signed bytes, status position and audit event are one commit."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from skillmark.credentials.encoding.timestamps import format_timestamp, parse_timestamp
from skillmark.credentials.issuing import Award as AwardValues
from skillmark.credentials.issuing import BatchIssuer, Definition, Identifier, StatusPosition
from skillmark.credentials.issuing.table import BadRow, GoodRow, lines_of, read_rows
from skillmark.errors import IssuingError
from skillmark.server.credentialing.achievements.documents import achievement_document
from skillmark.server.credentialing.achievements.models import Version
from skillmark.server.credentialing.issuance import status
from skillmark.server.credentialing.issuance.addresses import credential_address
from skillmark.server.credentialing.issuance.models import (
    Award,
    IssuedCredential,
    Purpose,
    StatusEntry,
    StatusList,
    Visibility,
)
from skillmark.server.credentialing.signing.actions import signer_for
from skillmark.server.credentialing.signing.models import IssuerKey
from skillmark.server.foundation.audit.actions import record
from skillmark.server.foundation.base.clock import now
from skillmark.server.foundation.base.identifiers import new_subject_id, new_token
from skillmark.server.parties.organizations.queries import profile


@transaction.atomic
def award(version: Version, rows: Sequence[AwardValues]) -> list[IssuedCredential]:
    """Award a version to people, all or none. The credentials name nobody: each has a subject id of its own."""
    organization = version.achievement.organization
    key, signer = signer_for(organization)
    issuer = BatchIssuer(definition_of(version), signer, created=format_timestamp(now()), randomness=os.urandom)
    status_list = status.open_list(organization, Purpose.REVOCATION)
    positions = status.draw(status_list, len(rows))
    issued = [
        _issue(version, row, issuer=issuer, key=key, status_list=status_list, position=position)
        for row, position in zip(rows, positions, strict=True)
    ]
    issuer.finish()
    record("award", organization_id=organization.pk, subject=str(version), count=len(issued))
    status.publish_after_commit(status_list)
    return issued


def award_table(version: Version, table: BinaryIO) -> list[IssuedCredential]:
    """Award from a CSV in the columns of `skillmark issue`. A bad row, named by line and column, stops them all."""
    rows = list(read_rows(lines_of(table), definition_of(version), created=format_timestamp(now())))
    faults = [str(row) for row in rows if isinstance(row, BadRow)]
    if faults:
        raise IssuingError("\n".join(faults), rule="award-table")
    return award(version, [row.award for row in rows if isinstance(row, GoodRow)])


def definition_of(version: Version) -> Definition:
    """What all credentials of a version share. They carry no identifier of a person but the subject id."""
    organization = version.achievement.organization
    return Definition(
        achievement=achievement_document(version), issuer=profile(organization), identifier=Identifier.NONE
    )


def _issue(
    version: Version, row: AwardValues, *, issuer: BatchIssuer, key: IssuerKey, status_list: StatusList, position: int
) -> IssuedCredential:
    token = new_token()
    values = _identified(row, token)
    place = StatusPosition(list_url=status.list_address(status_list), purpose=str(status_list.purpose), index=position)
    data = issuer.issue(values, status=(place,)).data
    credential = IssuedCredential.objects.create(
        award=_record(version, values),
        token=token,
        document=data,
        sha256=hashlib.sha256(data).hexdigest(),
        key=key,
    )
    StatusEntry.objects.create(credential=credential, status_list=status_list, position=position)
    return credential


def _identified(row: AwardValues, token: str) -> AwardValues:
    return AwardValues(
        email=row.email,
        name=row.name,
        subject_id=row.subject_id or new_subject_id(),
        awarded_date=row.awarded_date or format_timestamp(now()),
        valid_until=row.valid_until,
        evidence_url=row.evidence_url,
        evidence_narrative=row.evidence_narrative,
        results=row.results,
        credential_id=credential_address(token),
    )


def _record(version: Version, values: AwardValues) -> Award:
    evidence = {"url": values.evidence_url, "narrative": values.evidence_narrative}
    return Award.objects.create(
        organization=version.achievement.organization,
        version=version,
        subject_id=values.subject_id,
        recipient_name=values.name,
        recipient_email=values.email,
        awarded_at=parse_timestamp(values.awarded_date),
        valid_until=_moment(values.valid_until),
        evidence=[evidence] if any(evidence.values()) else [],
        results=[{"name": name, "value": value} for name, value in values.results.items()],
    )


def _moment(text: str) -> datetime | None:
    return parse_timestamp(text) if text else None


@transaction.atomic
def revoke(credential: IssuedCredential, *, reason: str) -> None:
    """Revoke for good, and publish the list that says so. The reason stays with the organisation."""
    entry = credential.status_entries.select_for_update().get(status_list__purpose=Purpose.REVOCATION)
    if entry.is_set:
        return
    entry.is_set, entry.changed_at, entry.reason = True, now(), reason
    entry.save(update_fields=["is_set", "changed_at", "reason"])
    record("credential.revoke", organization_id=credential.award.organization_id, subject=credential.sha256)
    status.publish_after_commit(entry.status_list)


def show_as_example(credential: IssuedCredential) -> None:
    """Let a credential be found from public pages."""
    credential.visibility = Visibility.PUBLIC
    credential.save(update_fields=["visibility"])
