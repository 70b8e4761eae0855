"""`skillmark keys`: made once, kept encrypted, shown in every form that others ask for."""

import io
import json
import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest

from skillmark.credentials.dids import DidResolver
from skillmark.credentials.keys import PrivateKey, PublicKey, UnsafePlain, read_key_file, write_key_file
from tests.cli.conftest import PASSPHRASE, Command


@pytest.mark.parametrize(
    ("algorithm", "beginning"),
    [("ed25519", "did:key:z6Mk"), ("p256", "did:key:zDn"), ("p384", "did:key:z82"), ("rsa", "did:key:z")],
)
def test_new_key_is_printed_as_did_key(skillmark: Command, folder: Path, algorithm: str, beginning: str) -> None:
    run = skillmark("keys", "new", "--algorithm", algorithm, "--out", "new.key")
    assert run.code == 0
    assert run.out.startswith(beginning)
    key = read_key_file(folder / "new.key", passphrase=PASSPHRASE)
    assert DidResolver().resolve(run.out.strip()).methods.popitem()[1].key == key.public
    assert (folder / "new.key").stat().st_mode & 0o777 == 0o600


def test_description_names_did_method_and_multikey(skillmark: Command, folder: Path) -> None:
    told = skillmark("keys", "new", "--out", "new.key", "--json").json
    assert told["did"] == f"did:key:{told['multikey']}"
    assert told["verificationMethod"] == f"{told['did']}#{told['multikey']}"
    assert told["file"] == "new.key"


def test_key_is_never_overwritten(skillmark: Command, folder: Path) -> None:
    before = (folder / "issuer.key").read_bytes()
    run = skillmark("keys", "new", "--out", "issuer.key")
    assert (run.code, run.out) == (2, "")
    assert "never overwritten" in run.err
    assert (folder / "issuer.key").read_bytes() == before


def test_public_half_is_shown_in_every_form(skillmark: Command, folder: Path, did: str) -> None:
    assert skillmark("keys", "show", "issuer.key", "--did").out.strip() == did
    pem = skillmark("keys", "show", "issuer.key", "--pem").out
    key = PublicKey.from_pem(pem.encode())
    assert PublicKey.from_jwk(skillmark("keys", "show", "issuer.key", "--jwk").json) == key
    told = skillmark("keys", "show", "issuer.key", "--json").json
    assert (told["did"], told["algorithm"], told["thumbprint"]) == (did, "Ed25519", key.thumbprint)
    assert did in skillmark("keys", "show", "issuer.key").out


def test_public_key_needs_no_passphrase(
    skillmark: Command, folder: Path, did: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "public.pem").write_text(skillmark("keys", "show", "issuer.key", "--pem").out)
    monkeypatch.delenv("SKILLMARK_PASSPHRASE")
    assert skillmark("keys", "show", "public.pem", "--did").out.strip() == did


def test_two_forms_at_once_are_refused(skillmark: Command, folder: Path) -> None:
    assert skillmark("keys", "show", "issuer.key", "--jwk", "--pem").code == 2


def test_did_web_document_names_the_method_that_issue_uses(skillmark: Command, folder: Path) -> None:
    run = skillmark("keys", "did-web", "--domain", "example.org", "--path", "issuers/7", "--key", "issuer.key")
    document = json.loads(run.out)
    thumbprint = PrivateKey.from_seed(bytes(range(32))).public.thumbprint
    assert document["id"] == "did:web:example.org:issuers:7"
    assert document["assertionMethod"] == [f"did:web:example.org:issuers:7#{thumbprint}"]
    assert "https://example.org/issuers/7/did.json" in run.err
    assert skillmark("keys", "did-web", "--domain", "example.org", "--key", "issuer.key", "--json", "-q").err == ""


def test_did_web_of_no_domain_is_refused(skillmark: Command, folder: Path) -> None:
    run = skillmark("keys", "did-web", "--domain", "127.0.0.1", "--key", "issuer.key")
    assert (run.code, run.out) == (2, "")
    assert "domain name" in run.err


def test_passphrase_comes_from_a_file_first(skillmark: Command, folder: Path) -> None:
    (folder / "secret.txt").write_text("another one\nnot this\n")
    assert skillmark("keys", "new", "--out", "new.key", "--passphrase-file", "secret.txt").code == 0
    assert read_key_file(folder / "new.key", passphrase="another one").algorithm == "Ed25519"


