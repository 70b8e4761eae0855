"""The third answer: is the issuer known? Looked up in the registries this verifier trusts, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from skillmark.credentials.trust import Registry, Standing
from skillmark.credentials.verifying.report import Answer, Check, Outcome, failed, unknown

_CLAUSE: Final = "issuer registries of this verifier"
NO_REGISTRY: Final = (
    Answer(Outcome.UNKNOWN, "no-registry"),
    unknown("issuer", "no issuer registry was given, so nothing is said about who the issuer is", clause=_CLAUSE),
)


def stand(issuer: Any, registries: Sequence[Registry], now: datetime) -> tuple[Answer, Check]:
    """Listed in one registry: passed. Listed as withdrawn: failed. Listed nowhere: unknown."""
    if not registries:
        return NO_REGISTRY
    found = [registry.lookup(issuer, now) for registry in registries] if isinstance(issuer, str) else []
    listings = [listing for listing in found if listing is not None]
    for listing in listings:
        if listing.standing is Standing.WITHDRAWN:
            text = f"{listing.registry} lists {listing.name} as withdrawn"
            return Answer(Outcome.FAILED, "withdrawn"), failed("issuer", text, clause=_CLAUSE)
    for listing in listings:
        text = f"{listing.registry} lists {listing.name}"
        return Answer(Outcome.PASSED, "listed"), Check("issuer", Outcome.PASSED, text, _CLAUSE)
    names = ", ".join(registry.name for registry in registries)
    return Answer(Outcome.UNKNOWN, "unlisted"), unknown("issuer", f"not listed in {names}", clause=_CLAUSE)
