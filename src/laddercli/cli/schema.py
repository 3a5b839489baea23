"""`ladder schema`: the JSON Schema of the format."""

from __future__ import annotations

from typing import Annotated

import typer

from laddercli.cli import options
from laddercli.cli.output import ends, print_text

SCHEMAS = ("ladder",)


@ends
def run(
    name: Annotated[
        str,
        typer.Argument(
            metavar="[ladder]",
            help="Which schema to print.",
            callback=options.one_of(SCHEMAS),
            autocompletion=options.completes(SCHEMAS),
        ),
    ] = "ladder",
) -> int:
    """Editors complete keys and show what is wrong when they know the schema. Put this on top of a ladder:

    \b
    # yaml-language-server: $schema=path/to/ladder.schema.json

    Examples:
      ladder schema > ladder.schema.json
    """
    from laddercli.data import path

    with open(path(f"ladder/{name}.schema.json"), encoding="utf-8") as file:
        print_text(file.read())
    return 0
