"""A criterion says what somebody does, not what somebody can do.

Whether a person could do something is a guess, which is made more kindly of some people than of others. What the person
does can be seen. (Source: the Financial Times on demonstrable competencies, which begin with a verb.)

Not flagged: "can be"; what others can do ("so that support can answer"); benchmarks, `about` and `notes`.

Bad:
    - Can lead an interview with a customer.
Good:
    - Leads interviews with customers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from laddercli.amendments import Fix, Replace
from laddercli.findings import Problem
from laddercli.lexicon import Hit, Words, entries, extended
from laddercli.reading import Reading, Text
from laddercli.rules._demands import is_demand, opens
from laddercli.rules._grammar import bases, is_adverb, third, thirds

CATEGORY = "wording"
SEVERITY = "info"
HEURISTIC = True
LANGUAGE = "en"
FIX = "unsafe"
Options = Words

_ADVERB = r"(?:[a-z]+ly|also|often|then|now|still|even)"
_ACTION = re.compile(rf"\s+((?:{_ADVERB}\s+)*)([a-z]+)(?![\w'-])")
# Another verb that goes with the same "can" may follow these.
_NEXT = re.compile(rf"(?:[,;/&]|\b(?:and|or|but|then))\s*(?:(?:and|or|then|to|{_ADVERB})\s+)*([a-z]+)")
_JOINED = re.compile(rf"\s+(?:{_ADVERB}\s+)?(?:and|or|/|&)\s")
# After these somebody else, or something, is the subject.
_ASIDE = re.compile(
    r"\b(?:that|which|who|whom|whose|so|where|when|if|whether|because|how|what|until|as|others|people)\b"
)
_LINK = re.compile(r"(?:,|;|\b(and|but))\s+\Z")
_START = re.compile(r"[.!?:;]\s")
_WORD = re.compile(r"[a-z']+")
_CONTRACTED = {"you're": "you", "they're": "they", "we're": "we", "i'm": "I", "he's": "he", "she's": "she"}
_PLURAL = frozenset("i you we they are am be have show demonstrate prove display should must will would to".split())
_SINGULAR = frozenset("he she is has shows demonstrates proves displays he's she's".split())


class _Action(NamedTuple):
    """The verb behind "can", in its base form, with the adverbs before it."""

    adverbs: str
    verb: str
    end: int


def check(reading: Reading, options: Words) -> Iterator[Problem]:
    """Each sentence that says what a person could do."""
    hits = [hit for hit in extended("ability-not-action", options).hits(reading) if _is_of_the_person(hit)]
    of_one = bool(hits) and _speaks_of_one(reading)
    for hit in hits:
        message = f"`{hit.words}` says what the person could do"
        yield hit.problem(message, help="say what the person does", fix=_fix(hit, of_one))


def _is_of_the_person(hit: Hit) -> bool:
    return is_demand(hit.text) and (opens(hit.text, hit.start) or _goes_on(hit.text, hit.start))


def _goes_on(text: Text, start: int) -> bool:
    """Whether the words are joined to a clause in which the person is the subject: "plans releases and can …"."""
    before = text.folded[_sentence(text, start) : start]
    return bool(_LINK.search(before)) and not _ASIDE.search(before)


def _sentence(text: Text, start: int) -> int:
    ends = [match.end() for match in _START.finditer(text.folded, 0, start)]
    return ends[-1] if ends else 0


def _fix(hit: Hit, of_one: bool) -> Fix | None:
    """The verb instead of the ability, in the person of the sentence; None where it may not be a verb."""
    action = _action(hit)
    takes_s = _takes_s(hit, of_one) if action else None
    if action is None or takes_s is None or (takes_s and _has_another_verb(hit.text, action.end)):
        return None
    subject = _CONTRACTED.get(_own(hit), "")
    verb = third(action.verb) if takes_s else action.verb
    words = " ".join(filter(None, (subject, action.adverbs, verb)))
    if hit.text.value[hit.start].isupper():
        words = words[0].upper() + words[1:]
    return Fix(f"write `{words}`", (Replace(hit.text.place, hit.start, action.end, words),))


def _own(hit: Hit) -> str:
    """The first of the words found."""
    return hit.text.folded[hit.start : hit.end].split()[0]


def _action(hit: Hit) -> _Action | None:
    match = _ACTION.match(hit.text.folded, hit.end)
    if match is None or hit.entry not in entries("ability-not-action"):
        return None
    verb = _gerunds().get(match[2]) if hit.words.lower().endswith(" of") else match[2]
    return _Action(" ".join(match[1].split()), verb, match.end()) if verb in bases() else None


def _has_another_verb(text: Text, start: int) -> bool:
    stop = _START.search(text.folded, start)
    rest = text.folded[start : stop.start() if stop else None]
    return bool(_JOINED.match(rest)) or any(match[1] in bases() for match in _NEXT.finditer(rest))


def _takes_s(hit: Hit, of_one: bool) -> bool | None:
    """Whether the verb takes an -s: after "is able" and "she can", or where the ladder's own verbs do. None where it
    cannot be told."""
    before = hit.text.folded[_sentence(hit.text, hit.start) : hit.start]
    words = _WORD.findall(before)
    near = [_own(hit), *(word for word in reversed(words) if not is_adverb(word))][:2]
    for word in near:
        if word in _PLURAL or word in _SINGULAR or word in _CONTRACTED:
            return word in _SINGULAR
    if not opens(hit.text, hit.start):
        return _goes_on_with_s(before, words[0])
    has_subject = not all(map(is_adverb, words))
    return has_subject or of_one


def _goes_on_with_s(before: str, first: str) -> bool | None:
    """Whether a second verb takes an -s, as the first one of its sentence does."""
    link = _LINK.search(before)
    if link is None or link[1] is None:
        return None
    takes_s = first in _SINGULAR or first in thirds()
    return takes_s if takes_s or first in _PLURAL or first in bases() else None


def _speaks_of_one(reading: Reading) -> bool:
    """Whether the ladder's criteria begin with "writes" rather than with "write"."""
    beginnings = (_WORD.search(text.folded) for text in reading.texts if text.kind == "criterion")
    words = [match[0] for match in beginnings if match]
    return sum(word in thirds() for word in words) >= sum(word in bases() for word in words)


@cache
def _gerunds() -> dict[str, str]:
    """The verbs by their form in -ing."""
    found: dict[str, str] = {}
    for verb in bases():
        stems = (
            [verb[:-1]] if verb.endswith("e") and not verb.endswith("ee") and verb != "be" else [verb, verb + verb[-1]]
        )
        found.update((f"{stem}ing", verb) for stem in stems)
    return found
