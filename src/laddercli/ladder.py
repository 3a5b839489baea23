"""The ladder itself: grades, tracks and levels in order, with every shared file merged and every short form spelled
out. Each part carries its place, so that whoever judges it can say where it is written.

Values are frozen and complete when made. ``build`` makes them from files that are known to be valid.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from laddercli.errors import NotFound
from laddercli.findings import Place
from laddercli.nodes import Loc
from laddercli.visibility import Audience

Status = Literal["draft", "active", "deprecated"]


@dataclass(frozen=True, slots=True)
class Band:
    """A range of pay in the currency of its zone. ``mid`` and ``max`` may be unknown."""

    min: Decimal
    mid: Decimal | None
    max: Decimal | None
    place: Place


@dataclass(frozen=True, slots=True)
class Grade:
    """A step on the one scale of seniority and pay. ``pay`` is keyed by zone."""

    id: str
    title: str
    definition: str | None
    pay: Mapping[str, Band]
    formerly: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Zone:
    """A region with pay ranges of its own."""

    id: str
    title: str
    currency: str


@dataclass(frozen=True, slots=True)
class Compensation:
    """What the pay figures mean."""

    zones: tuple[Zone, ...]
    basis: str | None
    period: str | None
    effective: str | None
    note: str | None
    criteria: str | None


NO_COMPENSATION = Compensation((), None, None, None, None, None)


@dataclass(frozen=True, slots=True)
class Metric:
    """What quantitative benchmarks count."""

    id: str
    name: str
    definition: str | None
    unit: str | None
    per: str | None
    source: str | None
    formerly: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Criterion:
    """One behavior; its subject is the person."""

    text: str
    id: str | None
    kind: Literal["core", "stretch", "anti-pattern"]
    group: str | None
    examples: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Benchmark:
    """How one can tell: qualitative with ``text``, quantitative with ``metric`` and a figure."""

    text: str | None
    source: str | None
    metric: Metric | None
    at_least: Decimal | None
    at_most: Decimal | None
    place: Place


@dataclass(frozen=True, slots=True)
class Step:
    """A step on a measure's scale; ``index`` counts from 0 at the lowest."""

    name: str
    index: int
    definition: str | None
    criteria: tuple[Criterion, ...]
    examples: tuple[str, ...]
    formerly: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Aspect:
    """One side of a measure, with its other names."""

    name: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the few measures that describe every level."""

    id: str
    name: str
    group: str | None
    definition: str | None
    aspects: tuple[Aspect, ...]
    evidence: tuple[str, ...]
    scale: tuple[Step, ...]
    formerly: tuple[str, ...]
    place: Place

    def step(self, name: str) -> Step:
        """The step of that name, exactly."""
        return next(step for step in self.scale if step.name == name)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is written in one cell. ``step`` is None where the cell names none."""

    step: Step | None
    summary: str | None
    criteria: tuple[Criterion, ...]
    benchmarks: tuple[Benchmark, ...]
    examples: tuple[str, ...]
    unchanged: bool
    not_applicable: str | None
    place: Place


Cells = Mapping[str, Expectation]


@dataclass(frozen=True, slots=True)
class Everyone:
    """Expectations of every level, by measure id; ``origin`` says whether the ladder's own file says so."""

    origin: Literal["everyone", "shared"]
    cells: Cells


@dataclass(frozen=True, slots=True)
class Reports:
    """How many people report to a level."""

    min: int
    max: int | None


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a track. ``expectations`` holds what is written at the level itself, by measure id.

    ``own_pay`` says whether its pay departs from its grade's; a reader who may not see amounts is still told that.
    """

    id: str
    code: str | None
    title: str
    grade: Grade | None
    summary: str | None
    status: Status
    effective: str | None
    filled_by: tuple[str, ...]
    career_level: bool
    executive: bool
    direct_reports: Reports | None
    pay: Mapping[str, Band]
    own_pay: bool
    attributes: Mapping[str, tuple[str, ...]]
    formerly: tuple[str, ...]
    inherits: tuple[str, ...]
    expectations: Cells
    place: Place


@dataclass(frozen=True, slots=True)
class Track:
    """A career path: levels from lowest to highest, measured by ``measures``."""

    id: str
    name: str
    kind: Literal["ic", "manager", "hybrid"]
    summary: str | None
    measures: tuple[Measure, ...]
    everyone: Cells
    formerly: tuple[str, ...]
    levels: tuple[Level, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Move:
    """A move between tracks that is worth describing."""

    origin: str
    destination: str
    both_ways: bool
    when: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Section:
    """A section that a reader needs first."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where the ladder comes from."""

    title: str
    url: str | None
    licence: str | None


