"""A level in full: what it is, what it asks for in every measure, and where one goes from here."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from laddercli.blocks import (
    Block,
    Facts,
    Heading,
    Item,
    Items,
    Page,
    Paragraph,
    Span,
    Style,
    Text,
    Title,
    dim,
    plain,
    strong,
)
from laddercli.display import count as counted
from laddercli.inline import parse
from laddercli.ladder import Ladder, Position
from laddercli.resolution import Layer, Resolved, resolve
from laddercli.views import phrases


def level_page(position: Position, *, resolved: bool = False, scope: str = "") -> Page:
    """One level. ``resolved`` prints what comes from other levels in full instead of naming it; ``scope`` is what a
    command must put in front of a level's id to find it again."""
    return Page(tuple(_blocks(position, resolved, scope)))


def _blocks(position: Position, resolved: bool, scope: str) -> Iterator[Block]:
    ladder, track, level = position.ladder, position.track, position.level
    yield Title(strong(level.title), dim(position.name))
    peers = [peer.id for peer in ladder.peers(level)]
    peer_names = f"{'peer' if len(peers) == 1 else 'peers'}: {', '.join(peers)}" if peers else None
    code = level.code if level.code != level.title else None
    yield Paragraph(phrases.dotted(code, track.name, phrases.grade_label(level), peer_names, _status(level.status)))
    if level.summary:
        yield Paragraph(parse(level.summary))
    facts = tuple(_facts(position))
    if facts:
        yield Facts(facts)
    for measure in track.measures:
        found = resolve(ladder, level, measure)
        yield Heading(plain(measure.name), phrases.bar(found))
        yield from _cell(found, ladder, resolved)
    yield from _ways_on(position, scope)
    if level.id in ladder.notes:
        yield Heading(plain("Notes for calibration"))
        yield Paragraph(parse(ladder.notes[level.id]))


def _status(status: str) -> str | None:
    return status if status != "active" else None


def _facts(position: Position) -> Iterator[tuple[str, Text]]:
    ladder, level = position.ladder, position.level
    for name, values in level.attributes.items():
        yield name, parse(", ".join(values))
    if level.filled_by:
        yield "Filled by", plain(phrases.either(level.filled_by))
    if level.direct_reports:
        yield "Direct reports", plain(phrases.reports(level.direct_reports))
    if level.career_level:
        yield "Career level", plain("one may stay here for a whole career")
    if level.executive:
        yield "Executive", plain("has no peer on another track")
    if level.effective:
        yield "Effective", plain(level.effective)
    if level.formerly:
        yield "Formerly", plain(", ".join(level.formerly))
    yield from _pay(ladder, position)


def _pay(ladder: Ladder, position: Position) -> Iterator[tuple[str, Text]]:
    level = position.level
    pay = ladder.pay(level)
    zones = {zone.id: zone for zone in ladder.compensation.zones}
    for zone, band in pay.items():
        name = zones[zone].title if zone in zones else zone
        currency = zones[zone].currency if zone in zones else ""
        yield f"Pay, {name}", plain(phrases.band(band, currency))
    if pay and phrases.pay_terms(ladder):
        yield "Pay is", plain(phrases.pay_terms(ladder))
    if level.own_pay:
        yield "Own pay", plain("departs from the pay of the grade")


def _cell(found: Resolved, ladder: Ladder, resolved: bool) -> Iterator[Block]:
    if found.not_applicable:
        yield Paragraph((Span("Does not apply. ", Style.STRONG), *parse(found.not_applicable)))
        return
    note = phrases.step_note(found)
    if found.is_missing:
        yield Paragraph(dim("Nothing is written here yet."))
        return
    main = found.own or (found.layers[0] if found.unchanged and found.layers else None)
    if main and main.origin:
        yield Paragraph(dim(f"On purpose as at {_level_name(ladder, main.origin)}."))
    if main and main.summary:
        yield Paragraph(parse(main.summary), note)
    elif note:
        yield Paragraph(note)
    if main:
        yield from _lists(main)
    others = [layer for layer in found.layers if layer is not main]
    for _, layers in groupby(others, lambda layer: layer.origin):
        yield from _also(_joined(list(layers)), ladder, resolved)


