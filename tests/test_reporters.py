"""Findings as text: for people, for editors, for programs, and beside the lines of a pull request."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from laddercli import __version__
from laddercli.document import Document
from laddercli.findings import Finding, Neighbor, Place, Problem, Severity, fingerprints, from_fault, from_problem
from laddercli.nodes import Fault, Loc, Mark, Span
from laddercli.reporters import FORMATS, MACHINE_FORMATS, Report, reporter

Golden = Callable[[str, str], None]

CSI = "\x1b[31m"
C1 = "\x9b31m"
RIGHT_TO_LEFT = "\u202e"
STEERING = (CSI[0], C1[0], RIGHT_TO_LEFT, "\u2066", "\r", "\x00", "\x07", "\u2028")


def finding(text: str = "title: Sales\n", loc: Loc = ("title",), **more: Any) -> Finding:
    """A finding at a part of a text."""
    document = Document.parse(text, more.pop("path", "ladder.yaml"))
    key = more.pop("key", False)
    problem = Problem("bad-value", Place(document.path, loc), more.pop("message", "this is wrong"), key=key)
    return replace(from_problem(problem, document, {document.path: document}), **more)


def written(name: str, *findings: Finding, **more: Any) -> str:
    return reporter(name)(Report(findings, files=1, **more))


def frame(each: Finding, width: int = 100) -> tuple[str, str]:
    """The line of the source that is shown, and the line below it with the carets, both without the gutter."""
    lines = written("full", each, width=width).splitlines()
    source = next(index for index, line in enumerate(lines) if re.match(r"[0-9]+ \|", line))
    gutter = lines[source].index("|") + 2
    return lines[source][gutter:], lines[source + 1][gutter:]


def under_carets(each: Finding, width: int = 100) -> str:
    """What stands above the carets, by cells of the screen."""
    source, carets = frame(each, width)
    start, end = carets.index("^"), len(carets)
    cells = [character for character in source for _ in range(cell_len(character))]
    assert set(carets[start:]) == {"^"}
    marked = cells[start:end]
    return "".join(character for index, character in enumerate(marked) if index == 0 or marked[index - 1] != character)


# --- full --------------------------------------------------------------------------------------------------------


def test_the_full_format_shows_line_place_and_way_out(golden: Golden) -> None:
    first = finding(suggestion="Sale", help="write: title: Sale", trail=("ic", "pm1", "title"))
    second = finding(
        "\n" * 99 + "title: |\n  One\n  two\n",
        severity=Severity.WARNING,
        related=(Neighbor("defined at", "shared.yaml", Mark(4, 2)), Neighbor("and at", "other.yaml", Mark(5, 1))),
    )
    third = finding(severity=Severity.INFO, source=None)
    golden("full.txt", written("full", first, second, third))
    golden("full-color.txt", written("full", first, second, third, color=True))


@pytest.mark.parametrize(
    ("text", "loc", "key", "marked"),
    [
        ("{title: Sales, id: x}", ("id",), False, "x"),
        ("{title: 레벨레벨, id: x}", ("id",), False, "x"),
        ("{title: 레벨, id: x}", ("title",), False, "레벨"),
        ("{title: 🪜 ladder 🎉, id: x}", ("id",), True, "id"),
        ("{title: cafe\u0301, id: x}", ("id",), False, "x"),
        ('{title: "a\tb\tc", id: x}', ("id",), False, "x"),
    ],
)
def test_carets_stand_under_the_cells_of_the_place(text: str, loc: Loc, key: bool, marked: str) -> None:
    assert under_carets(finding(text, loc, key=key)) == marked


def test_text_that_steers_a_terminal_takes_the_cells_of_its_escape() -> None:
    document = Document("x", f"{RIGHT_TO_LEFT}{C1}x: 1\n")
    fault = Fault("encoding", Span(Mark(1, 6), Mark(1, 7)), "no")
    source, carets = frame(from_fault(document, fault))
    assert source == "\\u202e\\x9b31mx: 1"
    assert carets == " " * len("\\u202e\\x9b31m") + "^"


def test_a_value_of_several_lines_is_marked_to_the_end_of_its_first() -> None:
    assert frame(finding('title: "One\n  two"\n')) == ('title: "One', "       ^^^^")
    assert frame(finding("title: >\n  One\n  two\n")) == ("title: >", "       ^")


@pytest.mark.parametrize("width", [40, 80, 100])
@pytest.mark.parametrize("letter", ["x", "레", "\x85", "🪜"])
@pytest.mark.parametrize("before", [0, 10, 200, 50_000])
@pytest.mark.parametrize("after", [0, 10, 200, 50_000])
def test_a_long_line_is_cut_around_the_place(width: int, letter: str, before: int, after: int) -> None:
    line = letter * before + "PLACE" + letter * after
    document = Document("x", line)
    fault = Fault("syntax", Span(Mark(1, before + 1), Mark(1, before + 6)), "no")
    source, carets = frame(from_fault(document, fault), width)
    start = carets.index("^")
    cells = [character for character in source for _ in range(cell_len(character))]
    assert "".join(cells[start : len(carets)]) == "PLACE"
    assert cell_len(source) <= width
    room = width - 4 - 2 - 6  # the gutter, the dots, and a last character that does not fit
    whole = len("PLACE") + cell_len("\\x85" if letter == "\x85" else letter) * (before + after)
    assert cell_len(source) >= min(room, whole) or after < width


def test_a_long_place_is_cut_to_the_screen() -> None:
    source, carets = frame(finding("title: " + "x" * 100_000), 80)
    assert len(source) <= 80
    assert source.startswith("title: xxx")
    assert source.endswith("x…")
    assert carets == " " * 7 + "^" * (len(source) - 8)


def test_a_place_behind_the_end_of_its_line_has_a_caret() -> None:
    document = Document("x", "title: [")
    fault = Fault("syntax", Span(Mark(1, 9), Mark(1, 9)), "no")
    assert frame(from_fault(document, fault)) == ("title: [", " " * 8 + "^")


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_in_a_finding_steers_a_terminal(name: str) -> None:
    bad = f"a{CSI}b{C1}c{RIGHT_TO_LEFT}d\u2066e\r\x00\x07\u2028f"
    each = finding(
        message=bad, path=bad, suggestion=bad, help=bad, trail=(bad,), related=(Neighbor(bad, bad, Mark(1, 1)),)
    )
    out = written(name, each)
    assert not [character for character in STEERING if character in out]
    if name == "json":
        assert json.loads(out)["findings"][0]["file"] == bad


@pytest.mark.parametrize("name", FORMATS)
def test_a_newline_in_a_name_starts_no_line(name: str) -> None:
    bad = "one\n::error::two"
    each = finding(
        message=bad, path=bad, suggestion=bad, help=bad, trail=(bad,), related=(Neighbor(bad, bad, Mark(1, 1)),)
    )
    starts = [line for line in written(name, each).splitlines() if line.lstrip().startswith("::error::")]
    assert starts == []


@given(st.text(), st.integers(0, 60), st.integers(0, 60), st.integers(10, 120))
def test_a_frame_can_always_be_drawn(line: str, start: int, length: int, width: int) -> None:
    line = line.replace("\n", "").replace("\r", "")
    document = Document("x", line)
    fault = Fault("syntax", Span(Mark(1, start + 1), Mark(1, start + length + 1)), "no")
    source, carets = frame(from_fault(document, fault), width)
    assert cell_len(source) <= max(40, width)
    assert re.fullmatch(r" *\^+", carets)


@pytest.mark.parametrize("name", MACHINE_FORMATS)
def test_what_programs_read_has_no_summary_to_leave_out(name: str) -> None:
    for findings in ([], [finding()]):
        assert written(name, *findings, quiet=True) == written(name, *findings)
        assert "in 1 file." not in written(name, *findings)


@pytest.mark.parametrize("name", ["full", "concise", "github"])
def test_a_summary_comes_last_and_is_left_out_when_quiet(name: str) -> None:
    assert written(name) == "1 file is valid.\n"
    assert written(name, quiet=True) == ""
    assert written(name, finding()).endswith("Found 1 error in 1 file.\n")
    assert "Found" not in written(name, finding(), quiet=True)
    mixed = [finding(), finding(severity=Severity.WARNING), finding(severity=Severity.WARNING)]
    assert written(name, *mixed).endswith("Found 1 error, 2 warnings in 1 file.\n")


# --- concise -----------------------------------------------------------------------------------------------------


def test_the_concise_format_is_a_line_for_each_finding() -> None:
    first, second = finding(suggestion="Sale", path="./sub/../a b.yaml"), finding(help="unsaid", severity=Severity.INFO)
    assert written("concise", first, second) == (
        "./sub/../a b.yaml:1:8: error[bad-value] this is wrong; did you mean `Sale`?\n"
        "ladder.yaml:1:8: info[bad-value] this is wrong\n"
        "Found 1 error, 1 info in 1 file.\n"
    )


# --- json --------------------------------------------------------------------------------------------------------

KEYS = """
    rule category severity message help file path line column end_line end_column fingerprint fix related suppressed
    """.split()


def test_the_json_document_has_an_envelope_and_every_key() -> None:
    full = finding(suggestion="Sale", help="more", related=(Neighbor("defined at", "shared.yaml", Mark(4, 2)),))
    bare = from_fault(Document("-", "x"), Fault("syntax", Span(Mark(1, 1), Mark(2, 3)), "no"))
    document = json.loads(written("json", full, bare))
    assert list(document) == ["schema_version", "tool", "summary", "findings"]
    assert (document["schema_version"], document["tool"]) == (1, {"name": "ladder", "version": __version__})
    assert document["summary"] == {
        "errors": 2, "warnings": 0, "infos": 0, "ignored": 0, "baseline": 0, "files": 1, "fixable": 0,
    }  # fmt: skip
    assert [list(each) for each in document["findings"]] == [KEYS, KEYS]
    first, second = document["findings"]
    del first["fingerprint"]
    assert first == {
        "rule": "bad-value", "category": "validity", "severity": "error",
        "message": "this is wrong; did you mean `Sale`?", "help": "more", "file": "ladder.yaml", "path": "title",
        "line": 1, "column": 8, "end_line": 1, "end_column": 13, "fix": None,
        "related": [{"label": "defined at", "file": "shared.yaml", "line": 4, "column": 2}], "suppressed": None,
    }  # fmt: skip
    assert (second["help"], second["path"], second["related"]) == (None, "", [])


def test_the_json_document_is_there_without_findings() -> None:
    document = json.loads(written("json"))
    assert (document["findings"], document["summary"]["files"]) == ([], 1)


def test_json_text_is_unescaped_utf_8_and_columns_are_code_points() -> None:
    each = finding("{title: 레벨🪜, id: x}", ("id",), message="레벨🪜 <b>")
    assert '"레벨🪜 <b>' in written("json", each)
    found = json.loads(written("json", each))["findings"][0]
    assert (found["column"], found["end_column"]) == (18, 19)


def test_no_json_text_is_a_command_of_a_log() -> None:
    message = "##[error]x ###[y ##vso[z"
    out = written("json", finding(message=message))
    assert "##" not in out
    assert json.loads(out)["findings"][0]["message"] == message


def test_a_path_in_json_ends_at_the_last_part_with_an_id() -> None:
    text = "tracks: [{id: ic, levels: [{id: pm1, expectations: {craft: [a, b]}}]}]"
    loc = ("tracks", 0, "levels", 0, "expectations", "craft", 1)
    assert finding(text, loc).logical_path == "tracks/ic/levels/pm1/expectations/craft"


def test_fingerprints_do_not_depend_on_lines_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert fingerprints([finding("title: a\n")]) == fingerprints([finding("# more\n\nid: x\ntitle: a\n")])


def test_fingerprints_differ_for_equal_messages_and_other_files_rules_and_parts() -> None:
    same = [finding(), finding()]
    others = [finding(path="b.yaml"), finding(rule="wrong-type"), finding("id: x", ("id",)), finding(message="other")]
    marks = fingerprints([*same, *others])
    assert len(set(marks)) == len(marks)
    assert all(re.fullmatch("[0-9a-f]{64}", mark) for mark in marks)
    assert fingerprints(same)[0] == fingerprints([finding()])[0]


def test_fingerprints_do_not_depend_on_the_folder_one_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "sub").mkdir()
    (tmp_path / "link").symlink_to("repo")
    marks = set()
    for folder, path in [
        ("repo", "ladder.yaml"),
        ("repo", "./ladder.yaml"),
        ("repo/sub", "../ladder.yaml"),
        (".", "repo/ladder.yaml"),
        (".", "link/ladder.yaml"),
        (".", str(tmp_path / "repo" / "ladder.yaml")),
    ]:
        monkeypatch.chdir(tmp_path / folder)
        marks.update(fingerprints([finding(path=path)]))
    assert len(marks) == 1


# --- github ------------------------------------------------------------------------------------------------------


def test_github_shows_a_finding_beside_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert written("github", finding(suggestion="Sale", help="write: title: Sale"), quiet=True) == (
        "::error title=bad-value,file=ladder.yaml,line=1,endLine=1,col=8,endColumn=13"
        "::this is wrong; did you mean `Sale`? (write: title: Sale)\n"
    )
    warning, notice = finding(severity=Severity.WARNING), finding(severity=Severity.INFO)
    assert [line.split(" ")[0] for line in written("github", notice, warning, finding(), quiet=True).splitlines()] == [
        "::error", "::warning", "::notice",
    ]  # fmt: skip


def test_github_gets_no_columns_across_lines() -> None:
    out = written("github", finding('title: "One\n  two"\n'), quiet=True)
    assert ",line=1,endLine=2::" in out
    assert "col=" not in out
    assert "endColumn" not in out


@pytest.mark.parametrize(
    ("text", "message", "name"),
    [
        ("100%", "100%25", "100%25"),
        ("%0A", "%250A", "%250A"),
        ("a\nb", "a%0Ab", "a%0Ab"),
        ("a\r\nb", "a%0D%0Ab", "a%0D%0Ab"),
        ("a:b,c", "a:b,c", "a%3Ab%2Cc"),
        ("a::b", "a::b", "a%3A%3Ab"),
    ],
)
def test_github_text_is_escaped(
    text: str, message: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    out = written("github", finding(message=text, path=text), quiet=True)
    assert out.endswith(f"::{message}\n")
    assert f",file={name},line=" in out


def test_github_gets_paths_from_the_top_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "sub").mkdir()
    (tmp_path / "link").symlink_to("repo")
    for folder, path in [
        ("repo", "sub/a.yaml"),
        ("repo", "./sub/a.yaml"),
        ("repo/sub", "a.yaml"),
        (".", "repo/sub/a.yaml"),
        (".", "link/sub/a.yaml"),
        (".", os.fspath(tmp_path / "link" / "sub" / "a.yaml")),
    ]:
        monkeypatch.chdir(tmp_path / folder)
        assert ",file=sub/a.yaml,line=" in written("github", finding(path=path))


def test_github_gets_ten_commands_of_a_severity_and_the_rest_as_lines() -> None:
    findings = [finding(severity=severity) for severity in (Severity.INFO, Severity.ERROR) for _ in range(12)]
    lines = written("github", *findings).splitlines()
    assert [line.split(" ")[0] for line in lines[:20]] == ["::error"] * 10 + ["::notice"] * 10
    assert lines[20:24] == [
        *["  ladder.yaml:1:8: error[bad-value] this is wrong"] * 2,
        *["  ladder.yaml:1:8: info[bad-value] this is wrong"] * 2,
    ]
    assert lines[24:] == [
        "4 more than GitHub shows beside the lines: see above",
        "Found 12 errors, 12 infos in 1 file.",
    ]


@pytest.mark.parametrize(
    "forged", ["::error::x", "a\n::error::x", "a\r::error::x", "##[error]x", "a ##[add-mask]x", " ::stop-commands::x"]
)
@pytest.mark.parametrize("name", FORMATS)
def test_no_text_of_a_ladder_starts_a_command(
    forged: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    each = finding(message=forged, path=forged, suggestion=forged, help=forged, trail=(forged,), rule="bad-value")
    out = written(name, *[each] * 12)
    ours = [line for line in out.splitlines() if line.startswith("::error title=bad-value,file=")]
    assert len(ours) == (10 if name == "github" else 0)
    # The runner takes a line for a command when it starts with `::`, blanks aside; `##[` counts anywhere in it.
    assert [line for line in re.split("[\r\n]", out) if line.lstrip().startswith("::") and line not in ours] == []
    assert name != "github" or "##[" not in out
