"""The ladder file, field by field: the source of the JSON Schema and of ``ladder/reference.md``.

The models say what shape a file has and nothing else; ``values`` says what a single value may be. What names what is
judged in ``references``, what must add up in ``consistency``: both on plain data, so that one wrong type does not hide
ten dangling references.

The text under a field is its description; ``publication`` reads it from here. Data arrives as ``document`` reads it,
so every scalar is text: number and truth fields ask for the value that YAML 1.2 sees in it. A missing value is None
by default, and a value that the author left empty is reported before it could be mistaken for that default.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from laddercli.values import (
    Count,
    Currency,
    Date,
    Format,
    Id,
    Language,
    Number,
    Short,
    Status,
    Text,
    Texts,
    Truth,
    Url,
    Version,
    Visibility,
)

FORMAT = 1


class Part(BaseModel):
    """A mapping of the file. Unknown keys are errors, values cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Section(Part):
    """A section that a reader needs first."""

    title: Text
    """Heading of the section."""
    text: Text
    """What the section says, in Markdown."""


class Organization(Part):
    """The company whose ladder this is, with the names by which people know it and its products. `ladder lint` finds
    them in expectations, where they do not belong."""

    name: Text
    """Name of the company."""
    aliases: tuple[Text, ...] = ()
    """Other names of the company."""
    products: tuple[Text, ...] = ()
    """Names of its products and tools."""


class Source(Part):
    """Where the ladder, or the idea of it, comes from."""

    title: Text
    """Title of the source."""
    url: Url | None = None
    """Address of the source: http, https or mailto."""
    licence: Text | None = None
    """Licence under which the source may be used, such as CC-BY-4.0."""


class Use(Part):
    """A shared file whose definitions this file takes over. Text means its `path`."""

    path: Text
    """Path of the shared file, relative to the file that names it."""
    optional: Truth = False
    """Whether the file may be missing: pay, for one, often lives in a private repository."""


class Policy(Part):
    """Decisions that hold for the whole ladder."""

    parity: Literal["required", "waived"] = "required"
    """Whether both tracks must stay parallel in seniority and pay. `waived` needs `parity_reason`."""
    parity_reason: Text | None = None
    """Why parity is waived."""
    levels: Literal["standalone", "cumulative"] = "standalone"
    """Whether a level says all it asks for, or adds to the level below it."""


class Band(Part):
    """A range of pay, in the currency of its zone. A single rate is `min` = `max`."""

    min: Number
    """Lowest pay."""
    mid: Number | None = None
    """Midpoint of the range."""
    max: Number | None = None
    """Highest pay."""


Pay = dict[Id, Band]
"""Ranges of pay, by zone id."""


class Grade(Part):
    """A step on the one scale of seniority and pay. Levels of both tracks point at grades."""

    id: Id
    """Stable name of the grade."""
    title: Text | None = None
    """What people call the grade. Default: its id."""
    definition: Text | None = None
    """What work at this grade is like, whatever the profession."""
    pay: Pay | None = None
    """Range of pay for each zone."""
    formerly: tuple[Id, ...] = ()
    """Earlier ids of the grade."""


class Zone(Part):
    """A region with pay ranges of its own."""

    id: Id
    """Stable name of the zone."""
    title: Text | None = None
    """What people call the zone. Default: its id."""
    currency: Currency
    """Currency of the zone, as an ISO 4217 code."""


class Compensation(Part):
    """What the pay figures mean."""

    zones: tuple[Zone, ...] = ()
    """The zones that pay is keyed by."""
    basis: Literal["base", "total"] | None = None
    """Whether the figures are base pay or total pay."""
    period: Literal["year", "month", "hour"] | None = None
    """The time that the figures pay for."""
    effective: Date | None = None
    """Date from which the figures count."""
    note: Text | None = None
    """A remark that is printed beside every figure."""
    criteria: Text | None = None
    """How pay is set, and how it progresses."""


class VisibilityPolicy(Part):
    """Who may see pay and notes."""

    pay: Visibility = "confidential"
    """Who may see pay."""
    notes: Visibility = "confidential"
    """Who may see the notes on levels."""


