"""What is looked at before and after signing: schema, lints, and the proof on the path a stranger would take."""

from __future__ import annotations

from functools import lru_cache

from skillmark.credentials.encoding.strict_json import JsonObject, parse_object
from skillmark.credentials.keys import Algorithm, LocalSigner, PrivateKey, PublicKey, Signer
from skillmark.credentials.lints import Finding, Severity, lint
from skillmark.credentials.proofs.data_integrity import verify_proof
from skillmark.credentials.proofs.jose import credential_of
from skillmark.credentials.proofs.tokens import split_token, verify_token
from skillmark.errors import IssuingError


class LintError(IssuingError):
    """A credential must not be signed as it is. `findings` holds every reason."""

    rule = "lint"

    def __init__(self, findings: list[Finding]) -> None:
        first = findings[0]
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        super().__init__(f"{first.message}{more}", pointer=first.pointer)
        self.findings = findings


def check(document: JsonObject, *, required: frozenset[str] = frozenset()) -> list[Finding]:
    """Schema and lints of an unsigned credential; raise LintError on any error, return the other findings."""
    findings = lint(document, require=required)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        raise LintError(errors)
    return findings


def inspect(data: bytes, key: PublicKey, *, required: frozenset[str] = frozenset()) -> None:
    """Read signed bytes as a stranger would: strict JSON, schema, lints, and the proof by the long way."""
    if data.startswith(b"{"):
        document = parse_object(data)
        unsecured = {name: value for name, value in document.items() if name != "proof"}
        check(unsecured, required=required)
        verify_proof(unsecured, document["proof"], key)
    else:
        token = split_token(data.decode())
        check(credential_of(token), required=required)
        verify_token(token, key)


def scratch_signer(signer: Signer) -> LocalSigner:
    """A signer with a throw-away key of the same kind under the same names (boulder's lint before signing)."""
    return LocalSigner(
        _scratch_key(signer.algorithm), verification_method=signer.verification_method, controller=signer.controller
    )


@lru_cache(maxsize=4)
def _scratch_key(algorithm: Algorithm) -> PrivateKey:
    return PrivateKey.generate(algorithm)
