"""Entries that come and go: an ``Insert`` or a ``Remove`` as an edit of the file, in blocks and between brackets."""

from __future__ import annotations

import re

from laddercli.amendments import Edit, Insert
from laddercli.document import Document
from laddercli.fixes.spots import BREAK, WHITE, end_of, end_of_last, leaf, line_end, line_start, takes_breaks
from laddercli.fixes.ways import Unfit, Way, private_entries, way_to
from laddercli.fixes.writing import scalar
from laddercli.nodes import Node

_BLANK_LINES = re.compile(r"(?:[ \t]*(?:\r\n?|\n))*")
# Nothing but comments and white space, from the end of a value on.
_NOTHING_MORE = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?:(?:\r\n?|\n)[ \t]*(?:#[^\r\n]*)?)*")
_COMMA = re.compile(r"[ \t\r\n]*,[ \t\r\n]*")
_CLOSING = re.compile(r"[ \t\r\n]*(,?)[ \t\r\n]*\}")
_GAP_IN_FLOW = re.compile(r"[ \t]+(?=[,}])")
_INDENT = 2


def insert(document: Document, amendment: Insert) -> Edit:
    """The edit that adds an entry, with the mappings around it that are not there yet."""
    way = way_to(document, amendment.place.loc, whole=True)
    text, node, in_flow = document.text, way.node, way.in_flow
    keys = amendment.keys
    while node.keys is not None:
        in_flow = in_flow or bool(node.style)
        if keys[0] not in node.parts:
            break
        key, node, keys = node.keys[keys[0]], node.parts[keys[0]], keys[1:]
        if text.startswith("&", node.start.index):
            raise Unfit
        if node.value is None:
            return _fill(text, key, node, keys, amendment.value, in_flow=in_flow)
        if not keys:
            raise Unfit
    if node.keys is None:
        raise Unfit
    if node.style:
        return _append_in_braces(text, node, _flow_entry(keys, amendment.value))
    end = end_of(text, node)
    more = _NOTHING_MORE.match(text, end)
    if more is None or more.end() < node.end.index or takes_breaks(text, leaf(node)):
        raise Unfit
    return _append_lines(text, end, keys, amendment.value, node.start.column)


def _fill(text: str, key: Node, node: Node, keys: tuple[str, ...], value: str, *, in_flow: bool) -> Edit:
    """Give a value to a key that has none."""
    if node.start.index < node.end.index:
        written = scalar(value, in_flow=in_flow) if not keys else f"{{{_flow_entry(keys, value)}}}"
        return Edit(node.start.index, node.end.index, written)
    # The parsers disagree whether nothing stands behind the colon or before what comes next.
    colon = len(text[key.end.index : node.start.index].rstrip(WHITE)) + key.end.index
    if text[colon - 1] != ":":
        raise Unfit
    gap = _GAP_IN_FLOW.match(text, colon)
    end = gap.end() if gap else colon
    if not keys:
        return Edit(colon, end, f" {scalar(value, in_flow=in_flow)}")
    if in_flow:
        return Edit(colon, end, f" {{{_flow_entry(keys, value)}}}")
    return _append_lines(text, colon, keys, value, key.start.column + _INDENT)


def _append_lines(text: str, end: int, keys: tuple[str, ...], value: str, column: int) -> Edit:
    """An entry on lines of its own, below the line on which something ends."""
    match = BREAK.search(text)
    newline = match[0] if match else "\n"
    indents = [" " * (column + _INDENT * depth) for depth in range(len(keys))]
    names = [f"{indent}{scalar(key, in_flow=False)}:" for indent, key in zip(indents, keys, strict=True)]
    end = line_end(text, end)
    return Edit(end, end, f"{newline}{newline.join(names)} {scalar(value, in_flow=False)}")


def _append_in_braces(text: str, node: Node, entry: str) -> Edit:
    if not text.startswith("{", node.start.index):
        raise Unfit  # `[a: b]` is a mapping without braces
    empty = not node.parts and not node.private
    end = node.start.index + 1 if empty else end_of_last(text, node)
    closing = _CLOSING.match(text, end)
    if closing is None or closing.end() != node.end.index:
        raise Unfit
    if empty:
        return Edit(end, closing.end() - 1, entry)
    if closing[1]:
        return Edit(closing.end(1), closing.end(1), f" {entry}")
    return Edit(end, end, f", {entry}")


def _flow_entry(keys: tuple[str, ...], value: str) -> str:
    written = scalar(value, in_flow=True)
    for depth, key in enumerate(reversed(keys)):
        entry = f"{scalar(key, in_flow=True)}: {written}"
        written = f"{{{entry}}}" if depth < len(keys) - 1 else entry
    return written


def remove(document: Document, way: Way) -> Edit:
    """The edit that takes an entry away, with its key or dash; not where a comment would go with it."""
    if not way.loc or next(private_entries(way.node), None):  # the author's own entries are nobody else's to remove
        raise Unfit
    text, holder = document.text, way.nodes[-2]
    begin = (holder.keys[way.loc[-1]] if holder.keys is not None else way.node).start.index  # type: ignore[index]
    end = end_of(text, way.node)
    if holder.style:
        edit = _remove_between_brackets(text, begin, end)
    else:
        edit = _remove_lines(text, holder, begin if holder.keys is not None else _dash(text, holder, begin), end)
    if text.find("#", edit.start, edit.end) >= 0 and any(
        edit.start <= comment.start < edit.end for comment in document.comments
    ):
        raise Unfit
    return edit


def _remove_between_brackets(text: str, begin: int, end: int) -> Edit:
    """An entry goes with the comma behind it; the last entry with the comma before it."""
    comma = _COMMA.match(text, end)
    if comma and text[comma.end()] not in "]}#":
        return Edit(begin, comma.end(), "")
    while text[begin - 1] in WHITE:
        begin -= 1
    if text[begin - 1] != ",":
        raise Unfit
    return Edit(begin - 1, end, "")


def _remove_lines(text: str, holder: Node, begin: int, end: int) -> Edit:
    stop = line_end(text, end)
    if text[end:stop].strip(WHITE):
        raise Unfit
    line_break = BREAK.match(text, stop)
    after = line_break.end() if line_break else stop
    start = line_start(text, begin)
    if not text[start:begin].strip(WHITE):
        # Of the blank lines around what goes, one side is enough.
        above = text[line_start(text, start - 1) : start] if start else ""
        blank = None if above.strip(WHITE) else _BLANK_LINES.match(text, after)
        return Edit(start, blank.end() if blank else after, "")
    # The first key of a list item shares its line with the dash: the next key takes its place.
    heir = after + holder.start.column
    if holder.keys is None or text[after:heir].strip(" ") or text[heir : heir + 1].strip(f"{WHITE}#-") == "":
        raise Unfit
    return Edit(begin, heir, "")


def _dash(text: str, holder: Node, begin: int) -> int:
    """Where the dash of a list item stands: in the column of the list, on the item's line or above it."""
    first: int = holder.start.index
    start = line_start(text, begin)
    while (dash := start + int(holder.start.column)) > first and (text[dash] != "-" or text[start:dash].strip(WHITE)):
        start = line_start(text, start - 1)
    return max(dash, first)
