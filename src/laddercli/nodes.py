"""The parts that a YAML text is made of: marks, spans, scalars that keep their text, and the tree of nodes."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

Loc = tuple[int | str, ...]


class Mark(NamedTuple):
    """A place in a text: line and column from 1, columns counted in code points."""

    line: int
    column: int


class Span(NamedTuple):
    """From ``start`` up to, not including, ``end``."""

    start: Mark
    end: Mark


class Fault(NamedTuple):
    """What is wrong with the text itself, before anybody asks whether it is a ladder."""

    rule: str
    span: Span
    message: str
    help: str | None = None


class Plain(str):
    """The text of an unquoted scalar that YAML 1.2 reads as a number or a truth value."""

    __slots__ = ()


# The core schema of YAML 1.2.2, section 10.3.2.
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
# How a plain scalar begins that is nothing, a number or a truth value; no beginning at all is one, too.
MAY_BE_RETYPED = frozenset([*"0123456789+-.tTfFnN~", ""])
# An integer longer than this stays text: Python refuses to convert thousands of digits, and no ladder needs them.
_LONGEST_INTEGER = 300


def core(value: object) -> object:
    """Give the number or truth value that YAML 1.2 sees in a plain scalar; anything else comes back as it is."""
    if not isinstance(value, Plain):
        return value
    text = str(value)
    if text in _TRUTH:
        return _TRUTH[text]
    if _INTEGER.fullmatch(text):
        if len(text) > _LONGEST_INTEGER:
            return text
        return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
    return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))


def read_plain(text: str) -> str | None:
    """The value of an unquoted scalar: its text, ``Plain`` where YAML 1.2 would retype it, None for nothing."""
    if text in _NOTHING:
        return None
    if text[0] in MAY_BE_RETYPED and (text in _TRUTH or _INTEGER.fullmatch(text) or _FLOAT.fullmatch(text)):
        return Plain(text)
    return text


class Node:
    """One part of a document: its value, where it starts and ends, and the nodes of its parts.

    ``style`` is the indicator of a scalar (``'``, ``"``, ``|``, ``>``, empty for plain) or, for a collection in flow
    style, its bracket. ``start`` and ``end`` are the parser's marks, which count from 0; ``span`` counts from 1.
    What only a ``Branch`` has is said here for every node, so that nobody needs to ask what a node is.
    """

    __slots__ = ("end", "start", "style", "value")

    parts: Any = None
    keys: dict[str, Node] | None = None
    private: dict[str, Node] | None = None
    size: int = 1

    def __init__(self, value: Any, start: Any, end: Any, style: str) -> None:
        self.value = value
        self.start = start
        self.end = end
        self.style = style

    @property
    def span(self) -> Span:
        """Where the node is written. A block collection is shown by the first thing inside it: its own end is
        where the next token starts, possibly many lines below."""
        node = self
        while node.parts and not node.style:
            node = next(iter(node.keys.values())) if node.keys else node.parts[0]
        return Span(_count_from_1(node.start), _count_from_1(node.end))


class Branch(Node):
    """A mapping or a list: ``parts`` are its nodes, ``private`` the ``x-`` entries of a mapping, ``keys`` the key
    nodes of both. ``size`` counts the nodes from here down, with an alias as large as what it repeats."""

    __slots__ = ("keys", "parts", "private", "size")

    def __init__(self, value: Any, start: Any, end: Any, style: str) -> None:
        self.value = value
        self.start = start
        self.end = end
        self.style = style
        self.parts = value.__class__()
        self.keys = {} if value.__class__ is dict else None
        self.private = None
        self.size = 1


def _count_from_1(mark: Any) -> Mark:
    return Mark(mark.line + 1, mark.column + 1)


def quote(text: str) -> str:
    """The text as a quoted YAML scalar on one line: in single quotes where that is enough."""
    if text.isprintable():
        return f'"{text}"' if not set(text) & {'"', "\\"} else "'" + text.replace("'", "''") + "'"
    import json

    return json.dumps(text, ensure_ascii=False)


_LINE_BREAK = re.compile(r"\r\n|\r|\n")


def split_lines(text: str) -> list[str]:
    """Split at the line breaks of YAML 1.2, and only at those."""
    return _LINE_BREAK.split(text)


def mark_at(text: str, index: int) -> Mark:
    """The line and column of the character at ``index``."""
    lines = split_lines(text[:index])
    return Mark(len(lines), len(lines[-1]) + 1)
