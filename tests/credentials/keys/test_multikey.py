"""Multikey text is read in one spelling only, and the kinds we do not verify with are named."""

import json
from pathlib import Path

import base58
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from skillmark.credentials.keys import Algorithm, PrivateKey, PublicKey
from skillmark.errors import KeyMaterialError

RFC8032_PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")


def text_of(prefix: str, octets: bytes) -> str:
    return "z" + base58.b58encode(bytes.fromhex(prefix) + octets).decode()


@pytest.mark.parametrize(
    ("folder", "name", "secret", "algorithm"),
    [
        ("vc-di-eddsa", "keyPair.json", "privateKeyMultibase", Algorithm.ED25519),
        ("vc-di-ecdsa", "p256KeyPair.json", "secretKeyMultibase", Algorithm.P256),
        ("vc-di-ecdsa", "p384KeyPair.json", "secretKeyMultibase", Algorithm.P384),
    ],
)
def test_published_key_pairs_are_read_and_written_alike(
    shared: Path, folder: str, name: str, secret: str, algorithm: Algorithm
) -> None:
    pair = json.loads((shared / "vectors" / folder / name).read_text())
    key = PrivateKey.from_multikey(pair[secret], pair["publicKeyMultibase"])
    assert key.algorithm is algorithm
    assert key.public.to_multikey() == pair["publicKeyMultibase"]
    assert key.public.verify(key.sign(b"message"), b"message")


def test_rsa_is_the_pkcs1_form_behind_its_prefix(rsa_key: PrivateKey) -> None:
    handle = rsa_key.handle.public_key()
    octets = handle.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.PKCS1)
    assert rsa_key.public.to_multikey() == text_of("8524", octets)
    assert PublicKey.from_multikey(text_of("8524", octets)) == rsa_key.public


def test_rsa_of_8192_bits_is_read() -> None:
    handle = rsa.RSAPublicNumbers(65537, 2**8191 + 3).public_key()
    octets = handle.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.PKCS1)
    assert PublicKey.from_multikey(text_of("8524", octets)).handle.key_size == 8192


@pytest.mark.parametrize("surplus", [b"\0", b"0"])
def test_rsa_octets_in_another_form_are_refused(rsa_key: PrivateKey, surplus: bytes) -> None:
    spki = rsa_key.handle.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    other = ed25519.Ed25519PrivateKey.generate().public_key()
    stranger = other.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    unknown = bytes.fromhex("300c300506032b6573030300ffff")
    for octets in (spki, stranger, unknown, rsa_key.public.encoded + surplus, b"\x30\x03"):
        with pytest.raises(KeyMaterialError, match="no RSA key") as caught:
            PublicKey.from_multikey(text_of("8524", octets))
        assert caught.value.rule == "key-malformed"


@pytest.mark.parametrize(
    ("prefix", "octets", "name"),
    [
        ("ec01", 32, "X25519"),
        ("e701", 33, "secp256k1"),
        ("ea01", 48, "BLS12-381 G1"),
        ("eb01", 96, "BLS12-381 G2"),
        ("ee01", 144, "BLS12-381 G1 and G2"),
        ("8224", 67, "P-521"),
        ("8324", 57, "Ed448"),
        ("8424", 56, "X448"),
        ("1234", 32, "1234"),
    ],
)
def test_kinds_we_do_not_verify_with_are_named(prefix: str, octets: int, name: str) -> None:
    with pytest.raises(KeyMaterialError, match=name) as caught:
        PublicKey.from_multikey(text_of(prefix, bytes(octets)))
    assert caught.value.rule == "key-unsupported"


@pytest.mark.parametrize("prefix", ["8026", "8626", "8726"])
def test_secret_key_in_a_public_place_is_refused_by_name(prefix: str) -> None:
    with pytest.raises(KeyMaterialError, match="secret") as caught:
        PublicKey.from_multikey(text_of(prefix, bytes(32)))
    assert caught.value.rule == "key-private"


