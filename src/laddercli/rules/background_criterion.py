"""A level is reached by what somebody does today, not by where somebody comes from.

A degree, a school, a first language or a well-known employer was handed out elsewhere, and not to everybody alike. What
the person learned there shows in the work, which is what a level can ask for. (Source: Wille and Derous on wording in
job ads; the article's first level asks for people from another discipline.)

Not flagged: what is denied ("a degree is not needed"); degrees of other kinds ("a degree of risk"); background jobs and
checks; languages as a skill. Where the law asks for a qualification, ignore the finding with that reason.

Bad:
    - Has a degree in computer science, and is a native speaker of English.
Good:
    - Chooses data structures by measured cost, and writes reports in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from laddercli.findings import Problem
from laddercli.lexicon import Hit, Words, extended
from laddercli.reading import Reading
from laddercli.rules._citation import is_cited
from laddercli.rules._sentence import is_negated

CATEGORY = "inclusion"
SEVERITY = "warning"
HEURISTIC = True
LANGUAGE = "en"
Options = Words

# "regardless of degree", "a degree is optional", "no formal degree": said to keep nobody out.
_BEFORE = re.compile(
    r"(?:regardless|irrespective|independent(?:ly)?) of|whatever|whether or not|any\s*\Z|with or without"
)
_AFTER = re.compile(r"[\w\s,-]{0,40}?\b(?:optional|irrelevant|unnecessary|no substitute|counts? for nothing)\b")


def check(reading: Reading, options: Words) -> Iterator[Problem]:
    """Each phrase that asks for an origin."""
    for hit in extended("background-criterion", options).hits(reading):
        if not (is_negated(hit) or _is_waived(hit) or is_cited(hit.text, hit.start, hit.end)):
            yield hit.problem(f"`{hit.words}` is {hit.entry.because}")


def _is_waived(hit: Hit) -> bool:
    """Whether the sentence says that the origin does not matter."""
    start = next((start for start, end in hit.text.sentences() if start <= hit.start < end), 0)
    return bool(_BEFORE.search(hit.text.folded, start, hit.start) or _AFTER.match(hit.text.folded, hit.end))
