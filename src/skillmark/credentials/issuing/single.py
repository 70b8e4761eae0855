"""Securing one credential: lint before signing, then a Data Integrity proof or a JWT; out come the bytes to keep."""

from __future__ import annotations

from enum import StrEnum

from skillmark.credentials.encoding.strict_json import JsonObject, dumps
from skillmark.credentials.issuing.inspection import check, inspect, scratch_signer
from skillmark.credentials.keys import Signer
from skillmark.credentials.proofs.data_integrity import add_proof
from skillmark.credentials.proofs.jose import sign_openbadge_jwt


class Form(StrEnum):
    """How a credential is secured."""

    DATA_INTEGRITY = "data-integrity"
    JWT = "jwt"


def issue(
    document: JsonObject,
    signer: Signer,
    *,
    created: str,
    form: Form = Form.DATA_INTEGRITY,
    cryptosuite: str | None = None,
    required: frozenset[str] = frozenset(),
) -> bytes:
    """Lint an unsigned credential, try it with a scratch key on the verifying path, then sign it.

    `required` names authorities whose warnings stop the signing (`european`, `skillmark`). Raises LintError with every
    finding, and then nothing was signed.
    """
    check(document, required=required)
    scratch = scratch_signer(signer)
    inspect(
        secure(document, scratch, form=form, cryptosuite=cryptosuite, created=created),
        scratch.public,
        required=required,
    )
    return secure(document, signer, form=form, cryptosuite=cryptosuite, created=created)


def secure(
    document: JsonObject,
    signer: Signer,
    *,
    created: str,
    form: Form = Form.DATA_INTEGRITY,
    cryptosuite: str | None = None,
) -> bytes:
    """Sign without any lint: the caller has looked. Data Integrity gives compact JSON, JWT the compact token."""
    if form is Form.JWT:
        return sign_openbadge_jwt(document, signer).encode()
    return dumps(add_proof(document, signer, cryptosuite=cryptosuite, created=created))
