"""From what the parser raised to the scene that the traps look at."""

from __future__ import annotations

import re
from itertools import islice

import yaml

from laddercli.nodes import mark_at, split_lines
from laddercli.syntax.scene import REACH, Scene

# The codes of half a character, and of none.
_BAD_CODE = re.compile(
    r"(?<!\\)(?:\\\\)*+(?P<code>\\(?:(?:u|U0000)[dD][89a-fA-F][0-9a-fA-F]{2}|U(?!000|0010)[0-9a-fA-F]{8}))"
)
_CODES_TRIED = 10


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
    marked = error if isinstance(error, yaml.MarkedYAMLError) else _refuse_code(text)
    if marked is None:
        return 0, 0, None
    begun = marked.context_mark
    place = marked.problem_mark or begun
    opening = (begun.line, begun.column) if begun is not None else None
    return (place.line, place.column, opening) if place is not None else (0, 0, None)


def _refuse_code(text: str) -> yaml.MarkedYAMLError | None:
    """What the parser in Python should have raised for a bad code. It raises what ``chr`` does, without a place, or
    takes half a character for a whole one.

    A code counts within double quotes only: there, the text that ends before it is refused for its open quote.
    """
    for code in islice(_BAD_CODE.finditer(text), _CODES_TRIED):
        try:
            for _ in yaml.parse(text[: code.start("code")], yaml.SafeLoader):
                pass
        except yaml.YAMLError as error:
            if isinstance(error, yaml.MarkedYAMLError) and (begun := error.context_mark) and text[begun.index] == '"':
                return error
    return None
