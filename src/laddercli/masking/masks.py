"""Findings as an audience may read them that does not see pay, or notes, or neither."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from laddercli.findings import Finding
from laddercli.masking.amounts import DIGIT, Range, amounts
from laddercli.masking.columns import pay_columns, private_columns
from laddercli.masking.hiding import conceal, hide, masked_line
from laddercli.masking.privacy import without_private_text

if TYPE_CHECKING:
    from laddercli.amendments import Patch
    from laddercli.document import Document

# The rule that finds amounts outside of pay, and marks them.
_PAY_IN_PROSE = "pay-in-prose"
# Rules of these categories speak about pay in ratios; what `validate` says about pay repeats what the file says.
_RATIOS = ("pay", "parity")
_BOUND = re.compile(r"\b(?:min|mid|max)\b", re.IGNORECASE)


def masked(
    findings: Iterable[Finding], documents: Mapping[str, Document], *, shows_pay: bool, shows_notes: bool
) -> list[Finding]:
    """The findings as an audience may read them that does not see pay, or notes, or neither.

    ``documents`` are the files of the findings, by name.
    """
    findings = list(findings)
    if shows_pay and shows_notes:
        return findings
    pay: dict[str, list[int | None]] = {}
    private: dict[str, list[int | None]] = {}
    marked: dict[tuple[str, int], list[Range]] = {}
    for finding in findings:
        if finding.rule == _PAY_IN_PROSE and finding.source:
            marked.setdefault((finding.path, finding.span.start.line), []).append(finding.source[1:])
    result = []
    for finding in findings:
        path, line = finding.path, finding.span.start.line
        if path not in pay:
            lines = documents[path].lines
            pay[path] = [] if shows_pay else pay_columns(lines)
            is_broken = bool(documents[path].faults)
            private[path] = private_columns(
                lines, notes=not shows_notes, compensation=not shows_pay, is_broken=is_broken
            )
        patch = finding.patch
        if not shows_pay:
            finding = mask(finding, pay[path], marked.get((path, line), ()))
        finding = without_private_text(finding, private[path], notes=not shows_notes, compensation=not shows_pay)
        if (
            patch
            and finding.patch
            and _gives_away(patch, documents[path], private[path], None if shows_pay else pay[path])
        ):
            finding = replace(finding, patch=None)
        result.append(finding)
    return result


def mask(finding: Finding, pay: list[int | None], marked: Iterable[Range] = ()) -> Finding:
    """The finding without amounts: without any figure where it stands in pay or shows a line with pay on it, elsewhere
    without what reads as money.

    ``pay`` is what ``pay_columns`` says about the lines of the file; ``marked`` are the parts of the line that somebody
    found to be pay.
    """
    index = finding.span.start.line - 1
    start = pay[index] if index < len(pay) else None
    if "pay" in finding.trail:
        start = start or 0
    elif start is None and not finding.trail and any(each is not None for each in pay[max(0, index - 5) : index + 2]):
        start = 0  # the text is broken near pay, and an amount may have slipped out of its place
    elif start is None and (_is_pay_misspelt(finding) or _is_cut_from_pay(finding, pay[max(0, index - 1) : index])):
        start = finding.span.start.column - 1
    source = masked_line(finding.source, start, marked) if finding.source else None
    if finding.category in _RATIOS or ("pay" not in finding.trail and (finding.trail or start is None)):
        said = replace(_reworded(finding, conceal), source=source)
        return replace(said, message=finding.message) if _chooses_its_figures(finding) else said
    return replace(
        _reworded(finding, hide),
        source=source,
        patch=None,
        trail=_behind_pay(finding.trail),
        logical_path="/".join(_behind_pay(tuple(finding.logical_path.split("/")))),
    )


def _chooses_its_figures(finding: Finding) -> bool:
    """Whether the figures in a message are for everybody: those of benchmarks, and of changes, which are told to those
    only who may know them."""
    return finding.rule == "benchmark-falls" or finding.category == "change"


def _reworded(finding: Finding, words: Callable[[str], str]) -> Finding:
    """The finding with other words in all that it says."""
    patch, suppressed = finding.patch, finding.suppressed
    if suppressed and suppressed.reason:
        suppressed = suppressed._replace(reason=words(suppressed.reason))
    return replace(
        finding,
        message=words(finding.message),
        help=words(finding.help) if finding.help else None,
        suggestion=words(finding.suggestion) if finding.suggestion else None,
        trail=tuple(map(words, finding.trail)),
        logical_path=words(finding.logical_path),
        patch=patch._replace(message=words(patch.message)) if patch else None,
        suppressed=suppressed,
    )


def _is_pay_misspelt(finding: Finding) -> bool:
    """Whether an unknown key holds pay by another name."""
    if finding.rule != "unknown-key" or finding.suggestion not in ("pay", None) or finding.source is None:
        return False
    return finding.suggestion == "pay" or _BOUND.search(finding.source.text, finding.source.end) is not None


def _is_cut_from_pay(finding: Finding, above: list[int | None]) -> bool:
    """Whether an unknown key stands right below pay: a line break within a name makes one of its rest."""
    return finding.rule == "unknown-key" and any(each is not None for each in above)


def _behind_pay(names: tuple[str, ...]) -> tuple[str, ...]:
    """A path in which a number that became a key by mistake is hidden. The names up to `pay` are ids."""
    after = names.index("pay") + 1 if "pay" in names else len(names)
    return (*names[:after], *(hide(name) for name in names[after:]))


def _gives_away(patch: Patch, document: Document, private: list[int | None], pay: list[int | None] | None) -> bool:
    """Whether the edits of a patch hold, or replace, what the audience may not read. ``pay`` is None for one that may
    read of pay."""
    for edit, span in zip(patch.edits, patch.spans, strict=True):
        old = document.text[edit.start : edit.end]
        lines = slice(span.start.line - 1, span.end.line)
        if old.strip() and any(each is not None for each in private[lines]):
            return True
        if pay is None:
            continue
        if amounts(edit.text) or amounts(old):
            return True
        if DIGIT.search(old) and any(each is not None for each in pay[lines]):
            return True
    return False
