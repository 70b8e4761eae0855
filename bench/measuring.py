"""Alternating slices in one run: each case runs between two slices of the baseline and is divided by their mean.

A case runs 0.1 s, the raw curve operation right after it, the baseline 0.2 s before and after. A sample counts only if
the baseline stood still around it; too few such samples and the comparison is refused.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bench.peers.process import Peer

CASE_SECONDS = 0.1
RAW_SECONDS = 0.1
BASELINE_SECONDS = 0.2
WARM_UP_SECONDS = 0.5
STEADY = 0.2
PATIENCE = 3


class Case(Protocol):
    """Something that can be run for a while: its name, and operations per second over one slice."""

    name: str

    def rate(self, seconds: float) -> float:
        """Operations per second over a slice of this length."""
        ...


@dataclass(slots=True, kw_only=True)
class PythonCase:
    """A function of the turn number, run in this process."""

    name: str
    run: Callable[[int], object]
    turn: int = 0

    def rate(self, seconds: float) -> float:
        """Operations per second over a slice of this length."""
        run, turn, clock = self.run, self.turn, time.perf_counter
        start = clock()
        end = start + seconds
        while True:
            run(turn)
            turn += 1
            if (now := clock()) >= end:
                break
        count, self.turn = turn - self.turn, turn
        return count / (now - start)


@dataclass(slots=True, kw_only=True)
class NodeCase:
    """A case prepared in the Node process under its name."""

    name: str
    peer: Peer

    def rate(self, seconds: float) -> float:
        """Operations per second over a slice of this length."""
        answer = self.peer.ask("slice", name=self.name, milliseconds=seconds * 1000)
        return float(answer["count"] / answer["seconds"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Rates of one case in one round, with the raw operation after it and the baseline around it."""

    case: float
    raw: float
    before: float
    after: float

    @property
    def baseline(self) -> float:
        """Mean of the two slices around the case."""
        return (self.before + self.after) / 2

    @property
    def drift(self) -> float:
        """How far the baseline moved from one side of the case to the other."""
        return abs(self.before - self.after) / self.baseline


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Median and quartiles."""

    low: float
    median: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Median and quartiles of at least two values."""
        low, median, high = statistics.quantiles(values, n=4, method="inclusive")
        return cls(low=low, median=median, high=high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One case after all rounds: ratios to both denominators, or why the comparison was refused."""

    name: str
    to_raw: Spread | None
    to_baseline: Spread | None
    rounds: int
    refused: str = ""


@dataclass(slots=True, kw_only=True)
class Group:
    """Cases that share a baseline and a raw operation."""

    name: str
    baseline: Case
    raw: Case
    cases: Sequence[Case]
    samples: dict[str, list[Sample]] = field(default_factory=dict)

    def warm_up(self) -> None:
        """Run everything once, so that compilers and caches are warm."""
        for case in (self.baseline, self.raw, *self.cases):
            case.rate(WARM_UP_SECONDS)

    def round(self) -> None:
        """One slice of each case, between slices of the baseline."""
        before = self.baseline.rate(BASELINE_SECONDS)
        for case in self.cases:
            rate = case.rate(CASE_SECONDS)
            raw = self.raw.rate(RAW_SECONDS)
            after = self.baseline.rate(BASELINE_SECONDS)
            sample = Sample(case=rate, raw=raw, before=before, after=after)
            self.samples.setdefault(case.name, []).append(sample)
            before = after

    def steady(self, name: str) -> list[Sample]:
        """The samples around which neither denominator moved by more than 20 %."""
        every = [sample for samples in self.samples.values() for sample in samples]
        baseline = statistics.median(sample.baseline for sample in every)
        raw = statistics.median(sample.raw for sample in every)
        return [
            sample
            for sample in self.samples[name]
            if sample.drift <= STEADY and _near(sample.baseline, baseline) and _near(sample.raw, raw)
        ]

    def measured(self, name: str, rounds: int) -> Measured:
        """Ratios of one case over its steady samples; refused when there are too few of them."""
        steady = self.steady(name)
        if len(steady) < rounds:
            return Measured(name=name, to_raw=None, to_baseline=None, rounds=len(steady), refused=self._refusal(name))
        return Measured(
            name=name,
            to_raw=Spread.of([sample.case / sample.raw for sample in steady]),
            to_baseline=Spread.of([sample.case / sample.baseline for sample in steady]),
            rounds=len(steady),
        )

    def _refusal(self, name: str) -> str:
        samples = self.samples[name]
        rates = [sample.baseline for sample in samples]
        moved = (max(rates) - min(rates)) / statistics.median(rates)
        return f"the baseline moved by {moved:.0%} over {len(samples)} rounds: repeat on a quieter machine"


def _near(rate: float, middle: float) -> bool:
    return abs(rate - middle) <= STEADY * middle


def measure(group: Group, *, rounds: int, say: Callable[[str], None]) -> list[Measured]:
    """Run rounds until every case has enough steady samples, at most three times as many as asked for."""
    group.warm_up()
    for number in range(1, rounds * PATIENCE + 1):
        group.round()
        if number >= rounds and all(len(group.steady(case.name)) >= rounds for case in group.cases):
            break
        say(f"{group.name}: round {number}")
    return [group.measured(case.name, rounds) for case in group.cases]