class Metric(Part):
    """What a quantitative benchmark counts. Defined once, asked for by many levels."""

    id: Id
    """Stable name of the metric."""
    name: Text | None = None
    """What people call the metric. Default: its id."""
    definition: Text | None = None
    """What exactly is counted."""
    unit: Text | None = None
    """Unit of the figure; `percent` and `out of 5` are shown well."""
    per: Text | None = None
    """The time over which it is counted, such as quarter."""
    source: Text | None = None
    """Where the figure is read."""
    formerly: tuple[Id, ...] = ()
    """Earlier ids of the metric."""


class Aspect(Part):
    """One side of a measure. Text means its `name`."""

    name: Text
    """What the aspect is called."""
    also: tuple[Text, ...] = ()
    """Other names for the same aspect."""


class Criterion(Part):
    """One behavior that is asked for; its subject is the person. Text means its `text`."""

    text: Text
    """What the person does."""
    id: Id | None = None
    """Stable name, unique in the ladder, by which a rewording can be followed."""
    kind: Literal["core", "stretch", "anti-pattern"] = "core"
    """`core` is asked for, `stretch` points beyond, `anti-pattern` is what not to do."""
    group: Text | None = None
    """Heading inside the cell."""
    examples: tuple[Text, ...] = ()
    """What it has looked like."""


Criteria = tuple[Annotated[Criterion, Short("text")], ...]


class Benchmark(Part):
    """How one can tell. With `text` it is qualitative: what others see, or what exists. With `metric` it is
    quantitative. Text means its `text`."""

    text: Text | None = None
    """What somebody or something else shows; the person is not the subject."""
    source: Text | None = None
    """Where that can be seen."""
    metric: Id | None = None
    """The metric that is counted."""
    at_least: Number | None = None
    """The figure to reach."""
    at_most: Number | None = None
    """The figure not to pass."""


class Step(Part):
    """A step on a measure's scale. Text means its `name`."""

    name: Text
    """What the step is called; expectations point at it by this name."""
    definition: Text | None = None
    """What the step means. A cell that names the step says this, too."""
    criteria: Criteria = ()
    """Criteria of every cell that names the step."""
    examples: tuple[Text, ...] = ()
    """Examples for every cell that names the step."""
    formerly: tuple[Text, ...] = ()
    """Earlier names of the step."""


class Measure(Part):
    """One of the few measures that describe every level."""

    id: Id
    """Stable name of the measure."""
    name: Text | None = None
    """What people call the measure. Default: its id."""
    group: Text | None = None
    """Heading under which measures stand together."""
    definition: Text | None = None
    """What is measured."""
    aspects: tuple[Annotated[Aspect, Short("name")], ...] = ()
    """Sides of the measure."""
    evidence: tuple[Text, ...] = ()
    """Where the evidence comes from."""
    scale: tuple[Annotated[Step, Short("name")], ...] = ()
    """Steps of growth, lowest first."""
    formerly: tuple[Id, ...] = ()
    """Earlier ids of the measure."""


class Expectation(Part):
    """What a level asks for in one measure: the cell of the matrix. Text means its `summary`, a list its
    `criteria`."""

    step: Text | None = None
    """Name of a step on the measure's scale."""
    summary: Text | None = None
    """The expectation in a sentence."""
    criteria: Criteria = ()
    """Observable behaviors, one each."""
    benchmarks: tuple[Annotated[Benchmark, Short("text")], ...] = ()
    """How one can tell, qualitative and quantitative."""
    examples: tuple[Text, ...] = ()
    """Examples of the cell as a whole."""
    unchanged: Truth = False
    """On purpose the same as at the level below. Stands alone."""
    not_applicable: Text | None = None
    """Why the measure does not apply at this level. Stands alone."""


Cells = dict[Id, Annotated[Expectation | None, Short("summary", "criteria")]]
"""Expectations, by measure id. A cell without a value is still missing, which is allowed."""


class Reports(Part):
    """How many people report to a level."""

    min: Count
    """Fewest direct reports."""
    max: Count | None = None
    """Most direct reports."""


