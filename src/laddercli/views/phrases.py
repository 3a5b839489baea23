"""The words and signs that all views share."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from decimal import Decimal

from laddercli.blocks import Item, Span, Style, Text, plain
from laddercli.display import count as counted
from laddercli.inline import parse
from laddercli.ladder import Band, Benchmark, Criterion, Ladder, Level, Metric, Position, Reports
from laddercli.resolution import Resolved

CAREER = "◆"
PEERS = "⇄"
CRITERION = "•"
STRETCH = "◦"
AVOID = "✗"
SIGNAL = "✓"
ABSENT = "–"


def bar(found: Resolved) -> Text:
    """The step on its scale, as in "■■■□□ Combines"; empty where no step is given."""
    if found.step is None:
        return ()
    height = found.step.index + 1
    full, rest = "■" * height, "□" * (len(found.measure.scale) - height)
    return (Span(f"{full}{rest} "), Span(found.step.name))


def extent(found: Resolved) -> str:
    """How much is written in a cell whose measure has no scale, such as "4 criteria, 1 benchmark"."""
    numbers = {"criterion": len(found.criteria), "benchmark": len(found.benchmarks)}
    plurals = {"criterion": "criteria"}
    said = [counted(number, noun, plurals.get(noun)) for noun, number in numbers.items() if number]
    return ", ".join(said) or "summary only"


def step_note(found: Resolved) -> Text:
    """What the step means, and how high it stands; empty where the scale does not say."""
    step = found.step
    if step is None or not step.definition:
        return ()
    return (Span(f"{step.name}, step {step.index + 1} of {len(found.measure.scale)}: "), *parse(step.definition))


def number(value: Decimal) -> str:
    """The number as its author wrote it, with thousands separated."""
    return f"{value:,}"


def figure(benchmark: Benchmark) -> str:
    """What a quantitative benchmark asks for, such as "≥ 90 %" or "≥ 4.2 of 5"."""
    least, most = benchmark.at_least, benchmark.at_most
    unit = _unit(benchmark.metric) if benchmark.metric else ""
    if least is not None and most is not None:
        return f"= {number(least)}{unit}" if least == most else f"{number(least)}–{number(most)}{unit}"
    if least is not None:
        return f"≥ {number(least)}{unit}"
    return f"≤ {number(most)}{unit}" if most is not None else ""


def _unit(metric: Metric) -> str:
    if not metric.unit:
        return ""
    if metric.unit.casefold() in ("percent", "%"):
        return " %"
    if metric.unit.casefold().startswith("out of "):
        return " " + metric.unit[len("out ") :]
    return f" {metric.unit}"


def metric_name(metric: Metric) -> Text:
    """The metric with the time over which it is counted."""
    per = f", per {metric.per}" if metric.per else ""
    return (*parse(metric.name), Span(per)) if per else parse(metric.name)


def criterion(each: Criterion) -> Item:
    """A criterion as an entry of a list, its kind in words."""
    details = tuple((Span("Example: ", Style.DIM), *parse(example)) for example in each.examples)
    if each.kind == "stretch":
        return Item(STRETCH, (*parse(each.text), Span(" (stretch)", Style.DIM)), details)
    if each.kind == "anti-pattern":
        return Item(AVOID, (Span("Not wanted: ", Style.DIM), *parse(each.text)), details)
    return Item(CRITERION, parse(each.text), details)


def signal(benchmark: Benchmark) -> Item:
    """A qualitative benchmark as an entry of a list."""
    note = parse(benchmark.source) if benchmark.source else ()
    return Item(SIGNAL, parse(benchmark.text or ""), (), note)


def count(benchmark: Benchmark) -> Item:
    """A quantitative benchmark as an entry of a list, the figure first."""
    if benchmark.metric is None:
        return signal(benchmark)
    source = benchmark.source or benchmark.metric.source
    return Item(figure(benchmark), metric_name(benchmark.metric), (), parse(source) if source else ())


def reports(span: Reports) -> str:
    """A span of direct reports, such as "4–8"."""
    if span.max is None:
        return f"{span.min} or more"
    return str(span.min) if span.min == span.max else f"{span.min}–{span.max}"


def band(pay: Band, currency: str) -> str:
    """A range of pay, such as "95,350–131,200 USD"."""
    if pay.max is None:
        return f"from {number(pay.min)} {currency}"
    if pay.min == pay.max:
        return f"{number(pay.min)} {currency}"
    return f"{number(pay.min)}–{number(pay.max)} {currency}"


def pay_terms(ladder: Ladder) -> str:
    """What the figures mean, in one line; empty where the ladder does not say."""
    terms = ladder.compensation
    base = " ".join(
        part
        for part in (f"{terms.basis} pay" if terms.basis else "", f"per {terms.period}" if terms.period else "")
        if part
    )
    said = ", ".join(part for part in (base, f"from {terms.effective}" if terms.effective else "") if part)
    sentences = [said[:1].upper() + said[1:], terms.note or ""]
    return ". ".join(sentence for sentence in sentences if sentence)


def either(words: Iterable[str]) -> str:
    """Words joined for reading, such as "promotion, vacancy or hiring"."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def grade_label(level: Level) -> str:
    return f"grade {level.grade.title}" if level.grade else ""


def dotted(*words: str | None) -> Text:
    """Short facts on one line."""
    return plain(" · ".join(word for word in words if word))


def typed(name: str) -> str:
    """A name as a shell takes it for one word."""
    return shlex.quote(name)


def headline(position: Position) -> Text:
    """What stands above the column of a level: its title, with the revision where there is one."""
    revision = position.ladder.revision
    title = Span(position.level.title, Style.STRONG)
    return (title,) if revision is None else (title, Span(f" · {revision}", Style.DIM))
