"""The canonical layout of a text: one entry a line, each below what it belongs to."""

from __future__ import annotations

from typing import Any, NamedTuple

import yaml

from laddercli.comments import Comment
from laddercli.formatter.flow import Flow
from laddercli.formatter.source import BLANK, Piece, Source, canonical, is_empty, is_end, is_scalar
from laddercli.formatter.texts import block_lines, flowing_lines, fold, is_block

# A list item begins behind its dash and a space.
_ITEM = 2


class _Level(NamedTuple):
    """Where the entries of a block begin: in which column of the source, and how far they will be indented."""

    column: int
    indent: int


def lay_out(source: Source, indent: int, width: int) -> str:
    """The text in its canonical layout. Raises ``NotFormattable``."""
    layout = _Layout(source, indent, width)
    layout.document()
    return "".join(f"{line}\n" for line in layout.lines)


class _Layout:
    def __init__(self, source: Source, step: int, width: int) -> None:
        self.lines: list[str] = []
        self._source = source
        self._step = step
        self._width = width
        self._is_blank = False
        # The blocks that have ended since the last entry, innermost first. A comment may belong to one of them.
        self._ended: list[_Level] = []

    def document(self) -> None:
        """Lay out the whole text."""
        source, top = self._source, _Level(0, 0)
        source.take()  # the start of the stream
        if source.next.__class__ is yaml.DocumentStartEvent:
            self._document(source.take(), top)
        self._pass(source.gap(len(source.text)), top)

    def _document(self, start: Any, top: _Level) -> None:
        source = self._source
        if start.version or start.tags:
            raise source.refusal("it begins with a `%` line", start.start_mark.index)
        if start.explicit:
            self._pass(source.gap(start.start_mark.index), top)
            self._begin(0, "---")
            source.at = start.end_mark.index
        self._pass(source.gap(source.next.start_mark.index), top, opening=start.explicit)
        if _is_block_collection(source.next):
            self._collection(0)
        elif not is_empty(source.next):
            leaf = self._leaf(top, 0, self._step, 0)
            self._begin(0, leaf[0])
            self.lines += leaf[1:]

    def _collection(self, indent: int, *, inline: bool = False) -> None:
        """A block collection; ``inline`` is one that begins behind the dash of the item that holds it."""
        start = self._source.take()
        level = _Level(start.start_mark.column, indent)
        entry = self._item if start.__class__ is yaml.SequenceStartEvent else self._entry
        while not is_end(self._source.next):
            entry(level, inline)
            inline = False
        self._source.take()
        self._ended.append(level)

    def _entry(self, level: _Level, inline: bool) -> None:
        """A key with its value."""
        source = self._source
        self._pass(source.gap(source.next.start_mark.index), level)
        _, key = source.take_scalar()
        self._begin(level.indent, f"{key}:", inline)
        _, _, behind = source.parted(source.gap(source.next.start_mark.index), ":")
        self._content(level, behind, level.indent, self._step)

    def _item(self, level: _Level, inline: bool) -> None:
        """A dash with what follows it."""
        source = self._source
        before, _, behind = source.parted(source.gap(source.next.start_mark.index), "-")
        self._pass(before, level)
        self._begin(level.indent, "-", inline)
        if _is_block_collection(source.next) and not _has_comment(behind):
            self.lines[-1] += " "
            self._collection(level.indent + _ITEM, inline=True)
        else:
            self._content(level, behind, level.indent + _ITEM, _ITEM)

    def _content(self, entry: _Level, pieces: list[Piece], base: int, step: int) -> None:
        """What follows the colon or the dash of an entry, with the ``pieces`` between. Closing brackets on lines of
        their own are indented by ``base``, other lines by ``step`` more than the entry."""
        event, inner = self._source.next, entry.indent + step
        if _is_block_collection(event):
            self._pass(pieces, _Level(0, inner), opening=True)
            self._collection(inner)
            return
        if is_empty(event):
            self._source.take()
            self._ended = [_Level(entry.column + 1, inner)]
            return
        is_movable = bool(pieces) and not is_block(event)  # it begins on a line of its own
        is_below = _has_comment(pieces) or (is_movable and self._source.spreads())
        first = inner if is_below else len(self.lines[-1]) + 1
        leaf = self._leaf(entry, inner if is_below else base, step, first)
        if is_below or (is_movable and first + len(leaf[0]) > self._width):
            self._pass(pieces, _Level(0, inner), opening=True)
            self._begin(inner, leaf[0])
        else:
            self.lines[-1] += f" {leaf[0]}"
        self.lines += leaf[1:]

    def _leaf(self, entry: _Level, base: int, step: int, first: int) -> list[str]:
        """The lines of a scalar or a collection in brackets. The first begins in column ``first`` and is not indented
        yet."""
        source, inner = self._source, entry.indent + step
        if not is_scalar(source.next):
            return Flow(source, base, self._step).lines
        event, written = source.take_scalar()
        if is_block(event):
            header, lines = block_lines(event, written, entry.column, inner, step, self._width)
            comment = source.take_comment(source.at)
            source.at -= len(written) - len(_without_end(written))
            return [f"{header}  {canonical(comment)}" if comment else header, *lines]
        lines = flowing_lines(event, written)
        if not event.style and len(lines) > 1:
            lines = fold(lines, first, inner, self._width)
        return [lines[0], *(" " * inner + line if line else "" for line in lines[1:])]

    def _pass(self, pieces: list[Piece], level: _Level, *, opening: bool = False) -> None:
        """Write the comments among the pieces, and remember whether a blank line comes last. ``level`` is where the
        next entry stands; where it is the first of its block (``opening``), no blank line comes before it."""
        self._source.parted(pieces, "")
        for piece in pieces:
            if not isinstance(piece, Comment):
                self._is_blank = self._is_blank or (piece == BLANK and not opening)
            elif piece.alone:
                self._line(self._indent_of(piece, level), canonical(piece))
                opening = False
            else:
                self.lines[-1] += f"  {canonical(piece)}"

    def _indent_of(self, comment: Comment, level: _Level) -> int:
        """How far a comment is indented: as the next entry is, unless it stands as deep as a block that has ended."""
        for ended in reversed(self._ended):
            if level.column < ended.column < comment.mark.column:
                level = ended
        return level.indent

    def _begin(self, indent: int, text: str, inline: bool = False) -> None:
        """Begin an entry."""
        self._ended = []
        if inline:
            self.lines[-1] += text
        else:
            self._line(indent, text)

    def _line(self, indent: int, text: str) -> None:
        if self._is_blank and self.lines:
            self.lines.append("")
        self._is_blank = False
        self.lines.append(" " * indent + text)


def _is_block_collection(event: Any) -> bool:
    return isinstance(event, yaml.CollectionStartEvent) and not event.flow_style


def _has_comment(pieces: list[Piece]) -> bool:
    return any(isinstance(piece, Comment) for piece in pieces)


def _without_end(block: str) -> str:
    """A block as it is written without the blank lines behind it, and without its last line break. Where the header
    says `+`, blank lines belong to the text."""
    keeps = "+" in block.partition("\n")[0].partition("#")[0]
    return block.removesuffix("\n") if keeps else block.rstrip(" \n")
