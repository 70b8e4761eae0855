"""Fills an empty site with demonstration data: definitions from JSON, awards from real CSV files through the core."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from skillmark.server.credentialing.achievements.actions import publish
from skillmark.server.credentialing.achievements.definitions import AchievementDefinition
from skillmark.server.credentialing.issuance.actions import award_table, revoke, show_as_example
from skillmark.server.credentialing.signing.actions import add_key
from skillmark.server.parties.organizations.actions import found
from skillmark.server.parties.organizations.models import Organization
from skillmark.server.parties.organizations.queries import organizations

FOLDER = Path(__file__).parent
# Rows of these files become public examples; a negative row counts from the end.
EXAMPLES = {"intercultural-communication": 0, "data-storytelling": 1, "safe-robot-collaboration": 2}
EXPIRED = ("de-escalation-in-care", -1)
REVOKED = ("wound-care", 1)
UNLISTED = "halvard-robotics"


def load() -> str:
    """Load everything into an empty site and say what there is now; leave any other site alone."""
    if organizations().exists():
        return "The site has data already; the demonstration data was left out."
    by_slug = {fields["slug"]: _found(fields) for fields in _json("organizations.json")}
    _write_registry(by_slug)
    count = sum(_publish_and_award(path, by_slug) for path in sorted((FOLDER / "achievements").glob("*.json")))
    return f"Demonstration data: {len(by_slug)} organisations, {count} signed credentials."


def _found(fields: dict[str, Any]) -> Organization:
    organization = found(**fields)
    add_key(organization)
    return organization


def _write_registry(organizations_by_slug: dict[str, Organization]) -> None:
    """A registry that knows all issuers but one, so that both answers can be seen."""
    entries = [
        {"issuer": organization.did, "name": organization.name, "url": organization.url, "status": "listed"}
        for slug, organization in organizations_by_slug.items()
        if slug != UNLISTED
    ]
    folder = Path(settings.SKILLMARK_REGISTRIES)
    folder.mkdir(parents=True, exist_ok=True)
    document = {"type": "IssuerRegistry", "name": "Demonstration registry", "entries": entries}
    (folder / "demonstration.json").write_text(json.dumps(document, indent=2), encoding="utf-8")


def _publish_and_award(path: Path, organizations_by_slug: dict[str, Organization]) -> int:
    fields = _json(f"achievements/{path.name}")
    organization = organizations_by_slug[fields.pop("organization")]
    definition = AchievementDefinition.model_validate(fields)
    version = publish(organization, definition)
    with (FOLDER / "awards" / f"{definition.slug}.csv").open("rb") as table:
        issued = award_table(version, table)
    if definition.slug in EXAMPLES:
        show_as_example(issued[EXAMPLES[definition.slug]])
    for slug, row in (EXPIRED, REVOKED):
        if definition.slug == slug:
            show_as_example(issued[row])
    if definition.slug == REVOKED[0]:
        revoke(issued[REVOKED[1]], reason="Awarded by mistake: the bedside examination was not completed.")
    return len(issued)


def _json(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))
