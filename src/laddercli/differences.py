"""What differs between two versions of one ladder, each change at its line; and what of it a gate in CI stops."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from laddercli.changes import (
    Bump,
    Change,
    Impact,
    diff,
    fingerprints,
    pay_is_one_sided,
    version_not_bumped,
    visible,
)
from laddercli.changes.change import Subject
from laddercli.document import Document
from laddercli.editions import Pair
from laddercli.findings import Finding, Place, Problem, Severity, from_problem
from laddercli.ladder import Ladder, Track
from laddercli.loader import Opened
from laddercli.nodes import Loc, Mark
from laddercli.rules import RUN
from laddercli.visibility import Audience

CHANGE = "change"
IMPACTS = tuple(str(impact) for impact in sorted(Impact, reverse=True))


class Site(NamedTuple):
    """Where a part is written."""

    file: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Told:
    """A change with its fingerprint and its lines; None where the part does not exist."""

    change: Change
    fingerprint: str
    old: Site | None
    new: Site | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two versions of one ladder, as an audience may see it.

    ``changes`` are in the order of the format. ``bump`` says that the version of the ladder rose too little;
    ``lacks_pay`` that pay was not compared, because one version lacks the file that holds it. ``hidden`` are changes
    that the audience may not see, and that somebody else judges; ``levels`` are those that were asked for, None for
    all.
    """

    pair: Pair
    changes: tuple[Told, ...]
    hidden: tuple[Told, ...]
    bump: Bump | None
    lacks_pay: bool
    levels: frozenset[str] | None = None

    @property
    def old(self) -> Ladder | None:
        """The ladder as it was; None where it is new."""
        return self.pair.old.ladder if self.pair.old else None

    @property
    def new(self) -> Ladder | None:
        """The ladder as it is; None where it is gone."""
        return self.pair.new.ladder if self.pair.new else None

    @property
    def ladder(self) -> Ladder:
        """The ladder as it is, or as it was when it is gone."""
        ladder = self.new or self.old
        assert ladder is not None
        return ladder

    @property
    def is_announced(self) -> bool:
        """Whether the version of the ladder says what its changes mean: it rose by as much as they need."""
        if self.new is None or self.new.version is None:
            return False
        if self.old is None:
            return True
        return self.old.version != self.new.version and self._needed is None

    @property
    def way_out(self) -> str | None:
        """How to announce the changes; None where they are announced, and where the ladder is gone."""
        if self.new is not None and self.new.version is None:
            return "if this is agreed, give the ladder a `version`, and raise it with each such change"
        return f"if this is agreed, raise `version` to {self._needed.needed}" if self._needed else None

    @property
    def _needed(self) -> Bump | None:
        """The version that all changes need, be it those that only the judge may see."""
        every = [told.change for told in (*self.changes, *self.hidden)]
        return version_not_bumped(self.old, self.new, every) if self.old and self.new else None

    def number(self, impact: Impact) -> int:
        """How many changes have this impact."""
        return sum(told.change.impact is impact for told in self.changes)


def difference(pair: Pair, audience: Audience, judge: Audience | None = None) -> Difference:
    """What differs between the two versions of a pair. ``judge`` is the audience that a gate judges for."""
    old, new = (each.ladder if each else None for each in pair)
    changes = diff(old, new) if old and new else _whole(old, new)
    ladder = new or old
    assert ladder is not None
    # Fingerprints count equal changes, so they are given before anything is left out.
    marks = fingerprints(ladder.id, changes)
    told = {id(change): _told(change, mark, pair) for change, mark in zip(changes, marks, strict=True)}
    seen = visible(changes, old or ladder, new or ladder, audience)
    judged = visible(changes, old or ladder, new or ladder, judge) if judge else seen
    shown = {id(change) for change in seen}
    return Difference(
        pair,
        tuple(told[id(change)] for change in seen),
        tuple(told[id(change)] for change in judged if id(change) not in shown),
        version_not_bumped(old, new, seen) if old and new else None,
        bool(old and new and pay_is_one_sided(old, new)),
    )


def only(
    difference: Difference,
    levels: frozenset[str] | None,
    measures: frozenset[str] | None,
    least: Impact = Impact.PATCH,
) -> Difference:
    """The part of a difference that touches any of these levels and measures, and weighs enough. What is told about
    the ladder as a whole is left out where somebody asked for a part of it."""

    def wanted(told: Told) -> bool:
        change = told.change
        touches = levels is None or not levels.isdisjoint(touched(change))
        counts = measures is None or (change.measure is not None and change.measure.id in measures)
        return touches and counts and change.impact >= least

    changes = tuple(filter(wanted, difference.changes))
    whole = levels is None and measures is None
    return replace(
        difference,
        changes=changes,
        hidden=tuple(filter(wanted, difference.hidden)),
        bump=difference.bump if whole else None,
        levels=difference.levels if levels is None else levels,
    )


def touched(change: Change) -> tuple[str, ...]:
    """Every level that a change touches, and the one that it is about."""
    own = (change.level.id,) if change.level else ()
    return tuple(dict.fromkeys((*change.levels, *own)))


def fails(difference: Difference, fail_on: Impact | None) -> bool:
    """Whether a change weighs so much, be it one that only the judge may see."""
    every = (*difference.changes, *difference.hidden)
    return fail_on is not None and any(told.change.impact >= fail_on for told in every)


