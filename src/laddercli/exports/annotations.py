"""Changes as workflow commands that GitHub shows beside the lines of the new version.

A major change is a warning and any other a notice; what a threshold stops is an error. GitHub takes ten of each for a
step: what goes beyond is printed as plain lines, so that the log has all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from laddercli.changes import Impact
from laddercli.differences import Difference, Told, bump_finding, sentence
from laddercli.display import file_name, one_line, without_commands, without_line_commands
from laddercli.editions import Failure
from laddercli.findings import Severity
from laddercli.reporters.github import LIMIT, command
from laddercli.repository import Names
from laddercli.views.changelog import state, verdict


class _Annotation(NamedTuple):
    severity: Severity
    title: str
    message: str
    file: str | None
    line: int


def annotated(
    differences: Sequence[Difference],
    threshold: Impact | None,
    between: str,
    failures: Sequence[Failure] = (),
    *,
    quiet: bool,
) -> str:
    """A command for each file that cannot be compared and each change up to the limit, gravest first, then the rest as
    lines. Empty where nothing differs. A change of a file that ladders share is told once."""
    told = [each for difference in differences for each in _annotations(difference, threshold)]
    found = sorted(
        dict.fromkeys([*map(_failed, failures), *told]),
        key=lambda each: list(Severity).index(each.severity),
    )
    lines: list[str] = []
    rest: list[_Annotation] = []
    for severity in Severity:
        some = [each for each in found if each.severity is severity]
        lines += map(_command, some[:LIMIT])
        rest += some[LIMIT:]
    lines += map(_line, rest)
    if rest:
        lines.append(f"{len(rest)} more than GitHub shows beside the lines: see above")
    if not quiet:
        lines += [without_line_commands(_summary(each, between)) for each in differences if each.changes]
    return without_commands("".join(f"{each}\n" for each in lines))


def _annotations(difference: Difference, threshold: Impact | None) -> Iterator[_Annotation]:
    if not difference.changes:
        return
    names = Names()
    for told in sorted(difference.changes, key=lambda each: -each.change.impact):
        impact = told.change.impact
        severity = Severity.WARNING if impact is Impact.MAJOR else Severity.INFO
        if threshold is not None and impact >= threshold:
            severity = Severity.ERROR
        file, line = _place(told, difference, names)
        yield _Annotation(severity, told.change.kind, f"{impact}: {_message(told)}", file, line)
    bump = bump_finding(difference)
    if bump:
        name = _name(bump.path, difference, names)
        yield _Annotation(bump.severity, bump.rule, bump.message, name, bump.span.start.line)


def _message(told: Told) -> str:
    return sentence(told.change) + (f" ({told.change.reason})" if told.change.reason else "")


def _failed(failure: Failure) -> _Annotation:
    """That a file is no ladder to compare: at the first place that says why."""
    first = next(iter(failure.findings), None)
    message = f"{failure.message}: {first.text}" if first else failure.message
    file, line = (first.path, first.span.start.line) if first else (failure.file, 0)
    return _Annotation(Severity.ERROR, "not-compared", message, _from_top(file, failure.side.revision, Names()), line)


def _place(told: Told, difference: Difference, names: Names) -> tuple[str | None, int]:
    """The file and line in the new version. What is gone has no line there, and a line of the old one would point at
    something else: it has the file, as long as the ladder is there."""
    if told.new:
        return _name(told.new.file, difference, names), told.new.mark.line
    new, old = difference.new, difference.old
    if new is None or old is None:
        return None, 0
    here = [_name(file, difference, names) for file in new.files]
    before = _from_top(told.old.file, old.revision, names) if told.old else None
    return (before if before in here else _name(new.place.file, difference, names)), 0


def _name(file: str, difference: Difference, names: Names) -> str:
    return _from_top(file, difference.new.revision if difference.new else None, names)


def _from_top(file: str, revision: str | None, names: Names) -> str:
    """A file from the top of the repository; one of a revision is called so already."""
    return file.removeprefix(f"{revision}:") if revision is not None else names.of(file)


def _command(each: _Annotation) -> str:
    file = {"file": each.file} if each.file is not None else {}
    line = {"line": each.line} if each.line else {}
    return command(each.severity, {"title": each.title, **file, **line}, each.message)


def _line(each: _Annotation) -> str:
    line = f":{each.line}" if each.line else ""
    place = f"{file_name(each.file)}{line}: " if each.file is not None else ""
    return f"  {place}{each.severity}[{each.title}] {one_line(each.message)}"


def _summary(difference: Difference, between: str) -> str:
    counts = [(impact, difference.number(impact)) for impact in sorted(Impact, reverse=True)]
    said = ", ".join(f"{number:,} {impact}" for impact, number in counts if number)
    head = " ".join(filter(None, (difference.ladder.title, state(difference))))
    asked = verdict(difference)
    return one_line(f"{head}, {between}: {said}{f'; {asked}' if asked else ''}")
