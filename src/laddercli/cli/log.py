"""`ladder log`: what changed in a level or a ladder, commit by commit?"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from laddercli import data, display
from laddercli.cli import options
from laddercli.cli.output import ends, notice, print_json, print_text
from laddercli.errors import Ambiguous, InvalidLadder, LadderError, NotFound, Unreadable
from laddercli.versions import HEAD

if TYPE_CHECKING:
    from laddercli.cli.ladders import Shelf
    from laddercli.history import Entry, Period, Version
    from laddercli.ladder import Ladder, Level
    from laddercli.repository import Repository

# Nobody needs to be told of what takes less than so many seconds.
_PATIENCE = 0.5
# What may well mean a moment ago.
_NOW = re.compile(r"now|today|sec|\d{4}", re.IGNORECASE)


def complete(incomplete: str) -> list[tuple[str, str]]:
    """Ladders and levels."""
    return list(dict([*options.complete_ladders(incomplete), *options.complete_levels(incomplete)]).items())


def _number(value: str | None) -> str | None:
    if value is None or (value.isdecimal() and value.isascii() and int(value[:9]) > 0):
        return value
    raise typer.BadParameter(f"{value!r} is no number of commits: write 1 or more.")


Name = Annotated[
    str,
    typer.Argument(
        metavar="LEVEL|LADDER",
        help="A ladder by id or path, else a level by id, code or title; with @REV from that version back.",
        autocompletion=complete,
    ),
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="WHEN", help='Not before: a date, or words such as "3 months ago".')
]
Until = Annotated[str | None, typer.Option("--until", metavar="WHEN", help="Not after: likewise.")]
Number = Annotated[
    str | None,
    typer.Option("-n", "--max-count", metavar="N", callback=_number, help="So many commits, and no more."),
]
Follow = Annotated[
    bool,
    typer.Option("--follow/--no-follow", help="Keep to a file, level or measure that had another name before."),
]


@ends
def run(
    name: Name,
    since: Since = None,
    until: Until = None,
    number: Number = None,
    follow: Follow = True,
    measures: options.Measures = None,
    min_impact: options.MinImpact = "patch",
    output_format: options.PageFormat = "text",
    audience: options.Audience = "public",
    config: options.ConfigPath = None,
    no_config: options.NoConfig = False,
    color: options.Color = "auto",
    verbose: options.Verbose = 0,
) -> int:
    """What has changed in my level since my last review? Newest first, in the words of `ladder diff`.

    Commits that changed nothing in ladder terms are left out, a version that is no valid ladder is named and passed
    over, and what a branch brought is told where it was merged. Unlike `git log`, this begins with what is not
    committed yet.

    Examples:
      ladder log staff-pm                              all that changed in a level
      ladder log staff-pm --since 2026-04-01           since the last review
      ladder log product --min-impact major -n 3       the last three grave changes of a ladder
      ladder log ladders/product.yaml -m leadership    one measure of a ladder
      ladder log staff-pm@v1.0                         up to a tag, branch or commit
    """
    from laddercli.changes import Impact
    from laddercli.cli.ladders import Shelf
    from laddercli.history import Part, entries, of_part, told
    from laddercli.names import find_measures
    from laddercli.repository import Repository

    finder = options.discovery(config, no_config)
    with Shelf(finder, audience, verbose) as shelf:
        asked = _asked(shelf, name, finder.config(".").folder)
        wanted = find_measures(measures, asked.ladder.measures, asked.ladder) if measures else None
        part = Part(asked.level.id if asked.level else None, wanted)
        with Repository.at(asked.where) as repository:
            start = _start(asked, repository, shelf)
            walk = _Walk()
            versions = walk.counted(_versions(start, repository, audience, follow))
            whole = entries(versions, _period(repository, since, until), audience)  # type: ignore[arg-type]
            count = None if number is None else int(number[:9])
            parts = of_part(whole, part, Impact[min_impact.upper()], follow)
            _print(walk.told(told(parts, count, walk.pass_over)), asked, output_format, color)
            walk.end(repository, verbose)
    return 0


class _Asked(NamedTuple):
    """Whose history is asked for. ``where`` leads to its repository; ``is_now`` says that the working tree counts."""

    ladder: Ladder
    level: Level | None
    where: str
    is_now: bool


class _Start(NamedTuple):
    """Where the history begins: at a revision, with the files of the ladder from the top of the repository, its own
    first, and before it with its file in the working tree, where that counts."""

    revision: str
    files: tuple[str, ...]
    path: str | None


def _asked(shelf: Shelf, name: str, home: str) -> _Asked:
    """What a name means: in the working tree, else in the last commit, where what is broken or gone now was there."""
    try:
        ladder, level = _named(shelf, name)
    except Ambiguous:
        raise
    except LadderError as error:
        try:
            ladder, level = _named(shelf, f"{name}@{HEAD}")
        except LadderError:
            if type(error) in (LadderError, InvalidLadder) and "@" not in name:
                error.help = f"`ladder log {name}@REV` begins with a version where its file was valid"
            raise error from None
        return _Asked(ladder, level, _where(name, home), is_now=True)
    if ladder.revision is not None:
        return _Asked(ladder, level, _where(name, home), is_now=False)
    shipped = data.path(f"ladders/{ladder.id}.yaml")
    if ladder.place.file == shipped and not name.startswith(shipped):
        raise LadderError(f"`{ladder.id}` is the example that comes with ladder, and has no history here")
    return _Asked(ladder, level, ladder.place.file, is_now=True)


def _named(shelf: Shelf, name: str) -> tuple[Ladder, Level | None]:
    """The ladder of that name, else the level."""
    try:
        return shelf.ladder(name), None
    except Ambiguous:
        raise
    except NotFound:
        position = shelf.level(name)
        return position.ladder, position.level


def _where(name: str, home: str) -> str:
    """The path that a name begins with, before a level or a revision; else the folder of the configuration."""
    before = (name[:index] for index, character in enumerate(f"{name}@") if character in ":@")
    return next((each for each in before if each.endswith((".yaml", ".yml")) or os.path.isdir(each)), home)


def _start(asked: _Asked, repository: Repository, shelf: Shelf) -> _Start:
    """Where the history begins. A file that was renamed since the last commit is looked for there by its ladder."""
    ladder, top = asked.ladder, repository.top or ""
    if ladder.revision is not None:
        files = _names(ladder)
        path = os.path.relpath(os.path.join(top, files[0]))
        return _Start(ladder.revision, files, path if asked.is_now and repository.top else None)
    files = tuple(repository.name_of(file) for file in reversed(ladder.files))
    if not repository.revision(HEAD).exists(files[0]):
        before = _last_commit(shelf, ladder)
        if before and not os.path.lexists(os.path.join(top, before[0])):
            files = before
    return _Start(HEAD, files, ladder.place.file)


def _last_commit(shelf: Shelf, ladder: Ladder) -> tuple[str, ...] | None:
    """The files of a ladder in the last commit, found by its id."""
    try:
        return _names(shelf.ladder(f"{ladder.id}@{HEAD}"))
    except LadderError:
        return None


def _names(ladder: Ladder) -> tuple[str, ...]:
    return tuple(file.removeprefix(f"{ladder.revision}:") for file in reversed(ladder.files))


def _period(repository: Repository, since: str | None, until: str | None) -> Period:
    from laddercli.history import Period

    return Period(_moment(repository, since, "since"), _moment(repository, until, "until"))


def _moment(repository: Repository, words: str | None, name: str) -> datetime | None:
    """What git understands by these words. Raises ``LadderError`` where it takes them for now without a word of it."""
    if words is None:
        return None
    moment, now = repository.moment(words, name), repository.moment("now", name)
    if now - moment < timedelta(seconds=2) and not _NOW.search(words) and moment <= now:
        raise LadderError(
            f"`--{name} {words}` is no time that git knows", 'write 2026-04-01, "3 months ago" or yesterday'
        )
    return moment


def _versions(start: _Start, repository: Repository, audience: str, follow: bool) -> Iterator[Version]:
    """The versions, that of the working tree first where it differs from the last commit."""
    from laddercli.files import Disk
    from laddercli.history import read, versions

    if start.path is not None and _is_changed(start, repository):
        yield read(Disk(), start.path, audience)  # type: ignore[arg-type]
    yield from versions(repository, start.revision, start.files, audience, follow)  # type: ignore[arg-type]


def _is_changed(start: _Start, repository: Repository) -> bool:
    """Whether a file of the ladder is not as it was committed."""
    from laddercli.files import Disk

    committed, disk = repository.revision(start.revision), Disk()
    try:
        return any(committed.read(name) != disk.read(os.path.join(repository.top or "", name)) for name in start.files)
    except Unreadable:
        return True


class _Walk:
    """What is known about the way through history: shown while one waits, and told at its end."""

    def __init__(self) -> None:
        self._read = 0
        self._passed_over = 0
        self._told = 0
        self._cut: Version | None = None
        self._since = time.monotonic()
        self._shown = 0

    def counted(self, versions: Iterable[Version]) -> Iterator[Version]:
        """The versions, each counted on stderr where somebody waits at a terminal."""
        for version in versions:
            self._read += 1
            self._cut = None if version.known else version
            if sys.stderr.isatty() and time.monotonic() - self._since > _PATIENCE:
                self._line(f"{display.count(self._read, 'version')} read")
            yield version

    def told(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """The entries that are printed."""
        for entry in entries:
            self._line("")
            self._told += 1
            yield entry
            self._since = time.monotonic()
        self._line("")

    def pass_over(self) -> None:
        """Count a commit that changed nothing of what was asked for."""
        self._passed_over += 1

    def end(self, repository: Repository, verbose: int) -> None:
        """Say on stderr what was not shown, and why."""
        if self._told == 0:
            notice("nothing that was asked for has changed" if self._read else "no commit has this ladder")
        if verbose and self._passed_over:
            commits = display.count(self._passed_over, "commit")
            notice(f"{commits} changed a file, and nothing of what was asked for")
        if self._cut and self._cut.commit:
            commit = self._cut.commit
            when = f"{commit.short} of {commit.date:%Y-%m-%d}"
            notice(f"this clone is shallow: what came before {when} is not here; `{repository.unshallow()}` gets it")

    def _line(self, text: str) -> None:
        """Write over the line that was written before."""
        if text or self._shown:
            sys.stderr.write(f"\r{text.ljust(self._shown)}" + ("" if text else "\r"))
            sys.stderr.flush()
        self._shown = len(text)


def _print(entries: Iterable[Entry], asked: _Asked, output_format: str, color: str) -> None:
    """Print what changed, each commit as soon as it is known; nothing where nothing did but the envelope of JSON."""
    if output_format == "json":
        from laddercli.exports.changes import commit_record
        from laddercli.exports.records import document

        print_json(document(commits=[commit_record(entry) for entry in entries]))
        return
    from laddercli.cli.ladders import write_page
    from laddercli.views.history import entry_page, head_page

    for index, entry in enumerate(entries):
        if index == 0:
            print_text(write_page(head_page(asked.ladder, asked.level), output_format, color))
        print_text("\n" + write_page(entry_page(entry), output_format, color))
