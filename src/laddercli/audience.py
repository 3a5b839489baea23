"""What a reader may see. A projection leaves out the rest before anything is drawn, so that no writer, export or
search index downstream can leak it."""

from __future__ import annotations

from dataclasses import replace

from laddercli.ladder import NO_COMPENSATION, Grade, Ladder, Level
from laddercli.visibility import Audience, may_see


def project(ladder: Ladder, audience: Audience) -> Ladder:
    """The ladder as ``audience`` may see it: without pay, and without notes, below their visibility."""
    if not may_see(audience, ladder.visibility.notes):
        ladder = replace(ladder, notes={})
    if may_see(audience, ladder.visibility.pay):
        return ladder
    grades = {grade.id: replace(grade, pay={}) for grade in ladder.grades}
    tracks = tuple(
        replace(track, levels=tuple(_without_pay(level, grades) for level in track.levels)) for track in ladder.tracks
    )
    return replace(ladder, grades=tuple(grades.values()), tracks=tracks, compensation=NO_COMPENSATION)


def _without_pay(level: Level, grades: dict[str, Grade]) -> Level:
    return replace(level, pay={}, grade=grades[level.grade.id] if level.grade else None)
