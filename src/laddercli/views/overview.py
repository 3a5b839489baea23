"""A ladder as one picture: its tracks next to each other by grade, highest on top."""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.blocks import (
    Block,
    Card,
    Facts,
    Heading,
    Page,
    Paragraph,
    Picture,
    Rung,
    Span,
    Style,
    Text,
    Title,
    dim,
    plain,
)
from laddercli.display import count
from laddercli.inline import parse, plain_text
from laddercli.ladder import Grade, Ladder, Level
from laddercli.views import phrases


def overview_page(ladder: Ladder, *, about: bool = False) -> Page:
    """The levels of a ladder, parallel by grade; a ladder without grades track by track, with no parity implied.

    With ``about``, what a reader needs to know to read them: its sections, its grades, measures and words.
    """
    version = f" {ladder.version}" if ladder.version else ""
    status = f" ({ladder.status})" if ladder.status != "active" else ""
    title = (Span(ladder.title, Style.STRONG), Span(f"{version}{status}"))
    levels = sum(len(track.levels) for track in ladder.tracks)
    facts = [] if ladder.revision is None else [f"at {ladder.revision}"]
    facts += [count(levels, "level"), count(len(ladder.measures), "measure")]
    if ladder.reviewed:
        facts.append(f"reviewed {ladder.reviewed}")
    picture = Picture(
        scale="Grade",
        zones=tuple(zone.title for zone in ladder.compensation.zones) if _shows_pay(ladder) else (),
        tracks=tuple(track.name for track in ladder.tracks),
        rungs=tuple(_rungs(ladder)),
        legend=tuple(_legend(ladder)),
        hint=dim("ladder show LEVEL · ladder compare LEVEL LEVEL"),
    )
    blocks: list[Block] = [Title(title, plain(" · ".join(facts))), picture]
    if _shows_pay(ladder) and phrases.pay_terms(ladder):
        blocks.append(Paragraph(dim(phrases.pay_terms(ladder))))
    return Page((*blocks, *(_about(ladder) if about else ())))


def _about(ladder: Ladder) -> Iterator[Block]:
    """What a reader needs first, then what grades, measures and words mean."""
    if ladder.summary:
        yield Paragraph(parse(ladder.summary))
    owner = [("Owner", parse(ladder.owner))] if ladder.owner else []
    since = [("Effective", plain(ladder.effective))] if ladder.effective else []
    if owner or since:
        yield Facts((*owner, *since))
    for section in ladder.about:
        yield Heading(parse(section.title))
        yield Paragraph(parse(section.text))
    if ladder.compensation.criteria:
        yield Heading(plain("How pay is set"))
        yield Paragraph(parse(ladder.compensation.criteria))
    grades = [(_grade_name(grade), parse(grade.definition)) for grade in ladder.grades if grade.definition]
    measures = [(measure.name, parse(measure.definition)) for measure in ladder.measures if measure.definition]
    words = [
        (term, parse(meaning))
        for term, meaning in sorted(ladder.glossary.items(), key=lambda entry: entry[0].casefold())
    ]
    for title, facts in (("Grades", grades), ("Measures", measures), ("Words", words)):
        if facts:
            yield Heading(plain(title))
            yield Facts(tuple(facts))


def _shows_pay(ladder: Ladder) -> bool:
    return any(grade.pay for grade in ladder.grades)


def _rungs(ladder: Ladder) -> Iterator[Rung]:
    """A rung for each grade in use, highest first; then the levels without a grade, each track in its order."""
    for grade in reversed(ladder.grades):
        levels = ladder.at_grade(grade.id)
        cards = tuple(
            tuple(_card(level, ladder) for other, level in reversed(levels) if other is track)
            for track in ladder.tracks
        )
        if levels:
            yield Rung(_grade_name(grade), tuple(_pay(ladder, grade)), cards)
    without = tuple(
        tuple(_card(level, ladder) for level in reversed(track.levels) if level.grade is None)
        for track in ladder.tracks
    )
    if any(without):
        yield Rung("", (), without)


def _grade_name(grade: Grade) -> str:
    return grade.id if grade.title == grade.id else f"{grade.id} {grade.title}"


def _pay(ladder: Ladder, grade: Grade) -> Iterator[str]:
    for zone in ladder.compensation.zones:
        yield phrases.band(grade.pay[zone.id], zone.currency) if zone.id in grade.pay else phrases.ABSENT


def _card(level: Level, ladder: Ladder) -> Card:
    currencies = {zone.id: zone.currency for zone in ladder.compensation.zones}
    pay = [phrases.band(band, currencies.get(zone, "")) for zone, band in level.pay.items()]
    return Card(
        title=level.title,
        code=level.code if level.code and level.code != level.title else "",
        name=level.id if level.id != level.title else "",
        sign=phrases.CAREER if level.career_level else "",
        span=phrases.reports(level.direct_reports) if level.direct_reports else "",
        summary=plain_text(level.summary) if level.summary else "",
        draft=level.status if level.status != "active" else "",
        pay=f"own pay: {', '.join(pay)}" if pay else "",
    )


def _legend(ladder: Ladder) -> Iterator[Text]:
    """Only the signs that stand in the picture."""
    levels = [level for track in ladder.tracks for level in track.levels]
    if any(ladder.peers(level) for level in levels):
        pay = "" if any(level.own_pay for level in levels) else "one pay range, "
        yield plain(f"{phrases.PEERS} peers: one grade, {pay}moves both ways")
    if any(level.career_level for level in levels):
        yield plain(f"{phrases.CAREER} one may stay here")
    spans = [level.direct_reports for level in levels if level.direct_reports]
    if spans:
        yield plain(f"{phrases.reports(spans[0])}: direct reports")
