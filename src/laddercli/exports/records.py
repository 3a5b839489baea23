"""Ladder things as plain records: what every command prints with ``-f json``.

Every key is always there, an empty list or null for nothing, and names follow the format. A record is made from a
projection, so it holds what the audience may see and nothing else; ``x-`` keys stay in the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from laddercli.comparison import Comparison, Row
from laddercli.display import inert_json
from laddercli.ladder import (
    Aspect,
    Band,
    Benchmark,
    Criterion,
    Grade,
    Ladder,
    Level,
    Measure,
    Metric,
    Position,
    Step,
    Track,
)
from laddercli.resolution import Origin, Resolved, resolve

SCHEMA_VERSION = 1

Record = dict[str, Any]


def document(**content: Any) -> str:
    """The JSON document of a command: its content in the envelope that all commands share."""
    from laddercli import __version__

    envelope = {"schema_version": SCHEMA_VERSION, "tool": {"name": "ladder", "version": __version__}, **content}
    return inert_json(json.dumps(envelope, ensure_ascii=False, indent=2)) + "\n"


def ladder_record(ladder: Ladder) -> Record:
    """A ladder as `list` shows it."""
    return {
        "id": ladder.id,
        "title": ladder.title,
        "version": ladder.version,
        "status": ladder.status,
        "effective": ladder.effective,
        "language": ladder.language,
        "summary": ladder.summary,
        "about": [{"title": section.title, "text": section.text} for section in ladder.about],
        "file": ladder.place.file,
        "revision": ladder.revision,
        "owner": ladder.owner,
        "reviewed": ladder.reviewed,
        "source": _source(ladder),
        "glossary": dict(ladder.glossary),
        "grades": [_grade(grade, ladder) for grade in ladder.grades],
        "compensation": _compensation(ladder),
        "metrics": [_metric(metric) for metric in ladder.metrics],
        "measures": [_measure(measure) for measure in ladder.measures],
        "tracks": [_track(track, ladder) for track in ladder.tracks],
        "moves": [
            {"from": move.origin, "to": move.destination, "both_ways": move.both_ways, "when": move.when}
            for move in ladder.moves
        ],
    }


def _source(ladder: Ladder) -> Record | None:
    if ladder.source is None:
        return None
    return {"title": ladder.source.title, "url": ladder.source.url, "licence": ladder.source.licence}


def _compensation(ladder: Ladder) -> Record | None:
    """What the figures mean; null where the audience sees no figures."""
    terms = ladder.compensation
    if not terms.zones and not terms.criteria:
        return None
    return {
        "zones": [{"id": zone.id, "title": zone.title, "currency": zone.currency} for zone in terms.zones],
        "basis": terms.basis,
        "period": terms.period,
        "effective": terms.effective,
        "note": terms.note,
        "criteria": terms.criteria,
    }


def _grade(grade: Grade, ladder: Ladder) -> Record:
    return {
        "id": grade.id,
        "title": grade.title,
        "definition": grade.definition,
        "pay": _pay(grade.pay, ladder),
        "formerly": list(grade.formerly),
    }


def _pay(pay: Mapping[str, Band], ladder: Ladder) -> Record | None:
    currencies = {zone.id: zone.currency for zone in ladder.compensation.zones}
    if not pay:
        return None
    return {
        zone: {
            "currency": currencies.get(zone),
            "min": _number(band.min),
            "mid": _number(band.mid),
            "max": _number(band.max),
        }
        for zone, band in pay.items()
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _metric(metric: Metric) -> Record:
    return {
        "id": metric.id,
        "name": metric.name,
        "definition": metric.definition,
        "unit": metric.unit,
        "per": metric.per,
        "source": metric.source,
        "formerly": list(metric.formerly),
    }


def _measure(measure: Measure) -> Record:
    return {
        "id": measure.id,
        "name": measure.name,
        "group": measure.group,
        "definition": measure.definition,
        "aspects": [_aspect(aspect) for aspect in measure.aspects],
        "evidence": list(measure.evidence),
        "scale": [_step(step) for step in measure.scale],
        "formerly": list(measure.formerly),
    }


def _aspect(aspect: Aspect) -> Record:
    return {"name": aspect.name, "also": list(aspect.also)}


def _step(step: Step) -> Record:
    return {
        "name": step.name,
        "definition": step.definition,
        "criteria": [_criterion(criterion, None) for criterion in step.criteria],
        "examples": list(step.examples),
        "formerly": list(step.formerly),
    }


def _track(track: Track, ladder: Ladder) -> Record:
    return {
        "id": track.id,
        "name": track.name,
        "kind": track.kind,
        "summary": track.summary,
        "measures": [measure.id for measure in track.measures],
        "levels": [_level_head(level, ladder) for level in track.levels],
    }


def _level_head(level: Level, ladder: Ladder) -> Record:
    return {
        "id": level.id,
        "code": level.code,
        "title": level.title,
        "grade": {"id": level.grade.id, "title": level.grade.title} if level.grade else None,
        "peers": [peer.id for peer in ladder.peers(level)],
        "summary": level.summary,
        "status": level.status,
        "effective": level.effective,
        "filled_by": list(level.filled_by),
        "career_level": level.career_level,
        "executive": level.executive,
        "direct_reports": _reports(level),
        "attributes": {name: list(values) for name, values in level.attributes.items()},
        "formerly": list(level.formerly),
        "inherits": list(level.inherits),
    }


def _reports(level: Level) -> Record | None:
    span = level.direct_reports
    return {"min": span.min, "max": span.max} if span else None


def level_record(place: Position) -> Record:
    """A level in full, with everything that holds for it."""
    ladder, level = place.ladder, place.level
    return {
        "ladder": ladder.id,
        "track": place.track.id,
        "revision": ladder.revision,
        **_level_head(level, ladder),
        "pay": _pay(ladder.pay(level), ladder),
        "compensation": _compensation(ladder),
        "note": ladder.notes.get(level.id),
        "measures": [{"id": measure.id, "name": measure.name} for measure in place.track.measures],
        "expectations": {
            measure.id: expectation_record(resolve(ladder, level, measure)) for measure in place.track.measures
        },
    }


def expectation_record(found: Resolved) -> Record:
    """What a level asks for in one measure. ``from`` says where a part comes from: null for the level itself."""
    step = found.step
    return {
        "step": {"name": step.name, "index": step.index + 1, "of": len(found.measure.scale)} if step else None,
        "definition": step.definition if step else None,
        "summary": found.summary,
        "summaries": [{"text": layer.summary, "from": layer.origin} for layer in found.layers if layer.summary],
        "criteria": [_criterion(criterion, origin) for criterion, origin in found.criteria],
        "benchmarks": [_benchmark(benchmark, origin) for benchmark, origin in found.benchmarks],
        "examples": [example for layer in found.layers for example in layer.examples],
        "unchanged": found.unchanged,
        "not_applicable": found.not_applicable,
    }


def _criterion(criterion: Criterion, origin: Origin) -> Record:
    return {
        "text": criterion.text,
        "id": criterion.id,
        "kind": criterion.kind,
        "group": criterion.group,
        "examples": list(criterion.examples),
        "from": origin,
    }


def _benchmark(benchmark: Benchmark, origin: Origin) -> Record:
    metric = benchmark.metric
    return {
        "kind": "quantitative" if metric else "qualitative",
        "text": benchmark.text,
        "source": benchmark.source or (metric.source if metric else None),
        "metric": metric.id if metric else None,
        "name": metric.name if metric else None,
        "unit": metric.unit if metric else None,
        "per": metric.per if metric else None,
        "at_least": _number(benchmark.at_least),
        "at_most": _number(benchmark.at_most),
        "from": origin,
    }


def comparison_records(comparison: Comparison) -> Record:
    """Levels side by side: the levels in full, and each measure across them."""
    return {
        "levels": [level_record(place) for place in comparison.positions],
        "measures": [_row(row) for row in comparison.rows],
    }


def _row(row: Row) -> Record:
    return {
        "id": row.id,
        "name": row.name,
        "cells": [expectation_record(cell.expectation) if cell.expectation else None for cell in row.cells],
        "growth": [growth.value for growth in row.growth],
        "same": row.same,
    }


def level_records(places: Iterable[Position]) -> list[Record]:
    """Several levels, each in full."""
    return [level_record(place) for place in places]
