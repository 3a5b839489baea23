"""The comments of a YAML text. The parser drops them; they are found again between the texts it kept."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from laddercli.document import Document
from laddercli.nodes import Mark, Node

# Anchors and tags belong to the node they stand before, and a comment may follow them.
_PROPERTIES = re.compile(r"(?:[&!]\S*(?:\s+(?:#[^\r\n]*)?)*)*")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")
_REST_OF_LINE = re.compile(r"[^\r\n]*")


# Of a scalar: where it starts, where it ends, and its style as `Node` has it.
Scalar = tuple[int, int, str]


class Comment(NamedTuple):
    """A comment: ``text`` begins with its ``#`` and ends with its last visible character, ``start`` is the index of
    the sign in the document's text, ``mark`` its line and column from 1. ``alone`` says that nothing but white space
    stands before it on its line."""

    text: str
    start: int
    mark: Mark
    alone: bool


def comments(document: Document) -> tuple[Comment, ...]:
    """Every comment of a document, in the order of the text.

    There are none to be had where the parser gave up or dropped something: what a second `title:` holds cannot be
    told from a comment any more.
    """
    if document.root is None or document.faults or "#" not in document.text:
        return ()
    return comments_between(document.text, _scalars(document.root))


def comments_between(text: str, scalars: Iterable[Scalar]) -> tuple[Comment, ...]:
    """Every comment of a text whose scalars, in any order, are these."""
    if "#" not in text:
        return ()
    starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]
    found = []
    for start in _signs(text, sorted(_parts(text, scalars))):
        line = bisect_right(starts, start) - 1
        before = text[starts[line] : start]
        comment = text[start : _behind(_REST_OF_LINE, text, start)].rstrip()
        found.append(Comment(comment, start, Mark(line + 1, len(before) + 1), not before.strip()))
    return tuple(found)


def _signs(text: str, parts: list[tuple[int, int]]) -> Iterator[int]:
    """The places of each `#` that begins a comment: the first on its line that is part of no scalar."""
    begin = 0
    for start, end in [*parts, (len(text), len(text))]:
        while (sign := text.find("#", begin, start)) >= 0:
            yield sign
            begin = _behind(_REST_OF_LINE, text, sign)
        begin = max(begin, end)


def _parts(text: str, scalars: Iterable[Scalar]) -> Iterator[tuple[int, int]]:
    """From where to where each scalar goes. A block has two parts, its indicator and its lines: a comment may stand
    between them."""
    for start, end, style in scalars:
        if text.startswith(("&", "!"), start, end):
            start = _behind(_PROPERTIES, text, start, end)
        if style in ("|", ">"):
            yield start, _behind(_BLOCK_HEADER, text, start, end)
            start = _behind(_REST_OF_LINE, text, start, end)
        yield start, end


def _scalars(root: Node) -> Iterator[Scalar]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.parts is None:
            yield node.start.index, node.end.index, node.style
        elif isinstance(node.parts, dict):
            waiting.extend(node.keys.values() if node.keys else ())
            waiting.extend(node.parts.values())
            waiting.extend(node.private.values() if node.private else ())
        else:
            waiting.extend(node.parts)


def _behind(pattern: re.Pattern[str], text: str, start: int, end: int = sys.maxsize) -> int:
    match = pattern.match(text, start, end)
    return match.end() if match else start
