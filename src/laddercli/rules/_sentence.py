"""How a phrase stands in its sentence: denied ("management is not a promotion"), or as part of something else."""

from __future__ import annotations

import re

from laddercli.lexicon import Hit

_BEFORE = re.compile(
    r"\b(?:not?|never|nobody|none|nor|neither|nothing|nowhere|without|cannot|rather than|instead of|less than|lacks?"
    r"|no[ -]one|free (?:of|from)|stops?|avoids?)\b|n't\b"
)
_AFTER = re.compile(
    r"\W+(?:\w+\W+){0,2}?(?:\w+n't\b|cannot\b|(?:is|are|was|does|do|has|have|must|should|can|will|may)\W+(?:not?|never)\b)"
)
_CLAUSE = re.compile(r"[;:]|,? but |, and ")


def clause_before(hit: Hit) -> str:
    """What stands before a phrase in its clause, folded."""
    start = next((start for start, end in hit.text.sentences() if start <= hit.start < end), 0)
    return _CLAUSE.split(hit.text.folded[start : hit.start])[-1]


def is_negated(hit: Hit) -> bool:
    """Whether the clause says of the phrase that it is not so: somewhere before it, or as its predicate."""
    return bool(_BEFORE.search(clause_before(hit)) or _AFTER.match(hit.text.folded, hit.end))


def is_possessive(hit: Hit) -> bool:
    """Whether the phrase ends in an owner of something else, as in "manages people's calendars"."""
    return hit.text.folded.startswith("'", hit.end)
