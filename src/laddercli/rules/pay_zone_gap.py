"""Every grade in use has pay in each zone that most of the other grades have.

Where a grade has no range, pay is made up for each person, which is how unexplained gaps begin. (Source: Directive (EU)
2023/970 gives applicants and employees a right to know the range of their level.)

Not flagged: a ladder without pay, as when the private file with it is absent; a grade that no active level has, or only
`executive` levels; a grade whose levels all have pay of their own in the zone; a zone that few grades have.

Bad:
    compensation: {zones: [{id: us, currency: USD}, {id: de, currency: EUR}]}
    grades:
      - {id: g1, pay: {us: {min: 100, max: 140}, de: {min: 80, max: 110}}}
      - {id: g2, pay: {us: {min: 120, max: 170}}}
    tracks: [{id: ic, kind: ic, levels: [{id: one, grade: g1}, {id: two, grade: g2}]}]
Good:
    compensation: {zones: [{id: us, currency: USD}, {id: de, currency: EUR}]}
    grades:
      - {id: g1, pay: {us: {min: 100, max: 140}, de: {min: 80, max: 110}}}
      - {id: g2, pay: {us: {min: 120, max: 170}, de: {min: 95, max: 130}}}
    tracks: [{id: ic, kind: ic, levels: [{id: one, grade: g1}, {id: two, grade: g2}]}]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from laddercli.findings import Place, Problem, flag
from laddercli.ladder import Grade, Level
from laddercli.reading import Reading, at
from laddercli.rules._pay import grades_in_use

CATEGORY = "pay"
SEVERITY = "error"


class _Paid(NamedTuple):
    """A grade, or a level without one, with the zones in which it has pay."""

    name: str
    zones: frozenset[str]
    place: Place


def check(reading: Reading) -> Iterator[Problem]:
    """Each grade that lacks pay in a zone."""
    paid = [*_grades(reading), *_levels(reading)]
    for each in paid:
        lacking = [zone.id for zone in reading.ladder.compensation.zones if _lacks(each, zone.id, paid)]
        if lacking:
            names = [f"`{zone}`" for zone in lacking]
            listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
            yield flag(
                each.place,
                f"{each.name} has no pay in zone{'s' if names[1:] else ''} {listed}, where most others have it",
                help=f"add the range for {listed}",
                key=True,
                arguments=tuple(lacking),
            )


def _lacks(each: _Paid, zone: str, paid: list[_Paid]) -> bool:
    having = sum(zone in other.zones for other in paid)
    return zone not in each.zones and having * 2 > len(paid) - 1


def _grades(reading: Reading) -> Iterator[_Paid]:
    levels: dict[str, list[Level]] = {}
    for _, level in reading.levels:
        if level.grade:
            levels.setdefault(level.grade.id, []).append(level)
    for grade in grades_in_use(reading):
        having = [level for level in levels.get(grade.id, ()) if not level.executive]
        if having or not reading.levels:
            own = frozenset.intersection(*(frozenset(level.pay) for level in having)) if having else frozenset()
            yield _Paid(f"grade `{grade.id}`", own | frozenset(grade.pay), _place(grade))


def _place(grade: Grade) -> Place:
    """The mapping that the range belongs into."""
    first = next(iter(grade.pay.values()), None)
    return Place(first.place.file, first.place.loc[:-1]) if first else at(grade.place, "id")


def _levels(reading: Reading) -> Iterator[_Paid]:
    """Levels that have no grade, where such levels have pay."""
    levels = [level for _, level in reading.levels if level.grade is None and not level.executive]
    if any(level.pay for level in levels):
        for level in levels:
            place = at(level.place, "pay" if level.pay else "id")
            yield _Paid(f"level `{level.id}`", frozenset(level.pay), place)
