"""What changed about tracks and their levels, cells aside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from laddercli.changes import fields
from laddercli.changes.change import Change, Named, Subject
from laddercli.changes.matching import Matched, out_of_order
from laddercli.ladder import Grade, Ladder, Level, Measure, Reports, Track
from laddercli.views.phrases import reports


@dataclass(frozen=True)
class Levels:
    """Tells what changed, track by track."""

    matched: Matched

    def changes(self) -> Iterator[Change]:
        """Tracks that came, went or changed, then levels. Those of a track that came or went are part of that."""
        tracks = self.matched.tracks
        for track in tracks.added:
            yield _of_track(None, track).change("track-added", None, track.name)
        for track in tracks.removed:
            yield _of_track(track, None).change(
                "track-removed", track.name, None, reason=fields.renamed(track, tracks, lambda each: each.name)
            )
        for old, new in tracks.both:
            yield from self._track(old, new)
        if out_of_order(self.matched.old.tracks, tracks.both, lambda track: track.id):
            places = self.matched.old.where("tracks"), self.matched.new.where("tracks")
            yield Subject("tracks", *places).change("tracks-reordered")
        come, gone = {track.id for track in tracks.added}, {track.id for track in tracks.removed}
        for level in self.matched.levels.added:
            if self.matched.new.track_of(level).id not in come:
                yield _of_level(self.matched.new, level, is_new=True).change("level-added", None, level.title)
        for level in self.matched.levels.removed:
            if self.matched.old.track_of(level).id not in gone:
                yield _of_level(self.matched.old, level, is_new=False).change(
                    "level-removed", level.title, None, reason=self._renamed(level)
                )
        for before, after in self.matched.levels.both:
            yield from self._level(before, after)

    def _renamed(self, level: Level) -> str | None:
        """What to write where a level seems to have another id now."""
        track = self.matched.track_ids.get(self.matched.old.track_of(level).id)
        other = self._added.get((track, level.title, level.code)) if level.title != level.id else None
        return f"if it is `{other}` now, say `formerly: [{level.id}]` there" if other else None

    @cached_property
    def _added(self) -> dict[tuple[str | None, str, str | None], str]:
        """The ids of added levels, by track, title and code."""
        added = self.matched.levels.added
        return {(self.matched.new.track_of(each).id, each.title, each.code): each.id for each in added}

    def _track(self, old: Track, new: Track) -> Iterator[Change]:
        subject = _of_track(old, new)
        yield from fields.name(subject, "name", "track-name-changed", (old.name, old.id), (new.name, new.id))
        yield from fields.identity(subject, old, new)
        yield from fields.value(subject, "kind", "track-kind-changed", old.kind, new.kind)
        yield from fields.text(subject, "summary", "track-summary-changed", old.summary, new.summary)
        yield from self._measures(subject, old, new)
        both = [
            pair
            for pair in self.matched.levels.both
            if self.matched.old.track_of(pair[0]) is old and self.matched.new.track_of(pair[1]) is new
        ]
        moved = out_of_order(old.levels, both, lambda level: level.id)
        if moved:
            yield subject.at("levels", levels=tuple(level.id for level in moved)).change(
                "levels-reordered",
                ", ".join(before.title for before in old.levels),
                ", ".join(after.title for after in new.levels),
            )

    def _measures(self, subject: Subject, old: Track, new: Track) -> Iterator[Change]:
        pairs = self.matched.measures_of_tracks[new.id]
        for measure in pairs.added:
            yield _of_measure(subject, measure, is_new=True).change("track-measure-added", None, measure.name)
        for measure in pairs.removed:
            yield _of_measure(subject, measure, is_new=False).change("track-measure-removed", measure.name, None)
        moved = out_of_order(old.measures, pairs.both, lambda each: each.id)
        follows = _follows(self.matched.old, old) and _follows(self.matched.new, new)
        if moved and not follows:  # the order of the ladder's measures is told there
            yield subject.at("measures").change("track-measures-reordered")

    def _level(self, old: Level, new: Level) -> Iterator[Change]:
        tracks = self.matched.old.track_of(old), self.matched.new.track_of(new)
        subject = Subject(
            f"tracks/{tracks[1].id}/levels/{new.id}", old.place, new.place, (new.id,), Named(new.id, new.title)
        )
        if self.matched.track_ids.get(tracks[0].id) != tracks[1].id:
            yield subject.change("level-moved", tracks[0].name, tracks[1].name)
        yield from fields.identity(subject, old, new)
        yield from fields.text(subject, "code", "level-code-changed", old.code, new.code)
        yield from fields.name(subject, "title", "level-title-changed", *(_title(each) for each in (old, new)))
        yield from self._grade(subject, old, new)
        yield from fields.expectation(subject, "summary", "level-summary-changed", old.summary, new.summary)
        yield from fields.value(subject, "status", "level-status-changed", old.status, new.status)
        yield from fields.value(subject, "effective", "level-effective-changed", old.effective, new.effective)
        filled = _joined(old.filled_by), _joined(new.filled_by)
        if set(old.filled_by) != set(new.filled_by):
            yield from fields.value(subject, "filled_by", "filled-by-changed", *filled)
        yield from _switch(subject, "career_level", "career-level", old.career_level, new.career_level)
        yield from _switch(subject, "executive", "executive", old.executive, new.executive)
        yield from _span(subject.at("direct_reports"), old.direct_reports, new.direct_reports)
        facts, now = ({key: ", ".join(each) for key, each in one.attributes.items()} for one in (old, new))
        yield from fields.entries(subject, "attributes", "attribute", facts, now)
        yield from self._inherits(subject, old, new)

    def _grade(self, subject: Subject, old: Level, new: Level) -> Iterator[Change]:
        before, after = old.grade, new.grade
        kept = self.matched.grade_ids.get(before.id, before.id) if before else None
        if kept != (after.id if after else None):
            titles = before.title if before else None, after.title if after else None
            if before and after and before.title == after.title:
                titles = f"{before.title} ({before.id})", f"{after.title} ({after.id})"
            yield subject.at("grade").change("level-grade-changed", *titles, reason=self._way(before, after))

    def _way(self, old: Grade | None, new: Grade | None) -> str | None:
        """Whether a grade is higher than another one, on the new scale or else on the old one."""
        if old is None or new is None:
            return None
        ids = self.matched.grade_ids
        later = [grade.id for grade in self.matched.new.grades]
        earlier = [ids.get(grade.id, grade.id) for grade in self.matched.old.grades]
        was = ids.get(old.id, old.id)
        for scale in (later, earlier):
            if was in scale and new.id in scale:
                return f"to a {'higher' if scale.index(new.id) > scale.index(was) else 'lower'} grade"
        return None

    def _inherits(self, subject: Subject, old: Level, new: Level) -> Iterator[Change]:
        before, after = self.matched.now(old.inherits), new.inherits
        here = subject.at("inherits")
        for name in after:
            if name not in before:
                yield here.change("inherits-added", None, self._level_name(name))
        for name in before:
            if name not in after:
                yield here.change("inherits-removed", self._level_name(name), None)
        kept = [name for name in before if name in after]
        if kept != [name for name in after if name in before]:
            yield here.change("inherits-reordered", ", ".join(before), ", ".join(after))

    def _level_name(self, name: str) -> str:
        for ladder in (self.matched.new, self.matched.old):
            if name in ladder.levels:
                return ladder.levels[name][1].title
        return name


def _follows(ladder: Ladder, track: Track) -> bool:
    """Whether a track has its measures in the order of the ladder."""
    ranks = {measure.id: rank for rank, measure in enumerate(ladder.measures)}
    order = [ranks[measure.id] for measure in track.measures]
    return order == sorted(order)


def _title(level: Level) -> tuple[str, str | None]:
    """The title with what it is where nobody wrote one."""
    return level.title, level.code or level.id


def _joined(words: tuple[str, ...]) -> str | None:
    return ", ".join(words) or None


def _of_track(old: Track | None, new: Track | None) -> Subject:
    track = new or old
    assert track is not None
    levels = tuple(level.id for level in track.levels)
    places = old.place if old else None, new.place if new else None
    return Subject(f"tracks/{track.id}", *places, levels, label=track.name)


def _of_level(ladder: Ladder, level: Level, *, is_new: bool) -> Subject:
    path = f"tracks/{ladder.track_of(level).id}/levels/{level.id}"
    here = Subject(path, level.place, level.place, (level.id,), Named(level.id, level.title))
    return fields.one_sided(here, is_old=not is_new)


def _of_measure(subject: Subject, measure: Measure, *, is_new: bool) -> Subject:
    """A measure of a track, placed at the track's own list."""
    here = subject.at("measures", measure.id, measure=Named(measure.id, measure.name))
    return fields.one_sided(here, is_old=not is_new)


def _switch(subject: Subject, key: str, kind: str, old: bool, new: bool) -> Iterator[Change]:
    if old != new:
        yield subject.at(key).change(f"{kind}-{'set' if new else 'unset'}", *("no", "yes") if new else ("yes", "no"))


def _span(subject: Subject, old: Reports | None, new: Reports | None) -> Iterator[Change]:
    """A span of direct reports. Without an upper bound it is as high as can be."""
    before, after = (reports(each) if each else None for each in (old, new))
    if old is None or new is None:
        if before != after:
            yield subject.change("span-removed" if new is None else "span-added", before, after)
        return
    most = [each.max if each.max is not None else float("inf") for each in (old, new)]
    rises = (new.min - old.min, (most[1] > most[0]) - (most[1] < most[0]))
    if max(rises) > 0 > min(rises):
        yield subject.change("span-restated", before, after)
    elif any(rises):
        yield subject.change("span-raised" if max(rises) > 0 else "span-lowered", before, after)
