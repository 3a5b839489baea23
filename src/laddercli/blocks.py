"""The language between views and writers. A view says what stands on a page, a writer how a format shows it.

Text is a tuple of spans, so that no writer has to guess what is a title and what came out of somebody's file. A
newline inside a span is a line break that the author meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Style(StrEnum):
    """What a span is. No style carries meaning that the text does not carry, too."""

    PLAIN = ""
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    DIM = "dim"
    ADDED = "added"
    REMOVED = "removed"


class Span(NamedTuple):
    """A run of text in one style, with the address it links to."""

    text: str
    style: Style = Style.PLAIN
    href: str | None = None


Text = tuple[Span, ...]


def plain(text: str) -> Text:
    return (Span(text),)


def strong(text: str) -> Text:
    return (Span(text, Style.STRONG),)


def dim(text: str) -> Text:
    return (Span(text, Style.DIM),)


def code(text: str) -> Text:
    return (Span(text, Style.CODE),)


@dataclass(frozen=True, slots=True)
class Title:
    """The head of a page: what it shows, and at the other end of the line an aside."""

    text: Text
    aside: Text = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a section, with an aside at the other end of its rule."""

    text: Text
    aside: Text = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. ``note`` explains it: beside it where there is room, else below."""

    text: Text
    note: Text = ()


class Item(NamedTuple):
    """One entry of a list. ``marker`` says what kind of entry it is, ``details`` are lines of its own below it,
    ``note`` its source."""

    marker: str
    text: Text
    details: tuple[Text, ...] = ()
    note: Text = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list. Markers of one list line up."""

    items: tuple[Item, ...]
    label: Text = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with their values."""

    facts: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. The first column holds names, the others short values that do not wrap unless they must.

    ``heads`` name the columns, for formats whose tables cannot do without: on a screen the page above says it.
    """

    rows: tuple[tuple[Text, ...], ...]
    heads: tuple[Text, ...]


class Overview(NamedTuple):
    """One row of an ``OverviewTable``: a name, a cell for each column, and between the cells how they compare."""

    name: Text
    cells: tuple[Text, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OverviewTable:
    """The answer first: one short row for each measure. ``heads`` are the lines above each column."""

    heads: tuple[tuple[Text, ...], ...]
    rows: tuple[Overview, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Lists side by side. ``heads`` name the columns for the case that they must stand below each other.

    Each row holds a stack of blocks for every column; rows start at one height, what is in them does not correspond.
    """

    heads: tuple[Text, ...]
    rows: tuple[tuple[tuple[Block, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines of a file, shown as they are. ``label`` says what they show."""

    text: str
    label: Text = ()


class Card(NamedTuple):
    """A level in the picture of a ladder."""

    title: str
    code: str
    name: str
    sign: str
    span: str
    summary: str
    draft: str
    pay: str


class Rung(NamedTuple):
    """One grade of the picture: its name, what it pays, and for each track the levels at it."""

    name: str
    pay: tuple[str, ...]
    cards: tuple[tuple[Card, ...], ...]

    @property
    def has_peers(self) -> bool:
        return sum(1 for cards in self.cards if cards) > 1


@dataclass(frozen=True, slots=True)
class Picture:
    """The tracks of a ladder side by side, highest rung on top. ``rungs`` without names make no claim of parity."""

    scale: str
    zones: tuple[str, ...]
    tracks: tuple[str, ...]
    rungs: tuple[Rung, ...]
    legend: tuple[Text, ...]
    hint: Text


@dataclass(frozen=True, slots=True)
class Headline:
    """The head of a report, and its answer in one line: ``name`` and ``state`` say what it is about, ``between`` what
    was compared, ``counts`` and ``verdict`` what came out."""

    name: str
    state: str
    between: str
    counts: tuple[str, ...]
    verdict: str


class Entry(NamedTuple):
    """One change in a ``Record``.

    ``part`` and ``detail`` say where it happened, such as at a level and in a measure; ``short`` stands for the part
    where room is scarce. ``sign`` and ``name`` say what happened, ``label`` to what. ``words`` tell it with the words
    marked that went and came; where there are none, ``before`` and ``after`` do. ``remarks`` are lines below it,
    ``place`` says where it is written.
    """

    part: str
    short: str
    detail: str
    sign: str
    name: str
    label: Text
    words: Text
    before: Text
    after: Text
    remarks: tuple[Text, ...]
    place: str


class Chapter(NamedTuple):
    """Changes that weigh the same. What is not ``grave`` may be folded away."""

    title: str
    meaning: str
    grave: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """Changes, by weight. ``touched`` counts them by part, for readers who do not have the thing itself before them;
    its first row names the columns. ``heads`` name those of a table of entries."""

    chapters: tuple[Chapter, ...]
    touched: tuple[tuple[str, ...], ...]
    heads: tuple[str, str, str, str, str]


Block = (
    Title
    | Heading
    | Paragraph
    | Items
    | Facts
    | Table
    | OverviewTable
    | Columns
    | Listing
    | Picture
    | Headline
    | Record
)


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that one command shows."""

    blocks: tuple[Block, ...]
