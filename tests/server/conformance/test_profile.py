"""The profile itself: off unless asked for, never on a real site, loud on every page, the same after a restart."""

import hashlib
import ssl
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pydantic import ValidationError

from skillmark.server.config.certificate import self_signed
from skillmark.server.config.environment import Environment
from tests.server.conformance.surface import PATHS, REFUSED, Surface, did

PAGES = ["/", "/catalogue", "/verify", "/contexts", "/no-such-page"]


def environment(tmp_path: Path, **members: Any) -> Environment:
    return Environment(home=tmp_path, **{"conformance": True, "conformance_seed": "x", **members})


def test_it_is_off_unless_asked_for(tmp_path: Path) -> None:
    """The product's own addresses know nothing of it."""
    assert Environment(home=tmp_path).conformance is False
    script = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "client = Client(headers={'host': 'localhost'})\n"
        "print(client.get('/vcapi/manifest').status_code, 'profile-notice' in client.get('/verify').content.decode())\n"
    )
    kept = {"PATH": "", "SKILLMARK_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.server.settings"}
    root = str(Path(__file__).parents[3])
    done = subprocess.run([sys.executable, "-c", script], env=kept, capture_output=True, cwd=root, check=True)
    assert done.stdout.split() == [b"404", b"False"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_that_its_keys_are_for_tests(db: None, client: Client, path: str) -> None:
    assert "signs with test keys" in client.get(path).content.decode()


@pytest.mark.parametrize(
    "members",
    [
        {"origin": "https://badges.example.org"},
        {"origin": "http://badges.example.org"},
        {"allowed_hosts": ("localhost", "badges.example.org")},
        {"origin": "https://localhost.example.org"},
        {"origin": "https://nottest"},
        {"conformance_seed": ""},
        {"conformance_host": "status.attack.test=10.0.0.1:443"},
        {"conformance_host": "status.attack.test"},
    ],
)
def test_it_refuses_a_site_that_people_use(tmp_path: Path, members: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        environment(tmp_path, **members)


def test_origin_of_an_earlier_start_counts_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SKILLMARK_ORIGIN")
    (tmp_path / "origin").write_text("https://badges.example.org\n")
    with pytest.raises(ValidationError, match=r"badges\.example\.org"):
        environment(tmp_path)


@pytest.mark.parametrize("origin", ["", "https://localhost:8443", "http://site.localhost:8000", "https://site.test"])
def test_it_runs_on_this_machine(tmp_path: Path, origin: str) -> None:
    assert environment(tmp_path, origin=origin).conformance


def test_start_is_refused_in_plain_words(tmp_path: Path) -> None:
    home = {"SKILLMARK_HOME": str(tmp_path), "SKILLMARK_CONFORMANCE": "1", "SKILLMARK_CONFORMANCE_SEED": "x"}
    chosen = {**home, "SKILLMARK_ORIGIN": "https://badges.example.org", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-m", "skillmark.cli", "serve"], env=chosen, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert b"this site answers to badges.example.org" in done.stderr


def test_seed_is_hexadecimal_or_a_passphrase(tmp_path: Path) -> None:
    assert environment(tmp_path, conformance_seed="0A" * 32).seed == b"\n" * 32
    assert environment(tmp_path, conformance_seed="0A" * 31).seed == hashlib.sha256(b"0A" * 31).digest()


def test_allowed_host_is_one_and_on_this_machine(tmp_path: Path) -> None:
    chosen = environment(tmp_path, conformance_host="status.attack.test=127.0.0.1:8443")
    assert chosen.allowed_host == ("status.attack.test", ("127.0.0.1", 8443))
    assert Environment(home=tmp_path, conformance_host="status.attack.test=127.0.0.1:8443").allowed_host is None


def test_keys_depend_on_the_seed_alone(settings: Any) -> None:
    """One key an address; the same after a restart, which knows nothing but the seed."""
    first = [did(path) for path in PATHS]
    script = (
        "import sys, django; from django.conf import settings\n"
        "settings.configure(SKILLMARK_CONFORMANCE_SEED=bytes.fromhex(sys.argv[1]))\n"
        "from skillmark.server.doors.api.vcapi.issuers import issuers\n"
        "print(*[issuer.did for issuer in issuers().values()])\n"
    )
    seed = settings.SKILLMARK_CONFORMANCE_SEED
    again = subprocess.run([sys.executable, "-c", script, seed.hex()], capture_output=True, check=True)
    assert again.stdout.decode().split() == first
    assert len(set(first)) == len(PATHS)
    settings.SKILLMARK_CONFORMANCE_SEED = bytes(32)
    assert not set(first) & {did(path) for path in PATHS}


def test_manifest_names_every_endpoint(api: Surface) -> None:
    status, manifest = api.get("/vcapi/manifest")
    assert status == 200
    tags = {tag for issuer in manifest["issuers"] for tag in issuer["tags"]}
    assert tags == {
        "vc2.0", "BitstringStatusList", "eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019", "ecdsa-jcs-2019"
    }  # fmt: skip
    assert {issuer["id"] for issuer in manifest["issuers"]} == {did(path) for path in PATHS}
    assert [one["tags"] for one in manifest["vpVerifiers"]] == [["vc2.0"]]
    curves = [one.get("supportedEcdsaKeyTypes") for one in manifest["issuers"] if "ecdsa-rdfc-2019" in one["tags"]]
    assert curves == [["P-256"], ["P-384"]]
    for kind in ("issuers", "verifiers", "vpVerifiers"):
        for entry in manifest[kind]:
            path = entry["endpoint"].removeprefix("http://localhost:8000/vcapi/")
            assert api.post(path, {})[0] == 400, entry


class TestResolution:
    """GET dids/…: the resolver endpoint of the did:key suite."""

    @pytest.mark.parametrize("path", PATHS)
    def test_did_key_leads_to_its_document(self, api: Surface, path: str) -> None:
        status, answer = api.get(f"/vcapi/dids/{did(path)}")
        assert status == 200
        assert answer["didDocument"]["id"] == did(path)
        assert answer["didDocument"]["assertionMethod"]
        assert "error" not in answer["didResolutionMetadata"]

    @pytest.mark.parametrize(
        ("text", "error"),
        [
            ("", "invalidDid"),
            ("words", "invalidDid"),
            ("did:key", "invalidDid"),
            ("did:key:", "invalidDid"),
            ("did:key:zNot0base58", "invalidDid"),
            ("did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH/path", "invalidDidUrl"),
            ("did:web:example.org", "methodNotSupported"),
            ("did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc", "unsupportedPublicKeyType"),
        ],
    )
    def test_fault_is_named(self, api: Surface, text: str, error: str) -> None:
        status, answer = api.get(f"/vcapi/dids/{text}" if text else "/vcapi/dids")
        assert status in REFUSED | {501}
        assert answer["didDocument"] is None
        assert answer["didResolutionMetadata"]["error"] == error
        assert {"@context", "didDocumentMetadata"} <= answer.keys()

    @pytest.mark.parametrize(
        ("wanted", "error"), [("JsonWebKey2020", "unsupportedPublicKeyType"), ("Nothing", "invalidPublicKeyType")]
    )
    def test_form_of_key_that_is_not_offered(self, api: Surface, wanted: str, error: str) -> None:
        status, answer = api.get(f"/vcapi/dids/{did()}", publicKeyFormat=wanted)
        assert status == 400
        assert answer["didResolutionMetadata"]["error"] == error
        assert api.get(f"/vcapi/dids/{did()}", publicKeyFormat="Multikey")[0] == 200


def test_certificate_is_kept_and_its_key_private(tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path / "tls")
    first = certificate.read_bytes()
    assert self_signed(tmp_path / "tls") == (certificate, key)
    assert certificate.read_bytes() == first
    assert key.stat().st_mode & 0o077 == 0


@pytest.mark.loopback
def test_one_command_serves_the_profile_over_https(tmp_path: Path) -> None:
    """The documented command; its certificate is good for localhost, and the status list address is https."""
    from tests.server import conftest as site  # noqa: PLC0415 - its import prepares Django, which has been done here

    port = site._free_port()
    members = {"HOME": str(tmp_path), "CONFORMANCE": "1", "CONFORMANCE_SEED": "x"}
    chosen = {f"SKILLMARK_{name}": value for name, value in members.items()}
    command = [sys.executable, "-m", "skillmark.cli", "serve", "--https-self-signed", "--port", str(port)]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, env={"PATH": "/usr/bin:/bin", **chosen}, stdout=log, stderr=log)
        try:
            site._wait_for(port, process, tmp_path / "log")
            trust = ssl.create_default_context(cafile=str(tmp_path / "tls/certificate.pem"))
            with urllib.request.urlopen(f"https://localhost:{port}/vcapi/manifest", context=trust) as answer:
                assert f"https://localhost:{port}/vcapi/".encode() in answer.read()
        finally:
            process.terminate()
            process.wait(timeout=20)
