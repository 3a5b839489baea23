"""Levels next to each other, measure by measure, each cell with everything that holds there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from laddercli.ladder import Measure, Metric, Position
from laddercli.resolution import Resolved, resolve


class Growth(StrEnum):
    """How a cell stands to the one on its left."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a level asks for in a measure. ``expectation`` is None where the measure does not exist for the level;
    ``absent_from`` then says whether the track lacks it or the whole ladder."""

    measure: Measure | None
    expectation: Resolved | None
    absent_from: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One measure across the levels. ``growth`` has one entry for each neighboring pair."""

    id: str
    name: str
    cells: tuple[Cell, ...]
    growth: tuple[Growth, ...]
    same: bool

    @property
    def shared(self) -> bool:
        """Whether every level has the measure."""
        return all(cell.expectation for cell in self.cells)

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Every metric that some level counts in this measure, in the order of appearance."""
        found: dict[str, Metric] = {}
        for cell in self.cells:
            for benchmark, _ in cell.expectation.benchmarks if cell.expectation else ():
                if benchmark.metric:
                    found.setdefault(benchmark.metric.id, benchmark.metric)
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Comparison:
    """Levels, aligned: one row for each measure that any of them has. Measures that all share come first."""

    positions: tuple[Position, ...]
    rows: tuple[Row, ...]


def compare(*positions: Position) -> Comparison:
    """Align levels of any tracks and ladders. Measures are matched by id."""
    names: dict[str, str] = {}
    for each in positions:
        for measure in each.track.measures:
            names.setdefault(measure.id, measure.name)
    rows = [_row(measure, name, positions) for measure, name in names.items()]
    return Comparison(positions, tuple(sorted(rows, key=lambda row: not row.shared)))


def _row(measure_id: str, name: str, positions: tuple[Position, ...]) -> Row:
    cells = tuple(_cell(each, measure_id) for each in positions)
    growth = tuple(_growth(left, right) for left, right in pairwise(cells))
    said = [_said(cell) for cell in cells]
    return Row(measure_id, name, cells, growth, same=all(each == said[0] for each in said))


def _cell(position: Position, measure_id: str) -> Cell:
    measure = next((each for each in position.track.measures if each.id == measure_id), None)
    if measure:
        return Cell(measure, resolve(position.ladder, position.level, measure))
    known = any(each.id == measure_id for each in position.ladder.measures)
    return Cell(None, None, "track" if known else "ladder")


def _growth(left: Cell, right: Cell) -> Growth:
    if not left.expectation or not right.expectation or not left.measure or not right.measure:
        if left.expectation or right.expectation:
            return Growth.ADDED if right.expectation else Growth.REMOVED
        return Growth.UNKNOWN
    before, after = left.expectation.step, right.expectation.step
    if before is None or after is None:
        return Growth.UNKNOWN
    if not same_scale(left, right):
        return Growth.UNKNOWN
    if before.index == after.index:
        return Growth.SAME
    return Growth.UP if after.index > before.index else Growth.DOWN


def same_scale(left: Cell, right: Cell) -> bool:
    """Whether the steps of two cells can be compared. Two ladders may give one measure two scales."""
    scales = [[step.name for step in cell.measure.scale] if cell.measure else [] for cell in (left, right)]
    return scales[0] == scales[1]


def _said(cell: Cell) -> object:
    """Everything a cell says, for telling whether two say the same."""
    found = cell.expectation
    if found is None:
        return None
    return (
        found.step.name if found.step else None,
        found.not_applicable,
        [layer.summary for layer in found.layers],
        [(criterion.text, criterion.kind) for criterion, _ in found.criteria],
        [
            (each.text, each.metric.id if each.metric else None, each.at_least, each.at_most)
            for each, _ in found.benchmarks
        ],
    )


def grade_steps(left: Position, right: Position) -> int | None:
    """How many grades ``right`` stands above ``left``; None where their grades are not on one scale."""
    if not left.level.grade or not right.level.grade:
        return None
    scale = [grade.id for grade in left.ladder.grades]
    if scale != [grade.id for grade in right.ladder.grades]:
        return None
    return scale.index(right.level.grade.id) - scale.index(left.level.grade.id)
