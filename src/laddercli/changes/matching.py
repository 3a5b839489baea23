"""Which part of the old version is which part of the new one, by id; `formerly` tells what an id was before.

`formerly` counts in both directions, so that a difference read backwards matches the same parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from laddercli.ladder import Grade, Ladder, Level, Measure, Metric, Step, Track


class Part(Protocol):
    """Something with an id and with the ids it had."""

    @property
    def id(self) -> str: ...

    @property
    def formerly(self) -> tuple[str, ...]: ...


T = TypeVar("T")
P = TypeVar("P", bound=Part)


@dataclass(frozen=True, slots=True)
class Pairs(Generic[T]):
    """Parts that exist on both sides, in the order of the new one, and parts that exist on one side only."""

    both: tuple[tuple[T, T], ...]
    removed: tuple[T, ...]
    added: tuple[T, ...]


def pair(
    old: Iterable[T],
    new: Iterable[T],
    name: Callable[[T], str],
    formerly: Callable[[T], tuple[str, ...]] = lambda part: (),
) -> Pairs[T]:
    """Match parts by name, then by what they were called before."""
    left = {name(part): part for part in old}
    right = {name(part): part for part in new}
    of: dict[str, T] = {key: left[key] for key in right if key in left}
    earlier = {before: key for key in right if key not in of for before in formerly(right[key])}
    for key, part in left.items():
        later = next((each for each in formerly(part) if each in right and each not in of), None)
        match = earlier.get(key, later)
        if key not in right and match is not None and match not in of:
            of[match] = part
    taken = {name(part) for part in of.values()}
    return Pairs(
        tuple((of[key], part) for key, part in right.items() if key in of),
        tuple(part for key, part in left.items() if key not in taken),
        tuple(part for key, part in right.items() if key not in of),
    )


def by_id(old: Iterable[P], new: Iterable[P]) -> Pairs[P]:
    """Match parts by id, then by `formerly`."""
    return pair(old, new, lambda part: part.id, lambda part: part.formerly)


def out_of_order(old: Sequence[T], pairs: Sequence[tuple[T, T]], name: Callable[[T], str]) -> list[T]:
    """The parts of the new version, of those on both sides, that stand at another rank than before."""
    ranks = {name(part): rank for rank, part in enumerate(old)}
    before = sorted(pairs, key=lambda each: ranks[name(each[0])])
    return [now[1] for was, now in zip(before, pairs, strict=True) if was is not now]


@dataclass(frozen=True)
class Matched:
    """Two versions of a ladder with every part that has an id matched."""

    old: Ladder
    new: Ladder

    @cached_property
    def grades(self) -> Pairs[Grade]:
        return by_id(self.old.grades, self.new.grades)

    @cached_property
    def metrics(self) -> Pairs[Metric]:
        return by_id(self.old.metrics, self.new.metrics)

    @cached_property
    def measures(self) -> Pairs[Measure]:
        return by_id(self.old.measures, self.new.measures)

    @cached_property
    def tracks(self) -> Pairs[Track]:
        return pair(self.old.tracks, self.new.tracks, lambda track: track.id, lambda track: track.formerly)

    @cached_property
    def levels(self) -> Pairs[Level]:
        """Levels are matched over the whole ladder, because their ids are unique there."""
        return by_id(
            (level for _, level in self.old.levels.values()),
            (level for _, level in self.new.levels.values()),
        )

    @cached_property
    def steps(self) -> dict[str, Pairs[Step]]:
        """The scales of measures on both sides, by the measure's new id."""
        return {
            new.id: pair(old.scale, new.scale, lambda step: step.name, lambda step: step.formerly)
            for old, new in self.measures.both
        }

    @cached_property
    def level_ids(self) -> dict[str, str]:
        """What the levels on both sides are called now, by their old ids."""
        return {old.id: new.id for old, new in self.levels.both}

    @cached_property
    def track_ids(self) -> dict[str, str]:
        return {old.id: new.id for old, new in self.tracks.both}

    @cached_property
    def old_level_ids(self) -> dict[str, str]:
        """What the levels on both sides were called, by their ids of now."""
        return {new.id: old.id for old, new in self.levels.both}

    @cached_property
    def old_measure_ids(self) -> dict[str, str]:
        return {new.id: old.id for old, new in self.measures.both}

    @cached_property
    def grade_ids(self) -> dict[str, str]:
        return {old.id: new.id for old, new in self.grades.both}

    @cached_property
    def measure_ids(self) -> dict[str, str]:
        return {old.id: new.id for old, new in self.measures.both}

    @cached_property
    def metric_ids(self) -> dict[str, str]:
        return {old.id: new.id for old, new in self.metrics.both}

    @cached_property
    def step_names(self) -> dict[tuple[str, str], str]:
        """What steps are called now, by the measure's new id and their old name."""
        return {(measure, old.name): new.name for measure, pairs in self.steps.items() for old, new in pairs.both}

    @cached_property
    def measures_of_tracks(self) -> dict[str, Pairs[Measure]]:
        """The measures that tracks on both sides have, by the track's id, without those that the whole ladder gained
        or lost."""
        gone = {measure.id for measure in self.measures.removed}
        come = {measure.id for measure in self.measures.added}
        return {
            new.id: by_id(
                [each for each in old.measures if each.id not in gone],
                [each for each in new.measures if each.id not in come],
            )
            for old, new in self.tracks.both
        }

    def now(self, levels: Iterable[str]) -> tuple[str, ...]:
        """Old ids of levels as they are called now, where they still exist."""
        return tuple(self.level_ids.get(level, level) for level in levels)
