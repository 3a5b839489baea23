"""Collections in braces and brackets: the author's lines, each with the spaces and the indentation it should have."""

from __future__ import annotations

from typing import Any

import yaml

from laddercli.comments import Comment
from laddercli.formatter.source import BLANK, Piece, Source, canonical, is_empty, is_end, is_scalar
from laddercli.formatter.texts import flowing_lines

_CLOSING = {"{": "}", "[": "]"}


class Flow:
    """Writes one collection with all that it holds. Lines behind the first are indented by ``base`` and, for each
    bracket that is open, by ``step``."""

    def __init__(self, source: Source, base: int, step: int) -> None:
        self._source = source
        self._base = base
        self._step = step
        self.lines = [""]
        # What stands behind a key without a colon: the parser sees its missing value right before the next comma.
        self._held: list[Piece] = []
        self._collection(0)

    def _collection(self, depth: int) -> None:
        source = self._source
        start = source.take()
        opening = source.text[start.start_mark.index]
        is_mapping = start.__class__ is yaml.MappingStartEvent
        if is_mapping and opening != "{":  # the one entry of `[key: value]`
            self._entry(depth)
            source.take()
            return
        self.lines[-1] += opening
        source.at = start.start_mark.index + 1
        is_first = True
        while not is_end(source.next):
            before, comma, behind = source.parted(self._gap(source.next), ",")
            self._end("," if comma else "")
            self._space(before + behind, depth + 1, "" if is_first else " ", first=is_first)
            self._entry(depth + 1) if is_mapping else self._node(depth + 1)
            is_first = False
        self._close(depth, _CLOSING[opening])

    def _close(self, depth: int, closing: str) -> None:
        end = self._source.take()
        before, comma, behind = self._source.parted(self._gap(end), ",")
        pieces = before + behind
        self._end("," if comma and pieces else "")
        self._space(pieces, depth, "", last=True)
        self._end(closing)
        self._source.at = end.end_mark.index

    def _end(self, sign: str) -> None:
        """End an entry. A colon behind which there is no value is one only before a space."""
        self.lines[-1] += f" {sign}" if sign and self.lines[-1].endswith(":") else sign

    def _entry(self, depth: int) -> None:
        self._node(depth)
        value = self._source.next
        before, colon, behind = self._source.parted(self._gap(value), ":")
        self.lines[-1] += ":" if colon else ""
        if is_empty(value):
            self._source.take()
            self._held = before + behind
        else:
            self._space(before + behind, depth + 1, " ")
            self._node(depth + bool(before + behind))

    def _gap(self, event: Any) -> list[Piece]:
        """What stands before an event."""
        held, self._held = self._held, []
        return held + self._source.gap(event.start_mark.index)

    def _node(self, depth: int) -> None:
        if not is_scalar(self._source.next):
            self._collection(depth)
            return
        first, *rest = flowing_lines(*self._source.take_scalar())
        self.lines[-1] += first
        self.lines += [self._indent(depth + 1) + line if line else "" for line in rest]

    def _space(self, pieces: list[Piece], depth: int, space: str, *, first: bool = False, last: bool = False) -> None:
        """Go on to what comes next: on a new line where the author begins one, else behind ``space``. There are no
        blank lines behind the opening bracket (``first``) and before the closing one (``last``)."""
        is_blank = is_taken = False
        for piece in pieces:
            if not isinstance(piece, Comment):
                is_blank = is_blank or (piece == BLANK and not first)
            elif piece.alone or is_taken:  # one comment may stand before the comma, and one behind it
                self.lines += [*[""] * is_blank, self._indent(depth + last) + canonical(piece)]
                is_blank = first = False
            else:
                self.lines[-1] += f"  {canonical(piece)}"
            is_taken = is_taken or isinstance(piece, Comment)
        if pieces:
            self.lines += [*[""] * (is_blank and not last), self._indent(depth)]
        else:
            self.lines[-1] += space

    def _indent(self, depth: int) -> str:
        return " " * (self._base + self._step * depth)
