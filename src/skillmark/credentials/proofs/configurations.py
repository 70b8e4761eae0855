"""Proof configurations: a proof without its value, under the document's @context, in canonical form and hashed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from skillmark.credentials.canonical import STRICT, canonicalize, jcs
from skillmark.credentials.canonical.quads import escape
from skillmark.credentials.encoding.iris import is_absolute_iri
from skillmark.credentials.keys import Algorithm
from skillmark.credentials.proofs.cryptosuites import HASH_NAMES, Form, Suite, digest
from skillmark.errors import CanonicalizationError, ProofError

_USUAL: Final = frozenset({"type", "cryptosuite", "proofPurpose", "created", "verificationMethod", "proofValue"})
_CREATED: Final = "\x00created"  # no context and no type holds a NUL
_METHOD: Final = "urn:x-skillmark:method"


def config_hash(
    options: Mapping[str, Any], context: Any, suite: Suite, *, algorithm: Algorithm, allow_inline_contexts: bool = False
) -> bytes:
    """The hash of a proof configuration: the first half of what is signed, the same for all proofs of a batch."""
    hash_name = HASH_NAMES[algorithm]
    if suite.form is Form.RDFC and not allow_inline_contexts and options.keys() <= _USUAL:
        found = _usual_hash(options, context, hash_name)
        if found is not None:
            return found
    canonical = config_canonical(
        options, context, suite, algorithm=algorithm, allow_inline_contexts=allow_inline_contexts
    )
    return digest(canonical, hash_name)


def config_canonical(
    options: Mapping[str, Any], context: Any, suite: Suite, *, algorithm: Algorithm, allow_inline_contexts: bool = False
) -> bytes:
    """The canonical proof configuration (vc-di-eddsa §3.2.5 and §3.3.5, vc-di-ecdsa §3.2.5 and §3.3.5)."""
    configuration = {member: value for member, value in options.items() if member != "proofValue"}
    if suite.form is Form.JCS:
        return jcs(configuration)
    if configuration.get("@context", context) != context:
        raise ProofError("the proof's own @context is not the document's", rule="proof-context")
    configuration["@context"] = context
    return canonicalize(configuration, hash_name=HASH_NAMES[algorithm], allow_inline_contexts=allow_inline_contexts)


def _usual_hash(options: Mapping[str, Any], context: Any, hash_name: str) -> bytes | None:
    """The same for the usual members, not walked; one batch has one configuration, so it is also kept."""
    created, method = options.get("created"), options.get("verificationMethod")
    if not (isinstance(created, str) and isinstance(method, str) and isinstance(context, list)):
        return None
    members = options.get("type"), options.get("cryptosuite"), options.get("proofPurpose")
    try:
        return _kept_hash(hash_name, (created, method), members, tuple(context))
    except (TypeError, CanonicalizationError):  # an object in a place of text, or a fault that the long way names
        return None


@lru_cache(maxsize=1024)
def _kept_hash(
    hash_name: str, varying: tuple[str, str], members: tuple[object, ...], context: tuple[object, ...]
) -> bytes | None:
    """One blank node, so two strings vary (created and verificationMethod) and the order never does."""
    created, method = varying
    form, prefixes = _form(*members, *context)
    if not is_absolute_iri(method) or method.partition(":")[0] in prefixes:
        return None
    return digest((form % {"created": escape(created), "method": method}).encode(), hash_name)


@lru_cache(maxsize=64)
def _form(kind: object, cryptosuite: object, purpose: object, *context: object) -> tuple[str, frozenset[str]]:
    members = {"type": kind, "cryptosuite": cryptosuite, "proofPurpose": purpose}
    configuration = {member: value for member, value in members.items() if value is not None}
    configuration |= {"@context": list(context), "created": _CREATED, "verificationMethod": _METHOD}
    text = canonicalize(configuration).decode().replace("%", "%%")
    form = text.replace(escape(_CREATED), "%(created)s").replace(_METHOD, "%(method)s")
    return form, STRICT.prefixes(configuration)
