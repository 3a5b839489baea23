"""Pay rises with the grade: each midpoint is above that of the grade below, in every zone.

Where a higher grade pays no more, a promotion is work without a reward, and people look for it elsewhere. Mostly it is
a slip, made when one zone was adjusted and the next was not. (Source: Directive (EU) 2023/970 asks for pay structures
with objective criteria, and a grade is one.)

Not flagged: ranges that overlap; figures in different zones; grades that no active level has. Where only the minimum
is known, it stands for the midpoint. A level that departs from the pay of its grade is compared with its neighbors.

Bad:
    compensation: {zones: [{id: us, currency: USD}]}
    grades:
      - {id: g1, pay: {us: {min: 100, max: 140}}}
      - {id: g2, pay: {us: {min: 90, max: 130}}}
    tracks: [{id: ic, kind: ic, levels: [{id: one, grade: g1}, {id: two, grade: g2}]}]
Good:
    compensation: {zones: [{id: us, currency: USD}]}
    grades:
      - {id: g1, pay: {us: {min: 100, max: 140}}}
      - {id: g2, pay: {us: {min: 120, max: 170}}}
    tracks: [{id: ic, kind: ic, levels: [{id: one, grade: g1}, {id: two, grade: g2}]}]
"""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.findings import Problem, Related, flag
from laddercli.reading import Reading
from laddercli.rules._pay import Step, middle, steps

CATEGORY = "pay"
SEVERITY = "error"


def check(reading: Reading) -> Iterator[Problem]:
    """Each step on which pay does not rise."""
    for step in steps(reading):
        lower, upper = middle(step.lower.band), middle(step.upper.band)
        word = "midpoint"
        if lower is None or upper is None:
            word, lower, upper = "minimum", step.lower.band.min, step.upper.band.min
        if upper <= lower:
            yield _problem(step, word, "the same as" if upper == lower else "below")


def _problem(step: Step, word: str, how: str) -> Problem:
    lower, upper = step.lower, step.upper
    other = lower if step.place == upper.place else upper
    return flag(
        step.place,
        f"in zone `{upper.zone}`, the {word} of {upper.name} is {how} that of {lower.name}, which comes before it",
        help=f"raise the range of {upper.name}, or lower that of {lower.name}",
        key=True,
        arguments=(other.id,),
        related=(Related("compared with", step.other),),
    )
