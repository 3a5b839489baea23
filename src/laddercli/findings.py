"""What is wrong, and where: a ``Problem`` says which part of which file, a ``Finding`` says which line.

Rules and checks yield problems; they know the ladder and not its text. At the edge a problem becomes a finding, which
is complete when made: the reader needs nothing else to print it.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from laddercli.nodes import Fault, Loc, Mark, Span

if TYPE_CHECKING:
    from laddercli.amendments import Fix, Patch
    from laddercli.document import Document


class Place(NamedTuple):
    """A part of a file."""

    file: str
    loc: Loc


class Related(NamedTuple):
    """Another place that explains a problem: ``label`` ends where the place follows, as in "defined at"."""

    label: str
    place: Place


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a part of a ladder, in words for its author.

    ``key`` points at the key that names the part instead of its value, ``within`` at some characters of a text:
    from the first up to, not including, the second. ``suggestion`` is the word that was probably meant; ``help`` says
    what to write instead, ``fix`` how a program would.

    ``severity`` is for a rule that does not always judge with its own. ``arguments`` tell this problem from others of
    its rule at the same part, in words that an edit elsewhere does not change; None stands for the message.
    ``weight`` orders the findings of a rule where only the worst are shown.
    """

    rule: str
    place: Place
    message: str
    suggestion: str | None = None
    help: str | None = None
    key: bool = False
    related: tuple[Related, ...] = ()
    within: tuple[int, int] | None = None
    arguments: tuple[str, ...] | None = None
    weight: float = 0
    severity: Severity | None = None
    fix: Fix | None = None


def flag(place: Place, message: str, **more: Any) -> Problem:
    """A problem as a rule of `lint` yields it: who runs the rule knows its name."""
    return Problem("", place, message, **more)


class Severity(enum.StrEnum):
    """How much a finding matters. Validity is always an error."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Neighbor(NamedTuple):
    """A related place as a reader sees it."""

    label: str
    path: str
    mark: Mark


class Excerpt(NamedTuple):
    """The line that is shown with a finding, and the part of it, counted from 0, that is marked."""

    text: str
    start: int
    end: int


class Suppression(NamedTuple):
    """Why a finding does not count: a comment in the file (``ignore``) with its reason, or the ``baseline``."""

    kind: Literal["ignore", "baseline"]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem at its line.

    ``path`` is the file as it was named, ``trail`` the ids that lead to the part ("pm1 › expectations › leadership"),
    ``logical_path`` the same for programs, ``source`` the line that is shown. ``arguments`` and ``weight`` are the
    problem's, ``patch`` mends the file. ``suppressed`` says why it does not count, None that it does.
    """

    rule: str
    severity: Severity
    category: str
    message: str
    path: str
    span: Span
    suggestion: str | None = None
    help: str | None = None
    trail: tuple[str, ...] = ()
    logical_path: str = ""
    source: Excerpt | None = None
    related: tuple[Neighbor, ...] = ()
    arguments: tuple[str, ...] | None = None
    weight: float = 0
    patch: Patch | None = None
    suppressed: Suppression | None = None

    @property
    def text(self) -> str:
        """The message with what was probably meant."""
        return f"{self.message}; did you mean `{self.suggestion}`?" if self.suggestion else self.message

    @property
    def order(self) -> tuple[str, int, int, str]:
        return (self.path, *self.span.start, self.rule)


VALIDITY = "validity"


def from_fault(
    document: Document,
    fault: Fault,
    *,
    severity: Severity = Severity.ERROR,
    category: str = VALIDITY,
    patch: Patch | None = None,
) -> Finding:
    """The finding for something about the text itself, such as one that cannot be read."""
    return Finding(
        rule=fault.rule,
        severity=severity,
        category=category,
        message=fault.message,
        path=document.path,
        span=fault.span,
        help=fault.help,
        source=_excerpt(document, fault.span),
        patch=patch,
    )


