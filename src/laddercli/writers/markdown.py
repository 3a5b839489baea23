"""Pages as Markdown, for a pull request comment or a wiki. Nothing from a ladder becomes markup but its own emphasis,
code and links: everything else is escaped, and a table survives any text in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from laddercli.blocks import (
    Block,
    Card,
    Chapter,
    Columns,
    Entry,
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
    Rung,
    Span,
    Style,
    Table,
    Text,
    Title,
)
from laddercli.display import visible

# An exclamation mark at the end would turn a link after it into an image, a dollar sign text into a formula.
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~#&@$]|!\Z")
# What makes a line a list, a heading underlined, or a rule.
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)](?:\s|$)))", re.MULTILINE)
# A name behind an @ calls somebody, a number behind a # links an issue, however they are escaped.
_CALLS = re.compile(r"(?:(?<!\w)@(?=\w|\Z)|#(?=\d))")
_GAP = "\u200b"
_MARKS = {Style.STRONG: "**", Style.EMPHASIS: "*", Style.ADDED: "**", Style.REMOVED: "~~"}
_BREAK = "<br>"


def write(page: Page) -> str:
    """The page as Markdown, with a newline at its end."""
    parts = [part for block in page.blocks for part in _draw(block)]
    return "\n\n".join(parts) + "\n"


def _draw(block: Block) -> Iterator[str]:
    match block:
        case Title():
            yield f"# {_heading(block.text)}"
            if block.aside:
                yield _line(block.aside)
        case Heading():
            aside = f" · {_line(block.aside)}" if block.aside else ""
            yield f"## {_heading(block.text)}{aside}"
        case Paragraph():
            yield from (_text(text).strip().replace("\n", "\n\n") for text in (block.text, block.note) if text)
        case Items():
            if block.label:
                yield _line(block.label)
            yield "\n".join(line for item in block.items for line in _item(item))
        case Facts():
            yield "\n".join(f"- **{_name(name)}:** {_line(value)}" for name, value in block.facts)
        case Table():
            yield _table(block.heads, block.rows)
        case OverviewTable():
            yield _overview(block)
        case Columns():
            yield from _columns(block)
        case Listing():
            if block.label:
                yield _line(block.label)
            yield _fenced(block.text)
        case Picture():
            yield _picture(block)
        case Headline():
            yield from _headline(block)
        case Record():
            yield from _record(block)
        case _:
            assert_never(block)


def _fenced(text: str) -> str:
    """Lines between more backticks than they hold, so that nothing in them ends the listing."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}yaml\n{visible(text).rstrip()}\n{fence}"


def _heading(text: Text) -> str:
    """A heading is bold as it is."""
    return _line(
        tuple(Span(span.text, Style.PLAIN, span.href) if span.style is Style.STRONG else span for span in text)
    )


def _item(item: Item) -> Iterator[str]:
    marker = "" if item.marker == "•" else f"{_name(item.marker)} "
    note = f" ({_line(item.note)})" if item.note else ""
    if len(item.marker) > 1:
        marker = f"**{_name(item.marker)}** "
    yield f"- {marker}{_line(item.text)}{note}"
    yield from (f"  - {_line(detail)}" for detail in item.details)


def _overview(block: OverviewTable) -> str:
    heads = [_BREAK.join(_line(line) for line in head) for head in block.heads]
    rows = []
    for row in block.rows:
        signs = ["", *(f"{sign} " if sign.strip() else "" for sign in row.signs)]
        cells = [f"{_escape(sign)}{_line(cell)}" for sign, cell in zip(signs, row.cells, strict=True)]
        rows.append([_line(row.name), *cells])
    return _grid(["", *heads], rows)


def _columns(block: Columns) -> Iterator[str]:
    """A table with one row for each row of lists: the only way to stand side by side in Markdown."""
    rows = [[_BREAK.join(_cell_lines(stack)) for stack in row] for row in block.rows]
    rows = [row for row in rows if any(row)]
    if rows:
        yield _grid([_line(head) for head in block.heads], rows)


def _cell_lines(stack: tuple[Block, ...]) -> Iterator[str]:
    for block in stack:
        if isinstance(block, Items):
            for item in block.items:
                note = f" ({_line(item.note)})" if item.note else ""
                yield f"{_name(item.marker)} {_line(item.text)}{note}"
        else:
            yield from (re.sub(r"\n+", _BREAK, part) for part in _draw(block))


def _table(heads: tuple[Text, ...], rows: tuple[tuple[Text, ...], ...]) -> str:
    return _grid([_line(cell) for cell in heads], [[_line(cell) for cell in row] for row in rows])


def _picture(picture: Picture) -> str:
    graded = any(rung.name for rung in picture.rungs)
    head = [picture.scale, *picture.zones] if graded else []
    rows = [_rung(rung, len(picture.zones), graded) for rung in picture.rungs]
    legend = " · ".join(_line(part) for part in picture.legend)
    grid = _grid([*(_name(name) for name in (*head, *picture.tracks))], rows)
    return f"{grid}\n\n{legend}" if legend else grid


