"""Pages for a terminal. The only module that speaks rich.

Columns share the width and wrap by the cells that characters take, so that Korean and emoji line up. Where columns
would become too narrow to read, the same lists stand below each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import zip_longest
from typing import assert_never

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text as RichText

from laddercli.blocks import (
    Block,
    Columns,
    Facts,
    Heading,
    Headline,
    Item,
    Items,
    Listing,
    OverviewTable,
    Page,
    Paragraph,
    Picture,
    Record,
    Span,
    Style,
    Table,
    Text,
    Title,
)
from laddercli.display import visible
from laddercli.writers.picture import draw_picture
from laddercli.writers.record import draw_record

# A column narrower than this is a chimney of words.
NARROWEST = 22
# Longer lines do not read better.
WIDEST_TEXT = 100
# Between two columns of the overview: a space, the sign, two spaces.
SIGN = 4
# Figures are short; columns of this width line up from table to table.
FIGURE = 14
# From this width on, notes stand in a column of their own.
WIDE = 130

_STYLES = {
    Style.PLAIN: "",
    Style.STRONG: "bold",
    Style.EMPHASIS: "italic",
    Style.CODE: "",
    Style.DIM: "dim",
    Style.ADDED: "underline",
    Style.REMOVED: "strike",
}
# Zero-width joiners that join nothing are invisible, and rich fails to measure the text that they stand in.
_STRAY_JOINER = re.compile("(?<![^\x00-\x7f\u200b-\u200d])\u200d+|\u200d+(?![^\x00-\x7f\u200b-\u200d])")
# What a terminal shows that knows only ASCII.
_ASCII = str.maketrans(
    {
        "■": "#", "□": ".", "↑": "^", "↓": "v", "−": "-", "•": "*", "◦": "o", "✗": "x", "✓": "v", "◆": "!",
        "⇄": "<>", "→": "->", "≥": ">=", "≤": "<=", "–": "-", "—": "-", "─": "-", "│": "|", "·": "-", "…": "...",
        "“": '"', "”": '"', "‘": "'", "’": "'",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Terminal:
    """What the page is written for: width in cells, whether colors and styles are shown, whether only ASCII is."""

    width: int
    color: bool = False
    ascii: bool = False


def write(page: Page, terminal: Terminal) -> str:
    """The page as text, with a newline at its end and no spaces at the ends of its lines."""
    writer = _Writer(terminal)
    console = Console(
        file=StringIO(),
        width=terminal.width,
        force_terminal=terminal.color,
        color_system="standard" if terminal.color else None,
        no_color=not terminal.color,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    previous: Block | None = None
    for block in page.blocks:
        if previous is not None and _apart(previous, block):
            console.print()
        for part in writer.draw(block):
            console.print(part, overflow="fold", soft_wrap=False)
        previous = block
    text = console.file.getvalue()  # type: ignore[attr-defined]
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _apart(above: Block, below: Block) -> bool:
    """Whether a blank line stands between two blocks."""
    if isinstance(above, Heading):
        return isinstance(below, Heading)
    if isinstance(above, Title):
        return not isinstance(below, Paragraph)
    return not (isinstance(above, Paragraph) and isinstance(below, Facts))


class _Writer:
    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.width = terminal.width
        self.wide = terminal.width >= WIDE

    def draw(self, block: Block) -> Iterator[RenderableType]:
        """The block as things that rich can print."""
        match block:
            case Title():
                yield from self._title(block)
            case Heading():
                yield from self._heading(block)
            case Paragraph():
                yield from self._paragraph(block)
            case Items():
                yield from self._items(block, indent=2)
            case Facts():
                yield self._facts(block)
            case Table():
                yield self._table(block)
            case OverviewTable():
                yield self._overview(block)
            case Columns():
                yield from self._columns(block)
            case Listing():
                yield from self._listing(block)
            case Picture():
                yield from draw_picture(block, self.width, self.text)
            case Headline():
                yield from self._headline(block)
            case Record():
                yield from draw_record(block, self.width, self.text, "-" if self.terminal.ascii else "─")
            case _:
                assert_never(block)

    def text(self, spans: Text | str) -> RichText:
        """Spans as rich's text: steering characters made visible, ASCII where nothing else is understood."""
        drawn = RichText()
        for span in (Span(spans),) if isinstance(spans, str) else spans:
            words = _STRAY_JOINER.sub("", visible(span.text))
            if span.style is Style.CODE and not self.terminal.color:
                words = f"`{words}`"
            if span.href and span.href != span.text:
                words = f"{words} <{visible(span.href)}>"
            if not self.terminal.color and span.style in (Style.ADDED, Style.REMOVED):
                words = f"{{+{words}+}}" if span.style is Style.ADDED else f"[-{words}-]"
            if self.terminal.ascii:  # escaped here and not by the stream, so that the escapes are folded, too
                words = words.translate(_ASCII).encode("ascii", "backslashreplace").decode()
            style = "cyan" if span.style is Style.CODE else _STYLES[span.style]
            drawn.append(words, style)
        return drawn

    def _title(self, block: Title) -> Iterator[RenderableType]:
        yield from self._ends(block.text, block.aside)

    def _headline(self, block: Headline) -> Iterator[RenderableType]:
        state = f"  {block.state}" if block.state else ""
        yield from self._ends((Span(block.name, Style.STRONG), Span(state)), (Span(block.between),))
        yield from self._ends((Span(" · ".join(block.counts)),), (Span(block.verdict),))

    def _ends(self, at_start: Text, at_end: Text) -> Iterator[RenderableType]:
        """Two texts at both ends of a line, below each other where they do not fit."""
        left, right = self.text(at_start), self.text(at_end)
        if left.cell_len + right.cell_len + 2 > self.width:
            yield left
            if right:
                yield right
            return
        yield RichText.assemble(left, " " * (self.width - left.cell_len - right.cell_len), right)

    def _heading(self, block: Heading) -> Iterator[RenderableType]:
        rule = "-" if self.terminal.ascii else "─"
        left, right = self.text(block.text), self.text(block.aside)
        left.stylize("bold")
        room = self.width - left.cell_len - right.cell_len - 4 - (1 if right else 0)
        if room < 2:
            yield RichText.assemble(f"{rule}{rule} ", left)
            if right:
                yield Padding(right, (0, 0, 0, 3))
            return
        yield RichText.assemble(f"{rule}{rule} ", left, " ", rule * room, " " if right else "", right)

    def _paragraph(self, block: Paragraph) -> Iterator[RenderableType]:
        text, note = self.text(block.text), self.text(block.note)
        note.stylize("dim")
        if note and self.wide:
            yield self._beside(text, note)
        else:
            yield self._folded(text)
            if note:
                yield self._folded(note)

    def _folded(self, part: RenderableType, indent: int = 0) -> RenderableType:
        """Text in lines of a readable length."""
        right = max(0, self.width - indent - WIDEST_TEXT)
        return Padding(part, (0, right, 0, indent), expand=True) if right or indent else part

    def _listing(self, block: Listing) -> Iterator[RenderableType]:
        if block.label:
            yield self.text(block.label)
        for line in block.text.rstrip("\n").split("\n"):
            yield Padding(self.text(line), (0, 0, 0, 4))

    def _beside(self, text: RenderableType, note: RenderableType, indent: int = 0) -> RenderableType:
        """Text with its note in the right-hand column of a wide terminal."""
        grid = Grid.grid(padding=(0, 4, 0, 0))
        grid.add_column(width=WIDEST_TEXT - indent, overflow="fold")
        grid.add_column(width=min(60, self.width - WIDEST_TEXT - 4), overflow="fold")
        grid.add_row(text, note)
        return Padding(grid, (0, 0, 0, indent)) if indent else grid

    def _items(self, block: Items, indent: int) -> Iterator[RenderableType]:
        if block.label:
            yield self._folded(self.text(block.label), indent=0)
        markers = [self.text(item.marker) for item in block.items]
        # Figures of one list line up, and a bullet among them stays a bullet.
        figures = max((marker.cell_len for marker in markers if marker.cell_len > 1), default=0)
        figure_width = min(figures, max(8, self.width // 4))
        for item, marker in zip(block.items, markers, strict=True):
            width = figure_width + 1 if marker.cell_len > 1 else 1
            yield self._item(item, marker, width, indent)

    def _item(self, item: Item, marker: RichText, marker_width: int, indent: int) -> RenderableType:
        text, note = self.text(item.text), self.text(item.note)
        wide = self.wide and indent > 0
        if note and not wide:
            note = RichText.assemble(" (", note, ")")
        note.stylize("dim")
        lines: list[RenderableType] = [text if wide or not note else RichText.assemble(text, note)]
        lines += [Padding(self.text(detail), (0, 0, 0, 2)) for detail in item.details]
        grid = Grid.grid(padding=(0, 1, 0, 0))
        grid.add_column(width=marker_width, overflow="fold")
        room = min(self.width, WIDEST_TEXT) - indent - marker_width - 1
        grid.add_column(width=room if indent else None, overflow="fold")
        if wide:
            grid.add_column(width=min(60, self.width - WIDEST_TEXT - 4), overflow="fold")
            grid.add_row(marker, Group(*lines), Padding(note, (0, 0, 0, 3)))
        else:
            grid.add_row(marker, Group(*lines))
        return Padding(grid, (0, 0, 0, indent)) if indent else grid

    def _facts(self, block: Facts) -> RenderableType:
        names = [self.text(f"{name}:") for name, _ in block.facts]
        grid = Grid.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=min(max(name.cell_len for name in names), self.width // 3), overflow="fold")
        grid.add_column(overflow="fold", max_width=WIDEST_TEXT)
        for name, (_, value) in zip(names, block.facts, strict=True):
            grid.add_row(name, self.text(value))
        return grid

    def _table(self, block: Table) -> RenderableType:
        """Names on the left, short values on the right; a name that wraps hangs."""
        rows = [[self.text(cell) for cell in row] for row in block.rows]
        widths = [max(row[index].cell_len for row in rows) for index in range(1, len(rows[0]))]
        if self.width >= 30 + len(widths) * (FIGURE + 2):
            widths = [max(width, FIGURE) for width in widths]  # tables of one page line up
        room = self.width - 2 - sum(width + 2 for width in widths)
        if room < NARROWEST:
            return Group(*(self._stacked_row(row) for row in rows))
        grid = Grid.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=min(max(room, 1), 60), overflow="fold")
        for width in widths:
            grid.add_column(width=width, overflow="fold")
        for row in rows:
            grid.add_row(_hanging(row[0], min(room, 60)), *row[1:])
        return Padding(grid, (0, 0, 0, 2))

    def _stacked_row(self, row: list[RichText]) -> RenderableType:
        values = RichText("  |  " if self.terminal.ascii else "  │  ").join(row[1:])
        lines = [values] if values.cell_len <= self.width - 4 else row[1:]
        return Padding(Group(row[0], *(Padding(line, (0, 0, 0, 2)) for line in lines)), (0, 0, 0, 2))

    def _overview(self, block: OverviewTable) -> RenderableType:
        names = [self.text(row.name) for row in block.rows]
        count = len(block.heads)
        longest_word = max((cell_len(word) for name in names for word in name.plain.split()), default=0)
        name_width = min(max((name.cell_len for name in names), default=0), max(12, self.width // 4, longest_word))
        name_width = min(name_width, max(12, self.width // 3))
        room = (self.width - name_width - 2 - SIGN * (count - 1)) // count
        if room < 14:
            return Group(*self._stacked_overview(block))
        widest = max(
            [self.text(line).cell_len for head in block.heads for line in head]
            + [self.text(cell).cell_len for row in block.rows for cell in row.cells],
            default=room,
        )
        grid = Grid.grid(padding=0)
        grid.add_column(width=name_width + 2, overflow="fold")
        for index in range(count):
            if index:
                grid.add_column(width=SIGN)
            grid.add_column(width=min(room, max(widest, 26)), overflow="fold")
        for lines in zip_longest(*block.heads, fillvalue=()):
            grid.add_row("", *self._between(lines, [""] * (count - 1)))
        for name, row in zip(names, block.rows, strict=True):
            grid.add_row(Padding(name, (0, 2, 0, 0)), *self._between(row.cells, list(row.signs)))
        return grid

    def _between(self, cells: tuple[Text, ...], signs: list[str]) -> Iterator[RichText]:
        for index, cell in enumerate(cells):
            if index:
                yield self.text(f" {signs[index - 1]}")
            yield self.text(cell)

    def _stacked_overview(self, block: OverviewTable) -> Iterator[RenderableType]:
        """Level below level, each with its measures; the sign compares with the level above."""
        for index, head in enumerate(block.heads):
            if index:
                yield RichText("")
            yield self.text(head[0])
            yield from (Padding(self.text(line), (0, 0, 0, 2)) for line in head[1:])
            grid = Grid.grid(padding=(0, 1, 0, 0))
            grid.add_column(width=1)
            grid.add_column(overflow="fold", max_width=max(12, self.width // 3))
            grid.add_column(overflow="fold")
            for row in block.rows:
                sign = row.signs[index - 1] if index else " "
                grid.add_row(self.text(sign), self.text(row.name), self.text(row.cells[index]))
            yield Padding(grid, (0, 0, 0, 2))

    def _columns(self, block: Columns) -> Iterator[RenderableType]:
        count = len(block.heads)
        width = (self.width - 3 * (count - 1)) // count
        if count > 1 and width < NARROWEST:
            yield from self._stacked_columns(block)
            return
        separator = " | " if self.terminal.ascii else " │ "
        for index, row in enumerate(block.rows):
            stacks = [self._stack(stack, min(width, WIDEST_TEXT)) for stack in row]
            height = max(len(stack) for stack in stacks)
            lines = [RichText("")] if index else []
            for cells in zip_longest(*stacks, fillvalue=RichText("")) if height else ():
                lines.append(self._line(cells, min(width, WIDEST_TEXT), separator))
            if index and height:
                lines[0] = self._line([RichText("")] * count, min(width, WIDEST_TEXT), separator)
            yield from lines if height else ()

    def _line(self, cells: tuple[RichText, ...] | list[RichText], width: int, separator: str) -> RichText:
        line = RichText()
        for index, cell in enumerate(cells):
            if index:
                line.append(separator, "dim")
            line.append_text(cell)
            if index < len(cells) - 1:
                line.append(" " * (width - cell.cell_len))
        line.no_wrap = True
        line.overflow = "ignore"
        return line

    def _stack(self, blocks: tuple[Block, ...], width: int) -> list[RichText]:
        """The lines that a stack of blocks takes in a column."""
        inner = _Writer(Terminal(width, self.terminal.color, self.terminal.ascii))
        lines: list[RichText] = []
        console = Console(width=width, color_system=None, legacy_windows=False, _environ={})
        for block in blocks:
            parts = inner._items(block, indent=0) if isinstance(block, Items) else inner.draw(block)
            for part in parts:
                for segments in console.render_lines(part, pad=False):
                    line = RichText()
                    for segment in segments:
                        line.append(segment.text, segment.style)
                    line.rstrip()
                    lines.append(line)
        return lines

    def _stacked_columns(self, block: Columns) -> Iterator[RenderableType]:
        """The columns one after the other, each under its head."""
        for index, head in enumerate(block.heads):
            if index:
                yield RichText("")
            title = self.text(head)
            title.stylize("bold")
            yield title
            for number, stack in enumerate(row[index] for row in block.rows if row[index]):
                if number:
                    yield RichText("")
                for part in stack:
                    yield from (
                        self._items(part, indent=2)
                        if isinstance(part, Items)
                        else (Padding(drawn, (0, 0, 0, 2)) for drawn in self.draw(part))
                    )


def _hanging(text: RichText, width: int) -> RenderableType:
    """A text whose second line is indented, so that it reads as one entry of a list."""
    if text.cell_len <= width:
        return text
    console = Console(width=width, color_system=None, legacy_windows=False, _environ={})
    first, *_ = text.wrap(console, width, overflow="fold")
    rest = text[len(first) :]
    rest.remove_suffix(" ")
    plain = rest.plain.lstrip()
    return Group(first, Padding(RichText(plain, rest.style), (0, 0, 0, 2)))
