"""Issuer registries: exact look-ups, dates, and files that are refused rather than half understood."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from skillmark.credentials.trust import UNNAMED, Listing, Registry, Standing
from skillmark.errors import InputError

GUIDE = Path(__file__).parents[3] / "docs/guides/issuer-registries.md"
AURORA = "did:web:aurora.example.edu"
ENTRY = {"issuer": AURORA, "name": "Aurora University", "status": "listed"}
REGISTRY = {"type": "IssuerRegistry", "name": "Universities", "entries": [ENTRY]}


def parsed(change=None, **entry):
    return Registry.parse(json.dumps(REGISTRY | {"entries": [ENTRY | entry]} | (change or {})))


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_example_of_the_guide_is_read_as_the_guide_says():
    registry = Registry.parse(re.search(r"```json\n(.*?)```", GUIDE.read_text(), re.DOTALL)[1])
    assert (registry.name, registry.publisher) == ("Universities of Aurora", "Ministry of Education")
    assert registry.url == "https://registry.example.edu/issuers.json"
    assert registry.updated == datetime(2026, 3, 1, tzinfo=UTC)
    aurora = Listing(
        name="Aurora University",
        registry="Universities of Aurora",
        url="https://aurora.example.edu/",
        since=datetime(2024, 9, 1, tzinfo=UTC),
    )
    assert registry.lookup(AURORA) == aurora
    assert registry.lookup("did:key:z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi") == aurora
    withdrawn = registry.lookup("did:web:quick-degrees.example.com")
    assert (withdrawn.standing, withdrawn.note) == (Standing.WITHDRAWN, "Accreditation ended.")


@pytest.mark.parametrize(
    "other",
    ["did:web:aurora.example.edu#key", "did:web:AURORA.example.edu", AURORA + "/", AURORA[:-1], "", " " + AURORA],
)
def test_only_the_exact_identifier_is_known(other):
    assert parsed().lookup(other) is None


DATES = {
    "listed without dates": ({}, "1999-01-01", Standing.LISTED),
    "before it begins": ({"since": "2026-01-01T00:00:00Z"}, "2025-12-31T23:59:59", None),
    "as it begins": ({"since": "2026-01-01T00:00:00Z"}, "2026-01-01", Standing.LISTED),
    "before it ends": ({"until": "2026-01-01T00:00:00Z"}, "2025-12-31T23:59:59", Standing.LISTED),
    "as it ends": ({"until": "2026-01-01T00:00:00Z"}, "2026-01-01", None),
    "before withdrawal": (
        {"status": "withdrawn", "until": "2026-01-01T00:00:00Z"},
        "2025-12-31T23:59:59",
        Standing.LISTED,
    ),
    "as it is withdrawn": ({"status": "withdrawn", "until": "2026-01-01T00:00:00Z"}, "2026-01-01", Standing.WITHDRAWN),
    "before a listing that was withdrawn": (
        {"status": "withdrawn", "since": "2025-01-01T00:00:00Z", "until": "2026-01-01T00:00:00Z"},
        "2024-01-01",
        None,
    ),
}


@pytest.mark.parametrize("case", DATES)
def test_listing_counts_for_its_time(case):
    entry, day, standing = DATES[case]
    found = parsed(**entry).lookup(AURORA, moment(day))
    assert (found.standing if found else None) == standing


def test_list_of_the_consortium_is_read():
    data = json.dumps(
        {
            "meta": {"created": "2020-12-02T02:32:16+0000", "updated": "2021-12-15T18:41:36+0000"},
            "registry": {
                AURORA: {"name": "Aurora University", "location": "Aurora", "url": "https://aurora.example.edu"},
                "did:web:www.credly.com:issuers:1": {"name": "Test"},
            },
        }
    )
    registry = Registry.parse(data, name="sandbox")
    assert registry.lookup(AURORA, moment("2026-01-01")) == Listing(
        name="Aurora University", registry="sandbox", url="https://aurora.example.edu"
    )
    assert registry.lookup("did:web:www.credly.com:issuers:1").standing is Standing.LISTED
    assert Registry.parse(data.replace("registry", "entries")).name == UNNAMED


REFUSED = {
    "no type": ({"type": None}, "/type"),
    "another type": ({"type": "TrustList"}, "/type"),
    "no name": ({"name": ""}, "/name"),
    "name is a number": ({"name": 7}, "/name"),
    "unknown member": ({"entires": []}, ""),
    "updated without zone": ({"updated": "2026-03-01"}, "/updated"),
    "updated is a number": ({"updated": 2026}, "/updated"),
    "updated is empty": ({"updated": ""}, "/updated"),
    "publisher is an object": ({"publisher": {}}, "/publisher"),
    "url is no web address": ({"url": "did:web:x.test"}, "/url"),
    "entries missing": ({"entries": None}, "/entries"),
    "entries by name": ({"entries": {}}, "/entries"),
    "entry is text": ({"entries": [AURORA]}, "/entries/0"),
    "same issuer twice": ({"entries": [ENTRY, ENTRY]}, "/entries/1/issuer"),
    "same issuer twice in one entry": ({"entries": [ENTRY | {"issuer": [AURORA, AURORA]}]}, "/entries/0/issuer"),
}
REFUSED_ENTRIES = {
    "misspelt member": ({"untill": "2026-01-01T00:00:00Z"}, ""),
    "issuer missing": ({"issuer": None}, "/issuer"),
    "issuer relative": ({"issuer": "aurora"}, "/issuer"),
    "no issuers": ({"issuer": []}, "/issuer"),
    "issuer is an object": ({"issuer": {"id": AURORA}}, "/issuer"),
    "name missing": ({"name": None}, "/name"),
    "status missing": ({"status": None}, "/status"),
    "status unknown": ({"status": "Listed"}, "/status"),
    "withdrawn, nobody knows when": ({"status": "withdrawn"}, "/until"),
    "ends before it begins": ({"since": "2026-01-01T00:00:00Z", "until": "2025-01-01T00:00:00Z"}, "/until"),
    "since is a day": ({"since": "2026-01-01"}, "/since"),
    "url is script": ({"url": "javascript:alert(1)"}, "/url"),
    "note is a list": ({"note": []}, "/note"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_registry_that_could_be_misread_is_refused_at_its_place(case):
    change, pointer = REFUSED[case]
    with pytest.raises(InputError) as caught:
        parsed(change)
    assert (caught.value.rule, caught.value.pointer) == ("registry", pointer)


@pytest.mark.parametrize("case", REFUSED_ENTRIES)
def test_entry_that_could_be_misread_is_refused_at_its_place(case):
    entry, pointer = REFUSED_ENTRIES[case]
    with pytest.raises(InputError) as caught:
        parsed(**entry)
    assert (caught.value.rule, caught.value.pointer) == ("registry", f"/entries/0{pointer}")


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ({"meta": {}}, ""),
        ({"meta": {}, "registry": {}, "entries": {}}, ""),
        ({"meta": {}, "registry": []}, ""),
        ({"meta": {}, "registry": {AURORA: "Aurora"}}, f"/registry/{AURORA}"),
        ({"meta": {}, "registry": {"a/b~": {"name": "x"}}}, "/registry/a~1b~0"),
        ({"meta": {}, "registry": {AURORA: {"name": ""}}}, f"/registry/{AURORA}/name"),
        ({"meta": {}, "registry": {AURORA: {"name": "x", "url": "x"}}}, f"/registry/{AURORA}/url"),
    ],
    ids=ascii,
)
def test_list_of_the_consortium_that_could_be_misread_is_refused(document, pointer):
    with pytest.raises(InputError) as caught:
        Registry.parse(json.dumps(document))
    assert (caught.value.rule, caught.value.pointer) == ("registry", pointer)


def test_file_with_an_issuer_twice_as_member_is_no_registry():
    with pytest.raises(InputError) as caught:
        Registry.parse('{"meta":{},"registry":{"did:x:1":{"name":"a"},"did:x:1":{"name":"b"}}}')
    assert caught.value.rule == "json-duplicate-member"


def test_registry_of_ten_thousand_issuers_is_read():
    entries = [ENTRY | {"issuer": f"did:web:x{number}.test"} for number in range(10_000)]
    registry = parsed({"entries": entries})
    assert len(registry.listings) == 10_000
    assert registry.lookup("did:web:x9999.test").name == "Aurora University"
