"""What changed in a ladder from commit to commit: its versions, newest first, and what differs between neighbors.

Along first parents, as ``Repository.commits`` walks: what a branch brought is told where it was merged. Every version
is read once and compared with the one before it. A version that is no valid ladder is told with its first finding, and
the one after it is compared with the last valid one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from laddercli.changes import Impact, Named, fingerprints
from laddercli.changes.change import Subject
from laddercli.changes.matching import Matched
from laddercli.differences import Difference, Site, Told, difference, only
from laddercli.editions import Pair
from laddercli.errors import Unreadable
from laddercli.loader import Loader, Opened
from laddercli.visibility import Audience

if TYPE_CHECKING:
    from laddercli.files import Files
    from laddercli.repository import Commit, Repository


@dataclass(frozen=True, slots=True)
class Version:
    """A ladder as a commit left it; ``commit`` is None for the working tree.

    ``opened`` is None where there is no valid ladder: ``error`` says why, and is None where there is no file at all.
    ``files`` are those it was read from, its own first. ``known`` says whether the version before it can be known,
    which a clone that was cut short does not tell.
    """

    commit: Commit | None
    opened: Opened | None
    error: str | None = None
    files: tuple[str, ...] = ()
    known: bool = True


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when: whatever is None has no limit."""

    since: datetime | None = None
    until: datetime | None = None

    def holds(self, version: Version) -> bool:
        """Whether a version came in this time. The working tree is of now, which an end of any kind leaves out."""
        if version.commit is None:
            return self.until is None
        return not self.is_before(version) and (self.until is None or version.commit.date <= self.until)

    def is_before(self, version: Version) -> bool:
        """Whether this time begins after a version."""
        return self.since is not None and version.commit is not None and version.commit.date < self.since


