"""`ladder explain`: what a rule means, or a kind of change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from laddercli.cli import options
from laddercli.cli.output import ends, notice, print_json, print_text
from laddercli.errors import NotFound

if TYPE_CHECKING:
    from laddercli.changes import Kind
    from laddercli.rules import Rule


def _names(incomplete: str) -> list[str]:
    return [name for name in _known() if name.startswith(incomplete)]


def _known() -> tuple[str, ...]:
    """Every name that there is something to say about."""
    from laddercli.changes import kinds
    from laddercli.rules import rules, verdicts

    return (*rules(), *verdicts(), *kinds())


def _house_rule(name: str) -> Rule | None:
    """The company's own rule of that name, where the configuration of the working folder makes one."""
    from laddercli.config import find
    from laddercli.selection import house_rules

    return house_rules(find(".")).get(name)


@ends
def run(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="The name that a finding has in brackets, or a kind of change.", autocompletion=_names
        ),
    ],
    output_format: options.PageFormat = "text",
    color: options.Color = "auto",
    verbose: options.Verbose = 0,
) -> int:
    """What a rule wants, why, an example of what is found and of what is fine, and its options. Of a kind of change:
    what it means for people who hold a level, and why.

    Examples:
      ladder explain no-growth
      ladder explain missing-key                what `ladder validate` says is explained, too
      ladder explain compound-criterion -f markdown
      ladder explain criterion-moved            what `ladder diff` says
    """
    from laddercli.changes import kinds
    from laddercli.rules import find

    rule = find(name.strip("[]")) or _house_rule(name.strip("[]"))
    kind = kinds().get(name.strip("[]"))
    if rule is None and kind is not None:
        return _tell_kind(kind, output_format, color)
    if rule is None:
        from laddercli.findings import closest

        meant = closest(name, _known())
        help = f"did you mean `{meant}`?" if meant else "`ladder rules` lists the rules"
        raise NotFound(f"there is no rule and no kind of change `{name}`", help)
    if rule.name != name.strip("[]"):
        notice(f"`{name}` is called `{rule.name}` now")
    if output_format == "json":
        from laddercli.exports.records import document
        from laddercli.exports.rules import rule_record

        print_json(document(rules=[rule_record(rule)]))
        return 0
    from laddercli.cli.ladders import write_page
    from laddercli.views.rulebook import rule_page

    print_text(write_page(rule_page(rule), output_format, color))
    return 0


def _tell_kind(kind: Kind, output_format: str, color: str) -> int:
    if output_format == "json":
        from laddercli.exports.records import document
        from laddercli.exports.rules import kind_record

        print_json(document(kinds=[kind_record(kind)]))
        return 0
    from laddercli.cli.ladders import write_page
    from laddercli.views.kinds import kind_page

    print_text(write_page(kind_page(kind), output_format, color))
    return 0
