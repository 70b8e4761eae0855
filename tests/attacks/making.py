"""What our own variants are made of: two keys, a verifier whose clock stands, tokens and signed badges."""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from skillmark.credentials.dids import DidResolver, did_key_signer
from skillmark.credentials.keys import Algorithm, LocalSigner, PrivateKey
from skillmark.credentials.proofs.data_integrity import add_proof
from skillmark.credentials.verifying import Report, Verifier
from tests.attacks.lists import ListsInHand
from tests.attacks.test_mutations import CREATED, badge

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
LIST = "https://status.attack.test/lists/own"
HONEST = did_key_signer(PrivateKey.from_seed(hashlib.sha256(b"honest").digest()))
HONEST_P256 = did_key_signer(PrivateKey.from_seed(hashlib.sha256(b"honest").digest(), Algorithm.P256))
ATTACKER = did_key_signer(PrivateKey.from_seed(hashlib.sha256(b"attacker").digest()))


def verify(content: bytes | str | dict[str, Any], lists: Mapping[str, bytes] | None = None) -> Report:
    fetcher = ListsInHand(lists or {})
    return Verifier(resolver=DidResolver(fetcher), fetcher=fetcher, clock=lambda: NOW).verify(content)


def signed(signer: LocalSigner = HONEST, **members: Any) -> dict[str, Any]:
    document = {**badge(signer.controller), **members}
    return add_proof(document, signer, created=CREATED)


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def token(header: Any, payload: Any, sign: Callable[[bytes], bytes] = HONEST.sign) -> str:
    parts = [part if isinstance(part, bytes) else json.dumps(part).encode() for part in (header, payload)]
    text = ".".join(map(b64, parts))
    return f"{text}.{b64(sign(text.encode()))}"


HEADER = {"alg": "EdDSA", "typ": "vc+jwt", "kid": HONEST.verification_method}
