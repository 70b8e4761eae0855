"""Pinned contexts: the right documents, unchanged, and no others."""

import hashlib
import json
import shutil

import pytest

from skillmark.credentials.contexts import registry
from skillmark.errors import CanonicalizationError
from tests.credentials.contexts import repin

OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/"
CLR = "https://purl.imsglobal.org/spec/clr/v2p0/"
PRODUCT = {
    "https://www.w3.org/2018/credentials/v1",
    "https://www.w3.org/ns/credentials/v2",
    "https://www.w3.org/ns/credentials/status/v1",
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/vc/status-list/2021/v1",
    "https://w3id.org/security/data-integrity/v1",
    "https://w3id.org/security/data-integrity/v2",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/suites/ed25519-2020/v1",
    "https://w3id.org/skillmark/v1",
    *(
        OPEN_BADGES + name
        for name in ("context.json", "context-3.0.1.json", "context-3.0.2.json", "context-3.0.3.json")
    ),
    OPEN_BADGES + "extensions.json",
    CLR + "context-2.0.1.json",
}
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
UNDEFINED_TERMS = "https://www.w3.org/ns/credentials/undefined-terms/v2"
FIRST_EDITION = "ob-3.0.3.json"  # of the published contexts; we pin the second


@pytest.fixture
def published(shared):
    """The published contexts by IRI: their bytes and the digest that their folder's table states."""
    folder = shared / "contexts"
    return {
        entry["iri"]: ((folder / entry["file"]).read_bytes(), entry["sha256"])
        for entry in json.loads((folder / "index.json").read_bytes())
        if entry["file"] != FIRST_EDITION
    }


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A copy of the documents that a test may spoil."""
    folder = tmp_path / "documents"
    shutil.copytree(repin.DOCUMENTS, folder)
    monkeypatch.setattr(registry, "_FOLDER", folder)
    registry._bytes.cache_clear()
    registry._read.cache_clear()
    yield folder
    registry._bytes.cache_clear()
    registry._read.cache_clear()


def test_product_accepts_these_contexts_and_no_others():
    assert registry.PRODUCT == PRODUCT


def test_vocabulary_for_anything_is_known_but_not_accepted_in_the_product():
    assert {EXAMPLES} == registry.CONFORMANCE_ONLY
    assert registry.iris() == PRODUCT | {EXAMPLES, UNDEFINED_TERMS}
    for iri in (EXAMPLES, UNDEFINED_TERMS):
        assert "@vocab" in registry.document(iri)["@context"]


@pytest.mark.parametrize("iri", sorted(PRODUCT | {EXAMPLES, UNDEFINED_TERMS}))
def test_document_is_the_published_one(iri, published):
    if iri == registry.SKILLMARK:
        assert registry.digest(iri) == hashlib.sha256(registry.document_bytes(iri)).hexdigest()
        return
    content, sha256 = published[iri]
    assert registry.digest(iri) == sha256 == hashlib.sha256(content).hexdigest()
    assert repin.layout_free_digest(registry.document(iri)) == repin.layout_free_digest(json.loads(content))


@pytest.mark.parametrize("iri", sorted(PRODUCT))
def test_accepted_context_defines_its_terms_one_by_one(iri):
    assert b'"@vocab":' not in registry.document_bytes(iri).replace(b" ", b"")


def test_open_badges_3_0_3_is_the_second_edition():
    terms = registry.document(OPEN_BADGES + "context-3.0.3.json")["@context"]
    assert "endorsementJwt" in str(terms)
    assert "jti" in str(terms)
    assert registry.digest(OPEN_BADGES + "context-3.0.3.json").startswith("3d34f4d4")


def test_digests_in_the_index_are_those_of_the_files():
    index = json.loads((repin.DOCUMENTS / "index.json").read_bytes())
    stale = [entry["file"] for entry in index if repin.pinned(entry) != entry]
    assert stale == [], "run: python tests/credentials/contexts/repin.py"


def test_every_file_is_named_in_the_index_with_origin_and_licence():
    index = json.loads((repin.DOCUMENTS / "index.json").read_bytes())
    licences = (repin.DOCUMENTS / "LICENSES.md").read_text(encoding="utf-8")
    files = {path.name for path in repin.DOCUMENTS.iterdir()} - {"index.json", "LICENSES.md", "README.md"}
    assert {entry["file"] for entry in index} == files
    for entry in index:
        assert entry["origin"]
        assert all(name in licences for name in entry["licence"].split("; "))


@pytest.mark.parametrize(
    "iri", ["", "https://www.w3.org/ns/credentials/v2/", "http://www.w3.org/ns/credentials/v2", "x" * 10_000]
)
def test_other_context_is_unknown(iri):
    for ask in (registry.document, registry.document_bytes, registry.digest):
        with pytest.raises(CanonicalizationError, match="not among") as caught:
            ask(iri)
        assert caught.value.rule == "context-unknown"
        assert len(str(caught.value)) < 300


def test_changed_document_is_refused(copied):
    file = copied / "credentials-v2.jsonld"
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(CanonicalizationError, match="the pinned context credentials-v2") as caught:
        registry.document("https://www.w3.org/ns/credentials/v2")
    assert caught.value.rule == "context-digest"
    assert "@context" in registry.document("https://www.w3.org/2018/credentials/v1")


def test_document_is_read_once():
    iri = "https://www.w3.org/ns/credentials/v2"
    assert registry.document(iri) is registry.document(iri)
