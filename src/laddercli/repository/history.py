"""The commits that changed some files, one after the other along the line that led to a commit."""

from __future__ import annotations

import os
import re
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime

from laddercli.repository.git import Git
from laddercli.repository.objects import Objects
from laddercli.repository.revision import Revision

_FIELDS = "%H%x00%P%x00%h%x00%cI%x00%aN%x00%s"
_NUMBER_OF_FIELDS = 6
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that changed some of the files asked for.

    ``date`` is when it came into this line of history, which a rebase or a merge sets, and not when its author began.
    ``parent`` is the version before it, None where history begins. ``paths`` are what the files are called here,
    ``before`` what they were called in the parent: each in the order in which the files were asked for.
    """

    id: str
    parent: str | None
    short: str
    date: datetime
    author: str
    subject: str
    paths: tuple[str, ...]
    before: tuple[str, ...]


def commits(
    git: Git,
    objects: Objects,
    start: str,
    paths: tuple[str, ...],
    since: str | None,
    until: str | None,
    number: int | None,
    follow: bool,
) -> Generator[Commit]:
    """The commits from the id ``start`` back, newest first, that changed any of the ``paths``.

    Along first parents: each commit stands next to the version before it, and what a branch brought counts when it
    was merged, as one change. A file that was renamed is followed, each by itself: where a file appears, git is asked
    for what it was called before, and the walk goes on from there with the old name.
    """
    limits = [f"--{name}={moment(text, name)}" for name, text in (("since", since), ("until", until)) if text]
    here: str | None = start
    told = 0
    while here and told != number:
        # The revision is an id and the paths are literal, so nothing that a user typed is read as an option.
        log = (
            "log",
            "-z",
            f"--format={_FIELDS}",
            "--encoding=UTF-8",
            "--first-parent",
            "--no-follow",
            "--no-show-signature",
        )
        with closing(git.chunks(*log, "--no-color", *limits, here, "--", *paths)) as chunks:
            here = None
            for id, parents, short, date, author, subject in _records(chunks):
                parent = parents.partition(" ")[0] or None
                before = _names_before(git, objects, parent, id, paths) if parent and follow else paths
                yield Commit(id, parent, short, _date(date), author, subject, paths, before)
                told += 1
                if told == number:
                    return
                if before != paths:
                    here, paths = parent, before
                    break


def _records(chunks: Iterable[bytes]) -> Iterator[list[str]]:
    """The fields of each commit, as soon as they have come."""
    rest = b""
    for chunk in chunks:
        *fields, rest = (rest + chunk).split(b"\0")
        complete = len(fields) - len(fields) % _NUMBER_OF_FIELDS
        for at in range(0, complete, _NUMBER_OF_FIELDS):
            yield [field.decode("utf-8", "replace") for field in fields[at : at + _NUMBER_OF_FIELDS]]
        rest = b"\0".join([*fields[complete:], rest])


def _names_before(git: Git, objects: Objects, parent: str, commit: str, paths: tuple[str, ...]) -> tuple[str, ...]:
    """What files were called in the parent of a commit. A name that is not there and has no other one stays."""
    old, new = Revision(objects, parent, parent), Revision(objects, commit, commit)
    appeared = [path for path in paths if new.exists(path) and not old.exists(path)]
    if not appeared:
        return paths
    before = renamed(git, parent, commit)
    return tuple(before.get(path, path) if path in appeared else path for path in paths)


def renamed(git: Git, old: str, new: str | None) -> dict[str, str]:
    """What files of a commit, or of the working tree where ``new`` is None, were called in another commit."""
    compare = ("diff-tree", "-r") if new else ("diff-index",)
    versions = (old, new) if new else (old,)
    answer = git.ask(*compare, "-z", "-M", "--name-status", "--diff-filter=R", *versions, "--")
    words = os.fsdecode(answer.out).split("\0")
    return {new_name: old_name for old_name, new_name in zip(words[1::3], words[2::3], strict=False)}


def _date(text: str) -> datetime:
    """A moment as git writes it. What no calendar has, as a broken commit may say, is the beginning of the era."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)


def moment(text: str, name: str) -> str:
    """A day means all of it: git would take the time of day that it is now."""
    if _DAY.fullmatch(text):
        return f"{text} {'00:00:00' if name == 'since' else '23:59:59'}"
    return text
