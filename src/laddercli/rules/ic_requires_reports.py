"""A level of individual contributors asks for nothing that only somebody with reports can do.

A track that ends in direct reports, hiring or performance reviews is a manager track by another name, and people who
want to stay with the craft cannot climb it. (Source: the article, which does not force them to manage people.)

Not flagged: mentoring and coaching; work with interns, with managers of other people and for their hiring; what is said
to be absent ("without direct reports"); the verb "reports"; hybrid tracks.

Bad:
    - Conducts performance reviews.
Good:
    - Mentors colleagues, and reports on their progress when their manager asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from laddercli.findings import Problem, flag
from laddercli.lexicon import Hit, Words, extended
from laddercli.reading import Lane, Reading, Text, at
from laddercli.rules._sentence import clause_before, is_negated, is_possessive

CATEGORY = "parity"
SEVERITY = "warning"
HEURISTIC = True
LANGUAGE = "en"
Options = Words

# A product manager manages no people. Whoever helps a manager takes no decision about people either.
_MANAGER = re.compile(
    r"(?<!product )(?<!project )(?<!program )(?<!programme )\b(?:managers?|directors?|executives|hr|people team)\b"
)
_HELP = re.compile(
    r"\b(?:help|assist|support|contribut|participat|advis|shadow|take part|takes part|input|feedback|invol)"
    r"\w*(?:[ -]+(?!and\b)\w+){0,4} $"
)


def check(reading: Reading, options: Words) -> Iterator[Problem]:
    """Each phrase in a text of individual contributors that only fits somebody with reports."""
    lanes = tuple(lane for lane in reading.lanes if lane.track.kind == "ic")
    if not lanes:
        return
    yield from _stated(lanes)
    measures = {measure.id for lane in lanes for measure in lane.track.measures}
    for hit in extended("ic-requires-reports", options).hits(reading):
        if _is_asked(hit.text, measures) and not (is_negated(hit) or _is_of_others(hit)):
            yield hit.problem(f"`{hit.words}` asks an individual contributor {hit.entry.because}")


def _stated(lanes: tuple[Lane, ...]) -> Iterator[Problem]:
    for lane in lanes:
        for level in lane.levels:
            if level.direct_reports and level.direct_reports.min > 0:
                yield flag(
                    at(level.place, "direct_reports"),
                    f"level `{level.id}` of individual contributors has direct reports",
                    help="remove them, or move the level to a track of managers",
                    key=True,
                    arguments=(),
                    weight=4,
                )


def _is_asked(text: Text, measures: set[str]) -> bool:
    """Whether individual contributors are held to a text: by their track, or as everyone is."""
    if text.kind not in ("criterion", "summary", "benchmark"):
        return False
    if text.track is not None:
        return text.track.kind == "ic"
    return text.place.loc[0] == "everyone" and text.measure is not None and text.measure.id in measures


def _is_of_others(hit: Hit) -> bool:
    """Whether the work is a manager's with whom the person works, or is about something else of people."""
    if is_possessive(hit):
        return True
    before = clause_before(hit)
    if hit.words.lower().partition(" ")[0].endswith("ing") and before.endswith(" for "):
        return True  # a guide for hiring engineers
    return bool(_MANAGER.search(before) or _HELP.search(before))
