"""A line taken apart, and the lines around the place where the parser gave up.

Rows and columns count from 0 here. However large the text is, a trap looks at no more than ``WINDOW`` lines above
the place and ``REACH`` characters of each: nobody writes longer lines by hand, and an answer should not take seconds.
"""

from __future__ import annotations

import re
from typing import NamedTuple

WINDOW = 200
REACH = 100_000

# A key begins with no indicator. Each alternative starts with a character of its own, so a match is linear.
_START = r"""(?:[^\s\-?:,\[\]{}#&*!|>'"%@`]|[\-?:](?=\S))"""
_PLAIN_KEY = _START + r"[^\s:]*(?:(?:[ \t]+|:)(?![\s#])[^\s:]*)*"
_QUOTED = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')"""
_ENTRY = re.compile(
    r"(?P<indent>[ \t]*)(?P<dashes>(?:-(?:[ \t]+|$))*)"
    rf"(?:(?P<key>{_QUOTED}|{_PLAIN_KEY})[ \t]*:(?:[ \t]+|$))?(?P<value>.*)"
)
_WORD = re.compile(r"[a-z_][a-z0-9_.-]*")

CLOSED = re.compile(_QUOTED, re.DOTALL)  # a quoted text from its quote to its quote


class Entry(NamedTuple):
    """One line taken apart: indentation, the dashes of list items, a key, a value."""

    line: str
    indent: int
    dash: bool
    start: int  # where the innermost key or, without a key, the innermost dash or the text stands
    key: str | None
    colon: int  # -1 without a key
    value: str
    column: int  # of the value

    @property
    def structural(self) -> bool:
        """Whether the line starts a list item or a key, and is no text that goes on from above."""
        return self.dash or self.key is not None

    @property
    def simple(self) -> bool:
        """Whether the key is a word as the format has them, and no beginning of a sentence."""
        return self.key is not None and _WORD.fullmatch(self.key) is not None

    @property
    def starts(self) -> list[tuple[int, str]]:
        """The columns at which this line starts items and keys, innermost first."""
        found = [(self.start, "key")] if self.key is not None else []
        dashes = range(self.indent, self.start if found else self.column)
        return found + [(column, "item") for column in reversed(dashes) if self.line[column] == "-"]

    @property
    def text(self) -> int:
        """Where the author's text starts. `- Owns this: that` is one text; in `- text: that` it is the value."""
        return self.start if self.dash and self.key is not None and not self.simple else self.column


def entry(line: str) -> Entry:
    """Take a line apart."""
    match = _ENTRY.match(line)
    assert match  # every part may be empty
    key, value = match["key"], match.start("value")
    dashes = match["dashes"]
    last = match.start("dashes") + dashes.rindex("-") if dashes else match.end("dashes")
    start = match.start("key") if key is not None else last
    colon = line.rindex(":", 0, value) if key is not None else -1
    return Entry(line, len(match["indent"]), bool(dashes), start, key, colon, match["value"], value)


class Scene(NamedTuple):
    """Where the parser gave up, and the place that it names as the beginning of its trouble."""

    lines: list[str]
    row: int
    column: int
    opening: tuple[int, int] | None

    def at(self, row: int) -> Entry:
        """The line at ``row`` taken apart; an empty one beyond the end."""
        return entry(self.lines[row] if 0 <= row < len(self.lines) else "")

    @property
    def here(self) -> Entry:
        """The line where the parser gave up."""
        return self.at(self.row)

    @property
    def found(self) -> str:
        """The character at which the parser gave up; empty at the end of a line."""
        return self.lines[self.row][self.column : self.column + 1]

    @property
    def opener(self) -> str:
        """The character at the place that the parser names as the beginning; empty without one."""
        if self.opening is None:
            return ""
        row, column = self.opening
        return self.lines[row][column : column + 1] if row < len(self.lines) else ""

    def above(self, row: int) -> int:
        """The nearest row above that holds more than a comment, or -1."""
        for above in range(row - 1, max(-1, row - 1 - WINDOW), -1):
            line = self.lines[above].strip() if above < len(self.lines) else ""
            if line and not line.startswith("#"):
                return above
        return -1
