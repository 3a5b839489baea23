"""What commands share when they print: streams, colors, widths, and the way they end."""

from __future__ import annotations

import functools
import os
import shutil
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import typer

from laddercli.display import visible
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
        try:
            code = run(*args, **kwargs)
        except LadderError as error:
            complain(error.message, error.help)
            code = 2
        except BrokenPipeError:
            code = _reader_gone()
        except KeyboardInterrupt:
            code = 130
        except typer.Exit:
            raise
        except OSError as error:
            complain(f"cannot write: {error.strerror or error}")
            code = 2
        except Exception as error:
            if kwargs.get("verbose", 0) > 1:
                raise
            complain(f"ladder failed: {type(error).__name__}: {error}", "this is a bug; `-vv` shows where it happened")
            code = 2
        raise typer.Exit(code or 0)

    return wrapped  # type: ignore[return-value]


def _reader_gone() -> int:
    """Point stdout at nothing, so that the interpreter does not complain on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141  # as a shell reports a command that the closed pipe ended


def complain(message: str, help: str | None = None) -> None:
    """Say on stderr why the job cannot be done."""
    sys.stderr.write(f"error: {visible(message)}\n")
    if help:
        sys.stderr.write(f"  help: {visible(help)}\n")


def notice(message: str) -> None:
    """Tell something on stderr that is no finding."""
    sys.stderr.write(f"note: {visible(message)}\n")


def print_text(text: str) -> None:
    """Write a finished text to stdout."""
    sys.stdout.write(_defused(text))
    sys.stdout.flush()


def _defused(text: str) -> str:
    """Without what a CI log would take for a command of its own, wherever in a line it stands."""
    if "##" in text and (os.environ.get("GITHUB_ACTIONS") or os.environ.get("TF_BUILD")):
        return text.replace("##[", "# #[").replace("##vso[", "# #vso[")
    return text


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
