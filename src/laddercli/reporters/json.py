"""One JSON document, for programs. Lines and columns count from 1, ends are exclusive, columns are code points."""

from __future__ import annotations

from typing import Any

from laddercli.amendments import Patch
from laddercli.exports.records import document
from laddercli.findings import Finding, Severity, Suppression
from laddercli.nodes import Span
from laddercli.reporters import Report


def report(report: Report) -> str:
    """Summary and findings in the envelope that all JSON of ladder has."""
    summary = {
        "errors": report.number(Severity.ERROR),
        "warnings": report.number(Severity.WARNING),
        "infos": report.number(Severity.INFO),
        "ignored": report.ignored,
        "baseline": report.baseline,
        "files": report.files,
        "fixable": report.fixable,
    }
    return document(summary=summary, findings=[record(*each) for each in report.fingerprinted])


def record(finding: Finding, fingerprint: str) -> dict[str, Any]:
    """A finding with every key. ``exports.schemas`` says what they mean."""
    return {
        "rule": finding.rule,
        "category": finding.category,
        "severity": str(finding.severity),
        "message": finding.text,
        "help": finding.help,
        "file": finding.path,
        "path": finding.logical_path,
        **_span(finding.span),
        "fingerprint": fingerprint,
        "fix": _fix(finding.patch) if finding.patch else None,
        "related": [
            {"label": each.label, "file": each.path, "line": each.mark.line, "column": each.mark.column}
            for each in finding.related
        ],
        "suppressed": _suppressed(finding.suppressed) if finding.suppressed else None,
    }


def _span(span: Span) -> dict[str, int]:
    return {
        "line": span.start.line,
        "column": span.start.column,
        "end_line": span.end.line,
        "end_column": span.end.column,
    }


def _fix(patch: Patch) -> dict[str, Any]:
    edits = zip(patch.spans, patch.edits, strict=True)
    return {
        "message": patch.message,
        "safe": patch.safe,
        "edits": [{"file": patch.path, **_span(span), "text": edit.text} for span, edit in edits],
    }


def _suppressed(suppression: Suppression) -> dict[str, str | None]:
    return {"kind": suppression.kind, "reason": suppression.reason}
