"""What `validate` says about a file: a case is data, and says at which line and column which rule speaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from laddercli import composer, document
from laddercli.findings import Finding
from laddercli.loader import Loader

FOLDER = Path(__file__).parent / "cases" / "schema"

NAMED: dict[str, dict[str, Any]] = {
    f"{path.stem}: {case['name']}": case
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
}
CASES = [pytest.param(case, id=name) for name, case in NAMED.items()]

# Permanent: a name that goes needs an alias.
RULES = """
    encoding too-large too-deep too-many-nodes too-many-aliases unsupported-yaml duplicate-key unknown-key missing-key
    wrong-type bad-value bad-id duplicate-id unknown-measure unknown-metric unknown-grade unknown-zone unknown-level
    unknown-step id-formerly-in-use inherits-cycle uses-not-found uses-outside uses-cycle split-grades falling-grade
    impossible-pay impossible-benchmark unchanged-lowest
    """.split()


def shown(finding: Finding) -> str:
    path = "" if finding.path == "ladder.yaml" else f"{finding.path}:"
    return f"{path}{finding.span.start.line}:{finding.span.start.column} {finding.rule} {finding.text}"


@pytest.mark.parametrize("pure", [False, True], ids=["C parser", "pure parser"])
@pytest.mark.parametrize("case", CASES)
def test_a_file_has_these_findings_and_no_others(
    case: dict[str, Any], pure: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, limit in case.get("limits", {}).items():
        monkeypatch.setattr(document if hasattr(document, name) else composer, name, limit)
    Path("ladder.yaml").write_bytes(case["file"].encode(case.get("encoding", "utf-8")))
    for name, text in case.get("files", {}).items():
        Path(name).write_text(text, encoding="utf-8")

    findings = Loader(pure=pure, audience="confidential").examine("ladder.yaml")

    assert [shown(finding) for finding in findings] == case["finds"]
    if "help" in case:
        assert [finding.help for finding in findings] == case["help"]


@pytest.mark.parametrize("case", CASES)
def test_a_case_has_known_fields_and_as_many_helps_as_findings(case: dict[str, Any]) -> None:
    assert case.keys() <= {"name", "file", "encoding", "limits", "files", "finds", "help", "schema"}
    assert case.get("schema", "accepts") == "accepts"
    assert len(case.get("help", case["finds"])) == len(case["finds"])


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_of_validity_has_a_case(rule: str) -> None:
    said = {finding.split(" ")[1] for case in NAMED.values() for finding in case["finds"]}
    assert rule in said
