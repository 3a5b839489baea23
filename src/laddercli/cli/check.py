"""`ladder check`: validate, lint and format --check in one pass over the files, and the gate on changes."""

from __future__ import annotations

from dataclasses import replace

from laddercli.cli import options, terms
from laddercli.cli.output import ends, notice
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
    """Is every file a ladder, a good one, and laid out as `ladder format` does it? With `diff: {against: REV}` in
    .ladder.yaml also: does it ask more of people than where the branch left that revision?

    The keys of `diff:` are against (a revision: without it there is no gate), merge-base (false compares with the
    revision itself), fail-on (major, minor, patch or never) and audience (whom the gate judges for: pay counts with
    confidential only). A change is an error unless the `version` of the ladder rose by as much as it needs.

    Examples:
      ladder check                              all ladders of the repository
      ladder check -f full -f sarif=found.sarif for the log, and for code scanning
      ladder check --fail-on warning            be stricter than the rules are by themselves

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 the job could not be done.
    """
    from laddercli.gate import gate
    from laddercli.judging import judge

    where = targets(output_format)
    asked = terms.request(select, extend_select, ignore, severity, fail_on)
    finder = options.discovery(config, no_config)
    job = terms.job(
        asked,
        paths,
        finder,
        stdin_filename=stdin_filename,
        allow_empty=allow_empty,
        audience=audience,
        no_baseline=no_baseline,
        no_ignores=no_ignores,
        verbose=verbose,
    )
    judged = judge(job.sources, replace(job.terms, formats=True))
    files = [source.name for source in job.sources if source.text is None] if paths else None
    gated = gate(finder, audience, files)  # type: ignore[arg-type]
    for failure in gated.unjudged:
        notice(f"{failure.message}; what changed since then is not judged")
    return terms.tell(
        job,
        judged._replace(findings=(*judged.findings, *gated.findings)),
        "check",
        where,
        min_severity=min_severity,
        statistics=statistics,
        everything=everything,
        quiet=quiet,
        color=color,
    )
