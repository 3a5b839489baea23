"""From the grade where managers start, each grade has a level for individual contributors and one for managers.

Where a grade exists on one track only, people change tracks to be promoted, whether the other work suits them or not.
Parallel seniority, up to the same top, takes that reason away. (Source: the article on dual product management tracks.)

Not flagged: grades below the first manager; a grade that neither track uses; `executive` levels; hybrid tracks, which
count for both; one of several specialties without a level at a grade where another has one; ladders without grades.

Bad:
    grades: [{id: g1}, {id: g2}]
    tracks:
      - {id: ic, kind: ic, levels: [{id: engineer, grade: g1}]}
      - {id: manager, kind: manager, levels: [{id: lead, grade: g1}, {id: head, grade: g2}]}
Good:
    grades: [{id: g1}, {id: g2}]
    tracks:
      - {id: ic, kind: ic, levels: [{id: engineer, grade: g1}, {id: expert, grade: g2}]}
      - {id: manager, kind: manager, levels: [{id: lead, grade: g1}, {id: head, grade: g2}]}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from laddercli.findings import Problem, Related, flag
from laddercli.ladder import Grade, Level
from laddercli.reading import Lane, Reading, at

CATEGORY = "parity"
SEVERITY = "error"
WAIVABLE = True

Kind = Literal["ic", "manager"]
ByGrade = Mapping[str, Sequence[Level]]

_NAMES: dict[Kind, str] = {"ic": "individual contributors", "manager": "managers"}
_OTHER: dict[Kind, Kind] = {"ic": "manager", "manager": "ic"}


def check(reading: Reading) -> Iterator[Problem]:
    """Each grade that only one kind of track has, and each level that has no grade at all."""
    sides: dict[Kind, ByGrade] = {kind: _by_grade(reading.lanes_of(kind)) for kind in _NAMES}
    if not reading.ladder.grades or not all(reading.lanes_of(kind) for kind in _NAMES):
        return
    yield from _without_grade(reading)
    shown = _compared(reading.ladder.grades, sides)
    table = ", ".join(_row(grade, sides) for grade in shown)
    for grade in shown:
        for kind, name in _NAMES.items():
            there = [level for level in sides[_OTHER[kind]].get(grade.id, ()) if not level.executive]
            if there and not sides[kind].get(grade.id):
                yield flag(
                    at(there[0].place, "grade"),
                    f"no level for {name} has grade `{grade.id}`, the grade of {_listed(there)}",
                    help=f"add such a level; IC and manager by grade: {table}",
                    arguments=(grade.id, kind),
                    related=_opening(sides["manager"], shown[0], there[0]),
                )


def _by_grade(lanes: Sequence[Lane]) -> ByGrade:
    found: dict[str, list[Level]] = {}
    for lane in lanes:
        for level in lane.levels:
            if level.grade:
                found.setdefault(level.grade.id, []).append(level)
    return found


def _compared(grades: Sequence[Grade], sides: Mapping[Kind, ByGrade]) -> list[Grade]:
    """The grades in use from the lowest manager on."""
    opening = next((index for index, grade in enumerate(grades) if grade.id in sides["manager"]), len(grades))
    return [grade for grade in grades[opening:] if any(grade.id in side for side in sides.values())]


def _row(grade: Grade, sides: Mapping[Kind, ByGrade]) -> str:
    ic, manager = (", ".join(level.id for level in sides[kind].get(grade.id, ())) or "–" for kind in _NAMES)
    return f"{grade.id}: {ic} | {manager}"


def _opening(managers: ByGrade, lowest: Grade, here: Level) -> tuple[Related, ...]:
    first = managers[lowest.id][0]
    return () if first is here else (Related("managers start here", at(first.place, "grade")),)


def _listed(levels: Sequence[Level]) -> str:
    return ", ".join(f"`{level.id}`" for level in levels)


def _without_grade(reading: Reading) -> Iterator[Problem]:
    for track, level in reading.levels:
        if level.grade is None and not level.executive and track.kind != "hybrid":
            yield flag(
                at(level.place, "id"),
                f"level `{level.id}` has no grade, so it has no peer on the other track",
                help="give it the `grade` of the levels that carry as much responsibility",
                arguments=(),
            )
