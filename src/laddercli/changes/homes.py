"""Where criteria and benchmarks are at home: the cells of levels, of `everyone`, and the steps of scales, each matched
with what it is in the other version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import NamedTuple

from laddercli.changes.change import Named, Subject
from laddercli.changes.matching import Matched
from laddercli.findings import Place
from laddercli.ladder import Benchmark, Criterion, Expectation, Ladder, Level, Measure, Step, Track


class Key(NamedTuple):
    """What tells a home from others, in ids of the new version: ``scope`` is a level, a track, a file of `everyone`, or
    a measure whose ``part`` is a step."""

    kind: str
    scope: str
    part: str


@dataclass(frozen=True, slots=True)
class Summary(Criterion):
    """The summary of a cell as the criterion that it may become, or have been."""


@dataclass(frozen=True, slots=True, eq=False)
class Home:
    """A cell or a step. ``reach`` are the levels it holds for, as they are called now; ``is_whole`` says that it came
    or went with a level, track, measure or step, so that what it holds is not listed.

    ``rank`` is its place in its version."""

    key: Key
    path: str
    place: Place
    content: Expectation | Step
    reach: tuple[str, ...]
    level: Named | None
    measure: Named
    is_whole: bool
    rank: int

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """What is asked for, the summary first."""
        content = self.content
        if isinstance(content, Step) or content.summary is None:
            return content.criteria
        place = Place(content.place.file, (*content.place.loc, "summary"))
        return (Summary(content.summary, None, "core", None, (), place), *content.criteria)

    @property
    def benchmarks(self) -> tuple[Benchmark, ...]:
        return self.content.benchmarks if isinstance(self.content, Expectation) else ()

    @property
    def name(self) -> str:
        """What a reader calls the place, such as "Staff Engineer · Leadership"."""
        if isinstance(self.content, Step):
            return f"{self.measure.name} · {self.content.name}"
        return f"{self.level.name if self.level else 'everyone'} · {self.measure.name}"


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A home in both versions; None where it does not exist."""

    old: Home | None
    new: Home | None

    @property
    def here(self) -> Home:
        """The home as it is now, or as it was when it is gone."""
        home = self.new or self.old
        assert home is not None
        return home

    @property
    def is_whole(self) -> bool:
        """Whether something larger came or went, and is told instead."""
        return self.here.is_whole and not (self.old and self.new)

    def subject(self) -> Subject:
        """What a change is about that is found here: where it stands in both versions, and whom it concerns."""
        here = self.here
        return Subject(
            here.path,
            self.old.place if self.old else None,
            self.new.place if self.new else None,
            here.reach,
            here.level,
            here.measure,
        )


def homes(matched: Matched) -> list[Pair]:
    """Every cell and every step that is not the same in both versions, in the order of the new one; those that are gone
    come last."""
    old = {home.key: home for home in _Side(matched, is_old=True).homes()}
    new = {home.key: home for home in _Side(matched, is_old=False).homes()}
    pairs = [Pair(old.get(key), home) for key, home in new.items() if not _is_same(old.get(key), home)]
    return pairs + [Pair(home, None) for key, home in old.items() if key not in new]


def _is_same(old: Home | None, new: Home) -> bool:
    """Whether a home says the same in both versions. Most do, and then there is nothing to match in it."""
    return old is not None and _said(old.content) == _said(new.content)


def _said(content: Expectation | Step) -> tuple[object, ...]:
    """All that a cell or a step says, without places. What it names is told by itself."""
    criteria = [(each.text, each.id, each.kind, each.group, each.examples) for each in content.criteria]
    if isinstance(content, Step):
        return criteria, content.examples
    step = content.step.name if content.step else None
    benchmarks = [
        (each.text, each.source, each.metric.id if each.metric else None, each.at_least, each.at_most)
        for each in content.benchmarks
    ]
    rest = content.summary, content.examples, content.unchanged, content.not_applicable
    return step, criteria, benchmarks, rest


