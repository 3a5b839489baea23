"""Which words differ between near twins. Texts that are no twins stay as they are: marking them would paint
everything."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise

from laddercli.blocks import Span, Style, Text

# Two sentences that share fewer of their words than this say different things.
TWINS = 0.6


def mark_row(texts: list[Text]) -> list[Text]:
    """Each text with the words marked that differ from its left neighbor, where the two are near twins."""
    return [*texts[:1], *(mark(right, [left]) for left, right in pairwise(texts))]


def mark(text: Text, twins: list[Text]) -> Text:
    """The text with the words marked that its nearest twin does not have; unmarked where there is no twin."""
    words = _words(text)
    if not words:
        return text
    best = max(twins, key=lambda twin: _likeness(_words(twin), words), default=())
    if _likeness(_words(best), words) < TWINS:
        return text
    return tuple(_difference(_words(best), words))


def rewritten(before: Text, after: Text) -> Text:
    """Both texts as one, with the words marked that went and came; one after the other where they are no twins."""
    old, new = _words(before), _words(after)
    if _likeness(old, new) >= TWINS:
        return tuple(_difference(old, new))
    return (*_all(before, Style.REMOVED), Span("\n"), *_all(after, Style.ADDED))


def _all(text: Text, style: Style) -> Text:
    return (Span("".join(span.text for span in text), style),)


def _words(text: Text) -> list[str]:
    return "".join(span.text for span in text).split()


def _likeness(left: list[str], right: list[str]) -> float:
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def _difference(before: list[str], after: list[str]) -> list[Span]:
    spans: list[Span] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind in ("delete", "replace"):
            spans.append(Span(" ".join(before[i:j]), Style.REMOVED))
        if kind in ("insert", "replace"):
            spans.append(Span(" ".join(after[k:m]), Style.ADDED))
        if kind == "equal":
            spans.append(Span(" ".join(after[k:m])))
    spaced: list[Span] = []
    for index, span in enumerate(spans):
        spaced += [Span(" "), span] if index else [span]
    return spaced
