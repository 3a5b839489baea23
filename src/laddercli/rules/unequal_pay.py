"""Peers have equal pay, whichever track they are on.

Where managers earn more at the same grade, people take reports for the money. Peers share the range of their grade, and
only a level with `pay` of its own can break that. (Source: the article on dual tracks; Charity Majors on equal bands.)

Not flagged: a level whose own pay equals that of its peers; `executive` levels; zones and figures that only one of the
two states; two levels of one track.

Bad:
    compensation: {zones: [{id: us, currency: USD}]}
    grades: [{id: g1, pay: {us: {min: 100, max: 200}}}]
    tracks:
      - {id: ic, kind: ic, levels: [{id: expert, grade: g1}]}
      - {id: manager, kind: manager, levels: [{id: lead, grade: g1, pay: {us: {min: 120, max: 240}}}]}
Good:
    compensation: {zones: [{id: us, currency: USD}]}
    grades: [{id: g1, pay: {us: {min: 100, max: 200}}}]
    tracks:
      - {id: ic, kind: ic, levels: [{id: expert, grade: g1}]}
      - {id: manager, kind: manager, levels: [{id: lead, grade: g1}]}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from laddercli.findings import Problem, Related, flag
from laddercli.ladder import Band, Ladder, Level
from laddercli.reading import Reading, at

CATEGORY = "parity"
SEVERITY = "error"
WAIVABLE = True


def check(reading: Reading) -> Iterator[Problem]:
    """Each level with pay of its own that differs from a peer's. Two such levels are told about once."""
    ladder = reading.ladder
    judged: set[str] = set()
    for _, level in reading.levels:
        if level.pay and not level.executive:
            judged.add(level.id)
            for peer in ladder.peers(level):
                if peer.status == "active" and not peer.executive and (not peer.pay or peer.id in judged):
                    yield from _compared(ladder, level, peer)


def _compared(ladder: Ladder, level: Level, peer: Level) -> Iterator[Problem]:
    own, other = ladder.pay(level), ladder.pay(peer)
    ratios = {zone: _ratios(band, other[zone]) for zone, band in own.items() if zone in other}
    unequal = {zone: each for zone, each in ratios.items() if any(ratio != 1 for ratio in each)}
    if unequal:
        shares = ", ".join(f"{_share(each)} of it in `{zone}`" for zone, each in unequal.items())
        yield flag(
            at(level.place, "pay"),
            f"level `{level.id}` is paid {_direction(unequal)} its peer `{peer.id}`: {shares}",
            help=f"remove `pay` here, so that both have the range of grade `{level.grade.id}`" if level.grade else None,
            key=True,
            arguments=(peer.id,),
            related=(Related("the peer", at(peer.place, "pay" if peer.pay else "id")),),
        )


def _ratios(band: Band, other: Band) -> list[Decimal]:
    """Each figure of a range by the other's, where both state it."""
    figures = ((band.min, other.min), (band.mid, other.mid), (band.max, other.max))
    return [own / its for own, its in figures if own is not None and its is not None]


def _direction(ratios: Mapping[str, list[Decimal]]) -> str:
    every = [ratio for each in ratios.values() for ratio in each]
    if min(every) < 1:
        return "less than" if max(every) <= 1 else "otherwise than"
    return "more than"


def _share(ratios: list[Decimal]) -> str:
    """How much of the other's figures a range has, such as "110 %" or "100 to 120 %"."""
    low, high = _percent(min(ratios)), _percent(max(ratios))
    return f"{low} %" if low == high else f"{low} to {high} %"


def _percent(ratio: Decimal) -> str:
    """A ratio in percent, with as many decimals as it takes to differ from 100."""
    percent = ratio * 100
    digits = next((digits for digits in range(4) if ratio == 1 or round(percent, digits) != 100), 4)
    return f"{round(percent, digits):f}"
