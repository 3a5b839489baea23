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

import re
from collections.abc import Iterator

from laddercli.findings import Problem
from laddercli.lexicon import Hit, Words, extended
from laddercli.reading import Reading
from laddercli.rules._sentence import clause_before, is_negated, is_possessive

CATEGORY = "parity"
SEVERITY = "warning"
HEURISTIC = True
LANGUAGE = "en"
Options = Words

_THING = re.compile(
    r"\b(?:access|asset|capacity|career|case|change|configuration|content|contract|cost|customer|data|demand|document"
    r"|incident|information|inventory|knowledge|performance|portfolio|problem|process|product|program|programme|project"
    r"|quality|release|resource|revenue|risk|scope|service|stakeholder|supplier|task|time|vendor)[ -]+$"
)


def check(reading: Reading, options: Words) -> Iterator[Problem]:
    """Each phrase that makes management the promotion, or the craft what is left."""
    for hit in extended("management-as-reward", options).hits(reading):
        if not (is_negated(hit) or is_possessive(hit) or _is_of_things(hit)):
            yield hit.problem(f"`{hit.words}` {hit.entry.because}")


def _is_of_things(hit: Hit) -> bool:
    """Whether what is managed is no people, as in "risk management is the next step"."""
    return hit.words.lower().startswith("management") and bool(_THING.search(clause_before(hit)))
