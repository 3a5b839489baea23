"""Whether a text uses a term, also in the plural or in another form of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_ALTERNATIVES = re.compile(r"\s*[/,;|()]\s*")
_HYPHENS = str.maketrans("\u00a0‐‑–’", "    '")
_GENERAL = ("", "s", "es", "d", "ed", "ing")
# How a word may end, and the other ends of its forms; the first that fits counts.
_ENDS = (
    ("ies", ("y", "ies")),
    ("ss", ("ss", "sses")),
    ("is", ("is", "es")),
    ("us", ("us", "uses", "i")),
    ("es", ("", "e", "es", "is")),
    ("s", ("", "s")),
    ("y", ("y", "ys", "ies", "ied", "ying")),
    ("fe", ("fe", "ves")),
    ("f", ("f", "fs", "ves")),
    ("ion", ("ion", "ions", "ia")),
    ("e", ("e", "es", "ed", "ing")),
)


class Texts(NamedTuple):
    """Texts to look for terms in: as they are written, and in lower case."""

    written: str
    folded: str


def joined(texts: Iterable[str]) -> Texts:
    """All texts as one, so that each term is looked for once."""
    written = _spaced("\0".join(texts))
    return Texts(written, written.lower())


def uses(texts: Texts, term: str, *, english: bool) -> bool:
    """Whether a term occurs. Of a term such as "PR / pull request", one part is enough. Capitals must be capitals, so
    that IT is not taken for "it". What other languages do to a word is not known: there, its letters are enough."""
    parts = [part for part in _ALTERNATIVES.split(term) if part]
    return any(_occurs(texts, _spaced(name), english=english) for name in (term, *parts))


def _spaced(text: str) -> str:
    """The text with spaces where words are joined by hyphens or parted in another way."""
    text = text.replace("\n", " ").replace("-", " ")
    return text if text.isascii() else text.translate(_HYPHENS)


def _occurs(texts: Texts, name: str, *, english: bool) -> bool:
    if not english:
        return name.lower() in texts.folded
    if name.isupper():
        return _stands(texts.written, name, _GENERAL)
    name = name.lower().removeprefix("to ")
    doubled = (f"{name[-1:]}ed", f"{name[-1:]}ing")
    known = (each for each in _ENDS if name.endswith(each[0]) and len(name) > len(each[0]) + 1)
    end, forms = next(known, ("", (*_GENERAL, *doubled)))
    return _stands(texts.folded, name.removesuffix(end), forms)


def _stands(text: str, stem: str, endings: tuple[str, ...]) -> bool:
    """Whether a word begins with the stem and goes on with one of the endings."""
    start = text.find(stem) if stem else -1
    while start >= 0:
        end = behind = start + len(stem)
        while text[end : end + 1].isalpha():
            end += 1
        if text[behind:end] in endings and not text[start - 1 : start].isalnum():
            return True
        start = text.find(stem, behind)
    return False
