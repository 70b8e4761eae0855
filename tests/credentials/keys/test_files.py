"""Key files: there whole or not at all, for their owner alone, and never overwritten."""

import os
import stat
from pathlib import Path

import pytest

from skillmark.credentials.keys import PrivateKey, UnsafePlain, read_key_file, write_key_file
from skillmark.errors import KeyMaterialError

KEY = PrivateKey.from_seed(b"k" * 32)


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def fault(path: Path, passphrase: str | UnsafePlain) -> tuple[str, str]:
    with pytest.raises(KeyMaterialError) as caught:
        read_key_file(path, passphrase=passphrase)
    return caught.value.rule, caught.value.message


def test_key_file_is_read_again_under_its_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "issuer.pem"
    write_key_file(path, KEY, passphrase="secret")
    assert read_key_file(path, passphrase="secret").public == KEY.public
    assert names(tmp_path) == ["issuer.pem"]


def test_key_file_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_key_file(tmp_path / "issuer.pem", KEY, passphrase="secret")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "issuer.pem").stat().st_mode) == 0o600


def test_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "issuer.pem"
    path.write_text("precious")
    with pytest.raises(KeyMaterialError, match="never overwritten") as caught:
        write_key_file(path, KEY, passphrase="secret")
    assert caught.value.rule == "key-file"
    assert path.read_text() == "precious"
    assert names(tmp_path) == ["issuer.pem"]


def test_dangling_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "issuer.pem").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(KeyMaterialError, match="never overwritten"):
        write_key_file(tmp_path / "issuer.pem", KEY, passphrase="secret")
    assert not (tmp_path / "elsewhere").exists()


def test_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KeyMaterialError, match="No space left"):
        write_key_file(tmp_path / "issuer.pem", KEY, passphrase="secret")
    assert names(tmp_path) == []


def test_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyMaterialError, match="No such file") as caught:
        write_key_file(tmp_path / "absent" / "issuer.pem", KEY, passphrase="secret")
    assert caught.value.rule == "key-file"


def test_wrong_passphrase_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "issuer.pem"
    write_key_file(str(path), KEY, passphrase="secret")
    rule, message = fault(path, "other")
    assert rule == "key-locked"
    assert message == f"{path}: the passphrase is wrong, or the file is damaged"


def test_unencrypted_file_is_read_only_when_the_word_is_said(tmp_path: Path) -> None:
    path = tmp_path / "issuer.pem"
    write_key_file(path, KEY, passphrase=UnsafePlain())
    assert fault(path, "secret")[0] == "key-plain"
    assert read_key_file(path, passphrase=UnsafePlain()).public == KEY.public


def test_absent_and_endless_files_are_refused(tmp_path: Path) -> None:
    assert fault(tmp_path / "absent.pem", "secret")[0] == "key-file"
    assert fault(Path("/dev/zero"), "secret")[0] == "key-malformed"
