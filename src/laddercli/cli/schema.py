"""`ladder schema`: JSON Schemas, of the format and of what the commands print as JSON."""

from __future__ import annotations

from typing import Annotated

import typer

from laddercli.cli import options
from laddercli.cli.output import ends, print_json

SCHEMAS = ("ladder", "findings", "changes")


@ends
def run(
    name: Annotated[
        str,
        typer.Argument(
            metavar="|".join(SCHEMAS),
            help="What to print the schema of: a ladder file, or the findings or changes that `-f json` prints.",
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
      ladder schema findings > findings.schema.json
      ladder schema changes > changes.schema.json
    """
    from laddercli.exports.schemas import text

    print_json(text(name))
    return 0
