"""`ladder lint`: is it a good ladder?"""

from __future__ import annotations

from typing import Annotated

import typer

from laddercli.cli import options, terms
from laddercli.cli.drafts import differences, put, say_mended
from laddercli.cli.output import ends, print_text, use_color
from laddercli.cli.reports import targets


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

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 the job could not be done. With --diff: 1 when
    something would be mended. What a baseline or a comment sets aside is not mended: --no-baseline, --no-ignores.
    """
    from laddercli.judging import judge, mend

    where = targets(output_format)
    if diff and (output_format or statistics):
        raise typer.BadParameter("--diff prints a difference; --output-format and --statistics go with findings.")
    asked = terms.request(select, extend_select, ignore, severity, fail_on)
    job = terms.job(
        asked,
        paths,
        options.discovery(config, no_config),
        stdin_filename=stdin_filename,
        allow_empty=allow_empty,
        audience=audience,
        no_baseline=no_baseline,
        no_ignores=no_ignores,
        verbose=verbose,
    )
    mended = None
    if fix or unsafe_fixes or diff:
        mended = mend(job.sources, job.terms, lambda patch: patch.safe or unsafe_fixes)
        if diff:
            print_text(differences(mended.drafts, job.sources, color=use_color(color)))
            say_mended(mended, "Would fix", quiet)
            return terms.tell_unread(job, mended.judged) or int(bool(mended.drafts))
        put(mended.drafts, job.sources)
        say_mended(mended, "Fixed", quiet)
    return terms.tell(
        job,
        mended.judged if mended else judge(job.sources, job.terms),
        "lint",
        where,
        min_severity=min_severity,
        statistics=statistics,
        everything=everything,
        quiet=quiet,
        color=color,
        to_stderr=mended is not None and any(source.text is not None for source in job.sources),
    )
