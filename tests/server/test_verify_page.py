"""The verify page takes anything from anyone, answers in words, and keeps nothing."""

import html
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from skillmark.server.credentialing.issuance.models import IssuedCredential

Find = Callable[[str], IssuedCredential]
MIB = 1024 * 1024


@pytest.fixture
def client_(visitor_without_form_check: Client) -> Client:
    return visitor_without_form_check


def upload(client: Client, content: bytes, name: str = "badge.json") -> str:
    response = client.post("/verify", {"file": SimpleUploadedFile(name, content)})
    assert response.status_code in (200, 400)  # 400: nothing in it could be read
    return html.unescape(response.content.decode())


def verdict(text: str) -> str:
    return re.findall(r"<h1>([^<]+)</h1>", text)[0]


def answers(text: str) -> list[str]:
    return re.findall(r'class="answer-word">.*?<span>([^<]+)</span>', text, re.DOTALL)


class TestOurOwn:
    """What this site issued, brought back in every form."""

    def test_json_file(self, client_: Client, credential_of: Find) -> None:
        text = upload(client_, bytes(credential_of("data-storytelling").document))
        assert verdict(text) == "Valid"
        assert answers(text) == ["Intact", "Current", "Listed"]
        assert "The issuer calls itself Lindeholm" in text

    def test_downloaded_picture(self, client_: Client, credential_of: Find) -> None:
        picture = client_.get(f"/credentials/{credential_of('wound-care').token}.png").content
        assert verdict(upload(client_, picture, "badge.png")) == "Valid"

    def test_pasted_text(self, client_: Client, credential_of: Find) -> None:
        text = bytes(credential_of("data-storytelling").document).decode()
        response = client_.post("/verify", {"text": f"\n  {text}\n"})
        assert verdict(response.content.decode()) == "Valid"

    @pytest.mark.parametrize("scheme", ["http", "https"])
    def test_address(self, client_: Client, credential_of: Find, scheme: str) -> None:
        token = credential_of("data-storytelling").token
        response = client_.post("/verify", {"url": f"{scheme}://localhost:8000/credentials/{token}"})
        assert verdict(response.content.decode()) == "Valid"
        assert f'href="/credentials/{token}"' in response.content.decode()

    def test_unlisted_issuer_is_valid_and_says_so(self, client_: Client, credential_of: Find) -> None:
        text = upload(client_, bytes(credential_of("safe-robot-collaboration").document))
        assert verdict(text) == "Valid, issuer not listed"

    def test_changed_document_shows_nothing_of_what_it_says(self, client_: Client, credential_of: Find) -> None:
        forged = bytes(credential_of("data-storytelling").document).replace(b"Data Storytelling", b"Rocket Surgery")
        text = upload(client_, forged)
        assert verdict(text) == "Do not rely on this"
        assert answers(text) == ["Changed or broken"]
        for hidden in ("Rocket Surgery", "Lindeholm University", "badge.svg", "statistical"):
            assert hidden not in text

    def test_unsigned_document_is_called_unsigned(self, client_: Client) -> None:
        text = upload(client_, b'{"type": ["VerifiableCredential"], "name": "Made up"}')
        assert answers(text) == ["Not signed"]
        assert "Made up" not in text


