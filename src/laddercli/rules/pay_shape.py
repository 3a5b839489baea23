"""Ranges of pay are wide enough to grow in, rise in even steps, and overlap without covering each other.

A narrow range leaves no room between promotions, a wide one says little. Small steps make promotions worthless, large
ones make them a matter of luck. Real ladders overlap on purpose, so this is only a remark. (Source: the usual shape of
pay structures; the limits are options.)

Not flagged: single rates (`min` equal to `max`) as too narrow; a range without `max`; steps over a grade that no active
level has; steps down, which are `pay-inverted`.

Bad:
    compensation: {zones: [{id: us, currency: USD}]}
    grades: [{id: g1, pay: {us: {min: 100, max: 110}}}]
    tracks: [{id: ic, kind: ic, levels: [{id: one, grade: g1}]}]
Good:
    compensation: {zones: [{id: us, currency: USD}]}
    grades: [{id: g1, pay: {us: {min: 100, max: 140}}}]
    tracks: [{id: ic, kind: ic, levels: [{id: one, grade: g1}]}]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from pydantic import Field

from laddercli.findings import Place, Problem, Related, flag
from laddercli.reading import Reading
from laddercli.rules._pay import Range, Step, middle, percent, ranges, steps

CATEGORY = "pay"
SEVERITY = "info"


@dataclass(frozen=True)
class Options:
    """What is a usual shape, in percent."""

    spread_from: Annotated[int, Field(description="The least that a maximum lies above its minimum.", ge=0)] = 20
    spread_to: Annotated[int, Field(description="The most that a maximum lies above its minimum.", ge=0)] = 80
    step_from: Annotated[int, Field(description="The least that a midpoint lies above the one below.", ge=0)] = 8
    step_to: Annotated[int, Field(description="The most that a midpoint lies above the one below.", ge=0)] = 35
    overlap_to: Annotated[int, Field(description="The most of a range that the one below may cover.", ge=0)] = 60


class _Oddity(NamedTuple):
    """What is unusual in one zone. ``kind`` and ``words`` are the same in every zone, ``share`` may differ."""

    kind: str
    words: str
    share: int | None
    zone: str
    place: Place
    other: Place | None
    help: str


def check(reading: Reading, options: Options) -> Iterator[Problem]:
    """Each unusual shape, once for all zones of a grade."""
    found: dict[tuple[Place, str], list[_Oddity]] = {}
    for oddity in _oddities(reading, options):
        owner = Place(oddity.place.file, oddity.place.loc[:-1])
        found.setdefault((owner, oddity.words), []).append(oddity)
    for oddities in found.values():
        yield _problem(oddities)


def _oddities(reading: Reading, options: Options) -> Iterator[_Oddity]:
    for each in ranges(reading):
        yield from _spread(each, options)
    for step in steps(reading):
        if step.is_next:
            yield from _rise(step, options)
            yield from _overlap(step, options)


def _spread(each: Range, options: Options) -> Iterator[_Oddity]:
    band = each.band
    if band.max is None or band.max == band.min:
        return
    share = percent(band.max - band.min, band.min)
    usual = f"usual are {options.spread_from} to {options.spread_to} %"
    words = f"the maximum of {each.name} is {{}} above its minimum; {usual}"
    if share < options.spread_from:
        yield _Oddity("spread", words, share, each.zone, each.place, None, "widen the range")
    elif share > options.spread_to:
        yield _Oddity("spread", words, share, each.zone, each.place, None, "narrow the range, or split the grade")


def _rise(step: Step, options: Options) -> Iterator[_Oddity]:
    lower, upper = middle(step.lower.band), middle(step.upper.band)
    if lower is None or upper is None or upper <= lower:
        return
    share = percent(upper - lower, lower)
    usual = f"usual are {options.step_from} to {options.step_to} %"
    words = f"the midpoint of {step.upper.name} is {{}} above that of {step.lower.name}; {usual}"
    if share < options.step_from:
        help = "widen the step, or make one grade of the two"
        yield _Oddity("step", words, share, step.upper.zone, step.place, step.other, help)
    elif share > options.step_to:
        help = "narrow the step, or add a grade between them"
        yield _Oddity("step", words, share, step.upper.zone, step.place, step.other, help)


def _overlap(step: Step, options: Options) -> Iterator[_Oddity]:
    lower, upper, zone = step.lower.band, step.upper.band, step.upper.zone
    if lower.max is None:
        return
    if upper.min > lower.max and lower.min != lower.max:
        words = f"the range of {step.upper.name} begins above the end of that of {step.lower.name}{{}}"
        help = "close the gap, so that pay can grow without a promotion"
        yield _Oddity("gap", words, None, zone, step.place, step.other, help)
    elif upper.max is not None and upper.max > upper.min:
        share = percent(min(lower.max, upper.max) - max(lower.min, upper.min), upper.max - upper.min)
        if share > options.overlap_to:
            usual = f"usual are up to {options.overlap_to} %"
            words = f"{step.lower.name} covers {{}} of the range of {step.upper.name}; {usual}"
            help = "move the ranges apart, so that a promotion shows in the pay"
            yield _Oddity("overlap", words, share, zone, step.place, step.other, help)


def _problem(oddities: list[_Oddity]) -> Problem:
    first = oddities[0]
    zones = [f"in `{each.zone}`" if each.share is None else f"{each.share} % in `{each.zone}`" for each in oddities]
    listed = zones[0] if len(zones) == 1 else f"{', '.join(zones[:-1])} and {zones[-1]}"
    message = first.words.format(f" {listed}" if first.share is None else listed)
    related = (Related("compared with", first.other),) if first.other else ()
    return flag(first.place, message, help=first.help, key=True, arguments=(first.kind,), related=related)
