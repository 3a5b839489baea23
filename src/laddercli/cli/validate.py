"""`ladder validate`: is every file a ladder?"""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer

from laddercli.cli import options
from laddercli.cli.output import complain, ends, notice, print_json, print_text, screen_width, use_color
from laddercli.errors import LadderError, Unreadable
from laddercli.reporters import FORMATS, Report, reporter


@ends
def run(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATHS", help="Files and folders, or - for standard input. Default: the configured ones."
        ),
    ] = None,
    output_format: Annotated[
        list[str] | None,
        typer.Option(
            "-f",
            "--output-format",
            metavar="FORMAT[=FILE]",
            help="full, concise, json or github; with =FILE into a file. May be given several times.",
            autocompletion=options.completes(FORMATS),
        ),
    ] = None,
    stdin_filename: Annotated[
        str | None, typer.Option("--stdin-filename", metavar="PATH", help="What to call the text that `-` reads.")
    ] = None,
    config: options.ConfigPath = None,
    no_config: options.NoConfig = False,
    allow_empty: Annotated[bool, typer.Option("--allow-empty", help="Finding no ladder at all is fine.")] = False,
    audience: options.Audience = "public",
    color: options.Color = "auto",
    quiet: Annotated[
        int, typer.Option("-q", "--quiet", count=True, show_default=False, help="Findings only; -qq: nothing at all.")
    ] = 0,
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

    targets = _targets(output_format)
    loader = Loader(audience=audience)  # type: ignore[arg-type]
    finder = options.discovery(config, no_config)
    findings: list[Any] = []
    unread: list[Unreadable] = []
    count = 0
    for name, text in _inputs(paths or [], stdin_filename, finder, unread, allow_empty):
        if verbose:
            settings = finder.config(os.path.dirname(name) or ".")
            notice(f"reading {name}, configured by {os.path.relpath(settings.path) if settings.path else 'nothing'}")
        try:
            findings += loader.examine(name, text=text, name=name if text is not None else None)
            count += 1
        except Unreadable as error:
            unread.append(error)
    for missing in unread:
        complain(missing.message, missing.help)
    _print(findings, count, targets, quiet, color, silent=not count and bool(unread))
    return 2 if unread else 1 if findings else 0


def _targets(given: list[str] | None) -> list[tuple[str, str | None]]:
    """Each format with the file it goes to, None for stdout."""
    words = given or [word for word in [os.environ.get("LADDER_OUTPUT_FORMAT", "")] if word] or ["full"]
    targets = []
    for word in words:
        name, equals, file = word.partition("=")
        options.one_of(FORMATS)(name)
        if equals and not file:
            raise typer.BadParameter(f"{word!r} names no file.")
        targets.append((name, file or None))
    files = [os.path.realpath(file) for _, file in targets if file]
    if len(set(files)) < len(files):
        raise typer.BadParameter("Two formats cannot go into one file.")
    if sum(file is None for _, file in targets) > 1:
        raise typer.BadParameter("Only one format can go to the screen; give the others a file: FORMAT=FILE.")
    return targets


def _inputs(
    paths: list[str], stdin_filename: str | None, finder: Any, unread: list[Unreadable], allow_empty: bool
) -> Any:
    """Name and text of each file; the text is None where it is still to be read from the file."""
    if "-" in paths:
        from laddercli.document import MAX_BYTES

        if len(paths) > 1:
            raise LadderError("`-` reads standard input and goes with no other path")
        finder.config(os.path.dirname(stdin_filename or "") or ".")  # it may refuse to be used at all
        if sys.stdin is None:
            raise Unreadable("standard input is closed")
        # One byte more than a ladder may have says enough of a stream that never ends.
        yield stdin_filename or "-", sys.stdin.buffer.read(MAX_BYTES + 1)
        return
    if stdin_filename is not None:
        raise LadderError("--stdin-filename needs `-`, which reads standard input")
    found = finder.files(paths, unread)
    if not found and not unread and not allow_empty:
        settings = finder.config(".")
        where = ", ".join(paths) if paths else f"{', '.join(settings.ladders)} below {os.path.relpath(settings.folder)}"
        raise LadderError(
            f"no ladder found: {where}", "name a file or a folder, or say where ladders are in .ladder.yaml"
        )
    for file in found:
        yield file, None


def _print(
    findings: list[Any], count: int, targets: list[tuple[str, str | None]], quiet: int, color: str, silent: bool
) -> None:
    from laddercli.files import replace

    for name, file in targets:
        to_screen = file is None
        report = Report(
            findings=tuple(findings),
            files=count,
            quiet=quiet > 0 or silent,
            color=to_screen and name == "full" and use_color(color),
            width=screen_width(),
        )
        text = reporter(name)(report)
        if file is not None:
            replace(file, text)
        elif quiet < 2:
            (print_json if name == "json" else print_text)(text)
    if quiet < 1 and not silent and all(file for _, file in targets):
        print_text(Report(tuple(findings), count).summary + "\n")
