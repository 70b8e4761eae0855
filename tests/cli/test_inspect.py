"""`skillmark inspect`: what a credential says, shown for people and never said to be true."""

import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Command


@pytest.fixture
def badge(issue: Command, skillmark: Command, folder: Path) -> Path:
    url = "https://example.org/status"
    assert skillmark("status", "new", "--url", url, "--key", "issuer.key", "--out", "list.json").code == 0
    header = "email,name,awarded_date,valid_until,evidence_url,evidence_narrative,result"
    row = "ada@example.org,Ada Lovelace,2026-06-30,2099-06-30,https://example.org/work,Well done,91"
    (folder / "awards.csv").write_text(f"{header}\n{row}\n")
    assert issue("--status-list", "list.json", out="badges").code == 0
    return folder / "badges" / "000002.json"


def test_members_that_people_ask_for_are_shown(skillmark: Command, badge: Path, did: str) -> None:
    run = skillmark("inspect", badge)
    assert run.code == 0
    lines = {line[2:15].strip(): line[16:] for line in run.out.splitlines()[2:]}
    assert run.out.startswith(f"{badge}: json, not verified")
    assert lines["issuer"] == f"Example University ({did})"
    assert lines["achievement"] == "Cleaning survey data"
    assert lines["identified by"] == "name: Ada Lovelace"
    assert lines["valid until"] == "2099-06-30T23:59:59Z"
    assert lines["evidence"] == "Well done (https://example.org/work)"
    assert lines["result"] == "91"
    assert lines["status"].endswith("of https://example.org/status")
    assert lines["aligned with"].startswith("perform data cleansing (http://data.europa.eu/")
    assert lines["signed as"].startswith("eddsa-rdfc-2022 at ")
    assert "Findings" not in run.out


def test_findings_are_shown_where_asked_for(skillmark: Command, badge: Path) -> None:
    run = skillmark("inspect", badge, "--lint")
    assert "warning  european" in run.out
    findings = skillmark("inspect", badge, "--lint", "--json").json["findings"]
    assert {"rule", "severity", "authority", "message", "pointer", "clause"} == set(findings[0])
    assert all(finding["severity"] != "error" for finding in findings)


def test_json_says_that_nothing_was_verified(skillmark: Command, badge: Path) -> None:
    told = skillmark("inspect", badge, "--json").json
    assert told == {"form": "json", "verified": False, "document": json.loads(badge.read_bytes())}


def test_token_shows_its_key(skillmark: Command, issue: Command, folder: Path, did: str) -> None:
    assert issue("--format", "jwt", out="tokens").code == 0
    assert f"signed as     JWT EdDSA, key {did}" in skillmark("inspect", "tokens/000002.jwt").out


def test_presentation_shows_how_many_credentials_are_inside(skillmark: Command, badge: Path, folder: Path) -> None:
    presentation = {"type": "VerifiablePresentation", "holder": "did:example:ada", "verifiableCredential": [{}, {}]}
    (folder / "shown.json").write_text(json.dumps(presentation))
    run = skillmark("inspect", "shown.json")
    assert "credentials   2 inside" in run.out
    assert "holder        did:example:ada" in run.out


def test_strange_documents_are_shown_as_far_as_they_go(skillmark: Command, folder: Path) -> None:
    strange = {
        "name": {"a": 1},
        "credentialSubject": [7, {"achievement": [], "identifier": [1], "result": [2]}],
        "credentialStatus": ["x"],
        "proof": ["y"],
        "evidence": [{}],
    }
    (folder / "strange.json").write_text(json.dumps(strange))
    assert skillmark("inspect", "strange.json").code == 0
    assert skillmark("inspect", "strange.json", "--lint").code == 0


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"ey.x.y", b"<svg/>"])
def test_what_is_no_credential_is_refused(skillmark: Command, folder: Path, data: bytes) -> None:
    (folder / "thing").write_bytes(data)
    run = skillmark("inspect", "thing")
    assert (run.code, run.out) == (2, "")
    assert "thing cannot be read as a credential" in run.err


def test_standard_input_is_read(skillmark: Command, badge: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(badge.read_bytes())))
    assert "Cleaning survey data" in skillmark("inspect", "-").out
