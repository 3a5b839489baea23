"""What starting costs, and what every command does in the same way."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

import laddercli
from laddercli.cli.app import COMMANDS
from tests.run import ladder, python

ROOT = Path(__file__).parent.parent

LADDER = """\
format: 1
title: Sales
measures: [{id: craft, name: Craft}]
tracks:
  - {id: ic, kind: ic, levels: [{id: rep-1, expectations: {craft: Sells.}}]}
"""


def imported(arguments: list[str], cwd: Path) -> set[str]:
    """The packages that a run of the command imports."""
    # The process ends without coming back, so what it has imported is told at the last moment.
    code = f"""
import json, os, sys
def end(code):
    sys.stderr.write("modules " + json.dumps(sorted({{name.split(".")[0] for name in sys.modules}})))
    sys.stderr.flush()
    end_(code)
end_, os._exit = os._exit, end
sys.argv = ["ladder", *{arguments!r}]
from laddercli.__main__ import main
main()
"""
    result = python(code, cwd=cwd)
    assert result.code == 0, result.err
    return set(json.loads(result.err.partition("modules ")[2]))


@pytest.mark.parametrize(
    ("arguments", "without"),
    [
        (["--version"], ["typer", "yaml", "pydantic", "rich", "markdown_it", "jinja2", "argparse"]),
        (["--help"], ["pydantic", "yaml", "rich", "markdown_it", "jinja2"]),
        (["validate", "--help"], ["pydantic", "yaml", "rich", "markdown_it", "jinja2"]),
        (["validate"], ["rich", "markdown_it", "jinja2", "asyncio"]),
        (["validate", "-f", "json"], ["rich", "markdown_it", "jinja2"]),
        (["completion", "bash"], ["rich", "markdown_it", "jinja2", "yaml"]),
    ],
)
def test_a_run_imports_no_more_than_it_needs(tmp_path: Path, arguments: list[str], without: list[str]) -> None:
    (tmp_path / "ladders").mkdir()
    (tmp_path / "ladders" / "sales.yaml").write_text(LADDER)
    assert imported(arguments, tmp_path) & set(without) == set()


def test_importing_the_package_imports_nothing_else(tmp_path: Path) -> None:
    code = "import sys, typing; before = set(sys.modules); import laddercli; print(*set(sys.modules) - before)"
    assert set(python(code, cwd=tmp_path).out.split()) - {"__future__"} == {"laddercli"}


def test_every_public_name_can_be_imported(tmp_path: Path) -> None:
    for name in laddercli.__all__:
        assert getattr(laddercli, name) is not None
    assert set(laddercli.__all__) <= set(dir(laddercli))
    with pytest.raises(AttributeError, match="has no attribute 'nope'"):
        getattr(laddercli, "nope")  # noqa: B009


def test_the_version_is_that_of_the_package(tmp_path: Path) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert laddercli.__version__ == version
    for flag in ("--version", "-V"):
        assert ladder(flag, cwd=tmp_path) == (0, f"ladder {version}\n", "")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_helps_with_an_example(tmp_path: Path, command: str, flag: str) -> None:
    result = ladder(command, flag, cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"Usage: ladder {command} ")
    assert f"Examples:\n  ladder {command}" in re.sub(r"(?m)^  ", "", result.out)
    assert COMMANDS[command] in " ".join(result.out.split())
    assert max(map(len, result.out.splitlines())) <= 100


def test_help_lists_every_command(tmp_path: Path) -> None:
    result = ladder("--help", cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    for name, what in COMMANDS.items():
        assert re.search(rf"(?m)^  {name} +{re.escape(what)}$", result.out)


def test_bare_ladder_prints_help(tmp_path: Path) -> None:
    bare = ladder(cwd=tmp_path)
    assert ladder("--help", cwd=tmp_path).out in (bare.out, bare.err)


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["validte"], "Did you mean 'validate'?"),
        (["compar"], "Did you mean 'compare'?"),
        (["validate", "--colour"], "--color"),
        (["validate", "--outputformat", "json"], "--output-format"),
        (["list", "--audence", "public"], "--audience"),
        (["show", "x", "-f", "jsn"], "Did you mean 'json'?"),
        (["schema", "lader"], "Did you mean 'ladder'?"),
        (["completion", "bsh"], "Did you mean 'bash'?"),
        (["sausage"], "No such command 'sausage'."),
        (["validate", "--sausage"], "No such option: --sausage"),
        (["show"], "Missing argument"),
    ],
)
def test_an_unknown_word_is_a_matter_of_usage_with_a_suggestion(
    tmp_path: Path, arguments: list[str], hint: str
) -> None:
    result = ladder(*arguments, cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert hint in result.err
    assert "Traceback" not in result.err


FOREIGN = """
    Input should be|Field required|Extra inputs|validation error|pydantic|expected <block end>|did not find|
    while parsing|while scanning|could not find|found character|mapping values are not|could not determine|
    unacceptable character|libyaml|yaml\\.|type=|Traceback|NoneType|dict\\b|\\bstr\\b|unhashable|codec
    """
WORDS = re.compile("|".join(word.strip() for word in FOREIGN.replace("\n", "").split("|")))

BROKEN = [
    "", "x", "[", "{", "- a\n b", "a: b: c", "a: [", "a: {b", 'a: "', "a: '", "a: |x", "a: *b", "a: &", "a: !x y",
    "a: !!python/object:os.system x", "<<: {a: 1}", "? [a]\n: b", "? {a: b}\n: c", "%YAML 1.1\n---\na: 1", "---\n---\n",
    "a: @b", "a: `b`", "a: %b", "\ta: 1", "a:\n\tb: 1", "a:\n  b: 1\n c: 2", "a: 1\n- b", '"\\q": 1', '"\\ud800": 1',
    '"\\UFFFFFFFF": 1', "a: \x01", "\ufeff\ufeffa: 1", "null: 1", "1: 2", "true: false", "...\n...\na", "!a: b",
    "format: 1\ntitle: [a]\ntracks: x", "format: x\ntitle: 1\ntracks: {}", "format: 1\ntitle: x\ntracks: [1, a, [b]]",
    "format: 1\ntitle: x\ntracks: []\ngrades: [{id: A B, pay: 1}]", "format: 1\ntitle: x\ntracks: []\nmetrics: {a: 1}",
    "format: 1\ntitle: x\ntracks: []\neffective: soon\nversion: 1\nlanguage: '?'\nstatus: odd\npolicy: []",
    "format: 1\ntitle: x\ntracks: []\nuses: [{path: 1, optional: x}, [a], null]",
    "format: 2\ntitle: x\ntracks: [{id: ic, kind: x, levels: {a: b}}]\nmeasures: [{}]\nmoves: [{from: a}]",
    "format: 1\ntitle: x\ntracks: []\ncompensation: {zones: [{id: us, currency: DOLLAR}], basis: x, period: 3}",
    "format: 1\ntitle: x\ntracks: [{id: ic, kind: ic, levels: [{id: a, grade: [x], expectations: [1], executive: 1}]}]",
    "format: 1\ntitle: x\ntracks: []\nmeasures: [{id: a, name: {b: c}, scale: {d: e}, aspects: 1, evidence: {}}]",
]  # fmt: skip


def test_no_message_is_in_the_words_of_a_library(tmp_path: Path) -> None:
    for index, text in enumerate(BROKEN):
        (tmp_path / f"{index:02}.yaml").write_text(text, encoding="utf-8")
    files = [path.name for path in sorted(tmp_path.iterdir())]
    for output_format in ("full", "concise", "json", "github"):
        result = ladder("validate", "-f", output_format, *files, cwd=tmp_path)
        assert (result.code, result.err) == (1, "")
        assert WORDS.findall(result.out) == []
    concise = ladder("validate", "-f", "concise", *files, cwd=tmp_path).out
    assert {line[:7] for line in concise.splitlines()[:-1]} == set(files)
