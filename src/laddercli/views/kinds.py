"""The kinds of change: all of them in full, or one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from laddercli.blocks import (
    Block,
    Facts,
    Heading,
    Listing,
    Page,
    Paragraph,
    Span,
    Style,
    Table,
    Text,
    Title,
    code,
    dim,
    plain,
    strong,
)
from laddercli.changes import Kind
from laddercli.inline import parse

_ABOUT_CHANGES = (
    "`ladder diff` tells what changed between two versions of a ladder. Each change is of one of the kinds below; the "
    "name of a kind stands in every format and never changes.",
    "A change has an *impact*, in the sense of Semantic Versioning. *major*: it asks something new of a person who "
    "already holds a level, or takes something from them. *minor*: it clarifies, gives, or adds room. *patch*: "
    "nobody's expectations move. Where a kind may have several, its text says when it has which, and the usual one "
    "comes first.",
    "Kinds come in pairs: a difference that is read backwards has the paired kinds. Some are paired with themselves.",
)
_PARTS = {"cell": "in a cell", "level": "in a level", "ladder": "in the ladder"}


def kind_page(kind: Kind) -> Page:
    """One kind of change in full."""
    return Page((Title(strong(kind.name), plain(_weight(kind))), *_kind_blocks(kind)))


def kinds_page(kinds: Iterable[Kind]) -> Page:
    """Every kind of change, with a table of them in front: the published document."""
    kinds = list(kinds)
    heads = (plain("Kind"), plain("Impact"), plain("Backwards"), plain("Statement"))
    blocks: list[Block] = [Title(plain("Changes")), *map(Paragraph, map(parse, _ABOUT_CHANGES))]
    blocks.append(Table(tuple(map(_kind_row, kinds)), heads))
    for kind in kinds:
        blocks += [Heading(plain(kind.name)), Paragraph(dim(_weight(kind))), *_kind_blocks(kind)]
    return Page(tuple(blocks))


def _kind_row(kind: Kind) -> tuple[Text, ...]:
    name = (Span(kind.name, Style.CODE, f"#{kind.name}"),)
    pair = (Span(kind.pair, Style.CODE, f"#{kind.pair}"),) if kind.pair != kind.name else dim("the same")
    return (name, plain(", ".join(kind.impacts)), pair, parse(kind.statement))


def _weight(kind: Kind) -> str:
    return " or ".join(kind.impacts)


def _kind_blocks(kind: Kind) -> Iterator[Block]:
    yield Paragraph(parse(kind.statement))
    yield Paragraph(parse(kind.reason))
    where = _PARTS[kind.example.part]
    for label, text in (("Before", kind.example.old), ("After", kind.example.new)):
        yield Listing(text.strip() or "# nothing", (Span(label, Style.STRONG), Span(f", {where}")))
    if kind.pair != kind.name:
        yield Facts((("Read backwards", code(kind.pair)),))
