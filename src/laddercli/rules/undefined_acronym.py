"""An acronym that not everybody knows is explained in the glossary.

Acronyms are clear to those who use them daily, and to them only. A newcomer, or a reader from another function, has
to ask what a level means before anybody can talk about it. (Source: the article's levels use SE, GTM and KPI.)

Not flagged: what people everywhere know, such as HTML or CEO; codes and titles of the ladder; names of the
organization; what a text introduces, as in "service level objective (SLO)"; placeholders such as TODO; code and links;
a shared file by itself.

Bad:
    - Reports on the KPIs of one product.
Good:
    - Reports on the key performance indicators of one product.
    - Agrees on a service level objective (SLO) with support.
    - Publishes the API of one service.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, NamedTuple

from pydantic import Field

from laddercli.amendments import Fix, Replace
from laddercli.document import Document
from laddercli.findings import Problem, flag
from laddercli.ladder import Measure, Metric, Track
from laddercli.reading import WORD, Reading, Text
from laddercli.rules._literal import covered, literals

CATEGORY = "wording"
SEVERITY = "warning"
LANGUAGE = "en"
FIX = "unsafe"

_WORDS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "words", "undefined-acronym.yaml")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9]")
_ACRONYM = re.compile(r"(?<![^\W_])([A-Z][A-Z0-9]{1,5})(s?)(?![^\W_])")
# What follows on a word in the text of a link.
_LINKED = re.compile(r"[^\[\]]*\][(\[]")
_ARTICLE = r"(?<![^\W_])([Aa]n?)(\s+)$"
_SMALL = frozenset("a an and for in of on or the to".split())


@dataclass(frozen=True)
class Options:
    """Acronyms that everybody knows here."""

    known: Annotated[tuple[str, ...], Field(description="More acronyms that need no explanation.")] = ()


class _Data(NamedTuple):
    known: frozenset[str]
    expansions: dict[str, str]
    plurals: dict[str, str]


class _Use(NamedTuple):
    """An acronym in a text, from ``start`` up to ``end``; ``ending`` is the s of a plural."""

    text: Text
    acronym: str
    ending: str
    start: int
    end: int


def check(reading: Reading, options: Options) -> Iterator[Problem]:
    """Each acronym that nobody explains, once in a level, at its first place."""
    if reading.is_shared:
        return
    found: dict[tuple[str, str | None, str], list[_Use]] = {}
    for use in _uses(reading, frozenset(options.known)):
        level = use.text.level.id if use.text.level else None
        found.setdefault((use.acronym, level, use.text.place.file), []).append(use)
    introduced = {acronym: _is_introduced(acronym, reading) for acronym in {acronym for acronym, _, _ in found}}
    for (acronym, _, _), uses in found.items():
        if not introduced[acronym]:
            yield _problem(uses)


@cache
def _data() -> _Data:
    with open(_WORDS, "rb") as file:
        data = Document.parse(file.read(), _WORDS).data
    known = frozenset((*data["known"].split(), *data["emphasis"].split(), *data["placeholders"].split()))
    return _Data(known, data["expansions"], data["plurals"])


def _uses(reading: Reading, more: frozenset[str]) -> Iterator[_Use]:
    """What looks like an acronym, unless it is known everywhere or a name in the ladder."""
    texts = [text for text in reading.prose if _CAPITALS.search(text.value)]
    known = _data().known | _names(reading) | more if texts else frozenset()
    for text in texts:
        found = [match for match in _ACRONYM.finditer(text.value) if not _is_known(match[1], known)]
        meant_otherwise = _meant_otherwise(text) if found else []
        for match in found:
            if not covered(meant_otherwise, match.start()):
                yield _Use(text, match[1], match[2], *match.span())


def _is_known(acronym: str, known: frozenset[str]) -> bool:
    if acronym[1:].isdigit():  # a label, such as P1 or Q3
        return True
    return acronym in known or acronym.rstrip("0123456789") in known or not acronym.strip("IVX")


def _meant_otherwise(text: Text) -> list[tuple[int, int]]:
    """Where capitals make no acronyms: code, addresses, and sentences in capitals."""
    spans = literals(text.value)
    for start, end in text.sentences():
        sentence = text.value[start:end]
        if sentence.isupper() and len(WORD.findall(sentence)) > 2:
            spans.append((start, end))
    return spans


def _names(reading: Reading) -> frozenset[str]:
    """The words in capitals that the ladder explains by itself: terms, codes, ids, and words of names."""
    ladder = reading.ladder
    names = [ladder.title, *ladder.glossary]
    parts: tuple[Track | Measure | Metric, ...] = (*ladder.tracks, *ladder.measures, *ladder.metrics)
    for part in parts:
        names += (part.name, part.id)
    for grade in ladder.grades:
        names += (grade.title, grade.id)
    for _, level in ladder.levels.values():
        names += (level.title, level.id, level.code or "")
    if ladder.organization:
        names += (ladder.organization.name, *ladder.organization.aliases, *ladder.organization.products)
    words = WORD.findall("\n".join(name for name in names if "-" not in name or not name.islower()))
    return frozenset(form for word in words for form in _forms(word.upper()))


def _forms(word: str) -> tuple[str, ...]:
    """A word, and what it is without the S of a plural and without a number."""
    return (word, word.removesuffix("S"), word.rstrip("0123456789"))


def _is_introduced(acronym: str, reading: Reading) -> bool:
    """Whether some text says what the acronym stands for: before it in parentheses, or in parentheses after it."""
    texts = (*(text.value for text in reading.texts), *reading.ladder.glossary.values())
    for text in texts:
        if f"({acronym}" in text and _stand_for(acronym, text.partition(f"({acronym}")[0]):
            return True
        if (inside := text.partition(f"{acronym} (")[2]) and _stand_for(acronym, inside.partition(")")[0]):
            return True
    return False


def _stand_for(acronym: str, words: str) -> bool:
    """Whether words that belong to an acronym have its letters as their first ones."""
    letters = [letter for letter in acronym if letter.isalpha()]
    written = WORD.findall(words)
    return any(
        initials[start : start + len(letters)] == letters
        for initials in (
            [word[0].upper() for word in written if word.lower() not in skipped] for skipped in ((), _SMALL)
        )
        for start in range(max(0, len(initials) - len(letters) - 2), len(initials))
    )


def _problem(uses: list[_Use]) -> Problem:
    first = uses[0]
    stands_for = _data().expansions.get(first.acronym)
    instead = f"write `{stands_for}`" if stands_for else "write it out"
    return flag(
        first.text.place,
        f"nobody says what `{first.acronym}` stands for",
        help=f"{instead}, or add `{first.acronym}: {stands_for or '…'}` to the glossary",
        within=(first.start, first.end),
        arguments=(first.acronym,),
        weight=len(uses),
        fix=Fix(instead, tuple(map(_expanded, uses))) if stands_for and all(map(_takes_words, uses)) else None,
    )


def _takes_words(use: _Use) -> bool:
    """Whether the words can stand in the place of the acronym: not beside one of them, as in "key KPIs", and not where
    a link has its text."""
    words = {word.removesuffix("s") for word in WORD.findall(_data().expansions[use.acronym].lower())}
    text = use.text.folded
    before, after = WORD.findall(text[: use.start])[-1:], WORD.findall(text[use.end :])[:1]
    beside = (word.removesuffix("s") for word in (*before, *after))
    return words.isdisjoint(beside) and _LINKED.match(use.text.value, use.end) is None


def _expanded(use: _Use) -> Replace:
    """The words in place of the acronym, with the article that goes with them."""
    data, value = _data(), use.text.value
    words = data.expansions[use.acronym]
    if use.ending:
        words = data.plurals.get(use.acronym, f"{words}s")
    if value[max(use.start - 3, 0) : use.start].rstrip()[-1:] in ("", ".", "!", "?"):
        words = words[0].upper() + words[1:]
    article = re.search(_ARTICLE, value[max(use.start - 9, 0) : use.start])
    right = article[1][0] + ("n" if words[0] in "aeio" else "") if article else ""
    if article is None or article[1] == right:
        return Replace(use.text.place, use.start, use.end, words)
    return Replace(use.text.place, use.start - len(article[0]), use.end, f"{right}{article[2]}{words}")