@dataclass(frozen=True, slots=True)
class Organization:
    """The company whose ladder this is."""

    name: str
    aliases: tuple[str, ...]
    products: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """Decisions that hold for the whole ladder."""

    parity: Literal["required", "waived"]
    parity_reason: str | None
    levels: Literal["standalone", "cumulative"]


@dataclass(frozen=True, slots=True)
class Visibility:
    """Who may see pay and notes."""

    pay: Audience
    notes: Audience


@dataclass(frozen=True)
class Ladder:
    """A career ladder: tracks of levels on one scale of grades, described by a few measures.

    ``files`` are the files it was built from, its own last. ``origins`` names the shared file of each entry of a merged
    mapping that does not stand in the ladder's own file. ``revision`` is what it was read from, as it was named; None
    is the working tree.
    """

    id: str
    title: str
    version: str | None
    status: Status
    effective: str | None
    language: str
    summary: str | None
    about: tuple[Section, ...]
    owner: str | None
    reviewed: str | None
    organization: Organization | None
    source: Source | None
    policy: Policy
    glossary: Mapping[str, str]
    grades: tuple[Grade, ...]
    compensation: Compensation
    visibility: Visibility
    metrics: tuple[Metric, ...]
    measures: tuple[Measure, ...]
    everyone: tuple[Everyone, ...]
    tracks: tuple[Track, ...]
    moves: tuple[Move, ...]
    notes: Mapping[str, str]
    place: Place
    files: tuple[str, ...] = field(default=())
    origins: Mapping[Loc, str] = field(default_factory=dict)
    revision: str | None = None

    def where(self, *loc: int | str) -> Place:
        """Where a part is written that has no place of its own, such as ``("notes", "pm1")``: the file that said it
        last, because later files go over earlier ones."""
        return Place(self.origins.get(loc, self.place.file), loc)

    @cached_property
    def levels(self) -> Mapping[str, tuple[Track, Level]]:
        """Every level with its track, by id."""
        return {level.id: (track, level) for track in self.tracks for level in track.levels}

    def position(self, level_id: str) -> Position:
        """The level of that id where it stands. Raises ``NotFound``."""
        if level_id not in self.levels:
            raise NotFound(f"the ladder `{self.id}` has no level `{level_id}`")
        track, level = self.levels[level_id]
        return Position(self, track, level)

    def track_of(self, level: Level) -> Track:
        """The track that a level stands on."""
        return self.levels[level.id][0]

    def next(self, level: Level) -> Level | None:
        """The next level of the same track."""
        return self._neighbor(level, 1)

    def below(self, level: Level) -> Level | None:
        """The level below on the same track."""
        return self._neighbor(level, -1)

    def _neighbor(self, level: Level, step: int) -> Level | None:
        track, position = self._positions[level.id]
        index = position + step
        return track.levels[index] if 0 <= index < len(track.levels) else None

    @cached_property
    def _positions(self) -> Mapping[str, tuple[Track, int]]:
        return {level.id: (track, index) for track in self.tracks for index, level in enumerate(track.levels)}

    def peers(self, level: Level) -> tuple[Level, ...]:
        """The levels of other tracks at the same grade."""
        if level.grade is None:
            return ()
        own = self.track_of(level)
        return tuple(other for track, other in self.at_grade(level.grade.id) if track is not own)

    def at_grade(self, grade_id: str) -> tuple[tuple[Track, Level], ...]:
        """The levels at a grade with their tracks, in the order of the tracks."""
        return tuple(self._by_grade.get(grade_id, ()))

    @cached_property
    def _by_grade(self) -> Mapping[str, list[tuple[Track, Level]]]:
        found: dict[str, list[tuple[Track, Level]]] = {}
        for track in self.tracks:
            for level in track.levels:
                if level.grade:
                    found.setdefault(level.grade.id, []).append((track, level))
        return found

    def pay(self, level: Level) -> Mapping[str, Band]:
        """Pay of a level by zone: its grade's, where the level does not depart from it."""
        return {**(level.grade.pay if level.grade else {}), **level.pay}

    def moves_of(self, level: Level) -> Iterator[Move]:
        """The described moves that start at a level, or that lead back to it."""
        for move in self.moves:
            if level.id == move.origin or (move.both_ways and level.id == move.destination):
                yield move


@dataclass(frozen=True, slots=True)
class Position:
    """A level where it stands: on its track, in its ladder."""

    ladder: Ladder
    track: Track
    level: Level

    @property
    def name(self) -> str:
        """The full name, such as ``product-management:staff-pm``, or ``product-management:staff-pm@v1.0``."""
        return f"{self.ladder.id}:{self.short_name}"

    @property
    def short_name(self) -> str:
        """The name without the ladder, such as ``staff-pm`` or ``staff-pm@v1.0``."""
        revision = self.ladder.revision
        return self.level.id if revision is None else f"{self.level.id}@{revision}"
