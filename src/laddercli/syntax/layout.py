"""Tabs, missing spaces, and lines that stand too far left or right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from laddercli.nodes import Fault
from laddercli.syntax.scene import WINDOW, Entry, Scene
from laddercli.syntax.wording import excerpt, fault, spaces, write

_NO_SPACE = re.compile(r"(?P<key>[A-Za-z_][\w-]*):(?=[^\s:/\\])|-(?=[^\s\-.\d])")


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
    sibling = next((at for at, what, _ in open_columns(scene, scene.row) if what == kind), None)
    above = scene.at(scene.above(scene.row))
    wanted = above.start + 2 if above.structural and not above.value else sibling
    blanks = f"{wanted} spaces" if wanted else "spaces"
    return fault(scene.row, column, 1, "a tab stands in the indentation", f"write {blanks} instead of the tab")


def missing_space(scene: Scene) -> Fault | None:
    """`title:Foo` and `-Foo` are plain words; YAML notices at a later line."""
    for row in suspects(scene):
        line = scene.at(row)
        if line.key is not None and not line.key.startswith("-"):
            continue
        if match := _NO_SPACE.match(line.line, line.start if line.key is not None else line.column):
            end = match.end()
            sign = line.line[end - 1]
            help = write(f"put a space after `{sign}`", f"{line.line[:end]} {line.line[end:]}")
            return fault(row, end - 1, 1, f"a space is missing after `{sign}`", help)
    return None


def suspects(scene: Scene) -> Iterator[int]:
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


def open_columns(scene: Scene, row: int) -> Iterator[tuple[int, str, int]]:
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
    columns = [at for at, what, _ in open_columns(scene, row) if what == kind]
    return min(columns, key=lambda at: abs(at - column), default=None)


def indentation(scene: Scene) -> Fault | None:
    """A key or a list item that stands further left or right than its siblings, or has none."""
    here = scene.here
    if scene.opening and scene.opening[0] < scene.row and not scene.at(scene.opening[0]).structural:
        return None  # a line of text above is at fault
    goes_on = here.key is not None and scene.column == here.colon
    if not here.structural or not (scene.column == here.indent or goes_on):
        return None
    if goes_on and not (here.dash or here.simple):
        return None
    column, kind = here.indent, "item" if here.dash else "key"
    sibling = _sibling(scene, scene.row, column, kind)
    if sibling is None or sibling == column:
        return None if goes_on else _orphan(scene, here, kind)
    message = f"`{excerpt(here.line)}` starts at column {column + 1}, the {kind}s above it at column {sibling + 1}"
    return fault(scene.row, column, len(here.line.strip()), message, f"write {spaces(sibling)} before it")


def _orphan(scene: Scene, here: Entry, kind: str) -> Fault | None:
    """A list item among keys, or a key among list items."""
    shown, width = excerpt(here.line), len(here.line.strip())
    if kind == "key":
        if (here.indent, "item") not in ((at, what) for at, what, _ in open_columns(scene, scene.row)):
            return None
        help = "indent it below the item that it belongs to, or write it as an item with `- `"
        return fault(scene.row, here.indent, width, f"the key `{shown}` stands among list items", help)
    owner = next((row for _, kind, row in open_columns(scene, scene.row) if kind == "key"), None)
    if owner is None:
        return None
    above = scene.at(owner)
    if not above.value and here.indent < above.start:
        message = f"`{shown}` starts at column {here.indent + 1}, left of the key `{above.key}` that it belongs to"
        return fault(scene.row, here.indent, width, message, f"write {spaces(above.start + 2)} before it")
    help = "put the key of the list, such as `criteria:`, on the line above it"
    message = f"the list item `{shown}` belongs to no key; `{above.key}` already has a value"
    return fault(scene.row, here.indent, width, message, help)


def stray_text(scene: Scene) -> Fault | None:
    """A line of text that is neither key nor item: mostly text that goes on from above and is not indented."""
    for row in suspects(scene):
        line = scene.at(row)
        if line.structural or not line.value or line.value[0] in "\"'[]{},":
            continue
        shown, width = excerpt(line.line), len(line.line.strip())
        if any((at, kind) == (line.indent, "key") for at, kind, _ in open_columns(scene, row)):
            help = "write a colon after the key; if the text above goes on here, move it to the end of that line"
            return fault(row, line.indent, width, f"`{shown}` stands among keys, and a key needs a colon", help)
        owner = next((at for at, _, _ in open_columns(scene, row) if at >= line.indent), None)
        before = scene.at(scene.above(row))
        if not before.structural and before.indent > line.indent:
            owner = before.indent
        if owner is None:
            help = "write `key: ` or `- ` before it, or `# ` if it is a remark"
            return fault(row, line.indent, width, f"`{shown}` is neither a key with a value nor a list item", help)
        wanted = owner + 2 if before.structural else before.indent
        message = f"`{shown}` has no `key:` before it and is not indented as part of the text above"
        return fault(row, line.indent, width, message, f"write {spaces(wanted)} before it")
    return None
