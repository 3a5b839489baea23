"""Every trap of YAML that an author may fall into: what is said, where, and what to write instead."""

from __future__ import annotations

import re
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from laddercli.document import Document
from laddercli.nodes import Fault, split_lines
from laddercli.syntax import explain

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted((Path(__file__).parent / "cases" / "syntax").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]

LADDER = """\
format: 1
id: product
title: "Product"
summary: Grows by the size of the problem,
  never by the size of the team.
organization: {name: Acme, aliases: [Acme Corp, 'Acme''s']}
policy:
  parity: required
measures:
  - id: craft
    name: Craft
    scale: [Feature, {name: Theme, definition: "Several \\"features\\""}]
tracks:
  - id: ic
    levels:
      - id: pm1
        summary: >-
          Owns features: small ones,
          with guidance.
        expectations:
          craft:
            step: Feature
            criteria:
              - Writes requirements, reviewed by a peer.
              - text: Interviews customers.  # every month
                kind: core
"""


def shown(fault: Fault) -> str:
    return f"{fault.span.start.line}:{fault.span.start.column} {fault.rule} {fault.message}"


def parses(text: str) -> bool:
    try:
        for _ in yaml.parse(text, yaml.SafeLoader):
            pass
    except (yaml.YAMLError, ValueError, OverflowError):
        return False
    return True


def follow(text: str, fault: Fault, first: int) -> str | None:
    """The text after the help has been followed to the letter, where it says what to write in place of the lines
    from ``first`` to that of the fault."""
    lines = split_lines(text)
    row = first - 1
    line, help = lines[row], fault.help or ""
    del lines[row : fault.span.start.line - 1]
    if help.startswith("write: "):
        lines[row] = line[: len(line) - len(line.lstrip())] + help.removeprefix("write: ")
    elif match := re.fullmatch(r"write (no|\d+) spaces? (?:before it|instead of the tab)", help):
        lines[row] = " " * (0 if match[1] == "no" else int(match[1])) + line.lstrip()
    else:
        return None
    return "\n".join(lines)


@pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "python"])
@pytest.mark.parametrize("case", CASES)
def test_trap(case: dict[str, Any], pure: bool) -> None:
    document = Document.parse(case["file"], pure=pure)

    assert [shown(fault) for fault in document.faults] == case["finds"]
    assert [fault.help for fault in document.faults] == [case["help"]]


@pytest.mark.parametrize("case", CASES)
def test_what_the_help_says_to_write_is_yaml(case: dict[str, Any]) -> None:
    fault = Document.parse(case["file"]).faults[0]
    followed = follow(case["file"], fault, case.get("from", fault.span.start.line))

    assert followed is None or parses(followed), followed


def test_both_parsers_give_the_same_span() -> None:
    for case in (param.values[0] for param in CASES):
        assert isinstance(case, dict)
        assert Document.parse(case["file"]).faults == Document.parse(case["file"], pure=True).faults


# --- any text -----------------------------------------------------------------------------------------------------

# What one parser reads and the other refuses; see test_whether_this_is_yaml_depends_on_the_parser.
DIFFERENT = re.compile(r"\t|!\S*[,\[\]{}]|[^\s?]\?|\?[^\s?]|:[,\[\]{}]|^%", re.MULTILINE)
PIECES = [*"*&[]{}\"'%@|>!`,-?:#\\ \n\t“”‘a", ": ", "- ", "  ", "\n ", '"\\q"', '"\\ud800"', "...\n", "---\n", "<<"]
EDITS = st.lists(
    st.tuples(st.integers(0, len(LADDER)), st.integers(0, 4), st.sampled_from(["", *PIECES])), min_size=1, max_size=3
)


def edit(edits: list[tuple[int, int, str]]) -> str:
    text = LADDER
    for at, gone, new in edits:
        text = text[:at] + new + text[at + gone :]
    return text


def failure(text: str, loader: Any) -> Exception | None:
    """What the bare parser raises, without the composer around it."""
    try:
        for _ in yaml.parse(text, loader):
            pass
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        return error
    return None


