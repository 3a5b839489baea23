"""Blanks that are no spaces: non-breaking ones, as they come from web pages and word processors."""

from __future__ import annotations

import re

from laddercli.nodes import Fault
from laddercli.syntax.layout import suspects
from laddercli.syntax.scene import Scene
from laddercli.syntax.wording import fault, write

# Two kinds of no-break space, one as wide as a digit, one as wide as a Chinese character.
_BLANK = "[\u00a0\u2007\u202f\u3000]"
_INDENT = re.compile(rf"[ \t]*(?P<blanks>{_BLANK}+)")
_BEHIND_SIGN = re.compile(rf"[ ]*(?:-[ ]+)*(?:-|[A-Za-z_][\w.-]*:)(?P<blanks>{_BLANK}+)")
_BEFORE_PLACE = re.compile(rf"(?<=:)(?P<blanks>{_BLANK}+)[ ]*$")


def non_breaking(scene: Scene) -> Fault | None:
    """A non-breaking space, which YAML takes for a letter, in the indentation or right after `:` or `-`."""
    rows = [*suspects(scene), scene.row, scene.above(scene.row)]
    for row in sorted({row for row in rows if 0 <= row < len(scene.lines)}):
        line = scene.lines[row]
        match = _INDENT.match(line) or _BEHIND_SIGN.match(line)
        if match is None and row == scene.row:
            match = _BEFORE_PLACE.search(line[: scene.column])
        if match:
            return _report(row, line, *match.span("blanks"))
    return None


def _report(row: int, line: str, start: int, end: int) -> Fault:
    several = end - start > 1
    help = "replace it and those behind it with normal spaces" if several else "replace it with a normal space"
    if line[:start].strip():
        help = write(help, f"{line[:start]} {line[end:].lstrip()}")
    return fault(row, start, end - start, "a non-breaking space stands here", help)
