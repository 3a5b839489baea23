"""A metric that two levels of a track ask for is also asked for at the level between them.

A figure that comes, goes and comes again is mostly an oversight: somebody was asked for it, is not any more, and will
be again after the next promotion. (Source: the article, which wants measures to be relevant at each level, without
messy changes in how people are evaluated.)

Not flagged: a gap of two or more levels; a level that takes the figure over (`unchanged`, `inherits`, `everyone`); a
level where the measure is `not_applicable`.

Bad:
    metrics:
      - {id: kept, name: Commitments kept}
    measures:
      - {id: craft, name: Craft}
    tracks:
      - id: ic
        kind: ic
        levels:
          - {id: pm1, expectations: {craft: {benchmarks: [{metric: kept, at_least: 75}]}}}
          - {id: pm2, expectations: {craft: Writes requirements for a product.}}
          - {id: pm3, expectations: {craft: {benchmarks: [{metric: kept, at_least: 85}]}}}
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
          - {id: pm3, expectations: {craft: {benchmarks: [{metric: kept, at_least: 85}]}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.findings import Place, Problem, Related, flag
from laddercli.ladder import Benchmark, Level, Track
from laddercli.reading import Lane, Reading, at
from laddercli.rules._metrics import asked

CATEGORY = "progression"
SEVERITY = "info"


def check(reading: Reading) -> Iterator[Problem]:
    """Each metric of a level that only the level above the next asks for again."""
    for lane in reading.lanes:
        metrics = [asked(level) for level in lane.levels]
        for index, level in enumerate(lane.levels[1:-1], 1):
            before, here, after = metrics[index - 1 : index + 2]
            for name in before:
                if name in after and name not in here:
                    first, second = (next(iter(each[name].items())) for each in (before, after))
                    if not _is_settled(reading, lane.track, level, name, {first[0], second[0]}):
                        yield _problem(lane, index, name, first, second)


def _is_settled(reading: Reading, track: Track, level: Level, metric: str, measures: set[str]) -> bool:
    """Whether a level takes a metric over from elsewhere, or has no use for its measure."""
    cells = [reading.resolved(level, measure) for measure in track.measures]
    if any(cell.not_applicable and cell.measure.id in measures for cell in cells):
        return True
    return any(each.metric and each.metric.id == metric for cell in cells for each, _ in cell.benchmarks)


def _problem(
    lane: Lane, index: int, metric: str, first: tuple[str, Benchmark], second: tuple[str, Benchmark]
) -> Problem:
    lower, level, upper = lane.levels[index - 1 : index + 2]
    cell = level.expectations.get(first[0]) or level.expectations.get(second[0])
    place: Place = cell.place if cell else at(level.place, "id")
    return flag(
        place,
        f"`{metric}` is asked for at `{lower.id}` and `{upper.id}`, and not at `{level.id}` between them",
        help=f"add a benchmark for `{metric}` here, or drop it at one of the others",
        key=cell is not None,
        related=(Related("asked for at", first[1].place), Related("asked for again at", second[1].place)),
        arguments=(metric,),
    )