@settings(max_examples=600, deadline=None)
@given(EDITS)
def test_explains_any_text_inside_its_lines(edits: list[tuple[int, int, str]]) -> None:
    text = edit(edits)
    lines = split_lines(text)
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        if (error := failure(text, loader)) is None:
            continue
        fault = explain(text, error)
        start, end = fault.span
        assert 1 <= start.line == end.line <= len(lines)
        assert 1 <= start.column <= end.column <= len(lines[start.line - 1]) + 1
        assert fault.help
        assert not fault.message.endswith(".")


@settings(max_examples=600, deadline=None)
@given(EDITS)
def test_both_parsers_agree(edits: list[tuple[int, int, str]]) -> None:
    text = edit(edits)
    if DIFFERENT.search(text):
        return
    fast, pure = Document.parse(text), Document.parse(text, pure=True)
    if fast.root is None and pure.root is None:
        assert [(f.rule, f.span.start.line) for f in fast.faults] == [(f.rule, f.span.start.line) for f in pure.faults]


@pytest.mark.parametrize(
    "text", ["a:\tb\n", "a: b\tc\n", "%FOO bar\n---\na: b\n", "a: [b?c, d]\n", "a: [b ?c, d]\n", "a: {b:, c: d}\n"]
)
def test_whether_this_is_yaml_depends_on_the_parser(text: str) -> None:
    """The parser in Python refuses tabs behind `:` and within text, and `?` within text in brackets; libyaml refuses
    directives that it does not know, and `:` right before a comma or bracket in brackets. The other one reads on, so
    no explanation can be the same."""
    assert DIFFERENT.search(text)
    assert (failure(text, yaml.CSafeLoader) is None) != (failure(text, yaml.SafeLoader) is None)


# --- without a place, without a limit -----------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["\\UFFFFFFFF", "\\U00110000"])
def test_a_code_that_python_refuses_without_a_place(code: str) -> None:
    text = f'title: Product\nsummary: Plain {code} text\nowner: "Team {code}"\n'
    error = failure(text, yaml.SafeLoader)
    assert isinstance(error, ValueError | OverflowError)

    assert explain(text, error) == explain(text, failure(text, yaml.CSafeLoader) or error)
    assert shown(explain(text, error)) == f"3:14 syntax `{code}` is not the code of a character"


@pytest.mark.parametrize("error", [ValueError("odd"), yaml.YAMLError(), yaml.MarkedYAMLError()])
@pytest.mark.parametrize("text", ["", "\n", "title: Product\n"])
def test_an_error_without_a_place_is_explained(error: Exception, text: str) -> None:
    assert explain(text, error).span.start == (1, 1)


LONG = {
    "colons": "a: " + "word: " * 200_000,
    "commas": "- [" + "x, " * 200_000,
    "backslashes": '- "' + "\\" * 300_000,
    "dashes": "-" + " -" * 200_000,
    "blanks": "a: @" + " " * 600_000 + "x",
    "lines of text": "word\n" * 400_000 + "a: b",
    "quotes": "- 'a' b\n" * 100_000 + "- 'a' b 'c",
    "brackets": "- [a\n" * 100_000 + "b: @",
    "escapes": '- "' + "\\q" * 300_000,
    "codes": '- "' + "\\ud800" * 100_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_text_is_explained_in_linear_time(text: str) -> None:
    row = text.count("\n")
    width = len(text) - text.rfind("\n") - 1
    for column in (0, width // 2, width):
        mark = yaml.Mark("", 0, row, column, "", 0)
        start = time.process_time()
        explain(text, yaml.MarkedYAMLError(None, yaml.Mark("", 0, row, 0, "", 0), "", mark))
        assert time.process_time() - start < 5


@pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "python"])
@pytest.mark.parametrize("escape", ["\\q", "\\ud800", "\\U00110000"])
def test_no_more_than_a_window_of_a_long_text_is_looked_at(escape: str, pure: bool) -> None:
    text = f'title: "{escape * 500_000}"\nowner: Team\n'
    error = failure(text, yaml.SafeLoader if pure else yaml.CSafeLoader) or ValueError("half a character")

    tracemalloc.start()
    fault = explain(text, error)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (fault.span.start, fault.help) == ((1, 9), "write the backslash twice, or use single quotes")
    assert most < 20_000_000


def test_a_place_that_nobody_wrote_by_hand_is_named_and_not_explained() -> None:
    text = f'title: "{"word " * 100_000}\\q"\n'
    error = failure(text, yaml.CSafeLoader)
    assert error

    assert shown(explain(text, error)).endswith(" cannot stand here")
