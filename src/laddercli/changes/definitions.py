"""What changed about grades, metrics and measures with their scales."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from laddercli.changes import fields
from laddercli.changes.change import Change, Impact, Named, Subject
from laddercli.changes.matching import Matched, Pairs, out_of_order
from laddercli.changes.rewording import clarified
from laddercli.findings import Place
from laddercli.ladder import Grade, Ladder, Measure, Metric, Step


@dataclass(frozen=True)
class Definitions:
    """Tells what changed, kind of part by kind of part."""

    matched: Matched

    def changes(self) -> Iterator[Change]:
        yield from self._grades(self.matched.grades)
        yield from self._metrics(self.matched.metrics)
        yield from self._measures(self.matched.measures)

    def _order(self, key: str, kind: str, moved: bool, levels: tuple[str, ...] = ()) -> Iterator[Change]:
        if moved:
            places = self.matched.old.where(key), self.matched.new.where(key)
            yield Subject(key, *places, levels).change(kind)

    def _grades(self, grades: Pairs[Grade]) -> Iterator[Change]:
        for grade in grades.added:
            title = _distinct(grade, grades.removed)
            yield replace(self._grade(None, grade), label=title).change("grade-added", None, title)
        for grade in grades.removed:
            title = _distinct(grade, grades.added)
            reason = fields.renamed(grade, grades, lambda each: each.title, lambda each: each.definition)
            gone = replace(self._grade(grade, None), label=title)
            yield gone.change("grade-removed", title, None, reason=reason)
        for old, new in grades.both:
            subject = self._grade(old, new)
            yield from fields.identity(subject, old, new)
            yield from fields.name(subject, "title", "grade-title-changed", (old.title, old.id), (new.title, new.id))
            kind = "grade-definition-changed"
            yield from fields.text(subject, "definition", kind, old.definition, new.definition)
        moved = out_of_order(self.matched.old.grades, grades.both, lambda grade: grade.id)
        levels = tuple(level.id for grade in moved for _, level in self.matched.new.at_grade(grade.id))
        yield from self._order("grades", "grades-reordered", bool(moved), levels)

    def _grade(self, old: Grade | None, new: Grade | None) -> Subject:
        grade = new or old
        assert grade is not None
        levels = [level.id for _, level in (self.matched.new if new else self.matched.old).at_grade(grade.id)]
        return _subject(f"grades/{grade.id}", old, new, self.matched.now(levels), grade.title)

    def _metrics(self, metrics: Pairs[Metric]) -> Iterator[Change]:
        for metric in metrics.added:
            yield self._metric(None, metric).change("metric-added", None, metric.name)
        for metric in metrics.removed:
            yield self._metric(metric, None).change(
                "metric-removed",
                metric.name,
                None,
                reason=fields.renamed(metric, metrics, lambda each: each.name, lambda each: each.definition),
            )
        for old, new in metrics.both:
            subject = self._metric(old, new)
            yield from fields.identity(subject, old, new)
            yield from fields.name(subject, "name", "metric-name-changed", (old.name, old.id), (new.name, new.id))
            kind = "metric-definition-changed"
            yield from fields.text(subject, "definition", kind, old.definition, new.definition)
            yield from _counted(subject, "unit", "metric-unit-changed", old.unit, new.unit)
            yield from _counted(subject, "per", "metric-period-changed", old.per, new.per)
            yield from fields.text(subject, "source", "metric-source-changed", old.source, new.source)
        moved = out_of_order(self.matched.old.metrics, metrics.both, lambda metric: metric.id)
        yield from self._order("metrics", "metrics-reordered", bool(moved))

    def _metric(self, old: Metric | None, new: Metric | None) -> Subject:
        metric = new or old
        assert metric is not None
        users = self._users[0 if new else 1].get(metric.id, ())
        subject = _subject(f"metrics/{metric.id}", old, new, tuple(dict.fromkeys(users)), metric.name)
        return replace(subject, metric=Named(metric.id, metric.name))

    @cached_property
    def _users(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """The levels that count a metric, in the new version and in the old one."""
        return _users(self.matched.new), {
            metric: list(self.matched.now(levels)) for metric, levels in _users(self.matched.old).items()
        }

    def _measures(self, measures: Pairs[Measure]) -> Iterator[Change]:
        for measure in measures.added:
            yield self._measure(None, measure).change("measure-added", None, measure.name)
        for measure in measures.removed:
            yield self._measure(measure, None).change(
                "measure-removed",
                measure.name,
                None,
                reason=fields.renamed(measure, measures, lambda each: each.name, lambda each: each.definition),
            )
        for old, new in measures.both:
            yield from self._both(self._measure(old, new), old, new)
        moved = out_of_order(self.matched.old.measures, measures.both, lambda measure: measure.id)
        yield from self._order("measures", "measures-reordered", bool(moved))

    def _measure(self, old: Measure | None, new: Measure | None) -> Subject:
        measure = new or old
        assert measure is not None
        ladder = self.matched.new if new else self.matched.old
        levels = [
            level.id
            for track in ladder.tracks
            if any(each.id == measure.id for each in track.measures)
            for level in track.levels
        ]
        subject = _subject(f"measures/{measure.id}", old, new, self.matched.now(levels), measure.name)
        return replace(subject, measure=Named(measure.id, measure.name))

    def _both(self, subject: Subject, old: Measure, new: Measure) -> Iterator[Change]:
        yield from fields.identity(subject, old, new)
        yield from fields.name(subject, "name", "measure-name-changed", (old.name, old.id), (new.name, new.id))
        yield from fields.value(subject, "group", "measure-group-changed", old.group, new.group)
        yield from fields.text(subject, "definition", "measure-definition-changed", old.definition, new.definition)
        aspects = [tuple(_aspect(each.name, each.also) for each in one.aspects) for one in (old, new)]
        yield from fields.texts(subject, "aspects", "aspect", *aspects)
        yield from fields.texts(subject, "evidence", "evidence", old.evidence, new.evidence)
        yield from self._scale(subject, old, new)

    def _scale(self, subject: Subject, old: Measure, new: Measure) -> Iterator[Change]:
        steps = self.matched.steps[new.id]
        scales = [" · ".join(step.name for step in measure.scale) for measure in (old, new)]
        for step in steps.added:
            yield _step(subject, None, step).change("scale-step-added", None, step.name)
        for step in steps.removed:
            yield _step(subject, step, None).change(
                "scale-step-removed",
                step.name,
                None,
                reason=fields.renamed(step, steps, lambda each: each.definition),
            )
        if out_of_order(old.scale, steps.both, lambda step: step.name):
            yield subject.at("scale").change("scale-reordered", *scales)
        for before, after in steps.both:
            here = _step(subject, before, after)
            told = {before.name, after.name}
            if before.name != after.name:
                impact = clarified(before.name, after.name) if before.name in after.formerly else Impact.MAJOR
                yield here.at("name").change("step-renamed", before.name, after.name, impact=impact)
            yield from fields.former_names(here, before.formerly, after.formerly, told)
            kind = "step-definition-changed"
            yield from fields.expectation(here, "definition", kind, before.definition, after.definition)


def _distinct(grade: Grade, others: tuple[Grade, ...]) -> str:
    """The title of a grade, with its id where another one that came or went has that title."""
    return f"{grade.title} ({grade.id})" if any(each.title == grade.title for each in others) else grade.title


def _subject(
    path: str,
    old: Grade | Metric | Measure | Step | None,
    new: Grade | Metric | Measure | Step | None,
    levels: tuple[str, ...],
    label: str,
) -> Subject:
    places: tuple[Place | None, Place | None] = old.place if old else None, new.place if new else None
    return Subject(path, *places, levels, label=label)


def _step(subject: Subject, old: Step | None, new: Step | None) -> Subject:
    step = new or old
    assert step is not None
    here = _subject(f"{subject.path}/scale/{step.name}", old, new, subject.levels, step.name)
    return replace(here, measure=subject.measure)


def _aspect(name: str, also: tuple[str, ...]) -> str:
    return f"{name} ({', '.join(also)})" if also else name


def _counted(subject: Subject, key: str, kind: str, before: str | None, after: str | None) -> Iterator[Change]:
    """Another unit or time makes the same figure another bar; another spelling of it does not."""
    if before != after:
        same = before and after and clarified(before, after) is Impact.PATCH
        yield subject.at(key).change(kind, before, after, impact=Impact.PATCH if same else Impact.MAJOR)


def _users(ladder: Ladder) -> dict[str, list[str]]:
    """The levels whose cells count a metric, by the metric's id; `everyone` counts for all it reaches."""
    found: dict[str, list[str]] = {}
    everyone = [cell for each in ladder.everyone for cell in each.cells.values()]
    for track in ladder.tracks:
        for level in track.levels:
            for cell in (*level.expectations.values(), *track.everyone.values(), *everyone):
                for benchmark in cell.benchmarks:
                    if benchmark.metric:
                        found.setdefault(benchmark.metric.id, []).append(level.id)
    return found
