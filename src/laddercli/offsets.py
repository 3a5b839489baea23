"""Where a character of a text stands in the file.

What a scalar says and how it is written differ: quotes are doubled, escapes stand for characters, lines are folded and
indented. White space apart (and only white space is folded), the characters of the value stand in the source in the
same order, once escapes are read as one character each. So the two are walked side by side, and the white space
between two characters of the value is whatever the source has between them.
"""

from __future__ import annotations

import re

from laddercli.document import Document
from laddercli.nodes import Loc, Mark, Node, Span, split_lines

_WHITE = " \t\r\n"
_BLANK = re.compile(f"[{_WHITE}]+")
# Runs of characters that stand for themselves, single pieces of white space, and what stands for something else.
_TOKENS = {
    "": re.compile(r"[^ \t\r\n]+|\r\n?|[ \t\n]"),
    "'": re.compile(r"[^ \t\r\n']+|''|\r\n?|[ \t\n']"),
    '"': re.compile(
        r"[^ \t\r\n\\]+|\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|(?:\r\n?|\n)[ \t]*+|[^xuU\r\n])"
        r"|\r\n?|[ \t\n\\]"
    ),
}
# The escapes of YAML 1.2.2, section 5.7, that stand for one character each.
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
# An anchor or a tag before a value, with the white space and the comments up to the value.
_PROPERTIES = re.compile(r"(?:[&!][^ \t\r\n]*+(?:[ \t\r\n]++(?:#[^\r\n]*+)?+)*+)*+")
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)?")


def span_within(document: Document, loc: Loc, start: int, end: int) -> Span:
    """Where the characters from ``start`` up to, not including, ``end`` of the text at ``loc`` are written: the span
    of the whole part where there is no such text."""
    node = document.node(loc)
    place = find_range(document.text, node, start, end) if node else None
    if node is None or place is None:
        return document.span(loc)
    return Span(_mark(document.text, node, place[0]), _mark(document.text, node, place[1]))


def source_range(text: str, node: Node, start: int, end: int) -> tuple[int, int]:
    """The same as positions in the text of the file. White space belongs to the gap in which it is written."""
    return find_range(text, node, start, end) or _own_range(node)


def find_range(text: str, node: Node, start: int, end: int) -> tuple[int, int] | None:
    """As ``source_range``; None where there is no such text or no such part of it."""
    value = node.value
    if not isinstance(value, str) or not 0 <= start <= end <= len(value):
        return None
    first, last = _content_range(text, node)
    if last - first == len(value) and text.startswith(value, first):
        return first + start, first + end
    starts, ends = _places(text, node, first, last, max(end, start + 1))
    if start == end:
        place = starts[start] if start < len(starts) else ends[-1] if ends else first
        return (place, place) if start <= len(starts) else None
    return (starts[start], ends[end - 1]) if end <= len(starts) else None


def _own_range(node: Node) -> tuple[int, int]:
    """The positions of ``node.span``."""
    while node.parts and not node.style:
        node = next(iter(node.keys.values())) if node.keys else node.parts[0]
    return node.start.index, node.end.index


def _content_range(text: str, node: Node) -> tuple[int, int]:
    """Where the text of a scalar stands: behind its anchor, inside its quotes, below the header of a block."""
    properties = _PROPERTIES.match(text, node.start.index)
    start = properties.end() if properties else node.start.index
    if node.style in ("'", '"'):
        return start + 1, node.end.index - 1
    if node.style:
        header = _LINE.match(text, start)
        return header.end() if header else start, node.end.index
    return start, node.end.index


def _places(text: str, node: Node, first: int, last: int, wanted: int) -> tuple[list[int], list[int]]:
    """Where each character of the value starts and ends, for as many as are ``wanted`` and can be found."""
    value: str = node.value
    starts: list[int] = []
    ends: list[int] = []
    gap: list[tuple[str, int, int]] = []
    before = first
    for token in _TOKENS[node.style if node.style in _TOKENS else ""].finditer(text, first, last):
        written = token[0]
        said = _read(written, node.style)
        if said in _WHITE:
            gap.append((said, token.start(), token.end()))
            continue
        _place_blank(value, gap, before, token.start(), starts, ends)
        if not value.startswith(said, len(starts)):
            return starts, ends
        if said == written:
            starts.extend(range(token.start(), token.end()))
            ends.extend(range(token.start() + 1, token.end() + 1))
        else:
            starts.append(token.start())
            ends.append(token.end())
        gap = []
        before = token.end()
        if len(starts) >= wanted:
            return starts, ends
    _place_blank(value, gap, before, before, starts, ends)
    return starts, ends


def _place_blank(
    value: str, gap: list[tuple[str, int, int]], before: int, after: int, starts: list[int], ends: list[int]
) -> None:
    """Place the white space that the value has next: piece by piece where the source says the same, else all of it
    from the character ``before`` to the character ``after``."""
    blank = _BLANK.match(value, len(starts))
    if blank is None:
        return
    said = blank[0]
    if "".join(piece[0] for piece in gap).startswith(said):
        pieces = [piece for piece in gap if piece[0]][: len(said)]
        starts.extend(piece[1] for piece in pieces)
        ends.extend(piece[2] for piece in pieces)
        ends[-1] = max(ends[-1], after)
    else:
        starts.extend([before] * len(said))
        ends.extend([after] * len(said))


def _read(written: str, style: str) -> str:
    """The characters that a token stands for."""
    if style == "'" and written == "''":
        return "'"
    if style == '"' and written[0] == "\\" and len(written) > 1:
        if written[1] in "\r\n":  # a backslash before a line break joins the lines
            return ""
        return _ESCAPES[written[1:]] if written[1:] in _ESCAPES else chr(int(written[2:], 16))
    return "\n" if written[0] == "\r" else written


def _mark(text: str, node: Node, index: int) -> Mark:
    """The line and column of a position inside a scalar, counted from where the scalar starts."""
    lines = split_lines(text[node.start.index : index])
    column = len(lines[-1]) + (node.start.column if len(lines) == 1 else 0)
    return Mark(node.start.line + len(lines), column + 1)
