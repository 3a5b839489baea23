"""What programs read: every key always there, and every text as its author wrote it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import laddercli
from tests.run import ladder

Write = Callable[..., Path]

CHECKOUT = Path(__file__).parents[1]

FULL = """\
format: 1
id: sales
title: no
version: 1.0.0
owner: 1.10
reviewed: 2026-09-01
uses: [common.yaml]
policy: {levels: cumulative}
grades: [{id: g1, title: 0x1F}, {id: g2}]
metrics: [{id: calls, name: Calls, unit: percent, per: month, source: log}]
measures:
  - {id: reach, name: yes, scale: [{name: 1e3, criteria: [Step.], examples: [On]}, ~x]}
  - {id: depth, name: Depth}
everyone: {reach: [Everyone.]}
tracks:
  - id: ic
    name: IC
    kind: ic
    levels:
      - id: "1"
        code: 007
        title: 1_000
        grade: g1
        summary: null and void
        expectations:
          reach: {step: 1e3, summary: Off, criteria: [{text: Own., id: own, kind: stretch, group: G, examples: [E]}],
                  benchmarks: [Seen., {metric: calls, at_least: 4.50}], examples: [Cell.]}
          depth: Deep.
      - id: s2
        title: Second
        grade: g2
        direct_reports: {min: 2}
        expectations:
          reach: {criteria: [Second.], benchmarks: [{metric: calls, at_most: 5}]}
          depth: {unchanged: true}
      - {id: s3, inherits: [m1], expectations: {depth: {not_applicable: No.}}}
  - {id: mg, name: Managers, kind: manager, levels: [{id: m1, grade: g2, expectations: {reach: [Leads.]}}]}
