"""`ladder explain`: what a rule means."""

from __future__ import annotations

from typing import Annotated

import typer

from laddercli.cli import options
from laddercli.cli.output import ends, notice, print_json, print_text
from laddercli.errors import NotFound


def _names(incomplete: str) -> list[str]:
    from laddercli.rules import rules, verdicts

    return [name for name in (*rules(), *verdicts()) if name.startswith(incomplete)]


@ends
def run(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The name that a finding has in brackets.", autocompletion=_names)
    ],
    output_format: options.PageFormat = "text",
    color: options.Color = "auto",
    verbose: options.Verbose = 0,
) -> int:
    """What the rule wants, why, an example of what is found and of what is fine, and its options.

    Examples:
      ladder explain no-growth
      ladder explain missing-key                what `ladder validate` says is explained, too
      ladder explain compound-criterion -f markdown
    """
    from laddercli.rules import find, rules, verdicts

    rule = find(name.strip("[]"))
    if rule is None:
        from laddercli.findings import closest

        meant = closest(name, (*rules(), *verdicts()))
        help = f"did you mean `{meant}`?" if meant else "`ladder rules` lists them"
        raise NotFound(f"there is no rule `{name}`", help)
    if rule.name != name.strip("[]"):
        notice(f"`{name}` is called `{rule.name}` now")
    if output_format == "json":
        from laddercli.exports.records import document, rule_record

        print_json(document(rules=[rule_record(rule)]))
        return 0
    from laddercli.cli.ladders import write_page
    from laddercli.views.rulebook import rule_page

    print_text(write_page(rule_page(rule), output_format, color))
    return 0
