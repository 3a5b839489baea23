"""Signs that were left out: the colon after a key, the dash before an item, or a bullet in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from laddercli.nodes import Fault
from laddercli.syntax.layout import open_columns, suspects
from laddercli.syntax.scene import CLOSED, WINDOW, Entry, Scene, entry
from laddercli.syntax.wording import fault, quote_from, split_comment, write

_FIRST_WORD = re.compile(r"[a-z_][a-z0-9_.-]*(?=[ \t]|$)")
# What lists begin with elsewhere. The last three are also signs within text, so a blank follows.
_BULLET = re.compile(r"(?:[•·‣▪●◦]|[–—*](?=\s|$))\s*")
_NEVER_FIRST = frozenset("*&!|>%@`,-?:#")
_ENCLOSING = ("'", '"', "[", "]", "{", "}", ",")
_SENTENCE_ENDS = frozenset(".!?…;:\"'”]}")


@cache
def _mappings() -> list[frozenset[str]]:
    """The fields of each mapping of the format."""
    from laddercli import schema

    parts = [each for each in vars(schema).values() if isinstance(each, type) and issubclass(each, schema.Part)]
    return [frozenset(field.alias or name for name, field in part.model_fields.items()) for part in parts]


def _is_field(word: str, siblings: list[str]) -> bool:
    """Whether the word is a field that may stand beside most of its siblings and is not among them."""
    known = {each for each in siblings if any(each in fields for fields in _mappings())}
    kin = any(word in fields and 2 * len(known & fields) >= len(known) for fields in _mappings())
    return kin and word not in siblings


def colon(scene: Scene) -> Fault | None:
    """`grade g1` among keys, or `expectations` alone above what belongs to it."""
    for row in [*suspects(scene), *_parent(scene)]:
        line = scene.at(row)
        word = _FIRST_WORD.match(line.value)
        if word is None or line.key is not None or not _is_key(scene, row, word[0]):
            continue
        end = line.column + word.end()
        before, after = f"{line.line[:end]}:", line.line[end:]
        body, comment = split_comment(after, 0)
        start = len(before) + 1
        plain = f"{before} {body.strip()}" if body.strip() else before
        lines = [plain + comment] + ([quote_from(plain, start, start) + comment] if body.strip() else [])
        help = write(f"write `:` after `{word[0]}`", *lines)
        if _is_at_dashes(scene, row, line.column):
            help = _further_in(help, "the keys above it")
        return fault(row, line.column, len(word[0]), f"the colon after `{word[0]}` is missing", help)
    return None


def _is_at_dashes(scene: Scene, row: int, column: int) -> bool:
    """Whether items begin at the column, and no keys beside their list do."""
    if not any((at, kind) == (column, "item") for at, kind, _ in open_columns(scene, row)):
        return False
    top = row - WINDOW
    while (row := scene.above(row)) >= max(0, top):
        line = scene.at(row)
        if line.structural and not line.dash and line.indent <= column:
            return line.indent < column
    return True


def _parent(scene: Scene) -> Iterator[int]:
    """The row above an unexpected key that stands no further right: what stands between belongs to it."""
    here, row = scene.here, scene.row
    while here.key is not None and scene.column == here.colon and (row := scene.above(row)) >= scene.row - WINDOW:
        if row < 0 or scene.at(row).indent <= here.indent:
            yield from (row,) if row >= 0 else ()
            return


def _is_key(scene: Scene, row: int, word: str) -> bool:
    """Whether the word was meant as a key: a field among its siblings, or a word with a mapping or list of its own."""
    line = scene.at(row)
    below = _below(scene, row)
    rest = split_comment(line.value[len(word) :], 0)[0].strip()
    deeper = not rest and below.structural and below.indent > line.column
    if not deeper and not any(word in fields for fields in _mappings()):
        return False
    siblings = [] if line.dash else _siblings(scene, row, line.column)
    if below.key is not None and below.start == below.indent == line.column:
        siblings.append(below.key)
    if deeper and not line.dash:
        above = scene.at(scene.above(row))
        return bool(siblings) or scene.above(row) < 0 or (above.key is not None and not above.value)
    prose = rest[:1].islower() and rest.endswith(".") and _is_unfinished(scene.at(scene.above(row)))
    return (bool(siblings) or deeper) and not prose and _is_field(word, siblings)


def _below(scene: Scene, row: int) -> Entry:
    """The next line that holds more than a comment."""
    for after in range(row + 1, min(len(scene.lines), row + WINDOW)):
        if (shown := scene.lines[after].strip()) and not shown.startswith("#"):
            return scene.at(after)
    return entry("")


def _siblings(scene: Scene, row: int, column: int) -> list[str]:
    """The keys above that a key at the column stands beside; at the column of dashes, those of the item above."""
    found: list[str] = []
    top = row - WINDOW
    while (row := scene.above(row)) >= max(0, top):
        line = scene.at(row)
        if not line.structural:
            continue
        if line.key is not None and (line.start == column or (line.dash and line.indent == column and line.simple)):
            found.append(line.key)
        if line.indent < column or (found and line.dash and line.indent == column):
            break
    return found


def dash(scene: Scene) -> Fault | None:
    """Text at the column of the dashes above it, or a bullet from elsewhere in the place of a dash."""
    rows = list(suspects(scene))
    if scene.column == scene.here.indent and scene.row not in rows:
        rows.append(scene.row)
    for row in rows:
        line = scene.at(row)
        if line.dash or line.simple or not line.line.strip():
            continue
        bullet = _BULLET.match(line.line, line.indent)
        if not _is_item(scene, row, bullet is not None):
            continue
        text = line.line[bullet.end() if bullet else line.indent :]
        help = write("write `- ` in place of the bullet" if bullet else "write `- ` before it", *_as_item(text))
        columns = [column for column, kind, _ in open_columns(scene, row) if kind == "item"]
        if columns and line.indent not in columns and not _is_first(scene, row):
            help = _further_in(help, "the items above it")
        width = len(line.line.strip())
        return fault(row, line.indent, width, "the `-` before this item is missing", help)
    return None


def _is_item(scene: Scene, row: int, bullet: bool) -> bool:
    """Whether items stand above at the column of the line. A bullet may stand right below the key of its list, or
    at another column: that comes next."""
    line, above = scene.at(row), scene.at(scene.above(row))
    items = [(column, at) for column, kind, at in open_columns(scene, row) if kind == "item"]
    if bullet:
        return bool(items) or _is_first(scene, row)
    item = next((at for column, at in items if column == line.indent), None)
    if item is None or (line.value[:1] in _ENCLOSING and not write("", f"- {line.value}")):
        return False
    first = scene.at(item).line[line.indent + 1 :].lstrip()[:1]
    return not (first.isupper() and line.line[line.indent].islower() and _is_unfinished(above))


def _is_first(scene: Scene, row: int) -> bool:
    """Whether the line stands right below a key that has no value yet."""
    above = scene.at(scene.above(row))
    return above.key is not None and not above.value and above.start <= scene.at(row).indent


def _further_in(help: str, where: str) -> str:
    """The help to write a line, for one that stands at another column than what it belongs to."""
    line = help.removeprefix("write: ")
    return f"write `{line}`, as far in as {where}" if line != help else help


def _is_unfinished(line: Entry) -> bool:
    """Whether a sentence on the line may go on below it."""
    text = split_comment(line.value, 0)[0]
    return bool(text) and text[-1] not in _SENTENCE_ENDS


def _as_item(text: str) -> list[str]:
    """The text as a list item, in quotes if YAML would read something else."""
    body, comment = split_comment(text.rstrip(), 0)
    if not body:
        return []
    plain = f"- {body}"
    quoted = quote_from(plain, 2, len(plain)) + comment
    read = entry(plain)
    if (read.key is not None and not read.simple and not CLOSED.fullmatch(body)) or body[0] in _NEVER_FIRST:
        return [quoted]
    return [plain + comment, quoted]
