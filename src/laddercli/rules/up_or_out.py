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
_UNIT = r"(?:(?:review|promotion|performance)\s+)?(?:months?|years?|yrs?|quarters?|cycles?)"
_PERIOD = rf"(?:[a-z]+\s+){{0,3}}?[\w.]+(?:\s?(?:-|–|to|or)\s?\w+)?[\s-]+{_UNIT}"
_LIMIT = re.compile(
    rf"\b(?:within|inside|no later than|not later than|after at most|over)\s+{_PERIOD}\b"
    rf"|\bin\s+(?!(?:the|each|every|this|that|their|its|any|last|previous|next)\b){_PERIOD}\b"
    rf"|\b(?:by|before)\s+(?:the end of\s+)?{_PERIOD}\b|\b(?:by|before)\s+(?:[a-z]+\s+){{1,3}}anniversary\b"
)
_RUNG = r"(?:level|grade|rung|step|band)\b(?!\s+of\b)"
_LEVEL = (
    rf"(?:(?:the\s+)?next|another|a higher|the higher|this|that|the)[\s-]+{_RUNG}"
    rf"|(?:the\s+)?(?:senior|staff|mid|middle|lead|principal)[\s-]+{_RUNG}|level\s+\w*\d"
)
_GO = (
    "reach|reaches|attain|attains|make|makes|progress|progresses|advance|advances|grow|grows|move|moves|step|steps"
    "|rise|rises|graduate|graduates"
)
_RISE = re.compile(
    r"\b(?:is|are|be|been|being|get|gets|getting)\s+promoted\b"
    r"|\bpromotion\b(?=\s+(?:to|within|in|by|is|at|after|before|no)\b|[,.;:)]|\Z)"
    r"|\b(?:reach|reaches|attain|attains|make|makes|\w+\s+(?:in)?to)\s+(?:a\s+)?(?:senior|staff)\b(?!\s+engineers)"
    rf"|\b(?:{_GO})\s+(?:up\s+|on\s+)?(?:it\s+)?(?:to\s+|into\s+|beyond\s+|past\s+|out of\s+)?(?:{_LEVEL})"
)
# When something happens around a promotion, or at the earliest.
_PROCESS = re.compile(
    r"\b(?:decid\w+|decision|answer\w*|reply|replies|takes? effect|effective|announc\w+|evidence|cases?|propos\w+|paid"
    r"|payroll|pay|publish\w*|read|feedback|recorded|appeal\w*|earliest|at least|possible|eligible|shown|"
    r"(?:of|after|since|before|from|following)\s+(?:a|an|the|their|your|each|every|any|being)?\s*"
    r"(?:promotions?|promoted))\b"
)
_MOST = rf"(?:no (?:more|longer) than|at most|a maximum of|maximum of)\s+{_PERIOD}\b"
_STAY = re.compile(
    rf"\b(?:{_MOST}|not [^.;]{{0,30}}?(?:more|longer) than\s+{_PERIOD}\b|up to\s+{_PERIOD}\b)[^.;]{{0,20}}?"
    r"\b(?:at|in|on)\s+(?:this|that|the|any|a|each|one|their|your)\s+(?:same\s+)?(?:level|grade|role|rung)\b"
    r"|\b(?:stay|stays|remain|remains|staying|remaining|spend|spends|spending)\b[^.;]{0,40}?"
    rf"\b(?:level|grade|role|rung)\b[^.;]{{0,20}}?\b(?:{_MOST}|(?:longer|more) than\s+{_PERIOD}\b)"
)
_DENIED = re.compile(r"\b(?:no|not|never|nobody|nothing|none|neither|without|cannot)\b|n't\b")


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
        for start, end in text.sentences():
            yield from _in_sentence(text, start, end)


def _in_sentence(text: Text, start: int, end: int) -> Iterator[tuple[Text, int, int]]:
    stay = _STAY.search(text.folded, start, end)
    if stay:
        yield text, stay.start(), stay.end()
        return
    rise = _RISE.search(text.folded, start, end)
    limit = _LIMIT.search(text.folded, start, end) if rise else None
    if rise and limit and not _PROCESS.search(text.folded, start, end) and not _DENIED.search(text.folded, start, end):
        yield text, min(rise.start(), limit.start()), max(rise.end(), limit.end())
