"""From a key file and the name it signs under to a signer."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from skillmark.cli.ending import CommandError
from skillmark.cli.passphrases import passphrase
from skillmark.credentials.dids import did_key, did_key_signer
from skillmark.credentials.keys import LocalSigner, PrivateKey, PublicKey, read_key_file
from skillmark.errors import KeyMaterialError

_WEB: Final = "did:web:"


def fragment_of(key: PublicKey) -> str:
    """The name of a key within a did:web: its JWK thumbprint, which needs no register (RFC 7638)."""
    return key.thumbprint


def private_key(path: Path, passphrase_file: Path | None) -> PrivateKey:
    """The key of a file, under its passphrase."""
    if not path.exists():
        raise CommandError(f"the key file {path} does not exist; make one with `skillmark keys new --out {path}`")
    try:
        return read_key_file(path, passphrase=passphrase(passphrase_file, key=path))
    except KeyMaterialError as error:
        if error.rule != "key-plain":
            raise
        advice = f"openssl pkcs8 -topk8 -v2 aes-256-cbc -scrypt -in {path} -out {path}.locked"
        raise KeyMaterialError(f"{path} is not encrypted; encrypt it first: {advice}", rule=error.rule) from error


def signer_for(path: Path, did: str | None, *, passphrase_file: Path | None) -> LocalSigner:
    """A signer in the name of a did:web, or without one of the did:key that the key itself is."""
    if did is not None and not did.startswith((_WEB, "did:key:")):
        raise CommandError(f"--did takes a did:web (or the did:key of the key), not {did[:80]!a}")
    key = private_key(path, passphrase_file)
    own = did_key_signer(key)
    if did is None or did == own.controller:
        return own
    if not did.startswith(_WEB):
        raise CommandError(f"the key {path} is {did_key(key.public)}; leave --did out, or name a did:web")
    return LocalSigner(key, verification_method=f"{did}#{fragment_of(key.public)}", controller=did)
