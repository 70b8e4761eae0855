"""What is measured: our operations and the peers', each as a function of a turn number over the same documents."""

import itertools
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench import document, published
from bench.measuring import Group, NodeCase, PythonCase
from bench.peers.process import Peer
from bench.peers.python import PyldProofs, Unchanged, openbadgeslib_signer, openbadgeslib_verifier
from skillmark.credentials.dids import DidResolver, did_key_signer
from skillmark.credentials.issuing import Award, BatchIssuer, Form, issue, secure
from skillmark.credentials.keys import OPENSSL, Engine, LocalSigner, PrivateKey, fastest_engine
from skillmark.credentials.verifying import Verifier

JsonObject = dict[str, Any]

SEED = bytes(range(32))
INSTANCES = 1_000
BATCH = 5_000
UNSEEN = 10_000

OUR_BATCH = "batch issue eddsa-rdfc-2022, layered lint included"
OUR_SINGLE = "single issue eddsa-rdfc-2022, signing alone"
OUR_LINTED = "single issue eddsa-rdfc-2022, linted and tried before"
OUR_UNSEEN = "verify any document, full"
OUR_KNOWN = "verify, known issuer and achievement, full"
OUR_JWT_ISSUE = "JWT Ed25519 issue"
OUR_JWT_VERIFY = "JWT Ed25519 verify, full"
OUR_JCS = "eddsa-jcs-2022 issue"
ALONE = " (OpenSSL alone)"
DB_ISSUE = "@digitalbazaar/vc issue"
DB_VERIFY = "@digitalbazaar/vc verify, full"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The key, the thousand unsigned documents, the same as batch documents, and the peers."""

    signer: LocalSigner
    raw: Ed25519PrivateKey
    multikey: JsonObject
    unsigned: list[JsonObject]
    batch_unsigned: list[JsonObject]
    contexts: dict[str, JsonObject]
    peer: Peer

    def signed(self, *, form: Form = Form.DATA_INTEGRITY) -> list[bytes]:
        """The thousand documents, signed by us."""
        return [secure(each, self.signer, created=published.CREATED, form=form) for each in self.unsigned]

    def verifier(self, engine: Engine | None = None) -> Verifier:
        """A verifier of ours that has met nothing yet."""
        fetcher = published.LocalFetcher(self.signer)
        return Verifier(resolver=DidResolver(fetcher, engine=engine), fetcher=fetcher, clock=published.clock)

    @property
    def other_engine(self) -> Engine | None:
        """OpenSSL, where the default is another."""
        return None if fastest_engine() is OPENSSL else OPENSSL


def build_world(peer: Peer, contexts: dict[str, JsonObject]) -> World:
    """Everything that is made before the clock starts."""
    key = PrivateKey.from_seed(SEED)
    signer = did_key_signer(key)
    multikey = {
        "publicKeyMultibase": key.public.to_multikey(),
        "secretKeyMultibase": peer.ask("secret_multikey", seed=SEED.hex()),
    }
    unsigned = [document.document(award, issuer_id=signer.controller) for award in document.awards(INSTANCES)]
    batch = batch_issuer(signer)
    issued = [json.loads(data) for data in itertools.islice(batches(signer, batch), INSTANCES)]
    for each in issued:
        del each["proof"]
    peer.ask("publish", documents=published.for_peer(signer))
    return World(
        signer=signer,
        raw=Ed25519PrivateKey.from_private_bytes(SEED),
        multikey=multikey,
        unsigned=unsigned,
        batch_unsigned=issued,
        contexts=contexts,
        peer=peer,
    )


def batch_issuer(signer: LocalSigner) -> BatchIssuer:
    """A batch of the measured achievement, not begun."""
    definition = document.definition(signer.controller)
    return BatchIssuer(definition, signer, created=published.CREATED, randomness=os.urandom)


def batches(signer: LocalSigner, issuer: BatchIssuer) -> Iterator[bytes]:
    """Credentials of one batch after another: compiling, layered lint and the last inspection are all inside."""
    rows = [(document.award_row(number), document.batch_status(number)) for number in range(INSTANCES)]
    while True:
        for number in range(BATCH):
            row, status = rows[number % INSTANCES]
            yield issuer.issue(Award(**row), status=status).data
        issuer.finish()
        issuer = batch_issuer(signer)


def batch_group(world: World) -> Group:
    """Batch issuing, against @digitalbazaar/vc on the very documents the batch makes."""
    cases = [batch_case(OUR_BATCH, world.signer)]
    if world.other_engine is not None:
        key = world.signer.private_key.using(world.other_engine)
        cases.append(batch_case(f"{OUR_BATCH}{ALONE}", did_key_signer(key)))
    options = {"kind": "issue", "suite": "eddsa-rdfc-2022", "key": world.multikey, "documents": world.batch_unsigned}
    return Group(
        name="batch",
        baseline=node_case(world.peer, f"{DB_ISSUE}, batch documents", options),
        raw=raw_sign(world),
        cases=cases,
    )


def batch_case(name: str, signer: LocalSigner) -> PythonCase:
    """One credential after another, batch after batch."""
    stream = batches(signer, batch_issuer(signer))
    return PythonCase(name=name, run=lambda _: next(stream))


def issue_group(world: World) -> Group:
    """Single issuing: ours and the peers'."""
    signer, unsigned, created = world.signer, world.unsigned, published.CREATED

    def over(run: Callable[[JsonObject], object]) -> Callable[[int], object]:
        return lambda turn: run(unsigned[turn % INSTANCES])

    theirs = openbadgeslib_signer(world.raw)
    pyld = PyldProofs(world.contexts)
    method = signer.verification_method
    ours = {
        OUR_SINGLE: lambda each: secure(each, signer, created=created),
        OUR_LINTED: lambda each: issue(each, signer, created=created),
        OUR_JWT_ISSUE: lambda each: secure(each, signer, created=created, form=Form.JWT),
        OUR_JCS: lambda each: secure(each, signer, created=created, cryptosuite="eddsa-jcs-2022"),
    }
    others = {
        "PyLD + cryptography issue": lambda each: pyld.sign(each, key=world.raw, verification_method=method),
        "openbadgeslib OB3LdpSigner": lambda each: theirs.sign(Unchanged(each)),
    }
    options = {"kind": "issue", "suite": "eddsa-rdfc-2022", "key": world.multikey, "documents": unsigned}
    return Group(
        name="issue",
        baseline=node_case(world.peer, DB_ISSUE, options),
        raw=raw_sign(world),
        cases=[PythonCase(name=name, run=over(run)) for name, run in (ours | others).items()],
    )


