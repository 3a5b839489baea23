"""A ladder as the rules read it: active levels only, and every text gathered once with what it belongs to.

A ``Text`` is folded to lower case once, and the words of all prose are in one index, so that a rule with a list of
words looks only at the places where one of them stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal, NamedTuple

from laddercli.findings import Place
from laddercli.ladder import Cells, Criterion, Expectation, Grade, Ladder, Level, Measure, Metric, Track
from laddercli.resolution import Resolved, resolve

Kind = Literal["criterion", "summary", "benchmark", "about", "note", "move", "example", "definition", "title"]
# What people will be held to; the other kinds only name, explain or illustrate.
PROSE: frozenset[Kind] = frozenset(("criterion", "summary", "benchmark", "about", "note", "move"))

_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
WORD = re.compile(r"[^\W_]+")
# It begins with the signs it looks for, because only then a text is searched quickly.
_SENTENCE_END = re.compile(
    r"[.!?…\n](?:(?<!\n)(?<![.\s]\w.)(?<!e\.g.)(?<!i\.e.)(?<!\beg.)(?<!\bie.)(?<!etc.)(?<!vs.)[.!?…]*[\"'”’)\]]*"
    r"(?=\s+[^\sa-z]|\s*\Z)|(?<=\n)\s*\n)"
)


class Lane(NamedTuple):
    """A track with its active levels, from lowest to highest."""

    track: Track
    levels: tuple[Level, ...]

    @property
    def steps(self) -> Iterator[tuple[Level, Level]]:
        """Each level with the one above it."""
        return zip(self.levels, self.levels[1:], strict=False)


class Cell(NamedTuple):
    """A written cell with what it belongs to. `everyone` of a track belongs to no level, the ladder's to no track."""

    track: Track | None
    level: Level | None
    measure: Measure
    expectation: Expectation


class Remark(NamedTuple):
    """A comment that follows unquoted prose on its line: ``comment`` begins with its sign."""

    place: Place
    prose: str
    comment: str


class SharedUse(NamedTuple):
    """A shared file as plain data, and the ids of levels, measures and grades that the ladders using it have."""

    file: str
    data: Mapping[str, Any]
    levels: frozenset[str]
    measures: frozenset[str]
    grades: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """One text of the ladder with what it belongs to. ``level`` is None for what belongs to no level, such as
    `everyone` or a step; ``measure`` likewise."""

    value: str
    kind: Kind
    place: Place
    level: Level | None = None
    measure: Measure | None = None
    track: Track | None = None
    criterion: Criterion | None = None
    folded: str = field(init=False)

    def __post_init__(self) -> None:
        folded = self.value.lower()
        if self.value.isascii():
            object.__setattr__(self, "folded", folded)
            return
        if len(folded) != len(self.value):  # some letters are several in lower case; places must stay what they are
            folded = "".join(each.lower() if len(each.lower()) == 1 else each for each in self.value)
        object.__setattr__(self, "folded", folded.replace("’", "'"))

    @property
    def is_anti_pattern(self) -> bool:
        """Whether the text shows what nobody should do: there, bad words are in their place."""
        return self.criterion is not None and self.criterion.kind == "anti-pattern"

    @property
    def is_stretch(self) -> bool:
        """Whether the text is practice for the next level."""
        return self.criterion is not None and self.criterion.kind == "stretch"

    @property
    def number_of_words(self) -> int:
        return len(self.value.split())

    def sentences(self) -> list[tuple[int, int]]:
        """Where each sentence starts and ends, without white space around it."""
        found, start = [], 0
        for end in (*(match.end() for match in _SENTENCE_END.finditer(self.value)), len(self.value)):
            part = self.value[start:end]
            if part.strip():
                found.append((start + len(part) - len(part.lstrip()), start + len(part.rstrip())))
            start = end
        return found


# A text, and where in it something stands.
Occurrence = tuple[Text, int]


