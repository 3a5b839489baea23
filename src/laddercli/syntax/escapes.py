"""Backslashes in double quotes: `"C:\\path"`, or the code of half a character."""

from __future__ import annotations

import re

from laddercli.nodes import Fault
from laddercli.syntax.scene import Entry, Scene
from laddercli.syntax.wording import fault, write

_ESCAPE = re.compile(r"""\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^xuU]|$)""")
_ESCAPED = frozenset('0abt\tnvfre "/\\N_LP')
_AS_WRITTEN = re.compile(r"\\(?:x[0-9a-fA-F]{0,2}|u[0-9a-fA-F]{0,4}|U[0-9a-fA-F]{0,8}|.?)")
_INSIDE = re.compile(r"(?:[^\"\\]|\\.)*")


def unknown_escape(scene: Scene) -> Fault | None:
    """A backslash that starts what YAML does not know."""
    for row in (scene.row - 1, scene.row):  # the parser in Python may have read on to the next line
        line = scene.at(row)
        start = line.line.find('"', line.start)
        if scene.opening is not None and scene.opening[0] <= row == scene.row and scene.opener == '"':
            start = scene.opening[1] + 1 if scene.opening[0] == row else 0
        elif line.value[:1] not in ('"', "[", "{"):
            continue
        stop = len(line.line) if row < scene.row else scene.column + 1
        if start >= 0 and (column := _find(line.line, start, stop)) is not None:
            return _report(line, row, column)
    return None


def _find(line: str, column: int, stop: int) -> int | None:
    """The first backslash in a double-quoted text that starts what YAML does not know."""
    while (column := line.find("\\", column, stop)) >= 0:
        if not _means_something(line, column):
            return column
        column += 2
    return None


def _means_something(text: str, position: int) -> bool:
    match = _ESCAPE.match(text, position)
    if not match:
        return False
    escape = match[0][1:]
    if escape[:1] in ("u", "U"):
        code = int(escape[1:], 16)
        return code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return not escape or escape[0] == "x" or escape in _ESCAPED


def _report(line: Entry, row: int, column: int) -> Fault:
    code = _AS_WRITTEN.match(line.line, column)
    shown = code[0] if code else "\\"
    if len(shown) in (6, 10):
        message = f"`{shown}` is not the code of a character"
    else:
        message = f"`{shown}` has no meaning inside double quotes"
    help = write("write the backslash twice, or use single quotes", *_repair(line.line, column))
    return fault(row, column, len(shown), message, help)


def _repair(line: str, column: int) -> list[str]:
    """The line in single quotes, if no backslash means anything, and with the backslashes doubled that do not."""
    opening = line.rfind('"', 0, column)
    closing = _INSIDE.match(line, opening + 1)
    end = closing.end() if closing else column
    if opening < 0 or end >= len(line):
        return []  # the text spans lines
    before, inner, rest = line[:opening], line[opening + 1 : end], line[end + 1 :]
    doubled = re.sub(r"\\.", lambda m: m[0] if _means_something(m[0] + " " * 9, 0) else "\\" + m[0], inner)
    lines = [f'{before}"{doubled}"{rest}']
    if "'" not in inner and not any(_means_something(inner, m.start()) for m in re.finditer(r"\\", inner)):
        lines.insert(0, f"{before}'{inner}'{rest}")
    return lines
