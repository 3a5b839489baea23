"""What `lint`, `check` and `baseline` take from the command line about rules."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from laddercli.cli import options
from laddercli.cli.inputs import inputs, say_configuration
from laddercli.cli.output import complain
from laddercli.cli.reports import publish
from laddercli.findings import Severity
from laddercli.reporters import Report

if TYPE_CHECKING:
    from laddercli.baseline import Baseline
    from laddercli.cli.reports import Target
    from laddercli.discovery import Discovery, Source
    from laddercli.errors import Unreadable
    from laddercli.judging import Judged, Terms
    from laddercli.reporters import Work
    from laddercli.selection import Request

SEVERITIES = tuple(str(each) for each in Severity)


def _rules(incomplete: str) -> list[str]:
    """Completion of rules, categories and presets; of the last of several with commas between them."""
    from laddercli.rules import CATEGORIES, rules
    from laddercli.selection import PRESETS

    before, comma, last = incomplete.rpartition(",")
    words = (*rules(), *(f"@{each}" for each in CATEGORIES), *PRESETS, "all")
    return [f"{before}{comma}{word}" for word in words if word.startswith(last)]


def _severity_of(incomplete: str) -> list[str]:
    rule, equals, severity = incomplete.partition("=")
    if not equals:
        return [f"{word}=" for word in _rules(rule)]
    return [f"{rule}={word}" for word in (*SEVERITIES, "off") if word.startswith(severity)]


def _selector(flag: str, help: str) -> Any:
    return typer.Option(flag, metavar="RULE,@CATEGORY,…", help=help, autocompletion=_rules)


Select = Annotated[list[str] | None, _selector("--select", "Run these rules only: names, @categories, presets, all.")]
ExtendSelect = Annotated[list[str] | None, _selector("--extend-select", "Run these, too.")]
Ignore = Annotated[list[str] | None, _selector("--ignore", "Do not run these.")]
SeverityOf = Annotated[
    list[str] | None,
    typer.Option(
        "--severity",
        metavar="RULE=SEVERITY",
        help="Judge with another severity: error, warning, info or off.",
        autocompletion=_severity_of,
    ),
]
FailOn = Annotated[
    str | None,
    options.choice(
        "--fail-on", words=(*SEVERITIES, "never"), help="From which severity on the exit code is 1. Default: error."
    ),
]
MinSeverity = Annotated[
    str, options.choice("--min-severity", words=SEVERITIES, help="Show nothing below; the exit code stays the same.")
]
NoBaseline = Annotated[bool, typer.Option("--no-baseline", help="Show what the baseline holds, too.")]
NoIgnores = Annotated[bool, typer.Option("--no-ignores", help="Take no notice of ignoring comments.")]
Everything = Annotated[bool, typer.Option("--all", help="List every finding about wording, not the worst three.")]
Statistics = Annotated[bool, typer.Option("--statistics", help="Count findings by rule in place of listing them.")]


def request(
    select: list[str] | None,
    extend_select: list[str] | None,
    ignore: list[str] | None,
    severity: list[str] | None,
    fail_on: str | None,
) -> Request:
    """What was asked for. Raises ``typer.BadParameter``."""
    from laddercli.selection import Request

    chosen = {}
    for word in _split(severity):
        rule, equals, level = word.partition("=")
        if not equals or level not in (*SEVERITIES, "off"):
            raise typer.BadParameter(f"{word!r} is not RULE=SEVERITY, with error, warning, info or off.")
        chosen[rule] = level
    given = os.environ.get("LADDER_FAIL_ON") or None
    if fail_on is None and given is not None:
        options.one_of((*SEVERITIES, "never"))(given)
    if select is not None and not _split(select):
        raise typer.BadParameter("--select names no rule.")
    return Request(
        None if select is None else _split(select), _split(extend_select), _split(ignore), chosen, fail_on or given
    )


def _split(given: list[str] | None) -> tuple[str, ...]:
    """The words of an option that may be given several times, or with commas."""
    return tuple(word.strip() for each in given or () for word in each.split(",") if word.strip())


class Job(NamedTuple):
    """What a command has to judge, and how. ``unread`` could not be opened."""

    sources: list[Source]
    terms: Terms
    unread: list[Unreadable]


def job(
    asked: Request,
    paths: list[str] | None,
    finder: Discovery,
    *,
    stdin_filename: str | None = None,
    allow_empty: bool = False,
    audience: str = "public",
    no_baseline: bool = False,
    no_ignores: bool = False,
    verbose: int = 0,
) -> Job:
    """The files of this run and how they are judged. Raises ``LadderError`` for what makes no sense."""
    from laddercli.judging import Terms
    from laddercli.linter import today
    from laddercli.selection import select

    select(finder.config("."), asked)  # a selector that means nothing is said before any file is read
    terms = Terms(
        asked,
        finder.config,
        today(),
        audience,  # type: ignore[arg-type]
        None if no_baseline else baseline_of(finder),
        not no_ignores,
        is_whole=not paths,
    )
    unread: list[Unreadable] = []
    sources = list(inputs(paths or [], stdin_filename, finder, unread, allow_empty=allow_empty))
    for source in sources if verbose else ():
        say_configuration(source.name, finder)
    return Job(sources, terms, unread)


def baseline_of(finder: Discovery) -> Baseline | None:
    """The baseline of the working folder, where there is one."""
    from laddercli.baseline import load

    path = finder.config(".").baseline_path
    return load(path) if os.path.lexists(path) else None


def tell(
    job: Job,
    judged: Judged,
    work: Work,
    targets: list[Target],
    *,
    min_severity: str,
    statistics: bool,
    everything: bool,
    quiet: int,
    color: str,
    to_stderr: bool = False,
) -> int:
    """Print what was found; the result is the exit code."""
    if statistics and any(not target.file and target.format != "full" for target in targets):
        raise typer.BadParameter("--statistics is a format of its own for the screen.")
    unread = tell_unread(job, judged)
    report = Report(
        judged.findings,
        len(judged.files),
        judged.suppressed,
        judged.files,
        work,
        job.terms.selection(".").fail_on,
        everything,
        quiet=not judged.files and unread > 0,
    )
    publish(
        report,
        targets,
        quiet=quiet,
        color=color,
        min_severity=min_severity,
        statistics=statistics,
        to_stderr=to_stderr,
    )
    return unread or int(any(map(report.fails, judged.findings)))


def tell_unread(job: Job, judged: Judged) -> int:
    """Say what could not be opened; the result is the exit code of that."""
    unread = [*job.unread, *judged.unread]
    for missing in unread:
        complain(missing.message, missing.help)
    return 2 if unread else 0
