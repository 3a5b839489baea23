"""Career ladders as YAML in git: read, check and compare them.

A guided tour, from text to what a person reads::

    from laddercli import compare, load

    ladder = load("ladders/product-management.yaml")       # a Ladder, or InvalidLadder with every finding
    for track in ladder.tracks:                             # parallel: individual contributors, managers
        print(track.name, [level.title for level in track.levels])

    staff, group = ladder.position("staff-pm"), ladder.position("group-pm")
    for row in compare(staff, group).rows:                  # one row for each measure
        print(row.name, [cell.expectation.step.name for cell in row.cells if cell.expectation])

``examine`` gives the findings of a file instead of raising them, ``resolve`` everything that a level asks for in one
measure, ``project`` what an audience may see, ``lint`` what keeps a ladder from being a good one, ``diff`` what changed
between two versions. Values are frozen; nothing here prints or ends the process.
Names are imported when they are used, so that `import laddercli` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from laddercli.audience import project
    from laddercli.changes import Change, Impact, diff
    from laddercli.comparison import Comparison, compare
    from laddercli.errors import InvalidLadder, LadderError, NotFound, SharedFile, Unreadable
    from laddercli.findings import Finding, Severity
    from laddercli.judging import lint
    from laddercli.ladder import (
        Benchmark,
        Criterion,
        Expectation,
        Grade,
        Ladder,
        Level,
        Measure,
        Metric,
        Move,
        Position,
        Step,
        Track,
    )
    from laddercli.loader import examine, load
    from laddercli.resolution import Resolved, resolve
else:
    # Where each name lives. In the `else` branch, so that a type checker still sees a misspelled name.
    _HOMES = {
        "audience": ("project",),
        "changes": ("Change", "Impact", "diff"),
        "comparison": ("Comparison", "compare"),
        "errors": ("InvalidLadder", "LadderError", "NotFound", "SharedFile", "Unreadable"),
        "findings": ("Finding", "Severity"),
        "judging": ("lint",),
        "ladder": (
            "Benchmark",
            "Criterion",
            "Expectation",
            "Grade",
            "Ladder",
            "Level",
            "Measure",
            "Metric",
            "Move",
            "Position",
            "Step",
            "Track",
        ),
        "loader": ("examine", "load"),
        "resolution": ("Resolved", "resolve"),
    }

    def __getattr__(name: str) -> object:
        from importlib import import_module

        for home, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"laddercli.{home}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted([*globals(), *__all__])


__all__ = [
    "Benchmark",
    "Change",
    "Comparison",
    "Criterion",
    "Expectation",
    "Finding",
    "Grade",
    "Impact",
    "InvalidLadder",
    "Ladder",
    "LadderError",
    "Level",
    "Measure",
    "Metric",
    "Move",
    "NotFound",
    "Position",
    "Resolved",
    "Severity",
    "SharedFile",
    "Step",
    "Track",
    "Unreadable",
    "__version__",
    "compare",
    "diff",
    "examine",
    "lint",
    "load",
    "project",
    "resolve",
]