@dataclass(frozen=True, slots=True)
class Entry:
    """What a commit changed, or why that is not known: one of ``difference`` and ``error`` is None.

    ``commit`` is None for what is not committed yet. ``asked`` says whether it is of the time that somebody asks about,
    ``level`` is the id that the level had then which somebody asks about."""

    commit: Commit | None
    difference: Difference | None
    error: str | None = None
    asked: bool = True
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody asks about: None for everything. The ids are those of the newest version."""

    level: str | None = None
    measures: frozenset[str] | None = None

    def before(self, difference: Difference) -> Part:
        """The same part by the ids that it had before."""
        if difference.old is None or difference.new is None or self == Part():
            return self
        matched = Matched(difference.old, difference.new)
        measures = self.measures and frozenset(matched.old_measure_ids.get(each, each) for each in self.measures)
        level = self.level and matched.old_level_ids.get(self.level, self.level)
        return Part(level, measures)


def read(where: Files, path: str, audience: Audience, commit: Commit | None = None) -> Version:
    """The ladder in a file as it is, or as the commit left it whose files are in ``where``."""
    if not where.exists(path):
        return Version(commit, None)
    try:
        opened = Loader(audience=audience, files=where).open(path)
    except Unreadable as error:
        return Version(commit, None, error.message)
    prefix = where.label("")
    files = tuple(each.path.removeprefix(prefix) for each in (opened.document, *opened.shared))
    if opened.ladder is None:
        return Version(commit, None, _first(opened, prefix), files)
    if not opened.is_ladder:
        return Version(commit, None, f"{path} is a shared file, and no ladder", files)
    return Version(commit, opened, None, files)


def _first(opened: Opened, prefix: str) -> str:
    """The first thing that keeps a file from being a ladder, at its place, and how many there are."""
    finding = opened.findings[0]
    start = finding.span.start
    more = f" (and {len(opened.findings) - 1} more)" if len(opened.findings) > 1 else ""
    return f"{finding.path.removeprefix(prefix)}:{start.line}:{start.column}: {finding.text}{more}"


def versions(
    repository: Repository, start: str, paths: tuple[str, ...], audience: Audience, follow: bool = True
) -> Iterator[Version]:
    """The versions of the ladder in the first of these files, newest first, from the revision ``start`` back.

    Those are the commits that changed any of the files. Where a version used others, the walk begins again behind the
    version after it with those, too, so that nothing that changed in them is missed.
    """
    here = start
    while True:
        with closing(repository.commits(paths, start=here, follow=follow)) as commits:
            for commit in commits:
                version = read(repository.files(commit.id, commit.short), commit.paths[0], audience, commit)
                missing = [file for file in version.files if file not in commit.paths]
                if missing:
                    paths = (*commit.paths, *missing)
                    break
                yield replace(version, known=not repository.is_cut(commit))
                here = commit.parent or here
            else:
                return


def entries(versions: Iterable[Version], period: Period, audience: Audience) -> Iterator[Entry]:
    """What changed in each version, compared with the valid one before it. ``versions`` are newest first; none is asked
    for that lies further back than the period and what its first version is compared with."""
    newer: Version | None = None
    broken: list[Entry] = []
    known = True
    for version in versions:
        known = version.known
        if period.is_before(version) and not (newer and period.holds(newer)):
            break
        if version.error is not None:
            broken.append(Entry(version.commit, None, version.error, period.holds(version)))
            continue
        yield from _between(version, newer, period, audience)
        yield from broken
        broken, newer = [], version
        if period.is_before(version):
            break
    else:
        if known:  # where history begins
            yield from _between(None, newer, period, audience)
    yield from broken


def _between(old: Version | None, new: Version | None, period: Period, audience: Audience) -> Iterator[Entry]:
    """What came with the new version, if there is a ladder on either side."""
    pair = Pair(old.opened if old else None, new.opened if new else None)
    if new is not None and pair != Pair(None, None):
        yield Entry(new.commit, difference(pair, audience), asked=period.holds(new))


def of_part(entries: Iterable[Entry], part: Part, least: Impact = Impact.PATCH, follow: bool = True) -> Iterator[Entry]:
    """The entries with what they say about a part alone. ``follow`` keeps to a level or measure that had another id.

    What changed nothing there stays, without changes, to be counted."""
    for entry in entries:
        whole = entry.difference
        if whole is None:
            yield entry
            continue
        levels = None if part.level is None else frozenset((part.level,))
        some = only(whole, levels, part.measures, least)
        if part.level is not None:
            some = replace(some, changes=tuple(_at(part.level, told, some) for told in some.changes))
        yield replace(entry, difference=some, level=part.level)
        part = part.before(whole) if follow else part


def _at(level: str, told: Told, whole: Difference) -> Told:
    """To who follows one level, a track that comes or goes is that level coming or going, unless it only moved."""
    ladder = {"track-added": whole.new, "track-removed": whole.old}.get(told.change.kind)
    if ladder is None or _stays(level, whole):
        return told
    track, found = ladder.levels[level]
    is_new = ladder is whole.new
    subject = Subject(
        f"tracks/{track.id}/levels/{level}",
        None if is_new else found.place,
        found.place if is_new else None,
        (level,),
        Named(level, found.title),
    )
    title = found.title
    one = subject.change("level-added", None, title) if is_new else subject.change("level-removed", title, None)
    opened = whole.pair.new if is_new else whole.pair.old
    site = Site(opened.document.path, opened.document.mark(found.place.loc)) if opened else None
    (mark,) = fingerprints(ladder.id, [one])
    return Told(one, mark, None if is_new else site, site if is_new else None)


def _stays(level: str, whole: Difference) -> bool:
    """Whether a level is in both versions."""
    if whole.old is None or whole.new is None:
        return False
    matched = Matched(whole.old, whole.new)
    return level in matched.level_ids or level in matched.old_level_ids


def told(entries: Iterable[Entry], number: int | None, passed_over: Callable[[], None]) -> Iterator[Entry]:
    """The entries that say something, those of ``number`` commits at most; the others are passed over."""
    left = number
    for entry in entries:
        if not entry.asked:
            continue
        if entry.difference is not None and not entry.difference.changes:
            passed_over()
            continue
        yield entry
        if left is not None and entry.commit is not None:
            left -= 1
            if left == 0:
                return