@pytest.mark.parametrize(("content", "told"), [(b"\nx", "is empty"), (b"", "is empty"), (b"\xff\n", "UTF-8")])
def test_passphrase_file_without_a_passphrase_is_refused(
    skillmark: Command, folder: Path, content: bytes, told: str
) -> None:
    (folder / "secret.txt").write_bytes(content)
    run = skillmark("keys", "new", "--out", "new.key", "--passphrase-file", "secret.txt")
    assert run.code == 2
    assert told in run.err


def test_without_passphrase_and_terminal_the_ways_to_give_one_are_told(
    skillmark: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SKILLMARK_PASSPHRASE")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    run = skillmark("keys", "show", "issuer.key")
    assert run.code == 2
    assert "--passphrase-file" in run.err
    assert "SKILLMARK_PASSPHRASE" in run.err


@pytest.mark.parametrize(
    ("answers", "code"),
    [([b"secret\n", b"secret\n"], 0), ([b"secret\n", b"other\n", b"secret\n", b"secret\n"], 0), ([b"\x04"], 2)],
)
def test_prompt_at_a_terminal_asks_twice_and_shows_nothing(folder: Path, answers: list[bytes], code: int) -> None:
    terminal, side = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "SKILLMARK_PASSPHRASE"}
    process = subprocess.Popen(
        [sys.executable, "-m", "skillmark.cli", "keys", "new", "--out", "new.key"],
        cwd=folder, env=environment, stdin=side, stdout=subprocess.PIPE, stderr=side, start_new_session=True,
    )  # fmt: skip
    os.close(side)
    shown = b""
    for answer in answers:
        shown += prompt_on(terminal)
        os.write(terminal, answer)
    out, _ = process.communicate(timeout=60)
    os.close(terminal)
    assert process.returncode == code
    assert b"Passphrase of new.key" in shown
    assert b"secret" not in shown
    if code == 0:
        assert out.startswith(b"did:key:z6Mk")
        assert read_key_file(folder / "new.key", passphrase="secret").algorithm == "Ed25519"


def prompt_on(terminal: int) -> bytes:
    """What a program says until it waits for an answer: the prompt, after which it has stopped to echo."""
    shown = b""
    while not shown.endswith(b": "):
        ready, _, _ = select.select([terminal], [], [], 30)
        assert ready, shown
        shown += os.read(terminal, 1000)
    return shown


def test_nothing_is_asked_where_no_input_is_wanted(folder: Path) -> None:
    terminal, side = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "SKILLMARK_PASSPHRASE"}
    run = subprocess.run(
        [sys.executable, "-m", "skillmark.cli", "--no-input", "keys", "show", "issuer.key"],
        cwd=folder, env=environment, stdin=side, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    os.close(side)
    os.close(terminal)
    assert run.returncode == 2
    assert b"is needed" in run.stderr


def test_wrong_passphrase_is_said_to_be_wrong(
    skillmark: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SKILLMARK_PASSPHRASE", "wrong")
    run = skillmark("keys", "show", "issuer.key")
    assert run.code == 2
    assert "the passphrase is wrong" in run.err


def test_unencrypted_key_is_refused_with_the_command_that_encrypts_it(skillmark: Command, folder: Path) -> None:
    write_key_file(folder / "plain.key", PrivateKey.from_seed(bytes(32)), passphrase=UnsafePlain())
    run = skillmark("keys", "show", "plain.key")
    assert run.code == 2
    assert "openssl pkcs8 -topk8" in run.err


@pytest.mark.parametrize("content", [b"", b"-----BEGIN PUBLIC KEY-----\n", b"x" * 70_000, b"\xff\xfe"])
def test_what_is_no_key_file_is_refused(skillmark: Command, folder: Path, content: bytes) -> None:
    (folder / "no.key").write_bytes(content)
    run = skillmark("keys", "show", "no.key")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("Error: ")


def test_missing_key_file_is_named_with_the_way_to_make_one(skillmark: Command, folder: Path) -> None:
    run = skillmark(
        "issue", "--achievement", "achievement.json", "--awards", "awards.csv", "--key", "absent.key", "--out", "badges"
    )
    assert run.code == 2
    assert "skillmark keys new --out absent.key" in run.err
