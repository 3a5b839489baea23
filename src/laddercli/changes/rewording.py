"""How much a rewording matters: nothing but typography and spelling, other words for the same, or a change of what is
asked for."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from laddercli.changes.change import Impact
from laddercli.changes.words import sorted_words, words
from laddercli.document import Document
from laddercli.phrases import end_of

# Below this likeness, in percent, a text is not reworded but another text.
RECOGNIZABLE = 60.0


class Verdict(NamedTuple):
    """What a rewording means, and the words that make it major, such as "3 → 5". It ``eases`` where all that makes it
    major asks for less than before."""

    impact: Impact
    reason: str | None = None
    eases: bool = False


class _Shift(NamedTuple):
    """A number or an obligation that changed."""

    reason: str
    eases: bool


def judge(before: str, after: str) -> Verdict:
    """Weigh a rewording. A number or an obligation that changed is major, and so is a text that is not the same any
    more; typography and spelling are a patch; everything else is minor."""
    old, new = words(before), words(after)
    if _figured(old) == _figured(new):
        return Verdict(Impact.PATCH)
    numbers = _numbers(*_around(old, new, 0), _around(old, new, _LONGEST_PHRASE))
    shifts = [*([numbers] if numbers else []), *_obligations(*_around(old, new, _LONGEST_PHRASE))]
    if not shifts and _is_spelling(old, new):
        return Verdict(Impact.PATCH)
    is_other = likeness(sorted_words(old), sorted_words(new)) < RECOGNIZABLE
    if is_other and not (shifts and has_core(old, new)):
        return Verdict(Impact.MAJOR, "rewritten")
    if not shifts:
        return Verdict(Impact.MINOR)
    return Verdict(Impact.MAJOR, shifts[0].reason, not is_other and all(shift.eases for shift in shifts))


# Texts have a core in common where so much of the shorter one stands in the other, in order, and that is enough words.
_CORE = 0.7
_CORE_WORDS = 4


def has_core(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether two texts at the same place are the same one with much put around it, or begin alike and differ by an
    obligation."""
    from rapidfuzz.distance import LCSseq

    shorter = min(len(old), len(new))
    if shorter >= _CORE_WORDS and LCSseq.similarity(old, new) >= _CORE * shorter:
        return True
    return shorter > 2 and old[:2] == new[:2] and any("→" in shift.reason for shift in _obligations(old, new))


def _figured(text: Sequence[str]) -> list[str]:
    """The words with numbers as figures."""
    return [word if word in _lists().no_figures else _value(word) or word for word in text]


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
    return Impact.PATCH if _figured(old) == _figured(new) or _is_spelling(old, new) else Impact.MINOR


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
    no_figures: frozenset[str]
    ceilings: tuple[str, ...]
    counted_down: frozenset[str]
    unordered: frozenset[int]
    in_place: frozenset[int]
    tops: tuple[int, ...]
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
        frozenset(data["no_figures"]),
        tuple(data["ceilings"]),
        frozenset(data["counted_down"]),
        frozenset(number for number, scale in enumerate(data["obligations"]) if "unordered" in scale),
        frozenset(number for number, scale in enumerate(data["obligations"]) if "in_place" in scale),
        tuple(len(scale["rungs"]) - 1 for scale in data["obligations"]),
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


def _numbers(old: Sequence[str], new: Sequence[str], around: tuple[Sequence[str], Sequence[str]]) -> _Shift | None:
    """The numbers that changed, such as "3 → 5"."""
    left, right = ([(word, value) for word in text if (value := _value(word))] for text in (old, new))
    if [value for _, value in left] == [value for _, value in right]:
        return None
    if len(left) != len(right):
        left, right = ([each for each in side if each[0] not in _lists().often_no_number] for side in (left, right))
    values = Counter(value for _, value in left), Counter(value for _, value in right)
    gone, come = values[0] - values[1], values[1] - values[0]
    if gone or come:
        words = [word for word, value in left if value in gone], [word for word, value in right if value in come]
        eases = _falls(list(gone.elements()), list(come.elements()))
        eases = (eases or not come) and not any(_has_ceiling(text) for text in around)
        if come and gone:
            return _Shift(_arrow(*words), eases)
        sides = (old, new) if gone else (new, old)
        phrases = _phrases(*sides, words[0] or words[1])
        is_deadline = bool(gone) and all(phrase.startswith("within ") for phrase in phrases)
        return _Shift(_one_sided(bool(gone), phrases, around), eases or is_deadline)
    masked = [[word for word in text if not _value(word)] for text in (old, new)]
    if masked[0] == masked[1] and [value for _, value in left] != [value for _, value in right]:
        return _Shift(_arrow([word for word, _ in left], [word for word, _ in right]), eases=False)
    return None


