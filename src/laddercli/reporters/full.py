"""For people: each finding with its line, the place underlined, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.display import one_line
from laddercli.findings import Excerpt, Finding, Neighbor, Severity
from laddercli.reporters import Report

_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
# A line longer than the screen is shown around its finding, with at least this much before it.
_BEFORE = 20


def report(report: Report) -> str:
    """Every finding in a few lines, then the summary."""
    blocks = ["\n".join(_lines(finding, report)) for finding in report.findings]
    if not report.quiet:
        blocks.append(report.summary)
    separator = "\n\n" if report.findings else "\n"
    return separator.join(blocks) + "\n" if blocks else ""


def _lines(finding: Finding, report: Report) -> Iterator[str]:
    paint = _paint if report.color else _no_paint
    color = _COLORS[finding.severity]
    title = paint(f"{finding.severity}[{finding.rule}]", f"1;{color}")
    yield f"{title}: {paint(one_line(finding.text), '1')}"
    start = finding.span.start
    number = str(start.line)
    gutter = " " * len(number)
    trail = f"  ({one_line(' › '.join(finding.trail))})" if finding.trail else ""
    yield f"{gutter}{paint('-->', '34')} {one_line(finding.path)}:{start.line}:{start.column}{trail}"
    if finding.source is not None:
        source, caret = _frame(finding.source, max(40, report.width - len(number) - 3))
        yield f"{gutter} {paint('|', '34')}"
        yield f"{paint(number, '34')} {paint('|', '34')} {source}".rstrip()
        yield f"{gutter} {paint('|', '34')} {paint(caret, color)}"
    for label, text in _ways_out(finding):
        yield f"{gutter} {paint('=', '34')} {label}: {text}"


def _ways_out(finding: Finding) -> Iterator[tuple[str, str]]:
    if finding.help:
        yield "help", one_line(finding.help)
    for related in finding.related:
        yield "note", _neighbor(related)


def _neighbor(related: Neighbor) -> str:
    return f"{one_line(related.label)} {one_line(related.path)}:{related.mark.line}"


def _frame(source: Excerpt, width: int) -> tuple[str, str]:
    """The line with its carets below, cut to the width around the place. Columns are cells on the screen."""
    line, start, end = source
    # What is far away need not be measured: each character takes a cell at least, or hardly any come in a row.
    left, right = max(0, start - 2 * width), min(len(line), start + 2 * width)
    before = one_line(line[left:start])
    marked = one_line(line[start : min(end, right)])
    after = one_line(line[max(start, min(end, right)) : right])
    if left or right < len(line) or _cells(before + marked + after) > width:
        space = max(_BEFORE, width - _cells(marked) - 1)  # the place itself matters most, then what leads to it
        if left or _cells(before) > space:
            before = "…" + _last(before, space - 1)
        room = width - _cells(before)
        if right < len(line) or _cells(marked + after) > room:
            marked = _first(marked, room - 1)
            after = _first(after, room - 1 - _cells(marked)) + "…"
    return before + marked + after, " " * _cells(before) + "^" * max(1, _cells(marked))


def _first(text: str, cells: int) -> str:
    """The beginning of a text that takes no more than so many cells."""
    text = text[: max(0, cells)]
    while _cells(text) > cells:
        text = text[: len(text) - max(1, (_cells(text) - cells) // 2)]
    return text


def _last(text: str, cells: int) -> str:
    """The end of a text that takes no more than so many cells."""
    text = text[-cells:] if cells > 0 else ""
    while _cells(text) > cells:
        text = text[max(1, (_cells(text) - cells) // 2) :]
    return text


def _cells(text: str) -> int:
    """How many cells the text takes on a screen."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _paint(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _no_paint(text: str, code: str) -> str:
    return text
