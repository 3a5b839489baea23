"""`ladder rules`: which rules there are."""

from __future__ import annotations

from laddercli.cli import options
from laddercli.cli.output import ends, print_json, print_text


@ends
def run(
    output_format: options.PageFormat = "text",
    color: options.Color = "auto",
    verbose: options.Verbose = 0,
) -> int:
    """Every rule of `ladder lint` in one line, by category, with its severity.

    Examples:
      ladder rules
      ladder rules -f json                      with everything there is to know about them
      ladder explain no-growth                  one of them in full
    """
    from laddercli.rules import rules, verdicts

    if output_format == "json":
        from laddercli.exports.records import document
        from laddercli.exports.rules import rule_record

        print_json(document(rules=[rule_record(rule) for rule in (*rules().values(), *verdicts().values())]))
        return 0
    from laddercli.cli.ladders import write_page
    from laddercli.views.rulebook import rules_page

    print_text(write_page(rules_page(rules().values()), output_format, color))
    return 0
