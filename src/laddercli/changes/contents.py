"""What changed in the criteria and benchmarks of a cell or a step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from laddercli.changes import fields
from laddercli.changes.change import Change, Impact, Named, Subject
from laddercli.changes.homes import Home, Pair, Summary
from laddercli.changes.items import Fate, Moved, fates_of_benchmarks, fates_of_criteria
from laddercli.changes.matching import Matched
from laddercli.changes.rewording import Verdict, judge
from laddercli.ladder import Benchmark, Criterion
from laddercli.views.phrases import figure

SAME = Verdict(Impact.PATCH)


@dataclass(frozen=True)
class Contents:
    """Tells what changed in a home, item by item."""

    matched: Matched
    pairs: list[Pair]

    @cached_property
    def criteria(self) -> dict[Pair, Fate[Criterion]]:
        return fates_of_criteria(self.pairs)

    @cached_property
    def benchmarks(self) -> dict[Pair, Fate[Benchmark]]:
        return fates_of_benchmarks(self.pairs, self.matched)

    def changes(self, pair: Pair) -> Iterator[Change]:
        """The changes of all items that are, or were, at home here."""
        criteria, benchmarks = self.criteria[pair], self.benchmarks[pair]
        subject = pair.subject()
        for old, new in criteria.kept:
            if _said(old) != _said(new):
                yield from self._criterion(_of_criterion(subject, old, new), old, new)
        yield from self.arrivals(pair)
        for new in criteria.added:
            impact = Impact.MINOR if new.kind == "stretch" else Impact.MAJOR
            yield _of_criterion(subject, None, new).change(f"{_noun(new)}-added", None, new.text, impact=impact)
        for old in criteria.removed:
            yield _of_criterion(subject, old, None).change(f"{_noun(old)}-removed", old.text, None)
        if criteria.order_changed:
            yield subject.at("criteria").change("criteria-reordered")
        for before, after in benchmarks.kept:
            if _counted(before) != _counted(after):
                yield from self._benchmark(_of_benchmark(subject, before, after), before, after)
        for after in benchmarks.added:
            yield _of_benchmark(subject, None, after).change("benchmark-added", None, _shown(after))
        for before in benchmarks.removed:
            yield _of_benchmark(subject, before, None).change("benchmark-removed", _shown(before), None)
        if benchmarks.order_changed:
            yield subject.at("benchmarks").change("benchmarks-reordered")

    def arrivals(self, pair: Pair) -> Iterator[Change]:
        """What moved in. What moved out is told where it went."""
        for moved in self.criteria[pair].came:
            here = self._arrived(pair, moved.old.home, _of_criterion(pair.subject(), moved.old.part, moved.new.part))
            both = {_noun(moved.old.part), _noun(moved.new.part)}
            kind = "summary-moved" if both == {"summary"} else "criterion-moved"
            yield self._moved(here, moved, kind, moved.old.part.text, moved.new.part.text)
            yield from _details(here, moved.old.part, moved.new.part)
        for signal in self.benchmarks[pair].came:
            here = self._arrived(pair, signal.old.home, _of_benchmark(pair.subject(), signal.old.part, signal.new.part))
            texts = _shown(signal.old.part), _shown(signal.new.part)
            measures = signal.old.home.measure, signal.new.home.measure
            if signal.new.part.metric and measures[0].id != measures[1].id:  # its figure is told if it changed
                texts = measures[0].name, measures[1].name
            yield self._moved(here, signal, "benchmark-moved", *texts)
            if signal.new.part.metric:
                yield from self._figures(here, signal.old.part, signal.new.part)

    def _criterion(self, subject: Subject, old: Criterion, new: Criterion) -> Iterator[Change]:
        verdict = _capped(judge(old.text, new.text), old, new) if old.text != new.text else SAME
        is_same = _noun(old) == _noun(new)
        if not is_same or old.text != new.text:
            kind = f"{_noun(new)}-reworded" if is_same else f"{_noun(old)}-to-{_noun(new)}"
            if "anti-pattern" in (old.kind, new.kind):  # to be held to less of it is to be asked for more
                verdict = verdict._replace(eases=False)
            yield fields.weighed(subject, kind, old.text, new.text, verdict)
        if is_same:
            yield from fields.value(subject, "id", "criterion-id-changed", old.id, new.id)
        yield from _details(subject, old, new)

    def _benchmark(self, subject: Subject, old: Benchmark, new: Benchmark) -> Iterator[Change]:
        if old.text is not None and new.text is not None and old.text != new.text:
            verdict = judge(old.text, new.text)
            yield fields.weighed(subject, "benchmark-reworded", old.text, new.text, verdict)
        yield from self._figures(subject, old, new)
        yield from fields.text(subject, "source", "benchmark-source-changed", old.source, new.source)

    def _figures(self, subject: Subject, old: Benchmark, new: Benchmark) -> Iterator[Change]:
        """Higher and lower bars: what is harder to meet is raised, so a lower `at_most` is."""
        if (old.at_least, old.at_most) == (new.at_least, new.at_most) or not old.metric or not new.metric:
            return
        if (old.metric.unit, old.metric.per) != (new.metric.unit, new.metric.per):
            yield subject.change("benchmark-restated", figure(old), figure(new))
            return
        least = _harder(old.at_least, new.at_least, 1)
        most = _harder(old.at_most, new.at_most, -1)
        if least * most < 0 and ({old.at_least, new.at_least} & {None} or {old.at_most, new.at_most} & {None}):
            yield subject.change("benchmark-restated", figure(old), figure(new))  # at most instead of at least
            return
        bars = [(least + most, old, new)]
        if least * most < 0:  # one bar is raised and the other lowered: each is told by itself
            lower = (least, replace(old, at_most=None), replace(new, at_most=None))
            bars = [lower, (most, replace(old, at_least=None), replace(new, at_least=None))]
        for rise, before, after in bars:
            kind = "benchmark-raised" if rise > 0 else "benchmark-lowered"
            yield subject.change(kind, figure(before) or None, figure(after) or None)

    def _arrived(self, pair: Pair, origin: Home, subject: Subject) -> Subject:
        """What moved in touches the levels that it left, too."""
        assert pair.new is not None
        return replace(subject, levels=tuple(dict.fromkeys((*pair.new.reach, *origin.reach))))

    def _moved(
        self,
        subject: Subject,
        moved: Moved[Criterion] | Moved[Benchmark],
        kind: str,
        before: str,
        after: str,
    ) -> Change:
        """A moved item weighs as much as its way, and as much as its rewording."""
        old, new = moved
        way = self._way(old.home, new.home)
        asked, reason = way
        lost = not set(old.home.reach) <= set(new.home.reach)
        same = old.home.reach == new.home.reach and old.home.measure.id == new.home.measure.id
        impact = Impact.MAJOR if asked else Impact.PATCH if same and not lost else Impact.MINOR
        verdict = judge(before, after) if before != after and old.part.text else SAME
        if isinstance(old.part, Criterion) and isinstance(new.part, Criterion):
            verdict = _capped(verdict, old.part, new.part)
            if new.part.kind == "stretch":
                impact, asked, way, reason = min(impact, Impact.MINOR), (), ((), None), None
        if verdict.impact is Impact.MAJOR:
            asked, reason = tuple(level for level in new.home.reach if level in self._known), verdict.reason
            eases, verdict = verdict.eases, verdict if asked else Verdict(Impact.MINOR)
            asked = way[0] if eases else asked
        return subject.change(
            kind,
            before,
            after,
            impact=max(impact, verdict.impact),
            reason=reason,
            origin=old.home.name,
            asks_more_of=asked,
        )

    def _way(self, old: Home, new: Home) -> tuple[tuple[str, ...], str | None]:
        """The levels of which more is asked now, and why. A level above one that was asked before is not asked for
        more: who holds it has come that way. A level that is new has nobody who could be asked."""
        before = set(old.reach)
        known = self._known
        come = tuple(level for level in new.reach if level not in before and level in known)
        if new.key.kind != "level":
            return come, ("to everyone" if new.key.kind != "step" else "to a step") if come else None
        asked = tuple(level for level in come if not any(self._is_above(level, other) for other in old.reach))
        if not asked or old.level is None:
            return asked, None
        tracks = [self._track_of(level) for level in (asked[0], old.level.id)]
        return asked, "to a lower level" if tracks[0] == tracks[1] else "to another track"

    @cached_property
    def _known(self) -> frozenset[str]:
        """The levels of the new version that somebody may hold already."""
        return frozenset(self.matched.level_ids.values())

    @cached_property
    def _ranks(self) -> tuple[dict[str, tuple[str, int]], dict[str, tuple[str, int]]]:
        """The track and the rank of every level, in the new version and in the old one, by the ids of now."""
        new, old = self.matched.new, self.matched.old
        return (
            {level.id: (track.id, rank) for track in new.tracks for rank, level in enumerate(track.levels)},
            {
                self.matched.level_ids.get(level.id, level.id): (track.id, rank)
                for track in old.tracks
                for rank, level in enumerate(track.levels)
            },
        )

    def _is_above(self, level: str, other: str) -> bool:
        """Whether a level is higher than another one of its track."""
        for ranks in self._ranks:
            if level in ranks and other in ranks:
                return ranks[level][0] == ranks[other][0] and ranks[level][1] > ranks[other][1]
        return False

    def _track_of(self, level: str) -> str:
        return next(ranks[level][0] for ranks in self._ranks if level in ranks)


def _noun(each: Criterion) -> str:
    return "summary" if isinstance(each, Summary) else "criterion"


def _said(each: Criterion) -> tuple[object, ...]:
    """All that a criterion says, without its place."""
    return type(each), each.text, each.id, each.kind, each.group, each.examples


def _counted(each: Benchmark) -> tuple[object, ...]:
    """All that a benchmark says, without its place and what its metric says."""
    return each.text, each.source, each.at_least, each.at_most


def _harder(before: Decimal | None, after: Decimal | None, upwards: int) -> int:
    """1 where a bound is harder to meet now, -1 where it is easier; a bound that came is harder. ``upwards`` is 1 where
    more is harder, else -1."""
    if before == after:
        return 0
    if before is None or after is None:
        return 1 if before is None else -1
    return upwards if after > before else -upwards


def _capped(verdict: Verdict, old: Criterion, new: Criterion) -> Verdict:
    """Nobody is held to what stretches beyond the level."""
    if old.kind == new.kind == "stretch" and verdict.impact is Impact.MAJOR:
        return Verdict(Impact.MINOR, verdict.reason)
    return verdict


def _details(subject: Subject, old: Criterion, new: Criterion) -> Iterator[Change]:
    """What changed around the text of a criterion."""
    if old.kind != new.kind:
        eased = new.kind == "stretch"  # what points beyond the level is not asked for
        impact = Impact.MINOR if eased else Impact.MAJOR
        yield subject.at("kind").change("criterion-kind-changed", old.kind, new.kind, impact=impact)
    yield from fields.value(subject, "group", "criterion-group-changed", old.group, new.group)
    yield from fields.texts(subject, "examples", "example", old.examples, new.examples)


def _of_criterion(subject: Subject, old: Criterion | None, new: Criterion | None) -> Subject:
    """A criterion of the cell, by its id where it has one."""
    part = new or old
    assert part is not None
    path = f"{subject.path}/criteria/{part.id}" if part.id else subject.path
    path = f"{subject.path}/summary" if isinstance(part, Summary) else path
    return replace(subject, path=path, old=old.place if old else None, new=new.place if new else None)


def _of_benchmark(subject: Subject, old: Benchmark | None, new: Benchmark | None) -> Subject:
    """A benchmark of the cell, by its metric where it has one."""
    metric = (new or old).metric  # type: ignore[union-attr]
    label = None
    if metric:
        label = f"{metric.name}, per {metric.per}" if metric.per else metric.name
    return replace(
        subject,
        path=f"{subject.path}/benchmarks/{metric.id}" if metric else subject.path,
        old=old.place if old else None,
        new=new.place if new else None,
        metric=Named(metric.id, metric.name) if metric else None,
        label=label,
    )


def _shown(benchmark: Benchmark) -> str:
    return benchmark.text if benchmark.text is not None else figure(benchmark)
