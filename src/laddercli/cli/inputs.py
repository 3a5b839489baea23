"""Which files a command judges: those it was given, those the configuration finds, or standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from laddercli.cli.output import notice
from laddercli.errors import LadderError, Unreadable

if TYPE_CHECKING:
    from laddercli.discovery import Discovery, Source


def inputs(
    paths: list[str], stdin_filename: str | None, finder: Discovery, unread: list[Unreadable], *, allow_empty: bool
) -> Iterator[Source]:
    """The files to judge. What cannot be opened is collected in ``unread``. Raises ``LadderError`` when the paths make
    no sense, or when there is nothing to judge and that is not allowed."""
    from laddercli.discovery import Source

    if "-" in paths:
        if len(paths) > 1:
            raise LadderError("`-` reads standard input and goes with no other path")
        finder.config(os.path.dirname(stdin_filename or "") or ".")  # it may refuse to be used at all
        yield Source(stdin_filename or "-", _standard_input())
        return
    if stdin_filename is not None:
        raise LadderError("--stdin-filename needs `-`, which reads standard input")
    found = finder.files(paths, unread)
    if not found and not unread and not allow_empty:
        settings = finder.config(".")
        where = ", ".join(paths) if paths else f"{', '.join(settings.ladders)} below {os.path.relpath(settings.folder)}"
        raise LadderError(
            f"no ladder found: {where}", "name a file or a folder, or say where ladders are in .ladder.yaml"
        )
    yield from map(Source, found)


def say_configuration(name: str, finder: Discovery) -> None:
    """Tell on stderr which file is read, and what configures it."""
    settings = finder.config(os.path.dirname(name) or ".")
    notice(f"reading {name}, configured by {os.path.relpath(settings.path) if settings.path else 'nothing'}")


def _standard_input() -> bytes:
    from laddercli.document import MAX_BYTES

    if sys.stdin is None:
        raise Unreadable("standard input is closed")
    # One byte more than a ladder may have says enough of a stream that never ends.
    return sys.stdin.buffer.read(MAX_BYTES + 1)
