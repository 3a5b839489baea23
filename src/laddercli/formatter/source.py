"""A text taken apart for formatting: the parser's events, the comments, and what stands between two events."""

from __future__ import annotations

import re
from typing import Any

import yaml

from laddercli.comments import Comment, comments_between
from laddercli.errors import LadderError
from laddercli.nodes import Span, mark_at

# The pieces between two events: comments, signs such as `:` and `-`, and line breaks, one or more than one.
Piece = Comment | str
BREAK = "\n"
BLANK = "\n\n"

_RUN = re.compile(r"\s+|\S+")

_REASONS = {
    "?": "it has keys that are marked with `?`",
    ".": "it ends with `...`",
}


class NotFormattable(LadderError):
    """A text whose layout is left to its author. ``span`` is where the reason stands."""

    def __init__(self, reason: str, span: Span) -> None:
        super().__init__(f"the layout is left as it is: {reason}")
        self.reason = reason
        self.span = span


class Source:
    """A text, read from its beginning to its end. ``at`` is how far it has been read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.events = _events(text)
        self.scalars = [
            (each.start_mark.index, each.end_mark.index, each.style or "") for each in self.events if is_scalar(each)
        ]
        self.comments = comments_between(text, self.scalars)
        self.at = 0
        self._event = 0
        self._comment = 0
        for event in self.events:
            if event.__class__ is yaml.AliasEvent or getattr(event, "anchor", None):
                raise self.refusal("it has anchors (`&name`)", event.start_mark.index)

    @property
    def next(self) -> Any:
        """The event that has not been taken yet."""
        return self.events[self._event]

    def take(self) -> Any:
        """Give the next event, and pass it."""
        self._event += 1
        return self.events[self._event - 1]

    def take_scalar(self) -> tuple[Any, str]:
        """Give the next event, a scalar, with its text as it is written, and pass both."""
        event = self.take()
        self.at = event.end_mark.index
        return event, self.text[event.start_mark.index : self.at]

    def take_comment(self, end: int) -> Comment | None:
        """Give the next comment if it stands before ``end``, and pass it."""
        if self._comment == len(self.comments) or self.comments[self._comment].start >= end:
            return None
        self._comment += 1
        return self.comments[self._comment - 1]

    def spreads(self) -> bool:
        """Whether what the next event begins takes several lines."""
        depth = 0
        for index in range(self._event, len(self.events)):
            event = self.events[index]
            depth += isinstance(event, yaml.CollectionStartEvent) - is_end(event)
            if depth == 0:
                return bool(event.end_mark.line > self.next.start_mark.line)
        return False

    def gap(self, end: int) -> list[Piece]:
        """What stands between here and ``end``, and pass it."""
        pieces: list[Piece] = []
        while comment := self.take_comment(end):
            self._run(comment.start, pieces)
            pieces.append(comment)
            self.at = comment.start + len(comment.text)
        self._run(end, pieces)
        return pieces

    def _run(self, end: int, pieces: list[Piece]) -> None:
        for word in _RUN.findall(self.text[self.at : end]):
            if not word.isspace():
                pieces.append(word)
            elif "\n" in word:
                pieces.append(BREAK if word.count("\n") == 1 else BLANK)
        self.at = max(self.at, end)

    def refusal(self, reason: str, index: int) -> NotFormattable:
        """The reason why this text cannot be formatted, with its place."""
        mark = mark_at(self.text, index)
        return NotFormattable(reason, Span(mark, mark._replace(column=mark.column + 1)))

    def parted(self, pieces: list[Piece], sign: str) -> tuple[list[Piece], bool, list[Piece]]:
        """The pieces before and behind a sign, and whether it is there. No other sign may be among them."""
        signs = [index for index, piece in enumerate(pieces) if isinstance(piece, str) and not piece.isspace()]
        if not signs:
            return pieces, False, []
        if len(signs) > 1 or pieces[signs[0]] != sign:
            odd = str(pieces[next(index for index in signs if pieces[index] != sign or index != signs[0])])
            raise self.refusal(_REASONS.get(odd[-1], f"`{odd}` stands where it is not expected"), self.at)
        return pieces[: signs[0]], True, pieces[signs[0] + 1 :]


def _events(text: str) -> list[Any]:
    loader: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    return list(yaml.parse(text, Loader=loader))


def is_scalar(event: Any) -> bool:
    """Whether an event is a text and no collection."""
    return event.__class__ is yaml.ScalarEvent


def is_empty(event: Any) -> bool:
    """Whether an event is a value that nobody wrote, as of `key:`."""
    return is_scalar(event) and event.start_mark.index == event.end_mark.index


def is_end(event: Any) -> bool:
    """Whether an event is the end of a collection."""
    return isinstance(event, yaml.CollectionEndEvent)


def canonical(comment: Comment) -> str:
    """The comment with a space behind its sign. `#!` and `##` are the author's own signs."""
    text = comment.text
    return text if len(text) < 2 or text[1] in "#!" or text[1].isspace() else f"# {text[1:]}"
