"""`skillmark bake` and `skillmark extract`: what was put in comes out, and nothing is overwritten."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command

IMAGE = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


@pytest.fixture
def badge(issue: Command, folder: Path) -> Path:
    assert issue(out="badges").code == 0
    (folder / "badge.svg").write_bytes(IMAGE)
    return folder / "badges" / "000002.json"


def test_what_was_baked_comes_out(skillmark: Command, badge: Path, folder: Path) -> None:
    run = skillmark("bake", "badge.svg", badge, "--out", "ada.svg", "--json")
    assert run.code == 0
    assert run.json == {"file": "ada.svg", "bytes": len((folder / "ada.svg").read_bytes())}
    assert skillmark("verify", "ada.svg").code == 0
    assert skillmark("extract", "ada.svg").out == badge.read_text() + "\n"
    assert skillmark("extract", "ada.svg", "--out", "ada.json").out == ""
    assert (folder / "ada.json").read_bytes() == badge.read_bytes()
    told = skillmark("extract", "ada.svg", "--json").json
    assert told == {"image": "ada.svg", "credential": badge.read_text(), "file": None}


def test_nothing_is_overwritten(skillmark: Command, badge: Path, folder: Path) -> None:
    assert skillmark("bake", "badge.svg", badge, "--out", "new.svg").out == ""
    run = skillmark("bake", "badge.svg", badge, "--out", "badge.svg")
    assert run.code == 2
    assert "exists already" in run.err
    assert (folder / "badge.svg").read_bytes() == IMAGE


@pytest.mark.parametrize("data", [b"", b"text", b"\x89PNG\r\n\x1a\n", b"<svg", IMAGE, b"x" * (11 << 20)])
def test_image_without_a_credential_gives_none(skillmark: Command, folder: Path, data: bytes) -> None:
    (folder / "image").write_bytes(data)
    run = skillmark("extract", "image")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("Error: ")


@pytest.mark.parametrize(("image", "credential"), [("badge.svg", "awards.csv"), ("awards.csv", "badges/000002.json")])
def test_what_cannot_be_baked_is_refused(
    skillmark: Command, badge: Path, folder: Path, image: str, credential: str
) -> None:
    run = skillmark("bake", image, credential, "--out", "out.svg")
    assert (run.code, run.out) == (2, "")
    assert not (folder / "out.svg").exists()


def test_folder_that_is_absent_is_named(skillmark: Command, badge: Path) -> None:
    run = skillmark("bake", "badge.svg", badge, "--out", "absent/out.svg")
    assert run.code == 2
    assert "absent/out.svg cannot be written: No such file" in run.err
