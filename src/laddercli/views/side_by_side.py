"""Levels side by side: first in six lines what separates them, then the text, measure by measure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from laddercli.blocks import (
    Block,
    Columns,
    Facts,
    Heading,
    Item,
    Items,
    Overview,
    OverviewTable,
    Page,
    Paragraph,
    Span,
    Style,
    Table,
    Text,
    Title,
    dim,
    plain,
    strong,
)
from laddercli.comparison import Cell, Comparison, Growth, Row, grade_steps, same_scale
from laddercli.display import count
from laddercli.inline import parse
from laddercli.ladder import Metric, Position
from laddercli.resolution import Layer, Resolved
from laddercli.views import phrases
from laddercli.views.words import mark, mark_row

SIGNS = {
    Growth.UP: "↑",
    Growth.DOWN: "↓",
    Growth.SAME: "=",
    Growth.ADDED: "+",
    Growth.REMOVED: "−",
    Growth.UNKNOWN: " ",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What of a comparison is shown. ``brief`` stops after the overview and the summaries, ``only_differences``
    hides what is equal, ``words`` marks the words that differ between near twins."""

    brief: bool = False
    only_differences: bool = False
    words: bool = False


def comparison_page(comparison: Comparison, options: Options) -> Page:
    """Two or more levels, aligned by measure."""
    return Page(tuple(_blocks(comparison, options)))


def _blocks(comparison: Comparison, options: Options) -> Iterator[Block]:
    positions = comparison.positions
    rows = [row for row in comparison.rows if not (options.only_differences and row.same)]
    yield _title(positions)
    yield _overview(comparison, options)
    yield from _conclusions(comparison)
    heads = tuple(map(phrases.headline, positions))
    pay = _pay(positions, heads)
    if pay:
        yield pay
        terms = dict.fromkeys(phrases.pay_terms(each.ladder) for each in positions if each.ladder.pay(each.level))
        yield from (Paragraph(dim(each)) for each in terms if each)
    for row in rows:
        columns = tuple(stacks for stacks in _columns(row, options) if any(stacks))
        table = None if options.brief else _figures(row, heads, options)
        if columns or table:
            yield Heading(plain(row.name), dim("the same at all levels") if row.same else ())
        if columns:
            yield Columns(heads, columns)
        if table:
            yield table
    if not options.brief and any(_is_everyone(layer) for layer in _layers(rows)):
        command = Span("ladder show LEVEL", Style.CODE)
        everyone = "What everyone is asked for holds at these levels, too; "
        yield Paragraph((*dim(everyone), command, *dim(" prints it.")))


def _title(positions: tuple[Position, ...]) -> Title:
    names = [position.short_name for position in positions]
    ladders = {position.ladder.id: position.ladder for position in positions}
    if len(ladders) == 1:
        ladder = positions[-1].ladder
        versions = {position.ladder.version for position in positions}
        version = f" {ladder.version}" if ladder.version and len(versions) == 1 else ""
        return Title((Span(ladder.title, Style.STRONG), Span(version)), plain("  →  ".join(names)))
    titles = " and ".join(ladder.title for ladder in ladders.values())
    return Title(strong(titles), plain("  →  ".join(position.name for position in positions)))


def _overview(comparison: Comparison, options: Options) -> OverviewTable:
    many_ladders = len({position.ladder.id for position in comparison.positions}) > 1
    heads = []
    for position in comparison.positions:
        level = position.level
        code = level.code if level.code != level.title else None
        lines = [phrases.headline(position), phrases.dotted(code, phrases.grade_label(level) or None)]
        if many_ladders:
            lines.append(dim(position.ladder.title))
        heads.append(tuple(line for line in lines if line[0].text))
    rows = []
    for row in comparison.rows:
        if options.only_differences and set(row.growth) == {Growth.SAME}:
            continue
        cells = tuple(_short_cell(cell) for cell in row.cells)
        rows.append(Overview(plain(row.name), cells, tuple(SIGNS[growth] for growth in row.growth)))
    return OverviewTable(tuple(heads), tuple(rows))


