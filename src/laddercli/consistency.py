"""What must agree within a ladder: figures that can be met, grades that do not fall, inheritance without a circle.

Checked on plain data, like ``references``. A part with the wrong type is passed over here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from laddercli import schema, values
from laddercli.findings import Place, Problem, Related
from laddercli.nodes import Plain, core
from laddercli.references import Bundle, Cell, Part, cells, entries, is_id, part, parts, words


def check(bundle: Bundle) -> Iterator[Problem]:
    """Judge figures, order and inheritance of a ladder, or of a shared file by itself."""
    tops = [Part(document.data, Place(document.path, ())) for document in bundle.documents]
    root = tops[-1]
    yield from _pay(root)
    for cell in cells(root):
        yield from _cell(cell)
    for track in parts(root, "tracks"):
        levels = list(parts(track, "levels"))
        yield from _falling_grades(levels, _order_of_grades(tops))
        yield from _spans(levels)
        if levels:
            yield from _unchanged(levels[0])
    yield from _circles(root)


def _amount(value: Any) -> Decimal | None:
    return Decimal(value) if isinstance(value, Plain) and re.match(values.NUMBER_PATTERN, value) else None


def _pay(top: Part) -> Iterator[Problem]:
    for grade in parts(top, "grades"):
        yield from _bands(grade, "pay")
    for track in parts(top, "tracks"):
        for level in parts(track, "levels"):
            yield from _bands(level, "pay")
    for grade_id in part(top, "pay").data:
        yield from _bands(part(top, "pay"), grade_id)


def _bands(holder: Part, key: str) -> Iterator[Problem]:
    for _, band, place in entries(holder, key):
        if not isinstance(band, dict):
            continue
        amounts = [(name, _amount(band.get(name))) for name in ("min", "mid", "max")]
        known = [(name, amount) for name, amount in amounts if amount is not None]
        for name, amount in known:
            if amount <= 0:
                yield Problem("impossible-pay", Place(place.file, (*place.loc, name)), f"`{name}` must be more than 0")
        for (low, less), (high, more) in pairwise([(name, amount) for name, amount in known if amount > 0]):
            if less > more:
                at = Place(place.file, (*place.loc, high))
                help = "a range rises: min, mid, max"
                yield Problem("impossible-pay", at, f"`{high}` is less than `{low}`", help=help)


def _cell(cell: Cell) -> Iterator[Problem]:
    for key in ("unchanged", "not_applicable"):
        says_no = key == "unchanged" and core(cell.data.get(key)) is False
        if key in cell.data and len(cell.data) > 1 and not says_no:
            others = ", ".join(f"`{other}`" for other in cell.data if other != key)
            place = Place(cell.place.file, (*cell.place.loc, key))
            help = f"take out {others}, or `{key}`"
            yield Problem("bad-value", place, f"`{key}` stands alone in an expectation", help=help, key=True)
    for benchmark in parts(Part(cell.data, cell.place), "benchmarks"):
        yield from _benchmark(benchmark)


def _benchmark(benchmark: Part) -> Iterator[Problem]:
    data = benchmark.data
    figures = tuple(key for key in ("at_least", "at_most") if key in data)
    if ("metric" in data) == ("text" in data) or ("metric" in data) != bool(figures):
        yield from _odd_benchmark(benchmark, figures)
    if len(figures) == 2:
        least, most = _amount(data["at_least"]), _amount(data["at_most"])
        if least is not None and most is not None and least > most:
            message = f"nothing is at least {data['at_least']} and at most {data['at_most']}"
            yield Problem("impossible-benchmark", benchmark.at("at_most"), message)


def _odd_benchmark(benchmark: Part, figures: tuple[str, ...]) -> Iterator[Problem]:
    """A benchmark that is neither a text nor a metric with its figure."""
    data = benchmark.data
    if "metric" in data and "text" in data:
        message = "a benchmark has `text` or `metric`, not both"
        help = "write two benchmarks, one with `text` and one with `metric`"
        yield Problem("bad-value", benchmark.at("metric"), message, help=help, key=True)
    elif set(data) - schema.Benchmark.model_fields.keys():
        pass  # what seems to be missing is most likely there, by another name
    elif "metric" not in data and figures:
        help = "name the metric that is counted: {metric: …, at_least: …}"
        yield Problem("missing-key", benchmark.place, f"`{figures[0]}` needs a `metric`", help=help)
    elif "metric" not in data:
        yield Problem("missing-key", benchmark.place, "a benchmark needs `text` or `metric`")
    else:
        help = "write how much: {metric: …, at_least: 80}"
        yield Problem("missing-key", benchmark.place, "a metric needs `at_least` or `at_most`", help=help)


def _order_of_grades(tops: list[Part]) -> dict[str, int]:
    """The place of each grade on the one scale. Where two files have a scale there is none to go by."""
    scales = [list(parts(top, "grades")) for top in tops if isinstance(top.data.get("grades"), list)]
    if len(scales) != 1:
        return {}
    order: dict[str, int] = {}
    for grade in scales[0]:
        if isinstance(grade.data.get("id"), str):
            order.setdefault(grade.data["id"], len(order))
    return order


def _falling_grades(levels: list[Part], order: dict[str, int]) -> Iterator[Problem]:
    highest: Part | None = None
    for level in levels:
        grade = level.data.get("grade")
        if not isinstance(grade, str) or grade not in order:
            continue
        if highest is not None and order[grade] < order[highest.data["grade"]]:
            message = (
                f"`{level.data.get('id')}` stands above `{highest.data.get('id')}` but has the lower grade `{grade}`"
            )
            related = (Related(f"`{highest.data['grade']}` is given at", highest.at("grade")),)
            help = "levels are listed lowest first: move the level, or correct its grade"
            yield Problem("falling-grade", level.at("grade"), message, help=help, related=related)
        else:
            highest = level


def _spans(levels: list[Part]) -> Iterator[Problem]:
    for level in levels:
        span = part(level, "direct_reports")
        least, most = _amount(span.data.get("min")), _amount(span.data.get("max"))
        if least is not None and most is not None and least > most:
            yield Problem("bad-value", span.at("max"), "`max` is less than `min`")


def _unchanged(lowest: Part) -> Iterator[Problem]:
    for measure, value, place in entries(lowest, "expectations"):
        if isinstance(value, dict) and core(value.get("unchanged")) is True:
            message = (
                f"`{lowest.data.get('id')}` is the lowest level of its track: there is no level below it to be like"
            )
            at = Place(place.file, (*place.loc, "unchanged"))
            yield Problem("unchanged-lowest", at, message, help=f"write what `{measure}` asks for here", key=True)


def _circles(top: Part) -> Iterator[Problem]:
    """Levels that inherit from themselves by some way round, each circle once."""
    inherits: dict[str, list[tuple[str, Place]]] = {}
    for track in parts(top, "tracks"):
        for level in parts(track, "levels"):
            if is_id(level.data.get("id")):
                inherits.setdefault(level.data["id"], list(words(level, "inherits")))
    done: set[str] = set()
    for start in inherits:
        yield from _circle_from(start, inherits, done)


def _circle_from(start: str, inherits: dict[str, list[tuple[str, Place]]], done: set[str]) -> Iterator[Problem]:
    """Walk the inheritance depth first without recursion: a track may have a thousand levels."""
    path: dict[str, None] = {}
    todo: list[tuple[str | None, Place | None]] = [(start, None)]
    while todo:
        name, place = todo.pop()
        if name is None:
            done.add(path.popitem()[0])
        elif name in path and place is not None:
            names = list(path)
            way = " → ".join([*names[names.index(name) :], name])
            yield Problem("inherits-cycle", place, f"the level inherits from itself: {way}")
        elif name not in done and name in inherits:
            path[name] = None
            todo.append((None, None))
            todo += inherits[name]
