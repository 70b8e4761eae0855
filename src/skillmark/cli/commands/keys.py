"""`skillmark keys`: make a key, show its public half, print the did.json that publishes it."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from skillmark.cli import files, options, talk
from skillmark.cli.ending import CommandError
from skillmark.cli.passphrases import passphrase
from skillmark.cli.signers import fragment_of, private_key
from skillmark.credentials.dids import did_key, did_web, did_web_document
from skillmark.credentials.keys import Algorithm, PrivateKey, PublicKey, write_key_file

app = typer.Typer(help="Make and show keys.", no_args_is_help=True, rich_markup_mode=None, add_completion=False)

_PUBLIC_LABEL: Final = b"-----BEGIN PUBLIC KEY-----"
_KEY_SIZE: Final = 64 << 10


class Kind(StrEnum):
    """The kinds of key by the names the command line takes."""

    ED25519 = "ed25519"
    P256 = "p256"
    P384 = "p384"
    RSA = "rsa"


_ALGORITHMS: Final = {
    Kind.ED25519: Algorithm.ED25519,
    Kind.P256: Algorithm.P256,
    Kind.P384: Algorithm.P384,
    Kind.RSA: Algorithm.RSA,
}

File = Annotated[Path, typer.Argument(metavar="FILE", help="Key file, or a public key as PEM.")]


@app.command(
    epilog="""\b
Examples:
  skillmark keys new --out issuer.key
  skillmark keys new --algorithm p256 --out issuer.key --passphrase-file secret.txt --json
"""
)
def new(
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Key file to make; none is ever overwritten.")],
    algorithm: Annotated[Kind, typer.Option(help="Kind of the key.")] = Kind.ED25519,
    passphrase_file: options.PassphraseFile = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Make a key, keep it encrypted, and print its DID."""
    if out.exists():
        raise CommandError(f"{out} exists; a key file is never overwritten")
    secret = passphrase(passphrase_file, key=out, confirm=True)
    key = PrivateKey.generate(_ALGORITHMS[algorithm])
    write_key_file(out, key, passphrase=secret)
    if json:
        talk.print_json(_description(key.public) | {"file": str(out)})
    else:
        talk.print_text(did_key(key.public))
    talk.say(f"The key is in {out}, encrypted. Without its passphrase nobody can sign with it.", quiet=quiet)


@app.command(
    epilog="""\b
Examples:
  skillmark keys show issuer.key
  skillmark keys show issuer.key --jwk
  skillmark keys show issuer.key --pem > issuer-public.pem
"""
)
def show(
    *,
    file: File,
    jwk: Annotated[bool, typer.Option("--jwk", help="Print the public JSON Web Key.")] = False,
    pem: Annotated[bool, typer.Option("--pem", help="Print the public key as PEM.")] = False,
    did: Annotated[bool, typer.Option("--did", help="Print the did:key.")] = False,
    passphrase_file: options.PassphraseFile = None,
    json: options.Json = False,
) -> None:
    """Show the public half of a key. A private key's file is encrypted as a whole, so its passphrase is needed."""
    if jwk + pem + did + json > 1:
        raise CommandError("choose one of --jwk, --pem, --did and --json")
    key = _public_key(file, passphrase_file)
    if json:
        talk.print_json(_description(key))
    elif jwk:
        talk.print_json(key.to_jwk())
    elif pem:
        talk.print_text(key.to_pem().decode().rstrip())
    elif did:
        talk.print_text(did_key(key))
    else:
        for name, value in _description(key).items():
            talk.print_text(f"{name + ':':20} {value}")


@app.command(
    name="did-web",
    epilog="""\b
Examples:
  skillmark keys did-web --domain example.org --key issuer.key > did.json
  skillmark keys did-web --domain example.org --path issuers/7 --key issuer.key

\b
Publish the document at https://DOMAIN/.well-known/did.json, or https://DOMAIN/PATH/did.json,
then issue with --did did:web:DOMAIN.
""",
)
def web(
    *,
    domain: Annotated[str, typer.Option(help="Domain name, with :PORT where needed.")],
    key: Annotated[
        list[Path], typer.Option("--key", metavar="FILE", help="Key file or public PEM; may be given several times.")
    ],
    path: Annotated[str, typer.Option(help="Path below the domain, such as issuers/7.")] = "",
    passphrase_file: options.PassphraseFile = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Print the did.json that lists a key under a web address."""
    did = did_web(domain, path)
    keys = [_public_key(file, passphrase_file) for file in key]
    document = did_web_document(did, {fragment_of(one): one for one in keys})
    if json:
        talk.print_json(document)
    else:
        talk.print_text(_pretty(document))
    place = f"https://{domain}/{path.strip('/') or '.well-known'}/did.json"
    talk.say(f"Publish this as {place}; then issue with --did {did}", quiet=quiet)


def _public_key(file: Path, passphrase_file: Path | None) -> PublicKey:
    data = files.read(file, limit=_KEY_SIZE, what="key file")
    if data.lstrip().startswith(_PUBLIC_LABEL):
        return PublicKey.from_pem(data)
    return private_key(file, passphrase_file).public


def _description(key: PublicKey) -> dict[str, str]:
    did, multikey = did_key(key), key.to_multikey()
    return {
        "algorithm": key.algorithm.value,
        "did": did,
        "verificationMethod": f"{did}#{multikey}",
        "multikey": multikey,
        "thumbprint": key.thumbprint,
    }


def _pretty(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False)
