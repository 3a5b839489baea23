"""Lists of words with reasons, and the places in a ladder where one of them stands.

A list is a YAML file in `rules/words/`, and what `.ladder.yaml` adds; `phrases.py` tells how phrases are written. Upper
and lower case do not matter, and words are found as whole words.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, NamedTuple

from pydantic import Field

from laddercli.document import Document
from laddercli.findings import Problem, flag
from laddercli.nodes import core
from laddercli.phrases import end_of, may_stand, stands_around
from laddercli.reading import WORD, Occurrence, Reading, Text

_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "rules", "words")


class Entry(NamedTuple):
    """Phrases that stand for one another: why they are on the list, what to write instead, and the longer phrases
    within which they are fine."""

    match: tuple[str, ...]
    because: str
    instead: str | None = None
    unless: tuple[str, ...] = ()
    weight: float = 0


class Hit(NamedTuple):
    """A phrase in a text: from ``start`` up to, not including, ``end``."""

    text: Text
    start: int
    end: int
    entry: Entry

    @property
    def words(self) -> str:
        """The words as they were written."""
        return " ".join(self.text.value[self.start : self.end].split())

    def problem(self, message: str, *, help: str | None = None, **more: object) -> Problem:
        """The problem that these words are, with what to write instead."""
        instead = self.entry.instead
        if instead and not help:  # words in backticks are an example of what to write, others describe it
            help = f"write, for example, {instead}" if instead.startswith("`") else f"write {instead}"
        return flag(
            self.text.place,
            message,
            help=help,
            within=(self.start, self.end),
            arguments=(self.words.casefold(),),
            weight=self.entry.weight,
            **more,
        )


@dataclass(frozen=True)
class Words:
    """What `.ladder.yaml` can say about a rule that has a list of words."""

    reject: Annotated[tuple[str, ...], Field(description="More phrases to find.")] = ()
    swap: Annotated[Mapping[str, str], Field(description="More phrases to find, each with what to write instead.")] = (
        field(default_factory=dict)
    )
    allow: Annotated[tuple[str, ...], Field(description="Phrases that are fine, here and as part of others.")] = ()

    def __post_init__(self) -> None:
        for phrase in (*self.reject, *self.swap, *self.allow):
            if not all(WORD.match(choice) for choice in phrase.lower().split(" ")[0].split("|")):
                raise ValueError(f"`{phrase}` must begin with a word")


class _Phrase(NamedTuple):
    """A phrase of a list, with the longer phrases within which it is fine."""

    words: str
    entry: Entry
    exempt: tuple[str, ...]

    def end(self, text: str, start: int) -> int | None:
        """Where the phrase ends that begins at ``start``; None when it does not stand there, or is fine."""
        end = end_of(self.words, text, start)
        if end is None or any(stands_around(phrase, text, start, end) for phrase in self.exempt):
            return None
        return end


# Phrases by their second word; an empty one stands for any, or none.
_Phrases = Mapping[str, tuple[_Phrase, ...]]


@dataclass(frozen=True)
class Lexicon:
    """A list of words, ready to be looked for. ``firsts`` leads from the first word of a phrase to its phrases,
    ``beginnings`` from the beginning of one."""

    firsts: Mapping[str, _Phrases]
    beginnings: Mapping[str, _Phrases]

    def hits(self, reading: Reading) -> Iterator[Hit]:
        """Where the phrases stand in a ladder's prose, anti-patterns aside, in no particular order. Of phrases that
        overlap in one text the longest is taken."""
        found: dict[int, list[Hit]] = {}
        for phrase, (text, start) in self._met(reading):
            end = phrase.end(text.folded, start)
            if end is not None:
                found.setdefault(id(text), []).append(Hit(text, start, end, phrase.entry))
        for hits in found.values():
            yield from _longest(hits)

    def _met(self, reading: Reading) -> Iterator[tuple[_Phrase, Occurrence]]:
        """Each phrase with the places where its first word stands and, where that is fixed, its second."""
        for word, phrases in self._present(reading):
            for second, likely in phrases.items():
                places = reading.pairs.get((word, second), ()) if second else reading.index[word]
                for phrase in likely if places else ():
                    if may_stand(phrase.words, reading.index):
                        yield from ((phrase, place) for place in places)

    def _present(self, reading: Reading) -> Iterator[tuple[str, _Phrases]]:
        """The first words that the ladder has at all, with their phrases."""
        for word, phrases in self.firsts.items():
            if word in reading.index:
                yield word, phrases
        for beginning, phrases in self.beginnings.items():
            for word in reading.words_with(beginning):
                yield word, phrases

    def find(self, text: Text) -> Iterator[Hit]:
        """Where the phrases stand in a text that is no prose, such as a title."""
        hits = []
        for word in WORD.finditer(text.folded):
            begun = [each for start, each in self.beginnings.items() if word[0].startswith(start)]
            for phrases in (self.firsts.get(word[0], {}), *begun):
                for phrase in _likely(phrases, text.folded, word.end()):
                    end = phrase.end(text.folded, word.start())
                    if end is not None:
                        hits.append(Hit(text, word.start(), end, phrase.entry))
        yield from _longest(hits)


def _likely(phrases: _Phrases, text: str, behind: int) -> tuple[_Phrase, ...]:
    """The phrases whose second word is the one behind the first."""
    if len(phrases) == 1 and "" in phrases:
        return phrases[""]
    second = WORD.search(text, behind)
    named = phrases.get(second[0], ()) if second else ()
    return (*phrases.get("", ()), *named)


def _longest(hits: list[Hit]) -> Iterator[Hit]:
    end = 0
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if hit.start >= end:
            end = hit.end
            yield hit


@cache
def lexicon(name: str) -> Lexicon:
    """The list in `rules/words/NAME.yaml`."""
    return _made(entries(name), ())


def extended(name: str | None, words: Words) -> Lexicon:
    """A list with what the configuration adds to it; None is the empty list."""
    if name is not None and words == Words():
        return lexicon(name)
    house = "a word that this company avoids"
    more = [Entry((phrase, *_plural(phrase)), house) for phrase in words.reject]
    more += [Entry((phrase,), house, f"`{better}`") for phrase, better in plurals(words.swap).items()]
    return _made([*(entries(name) if name else ()), *more], words.allow)


def plurals(swap: Mapping[str, str]) -> dict[str, str]:
    """Phrases with what to write instead, and the same for more than one of them."""
    more = {worse: f"{better}s" for phrase, better in swap.items() for worse in _plural(phrase)}
    return {**more, **swap}


def _plural(phrase: str) -> tuple[str, ...]:
    """The phrase for more than one of it, where an s makes that."""
    return (f"{phrase}s",) if phrase[-1:].isalpha() and phrase[-1:] not in "sxzy" else ()


@cache
def entries(name: str) -> tuple[Entry, ...]:
    """What a list of words says, in its order."""
    path = os.path.join(_FOLDER, f"{name}.yaml")
    with open(path, "rb") as file:
        document = Document.parse(file.read(), path)
    return tuple(
        Entry(
            tuple(map(str, entry["match"])),
            entry["because"],
            entry.get("instead"),
            tuple(map(str, entry.get("unless", ()))),
            float(core(entry.get("weight", 0))),  # type: ignore[arg-type]
        )
        for entry in document.data
    )


def _made(listed: Iterable[Entry], allowed: tuple[str, ...]) -> Lexicon:
    firsts: dict[str, dict[str, list[_Phrase]]] = {}
    beginnings: dict[str, dict[str, list[_Phrase]]] = {}
    for entry in listed:
        exempt = (*entry.unless, *allowed)
        for words in entry.match:
            phrase = _Phrase(words, entry, exempt)
            first, *rest = words.lower().split()
            seconds = _seconds(rest)
            for choice in first.split("|"):
                pieces = WORD.findall(choice)
                phrases = (beginnings if choice.endswith("~") else firsts).setdefault(pieces[0], {})
                for second in pieces[1:2] or seconds:
                    phrases.setdefault(second, []).append(phrase)
    return Lexicon(_frozen(firsts), _frozen(beginnings))


def _seconds(rest: list[str]) -> set[str]:
    """The words with which the rest of a phrase may begin; an empty one stands for any, or none."""
    found: set[str] = set()
    for word in rest:
        choices = [WORD.findall(choice) for choice in word.removesuffix("?").split("|")]
        if "~" in word or not all(choices):
            return {""}
        found.update(pieces[0] for pieces in choices)
        if not word.endswith("?"):
            return found
    return {""}


def _frozen(phrases: dict[str, dict[str, list[_Phrase]]]) -> dict[str, _Phrases]:
    return {first: {second: tuple(each) for second, each in known.items()} for first, known in phrases.items()}