def from_problem(
    problem: Problem,
    document: Document,
    others: dict[str, Document],
    *,
    rule: str | None = None,
    severity: Severity = Severity.ERROR,
    category: str = VALIDITY,
) -> Finding:
    """The finding for a problem in ``document``; ``others`` holds the files of related places by name. ``rule`` is for
    a problem that does not say its own."""
    loc = problem.place.loc
    if problem.within:
        from laddercli.offsets import span_within

        span = span_within(document, loc, *problem.within)
    else:
        span = document.span(loc, key=problem.key)
    names = trail(document.data, loc[:-1] if rule and loc[-1:] == ("id",) else loc)  # its id says which part it is
    return Finding(
        rule=rule or problem.rule,
        severity=severity,
        category=category,
        message=problem.message,
        path=document.path,
        span=span,
        suggestion=problem.suggestion,
        help=problem.help,
        trail=_for_reading([name for name, _ in names], loc),
        logical_path=logical_path(names),
        source=_excerpt(document, span),
        related=tuple(_neighbor(related, others) for related in problem.related),
        arguments=problem.arguments,
        weight=problem.weight,
        patch=_patch(document, problem.fix) if problem.fix else None,
    )


def _patch(document: Document, fix: Fix) -> Patch | None:
    from laddercli.fixes import patch

    return patch(document, fix)


def _for_reading(names: list[str], loc: Loc) -> tuple[str, ...]:
    """The trail from the level on: its id is unique, so track and lists say nothing more to a reader."""
    if len(loc) > 4 and loc[0] == "tracks" and loc[2] == "levels":
        return tuple(names[3:])
    return tuple(name for name in names if name != "tracks")


def _neighbor(related: Related, documents: dict[str, Document]) -> Neighbor:
    document = documents[related.place.file]
    return Neighbor(related.label, document.path, document.mark(related.place.loc))


def _excerpt(document: Document, span: Span) -> Excerpt | None:
    lines = document.lines
    if span.start.line > len(lines):
        return None
    line = lines[span.start.line - 1]
    start = span.start.column - 1
    end = span.end.column - 1 if span.end.line == span.start.line else len(line.rstrip())
    return Excerpt(line, start, max(start + 1, end))


def trail(data: Any, loc: Loc) -> list[tuple[str, bool]]:
    """The names that lead to ``loc``: keys, and for list items their ids. The flag says whether it is an id."""
    names: list[tuple[str, bool]] = []
    for part in loc:
        if isinstance(data, dict) and isinstance(part, str):
            names.append((part, True))
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
            name = data.get("id") if isinstance(data, dict) else None
            names.append((name, True) if isinstance(name, str) else (str(part + 1), False))
    return names


def logical_path(names: Iterable[tuple[str, bool]]) -> str:
    """The path by ids, such as ``tracks/ic/levels/pm1``. It ends before the first part that only has a number,
    because numbers change when somebody inserts a line."""
    parts = []
    for name, stable in names:
        if not stable:
            break
        parts.append(name)
    return "/".join(parts)


def closest(word: str, words: Iterable[str]) -> str | None:
    """The word that was probably meant, or None."""
    candidates = list(words)
    folded = {candidate.casefold(): candidate for candidate in reversed(candidates)}
    if word.casefold() in folded:
        return folded[word.casefold()]
    # A word of many thousand letters is no typing mistake, and comparing it would take its time.
    if len(word) > 80:
        return None
    found = get_close_matches(word.casefold(), folded, n=1, cutoff=0.7)
    return folded[found[0]] if found else None


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """A stable name for each finding: the SHA-256 of rule, file, logical path, arguments and how often that came.

    Lines are left out on purpose, so that an edit elsewhere in the file changes no fingerprint.
    """
    from hashlib import sha256

    from laddercli.repository import Names

    names = Names()
    times: dict[str, int] = {}
    prints = []
    for finding in findings:
        words = (finding.message,) if finding.arguments is None else finding.arguments
        key = "\0".join((finding.rule, names.of(finding.path), finding.logical_path, *words))
        times[key] = times.get(key, 0) + 1
        prints.append(sha256(f"{key}\0{times[key]}".encode("utf-8", "surrogateescape")).hexdigest())
    return prints
