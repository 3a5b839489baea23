"""`ladder completion`: names completed by the shell."""

from __future__ import annotations

from typing import Annotated

import typer

from laddercli.cli import options
from laddercli.cli.output import ends, print_text

SHELLS = ("bash", "zsh", "fish")


@ends
def run(
    shell: Annotated[
        str,
        typer.Argument(
            metavar="bash|zsh|fish",
            help="The shell to print the script for.",
            callback=options.one_of(SHELLS),
            autocompletion=options.completes(SHELLS),
        ),
    ],
) -> int:
    """With the script loaded, the shell completes commands, options, and the names of your levels and ladders.

    Examples:
      ladder completion bash >> ~/.bashrc
      ladder completion zsh > "${fpath[1]}/_ladder"
      ladder completion fish > ~/.config/fish/completions/ladder.fish
    """
    from typer.completion import completion_init, get_completion_script  # type: ignore[attr-defined]

    completion_init()
    print_text(get_completion_script(prog_name="ladder", complete_var="_LADDER_COMPLETE", shell=shell) + "\n")
    return 0
