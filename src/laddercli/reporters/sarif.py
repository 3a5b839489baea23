"""SARIF 2.1.0, which code scanning reads (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).

Places are relative to the top of the repository and nothing tells where that lies on this machine: GitHub wants it
so, and the same findings give the same text everywhere. Suppressed findings are in it, marked as such.
"""

from __future__ import annotations

import json
import os
from typing import Any
from urllib.parse import quote

from laddercli import __version__
from laddercli.amendments import Patch
from laddercli.display import inert_json, one_line, visible
from laddercli.findings import Finding, Neighbor, Severity
from laddercli.nodes import Span
from laddercli.reporters import Report, advice
from laddercli.repository import Names
from laddercli.rules import Rule, find

Json = dict[str, Any]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_TOP = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
# So much text of a rule's description GitHub takes.
_LONGEST = 1024


def report(report: Report) -> str:
    """The log of one run."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report)]}
    return inert_json(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _run(report: Report) -> Json:
    every = report.every
    names = Names()
    first = {finding.rule: finding for finding in reversed(every)}
    indexes = {rule: index for index, rule in enumerate(sorted(first))}
    return {
        "tool": {
            "driver": {
                "name": "ladder",
                "semanticVersion": __version__,
                "rules": [_descriptor(find(name) or _unknown(first[name])) for name in indexes],
            }
        },
        # A trailing slash: all of it is the category, by which GitHub keeps the runs of one commit apart.
        "automationDetails": {"id": f"ladder/{report.work}/"},
        "originalUriBaseIds": {_TOP: {"description": {"text": "The top folder of the repository."}}},
        "invocations": [{"executionSuccessful": True}],
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, mark, indexes, names) for finding, mark in report.fingerprinted],
    }


# Rules.


def _descriptor(rule: Rule) -> Json:
    examples = [(title, text.rstrip()) for title, text in (("Bad:", rule.bad), ("Good:", rule.good)) if text]
    shown = "".join(f"\n\n{title}\n\n{text}" for title, text in examples)
    fenced = "".join(f"\n\n{title}\n\n```yaml\n{text}\n```" for title, text in examples)
    return {
        "id": rule.name,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": _cut(rule.statement)},
        "fullDescription": {"text": _cut(f"{rule.statement}\n\n{rule.reason}".strip())},
        "help": {"text": f"{rule.reason}{shown}", "markdown": f"{rule.reason}{fenced}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": [rule.category],
            "precision": "very-high" if rule.decidable else "medium",
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


def _unknown(finding: Finding) -> Rule:
    """What a finding tells about its rule, where a company has added the rule by its configuration."""
    words = finding.rule.replace("-", " ").capitalize()
    return Rule(
        name=finding.rule,
        category=finding.category,
        severity=finding.severity,
        statement=words,
        reason=f"{words}: a rule of this repository's configuration.",
        bad="",
        good="",
        decidable=False,
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


# Results.


def _result(finding: Finding, fingerprint: str, indexes: dict[str, int], names: Names) -> Json:
    way_out = advice(finding)
    result: Json = {
        "ruleId": finding.rule,
        "ruleIndex": indexes[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": _message(f"{finding.text} ({way_out})" if way_out else finding.text),
        "locations": [_location(finding, names)],
        # The only one that GitHub reads.
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
        # All results of a run say something here or none does; an empty list says that the finding counts.
        "suppressions": _suppressions(finding),
    }
    if finding.related:
        result["relatedLocations"] = [_neighbor(each, names) for each in finding.related]
    if finding.patch:
        result["fixes"] = [_fix(finding.patch, names)]
    return result


def _message(text: str) -> Json:
    # In a message of SARIF `[words](1)` is a link, and `{0}` stands for an argument unless the braces are doubled.
    return {"text": visible(text).replace("](", "] (").replace("{", "{{").replace("}", "}}")}


def _location(finding: Finding, names: Names) -> Json:
    location: Json = {
        "physicalLocation": {"artifactLocation": _file(finding.path, names), "region": _region(finding.span)}
    }
    if finding.logical_path:
        location["logicalLocations"] = [{"fullyQualifiedName": one_line(finding.logical_path)}]
    return location


def _neighbor(neighbor: Neighbor, names: Names) -> Json:
    line, column = neighbor.mark
    return {
        "message": _message(f"{neighbor.label} {neighbor.path}:{line}"),
        "physicalLocation": {
            "artifactLocation": _file(neighbor.path, names),
            "region": {"startLine": line, "startColumn": column, "endLine": line, "endColumn": column},
        },
    }


def _suppressions(finding: Finding) -> list[Json]:
    if finding.suppressed is None:
        return []
    kind, reason = finding.suppressed
    if kind == "baseline":
        return [{"kind": "external", "justification": "in the baseline"}]
    return [{"kind": "inSource", **({"justification": visible(reason)} if reason else {})}]


def _fix(patch: Patch, names: Names) -> Json:
    replacements = [
        {"deletedRegion": _region(span), "insertedContent": {"text": edit.text}}
        for span, edit in zip(patch.spans, patch.edits, strict=True)
    ]
    return {
        "description": _message(patch.message),
        "artifactChanges": [{"artifactLocation": _file(patch.path, names), "replacements": replacements}],
        "properties": {"safe": patch.safe},
    }


def _file(path: str, names: Names) -> Json:
    return {"uri": _uri(names.of(path)), "uriBaseId": _TOP}


def _uri(name: str) -> str:
    return quote(os.fsencode(name), safe="/")


def _region(span: Span) -> Json:
    (line, column), (end_line, end_column) = span
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
