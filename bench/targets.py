"""Floors and aims, as shares of the raw curve operation, as multiples of @digitalbazaar/vc, and as plain bounds."""

from dataclasses import dataclass

from bench import cases


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A floor in one or two denominators, and what to aim for (share of the raw operation)."""

    raw: float | None = None
    baseline: float | None = None
    aim: float | None = None

    @property
    def floor(self) -> str:
        """As the table says it."""
        parts = [f"{self.raw:.0%}"] if self.raw else []
        return ", ".join(parts + ([f"{self.baseline:g}x"] if self.baseline else []))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The most that something may take, in a unit of its own."""

    floor: float
    aim: float | None = None
    unit: str = ""


RATIOS = {
    cases.OUR_BATCH: Target(raw=0.35, baseline=80, aim=0.65),
    cases.OUR_SINGLE: Target(raw=0.12, baseline=30, aim=0.25),
    cases.OUR_UNSEEN: Target(raw=0.25, baseline=20, aim=0.45),
    cases.OUR_KNOWN: Target(raw=0.45, baseline=35, aim=0.75),
    cases.OUR_JWT_ISSUE: Target(raw=0.5),
    cases.OUR_JWT_VERIFY: Target(raw=0.6),
    cases.OUR_JCS: Target(raw=0.45),
}

ISSUE_ROWS = "`skillmark issue` to JSON Lines, whole process"
STATUS_CHANGE = "change one bit of a 16.7 M-entry list (1 % set) and re-encode"
MEMORY = "peak memory of `skillmark issue`"
START = "`skillmark verify` of one file, process start included"

WHOLE_RATIO = Target(raw=0.2, aim=0.4)
BOUNDS = {
    STATUS_CHANGE: Bound(floor=5, aim=3, unit="ms"),
    MEMORY: Bound(floor=300, unit="MB"),
    START: Bound(floor=0.4 / 0.02, aim=0.25 / 0.02, unit="x `python3 -c pass`"),
}
TOLERANCE = 0.9
"""A run fails when a figure is more than a tenth worse than its floor: what a busy machine takes away."""
