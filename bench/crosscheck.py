"""Before anything is timed: what one side makes, the other accepts. A fast wrong result is void."""

import json

from bench import document, published
from bench.cases import World
from bench.peers.python import PyldProofs, Unchanged, openbadgeslib_signer, openbadgeslib_verifier
from skillmark.credentials.canonical import canonicalize
from skillmark.credentials.encoding.strict_json import dumps
from skillmark.credentials.issuing import Form, secure

SOME = 20
QUADS, BLANK_NODES = 83, 9


class VoidError(RuntimeError):
    """The two sides do not agree: no figure of this run would mean anything."""


def crosscheck(world: World) -> list[str]:
    """One line for each thing both sides agree on; VoidError at the first they do not."""
    return [
        _canonical_forms(world),
        _peers_accept_ours(world),
        _we_accept_theirs(world),
        _tokens(world),
    ]


def _canonical_forms(world: World) -> str:
    for name, documents in (("single", world.unsigned), ("batch", world.batch_unsigned)):
        ours = [canonicalize(each).decode() for each in documents[:SOME]]
        _require(world.peer.canonicalize(documents[:SOME]) == ours, f"canonical forms of {name} documents differ")
        nodes = {word for word in ours[0].split() if word.startswith("_:c14n")}
        _require(ours[0].count("\n") == QUADS and len(nodes) == BLANK_NODES, f"the {name} document has another shape")
    size = len(document.compact(world.unsigned[0]))
    return f"canonical forms of {2 * SOME} documents are equal: {QUADS} quads, {BLANK_NODES} blank nodes, {size} bytes"


def _peers_accept_ours(world: World) -> str:
    signed = [json.loads(each) for each in world.signed()[:SOME]]
    jcs = {"created": published.CREATED, "cryptosuite": "eddsa-jcs-2022"}
    plain = [json.loads(secure(each, world.signer, **jcs)) for each in world.unsigned[:SOME]]
    for suite, documents in (("eddsa-rdfc-2022", signed), ("eddsa-jcs-2022", plain)):
        answers = world.peer.ask("verify", suite=suite, documents=documents)
        _require(all(answer["verified"] for answer in answers), f"@digitalbazaar/vc refuses our {suite}: {answers[0]}")
    answers = world.peer.ask("verify_core", documents=signed, registries=published.REGISTRIES)
    valid = all(answer["verified"] and answer["schemas"][0]["valid"] for answer in answers)
    _require(valid, f"verifier-core refuses ours: {answers[0]}")
    theirs, pyld = openbadgeslib_verifier(world.raw.public_key()), PyldProofs(world.contexts)
    for each in signed:
        theirs.verify(each)
        pyld.verify(dumps(each), key=world.raw.public_key())
    return f"@digitalbazaar/vc, verifier-core, openbadgeslib and PyLD accept {SOME} of ours"


def _we_accept_theirs(world: World) -> str:
    verifier = world.verifier()
    issued = world.peer.ask(
        "issue",
        suite="eddsa-rdfc-2022",
        key=world.multikey,
        created=published.CREATED,
        documents=world.unsigned[:SOME],
    )
    issued += [
        openbadgeslib_signer(world.raw).sign(Unchanged(each), created=published.NOW) for each in world.unsigned[:5]
    ]
    for each in issued:
        verifier.verify(dumps(each)).require()
    return f"we accept {SOME} of @digitalbazaar/vc and 5 of openbadgeslib"


def _tokens(world: World) -> str:
    jwk = world.signer.public.to_jwk()
    for token in world.signed(form=Form.JWT)[:SOME]:
        world.peer.ask("verify_jwt", token=token.decode(), jwk=jwk, algorithm="EdDSA")
    return f"jose accepts {SOME} of our tokens"


def _require(holds: object, otherwise: str) -> None:
    if not holds:
        raise VoidError(otherwise)
