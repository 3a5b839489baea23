"""`ladder validate`: is every file a ladder?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from laddercli.cli import options
from laddercli.cli.inputs import inputs, say_configuration
from laddercli.cli.output import complain, ends
from laddercli.cli.reports import publish, targets
from laddercli.errors import Unreadable
from laddercli.reporters import Report

if TYPE_CHECKING:
    from laddercli.findings import Finding


@ends
def run(
    paths: options.Paths = None,
    output_format: options.FindingFormats = None,
    stdin_filename: options.StdinFilename = None,
    config: options.ConfigPath = None,
    no_config: options.NoConfig = False,
    allow_empty: options.AllowEmpty = False,
    audience: options.Audience = "public",
    color: options.Color = "auto",
    quiet: options.Quiet = 0,
    verbose: options.Verbose = 0,
) -> int:
    """Every problem of every file is reported in one run, each at its line, with what to write instead.

    Examples:
      ladder validate                            all ladders of the repository
      ladder validate ladders/product.yaml       one file
      ladder validate -f github                  comments beside the lines of a pull request
      ladder validate -f full -f json=found.json for people and for programs
      cat draft.yaml | ladder validate - --stdin-filename ladders/draft.yaml

    Exit codes: 0 all valid, 1 findings, 2 the job could not be done.
    """
    from laddercli.loader import Loader

    where = targets(output_format)
    loader = Loader(audience=audience)  # type: ignore[arg-type]
    finder = options.discovery(config, no_config)
    findings: list[Finding] = []
    unread: list[Unreadable] = []
    judged: list[str] = []
    for name, text in inputs(paths or [], stdin_filename, finder, unread, allow_empty=allow_empty):
        if verbose:
            say_configuration(name, finder)
        try:
            findings += loader.examine(name, text=text, name=name if text is not None else None)
            judged.append(name)
        except Unreadable as error:
            unread.append(error)
    for missing in unread:
        complain(missing.message, missing.help)
    nothing = not judged and bool(unread)
    report = Report(tuple(findings), len(judged), paths=tuple(judged), quiet=nothing)
    publish(report, where, quiet=quiet, color=color)
    return 2 if unread else 1 if findings else 0
