"""Every rule of `lint`: what it finds and at which line and column, what it must not find, and its own examples."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from laddercli.findings import Severity
from laddercli.rules import CATEGORIES, rules
from tests.linting import DAY, completed, expected, lint, text_of

FOLDER = Path(__file__).parent / "cases" / "rules"
CASES = [
    pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
KEYS = {"name", "ladder", "cell", "finds", "says", "severity", "files", "options", "today", "help", "fixes"}


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_a_rule_finds_this_and_nothing_else(rule: str, case: dict[str, Any], tmp_path: Path) -> None:
    assert case.keys() <= KEYS
    for name, content in case.get("files", {}).items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    text, lines, columns = text_of(case)
    day = date.fromisoformat(case["today"]) if "today" in case else DAY

    findings = lint(text, rule, tmp_path, options=case.get("options"), day=day)

    own = [each for each in findings if each.path.endswith("/ladder.yaml")]
    other = [each for each in findings if each not in own]
    assert {each.rule for each in findings} <= {rule}
    places = [(each.span.start.line - lines, each.span.start.column - columns) for each in own]
    assert places == expected(case, rule), [each.message for each in own]
    marked = [(each.path.rpartition("/")[2], each.span.start) for each in other]
    for name, content in case.get("files", {}).items():
        assert [mark for file, mark in marked if file == name] == expected({"ladder": content}, rule)
    if "says" in case:
        assert [each.message for each in findings] == case["says"]
    if "help" in case:
        assert [each.help for each in findings] == case["help"]
    if "fixes" in case:
        assert [each.patch.message if each.patch else None for each in findings] == case["fixes"]
    if "severity" in case:
        assert [str(each.severity) for each in findings] == case["severity"]


@pytest.mark.parametrize("name", sorted(rules()))
def test_a_rule_explains_itself_with_examples_that_hold(name: str, tmp_path: Path) -> None:
    rule = rules()[name]
    assert rule.category in CATEGORIES
    assert rule.statement.endswith(".")
    assert len(rule.statement) <= 110
    assert rule.reason
    assert rule.check is not None
    assert rule.decidable or rule.severity is not Severity.ERROR
    bad, good = (lint(completed(example), name, tmp_path) for example in (rule.bad, rule.good))
    assert {each.rule for each in bad} == {name}, "the bad example is not found"
    assert [each.message for each in good] == []


def _texts(case: dict[str, Any]) -> list[str]:
    return [case.get("ladder", ""), case.get("cell", ""), *case.get("files", {}).values()]


@pytest.mark.parametrize("name", sorted(rules()))
def test_a_rule_has_cases_of_both_kinds(name: str) -> None:
    cases = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    finds = [any(expected({"ladder": each}, name) for each in _texts(case)) or "finds" in case for case in cases]
    assert any(finds), "nothing that is found"
    assert not all(finds), "nothing that must not be found"
