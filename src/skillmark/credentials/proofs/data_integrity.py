"""Data Integrity proofs on JSON documents: making them and checking their signatures. No clock, no key look-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, Unpack

from skillmark.credentials.canonical import canonicalize, jcs
from skillmark.credentials.contexts import registry
from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.keys import Algorithm, PublicKey, Signer
from skillmark.credentials.proofs.chains import checking_order, matching_previous, proofs_of
from skillmark.credentials.proofs.configurations import config_hash
from skillmark.credentials.proofs.cryptosuites import (
    HASH_NAMES,
    Form,
    Suite,
    check_algorithm,
    digest,
    proof_value,
    signature_of,
    suite_for,
    suite_named,
)
from skillmark.credentials.proofs.shapes import check_shape
from skillmark.errors import CanonicalizationError, ProofError


class ProofOptions(TypedDict, total=False):
    """What a proof may say beside its key and suite. A member that is None is left out."""

    created: str | None
    purpose: str
    expires: str | None
    domain: str | list[str] | None
    challenge: str | None
    previous_proof: str | list[str] | None
    proof_id: str | None


def add_proof(
    document: Mapping[str, Any],
    signer: Signer,
    *,
    cryptosuite: str | None = None,
    allow_inline_contexts: bool = False,
    **options: Unpack[ProofOptions],
) -> JsonObject:
    """A copy of the document with one more proof (VC Data Integrity §4.2, §4.3).

    Proofs already there stay. With `previous_proof` the new one is computed over those it names, else over none.
    The purpose is assertionMethod unless given; the suite the rdfc one of the signer's key.
    """
    suite = suite_named(cryptosuite) if cryptosuite else suite_for(signer.algorithm)
    check_algorithm(suite, signer.algorithm)
    proof = _unsigned(suite, signer.verification_method, document.get("@context"), options)
    check_shape({**proof, "proofValue": "z"})
    present = proofs_of(document) if "proof" in document else []
    checking_order([*present, proof])
    data = hash_data(
        with_previous(document, matching_previous(present, proof)),
        proof,
        suite=suite,
        algorithm=signer.algorithm,
        allow_inline_contexts=allow_inline_contexts,
    )
    proof["proofValue"] = proof_value(signer.sign(data))
    return {**document, "proof": [*present, proof] if present else proof}


def verify_proof(
    document: Mapping[str, Any],
    proof: Mapping[str, Any],
    key: PublicKey,
    *,
    previous: Sequence[Mapping[str, Any]] = (),
    allow_inline_contexts: bool = False,
    appended_contexts: bool = False,
) -> None:
    """Check one proof's signature with the key it was resolved to (VC Data Integrity §4.4), or raise ProofError.

    `document` is without its proofs; `previous` are those that `proof` builds on. Whether the key is the issuer's,
    and what the clock says, are separate questions. A jcs proof that carries an @context must carry the document's;
    with `appended_contexts` the document's may go on after it, as vc-di-eddsa §3.3.2 allows: no signature covers those.
    """
    suite = check_shape(proof)
    check_algorithm(suite, key.algorithm)
    signature = signature_of(proof["proofValue"], key.algorithm)
    data = signed_data(
        document,
        proof,
        suite=suite,
        algorithm=key.algorithm,
        previous=previous,
        allow_inline_contexts=allow_inline_contexts,
        appended_contexts=appended_contexts,
    )
    if not key.verify(signature, data):
        raise ProofError("the signature does not match the document", rule="proof-signature")


def signed_data(
    document: Mapping[str, Any],
    proof: Mapping[str, Any],
    *,
    suite: Suite,
    algorithm: Algorithm,
    previous: Sequence[Mapping[str, Any]] = (),
    allow_inline_contexts: bool = False,
    appended_contexts: bool = False,
) -> bytes:
    """The bytes that a proof's signature must cover, for a proof whose shape was checked; see `verify_proof`."""
    if len(matching_previous(previous, proof)) != len(previous):
        raise ProofError("the previous proofs are not those that previousProof names", rule="proof-previous-proof")
    unsecured = with_previous(document, previous)
    if suite.form is Form.JCS and "@context" in proof:
        covered = _covered_context(unsecured.get("@context"), proof["@context"], appended=appended_contexts)
        unsecured["@context"] = covered
    return hash_data(unsecured, proof, suite=suite, algorithm=algorithm, allow_inline_contexts=allow_inline_contexts)


def hash_data(
    document: Mapping[str, Any],
    options: Mapping[str, Any],
    *,
    suite: Suite,
    algorithm: Algorithm,
    allow_inline_contexts: bool = False,
) -> bytes:
    """The bytes to sign for a document without proof and a proof's options (vc-di-eddsa §3.2.4, vc-di-ecdsa §3.2.4)."""
    hash_name, context = HASH_NAMES[algorithm], document.get("@context")
    if suite.form is Form.RDFC:
        canonical = canonicalize(
            document, hash_name=hash_name, allow_inline_contexts=allow_inline_contexts, in_place=True
        )
    else:
        if not allow_inline_contexts:
            _check_contexts(context)
        canonical = jcs(document)
    config = config_hash(options, context, suite, algorithm=algorithm, allow_inline_contexts=allow_inline_contexts)
    return config + digest(canonical, hash_name)


def with_previous(document: Mapping[str, Any], previous: Sequence[Mapping[str, Any]]) -> JsonObject:
    """The document as a proof is computed over it: without proofs but those it builds on."""
    unsecured = {member: value for member, value in document.items() if member != "proof"}
    if previous:
        unsecured["proof"] = [dict(proof) for proof in previous]
    return unsecured


def _unsigned(suite: Suite, method: str, context: Any, options: ProofOptions) -> JsonObject:
    members = {
        "type": "DataIntegrityProof",
        "id": options.get("proof_id"),
        "cryptosuite": suite.name,
        "created": options.get("created"),
        "expires": options.get("expires"),
        "verificationMethod": method,
        "proofPurpose": options.get("purpose", "assertionMethod"),
        "domain": options.get("domain"),
        "challenge": options.get("challenge"),
        "previousProof": options.get("previous_proof"),
        "@context": context if suite.form is Form.JCS else None,
    }
    return {member: value for member, value in members.items() if value is not None}


def _covered_context(context: Any, covered: Any, *, appended: bool) -> Any:
    if context == covered:
        return context
    if appended and _list(context)[: len(_list(covered))] == _list(covered):
        return covered
    raise ProofError("the document's @context is not the one the proof was made under", rule="proof-context")


def _check_contexts(context: Any) -> None:
    for entry in _list(context):
        if not isinstance(entry, str):
            raise CanonicalizationError("a context inside the document is not accepted", rule="context-inline")
        if entry not in registry.PRODUCT:
            raise CanonicalizationError(f"the context {entry[:200]!r} is not accepted", rule="context-unknown")


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