def _lists(layer: Layer, label: Text = ()) -> Iterator[Block]:
    groups: dict[str | None, list[Item]] = {}
    for each in layer.criteria:
        groups.setdefault(each.group, []).append(phrases.criterion(each))
    for group, items in groups.items():
        yield Items(tuple(items), strong(group) if group else label)
    signals = [phrases.signal(each) for each in layer.benchmarks if not each.metric]
    counts = [phrases.count(each) for each in layer.benchmarks if each.metric]
    if signals or counts:
        yield Items((*signals, *counts))
    if layer.examples:
        yield Items(tuple(Item(phrases.CRITERION, parse(each)) for each in layer.examples), dim("Examples"))


def _joined(layers: list[Layer]) -> Layer:
    """One layer of what one source says: a level's cell, and what the step that it names says."""
    first, *rest = layers
    for layer in rest:
        first = Layer(
            first.origin,
            first.summary or layer.summary,
            first.criteria + layer.criteria,
            first.benchmarks + layer.benchmarks,
            first.examples + layer.examples,
        )
    return first


def _also(layer: Layer, ladder: Ladder, resolved: bool) -> Iterator[Block]:
    """What holds here because somebody else says so."""
    by_level = layer.origin in ladder.levels and layer.origin not in ("step", "everyone", "shared")
    label = plain(f"Also, {_origin(layer, ladder)}")
    if by_level and not resolved:
        parts = [
            counted(len(layer.criteria), "criterion", "criteria") if layer.criteria else "",
            counted(len(layer.benchmarks), "benchmark") if layer.benchmarks else "",
            counted(len(layer.examples), "example") if layer.examples else "",
        ]
        said = ", ".join(part for part in parts if part)
        summary = parse(layer.summary) if layer.summary else ()
        yield Paragraph((*label, Span(": "), *summary, Span(f" ({said})" if said and summary else said)))
        return
    first = (Item(phrases.CRITERION, parse(layer.summary)),) if layer.summary else ()
    criteria = tuple(phrases.criterion(each) for each in layer.criteria)
    signals = tuple(phrases.signal(each) for each in layer.benchmarks if not each.metric)
    counts = tuple(phrases.count(each) for each in layer.benchmarks if each.metric)
    yield Items((*first, *criteria, *signals, *counts), label)
    if layer.examples:
        yield Items(tuple(Item(phrases.CRITERION, parse(each)) for each in layer.examples), dim("Examples"))


def _origin(layer: Layer, ladder: Ladder) -> str:
    words = {"everyone": "as everyone", "shared": "as everyone in the company", "step": "by this step"}
    return words.get(layer.origin or "", "") or f"from {_level_name(ladder, layer.origin or '')}"


def _level_name(ladder: Ladder, level_id: str) -> str:
    return f"{ladder.levels[level_id][1].title} ({level_id})"


def _ways_on(position: Position, scope: str) -> Iterator[Block]:
    """Where one goes from here: moves to other tracks, and the next level."""
    ladder, level = position.ladder, position.level
    facts: list[tuple[str, Text]] = []
    for move in ladder.moves_of(level):
        other = move.destination if move.origin == level.id else move.origin
        sign = phrases.PEERS if move.both_ways else "→"
        when = (Span(". "), *parse(move.when)) if move.when else ()
        facts.append(("Move", (Span(f"{sign} {ladder.levels[other][1].title} ({other})"), *when)))
    above = ladder.next(level)
    if above:
        names = (f"{scope}{each.short_name}" for each in (position, ladder.position(above.id)))
        command = " ".join(("ladder compare", *map(phrases.typed, names)))
        facts.append(("Next", plain(f"{above.title} ({above.id})")))
        facts.append(("Compare", (Span(command, Style.CODE),)))
    if facts:
        yield Heading(plain("Ways on"))
        yield Facts(tuple(facts))
