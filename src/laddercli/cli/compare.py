"""`ladder compare`: what separates two levels?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from laddercli.cli import options
from laddercli.cli.output import ends, print_json, print_text
from laddercli.errors import LadderError, NotFound
from laddercli.findings import closest

if TYPE_CHECKING:
    from laddercli.comparison import Comparison
    from laddercli.ladder import Position


@ends
def run(
    levels: Annotated[
        list[str],
        typer.Argument(
            metavar="LEVEL",
            help="Levels by id, code or title, of any tracks and ladders. One alone: with the next of its track.",
            autocompletion=options.complete_levels,
        ),
    ],
    peer: Annotated[bool, typer.Option("--peer", help="Compare one level with its peers on the other tracks.")] = False,
    brief: Annotated[bool, typer.Option("--brief", help="Stop after overview and summaries: one screen.")] = False,
    only_differences: Annotated[
        bool, typer.Option("--only-differences", help="Hide equal steps, equal figures and equal cells.")
    ] = False,
    measures: options.Measures = None,
    words: Annotated[
        bool, typer.Option("--words", help="Mark the words that differ between sentences that are near twins.")
    ] = False,
    output_format: options.PageFormat = "text",
    audience: options.Audience = "public",
    config: options.ConfigPath = None,
    no_config: options.NoConfig = False,
    color: options.Color = "auto",
    verbose: options.Verbose = 0,
) -> int:
    """The answer comes first: which steps rise. Then the text, measure by measure, in columns.

    Criteria of two levels do not correspond, so they stand as lists. Figures do, and get one table by metric.

    Examples:
      ladder compare senior-pm staff-pm            two levels
      ladder compare senior-pm                     with the next level of the track
      ladder compare staff-pm --peer               with the manager at the same grade
      ladder compare staff-pm group-pm --brief     one screen
      ladder compare staff-pm staff-engineer -m leadership
      ladder compare staff-pm@v1.0 staff-pm        one level then and now
    """
    from laddercli.cli.ladders import Shelf, write_page
    from laddercli.comparison import compare

    with Shelf(options.discovery(config, no_config), audience, verbose) as shelf:
        comparison = _only(compare(*_positions([shelf.level(name) for name in levels], peer)), measures)
        if output_format == "json":
            from laddercli.exports.records import comparison_records, document

            print_json(document(**comparison_records(comparison)))
            return 0
        from laddercli.views.side_by_side import Options, comparison_page

        page = comparison_page(comparison, Options(brief, only_differences, words))
        print_text(write_page(page, output_format, color))
        return 0


def _positions(given: list[Position], peer: bool) -> list[Position]:
    """The levels to compare; one alone goes with its peers or with the next of its track."""
    if peer and len(given) > 1:
        raise LadderError("--peer goes with one level")
    if len(given) > 1:
        return given
    (only,) = given
    if peer:
        others = only.ladder.peers(only.level)
        if not others:
            raise LadderError(f"`{only.level.id}` has no peer on another track")
        return [only, *(only.ladder.position(other.id) for other in others)]
    above = only.ladder.next(only.level)
    if above is None:
        help = f"name a level to compare it with: ladder compare {only.level.id} LEVEL"
        raise LadderError(f"`{only.level.id}` is the highest level of its track", help)
    return [only, only.ladder.position(above.id)]


def _only(comparison: Comparison, measures: list[str] | None) -> Comparison:
    """The rows of the measures that were named; all of them where none was."""
    if not measures:
        return comparison
    wanted = {_measure(name, comparison) for name in measures}
    return replace(comparison, rows=tuple(row for row in comparison.rows if row.id in wanted))


def _measure(name: str, comparison: Comparison) -> str:
    """The id of the measure of that id or name."""
    for row in comparison.rows:
        if name == row.id or name.casefold() == row.name.casefold():
            return row.id
    meant = closest(name, [word for row in comparison.rows for word in (row.id, row.name)])
    hint = f"did you mean `{meant}`?" if meant else f"there are: {', '.join(row.id for row in comparison.rows)}"
    raise NotFound(f"these levels have no measure `{name}`; {hint}")
