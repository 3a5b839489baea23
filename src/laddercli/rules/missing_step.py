"""Where a measure has a scale, each level says on which step of it the level stands.

The step tells at a glance what grows from level to level, and programs compare levels by it. A cell without one leaves
a hole in that picture, and nobody can tell whether the level stands still. (Source: the article, where the scope and
scale of each measure change from level to level.)

Not flagged: a cell that is `unchanged` or `not_applicable`, and a step that the level takes over from another level or
from `everyone`.

Bad:
    measures:
      - {id: craft, name: Craft, scale: [Feature, Product]}
    tracks:
      - id: ic
        kind: ic
        levels:
          - id: pm1
            expectations:
              craft: Writes requirements for a single feature.
Good:
    measures:
      - {id: craft, name: Craft, scale: [Feature, Product]}
    tracks:
      - id: ic
        kind: ic
        levels:
          - id: pm1
            expectations:
              craft: {step: Feature, summary: Writes requirements for a single feature.}
"""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.findings import Problem, flag
from laddercli.reading import Reading

CATEGORY = "progression"
SEVERITY = "info"


def check(reading: Reading) -> Iterator[Problem]:
    """Each cell of a level that names no step although its measure has a scale."""
    for track, level in reading.levels:
        for measure in track.measures:
            cell = level.expectations.get(measure.id)
            if not measure.scale or cell is None or cell.step or cell.unchanged or cell.not_applicable:
                continue
            if reading.resolved(level, measure).step is None:
                names = ", ".join(f"`{step.name}`" for step in measure.scale)
                yield flag(
                    cell.place,
                    f"`{level.id}` names no step of the scale of `{measure.id}`",
                    help=f"add `step:` with one of {names}, beside the text as `summary:` or the list as `criteria:`",
                    key=True,
                    arguments=(),
                )
