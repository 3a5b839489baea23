"""How much a rewording matters: nothing but typography and spelling, other words for the same, or a change of what is
asked for."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from laddercli.changes.change import Impact
from laddercli.changes.words import sorted_words, words
from laddercli.document import Document
from laddercli.phrases import end_of

# Below this likeness, in percent, a text is not reworded but another text.
RECOGNIZABLE = 60.0


class Verdict(NamedTuple):
    """What a rewording means, and the words that make it major, such as "3 → 5"."""

    impact: Impact
    reason: str | None = None


def judge(before: str, after: str) -> Verdict:
    """Weigh a rewording. A number or an obligation that changed is major, and so is a text that is not the same any
    more; typography and spelling are a patch; everything else is minor."""
    old, new = words(before), words(after)
    if old == new:
        return Verdict(Impact.PATCH)
    reason = _numbers(*_around(old, new, 0)) or _obligations(*_around(old, new, _LONGEST_PHRASE))
    if not reason and _is_spelling(old, new):
        return Verdict(Impact.PATCH)
    if likeness(sorted_words(old), sorted_words(new)) < RECOGNIZABLE:
        return Verdict(Impact.MAJOR, "rewritten")
    return Verdict(Impact.MAJOR, reason) if reason else Verdict(Impact.MINOR)


# No phrase of an obligation has more words.
_LONGEST_PHRASE = 6


def _around(old: Sequence[str], new: Sequence[str], more: int) -> tuple[Sequence[str], Sequence[str]]:
    """The words that differ, with so many of the words that both have before and behind them."""
    shorter = min(len(old), len(new))
    start = next((index for index in range(shorter) if old[index] != new[index]), shorter)
    end = next((index for index in range(shorter - start) if old[-1 - index] != new[-1 - index]), shorter - start)
    start, end = max(0, start - more), max(0, end - more)
    return old[start : len(old) - end], new[start : len(new) - end]


def clarified(before: str | None, after: str | None) -> Impact:
    """What it means that a text changed which nobody is held to, such as a name: a patch or minor, never more."""
    if before is None or after is None:
        return Impact.MINOR
    old, new = words(before), words(after)
    return Impact.PATCH if old == new or _is_spelling(old, new) else Impact.MINOR


def likeness(old: str, new: str, cutoff: float = 0.0) -> float:
    """How alike two texts of sorted words are, from 0 to 100; 0 where that is below ``cutoff``."""
    from rapidfuzz.fuzz import ratio  # half of what a small diff takes would be spent on loading it

    return float(ratio(old, new, score_cutoff=cutoff))


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: str
    scale: int
    rung: int


class _Hit(NamedTuple):
    """A phrase of an obligation in a text, with the numbers of its scale and its rung."""

    scale: int
    rung: int
    words: str


@dataclass(frozen=True, slots=True)
class _Lists:
    """What `rewording.yaml` says, ready to be looked up. ``firsts`` has the phrases by their first word."""

    firsts: Mapping[str, tuple[_Phrase, ...]]
    alone: frozenset[tuple[int, int]]
    also_other_words: frozenset[str]
    before_verbs: frozenset[str]
    numbers: Mapping[str, str]
    often_no_number: frozenset[str]
    spellings: tuple[tuple[re.Pattern[str], str], ...]
    not_typos: frozenset[frozenset[str]]


@cache
def _lists() -> _Lists:
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "rewording.yaml")
    with open(path, "rb") as file:
        data = Document.parse(file.read(), path).data
    firsts: dict[str, list[_Phrase]] = {}
    for number, scale in enumerate(data["obligations"]):
        for rung, phrases in enumerate(scale["rungs"]):
            for phrase in phrases:
                for first in phrase.split()[0].split("|"):
                    firsts.setdefault(words(first)[0], []).append(_Phrase(phrase, number, rung))
    return _Lists(
        {first: tuple(phrases) for first, phrases in firsts.items()},
        frozenset((number, int(rung)) for number, scale in enumerate(data["obligations"]) for rung in scale["alone"]),
        frozenset(data["also_other_words"]),
        frozenset(data["before_verbs"]),
        data["numbers"],
        frozenset(data["often_no_number"]),
        tuple((re.compile(pattern), replacement) for pattern, replacement in data["spellings"]),
        frozenset(frozenset(pair) for pair in data["not_typos"]),
    )


_DIGITS = re.compile(r"\d")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def _value(word: str) -> str | None:
    """The number that a word says, in one spelling; None for any other word."""
    if not _DIGITS.match(word):
        return _lists().numbers.get(word)
    plain = word.replace(",", "") if _GROUPED.fullmatch(word) else word.replace(",", ".")
    whole, point, rest = plain.partition(".")
    digits = rest.rstrip("0")
    if "." in digits:
        return plain  # a version or a date
    return (whole.lstrip("0") or "0") + (point + digits if digits else "")


def _numbers(old: Sequence[str], new: Sequence[str]) -> str | None:
    """The numbers that changed, such as "3 → 5"."""
    left, right = ([(word, value) for word in text if (value := _value(word))] for text in (old, new))
    if [value for _, value in left] == [value for _, value in right]:
        return None
    if len(left) != len(right):
        left, right = ([each for each in side if each[0] not in _lists().often_no_number] for side in (left, right))
    values = Counter(value for _, value in left), Counter(value for _, value in right)
    gone, come = values[0] - values[1], values[1] - values[0]
    if gone or come:
        return _arrow([word for word, value in left if value in gone], [word for word, value in right if value in come])
    masked = [[word for word in text if not _value(word)] for text in (old, new)]
    if masked[0] == masked[1] and [value for _, value in left] != [value for _, value in right]:
        return _arrow([word for word, _ in left], [word for word, _ in right])
    return None


def _obligations(old: Sequence[str], new: Sequence[str]) -> str | None:
    """The obligations that changed, such as "may → must"."""
    left, right = _hits(" ".join(old)), _hits(" ".join(new))
    for scale in sorted({hit.scale for hit in (*left, *right)}):
        was, now = ([hit for hit in hits if hit.scale == scale] for hits in (left, right))
        rungs = Counter(hit.rung for hit in was), Counter(hit.rung for hit in now)
        gone, come = rungs[0] - rungs[1], rungs[1] - rungs[0]
        counts = (gone and come) or any((scale, rung) in _lists().alone for rung in (*gone, *come))
        if counts:
            return _arrow(
                [hit.words for hit in was if hit.rung in gone], [hit.words for hit in now if hit.rung in come]
            )
        swapped = [hit.rung for hit in was] != [hit.rung for hit in now] and not (gone or come)
        if swapped and _without(old, was) == _without(new, now):
            return _arrow([hit.words for hit in was], [hit.words for hit in now])
    return None


def _without(text: Sequence[str], hits: Sequence[_Hit]) -> list[str]:
    said = {word for hit in hits for word in hit.words.split()}
    return [word for word in text if word not in said]


def _hits(text: str) -> list[_Hit]:
    """The phrases of obligations in folded words, the longest at each place."""
    lists = _lists()
    found: list[_Hit] = []
    start, before = 0, ""
    while start < len(text):
        space = text.find(" ", start)
        stop = len(text) if space < 0 else space
        word = text[start:stop]
        phrases = lists.firsts.get(word, ())
        if word in lists.also_other_words and before and before not in lists.before_verbs:
            phrases = ()
        longest = stop
        if phrases:
            ends = [(end, phrase) for phrase in phrases if (end := end_of(phrase.words, text, start))]
            longest = max((end for end, _ in ends), default=stop)
            found += [_Hit(phrase.scale, phrase.rung, text[start:end]) for end, phrase in ends if end == longest]
        before = word if longest == stop else ""
        start = longest + 1
    return found


def _arrow(gone: Sequence[str], come: Sequence[str]) -> str:
    before, after = (", ".join(dict.fromkeys(side)) for side in (gone, come))
    if not after:
        return f"no longer “{before}”"
    return f"{before} → {after}" if before else f"now “{after}”"


def _is_spelling(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether the texts have the same words, some spelled in another way."""
    if len(old) != len(new):
        return "".join(old) == "".join(new)  # `on-boarding` is `onboarding`
    differing = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    foreign = [each for each in differing if american(each[0]) != american(each[1])]
    return len(foreign) <= 2 and all(_is_typo(*each) for each in foreign)


@cache
def american(word: str) -> str:
    """A word in American spelling."""
    for pattern, replacement in _lists().spellings:
        if pattern.match(word):
            return pattern.sub(replacement, word)
    return word


def _is_typo(one: str, other: str) -> bool:
    """Whether one of two words looks like the other with a slip of the finger.

    Without a dictionary that is a guess, and a guess never lowers the impact. So the slip must be a small one within a
    longer word: its first letter and its last two stay, and no two known words are taken for each other.
    """
    if min(len(one), len(other)) < 6 or one[0] != other[0] or frozenset((one, other)) in _lists().not_typos:
        return False
    if one[-2:] != other[-2:] and sorted(one) != sorted(other):
        return False
    lists = _lists()
    if any(word in lists.firsts or word in lists.numbers or _DIGITS.search(word) for word in (one, other)):
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=1) <= 1