moves: [{from: s2, to: m1, when: Soon.}]
"""
COMMON = "format: 1\neveryone: {reach: [Shared.]}\n"

ENVELOPE = {"schema_version", "tool"}
LEVEL = set(
    "id code title grade peers summary status effective filled_by career_level executive direct_reports attributes "
    "formerly inherits".split()
)
FULL_LEVEL = LEVEL | {"ladder", "track", "revision", "pay", "compensation", "note", "measures", "expectations"}
CELL = set("step definition summary summaries criteria benchmarks examples unchanged not_applicable".split())
CRITERION = set("text id kind group examples from".split())
BENCHMARK = set("kind text source metric name unit per at_least at_most from".split())
LADDER = set(
    "id title version status effective language summary about file revision owner reviewed source glossary grades "
    "compensation metrics measures tracks moves".split()
)
TRACK = set("id name kind summary measures levels".split())
ROW = set("id name cells growth same".split())


@pytest.fixture
def records(write: Write) -> Callable[..., dict[str, Any]]:
    def records(*arguments: str) -> dict[str, Any]:
        done = ladder(*arguments, "-f", "json", cwd=write(sales=FULL, common=COMMON))
        assert (done.code, done.err) == (0, "")
        found: dict[str, Any] = json.loads(done.out)
        return found

    return records


Records = Callable[..., dict[str, Any]]


def assert_cell(cell: dict[str, Any]) -> None:
    assert set(cell) == CELL
    assert cell["step"] is None or set(cell["step"]) == {"name", "index", "of"}
    assert all(set(each) == CRITERION for each in cell["criteria"])
    assert all(set(each) == BENCHMARK for each in cell["benchmarks"])
    assert all(set(each) == {"text", "from"} for each in cell["summaries"])


def test_every_document_says_what_made_it(records: Records) -> None:
    for arguments in (["list", "sales.yaml"], ["show", "sales.yaml:s2"], ["compare", "sales.yaml:s2"]):
        found = records(*arguments)
        assert found["schema_version"] == 1
        assert found["tool"] == {"name": "ladder", "version": laddercli.__version__}


def test_show_has_every_key_for_every_level(records: Records) -> None:
    found = records("show", *(f"sales.yaml:{level}" for level in ("1", "s2", "s3", "m1")))
    assert set(found) == ENVELOPE | {"levels"}
    assert [set(level) for level in found["levels"]] == [FULL_LEVEL] * 4
    for level in found["levels"]:
        assert list(level["expectations"]) == ["reach", "depth"]
        assert level["measures"] == [{"id": "reach", "name": "yes"}, {"id": "depth", "name": "Depth"}]
        for cell in level["expectations"].values():
            assert_cell(cell)


def test_compare_has_every_key_for_every_measure(records: Records) -> None:
    found = records("compare", "sales.yaml:1", "sales.yaml:m1")
    assert set(found) == ENVELOPE | {"levels", "measures"}
    assert [set(row) for row in found["measures"]] == [ROW] * 2
    for row in found["measures"]:
        assert (len(row["cells"]), len(row["growth"])) == (2, 1)
        for cell in row["cells"]:
            assert_cell(cell)


def test_list_has_every_key_for_every_ladder(records: Records) -> None:
    found = records("list", "sales.yaml")
    assert set(found) == ENVELOPE | {"ladders"}
    (made,) = found["ladders"]
    assert set(made) == LADDER
    assert [set(track) for track in made["tracks"]] == [TRACK] * 2
    assert {frozenset(level) for track in made["tracks"] for level in track["levels"]} == {frozenset(LEVEL)}
    assert made["moves"] == [{"from": "s2", "to": "m1", "both_ways": True, "when": "Soon."}]
    assert made["file"] == "sales.yaml"


@pytest.mark.parametrize("command", [["list"], ["show", "staff-pm", "cpo"], ["compare", "staff-pm", "staff-engineer"]])
def test_shipped_ladders_have_the_same_keys(command: list[str]) -> None:
    found = json.loads(ladder(*command, "-f", "json", cwd=CHECKOUT).out)
    assert [set(each) for each in found.get("ladders", [])] == [LADDER] * (2 if command == ["list"] else 0)
    assert all(set(each) == FULL_LEVEL for each in found.get("levels", []))
    assert all(set(each) == ROW for each in found.get("measures", []))


def test_text_that_looks_like_something_else_stays_text(records: Records, write: Write) -> None:
    (made,) = records("list", "sales.yaml")["ladders"]
    assert (made["title"], made["owner"], made["reviewed"]) == ("no", "1.10", "2026-09-01")
    assert made["grades"][0]["title"] == "0x1F"
    (level,) = records("show", "sales.yaml:1")["levels"]
    assert (level["id"], level["code"], level["title"], level["summary"]) == ("1", "007", "1_000", "null and void")
    cell = level["expectations"]["reach"]
    assert (cell["step"], cell["summary"]) == ({"name": "1e3", "index": 1, "of": 2}, "Off")
    text = ladder("show", "sales.yaml:007", cwd=write(sales=FULL)).out
    for word in ("1_000 ", "\n007 · IC · grade 0x1F\n", "\n── yes ─", "─ ■□ 1e3\n", "\nOff\n", "≥ 4.50 %"):
        assert word in text
    assert ladder("list", "sales.yaml", cwd=write(sales=FULL)).out.startswith("no 1.0.0")
    assert "reviewed 2026-09-01" in ladder("list", "sales.yaml", cwd=write(sales=FULL)).out


def test_each_part_says_where_it_comes_from(records: Records) -> None:
    levels = records("show", "sales.yaml:1", "sales.yaml:s2", "sales.yaml:s3")["levels"]
    origins = [
        [(each["text"], each["from"]) for each in level["expectations"]["reach"]["criteria"]] for level in levels
    ]
    everyone = [("Everyone.", "everyone"), ("Shared.", "shared")]
    assert origins == [
        [("Own.", None), ("Step.", "step"), *everyone],
        [("Second.", None), ("Own.", "1"), ("Step.", "1"), *everyone],
        [("Leads.", "m1"), ("Second.", "s2"), ("Own.", "1"), ("Step.", "1"), *everyone],
    ]
    depth = [level["expectations"]["depth"] for level in levels]
    assert [(each["summary"], each["unchanged"], each["not_applicable"]) for each in depth] == [
        ("Deep.", False, None),
        ("Deep.", True, None),
        (None, False, "No."),
    ]
    assert depth[1]["summaries"] == [{"text": "Deep.", "from": "1"}]


def test_a_benchmark_is_complete(records: Records) -> None:
    (level,) = records("show", "sales.yaml:1")["levels"]
    nothing = dict.fromkeys(BENCHMARK)
    assert level["expectations"]["reach"]["benchmarks"] == [
        {**nothing, "kind": "qualitative", "text": "Seen."},
        {
            **nothing,
            "kind": "quantitative",
            "metric": "calls",
            "name": "Calls",
            "unit": "percent",
            "per": "month",
            "source": "log",
            "at_least": 4.5,
        },
    ]


def test_json_is_utf_8_as_written(write: Write) -> None:
    write(made="format: 1\ntitle: 제품 🚀\ntracks: [{id: a, name: 트랙, kind: ic, levels: [{id: a1, title: é}]}]\n")
    done = ladder("list", "made.yaml", "-f", "json", cwd=Path.cwd())
    for word in ("제품 🚀", "트랙", "é"):
        assert f'"{word}"' in done.out
