"""One line for each finding, as editors and grep like it."""

from __future__ import annotations

from laddercli.display import file_name, one_line
from laddercli.findings import Finding
from laddercli.reporters import Report


def report(report: Report) -> str:
    """A line for each finding, then the summary."""
    lines = [line(finding) for finding in report.findings]
    if not report.quiet:
        lines.append(report.summary)
    return "".join(f"{each}\n" for each in lines)


def line(finding: Finding) -> str:
    """``FILE:LINE:COL: SEVERITY[rule] message``."""
    start = finding.span.start
    place = f"{file_name(finding.path)}:{start.line}:{start.column}"
    return f"{place}: {finding.severity}[{finding.rule}] {one_line(finding.text)}"
