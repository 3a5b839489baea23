"""Whatever goes wrong between `[` or `{` and its end."""

from __future__ import annotations

import re
from typing import NamedTuple

from laddercli.nodes import Fault
from laddercli.syntax.openings import refusal
from laddercli.syntax.scene import REACH, WINDOW, Scene
from laddercli.syntax.wording import fault, quote_from, split_comment, write

_CLOSER = {"[": "]", "{": "}"}

# Quotes count only at the beginning of a text; within one they are letters.
_FRESH = re.compile(r"""\s+|"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?|[\[\]{},]|:(?=[\s,\[\]{}]|$)|#[^\n]*|.""", re.DOTALL)
_WITHIN = re.compile(r"""[ \t]+#[^\n]*|\s+|[\[\]{},]|:(?=[\s,\[\]{}]|$)|.[^\s,\[\]{}:]*""", re.DOTALL)

_TEXT_END = {"[": re.compile(r"[,\]}]|$"), "{": re.compile(r",\s*[\w-]+:\s|[\]}]|$")}
_KEY = re.compile(r"[{,]\s*[A-Za-z][\w-]*:\s")


class Walk(NamedTuple):
    """What stands between an opening bracket and a place behind it, as offsets into the text walked."""

    stack: tuple[int, ...]  # brackets that are still open
    item: int  # where the entry starts that the place belongs to
    value: int  # where its value starts
    quote: int | None  # the last quoted text


def walk(text: str, start: int, stop: int) -> Walk:
    """Go from a bracket to ``stop``, keeping count of brackets and entries."""
    stack: list[int] = []
    items: list[int] = []
    item = value = start
    quoted: int | None = None
    fresh, position = True, start
    while position < stop:
        match = (_FRESH if fresh else _WITHIN).match(text, position)
        if match is None:
            break
        token, end = match[0], match.end()
        if token in ("[", "{"):
            stack.append(position)
            items.append(item)
        elif token in ("]", "}") and stack:
            stack.pop()
            item = value = items.pop()
        if token in (",", "[", "{"):
            item = value = end
        elif token == ":":
            value = end
        elif fresh and token[0] in ('"', "'"):
            quoted = position
        fresh = token in (",", "[", "{", ":") or (fresh and token.isspace())
        position = end
    return Walk(tuple(stack), item, value, quoted)


class _Open(NamedTuple):
    """The brackets that are open where the parser gave up, in the text from ``row`` on."""

    row: int
    text: str
    stop: int
    walk: Walk

    @property
    def bracket(self) -> str:
        """The innermost of them."""
        return self.text[self.walk.stack[-1]]

    @property
    def opened(self) -> tuple[int, int]:
        """Where it stands."""
        return self.place(self.walk.stack[-1])

    def place(self, offset: int) -> tuple[int, int]:
        """Row and column of an offset."""
        before = self.text[:offset]
        return self.row + before.count("\n"), offset - (before.rfind("\n") + 1)


def _open_from(scene: Scene, row: int, column: int) -> _Open | None:
    lines = scene.lines[row : scene.row + 1]
    text = "\n".join(lines)
    stop = len(text) - len(lines[-1]) + scene.column if lines else 0
    if stop > REACH:
        return None
    walked = walk(text, column, stop)
    return _Open(row, text, stop, walked) if walked.stack else None


def _open_brackets(scene: Scene) -> _Open | None:
    """The nearest brackets that are open at the place, if any."""
    row, left = scene.row, 10**9
    while row >= max(0, scene.row - WINDOW):
        line = scene.at(row)
        if line.value[:1] in ("[", "{") and line.indent < left and (found := _open_from(scene, row, line.column)):
            return found
        left = min(left, line.indent)
        row = scene.above(row)
    if scene.opening and scene.opener in ("[", "{"):
        return _open_from(scene, *scene.opening)
    return None


def brackets(scene: Scene) -> Fault | None:
    """Whatever goes wrong between `[` or `{` and its end."""
    found = _open_brackets(scene)
    if found is None:
        return None
    for trap in (_wrong_closer, _unclosed, _no_entry, _no_value, _missing_comma, _text_in_brackets):
        if result := trap(scene, found):
            return result
    return None


def extra_closer(scene: Scene) -> Fault | None:
    """A second `]` or `}` where everything has been closed."""
    here = scene.here
    if scene.found not in ("]", "}") or here.value[:1] not in ("[", "{") or scene.column <= here.column:
        return None
    rest = here.line[: scene.column] + here.line[scene.column + 1 :]
    help = write(f"remove the `{scene.found}`, or put quotes around the text", rest)
    return fault(scene.row, scene.column, 1, f"this `{scene.found}` closes nothing", help)


