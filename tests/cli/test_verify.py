"""`skillmark verify`: three answers in words and in JSON, for one input or many, and the exit code that says it."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skillmark.cli import verification
from skillmark.credentials.baking import bake
from skillmark.credentials.dids import did_key_signer
from skillmark.credentials.keys import PrivateKey
from skillmark.credentials.proofs.data_integrity import add_proof
from skillmark.errors import FetchError
from skillmark.fetching import Fetched
from tests.cli.conftest import Command, Run

IMAGE = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


class Site:
    """A fetcher that knows some addresses."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages = pages

    def fetch(self, url: str, *, limit: int, accept: str = "*/*") -> Fetched:
        if url not in self.pages:
            raise FetchError(f"{url} could not be had")
        return Fetched(url=url, status=200, body=self.pages[url], content_type=accept[:0], headers={})


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """What is on the network."""
    pages: dict[str, bytes] = {}
    monkeypatch.setattr(verification, "HttpFetcher", lambda: Site(pages))
    return pages


@pytest.fixture
def badges(issue: Command, folder: Path, site: dict[str, bytes]) -> list[Path]:
    """Three valid credentials."""
    assert issue(out="badges").code == 0
    return sorted((folder / "badges").iterdir())


def changed(path: Path, change: Callable[[Any], object], name: str) -> Path:
    document = json.loads(path.read_bytes())
    change(document)
    target = path.with_name(name)
    target.write_text(json.dumps(document))
    return target


def checks(run: Run) -> dict[str, str]:
    (result,) = run.json["results"]
    return {check["rule"]: check["outcome"] for check in result["checks"]}


def test_valid_credential_is_told_in_words(skillmark: Command, badges: list[Path], did: str) -> None:
    run = skillmark("verify", badges[0])
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith(f"{badges[0]}: valid\n")
    assert "intact        yes" in run.out
    assert "current       yes" in run.out
    assert "issuer known  could not be checked" in run.out
    assert f"Example University ({did})" in run.out
    assert "passed   proof" in run.out


def test_report_holds_the_answers_checks_and_what_is_signed(skillmark: Command, badges: list[Path], did: str) -> None:
    run = skillmark("verify", badges[0], "--json")
    assert run.code == 0
    assert run.json["summary"] == {"total": 1, "valid": 1, "invalid": 0, "unknown": 0}
    (result,) = run.json["results"]
    assert result["input"] == str(badges[0])
    assert [result[name] for name in ("verdict", "intact", "current", "issuer_known")] == [
        "valid",
        "passed",
        "passed",
        "unknown",
    ]
    assert result["signed"]["issuer"]["id"] == did
    assert "proof" not in result["signed"]


def test_changed_credential_is_invalid_and_nothing_of_it_is_shown_as_signed(
    skillmark: Command, badges: list[Path]
) -> None:
    forged = changed(badges[0], lambda one: one.update(name="Doctor of everything"), "forged.json")
    run = skillmark("verify", forged)
    assert run.code == 1
    assert "intact        no" in run.out
    assert "Doctor of everything" not in run.out
    report = skillmark("verify", forged, "--json").json["results"][0]
    assert (report["verdict"], report["signed"]) == ("invalid", None)


def test_many_inputs_give_a_table_and_a_summary(skillmark: Command, badges: list[Path]) -> None:
    forged = changed(badges[0], lambda one: one.update(name="x"), "forged.json")
    unsigned = changed(badges[0], lambda one: one.pop("proof"), "unsigned.json")
    run = skillmark("verify", *badges, forged, unsigned)
    assert run.code == 1
    lines = run.out.splitlines()
    assert lines[0].split() == ["VERDICT", "INTACT", "CURRENT", "ISSUER", "INPUT"]
    assert lines[1].split() == ["valid", "passed", "passed", "unknown", str(badges[0])]
    assert lines[4].split()[:2] == ["invalid", "failed"]
    assert "signature" in lines[5]
    assert lines[-1] == "5 credentials: 3 valid, 2 invalid, 0 unknown"


