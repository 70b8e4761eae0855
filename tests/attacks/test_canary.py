"""No input makes us open a connection that it chose: the canary of the corpus stays silent."""

import copy
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
from django.test import Client

from skillmark.credentials.dids import DidResolver
from skillmark.credentials.verifying import Verifier
from skillmark.errors import FetchError
from skillmark.fetching import HttpFetcher
from tests.attacks import corpus as reading
from tests.attacks.doors import page
from tests.attacks.lists import ListServer

pytestmark = [pytest.mark.usefixtures("shared"), pytest.mark.loopback]


@pytest.fixture
def vclib(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The corpus's own signer, loaded from where it lies."""
    return load(corpus, "vclib", monkeypatch)


def load(corpus: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A module of the corpus by its path; it finds its neighbour as it does at home."""
    monkeypatch.syspath_prepend(str(corpus))
    spec = importlib.util.spec_from_file_location(name, corpus / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


def targets(corpus: Path) -> list[str]:
    """The addresses of A55, without the remarks behind them."""
    return [target.split(" ")[0] for target in json.loads((corpus / "A55-targets.json").read_bytes())["targets"]]


def test_corpus_reaches_nobody_through_the_page(canary: Path, browser: Client, list_server: ListServer) -> None:
    for attack in reading.attacks():
        list_server.offer(attack.lists)
        page(browser, attack.content)
    assert canary.read_text() == ""


def test_internal_addresses_are_refused_wherever_a_document_names_them(
    canary: Path, browser: Client, corpus: Path, vclib: ModuleType
) -> None:
    """As issuer, key, status list, schema, context, endorsement, image, and as the address to verify (A55)."""
    for target in targets(corpus):
        for document in documents(target, vclib):
            assert page(browser, document).verdict != "valid", (target, document[:200])
        assert browser.post("/verify", {"url": target}).status_code < 500
    assert canary.read_text() == ""


def documents(target: str, vclib: ModuleType) -> list[bytes]:
    """Signed and unsigned documents that name an address in every place that a verifier could follow."""
    key = vclib.Ed("a stranger")
    plain = vclib.vc(key.did, "00000000-0000-4000-8000-000000000055")
    entries = [
        {"id": "urn:x:1", **vclib.entry(target, 5)},
        {"type": "1EdTechRevocationList", "id": target},
        {**vclib.entry(target, 5), "id": "urn:x:2", "type": "StatusList2021Entry"},
    ]
    signed = [vclib.di(key, {**plain, "credentialStatus": entry}) for entry in entries]
    signed += [vclib.jwt_vc(key, {**plain, "credentialStatus": entry}) for entry in entries]
    foreign = vclib.vc(target, "00000000-0000-4000-8000-000000000056")
    context = {**plain, "@context": [*plain["@context"], target]}
    named = copy.deepcopy(vclib.di(key, foreign))
    named["proof"]["verificationMethod"] = f"{target}#key"
    signed += [
        named,
        vclib.di(key, foreign),
        vclib.di(key, context),
        vclib.jwt_vc(key, foreign, {"kid": f"{target}#0"}),
    ]
    for header in ("jku", "x5u"):
        signed.append(vclib.jwt_vc(key, plain, {header: target}))
    inner = vclib.di(key, {**plain, "type": ["VerifiableCredential", "EndorsementCredential"], "issuer": target})
    signed.append(vclib.di(key, {**plain, "endorsement": [inner], "credentialStatus": entries[0]}))
    return [one.encode() if isinstance(one, str) else json.dumps(one).encode() for one in signed]


def test_answer_does_not_tell_whether_a_port_was_open(canary: Path, corpus: Path) -> None:
    """Two ports of this machine, one open and one closed, and one of nobody: the same words."""
    open_port = int(targets(corpus)[4].rpartition(":")[2].rstrip("/"))
    said = set()
    for port in (open_port, open_port + 1, open_port + 2):
        with pytest.raises(FetchError) as caught:
            HttpFetcher(timeout=1).fetch(f"https://127.0.0.1:{port}/", limit=100)
        said.add((caught.value.message, caught.value.rule))
    assert len(said) == 1
    assert canary.read_text() == ""


def test_name_that_leads_inside_is_not_followed(canary: Path, corpus: Path, vclib: ModuleType) -> None:
    """rebind.attack.test and its kin: a public name whose address is this machine."""
    port = int(targets(corpus)[4].rpartition(":")[2].rstrip("/"))
    for addresses in (
        ["127.0.0.1"],
        ["93.184.215.14", "127.0.0.1"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["169.254.169.254"],
    ):
        fetcher = HttpFetcher(timeout=1, lookup=lambda *_, found=tuple(addresses): list(found))
        verifier = Verifier(resolver=DidResolver(fetcher), fetcher=fetcher)
        key = vclib.Ed("a stranger")
        document = vclib.vc(key.did, "00000000-0000-4000-8000-000000000057")
        entry = vclib.entry(f"https://rebind.attack.test:{port}/list", 5)
        report = verifier.verify(json.dumps(vclib.di(key, {**document, "credentialStatus": entry})))
        assert report.verdict == "unknown"
        assert report.current.state == "status-unreachable"
    assert canary.read_text() == ""


def test_nothing_is_fetched_before_the_proof_holds(corpus: Path, vclib: ModuleType) -> None:
    """A status list, endorsements and schemas of a document that nobody signed are left alone."""

    class Asked:
        def __init__(self) -> None:
            self.urls: list[str] = []

        def fetch(self, url: str, *, limit: int, accept: str = "*/*") -> object:
            self.urls.append(url)
            raise FetchError("never")

    key = vclib.Ed("a stranger")
    document = vclib.vc(
        key.did, "00000000-0000-4000-8000-000000000058", credentialStatus=vclib.entry("https://a.example/l", 1)
    )
    forged = vclib.di(key, document)
    forged["name"] = "Another name"
    fetcher = Asked()
    assert Verifier(resolver=DidResolver(fetcher), fetcher=fetcher).verify(json.dumps(forged)).verdict == "invalid"
    assert fetcher.urls == []
