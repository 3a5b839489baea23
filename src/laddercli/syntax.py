"""Why a text is not YAML, in the words of somebody who writes a ladder.

The parsers only say where they gave up; what the author did wrong is read from the lines there and above. That is
also why the answer is the same for libyaml and for the parser written in Python. ``TRAPS`` lists what is tried, in
order; the traps within one text are in ``traps``, those between lines and brackets here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from laddercli import traps
from laddercli.document import mark_at, split_lines
from laddercli.nodes import Fault, Mark, Span
from laddercli.traps import WINDOW, Entry, Scene, excerpt, fault, quote, quote_from, walk, write

_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$|^={7}$", re.MULTILINE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CLOSER = {"[": "]", "{": "}"}


def explain(text: str, error: Exception) -> Fault:
    """Say why the text is not YAML. ``error`` is what PyYAML raised; its wording is not used."""
    if conflict := _CONFLICT.search(text):
        start = mark_at(text, conflict.start())
        span = Span(start, Mark(start.line, start.column + len(conflict[0].rstrip())))
        help = "keep one of the two versions, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`"
        return Fault("syntax", span, "a merge conflict has not been resolved", help)
    scene = _scene(text, error)
    for trap in TRAPS:
        if found := trap(scene):
            return found
    return _anything_else(scene)


def _scene(text: str, error: Exception) -> Scene:
    lines = split_lines(text)
    opening: tuple[int, int] | None = None
    place: Any
    if isinstance(error, yaml.reader.ReaderError):
        mark = mark_at(text, min(error.position, len(text)))
        return Scene(lines, mark.line - 1, mark.column - 1, None)
    if isinstance(error, yaml.MarkedYAMLError):
        place, begun = error.problem_mark or error.context_mark, error.context_mark
        if begun is not None:
            opening = (begun.line, begun.column)
    else:
        place = _find_escape(text)
    if place is None:
        return Scene(lines, 0, 0, None)
    row, column = min(place.line, len(lines) - 1), place.column
    return Scene(lines, row, min(column, len(lines[row])), opening)


def _find_escape(text: str) -> Any:
    """Where the parser in Python stumbles over a code: it raises what ``chr`` raises, without a place."""
    loader: Any = yaml.SafeLoader(text)  # its methods carry no types
    try:
        while loader.check_event():
            event = loader.get_event()
            if isinstance(event, yaml.ScalarEvent) and event.style == '"' and _SURROGATE.search(event.value):
                return event.end_mark
    except (yaml.YAMLError, ValueError, OverflowError):
        return loader.get_mark()
    return None


# --- the document ------------------------------------------------------------------------------------------------


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


# --- blanks and indentation --------------------------------------------------------------------------------------


def tab(scene: Scene) -> Fault | None:
    """A tab where YAML counts blanks: in the indentation, or after `-` or `:`."""
    here = scene.here
    match = re.match(r"[ ]*(?:-[ ]+)*-?(?=\t)", here.line)
    column = match.end() if match else here.line.find("\t", scene.column)
    if column < 0 or (not match and column != scene.column):
        return None
    if here.line[:column].strip():
        line = here.line[:column] + re.sub(r"^[ \t]+", " ", here.line[column:])
        help = write("use a space", line)
        before = here.line[:column].rstrip()[-1]
        where = f"after `{before}`" if before in "-:" else "inside the text"
        return fault(scene.row, column, 1, f"a tab stands {where}", help)
    kind = "item" if here.dash else "key"
    sibling = next((at for at, what, _ in _open_columns(scene, scene.row) if what == kind), None)
    above = scene.at(scene.above(scene.row))
    wanted = above.start + 2 if above.structural and not above.value else sibling
    blanks = f"{wanted} spaces" if wanted else "spaces"
    return fault(scene.row, column, 1, "a tab stands in the indentation", f"write {blanks} instead of the tab")


_NO_SPACE = re.compile(r"(?P<key>[A-Za-z_][\w-]*):(?=[^\s:/\\])|-(?=[^\s\-.\d])")


def missing_space(scene: Scene) -> Fault | None:
    """`title:Foo` and `-Foo` are plain words; YAML notices at a later line."""
    for row in _suspects(scene):
        line = scene.at(row)
        if line.key is not None and not line.key.startswith("-"):
            continue
        if match := _NO_SPACE.match(line.line, line.start if line.key is not None else line.column):
            end = match.end()
            sign = line.line[end - 1]
            help = write(f"put a space after `{sign}`", f"{line.line[:end]} {line.line[end:]}")
            return fault(row, end - 1, 1, f"a space is missing after `{sign}`", help)
    return None


def _suspects(scene: Scene) -> Iterator[int]:
    """Rows without a key that may have spoilt the row where the parser gave up: the one it names, and those of the
    plain text that goes on into it."""
    here = scene.here
    if scene.opening and not scene.at(scene.opening[0]).structural:
        yield scene.opening[0]
    if scene.column == here.indent:
        yield scene.row
    if here.key is not None and scene.column == here.colon:
        row = scene.above(scene.row)
        while row >= max(0, scene.row - WINDOW):
            yield row
            if scene.at(row).structural:
                break
            row = scene.above(row)


def _open_columns(scene: Scene, row: int) -> Iterator[tuple[int, str, int]]:
    """The lists and mappings that may still be open above a row, innermost first: column, kind, row."""
    limit = 10**9
    for _ in range(WINDOW):
        row = scene.above(row)
        if row < 0 or limit == 0:
            return
        line = scene.at(row)
        if line.structural:
            for column, kind in line.starts:
                if column < limit:
                    yield column, kind, row
            limit = min(limit, line.indent)


def _sibling(scene: Scene, row: int, column: int, kind: str) -> int | None:
    """The column of the siblings that a row was meant to join, as near as possible."""
    columns = [at for at, what, _ in _open_columns(scene, row) if what == kind]
    return min(columns, key=lambda at: abs(at - column), default=None)


def indentation(scene: Scene) -> Fault | None:
    """A key or a list item that stands further left or right than its siblings, or has none."""
    here = scene.here
    if scene.opening and scene.opening[0] < scene.row and not scene.at(scene.opening[0]).structural:
        return None  # a line of text above is at fault
    goes_on = here.key is not None and scene.column == here.colon
    if not here.structural or not (scene.column == here.indent or goes_on):
        return None
    if goes_on and not (here.dash or re.fullmatch(r"[a-z_][a-z0-9_.-]*", here.key or "")):
        return None
    column, kind = here.indent, "item" if here.dash else "key"
    sibling = _sibling(scene, scene.row, column, kind)
    shown = excerpt(here.line)
    if sibling is None:
        return None if goes_on else _orphan(scene, here, kind)
    if sibling == column:
        return None if goes_on else _orphan(scene, here, kind)
    message = f"`{shown}` starts at column {column + 1}, the {kind}s above it at column {sibling + 1}"
    return fault(scene.row, column, len(here.line.strip()), message, f"write {_spaces(sibling)} before it")


def _spaces(count: int) -> str:
    return "no spaces" if not count else f"{count} space" if count == 1 else f"{count} spaces"


def _orphan(scene: Scene, here: Entry, kind: str) -> Fault | None:
    """A list item among keys, or a key among list items."""
    shown, width = excerpt(here.line), len(here.line.strip())
    if kind == "key":
        if (here.indent, "item") not in ((at, what) for at, what, _ in _open_columns(scene, scene.row)):
            return None
        help = "indent it below the item that it belongs to, or write it as an item with `- `"
        return fault(scene.row, here.indent, width, f"the key `{shown}` stands among list items", help)
    owner = next((row for _, kind, row in _open_columns(scene, scene.row) if kind == "key"), None)
    if owner is None:
        return None
    above = scene.at(owner)
    if not above.value and here.indent < above.start:
        message = f"`{shown}` starts at column {here.indent + 1}, left of the key `{above.key}` that it belongs to"
        return fault(scene.row, here.indent, width, message, f"write {_spaces(above.start + 2)} before it")
    help = "put the key of the list, such as `criteria:`, on the line above it"
    message = f"the list item `{shown}` belongs to no key; `{above.key}` already has a value"
    return fault(scene.row, here.indent, width, message, help)


def stray_text(scene: Scene) -> Fault | None:
    """A line of text that is neither key nor item: mostly text that goes on from above and is not indented."""
    for row in _suspects(scene):
        line = scene.at(row)
        if line.structural or not line.value or line.value[0] in "\"'[]{},":
            continue
        owner = next((at for at, _, _ in _open_columns(scene, row) if at >= line.indent), None)
        shown, width = excerpt(line.line), len(line.line.strip())
        before = scene.at(scene.above(row))
        if not before.structural and before.indent > line.indent:
            owner = before.indent
        if owner is None:
            help = "write `key: ` or `- ` before it, or `# ` if it is a remark"
            return fault(row, line.indent, width, f"`{shown}` is neither a key with a value nor a list item", help)
        wanted = owner + 2 if before.structural else before.indent
        message = f"`{shown}` has no `key:` before it and is not indented as part of the text above"
        return fault(row, line.indent, width, message, f"write {_spaces(wanted)} before it")
    return None


# --- brackets ----------------------------------------------------------------------------------------------------


class _Brackets:
    """The brackets around the place where the parser gave up, as offsets into the text from their line on."""

    def __init__(self, scene: Scene, row: int, column: int) -> None:
        self.row = row
        self.lines = scene.lines[row : scene.row + 1]
        self.text = "\n".join(self.lines)
        self.stop = len(self.text) - len(self.lines[-1]) + scene.column if self.lines else 0
        self.walk = walk(self.text, column, self.stop)

    def place(self, offset: int) -> tuple[int, int]:
        """Row and column of an offset."""
        before = self.text[:offset]
        return self.row + before.count("\n"), offset - (before.rfind("\n") + 1)


def _brackets(scene: Scene) -> _Brackets | None:
    """The nearest brackets that are open at the place, if any."""
    row, left = scene.row, 10**9
    while row >= max(0, scene.row - WINDOW):
        line = scene.at(row)
        if line.value[:1] in ("[", "{") and line.value and line.indent < left:
            found = _Brackets(scene, row, line.column)
            if found.walk.stack:
                return found
        left = min(left, line.indent)
        row = scene.above(row)
    if scene.opening and scene.opening[0] < len(scene.lines):
        row, column = scene.opening
        if scene.lines[row][column : column + 1] in ("[", "{"):
            found = _Brackets(scene, row, column)
            return found if found.walk.stack else None
    return None


def brackets(scene: Scene) -> Fault | None:
    """Whatever goes wrong between `[` or `{` and its end."""
    found = _brackets(scene)
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


def _wrong_closer(scene: Scene, found: _Brackets) -> Fault | None:
    """`]` closing `{`, or the other way round."""
    opener = found.text[found.walk.stack[-1]]
    if scene.found not in ("]", "}") or scene.found == _CLOSER[opener] or not scene.found:
        return None
    line, column = scene.here.line, scene.column
    right = _CLOSER[opener]
    row, start = found.place(found.walk.stack[-1])
    help = write(f"write `{right}`", line[:column] + right + line[column + 1 :], line[:column] + right + line[column:])
    where = f"at column {start + 1}" if row == scene.row else f"on line {row + 1}"
    return fault(scene.row, column, 1, f"`{scene.found}` cannot close the `{opener}` {where}", help)


def _unclosed(scene: Scene, found: _Brackets) -> Fault | None:
    """A bracket that is still open when the next key or item starts, or the text ends."""
    row, column = found.place(found.walk.stack[-1])
    opener = scene.at(row)
    ended = (
        not "".join(scene.lines[scene.row : scene.row + 1])[scene.column :].strip()
        and scene.row >= len(scene.lines) - 1
    )
    rows = (scene.at(at) for at in range(row + 1, scene.row + 1))
    listed = opener.line[column] == "["
    new = any(line.structural and (line.indent <= opener.start or (listed and line.key)) for line in rows)
    if not ended and not new:
        return None
    closers = "".join(_CLOSER[found.text[at]] for at in reversed(found.walk.stack))
    body, comment = traps.split_comment(opener.line, column)
    help = write(f"write `{closers}` where it ends", body.rstrip(",") + closers + comment)
    return fault(row, column, 1, f"the `{opener.line[column]}` that opens here is never closed", help)


def _no_entry(scene: Scene, found: _Brackets) -> Fault | None:
    """Two commas in a row, or a comma right after the bracket."""
    if scene.found != "," or found.text[found.walk.item : found.stop].strip():
        return None
    line, column = scene.here.line, scene.column
    left, right = line[:column].rstrip(), line[column + 1 :]
    help = write("remove the comma", left + (right.lstrip() if left[-1:] in ("[", "{") else right))
    return fault(scene.row, column, 1, "nothing stands before this comma", help)


def _no_value(scene: Scene, _: _Brackets) -> Fault | None:
    """A colon with a bracket or a comma right behind it: `{name:, kind: core}`, `{aliases:[a]}`."""
    line, column = scene.here.line, scene.column
    after = line[column + 1 : column + 2]
    if scene.found != ":" or not after or after not in ",[]{}":
        return None
    if after in "[{":
        help = write("put a space after `:`", f"{line[: column + 1]} {line[column + 1 :]}")
        return fault(scene.row, column, 1, "a space is missing after `:`", help)
    return fault(scene.row, column, 1, "no value stands after this `:`", "write the value, or remove the key")


def _missing_comma(scene: Scene, found: _Brackets) -> Fault | None:
    """Entries on lines of their own without a comma between them."""
    row, _ = found.place(found.walk.item)
    above = scene.above(scene.row)
    line = scene.lines[above] if above >= 0 else ""
    body, comment = traps.split_comment(line, 0)
    if above < row or scene.row == row or not body or body[-1] in ",[{:":
        return None
    help = f"write: {body.strip()},{comment}"
    return fault(above, len(body) - 1, 1, "a comma is missing at the end of this line", help)


def _text_in_brackets(scene: Scene, found: _Brackets) -> Fault | None:
    """Text within brackets that needs quotes; a comma followed by no key belongs to it."""
    line = scene.here.line
    row, start = found.place(found.walk.value)
    if row != scene.row:
        return None
    in_mapping = found.text[found.walk.stack[-1]] == "{"
    start = _text_before_comma(line, found, start) if in_mapping else start
    start += len(line[start:]) - len(line[start:].lstrip())
    stop = re.compile(r",\s*[\w-]+:\s|[\]}]|$" if in_mapping else r"[,\]}]|$").search(line, max(scene.column, start))
    end = stop.start() if stop else len(line)
    value = line[start:end].rstrip()
    if not value:
        return None
    end = start + len(value)
    fixed = line[:start] + quote_from(value, 0, len(value)) + line[end:]
    first = value[0]
    help = write("put quotes around the text", fixed)
    if first in traps._CURLY:
        pair = first + traps._CURLY[first][0]
        return fault(
            scene.row, start, 1, f"curly quotes (`{pair[0]} {pair[1]}`) do not quote text; use straight ones", help
        )
    if first in traps._INDICATORS:
        return fault(scene.row, start, 1, f"text that begins with {traps.name(first)} needs quotes", help)
    around = "`{…}`" if in_mapping else "`[…]`"
    if scene.found != ":":
        return fault(scene.row, start, len(value), f"this text within {around} needs quotes", help)
    what = "`: ` and a comma inside text" if "," in value else "`: ` inside text"
    return fault(scene.row, scene.column, 1, f"{what} within {around} needs quotes", help)


def _text_before_comma(line: str, found: _Brackets, start: int) -> int:
    """Where the text starts, if what looks like a key has blanks in it: `{text: Ships, and then: rests: well}`."""
    key = found.text[found.walk.item : found.walk.value].strip().rstrip(":")
    if not re.search(r"\s", key):
        return start
    _, opener = found.place(found.walk.stack[-1])
    keys = re.compile(r"[{,]\s*[A-Za-z][\w-]*:\s").finditer(line, opener, start)
    return max((key.end() for key in keys), default=start)


# --- a colon -----------------------------------------------------------------------------------------------------


def colon(scene: Scene) -> Fault | None:
    """`: ` inside unquoted text, on its first line or on a later one."""
    here = scene.here
    if scene.found != ":" or here.key is None or scene.column < here.colon:
        return None
    message = "`: ` inside text needs quotes"
    otherwise = "put quotes around the whole text"
    if scene.column > here.colon or len(here.key) > 1_000:
        start = here.text if scene.column > here.colon else here.start
        help = write(otherwise, quote_from(here.line, start, scene.column))
        return fault(scene.row, scene.column, 1, message, help)
    row, parts = scene.row, [here.line.strip()]
    while (row := scene.above(row)) >= max(0, scene.row - WINDOW) and not scene.at(row).structural:
        parts.append(scene.lines[row].strip())
    if row < 0 or not scene.at(row).structural:
        return fault(scene.row, scene.column, 1, message, otherwise)
    first = scene.at(row)
    after = scene.row + 1
    while after < min(len(scene.lines), scene.row + WINDOW):
        below = scene.at(after)
        if below.indent <= first.start or not below.line.strip() or below.structural:
            break
        parts.insert(0, below.line.strip())
        after += 1
    text = " ".join([first.line[first.text :].strip(), *reversed(parts)])
    return fault(scene.row, scene.column, 1, message, write(otherwise, first.line[: first.text] + quote(text)))


# --- anything else -----------------------------------------------------------------------------------------------


def _anything_else(scene: Scene) -> Fault:
    """No trap that is known: name what stands there, and say where to look."""
    help = "check the quotes, brackets and indentation of this line and the one above"
    row, column = scene.row, scene.column
    rest = scene.here.line[column:]
    if rest.strip():
        column += len(rest) - len(rest.lstrip())
        word = excerpt(rest)
        return fault(row, column, len(rest.strip()), f"`{word}` cannot stand here", help)
    above = scene.above(row + 1)
    row = max(above, 0)
    line = scene.lines[row].rstrip()
    column = len(line) - len(line.lstrip())
    return fault(row, column, len(line) - column, "something is missing at the end of this line, or not closed", help)


# Tried in order. What spoils later lines comes before what the parser finds there; a text that begins with an
# indicator comes before the `: ` inside it.
TRAPS: tuple[Callable[[Scene], Fault | None], ...] = (
    directive,
    traps.unknown_escape,
    tab,
    traps.unclosed_quote,
    missing_space,
    document_marker,
    brackets,
    extra_closer,
    traps.second_key,
    traps.inner_quote,
    traps.text_after_quote,
    traps.curly_quotes,
    traps.tag,
    traps.indicator,
    indentation,
    stray_text,
    colon,
)
