"""A signature is a key's own or it is not, and both libraries say the same."""

import random
from types import SimpleNamespace

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from skillmark.credentials.keys import OPENSSL, Algorithm, Engine, PrivateKey, PublicKey, engines, sodium
from skillmark.errors import KeyMaterialError
from tests.credentials.keys import edwards

ENGINES = [OPENSSL, sodium.SodiumEngine()]
SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")

# RFC 8032 §7.1
RFC8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("seed", "public", "message", "signature"), RFC8032)
def test_ed25519_signs_and_verifies_as_published(
    engine: Engine, seed: str, public: str, message: str, signature: str
) -> None:
    key = PrivateKey.from_seed(bytes.fromhex(seed)).using(engine)
    assert key.public.encoded.hex() == public
    assert key.sign(bytes.fromhex(message)).hex() == signature
    assert key.public.verify(bytes.fromhex(signature), bytes.fromhex(message))


@pytest.mark.parametrize("engine", ENGINES)
@given(place=st.integers(0, 63), bit=st.integers(0, 7), message=st.binary(max_size=80))
def test_signature_with_a_changed_bit_never_verifies(engine: Engine, place: int, bit: int, message: bytes) -> None:
    key = PrivateKey.from_seed(SEED)
    signature = bytearray(key.sign(message))
    assert key.public.using(engine).verify(bytes(signature), message)
    signature[place] ^= 1 << bit
    assert not key.public.using(engine).verify(bytes(signature), message)


@pytest.mark.parametrize("engine", ENGINES)
def test_signature_of_another_length_never_verifies(engine: Engine) -> None:
    key = PrivateKey.from_seed(SEED).public.using(engine)
    signature = PrivateKey.from_seed(SEED).sign(b"message")
    assert not key.verify(b"", b"message")
    assert not key.verify(signature + b"m", b"essage")
    assert not key.verify(signature[:-1], signature[-1:] + b"message")


@pytest.mark.parametrize("engine", ENGINES)
def test_scalar_beyond_the_order_never_verifies(engine: Engine) -> None:
    signature = PrivateKey.from_seed(SEED).sign(b"message")
    scalar = int.from_bytes(signature[32:], "little") + edwards.ORDER
    forged = signature[:32] + scalar.to_bytes(32, "little")
    assert not PrivateKey.from_seed(SEED).public.using(engine).verify(forged, b"message")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("torsion", range(8))
def test_r_of_small_or_mixed_order_never_verifies(engine: Engine, torsion: int) -> None:
    """With R of small order, or of an honest R plus one, the equation holds at best after multiplying by 8."""
    secret = 987654321
    public = edwards.encode(edwards.times(secret, edwards.BASE))
    for nonce in (0, 424242):
        commitment = edwards.add(edwards.times(nonce, edwards.BASE), edwards.TORSION[torsion])
        r = edwards.encode(commitment)
        scalar = (nonce + edwards.challenge(r, public, b"message") * secret) % edwards.ORDER
        signature = r + scalar.to_bytes(32, "little")
        honest = nonce != 0 and torsion == 0
        assert engine.verifier(public)(signature, b"message") is honest


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("text", edwards.NOT_CANONICAL)
def test_r_in_another_spelling_never_verifies(engine: Engine, text: str) -> None:
    secret = 987654321
    public, r = edwards.encode(edwards.times(secret, edwards.BASE)), bytes.fromhex(text)
    scalar = edwards.challenge(r, public, b"message") * secret % edwards.ORDER
    assert not engine.verifier(public)(r + scalar.to_bytes(32, "little"), b"message")


def test_both_libraries_accept_the_same_keys() -> None:
    """Whatever `PublicKey` admits, both can use: an honest signature by it verifies in both."""
    source = random.Random(25519)
    for _ in range(20):
        secret, nonce = source.randrange(1, edwards.ORDER), source.randrange(1, edwards.ORDER)
        public, r = (
            edwards.encode(edwards.times(secret, edwards.BASE)),
            edwards.encode(edwards.times(nonce, edwards.BASE)),
        )
        scalar = (nonce + edwards.challenge(r, public, b"m") * secret) % edwards.ORDER
        key = PublicKey.of(ed25519.Ed25519PublicKey.from_public_bytes(public))
        signature = r + scalar.to_bytes(32, "little")
        assert [key.using(engine).verify(signature, b"m") for engine in ENGINES] == [True, True]


def test_libsodium_that_multiplies_by_the_cofactor_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sodium.bindings, "crypto_sign_open", lambda signed, _key: signed[64:])
    with pytest.raises(KeyMaterialError, match="cofactor") as caught:
        sodium.SodiumEngine()
    assert caught.value.rule == "key-engine"


