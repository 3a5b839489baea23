"""Amounts of pay do not show up in findings: not in the line that is shown, not in the words about it.

What is pay is told from the text alone, line by line, because the text may be too broken for a tree.
"""

from __future__ import annotations

import re
from dataclasses import replace

from laddercli.findings import Excerpt, Finding

MASK = "•••"

_AMOUNT = re.compile(r"(?<![A-Za-z0-9_.-])[-+]?[0-9][^\s,{}\[\]#`\"']*")
_PAY_KEY = re.compile(r"(?:^|[\s{,\"'])pay[\"']?\s*:")
_INDENT = re.compile(r"(?:[ \t]|-[ \t])*")


def mask(finding: Finding, lines: list[str]) -> Finding:
    """The finding without amounts of pay, where it stands in pay or shows a line with pay on it."""
    index = finding.span.start.line - 1
    start = _start_of_pay(lines, index) if index < len(lines) else None
    if start is None and "pay" not in finding.trail:
        return finding
    source = _masked(finding.source, start or 0) if finding.source else None
    if "pay" not in finding.trail and finding.trail:
        return replace(finding, source=source)
    return replace(
        finding,
        source=source,
        message=_AMOUNT.sub(MASK, finding.message),
        help=_AMOUNT.sub(MASK, finding.help) if finding.help else None,
        suggestion=_AMOUNT.sub(MASK, finding.suggestion) if finding.suggestion else None,
    )


def _masked(source: Excerpt, start: int) -> Excerpt:
    def hide(text: str) -> str:
        return text[:start] + _AMOUNT.sub(MASK, text[start:])

    shown = hide(source.text)
    return Excerpt(shown, len(hide(source.text[: source.start])), min(len(shown), len(hide(source.text[: source.end]))))


def _start_of_pay(lines: list[str], index: int) -> int | None:
    """The column where pay begins on a line, None where the line has none: behind a `pay:` on the line, or at its
    start when a line above that it belongs to says `pay:`."""
    here = _PAY_KEY.search(lines[index])
    indent = _indent(lines[index])
    for above in range(index - 1, -1, -1):
        line = lines[above]
        if not line.strip() or line.lstrip().startswith("#") or _indent(line) >= indent:
            continue
        if _PAY_KEY.search(line):
            return 0
        indent = _indent(line)
        if indent == 0:
            break
    return here.end() if here else None


def _indent(line: str) -> int:
    match = _INDENT.match(line)
    return match.end() if match else 0
