"""How a finding can be mended: in terms of the ladder (``Fix``), and in terms of the file's text (``Patch``).

A rule proposes a ``Fix``, because it knows values and not where they are written. At the edge the fix becomes a
``Patch`` of edits. The fix stays with it: applying it to the plain data tells what the edited file must say.
"""

from __future__ import annotations

from typing import NamedTuple

from laddercli.findings import Place
from laddercli.nodes import Span


class Replace(NamedTuple):
    """Other words for a part of a text: ``start`` up to, not including, ``end``, counted in the text's characters."""

    place: Place
    start: int
    end: int
    text: str


class Insert(NamedTuple):
    """A new entry ``keys: value`` in the mapping at ``place``. Mappings on the way that do not exist are made."""

    place: Place
    keys: tuple[str, ...]
    value: str


class Remove(NamedTuple):
    """The key or list item at ``place`` goes, with its lines."""

    place: Place


class Reclaim(NamedTuple):
    """The comment on the line of a plain text becomes the end of the text, in quotes."""

    place: Place


Amendment = Replace | Insert | Remove | Reclaim


class Fix(NamedTuple):
    """What to do about a problem. ``message`` says it in the imperative, as in "write `leads`".

    A fix is safe when the ladder asks for the same afterwards. All amendments belong to one file.
    """

    message: str
    amendments: tuple[Amendment, ...]
    safe: bool = False


class Edit(NamedTuple):
    """New text for a part of a file: ``start`` up to, not including, ``end``, counted in characters of the file."""

    start: int
    end: int
    text: str


class Patch(NamedTuple):
    """A fix as edits of one file, in the order of their places. ``spans`` are the edits' places as lines and columns.
    ``fix`` is None for what has no value in the data, such as a comment that goes."""

    message: str
    safe: bool
    path: str
    edits: tuple[Edit, ...]
    spans: tuple[Span, ...]
    fix: Fix | None
