"""`ladder git-textconv`: facts in place of lines, alone and within the real git."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from laddercli import data
from laddercli.document import Document
from laddercli.facts import facts, text
from laddercli.shape import check
from tests.past import FIRST, NOW, past, swap
from tests.repositories import Repo
from tests.run import LADDER, ladder

README = Path(__file__).parents[1] / "README.md"
FULL = """\
format: 1
id: sales
title: Sales
version: 1.0.0
status: active
uses: [company.yaml, {path: private/pay.yaml, optional: true}]
about: [{title: How to read this, text: "Slowly.\\n\\nAnd twice."}]
glossary: {PM: product manager}
policy: {parity: waived, parity_reason: One track only}
visibility: {pay: internal}
organization: {name: Acme, aliases: [Acme Inc]}
compensation: {zones: [{id: all, currency: EUR}], note: A secret 12345}
grades:
  - {id: g2, title: Second, formerly: [two], pay: {all: {min: 51234, max: 61234}}}
  - {id: g1}
metrics: [{id: won, name: Offers won, unit: percent}]
measures:
  - id: reach
    name: Reach
    aspects: [{name: near, also: [close]}, far]
    evidence: [offers, a log]
    scale: [{name: Near, definition: Close by., criteria: [Walks.], formerly: [Nearby]}, Far]
everyone: {reach: Is polite.}
tracks:
  - id: ic
    kind: ic
    everyone: {reach: [Calls back.]}
    levels:
      - id: junior
        code: S1
        title: Junior
        grade: g1
        career_level: true
        direct_reports: {min: 0, max: 2}
        attributes: {Reports to: a lead, Travels: [far, wide]}
        pay: {all: {min: 41234, max: 44321}}
        filled_by: [promotion, hiring]
        expectations:
          reach:
            step: Near
            summary: |
              Sells
              nearby.
            criteria:
              - {text: Rings twice., id: rings, kind: stretch, group: Doors, examples: [Rang thrice.]}
              - Waits.
            benchmarks:
              - Customers open.
              - {text: Doors stay open., source: door log}
              - {metric: won, at_least: 90, at_most: 95.5, source: offers}
            examples: [Sold a bridge.]
      - {id: senior, grade: g1, direct_reports: {min: 3}, expectations: {reach: {unchanged: true}, people: }}
      - {id: lead, grade: g2, expectations: {reach: {not_applicable: Stays at home.}}}
