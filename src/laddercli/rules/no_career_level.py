"""Each track has a level at which a person may stay for a whole career.

A track on which everybody is expected to move on loses the people who do one job well for years: it is up or out,
whatever else it says. Mark the level from which staying is fine. (Source: the article, on leaving the legacy of
up-or-out management behind.)

Not flagged: a track with one career level or several, and tracks without an active level.

Bad:
    tracks:
      - id: ic
        kind: ic
        levels:
          - {id: pm1}
          - {id: pm2}
Good:
    tracks:
      - id: ic
        kind: ic
        levels:
          - {id: pm1}
          - {id: pm2, career_level: true}
"""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.findings import Problem, flag
from laddercli.reading import Reading, at

CATEGORY = "progression"
SEVERITY = "info"


def check(reading: Reading) -> Iterator[Problem]:
    """Each track on which no level is one to stay at."""
    for lane in reading.lanes:
        if not any(level.career_level for level in lane.levels):
            yield flag(
                at(lane.track.place, "id"),
                f"no level of the track `{lane.track.id}` is a career level",
                help="add `career_level: true` to each level at which a person may stay for good",
                arguments=(),
            )
