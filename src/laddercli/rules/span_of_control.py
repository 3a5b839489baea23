"""A manager level states how many people report to it, and the number leaves time for each of them.

Below three reports there is little to manage, and above a dozen nobody gets coached. A stated number also tells people
what the work will be before they choose it. (Source: the article, on how much time the management of people takes.)

Not flagged: levels of individual contributors; hybrid tracks, where the lower levels have no reports.

Bad:
    tracks:
      - {id: manager, kind: manager, levels: [{id: lead}]}
Good:
    tracks:
      - {id: manager, kind: manager, levels: [{id: lead, direct_reports: {min: 4, max: 8}}]}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from laddercli.findings import Problem, flag
from laddercli.ladder import Level
from laddercli.reading import Reading, at

CATEGORY = "parity"
SEVERITY = "info"


@dataclass(frozen=True)
class Options:
    """How many direct reports are fine."""

    fewest: Annotated[int, Field(description="The fewest direct reports of a manager.", ge=0)] = 3
    most: Annotated[int, Field(description="The most direct reports of a manager.", ge=1)] = 12


def check(reading: Reading, options: Options) -> Iterator[Problem]:
    """Each manager level that does not say how many people report to it, or says a number out of range."""
    for track, level in reading.levels:
        if track.kind == "manager":
            yield from _of(level, options)


def _of(level: Level, options: Options) -> Iterator[Problem]:
    reports = level.direct_reports
    usual = f"`direct_reports: {{min: {options.fewest}, max: {options.most}}}`"
    if reports is None:
        message = f"manager level `{level.id}` does not say how many people report to it"
        yield flag(at(level.place, "id"), message, help=f"add the number, within {usual}", arguments=())
        return
    place = at(level.place, "direct_reports")
    fewest, most = reports.min, reports.min if reports.max is None else reports.max
    if fewest < options.fewest:
        message = f"`{fewest}` direct reports at manager level `{level.id}` are fewer than `{options.fewest}`"
        yield flag(at(place, "min"), message, help=_HELP_FEW, arguments=("min",))
    if most > options.most:
        message = f"`{most}` direct reports at manager level `{level.id}` are more than `{options.most}`"
        yield flag(at(place, "min" if reports.max is None else "max"), message, help=_HELP_MANY, arguments=("max",))


_HELP_FEW = "join teams, or make this a level of individual contributors"
_HELP_MANY = "split the team, or add a level of managers"
