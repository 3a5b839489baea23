"""YAML text as data that remembers where each part was written.

A ``Document`` holds two things side by side: plain data (``dict``, ``list``, ``str``, ``None``) and a tree of nodes
that says where each part starts and ends. A *loc*, the path of keys and indexes that pydantic uses too, leads from
a part of the data to its node.

Scalars keep their text. YAML 1.1 would turn ``no`` into false and ``1.10`` into 1.1; a ladder is mostly prose, so
here every scalar stays the text that was written. Keys that begin with ``x-`` belong to the author: they are parsed
and kept on their node, apart from the data.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from laddercli.composer import Composer
from laddercli.nodes import Fault, Loc, Mark, Node, Span, mark_at, split_lines

if TYPE_CHECKING:
    from laddercli.comments import Comment

MAX_BYTES = 10_000_000


class Document:
    """A YAML file as data and places.

    ``data`` is None when the text could not be read as one YAML document; ``faults`` then says why. A document may
    also have faults and data: a duplicate key leaves the rest readable. ``empties`` is true where some key or list
    item has no value.
    """

    __slots__ = ("_comments", "_lines", "data", "empties", "faults", "path", "root", "text")

    def __init__(
        self, path: str, text: str, root: Node | None = None, faults: tuple[Fault, ...] = (), empties: bool = False
    ) -> None:
        self.path = path
        self.text = text
        self.root = root
        self.data: Any = root.value if root else None
        self.faults = faults
        self.empties = empties
        self._lines: list[str] | None = None
        self._comments: tuple[Comment, ...] | None = None

    @classmethod
    def parse(cls, source: bytes | str, path: str = "-", *, pure: bool = False) -> Document:
        """Read one YAML document. What the text holds is never raised: ``faults`` tells.

        ``pure`` uses PyYAML's parser written in Python, which is what a machine without libyaml gets.
        """
        text, fault = decode(source)
        if fault:
            return cls(path, text, faults=(fault,))
        composer = Composer(text, pure=pure)
        root = composer.compose()
        return cls(path, text, root, tuple(composer.faults), composer.empties)

    @property
    def lines(self) -> list[str]:
        """The lines of the text as the parser counts them."""
        if self._lines is None:
            self._lines = split_lines(self.text)
        return self._lines

    @property
    def comments(self) -> tuple[Comment, ...]:
        """The comments, in the order of the text."""
        if self._comments is None:
            from laddercli.comments import comments

            self._comments = comments(self)
        return self._comments

    def node(self, loc: Loc) -> Node | None:
        """The node that ``loc`` leads to. Parts that lead nowhere are passed over: pydantic names a list that the
        author wrote in a short form, and keys that are missing."""
        node = self.root
        for part in loc:
            if node is None or node.parts is None:
                break
            if isinstance(node.parts, dict):
                node = node.parts.get(part, node)
            elif isinstance(part, int) and part < len(node.parts):
                node = node.parts[part]
        return node

    def span(self, loc: Loc, *, key: bool = False) -> Span:
        """Where the part at ``loc`` is written; with ``key``, where the key stands that names it."""
        node = self.node(loc)
        if key and loc:
            holder = self.node(loc[:-1])
            if holder is not None and holder.keys:
                node = holder.keys.get(str(loc[-1]), node)
        return node.span if node else Span(Mark(1, 1), Mark(1, 1))

    def mark(self, loc: Loc) -> Mark:
        """The line and column where the part at ``loc`` starts."""
        return self.span(loc).start

    def private(self, loc: Loc) -> dict[str, Any]:
        """The author's own ``x-`` entries of the mapping at ``loc``, as plain data."""
        node = self.node(loc)
        if node is None or not node.private:
            return {}
        return {name: part.value for name, part in node.private.items()}


# What YAML 1.2 does not print (section 5.1), the three line breaks of YAML 1.1 that libyaml still counts, and the
# byte order mark.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_REFUSED_ASCII = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NAMES = {
    "\x00": "a NUL character",
    "\x1b": "an escape character",
    "\x7f": "a delete character",
    "\x85": "the line break U+0085",
    "\u2028": "the line separator U+2028",
    "\u2029": "the paragraph separator U+2029",
    "\ufeff": "a byte order mark in the middle of the text",
}
_OTHER_ENCODINGS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"), (b"\x00\x00\xfe\xff", "UTF-32"))


def decode(source: bytes | str) -> tuple[str, Fault | None]:
    """Turn the bytes of a file into text without its byte order mark, or into the fault that prevents it."""
    if isinstance(source, str):
        text = source.removeprefix("\ufeff")
        raw = None
    else:
        if len(source) > MAX_BYTES:
            return "", _too_large()
        raw = source.removeprefix(b"\xef\xbb\xbf")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            return _undecodable(raw, error)
    if (raw is not None and text.isascii() and not _REFUSED_ASCII.search(raw)) or not (bad := _REFUSED.search(text)):
        return text, None
    return text, _refuse_character(text, bad.start())


def _too_large() -> Fault:
    message = f"the file has more than {MAX_BYTES:,} bytes"
    return Fault("too-large", Span(Mark(1, 1), Mark(1, 1)), message, "split it into several ladders")


def _undecodable(raw: bytes, error: UnicodeDecodeError) -> tuple[str, Fault]:
    for start, name in _OTHER_ENCODINGS:
        if raw.startswith(start):
            span = Span(Mark(1, 1), Mark(1, 1))
            return "", Fault("encoding", span, f"the file is {name}; a ladder is UTF-8", "save the file as UTF-8")
    before = raw[: error.start].decode("utf-8")
    mark = mark_at(before, len(before))
    message = f"the byte 0x{raw[error.start]:02X} is not UTF-8"
    help = "save the file as UTF-8; it may be in a Windows or Mac encoding now"
    return raw.decode("utf-8", "replace"), Fault(
        "encoding", Span(mark, Mark(mark.line, mark.column + 1)), message, help
    )


def _refuse_character(text: str, index: int) -> Fault:
    character = text[index]
    name = _NAMES.get(character, f"the control character U+{ord(character):04X}")
    more = len(_REFUSED.findall(text)) - 1
    also = f", and {more:,} more such characters" if more else ""
    mark = mark_at(text, index)
    help = "remove it; it is invisible in most editors and often comes from a copied document"
    return Fault(
        "encoding", Span(mark, Mark(mark.line, mark.column + 1)), f"{name} may not stand in a ladder{also}", help
    )
