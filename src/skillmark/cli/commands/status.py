"""`skillmark status`: keep the record of a status list, and sign the list that is published."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Final

import typer

from skillmark.cli import files, options, talk
from skillmark.cli.ending import CommandError
from skillmark.cli.moments import now, now_as_text
from skillmark.cli.signers import signer_for
from skillmark.credentials.encoding.iris import is_https_url
from skillmark.credentials.issuing import secure
from skillmark.credentials.keys import LocalSigner
from skillmark.credentials.status import MINIMUM_ENTRIES, StatusEntry, entry_members, list_file, read_entry
from skillmark.credentials.status.list_file import StatusListFile
from skillmark.credentials.verifying.reading import read

app = typer.Typer(
    help="Make and change status lists.", no_args_is_help=True, rich_markup_mode=None, add_completion=False
)

_DAYS: Final = 365
_TTL: Final = timedelta(minutes=5)

Record = Annotated[Path, typer.Argument(metavar="L.json", help="Record made by `skillmark status new`.")]
Publish = Annotated[
    Path | None,
    typer.Option("--publish", metavar="FILE", help="Where the signed list goes; without it L.credential.json."),
]
Days = Annotated[int, typer.Option(min=1, max=3650, help="For how long the signed list counts.")]


@app.command(
    epilog="""\b
Examples:
  skillmark status new --url https://example.org/status/1 --purpose revocation --key issuer.key --out revocation.json
  skillmark issue ... --status-list revocation.json

\b
Two files are made: the record (private: it knows which positions are given), and beside it the signed list,
revocation.credential.json, which is to be published at the URL.
"""
)
def new(
    *,
    url: Annotated[str, typer.Option(help="https address at which the list will be published.")],
    key: options.Key,
    out: Annotated[Path, typer.Option(metavar="L.json", help="Record to make; none is ever overwritten.")],
    purpose: Annotated[str, typer.Option(help="revocation, suspension, refresh or message.")] = "revocation",
    length: Annotated[int, typer.Option(help="How many credentials the list has room for.")] = MINIMUM_ENTRIES,
    did: options.Did = None,
    publish: Publish = None,
    days: Days = _DAYS,
    passphrase_file: options.PassphraseFile = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Make a status list none of whose positions is given."""
    if not is_https_url(url):
        raise CommandError(f"--url takes the https address at which the list will be published, not {url[:80]!a}")
    if out.exists():
        raise CommandError(f"{out} exists already: a record is never overwritten")
    signer = signer_for(key, did, passphrase_file=passphrase_file)
    record = StatusListFile.new(url, purpose=purpose, verification_method=signer.verification_method, length=length)
    list_file.create(out, record)
    _publish(record, signer, publish or _beside(out), days=days)
    _tell(record, out, publish or _beside(out), json=json, quiet=quiet)


@app.command(
    name="set",
    epilog="""\b
Examples:
  skillmark status set revocation.json --key issuer.key --credential badges/000002.json
  skillmark status set suspension.json --key issuer.key --index 4711 --index 4712
  skillmark status set suspension.json --key issuer.key --index 4711 --clear
  skillmark status set revocation.json --key issuer.key        (changes nothing, signs the list anew)

\b
A revocation cannot be taken back. Publish the signed list afterwards.
""",
)
def change(
    *,
    file: Record,
    key: options.Key,
    index: Annotated[list[int] | None, typer.Option(help="Position; may be given several times.")] = None,
    credential: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Credential whose position is meant; may be repeated.")
    ] = None,
    value: Annotated[int, typer.Option(help="Value to set.")] = 1,
    clear: Annotated[bool, typer.Option("--clear", help="Take the status back, where its purpose allows it.")] = False,
    publish: Publish = None,
    days: Days = _DAYS,
    passphrase_file: options.PassphraseFile = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Set or clear the status of credentials, and sign the list anew."""
    record = list_file.read(file)
    indices = [*(index or []), *(_index_in(record, path) for path in credential or [])]
    signer = _signer_of(record, key, passphrase_file)
    with list_file.editing(file) as record:
        for position in indices:
            record.set(position, 0 if clear else value)
    _publish(record, signer, publish or _beside(file), days=days)
    _tell(record, file, publish or _beside(file), json=json, quiet=quiet)


@app.command(
    epilog="""\b
Examples:
  skillmark status show revocation.json
  skillmark status show revocation.json --index 4711
  skillmark status show revocation.json --credential badges/000002.json
"""
)
def show(
    *,
    file: Record,
    index: Annotated[list[int] | None, typer.Option(help="Position to look up; may be given several times.")] = None,
    credential: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Credential to look up; may be repeated.")
    ] = None,
    json: options.Json = False,
) -> None:
    """Show what a record says. Verifiers ask the published list, not this."""
    record = list_file.read(file)
    indices = [*(index or []), *(_index_in(record, path) for path in credential or [])]
    values = {str(position): record.get(position) for position in indices}
    if json:
        talk.print_json(_description(record) | ({"values": values} if values else {}))
        return
    for name, told in (values or _description(record)).items():
        talk.print_text(f"{name + ':':20} {talk.printable(told)}")


def _signer_of(record: StatusListFile, key: Path, passphrase_file: Path | None) -> LocalSigner:
    """The signer the list was made with: another one would make it somebody else's."""
    did = record.verification_method.partition("#")[0]
    signer = signer_for(key, did, passphrase_file=passphrase_file)
    if signer.verification_method != record.verification_method:
        raise CommandError(f"the list is signed with {record.verification_method}, and {key} is another key")
    return signer


def _index_in(record: StatusListFile, path: Path) -> int:
    """The position a credential has in the list."""
    document = read(files.read(path, what="credential")).document
    for pointer, member in entry_members(document):
        entry = read_entry(member, pointer=pointer)
        if isinstance(entry, StatusEntry) and (entry.list_url, entry.purpose) == (record.url, record.purpose):
            return entry.index
    raise CommandError(f"{path} has no {record.purpose} entry that points to {record.url}")


def _publish(record: StatusListFile, signer: LocalSigner, path: Path, *, days: int) -> None:
    start = now()
    document = record.credential(
        signer.controller, valid_from=start, valid_until=start + timedelta(days=days), ttl=_TTL
    )
    files.replace(path, secure(document, signer, created=now_as_text()))


def _beside(record: Path) -> Path:
    return record.with_name(f"{record.stem}.credential.json")


def _tell(record: StatusListFile, path: Path, published: Path, *, json: bool, quiet: bool) -> None:
    if json:
        talk.print_json(_description(record) | {"record": str(path), "credential": str(published)})
    talk.say(f"The signed list is {published}. Publish it as {record.url}; keep {path} to yourself.", quiet=quiet)


def _description(record: StatusListFile) -> dict[str, str | int]:
    bits = bytes(record.values)
    return {
        "url": record.url,
        "purpose": record.purpose,
        "verificationMethod": record.verification_method,
        "length": len(record.values),
        "given": record.positions.given,
        "free": record.positions.free,
        "set": int.from_bytes(bits, "big").bit_count() if record.values.size == 1 else sum(map(bool, bits)),
    }
