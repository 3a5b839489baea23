"""Traps of the document as a whole: what stands around the ladder or between its versions."""

from __future__ import annotations

import re

from laddercli.nodes import Fault, Mark, Span, mark_at
from laddercli.syntax.scene import WINDOW, Scene
from laddercli.syntax.wording import fault

_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$|^={7}$", re.MULTILINE)


def conflict(text: str) -> Fault | None:
    """The lines that git leaves around two versions. They are no place of a scene: the text is searched for them."""
    found = _CONFLICT.search(text)
    if found is None:
        return None
    start = mark_at(text, found.start())
    span = Span(start, Mark(start.line, start.column + len(found[0].rstrip())))
    help = "keep one of the two versions, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`"
    return Fault("syntax", span, "a merge conflict has not been resolved", help)


def directive(scene: Scene) -> Fault | None:
    """Lines that begin with `%` before the ladder starts."""
    for row, line in enumerate(scene.lines[:WINDOW]):
        if line.startswith("%"):
            if re.fullmatch(r"%YAML 1\.2\s*", line) and any(x.startswith("---") for x in scene.lines[row : scene.row]):
                continue
            help = "remove the lines that begin with `%`; ladders are YAML 1.2"
            return fault(row, 0, 1, "a ladder has no YAML directives", help, "unsupported-yaml")
        if line.strip() and not line.lstrip().startswith("#"):
            return None
    return None


def document_marker(scene: Scene) -> Fault | None:
    """`...` ends the document, and more follows; or text stands behind `---`."""
    for row in (scene.row, scene.above(scene.row)):
        line = scene.lines[row] if row >= 0 else ""
        if re.match(r"\.\.\.(?:\s|$)", line):
            return fault(row, 0, 3, "`...` ends the ladder, and more text follows", "remove `...`")
        if re.match(r"---[ \t]+[^\s#]", line):
            return fault(row, 0, 3, "`---` needs a line of its own", "put what follows `---` on the next line")
    return None