def test_question_to_libsodium_separates_the_two_readings() -> None:
    """8·S·B = 8·R + 8·h·A holds for the stored signature, S·B = R + h·A does not."""
    signature, public = sodium._COFACTOR_SIGNATURE, sodium._COFACTOR_KEY
    a, r = (
        edwards.point_of(int.from_bytes(octets, "little") & (2**255 - 1), sign=octets[31] >> 7)
        for octets in (public, signature[:32])
    )
    assert a is not None
    assert r is not None
    left = edwards.times(int.from_bytes(signature[32:], "little"), edwards.BASE)
    right = edwards.add(r, edwards.times(edwards.challenge(signature[:32], public, b""), a))
    assert left != right
    assert edwards.times(8, left) == edwards.times(8, right)


# RFC 6979 A.2.5 and A.2.6: the message "sample", SHA-256 and SHA-384
RFC6979 = [
    (
        Algorithm.P256,
        0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721,
        (
            "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
            "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"
        ),
    ),
    (
        Algorithm.P384,
        0x6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5,
        (
            "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46"
            "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8"
        ),
    ),
]


@pytest.mark.parametrize(("algorithm", "secret", "signature"), RFC6979)
def test_ecdsa_signs_with_deterministic_nonces_as_published(algorithm: Algorithm, secret: int, signature: str) -> None:
    curve = ec.SECP256R1() if algorithm is Algorithm.P256 else ec.SECP384R1()
    key = PrivateKey.of(ec.derive_private_key(secret, curve))
    assert key.algorithm is algorithm
    assert key.sign(b"sample") == bytes.fromhex(signature)
    assert key.public.verify(bytes.fromhex(signature), b"sample")
    assert not key.public.verify(bytes.fromhex(signature), b"simple")


ORDERS = {
    Algorithm.P256: 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    Algorithm.P384: int(
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973", 16
    ),
}


@pytest.mark.parametrize("algorithm", [Algorithm.P256, Algorithm.P384])
def test_ecdsa_signature_out_of_shape_never_verifies(algorithm: Algorithm) -> None:
    key = PrivateKey.from_seed(SEED, algorithm)
    good = key.sign(b"message")
    size = len(good) // 2
    r, s = good[:size], good[size:]
    order, zero = ORDERS[algorithm].to_bytes(size, "big"), bytes(size)
    assert key.public.verify(r + s, b"message")
    bad = [b"", zero + zero, zero + s, r + zero, order + s, r + order, good + b"\0", b"\0" + good, good[:-1], s + r]
    assert [key.public.verify(signature, b"message") for signature in bad] == [False] * len(bad)


def test_ecdsa_signature_in_der_never_verifies() -> None:
    handle = ec.generate_private_key(ec.SECP256R1())
    der = handle.sign(b"message", ec.ECDSA(hashes.SHA256()))
    r, s = decode_dss_signature(der)
    key = PublicKey.of(handle.public_key())
    assert key.verify(r.to_bytes(32, "big") + s.to_bytes(32, "big"), b"message")
    assert not key.verify(der, b"message")


def test_ecdsa_without_deterministic_nonces_still_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    def older(digest: hashes.HashAlgorithm, *, deterministic_signing: bool = False) -> ec.ECDSA:
        if deterministic_signing:
            raise UnsupportedAlgorithm("an OpenSSL before 3.2")
        return ec.ECDSA(digest)

    # Not in the library itself: it remembers the first class it meets for all later signatures of the process.
    monkeypatch.setattr(engines, "ec", SimpleNamespace(ECDSA=older))
    key = PrivateKey.of(ec.generate_private_key(ec.SECP256R1()))
    first, second = key.sign(b"message"), key.sign(b"message")
    assert first != second
    assert key.public.verify(first, b"message")
    assert key.public.verify(second, b"message")


def test_rsa_verifies_its_own_signature_only() -> None:
    key = PrivateKey.of(rsa.generate_private_key(public_exponent=65537, key_size=2048))
    signature = key.sign(b"message")
    assert len(signature) == 256
    assert key.public.verify(signature, b"message")
    assert not key.public.verify(signature, b"massage")
    assert not key.public.verify(signature[:-1], b"message")
    assert not key.public.verify(b"\0" + signature, b"message")


@pytest.mark.parametrize("algorithm", [Algorithm.P256, Algorithm.RSA])
def test_other_engine_leaves_other_kinds_of_key_alone(algorithm: Algorithm, rsa_key: PrivateKey) -> None:
    key = rsa_key if algorithm is Algorithm.RSA else PrivateKey.from_seed(SEED, algorithm)
    assert key.using(sodium.SodiumEngine()) is key
    assert key.public.using(sodium.SodiumEngine()) is key.public


def test_fastest_engine_is_libsodium_where_it_is_installed_and_openssl_elsewhere(monkeypatch) -> None:
    assert isinstance(engines.fastest_engine(), sodium.SodiumEngine)

    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(engines, "import_module", absent)
    engines.fastest_engine.cache_clear()
    assert engines.fastest_engine() is OPENSSL
    engines.fastest_engine.cache_clear()
