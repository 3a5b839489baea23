"""What a text says apart from its intensifiers: words that only make others stronger or weaker."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from laddercli.lexicon import entries
from laddercli.reading import WORD, Text

# What is left over beside an intensifier that goes: "a deep and broad knowledge" is "knowledge".
_JOINTS = frozenset(("a", "an", "the", "and", "or"))

# Phrases by their first word, the longest first, with whether they are intensifiers or only contain one.
Phrases = dict[str, list[tuple[tuple[str, ...], bool]]]


class Stripped(NamedTuple):
    """A text without its intensifiers: the words that are left, and from where to where each of the others stands."""

    words: tuple[str, ...]
    intensifiers: tuple[tuple[int, int], ...]


@cache
def intensifiers(more: tuple[str, ...] = (), fewer: tuple[str, ...] = ()) -> Phrases:
    """The list of intensifiers with ``more`` of them, and with phrases that are none."""
    listed = entries("intensifier-growth")
    found: Phrases = {}
    _add(found, (phrase for entry in listed for phrase in entry.match), True)
    _add(found, more, True)
    _add(found, (phrase for entry in listed for phrase in entry.unless), False)
    _add(found, fewer, False)
    for phrases in found.values():
        phrases.sort(key=lambda each: (-len(each[0]), each[1]))
    return found


def _add(found: Phrases, phrases: Iterable[str], is_intensifier: bool) -> None:
    for phrase in phrases:
        words = tuple(WORD.findall(phrase.lower()))
        found.setdefault(words[0], []).append((words, is_intensifier))


def stripped(text: Text, phrases: Phrases) -> Stripped:
    """The text without intensifiers and articles, folded."""
    words = tuple(WORD.findall(text.folded))
    if phrases.keys().isdisjoint(words):
        return Stripped(tuple(word for word in words if word not in _JOINTS), ())
    matches = list(WORD.finditer(text.folded))
    kept, found, index = [], [], 0
    while index < len(words):
        phrase, goes = _phrase_at(words, index, phrases)
        end = index + len(phrase)
        if goes:
            found.append((matches[index].start(), matches[end - 1].end()))
        else:
            kept += [word for word in phrase if word not in _JOINTS]
        index = end
    return Stripped(tuple(kept), tuple(found))


def _phrase_at(words: tuple[str, ...], index: int, phrases: Phrases) -> tuple[tuple[str, ...], bool]:
    for phrase, is_intensifier in phrases.get(words[index], ()):
        if words[index : index + len(phrase)] == phrase:
            return phrase, is_intensifier
    return words[index : index + 1], False
