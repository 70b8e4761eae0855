"""`skillmark inspect`: what a credential says, for people. Nothing is verified and nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from skillmark.cli import files, options, talk
from skillmark.cli.documents import STANDARD_INPUT, documents
from skillmark.cli.ending import CommandError
from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.lints import Finding, Severity, lint
from skillmark.credentials.verifying.reading import Opened, read
from skillmark.errors import SkillmarkError

app = typer.Typer(rich_markup_mode=None, add_completion=False)

_COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "dim"}
_LONGEST: Final = 300
# What people ask first, and where a badge keeps it.
_MEMBERS: Final = (
    ("credential", "name"),
    ("type", "type"),
    ("issuer", "issuer"),
    ("holder", "holder"),
    ("valid from", "validFrom"),
    ("valid until", "validUntil"),
    ("awarded", "awardedDate"),
)
_ACHIEVEMENT: Final = (
    ("achievement", "name"),
    ("kind", "achievementType"),
    ("description", "description"),
    ("criteria", "criteria"),
    ("credits", "creditsAvailable"),
    ("language", "inLanguage"),
    ("aligned with", "alignment"),
    ("created by", "creator"),
)


@app.command(
    epilog="""\b
Examples:
  skillmark inspect badge.json
  skillmark inspect badge.png --lint
  skillmark inspect badge.json --json
"""
)
def inspect(
    *,
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="JSON, JWT, baked PNG or SVG.")],
    findings: Annotated[bool, typer.Option("--lint", help="Also say what the standards object to.")] = False,
    json: options.Json = False,
) -> None:
    """Show what a credential says, whoever wrote it. To know whether to believe it, use `skillmark verify`."""
    opened = _open(file)
    found = lint(_unsecured(opened)) if findings else []
    if json:
        talk.print_json(_as_json(opened, found, linted=findings))
        return
    talk.print_text(f"{talk.printable(file)}: {opened.form}, not verified\n")
    for name, value in _lines(opened):
        talk.print_text(f"  {name:13} {talk.printable(value, limit=_LONGEST)}")
    if findings:
        talk.print_text(f"\nFindings: {len(found) or 'none'}")
    for finding in found:
        severity = talk.coloured(f"{finding.severity:8}", _COLOURS[finding.severity])
        place = f" (at {finding.pointer})" if finding.pointer else ""
        talk.print_text(f"  {severity} {finding.authority:14} {talk.printable(finding.message + place)}")


def _open(file: str) -> Opened:
    if file != STANDARD_INPUT:
        data = files.read(Path(file), what="credential")
    else:
        source = next(documents([file])).source
        data = source if isinstance(source, bytes) else source.encode()
    try:
        return read(data)
    except SkillmarkError as error:
        raise CommandError(f"{file} cannot be read as a credential: {error.message}", pointer=error.pointer) from error


def _unsecured(opened: Opened) -> JsonObject:
    return {name: value for name, value in opened.document.items() if name != "proof"}


def _as_json(opened: Opened, found: list[Finding], *, linted: bool) -> JsonObject:
    told: JsonObject = {"form": opened.form, "verified": False, "document": opened.document}
    if linted:
        names = ("rule", "severity", "authority", "message", "pointer", "clause")
        told["findings"] = [{name: str(getattr(finding, name)) for name in names} for finding in found]
    return told


def _lines(opened: Opened) -> Iterator[tuple[str, str]]:
    document = opened.document
    yield from _members(document, _MEMBERS)
    for subject in _listed(document.get("credentialSubject")):
        if isinstance(subject, dict):
            yield from _subject(subject)
    for evidence in _listed(document.get("evidence")):
        yield "evidence", _short(evidence)
    for entry in _listed(document.get("credentialStatus")):
        if isinstance(entry, dict):
            yield "status", f"{entry.get('statusPurpose')}, {entry.get('statusListIndex')} of {_short(entry)}"
    shown = _listed(document.get("verifiableCredential"))
    if shown:
        yield "credentials", f"{len(shown)} inside"
    yield from _proofs(opened)


def _subject(subject: JsonObject) -> Iterator[tuple[str, str]]:
    yield from _members(subject, (("subject", "id"),))
    for identifier in _listed(subject.get("identifier")):
        if isinstance(identifier, dict):
            hashed = "a hash of " if identifier.get("hashed") else ""
            yield "identified by", f"{hashed}{identifier.get('identityType')}: {identifier.get('identityHash')}"
    achievement = subject.get("achievement")
    if isinstance(achievement, dict):
        yield from _members(achievement, _ACHIEVEMENT)
    for result in _listed(subject.get("result")):
        if isinstance(result, dict):
            reached = result.get("value") or result.get("achievedLevel") or result.get("status")
            yield "result", f"{reached}"


def _proofs(opened: Opened) -> Iterator[tuple[str, str]]:
    if opened.token is not None:
        yield "signed as", f"{opened.form}, key {opened.token.header.get('kid', 'not named')}"
    for proof in _listed(opened.document.get("proof")):
        if isinstance(proof, dict):
            suite = proof.get("cryptosuite") or proof.get("type")
            yield "signed as", f"{suite} at {proof.get('created')} with {proof.get('verificationMethod')}"


def _members(node: JsonObject, names: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    for name, member in names:
        for value in _listed(node.get(member)):
            yield name, _short(value)


def _short(value: Any) -> str:
    """A value in a line: of an object, what names it."""
    if not isinstance(value, dict):
        return str(value)
    name = next((value[key] for key in ("name", "targetName", "narrative") if isinstance(value.get(key), str)), "")
    address = next(
        (value[key] for key in ("statusListCredential", "id", "targetUrl") if isinstance(value.get(key), str)), ""
    )
    return f"{name} ({address})" if name and address else name or address


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
