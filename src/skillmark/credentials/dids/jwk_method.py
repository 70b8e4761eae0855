"""did:jwk: the identifier is a JSON Web Key in base64url (did:jwk method). Nothing is fetched."""

from __future__ import annotations

from typing import Final

from skillmark.credentials.dids.documents import ControllerDocument
from skillmark.credentials.dids.key_method import single_key_document
from skillmark.credentials.encoding.multibase import base64url_decode, base64url_encode
from skillmark.credentials.encoding.strict_json import dumps, parse_object
from skillmark.credentials.keys import PublicKey
from skillmark.errors import InputError, KeyMaterialError, ResolutionError

PREFIX: Final = "did:jwk:"


def did_jwk(key: PublicKey) -> str:
    """Return the did:jwk of a public key; its required members in alphabetical order."""
    return PREFIX + base64url_encode(dumps(key.to_jwk()))


def resolve_did_jwk(did: str) -> ControllerDocument:
    """Resolve a did:jwk; its one method is `#0`."""
    try:
        key = PublicKey.from_jwk(parse_object(base64url_decode(did.removeprefix(PREFIX))))
    except InputError as error:
        raise ResolutionError(f"this did:jwk cannot be read: {error.message}", rule="invalid-did") from error
    except KeyMaterialError as error:
        raise ResolutionError(f"the key of this did:jwk cannot be used: {error.message}", rule=error.rule) from error
    return single_key_document(did, f"{did}#0", key)
