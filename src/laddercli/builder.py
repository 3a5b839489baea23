"""From valid files to a ladder: shared files merged, short forms spelled out, ids replaced by what they name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from laddercli import schema
from laddercli.findings import Place
from laddercli.ladder import (
    Aspect,
    Band,
    Benchmark,
    Cells,
    Compensation,
    Criterion,
    Everyone,
    Expectation,
    Grade,
    Ladder,
    Level,
    Measure,
    Metric,
    Move,
    Organization,
    Policy,
    Reports,
    Section,
    Source,
    Step,
    Track,
    Visibility,
    Zone,
)
from laddercli.nodes import Loc
from laddercli.schema import LadderFile
from laddercli.visibility import AUDIENCES


def build(files: list[tuple[str, LadderFile]], name: str | None = None, revision: str | None = None) -> Ladder:
    """The ladder of the last file, over the shared files before it.

    ``files`` are path and content in the order of merging. They have passed every check of ``loader``. ``name`` is the
    id of a ladder that says none, by default taken from its path; ``revision`` is where it was read from.
    """
    return _Builder(files, name, revision).ladder()


# Mappings that are merged key by key, so that each entry may come from another file.
_MERGED = ("notes", "glossary", "compensation", "organization", "policy", "visibility")


class _Builder:
    def __init__(self, files: list[tuple[str, LadderFile]], name: str | None, revision: str | None) -> None:
        self.files = files
        self.path, self.root = files[-1]
        self.name = name or os.path.splitext(os.path.basename(self.path))[0]
        self.revision = revision
        self.bands = self._pay_by_grade()
        self.grades = {grade.id: grade for grade in self._each("grades", self._grade)}
        self.metrics = {metric.id: metric for metric in self._each("metrics", self._metric)}
        self.measures = {measure.id: measure for measure in self._each("measures", self._measure)}

    def ladder(self) -> Ladder:
        """The ladder, complete."""
        root = self.root
        tracks = tuple(self._track(track, ("tracks", index)) for index, track in enumerate(root.tracks))
        levels = {level.id for track in tracks for level in track.levels}
        notes = {name: text for _, file in self.files for name, text in (file.notes or {}).items() if name in levels}
        return Ladder(
            id=root.id or self.name,
            title=root.title or "",
            version=root.version,
            status=root.status,
            effective=root.effective,
            language=root.language,
            summary=root.summary,
            about=tuple(Section(section.title, section.text) for section in root.about),
            owner=root.owner,
            reviewed=root.reviewed,
            organization=self._organization(),
            source=Source(root.source.title, root.source.url, root.source.licence) if root.source else None,
            policy=self._policy(),
            glossary=_merged(file.glossary for _, file in self.files),
            grades=tuple(self.grades.values()),
            compensation=self._compensation(),
            visibility=self._visibility(),
            metrics=tuple(self.metrics.values()),
            measures=tuple(self.measures.values()),
            everyone=self._everyone(),
            tracks=tracks,
            moves=tuple(self._move(move, ("moves", index)) for index, move in enumerate(root.moves)),
            notes=notes,
            place=Place(self.path, ()),
            files=tuple(path for path, _ in self.files),
            origins=self._origins(),
            revision=self.revision,
        )

    def _origins(self) -> dict[Loc, str]:
        """The file of each entry of a merged mapping, where that is a shared file."""
        origins: dict[Loc, str] = {}
        for path, file in self.files:
            for key in _MERGED:
                part = getattr(file, key)
                names = () if part is None else part if isinstance(part, dict) else part.model_fields_set
                for name in names:
                    if file is self.root:
                        origins.pop((key, name), None)
                    else:
                        origins[key, name] = path
        return origins

    def _each(self, key: str, make: Any) -> list[Any]:
        return [
            make(part, Place(path, (key, index)))
            for path, file in self.files
            for index, part in enumerate(getattr(file, key))
        ]

    def _given(self, key: str) -> dict[str, Any]:
        """The fields of a mapping that some file gives, a later file over an earlier one."""
        given: dict[str, Any] = {}
        for _, file in self.files:
            part = getattr(file, key)
            if part is not None:
                given.update({name: getattr(part, name) for name in part.model_fields_set})
        return given

    def _organization(self) -> Organization | None:
        given = self._given("organization")
        return Organization(given["name"], given.get("aliases", ()), given.get("products", ())) if given else None

    def _policy(self) -> Policy:
        policy = schema.Policy(**self._given("policy"))
        return Policy(policy.parity, policy.parity_reason, policy.levels)

    def _compensation(self) -> Compensation:
        given = self._given("compensation")
        zones = tuple(
            Zone(zone.id, zone.title or zone.id, zone.currency)
            for _, file in self.files
            if file.compensation
            for zone in file.compensation.zones
        )
        names = ("basis", "period", "effective", "note", "criteria")
        return Compensation(zones, *(given.get(name) for name in names))

    def _visibility(self) -> Visibility:
        """The strictest that any file asks for: what one file keeps confidential, another cannot open."""
        given = [file.visibility for _, file in self.files if file.visibility]
        default = schema.VisibilityPolicy()
        pays = [each.pay for each in given if "pay" in each.model_fields_set] or [default.pay]
        notes = [each.notes for each in given if "notes" in each.model_fields_set] or [default.notes]
        return Visibility(max(pays, key=AUDIENCES.index), max(notes, key=AUDIENCES.index))

    def _pay_by_grade(self) -> dict[str, dict[str, Band]]:
        """Pay that a shared file adds to grades which another file defines."""
        bands: dict[str, dict[str, Band]] = {}
        for path, file in self.files:
            for grade, pay in (file.pay or {}).items():
                bands.setdefault(grade, {}).update(_bands(pay, Place(path, ("pay", grade))))
        return bands

    def _grade(self, grade: schema.Grade, place: Place) -> Grade:
        pay = {**_bands(grade.pay, _at(place, "pay")), **self.bands.get(grade.id, {})}
        return Grade(grade.id, grade.title or grade.id, grade.definition, pay, grade.formerly, place)

    def _metric(self, metric: schema.Metric, place: Place) -> Metric:
        return Metric(
            id=metric.id,
            name=metric.name or metric.id,
            definition=metric.definition,
            unit=metric.unit,
            per=metric.per,
            source=metric.source,
            formerly=metric.formerly,
            place=place,
        )

    def _measure(self, measure: schema.Measure, place: Place) -> Measure:
        return Measure(
            id=measure.id,
            name=measure.name or measure.id,
            group=measure.group,
            definition=measure.definition,
            aspects=tuple(Aspect(aspect.name, aspect.also) for aspect in measure.aspects),
            evidence=measure.evidence,
            scale=tuple(_step(step, index, _at(place, "scale", index)) for index, step in enumerate(measure.scale)),
            formerly=measure.formerly,
            place=place,
        )

    def _everyone(self) -> tuple[Everyone, ...]:
        """The ladder's own first, then the shared files', as a level's expectations are resolved."""
        found = []
        for path, file in reversed(self.files):
            cells = self._cells(file.everyone, Place(path, ("everyone",)))
            if cells:
                found.append(Everyone("everyone" if file is self.root else "shared", cells))
        return tuple(found)

    def _cells(self, cells: Mapping[str, schema.Expectation | None] | None, place: Place) -> Cells:
        """What is written, without empty cells and without measures that this ladder does not have."""
        return {
            name: self._expectation(cell, self.measures[name], _at(place, name))
            for name, cell in (cells or {}).items()
            if cell is not None and name in self.measures
        }

    def _expectation(self, cell: schema.Expectation, measure: Measure, place: Place) -> Expectation:
        return Expectation(
            step=measure.step(cell.step) if cell.step else None,
            summary=cell.summary,
            criteria=_criteria(cell.criteria, _at(place, "criteria")),
            benchmarks=tuple(
                self._benchmark(benchmark, _at(place, "benchmarks", index))
                for index, benchmark in enumerate(cell.benchmarks)
            ),
            examples=cell.examples,
            unchanged=cell.unchanged,
            not_applicable=cell.not_applicable,
            place=place,
        )

    def _benchmark(self, benchmark: schema.Benchmark, place: Place) -> Benchmark:
        metric = self.metrics[benchmark.metric] if benchmark.metric else None
        return Benchmark(benchmark.text, benchmark.source, metric, benchmark.at_least, benchmark.at_most, place)

    def _track(self, track: schema.Track, loc: Loc) -> Track:
        place = Place(self.path, loc)
        names = self.measures if track.measures is None else track.measures
        return Track(
            id=track.id,
            name=track.name or track.id,
            kind=track.kind,
            summary=track.summary,
            measures=tuple(self.measures[name] for name in names),
            everyone=self._cells(track.everyone, _at(place, "everyone")),
            formerly=track.formerly,
            levels=tuple(self._level(level, _at(place, "levels", index)) for index, level in enumerate(track.levels)),
            place=place,
        )

    def _level(self, level: schema.Level, place: Place) -> Level:
        reports = level.direct_reports
        return Level(
            id=level.id,
            code=level.code,
            title=level.title or level.code or level.id,
            grade=self.grades[level.grade] if level.grade else None,
            summary=level.summary,
            status=level.status,
            effective=level.effective,
            filled_by=level.filled_by,
            career_level=level.career_level,
            executive=level.executive,
            direct_reports=Reports(reports.min, reports.max) if reports else None,
            pay=_bands(level.pay, _at(place, "pay")),
            own_pay=bool(level.pay),
            attributes=level.attributes or {},
            formerly=level.formerly,
            inherits=level.inherits,
            expectations=self._cells(level.expectations, _at(place, "expectations")),
            place=place,
        )

    def _move(self, move: schema.Move, loc: Loc) -> Move:
        return Move(move.from_, move.to, move.both_ways, move.when, Place(self.path, loc))


def _at(place: Place, *loc: int | str) -> Place:
    return Place(place.file, (*place.loc, *loc))


def _merged(mappings: Iterable[Mapping[str, str] | None]) -> dict[str, str]:
    merged: dict[str, str] = {}
    for mapping in mappings:
        merged.update(mapping or {})
    return merged


def _bands(pay: Mapping[str, schema.Band] | None, place: Place) -> dict[str, Band]:
    return {zone: Band(band.min, band.mid, band.max, _at(place, zone)) for zone, band in (pay or {}).items()}


def _criteria(criteria: Iterable[schema.Criterion], place: Place) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(each.text, each.id, each.kind, each.group, each.examples, _at(place, index))
        for index, each in enumerate(criteria)
    )


def _step(step: schema.Step, index: int, place: Place) -> Step:
    criteria = _criteria(step.criteria, _at(place, "criteria"))
    return Step(step.name, index, step.definition, criteria, step.examples, step.formerly, place)
