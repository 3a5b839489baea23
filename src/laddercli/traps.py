"""What authors write that YAML reads otherwise: traps within the text of one value.

A trap looks at a scene, the lines around the place where the parser gave up, and gives the fault or None. Each
``write: …`` that a trap proposes has been parsed before it is shown.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from laddercli.nodes import Fault, Mark, Span

WINDOW = 200
_LONGEST_HELP = 1_000

# A key begins with no indicator. Each alternative starts with a character of its own, so a match is linear.
_START = r"""(?:[^\s\-?:,\[\]{}#&*!|>'"%@`]|[\-?:](?=\S))"""
_PLAIN_KEY = _START + r"[^\s:]*(?:(?:[ \t]+|:)(?![\s#])[^\s:]*)*"
_QUOTED = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')"""
_ENTRY = re.compile(
    r"(?P<indent>[ \t]*)(?P<dashes>(?:-(?:[ \t]+|$))*)"
    rf"(?:(?P<key>{_QUOTED}|{_PLAIN_KEY})[ \t]*:(?:[ \t]+|$))?(?P<value>.*)"
)
_CLOSED = re.compile(_QUOTED, re.DOTALL)
_WORD = re.compile(r"[a-z_][a-z0-9_.-]*")
_COMMENT = re.compile(r"(?<![ \t])[ \t]+(?:#.*|$)")
_CURLY = {"“": "”", "„": "“”", "‘": "’", "‚": "‘’", "”": "”", "’": "’"}
# Keys of the format that hardly end a clause of prose: in `id: pm1 title: Associate` they are two keys.
_SECOND_KEYS = frozenset(["id", "title", "name", "code", "grade", "kind", "text", "version", "status"])

_NESTED_KEYS = frozenset("step min mid max unchanged not_applicable criteria".split())


class Entry(NamedTuple):
    """One line taken apart: indentation, the dashes of list items, a key, a value. Columns count from 0."""

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
    def starts(self) -> list[tuple[int, str]]:
        """The columns at which this line starts items and keys, innermost first."""
        found = [(self.start, "key")] if self.key is not None else []
        dashes = range(self.indent, self.start if found else self.column)
        return found + [(column, "item") for column in reversed(dashes) if self.line[column] == "-"]

    @property
    def text(self) -> int:
        """Where the author's text starts. `- Owns this: that` is one text; in `- text: that` it is the value."""
        if self.dash and self.key is not None and not _WORD.fullmatch(self.key):
            return self.start
        return self.column


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
    """Where the parser gave up, rows and columns from 0, and the place it names as the beginning."""

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
        return self.here.line[self.column : self.column + 1]

    def above(self, row: int) -> int:
        """The nearest row above that holds more than a comment, or -1."""
        for above in range(row - 1, max(-1, row - 1 - WINDOW), -1):
            line = self.lines[above].strip() if above < len(self.lines) else ""
            if line and not line.startswith("#"):
                return above
        return -1


def fault(row: int, column: int, width: int, message: str, help: str, rule: str = "syntax") -> Fault:
    """A fault on one line; row and column count from 0."""
    return Fault(rule, Span(Mark(row + 1, column + 1), Mark(row + 1, column + 1 + width)), message, help)


def quote(text: str) -> str:
    """The text in the quotes that leave it as it is."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def parses(line: str) -> bool:
    """Whether a line is YAML by itself."""
    try:
        for _ in yaml.parse(line, yaml.SafeLoader):
            pass
    except (yaml.YAMLError, ValueError, OverflowError):
        return False
    return True


def write(otherwise: str, *lines: str) -> str:
    """The first of the lines that is YAML, as a help; a long or hopeless one is described instead."""
    for line in lines:
        shown = line.strip()
        if len(shown) <= _LONGEST_HELP and parses(shown):
            return f"write: {shown}"
    return otherwise


def excerpt(text: str) -> str:
    """The beginning of a text, short enough for a message."""
    text = _COMMENT.sub("", text.strip()[:100])
    return text if len(text) <= 24 else text[:24].rsplit(" ", 1)[0] + "…"


def split_comment(line: str, start: int) -> tuple[str, str]:
    """The line up to the comment or the blanks that end it, and those. The comment starts after ``start``."""
    match = _COMMENT.search(line, start)
    return (line[: match.start()], line[match.start() :].rstrip()) if match else (line, "")


def quote_from(line: str, column: int, after: int) -> str:
    """The line with quotes around the text from ``column`` on; a comment behind ``after`` stays one."""
    body, comment = split_comment(line, after)
    text = body[column:]
    ends = _CURLY.get(text[:1], "")
    if len(text) > 1 and text[-1] in ends and not any(end in text[1:-1] for end in ends):
        text = text[1:-1]
    return body[:column] + quote(text) + comment


def open_quote(line: Entry) -> int | None:
    """The column of a quote that opens a value on this line and is not closed on it."""
    if line.value[:1] in ("'", '"') and line.value:
        return None if _CLOSED.match(line.value) else line.column
    if line.value[:1] in ("[", "{") and line.value:
        opened = walk(line.line, line.column, len(line.line)).quote
        return opened if opened is not None and not _CLOSED.match(line.line, opened) else None
    return None


class Walk(NamedTuple):
    """What stands between an opening bracket and a place behind it, as offsets into the text walked."""

    stack: tuple[int, ...]  # brackets that are still open
    item: int  # where the entry starts that the place belongs to
    value: int  # where its value starts
    quote: int | None  # the last quoted text


# Quotes count only at the beginning of a text; within one they are letters.
_FRESH = re.compile(r"""\s+|"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?|[\[\]{},]|:(?=[\s,\[\]{}]|$)|#[^\n]*|.""", re.DOTALL)
_WITHIN = re.compile(r"""[ \t]+#[^\n]*|\s+|[\[\]{},]|:(?=[\s,\[\]{}]|$)|.[^\s,\[\]{}:]*""", re.DOTALL)


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
        elif fresh and token[0] in "\"'":
            quoted = position
        fresh = token in (",", "[", "{", ":") or (fresh and token.isspace())
        position = end
    return Walk(tuple(stack), item, value, quoted)


# --- the traps ---------------------------------------------------------------------------------------------------


_ESCAPE = re.compile(r"""\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^xuU]|$)""")
_ESCAPED = frozenset('0abt\tnvfre "/\\N_LP')


def _good_escape(text: str, position: int) -> bool:
    match = _ESCAPE.match(text, position)
    if not match:
        return False
    escape = match[0][1:]
    if escape[:1] in ("u", "U"):
        code = int(escape[1:], 16)
        return code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return not escape or escape[0] == "x" or escape in _ESCAPED


def bad_escape(line: str, column: int, stop: int) -> int | None:
    """The first backslash in a double-quoted text that starts what YAML does not know."""
    while (column := line.find("\\", column, stop)) >= 0:
        if not _good_escape(line, column):
            return column
        column += 2
    return None


def unknown_escape(scene: Scene) -> Fault | None:
    """A backslash in double quotes: `"C:\\path"`, or the code of half a character."""
    for row in (scene.row - 1, scene.row):  # the parser in Python may have read on to the next line
        line = scene.at(row)
        inside = scene.opening is not None and scene.opening[0] <= row == scene.row and _quote_at(scene) == '"'
        start = line.line.find('"', line.start)
        if inside and scene.opening is not None:
            start = scene.opening[1] + 1 if scene.opening[0] == row else 0
        elif line.value[:1] != '"' and not (line.value[:1] in ("[", "{") and line.value):
            continue
        stop = len(line.line) if row < scene.row else scene.column + 1
        if start >= 0 and (column := bad_escape(line.line, start, stop)) is not None:
            return _explain_escape(line, row, column)
    return None


def _explain_escape(line: Entry, row: int, column: int) -> Fault:
    code = re.compile(r"\\(?:x[0-9a-fA-F]{0,2}|u[0-9a-fA-F]{0,4}|U[0-9a-fA-F]{0,8}|.?)").match(line.line, column)
    shown = code[0] if code else "\\"
    if len(shown) in (6, 10):
        message = f"`{shown}` is not the code of a character"
    else:
        message = f"`{shown}` has no meaning inside double quotes"
    opening = line.line.rfind('"', 0, column)
    closing = re.compile(r"(?:[^\"\\]|\\.)*").match(line.line, opening + 1)
    end = closing.end() if closing else column
    inner = line.line[opening + 1 : end]
    doubled = re.sub(r"\\.", lambda m: m[0] if _good_escape(m[0] + " " * 9, 0) else "\\" + m[0], inner)
    rest = line.line[end + 1 :]
    lines = [line.line[:opening] + f'"{doubled}"' + rest]
    if opening < 0 or end >= len(line.line):
        lines = []  # the text spans lines
    elif "'" not in inner and all(not _good_escape(inner, m.start()) for m in re.finditer(r"\\", inner)):
        lines.insert(0, line.line[:opening] + f"'{inner}'" + rest)
    return fault(row, column, len(shown), message, write("write the backslash twice, or use single quotes", *lines))


def _quote_at(scene: Scene) -> str:
    """The quote at the place where the parser says that its trouble began, or nothing."""
    if scene.opening is None:
        return ""
    row, column = scene.opening
    found = scene.lines[row][column : column + 1] if row < len(scene.lines) else ""
    return found if found in ("'", '"') else ""


_APOSTROPHE = re.compile(r"'(?:tis|twas|til|em|cause|round|bout|n|\d\ds?)\b", re.IGNORECASE)


def unclosed_quote(scene: Scene) -> Fault | None:
    """A quote that opens a text and is never closed, or is closed by the quote that opens another one."""
    place = None
    if _quote_at(scene) and scene.opening:
        row, column = scene.opening
        if not _CLOSED.match("\n".join(scene.lines[row : scene.row + 1]), column):
            place = scene.opening
    before = scene.here.line[: scene.column].rstrip()
    if place is None and before[-1:] in ("'", '"') and before:
        place = _opened_above(scene, before[-1])
    if place is None:
        return None
    row, column = place
    line = scene.lines[row]
    if _APOSTROPHE.match(line, column):
        help = write("put the text in double quotes", quote_from(line, column, column))
        return fault(row, column, 1, "text that begins with `'` needs quotes", help)
    body, comment = split_comment(line, column)
    closers = re.search(r"[\]}]*$", body)
    at = closers.start() if closers else len(body)
    mark = line[column]
    ends = [len(body), at]
    next_key = re.compile(r",[ \t]+[A-Za-z][\w-]*:[ \t]").search(body, column)
    if next_key and entry(line).value[:1] == "{":
        ends.insert(0, next_key.start())
    lines = [body[:end] + mark + body[end:] + comment for end in ends]
    help = write(f"write a second `{mark}` where the text ends", *lines)
    return fault(row, column, 1, f"the `{mark}` that opens here is never closed", help)


def _opened_above(scene: Scene, mark: str) -> tuple[int, int] | None:
    """The place of the quote that the one before the problem closes by accident: between the two, a line starts
    something new, which no line of a quoted text does."""
    here = scene.here
    if here.value[:1] == mark and _CLOSED.match(here.value) and here.column + 1 < scene.column:
        return None
    left = here.indent if here.structural else 10**9
    row = scene.row
    while (row := scene.above(row)) >= max(0, scene.row - WINDOW):
        line = scene.at(row)
        column = open_quote(line)
        if column is not None and line.line[column] == mark:
            return (row, column) if left <= line.start else None
        if line.structural:
            left = min(left, line.indent)
    return None


def inner_quote(scene: Scene) -> Fault | None:
    """A quote inside quoted text that ends it: `'it's fine'`, `"he said "yes" to me"`."""
    here = scene.here
    mark = here.value[:1]
    if mark not in ("'", '"') or not mark:
        return None
    closed = _CLOSED.match(here.line, here.column)
    body, comment = split_comment(here.line, scene.column)
    if not closed or scene.column < closed.end() or not body.endswith(mark) or len(body) <= closed.end():
        return None
    last = closed.end() - 1
    if not (here.line[last - 1] == " " or here.line[last + 1 : last + 2].isalnum()):
        return None
    help = write(
        "use the other quotes around the text", here.line[: here.column] + quote(body[here.column + 1 : -1]) + comment
    )
    return fault(scene.row, last, 1, f"this `{mark}` ends the text, which goes on behind it", help)


def text_after_quote(scene: Scene) -> Fault | None:
    """Text behind the end of a quoted text that began on a line above."""
    before = scene.here.line[: scene.column].rstrip()
    rest = scene.here.line[scene.column :].strip()
    if before[-1:] not in ("'", '"') or not before or not rest or scene.here.value[:1] == before[-1]:
        return None
    help = f"write the closing `{before[-1]}` at the very end of the text"
    return fault(scene.row, scene.column, len(rest), f"text goes on after the closing `{before[-1]}`", help)


def second_key(scene: Scene) -> Fault | None:
    """Two keys on a line: `id: pm1 title: Associate`, `title: "Associate", grade: g1`."""
    here = scene.here
    if here.key is None or scene.column <= here.colon:
        return None
    nested = re.match(r"(?P<key>[a-z_]+):[ \t]", here.value)
    if nested and nested["key"] in _NESTED_KEYS and scene.column == here.column + nested.end("key"):
        body, comment = split_comment(here.line, scene.column)
        help = write("write it on the next line", f"{body[: here.column]}{{{body[here.column :]}}}{comment}")
        return fault(scene.row, here.column, nested.end("key"), f"`{nested['key']}` is a second key on this line", help)
    quoted = _CLOSED.match(here.line, here.column)
    start = quoted.end() if quoted else here.column
    match = re.compile(r"[ \t,]*(?P<key>[a-z_][a-z0-9_-]*):[ \t]").match(here.line, start) if quoted else None
    if match is None and here.value[:1] not in ("'", '"', "[", "{"):
        match = re.compile(r"[^\s:]+[ \t,]+(?P<key>[a-z_]+):[ \t]").match(here.line, start)
        match = match if match and match["key"] in _SECOND_KEYS else None
    if match is None or match.end("key") < scene.column:
        return None
    column, key = match.start("key"), match["key"]
    help = f"put `{excerpt(here.line[column:])}` on a line of its own, below `{excerpt(here.key)}` and as far in"
    return fault(scene.row, column, len(key), f"`{key}` is a second key on this line", help)


def curly_quotes(scene: Scene) -> Fault | None:
    """Quotes from a word processor around text that needs quotes: YAML takes them as letters."""
    here = scene.here
    if not here.value or here.value[0] not in _CURLY or scene.column < here.column:
        return None
    pair = here.value[0] + _CURLY[here.value[0]][0]
    help = write("use straight quotes", quote_from(here.line, here.column, scene.column))
    message = f"curly quotes (`{pair[0]} {pair[1]}`) do not quote text; use straight ones"
    return fault(scene.row, here.column, 1, message, help)


def name(character: str) -> str:
    """A character as a message shows it."""
    return "a backtick" if character == "`" else f"`{character}`"


_TAG = re.compile(r"!(?:!\S+|<[^>\n]*>?|[\w-]+!\S+)")


def tag(scene: Scene) -> Fault | None:
    """A YAML tag that the parser itself refuses: `!!str !!int 3`, `!foo!bar`."""
    here = scene.here
    match = _TAG.match(here.value)
    if not match or scene.column < here.column:
        return None
    bare = here.line[: here.column] + _TAG.sub("", here.value).strip()
    otherwise = "remove the tag; the field decides what its value is"
    help = write(otherwise, bare) if bare != here.line[: here.column] else otherwise
    message = f"the tag `{match[0]}` is not part of the format"
    return fault(scene.row, here.column, len(match[0]), message, help, "unsupported-yaml")


_BLANK_AFTER = frozenset("-?:")
_INDICATORS = frozenset("*&[]{}\"'%@|>!`,-?:")


def indicator(scene: Scene) -> Fault | None:
    """Text that begins with a character which means something to YAML."""
    here = scene.here
    if not here.value and here.key is None and here.dash and scene.column >= here.column:
        return None
    first = here.value[:1]
    if first not in _INDICATORS or not first or scene.column < here.column:
        return None
    if first in _BLANK_AFTER and here.value[1:2].strip():
        return None
    below = scene.at(scene.row + 1)
    if first == "-" and here.key is not None and below.dash:
        help = f"write `{here.key}:` alone, and on the next line `{' ' * (here.start + 2)}{excerpt(here.value)}`"
        return fault(scene.row, here.column, 1, "a list starts on the line below its key", help)
    around = " around all of it" if first in "\"'" else ""
    help = write("put quotes around the text", quote_from(here.line, here.text, scene.column))
    return fault(scene.row, here.column, 1, f"text that begins with {name(first)} needs quotes{around}", help)
