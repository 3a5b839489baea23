"""A report for GitLab's Code Quality: a JSON array, empty where nothing was found.

GitLab compares the fingerprints of two reports to tell what is new, and does not show ``check_name``: so the rule
stands in the description, too.
"""

from __future__ import annotations

import json
from typing import Any

from laddercli.display import inert_json, one_line
from laddercli.findings import Finding, Severity
from laddercli.reporters import Report, advice
from laddercli.repository import Names

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def report(report: Report) -> str:
    """An issue for each finding that counts."""
    names = Names()
    issues = [
        _issue(finding, mark, names.of(finding.path))
        for finding, mark in report.fingerprinted
        if finding.suppressed is None
    ]
    return inert_json(json.dumps(issues, ensure_ascii=False, indent=2)) + "\n"


def _issue(finding: Finding, fingerprint: str, path: str) -> dict[str, Any]:
    way_out = advice(finding)
    message = f"{finding.text} ({way_out})" if way_out else finding.text
    return {
        "description": one_line(f"{finding.rule}: {message}"),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": path, "lines": {"begin": finding.span.start.line}},
    }