class Level(Part):
    """A level of a track."""

    id: Id
    """Stable name, unique in the ladder."""
    code: Text | None = None
    """Short code, such as IC4."""
    title: Text | None = None
    """What people at this level are called. Default: the code, else the id."""
    grade: Id | None = None
    """Grade of the level. Levels at one grade are peers."""
    summary: Text | None = None
    """The level in a sentence."""
    status: Status = "active"
    """Whether the level is in use."""
    effective: Date | None = None
    """Date from which the status counts."""
    filled_by: tuple[Literal["promotion", "vacancy", "appointment", "hiring"], ...] = ()
    """How one comes to this level."""
    career_level: Truth = False
    """Whether one may stay here for a whole career."""
    executive: Truth = False
    """Whether the level stands outside parity: a chief product officer has no IC twin."""
    direct_reports: Reports | None = None
    """How many people report to this level."""
    pay: Pay | None = None
    """Pay, only where the level departs from its grade's or has no grade."""
    attributes: dict[Text, Texts] | None = None
    """Free facts, shown and never interpreted: text, or a list of text."""
    formerly: tuple[Id, ...] = ()
    """Earlier ids of the level."""
    inherits: tuple[Id, ...] = ()
    """Levels whose expectations hold here, too."""
    expectations: Cells | None = None
    """What the level asks for, by measure id."""


class Track(Part):
    """A career path: levels from lowest to highest."""

    id: Id
    """Stable name of the track."""
    name: Text | None = None
    """What people call the track. Default: its id."""
    kind: Literal["ic", "manager", "hybrid"]
    """Whether its people contribute themselves, manage people, or both."""
    summary: Text | None = None
    """The track in a sentence."""
    measures: tuple[Id, ...] | None = None
    """Measures of the track, in their order. Default: all."""
    everyone: Cells | None = None
    """Expectations of every level of the track, by measure id."""
    formerly: tuple[Id, ...] = ()
    """Earlier ids of the track."""
    levels: tuple[Level, ...] = ()
    """Levels, lowest first. This order is the order, whatever codes and titles say."""


class Move(Part):
    """A move between tracks that is worth describing. Peers may move both ways in any case."""

    from_: Id = Field(alias="from")
    """Level that one leaves."""
    to: Id
    """Level that one comes to."""
    both_ways: Truth = True
    """Whether the way back is open, too."""
    when: Text | None = None
    """When such a move makes sense."""


class LadderFile(Part):
    """A ladder; or, without `tracks`, a shared file: definitions that several ladders use."""

    format: Format
    """Version of the format. Always 1."""
    id: Id | None = None
    """Stable name of the ladder. Default: the file's name without its ending."""
    title: Text | None = None
    """What people call the ladder. Required in a ladder."""
    version: Version | None = None
    """Version of the ladder's content: MAJOR.MINOR.PATCH."""
    status: Status = "active"
    """Whether the ladder is in use."""
    effective: Date | None = None
    """Date from which this version counts."""
    language: Language = "en"
    """Language of the text, as a BCP 47 tag. Wording rules know English."""
    summary: Text | None = None
    """The ladder in a sentence."""
    about: tuple[Section, ...] = ()
    """Sections that a reader needs first."""
    owner: Text | None = None
    """Who answers for the ladder."""
    reviewed: Date | None = None
    """Date of the last review."""
    organization: Organization | None = None
    """The company whose ladder this is."""
    source: Source | None = None
    """Where the ladder comes from."""
    uses: tuple[Annotated[Use, Short("path")], ...] = ()
    """Shared files, merged in order."""
    policy: Policy | None = None
    """Decisions that hold for the whole ladder."""
    glossary: dict[Text, Text] | None = None
    """Terms and what they mean."""
    grades: tuple[Grade, ...] = ()
    """The one scale of seniority, lowest first; both tracks hang on it."""
    compensation: Compensation | None = None
    """What the pay figures mean."""
    visibility: VisibilityPolicy | None = None
    """Who may see pay and notes."""
    metrics: tuple[Metric, ...] = ()
    """What quantitative benchmarks count."""
    measures: tuple[Measure, ...] = ()
    """The few measures that describe every level."""
    everyone: Cells | None = None
    """Expectations of every level of every track that has the measure."""
    tracks: tuple[Track, ...] = ()
    """Career paths. A file without tracks is a shared file."""
    moves: tuple[Move, ...] = ()
    """Moves between tracks. Only a ladder has them."""
    notes: dict[Id, Text] | None = None
    """Calibration notes by level id; often in an optional private shared file."""
    pay: dict[Id, Pay] | None = None
    """Pay by grade id, for grades that another file defines. Only in a shared file."""
