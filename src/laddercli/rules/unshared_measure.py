"""Managers are measured by everything that individual contributors are; where tracks differ, the ladder says so.

Two levels can be peers only when they are seen through the same measures. Managers may have more, such as one for the
work with people. (Source: the article, whose measures "must be relevant at each level".)

Not flagged: a measure that the manager track adds; one that a specialty has and another does not; one that no level of
either kind says anything about.

Bad:
    measures: [{id: craft}, {id: impact}]
    tracks:
      - {id: ic, kind: ic, levels: [{id: expert}]}
      - {id: manager, kind: manager, measures: [impact], levels: [{id: lead}]}
Good:
    measures: [{id: craft}, {id: people}]
    tracks:
      - {id: ic, kind: ic, measures: [craft], levels: [{id: expert}]}
      - {id: manager, kind: manager, levels: [{id: lead}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.findings import Problem, flag
from laddercli.ladder import Measure
from laddercli.reading import Lane, Reading, at

CATEGORY = "parity"
SEVERITY = "error"


def check(reading: Reading) -> Iterator[Problem]:
    """Each measure that managers lack, and each that a track lists without a level that says anything about it."""
    contributors, managers = reading.lanes_of("ic"), reading.lanes_of("manager")
    if contributors and managers:
        yield from _dropped(contributors, managers)
        for own, others in ((contributors, managers), (managers, contributors)):
            for lane in own:
                yield from _silent(reading, lane, others)


def _dropped(contributors: tuple[Lane, ...], managers: tuple[Lane, ...]) -> Iterator[Problem]:
    """The measures of each track of individual contributors that a track of managers leaves out."""
    shared = set.intersection(*({each.id for each in lane.track.measures} for lane in contributors))
    first = contributors[0].track
    for lane in managers:
        listed = {each.id for each in lane.track.measures}
        for measure in first.measures:
            if measure.id in shared - listed:
                yield flag(
                    at(lane.track.place, "measures"),
                    f"track `{lane.track.id}` leaves out the measure `{measure.id}` of track `{first.id}`",
                    help=f"add `{measure.id}`: a manager track may add measures, and drops none",
                    key=True,
                    arguments=("dropped", measure.id),
                )


def _silent(reading: Reading, lane: Lane, others: tuple[Lane, ...]) -> Iterator[Problem]:
    """The measures that a track has by its list and not in fact, while one of the other kind has them in fact."""
    silent = [measure for measure in lane.track.measures if not _speaks(reading, lane, measure)]
    if len(silent) == len(lane.track.measures):
        return  # nothing of this track is written yet
    for measure in silent:
        other = next((other for other in others if _has(other, measure) and _speaks(reading, other, measure)), None)
        if other is not None and lane.track.kind != "hybrid":
            yield flag(
                at(lane.track.place, "measures"),
                f"no level of track `{lane.track.id}` asks for `{measure.id}`, which track `{other.track.id}` asks for",
                help=_advice(lane, measure),
                key=True,
                arguments=("silent", measure.id),
            )


def _has(lane: Lane, measure: Measure) -> bool:
    return any(each.id == measure.id for each in lane.track.measures)


def _speaks(reading: Reading, lane: Lane, measure: Measure) -> bool:
    """Whether any level of a track asks for something in a measure: seen at once, as a rule, from what is written."""
    cells = (level.expectations.get(measure.id) for level in lane.levels)
    if any(cell is not None and (cell.step or cell.summary or cell.criteria or cell.benchmarks) for cell in cells):
        return True
    resolved = (reading.resolved(level, measure) for level in lane.levels)
    return any(each.not_applicable is None and not each.is_missing for each in resolved)


def _advice(lane: Lane, measure: Measure) -> str:
    if lane.track.kind == "manager":
        return f"write what `{measure.id}` means for managers"
    rest = ", ".join(each.id for each in lane.track.measures if each.id != measure.id)
    return f"write what it means on this track, or say that it has no such measure: `measures: [{rest}]`"
