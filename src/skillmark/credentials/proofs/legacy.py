"""Ed25519Signature2020, which most badges in circulation carry: read, never written.

It differs from eddsa-rdfc-2022 in the proof's `type` alone: the same canonical form, hashes and proofValue.
"""

from __future__ import annotations

from skillmark.credentials.keys import Algorithm
from skillmark.credentials.proofs.cryptosuites import Form, Suite

ED25519_SIGNATURE_2020 = Suite(name="Ed25519Signature2020", form=Form.RDFC, algorithms=frozenset({Algorithm.ED25519}))
