"""The arithmetic of the tables, with cases whose rates are written down."""

import itertools

import pytest

from bench import targets
from bench.document import award, awards, compact, document
from bench.measuring import Group, Spread, measure
from bench.table import floor_of, others, ours, text, wholes
from bench.wholes import Whole


class Scripted:
    """A case that gives the rates it was told to, over and over."""

    def __init__(self, name, *rates):
        self.name = name
        self._rates = itertools.cycle(rates)

    def rate(self, seconds):
        return next(self._rates)


def group(*cases, baseline=(100.0,), raw=(1_000.0,)):
    return Group(name="g", baseline=Scripted("DB", *baseline), raw=Scripted("raw", *raw), cases=cases)


def quiet(line):
    assert line


def test_a_case_is_divided_by_the_mean_of_what_ran_around_it():
    measured = measure(group(Scripted("ours", 450.0), baseline=(90.0, 110.0)), rounds=10, say=quiet)
    assert measured[0].to_raw == Spread(low=0.45, median=0.45, high=0.45)
    assert measured[0].to_baseline == Spread(low=4.5, median=4.5, high=4.5)


def test_quartiles_and_median_are_reported_not_the_best():
    spread = Spread.of([1.0, 2.0, 3.0, 4.0, 100.0])
    assert (spread.low, spread.median, spread.high) == (2.0, 3.0, 4.0)


def test_a_moving_baseline_refuses_the_comparison_after_three_times_the_rounds():
    lines = []
    measured = measure(group(Scripted("ours", 450.0), baseline=(50.0, 100.0)), rounds=10, say=lines.append)
    assert len(lines) == 30
    assert measured[0].to_raw is None
    assert measured[0].refused == "a baseline moved by more than 20% in 30 of 30 rounds"


def test_rounds_in_which_raw_moved_are_dropped_and_repeated():
    # Warming up takes one slice, so that every second round meets one slow and one quick slice.
    raw = (1_000.0, 1_000.0, 1_000.0, 700.0, 1_000.0)
    (measured,) = measure(group(Scripted("ours", 450.0), raw=raw), rounds=10, say=quiet)
    assert measured.to_raw == Spread(low=0.45, median=0.45, high=0.45)
    assert measured.dropped > 0


@pytest.mark.parametrize(("rate", "word"), [(360.0, "missed"), (600.0, "met")])
def test_a_floor_holds_only_in_both_denominators(rate, word):
    name = next(name for name, target in targets.RATIOS.items() if target.baseline == 35)
    (measured,) = measure(group(Scripted(name, rate), baseline=(10.0,)), rounds=10, say=quiet)
    assert floor_of(measured) == word


def test_a_tenth_below_the_floor_is_borne():
    name = next(name for name, target in targets.RATIOS.items() if target.raw == 0.5)
    (measured,) = measure(group(Scripted(name, 460.0)), rounds=10, say=quiet)
    assert floor_of(measured) == "missed"
    assert floor_of(measured, tolerance=targets.TOLERANCE) == "met"


def test_tables_hold_every_case_once_and_say_what_was_refused():
    name = next(iter(targets.RATIOS))
    measured = measure(group(Scripted(name, 450.0), Scripted("peer", 1.0)), rounds=10, say=quiet)
    assert [row[0] for row in ours(measured)] == ["work", name]
    assert [row[0] for row in others(measured)] == ["for comparison", "peer"]
    moving = measure(group(Scripted("peer", 1.0), baseline=(50.0, 100.0)), rounds=10, say=quiet)
    assert "moved" in text(others(moving))


def test_a_whole_process_is_judged_by_the_limit_of_its_name():
    figure = Whole(name=targets.STATUS_CHANGE, value=Spread(low=3.9, median=4.0, high=4.1), unit="ms")
    assert wholes([figure])[1][1:6] == ("5 ms", "3 ms", "4 [3.9-4.1] ms", "met", "missed")


def test_a_thousand_instances_differ_in_ten_places():
    first, *rest = (document(each, issuer_id="did:example:1") for each in awards())
    assert len(rest) == 999
    assert len({compact(each) for each in (first, *rest)}) == 1_000
    assert sum(getattr(award(0), name) != getattr(award(1), name) for name in type(award(0)).__slots__) == 10
