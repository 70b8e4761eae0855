"""The figures as text: one table of ours against floors and aims, one of the peers, one of whole processes."""

from collections.abc import Sequence

from bench import targets
from bench.measuring import Measured, Spread
from bench.wholes import Whole

MET, MISSED, REFUSED = "met", "missed", "refused"


def ours(measured: Sequence[Measured]) -> list[tuple[str, ...]]:
    """Rows of the main table."""
    head = ("work", "floor", "aim", "of raw", "x DB", "floor is", "aim is")
    return [head, *(_our_row(each) for each in measured if each.name in targets.RATIOS)]


def _our_row(each: Measured) -> tuple[str, ...]:
    target = targets.RATIOS[each.name]
    aim = f"{target.aim:.0%}" if target.aim else ""
    if each.to_raw is None or each.to_baseline is None:
        return (each.name, target.floor, aim, "", "", REFUSED, each.refused)
    reached = "" if target.aim is None else _word(each.to_raw.median >= target.aim)
    return (each.name, target.floor, aim, _percent(each.to_raw), _times(each.to_baseline), floor_of(each), reached)


def floor_of(each: Measured, *, tolerance: float = 1.0) -> str:
    """Whether a measured case holds its floor in both denominators."""
    target = targets.RATIOS[each.name]
    if each.to_raw is None or each.to_baseline is None:
        return REFUSED
    raw = target.raw is None or each.to_raw.median >= target.raw * tolerance
    return _word(raw and (target.baseline is None or each.to_baseline.median >= target.baseline * tolerance))


def others(measured: Sequence[Measured]) -> list[tuple[str, ...]]:
    """Rows for what has no target: the peers, and our further cases."""
    rows = [("for comparison", "of raw", "x DB", "")]
    for each in measured:
        if each.name not in targets.RATIOS:
            shown = (_percent(each.to_raw), _times(each.to_baseline)) if each.to_raw and each.to_baseline else ("", "")
            rows.append((each.name, *shown, each.refused))
    return rows


def wholes(figures: Sequence[Whole]) -> list[tuple[str, ...]]:
    """Rows for whole processes and the status list."""
    rows = [("whole", "floor", "aim", "measured", "floor is", "aim is", "note")]
    for each in figures:
        floor, aim = limits_of(each)
        value = _percent(each.value) if each.unit == "of raw sign" else _plain(each.value, each.unit)
        verdicts = (_word(holds(each, floor)) if floor else "", _word(holds(each, aim)) if aim else "")
        rows.append((each.name, _limit(each, floor), _limit(each, aim), value, *verdicts, each.note))
    return rows


def limits_of(each: Whole) -> tuple[float | None, float | None]:
    """Floor and aim of a whole-process figure."""
    if each.unit == "of raw sign":
        return targets.WHOLE_RATIO.raw, targets.WHOLE_RATIO.aim
    bound = next((bound for name, bound in targets.BOUNDS.items() if each.name.startswith(name)), None)
    return (bound.floor, bound.aim) if bound else (None, None)


def holds(each: Whole, limit: float, *, tolerance: float = 1.0) -> bool:
    """Whether a figure is on the right side: shares at least, everything else at most."""
    if each.unit == "of raw sign":
        return each.value.median >= limit * tolerance
    return each.value.median <= limit / tolerance


def text(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows as an aligned table that is Markdown as well."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _limit(each: Whole, limit: float | None) -> str:
    if limit is None:
        return ""
    return f"{limit:.0%}" if each.unit == "of raw sign" else f"{limit:g} {each.unit}"


def _word(holds_it: object) -> str:
    return MET if holds_it else MISSED


def _percent(spread: Spread) -> str:
    return f"{spread.median:.1%} [{spread.low:.1%}-{spread.high:.1%}]"


def _times(spread: Spread) -> str:
    return f"{spread.median:.3g} [{spread.low:.3g}-{spread.high:.3g}]"


def _plain(spread: Spread, unit: str) -> str:
    return f"{spread.median:.3g} [{spread.low:.3g}-{spread.high:.3g}] {unit}"
