"""No two active levels of one track share a title.

Two levels with one title are two promises under one name: a person who is promoted from one to the other cannot say
so, and an offer letter does not tell which one is meant. (Source: the article, whose levels differ in title wherever
they differ in scope.)

Not flagged: levels of different tracks, and levels that are not active. Upper and lower case make no difference.

Bad:
    tracks:
      - id: ic
        kind: ic
        levels:
          - {id: e3, title: Engineer}
          - {id: e4, title: Engineer}
Good:
    tracks:
      - id: ic
        kind: ic
        levels:
          - {id: e3, title: Engineer}
          - {id: e4, title: Senior Engineer}
"""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.findings import Place, Problem, Related, flag
from laddercli.ladder import Level
from laddercli.reading import Reading, at

CATEGORY = "structure"
SEVERITY = "info"


def check(reading: Reading) -> Iterator[Problem]:
    """Each level with the title of a level below it."""
    for lane in reading.lanes:
        titles: dict[str, Level] = {}
        for level in lane.levels:
            first = titles.setdefault(" ".join(level.title.casefold().split()), level)
            if first is not level:
                yield flag(
                    _title(level),
                    f"`{level.id}` has the title of `{first.id}`, `{level.title}`",
                    help="give it a title of its own, such as one with a number",
                    related=(Related("the other is at", _title(first)),),
                    arguments=(),
                )


def _title(level: Level) -> Place:
    return at(level.place, "code" if level.title == level.code else "title")
