"""`skillmark jose`: secure or check one document with one key, as the VC-JOSE-COSE test suite asks a program to."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from skillmark.cli import files
from skillmark.credentials.encoding.strict_json import JsonObject, dumps
from skillmark.credentials.keys import LocalSigner, PrivateKey, PublicKey
from skillmark.credentials.model.credentials import VerifiableCredential
from skillmark.credentials.model.presentations import VerifiablePresentation
from skillmark.credentials.proofs.jose import credential_of, presentation_of, sign_vc_jose, split_token, verify_token
from skillmark.credentials.proofs.presentations import envelopes_of
from skillmark.errors import KeyMaterialError, ProofError, SkillmarkError

_HELP: Final = "Secure or check one document with one key, for the VC-JOSE-COSE test suite."
_MEMBERS: Final = {
    model: frozenset(field.alias or name for name, field in model.model_fields.items())
    for model in (VerifiableCredential, VerifiablePresentation)
}

app = typer.Typer(rich_markup_mode=None, help=_HELP, no_args_is_help=True, add_completion=False)


class Feature(StrEnum):
    """What the suite may ask for; SD-JWT and COSE are not offered."""

    CREDENTIAL_JOSE = "credential_jose"
    PRESENTATION_JOSE = "presentation_jose"


Input = Annotated[Path, typer.Option("--input", metavar="FILE", help="JSON to secure, or a compact token to check.")]
Key = Annotated[Path, typer.Option("--key", metavar="FILE", help="JsonWebKey verification method, in plain JSON.")]
Asked = Annotated[str, typer.Option("--feature", help=f"{' or '.join(Feature)}.")]
Output = Annotated[Path, typer.Option("--output", metavar="FILE", help="JSON to write: `result` and `data`.")]


@app.command()
def issue(*, source: Input, key: Key, feature: Asked, output: Output) -> None:
    """Secure a credential or presentation as a compact token.

    Example: skillmark jose issue --input credential.json --key key.json --feature credential_jose --output out.json
    """
    _answer(output, feature, lambda asked: _issued(source, files.read_object(key, what="key"), asked))


@app.command()
def verify(*, source: Input, key: Key, feature: Asked, output: Output) -> None:
    """Check a compact token with a key; its times are not looked at.

    Example: skillmark jose verify --input token.txt --key key.json --feature credential_jose --output out.json
    """
    _answer(output, feature, lambda asked: _verified(source, files.read_object(key, what="key"), asked))


def _issued(source: Path, method: JsonObject, asked: Feature) -> str:
    document = files.read_object(source, what="document")
    _check(document, asked)
    signer = LocalSigner(
        PrivateKey.from_jwk(method["secretKeyJwk"]), verification_method=method["id"], controller=method["controller"]
    )
    return sign_vc_jose(document, signer, typ="vc+jwt" if asked is Feature.CREDENTIAL_JOSE else "vp+jwt")


def _verified(source: Path, method: JsonObject, asked: Feature) -> JsonObject:
    token = split_token(files.read(source, what="token").decode("utf-8", "replace").strip())
    verify_token(token, PublicKey.from_jwk(method["publicKeyJwk"]))
    document = credential_of(token) if asked is Feature.CREDENTIAL_JOSE else presentation_of(token)
    _check(document, asked)
    return document


def _check(document: JsonObject, asked: Feature) -> None:
    """Refuse members no data model has, and credentials in a presentation that are not in data URLs."""
    model = VerifiableCredential if asked is Feature.CREDENTIAL_JOSE else VerifiablePresentation
    if unknown := sorted(document.keys() - _MEMBERS[model]):
        raise ProofError(
            f"the data model has no member {unknown[0]!a}", rule="undefined-term", pointer=f"/{unknown[0]}"
        )
    if asked is Feature.CREDENTIAL_JOSE:
        model.read(document)
    else:
        envelopes_of(document)


def _answer(output: Path, feature: str, work: Callable[[Feature], str | JsonObject]) -> None:
    files.replace(output, dumps(_outcome(feature, work)))


def _outcome(feature: str, work: Callable[[Feature], str | JsonObject]) -> JsonObject:
    """Success with what was made or read, failure with the reason; indeterminate where we offer no such thing."""
    try:
        return {"result": "success", "data": work(Feature(feature))}
    except (KeyError, ValueError):
        return {"result": "indeterminate", "data": f"the feature {feature!a} or a key of this form is not offered"}
    except KeyMaterialError as error:
        return {"result": "indeterminate", "data": error.message}
    except SkillmarkError as error:
        return {"result": "failure", "data": error.message}
