"""`python -m bench`: measures Skillmark against its peers in one run and prints the tables."""

import argparse
import dataclasses
import gc
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import document, environment, table, targets, wholes
from bench.cases import World, batch_group, build_world, issue_group, verify_group
from bench.crosscheck import VoidError, crosscheck
from bench.measuring import Measured, measure
from bench.peers.installation import PeersMissingError
from bench.peers.process import Peer
from bench.wholes import Whole
from skillmark.credentials.contexts import registry

GROUPS = {"batch": batch_group, "issue": issue_group, "verify": verify_group}
ROUNDS, SHORT_ROUNDS = 15, 10
ROWS, SHORT_ROWS, MANY_ROWS = 50_000, 10_000, 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when every floor holds within a tenth, 1 when one does not, 2 when nothing could be measured."""
    options = _options(arguments)
    core = environment.pin_to_one_core()
    contexts = {iri: registry.document(iri) for iri in registry.iris()}
    try:
        with Peer(contexts) as peer:
            world = build_world(peer, contexts)
            facts = environment.described(peer, core=core)
            gc.collect()
            gc.freeze()  # what the harness holds is not to be scanned in the time of what it measures
            return _run(world, facts, options)
    except (PeersMissingError, VoidError) as error:
        _say(f"nothing was measured: {error}")
        return 2


def _run(world: World, facts: dict[str, Any], options: argparse.Namespace) -> int:
    facts["document"] = f"sha256 {document.digest(world.signer.controller)}"
    facts["agreed before timing"] = crosscheck(world)
    sys.stdout.write(_facts(facts) + "\n\n")
    rounds = options.rounds or (SHORT_ROUNDS if options.short else ROUNDS)
    measured: list[Measured] = []
    for name, group in GROUPS.items():
        if name in options.only:
            measured += measure(group(world), rounds=rounds, say=_say)
    figures = _wholes(world, options) if "wholes" in options.only else []
    for rows in (table.ours(measured), table.others(measured), table.wholes(figures)):
        if len(rows) > 1:
            sys.stdout.write(table.text(rows) + "\n\n")
    if options.json:
        _write(options.json, facts, measured, figures)
    return _conclude(measured, figures)


def _wholes(world: World, options: argparse.Namespace) -> list[Whole]:
    times = 3 if options.short else 5
    figures = [wholes.status_change(times=40 if options.short else 200)]
    _say("whole processes")
    figures.append(wholes.starting(world, times=9 if options.short else 21))
    figures += wholes.issuing(world, rows=SHORT_ROWS if options.short else ROWS, times=times)
    if not options.short and not options.no_million:
        _say(f"{MANY_ROWS:,} rows: this takes minutes")
        figures += wholes.issuing(world, rows=MANY_ROWS, times=1)
    return figures


def _conclude(measured: Sequence[Measured], figures: Sequence[Whole]) -> int:
    missed = [
        each.name
        for each in measured
        if each.name in targets.RATIOS and table.floor_of(each, tolerance=targets.TOLERANCE) == table.MISSED
    ]
    for each in figures:
        floor, _ = table.limits_of(each)
        if floor and not table.holds(each, floor, tolerance=targets.TOLERANCE):
            missed.append(each.name)
    for name in missed:
        _say(f"more than a tenth below its floor: {name}")
    return 1 if missed else 0


def _facts(facts: dict[str, Any]) -> str:
    lines = []
    for name, value in facts.items():
        shown = ", ".join(f"{key} {item}" for key, item in value.items()) if isinstance(value, dict) else value
        lines += [f"{name}: {item}" for item in (shown if isinstance(shown, list) else [shown])]
    return "\n".join(lines)


def _write(path: Path, facts: dict[str, Any], measured: Sequence[Measured], figures: Sequence[Whole]) -> None:
    result = {
        "facts": facts,
        "cases": [dataclasses.asdict(each) for each in measured],
        "wholes": [dataclasses.asdict(each) for each in figures],
    }
    path.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parts = (*GROUPS, "wholes")
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--short", action="store_true", help="fewer rounds and rows, for CI; no million rows")
    parser.add_argument("--rounds", type=int, help="steady rounds to ask for (10 at least make a comparison)")
    parser.add_argument("--only", nargs="+", choices=parts, default=parts, help="parts to measure")
    parser.add_argument("--no-million", action="store_true", help="leave out the memory of issuing 1,000,000 rows")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
