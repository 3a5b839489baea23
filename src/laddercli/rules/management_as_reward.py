"""Management is described as other work, not as the promotion.

When management is what the best are given, people who are good at the craft take reports to be recognized, and teams
get managers who do not want to manage. (Source: the article, on the question "When do I get to manage somebody?".)

Not flagged: what is denied ("a move to management is not a promotion"); promotion from one manager level to the next.

Bad:
    - Is ready to manage people.
Good:
    - Has led the interviews for a post, and wants to try the work of a manager.
"""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.findings import Problem
from laddercli.lexicon import Words, extended
from laddercli.reading import Reading
from laddercli.rules._negation import is_negated

CATEGORY = "parity"
SEVERITY = "warning"
HEURISTIC = True
LANGUAGE = "en"
Options = Words


def check(reading: Reading, options: Words) -> Iterator[Problem]:
    """Each phrase that makes management the promotion, or the craft what is left."""
    for hit in extended("management-as-reward", options).hits(reading):
        if not is_negated(hit):
            yield hit.problem(f"`{hit.words}` {hit.entry.because}")
