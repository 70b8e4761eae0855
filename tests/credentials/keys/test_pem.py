"""PEM: one block, of the right label; private keys under a passphrase that any OpenSSL understands."""

import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa

from skillmark.credentials.keys import Algorithm, PrivateKey, PublicKey, UnsafePlain
from skillmark.errors import KeyMaterialError

SEED = b"s" * 32
SPKI = serialization.PublicFormat.SubjectPublicKeyInfo
PEM = serialization.Encoding.PEM


def all_kinds(rsa_key: PrivateKey) -> list[PrivateKey]:
    return [rsa_key, *(PrivateKey.from_seed(SEED, kind) for kind in Algorithm if kind is not Algorithm.RSA)]


def public_fault(data: bytes) -> str:
    with pytest.raises(KeyMaterialError) as caught:
        PublicKey.from_pem(data)
    return caught.value.rule


def private_fault(data: bytes, passphrase: str | bytes | UnsafePlain) -> str:
    with pytest.raises(KeyMaterialError) as caught:
        PrivateKey.from_pem(data, passphrase)
    return caught.value.rule


def test_public_keys_are_written_as_spki_and_read_again(rsa_key: PrivateKey) -> None:
    for key in all_kinds(rsa_key):
        assert key.public.to_pem() == key.handle.public_key().public_bytes(PEM, SPKI)
        assert PublicKey.from_pem(key.public.to_pem()) == key.public


def test_private_keys_are_read_again_under_their_passphrase(rsa_key: PrivateKey) -> None:
    for key in all_kinds(rsa_key):
        data = key.to_pem("grüne Äpfel")
        assert data.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n")
        assert PrivateKey.from_pem(data, "grüne Äpfel".encode()).public == key.public
        loaded = serialization.load_pem_private_key(data, "grüne Äpfel".encode())
        assert loaded.public_key() == key.handle.public_key()


@pytest.mark.skipif(not shutil.which("openssl"), reason="the openssl command is absent")
@pytest.mark.parametrize("algorithm", [Algorithm.ED25519, Algorithm.P256])
def test_openssl_reads_our_private_keys(tmp_path: Path, algorithm: Algorithm) -> None:
    key = PrivateKey.from_seed(SEED, algorithm)
    (tmp_path / "key.pem").write_bytes(key.to_pem("secret"))
    command = ["openssl", "pkey", "-in", str(tmp_path / "key.pem"), "-passin", "pass:secret", "-pubout"]
    run = subprocess.run(command, capture_output=True, check=True)
    assert run.stdout == key.public.to_pem()


def test_same_key_and_passphrase_never_give_the_same_file() -> None:
    key = PrivateKey.from_seed(SEED)
    assert key.to_pem("secret") != key.to_pem("secret")


def test_wrong_passphrase_is_refused_by_name() -> None:
    data = PrivateKey.from_seed(SEED).to_pem("secret")
    with pytest.raises(KeyMaterialError, match="passphrase is wrong") as caught:
        PrivateKey.from_pem(data, "Secret")
    assert caught.value.rule == "key-locked"
    assert private_fault(data, UnsafePlain()) == "key-locked"
    assert private_fault(data, "") == "key-locked"


def test_nothing_is_encrypted_under_an_empty_passphrase() -> None:
    for empty in ("", b""):
        with pytest.raises(KeyMaterialError, match="empty"):
            PrivateKey.from_seed(SEED).to_pem(empty)


def test_unencrypted_key_needs_the_word_unsafe(rsa_key: PrivateKey) -> None:
    for key in all_kinds(rsa_key):
        data = key.to_pem(UnsafePlain())
        assert data.startswith(b"-----BEGIN PRIVATE KEY-----\n")
        assert private_fault(data, "secret") == "key-plain"
        assert PrivateKey.from_pem(data, UnsafePlain()).public == key.public


def test_private_key_is_no_public_one_and_the_other_way_round() -> None:
    key = PrivateKey.from_seed(SEED)
    assert public_fault(key.to_pem(UnsafePlain())) == "key-malformed"
    assert private_fault(key.public.to_pem(), UnsafePlain()) == "key-malformed"


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_text_that_is_not_one_whole_block_is_refused(end: bytes) -> None:
    block = PrivateKey.from_seed(SEED).public.to_pem()
    lines = block.splitlines()
    bad = [
        b"",
        b"\n",
        block + block,
        b"words\n" + block,
        block + b"words",
        lines[0],
        b"\n".join(lines[:-1]),
        b"\n".join(lines[1:]),
        b"\n".join([lines[0], b"!!!!", lines[-1]]),
        b"\n".join([lines[0], lines[-1]]),
        block.replace(b"PUBLIC", b"RSA PUBLIC"),
        block.replace(b"PUBLIC KEY", b"CERTIFICATE"),
        block + b" " * 40_000 + b"x",
        b"\xff" + block,
        lines[1],
    ]
    assert {public_fault(data + end) for data in bad} == {"key-malformed"}
    assert PublicKey.from_pem(block.rstrip() + end).to_pem() == block


def test_unreadable_private_block_is_refused() -> None:
    lines = PrivateKey.from_seed(SEED).to_pem(UnsafePlain()).splitlines()
    assert private_fault(b"\n".join([lines[0], b"AAAA", lines[-1]]), UnsafePlain()) == "key-malformed"


def test_kinds_we_do_not_use_are_refused() -> None:
    for handle in (ed448.Ed448PrivateKey.generate(), dsa.generate_private_key(2048)):
        assert public_fault(handle.public_key().public_bytes(PEM, SPKI)) == "key-unsupported"
        data = handle.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        assert private_fault(data, UnsafePlain()) == "key-unsupported"
    curve = ec.generate_private_key(ec.SECP521R1())
    assert public_fault(curve.public_key().public_bytes(PEM, SPKI)) == "key-unsupported"


def test_weak_keys_are_refused() -> None:
    short = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    assert public_fault(short.public_key().public_bytes(PEM, SPKI)) == "key-weak"
    data = short.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    assert private_fault(data, UnsafePlain()) == "key-weak"
    neutral = ed25519.Ed25519PublicKey.from_public_bytes(b"\x01" + bytes(31))
    assert public_fault(neutral.public_bytes(PEM, SPKI)) == "key-weak"
