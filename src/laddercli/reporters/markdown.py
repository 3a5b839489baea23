"""Markdown for the comment on a pull request or the summary of a job: a table for each file.

Nothing from a ladder becomes a link, a mention or markup, and no text of it ends a table.
"""

from __future__ import annotations

import re
from itertools import groupby

from laddercli.blocks import Block, Heading, Page, Paragraph, Table, Text, code, plain
from laddercli.display import count, one_line
from laddercli.findings import Finding
from laddercli.reporters import Report, help_beside_fix
from laddercli.writers.markdown import write

# A table with more rows than this is folded.
_LONG = 10
_HEADS = tuple(plain(head) for head in ("Line", "Severity", "Rule", "Message"))
# GitHub makes links of bare addresses, of mail addresses, and of its own short names for issues.
_LINKS = re.compile(r":(?=//)|\bwww(?=\.)|@(?=\w)|\bGH-(?=\d)|\b(?:mailto|xmpp):", re.IGNORECASE)
_GAP = "\u200b"
_CODE = re.compile(r"`([^`|\n]+)`")


def report(report: Report) -> str:
    """What was found as the heading, then the files; one line of text where nothing was found."""
    if not report.findings:
        return "" if report.quiet else _written(Paragraph(plain(report.summary)))
    parts = [] if report.quiet else [_written(Heading(plain(report.summary)))]
    for path, group in groupby(report.findings, key=lambda finding: finding.path):
        parts.append(_file(path, list(group)))
    return "\n".join(parts)


def _file(path: str, findings: list[Finding]) -> str:
    name = _written(Paragraph(_name(one_line(path))))
    table = _written(Table(tuple(_row(finding) for finding in findings), _HEADS))
    if len(findings) <= _LONG:
        return f"{name}\n{table}"
    # The name stays outside: within HTML another escaping would be needed.
    return f"{name}\n<details><summary>{count(len(findings), 'finding')}</summary>\n\n{table}\n</details>\n"


def _row(finding: Finding) -> tuple[Text, ...]:
    return (
        plain(str(finding.span.start.line)),
        plain(str(finding.severity)),
        _name(one_line(finding.rule)),
        _message(finding),
    )


def _message(finding: Finding) -> Text:
    lines = [finding.text]
    if help := help_beside_fix(finding):
        lines.append(f"help: {help}")
    if finding.patch:
        lines.append(f"fix: {finding.patch.message}")
    # A newline between them is a break that we mean, any other is shown.
    return _words("\n".join(one_line(line) for line in lines))


def _words(text: str) -> Text:
    """Text in which what stands between backticks is code, where code can show it in a table."""
    parts = enumerate(_CODE.split(text))
    return tuple(span for index, part in parts for span in (code(part) if index % 2 else plain(_inert(part))))


def _name(text: str) -> Text:
    """A name as code, where code can show it in a table."""
    return plain(_inert(text)) if "|" in text or not text.strip() else code(text)


def _inert(text: str) -> str:
    """The text with an invisible gap where GitHub would see an address."""
    return _LINKS.sub(rf"\g<0>{_GAP}", text)


def _written(block: Block) -> str:
    return write(Page((block,)))
