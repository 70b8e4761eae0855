"""`skillmark issue`: one credential a row, nothing half issued, every fault named by line and column."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from skillmark.credentials.baking import extract
from skillmark.credentials.issuing import Award, BatchIssuer
from skillmark.credentials.verifying import Verdict
from skillmark.errors import CanonicalizationError
from tests.cli.conftest import Command
from tests.cli.desk import IMAGES, awards, credentials, files_in, results, verdict


def test_each_row_becomes_one_line_that_verifies(issue: Command, folder: Path, did: str) -> None:
    run = issue()
    assert (run.code, run.out) == (0, "")
    assert f"3 credentials are in badges.jsonl, signed by {did}" in run.err
    lines = (folder / "badges.jsonl").read_bytes().splitlines()
    assert [verdict(line) for line in lines] == [Verdict.VALID] * 3
    issued = credentials(folder)
    assert [one["issuer"] for one in issued] == [
        {"id": did, "type": ["Profile"], "name": "Example University", "url": "https://example.org/"}
    ] * 3
    assert len({one["credentialSubject"]["id"] for one in issued}) == 3
    assert [one["credentialSubject"]["result"][0]["value"] for one in issued] == ["91", "88", "97"]
    assert [row["line"] for row in results(folder)] == ["2", "3", "4"]
    assert [row["credential_id"] for row in results(folder)] == [one["id"] for one in issued]
    assert [row["subject_id"] for row in results(folder)] == [one["credentialSubject"]["id"] for one in issued]
    assert [row["file"] for row in results(folder)] == [f"badges.jsonl:{number}" for number in (1, 2, 3)]


def test_folder_gets_a_file_named_after_the_line_of_each_row(issue: Command, folder: Path) -> None:
    assert issue(out="badges").code == 0
    assert {path.name for path in (folder / "badges").iterdir()} == {"000002.json", "000003.json", "000004.json"}
    for row in results(folder):
        data = (folder / row["file"]).read_bytes()
        assert json.loads(data)["id"] == row["credential_id"]
        assert verdict(data) is Verdict.VALID


def test_tokens_stand_one_on_a_line(issue: Command, folder: Path) -> None:
    assert issue("--format", "jwt").code == 0
    lines = (folder / "badges.jsonl").read_bytes().splitlines()
    assert all(line.startswith(b"ey") and line.count(b".") == 2 for line in lines)
    assert [verdict(line) for line in lines] == [Verdict.VALID] * 3
    assert issue("--format", "jwt", out="tokens").code == 0
    assert (folder / "tokens" / "000002.jwt").exists()


@pytest.mark.parametrize(
    ("key", "suite", "named"),
    [
        ("Ed25519.key", "", "eddsa-rdfc-2022"),
        ("Ed25519.key", "eddsa-jcs-2022", "eddsa-jcs-2022"),
        ("P-256.key", "", "ecdsa-rdfc-2019"),
    ],
)
def test_cryptosuite_follows_the_key_or_the_option(
    issue: Command, key_folder: Path, key: str, suite: str, named: str
) -> None:
    assert issue("--key", key_folder / key, *(["--cryptosuite", suite] if suite else [])).code == 0
    assert [one["proof"]["cryptosuite"] for one in credentials(Path())] == [named] * 3
    assert verdict(Path("badges.jsonl").read_bytes().splitlines()[0]) is Verdict.VALID


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_baked_images_carry_the_credentials(issue: Command, folder: Path, kind: str) -> None:
    (folder / "picture").write_bytes(IMAGES[kind])
    assert issue("--bake", kind, "--image", "picture", out="pictures").code == 0
    data = (folder / "pictures" / f"000002.{kind}").read_bytes()
    assert json.loads(extract(data))["id"] == results(folder, "pictures.results.csv")[0]["credential_id"]
    assert verdict(data) is Verdict.VALID


def test_did_web_signs_with_the_method_its_document_lists(issue: Command, skillmark: Command, folder: Path) -> None:
    assert issue("--did", "did:web:example.org").code == 0
    document = skillmark("keys", "did-web", "--domain", "example.org", "--key", "issuer.key").json
    for one in credentials(folder):
        assert one["issuer"]["id"] == "did:web:example.org"
        assert one["proof"]["verificationMethod"] in document["assertionMethod"]


def test_own_did_key_may_be_named(issue: Command, folder: Path, did: str) -> None:
    assert issue("--did", did).code == 0


@pytest.mark.parametrize("named", ["did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", "https://example.org"])
def test_did_of_somebody_else_is_refused(issue: Command, folder: Path, named: str) -> None:
    run = issue("--did", named)
    assert run.code == 2
    assert "did:web" in run.err
    assert files_in(folder) == set()


def test_issuer_profile_is_taken_with_the_did_that_signs(issue: Command, folder: Path, did: str) -> None:
    profile = {"@context": "x", "id": "https://other.example", "type": ["Profile"], "name": "Another"}
    (folder / "profile.json").write_text(json.dumps(profile))
    assert issue("--issuer", "profile.json").code == 0
    assert credentials(folder)[0]["issuer"] == {"id": did, "type": ["Profile"], "name": "Another"}


@pytest.mark.parametrize(("kind", "count"), [("none", 0), ("email", 2), ("email-hash", 2)])
def test_identifier_option_decides_what_is_said_of_the_person(
    issue: Command, folder: Path, kind: str, count: int
) -> None:
    assert issue("--identifier", kind).code == 0
    subject = credentials(folder)[0]["credentialSubject"]
    assert len(subject.get("identifier", [])) == count
    assert ("ada@example.org" in json.dumps(subject)) is (kind == "email")


def test_bare_dates_mean_the_first_and_the_last_second(issue: Command, folder: Path) -> None:
    awards(folder, "a@example.org,2026-01-02,2027-01-02", header="email,awarded_date,valid_until")
    assert issue().code == 0
    (one,) = credentials(folder)
    assert one["validFrom"] == one["awardedDate"] == "2026-01-02T00:00:00Z"
    assert one["validUntil"] == "2027-01-02T23:59:59Z"


def test_bad_row_is_named_by_line_and_column_and_nothing_is_issued(issue: Command, folder: Path) -> None:
    awards(folder, "ada@example.org,Ada,2026-06-30,91", "nobody,Bo,2026-06-30,88", "c@example.org,Cy,30.6.2026,")
    run = issue()
    assert (run.code, run.out) == (2, "")
    assert "line 3, column email: 'nobody' is not an e-mail address" in run.err
    assert "line 4, column awarded_date" in run.err
    assert "2 of 3 rows are bad, so nothing was issued" in run.err
    assert files_in(folder) == {"badges.errors.csv"}


def test_error_file_can_be_corrected_and_given_again(issue: Command, folder: Path) -> None:
    awards(folder, "ada@example.org,Ada,2026-06-30,91", "nobody,Bo,2026-06-30,88", "c@example.org,Cy,2026-06-30,8,9")
    assert issue("--skip-bad-rows").code == 0
    assert len(credentials(folder)) == 1
    text = (folder / "badges.errors.csv").read_text(encoding="utf-8")
    header, email, width = text.splitlines()
    assert header == "email,name,awarded_date,result,error"
    assert email.startswith("nobody,Bo,2026-06-30,88,\"line 3, column email: 'nobody'")
    assert width.startswith('c@example.org,Cy,2026-06-30,8,"line 4, column 5: ')
    assert width.endswith(",9")
    corrected = f"{header}\n{email.replace('nobody', 'bo@example.org')}\nc@example.org,Cy,2026-06-30,89,corrected\n"
    (folder / "awards.csv").write_text(corrected, encoding="utf-8")
    run = issue("--json", out="more.jsonl")
    assert run.json["summary"]["issued"] == 2


def test_error_file_is_never_its_own_input(issue: Command, folder: Path) -> None:
    shutil.copy(folder / "awards.csv", folder / "badges.errors.csv")
    run = issue("--awards", "badges.errors.csv")
    assert run.code == 2
    assert "choose another --out" in run.err


def test_many_bad_rows_are_counted_and_the_first_twenty_shown(issue: Command, folder: Path) -> None:
    awards(folder, *(f"nobody{number},,," for number in range(30)))
    run = issue("--json")
    assert run.code == 2
    assert run.err.count("is not an e-mail address") == 20
    assert "and 10 more" in run.err
    assert run.json["summary"] | {"created": ""} == {
        "issued": 0,
        "bad": 30,
        "issuer": run.json["summary"]["issuer"],
        "created": "",
        "out": "badges.jsonl",
        "results": None,
        "errors": "badges.errors.csv",
    }
    assert run.json["bad_rows"][0] == {
        "line": 2,
        "column": "email",
        "message": "'nobody0' is not an e-mail address",
    }


def test_skipping_all_rows_issues_nothing(issue: Command, folder: Path) -> None:
    awards(folder, "nobody,,,")
    run = issue("--skip-bad-rows")
    assert run.code == 2
    assert "1 of 1 rows are bad" in run.err
    assert not (folder / "badges.jsonl").exists()


def test_table_without_rows_issues_nothing(issue: Command, folder: Path) -> None:
    awards(folder)
    run = issue()
    assert run.code == 2
    assert "no rows below its header" in run.err
    assert files_in(folder) == set()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "the table is empty"),
        (b"mail\na@example.org\n", "unknown column 'mail'"),
        (b"email,name\na@example.org,Zo\xeb\n", "line 2 holds the byte 0xEB"),
        (b'email,name\na@example.org,"Ada\n', "line 2: a quote"),
        ("email\na@example.org\n".encode("utf-16"), "not UTF-8"),
        (os.urandom(4000), "line 1"),
    ],
)
def test_table_that_cannot_be_read_issues_nothing(issue: Command, folder: Path, data: bytes, told: str) -> None:
    (folder / "awards.csv").write_bytes(data)
    run = issue()
    assert (run.code, run.out) == (2, "")
    assert told in run.err
    assert files_in(folder) == set()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": None}, "an achievement needs an id"),
        ({"criteria": None}, "/credentialSubject/achievement"),
        ({"criteria": 7}, "/credentialSubject/achievement/criteria"),
        ({"colour": "blue"}, "colour"),
        ({"image": {"id": "javascript:alert(1)", "type": "Image"}}, "could run or read something"),
        ({"resultDescription": [{"type": ["ResultDescription"]}]}, "resultDescription"),
    ],
)
def test_achievement_that_may_not_be_signed_issues_nothing(
    issue: Command, folder: Path, change: dict[str, Any], told: str
) -> None:
    achievement = json.loads((folder / "achievement.json").read_text()) | change
    achievement = {name: value for name, value in achievement.items() if value is not None}
    (folder / "achievement.json").write_text(json.dumps(achievement))
    run = issue()
    assert (run.code, run.out) == (2, "")
    assert told in run.err
    assert "Traceback" not in run.err
    assert files_in(folder) == set()


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"a":1,"a":2}', b"\xff", b'{"id":"\\ud800"}', b"[" * 5000])
@pytest.mark.parametrize("name", ["achievement", "issuer"])
def test_file_that_is_no_json_object_is_named(issue: Command, folder: Path, name: str, data: bytes) -> None:
    (folder / "broken.json").write_bytes(data)
    run = issue(f"--{name}", "broken.json")
    assert (run.code, run.out) == (2, "")
    assert "broken.json" in run.err
    assert files_in(folder) == {"broken.json"}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--out", "badges.json"], "ends in .jsonl"),
        (["--out", "issuer.key"], "is a file"),
        (["--out", "absent/badges"], "the folder absent does not exist"),
        (["--bake", "png"], "needs the --image"),
        (["--image", "achievement.json"], "the kind to --bake"),
        (["--bake", "png", "--image", "achievement.json"], "give a folder"),
        (["--out", "x", "--bake", "png", "--image", "achievement.json"], "is no PNG image"),
        (["--out", "x", "--bake", "png", "--image", "absent.png"], "absent.png cannot be opened"),
        (["--format", "jwt", "--cryptosuite", "eddsa-jcs-2022"], "follows from the key"),
        (["--cryptosuite", "rot13"], "the cryptosuite must be one of"),
        (["--cryptosuite", "ecdsa-rdfc-2019"], "does not sign with Ed25519"),
        (["--require", "french"], "european or skillmark"),
        (["--status-list", "absent.json"], "absent.json does not exist"),
        (["--status-list", "a.json", "--status-list", "a.json"], "give one --status-list"),
        (["--awards", "absent.csv"], "absent.csv cannot be opened"),
        (["--awards", "."], "cannot be opened"),
        (["--achievement", "absent.json"], "absent.json cannot be opened"),
        (["--format", "paper"], "paper"),
        (["--nonsense"], "No such option"),
    ],
)
def test_options_that_cannot_be_meant_are_refused(issue: Command, folder: Path, options: list[str], told: str) -> None:
    run = issue(*options)
    assert (run.code, run.out) == (2, "")
    assert told in run.err
    assert files_in(folder) == set()


def test_european_warnings_stop_the_signing_where_they_are_required(issue: Command, folder: Path) -> None:
    assert issue().code == 0
    run = issue("--require", "european", out="strict.jsonl")
    assert run.code == 2
    assert "assessmentType" in run.err
    assert not (folder / "strict.jsonl").exists()


def test_own_warnings_are_looked_for_in_every_row_where_they_are_required(issue: Command, folder: Path) -> None:
    name = "\u202eAda"
    achievement = json.loads((folder / "achievement.json").read_text())
    for alignment in achievement["alignment"]:
        alignment["targetFramework"] = "ESCO"
    (folder / "achievement.json").write_text(json.dumps(achievement))
    awards(folder, "a@example.org,Ada,,", f"b@example.org,{name},,")
    run = issue("--require", "skillmark")
    assert run.code == 2
    assert "line 3: U+202E cannot be seen" in run.err


def test_what_is_wrong_with_every_row_is_said_of_rows(issue: Command, folder: Path) -> None:
    achievement = json.loads((folder / "achievement.json").read_text())
    achievement["alignment"][0] |= {"targetFramework": "ESCO"}
    (folder / "achievement.json").write_text(json.dumps(achievement))
    run = issue("--require", "skillmark", "--identifier", "email")
    assert run.code == 2
    assert "line 2: the e-mail address can be read by everyone" in run.err
    assert "3 of 3 rows are bad" in run.err


def test_structure_that_cannot_be_signed_is_a_bad_row(
    issue: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(issuer: BatchIssuer, award: Award, **options: Any) -> Any:
        if award.name == "Ada Lovelace":
            raise CanonicalizationError("this has no canonical form")
        return sign(issuer, award, **options)

    sign = BatchIssuer.issue
    monkeypatch.setattr(BatchIssuer, "issue", refusing)
    run = issue()
    assert run.code == 2
    assert "line 2: this has no canonical form" in run.err
    assert files_in(folder) == {"badges.errors.csv"}