def _rung(rung: Rung, zones: int, graded: bool) -> list[str]:
    label = [_name(rung.name), *(_name(pay) for pay in rung.pay or ("",) * zones)] if graded else []
    peers = " ⇄" if rung.has_peers and rung.name else ""
    return [*label, *(_BREAK.join(_card(card, peers) for card in cards) for cards in rung.cards)]


def _card(card: Card, peers: str) -> str:
    sign = f" {card.sign}{peers}" if card.sign else peers
    draft = f" ({_name(card.draft)})" if card.draft else ""
    names = " · ".join(_name(part) for part in (card.code, card.name, card.span) if part)
    summary = f"{_BREAK}{_name(card.summary)}" if card.summary else ""
    pay = f"{_BREAK}{_name(card.pay)}" if card.pay else ""
    return f"**{_name(card.title)}**{sign}{draft}{_BREAK}{names}{summary}{pay}"


def _headline(block: Headline) -> Iterator[str]:
    """The answer as the first line, for readers who see no more of a comment than that."""
    sentences = [f"{block.name}: {', '.join(block.counts)}", block.verdict[:1].upper() + block.verdict[1:]]
    yield f"**{'. '.join(_name(each) for each in sentences if each)}.**"
    yield " · ".join(_name(each) for each in (block.state, block.between) if each)


def _record(block: Record) -> Iterator[str]:
    if block.touched:
        head, *rows = ([_name(cell) for cell in row] for row in block.touched)
        yield _grid(head, rows)
    for chapter in block.chapters:
        table = _grid([_name(head) for head in block.heads], [_entry(entry) for entry in chapter.entries])
        if chapter.grave:
            yield f"**{_chapter(chapter)}**"
            yield table
        else:
            # The name stands outside: within HTML another escaping would be needed.
            yield f"<details><summary>{len(chapter.entries):,} {_chapter(chapter)}</summary>\n\n{table}\n\n</details>"


def _chapter(chapter: Chapter) -> str:
    return f"{_name(chapter.title)}: {_name(chapter.meaning)}"


def _entry(entry: Entry) -> list[str]:
    """A change as a row. What its words are marked for stands in two cells here."""
    label = f"{_BREAK}{_line(entry.label)}" if entry.label else ""
    remarks = "".join(f"{_BREAK}{_line(remark)}" for remark in entry.remarks)
    return [
        _name(entry.part),
        _name(entry.detail),
        f"{_name(entry.sign)} {_name(entry.name)}{label}{remarks}",
        *map(_line, _sides(entry)),
    ]


def _sides(entry: Entry) -> tuple[Text, Text]:
    """What was before and what is now, with the words marked that differ where the others are the same."""
    if not any(span.style is Style.PLAIN and span.text.strip() for span in entry.words):
        return entry.before, entry.after
    if not entry.before or not entry.after:
        return entry.before, entry.after
    return _without(Style.ADDED, entry.words), _without(Style.REMOVED, entry.words)


def _without(style: Style, words: Text) -> Text:
    """The words but those of one style, and not the space that was between these and the next."""
    kept: list[Span] = []
    for span in words:
        is_second_space = span.text == " " and (not kept or kept[-1].text == " ")
        if span.style is not style and not is_second_space:
            kept.append(span)
    return tuple(kept)


def _grid(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _name(text: str) -> str:
    return _escape(text).strip().replace("\n", _BREAK)


def _line(text: Text) -> str:
    """Text on one line; a line break that the author meant stays one."""
    return _text(text).strip().replace("\n", _BREAK)


def _text(text: Text) -> str:
    return "".join(_span(span) for span in text)


def _span(span: Span) -> str:
    words = _code(span.text) if span.style is Style.CODE else _escape(span.text)
    mark = _MARKS.get(span.style, "")
    if mark and words.strip():
        # Marks must touch the words they mark.
        left = words[: len(words) - len(words.lstrip())]
        right = words[len(words.rstrip()) :]
        words = f"{left}{mark}{words.strip()}{mark}{right}"
    return f"[{words}](<{_address(span.href)}>)" if span.href else words


def _escape(text: str) -> str:
    text = _SPECIAL.sub(_mask, _CALLS.sub(rf"\g<0>{_GAP}", visible(text)))
    return _LINE_START.sub(_no_list, text)


def _no_list(match: re.Match[str]) -> str:
    space, mark = match.groups()
    return f"{space}{mark}\\" if mark[0].isdigit() else f"{space}\\{mark}"


def _mask(match: re.Match[str]) -> str:
    character = match.group()
    return f"&{_ENTITIES[character]};" if character in _ENTITIES else f"\\{character}"


_ENTITIES = {"<": "lt", ">": "gt", "&": "amp", "|": "#124", "@": "#64", "$": "#36"}


def _code(text: str) -> str:
    """Code between more backticks than it holds. A pipe would end a cell even here."""
    text = visible(text)
    if "|" in text or "\n" in text:
        return _escape(text)
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _address(href: str) -> str:
    return re.sub(r"[<>\s|\\]", lambda match: f"%{ord(match.group()):02X}", href)
