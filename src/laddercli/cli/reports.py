"""Where findings go: to the screen in one format, and into files in others."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import NamedTuple

import typer

from laddercli.cli import options
from laddercli.cli.output import print_json, print_text, screen_width, use_color
from laddercli.findings import Severity
from laddercli.reporters import FORMATS, MACHINE_FORMATS, Report, reporter


class Target(NamedTuple):
    """A format, and the file it goes to; None for the screen."""

    format: str
    file: str | None


def targets(given: list[str] | None) -> list[Target]:
    """Each format that was asked for with the file it goes to. Raises ``typer.BadParameter``."""
    words = given or [word for word in [os.environ.get("LADDER_OUTPUT_FORMAT", "")] if word] or ["full"]
    found = []
    for word in words:
        name, equals, file = word.partition("=")
        options.one_of(FORMATS)(name)
        if equals and not file:
            raise typer.BadParameter(f"{word!r} names no file.")
        found.append(Target(name, file or None))
    for target in found:
        if target.file and target.file.endswith((".yaml", ".yml")):
            raise typer.BadParameter(f"{target.file!r} is the name of a ladder; findings go into a file of their own.")
    files = [os.path.realpath(target.file) for target in found if target.file]
    if len(set(files)) < len(files):
        raise typer.BadParameter("Two formats cannot go into one file.")
    if sum(target.file is None for target in found) > 1:
        raise typer.BadParameter("Only one format can go to the screen; give the others a file: FORMAT=FILE.")
    return found


def _from(report: Report, min_severity: str) -> Report:
    """The part of a report that people are to see."""
    ranks = list(Severity)
    shown = ranks[: ranks.index(Severity(min_severity)) + 1]
    return replace(
        report,
        hidden=sum(finding.severity not in shown for finding in report.findings),
        findings=tuple(finding for finding in report.findings if finding.severity in shown),
        suppressed=tuple(finding for finding in report.suppressed if finding.severity in shown),
    )


def publish(
    report: Report,
    targets: list[Target],
    *,
    quiet: int,
    color: str,
    min_severity: str = Severity.INFO,
    statistics: bool = False,
    to_stderr: bool = False,
) -> None:
    """Write a report to each of its targets: for programs all of it, for people nothing below ``min_severity``.

    ``statistics`` stand on the screen in place of the findings; ``to_stderr`` is for when stdout belongs to a text that
    was mended.
    """
    from laddercli.files import replace as put

    report = replace(report, quiet=report.quiet or quiet > 0, width=screen_width())
    seen = _from(report, min_severity)
    for target in targets:
        content = report if target.format in MACHINE_FORMATS else seen
        if target.file is not None:
            put(target.file, reporter(target.format)(content))
        elif quiet < 2:
            name = "statistics" if statistics else target.format
            text = reporter(name)(replace(content, color=name == "full" and use_color(color)))
            if to_stderr:
                sys.stderr.write(text)
            else:
                (print_json if name in MACHINE_FORMATS else print_text)(text)
    if not report.quiet and all(target.file for target in targets):
        print_text(report.summary + "\n")
