"""Phrases as word lists write them, and where they stand in a folded text.

A phrase is words with a space between them:

- ``second nature`` stands for the two words in a row, however they are spaced or hyphenated,
- ``at your|their fingertips`` has a choice, ``synonymous? with`` a word that may be absent (never the first),
- ``instinct~`` is any word with that beginning, and ``_`` is any one word (never the first).

Words are compared one by one: a list has hundreds of phrases of which a ladder meets a few, and compiling an
expression for each of them would take longer than everything else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import NamedTuple

_GAP = re.compile(r"[\s\-‐‑–]+")
_ANY = re.compile(r"[^\s\-‐‑–]+")
_ANY_MORE = re.compile(r"[\-‐‑–]+[^\s\-‐‑–]+")
_LETTERS = re.compile(r"[^\W_]*")


class Choice(NamedTuple):
    """One of the words that may stand at a place: its pieces between hyphens, whether more letters may follow. None
    for the pieces means any word."""

    pieces: tuple[str, ...] | None
    is_beginning: bool = False


class Part(NamedTuple):
    """A place of a phrase: one of these words, or none where ``is_optional``. ``words`` are the choices that are words
    and nothing else, which one look decides; ``others`` are the rest."""

    choices: tuple[Choice, ...]
    words: frozenset[str]
    others: tuple[Choice, ...]
    is_optional: bool = False


@cache
def parts(phrase: str) -> tuple[Part, ...]:
    """The places of a phrase."""
    words = phrase.lower().split()
    return tuple(_part(word, index > 0 and word.endswith("?")) for index, word in enumerate(words))


def _part(word: str, is_optional: bool) -> Part:
    choices = tuple(map(_choice, word[: len(word) - is_optional].split("|")))
    others = tuple(each for each in choices if not _is_word(each))
    words = frozenset(each.pieces[0] for each in choices if each.pieces and _is_word(each))
    return Part(choices, words, others, is_optional)


def _is_word(choice: Choice) -> bool:
    return (
        choice.pieces is not None and len(choice.pieces) == 1 and choice.pieces[0].isalnum() and not choice.is_beginning
    )


def _choice(word: str) -> Choice:
    if word == "_":
        return Choice(None)
    return Choice(tuple(word.removesuffix("~").split("-")), word.endswith("~"))


def may_stand(phrase: str, words: Collection[str]) -> bool:
    """Whether the phrase can stand in a text of these words: one of them for each place that needs one."""
    return not any(
        part.words and not part.others and not part.is_optional and part.words.isdisjoint(words)
        for part in parts(phrase)[1:]
    )


def end_of(phrase: str, text: str, start: int) -> int | None:
    """Where the phrase ends that begins at ``start``; None when another text stands there."""
    return next(_ends(parts(phrase), 0, text, start), None)


def stands_around(phrase: str, text: str, start: int, end: int) -> bool:
    """Whether the phrase stands somewhere in a text so that it holds what goes from ``start`` to ``end``."""
    for choice in parts(phrase)[0].choices:
        first = choice.pieces[0] if choice.pieces else ""
        at = text.find(first, 0, start + len(first))
        while at >= 0:
            if not (at and text[at - 1].isalnum()) and (end_of(phrase, text, at) or 0) >= end:
                return True
            at = text.find(first, at + 1, start + len(first))
    return False


def _ends(places: tuple[Part, ...], index: int, text: str, at: int) -> Iterator[int]:
    """Each end that the places from ``index`` on can have, with words that may be absent taken in first."""
    if index == len(places):
        if not (at < len(text) and text[at].isalnum()):
            yield at
        return
    part = places[index]
    here = at
    if index:
        gap = _GAP.match(text, at)
        here = gap.end() if gap else -1
    if here >= 0:
        word = _LETTERS.match(text, here)
        if word and word[0] in part.words:
            yield from _ends(places, index + 1, text, word.end())
        for choice in part.others:
            for behind in _behind(choice, text, here):
                yield from _ends(places, index + 1, text, behind)
    if part.is_optional:
        yield from _ends(places, index + 1, text, at)


def _behind(choice: Choice, text: str, at: int) -> Iterator[int]:
    """The place behind a word that stands at ``at``; none when it does not. Any word may hold hyphens, or end there."""
    if choice.pieces is None:
        word = _ANY.match(text, at)
        while word:
            yield word.end()
            word = _ANY_MORE.match(text, word.end())
        return
    for number, piece in enumerate(choice.pieces):
        if number:
            gap = _GAP.match(text, at)
            if not gap:
                return
            at = gap.end()
        if not text.startswith(piece, at):
            return
        at += len(piece)
    yield _LETTERS.match(text, at).end() if choice.is_beginning else at  # type: ignore[union-attr]
