"""Ranges of pay, each with the one before it: those of the grades in use, and of levels with pay of their own."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from laddercli.findings import Place
from laddercli.ladder import Band, Grade, Ladder, Level
from laddercli.reading import Reading


class Range(NamedTuple):
    """A range in one zone; ``name`` says whose, as in "grade `g2`"."""

    name: str
    id: str
    zone: str
    band: Band

    @property
    def place(self) -> Place:
        return self.band.place


class Step(NamedTuple):
    """Two ranges of a zone, one above the other. ``place`` is where the finding belongs, ``other`` explains it.
    ``is_next`` says that nothing is meant to be between them."""

    lower: Range
    upper: Range
    place: Place
    other: Place
    is_next: bool


def grades_in_use(reading: Reading) -> tuple[Grade, ...]:
    """The grades that an active level has; where there are no levels, as in a shared file by itself, all."""
    if not reading.levels:
        return reading.ladder.grades
    used = {level.grade.id for _, level in reading.levels if level.grade}
    return tuple(grade for grade in reading.ladder.grades if grade.id in used)


def ranges(reading: Reading) -> Iterator[Range]:
    """Every range that is in use."""
    for grade in grades_in_use(reading):
        yield from (Range(f"grade `{grade.id}`", grade.id, zone, band) for zone, band in grade.pay.items())
    for _, level in reading.levels:
        yield from (Range(f"level `{level.id}`", level.id, zone, band) for zone, band in level.pay.items())


def steps(reading: Reading) -> Iterator[Step]:
    """Each range with the one below it: from grade to grade, and on a track where a level has pay of its own."""
    yield from _of_grades(reading)
    for lane in reading.lanes:
        for lower, upper in lane.steps:
            if (lower.pay or upper.pay) and (lower.grade is None or lower.grade is not upper.grade):
                yield from _of_levels(reading.ladder, lower, upper)


def _of_grades(reading: Reading) -> Iterator[Step]:
    positions = {grade.id: index for index, grade in enumerate(reading.ladder.grades)}
    last: dict[str, Range] = {}
    for grade in grades_in_use(reading):
        for zone, band in grade.pay.items():
            upper = Range(f"grade `{grade.id}`", grade.id, zone, band)
            lower = last.get(zone)
            if lower:
                is_next = positions[grade.id] == positions[lower.id] + 1
                yield Step(lower, upper, upper.place, lower.place, is_next)
            last[zone] = upper


def _of_levels(ladder: Ladder, lower: Level, upper: Level) -> Iterator[Step]:
    below, above = ladder.pay(lower), ladder.pay(upper)
    for zone in above:
        if zone in below and (zone in lower.pay or zone in upper.pay):
            one = Range(f"level `{lower.id}`", lower.id, zone, below[zone])
            two = Range(f"level `{upper.id}`", upper.id, zone, above[zone])
            place, other = (two.place, one.place) if zone in upper.pay else (one.place, two.place)
            yield Step(one, two, place, other, is_next=True)


def middle(band: Band) -> Decimal | None:
    """The midpoint, written or worked out; None where only the minimum is known."""
    if band.mid is not None:
        return band.mid
    return (band.min + band.max) / 2 if band.max is not None else None


def percent(part: Decimal, whole: Decimal) -> int:
    """How many percent of the whole the part is."""
    return round(part * 100 / whole)
