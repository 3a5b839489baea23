"""What can keep a command from doing its job."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from laddercli.findings import Finding


class LadderError(Exception):
    """The job could not be done. The message is meant for the person at the terminal."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class Unreadable(LadderError):
    """A file that was named cannot be opened: it is missing, no regular file, or not permitted."""


class NotFound(LadderError):
    """No ladder, level or measure goes by that name, or more than one does."""


class Ambiguous(NotFound):
    """More than one ladder or level goes by that name."""


class NoRepository(LadderError):
    """There is no git repository to read from, or no git to read it with."""


class NoRevision(LadderError):
    """A version that was named is not in the repository. ``help`` says how to get it, where that may work."""


class InvalidLadder(LadderError):
    """A file is not a valid ladder. ``findings`` says why, each at its line."""

    def __init__(self, path: str, findings: list[Finding]) -> None:
        first = findings[0]
        count = len(findings)
        more = f" (and {count - 1} more)" if count > 1 else ""
        where = f"{first.path}:{first.span.start.line}:{first.span.start.column}"
        super().__init__(f"{path} is not a valid ladder: {where}: {first.text}{more}")
        self.findings = findings


class SharedFile(LadderError):
    """A valid file that is no ladder: it holds definitions for others, and no tracks."""
