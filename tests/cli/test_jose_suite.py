"""`skillmark jose` answers the published inputs of VC-JOSE-COSE as its test suite expects of a program."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

CREDENTIAL, PRESENTATION = "credential_jose", "presentation_jose"


@pytest.fixture
def inputs(shared: Path) -> Path:
    return shared / "vectors/vc-jose-cose"


def run(verb: str, source: Path, key: Path, *, feature: str, folder: Path) -> dict[str, object]:
    output = folder / "answer.json"
    files = ["--input", str(source), "--key", str(key), "--output", str(output)]
    line = [sys.executable, "-m", "skillmark.cli", "jose", verb, *files, "--feature", feature]
    done = subprocess.run(line, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(output.read_bytes())


@pytest.mark.parametrize(
    ("name", "key", "feature", "result"),
    [
        ("credential-jose-minimal", "vm-p256", CREDENTIAL, "success"),
        ("credential-jose-minimal", "vm-p384", CREDENTIAL, "failure"),
        ("credential-issuer-match-signed", "vm-ed25519", CREDENTIAL, "success"),
        ("credential-jose-bad-signature", "vm-ed25519", CREDENTIAL, "failure"),
        ("credential-jose-bad-media-type", "vm-ed25519", CREDENTIAL, "failure"),
        ("credential-jose-vc-vp-claims", "vm-ed25519", CREDENTIAL, "failure"),
        ("credential-jose-unknown-extensions", "vm-p521", CREDENTIAL, "failure"),
        ("presentation-jose-multiple", "vm-p384", PRESENTATION, "success"),
        ("presentation-jose-bad-credential", "vm-ed25519", PRESENTATION, "failure"),
        ("presentation-jose-bad-media-type", "vm-ed25519", PRESENTATION, "failure"),
        ("presentation-jose-multiple", "vm-p384", CREDENTIAL, "failure"),
        ("credential-sdjwt-nested", "vm-p384", "credential_sdjwt", "indeterminate"),
    ],
)
def test_published_token(*, name: str, key: str, feature: str, result: str, inputs: Path, tmp_path: Path) -> None:
    answer = run("verify", inputs / f"{name}.txt", inputs / f"{key}.json", feature=feature, folder=tmp_path)
    assert answer["result"] == result
    assert answer["data"]


@pytest.mark.parametrize(
    ("name", "feature", "result"),
    [
        ("credential-minimal", CREDENTIAL, "success"),
        ("credential-full", CREDENTIAL, "success"),
        ("credential-unknown-extensions", CREDENTIAL, "failure"),
        ("presentation-single", PRESENTATION, "success"),
        ("presentation-multiple", PRESENTATION, "success"),
        ("credential-minimal", PRESENTATION, "failure"),
    ],
)
def test_published_document(name: str, feature: str, result: str, inputs: Path, tmp_path: Path) -> None:
    key = inputs / "vm-ed25519.json"
    answer = run("issue", inputs / f"{name}.json", key, feature=feature, folder=tmp_path)
    assert answer["result"] == result
    if result == "success":
        (tmp_path / "token").write_text(str(answer["data"]))
        again = run("verify", tmp_path / "token", key, feature=feature, folder=tmp_path)
        assert again == {"result": "success", "data": json.loads((inputs / f"{name}.json").read_bytes())}


def test_key_of_a_curve_that_is_not_offered(inputs: Path, tmp_path: Path) -> None:
    source, key = inputs / "credential-minimal.json", inputs / "vm-p521.json"
    assert run("issue", source, key, feature=CREDENTIAL, folder=tmp_path)["result"] == "indeterminate"