def _falls(gone: Sequence[str], come: Sequence[str]) -> bool:
    """Whether each number gave way to a smaller one."""
    try:
        return len(gone) == len(come) and all(float(one) > float(other) for one, other in zip(gone, come, strict=True))
    except ValueError:
        return False


def _has_ceiling(text: Sequence[str]) -> bool:
    """Whether a smaller number may be harder: there is a time, or what the number must not exceed."""
    said = f" {' '.join(text)} "
    behind = {word for index, each in enumerate(text) if _value(each) for word in text[index + 1 : index + 3]}
    return any(f" {each} " in said for each in _lists().ceilings) or not behind.isdisjoint(_lists().counted_down)


def _phrases(text: Sequence[str], other: Sequence[str], numbers: Sequence[str]) -> list[str]:
    """The numbers of a text with the words that came or went together with them."""
    found = []
    for tag, start, end, _, _ in SequenceMatcher(None, text, other, autojunk=False).get_opcodes():
        here = [index for index in range(start, end) if text[index] in numbers]
        if here and tag == "delete" and end - start <= _LONGEST_PHRASE:
            found.append(" ".join(text[start:end]))
        elif tag != "equal":
            found += [text[index] for index in here]
    return found or list(numbers)


def _obligations(old: Sequence[str], new: Sequence[str]) -> list[_Shift]:
    """The obligations that changed, such as "may → must"."""
    left, right = _hits(" ".join(old)), _hits(" ".join(new))
    return [
        shift
        for scale in sorted({hit.scale for hit in (*left, *right)})
        if (
            shift := _shift(scale, (old, new), *([hit for hit in hits if hit.scale == scale] for hits in (left, right)))
        )
    ]


def _shift(
    scale: int, texts: tuple[Sequence[str], Sequence[str]], was: Sequence[_Hit], now: Sequence[_Hit]
) -> _Shift | None:
    """What changed on one scale."""
    lists = _lists()
    rungs = Counter(hit.rung for hit in was), Counter(hit.rung for hit in now)
    gone, come = rungs[0] - rungs[1], rungs[1] - rungs[0]
    words = [hit.words for hit in was if hit.rung in gone], [hit.words for hit in now if hit.rung in come]
    if gone and come:
        if scale in lists.in_place and not _in_place(texts, words):
            return None
        return _Shift(_arrow(*words), scale not in lists.unordered and max(come) < min(gone))
    if any((scale, rung) in lists.alone for rung in (*gone, *come)):
        if all(_still_there(word, texts[1] if gone else texts[0]) for word in words[0] or words[1]):
            return None
        strong = lists.tops[scale] in (gone or come)
        eases = scale not in lists.unordered and strong is bool(gone)
        return _Shift(_one_sided(bool(gone), words[0] or words[1], texts), eases)
    swapped = [hit.rung for hit in was] != [hit.rung for hit in now] and not (gone or come)
    if swapped and _without(texts[0], was) == _without(texts[1], now):
        return _Shift(_arrow([hit.words for hit in was], [hit.words for hit in now]), eases=False)
    return None


def _still_there(word: str, text: Sequence[str]) -> bool:
    """Whether a word that is also another word stands in a text as that: "sales and support", "sales, support"."""
    return word in _lists().also_other_words and word in text


def _in_place(texts: tuple[Sequence[str], Sequence[str]], words: tuple[Sequence[str], Sequence[str]]) -> bool:
    """Whether one of the first phrases gave way to one of the others at the same place."""
    ends = [{phrase.split()[-1] for phrase in side} for side in words]
    return any(
        not ends[0].isdisjoint(texts[0][start:end]) and not ends[1].isdisjoint(texts[1][begin:stop])
        for tag, start, end, begin, stop in SequenceMatcher(None, *texts, autojunk=False).get_opcodes()
        if tag == "replace"
    )


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
    return " → ".join(", ".join(dict.fromkeys(side)) for side in (gone, come))


def _one_sided(is_gone: bool, phrases: Sequence[str], texts: tuple[Sequence[str], Sequence[str]]) -> str:
    """What came or went, in true words: what the other text has, too, is only said less often, or more often."""
    said = ", ".join(dict.fromkeys(phrases))
    other = f" {' '.join(texts[1 if is_gone else 0])} "
    if all(f" {phrase} " in other for phrase in phrases):
        return f"“{said}” {'less' if is_gone else 'more'} often"
    return f"no longer “{said}”" if is_gone else f"now “{said}”"


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
