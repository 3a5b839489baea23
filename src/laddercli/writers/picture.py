"""The picture of a ladder in a terminal: a row for each grade, a column for each track."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text as RichText

from laddercli.blocks import Card, Picture, Rung, Span, Style, Text

MakeText = Callable[[Text | str], RichText]

# Between two tracks, with a space on either side of the sign.
SIGN = 4
# A track narrower than this cannot show a title; a track this wide shows titles, codes and ids in columns.
NARROWEST_TRACK = 24
WIDE_TRACK = 62
# From this width on, pay stands in columns of its own.
WIDE = 130

PEERS = "⇄"
NO_GRADE = "(no grade)"


def draw_picture(picture: Picture, width: int, text: MakeText) -> Iterator[RenderableType]:
    """The tracks side by side where they fit, else one below the other. Without grades always below each other:
    what stands in one row would look like peers."""
    drawing = _Drawing(picture, width, text)
    fits = min(drawing.track_widths, default=0) >= NARROWEST_TRACK
    if fits and (drawing.graded or len(picture.tracks) == 1):
        yield from drawing.side_by_side()
    else:
        yield from drawing.stacked()
    yield from drawing.legend()


def _peers(rung: Rung) -> list[str]:
    """What stands between two tracks: the sign where there is a level on the right and one somewhere on the left."""
    pairs = [any(rung.cards[:index]) and bool(rung.cards[index]) for index in range(1, len(rung.cards))]
    return [PEERS if rung.name and pair else "" for pair in pairs]


class _Drawing:
    def __init__(self, picture: Picture, width: int, text: MakeText) -> None:
        self.picture = picture
        self.width = width
        self.text = text
        self.pay_columns = bool(picture.zones) and width >= WIDE
        names = [text(rung.name or NO_GRADE).cell_len for rung in picture.rungs]
        self._card_widths: dict[int, list[int]] = {}
        self.graded = any(rung.name for rung in picture.rungs)
        amounts = [] if self.pay_columns else [text(pay).cell_len for rung in picture.rungs for pay in rung.pay]
        self.label_width = max([*names, *amounts, len(picture.scale)], default=0) + 2 if self.graded else 0
        self.pay_widths = self._pay_widths()
        self.track_widths = self._track_widths(width - self.label_width - sum(self.pay_widths))

    def _pay_widths(self) -> list[int]:
        if not self.pay_columns:
            return []
        return [
            max(
                [
                    self.text(zone).cell_len,
                    *(self.text(rung.pay[index]).cell_len for rung in self.picture.rungs if rung.pay),
                ]
            )
            + 2
            for index, zone in enumerate(self.picture.zones)
        ]

    def _track_widths(self, room: int) -> list[int]:
        """An equal share for each track; where titles would wrap, each what it needs and the rest shared."""
        tracks = range(len(self.picture.tracks))
        room -= SIGN * (len(tracks) - 1)
        needed = [self._needed(track) for track in tracks]
        share = room // max(1, len(tracks))
        if all(width <= share for width in needed) or sum(needed) > room:
            return [share for _ in tracks]
        spare = (room - sum(needed)) // len(tracks)
        return [width + spare for width in needed]

    def _needed(self, track: int) -> int:
        cards = [card for rung in self.picture.rungs for card in rung.cards[track]]
        lines = [text for card in cards for text in (self._title(card), self._names(card))]
        return max((self.text(line).cell_len for line in lines), default=0)

    def side_by_side(self) -> Iterator[RenderableType]:
        """A row for each grade, with the levels of each track in a column of its own."""
        grid = self._grid()
        head = [self.text((Span(self.picture.scale, Style.STRONG),))] if self.graded else []
        head += [self.text((Span(zone, Style.STRONG),)) for zone in self.picture.zones if self.pay_columns]
        grid.add_row(
            *head, *self._with_signs([self.text((Span(name, Style.STRONG),)) for name in self.picture.tracks], [])
        )
        yield grid
        yield self._rule()
        for rung in self.picture.rungs:
            yield self._rung(rung)
        yield self._rule()

    def _rule(self) -> RichText:
        line = self.text("─")
        return RichText(line.plain * self.width)

    def _grid(self) -> Grid:
        grid = Grid.grid(padding=0)
        if self.graded:
            grid.add_column(width=self.label_width, overflow="fold")
        for width in self.pay_widths:
            grid.add_column(width=width)
        for index in range(len(self.picture.tracks)):
            if index:
                grid.add_column(width=SIGN)
            grid.add_column(width=self.track_widths[index], overflow="fold")
        return grid

    def _rung(self, rung: Rung) -> RenderableType:
        grid = self._grid()
        label = [] if not self.graded else [self._label(rung)]
        if self.pay_columns:
            label += [self.text(pay) for pay in rung.pay or [""] * len(self.pay_widths)]
        stacks = [self._cards(cards, index) for index, cards in enumerate(rung.cards)]
        grid.add_row(*label, *self._with_signs(stacks, _peers(rung)))
        return grid

    def _label(self, rung: Rung) -> RenderableType:
        name = self.text(rung.name or NO_GRADE)
        return name if self.pay_columns or not rung.pay else Group(name, *(self.text(pay) for pay in rung.pay))

    def _with_signs(self, cells: list[RichText] | list[RenderableType], signs: list[str]) -> Iterator[RenderableType]:
        for index, cell in enumerate(cells):
            if index:
                yield self.text(f" {signs[index - 1]}" if signs else "")
            yield cell

    def _cards(self, cards: tuple[Card, ...], track: int) -> RenderableType:
        wide = self.track_widths[track] >= WIDE_TRACK
        return Group(*(self._wide_card(card, track) if wide else self._card(card) for card in cards))

    def _title(self, card: Card) -> Text:
        sign = f" {card.sign}" if card.sign else ""
        draft = f" ({card.draft})" if card.draft else ""
        return (Span(card.title, Style.STRONG), Span(f"{sign}{draft}"))

    def _names(self, card: Card) -> Text:
        return (Span("  ".join(part for part in (card.code, card.name, card.span) if part), Style.DIM),)

    def _card(self, card: Card) -> RenderableType:
        lines = [self._names(card), (Span(card.pay, Style.DIM),)]
        return Group(self.text(self._title(card)), *(line for line in map(self.text, lines) if line))

    def _card_columns(self, card: Card) -> tuple[Text | str, ...]:
        return (self._title(card), card.code, card.name, card.span)

    def _widths_of_cards(self, track: int) -> list[int]:
        """How wide titles, codes, names and spans of a track are, so that they line up; measured once."""
        if track not in self._card_widths:
            cards = [self._card_columns(card) for rung in self.picture.rungs for card in rung.cards[track]]
            columns = zip(*cards, strict=True)
            self._card_widths[track] = [max(self.text(value).cell_len for value in column) for column in columns]
        return self._card_widths[track]

    def _wide_card(self, card: Card, track: int) -> RenderableType:
        line = Grid.grid(padding=(0, 2, 0, 0))
        cells = []
        for value, width in zip(self._card_columns(card), self._widths_of_cards(track), strict=True):
            if width:
                line.add_column(width=width, overflow="fold")
                cells.append(self.text(value))
        line.add_row(*cells)
        below = [self.text((Span(part, Style.DIM),)) for part in (card.summary, card.pay) if part]
        return Group(line, *below)

    def stacked(self) -> Iterator[RenderableType]:
        """Track below track, each rung with its grade."""
        for track, name in enumerate(self.picture.tracks):
            if track:
                yield RichText("")
            yield self.text((Span(name, Style.STRONG),))
            yield self._rule()
            for rung in self.picture.rungs:
                for card in rung.cards[track]:
                    yield self._entry(rung, card)
        yield self._rule()

    def _entry(self, rung: Rung, card: Card) -> RenderableType:
        peers = f" {PEERS}" if rung.has_peers and rung.name else ""
        title = (*self._title(card), Span(peers))
        names = "  ".join(part for part in (rung.name, card.code, card.name, card.span) if part)
        pay = card.pay or "  ".join(rung.pay)
        lines = [self.text((Span(line, Style.DIM),)) for line in (names, pay) if line]
        return Group(self.text(title), *(Padding(line, (0, 0, 0, 2)) for line in lines))

    def legend(self) -> Iterator[RenderableType]:
        """The signs, as many to a line as fit, and the hint at the end of the line or on one of its own."""
        lines: list[RichText] = []
        for sign in self.picture.legend:
            entry = self.text(sign)
            if lines and lines[-1].cell_len + 4 + entry.cell_len <= self.width:
                lines[-1] = RichText.assemble(lines[-1], "    ", entry)
            else:
                lines.append(entry)
        hint = self.text(self.picture.hint)
        room = self.width - lines[0].cell_len - hint.cell_len if len(lines) == 1 else 0
        if room >= 4:
            yield RichText.assemble(lines[0], " " * room, hint)
        else:
            yield from (*lines, hint)