def _short_cell(cell: Cell) -> Text:
    found = cell.expectation
    if found is None:
        return dim(f"not in this {cell.absent_from}" if cell.absent_from == "ladder" else "not on this track")
    if found.not_applicable:
        return dim("does not apply")
    if found.is_missing:
        return dim(phrases.ABSENT)
    if found.step:
        return phrases.bar(found)
    return dim("no step given") if found.measure.scale else dim(phrases.extent(found))


def _conclusions(comparison: Comparison) -> Iterator[Block]:
    """One sentence or two for each neighboring pair."""
    positions = comparison.positions
    facts: list[tuple[str, Text]] = []
    for index, (left, right) in enumerate(pairwise(positions)):
        growth = [row.growth[index] for row in comparison.rows]
        scales = sum(1 for row in comparison.rows if _apart(row.cells[index], row.cells[index + 1]))
        apart = f"{count(scales, 'measure')} not judged, because the scales differ." if scales else ""
        words = " ".join(part for part in (_grades(left, right), _growth(growth, left, right), apart) if part)
        if words and len(positions) > 2:
            facts.append((f"{left.short_name} → {right.short_name}", plain(words)))
        elif words:
            yield Paragraph(plain(words))
    if facts:
        yield Facts(tuple(facts))


def _apart(left: Cell, right: Cell) -> bool:
    """Whether both cells name a step, on scales that cannot be compared."""
    steps = [cell.expectation.step for cell in (left, right) if cell.expectation and cell.expectation.step]
    return len(steps) == 2 and not same_scale(left, right)


def _grades(left: Position, right: Position) -> str:
    steps = grade_steps(left, right)
    if steps is None:
        return ""
    if steps == 0 and left.ladder.revision != right.ladder.revision:
        return "Same grade."  # what it pays may have changed
    if steps == 0:
        one_pay = not left.level.own_pay and not right.level.own_pay
        return "Same grade, so the same pay range." if one_pay else "Same grade, but pay that departs from it."
    return f"{_number(abs(steps)).capitalize()} grade{'s' if abs(steps) > 1 else ''} {'up' if steps > 0 else 'down'}."


def _growth(growth: list[Growth], left: Position, right: Position) -> str:
    counts = {kind: growth.count(kind) for kind in Growth}
    judged = counts[Growth.UP] + counts[Growth.DOWN] + counts[Growth.SAME]
    parts = []
    if judged and counts[Growth.SAME] == judged:
        parts.append(f"{count(judged, 'measure')} at the same step")
    elif judged:
        parts.append(_movement(counts, judged))
    if counts[Growth.ADDED]:
        parts.append(f"{counts[Growth.ADDED]} more {_where(right, left)}")
    if counts[Growth.REMOVED]:
        parts.append(f"{counts[Growth.REMOVED]} only {_where(left, right)}")
    return "; ".join(parts) + "." if parts else ""


def _where(position: Position, other: Position) -> str:
    """Where a measure is that the other level does not have."""
    if position.ladder.id != other.ladder.id:
        return f"in {position.ladder.title}"
    if position.ladder.revision != other.ladder.revision and position.track.id == other.track.id:
        revision = position.ladder.revision
        return "in the working tree" if revision is None else f"at {revision}"
    return f"on {_track(position)}"


def _track(position: Position) -> str:
    """A track within a sentence: "the people manager track", but "Track A" and "IC" as they are written."""
    name = position.track.name
    return f"the {name.lower()} track" if name == name.capitalize() else f"the track “{name}”"


def _movement(counts: dict[Growth, int], judged: int) -> str:
    parts = []
    for kind, one, many in (
        (Growth.UP, "rises", "rise"),
        (Growth.DOWN, "falls", "fall"),
        (Growth.SAME, "stays", "stay"),
    ):
        if counts[kind]:
            parts.append(f"{counts[kind]} {one if counts[kind] == 1 else many}")
    first, _, verb = parts[0].partition(" ")
    if len(parts) == 1:
        return f"{'All ' if judged > 1 else ''}{count(judged, 'measure')} {verb}"
    return ", ".join([f"{first} of {count(judged, 'measure')} {verb}", *parts[1:]])


