"""`ladder lint`, `check`, `baseline`, `rules` and `explain` as a user runs them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from laddercli.rules import rules, verdicts
from tests.run import LADDER, environment, ladder

Write = Callable[..., Path]
ROOT = Path(__file__).parents[1]

MESSY = """format: 1
title: Engineering
reviewed: 2026-10-01
glossary: {go-to-market: How a product reaches its customers.}
measures:
  - {id: craft, name: Craft, definition: What is made., evidence: [work]}
tracks:
  - id: ic
    kind: ic
    levels:
      - id: one
        career_level: true
        expectations:
          craft:
            - Is seen as a partner by support.
            - Writes the Go to Market plan.  # with help
"""


# Exit codes and what decides them.


def test_the_shipped_ladders_are_good_ones(tmp_path: Path) -> None:
    done = ladder("check", "--fail-on", "warning", "ladders", "ladder/template.yaml", cwd=ROOT)
    assert (done.code, done.err) == (0, ""), done.out
    for name in ("company", "product-management", "engineering"):
        assert "ladder: ignore" not in (ROOT / "ladders" / f"{name}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 1),
        (("--ignore", "missing-track"), 0),
        (("--ignore", "missing-track", "--fail-on", "warning"), 1),
        (("--ignore", "@structure,@wording", "--fail-on", "warning"), 0),
        (("--fail-on", "never"), 0),
        (("--severity", "missing-track=info"), 0),
        (("--severity", "perception-criterion=error", "--ignore", "missing-track"), 1),
        (("--min-severity", "error", "--fail-on", "warning", "--ignore", "missing-track"), 1),
        (("--select", "no-growth"), 0),
        (("--select", "strict", "--ignore", "missing-track"), 1),
    ],
)
def test_the_exit_code_says_whether_something_is_bad_enough(
    arguments: tuple[str, ...], code: int, write: Write
) -> None:
    folder = write(ladder=MESSY)
    assert ladder("lint", "ladder.yaml", *arguments, cwd=folder).code == code
    for output_format in ("json", "github", "sarif", "junit"):
        assert ladder("lint", "ladder.yaml", *arguments, "-f", output_format, cwd=folder).code == code


def test_the_threshold_comes_from_the_flag_the_environment_or_the_file(write: Write) -> None:
    folder = write({".ladder.yaml": "fail-on: never\n"}, ladder=MESSY)
    assert ladder("lint", "ladder.yaml", cwd=folder).code == 0
    assert ladder("lint", "ladder.yaml", cwd=folder, LADDER_FAIL_ON="error").code == 1
    assert ladder("lint", "ladder.yaml", "--fail-on", "never", cwd=folder, LADDER_FAIL_ON="error").code == 0
    bad = ladder("lint", "ladder.yaml", cwd=folder, LADDER_FAIL_ON="loud")
    assert bad.code == 2
    assert "'loud' is not one of" in bad.err


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (
            ("--select", "no-grwth"),
            "error: `no-grwth` is no rule, category or preset\n  help: did you mean `no-growth`?\n",
        ),
        (
            ("--severity", "zzz=error"),
            "error: `zzz` is no rule, category or preset\n  help: `ladder rules` lists them\n",
        ),
        (("nothing.yaml",), "error: nothing.yaml: there is no such file\n"),
    ],
)
def test_a_job_that_cannot_be_done_ends_with_two(arguments: tuple[str, ...], error: str, write: Write) -> None:
    done = ladder("lint", *arguments, cwd=write({"ladders/a.yaml": MESSY}))
    assert (done.code, done.out, done.err) == (2, "", error)


def test_an_invalid_file_fails_whatever_the_threshold_is(write: Write) -> None:
    done = ladder(
        "lint", "ladder.yaml", "--fail-on", "never", "-f", "concise", cwd=write(ladder="format: 1\ntracks: 1\n")
    )
    assert done.code == 1
    assert "error[wrong-type]" in done.out


def test_check_says_all_three_things_at_once(write: Write) -> None:
    folder = write({"bad.yaml": "format: 1\ntracks: 1\n", "ladder.yaml": MESSY.replace("title: E", "title:   E")})
    done = ladder("check", "bad.yaml", "ladder.yaml", "-f", "concise", cwd=folder)
    assert done.code == 1
    found = {line.partition("[")[2].partition("]")[0] for line in done.out.split("\n") if "[" in line}
    assert {"wrong-type", "missing-track", "unformatted"} <= found


def test_findings_do_not_go_into_a_ladder(write: Write) -> None:
    folder = write(ladder=MESSY)
    done = ladder("lint", "-f", "concise=ladder.yaml", "ladder.yaml", cwd=folder)
    assert done.code == 2
    assert "'ladder.yaml' is the name of a ladder" in done.err
    assert (folder / "ladder.yaml").read_text(encoding="utf-8") == MESSY


def test_what_is_not_shown_is_counted(write: Write) -> None:
    done = ladder("lint", "ladder.yaml", "--min-severity", "error", "--select", "@wording", cwd=write(ladder=MESSY))
    assert done.out.startswith("No findings (")
    assert "below --min-severity) in 1 file.\n" in done.out


@pytest.mark.parametrize(
    "flags", [("--select", ""), ("--diff", "-f", "json"), ("--statistics", "-f", "json"), ("--diff", "--statistics")]
)
def test_flags_that_contradict_each_other_are_refused(flags: tuple[str, ...], write: Write) -> None:
    done = ladder("lint", "ladder.yaml", *flags, cwd=write(ladder=MESSY))
    assert (done.code, done.out) == (2, "")


def test_findings_go_to_several_places_at_once(write: Write) -> None:
    folder = write(ladder=MESSY)
    done = ladder("lint", "ladder.yaml", "-f", "json=a.json", "-f", "junit=a.xml", "-f", "concise", cwd=folder)
    count = len(json.loads((folder / "a.json").read_text(encoding="utf-8"))["findings"])
    assert len(done.out.splitlines()) == count + 1
    assert (folder / "a.xml").read_text(encoding="utf-8").startswith("<?xml")


def test_standard_input_is_judged_by_the_name_it_is_given(write: Write) -> None:
    folder = write({".git/HEAD": "", ".ladder.yaml": "lint: {ignore: [missing-track]}\n", "x/z": ""})
    done = ladder("lint", "-", "--stdin-filename", "x/y.yaml", "-f", "concise", cwd=folder, stdin=MESSY)
    assert done.code == 0
    assert done.out.startswith("x/y.yaml:")


def test_statistics_count_by_rule(write: Write) -> None:
    done = ladder("lint", "ladder.yaml", "--select", "@wording,missing-track", "--statistics", cwd=write(ladder=MESSY))
    assert "missing-track" in done.out
    assert "-->" not in done.out


# Fixes.

FIXED = MESSY.replace("Go to Market", "go-to-market")


def test_fix_mends_what_is_safe_and_a_second_time_nothing(write: Write) -> None:
    folder = write(ladder=MESSY)
    path = folder / "ladder.yaml"
    path.chmod(0o640)
    done = ladder("lint", "ladder.yaml", "--fix", "--select", "inconsistent-term", cwd=folder)
    assert (done.code, done.err) == (0, "Fixed 1 finding in ladder.yaml.\n")
    assert path.read_text(encoding="utf-8") == FIXED
    assert path.stat().st_mode & 0o777 == 0o640
    before = path.stat().st_mtime_ns
    again = ladder("lint", "ladder.yaml", "--fix", "--select", "inconsistent-term", cwd=folder)
    assert (again.code, again.err, again.out) == (0, "", "No findings in 1 file.\n")
    assert path.stat().st_mtime_ns == before


def test_fix_and_unsafe_fixes_twice_equal_once(write: Write) -> None:
    folder = write(ladder=MESSY)
    ladder("lint", "ladder.yaml", "--unsafe-fixes", cwd=folder)
    once = (folder / "ladder.yaml").read_bytes()
    assert once != MESSY.encode()
    ladder("lint", "ladder.yaml", "--unsafe-fixes", cwd=folder)
    assert (folder / "ladder.yaml").read_bytes() == once
    assert ladder("validate", "ladder.yaml", cwd=folder).code == 0


def test_unsafe_fixes_wait_to_be_asked_for(write: Write) -> None:
    text = MESSY.replace("  # with help", " #3 for us")
    folder = write(ladder=text)
    ladder("lint", "ladder.yaml", "--fix", "--select", "lost-text", cwd=folder)
    assert (folder / "ladder.yaml").read_text(encoding="utf-8") == text
    ladder("lint", "ladder.yaml", "--unsafe-fixes", "--select", "lost-text", cwd=folder)
    assert '"Writes the Go to Market plan. #3 for us"' in (folder / "ladder.yaml").read_text(encoding="utf-8")


def test_diff_shows_and_writes_nothing(write: Write) -> None:
    folder = write(ladder=MESSY)
    done = ladder("lint", "ladder.yaml", "--diff", "--select", "inconsistent-term", cwd=folder)
    assert done.code == 1
    assert done.err == "Would fix 1 finding in ladder.yaml.\n"
    assert done.out.split("\n")[:2] == ["--- ladder.yaml", "+++ ladder.yaml"]
    assert "-            - Writes the Go to Market plan.  # with help\n" in done.out
    assert "+            - Writes the go-to-market plan.  # with help\n" in done.out
    assert (folder / "ladder.yaml").read_text(encoding="utf-8") == MESSY
    patched = subprocess.run(
        ["git", "apply", "--unsafe-paths", "-p0", "-"], cwd=folder, input=done.out.encode(), check=False
    )
    assert patched.returncode == 0
    assert (folder / "ladder.yaml").read_text(encoding="utf-8") == FIXED
    clean = ladder("lint", "ladder.yaml", "--diff", "--select", "inconsistent-term", cwd=folder)
    assert (clean.code, clean.out, clean.err) == (0, "", "")


def test_a_text_from_standard_input_is_mended_to_standard_output(write: Write) -> None:
    done = ladder("lint", "-", "--fix", "--select", "inconsistent-term,missing-track", cwd=write(), stdin=MESSY)
    assert (done.code, done.out) == (1, FIXED)
    assert "missing-track" in done.err


def test_a_shared_file_is_mended_where_it_is(write: Write) -> None:
    shared = (
        "format: 1\nglossary: {go-to-market: x}\nmeasures: [{id: craft}]\neveryone: {craft: The Go to Market plan.}\n"
    )
    user = "format: 1\ntitle: A\nuses: [shared.yaml]\ntracks: [{id: ic, kind: ic, levels: [{id: one}]}]\n"
    folder = write({"a.yaml": user, "b.yaml": user, "shared.yaml": shared})
    done = ladder("lint", "--fix", "--select", "inconsistent-term", "a.yaml", "b.yaml", cwd=folder)
    assert (done.code, done.err) == (0, "Fixed 1 finding in shared.yaml.\n")
    assert (folder / "shared.yaml").read_text(encoding="utf-8") == shared.replace("Go to Market", "go-to-market")
    assert (folder / "a.yaml").read_text(encoding="utf-8") == user


def test_line_ends_and_the_byte_order_mark_stay(write: Write) -> None:
    text = ("\ufeff" + MESSY).replace("\n", "\r\n")
    folder = write(ladder=text)
    ladder("lint", "ladder.yaml", "--fix", "--select", "inconsistent-term", cwd=folder)
    assert (folder / "ladder.yaml").read_bytes() == text.replace("Go to Market", "go-to-market").encode()


@pytest.mark.parametrize("seed", range(6))
def test_who_ends_the_process_leaves_the_old_file_or_the_new_one(seed: int, write: Write) -> None:
    sins = "".join(f"            - Writes the Go to Market plan number {index}.\n" for index in range(400))
    text = MESSY + sins
    folder = write(ladder=text)
    path = folder / "ladder.yaml"
    command = [*LADDER, "lint", "ladder.yaml", "--fix", "--select", "inconsistent-term", "-qq"]
    process = subprocess.Popen(command, cwd=folder, env=environment(), stderr=subprocess.DEVNULL)
    time.sleep(0.15 * seed)
    process.send_signal(signal.SIGKILL if seed % 2 else signal.SIGINT)
    assert process.wait(60) in (0, 130, -signal.SIGKILL, -signal.SIGINT)
    assert path.read_text(encoding="utf-8") in (text, text.replace("Go to Market", "go-to-market"))


def test_a_file_that_cannot_be_written_stays(write: Write) -> None:
    folder = write(ladder=MESSY)
    full = (
        "import errno, os, sys, tempfile\ndef full(*_, **__): raise OSError(errno.ENOSPC, 'No space left on device')\n"
    )
    code = f"{full}tempfile.mkstemp = full\nfrom laddercli.cli.app import run\nsys.exit(run(sys.argv[1:]))"
    program = [sys.executable, "-c", code]
    done = ladder("lint", "ladder.yaml", "--fix", "--select", "inconsistent-term", cwd=folder, program=program)
    assert (done.code, done.err) == (2, "error: ladder.yaml cannot be written: no space left on device\n")
    assert (folder / "ladder.yaml").read_text(encoding="utf-8") == MESSY
    assert sorted(path.name for path in folder.iterdir()) == ["ladder.yaml"]


# Other languages.

PORTUGUESE = """format: 1
title: Engenharia
language: pt-BR
reviewed: 2026-10-01
measures:
  - {id: oficio, name: Ofício, definition: O que se faz., evidence: [trabalho]}
