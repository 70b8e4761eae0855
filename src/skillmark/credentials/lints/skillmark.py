"""Our own rules: what makes a badge private, readable anywhere and useful, where no standard asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from skillmark.credentials.encoding.iris import is_https_url
from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.lints.findings import Authority, Finding, Severity, shown
from skillmark.credentials.lints.survey import UNSEEN, Survey
from skillmark.credentials.lints.vc_data_model import moment
from skillmark.credentials.model.european import is_level
from skillmark.credentials.model.extension import CONTEXT, VALUES, context_needed, uses
from skillmark.credentials.model.places import achievements, alignments, number, objects, subjects, text, texts
from skillmark.credentials.model.writing import OPEN_BADGES
from skillmark.credentials.status.entries import EntryKind

_warning: Final = partial(Finding, severity=Severity.WARNING, authority=Authority.SKILLMARK)
_notice: Final = partial(Finding, severity=Severity.NOTICE, authority=Authority.SKILLMARK)

_GUIDE: Final = "Skillmark, docs/guides/extension-context.md"
_PRIVACY: Final = "Skillmark, privacy of the recipient"
_READERS: Final = "Skillmark, readable anywhere"

_READ_ONLY_STATUS: Final = frozenset({EntryKind.STATUS_LIST_2021.value, EntryKind.REVOCATION_1EDTECH.value})
_SEVERAL: Final = frozenset(
    {"assessmentType", "entryRequirement", "learningOutcome", "participationForm", "qualityAssurance"}
)


def findings(document: JsonObject, noted: Survey) -> Iterator[Finding]:
    """Everything we object to."""
    yield from _contexts(document)
    yield from _texts(noted)
    yield from _terms(document, noted)
    yield from _identifiers(document)
    yield from _status(document)
    yield from _subjects(document)
    yield from _achievements(document)


def _contexts(document: JsonObject) -> Iterator[Finding]:
    contexts = document.get("@context")
    named = contexts if isinstance(contexts, list) else []
    if OPEN_BADGES not in named:
        yield _warning(
            rule="context-edition",
            message=f"new badges are written under {OPEN_BADGES}; name that edition",
            pointer="/@context/1",
            clause=_READERS,
        )
    if CONTEXT in named and not context_needed(document):
        yield _notice(
            rule="extension-context-unneeded",
            message=f"no term of {CONTEXT} occurs; without that context the badge reads in more places",
            pointer=f"/@context/{named.index(CONTEXT)}",
            clause=_READERS,
        )


def _texts(noted: Survey) -> Iterator[Finding]:
    for at, value in noted.texts:
        if found := UNSEEN.search(value):
            yield _warning(
                rule="text-unseen",
                message=f"U+{ord(found[0]):04X} cannot be seen and can change how the text around it looks; remove it",
                pointer=at,
                clause=_READERS,
            )


def _terms(document: JsonObject, noted: Survey) -> Iterator[Finding]:
    placed = set()
    for at, term, value in uses(document):
        placed.add(at)
        if fault := _term_fault(term, value):
            yield _warning(rule="term-value", message=f"{term}: {fault}", pointer=at, clause=_GUIDE)
    for at in noted.our_terms:
        if at not in placed:
            yield _warning(
                rule="term-misplaced",
                message=f"{at.rpartition('/')[2]} says nothing here; see where it belongs in the guide",
                pointer=at,
                clause=_GUIDE,
            )


def _term_fault(term: str, value: Any) -> str | None:
    if term == "notionalWorkload":
        hours = number({term: value}, term)
        return None if hours is not None and hours > 0 else f"expected hours as a number above 0; came {shown(value)}"
    said = texts({term: value}, term)
    if not all(said) or len(said) != (len(value) if isinstance(value, list) else 1):
        return f"expected text that is not empty; came {shown(value)}"
    if isinstance(value, list) and term not in _SEVERAL:
        return f"expected one text; came {shown(value)}"
    known = VALUES.get(term)
    strange = [word for word in said if known and word not in known and not word.startswith("ext:")]
    return (
        f"expected {', '.join(sorted(known or ()))} or an own term beginning with ext:; came {shown(strange[0])}"
        if strange
        else None
    )


def _identifiers(document: JsonObject) -> Iterator[Finding]:
    for at, subject in subjects(document):
        for where, identity in objects(subject, "identifier", at):
            yield from _identity(where, identity)


def _identity(at: str, identity: Mapping[str, Any]) -> Iterator[Finding]:
    if identity.get("hashed") is not True:
        if identity.get("identityType") == "emailAddress":
            yield _warning(
                rule="identity-plain",
                message="the e-mail address can be read by everyone who sees the badge; hash it",
                pointer=f"{at}/identityHash",
                clause=_PRIVACY,
            )
        return
    if (text(identity, "identityHash") or "").startswith("md5$"):
        yield _warning(
            rule="identity-md5",
            message="an MD5 hash is guessed quickly; use sha256$",
            pointer=f"{at}/identityHash",
            clause=_PRIVACY,
        )
    if not text(identity, "salt"):
        yield _warning(
            rule="identity-unsalted",
            message="without salt the same address has the same hash in every badge and is guessed quickly; add a salt",
            pointer=f"{at}/salt",
            clause=_PRIVACY,
        )


def _status(document: JsonObject) -> Iterator[Finding]:
    for at, entry in objects(document, "credentialStatus"):
        address = text(entry, "statusListCredential")
        if text(entry, "type") in _READ_ONLY_STATUS:
            yield _warning(
                rule="status-kind",
                message=f"{entry['type']} is read but no longer issued; use BitstringStatusListEntry",
                pointer=f"{at}/type",
                clause=_READERS,
            )
        elif address and not is_https_url(address):
            yield _warning(
                rule="status-address",
                message=f"verifiers fetch status lists over https only; came {shown(address)}",
                pointer=f"{at}/statusListCredential",
                clause=_READERS,
            )


def _subjects(document: JsonObject) -> Iterator[Finding]:
    for at, subject in subjects(document):
        start, end = moment(subject.get("activityStartDate")), moment(subject.get("activityEndDate"))
        if start and end and end < start:
            yield _warning(
                rule="activity-reversed",
                message="activityEndDate lies before activityStartDate; set it later",
                pointer=f"{at}/activityEndDate",
                clause=_READERS,
            )
        earned = number(subject, "creditsEarned")
        for _, achievement in objects(subject, "achievement", at):
            available = number(achievement, "creditsAvailable")
            if earned is not None and available is not None and earned > available:
                yield _warning(
                    rule="credits-exceeded",
                    message=f"{earned} credits earned are more than the {available} available; set one of them right",
                    pointer=f"{at}/creditsEarned",
                    clause=_READERS,
                )


def _achievements(document: JsonObject) -> Iterator[Finding]:
    for at, achievement in achievements(document):
        if "image" not in achievement:
            yield _notice(
                rule="image-missing",
                message="wallets and pages show the achievement's image; give one",
                pointer=f"{at}/image",
                clause=_READERS,
            )
    for at, alignment in alignments(document):
        if not is_level(alignment) and not (text(alignment, "targetFramework") and text(alignment, "frameworkVersion")):
            yield _notice(
                rule="alignment-bare",
                message="labels move between releases of a framework; give targetFramework and frameworkVersion",
                pointer=at,
                clause=_READERS,
            )