@pytest.mark.parametrize(
    ("prefix", "octets"),
    [("ed01", 31), ("ed01", 33), ("ed01", 0), ("8024", 32), ("8024", 65), ("8124", 48), ("8124", 97), ("8524", 0)],
)
def test_wrong_length_is_refused(prefix: str, octets: int) -> None:
    with pytest.raises(KeyMaterialError) as caught:
        PublicKey.from_multikey(text_of(prefix, b"\x02" * octets))
    assert caught.value.rule == "key-length"


@pytest.mark.parametrize(
    "text",
    ["", "z", "x6Mk", "uAAAA", "z0OIl", "z6Mkr JVn", "z6Mké", "z" + "1" * 1501, text_of("ed01", RFC8032_PUBLIC)[1:]],
)
def test_text_that_is_no_multikey_is_refused(text: str) -> None:
    with pytest.raises(KeyMaterialError) as caught:
        PublicKey.from_multikey(text)
    assert caught.value.rule in {"key-malformed", "key-unsupported"}


@pytest.mark.parametrize("lead", ["00", "01", "04", "05"])
def test_ec_octets_that_are_no_compressed_point_are_refused(lead: str) -> None:
    with pytest.raises(KeyMaterialError, match="no P-256 key") as caught:
        PublicKey.from_multikey(text_of("8024", bytes.fromhex(lead) + bytes(31) + b"\x05"))
    assert caught.value.rule == "key-malformed"


def test_ec_point_off_the_curve_is_refused() -> None:
    prime = 2**256 - 2**224 + 2**192 + 2**96 - 1
    constant = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
    lonely = next(x for x in range(2, 99) if pow(x**3 - 3 * x + constant, (prime - 1) // 2, prime) == prime - 1)
    for x in (lonely, prime):
        with pytest.raises(KeyMaterialError, match="no P-256 key"):
            PublicKey.from_multikey(text_of("8024", b"\x02" + x.to_bytes(32, "big")))


def test_weak_ed25519_point_is_refused() -> None:
    with pytest.raises(KeyMaterialError, match="prime order"):
        PublicKey.from_multikey(text_of("ed01", b"\x01" + bytes(31)))


def test_secret_and_public_half_must_belong_together() -> None:
    ours, theirs = PrivateKey.from_seed(b"a" * 32), PrivateKey.from_seed(b"b" * 32)
    with pytest.raises(KeyMaterialError, match="different keys") as caught:
        PrivateKey.from_multikey(text_of("8026", b"a" * 32), theirs.public.to_multikey())
    assert caught.value.rule == "key-mismatch"
    again = PrivateKey.from_multikey(text_of("8026", b"a" * 32), ours.public.to_multikey())
    assert again.public == ours.public


@pytest.mark.parametrize(
    ("secret", "rule"),
    [
        (text_of("ed01", RFC8032_PUBLIC), "key-unsupported"),
        (text_of("8026", bytes(31)), "key-length"),
        (text_of("8726", bytes(47)), "key-length"),
        (text_of("8626", bytes(32)), "key-malformed"),
        (text_of("8626", b"\xff" * 32), "key-malformed"),
    ],
)
def test_text_that_is_no_secret_key_is_refused(secret: str, rule: str) -> None:
    with pytest.raises(KeyMaterialError) as caught:
        PrivateKey.from_multikey(secret, text_of("ed01", RFC8032_PUBLIC))
    assert caught.value.rule == rule


def test_key_on_another_curve_is_refused() -> None:
    for curve in (ec.SECP256K1(), ec.SECP521R1()):
        with pytest.raises(KeyMaterialError, match=curve.name) as caught:
            PublicKey.of(ec.generate_private_key(curve).public_key())
        assert caught.value.rule == "key-unsupported"


def test_equal_keys_are_equal_and_show_themselves_as_multikey() -> None:
    first, second = (PublicKey.from_multikey(text_of("ed01", RFC8032_PUBLIC)) for _ in range(2))
    assert first == second
    assert hash(first) == hash(second)
    assert repr(first) == f"PublicKey({text_of('ed01', RFC8032_PUBLIC)})"