tracks:
  - id: ic
    kind: ic
    levels:
      - id: um
        expectations:
          oficio:
            - Sempre escreve e apresenta o plano para todo o time, always and never, TODO dia.
            - Is seen as a young guru; KPI.
"""
KOREAN = (
    PORTUGUESE.replace("pt-BR", "ko").replace("Engenharia", "엔지니어링").replace("Sempre escreve", "항상 계획을 쓴다")
)


@pytest.mark.parametrize("text", [PORTUGUESE, KOREAN], ids=["Portuguese", "Korean"])
def test_other_languages_get_the_rules_that_read_no_words(text: str, write: Write) -> None:
    done = ladder("lint", "ladder.yaml", "-f", "jsonl", cwd=write(ladder=text))
    found = {json.loads(line)["rule"] for line in done.out.splitlines()}
    assert {"missing-track", "missing-benchmark", "no-career-level"} <= found
    assert not {name for name in found if rules()[name].language}
    assert not {rules()[name].category for name in found} & {"wording", "inclusion"}


# The baseline.


def test_a_baseline_makes_a_messy_ladder_green_and_new_sins_red(write: Write) -> None:
    folder = write({"ladders/a.yaml": MESSY})
    done = ladder("baseline", "write", cwd=folder)
    assert done.code == 0
    assert done.out.endswith("set aside in .ladder-baseline.json. Commit it.\n")
    green = ladder("lint", "--fail-on", "info", cwd=folder)
    assert green.code == 0
    assert "in the baseline" in green.out
    assert ladder("lint", "--no-baseline", cwd=folder).code == 1
    (folder / "ladders/a.yaml").write_text(MESSY + "            - Is viewed as nice.\n", encoding="utf-8")
    red = ladder("lint", "--fail-on", "warning", "-f", "concise", cwd=folder)
    assert red.code == 1
    assert [line.split(" ")[0] for line in red.out.splitlines()[:-1]] == ["ladders/a.yaml:17:15:"]


def test_prune_only_removes(write: Write) -> None:
    folder = write({"ladders/a.yaml": MESSY})
    ladder("baseline", "write", cwd=folder)
    before = json.loads((folder / ".ladder-baseline.json").read_text(encoding="utf-8"))["findings"]
    better = MESSY.replace("Is seen as a partner by support", "Is viewed as nice")
    (folder / "ladders/a.yaml").write_text(better, encoding="utf-8")
    done = ladder("baseline", "prune", cwd=folder)
    after = json.loads((folder / ".ladder-baseline.json").read_text(encoding="utf-8"))["findings"]
    assert done.out == f"Removed 1 entry, kept {len(before) - 1}.\n"
    assert [entry for entry in before if entry in after] == after
    assert len(after) == len(before) - 1


def test_the_baseline_is_shown(write: Write) -> None:
    folder = write({"ladders/a.yaml": MESSY})
    missing = ladder("baseline", "show", cwd=folder)
    assert (missing.code, missing.out) == (2, "")
    assert "`ladder baseline write` makes one" in missing.err
    ladder("baseline", "write", cwd=folder)
    assert "missing-track  ladders/a.yaml\n" in ladder("baseline", "show", cwd=folder).out
    assert json.loads(ladder("baseline", "show", "-f", "json", cwd=folder).out)["findings"]


def test_writing_some_rules_keeps_the_others(write: Write) -> None:
    folder = write({"ladders/a.yaml": MESSY})
    ladder("baseline", "write", cwd=folder)
    before = (folder / ".ladder-baseline.json").read_text(encoding="utf-8")
    ladder("baseline", "write", "--select", "missing-track", cwd=folder)
    assert (folder / ".ladder-baseline.json").read_text(encoding="utf-8") == before


# Rules, explained.


def test_rules_are_listed_and_explained(tmp_path: Path) -> None:
    listed = ladder("rules", cwd=tmp_path).out
    assert [name for name in rules() if f"`{name}`" not in listed] == []
    found = json.loads(ladder("rules", "-f", "json", cwd=tmp_path).out)["rules"]
    assert [each["name"] for each in found] == [*rules(), *verdicts()]


@pytest.mark.parametrize("name", ["no-growth", "[no-growth]", "missing-key", "unused-ignore"])
def test_a_rule_is_explained_with_examples(name: str, tmp_path: Path) -> None:
    done = ladder("explain", name, cwd=tmp_path)
    assert done.code == 0
    assert name.strip("[]") in done.out
    assert "Found\n" in done.out


def test_a_rule_that_does_not_exist_is_not_explained(tmp_path: Path) -> None:
    done = ladder("explain", "no-grwth", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err == "error: there is no rule and no kind of change `no-grwth`\n  help: did you mean `no-growth`?\n"


def test_check_shows_no_pay_where_the_layout_is_wrong(write: Write) -> None:
    text = (
        "format: 1\ntitle: Sales\ncompensation: {zones: [{id: us, title: US, currency: USD}]}\n"
        "grades:\n  - id: g1\n    pay: {us:   {min: 97001, max: 98002}}\ntracks: []\n"
    )
    for output_format in ("full", "json", "sarif", "markdown"):
        done = ladder("check", "ladder.yaml", "-f", output_format, cwd=write(ladder=text))
        assert "unformatted" in done.out
        assert "97001" not in done.out
    assert "97001" in ladder("check", "ladder.yaml", "--audience", "confidential", cwd=write(ladder=text)).out
