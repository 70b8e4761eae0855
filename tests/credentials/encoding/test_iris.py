"""IRIs and web addresses: shape and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmark.credentials.encoding.iris import is_absolute_iri, is_http_url, is_https_url

FORBIDDEN = [*map(chr, range(0x21)), *map(chr, range(0x7F, 0xA0)), *'<>"{}|\\^`']


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/a?b#c",
        "urn:uuid:5e0d6f6f-6a6d-4c3c-9c3e-2b7d2b6a9b11",
        "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2#key",
        "mailto:ada@example.org",
        "data:text/plain,x",
        "HTTP://EXAMPLE.ORG",
        "a+b-c.1:x",
        "https://example.org/\u00e9\u4e2d\N{GRINNING FACE}",
        "http://[2001:db8::1]:8080/",
        "urn:",
    ],
)
def test_absolute_iri_is_one(text):
    assert is_absolute_iri(text)


@pytest.mark.parametrize(
    "text",
    ["", ":", "://x", "example.org", "/a", "#a", "//example.org/a", "1a:b", "a b:c", "\u00e9:a", "_:b0", "a_b:c"],
)
def test_text_without_scheme_is_no_absolute_iri(text):
    assert not is_absolute_iri(text)


@pytest.mark.parametrize("character", FORBIDDEN)
def test_character_that_no_iri_has_is_refused(character):
    for text in (f"https://example.org/{character}", f"https://example.org/a{character}b", f"{character}urn:a"):
        assert not is_absolute_iri(text)
        assert not is_http_url(text)
    assert not is_http_url(f"https://exa{character}mple.org/")


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org",
        "https://example.org/",
        "https://example.org:8443/a/b?c=d#e",
        "HTTPS://EXAMPLE.ORG/a",
        "https://example.org?a@b",
        "https://example.org#a",
        "https://b\u00fccher.example/",
        "https://[2001:db8::1]/",
        "https://192.0.2.1:443",
    ],
)
def test_https_address_is_one(text):
    assert is_https_url(text)
    assert is_http_url(text)
    assert is_absolute_iri(text)


def test_http_address_is_not_https():
    assert is_http_url("http://example.org/a")
    assert not is_https_url("http://example.org/a")


@pytest.mark.parametrize(
    "text",
    [
        "https:",
        "https:///a",
        "https://",
        "https://:443/",
        "https://?a",
        "https://#a",
        "https:/example.org",
        "https:example.org",
        "ftp://example.org/",
        "httpsx://example.org/",
        "https://user@example.org/",
        "https://user:secret@example.org/",
        "https://example.org:/",
        "https://example.org:123456/",
        "https://example.org:80:80/",
        "https://[::1/",
        "https://[example]/",
        "https://example.org\n",
    ],
)
def test_other_address_is_refused(text):
    assert not is_http_url(text)
    assert not is_https_url(text)


@given(st.text(), st.text())
def test_web_address_is_always_an_absolute_iri(host, rest):
    for text in (f"https://{host}/{rest}", f"http://{host}", host + rest):
        assert is_http_url(text) <= is_absolute_iri(text)
        assert is_https_url(text) <= is_http_url(text)
