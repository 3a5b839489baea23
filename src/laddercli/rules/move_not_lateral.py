"""A move between the tracks keeps the grade and can be undone.

A move that also raises the grade makes the other track the promotion, and a move without a way back makes it a risk. A
lateral move that can be undone lets people try the work. (Source: the article on dual product management tracks.)

Not flagged: moves between tracks of one kind; a way back that is described as a move of its own; a level without a
grade; `executive` levels.

Bad:
    grades: [{id: g1}, {id: g2}]
    tracks:
      - {id: ic, kind: ic, levels: [{id: expert, grade: g1}]}
      - {id: manager, kind: manager, levels: [{id: lead, grade: g2}]}
    moves: [{from: expert, to: lead}]
Good:
    grades: [{id: g1}]
    tracks:
      - {id: ic, kind: ic, levels: [{id: expert, grade: g1}]}
      - {id: manager, kind: manager, levels: [{id: lead, grade: g1}]}
    moves: [{from: expert, to: lead}]
"""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.findings import Problem, flag
from laddercli.ladder import Level, Move, Track
from laddercli.reading import Reading, at

CATEGORY = "parity"
SEVERITY = "warning"
WAIVABLE = True


def check(reading: Reading) -> Iterator[Problem]:
    """Each move that raises the grade, in either direction, and each that cannot be undone."""
    ladder = reading.ladder
    ways = {(move.origin, move.destination) for move in ladder.moves}
    ranks = {grade.id: rank for rank, grade in enumerate(ladder.grades)}
    for move in ladder.moves:
        (start, origin), (end, destination) = ladder.levels[move.origin], ladder.levels[move.destination]
        if start.kind == end.kind or not (_counts(origin) and _counts(destination)):
            continue
        rise = _rank(destination, ranks) - _rank(origin, ranks) if origin.grade and destination.grade else 0
        if rise > 0:
            yield _raised(move, origin, destination, end)
        elif rise < 0 and move.both_ways:
            yield _raised(move, destination, origin, start)
        if not move.both_ways and (move.destination, move.origin) not in ways:
            yield _without_return(move)


def _counts(level: Level) -> bool:
    return level.status == "active" and not level.executive


def _rank(level: Level, ranks: dict[str, int]) -> int:
    return ranks[level.grade.id] if level.grade else 0


def _raised(move: Move, low: Level, high: Level, track: Track) -> Problem:
    grades = f"from `{low.grade.id}` to `{high.grade.id}`" if low.grade and high.grade else ""
    promotion = "management" if track.kind == "manager" else f"the track `{track.id}`"
    return flag(
        at(move.place, "to"),
        f"the move from `{low.id}` to `{high.id}` raises the grade {grades}, which makes {promotion} the promotion",
        help="describe a move between levels of one grade",
        arguments=(low.id, high.id, "grade"),
    )


def _without_return(move: Move) -> Problem:
    return flag(
        at(move.place, "both_ways"),
        f"there is no way back from `{move.destination}` to `{move.origin}`",
        help="write `both_ways: true`, so that people can try the other work",
        key=True,
        arguments=(move.origin, move.destination, "return"),
    )
