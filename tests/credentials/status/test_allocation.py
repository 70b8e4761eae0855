"""Positions are drawn at random, uniformly, and no two draws ever give the same."""

import os
import random
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmark.credentials.status import Positions
from skillmark.errors import StatusError


@given(st.integers(1, 40), st.lists(st.integers(0, 60), max_size=12), st.integers(0, 2**32))
def test_no_position_is_ever_drawn_twice(size, counts, seed):
    positions, drawn = Positions(bytes(size)), []
    for count in counts:
        if count > positions.free:
            with pytest.raises(StatusError) as caught:
                positions.draw(count, random.Random(seed).randbytes)
            assert caught.value.rule == "status-list-full"
            continue
        drawn.extend(positions.draw(count, random.Random(seed).randbytes))
    assert len(set(drawn)) == len(drawn) == positions.given
    assert {index for index in range(size * 8) if index in positions} == set(drawn)
    assert positions.free == size * 8 - len(drawn)


def test_every_position_of_a_list_can_be_given():
    positions = Positions(bytes(16_384))
    assert sorted(positions.draw(131_072, os.urandom)) == list(range(131_072))
    assert bytes(positions) == b"\xff" * 16_384
    assert list(positions.draw(0, os.urandom)) == []


def test_positions_given_before_are_kept():
    positions = Positions(bytes([0xFF, 0x7F]))
    assert (positions.given, positions.free) == (15, 1)
    assert list(positions.draw(1, os.urandom)) == [8]


def test_record_without_room_gives_nothing():
    assert list(Positions(b"").draw(0, os.urandom)) == []
    with pytest.raises(StatusError):
        Positions(b"").draw(1, os.urandom)
    with pytest.raises(StatusError):
        Positions(bytes(1)).draw(-1, os.urandom)


@pytest.mark.parametrize("given_before", [b"\0\0\0", b"\xff\xff\x0f"], ids=["by trial", "from the rest"])
def test_each_free_position_is_drawn_equally_often(given_before):
    source = random.Random(20)
    free = Positions(given_before).free
    seen = Counter(Positions(given_before).draw(1, source.randbytes)[0] for _ in range(free * 400))
    assert len(seen) == free
    chi_square = sum((count - 400) ** 2 / 400 for count in seen.values())
    assert chi_square < {24: 49.7, 4: 16.3}[free]  # the 0.999 quantile for 23 and 3 degrees of freedom


def test_order_of_drawing_tells_nothing_of_the_position():
    drawn = list(Positions(bytes(16_384)).draw(2000, random.Random(4).randbytes))
    rises = sum(left < right for left, right in pairwise(drawn))
    assert 900 < rises < 1100


@pytest.mark.parametrize("index", [-1, 16, 10**12])
def test_position_outside_the_list_was_never_given(index):
    assert index not in Positions(b"\xff\xff")
