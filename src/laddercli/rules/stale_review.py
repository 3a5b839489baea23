"""A ladder says when it was last reviewed, and that is not long ago.

Work changes faster than its descriptions, and pay faster still. A date tells readers whether they can rely on the text,
and its owner when to read it again. (Source: Directive (EU) 2023/970 asks that pay criteria be kept available; public
ladders that were left alone are known by their dead tools.)

Not flagged: ladders that are drafts or deprecated; `compensation.effective` where there is no pay; dates to come.

Bad:
    reviewed: 2025-03-01
Good:
    reviewed: 2026-09-01
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from laddercli.findings import Place, Problem, Severity, flag
from laddercli.reading import Reading, at

CATEGORY = "publication"
SEVERITY = "info"


@dataclass(frozen=True)
class Options:
    """How old a date may be."""

    months: Annotated[int, Field(description="The age in months from which on it is an info.", ge=1)] = 12
    late_months: Annotated[int, Field(description="The age in months from which on it is a warning.", ge=1)] = 18


def check(reading: Reading, options: Options) -> Iterator[Problem]:
    """The dates of the ladder and of its pay, where they are missing or old."""
    ladder = reading.ladder
    if ladder.status != "active":
        return
    if ladder.reviewed:
        place = at(ladder.place, "reviewed")
        help = "read the ladder again with people from each track, then write the new date"
        yield from _aged("the last review", ladder.reviewed, place, help, reading.today, options)
    elif not reading.is_shared:
        message, help = "nobody can tell when this ladder was reviewed", "add `reviewed: YYYY-MM-DD`"
        yield flag(at(ladder.place, "title"), message, help=help, key=True, arguments=())
    yield from _pay(reading, options)


def _pay(reading: Reading, options: Options) -> Iterator[Problem]:
    compensation, where = reading.ladder.compensation, reading.ladder.where
    if not compensation.zones:
        return
    if compensation.effective:
        place, help = where("compensation", "effective"), "check the figures, then write the new date"
        yield from _aged("the pay", compensation.effective, place, help, reading.today, options)
    else:
        message, help = "nobody can tell from when the pay counts", "add `effective: YYYY-MM-DD`"
        place = Place(where("compensation", "zones").file, ("compensation",))
        yield flag(place, message, help=help, key=True, arguments=())


def _aged(what: str, day: str, place: Place, help: str, today: date, options: Options) -> Iterator[Problem]:
    then = date.fromisoformat(day)
    for months, severity in ((options.late_months, Severity.WARNING), (options.months, None)):
        if _is_older(then, months, today):
            yield flag(place, f"{what} is more than {months} months old", help=help, arguments=(), severity=severity)
            return


def _is_older(then: date, months: int, today: date) -> bool:
    year, month = divmod(then.year * 12 + then.month - 1 + months, 12)
    return (year, month + 1, then.day) < (today.year, today.month, today.day)
