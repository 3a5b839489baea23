"""Places in the text of a file: where lines begin and end, and where the last word of a value stands."""

from __future__ import annotations

import re

from laddercli.nodes import Node

WHITE = " \t\r\n"
BREAK = re.compile(r"\r\n?|\n")
_REST_OF_LINE = re.compile(r"[^\r\n]*")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")


def line_start(text: str, index: int) -> int:
    """Where the line of a place begins. A place within a line break is on the line that it ends."""
    if text.startswith("\r\n", index - 1):
        index -= 1
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def line_end(text: str, index: int) -> int:
    """Where the line of a place ends, before its line break."""
    match = _REST_OF_LINE.match(text, index)
    return match.end() if match else index


def end_of(text: str, node: Node) -> int:
    """Where the last word of a value ends."""
    node = leaf(node)
    start: int = node.start.index
    end: int = node.end.index
    return start + len(text[start:end].rstrip(WHITE)) if node.style in ("|", ">") else end


def leaf(node: Node) -> Node:
    """The last value in a block; the value itself, if it is none."""
    while node.parts is not None and not node.style:
        node = _last(node)
    return node


def takes_breaks(text: str, node: Node) -> bool:
    """Whether the line breaks below a block belong to its text, so that a new one would change it."""
    header = _BLOCK_HEADER.match(text, node.start.index)
    if node.style not in ("|", ">") or header is None:
        return False
    return "+" in header[0] or ("-" not in header[0] and line_end(text, end_of(text, node)) == len(text))


def end_of_last(text: str, node: Node) -> int:
    """Where the last word of the last entry ends: that of a mapping, or of a list, which is not empty."""
    return end_of(text, _last(node))


def _last(node: Node) -> Node:
    """The last entry in the text, be it one of the author's own."""
    parts: list[Node] = list(node.parts.values() if isinstance(node.parts, dict) else node.parts)[-1:]
    parts.extend((node.private or {}).values())
    return max(parts, key=lambda part: part.start.index)
