"""`ladder completion`: names completed by the shell."""

from __future__ import annotations

from typing import Annotated

import typer

from laddercli.cli import options
from laddercli.cli.output import ends, print_text

SHELLS = ("bash", "zsh", "fish")

# typer's own script hands over words as bash splits them, and bash splits `product-management:staff-pm@v1.0` at its
# colon and its `@`. Here the parts are joined before they are completed, and what stands before the last of these
# signs, which bash keeps on the line, is taken off the answers.
_BASH = r"""_ladder_completion() {
    local IFS=$'\n' index last=0 before rest
    local -a words=("${COMP_WORDS[0]}")
    for ((index = 1; index <= COMP_CWORD; index++)); do
        if ((last > 0)) && [[ ${COMP_WORDS[index]} == [:@]* || ${words[last]} == *[:@] ]]; then
            words[last]+=${COMP_WORDS[index]}
        else
            words[++last]=${COMP_WORDS[index]}
        fi
    done
    rest=${words[last]}
    if [[ $COMP_WORDBREAKS == *:* ]]; then rest=${rest##*:}; fi
    if [[ $COMP_WORDBREAKS == *@* ]]; then rest=${rest##*@}; fi
    before=${words[last]%"$rest"}
    COMPREPLY=($(env COMP_WORDS="${words[*]}" COMP_CWORD="$last" _LADDER_COMPLETE=complete_bash "$1"))
    COMPREPLY=("${COMPREPLY[@]#"$before"}")
    return 0
}

complete -o default -F _ladder_completion ladder
"""


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
    script = get_completion_script(prog_name="ladder", complete_var="_LADDER_COMPLETE", shell=shell)
    print_text(_BASH if shell == "bash" else f"{script}\n")
    return 0