class Said(NamedTuple):
    """A criterion or summary of a level's cell, to be compared with others: ``plain`` is folded and without final stop,
    ``words`` are its longer words, ``figures`` its numbers in their order. Texts whose words say little, as where they
    are not spaced, have none."""

    text: Text
    plain: str
    words: frozenset[str]
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """A ladder with what rules need beside it: the day it is judged on, and the remarks in its files.

    ``is_shared`` says that it is a shared file by itself: it has no tracks, and may refer to what only a ladder has.
    """

    ladder: Ladder
    today: date
    remarks: tuple[Remark, ...] = ()
    is_shared: bool = False

    @cached_property
    def lanes(self) -> tuple[Lane, ...]:
        """The tracks with their active levels; a track without any is left out."""
        lanes = (Lane(track, tuple(each for each in track.levels if each.status == "active")) for track in self.tracks)
        return tuple(lane for lane in lanes if lane.levels)

    @property
    def tracks(self) -> tuple[Track, ...]:
        return self.ladder.tracks

    @cached_property
    def levels(self) -> tuple[tuple[Track, Level], ...]:
        """Every active level with its track."""
        return tuple((lane.track, level) for lane in self.lanes for level in lane.levels)

    def lanes_of(self, kind: Literal["ic", "manager"]) -> tuple[Lane, ...]:
        """The lanes of individual contributors, or of managers. A hybrid track is both."""
        return tuple(lane for lane in self.lanes if lane.track.kind in (kind, "hybrid"))

    def own(self, place: Place) -> bool:
        """Whether a part is written in the ladder's own file."""
        return place.file == self.ladder.place.file

    @cached_property
    def _resolved(self) -> dict[tuple[str, str], Resolved]:
        return {}

    def resolved(self, level: Level, measure: Measure) -> Resolved:
        """Everything that a level asks for in a measure."""
        key = (level.id, measure.id)
        if key not in self._resolved:
            self._resolved[key] = resolve(self.ladder, level, measure)
        return self._resolved[key]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every written cell, each once: those of `everyone`, of tracks and of active levels."""
        written: list[tuple[Track | None, Level | None, Cells]] = []
        written += [(None, None, everyone.cells) for everyone in self.ladder.everyone]
        for lane in self.lanes:
            written.append((lane.track, None, lane.track.everyone))
            written += [(lane.track, level, level.expectations) for level in lane.levels]
        measures = {measure.id: measure for measure in self.ladder.measures}
        return tuple(
            Cell(track, level, measures[name], cell) for track, level, cells in written for name, cell in cells.items()
        )

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Every text of the ladder, each once, at the place where it is written."""
        return tuple(_texts(self.ladder, self.lanes))

    @cached_property
    def prose(self) -> tuple[Text, ...]:
        """The texts that people will be held to."""
        return tuple(text for text in self.texts if text.kind in PROSE)

    @property
    def index(self) -> Mapping[str, Sequence[Occurrence]]:
        """Each word of the prose, folded, with the texts and places where it stands. Anti-patterns are left out."""
        return self._indexes[0]

    @property
    def pairs(self) -> Mapping[tuple[str, str], Sequence[Occurrence]]:
        """The same for each word with the one behind it in the text."""
        return self._indexes[1]

    @cached_property
    def _indexes(self) -> tuple[Mapping[str, list[Occurrence]], Mapping[tuple[str, str], list[Occurrence]]]:
        words: defaultdict[str, list[Occurrence]] = defaultdict(list)
        pairs: defaultdict[tuple[str, str], list[Occurrence]] = defaultdict(list)
        for text in self.prose:
            if not text.is_anti_pattern:
                word, here = "", (text, 0)
                for match in WORD.finditer(text.folded):
                    previous, before = word, here
                    word, here = match[0], (text, match.start())
                    words[word].append(here)
                    pairs[previous, word].append(before)
        return dict(words), dict(pairs)

    def words_with(self, beginning: str) -> Iterator[str]:
        """The words of the prose that begin so."""
        for index in range(bisect_left(self._vocabulary, beginning), len(self._vocabulary)):
            if not self._vocabulary[index].startswith(beginning):
                return
            yield self._vocabulary[index]

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(self.index)

    @cached_property
    def said(self) -> Mapping[tuple[str, str], tuple[Said, ...]]:
        """What is asked for in the cells of levels, by the ids of level and measure. Anti-patterns are left out."""
        found: dict[tuple[str, str], tuple[Said, ...]] = {}
        for text in self.texts:
            if text.kind in ("criterion", "summary") and text.level and text.measure and not text.is_anti_pattern:
                key = (text.level.id, text.measure.id)
                found[key] = (*found.get(key, ()), _said(text))
        return found