def _wrong_closer(scene: Scene, found: _Open) -> Fault | None:
    """`]` closing `{`, or the other way round."""
    right = _CLOSER[found.bracket]
    if scene.found not in ("]", "}") or scene.found == right:
        return None
    line, column = scene.here.line, scene.column
    row, start = found.opened
    help = write(f"write `{right}`", line[:column] + right + line[column + 1 :], line[:column] + right + line[column:])
    where = f"at column {start + 1}" if row == scene.row else f"on line {row + 1}"
    return fault(scene.row, column, 1, f"`{scene.found}` cannot close the `{found.bracket}` {where}", help)


def _unclosed(scene: Scene, found: _Open) -> Fault | None:
    """A bracket that is still open when the next key or item starts, or the text ends."""
    row, column = found.opened
    opener = scene.at(row)
    ended = scene.row == len(scene.lines) - 1 and not scene.lines[scene.row][scene.column :].strip()
    rows = (scene.at(at) for at in range(row + 1, scene.row + 1))
    listed = found.bracket == "["
    new = any(line.structural and (line.indent <= opener.start or (listed and line.key)) for line in rows)
    if not ended and not new:
        return None
    closers = "".join(_CLOSER[found.text[at]] for at in reversed(found.walk.stack))
    body, comment = split_comment(opener.line, column)
    help = write(f"write `{closers}` where it ends", body.rstrip(",") + closers + comment)
    return fault(row, column, 1, f"the `{found.bracket}` that opens here is never closed", help)


def _no_entry(scene: Scene, found: _Open) -> Fault | None:
    """Two commas in a row, or a comma right after the bracket."""
    if scene.found != "," or found.text[found.walk.item : found.stop].strip():
        return None
    line, column = scene.here.line, scene.column
    left, right = line[:column].rstrip(), line[column + 1 :]
    help = write("remove the comma", left + (right.lstrip() if left[-1:] in ("[", "{") else right))
    return fault(scene.row, column, 1, "nothing stands before this comma", help)


def _no_value(scene: Scene, _: _Open) -> Fault | None:
    """A colon with a bracket or a comma right behind it: `{name:, kind: core}`, `{aliases:[a]}`."""
    line, column = scene.here.line, scene.column
    after = line[column + 1 : column + 2]
    if scene.found != ":" or not after or after not in ",[]{}":
        return None
    if after in "[{":
        help = write("put a space after `:`", f"{line[: column + 1]} {line[column + 1 :]}")
        return fault(scene.row, column, 1, "a space is missing after `:`", help)
    return fault(scene.row, column, 1, "no value stands after this `:`", "write the value, or remove the key")


def _missing_comma(scene: Scene, found: _Open) -> Fault | None:
    """Entries on lines of their own without a comma between them."""
    row, _ = found.place(found.walk.item)
    above = scene.above(scene.row)
    line = scene.lines[above] if above >= 0 else ""
    body, comment = split_comment(line, 0)
    if above < row or scene.row == row or not body or body[-1] in ",[{:":
        return None
    help = f"write: {body.strip()},{comment}"
    return fault(above, len(body) - 1, 1, "a comma is missing at the end of this line", help)


def _text_in_brackets(scene: Scene, found: _Open) -> Fault | None:
    """Text within brackets that needs quotes; a comma followed by no key belongs to it."""
    line = scene.here.line
    row, start = found.place(found.walk.value)
    if row != scene.row:
        return None
    if found.bracket == "{":
        start = _text_before_comma(line, found, start)
    start += len(line[start:]) - len(line[start:].lstrip())
    stop = _TEXT_END[found.bracket].search(line, max(scene.column, start))
    value = line[start : stop.start() if stop else len(line)].rstrip()
    if not value:
        return None
    fixed = line[:start] + quote_from(value, 0, len(value)) + line[start + len(value) :]
    help = write("put quotes around the text", fixed)
    if message := refusal(value[0]):
        return fault(scene.row, start, 1, message, help)
    around = f"`{found.bracket}…{_CLOSER[found.bracket]}`"
    if scene.found != ":":
        return fault(scene.row, start, len(value), f"this text within {around} needs quotes", help)
    what = "`: ` and a comma inside text" if "," in value else "`: ` inside text"
    return fault(scene.row, scene.column, 1, f"{what} within {around} needs quotes", help)


def _text_before_comma(line: str, found: _Open, start: int) -> int:
    """Where the text starts, if what looks like a key has blanks in it: `{text: Ships, and then: rests: well}`."""
    key = found.text[found.walk.item : found.walk.value].strip().rstrip(":")
    if not re.search(r"\s", key):
        return start
    _, opener = found.opened
    return max((key.end() for key in _KEY.finditer(line, opener, start)), default=start)