def test_exit_code_is_3_where_none_is_invalid_and_one_unknown(
    skillmark: Command, badges: list[Path], site: dict[str, bytes]
) -> None:
    site["https://example.org/badge"] = badges[0].read_bytes()
    absent = "https://example.org/absent"
    assert skillmark("verify", "https://example.org/badge").code == 0
    assert skillmark("verify", absent).code == 3
    assert skillmark("verify", badges[0], absent).code == 3
    forged = changed(badges[0], lambda one: one.update(name="x"), "forged.json")
    assert skillmark("verify", forged, absent).code == 1


def test_nothing_is_fetched_offline(skillmark: Command, badges: list[Path], site: dict[str, bytes]) -> None:
    site["https://example.org/badge"] = badges[0].read_bytes()
    run = skillmark("verify", "https://example.org/badge", "--offline", "--json")
    assert run.code == 3
    assert checks(run) == {"offline": "unknown"}
    assert skillmark("verify", badges[0], "--offline").code == 0


def test_key_of_a_did_web_is_fetched(skillmark: Command, issue: Command, folder: Path, site: dict[str, bytes]) -> None:
    assert issue("--did", "did:web:example.org").code == 0
    assert skillmark("verify", "badges.jsonl").code == 3
    document = skillmark("keys", "did-web", "--domain", "example.org", "--key", "issuer.key").out
    site["https://example.org/.well-known/did.json"] = document.encode()
    assert skillmark("verify", "badges.jsonl").code == 0


def test_revoked_credential_is_invalid_once_the_list_is_published(
    skillmark: Command, issue: Command, folder: Path, site: dict[str, bytes]
) -> None:
    url = "https://example.org/status"
    assert skillmark("status", "new", "--url", url, "--key", "issuer.key", "--out", "list.json").code == 0
    assert issue("--status-list", "list.json", out="badges").code == 0
    assert skillmark("verify", "badges/000002.json").code == 3
    site[url] = (folder / "list.credential.json").read_bytes()
    assert skillmark("verify", "badges/000002.json").code == 0
    revoked = skillmark("status", "set", "list.json", "--key", "issuer.key", "--credential", "badges/000002.json")
    assert revoked.code == 0
    site[url] = (folder / "list.credential.json").read_bytes()
    run = skillmark("verify", "badges/000002.json")
    assert run.code == 1
    assert "its issuer has revoked it" in run.out
    assert skillmark("verify", "badges/000003.json").code == 0


def test_json_lines_give_a_result_a_line(skillmark: Command, badges: list[Path], folder: Path) -> None:
    lines = [path.read_bytes() for path in badges]
    (folder / "all.jsonl").write_bytes(b"\n".join([lines[0], b"", lines[1], b"{broken"]) + b"\r\n")
    run = skillmark("verify", "all.jsonl", "--json")
    assert run.code == 1
    told = [(one["input"], one["verdict"]) for one in run.json["results"]]
    assert told == [("all.jsonl:1", "valid"), ("all.jsonl:3", "valid"), ("all.jsonl:4", "invalid")]


def test_lines_are_known_by_what_they_hold(skillmark: Command, badges: list[Path], folder: Path) -> None:
    (folder / "all.txt").write_bytes(b"\n".join(path.read_bytes() for path in badges))
    assert skillmark("verify", "all.txt", "--json").json["summary"]["valid"] == 3


def test_pretty_json_is_one_document(skillmark: Command, badges: list[Path], folder: Path) -> None:
    pretty = json.dumps(json.loads(badges[0].read_bytes()), indent=2)
    (folder / "pretty.json").write_text(pretty)
    assert skillmark("verify", "pretty.json").code == 0
    (folder / "one.jsonl").write_bytes(badges[0].read_bytes())
    assert skillmark("verify", "one.jsonl", "--json").json["results"][0]["input"] == "one.jsonl:1"


def test_long_files_of_lines_are_read_piece_by_piece(skillmark: Command, badges: list[Path], folder: Path) -> None:
    good = badges[0].read_bytes()
    lines = [good, b'{"a":"' + b"x" * (14 << 20) + b'"}', good, b"ey" + b"x" * (3 << 20)]
    (folder / "long.jsonl").write_bytes(b"\n".join(lines))
    results = skillmark("verify", "long.jsonl", "--json").json["results"]
    assert [one["verdict"] for one in results] == ["valid", "invalid", "valid", "invalid"]


