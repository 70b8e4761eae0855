"""Private keys: drawn, derived from a seed, and silent about their secret."""

import hashlib
import hmac

import pytest

from skillmark.credentials.keys import Algorithm, LocalSigner, PrivateKey, Signer
from skillmark.errors import KeyMaterialError

SEED = bytes(range(32))


def hkdf(seed: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869 with SHA-512 and no salt, written from its text."""
    key = hmac.digest(bytes(64), seed, hashlib.sha512)
    block = hmac.digest(key, info + b"\x01", hashlib.sha512)
    return block[:length]


@pytest.mark.parametrize("algorithm", Algorithm)
def test_drawn_key_signs_and_is_never_drawn_again(algorithm: Algorithm) -> None:
    first, second = PrivateKey.generate(algorithm), PrivateKey.generate(algorithm)
    assert first.algorithm is algorithm
    assert first.public != second.public
    assert first.public.verify(first.sign(b"message"), b"message")
    assert not second.public.verify(first.sign(b"message"), b"message")


def test_drawn_rsa_key_has_3072_bits() -> None:
    assert len(PrivateKey.generate(Algorithm.RSA).sign(b"")) == 3072 // 8


def test_labelled_ed25519_key_is_the_hkdf_of_the_seed() -> None:
    key = PrivateKey.from_seed(SEED, label="issuer")
    expected = hkdf(SEED, b"skillmark key\nEd25519\nissuer", 32)
    assert key.public == PrivateKey.from_seed(expected).public


def test_labelled_p256_key_is_the_hkdf_of_the_seed_reduced_into_the_group() -> None:
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    number = int.from_bytes(hkdf(SEED, b"skillmark key\nP-256\nissuer", 48), "big")
    key = PrivateKey.from_seed(SEED, Algorithm.P256, label="issuer")
    assert key.handle.private_numbers().private_value == number % (order - 1) + 1


@pytest.mark.parametrize("algorithm", [Algorithm.ED25519, Algorithm.P256, Algorithm.P384])
def test_seed_gives_one_key_per_label(algorithm: Algorithm) -> None:
    keys = [PrivateKey.from_seed(SEED, algorithm, label=label).public for label in ("", "a", "b")]
    again = [PrivateKey.from_seed(SEED, algorithm, label=label).public for label in ("", "a", "b")]
    assert keys == again
    assert len(set(keys)) == 3


def test_seed_of_another_length_and_rsa_are_refused() -> None:
    for seed in (b"", SEED[:31], SEED + b"\0"):
        with pytest.raises(KeyMaterialError, match="32 octets") as caught:
            PrivateKey.from_seed(seed)
        assert caught.value.rule == "key-length"
    with pytest.raises(KeyMaterialError, match="RSA"):
        PrivateKey.from_seed(SEED, Algorithm.RSA)


def test_private_key_and_signer_do_not_show_their_secret() -> None:
    key = PrivateKey.from_seed(SEED)
    signer = LocalSigner(key, verification_method="did:example:a#b", controller="did:example:a")
    for text in (repr(key), str(key), repr(signer)):
        assert SEED.hex() not in text
        assert repr(SEED) not in text
    assert repr(key) == f"PrivateKey(public={key.public!r})"


def test_local_signer_signs_with_its_key() -> None:
    key = PrivateKey.from_seed(SEED)
    signer: Signer = LocalSigner(key, verification_method="did:example:a#b", controller="did:example:a")
    assert signer.algorithm is Algorithm.ED25519
    assert signer.public == key.public
    assert signer.verification_method == "did:example:a#b"
    assert signer.controller == "did:example:a"
    assert key.public.verify(signer.sign(b"message"), b"message")
