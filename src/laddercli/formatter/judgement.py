"""What there is to say about the layout of a file, as findings."""

from __future__ import annotations

from itertools import zip_longest

from laddercli.document import Document
from laddercli.findings import Excerpt, Finding, Severity
from laddercli.formatter.canonical import INDENT, WIDTH, format_text
from laddercli.formatter.source import NotFormattable
from laddercli.nodes import Mark, Span, split_lines

UNFORMATTED = "unformatted"
NOT_FORMATTABLE = "not-formattable"
CATEGORY = "format"


def unformatted(document: Document, indent: int = INDENT, width: int = WIDTH) -> Finding | None:
    """The finding for a file whose layout is not canonical, or whose layout is left as it is, with the reason. None
    where all is well, and where the text has faults, which are told elsewhere."""
    if document.faults:
        return None
    try:
        return changed(document, format_text(document, indent=indent, width=width))
    except NotFormattable as refusal:
        return refused(document, refusal)


def refused(document: Document, refusal: NotFormattable) -> Finding:
    """The finding for a file that is left as it is."""
    return _finding(document, NOT_FORMATTABLE, Severity.INFO, refusal.message, refusal.span)


def changed(document: Document, formatted: str) -> Finding | None:
    """The finding for a file that would be formatted, at the first line that differs."""
    if formatted == document.text:
        return None
    span = _first_difference(document.lines, split_lines(formatted))
    message = "the layout is not the one that `ladder format` gives"
    return _finding(document, UNFORMATTED, Severity.ERROR, message, span, f"run: ladder format {document.path}")


def _first_difference(old: list[str], new: list[str]) -> Span:
    """Where two texts begin to differ: the first line of the old one where it is only about the ends of lines."""
    lines = zip_longest(old, new)
    row = next((row for row, (one, other) in enumerate(lines) if one != other), 0)
    if row == len(old):  # the last line has no end
        return Span(Mark(row, len(old[-1]) + 1), Mark(row, len(old[-1]) + 2))
    line, other = old[row], new[row] if row < len(new) else ""
    columns = enumerate(zip(line, other, strict=False))
    column = next((column for column, (one, other) in columns if one != other), min(len(line), len(other)))
    return Span(Mark(row + 1, column + 1), Mark(row + 1, max(len(line), column + 1) + 1))


def _finding(
    document: Document, rule: str, severity: Severity, message: str, span: Span, help: str | None = None
) -> Finding:
    line = document.lines[span.start.line - 1]
    excerpt = Excerpt(line, span.start.column - 1, span.end.column - 1)
    return Finding(rule, severity, CATEGORY, message, document.path, span, help=help, source=excerpt)
