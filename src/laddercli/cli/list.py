"""`ladder list`: the tracks of a ladder as one picture."""

from __future__ import annotations

from typing import Annotated

import typer

from laddercli.cli import options
from laddercli.cli.output import ends, print_json, print_text


@ends
def run(
    ladders: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="LADDER",
            help="Ids or paths of ladders, @REVISION behind them. Default: the configured ones.",
            autocompletion=options.complete_ladders,
        ),
    ] = None,
    about: Annotated[
        bool, typer.Option("--about", help="Then what a reader needs to know: sections, grades, measures, words.")
    ] = False,
    output_format: options.PageFormat = "text",
    audience: options.Audience = "public",
    config: options.ConfigPath = None,
    no_config: options.NoConfig = False,
    color: options.Color = "auto",
    verbose: options.Verbose = 0,
) -> int:
    """Each row is a grade, highest on top; levels in one row are peers, and a missing peer is a hole one sees.

    Examples:
      ladder list                                 every ladder of the repository
      ladder list product-management --about      one ladder, with how to read it
      ladder list product-management@HEAD~3       as it was three commits ago
      ladder list --audience internal             with pay, where that audience may see it
      ladder list -f json | jq '.ladders[].id'    for programs
    """
    from laddercli.cli.ladders import Shelf, write_page

    with Shelf(options.discovery(config, no_config), audience, verbose) as shelf:
        found = shelf.all(ladders or [])
        if output_format == "json":
            from laddercli.exports.records import document, ladder_record

            print_json(document(ladders=[ladder_record(ladder) for ladder in found]))
            return 0
        from laddercli.views.overview import overview_page

        print_text("\n".join(write_page(overview_page(ladder, about=about), output_format, color) for ladder in found))
        return 0
