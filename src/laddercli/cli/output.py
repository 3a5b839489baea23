"""What commands share when they print: streams, colors, widths, and the way they end."""

from __future__ import annotations

import functools
import io
import os
import shutil
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import typer

from laddercli.display import one_line, without_commands, without_line_commands
from laddercli.errors import LadderError

Run = TypeVar("Run", bound=Callable[..., Any])

# Piped output has a stable width, whatever terminal happens to be around.
PIPED_WIDTH = 100
# rich and readers have little use for more, and a page drawn for millions of columns takes its time.
WIDEST = 400


def ends(run: Run) -> Run:
    """Let a command end the way all commands end: 2 and a message when the job could not be done, 130 on Ctrl-C,
    quietly when the reader of its output has gone. A traceback is shown on request only."""

    @functools.wraps(run)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        """Run the command and end as its exit code says."""
        try:
            code = run(*args, **kwargs)
        except KeyboardInterrupt:
            code = 130
        except (typer.Exit, typer.BadParameter):
            raise
        except Exception as error:
            code = failed(error, verbose=kwargs.get("verbose", 0) > 1)
        raise typer.Exit(code or 0)

    return wrapped  # type: ignore[return-value]


def failed(error: Exception, *, verbose: bool = False) -> int:
    """Say why the job could not be done; the result is the exit code."""
    if isinstance(error, BrokenPipeError):
        return _reader_gone()
    if isinstance(error, LadderError):
        complain(error.message, error.help)
    elif isinstance(error, FileNotFoundError) and error.filename is None:
        complain("the working folder does not exist any more")
    elif isinstance(error, OSError):
        where = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else "cannot write: "
        complain(f"{where}{error.strerror or error}")
    else:
        help = None if verbose else "this is a bug; `-vv` shows where it happened"
        complain(f"ladder failed: {type(error).__name__}: {error}", help)
    if verbose and not isinstance(error, LadderError):
        import traceback

        traceback.print_exception(error)
    return 2


def _reader_gone() -> int:
    """Point stdout at nothing, so that the interpreter does not complain on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141  # as a shell reports a command that the closed pipe ended


def complain(message: str, help: str | None = None) -> None:
    """Say on stderr why the job cannot be done."""
    sys.stderr.write(_defused(f"error: {one_line(message)}\n"))
    if help:
        sys.stderr.write(_defused(f"  help: {one_line(help)}\n"))


def notice(message: str) -> None:
    """Tell something on stderr that is no finding."""
    sys.stderr.write(_defused(f"note: {one_line(message)}\n"))


def print_text(text: str) -> None:
    """Write a finished text to stdout."""
    sys.stdout.write(_defused(text))
    sys.stdout.flush()


def print_json(text: str) -> None:
    """Write a JSON document to stdout. JSON is UTF-8, whatever the terminal speaks."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(text)
    sys.stdout.flush()


def _defused(text: str) -> str:
    return without_commands(text) if os.environ.get("GITHUB_ACTIONS") or os.environ.get("TF_BUILD") else text


def in_log(text: str) -> str:
    """A page as it may stand in the log of GitHub, where a line that begins with two colons is a command."""
    return without_line_commands(text) if os.environ.get("GITHUB_ACTIONS") else text


def use_color(choice: str, stream: Any = None) -> bool:
    """Whether to color: the flag, then NO_COLOR, then FORCE_COLOR, then whether a terminal is there to see it."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR")
    if forced is not None and forced != "":
        return forced != "0"
    return (stream or sys.stdout).isatty() and os.environ.get("TERM") != "dumb"


def screen_width() -> int:
    """The width to write for, in cells: COLUMNS, else the terminal's, else a stable one."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and columns.isascii() and int(columns[:6]) > 0:
        return max(20, min(int(columns[:6]), WIDEST))
    if sys.stdout.isatty():
        return max(20, min(shutil.get_terminal_size((PIPED_WIDTH, 24)).columns, WIDEST))
    return PIPED_WIDTH


def is_ascii(stream: Any = None) -> bool:
    """Whether stdout can show nothing but ASCII."""
    try:
        "■↑•─".encode((stream or sys.stdout).encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return True
    return False