def test_images_and_tokens_are_read(skillmark: Command, issue: Command, badges: list[Path], folder: Path) -> None:
    (folder / "badge.svg").write_bytes(bake(IMAGE, badges[0].read_bytes()))
    assert issue("--format", "jwt", out="tokens").code == 0
    run = skillmark("verify", "badge.svg", "tokens/000002.jwt", "--json")
    assert run.code == 0
    assert [one["form"] for one in run.json["results"]] == ["svg: json", "JWT EdDSA"]


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"{", b"\x00\xff" * 99, b"ey.ey.ey", b"<svg>", b"\x89PNG\r\n\x1a\n", b"x" * (11 << 20)]
)
def test_content_that_cannot_be_read_is_invalid_and_no_failure_of_ours(
    skillmark: Command, folder: Path, data: bytes
) -> None:
    (folder / "thing").write_bytes(data)
    run = skillmark("verify", "thing", "--json")
    assert run.code == 1
    assert run.json["results"][0]["verdict"] == "invalid"
    assert "failed" in checks(run).values()
    assert run.err == ""
    assert skillmark("verify", "thing").code == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["absent.json"], "absent.json cannot be opened: No such file"),
        (["."], "name the files in it"),
        (["-", "-"], "only once"),
        ([], "Missing argument"),
        (["awards.csv", "--registry", "absent.json"], "the registry absent.json cannot be opened"),
        (["awards.csv", "--registry", "achievement.json"], "the registry achievement.json"),
        (["awards.csv", "--at", "yesterday"], "--at takes a date"),
        (["awards.csv", "--report", "absent/report.json"], "cannot be written"),
    ],
)
def test_wrong_use_ends_in_2(skillmark: Command, folder: Path, words: list[str], told: str) -> None:
    run = skillmark("verify", *words)
    assert (run.code, run.out) == (2, "")
    assert told in run.err


def test_known_issuer_cannot_be_told_without_a_registry(skillmark: Command, issue: Command) -> None:
    assert issue(out="badges").code == 0
    run = skillmark("verify", "badges/000002.json", "--require-known-issuer")
    assert run.code == 3
    assert "no issuer registry was given" in run.out


def test_dates_are_judged_as_of_a_moment(skillmark: Command, issue: Command, folder: Path) -> None:
    (folder / "awards.csv").write_text("email,awarded_date,valid_until\na@example.org,2026-01-01,2026-02-01\n")
    assert issue(out="badges").code == 0
    path = "badges/000002.json"
    assert skillmark("verify", path, "--at", "2026-01-15").code == 1  # the proof was made later
    run = skillmark("verify", path, "--at", "2099-01-01T00:00:00+02:00")
    assert run.code == 1
    assert "expired" in run.out


def test_registry_answers_for_the_issuer(skillmark: Command, badges: list[Path], folder: Path, did: str) -> None:
    def registry(**members: str) -> str:
        entry = {"issuer": did, "name": "Example University", "status": "listed", **members}
        document = {"type": "IssuerRegistry", "name": "Schools", "entries": [entry]}
        (folder / "registry.json").write_text(json.dumps(document))
        return "registry.json"

    run = skillmark("verify", badges[0], "--registry", registry(), "--require-known-issuer")
    assert run.code == 0
    assert "issuer known  yes" in run.out
    run = skillmark("verify", badges[0], "--registry", registry(issuer="did:web:other.example"))
    assert (run.code, "issuer known  could not be checked" in run.out) == (0, True)
    run = skillmark("verify", badges[0], "--registry", "registry.json", "--require-known-issuer")
    assert run.code == 3
    run = skillmark("verify", badges[0], "--registry", registry(status="withdrawn", until="2026-01-01T00:00:00Z"))
    assert run.code == 1
    assert "issuer known  no" in run.out


