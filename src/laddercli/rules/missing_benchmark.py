"""Each measure has a qualitative and a quantitative benchmark on each track.

A criterion says what a person does; a benchmark says how both sides can tell. What others see and what can be counted
keep each other honest. (Source: the article, which asks for both qualitative and quantitative benchmarks that people
can work on with their managers.)

Not flagged: one of each anywhere on the track is enough, also in `everyone` or on a level that the track's levels build
on; a measure that applies to no level of the track. A figure for tenure does not count, because time passes by itself.

Bad:
    measures: [{id: craft}]
    tracks:
      - id: ic
        kind: ic
        levels:
          - id: one
            expectations:
              craft: Writes requirements for a release.
Good:
    measures: [{id: craft}]
    metrics: [{id: commitments-kept, unit: percent}]
    tracks:
      - id: ic
        kind: ic
        levels:
          - id: one
            expectations:
              craft:
                summary: Writes requirements for a release.
                benchmarks:
                  - Engineers start from the requirements without a meeting.
                  - {metric: commitments-kept, at_least: 80}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from laddercli.findings import Problem, flag
from laddercli.ladder import Benchmark, Expectation, Ladder, Measure, Metric
from laddercli.reading import Lane, Reading, at
from laddercli.rules._placeholders import is_placeholder

CATEGORY = "structure"
SEVERITY = "warning"

_HELP = {
    "qualitative": "add a sentence to `benchmarks` about what others do, or what exists, when the criteria are met",
    "quantitative": "add a figure to `benchmarks`, such as {metric: commitments-kept, at_least: 80}",
}
_TIMES = ("tenure", "length of service", "year", "month", "time")
# Time that a person has served; "tenure of the team" is about others.
_TENURE = re.compile(
    r"\b(?:tenure|length of service|(?:years?|months?|time) (?:spent |served )?(?:of|in|at|with|on)"
    r" (?:(?:the|this|a|an|one's|their|current|same) )*"
    r"(?:service|(?:\w+ )?experience|role|job|position|post|grade|level|company|team|profession|field|industry))"
    r"\b(?! of\b)"
)


def check(reading: Reading) -> Iterator[Problem]:
    """Each measure of each track that lacks a benchmark of either kind."""
    for lane in reading.lanes:
        for index, measure in enumerate(lane.track.measures):
            lacking = _lacking(reading.ladder, lane, measure)
            if lacking:
                own = reading.own(measure.place)
                place = at(measure.place, "id") if own else at(lane.track.place, "measures", index)
                what = " and no ".join(lacking)
                message = f"`{measure.id}` has no {what} benchmark on the track `{lane.track.id}`"
                help = "; ".join(_HELP[kind] for kind in lacking)
                yield flag(place, message, help=help, arguments=(lane.track.id, measure.id))


def _lacking(ladder: Ladder, lane: Lane, measure: Measure) -> list[str]:
    """The kinds of benchmark that nobody on the track is given for a measure."""
    if all(_is_exempt(level.expectations.get(measure.id)) for level in lane.levels):
        return []
    lacking = ["qualitative", "quantitative"]
    for benchmark in _benchmarks(ladder, lane, measure):
        kind = "quantitative" if benchmark.metric else "qualitative"
        if kind in lacking and _counts(benchmark):
            lacking.remove(kind)
            if not lacking:
                break
    return lacking


def _is_exempt(cell: Expectation | None) -> bool:
    return cell is not None and cell.not_applicable is not None


def _benchmarks(ladder: Ladder, lane: Lane, measure: Measure) -> Iterator[Benchmark]:
    """What the levels of a lane ask for, resolved, but each cell only once for all levels."""
    met: set[str] = set()
    waiting = list(lane.levels)
    while waiting:
        level = waiting.pop()
        if level.id in met:
            continue
        met.add(level.id)
        cell = level.expectations.get(measure.id)
        if cell is not None and cell.not_applicable:
            continue
        if cell is not None:
            yield from cell.benchmarks
        below = ladder.below(level)
        if below and ((cell and cell.unchanged) or ladder.policy.levels == "cumulative"):
            waiting.append(below)
        waiting += [ladder.levels[name][1] for name in level.inherits]
    everyone = [lane.track.everyone, *(each.cells for each in ladder.everyone)]
    yield from (each for cells in everyone if measure.id in cells for each in cells[measure.id].benchmarks)


def _counts(benchmark: Benchmark) -> bool:
    return not (_is_tenure(benchmark.metric) if benchmark.metric else is_placeholder(benchmark.text or ""))


def _is_tenure(metric: Metric) -> bool:
    said = " ".join((metric.name, metric.id.replace("-", " "), metric.definition or "", metric.unit or "")).lower()
    return any(word in said for word in _TIMES) and _TENURE.search(said) is not None
