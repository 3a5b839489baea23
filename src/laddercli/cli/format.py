"""`ladder format`: the canonical layout."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from laddercli.cli import options
from laddercli.cli.drafts import difference, print_document
from laddercli.cli.inputs import inputs, say_configuration
from laddercli.cli.output import complain, ends, notice, print_text, screen_width, use_color
from laddercli.display import count
from laddercli.errors import Unreadable

if TYPE_CHECKING:
    from laddercli.config import Config
    from laddercli.discovery import Source
    from laddercli.document import Document
    from laddercli.findings import Finding


class _Result(NamedTuple):
    """A file, the text that it should have, and what keeps it from being formatted."""

    document: Document
    text: str
    faults: tuple[Finding, ...] = ()
    refusal: Finding | None = None

    @property
    def is_changed(self) -> bool:
        return self.text != self.document.text


@ends
def run(
    paths: options.Paths = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; say what would be formatted, and exit with 1.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Write nothing; show what would change, and exit with 1.")
    ] = False,
    stdin_filename: options.StdinFilename = None,
    config: options.ConfigPath = None,
    no_config: options.NoConfig = False,
    allow_empty: options.AllowEmpty = False,
    color: options.Color = "auto",
    quiet: options.Quiet = 0,
    verbose: options.Verbose = 0,
) -> int:
    """Indentation, spaces, blank lines and overlong paragraphs change. Words, comments and their order stay.

    Before a file is written, the new text is read again: it must say the same, with each comment at its place.
    A file with anchors is left as it is.

    Examples:
      ladder format                              all ladders of the repository
      ladder format --check                      for CI: which files would be formatted?
      ladder format --diff ladders/product.yaml  what would change?
      cat draft.yaml | ladder format - > product.yaml

    Exit codes: 0 all is formatted, 1 with --check or --diff something would change, or a file is no YAML,
    2 the job could not be done.
    """
    finder = options.discovery(config, no_config)
    unread: list[Unreadable] = []
    results: list[_Result] = []
    keeps = check or diff
    for given in inputs(paths or [], stdin_filename, finder, unread, allow_empty=allow_empty):
        if verbose:
            say_configuration(given.name, finder)
        try:
            results.append(_formatted(given, finder.config(os.path.dirname(given.name) or "."), keeps=keeps))
        except Unreadable as error:
            unread.append(error)
    for missing in unread:
        complain(missing.message, missing.help)
    if quiet < 2:
        is_filter = "-" in (paths or []) and not keeps
        _report(results, to_screen=not (is_filter or diff), color=use_color(color))
        if keeps:
            _show(results, as_diff=diff, color=use_color(color))
        if results and not is_filter and not quiet:
            _summarize(results, keeps=keeps, to_screen=not diff)
    fails = any(result.faults or (keeps and result.is_changed) for result in results)
    return 2 if unread else 1 if fails else 0


def _formatted(given: Source, settings: Config, *, keeps: bool) -> _Result:
    """Format a file or, where the text is from standard input, print what it should be. ``keeps`` does neither."""
    from laddercli.files import read, replace

    source = read(given.name) if given.text is None else given.text
    result = _result(source, given.name, settings)
    if keeps or result.faults:
        return result
    if given.text is not None:
        print_document(result.text.encode() if result.is_changed else source)
    elif result.is_changed:
        replace(given.name, result.text)
    return result


def _result(source: bytes, name: str, settings: Config) -> _Result:
    from laddercli.document import Document
    from laddercli.findings import from_fault
    from laddercli.formatter import NotFormattable, format_text, refused
    from laddercli.masking import masked

    document = Document.parse(source, name)
    if document.faults:
        faults = [from_fault(document, fault) for fault in document.faults]
        hidden = masked(faults, {name: document}, shows_pay=False, shows_notes=False)
        return _Result(document, document.text, tuple(hidden))
    try:
        return _Result(document, format_text(document, indent=settings.indent, width=settings.width))
    except NotFormattable as refusal:
        return _Result(document, document.text, refusal=refused(document, refusal))


def _report(results: list[_Result], *, to_screen: bool, color: bool) -> None:
    """Say what keeps files from being formatted: on stderr where stdout holds something else."""
    from laddercli.reporters import Report, reporter

    faults = [fault for result in results for fault in result.faults]
    if faults and to_screen:
        report = Report(tuple(faults), len(results), quiet=True, color=color, width=screen_width())
        print_text(reporter("full")(report))
    elif faults:
        for fault in faults:
            complain(f"{_place(fault)}: {fault.text}", fault.help)
    for result in results:
        if result.refusal:
            notice(f"{_place(result.refusal)}: {result.refusal.text}")


def _place(finding: Finding) -> str:
    return f"{finding.path}:{finding.span.start.line}:{finding.span.start.column}"


def _show(results: list[_Result], *, as_diff: bool, color: bool) -> None:
    """Print what would change: a line for each file, or the lines of all files."""
    from laddercli.formatter import changed
    from laddercli.reporters.concise import line

    for result in results:
        if as_diff:
            print_text(difference(result.document.path, result.document.text, result.text, color=color))
        elif finding := changed(result.document, result.text):
            print_text(f"{line(finding)}\n")


def _summarize(results: list[_Result], *, keeps: bool, to_screen: bool) -> None:
    """Say how many files were formatted, and what became of the others."""
    changed = sum(result.is_changed for result in results)
    faulty = sum(bool(result.faults) for result in results)
    left = sum(result.refusal is not None for result in results)
    fine = len(results) - changed - faulty - left
    parts = [f"{'would format' if keeps else 'formatted'} {count(changed, 'file')}"] * bool(changed)
    for number, one, more in (
        (fine, "is in order", "are in order"),
        (left, "is left alone", "are left alone"),
        (faulty, "has faults", "have faults"),
    ):
        shown = f"{number:,}" if parts else count(number, "file")
        parts += [f"{shown} {one if number == 1 else more}"] * bool(number)
    text = ", ".join(parts)
    line = f"{text[0].upper()}{text[1:]}.\n"
    print_text(line) if to_screen else sys.stderr.write(line)
