"""A metric never asks for less at a higher level of a track than at a lower one.

Whoever has grown would otherwise need less than before to show it, and the lower level would be the harder one. Where
the work becomes too different for the same figure, it is another metric. (Source: the article, which asks for
quantitative benchmarks that are relevant at each level.)

Not flagged: a figure that stays the same; a range that moves, so that one end asks for more and the other for less;
figures of two tracks.

Bad:
    metrics:
      - {id: kept, name: Commitments kept}
    measures:
      - {id: craft, name: Craft}
    tracks:
      - id: ic
        kind: ic
        levels:
          - {id: pm1, expectations: {craft: {benchmarks: [{metric: kept, at_least: 80}]}}}
          - {id: pm2, expectations: {craft: {benchmarks: [{metric: kept, at_least: 75}]}}}
Good:
    metrics:
      - {id: kept, name: Commitments kept}
    measures:
      - {id: craft, name: Craft}
    tracks:
      - id: ic
        kind: ic
        levels:
          - {id: pm1, expectations: {craft: {benchmarks: [{metric: kept, at_least: 75}]}}}
          - {id: pm2, expectations: {craft: {benchmarks: [{metric: kept, at_least: 80}]}}}
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from laddercli.findings import Problem, Related, flag
from laddercli.ladder import Benchmark, Level
from laddercli.reading import Reading, at
from laddercli.rules._metrics import Asked, asked

CATEGORY = "progression"
SEVERITY = "warning"


def check(reading: Reading) -> Iterator[Problem]:
    """Each figure that asks for less than the closest lower level that has one for the same metric."""
    for lane in reading.lanes:
        below: dict[str, tuple[Level, Asked]] = {}
        for level in lane.levels:
            for name, here in asked(level).items():
                if name in below:
                    yield from _compared(name, level, here, *below[name])
                below[name] = (level, here)


def _compared(metric: str, upper: Level, here: Asked, lower: Level, there: Asked) -> Iterator[Problem]:
    for measure, now in here.items():
        # A metric may move from one measure to another on its way up.
        was = there[measure] if measure in there else next(iter(there.values()))
        side = _falling(was, now)
        if side:
            words = side.replace("_", " ")
            yield flag(
                at(now.place, side),
                f"`{metric}` asks for less than at `{lower.id}`:"
                f" {words} {_figure(getattr(now, side))} at `{upper.id}`, {words} {_figure(getattr(was, side))} there",
                help="ask for at least as much as below, or define a metric of its own for the wider work",
                related=(Related("the figure below is at", at(was.place, side)),),
                arguments=(metric,),
            )


def _falling(was: Benchmark, now: Benchmark) -> str | None:
    """The end at which a benchmark asks for less, unless the other end asks for more."""
    least = _difference(was.at_least, now.at_least)
    most = -_difference(was.at_most, now.at_most)
    if least > 0 or most > 0 or least == most == 0:
        return None
    return "at_least" if least < 0 else "at_most"


def _difference(was: Decimal | None, now: Decimal | None) -> Decimal:
    return now - was if was is not None and now is not None else Decimal(0)


def _figure(number: Decimal) -> str:
    return f"{number:f}"
