"""From one level of a track to the next, at least one step rises and none falls.

A promotion has to mean something, so a level asks for more than the one below. It never asks for less, because a
person who has grown would then fail the higher level on what the lower one already showed. A level that trades one
measure for another is a different job. (Source: the article, where scope and scale change at each level; Honeycomb on
growing by scope alone.)

Not flagged: measures without a scale, levels that give no step, and the same step at peers on two tracks. A step that
a level takes over counts as its own.

Bad:
    measures:
      - {id: craft, name: Craft, scale: [Feature, Product]}
    tracks:
      - id: ic
        kind: ic
        levels:
          - {id: pm1, expectations: {craft: {step: Feature}}}
          - {id: pm2, expectations: {craft: {step: Feature}}}
Good:
    measures:
      - {id: craft, name: Craft, scale: [Feature, Product]}
    tracks:
      - id: ic
        kind: ic
        levels:
          - {id: pm1, expectations: {craft: {step: Feature}}}
          - {id: pm2, expectations: {craft: {step: Product}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.findings import Place, Problem, Related, flag
from laddercli.ladder import Level, Measure, Step
from laddercli.reading import Reading, at

CATEGORY = "progression"
SEVERITY = "error"


def check(reading: Reading) -> Iterator[Problem]:
    """Each level whose steps are those of the level below, and each step that is lower than there."""
    for lane in reading.lanes:
        scaled = [measure for measure in lane.track.measures if measure.scale]
        if scaled:
            steps = [_steps(reading, level, scaled) for level in lane.levels]
            for index, (lower, upper) in enumerate(lane.steps):
                yield from _compared(lower, upper, steps[index], steps[index + 1], scaled)


def _steps(reading: Reading, level: Level, measures: list[Measure]) -> dict[str, Step]:
    """The step of a level in each measure, where there is one."""
    found = {measure.id: reading.resolved(level, measure).step for measure in measures}
    return {name: step for name, step in found.items() if step}


def _compared(
    lower: Level, upper: Level, below: dict[str, Step], here: dict[str, Step], measures: list[Measure]
) -> Iterator[Problem]:
    common = [measure for measure in measures if measure.id in below and measure.id in here]
    if common and not any(here[each.id].index > below[each.id].index for each in common):
        where = "any measure" if len(common) > 1 else f"`{common[0].id}`"
        yield flag(
            at(upper.place, "id"),
            f"nothing rises from `{lower.id}` to `{upper.id}`: no step is higher in {where}",
            help="raise the step of a measure in which more is asked for, or make one level of the two",
            related=(Related("the level below is at", at(lower.place, "id")),),
            arguments=(),
        )
    for measure in common:
        was, now = below[measure.id], here[measure.id]
        if now.index < was.index:
            yield flag(
                _step_of(upper, measure.id) or at(upper.place, "id"),
                f"`{measure.id}` falls from `{was.name}` at `{lower.id}` to `{now.name}` at `{upper.id}`",
                help=f"write `{was.name}` or a higher step; measures may stay the same, as long as one rises",
                related=(Related("the step below is at", _step_of(lower, measure.id) or at(lower.place, "id")),),
                arguments=(measure.id,),
            )


def _step_of(level: Level, measure: str) -> Place | None:
    """Where a level itself names its step in a measure."""
    cell = level.expectations.get(measure)
    return at(cell.place, "step") if cell and cell.step else None
