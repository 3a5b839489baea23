"""How often each rule speaks, in place of the findings: where to begin with a ladder that has many."""

from __future__ import annotations

from collections import Counter

from laddercli.display import one_line
from laddercli.findings import Severity
from laddercli.reporters import Report


def report(report: Report) -> str:
    """A line for each rule, the most frequent first, then the summary."""
    numbers = Counter((finding.rule, finding.severity) for finding in report.findings)
    order = sorted(numbers, key=lambda each: (-numbers[each], list(Severity).index(each[1]), each[0]))
    rows = [(f"{numbers[each]:,}", str(each[1]), one_line(each[0]), _fixes(report, *each)) for each in order]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    lines = [
        f"{number:>{widths[0]}}  {severity:<{widths[1]}}  {rule:<{widths[2]}}  {fixes}".rstrip()
        for number, severity, rule, fixes in rows
    ]
    if not report.quiet:
        lines += [*([""] if lines else []), report.summary]
    return "".join(f"{each}\n" for each in lines)


def _fixes(report: Report, rule: str, severity: Severity) -> str:
    """How many findings of a rule a program can mend, and with which flag."""
    patches = [each.patch for each in report.findings if each.patch and (each.rule, each.severity) == (rule, severity)]
    safe = sum(patch.safe for patch in patches)
    ways = [(safe, "--fix"), (len(patches) - safe, "--unsafe-fixes")]
    return ", ".join(f"{number:,} with {flag}" for number, flag in ways if number)
