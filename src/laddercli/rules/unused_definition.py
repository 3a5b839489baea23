"""Something refers to each grade, metric, measure and glossary term that a ladder defines.

What nothing refers to is mostly left over from a change: a metric whose benchmark was dropped, a grade that a typing
mistake keeps empty. Readers take it for something that counts. (Source: the article, which asks to keep what people
are measured by small.)

Not flagged: what shared files define, because other ladders may use it. A name that a shared file uses in `notes`,
`everyone` or `pay` is found when no ladder of the run knows it. A term counts as used in the plural, too, and in a text
of any kind.

Bad:
    glossary: {OKR: objectives and key results}
Good:
    glossary: {OKR: objectives and key results}
    summary: How engineers grow, without OKRs for single people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from laddercli.amendments import Fix, Remove
from laddercli.findings import Place, Problem, closest, flag
from laddercli.ladder import Cells, Grade, Ladder, Measure, Metric
from laddercli.reading import Reading, SharedUse, at
from laddercli.rules._terms import joined, uses

CATEGORY = "structure"
SEVERITY = "warning"
FIX = "unsafe"

_HELP = "refer to it, or remove it"


def check(reading: Reading) -> Iterator[Problem]:
    """Each definition in the ladder's own file that nothing refers to."""
    if reading.is_shared:
        return
    ladder = reading.ladder
    grades = {level.grade.id for _, level in ladder.levels.values() if level.grade}
    measures = {measure.id for track in ladder.tracks for measure in track.measures}
    yield from _unused(reading, ladder.grades, grades, "no level has the grade")
    yield from _unused(reading, ladder.metrics, _metrics(ladder), "no benchmark uses the metric")
    yield from _unused(reading, ladder.measures, measures, "no track has the measure")
    for term in _unused_terms(reading):
        place = ladder.where("glossary", term)
        message = f"no text uses the term `{term}`"
        yield flag(place, message, help=_HELP, key=True, arguments=(), fix=_removal(place, term))


def check_shared(use: SharedUse) -> Iterator[Problem]:
    """Each name in a shared file's `notes`, `everyone` and `pay` that no ladder of the run knows."""
    kinds = (("notes", "level", use.levels), ("everyone", "measure", use.measures), ("pay", "grade", use.grades))
    for key, kind, known in kinds:
        names = use.data.get(key)
        for name in names if isinstance(names, Mapping) else ():
            if name not in known:
                place = Place(use.file, (key, name))
                message = f"no ladder that uses this file has the {kind} `{name}`"
                meant, fix = closest(name, known), _removal(place, name)
                yield flag(place, message, suggestion=meant, help=_HELP, key=True, arguments=(), fix=fix)


def _unused(
    reading: Reading, parts: Iterable[Grade | Metric | Measure], used: Collection[str], message: str
) -> Iterator[Problem]:
    everyone = {name for each in reading.ladder.everyone for name in each.cells}
    for part in parts:
        if part.id not in used and reading.own(part.place):
            # What `everyone` says of a measure would be left without it.
            fix = None if part.id in everyone and isinstance(part, Measure) else _removal(part.place, part.id)
            yield flag(at(part.place, "id"), f"{message} `{part.id}`", help=_HELP, arguments=(), fix=fix)


def _removal(place: Place, name: str) -> Fix:
    return Fix(f"remove `{name}`", (Remove(place),))


def _metrics(ladder: Ladder) -> set[str]:
    """The metrics that some benchmark uses."""
    written = [cell for cells in _cells(ladder) for cell in cells.values()]
    return {each.metric.id for cell in written for each in cell.benchmarks if each.metric}


def _cells(ladder: Ladder) -> Iterator[Cells]:
    """Everything that is written about measures, also at levels that are not active."""
    yield from (everyone.cells for everyone in ladder.everyone)
    for track in ladder.tracks:
        yield track.everyone
        yield from (level.expectations for level in track.levels)


def _unused_terms(reading: Reading) -> list[str]:
    """The terms of the ladder's own glossary that no text uses. Further texts are only asked for the rest."""
    ladder = reading.ladder
    terms = [term for term in ladder.glossary if reading.own(ladder.where("glossary", term))]
    english = ladder.language.lower().startswith("en")
    for texts in (_active_texts, _further_texts):
        if terms:
            found = joined(texts(reading))
            terms = [each for each in terms if not uses(found, each, english=english)]
    return terms


def _active_texts(reading: Reading) -> Iterator[str]:
    return (text.value for text in reading.texts)


def _further_texts(reading: Reading) -> Iterator[str]:
    """What a reader sees beside the texts that rules judge, with the levels that are not active yet, or no more."""
    ladder = reading.ladder
    yield from ladder.glossary.values()
    yield from (ladder.owner or "", ladder.policy.parity_reason or "")
    yield from (ladder.compensation.note or "", ladder.compensation.criteria or "")
    for measure in ladder.measures:
        yield from (measure.group or "", *measure.evidence)
        for aspect in measure.aspects:
            yield from (aspect.name, *aspect.also)
    for metric in ladder.metrics:
        yield from (metric.unit or "", metric.per or "", metric.source or "")
    for cells in _cells(ladder):
        for cell in cells.values():
            yield cell.not_applicable or ""
            yield from (benchmark.source or "" for benchmark in cell.benchmarks)
            yield from (criterion.group or "" for criterion in cell.criteria)
    for _, level in ladder.levels.values():
        yield level.code or ""
        for name, facts in level.attributes.items():
            yield from (name, *facts)
    yield from _active_texts(Reading(_all_active(ladder), reading.today))


def _all_active(ladder: Ladder) -> Ladder:
    tracks = (
        replace(track, levels=tuple(replace(level, status="active") for level in track.levels))
        for track in ladder.tracks
    )
    return replace(ladder, tracks=tuple(tracks))