class TestHostileInput:
    """Whatever comes: a verdict or a named refusal, never our own failure."""

    @pytest.mark.parametrize(
        "content",
        [
            b"\x00",
            b"{",
            b"[]",
            b"null",
            b'"text"',
            b"[" * 100_000,
            b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
            b'{"a":1,"a":2}',
            b'{"a":1e999999}',
            b'{"id":"\\ud800"}',
            b"\xff\xfe\x00\x01",
            b"eyJhbGciOiJub25lIn0.e30.",
            b"...",
            b"\x89PNG\r\n\x1a\n",
            b"\x89PNG\r\n\x1a\n" + b"\xff" * 100,
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>",
            b'{"@context":"https://evil.example/","type":"VerifiableCredential","proof":{}}',
            b'{"proof":[{},{},null,1,"x"],"credentialSubject":[[[]]],"issuer":{"id":{}},"validFrom":[]}',
        ],
    )
    def test_file_gets_an_answer(self, client_: Client, content: bytes) -> None:
        assert verdict(upload(client_, content)) in ("Do not rely on this", "We cannot tell")

    def test_attacks_of_the_corpus_get_an_answer(self, client_: Client, shared: Path) -> None:
        files = [path for path in sorted((shared / "attack").iterdir()) if path.name.startswith("A")]
        assert len(files) > 30
        for path in files:
            content = path.read_bytes()
            if content.strip():
                assert verdict(upload(client_, content, path.name)) != "Valid", path.name

    @pytest.mark.parametrize(
        "address",
        [
            "localhost",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "gopher://x",
            "https://",
            "http://[::1",
            "//evil.example",
            "https:///x",
        ],
    )
    def test_what_is_no_address_is_named(self, client_: Client, address: str) -> None:
        response = client_.post("/verify", {"url": address})
        assert response.status_code == 400
        assert "That could not be read" in response.content.decode()

    @pytest.mark.parametrize(
        "address",
        [
            "http://127.0.0.1:5432/",
            "https://127.0.0.1/",
            "https://169.254.169.254/latest/meta-data/",
            "https://[::1]/",
            "https://user@localhost:8000/verify",
            "http://localhost:8000/verify",
            "http://localhost:8000/preferences/theme",
            "http://localhost:8000/credentials/" + "x" * 24,
        ],
    )
    def test_address_we_do_not_fetch_is_unknown(self, client_: Client, address: str) -> None:
        response = client_.post("/verify", {"url": address})
        assert response.status_code == 200
        assert verdict(response.content.decode()) == "We cannot tell"

    def test_nothing_at_all_is_named(self, client_: Client) -> None:
        for form in ({}, {"text": "  "}, {"url": ""}, {"file": SimpleUploadedFile("empty", b"")}):
            response = client_.post("/verify", form)
            assert response.status_code == 400

    def test_broken_form_is_refused(self, client_: Client) -> None:
        response = client_.post("/verify", b"--x\r\nnonsense", content_type="multipart/form-data; boundary=x")
        assert response.status_code == 400
        assert client_.post("/verify", b"", content_type="multipart/form-data").status_code == 400

    def test_what_a_stranger_writes_is_escaped(self, client_: Client) -> None:
        text = client_.post("/verify", {"url": 'https:///"><script>alert(1)</script>'}).content.decode()
        assert "<script>alert" not in text


class TestLimits:
    """Sizes are refused before anything is read."""

    def test_text_over_one_mebibyte(self, client_: Client) -> None:
        assert client_.post("/verify", {"text": "x" * (MIB + 1)}).status_code == 413

    def test_file_over_ten_mebibytes(self, client_: Client) -> None:
        response = client_.post("/verify", {"file": SimpleUploadedFile("large", b"x" * (10 * MIB + 1))})
        assert response.status_code == 413
        assert "10 MiB" in response.content.decode()

    def test_body_that_only_claims_to_be_large(self, client_: Client) -> None:
        response = client_.post(
            "/verify", b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="99999999"
        )
        assert response.status_code == 413

    def test_compressed_body(self, client_: Client) -> None:
        response = client_.post("/verify", {"text": "{}"}, headers={"Content-Encoding": "gzip"})
        assert response.status_code == 415

    def test_file_of_just_ten_mebibytes_is_read(self, client_: Client) -> None:
        assert verdict(upload(client_, b"x" * (10 * MIB))) == "Do not rely on this"


class TestForm:
    """The form itself."""

    def test_form_of_another_site_is_refused(self, visitor: Client) -> None:
        response = visitor.post("/verify", {"text": "{}"})
        assert response.status_code == 403
        assert "form" in response.content.decode()

    def test_form_with_its_token_is_taken(self, visitor: Client) -> None:
        page = visitor.get("/verify").content.decode()
        token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
        assert visitor.post("/verify", {"text": "{}", "csrfmiddlewaretoken": token}).status_code == 200

    def test_nothing_is_stored(self, client_: Client, credential_of: Find) -> None:
        def files() -> set[Path]:
            return {path for path in Path(settings.SKILLMARK_HOME).rglob("*") if "sqlite3" not in path.name}

        document = bytes(credential_of("data-storytelling").document)
        client_.get("/organizations/lindeholm/status/1")
        before = files()
        upload(client_, document + b" " * (3 * MIB))
        assert files() == before

    def test_result_is_kept_by_no_cache(self, client_: Client) -> None:
        response = client_.post("/verify", {"file": io.BytesIO(b"{}")})
        assert response.headers["Cache-Control"] == "no-store"
        assert 'content="noindex"' in response.content.decode()