def _said(text: Text) -> Said:
    words = text.folded.split()
    longer = frozenset([word for word in words if len(word) > 3])
    says_much = len(longer) > 2 or text.value.isascii()
    plain = " ".join(words).rstrip(".!…。")
    figures = tuple(sorted(_FIGURE.findall(plain))) if any(map(plain.__contains__, "0123456789")) else ()
    return Said(text, plain, longer if says_much else frozenset(), figures)


def at(place: Place, *loc: int | str) -> Place:
    """A part of the part at ``place``."""
    return Place(place.file, (*place.loc, *loc))


def _texts(ladder: Ladder, lanes: tuple[Lane, ...]) -> Iterator[Text]:
    yield from _title(ladder.title, "", at(ladder.place, "title"))
    if ladder.summary:
        yield Text(ladder.summary, "summary", at(ladder.place, "summary"))
    for index, section in enumerate(ladder.about):
        yield Text(section.title, "title", at(ladder.place, "about", index, "title"))
        yield Text(section.text, "about", at(ladder.place, "about", index, "text"))
    yield from _definitions(ladder)
    for everyone in ladder.everyone:
        yield from _in_cells(ladder, everyone.cells, None, None)
    for lane in lanes:
        yield from _in_track(ladder, lane)
    for move in ladder.moves:
        if move.when:
            yield Text(move.when, "move", at(move.place, "when"))
    active = {level.id for lane in lanes for level in lane.levels}
    for name, note in ladder.notes.items():
        if name in active:
            yield Text(note, "note", ladder.where("notes", name), ladder.levels[name][1])


def _definitions(ladder: Ladder) -> Iterator[Text]:
    for grade in ladder.grades:
        yield from _title(grade.title, grade.id, at(grade.place, "title"))
    parts: list[Grade | Metric | Measure] = [*ladder.grades, *ladder.metrics, *ladder.measures]
    for part in parts:
        if not isinstance(part, Grade):
            yield from _title(part.name, part.id, at(part.place, "name"))
        if part.definition:
            yield Text(part.definition, "definition", at(part.place, "definition"))
    for measure in ladder.measures:
        for step in measure.scale:
            yield from _title(step.name, "", at(step.place, "name"))
            if step.definition:
                yield Text(step.definition, "definition", at(step.place, "definition"), measure=measure)
            yield from _criteria(step.criteria, None, measure, None)
            yield from _examples(step.examples, step.place, None, measure, None)


def _title(title: str, id: str, place: Place, track: Track | None = None) -> Iterator[Text]:
    """A title, unless it stands for the one that nobody wrote."""
    if title and title != id:
        yield Text(title, "title", place, track=track)


def _in_track(ladder: Ladder, lane: Lane) -> Iterator[Text]:
    track = lane.track
    yield from _title(track.name, track.id, at(track.place, "name"), track=track)
    if track.summary:
        yield Text(track.summary, "summary", at(track.place, "summary"), track=track)
    yield from _in_cells(ladder, track.everyone, None, track)
    for level in lane.levels:
        if level.title not in (level.id, level.code):
            yield Text(level.title, "title", at(level.place, "title"), level, track=track)
        if level.summary:
            yield Text(level.summary, "summary", at(level.place, "summary"), level, track=track)
        yield from _in_cells(ladder, level.expectations, level, track)


def _in_cells(ladder: Ladder, cells: Cells, level: Level | None, track: Track | None) -> Iterator[Text]:
    measures = {measure.id: measure for measure in ladder.measures}
    for name, cell in cells.items():
        measure = measures[name]
        if cell.summary:
            yield Text(cell.summary, "summary", at(cell.place, "summary"), level, measure, track)
        yield from _criteria(cell.criteria, level, measure, track)
        for benchmark in cell.benchmarks:
            if benchmark.text:
                yield Text(benchmark.text, "benchmark", at(benchmark.place, "text"), level, measure, track)
        yield from _examples(cell.examples, cell.place, level, measure, track)


def _criteria(
    criteria: tuple[Criterion, ...], level: Level | None, measure: Measure, track: Track | None
) -> Iterator[Text]:
    for each in criteria:
        yield Text(each.text, "criterion", at(each.place, "text"), level, measure, track, each)
        yield from _examples(each.examples, each.place, level, measure, track)


def _examples(
    examples: tuple[str, ...], place: Place, level: Level | None, measure: Measure, track: Track | None
) -> Iterator[Text]:
    for index, example in enumerate(examples):
        yield Text(example, "example", at(place, "examples", index), level, measure, track)
