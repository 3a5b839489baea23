"""Workflow commands that GitHub shows beside the changed lines.

Escaping and limits are those of GitHub's documentation and of actions/toolkit: ten annotations of a severity for a
step. What goes beyond is printed as plain lines, so that the log has all of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from laddercli.display import visible, without_commands
from laddercli.findings import Finding, Severity
from laddercli.reporters import Report, advice
from laddercli.reporters.concise import line
from laddercli.repository import Names

LIMIT = 10

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def report(report: Report) -> str:
    """A command for each finding up to the limit, errors first, then the rest as lines."""
    names = Names()
    lines: list[str] = []
    rest: list[Finding] = []
    for severity in Severity:
        findings = [finding for finding in report.findings if finding.severity is severity]
        lines += [_command(finding, names.of(finding.path)) for finding in findings[:LIMIT]]
        rest += findings[LIMIT:]
    lines += [f"  {line(finding)}" for finding in rest]
    if rest:
        lines.append(f"{len(rest)} more than GitHub shows beside the lines: see above")
    if not report.quiet:
        lines.append(report.summary)
    return without_commands("".join(f"{each}\n" for each in lines))


def _command(finding: Finding, path: str) -> str:
    start, end = finding.span
    properties = {"title": finding.rule, "file": path, "line": start.line, "endLine": end.line}
    if start.line == end.line:  # GitHub refuses columns across lines
        properties |= {"col": start.column, "endColumn": end.column}
    way_out = advice(finding)
    message = f"{finding.text} ({way_out})" if way_out else finding.text
    return command(finding.severity, properties, message)


def command(severity: Severity, properties: Mapping[str, object], message: str) -> str:
    """The command that shows a message beside a line, escaped so that no text can begin another command."""
    shown = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[severity]} {shown}::{_message(message)}"


def _message(text: str) -> str:
    return visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
