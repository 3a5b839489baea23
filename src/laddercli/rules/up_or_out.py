"""Nobody has to be promoted by a date.

A level is a place to do good work, for some people for good. A deadline turns promotion into the price of staying,
hurries decisions that rest on evidence, and costs people with part-time work or leave their post. (Source: the article,
which asks to leave "the legacy of up-or-out management" behind.)

Not flagged: what is denied ("there is no deadline"); how long a decision takes, how old evidence is, and after which
time a promotion is possible at the earliest; deadlines for work.

Bad:
    - Is expected to reach the next level within two years.
Good:
    - Agrees each year with the manager what to learn for the next level, if any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from laddercli.findings import Problem, flag
from laddercli.lexicon import Words, extended
from laddercli.reading import Reading, Text
from laddercli.rules._citation import is_cited
from laddercli.rules._sentence import is_negated

CATEGORY = "inclusion"
SEVERITY = "warning"
HEURISTIC = True
LANGUAGE = "en"
Options = Words

_HELP = "leave the date out, and mark a level where people may stay with `career_level: true`"
_UNITS = "month months year years yr yrs quarter quarters cycle cycles anniversary".split()
_SUBJECTS = ("promot", "level", "grade", "rung", "band", "role", "senior", "staff")
_DEADLINES = frozenset("within inside in over by before".split())


class _Patterns(NamedTuple):
    """Made when the first sentence needs them."""

    time: re.Pattern[str]
    rise: re.Pattern[str]
    stay: re.Pattern[str]
    process: re.Pattern[str]
    denied: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    rung = r"(?:level|grade|rung|step|band)\b(?!\s+of\b)"
    named = (
        rf"(?:(?:a\s+|the\s+)?(?:next|another|higher|this|that|the|senior|staff|mid|middle|lead|principal)[\s-]+{rung}"
    )
    reach = r"(?:reach|attain|make|progress|advance|grow|move|step|rise|graduate)(?:s|es)?"
    return _Patterns(
        time=re.compile(
            r"\b(within|inside|in|over|by|before|(?:no|not) later than|at most|(?:more|longer) than|maximum of|up to)"
            r"\s+((?:[a-z]+\s+){0,4}?)[\w.]+(?:\s?(?:-|–|to|or)\s?\w+)?[\s-]+"
            r"(?:(?:review|promotion|performance)\s+)?(?:months?|years?|yrs?|quarters?|cycles?|anniversary)\b"
        ),
        rise=re.compile(
            r"\b(?:is|are|be|been|being|gets?|getting)\s+promoted\b"
            r"|\bpromotion\b(?=\s+(?:to|within|in|by|is|at|after|before|no)\b|[,.;:)]|\Z)"
            rf"|\b{reach}\s+(?:up\s+|on\s+|it\s+)?(?:(?:in)?to\s+|beyond\s+|past\s+|out of\s+)?{named}|level\s+\w*\d)"
            r"|\b(?:(?:reach|attain|make)(?:s|es)?|\w+\s+(?:in)?to)\s+(?:a\s+)?(?:senior|staff)\b(?!\s+engineers)"
        ),
        stay=re.compile(
            r"\b(?:(?:stay|remain)(?:s|ing)?\s+)?(?:at|in|on)\s+(?:this|that|the|any|a|each|one|their|your)\s+(?:same\s+)?"
            r"(?:level|grade|role|rung)\b"
        ),
        # When something happens around a promotion, or at the earliest.
        process=re.compile(
            r"\b(?:deci(?:d|s)\w+|answer|repl(?:y|ies)|effect|announc|evidence|cases?\b|propos|paid|pay|publish|read\b"
            r"|feedback|record|appeal|earliest|at least|possible|eligible|shown"
            r"|(?:of|after|since|before|from|following)\s+(?:(?:an?|the|their|your|each|every|any|being)\s+)?promot)"
        ),
        denied=re.compile(r"\b(?:no|not|never|nobody|nothing|none|neither|without|cannot)\b|n't\b"),
    )


def check(reading: Reading, options: Words) -> Iterator[Problem]:
    """Each sentence with a deadline for promotion, and each phrase for leaving without one."""
    found = [*_deadlines(reading)]
    for hit in extended("up-or-out", options).hits(reading):
        if not (is_negated(hit) or is_cited(hit.text, hit.start, hit.end)):
            found.append((hit.text, hit.start, hit.end))
    taken: dict[int, int] = {}
    for text, start, end in sorted(found, key=lambda each: (each[1], -each[2])):
        if start >= taken.get(id(text), 0):
            taken[id(text)] = end
            words = " ".join(text.value[start:end].split())
            message = f"`{words}` is a deadline for promotion"
            yield flag(text.place, message, help=_HELP, within=(start, end), arguments=(words.casefold(),))


def _deadlines(reading: Reading) -> Iterator[tuple[Text, int, int]]:
    texts = {id(text): text for unit in _UNITS for text, _ in reading.index.get(unit, ())}
    for text in texts.values():
        if any(subject in text.folded for subject in _SUBJECTS):
            for start, end in text.sentences():
                yield from _in_sentence(text, start, end)


def _in_sentence(text: Text, start: int, end: int) -> Iterator[tuple[Text, int, int]]:
    patterns = _patterns()
    for time in patterns.time.finditer(text.folded, start, end):
        goal = patterns.rise if _is_deadline(time) else patterns.stay if _is_limit(text, start, time) else None
        rise = goal.search(text.folded, start, end) if goal else None
        if rise and (goal is patterns.stay or not _is_harmless(text, start, end)):
            yield text, min(rise.start(), time.start()), max(rise.end(), time.end())
            return


def _is_deadline(time: re.Match[str]) -> bool:
    """Whether a time is one to be kept: "in two years", and not "in each quarter"."""
    word, rest = time[1], time[2].split()[:1]
    is_season = (
        word == "in" and rest and rest[0] in ("the", "each", "every", "this", "that", "their", "its", "any", "next")
    )
    return (word in _DEADLINES or word.endswith("later than")) and not is_season


def _is_limit(text: Text, start: int, time: re.Match[str]) -> bool:
    """Whether a time is the longest that somebody may stay: "no longer than two years"."""
    if time[1] in ("at most", "maximum of", "up to"):
        return True
    return time[1].endswith(" than") and _patterns().denied.search(text.folded, start, time.start()) is not None


def _is_harmless(text: Text, start: int, end: int) -> bool:
    """Whether a sentence denies a deadline, or speaks about how promotions are decided."""
    patterns = _patterns()
    return any(pattern.search(text.folded, start, end) for pattern in (patterns.process, patterns.denied))
