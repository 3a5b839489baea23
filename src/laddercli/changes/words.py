"""Texts as words: what is left when case, punctuation, spacing and kinds of quotes do not count."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# A number with its separators, a word with its apostrophe, or a sign that changes what a number says. A point between
# letters is part of the word (`e.g.`, `ci.yaml`), a hyphen is not: `well-prepared` is `well prepared`.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[<>≤≥=%€$£¥+]")
_ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "&": " and "})


def words(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, folded, without what is only typography."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_ALIKE)).replace("\u00ad", "")
    elif "&" in text:
        text = text.replace("&", " and ")
    return tuple(_TOKEN.findall(text.casefold()))


class Said(NamedTuple):
    """A text as its words, in their order and in alphabetical order. They are kept as text: a large ladder has half a
    million words."""

    plain: str
    ordered: str

    @property
    def words(self) -> list[str]:
        return self.plain.split()


def said(text: str) -> Said:
    """What a text says, to be compared with others."""
    found = words(text)
    return Said(" ".join(found), sorted_words(found))


def sorted_words(found: tuple[str, ...]) -> str:
    """The words in alphabetical order, as one text: texts that only turn their words around are the same here."""
    return " ".join(sorted(found))
