"""What one level asks for is not asked for again, in the same words, there or at another level of the track.

A text that stands at two levels does not tell them apart, and somebody who wants to grow cannot see what to do next. A
copy is also forgotten when the other is rewritten. (Source: the article, where scope and scale of each measure change
at each level.)

Not flagged: `unchanged`; the same text at peers on two tracks; a stretch criterion that is core at the next level; set
phrases of the glossary; anti-patterns. Texts that are only similar are compared with the two levels below; a figure
that differs, or a word for reach, part or frequency ("team" and "company", "helps" and "leads"), tells them apart.

Bad:
    measures:
      - {id: craft, name: Craft}
    tracks:
      - id: ic
        kind: ic
        levels:
          - {id: pm1, expectations: {craft: [Interviews customers before each release.]}}
          - {id: pm2, expectations: {craft: [Interviews customers before each release.]}}
Good:
    measures:
      - {id: craft, name: Craft}
    tracks:
      - id: ic
        kind: ic
        levels:
          - {id: pm1, expectations: {craft: [Interviews customers before each release.]}}
          - {id: pm2, expectations: {craft: [Teaches engineers to interview customers.]}}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from pydantic import Field

from laddercli.findings import Problem, Related, flag
from laddercli.lexicon import entries
from laddercli.reading import WORD, Lane, Reading, Said
from laddercli.rules._emphasis import intensifiers, stripped
from laddercli.rules._likeness import look_alikes

CATEGORY = "progression"
SEVERITY = "warning"
HEURISTIC = True

_REACH = 2  # how many levels below are searched for similar texts


@dataclass(frozen=True)
class Options:
    """What `.ladder.yaml` can say about this rule."""

    similarity: Annotated[
        float,
        Field(description="From which percentage on texts are nearly the same; 100 finds copies only.", ge=50, le=100),
    ] = 88


def check(reading: Reading, options: Options) -> Iterator[Problem]:
    """Each text that a lower level of the track has as well, in the same measure."""
    phrases = frozenset(term.casefold() for term in reading.ladder.glossary)
    for lane in reading.lanes:
        for measure in lane.track.measures:
            copies = set()
            for said, twin, distance in _copies(reading, lane, measure.id):
                copies.add(said.text)
                if said.plain not in phrases and not _was_stretch(said, twin, distance):
                    yield _problem(said, twin, 100) if distance else _repeated(said, twin)
            if options.similarity < 100:
                for said, twin, score in _similar(reading, lane, measure.id, options.similarity):
                    if said.text not in copies:
                        yield _problem(said, twin, score)


def _copies(reading: Reading, lane: Lane, measure: str) -> Iterator[tuple[Said, Said, int]]:
    """Each text that its own cell has before it, or a lower level, with the closest such one, and by how many levels
    they are apart."""
    known: dict[str, tuple[int, Said]] = {}
    for index, level in enumerate(lane.levels):
        here = reading.said.get((level.id, measure), ())
        own: dict[str, tuple[int, Said]] = {}
        for said in here:
            first = own.get(said.plain) or known.get(said.plain)
            if first:
                height, twin = first
                yield said, twin, index - height
            own.setdefault(said.plain, (index, said))
        known.update((said.plain, (index, said)) for said in here)


def _similar(reading: Reading, lane: Lane, measure: str, limit: float) -> Iterator[tuple[Said, Said, float]]:
    """Each text to which one at the two levels below is nearly the same, with the most similar one."""
    judge = _Judge(reading, limit)
    found: dict[int, tuple[Said, Said, float]] = {}
    for said, other, distance in look_alikes(reading, lane, measure, _REACH):
        if _was_stretch(said, other, distance):
            continue
        score = judge.similarity(said, other, distance)
        if score > found.get(id(said), (said, other, 0))[2]:
            found[id(said)] = (said, other, score)
    yield from found.values()


def _was_stretch(said: Said, twin: Said, distance: int) -> bool:
    """Whether practice for the next level has become what that level asks for."""
    return distance == 1 and twin.text.is_stretch and not said.text.is_stretch


class _Judge:
    """Says how similar texts are."""

    def __init__(self, reading: Reading, limit: float) -> None:
        self._limit = limit
        # Of two texts that similar, the shorter one has at least this share of the longer one's length.
        self._share = limit / (200 - limit)
        self._is_english = reading.ladder.language.lower().startswith("en")
        self._phrases = [term.casefold() for term in reading.ladder.glossary if " " in term]

    def similarity(self, said: Said, other: Said, distance: int) -> float:
        """How similar two texts are, in percent; 0 where it is less than the limit, or where something tells them
        apart."""
        shorter, longer = sorted((len(said.plain), len(other.plain)))
        fewest = min(len(said.words), len(other.words))
        if shorter < longer * self._share or 5 * len(said.words & other.words) < 3 * fewest:
            return 0
        from rapidfuzz.fuzz import token_sort_ratio

        score = token_sort_ratio(said.plain, other.plain, score_cutoff=self._limit)
        if not score or self._is_told_apart(said, other, distance):
            return 0
        mine, its = self._without_phrases(said.plain, other.plain)
        return score if mine == said.plain else token_sort_ratio(mine, its, score_cutoff=self._limit)

    def _is_told_apart(self, said: Said, other: Said, distance: int) -> bool:
        """Whether they differ in a word that is growth, or in what `intensifier-growth` looks for."""
        if not self._is_english:
            return False
        if _telling(said) != _telling(other):
            return True
        mine, its = (stripped(each.text, intensifiers()).words for each in (said, other))
        return mine == its and distance == 1

    def _without_phrases(self, mine: str, its: str) -> tuple[str, str]:
        for phrase in self._phrases:
            if phrase in mine and phrase in its:
                mine, its = mine.replace(phrase, ""), its.replace(phrase, "")
        return mine, its


def _telling(said: Said) -> set[str]:
    """The words that may tell a text from a similar one, whether they are singular or plural."""
    words, beginnings = _telling_words()
    found = {word.removesuffix("s") for word in WORD.findall(said.plain)}
    return {word for word in found if word in words or word.startswith(beginnings)}


@cache
def _telling_words() -> tuple[frozenset[str], tuple[str, ...]]:
    listed = [word for entry in entries("duplicate-criterion") for word in entry.match]
    beginnings = tuple(word.removesuffix("~") for word in listed if word.endswith("~"))
    return frozenset(word.removesuffix("s") for word in listed if not word.endswith("~")), beginnings


def _problem(said: Said, twin: Said, score: float) -> Problem:
    level = twin.text.level.id if twin.text.level else ""
    return flag(
        said.text.place,
        f"{'nearly ' if score < 100 else ''}the same as at `{level}`",
        help=f"say what goes beyond `{level}`; what holds for every level belongs in `everyone`",
        related=(Related("said before at", twin.text.place),),
        arguments=(said.text.value,),
        weight=score,
    )


def _repeated(said: Said, twin: Said) -> Problem:
    return flag(
        said.text.place,
        "the same as before in this cell",
        help="remove it, or say what is different here",
        related=(Related("said before at", twin.text.place),),
        arguments=(said.text.value, "again"),
        weight=100,
    )
