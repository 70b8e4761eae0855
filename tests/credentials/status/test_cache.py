"""What the cache of status lists holds, for how long, and what it never holds."""

from datetime import UTC, datetime, timedelta

import pytest

from skillmark.credentials.status import DecodedList, EntryKind, StatusCache

START = datetime(2026, 3, 1, tzinfo=UTC)
BY = "did:example:12345"


class Clock:
    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def a_list(url, *, size=100, **more):
    return DecodedList(
        url=url, issuer=BY, kind=EntryKind.BITSTRING, purposes=frozenset({"revocation"}), bits=bytes(size), **more
    )


def test_remembered_list_is_found_with_who_verified_it(clock):
    cache = StatusCache(clock)
    kept = a_list("https://x.test/1")
    cache.remember(kept, verified_by=BY)
    found = cache.find("https://x.test/1")
    assert (found.decoded, found.verified_by, found.held_since) == (kept, BY, START)
    assert cache.find("https://x.test/2") is None


def test_unverified_list_is_not_held(clock):
    cache = StatusCache(clock)
    with pytest.raises(ValueError, match="verified"):
        cache.remember(a_list("https://x.test/1"), verified_by="")
    assert len(cache) == 0


@pytest.mark.parametrize(
    ("more", "seconds"),
    [
        ({}, 300),
        ({"ttl": timedelta(seconds=30)}, 30),
        ({"ttl": timedelta.max}, 300),
        ({"valid_until": START + timedelta(seconds=40)}, 40),
        ({"valid_until": START + timedelta(days=40)}, 300),
        ({"ttl": timedelta(seconds=50), "valid_until": START + timedelta(seconds=20)}, 20),
    ],
    ids=["our patience", "ttl", "endless ttl", "validity", "long validity", "the first of both"],
)
def test_list_is_held_until_the_first_of_its_limits(clock, more, seconds):
    cache = StatusCache(clock)
    cache.remember(a_list("https://x.test/1", **more), verified_by=BY)
    clock.now = START + timedelta(seconds=seconds - 1)
    assert cache.find("https://x.test/1") is not None
    clock.now = START + timedelta(seconds=seconds)
    assert cache.find("https://x.test/1") is None
    assert len(cache) == 0


def test_clock_set_back_ends_what_was_held(clock):
    cache = StatusCache(clock)
    cache.remember(a_list("https://x.test/1"), verified_by=BY)
    clock.now = START - timedelta(seconds=1)
    assert cache.find("https://x.test/1") is None


@pytest.mark.parametrize("more", [{"ttl": timedelta(0)}, {"valid_until": START}, {"size": 1001}])
def test_list_that_may_not_or_cannot_be_held_is_not_and_replaces_the_old_one(clock, more):
    cache = StatusCache(clock, max_bytes=1000)
    cache.remember(a_list("https://x.test/1"), verified_by=BY)
    cache.remember(a_list("https://x.test/1", **more), verified_by=BY)
    assert cache.find("https://x.test/1") is None


def test_least_recently_used_list_goes_first(clock):
    cache = StatusCache(clock, max_bytes=1000)
    for name in "abc":
        cache.remember(a_list(name, size=300), verified_by=BY)
    cache.find("a")
    cache.remember(a_list("d", size=500), verified_by=BY)
    assert [name for name in "abcd" if cache.find(name)] == ["a", "d"]


def test_newer_copy_takes_the_place_of_the_older(clock):
    cache = StatusCache(clock, max_bytes=1000)
    for size in (900, 1000, 800):
        cache.remember(a_list("a", size=size), verified_by=BY)
    cache.remember(a_list("b", size=200), verified_by=BY)
    assert [len(cache.find(name).decoded.bits) for name in "ab"] == [800, 200]


def test_list_can_be_forgotten(clock):
    cache = StatusCache(clock)
    cache.remember(a_list("a"), verified_by=BY)
    cache.forget("a")
    cache.forget("never held")
    assert cache.find("a") is None


def test_number_of_lists_held_is_bounded_however_small_they_are(clock, monkeypatch):
    monkeypatch.setattr("skillmark.credentials.status.cache._MOST_LISTS", 3)
    cache = StatusCache(clock)
    for number in range(5):
        cache.remember(a_list(f"https://x.test/{number}", size=0), verified_by=BY)
    assert len(cache) == 3
    assert cache.find("https://x.test/1") is None
    assert cache.find("https://x.test/4") is not None
