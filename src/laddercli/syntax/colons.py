"""A `: ` where YAML expects none: a second key on a line, or text that needs quotes."""

from __future__ import annotations

import re

from laddercli.nodes import Fault, quote
from laddercli.syntax.scene import CLOSED, WINDOW, Entry, Scene
from laddercli.syntax.wording import excerpt, fault, quote_from, split_comment, write

# Keys of the format that hardly end a clause of prose: in `id: pm1 title: Associate` they are two keys.
_SECOND_KEYS = frozenset("id title name code grade kind text version status".split())
_NESTED_KEYS = frozenset("step min mid max unchanged not_applicable criteria".split())
_NESTED = re.compile(r"(?P<key>[a-z_]+):[ \t]")
_AFTER_QUOTES = re.compile(r"[ \t,]*(?P<key>[a-z_][a-z0-9_-]*):[ \t]")
_AFTER_A_WORD = re.compile(r"[^\s:]+[ \t,]+(?P<key>[a-z_]+):[ \t]")
_LONGEST_KEY = 1_000  # a longer one has been no key from the beginning


def second_key(scene: Scene) -> Fault | None:
    """Two keys on a line: `id: pm1 title: Associate`, `title: "Associate", grade: g1`."""
    here = scene.here
    if here.key is None or scene.column <= here.colon:
        return None
    nested = _NESTED.match(here.value)
    if nested and nested["key"] in _NESTED_KEYS and scene.column == here.column + nested.end("key"):
        body, comment = split_comment(here.line, scene.column)
        help = write("write it on the next line", f"{body[: here.column]}{{{body[here.column :]}}}{comment}")
        return fault(scene.row, here.column, nested.end("key"), f"`{nested['key']}` is a second key on this line", help)
    match = _find_second(here)
    if match is None or match.end("key") < scene.column:
        return None
    column, key = match.start("key"), match["key"]
    help = f"put `{excerpt(here.line[column:])}` on a line of its own, below `{excerpt(here.key)}` and as far in"
    return fault(scene.row, column, len(key), f"`{key}` is a second key on this line", help)


def _find_second(here: Entry) -> re.Match[str] | None:
    quoted = CLOSED.match(here.line, here.column)
    match = _AFTER_QUOTES.match(here.line, quoted.end()) if quoted else None
    if match is None and here.value[:1] not in ("'", '"', "[", "{"):
        match = _AFTER_A_WORD.match(here.line, here.column)
        match = match if match and match["key"] in _SECOND_KEYS else None
    return match


def colon(scene: Scene) -> Fault | None:
    """`: ` inside unquoted text, on its first line or on a later one."""
    here = scene.here
    if scene.found != ":" or here.key is None or scene.column < here.colon:
        return None
    otherwise = "put quotes around the whole text"
    if scene.column > here.colon or len(here.key) > _LONGEST_KEY:
        start = here.text if scene.column > here.colon else here.start
        line: str | None = quote_from(here.line, start, scene.column)
    else:
        line = _join_text(scene)
    help = write(otherwise, line) if line is not None else otherwise
    return fault(scene.row, scene.column, 1, "`: ` inside text needs quotes", help)


def _join_text(scene: Scene) -> str | None:
    """The text that goes on into this line and below it, on one line and in quotes."""
    row, above = scene.row, [scene.here.line.strip()]
    while (row := scene.above(row)) >= max(0, scene.row - WINDOW) and not scene.at(row).structural:
        above.append(scene.lines[row].strip())
    if row < 0 or not scene.at(row).structural:
        return None
    first = scene.at(row)
    below = []
    for after in range(scene.row + 1, min(len(scene.lines), scene.row + WINDOW)):
        line = scene.at(after)
        if line.indent <= first.start or not line.line.strip() or line.structural:
            break
        below.append(line.line.strip())
    return first.line[: first.text] + quote(" ".join([first.line[first.text :].strip(), *reversed(above), *below]))
