"""For people: each finding with its line, the place underlined, and what to write instead.

What there is to read about a rule is named once in a run, at its first finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from laddercli.display import one_line
from laddercli.findings import Excerpt, Finding, Neighbor, Severity
from laddercli.reporters import Report, help_beside_fix

_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
# Findings of these categories are opinions about words. Of more than so many of a rule, the worst are shown.
_GROUPED = ("wording", "inclusion")
_MANY, _WORST = 4, 3
_Group = tuple[Severity, str]
# A line longer than the screen is shown around its finding, with at least this much before it.
_BEFORE = 20


def report(report: Report) -> str:
    """The findings in a few lines each, then the summary."""
    shown, rest = _shown(report)
    explained: set[str] = set()
    blocks = []
    for finding in shown:
        # What `validate` says is not a matter of opinion, and its messages say it all.
        explains = report.work != "validate" and finding.rule not in explained
        blocks.append("\n".join(_lines(finding, report, explains=explains)))
        explained.add(finding.rule)
    if rest:
        blocks.append("\n".join(_rest(rest, report)))
    if not report.quiet:
        blocks.append(report.summary)
    separator = "\n\n" if report.findings else "\n"
    return separator.join(blocks) + "\n" if blocks else ""


def _shown(report: Report) -> tuple[tuple[Finding, ...], dict[_Group, int]]:
    """The findings to print, and for the groups of which not all are among them how many are left out.

    A rule about words may speak in every other line. Its worst findings say what it means as well as all of them
    would, and leave the others of the report visible.
    """
    if report.everything:
        return report.findings, {}
    groups: dict[_Group, list[int]] = {}
    for index, finding in enumerate(report.findings):
        if finding.category in _GROUPED:
            groups.setdefault((finding.severity, finding.rule), []).append(index)
    left_out: set[int] = set()
    rest: dict[_Group, int] = {}
    for group, indexes in groups.items():
        if len(indexes) > _MANY:
            worst = sorted(indexes, key=lambda index: -report.findings[index].weight)
            left_out.update(worst[_WORST:])
            rest[group] = len(indexes) - _WORST
    return tuple(finding for index, finding in enumerate(report.findings) if index not in left_out), rest


def _rest(rest: dict[_Group, int], report: Report) -> Iterator[str]:
    """A line for each group, and in the last of them how to see what was left out."""
    lists = f"; ladder {report.work} --all lists them"
    for index, ((severity, rule), number) in enumerate(rest.items(), start=1):
        title = _title(severity, rule, _paint if report.color else _no_paint)
        yield f"  … {number:,} more {title}{lists if index == len(rest) else ''}"


def _title(severity: Severity, rule: str, paint: Callable[[str, str], str]) -> str:
    return paint(f"{severity}[{rule}]", f"1;{_COLORS[severity]}")


def _lines(finding: Finding, report: Report, *, explains: bool) -> Iterator[str]:
    paint = _paint if report.color else _no_paint
    yield f"{_title(finding.severity, finding.rule, paint)}: {paint(one_line(finding.text), '1')}"
    start = finding.span.start
    number = str(start.line)
    gutter = " " * len(number)
    trail = f"  ({one_line(' › '.join(finding.trail))})" if finding.trail else ""
    yield f"{gutter}{paint('-->', '34')} {one_line(finding.path)}:{start.line}:{start.column}{trail}"
    if finding.source is not None:
        source, caret = _frame(finding.source, max(40, report.width - len(number) - 3))
        yield f"{gutter} {paint('|', '34')}"
        yield f"{paint(number, '34')} {paint('|', '34')} {source}".rstrip()
        yield f"{gutter} {paint('|', '34')} {paint(caret, _COLORS[finding.severity])}"
    for label, text in _ways_out(finding, report):
        yield f"{gutter} {paint('=', '34')} {label}: {text}"
    if explains:
        yield f"{gutter} {paint('=', '34')} more: ladder explain {one_line(finding.rule)}"


def _ways_out(finding: Finding, report: Report) -> Iterator[tuple[str, str]]:
    if help := help_beside_fix(finding):
        yield "help", one_line(help)
    if patch := finding.patch:
        yield "fix", f"{one_line(patch.message)} ({report.flag('--fix' if patch.safe else '--unsafe-fixes')})"
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
