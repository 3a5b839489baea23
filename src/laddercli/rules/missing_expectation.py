"""Every active level says something for each measure of its track.

A person can only be measured against what is written. Where a level is silent, each manager fills the gap in another
way. (Source: the article, which asks for level descriptions in terms of each measure.)

Not flagged: `unchanged` and `not_applicable`, which are answers; what a level takes over from `inherits`, from
`everyone`, from its step, or from the level below where levels are cumulative; the Portuguese and Spanish word "todo".
Placeholders such as TBD, TODO, "N/A" and "same as above" count as nothing.

Bad:
    - TBD
Good:
    - Answers questions from support within one working day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from laddercli.amendments import Fix, Insert
from laddercli.findings import Problem, flag
from laddercli.ladder import Expectation, Level, Measure, Step, Track
from laddercli.reading import Reading, at
from laddercli.resolution import Layer
from laddercli.rules._placeholders import is_placeholder

CATEGORY = "structure"
SEVERITY = "error"
FIX = "unsafe"

_STUB = "TODO"
_SHOWN = 6
_HELP = "say what people at this level do, or write `{unchanged: true}`, or `{not_applicable: …}` with the reason"


def check(reading: Reading) -> Iterator[Problem]:
    """Each cell in which nobody says anything; a level that says nothing at all is one problem."""
    for track, level in reading.levels:
        silent = [measure for measure in track.measures if _is_silent(reading, level, measure)]
        if len(silent) == len(track.measures) > 1:
            yield _silent_level(track, level)
        else:
            for measure in silent:
                yield _silent_cell(level, measure)


def _is_silent(reading: Reading, level: Level, measure: Measure) -> bool:
    cell = level.expectations.get(measure.id)
    if cell is not None and (cell.unchanged or cell.not_applicable or _says(cell) or _explains(cell.step)):
        return False
    resolved = reading.resolved(level, measure)
    return not (_explains(resolved.step) or any(map(_says, resolved.layers)))


def _says(part: Expectation | Layer) -> bool:
    """Whether there is a text in it that is more than a placeholder, or a figure."""
    if any(benchmark.metric for benchmark in part.benchmarks):
        return True
    return any(not is_placeholder(text) for text in _texts(part))


def _texts(part: Expectation | Layer) -> Iterable[str]:
    if part.summary:
        yield part.summary
    for criterion in part.criteria:
        yield criterion.text
    for benchmark in part.benchmarks:
        yield benchmark.text or ""
    yield from part.examples


def _explains(step: Step | None) -> bool:
    """Whether a step says more than its name."""
    if step is None:
        return False
    texts = [*(each.text for each in step.criteria), *step.examples]
    return any(not is_placeholder(text) for text in ([step.definition] if step.definition else []) + texts)


def _silent_level(track: Track, level: Level) -> Problem:
    unwritten = [measure for measure in track.measures if measure.id not in level.expectations]
    # `expectations:` is made by the first stub; the others follow when it is there.
    stubs = unwritten if level.expectations else unwritten[:1]
    message = f"`{level.id}` says nothing for any measure of the track `{track.id}`"
    return flag(at(level.place, "id"), message, help=_HELP, arguments=(), fix=_fix(level, stubs))


def _silent_cell(level: Level, measure: Measure) -> Problem:
    cell = level.expectations.get(measure.id)
    message = f"`{level.id}` says nothing about `{measure.id}`"
    if cell is None:
        place = at(level.place, "expectations")
        return flag(place, message, key=True, help=_HELP, arguments=(measure.id,), fix=_fix(level, [measure]))
    text = next(iter(_texts(cell)), None)
    if text:
        message += f" but `{' '.join(text.split()[:_SHOWN])}`"
    elif cell.step:
        message += f" but the step `{cell.step.name}`, which has no definition"
    return flag(cell.place, message, help=_HELP, arguments=(measure.id,))


def _fix(level: Level, measures: list[Measure]) -> Fix | None:
    if not measures:
        return None
    inserts = tuple(Insert(level.place, ("expectations", measure.id), _STUB) for measure in measures)
    return Fix(f"write `{_STUB}` where an expectation is missing", inserts)
