"""`ladder lint`: is it a good ladder?"""

from __future__ import annotations

from typing import Annotated

import typer

from laddercli.cli import options, terms
from laddercli.cli.drafts import differences, put, say_mended
from laddercli.cli.inputs import inputs, say_configuration
from laddercli.cli.output import complain, ends, print_text, use_color
from laddercli.cli.reports import publish, report_of, targets
from laddercli.errors import Unreadable


@ends
def run(
    paths: options.Paths = None,
    select: terms.Select = None,
    extend_select: terms.ExtendSelect = None,
    ignore: terms.Ignore = None,
    severity: terms.SeverityOf = None,
    fail_on: terms.FailOn = None,
    min_severity: terms.MinSeverity = "info",
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended safely.")] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="Mend also where somebody has to read the result.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what mending would change, and write nothing.")] = False,
    statistics: terms.Statistics = False,
    everything: terms.Everything = False,
    output_format: options.FindingFormats = None,
    stdin_filename: options.StdinFilename = None,
    no_baseline: terms.NoBaseline = False,
    no_ignores: terms.NoIgnores = False,
    config: options.ConfigPath = None,
    no_config: options.NoConfig = False,
    allow_empty: options.AllowEmpty = False,
    audience: options.Audience = "public",
    color: options.Color = "auto",
    quiet: options.Quiet = 0,
    verbose: options.Verbose = 0,
) -> int:
    """Rules about parity of the tracks, progress from level to level, measures, and wording read every ladder.

    A comment `# ladder: ignore[rule] reason` sets a finding aside; a baseline sets aside all there are today.

    Examples:
      ladder lint                               all ladders of the repository
      ladder lint --select @parity,no-growth    some rules only
      ladder lint --fix                         mend what can be mended safely
      ladder lint --unsafe-fixes --diff         see what could be mended
      ladder lint --statistics                  count by rule
      ladder explain compound-criterion         what a rule means, with examples

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 the job could not be done.
    """
    from laddercli.judging import judge, mend

    where = targets(output_format)
    asked = terms.request(select, extend_select, ignore, severity, fail_on)
    finder = options.discovery(config, no_config)
    rules = terms.terms(
        asked, finder, audience=audience, no_baseline=no_baseline, no_ignores=no_ignores, paths=paths or []
    )
    unread: list[Unreadable] = []
    sources = list(inputs(paths or [], stdin_filename, finder, unread, allow_empty=allow_empty))
    for source in sources if verbose else ():
        say_configuration(source.name, finder)
    mends = fix or unsafe_fixes or diff
    mended = mend(sources, rules, lambda patch: patch.safe or unsafe_fixes) if mends else None
    judged = mended.judged if mended else judge(sources, rules)
    unread += judged.unread
    for missing in unread:
        complain(missing.message, missing.help)
    if mended and diff:
        print_text(differences(mended.drafts, sources, color=use_color(color)))
        say_mended(mended, "Would fix", quiet)
        return 2 if unread else 1 if mended.drafts else 0
    if mended:
        put(mended.drafts, sources)
        say_mended(mended, "Fixed", quiet)
    nothing = not judged.files and bool(unread)
    report = report_of(judged, "lint", rules, min_severity, everything=everything, quiet=nothing)
    to_stderr = mended is not None and sources[0].text is not None
    publish(report, where, quiet=quiet, color=color, statistics=statistics, to_stderr=to_stderr)
    return 2 if unread else int(terms.fails(judged, rules.selection(".").fail_on))