def verify_group(world: World) -> Group:
    """Verifying: ours and the peers'."""
    signed, tokens, strangers = world.signed(), world.signed(form=Form.JWT), unseen(world)
    parsed = [json.loads(each) for each in signed]
    theirs = openbadgeslib_verifier(world.raw.public_key())
    pyld, key = PyldProofs(world.contexts), world.raw.public_key()
    documents = {OUR_UNSEEN: strangers, OUR_KNOWN: signed, OUR_JWT_VERIFY: tokens}
    ours = {name: verifying(world.verifier(), each) for name, each in documents.items()}
    if (engine := world.other_engine) is not None:
        ours |= {f"{name}{ALONE}": verifying(world.verifier(engine), each) for name, each in documents.items()}
    others = {
        "PyLD + cryptography verify, signature only": lambda turn: pyld.verify(signed[turn % INSTANCES], key=key),
        "openbadgeslib OB3LdpVerifier, no schema, no status": lambda turn: theirs.verify(signed[turn % INSTANCES]),
    }
    full = {"kind": "verify", "suite": "eddsa-rdfc-2022", "documents": parsed}
    core = {"kind": "core", "documents": parsed, "registries": published.REGISTRIES}
    return Group(
        name="verify",
        baseline=node_case(world.peer, DB_VERIFY, {**full, "schema": published.schema(), "bits": published.bits()}),
        raw=raw_verify(world),
        cases=[
            *(PythonCase(name=name, run=run) for name, run in (ours | others).items()),
            node_case(world.peer, "@digitalcredentials/verifier-core, list verified each time", core),
        ],
    )


def verifying(verifier: Verifier, documents: list[bytes]) -> Callable[[int], object]:
    """Verify one document after another; anything but a valid one ends the run."""
    return lambda turn: verifier.verify(documents[turn % len(documents)]).require()


def unseen(world: World) -> list[bytes]:
    """Documents of which no two share issuer or achievement: nothing that was met before helps."""
    documents = []
    for number in range(UNSEEN):
        each = document.document(document.award(number % INSTANCES), issuer_id=world.signer.controller)
        each["issuer"]["phone"] = f"+31 30 555 {number:04}"
        each["credentialSubject"]["achievement"]["humanCode"] = f"R-{number:05}"
        documents.append(secure(each, world.signer, created=published.CREATED))
    return documents


def raw_sign(world: World) -> PythonCase:
    """One Ed25519 signature over 64 bytes by `cryptography`."""
    sign, message = world.raw.sign, bytes(64)
    return PythonCase(name="raw Ed25519 sign", run=lambda _: sign(message))


def raw_verify(world: World) -> PythonCase:
    """One Ed25519 verification over 64 bytes by `cryptography`."""
    message = bytes(64)
    verify, signature = world.raw.public_key().verify, world.raw.sign(message)
    return PythonCase(name="raw Ed25519 verify", run=lambda _: verify(signature, message))


def node_case(peer: Peer, name: str, options: JsonObject) -> NodeCase:
    """Prepare a case in the Node process."""
    peer.ask("prepare", name=name, options=options)
    return NodeCase(name=name, peer=peer)
