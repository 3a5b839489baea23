"""`ladder show`: a level in full."""

from __future__ import annotations

from typing import Annotated

import typer

from laddercli.cli import options
from laddercli.cli.output import ends, print_json, print_text


@ends
def run(
    levels: Annotated[
        list[str],
        typer.Argument(
            metavar="LEVEL",
            help="Levels by id, code or title: staff-pm, IC4, product-management:staff-pm, staff-pm@v1.0.",
            autocompletion=options.complete_levels,
        ),
    ],
    resolved: Annotated[
        bool, typer.Option("--resolved", help="Print in full what the level takes over from other levels.")
    ] = False,
    output_format: options.PageFormat = "text",
    audience: options.Audience = "public",
    config: options.ConfigPath = None,
    no_config: options.NoConfig = False,
    color: options.Color = "auto",
    verbose: options.Verbose = 0,
) -> int:
    """What the level is, what it asks for in every measure, how one can tell, and where one goes from there.

    Examples:
      ladder show staff-pm
      ladder show "Group Product Manager"
      ladder show staff-pm@v1.0                    as it was at a tag, branch or commit
      ladder show product-management:IC4 --audience confidential    with pay and notes
      ladder show staff-pm -f markdown > staff-pm.md
    """
    from laddercli.cli.ladders import Shelf, write_page

    with Shelf(options.discovery(config, no_config), audience, verbose) as shelf:
        positions = [shelf.level(name) for name in levels]
        if output_format == "json":
            from laddercli.exports.records import document, level_records

            print_json(document(levels=level_records(positions)))
            return 0
        from laddercli.views.level import level_page

        pages = [
            write_page(level_page(each, resolved=resolved, scope=shelf.scope(each)), output_format, color)
            for each in positions
        ]
        print_text("\n".join(pages))
        return 0