@dataclass(frozen=True)
class _Side:
    """One version, with ids as the new one has them."""

    matched: Matched
    is_old: bool

    @cached_property
    def _ranks(self) -> Iterator[int]:
        return count()

    @property
    def ladder(self) -> Ladder:
        return self.matched.old if self.is_old else self.matched.new

    def homes(self) -> Iterator[Home]:
        """The steps of scales, then the cells of `everyone`, of tracks and of levels, in the order of the format."""
        for measure in self.ladder.measures:
            for step in measure.scale:
                yield self._step(measure, step)
        for everyone in self.ladder.everyone:
            for name, cell in everyone.cells.items():
                file = "" if everyone.origin == "everyone" else file_name(cell.place.file)
                key = Key("everyone", file, self._measure(name))
                yield self._home(key, f"everyone/{name}", cell, self._everyone(name), None, name, self._lost(name))
        for track in self.ladder.tracks:
            yield from self._of_track(track)

    def _of_track(self, track: Track) -> Iterator[Home]:
        now = self._track(track.id)
        for name, cell in track.everyone.items():
            key = Key("track", now, self._measure(name))
            whole = self._lost(name) or track.id in self._gone_tracks or self._dropped(track, name)
            path = f"tracks/{track.id}/everyone/{name}"
            yield self._home(key, path, cell, self._reach(track, name), None, name, whole)
        for level in track.levels:
            for name, cell in level.expectations.items():
                key = Key("level", self._level(level.id), self._measure(name))
                whole = level.id in self._gone_levels or self._lost(name) or self._dropped(track, name)
                path = f"tracks/{track.id}/levels/{level.id}/expectations/{name}"
                yield self._home(key, path, cell, (self._level(level.id),), level, name, whole)

    def _home(
        self,
        key: Key,
        path: str,
        cell: Expectation,
        reach: tuple[str, ...],
        level: Level | None,
        measure: str,
        is_whole: bool,
    ) -> Home:
        who = Named(self._level(level.id), level.title) if level else None
        what = Named(self._measure(measure), self._measures[measure].name)
        return Home(key, path, cell.place, cell, reach, who, what, is_whole, next(self._ranks))

    def _step(self, measure: Measure, step: Step) -> Home:
        now = self._measure(measure.id)
        name = self.matched.step_names.get((now, step.name), step.name) if self.is_old else step.name
        pairs = self.matched.steps.get(now)
        lone = (pairs.removed if self.is_old else pairs.added) if pairs else ()
        return Home(
            key=Key("step", now, name),
            path=f"measures/{measure.id}/scale/{step.name}",
            place=step.place,
            content=step,
            reach=tuple(self._naming.get((measure.id, step.name), ())),
            level=None,
            measure=Named(now, measure.name),
            is_whole=self._lost(measure.id) or any(step is each for each in lone),
            rank=next(self._ranks),
        )

    @cached_property
    def _naming(self) -> Mapping[tuple[str, str], list[str]]:
        """The levels that name a step, by measure and step."""
        found: dict[tuple[str, str], list[str]] = {}
        for _, level in self.ladder.levels.values():
            for name, cell in level.expectations.items():
                if cell.step:
                    found.setdefault((name, cell.step.name), []).append(self._level(level.id))
        return found

    @cached_property
    def _measures(self) -> Mapping[str, Measure]:
        return {measure.id: measure for measure in self.ladder.measures}

    @cached_property
    def _reaches(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return {}

    def _reach(self, track: Track, measure: str) -> tuple[str, ...]:
        """The levels of a track, if it has the measure."""
        if (track.id, measure) not in self._reaches:
            has = any(each.id == measure for each in track.measures)
            levels = tuple(self._level(level.id) for level in track.levels) if has else ()
            self._reaches[track.id, measure] = levels
        return self._reaches[track.id, measure]

    def _everyone(self, measure: str) -> tuple[str, ...]:
        return tuple(level for track in self.ladder.tracks for level in self._reach(track, measure))

    def _level(self, level: str) -> str:
        return self.matched.level_ids.get(level, level) if self.is_old else level

    def _measure(self, measure: str) -> str:
        return self.matched.measure_ids.get(measure, measure) if self.is_old else measure

    def _track(self, track: str) -> str:
        return self.matched.track_ids.get(track, track) if self.is_old else track

    @cached_property
    def _gone_levels(self) -> frozenset[str]:
        levels = self.matched.levels
        return frozenset(level.id for level in (levels.removed if self.is_old else levels.added))

    @cached_property
    def _gone_tracks(self) -> frozenset[str]:
        tracks = self.matched.tracks
        return frozenset(track.id for track in (tracks.removed if self.is_old else tracks.added))

    @cached_property
    def _lost_measures(self) -> frozenset[str]:
        measures = self.matched.measures
        return frozenset(measure.id for measure in (measures.removed if self.is_old else measures.added))

    def _lost(self, measure: str) -> bool:
        """Whether the whole ladder gained or lost a measure."""
        return measure in self._lost_measures

    def _dropped(self, track: Track, measure: str) -> bool:
        """Whether one track gained or lost a measure."""
        return (self._track(track.id), measure) in self._dropped_measures

    @cached_property
    def _dropped_measures(self) -> frozenset[tuple[str, str]]:
        return frozenset(
            (track, measure.id)
            for track, pairs in self.matched.measures_of_tracks.items()
            for measure in (pairs.removed if self.is_old else pairs.added)
        )


def file_name(path: str) -> str:
    """The last part of a path, which may stand behind a revision."""
    return path.replace(":", "/").rpartition("/")[2]
