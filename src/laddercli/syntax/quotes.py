"""Quotes that are not closed, or closed too early."""

from __future__ import annotations

import re

from laddercli.nodes import Fault, quote
from laddercli.syntax.brackets import walk
from laddercli.syntax.scene import CLOSED, REACH, WINDOW, Entry, Scene, entry
from laddercli.syntax.wording import fault, quote_from, split_comment, write

_APOSTROPHE = re.compile(r"'(?:tis|twas|til|em|cause|round|bout|n|\d\ds?)\b", re.IGNORECASE)
_NEXT_KEY = re.compile(r",[ \t]+[A-Za-z][\w-]*:[ \t]")


def unclosed_quote(scene: Scene) -> Fault | None:
    """A quote that opens a text and is never closed, or is closed by the quote that opens another one."""
    place = _still_open(scene)
    before = scene.lines[scene.row][: scene.column].rstrip()
    if place is None and before[-1:] in ("'", '"'):
        place = _opened_above(scene, before[-1])
    if place is None:
        return None
    row, column = place
    line = scene.lines[row]
    if _APOSTROPHE.match(line, column):
        help = write("put the text in double quotes", quote_from(line, column, column))
        return fault(row, column, 1, "text that begins with `'` needs quotes", help)
    mark = line[column]
    help = write(f"write a second `{mark}` where the text ends", *_close(line, column))
    return fault(row, column, 1, f"the `{mark}` that opens here is never closed", help)


def _still_open(scene: Scene) -> tuple[int, int] | None:
    """The place of the quote that the parser names, if the text does not close it."""
    if scene.opening is None or scene.opener not in ("'", '"'):
        return None
    row, column = scene.opening
    text = "\n".join(scene.lines[row : scene.row + 1])
    return None if CLOSED.match(text, column, column + REACH) else scene.opening


def _opened_above(scene: Scene, mark: str) -> tuple[int, int] | None:
    """The place of the quote that the one before the problem closes by accident: between the two, a line starts
    something new, which no line of a quoted text does."""
    here = scene.here
    if here.value[:1] == mark and CLOSED.match(here.value) and here.column + 1 < scene.column:
        return None
    left = here.indent if here.structural else 10**9
    row = scene.row
    while (row := scene.above(row)) >= max(0, scene.row - WINDOW):
        line = scene.at(row)
        column = _open_quote(line)
        if column is not None and line.line[column] == mark:
            return (row, column) if left <= line.start else None
        if line.structural:
            left = min(left, line.indent)
    return None


def _open_quote(line: Entry) -> int | None:
    """The column of a quote that opens a value on this line and is not closed on it."""
    if len(line.line) == REACH:
        return None  # its end is out of sight
    first = line.value[:1]
    if first in ("'", '"'):
        return None if CLOSED.match(line.value) else line.column
    if first in ("[", "{"):
        opened = walk(line.line, line.column, len(line.line)).quote
        return opened if opened is not None and not CLOSED.match(line.line, opened) else None
    return None


def _close(line: str, column: int) -> list[str]:
    """The line with the quote closed where the text may end: before the next key, at the end, before brackets."""
    mark = line[column]
    body, comment = split_comment(line, column)
    closers = re.search(r"[\]}]*$", body)
    ends = [len(body), closers.start() if closers else len(body)]
    next_key = _NEXT_KEY.search(body, column)
    if next_key and entry(line).value[:1] == "{":
        ends.insert(0, next_key.start())
    return [body[:end] + mark + body[end:] + comment for end in ends]


def inner_quote(scene: Scene) -> Fault | None:
    """A quote inside quoted text that ends it: `'it's fine'`, `"he said "yes" to me"`."""
    here = scene.here
    mark = here.value[:1]
    if mark not in ("'", '"'):
        return None
    closed = CLOSED.match(here.line, here.column)
    body, comment = split_comment(here.line, scene.column)
    if not closed or scene.column < closed.end() or not body.endswith(mark) or len(body) <= closed.end():
        return None
    last = closed.end() - 1
    if not (here.line[last - 1] == " " or here.line[last + 1 : last + 2].isalnum()):
        return None
    line = here.line[: here.column] + quote(body[here.column + 1 : -1]) + comment
    help = write("use the other quotes around the text", line)
    return fault(scene.row, last, 1, f"this `{mark}` ends the text, which goes on behind it", help)


def text_after_quote(scene: Scene) -> Fault | None:
    """Text behind the end of a quoted text that began on a line above."""
    here = scene.here
    before, rest = here.line[: scene.column].rstrip(), here.line[scene.column :].strip()
    if before[-1:] not in ("'", '"') or not rest or here.value[:1] == before[-1]:
        return None
    help = f"write the closing `{before[-1]}` at the very end of the text"
    return fault(scene.row, scene.column, len(rest), f"text goes on after the closing `{before[-1]}`", help)
