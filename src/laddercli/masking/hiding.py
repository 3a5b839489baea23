"""Texts and lines with a mask in place of what is not to be read: amounts, or every figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from laddercli.currencies import CURRENCIES
from laddercli.findings import Excerpt
from laddercli.masking.amounts import DIGIT, Range, amounts

MASK = "•••"
# A run of characters with a digit in it, as far as no sign of YAML or of a sentence ends it.
_WORD = re.compile(r"[^\s,;{}\[\]()#`\"':]*\d[^\s,;{}\[\]()#`\"':]*")
# What ladder itself says with a number in it. A file that says the same shows no amount: no place has more digits.
_OURS = re.compile(
    r"\bline \d+|such as 4 or 4\.2$|\bcolumns? \d{1,3}(?: and \d{1,3})?(?=,? |$)"
    r"|^write \d{1,3} spaces? (?:before it|instead of the tab)$|\bmore than 0$"
)
# What ladder counts may be many.
_COUNTED = re.compile(
    r"\b\d[\d,]*(?= (?:more )?(?:such )?(?:bytes|characters|words|lines|times|deep|cells|criteria|levels|measures)\b)"
    r"|\bU\+[0-9A-F]{4,6}\b"
)
# So much of a line is more than any screen shows.
_AROUND = 5_000
_ID = re.compile(r"[^\W\d_]+(?:[-._]?[^\W\d_]+)*[-._]?\d{1,2}(?:[-._]\w{1,12})?")


def hide(text: str) -> str:
    """The text without figures: what is said about pay."""
    return _said(text, [*_figures(text), *amounts(text)])


def conceal(text: str) -> str:
    """The text without what reads as money: what is said about anything."""
    return _said(text, amounts(text), _COUNTED) if DIGIT.search(text) else text


def _said(text: str, hidden: Iterable[Range], *also_ours: re.Pattern[str]) -> str:
    """The text of a message without parts of it, except for what ladder itself says there."""
    ours = [match.span() for pattern in (_OURS, *also_ours) for match in pattern.finditer(text)]
    hidden = [(start, end) for start, end in hidden if not any(one < end and start < other for one, other in ours)]
    return _without(Excerpt(text, 0, 0), hidden).text


def _figures(text: str, start: int = 0) -> Iterator[Range]:
    """Where words with a digit in them stand, except for ids."""
    return (match.span() for match in _WORD.finditer(text, start) if not _is_id(match[0]))


def _is_id(word: str) -> bool:
    """Whether a word with a digit is a name, such as `g1` or `us-2`, and no amount, such as `usd95` or `95k`."""
    letters = re.match(r"[^\W\d_]*", word)
    return bool(_ID.fullmatch(word)) and not (letters and letters[0].upper() in CURRENCIES)


def masked_line(source: Excerpt, start: int | None, marked: Iterable[Range]) -> Excerpt:
    """The line without money, without any figure from ``start`` on, and without what is ``marked``, where that is an
    amount and not the key of one."""
    begin, finish = max(0, source.start - _AROUND), source.end + _AROUND
    if begin or finish < len(source.text):  # of a line of many thousand letters only the neighborhood is ever shown
        source = Excerpt(source.text[begin:finish], source.start - begin, source.end - begin)
        start = None if start is None else max(0, start - begin)
        marked = [(max(0, first - begin), max(0, last - begin)) for first, last in marked]
    text = source.text
    if not DIGIT.search(text):
        return source
    hidden = [*amounts(text), *(part for part in marked if DIGIT.search(text, *part))]
    if start is not None:
        hidden += _figures(text, start)
    return _without(source, hidden)


def _without(source: Excerpt, hidden: Iterable[Range]) -> Excerpt:
    """The line with parts of it hidden, and the same part of it marked."""
    text, marks, shift = "", [source.start, source.end], 0
    at = 0
    for start, end in _joined(source.text, hidden):
        text += source.text[at:start] + MASK
        at = end
        for which, place in enumerate((source.start, source.end)):
            if place >= end:
                marks[which] += len(MASK) - (end - start)
            elif place > start:  # within what is hidden: the mask is marked as a whole
                marks[which] = start + shift + (len(MASK) if which else 0)
        shift += len(MASK) - (end - start)
    return Excerpt(text + source.text[at:], marks[0], max(marks[0] + 1, marks[1])) if at else source


def _joined(text: str, parts: Iterable[Range]) -> list[Range]:
    """Parts of a text in their order, as one where they meet or only a separator of thousands stands between them."""
    joined: list[Range] = []
    for start, end in sorted(parts):
        if joined and (start <= joined[-1][1] or text[joined[-1][1] : start] in (",", ".")):
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
