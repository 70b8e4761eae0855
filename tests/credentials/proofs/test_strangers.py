"""Python libraries of others accept our proofs and tokens, and we accept theirs."""

import jwt
import pytest
from openbadgeslib.ob3 import OB3LdpSigner, OB3LdpVerifier, OB3VerificationError
from openbadgeslib.ob3.credential import OpenBadgeCredential
from openbadgeslib.ob3.signer import OB3Signer
from openbadgeslib.ob3.verifier import OB3Verifier

from skillmark.credentials.keys import Algorithm, PrivateKey
from skillmark.credentials.proofs.data_integrity import add_proof, verify_proof
from skillmark.credentials.proofs.jose import credential_of, sign_openbadge_jwt, split_token, verify_token
from skillmark.errors import ProofError

STRANGERS = [("EdDSA", Algorithm.ED25519), ("ES256", Algorithm.P256), ("RS256", Algorithm.RSA)]


@pytest.mark.parametrize(("alg", "algorithm"), STRANGERS)
def test_another_library_accepts_our_tokens(alg, algorithm, signers, credential):
    signer = signers[algorithm]
    issuer = {**credential["issuer"], "id": signer.controller}
    text = sign_openbadge_jwt(credential | {"issuer": issuer, "validFrom": "2024-01-01T00:00:00Z"}, signer)
    verifier = OB3Verifier(pubkey_pem=signer.private_key.public.to_pem())
    assert verifier.verify(text).issuer.id == signer.controller
    with pytest.raises(OB3VerificationError):
        verifier.verify(text[:-6] + "AAAAAA")
    assert jwt.decode(text, signer.private_key.public.handle, algorithms=[alg])["jti"] == credential["id"]


@pytest.mark.parametrize(("alg", "algorithm"), STRANGERS)
def test_we_accept_the_tokens_of_another_library(alg, algorithm, signers, credential):
    key = signers[algorithm].private_key
    made = OpenBadgeCredential.from_jwt_payload(split_token(sign_openbadge_jwt(credential, signers[algorithm])).claims)
    token = split_token(OB3Signer(privkey_pem=key.handle, algorithm=alg).sign(made))
    assert token.header["jwk"]
    verify_token(token, key.public)
    assert credential_of(token)["id"] == credential["id"]
    other = PrivateKey.generate(algorithm).public
    with pytest.raises(ProofError) as refused:
        verify_token(token, other)
    assert refused.value.rule == "jose-jwk"


def test_another_library_accepts_our_data_integrity_proof(signer, credential):
    secured = add_proof(credential | {"validFrom": "2024-01-01T00:00:00Z"}, signer, created="2024-01-01T00:00:00Z")
    verifier = OB3LdpVerifier(signer.private_key.public.to_pem())
    assert verifier.verify(secured).id == credential["id"]
    with pytest.raises(OB3VerificationError):
        verifier.verify(secured | {"validFrom": "2024-01-01T00:00:01Z"})


def test_we_accept_the_data_integrity_proof_of_another_library(signer, credential):
    claims = split_token(sign_openbadge_jwt(credential, signer)).claims
    secured = OB3LdpSigner(signer.private_key.handle).sign(OpenBadgeCredential.from_jwt_payload(claims))
    proof = secured.pop("proof")
    assert proof["cryptosuite"] == "eddsa-rdfc-2022"
    verify_proof(secured, proof, signer.private_key.public)
