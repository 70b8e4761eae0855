"""jose (Node) verifies every kind of token we sign, we verify its tokens, and each refuses what was changed."""

import pytest

from bench.peers.process import PeerError
from skillmark.credentials.keys import Algorithm
from skillmark.credentials.proofs.jose import sign_openbadge_jwt, sign_vc_jose
from skillmark.credentials.proofs.jose_claims import open_badge_claims
from tests.interop import badges

ALGORITHMS = {
    "EdDSA": Algorithm.ED25519,
    "Ed25519": Algorithm.ED25519,
    "ES256": Algorithm.P256,
    "ES384": Algorithm.P384,
    "RS256": Algorithm.RSA,
}
KINDS = {"JWT": sign_openbadge_jwt, "vc+jwt": sign_vc_jose}
algorithms = pytest.mark.parametrize("alg", ALGORITHMS)
kinds = pytest.mark.parametrize("kind", KINDS)
all_badges = pytest.mark.parametrize("badge", badges.BADGES.values(), ids=badges.BADGES)


@pytest.fixture(scope="module")
def keys():
    return {algorithm: badges.private_key(algorithm) for algorithm in set(ALGORITHMS.values())}


@algorithms
@kinds
@all_badges
def test_jose_verifies_our_token(alg, kind, badge, keys, peer):
    key = keys[ALGORITHMS[alg]]
    signer = badges.signer_of(key)
    credential = badge(signer.controller)
    token = KINDS[kind](credential, signer, alg=alg)
    answer = peer.ask("verify_jwt", token=token, jwk=key.public.to_jwk(), algorithm=alg)
    assert answer["header"]["typ"] == kind
    assert answer["payload"].items() >= credential.items()
    with pytest.raises(PeerError, match="JWSSignatureVerificationFailed"):
        peer.ask("verify_jwt", token=badges.changed_token(token), jwk=key.public.to_jwk(), algorithm=alg)


@algorithms
@kinds
@all_badges
def test_we_verify_a_token_of_jose(alg, kind, badge, keys, peer):
    key = keys[ALGORITHMS[alg]]
    signer = badges.signer_of(key)
    credential = badge(signer.controller)
    token = peer.ask(
        "sign_jwt",
        pem=badges.secret_pem(key).decode(),
        header={"alg": alg, "kid": signer.verification_method, "typ": kind},
        payload=open_badge_claims(credential) if kind == "JWT" else credential,
    )
    verifier = badges.verifier(badges.published(signer))
    assert verifier.verify(token).verdict == "valid"
    assert verifier.verify(badges.changed_token(token)).verdict == "invalid"
