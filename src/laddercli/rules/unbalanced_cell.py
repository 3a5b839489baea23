"""The cells of a track, and its levels, are of about the same length.

A cell that is many times longer than the others is read as the one that counts, and mostly holds what belongs to other
measures or to several levels. Whoever compares two levels needs texts that can be compared. (Source: the article, where
one cell of the highest level is 4.3 times as long as the usual one and tells of everything a product manager does.)

Not flagged: a cell or level of few words; `unchanged`, `not_applicable` and missing cells, which have no length;
examples. A level that is much longer than its neighbor is an info, unless the neighbor is short because it builds on
others.

Bad:
    measures:
      - {id: craft, name: Craft}
      - {id: reach, name: Reach}
      - {id: trust, name: Trust}
    tracks:
      - id: ic
        kind: ic
        levels:
          - id: pm1
            expectations:
              craft: >-
                Plans releases, writes requirements, talks with customers,
                briefs sales and support, reports figures to the leadership
                team, keeps the roadmap for customers and the internal one,
                follows competitors, and decides about defects each week.
              reach: Answers questions from support.
              trust: Delivers on the agreed date.
Good:
    measures:
      - {id: craft, name: Craft}
      - {id: reach, name: Reach}
      - {id: trust, name: Trust}
    tracks:
      - id: ic
        kind: ic
        levels:
          - id: pm1
            expectations:
              craft: Writes requirements for a release.
              reach: Answers questions from support.
              trust: Delivers on the agreed date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from laddercli.findings import Problem, Related, Severity, flag
from laddercli.ladder import Level
from laddercli.reading import Kind, Lane, Reading, at

CATEGORY = "progression"
SEVERITY = "warning"

_COUNTED: frozenset[Kind] = frozenset(("summary", "criterion", "benchmark"))
# Thai, Lao, Burmese, Khmer, kana and Chinese characters: scripts that put no spaces between words.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")

# The words of each cell that has text of its own, by the ids of level and measure.
Lengths = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Options:
    """What `.ladder.yaml` can say about this rule."""

    cell: Annotated[float, Field(description="How many times the median a cell may be long.", ge=1)] = 4
    level: Annotated[float, Field(description="How many times its neighbor a level may be long.", ge=1)] = 2.5
    words: Annotated[int, Field(description="What has no more words than this is never too long.", ge=0)] = 25


def check(reading: Reading, options: Options) -> Iterator[Problem]:
    """Each cell that is much longer than the median of its track, and each level than its neighbors."""
    lengths = _lengths(reading)
    is_cumulative = reading.ladder.policy.levels == "cumulative"
    for lane in reading.lanes:
        usual = _median([length for level in lane.levels for length in lengths.get(level.id, {}).values()])
        limit = max(options.cell * usual, options.words)
        yield from _cells(lane, lengths, usual, limit)
        for index, level in enumerate(lane.levels):
            # A level that only adds to others is short on purpose.
            above = () if is_cumulative else lane.levels[index + 1 : index + 2]
            others = [other for other in (*lane.levels[max(index - 1, 0) : index], *above) if not other.inherits]
            yield from _beside(level, others, lengths, limit, options)


def _lengths(reading: Reading) -> Lengths:
    found: Lengths = {}
    for text in reading.texts:
        if text.level and text.measure and text.kind in _COUNTED:
            cells = found.setdefault(text.level.id, {})
            cells[text.measure.id] = cells.get(text.measure.id, 0) + _words(text.value)
    return found


def _words(text: str) -> float:
    """How many words a text has; where words are not spaced, two characters are about one."""
    if text.isascii():
        return len(text.split())
    spaced, characters = _UNSPACED.subn(" ", text)
    return len(spaced.split()) + characters / 2


def _cells(lane: Lane, lengths: Lengths, usual: float, limit: float) -> Iterator[Problem]:
    for level in lane.levels:
        for name, length in lengths.get(level.id, {}).items():
            if length > limit:
                yield flag(
                    level.expectations[name].place,
                    f"{length:.0f} words, {length / usual:.1f} × the median of the track",
                    help="keep what tells this level from its neighbors; the rest may belong to another measure",
                    key=True,
                    arguments=(),
                    weight=length / usual,
                )


def _median(lengths: list[float]) -> float:
    # The module `statistics` would take longer to import than this rule runs.
    ordered, half = sorted(lengths), len(lengths) // 2
    if not ordered:
        return 0
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _beside(level: Level, others: list[Level], lengths: Lengths, limit: float, options: Options) -> Iterator[Problem]:
    """The level, if it is too long, beside the neighbor beside which it is longest."""
    worst: tuple[float, float, Level] = (0, 0, level)
    for other in others:
        own, its = _comparable(lengths.get(level.id, {}), lengths.get(other.id, {}), limit)
        if own > options.words and own > options.level * its > 0 and own / its > worst[0]:
            worst = (own / its, own, other)
    ratio, words, other = worst
    if ratio:
        yield flag(
            at(level.place, "id"),
            f"{words:.0f} words, {ratio:.1f} × those of `{other.id}` in the same measures",
            help="say about as much at both levels, or make two levels of the longer one",
            severity=Severity.INFO,
            related=(Related("the shorter level is", at(other.place, "id")),),
            arguments=(),
            weight=ratio,
        )


def _comparable(own: dict[str, float], its: dict[str, float], limit: float) -> tuple[float, float]:
    """The lengths of two levels in the measures in which both say something, without cells that are found anyway."""
    common = [each for each in own if each in its and max(own[each], its[each]) <= limit]
    return sum(own[each] for each in common), sum(its[each] for each in common)