moves: [{from: junior, to: senior, when: It rains.}, {from: lead, to: junior, both_ways: false}]
notes: {junior: Ask for 98765}
"""
FACTS = """\
about › How to read this: Slowly. And twice.
glossary › PM: product manager
ladder › id: sales
ladder › organization › aliases: Acme Inc
ladder › organization › name: Acme
ladder › policy › parity reason: One track only
ladder › policy › parity: waived
ladder › title: Sales
ladder › uses: company.yaml, private/pay.yaml (optional)
ladder › version: 1.0.0
ladder › visibility › pay: internal
everyone › reach › summary: Is polite.
grade g2 › formerly: two
grade g2 › title: Second
grades: g2, g1
measure reach › Near › criterion: Walks.
measure reach › Near › definition: Close by.
measure reach › Near › formerly: Nearby
measure reach › aspect: far
measure reach › aspect: near, also close
measure reach › evidence: a log
measure reach › evidence: offers
measure reach › name: Reach
measure reach › scale: Near, Far
measures: reach
metric won › name: Offers won
metric won › unit: percent
metrics: won
track ic › everyone › reach › criterion: Calls back.
track ic › kind: ic
track ic › levels: junior, senior, lead
tracks: ic
junior › attribute › Reports to: a lead
junior › attribute › Travels: far, wide
junior › career level
junior › code: S1
junior › direct reports: 0 to 2
junior › filled by: promotion, hiring
junior › grade: g1
junior › reach › benchmark won: >= 90, <= 95.5 (offers)
junior › reach › benchmark: Customers open.
junior › reach › benchmark: Doors stay open. (door log)
junior › reach › criterion: Waits.
junior › reach › example: Sold a bridge.
junior › reach › step: Near
junior › reach › stretch rings › example: Rang thrice.
junior › reach › stretch rings: Rings twice. (Doors)
junior › reach › summary: Sells nearby.
junior › title: Junior
junior › track: ic
lead › grade: g2
lead › reach › not applicable: Stays at home.
lead › track: ic
senior › direct reports: 3 or more
senior › grade: g1
senior › reach › unchanged
senior › track: ic
move junior → senior: both ways, It rains.
move lead → junior: one way
"""


def said(source: str) -> str:
    return text(source.encode(), "ladder.yaml")


# --- facts -------------------------------------------------------------------------------------------------------


def test_everything_in_a_ladder_is_a_fact_but_pay_and_notes() -> None:
    assert said(FULL) == FACTS


@pytest.mark.parametrize(
    "name", ["ladders/product-management.yaml", "ladders/engineering.yaml", "ladders/company.yaml"]
)
def test_what_comes_with_the_program_is_facts(name: str) -> None:
    source = Path(data.path(name)).read_bytes()
    lines = text(source, name).splitlines()
    content, _ = check(Document.parse(source, name))
    assert content is not None
    assert lines == facts(content)
    assert all(re.match(r"[^›:]+( › [^›]+)*?(: |$)", line) for line in lines)


def test_moving_text_within_the_file_changes_no_fact() -> None:
    swapped = FULL.replace("              - Waits.\n", "").replace("criteria:\n", "criteria:\n              - Waits.\n")
    assert swapped != FULL
    assert said(swapped) == said(FULL) == said(f"# Comment\n{FULL}") == said(FULL.replace("\n", "\r\n"))


def test_an_order_that_means_something_is_a_fact() -> None:
    other = swap(
        "scale: [{name: Near, definition: Close by., criteria: [Walks.], formerly: [Nearby]}, Far]",
        "scale: [Far, Near]",
    )
    assert "measure reach › scale: Far, Near\n" in said(other(FULL))


def test_text_steers_nothing() -> None:
    ladder = FULL.replace("title: Junior", r'title: "\e[31mred ##[error]"').replace("Sells\n", "Sells\u202e\n")
    assert r"junior › title: \x1b[31mred" in said(ladder)
    assert r"Sells\u202e nearby." in said(ladder)
    assert "about › How to forge : a fact: Slowly." in said(
        FULL.replace("How to read this", r'"How to forge\n: a fact"')
    )


@pytest.mark.parametrize(
    "source",
    [
        "",
        "# only a comment\n",
        "a: [1, 2\n",
        "- just\n- a list\n",
        "kind: Deployment\nspec: {replicas: 3}\n",
        "format: 1\ntitle: A\ntracks: 7\n",
        "format: 2\ntitle: From the future\ntracks: []\n",
        "format: 1\ntitle: A\ntitle: B\ntracks: []\n",
        "<<<<<<< ours\nformat: 1\n=======\nformat: 1\n>>>>>>> theirs\n",
        "no newline at the end: [",
    ],
)
def test_what_is_no_ladder_stays_as_it_is(source: str) -> None:
    assert said(source) == source


def test_what_is_no_ladder_keeps_amounts_to_itself() -> None:
    broken = said(FULL.replace("title: Sales", "titel: Sales"))
    assert "titel: Sales\n" in broken
    assert "pay: {all: {min: •••, max: •••}}" in broken
    assert "notes: •••\n" in broken
    tall = f"{FULL.splitlines()[0]}\nnotes:\n  junior: >-\n    Ask for 98765,\n\n    again.\ntitel: [A\n"
    assert said(tall) == "format: 1\nnotes:\n  •••\n    •••\n\n    •••\ntitel: [A\n"
    for source in (FULL, FULL.replace("title: Sales", "titel: Sales"), f"{FULL}]"):
        assert not re.search("51234|61234|41234|44321|12345|98765", said(source))


def test_bytes_that_are_no_text_are_shown() -> None:
    assert text(b"format: 1\ntitle: \xff\xfe\n", "x") == "format: 1\ntitle: ��\n"
    assert text(b"\xff\xfef\x00o\x00", "x") == "\\xff\\xfef\\x00o\\x00"
    assert text(b"a\x00\x1b[2Jb\r\n", "x") == "a\\x00\\x1b[2Jb\n"


def test_a_file_that_is_too_large_for_a_ladder() -> None:
    large = b"format: 1\n" + b"# much\n" * 1_500_000
    assert text(large, "x").encode() == large


# --- the command -------------------------------------------------------------------------------------------------


def test_the_command_prints_facts_in_utf_8_whatever_the_terminal_speaks(tmp_path: Path) -> None:
    (tmp_path / "sales.yaml").write_text(FULL)
    done = ladder("git-textconv", "sales.yaml", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert (done.code, done.out, done.err) == (0, said(FULL), "")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = ladder("git-textconv", "none.yaml", cwd=tmp_path)
    assert (done.code, done.out, done.err) == (2, "", "error: none.yaml: there is no such file\n")


@pytest.fixture
def repo(tmp_path: Path, git_settings: None) -> Repo:
    """A repository set up as the README says."""
    made = Repo(tmp_path / "repo").init()
    made.commit({".gitattributes": "ladders/*.yaml diff=ladder\n", NOW: FIRST}, "Begin", 1)
    made.git("config", "diff.ladder.textconv", shlex.join([*LADDER, "git-textconv"]))
    return made


def changed(shown: str) -> list[str]:
    return [line for line in shown.splitlines() if re.match(r"[-+](?![-+])", line)]


def test_git_shows_facts(repo: Repo) -> None:
    text = swap("step: Feature", "step: Theme")(FIRST)
    repo.write({NOW: f"# A comment\n{text}"})
    expected = ["-pm › craft › step: Feature", "+pm › craft › step: Theme"]
    assert changed(repo.git("diff")) == expected
    repo.commit(subject="Raise", day=2)
    assert changed(repo.git("log", "-p", "-1")) == expected
    assert changed(repo.git("show")) == expected
    assert "+    step: Theme" not in repo.git("show")
    assert any("step: Theme" in line for line in changed(repo.git("show", "--no-textconv")))
    assert re.search(r"Raise|Ada", repo.git("blame", "-L/step: Theme/,+1", NOW))


def test_git_shows_a_ladder_with_shared_files_and_one_that_is_broken(repo: Repo) -> None:
    using = FIRST.replace("metrics:\n", "uses: [../shared/company.yaml]\nmetrics:\n")
    repo.write({NOW: using})
    assert changed(repo.git("diff")) == ["+ladder › uses: ../shared/company.yaml"]
    repo.write({NOW: f"{using}]"})
    shown = repo.git("diff")
    assert "+title: Product management" in shown
    assert not re.search("61100|72200", shown)
    repo.write({NOW: FIRST.replace("61100", "62200")})
    assert changed(repo.git("diff")) == []


def test_the_steps_of_the_readme_work(tmp_path: Path, repo: Repo) -> None:
    shown = re.findall(r"```sh\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    (steps,) = [block for block in shown if "textconv" in block]
    repo.git("config", "--unset", "diff.ladder.textconv")
    (repo.folder / ".gitattributes").unlink()
    program = tmp_path / "bin" / "ladder"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.join(LADDER)} "$@"\n')
    program.chmod(0o755)
    path = f"{program.parent}:{os.environ['PATH']}"
    subprocess.run(["sh", "-e", "-c", steps], cwd=repo.folder, env={**os.environ, "PATH": path}, check=True)
    repo.write({NOW: swap("step: Feature", "step: Theme")(FIRST)})
    assert changed(repo.git("diff", "--", "ladders", PATH=path)) == [
        "-pm › craft › step: Feature",
        "+pm › craft › step: Theme",
    ]


def test_git_finds_a_fact_in_the_past(tmp_path: Path, repo: Repo) -> None:
    old = past(tmp_path / "past")
    old.git("config", "diff.ladder.textconv", shlex.join([*LADDER, "git-textconv"]))
    old.write({".git/info/attributes": "*.yaml diff=ladder\n"})
    found = old.git(
        "log", "--first-parent", "--format=%s", "-G", "benchmark commitments-kept: >= 90", "HEAD~14..HEAD~11"
    )
    assert found.splitlines() == ["Call it staff-pm 9", "Keep more 8"]