def _number(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return words[number] if number < len(words) else str(number)


def _pay(positions: tuple[Position, ...], heads: tuple[Text, ...]) -> Table | None:
    """Pay by zone, where the audience may see it."""
    zones = {zone.id: zone for position in positions for zone in position.ladder.compensation.zones}
    rows = []
    for zone in zones.values():
        bands = [position.ladder.pay(position.level).get(zone.id) for position in positions]
        if any(bands):
            cells = [plain(phrases.band(band, zone.currency) if band else phrases.ABSENT) for band in bands]
            rows.append((plain(f"Pay, {zone.title}"), *cells))
    return Table(tuple(rows), (plain("Pay"), *heads)) if rows else None


def _columns(row: Row, options: Options) -> Iterator[tuple[tuple[Block, ...], ...]]:
    """The summaries, then the criteria, then what others see: each a row of lists that start at one height."""
    mains = [_main(cell.expectation) for cell in row.cells]
    summaries = [_summary(cell, main) for cell, main in zip(row.cells, mains, strict=True)]
    if options.words:
        summaries = mark_row(summaries)
    yield tuple((Paragraph(text),) if text else () for text in summaries)
    if options.brief:
        return
    criteria = [[phrases.criterion(each) for each in main.criteria] if main else [] for main in mains]
    signals = [[phrases.signal(each) for each in main.benchmarks if not each.metric] if main else [] for main in mains]
    for lists in (criteria, signals):
        if any(lists):
            yield tuple(_list(items, lists[index - 1] if index else [], options) for index, items in enumerate(lists))
    sources = [_sources(cell.expectation, main) for cell, main in zip(row.cells, mains, strict=True)]
    if any(sources):
        yield tuple((Paragraph(source),) if source else () for source in sources)


def _list(items: list[Item], left: list[Item], options: Options) -> tuple[Block, ...]:
    if not items:
        return ()
    shown = [Item(item.marker, item.text) for item in items]
    if options.words and left:
        twins = [twin.text for twin in left]
        shown = [Item(item.marker, mark(item.text, twins)) for item in shown]
    return (Items(tuple(shown)),)


def _main(found: Resolved | None) -> Layer | None:
    """The text of the cell itself: its own, or where it is unchanged on purpose, that of the level below."""
    if found is None or not found.layers:
        return None
    return found.own or (found.layers[0] if found.unchanged else None)


def _summary(cell: Cell, main: Layer | None) -> Text:
    found = cell.expectation
    if found is None:
        return dim(f"({'not in this ladder' if cell.absent_from == 'ladder' else 'not on this track'})")
    if found.not_applicable:
        return (Span("Does not apply. ", Style.DIM), *parse(found.not_applicable))
    if found.is_missing:
        return dim("(nothing is written here yet)")
    return parse(main.summary) if main and main.summary else ()


def _sources(found: Resolved | None, main: Layer | None) -> Text:
    """One line that names where more comes from."""
    if found is None:
        return ()
    others = [layer for layer in found.layers if layer is not main and not _is_everyone(layer)]
    names = ["what its step says" if layer.origin == "step" else layer.origin or "" for layer in others]
    if main and main.origin:
        names.insert(0, f"unchanged from {main.origin}")
    return dim("Also: " + ", ".join(dict.fromkeys(names))) if names else ()


def _is_everyone(layer: Layer) -> bool:
    return layer.origin in ("everyone", "shared")


def _layers(rows: list[Row]) -> Iterator[Layer]:
    for row in rows:
        for cell in row.cells:
            yield from cell.expectation.layers if cell.expectation else ()


def _figures(row: Row, heads: tuple[Text, ...], options: Options) -> Table | None:
    """One row for each metric, because figures do correspond. A dash where a level does not ask for it."""
    rows = []
    for metric in row.metrics:
        cells = [_figure(cell, metric) for cell in row.cells]
        if not (options.only_differences and len(set(cells)) == 1):
            rows.append((phrases.metric_name(metric), *(plain(cell) for cell in cells)))
    return Table(tuple(rows), (plain("Metric"), *heads)) if rows else None


def _figure(cell: Cell, metric: Metric) -> str:
    asked = cell.expectation.benchmarks if cell.expectation else ()
    figures = [phrases.figure(each) for each, _ in asked if each.metric and each.metric.id == metric.id]
    return ", ".join(figures) or phrases.ABSENT
