"""A criterion leaves room for the exception that a good year has.

Nobody does something always, so one miss fails an honest reader, and everybody else learns to read past the words. A
frequency or a benchmark says what is meant. (Source: the Financial Times on words for how often something is done.)

Not flagged: cadence ("every two weeks"), what the work reaches ("the entire product", "all teams"), "all hands", "not
always"; what a process does ("all changes are reviewed by a second person"); `about`, `notes` and moves, where a rule
of the company may well have no exception.

Bad:
    - Always answers customers on the day of their question.
Good:
    - Answers customers within two days in most weeks.
"""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.findings import Problem
from laddercli.lexicon import Words, extended
from laddercli.reading import Reading
from laddercli.rules._demands import is_demand

CATEGORY = "wording"
SEVERITY = "warning"
HEURISTIC = True
LANGUAGE = "en"
Options = Words


def check(reading: Reading, options: Words) -> Iterator[Problem]:
    """Each word that allows no exception."""
    for hit in extended("absolute-term", options).hits(reading):
        if is_demand(hit.text) or hit.text.kind == "benchmark":
            yield hit.problem(f"`{hit.words}` is {hit.entry.because}")