def findings(difference: Difference, least: Impact) -> list[Finding]:
    """The changes from an impact on as findings at the lines of the new version, the gravest first.

    They are errors, and warnings where the version of the ladder announces them. What is gone is placed at the next
    part above it that is still there. A change that only the judge of a gate may see says its kind, and nothing more.
    """
    told = sorted((*difference.changes, *difference.hidden), key=lambda each: -each.change.impact)
    hidden = set(map(id, difference.hidden))
    found = [_finding(each, difference, id(each) in hidden) for each in told if each.change.impact >= least]
    # The way out names a version, which is no amount to be masked.
    return [replace(each, help=difference.way_out) for each in _masked(found, difference)]


def stopped(differences: Iterable[Difference], fail_on: Impact | None) -> list[Finding]:
    """What a gate tells: every change at or above ``fail_on``, an error unless it was announced, and versions that rose
    too little as warnings. None lets every change pass. A change of a file that ladders share is told once."""
    found: dict[object, Finding] = {}
    for each in differences:
        bump = bump_finding(each)
        for finding in (*(findings(each, fail_on) if fail_on is not None else ()), *([bump] if bump else ())):
            key = finding.rule, finding.path, finding.span, finding.message
            if key not in found or finding.severity is Severity.ERROR:
                found[key] = finding
    return list(found.values())


def bump_finding(difference: Difference) -> Finding | None:
    """That the version of the ladder rose too little, at its line."""
    bump, new = difference.bump, difference.pair.new
    if bump is None or new is None or new.ladder is None:
        return None
    message = f"a {bump.impact} change needs version {bump.needed}; it says {bump.new}"
    problem = Problem("version-not-bumped", new.ladder.where("version"), message, arguments=(bump.old, bump.needed))
    documents = _documents(new)
    document = documents[problem.place.file]
    return from_problem(problem, document, documents, severity=Severity.WARNING, category=RUN)


def impact_of(word: str | None) -> Impact | None:
    """The impact of that name; None for never."""
    return None if word in (None, "never") else Impact[str(word).upper()]


def sentence(change: Change) -> str:
    """A change in one line of plain text, for formats that have no room for more."""
    what = change.kind.replace("-", " ")
    where = " · ".join(named.name for named in (change.level, change.measure) if named)
    label = change.label if change.label not in (change.before, change.after, where) else None
    sides = [" / ".join(side.split("\n")) for side in (change.before, change.after) if side and side != where]
    values = " → ".join(f"“{side}”" for side in sides)
    return ": ".join(part for part in (what, where, label, values) if part)


def _whole(old: Ladder | None, new: Ladder | None) -> tuple[Change, ...]:
    """A ladder that came or went: its tracks, because those are what people stand on."""
    ladder = new or old
    here = [_of_track(track, is_new=new is not None) for track in (ladder.tracks if ladder else ())]
    if new is not None:
        return tuple(each.change("track-added", None, each.label) for each in here)
    return tuple(each.change("track-removed", each.label, None) for each in here)


def _of_track(track: Track, *, is_new: bool) -> Subject:
    levels = tuple(level.id for level in track.levels)
    old, new = (None, track.place) if is_new else (track.place, None)
    return Subject(f"tracks/{track.id}", old, new, levels, label=track.name)


def _told(change: Change, fingerprint: str, pair: Pair) -> Told:
    return Told(change, fingerprint, _site(change.old, pair.old), _site(change.new, pair.new))


def _site(place: Place | None, opened: Opened | None) -> Site | None:
    if place is None or opened is None:
        return None
    document = _documents(opened).get(place.file, opened.document)
    return Site(document.path, document.mark(place.loc))


def _documents(opened: Opened) -> dict[str, Document]:
    return {document.path: document for document in (*opened.shared, opened.document)}


def _finding(told: Told, difference: Difference, is_hidden: bool) -> Finding:
    """The change at its line of the new version; of a ladder that is gone, at its old one."""
    change = told.change
    opened = difference.pair.new or difference.pair.old
    assert opened is not None
    documents = _documents(opened)
    place = (change.new if difference.pair.new else change.old) or _above(change.path, opened)
    document = documents.get(place.file, opened.document)
    reason = f" ({change.reason})" if change.reason else ""
    what = change.kind.replace("-", " ") if is_hidden else f"{sentence(change)}{reason}"
    severity = Severity.WARNING if difference.is_announced else Severity.ERROR
    problem = Problem(
        change.kind,
        Place(document.path, place.loc),
        f"{change.impact}: {what}",
        arguments=(change.path, told.fingerprint),
    )
    found = from_problem(problem, document, documents, severity=severity, category=CHANGE)
    return replace(found, source=None) if change.secret else found


def _above(path: str, opened: Opened) -> Place:
    """The part that a path of ids leads to, or the last one on the way that is still there."""
    best: tuple[str, Loc] = (opened.document.path, ())
    for document in (opened.document, *opened.shared):
        loc = _loc(document.data, path.split("/") if path else [])
        if len(loc) > len(best[1]):
            best = (document.path, loc)
    return Place(*best)


def _loc(data: object, names: list[str]) -> Loc:
    loc: list[int | str] = []
    for name in names:
        if isinstance(data, dict) and name in data:
            loc.append(name)
            data = data[name]
            continue
        items = data if isinstance(data, list) else []
        index = next((i for i, item in enumerate(items) if isinstance(item, dict) and item.get("id") == name), None)
        if index is None:
            break
        loc.append(index)
        data = items[index]
    return tuple(loc)


def _masked(found: list[Finding], difference: Difference) -> list[Finding]:
    """The findings without what the audience may not see on the lines they show."""
    opened = difference.pair.new or difference.pair.old
    if opened is None:
        return found
    from laddercli.masking import masked

    return masked(found, _documents(opened), shows_pay=opened.shows_pay, shows_notes=opened.shows_notes)
