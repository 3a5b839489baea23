"""What a level asks for, all told: its own cell, and everything that it takes over from elsewhere.

The order is that of the format: the cell itself and what its step says · the levels it inherits, in order · the level
below, where levels are cumulative · the track's `everyone` · the ladder's · shared files'. Nothing is replaced; the
first step and the first benchmark of a metric win.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from laddercli.ladder import Benchmark, Criterion, Expectation, Ladder, Level, Measure, Step

# Where a part comes from: None for the level's own cell, "step", "everyone", "shared", or the id of a level.
Origin = str | None


@dataclass(frozen=True, slots=True)
class Layer:
    """What one source adds to a cell: without benchmarks of a metric that a layer above has."""

    origin: Origin
    summary: str | None
    criteria: tuple[Criterion, ...]
    benchmarks: tuple[Benchmark, ...]
    examples: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.summary or self.criteria or self.benchmarks or self.examples)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a level asks for in one measure. ``layers`` come in order, the level's own first.

    ``not_applicable`` is the reason why the measure does not count at this level; then there are no layers.
    ``unchanged`` says that the level takes over the cell of the level below on purpose.
    """

    measure: Measure
    step: Step | None
    layers: tuple[Layer, ...]
    unchanged: bool
    not_applicable: str | None

    @property
    def own(self) -> Layer | None:
        """The layer of the level itself."""
        return self.layers[0] if self.layers and self.layers[0].origin is None else None

    @property
    def is_missing(self) -> bool:
        """Whether nobody says anything about this measure at this level."""
        return self.step is None and not self.layers and self.not_applicable is None

    @property
    def summary(self) -> str | None:
        return next((layer.summary for layer in self.layers if layer.summary), None)

    @property
    def criteria(self) -> tuple[tuple[Criterion, Origin], ...]:
        return tuple((criterion, layer.origin) for layer in self.layers for criterion in layer.criteria)

    @property
    def benchmarks(self) -> tuple[tuple[Benchmark, Origin], ...]:
        return tuple((benchmark, layer.origin) for layer in self.layers for benchmark in layer.benchmarks)


def resolve(ladder: Ladder, level: Level, measure: Measure) -> Resolved:
    """Everything that ``level`` asks for in ``measure``."""
    own = _written(ladder, level, measure)
    cell = level.expectations.get(measure.id)
    unchanged = cell is not None and cell.unchanged
    if own and own.not_applicable:
        return Resolved(measure, None, (), unchanged, own.not_applicable)
    sources = list(_sources(ladder, level, measure))
    step = next((cell.step for _, cell in sources if cell.step), None)
    return Resolved(measure, step, tuple(_layers(sources)), unchanged, None)


def _written(ladder: Ladder, level: Level, measure: Measure) -> Expectation | None:
    """The cell of a level, through any number of `unchanged` below it."""
    cell = level.expectations.get(measure.id)
    while cell is not None and cell.unchanged:
        below = ladder.below(level)
        if below is None:
            return None
        level, cell = below, below.expectations.get(measure.id)
    return cell


def _sources(ladder: Ladder, level: Level, measure: Measure) -> Iterator[tuple[Origin, Expectation]]:
    yield from _from_levels(ladder, level, measure)
    track = ladder.track_of(level)
    if measure.id in track.everyone:
        yield "everyone", track.everyone[measure.id]
    for everyone in ladder.everyone:
        if measure.id in everyone.cells:
            yield everyone.origin, everyone.cells[measure.id]


def _from_levels(ladder: Ladder, level: Level, measure: Measure) -> Iterator[tuple[Origin, Expectation]]:
    """The cells of the level and of the levels it builds on, each level once, depth first without recursion."""
    met: set[str] = set()
    todo = [level]
    while todo:
        here = todo.pop()
        if here.id in met:
            continue
        met.add(here.id)
        cell = here.expectations.get(measure.id)
        below = ladder.below(here)
        next_levels = [ladder.levels[name][1] for name in here.inherits]
        if cell is not None and cell.unchanged and below:
            next_levels.insert(0, below)
        elif cell is not None and cell.not_applicable:
            continue  # nothing is asked for there, whatever that level builds on
        elif cell is not None:
            yield (None if here is level else here.id), cell
        if ladder.policy.levels == "cumulative" and below:
            next_levels.append(below)
        todo += reversed(next_levels)


def _layers(sources: list[tuple[Origin, Expectation]]) -> Iterator[Layer]:
    """Each source with what its step says, without what an earlier source has said already."""
    metrics: set[str] = set()
    steps: set[int] = set()
    for origin, cell in sources:
        benchmarks = tuple(each for each in cell.benchmarks if not each.metric or each.metric.id not in metrics)
        metrics.update(each.metric.id for each in benchmarks if each.metric)
        layer = Layer(origin, cell.summary, cell.criteria, benchmarks, cell.examples)
        if not layer.is_empty or origin is None:
            yield layer
        step = cell.step
        if step and step.index not in steps and (step.criteria or step.examples):
            steps.add(step.index)
            yield Layer("step" if origin is None else origin, None, step.criteria, (), step.examples)
