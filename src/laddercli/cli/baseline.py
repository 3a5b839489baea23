"""`ladder baseline`: findings to live with for now."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from laddercli.cli import options, terms
from laddercli.cli.output import complain, ends, print_json, print_text
from laddercli.display import count
from laddercli.errors import LadderError

if TYPE_CHECKING:
    from laddercli.baseline import Baseline

ACTIONS = ("write", "prune", "show")


@ends
def run(
    action: Annotated[
        str,
        typer.Argument(
            metavar="|".join(ACTIONS),
            help="write: take in all findings of today. prune: take out what is gone. show: print what is in it.",
            callback=options.one_of(ACTIONS),
            autocompletion=options.completes(ACTIONS),
        ),
    ],
    select: terms.Select = None,
    extend_select: terms.ExtendSelect = None,
    ignore: terms.Ignore = None,
    output_format: options.PageFormat = "text",
    config: options.ConfigPath = None,
    no_config: options.NoConfig = False,
    verbose: options.Verbose = 0,
) -> int:
    """With a baseline, lint and check fail on new findings only, so a ladder full of old sins can have a gate today.

    It is the file .ladder-baseline.json beside .ladder.yaml (`baseline:` there names another), to be committed. It
    holds no line numbers: edits elsewhere leave it alone. It never takes in what `ladder validate` says.

    Examples:
      ladder baseline write
      ladder baseline prune                     after mending some of it
      ladder baseline show
    """
    from laddercli.baseline import load, made, merged, written
    from laddercli.files import replace as put
    from laddercli.judging import judge

    finder = options.discovery(config, no_config)
    path = finder.config(".").baseline_path
    if action != "write" and not os.path.lexists(path):
        raise LadderError(f"there is no baseline {os.path.relpath(path)}", "`ladder baseline write` makes one")
    if action == "show":
        _show(load(path), output_format)
        return 0
    asked = terms.request(select, extend_select, ignore, None, None)
    job = terms.job(asked, [], finder, allow_empty=True, no_baseline=True, verbose=verbose)
    judged = judge(job.sources, job.terms)
    if terms.tell_unread(job, judged):
        raise LadderError("the baseline was left as it is", "it needs every ladder of the configuration")
    ran = job.terms.selection(".").names
    old = load(path) if os.path.lexists(path) else None
    new = merged(old, made(path, judged.findings), ran) if old else made(path, judged.findings)
    if action == "prune" and old:
        kept = set(new.entries)
        new = replace(old, entries=tuple(entry for entry in old.entries if entry in kept))
        say = f"Removed {count(len(old.entries) - len(new.entries), 'entry', 'entries')}, kept {len(new.entries):,}."
    else:
        say = f"{count(len(new.entries), 'finding')} set aside in {os.path.relpath(path)}. Commit it."
    put(path, written(new))
    print_text(f"{say}\n")
    invalid = [finding for finding in judged.findings if finding.category == "validity"]
    if invalid:
        complain(
            f"{count(len({each.path for each in invalid}), 'file')} could not be judged: `ladder validate` says why"
        )
    return 1 if invalid else 0


def _show(baseline: Baseline, output_format: str) -> None:
    if output_format == "json":
        from laddercli.exports.records import document

        print_json(document(findings=[entry._asdict() for entry in baseline.entries]))
        return
    rows = sorted(baseline.counts().items())
    width = max((len(str(number)) for _, number in rows), default=1)
    from laddercli.display import one_line

    lines = [f"{number:>{width}}  {one_line(rule)}  {one_line(file)}" for (file, rule), number in rows]
    print_text("".join(f"{line}\n" for line in lines) + f"{count(len(baseline.entries), 'finding')} set aside.\n")
