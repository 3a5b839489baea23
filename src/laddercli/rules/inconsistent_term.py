"""A term of the glossary is spelled as it is there.

A term in two spellings looks like two terms, and who searches for one of them misses the other. (Source: the
Financial Times on using one word for one thing; the article writes both "mvp" and "KPI".)

Not flagged: what the term stands for, written out; a capital at the beginning of a sentence; a plural; "growth-plan"
before a noun; "is on call" without a hyphen; a glossary term with a capital only because it begins an entry; code and
links.

Bad:
    glossary: {KPI: key performance indicator, go-to-market: how a product gets to its buyers}
    measures: [{id: craft, name: Craft}]
    everyone: {craft: [Names the Kpis of a go to market plan.]}
Good:
    glossary: {KPI: key performance indicator, go-to-market: how a product gets to its buyers}
    measures: [{id: craft, name: Craft}]
    everyone: {craft: [Names the KPIs of a go-to-market plan.]}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from laddercli.amendments import Fix, Replace
from laddercli.findings import Place, Problem, Related, flag
from laddercli.reading import WORD, Reading, Text
from laddercli.rules._literal import covered, literals

CATEGORY = "wording"
SEVERITY = "info"
FIX = "safe"

_ALTERNATIVES = re.compile(r"\s*[/,;|()]\s*")
_FURTHER = re.compile(r"([\s\-‐‑–]+)([^\W_]+)")
_HYPHENS = str.maketrans("‐‑–", "---")
_BEFORE = r"([^\W_]+)[^\w.!?:]*$"
_AFTER = r"\s+([^\W_]+)"
_NEAR = 60
_OPENING = frozenset("(:\"“'‘*_•-–")
# Words that an acronym may be by chance, in small letters.
_ORDINARY = frozenset(
    """
    ace act ad aid aim air all am an and are arm art as ask at bar bat be bet bit box by can cap car care case cast
    cat chat code cold cop cost crew dare dart data do does east far fast fire fit flow for form gap get go goal
    grip grow has he help her hero hi his hit hope how i if in ink is it jam key lead lean less let live map may me
    men mind model moms must net no nor not now of off on one ops or our out owl pace pain pass past path pay per
    pet pin plan pm pop port pr pro put race ram rap raw real red rice rise risk run safe sat save say scope see
    self set she sip site six sky smart so sol star step stop sum sun swat tap tea team the they tie tip to top two
    up us use vet vp was way we web wet what who why win you
    """.split()
)
# After these, words that a hyphen joins elsewhere are a verb or a phrase: "is on call for", "ready to go to market".
_PHRASE_BEFORE = frozenset("to we they you i can will may must should".split())
_PHRASE_AFTER = frozenset(
    "for in at on and or to with during when while as of from by until if after before but".split()
)
_PREPOSITIONS = frozenset("on in off out up down by at to over under after before".split())


class _Term(NamedTuple):
    """A term as it is spelled, folded into words, with the place of its glossary entry."""

    name: str
    words: tuple[str, ...]
    place: Place


class _Use(NamedTuple):
    """A term in another spelling than ``right``, from ``start`` up to ``end``."""

    text: Text
    start: int
    end: int
    right: str
    term: _Term


def check(reading: Reading) -> Iterator[Problem]:
    """Terms in another spelling."""
    found: dict[int, list[_Use]] = {}
    for term in _terms(reading):
        for text, start, end, ending in _places(reading, term):
            right = None if text.value.startswith(term.name, start) else _right(text, start, end, term.name + ending)
            if right and (reading.own(text.place) or not reading.own(term.place)):
                found.setdefault(id(text), []).append(_Use(text, start, end, right, term))
    for uses in found.values():
        done = 0
        code = literals(uses[0].text.value)
        for use in sorted(uses, key=lambda use: (use.start, -use.end)):
            if use.start >= done and not covered(code, use.start):
                done = use.end
                yield _problem(use)


def _problem(use: _Use) -> Problem:
    written = " ".join(use.text.value[use.start : use.end].split())
    return flag(
        use.text.place,
        f"`{written}` is spelled `{use.term.name}` in the glossary",
        help=f"write `{use.right}`",
        within=(use.start, use.end),
        arguments=(written,),
        related=(Related("defined at", use.term.place),),
        fix=Fix(f"write `{use.right}`", (Replace(use.text.place, use.start, use.end, use.right),), safe=True),
    )


def _terms(reading: Reading) -> Iterator[_Term]:
    """The terms of the glossary. An entry such as "SLO / SLI" has two."""
    for entry in reading.ladder.glossary:
        for name in _ALTERNATIVES.split(entry):
            words = tuple(WORD.findall(name.lower()))
            if len(name) > 1 and words:
                yield _Term(name, words, reading.ladder.where("glossary", entry))


def _places(reading: Reading, term: _Term) -> Iterator[tuple[Text, int, int, str]]:
    """Where a term stands, however it is spelled, with what it ends in beside itself."""
    first, last = term.words[0], term.words[-1]
    if len(term.words) > 1 and any(word not in reading.index for word in term.words[:-1]):
        yield from _in_one_word(reading, "".join(term.words))
        return
    for ending in ("", "s", "es"):
        for text, start in reading.index.get(first if len(term.words) > 1 else last + ending, ()):
            end = _end(text, start, (*term.words[:-1], last + ending))
            if end:
                yield text, start, end, ending
    yield from _in_one_word(reading, "".join(term.words)) if len(term.words) > 1 else _in_two_words(reading, last)


def _end(text: Text, start: int, words: tuple[str, ...]) -> int | None:
    """Where words that begin at ``start`` end, if all of them stand there."""
    end = start + len(words[0])
    for word in words[1:]:
        match = _FURTHER.match(text.folded, end)
        if match is None or match[2] != word:
            return None
        end = match.end()
    return end


def _in_one_word(reading: Reading, word: str) -> Iterator[tuple[Text, int, int, str]]:
    """A term of several words that is written as one."""
    for ending in ("", "s") if len(word) > 5 else ():
        for text, start in reading.index.get(word + ending, ()):
            yield text, start, start + len(word + ending), ending


def _in_two_words(reading: Reading, word: str) -> Iterator[tuple[Text, int, int, str]]:
    """A term of one word that is written with a hyphen."""
    for length in range(2, len(word) - 1) if len(word) > 5 else ():
        for text, start in reading.index.get(word[:length], ()):
            rest = f"-{word[length:]}"
            if text.folded.startswith(rest, start + length):
                end = start + length + len(rest)
                ending = "s" if text.folded[end : end + 1] == "s" else ""
                if not text.folded[end + len(ending) : end + len(ending) + 1].isalnum():
                    yield text, start, end + len(ending), ending


def _right(text: Text, start: int, end: int, right: str) -> str | None:
    """How the words have to be spelled where they stand; None where they are."""
    written = " ".join(text.value[start:end].translate(_HYPHENS).split())
    if right[:1].isupper() and right[1:].islower():  # an entry of the glossary begins with a capital, as sentences do
        right = right[0].lower() + right[1:]
        if written[1:] == right[1:]:
            return None
    if written[:1].isupper() and right[:1].islower() and _begins(text, start):
        right = right[0].upper() + right[1:]
    if written == right or _is_something_else(text, start, end, written, right):
        return None
    return right


def _begins(text: Text, start: int) -> bool:
    """Whether a word is the first of a sentence, of a quotation or after a colon."""
    before = text.value[max(start - _NEAR, 0) : start].rstrip()
    if not before or before[-1] in _OPENING:
        return True
    return before[-1] in ".!?…" and any(begin == start for begin, _ in text.sentences())


def _is_something_else(text: Text, start: int, end: int, written: str, right: str) -> bool:
    """Whether the words may be meant in another way: an ordinary word, part of a name, a phrase without a hyphen."""
    near = max(start - _NEAR, 0)
    before = re.search(_BEFORE, text.value[near:start])
    after = re.match(_AFTER, text.value[end : end + _NEAR])
    previous, following = before[1] if before else "", after[1] if after else ""
    if right.isupper() or right[:-1].isupper():
        return written.lower() in _ORDINARY or written.lower().removesuffix("s") in _ORDINARY
    if written.isupper():
        return True
    if written.lower() == right.lower():
        return following[:1].isupper() or (
            before is not None and previous[:1].isupper() and not _begins(text, near + before.start())
        )
    if "-" in written and " " in right:
        return bool(following)
    if "-" in right and " " in written:
        if written.split()[0].lower() in _PREPOSITIONS and following in _PHRASE_AFTER:
            return True
        is_last = not following and right.count("-") == 1 and not right.endswith("s")  # "is of high quality"
        return is_last or previous.lower() in _PHRASE_BEFORE
    return False
