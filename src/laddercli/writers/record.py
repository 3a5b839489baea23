"""Changes on a terminal: below each other with room for their words, in columns where the screen is wide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text as RichText

from laddercli.blocks import Chapter, Entry, Record, Span, Style, Text

Draw = Callable[[Text | str], RichText]

# Names of parts and of changes take no more than this; what is longer is folded.
_PART, _NAME, _PLACE = 20, 24, 44
# Columns need so much room for what changed; narrower, entries stand below each other.
_ROOM = 40
# Below this, not even the names of changes stand in a column of their own.
_NARROW = 60


def draw_record(record: Record, width: int, draw: Draw, rule: str) -> Iterator[RenderableType]:
    """The chapters, each below its rule."""
    entries = [entry for chapter in record.chapters for entry in chapter.entries]
    columns = _Columns(entries, width, draw)
    for index, chapter in enumerate(record.chapters):
        if index:
            yield RichText("")
        yield _rule(chapter, width, draw, rule)
        if columns.fit:
            yield columns.table(chapter.entries)
        else:
            yield from _below(chapter, entries, width, draw)


def _rule(chapter: Chapter, width: int, draw: Draw, rule: str) -> RenderableType:
    left, right = draw(chapter.title.upper()), draw(chapter.meaning)
    left.stylize("bold")
    room = width - left.cell_len - right.cell_len - 5
    if room < 2:
        return Group(left, Padding(right, (0, 0, 0, 2)))
    return RichText.assemble(left, " ", rule * room, " ", right, " ", rule * 2)


def _below(chapter: Chapter, entries: list[Entry], width: int, draw: Draw) -> Iterator[RenderableType]:
    """Entries below the part that they belong to."""
    name_width = min(max(cell_len(entry.name) for entry in entries), _NAME)
    for index, (part, group) in enumerate(groupby(chapter.entries, key=lambda entry: (entry.part, entry.detail))):
        if index:
            yield RichText("")
        yield draw((Span(part[0], Style.STRONG), Span(f" · {part[1]}" if part[1] else "")))
        for entry in group:
            yield _entry(entry, name_width, width, draw)
            if entry.place:
                yield _at_the_end(draw((Span(entry.place, Style.DIM),)), width)


def _entry(entry: Entry, name_width: int, width: int, draw: Draw) -> RenderableType:
    sign = draw(entry.sign)
    if width < _NARROW:
        inner = Padding(Group(*_content(entry, width - 4, draw, flush=False, below=True)), (0, 0, 0, 4))
        return Group(RichText.assemble("  ", sign, " ", draw(entry.name)), inner)
    signs = draw("→").cell_len  # with ASCII only, an arrow takes two
    room = width - name_width - signs - 5
    grid = Grid.grid(padding=0)
    grid.add_column(width=signs + 3)
    grid.add_column(width=name_width + 2, overflow="fold")
    grid.add_column(width=room, overflow="fold")
    name = Padding(draw(entry.name), (0, 2, 0, 0))
    grid.add_row(RichText.assemble("  ", sign), name, Group(*_content(entry, room, draw, flush=True, below=True)))
    return grid


def _content(entry: Entry, room: int, draw: Draw, *, flush: bool, below: bool) -> Iterator[RenderableType]:
    """What changed, line by line. Values stand behind their label, at the end of the line where they are ``flush``.
    ``below`` says that the part stands above as a heading."""
    label, words = draw(entry.label), draw(entry.words)
    if below and label.plain and entry.part.startswith(label.plain):
        label = RichText()  # the line above says it
    if words:
        yield from (line for line in (label, words) if line)
    else:
        yield from _valued(label, _values(entry, draw), room, flush)
    yield from (draw(remark) for remark in entry.remarks)


def _values(entry: Entry, draw: Draw) -> RichText:
    sides = [draw(side) for side in (entry.before, entry.after) if side]
    return draw("  →  ").join(sides)


def _valued(label: RichText, values: RichText, room: int, flush: bool) -> Iterator[RenderableType]:
    if not label or not values:
        yield from (line for line in (label, values) if line)
    elif label.cell_len + values.cell_len + 3 <= room:
        gap = room - label.cell_len - values.cell_len if flush else 3
        yield RichText.assemble(label, " " * gap, values)
    else:
        yield label
        yield values


def _at_the_end(text: RichText, width: int) -> RichText:
    return RichText.assemble(" " * max(0, width - text.cell_len), text)


class _Columns:
    """A table of entries. Its columns are as wide in every chapter."""

    def __init__(self, entries: list[Entry], width: int, draw: Draw) -> None:
        self._draw = draw
        self._widths = [
            min(max((cell_len(each) for each in texts), default=0), most)
            for texts, most in (
                ([entry.short for entry in entries], _PART),
                ([entry.detail for entry in entries], _NAME),
                ([entry.name for entry in entries], _NAME),
                ([entry.place for entry in entries], _PLACE),
            )
        ]
        # Two cells behind each column that is there, one more before the place; the sign takes its own and a space.
        taken = sum(each + 2 for each in self._widths if each) + 3 + draw("→").cell_len
        self._room = width - taken
        self.fit = width >= 130 and self._room >= _ROOM

    def table(self, entries: tuple[Entry, ...]) -> RenderableType:
        """The entries of one chapter."""
        part, detail, name, place = self._widths
        grid = Grid.grid(padding=(0, 2, 0, 0), pad_edge=False)
        for column in (part, *([detail] if detail else []), name + 1 + self._draw("→").cell_len, self._room):
            grid.add_column(width=column, overflow="fold")
        grid.add_column(width=place, overflow="fold", justify="right")
        shown: tuple[str, str] | None = None
        for entry in entries:
            here = (entry.short, entry.detail)
            heads = ("", "") if here == shown else here
            self._add(grid, entry, heads if detail else heads[:1])
            shown = here
        return grid

    def _add(self, grid: Grid, entry: Entry, heads: tuple[str, ...]) -> None:
        sign = self._draw(entry.sign)
        sign.pad_right(self._draw("→").cell_len - sign.cell_len + 1)
        name = RichText.assemble(sign, self._draw(entry.name))
        content = Group(*_content(entry, self._room, self._draw, flush=False, below=False))
        place = self._draw((Span(entry.place, Style.DIM),))
        grid.add_row(*map(self._draw, heads), name, content, place)
