"""Text that strangers wrote, shown by the verify page: inert, whatever it says (A38, A41)."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from skillmark.credentials.dids import did_key_signer
from skillmark.credentials.keys import PrivateKey
from skillmark.credentials.proofs.data_integrity import add_proof
from tests.attacks.doors import page
from tests.attacks.test_mutations import CREATED, badge

SIGNER = did_key_signer(PrivateKey.from_seed(b"m" * 32))
OWN = [
    "<svg/onload=alert(1)>",
    '<a href="jAvAsCrIpT:alert(1)">x</a>',
    "[x](<javascript:alert(1)>)",
    "[x](vbscript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zy8+)",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=https://evil.example><input name=p></form>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "</p></main><script>alert(1)</script>",
    "<style>*{display:none}</style>",
    "<img src=//evil.example/pixel.png srcset='//evil.example/2 2x'>",
    "\u202e<script>alert(1)</script>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
]


class Seen(HTMLParser):
    """Notes whatever could run, load or lead away in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        members = {name: value or "" for name, value in attrs}
        if tag in {"iframe", "object", "embed", "base", "style", "math", "animate", "foreignobject"}:
            self.found.append(tag)
        if tag == "script" and not members.get("src", "").startswith("/static/"):
            self.found.append("script")
        if tag == "meta" and "http-equiv" in members:
            self.found.append("meta")
        self.found += [name for name in members if name.startswith("on") or name in {"style", "srcdoc", "srcset"}]
        for name in ("href", "src", "action", "xlink:href", "formaction"):
            self._address(tag, name, members.get(name, "/"))

    def _address(self, tag: str, name: str, address: str) -> None:
        own = address.startswith(("/", "#", "?")) and not address.startswith("//")
        led_out = tag == "a" and name == "href" and address.startswith(("https://", "http://"))
        if not (own or led_out):
            self.found.append(f"{tag} {name}={address}")


def seen_in(text: str) -> list[str]:
    reader = Seen()
    reader.feed(text)
    return reader.found


def laden(payload: str) -> dict[str, Any]:
    """A signed badge with a text wherever people read one."""
    document = badge(SIGNER.controller)
    subject = document["credentialSubject"]
    achievement = subject["achievement"] | {"name": payload, "description": payload, "criteria": {"narrative": payload}}
    achievement |= {"humanCode": payload, "fieldOfStudy": payload, "tag": [payload]}
    document |= {"name": payload, "description": payload, "credentialSubject": subject | {"achievement": achievement}}
    document["issuer"] |= {"name": payload, "description": payload}
    document["evidence"] = [{"type": ["Evidence"], "name": payload, "narrative": payload, "description": payload}]
    return add_proof(document, SIGNER, created=CREATED)


def test_reader_of_pages_sees_what_it_should() -> None:
    """A check that cannot fail is none."""
    for payload in (
        "<script>1</script>",
        "<img src=x onerror=1>",
        "<a href='javascript:1'>",
        "<style>",
        "<img src=//e.x/>",
    ):
        assert seen_in(payload)


@pytest.mark.loopback
def test_corpus_payloads_are_inert(browser: Client, corpus: Path) -> None:
    payloads = json.loads((corpus / "A41-markdown.json").read_bytes())["payloads"]
    for payload in payloads:
        answer = page(browser, json.dumps(laden(payload)).encode())
        assert answer.verdict == "valid", payload
        assert seen_in(answer.text) == [], payload


@pytest.mark.loopback
@pytest.mark.parametrize("payload", OWN)
def test_own_payloads_are_inert(browser: Client, payload: str) -> None:
    answer = page(browser, json.dumps(laden(payload)).encode())
    assert answer.verdict == "valid"
    assert seen_in(answer.text) == []


@pytest.mark.loopback
def test_what_a_broken_document_says_is_inert_too(browser: Client) -> None:
    """Reasons quote what came: members, types, contexts, keys."""
    for payload in OWN:
        broken = {
            "@context": [payload],
            "type": ["VerifiableCredential", payload],
            "issuer": payload,
            payload: payload,
            "validFrom": payload,
            "credentialStatus": {"type": payload, "id": payload},
            "proof": {"type": payload, "cryptosuite": payload, "verificationMethod": payload},
        }
        answer = page(browser, json.dumps(broken).encode())
        assert answer.verdict == "invalid"
        assert seen_in(answer.text) == []


@pytest.mark.loopback
def test_image_with_scripts_is_never_shown(browser: Client, corpus: Path) -> None:
    """The honest credential inside is read; of the picture around it nothing reaches the page (A38)."""
    answer = page(browser, (corpus / "A38-script.svg").read_bytes())
    assert seen_in(answer.text) == []
    assert "fetch(" not in answer.text


@pytest.mark.loopback
def test_answer_carries_the_headers_that_hold_should_all_else_fail(browser: Client) -> None:
    response = browser.post("/verify", {"text": json.dumps(laden("<script>alert(1)</script>"))})
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