def test_report_is_written_whole_and_replaces_an_older_one(
    skillmark: Command, badges: list[Path], folder: Path
) -> None:
    (folder / "report.json").write_text("older")
    run = skillmark("verify", *badges, "--report", "report.json", "--quiet")
    assert (run.code, run.out, run.err) == (0, "", "")
    report = json.loads((folder / "report.json").read_bytes())
    assert report == skillmark("verify", *badges, "--json").json | {"results": report["results"]}
    assert [one["verdict"] for one in report["results"]] == ["valid"] * 3
    assert not list(folder.glob(".*.part"))


def test_faults_against_open_badges_are_shown_and_change_no_answer(
    skillmark: Command, badges: list[Path], folder: Path
) -> None:
    result = skillmark("verify", badges[0], "--json").json["results"][0]
    assert result["conformance"] == []


@pytest.mark.parametrize(("forged", "code"), [(False, 0), (True, 1)])
def test_presentation_shows_what_is_inside(
    skillmark: Command, badges: list[Path], folder: Path, *, forged: bool, code: int
) -> None:
    signer = did_key_signer(PrivateKey.from_seed(bytes(32)))
    inner = [json.loads(path.read_bytes()) for path in badges]
    inner[1]["name"] = "Doctor of everything" if forged else inner[1]["name"]
    presentation = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": signer.controller,
        "verifiableCredential": inner,
    }
    signed = add_proof(presentation, signer, created="2026-07-01T00:00:00Z", purpose="authentication")
    (folder / "shown.json").write_text(json.dumps(signed))
    run = skillmark("verify", "shown.json")
    assert run.code == code
    assert f"holder        {signer.controller}" in run.out
    assert "credential 1: valid" in run.out
    assert f"credential 2: {'invalid the signature' if forged else 'valid'}" in run.out
    (folder / "unsigned.json").write_text(json.dumps(presentation))
    assert "it bears no signature" in skillmark("verify", "unsigned.json").out


def test_file_of_lines_without_any_is_invalid(skillmark: Command, folder: Path) -> None:
    (folder / "empty.jsonl").write_bytes(b"\n \n")
    assert skillmark("verify", "empty.jsonl", "--json").json["summary"]["invalid"] == 1


def test_hostile_text_cannot_steer_a_terminal(skillmark: Command, folder: Path) -> None:
    (folder / "hostile.json").write_text('{"@context": "\\u001b[2J\\u202eevil", "type": "\\u001b]0;title\\u0007"}')
    run = skillmark("verify", "hostile.json")
    assert run.code == 1
    assert not set(run.out) & {"\x1b", "\u202e", "\x07"}
    run = skillmark("inspect", "hostile.json", "--lint")
    assert not set(run.out) & {"\x1b", "\u202e", "\x07"}


def test_standard_input_is_read(badges: list[Path]) -> None:
    def run(data: bytes) -> subprocess.CompletedProcess[bytes]:
        words = [sys.executable, "-m", "skillmark.cli", "verify", "-", "--json"]
        return subprocess.run(words, input=data, capture_output=True, check=False)

    one = run(badges[0].read_bytes())
    assert one.returncode == 0
    assert json.loads(one.stdout)["results"][0]["input"] == "standard input"
    several = run(b"\n".join(path.read_bytes() for path in badges) + b"\n{}")
    assert several.returncode == 1
    assert [one["input"] for one in json.loads(several.stdout)["results"]] == [
        f"standard input:{number}" for number in (1, 2, 3, 4)
    ]


def test_reader_who_leaves_early_is_no_error(badges: list[Path], folder: Path) -> None:
    (folder / "many.jsonl").write_bytes((badges[0].read_bytes() + b"\n") * 400)
    words = [sys.executable, "-m", "skillmark.cli", "verify", "many.jsonl", "--json"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr as stream:
        assert stream.read() == b""
    assert process.wait(timeout=60) == 141


def test_progress_is_shown_on_a_terminal_only(
    skillmark: Command, badges: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    assert skillmark("verify", *badges, "--json").code == 0
    assert "Verifying" in shown.getvalue()
    assert os.environ["NO_COLOR"]
