"""A track has few measures, and a cell few criteria.

Each measure is a column that people fill in and compare for every level, and each criterion is one more thing to find
evidence for. A large matrix is scored from memory instead. (Source: the article, which asks for as few measures as
possible, because large matrices make evaluation difficult.)

Not flagged: cells that do not apply to a level and levels that are not active, which are not counted as cells;
anti-patterns, benchmarks and examples, which are not counted as criteria; what a cell takes over from elsewhere.

Bad:
    measures: [{id: a}, {id: b}, {id: c}, {id: d}, {id: e}, {id: f}, {id: g}]
    tracks:
      - {id: ic, kind: ic, levels: [{id: one}]}
Good:
    measures: [{id: a}, {id: b}, {id: c}, {id: d}]
    tracks:
      - {id: ic, kind: ic, levels: [{id: one}]}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from laddercli.findings import Place, Problem, flag
from laddercli.ladder import Criterion
from laddercli.reading import Lane, Reading, at

CATEGORY = "structure"
SEVERITY = "warning"


@dataclass(frozen=True)
class Options:
    """How much is too much."""

    measures: Annotated[int, Field(description="The most measures on a track.", ge=1)] = 6
    cells: Annotated[int, Field(description="The most cells on a track: active levels times measures.", ge=1)] = 48
    criteria: Annotated[int, Field(description="The most criteria in one cell.", ge=1)] = 7


def check(reading: Reading, options: Options) -> Iterator[Problem]:
    """Each track with too many measures or cells, and each cell with too many criteria."""
    for lane in reading.lanes:
        yield from _on(lane, options)
    for cell in reading.cells:
        owner = f"`{cell.level.id}`" if cell.level else "`everyone`"
        where = f"`{cell.measure.id}` at {owner}"
        yield from _in(cell.expectation.criteria, cell.expectation.place, where, options.criteria)
    for measure in reading.ladder.measures:
        for step in measure.scale:
            where = f"the step `{step.name}` of `{measure.id}`"
            yield from _in(step.criteria, at(step.place, "name"), where, options.criteria)


def _on(lane: Lane, options: Options) -> Iterator[Problem]:
    track, levels = lane
    measures = len(track.measures)
    if measures > options.measures:
        message = f"the track `{track.id}` has {measures} measures, more than {options.measures}"
        help = "join measures that rest on the same evidence"
        yield flag(at(track.place, "measures"), message, help=help, key=True, arguments=("measures",), weight=measures)
    cells = sum(
        not (cell := level.expectations.get(measure.id)) or not cell.not_applicable
        for level in levels
        for measure in track.measures
    )
    if cells > options.cells:
        message = f"the track `{track.id}` has {cells} cells of level and measure, more than {options.cells}"
        help = "join measures, or levels that people pass through quickly"
        yield flag(at(track.place, "levels"), message, help=help, key=True, arguments=("cells",), weight=cells)


def _in(criteria: Iterable[Criterion], place: Place, where: str, limit: int) -> Iterator[Problem]:
    count = sum(criterion.kind != "anti-pattern" for criterion in criteria)
    if count > limit:
        message = f"{where} has {count} criteria, more than {limit}"
        help = "keep those that tell this level from its neighbors, and turn the others into examples"
        yield flag(place, message, help=help, key=True, arguments=("criteria",), weight=count)
