"""The app: which commands there are, and what happens around each of them."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

# Help texts and command names live here, so that `ladder --help` need not import the commands.
COMMANDS = {
    "validate": "Check that files are ladders: the line for CI.",
    "lint": "Judge ladders: parity, progress, measures and wording.",
    "format": "Lay files out in one way, with every comment kept.",
    "check": "Validate, lint and check the layout: one line for CI.",
    "list": "Show ladders as one picture: tracks side by side, by grade.",
    "show": "Show a level in full.",
    "compare": "Show levels side by side: what separates them?",
    "diff": "Show what changed between versions, and whom it asks for more.",
    "log": "Show what changed in a level or a ladder, commit by commit.",
    "rules": "List the rules of lint.",
    "explain": "Explain a rule or a kind of change, with examples.",
    "baseline": "Set aside the findings of today, so that only new ones fail.",
    "schema": "Print the JSON Schema of the format, for editors.",
    "completion": "Print the script that completes names in a shell.",
    "git-textconv": "Print a ladder as facts, for `git diff` and `git log -p`.",
}

HELP = """
Career ladders as YAML: validate them in CI, compare levels in a terminal.

A ladder has parallel tracks, for individual contributors and for managers, on one scale of grades; the same few
measures describe every level.

\b
Examples:
  ladder validate                        check every ladder of this repository
  ladder list                            see the tracks side by side
  ladder compare staff-pm group-pm       see what separates two levels
"""


class _AsGiven:
    """Takes values of a parameter as they are when they have its type, as text of the command line has.

    typer would build a pydantic adapter for each parameter of each run, which costs more than reading a ladder. It
    still does for a value that needs one.
    """

    def __init__(self, parameter: Any) -> None:
        self._kind = parameter.type_descriptor.annotation
        self._typer = parameter.get_runtime_param

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Give the value of a parameter to the command."""
        if value is None or value == ():
            return () if param.multiple or param.nargs == -1 else None
        if isinstance(self._kind, type) and isinstance(value, self._kind):
            return value
        if self._kind == list[str]:
            return list(value)
        return self._typer().coerce(value, param=param, ctx=ctx)


class _Light:
    """A command whose parameters cost nothing until they are used."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters of the command, `--help` among them."""
        parameters: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for parameter in parameters:
            if "get_runtime_param" not in vars(parameter):
                as_given = _AsGiven(parameter)
                parameter.get_runtime_param = lambda taken=as_given: taken
        return parameters


class Command(_Light, TyperCommand):
    """A command of `ladder`."""


class Commands(_Light, TyperGroup):
    """The commands, each imported when it is called."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commands = dict.fromkeys(COMMANDS)  # type: ignore[assignment]  # for "did you mean" and for listing

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, None where there is none."""
        return command(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def command(name: str) -> Any:
    """The command of that name, made from its module: the function `run`, with its docstring as the help."""
    module = import_module(f"laddercli.cli.{name.replace('-', '_')}")
    single = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
    single.command(name, cls=Command, help=f"{COMMANDS[name]}\n\n{_help(module.run)}")(module.run)
    return typer.main.get_command(single)


def _help(function: Callable[..., Any]) -> str:
    return inspect.cleandoc(function.__doc__ or "").replace("Examples:", "\b\nExamples:")


def app() -> Any:
    """The whole command line as typer's own command."""
    root = typer.Typer(
        name="ladder",
        cls=Commands,
        help=HELP,
        no_args_is_help=True,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )

    @root.callback()
    def options(
        version: bool = typer.Option(False, "--version", "-V", help="Print the version and leave.", is_eager=True),
    ) -> None:
        if version:
            from laddercli import __version__

            typer.echo(f"ladder {__version__}")
            raise typer.Exit

    return typer.main.get_command(root)


def run(arguments: list[str]) -> int:
    """Run the command line; the result is the exit code: 0, 1 for findings, 2 when the job could not be done."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if "_LADDER_COMPLETE" in os.environ:
        from typer.completion import completion_init  # type: ignore[attr-defined]

        completion_init()
    try:
        app()(args=arguments, prog_name="ladder")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0 if end.code is None else 2
    except Exception as error:  # outside of any command, such as help for a disk that is full
        from laddercli.cli.output import failed

        return failed(error, verbose="-vv" in arguments)
    return 0
