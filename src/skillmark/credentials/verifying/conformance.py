"""Whether a document is well-formed: what the VC Data Model itself requires, and what Open Badges asks besides."""

from __future__ import annotations

from typing import Any, Final

from skillmark.credentials.contexts.registry import CONFORMANCE_ONLY, PRODUCT
from skillmark.credentials.model.schemas import kind_of, schema_faults
from skillmark.credentials.verifying.reading import Opened, types_of
from skillmark.credentials.verifying.report import Check, Outcome, failed

CLAUSE: Final = "VC Data Model 2.0, 4"
BADGES: Final = "Open Badges 3.0, data model"
_OF_A_CREDENTIAL: Final = frozenset({"VerifiableCredential", "issuer", "credentialSubject"})
_MOST_CONTEXTS: Final = 16
CONFORMS: Final = Check("conformance", Outcome.PASSED, "it is well-formed", CLAUSE)


def conform(opened: Opened, *, conformance: bool = False) -> tuple[list[Check], list[Check]]:
    """The faults that break the document itself, and those against Open Badges that change no answer."""
    grave: list[Check] = []
    light: list[Check] = []
    for fault in schema_faults(opened.document, kind=kind_of(opened.document)):
        check = failed("schema", fault.message, clause=CLAUSE if fault.essential else BADGES, pointer=fault.pointer)
        (grave if fault.essential else light).append(check)
    if opened.is_presentation and _OF_A_CREDENTIAL & {*opened.document, *map(str, types_of(opened.document))}:
        text = "a presentation shows credentials and is none: nobody could tell who states what"
        grave.append(failed("presentation", text, clause="VC Data Model 2.0, 4.13", pointer="/type"))
    grave += _contexts(opened.document.get("@context"), conformance=conformance)
    return grave, light


def _contexts(context: Any, *, conformance: bool) -> list[Check]:
    faults = []
    entries = context if isinstance(context, list) else [context]
    if len(entries) > _MOST_CONTEXTS:
        text = f"{len(entries)} contexts are more than the {_MOST_CONTEXTS} that are read"
        return [failed("context-count", text, clause=CLAUSE, pointer="/@context")]
    for entry in entries:
        if isinstance(entry, dict) and conformance:
            continue
        if not isinstance(entry, str):
            faults.append(
                failed(
                    "context-inline",
                    "a context must be the IRI of a pinned document",
                    clause=CLAUSE,
                    pointer="/@context",
                )
            )
        elif entry not in PRODUCT and not (conformance and entry in CONFORMANCE_ONLY):
            faults.append(
                failed(
                    "context-unknown",
                    f"the context {entry[:200]} is not pinned here",
                    clause=CLAUSE,
                    pointer="/@context",
                )
            )
    return faults
