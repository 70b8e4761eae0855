"""Alternating slices in one run: each case runs between slices of its denominators and is divided by their mean.

Around a case of 0.1 s runs the raw curve operation, and around both the baseline, 0.2 s on each side. Rates are per
second of processor time, all threads included, so that other programs on the core count for neither side. A sample
counts only if both denominators stood still around it; too few such samples, and the comparison is refused.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bench.peers.process import Peer

CASE_SECONDS = 0.1
RAW_SECONDS = 0.05
BASELINE_SECONDS = 0.2
WARM_UP_SECONDS = 0.5
STEADY = 0.2
PATIENCE = 3


class Case(Protocol):
    """Something that can be run for a while: its name, and operations per second of processor time over one slice."""

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
        start = time.process_time()
        end = clock() + seconds
        while True:
            run(turn)
            turn += 1
            if clock() >= end:
                break
        count, self.turn = turn - self.turn, turn
        return count / (time.process_time() - start)


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
class Sandwich:
    """A denominator before and after a case."""

    before: float
    after: float

    @property
    def mean(self) -> float:
        """What the case is divided by."""
        return (self.before + self.after) / 2

    @property
    def drift(self) -> float:
        """How far it moved from one side of the case to the other."""
        return abs(self.before - self.after) / self.mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The rate of one case in one round, between its two denominators."""

    case: float
    raw: Sandwich
    baseline: Sandwich

    @property
    def steady(self) -> bool:
        """Whether neither denominator moved by more than 20 % around the case."""
        return self.raw.drift <= STEADY and self.baseline.drift <= STEADY


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
    dropped: int = 0
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
        """One slice of each case, between slices of raw and of the baseline."""
        before = self.baseline.rate(BASELINE_SECONDS)
        for case in self.cases:
            raw_before = self.raw.rate(RAW_SECONDS)
            rate = case.rate(CASE_SECONDS)
            raw = Sandwich(before=raw_before, after=self.raw.rate(RAW_SECONDS))
            after = self.baseline.rate(BASELINE_SECONDS)
            sample = Sample(case=rate, raw=raw, baseline=Sandwich(before=before, after=after))
            self.samples.setdefault(case.name, []).append(sample)
            before = after

    def steady(self, name: str) -> list[Sample]:
        """The samples that count."""
        return [sample for sample in self.samples[name] if sample.steady]

    def measured(self, name: str, rounds: int) -> Measured:
        """Ratios of one case over its steady samples; refused when there are too few of them."""
        steady = self.steady(name)
        every = len(self.samples[name])
        if len(steady) < rounds:
            reason = f"a baseline moved by more than {STEADY:.0%} in {every - len(steady)} of {every} rounds"
            return Measured(name=name, to_raw=None, to_baseline=None, rounds=len(steady), refused=reason)
        return Measured(
            name=name,
            to_raw=Spread.of([sample.case / sample.raw.mean for sample in steady]),
            to_baseline=Spread.of([sample.case / sample.baseline.mean for sample in steady]),
            rounds=len(steady),
            dropped=every - len(steady),
        )


def measure(group: Group, *, rounds: int, say: Callable[[str], None]) -> list[Measured]:
    """Run rounds until every case has enough steady samples, at most three times as many as asked for."""
    group.warm_up()
    for number in range(1, rounds * PATIENCE + 1):
        group.round()
        least = min(len(group.steady(case.name)) for case in group.cases)
        say(f"{group.name}: round {number}, {least} steady")
        if least >= rounds:
            break
    return [group.measured(case.name, rounds) for case in group.cases]
