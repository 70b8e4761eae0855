"""`skillmark issue`: one signed credential for each row of a CSV."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from skillmark.cli import options, talk
from skillmark.cli.batches.order import Order
from skillmark.cli.batches.running import Batch, Done, shown
from skillmark.cli.ending import CommandError, Ending
from skillmark.cli.signers import signer_for
from skillmark.credentials.baking import ImageKind
from skillmark.credentials.issuing import Form, Identifier
from skillmark.credentials.lints import Authority

app = typer.Typer(rich_markup_mode=None, add_completion=False)

_REQUIRED: Final = (Authority.EUROPEAN, Authority.SKILLMARK)

StatusLists = Annotated[
    list[Path] | None,
    typer.Option("--status-list", metavar="FILE", help="Record made by `skillmark status new`."),
]


@app.command(
    epilog="""\b
Examples:
  skillmark issue --achievement achievement.json --awards awards.csv --key issuer.key --out badges
  skillmark issue --achievement achievement.json --awards awards.csv --key issuer.key --out badges.jsonl \\
      --did did:web:example.org --issuer profile.json --status-list revocation.json
  skillmark issue ... --out pictures --bake png --image badge.png
  skillmark issue ... --out badges.jsonl --resume

\b
Columns of the CSV: email, name, subject_id (at least one of these three), awarded_date, valid_until,
evidence_url, evidence_narrative, result (or result:NAME for each of several), credential_id.

\b
Nothing is issued if any row is bad. Bad rows stand in OUT.errors.csv, ready to be corrected; what became
of each row stands in OUT.results.csv.
"""
)
def issue(
    *,
    achievement: Annotated[Path, typer.Option(metavar="FILE", help="The Achievement as JSON.")],
    awards: Annotated[Path, typer.Option(metavar="FILE", help="The awards as CSV, one a row.")],
    key: options.Key,
    out: Annotated[Path, typer.Option(metavar="DIR|FILE.jsonl", help="Folder, or JSON Lines file, for credentials.")],
    issuer: Annotated[Path | None, typer.Option(metavar="FILE", help="Profile of the issuer as JSON.")] = None,
    did: options.Did = None,
    format: Annotated[Form, typer.Option(help="How credentials are secured.")] = Form.DATA_INTEGRITY,
    cryptosuite: Annotated[str | None, typer.Option(metavar="NAME", help="Cryptosuite, where not the usual.")] = None,
    status_list: StatusLists = None,
    identifier: Annotated[Identifier, typer.Option(help="How the e-mail address stands.")] = Identifier.EMAIL_HASH,
    require: Annotated[
        list[str] | None, typer.Option(metavar="european|skillmark", help="Treat these warnings as errors.")
    ] = None,
    bake: Annotated[ImageKind | None, typer.Option(help="Put each credential into an image.")] = None,
    image: Annotated[Path | None, typer.Option(metavar="FILE", help="Image to bake into.")] = None,
    skip_bad_rows: Annotated[bool, typer.Option("--skip-bad-rows", help="Issue the good rows all the same.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where a run was killed.")] = False,
    passphrase_file: options.PassphraseFile = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> int:
    """Sign one credential for each row of a CSV. All rows are checked before the first one is signed."""
    order = Order(
        achievement=achievement,
        awards=awards,
        out=out,
        issuer=issuer,
        form=format,
        cryptosuite=cryptosuite,
        status_lists=tuple(status_list or ()),
        identifier=identifier,
        required=_required(require or []),
        bake=bake,
        image=image,
        skip_bad_rows=skip_bad_rows,
        resume=resume,
        quiet=quiet,
    )
    order.check()
    signer = signer_for(key, did, passphrase_file=passphrase_file)
    done = Batch(order, signer).run()
    if json:
        _print_json(order, done, signer.controller)
    return _told(order, done, signer.controller)


def _told(order: Order, done: Done, issuer: str) -> int:
    """Say what was done; 2 where the rows were in the way."""
    for line in shown(done.first_bad, done.bad):
        talk.say(f"  {talk.printable(line)}", quiet=order.quiet)
    if done.nothing_left:
        talk.say(f"Nothing is left to do: {done.issued} credentials are in {order.out}.", quiet=order.quiet)
        return Ending.VALID
    if not done.issued:
        talk.complain(_in_the_way(order, done))
        return Ending.FAILURE
    skipped = f", {done.bad} bad rows are in {order.errors}" if done.bad else ""
    talk.say(f"{done.issued} credentials are in {order.out}, signed by {issuer}{skipped}.", quiet=order.quiet)
    talk.say(f"What became of each row is in {order.results}.", quiet=order.quiet)
    return Ending.VALID


def _in_the_way(order: Order, done: Done) -> str:
    if not done.bad:
        return f"{order.awards} has no rows below its header; nothing was issued"
    many = f"{done.bad} of {done.bad + done.good} rows are bad"
    advice = "" if order.skip_bad_rows or not done.good else ", or issue the others with --skip-bad-rows"
    return f"{many}, so nothing was issued. They are in {order.errors} with what is wrong: correct them{advice}"


def _print_json(order: Order, done: Done, issuer: str) -> None:
    bad = [{"line": row.line, "column": row.column, "message": row.message} for row in done.first_bad]
    summary = {
        "issued": done.issued,
        "bad": done.bad,
        "issuer": issuer,
        "created": done.created,
        "out": str(order.out),
        "results": str(order.results) if done.issued else None,
        "errors": str(order.errors) if done.bad else None,
    }
    talk.print_json({"summary": summary, "bad_rows": bad})


def _required(names: list[str]) -> frozenset[str]:
    words = {word.strip() for name in names for word in name.split(",")}
    unknown = sorted(words - set(_REQUIRED))
    if unknown:
        raise CommandError(f"--require takes {' or '.join(_REQUIRED)}, not {unknown[0][:60]!a}")
    return frozenset(words)
