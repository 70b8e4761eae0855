"""The issuers of the profile: one for each cryptosuite and curve, with keys from the seed, the same after a restart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.conf import settings

from skillmark.credentials.dids import did_key_signer
from skillmark.credentials.keys import Algorithm, LocalSigner, PrivateKey


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """One issuer: the path it is found under, its suite, and the kind of its key."""

    path: str
    cryptosuite: str
    algorithm: Algorithm
    seed: bytes

    @cached_property
    def signer(self) -> LocalSigner:
        """Signs with a key that only the seed, the algorithm and the path decide."""
        return did_key_signer(PrivateKey.from_seed(self.seed, self.algorithm, label=f"vcapi {self.path}"))

    @property
    def did(self) -> str:
        """The did:key that suites copy into `credential.issuer`."""
        return self.signer.controller


_ISSUERS = (
    ("eddsa-rdfc-2022", "", Algorithm.ED25519),
    ("eddsa-jcs-2022", "", Algorithm.ED25519),
    ("ecdsa-rdfc-2019", "/p256", Algorithm.P256),
    ("ecdsa-rdfc-2019", "/p384", Algorithm.P384),
    ("ecdsa-jcs-2019", "/p256", Algorithm.P256),
    ("ecdsa-jcs-2019", "/p384", Algorithm.P384),
)


def issuers() -> Mapping[str, Issuer]:
    """Every issuer by its path."""
    return _derived(settings.SKILLMARK_CONFORMANCE_SEED)


@lru_cache(maxsize=4)
def _derived(seed: bytes) -> Mapping[str, Issuer]:
    made = [
        Issuer(path=f"{suite}{curve}", cryptosuite=suite, algorithm=algorithm, seed=seed)
        for suite, curve, algorithm in _ISSUERS
    ]
    return {issuer.path: issuer for issuer in made}
