"""A ladder file as facts, one a line: what `git diff` compares in place of lines of YAML.

A fact stands by itself, as in `staff-pm › accountability › benchmark commitments-kept: >= 90`. Facts are sorted, so
that moving text within a file changes nothing but the facts about an order that means something. The file is taken by
itself, because git hands over a copy of it that lies alone in another folder. Pay and notes are left out: whoever reads
what git shows has named no audience. Comments and `x-` keys say nothing about the ladder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from laddercli.display import visible
from laddercli.document import Document
from laddercli.schema import Benchmark, Cells, Criterion, Expectation, LadderFile, Level, Measure, Part, Track

ARROW = " › "

# A fact in the making: the way to it, and what it says.
Fact = tuple[tuple[str, ...], str]

# Lists of sentences, whose order means nothing: one fact each, by the word for one of them.
_EACH = {"examples": "example", "evidence": "evidence"}


def text(source: bytes, name: str) -> str:
    """The file as facts. What is no valid ladder file stays as it is, so that no change is lost, with pay and
    notes hidden."""
    document = Document.parse(source, name)
    content = _content(document)
    if content is None:
        return _as_it_is(document.text or source.decode("utf-8", "backslashreplace"))
    return "".join(f"{line}\n" for line in facts(content))


def facts(file: LadderFile) -> list[str]:
    """Every fact: first about the ladder, then what it defines, its tracks, their levels, and moves."""
    groups = (_ladder(file), _definitions(file), _tracks(file), _levels(file), _moves(file))
    return [line for group in groups for line in sorted(_line(*fact) for fact in group)]


def _content(document: Document) -> LadderFile | None:
    if document.faults or not isinstance(document.data, dict) or "format" not in document.data:
        return None
    from laddercli import shape

    return shape.check(document)[0]


def _as_it_is(text: str) -> str:
    """The text with pay and notes hidden, and with nothing in it that could steer a terminal."""
    from laddercli.masking import MASK, hide, pay_columns, private_columns

    lines = text.replace("\r\n", "\n").split("\n")
    columns = zip(lines, pay_columns(lines), private_columns(lines, notes=True, compensation=True), strict=True)
    shown = []
    for line, pay, private in columns:
        if private is not None and line[private:].strip():
            indent = line[: len(line) - len(line.lstrip())]
            line = f"{line[:private]} {MASK}" if line[:private].strip() else f"{indent}{MASK}"
        elif pay is not None:
            line = line[:pay] + hide(line[pay:])
        shown.append(visible(line))
    return "\n".join(shown)


def _line(way: tuple[str, ...], value: str) -> str:
    """A fact on one line, with nothing in it that could steer a terminal."""
    place, said = ARROW.join(" ".join(part.split()) for part in way), " ".join(value.split())
    return visible(f"{place}: {said}" if said else place)


def _ladder(file: LadderFile) -> Iterator[Fact]:
    here = ("ladder",)
    yield from _fields(file, here, name="format")
    for section in file.about:
        yield ("about", section.title), section.text
    if file.uses:
        yield (*here, "uses"), ", ".join(f"{use.path} (optional)" if use.optional else use.path for use in file.uses)
    for key in ("organization", "source", "policy", "visibility"):
        part = getattr(file, key)
        if part:
            yield from _fields(part, (*here, key))
    for term, meaning in (file.glossary or {}).items():
        yield ("glossary", term), meaning


def _definitions(file: LadderFile) -> Iterator[Fact]:
    yield from _order("grades", (grade.id for grade in file.grades))
    yield from _order("metrics", sorted(metric.id for metric in file.metrics))
    yield from _order("measures", (measure.id for measure in file.measures))
    for grade in file.grades:
        yield from _fields(grade, ("grade " + grade.id,))
    for metric in file.metrics:
        yield from _fields(metric, ("metric " + metric.id,))
    for measure in file.measures:
        yield from _measure(measure)
    yield from _cells(file.everyone, ("everyone",))


def _measure(measure: Measure) -> Iterator[Fact]:
    here = ("measure " + measure.id,)
    yield from _fields(measure, here)
    for aspect in measure.aspects:
        yield (*here, "aspect"), ", also ".join((aspect.name, *aspect.also))
    if measure.scale:
        yield (*here, "scale"), ", ".join(step.name for step in measure.scale)
    for step in measure.scale:
        yield from _fields(step, (*here, step.name), name="name")
        yield from _criteria(step.criteria, (*here, step.name))


def _tracks(file: LadderFile) -> Iterator[Fact]:
    yield from _order("tracks", (track.id for track in file.tracks))
    for track in file.tracks:
        here = ("track " + track.id,)
        yield from _fields(track, here)
        yield (*here, "levels"), ", ".join(level.id for level in track.levels)
        yield from _cells(track.everyone, (*here, "everyone"))


def _levels(file: LadderFile) -> Iterator[Fact]:
    for track in file.tracks:
        for level in track.levels:
            yield from _level(level, track)


def _level(level: Level, track: Track) -> Iterator[Fact]:
    here = (level.id,)
    yield (*here, "track"), track.id
    yield from _fields(level, here)
    if level.direct_reports:
        most = level.direct_reports.max
        yield (*here, "direct reports"), f"{level.direct_reports.min}{' or more' if most is None else f' to {most}'}"
    for name, values in (level.attributes or {}).items():
        yield (*here, "attribute", name), ", ".join((values,) if isinstance(values, str) else values)
    yield from _cells(level.expectations, here)


def _moves(file: LadderFile) -> Iterator[Fact]:
    for move in file.moves:
        way = "both ways" if move.both_ways else "one way"
        yield (f"move {move.from_} → {move.to}",), f"{way}, {move.when}" if move.when else way


def _cells(cells: Cells | None, here: tuple[str, ...]) -> Iterator[Fact]:
    for measure, cell in (cells or {}).items():
        if cell is not None:
            yield from _cell(cell, (*here, measure))


def _cell(cell: Expectation, here: tuple[str, ...]) -> Iterator[Fact]:
    yield from _fields(cell, here)
    yield from _criteria(cell.criteria, here)
    for benchmark in cell.benchmarks:
        yield _benchmark(benchmark, here)


def _criteria(criteria: Iterable[Criterion], here: tuple[str, ...]) -> Iterator[Fact]:
    for criterion in criteria:
        kind = "criterion" if criterion.kind == "core" else criterion.kind
        name = f"{kind} {criterion.id}" if criterion.id else kind
        yield (*here, name), f"{criterion.text} ({criterion.group})" if criterion.group else criterion.text
        for example in criterion.examples:
            yield (*here, name, "example"), example


def _benchmark(benchmark: Benchmark, here: tuple[str, ...]) -> Fact:
    source = f" ({benchmark.source})" if benchmark.source else ""
    if benchmark.metric is None:
        return (*here, "benchmark"), f"{benchmark.text}{source}"
    bounds = ((">=", benchmark.at_least), ("<=", benchmark.at_most))
    figure = ", ".join(f"{sign} {bound}" for sign, bound in bounds if bound is not None)
    words = f": {benchmark.text}" if benchmark.text else ""
    return (*here, f"benchmark {benchmark.metric}"), f"{figure}{words}{source}"


def _fields(part: Part, here: tuple[str, ...], *, name: str = "id") -> Iterator[Fact]:
    """The plain values of a part that differ from their defaults, but for the ``name`` that the way holds already.
    Pay, notes and all else that is a mapping are told elsewhere or nowhere."""
    for key, field in type(part).model_fields.items():
        value = getattr(part, key)
        word = key.replace("_", " ")
        if key == name or value == field.default:
            continue
        if value is True:
            yield (*here, word), ""
        elif isinstance(value, str):
            yield (*here, word), value
        elif isinstance(value, tuple) and all(isinstance(each, str) for each in value):
            yield from _listed(word, value, here)


def _listed(word: str, values: tuple[str, ...], here: tuple[str, ...]) -> Iterator[Fact]:
    """Sentences one by one, names on one line."""
    if word in _EACH:
        yield from (((*here, _EACH[word]), value) for value in values)
    else:
        yield (*here, word), ", ".join(values)


def _order(word: str, names: Iterable[str]) -> Iterator[Fact]:
    said = ", ".join(names)
    if said:
        yield (word,), said
