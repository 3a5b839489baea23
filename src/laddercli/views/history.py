"""What changed in a level or a ladder over time, commit by commit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from laddercli.blocks import Block, Heading, Page, Paragraph, Record, Title, dim, plain, strong
from laddercli.differences import Difference
from laddercli.display import count
from laddercli.history import Entry
from laddercli.ladder import Ladder, Level
from laddercli.repository import Commit
from laddercli.views.changelog import record

UNCOMMITTED = "not committed yet"


def head_page(ladder: Ladder, level: Level | None) -> Page:
    """Whose history follows."""
    name = ladder.id if level is None else f"{ladder.id}:{level.id}"
    title = ladder.title if level is None else level.title
    return Page((Title(strong(title), plain(name)),))


def entry_page(entry: Entry) -> Page:
    """What one commit changed."""
    return Page((_head(entry.commit), *_body(entry)))


def _head(commit: Commit | None) -> Heading:
    if commit is None:
        return Heading(plain(UNCOMMITTED))
    return Heading(plain(f"{commit.date:%Y-%m-%d}  {commit.subject}"), dim(f"{commit.short} · {commit.author}"))


def _body(entry: Entry) -> Iterator[Block]:
    difference = entry.difference
    if difference is None:
        yield Paragraph(plain(f"is not a valid ladder: {entry.error}"))
    elif entry.level is None and None in (difference.old, difference.new):
        yield Paragraph(plain(_whole(difference)))
    else:
        yield _record(difference)


def _whole(difference: Difference) -> str:
    """A ladder that came or went."""
    ladder = difference.ladder
    holds = (
        count(len(ladder.levels), "level"),
        count(len(ladder.tracks), "track"),
        count(len(ladder.measures), "measure"),
    )
    return f"ladder {'added' if difference.old is None else 'removed'}: {', '.join(holds)}"


def _record(difference: Difference) -> Record:
    """The changes as `ladder diff` tells them, with nothing folded away. Where they are written, and whom else they
    touch, is no use to who reads about the past."""
    made = record(difference)
    chapters = tuple(
        chapter._replace(grave=True, entries=tuple(entry._replace(place="") for entry in chapter.entries))
        for chapter in made.chapters
    )
    return replace(made, chapters=chapters, touched=())
