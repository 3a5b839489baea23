"""From what the parser raised to the scene that the traps look at."""

from __future__ import annotations

import re
from typing import Any

import yaml

from laddercli.nodes import mark_at, split_lines
from laddercli.syntax.scene import REACH, Scene

_SURROGATE = re.compile("[\ud800-\udfff]")
# The codes of half a character, and of none.
_BAD_CODE = re.compile(r"\\(?:(?:u|U0000)[dD][89a-fA-F][0-9a-fA-F]{2}|U(?!000|0010)[0-9a-fA-F]{8})")


def locate(text: str, error: Exception) -> Scene:
    """The lines around the place where the parser gave up."""
    lines = split_lines(text)
    row, column, opening = _read_marks(text, error)
    row = min(row, len(lines) - 1)
    column = min(column, len(lines[row]))
    if column < REACH < max(map(len, lines)):
        lines = [line[:REACH] for line in lines]
    return Scene(lines, row, column, opening)


def _read_marks(text: str, error: Exception) -> tuple[int, int, tuple[int, int] | None]:
    """Row and column where the parser gave up, and those of the place where it says that its trouble began."""
    if isinstance(error, yaml.reader.ReaderError):
        mark = mark_at(text, min(error.position, len(text)))
        return mark.line - 1, mark.column - 1, None
    begun = place = None
    if isinstance(error, yaml.MarkedYAMLError):
        begun = error.context_mark
        place = error.problem_mark or begun
    else:
        place = _find_code(text)
    opening = (begun.line, begun.column) if begun is not None else None
    return (place.line, place.column, opening) if place is not None else (0, 0, None)


def _find_code(text: str) -> Any:
    """Where the parser in Python stumbles over a code: it raises what ``chr`` raises, without a place.

    The first bad code is mostly the one, which shows when the text up to it ends within double quotes.
    """
    code = _BAD_CODE.search(text)
    if code is None:
        return None
    loader: Any = yaml.SafeLoader(text[: code.end()])  # its methods carry no types
    try:
        while loader.check_event():
            loader.get_event()
    except (ValueError, OverflowError):
        return loader.get_mark()
    except yaml.MarkedYAMLError as error:
        if error.context_mark and text[error.context_mark.index] == '"':
            return loader.get_mark()
    return _find_code_in_quotes(text)


def _find_code_in_quotes(text: str) -> Any:
    """The place of a bad code where others stand before it that are plain text: all of the text has to be read."""
    loader: Any = yaml.SafeLoader(text)
    try:
        while loader.check_event():
            event = loader.get_event()
            if isinstance(event, yaml.ScalarEvent) and event.style == '"' and _SURROGATE.search(event.value):
                return event.end_mark
    except (yaml.YAMLError, ValueError, OverflowError):
        return loader.get_mark()
    return None
