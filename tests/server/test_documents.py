"""Published documents: the very bytes, kept by caches, readable from anywhere, and honest about their kind."""

import hashlib
import json
from collections.abc import Callable

import pytest
from django.test import Client

from skillmark.credentials.contexts import registry
from skillmark.server.credentialing.issuance.models import IssuedCredential

Find = Callable[[str], IssuedCredential]
DOCUMENTS = [
    ("/organizations/open-bridges/did.json", "application/did+json"),
    ("/organizations/open-bridges/status/1", "application/vc+ld+json"),
    ("/achievements/lindeholm/data-storytelling/versions/1.json", "application/ld+json"),
    ("/achievements/lindeholm/data-storytelling/versions/1/badge.svg", "image/svg+xml"),
    ("/achievements/lindeholm/data-storytelling/versions/1/badge.png", "image/png"),
    ("/contexts/w3id.org/skillmark/v1", "application/ld+json"),
    ("/contexts/www.w3.org/ns/credentials/v2", "application/ld+json"),
]


@pytest.mark.parametrize(("path", "kind"), DOCUMENTS)
def test_document_is_cacheable_and_open_to_all(visitor: Client, path: str, kind: str) -> None:
    response = visitor.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == kind
    assert response.headers["Cache-Control"].startswith("public, max-age=")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies


@pytest.mark.parametrize(("path", "kind"), DOCUMENTS)
def test_document_that_the_asker_has_is_not_sent_again(visitor: Client, path: str, kind: str) -> None:
    tag = visitor.get(path).headers["ETag"]
    again = visitor.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == tag
    assert visitor.get(path, headers={"If-None-Match": '"something-else"'}).status_code == 200


@pytest.mark.parametrize(("path", "kind"), DOCUMENTS)
def test_head_tells_the_same_without_the_body(visitor: Client, path: str, kind: str) -> None:
    whole, head = visitor.get(path), visitor.head(path)
    assert head.status_code == 200
    assert head.headers["ETag"] == whole.headers["ETag"]


def test_drawing_of_a_badge_can_run_nothing_when_opened_alone(visitor: Client) -> None:
    response = visitor.get("/achievements/lindeholm/data-storytelling/versions/1/badge.svg")
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert b"<script" not in response.content


def test_did_document_names_itself_and_its_key(visitor: Client) -> None:
    document = visitor.get("/organizations/open-bridges/did.json").json()
    assert document["id"] == "did:web:localhost%3A8000:organizations:open-bridges"
    assert document["assertionMethod"] == [f"{document['id']}#key-1"]
    assert document["verificationMethod"][0]["publicKeyMultibase"].startswith("z6Mk")


def test_context_is_served_as_it_is_pinned(visitor: Client) -> None:
    body = visitor.get("/contexts/www.w3.org/ns/credentials/v2").content
    assert (
        hashlib.sha256(body).hexdigest()
        == hashlib.sha256(registry.document_bytes("https://www.w3.org/ns/credentials/v2")).hexdigest()
    )


def test_status_list_is_served_without_the_database(visitor: Client, django_assert_num_queries: Callable) -> None:
    path = "/organizations/open-bridges/status/1"
    first = visitor.get(path).content
    with django_assert_num_queries(0):
        assert visitor.get(path).content == first


class TestCredential:
    """One address, many forms."""

    def test_json_is_the_bytes_that_were_signed(self, visitor: Client, credential_of: Find) -> None:
        issued = credential_of("data-storytelling")
        body = visitor.get(f"/credentials/{issued.token}.json").content
        assert hashlib.sha256(body).hexdigest() == issued.sha256
        assert json.loads(body)["id"] == f"http://localhost:8000/credentials/{issued.token}"

    @pytest.mark.parametrize(
        ("accept", "kind"),
        [
            ("text/html", "text/html; charset=utf-8"),
            ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
            ("application/vc+ld+json", "application/vc+ld+json"),
            ("application/ld+json", "application/vc+ld+json"),
            ("application/json", "application/vc+ld+json"),
            ("application/vc+ld+json, text/html;q=0.5", "application/vc+ld+json"),
        ],
    )
    def test_address_answers_as_asked(self, visitor: Client, credential_of: Find, accept: str, kind: str) -> None:
        response = visitor.get(f"/credentials/{credential_of('data-storytelling').token}", headers={"Accept": accept})
        assert response.headers["Content-Type"] == kind
        assert "Accept" in response.headers["Vary"]
        assert "noindex" in response.headers["X-Robots-Tag"]

    @pytest.mark.parametrize("ending", [".json", ".png"])
    def test_files_are_not_indexed(self, visitor: Client, credential_of: Find, ending: str) -> None:
        response = visitor.get(f"/credentials/{credential_of('data-storytelling').token}{ending}")
        assert "noindex" in response.headers["X-Robots-Tag"]

    def test_unknown_token_looks_like_any_unknown_address(self, visitor: Client) -> None:
        bodies = {visitor.get(path).content for path in ("/credentials/" + "A" * 24, "/credentials/" + "B" * 24)}
        assert len(bodies) == 2  # they differ by the path the colour form goes back to
        for ending in ("", ".json", ".png"):
            assert visitor.get("/credentials/" + "A" * 24 + ending).status_code == 404
