"""One JSON document, for programs. Lines and columns count from 1, ends are exclusive, columns are code points."""

from __future__ import annotations

from typing import Any

from laddercli.exports.records import document
from laddercli.findings import Finding, Severity, fingerprints
from laddercli.reporters import Report


def report(report: Report) -> str:
    """Summary and findings in the envelope that all JSON of ladder has."""
    summary = {
        "errors": report.number(Severity.ERROR),
        "warnings": report.number(Severity.WARNING),
        "infos": report.number(Severity.INFO),
        "ignored": 0,
        "baseline": 0,
        "files": report.files,
        "fixable": 0,
    }
    prints = fingerprints(report.findings)
    findings = [_record(finding, mark) for finding, mark in zip(report.findings, prints, strict=True)]
    return document(summary=summary, findings=findings)


def _record(finding: Finding, fingerprint: str) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "category": finding.category,
        "severity": str(finding.severity),
        "message": finding.text,
        "help": finding.help,
        "file": finding.path,
        "path": finding.logical_path,
        "line": finding.span.start.line,
        "column": finding.span.start.column,
        "end_line": finding.span.end.line,
        "end_column": finding.span.end.column,
        "fingerprint": fingerprint,
        "fix": None,
        "related": [
            {"label": each.label, "file": each.path, "line": each.mark.line, "column": each.mark.column}
            for each in finding.related
        ],
        "suppressed": None,
    }
