"""`ladder validate` as people and CI run it: what it prints, where, and with which exit code."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from laddercli.cli import app
from laddercli.loader import Loader
from tests.run import LADDER, Result, environment, ladder

Golden = Callable[[str, str], None]

VALID = """\
format: 1
title: Sales
grades: [{id: g1}, {id: g2}]
measures: [{id: craft, name: Craft}]
tracks:
  - id: ic
    kind: ic
    levels:
      - {id: rep-1, grade: g1, expectations: {craft: Sells to one customer at a time.}}
"""
BROKEN = VALID.replace("title: Sales", "title: Sales\ntitel: Sales")
SHARED = "format: 1\nmeasures: [{id: trust, name: Trust}]\n"
WRONG = "ladders/wrong.yaml:3:1: error[unknown-key] unknown key `titel`; did you mean `title`?\n"


def put(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A repository with a valid ladder and one with a mistake."""
    (tmp_path / ".git").mkdir()
    put(tmp_path, {"ladders/right.yaml": VALID, "ladders/wrong.yaml": BROKEN})
    return tmp_path


def validate(cwd: Path, *arguments: str | bytes | Path, stdin: bytes | str = b"", **env: str) -> Result:
    return ladder("validate", *arguments, cwd=cwd, stdin=stdin, **env)


def judged(result: Result) -> list[str]:
    """The files that were read, as `-v` tells."""
    lines = [line for line in result.err.splitlines() if line.startswith("note: reading ")]
    return [line.removeprefix("note: reading ").partition(",")[0] for line in lines]


# --- what it finds -----------------------------------------------------------------------------------------------

SALES = """\
format: 1
title: Sales
uses: [shared/company.yaml]
grades: [{id: g1}]
tracks:
  - id: ic
    kind: ic
    levels:
      - {id: rep, grade: g1, expectations: {communication: Answers every call.}}
"""
SCENARIO = {
    "ladders/product.yaml": """\
format: 1
title: Product management
summary: How product managers grow.
sumary: How product managers grow here.
grades: [{id: g1}, {id: g2}]
measures:
  - {id: communication, name: Communication}
  - {id: craft, name: Craft}
tracks:
  - id: ic
    kind: ic
    levels:
      - id: pm1
        grade: g3
        career_level: sometimes
        expectations:
          comunication: Presents to other teams.
          craft: Explains the roadmap.
          craft: Explains it twice.
""",
    "ladders/sales.yaml": SALES,
    "ladders/support.yaml": SALES.replace("Sales", "Support"),
    "ladders/design.yaml": """\
format: 1
title: Design
tracks:
  - id: ic
    kind: ic
    levels:
      - id: designer-1
        summary: "Draws screens.
        expectations: {}
""",
    "ladders/shared/company.yaml": """\
format: 1
measures:
  - {id: communication, name: Communication, defintion: How far a message travels.}
""",
}


def test_every_mistake_of_every_file_is_reported_once_in_one_run(tmp_path: Path, golden: Golden) -> None:
    put(tmp_path, SCENARIO)
    result = validate(tmp_path)
    assert (result.code, result.err) == (1, "")
    golden("validate-scenario.txt", result.out)
    for mistake in ("sumary", "g3", "comunication", "career_level", "`craft` is given twice", "defintion"):
        assert sum(mistake in line for line in result.out.splitlines() if line.startswith("error[")) == 1
    assert sum("ladders/design.yaml" in line for line in result.out.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "out"),
    [
        (["ladders/right.yaml"], 0, "1 file is valid.\n"),
        (["ladders/right.yaml", "./ladders/right.yaml", "ladders/../ladders/right.yaml"], 0, "1 file is valid.\n"),
        (["-f", "concise", "ladders/wrong.yaml"], 1, f"{WRONG}Found 1 error in 1 file.\n"),
        (["-f", "concise"], 1, f"{WRONG}Found 1 error in 2 files.\n"),
        (["-f", "concise", "missing.yaml", "ladders/wrong.yaml"], 2, f"{WRONG}Found 1 error in 1 file.\n"),
        (["missing.yaml", "ladders/right.yaml"], 2, "1 file is valid.\n"),
        (["missing.yaml", "also-missing.yaml"], 2, ""),
    ],
)
def test_the_exit_code_says_what_was_found(here: Path, arguments: list[str], code: int, out: str) -> None:
    result = validate(here, *arguments)
    assert (result.code, result.out) == (code, out)
    for name in arguments:
        assert (f"error: {name}: there is no such file\n" in result.err) == ("missing" in name)


@pytest.mark.parametrize(
    "content", [b"", b"# nothing\n", b"\xff\xfea", b"a\x00b", b"[" * 2000, b"--- a\n--- b\n", b"title: caf\xe9\n"]
)
def test_bad_content_is_a_finding(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.yaml").write_bytes(content)
    result = validate(tmp_path, "-f", "concise", "bad.yaml")
    assert (result.code, result.err) == (1, "")
    assert result.out.startswith("bad.yaml:")
    assert result.out.endswith("\nFound 1 error in 1 file.\n")


# --- standard input ----------------------------------------------------------------------------------------------


def test_standard_input_is_judged_under_the_name_it_is_given(tmp_path: Path) -> None:
    put(tmp_path, {"ladders/shared.yaml": SHARED})
    text = VALID.replace("title: Sales", "title: Sales\nuses: [shared.yaml]").replace("{craft:", "{trust:").encode()
    named = validate(tmp_path, "-f", "concise", "-", "--stdin-filename", "ladders/new.yaml", stdin=text)
    assert (named.code, named.out) == (0, "1 file is valid.\n")
    unnamed = validate(tmp_path, "-f", "concise", "-", stdin=text)
    assert unnamed.code == 1
    assert unnamed.out.startswith("-:3:8: error[uses-not-found] ")


def test_a_named_standard_input_is_not_read_from_the_file_of_that_name(here: Path) -> None:
    result = validate(here, "-", "--stdin-filename", "ladders/wrong.yaml", stdin=VALID.encode())
    assert (result.code, result.out) == (0, "1 file is valid.\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-", "ladders"], "error: `-` reads standard input and goes with no other path\n"),
        (["ladders", "-"], "error: `-` reads standard input and goes with no other path\n"),
        (["--stdin-filename", "x.yaml"], "error: --stdin-filename needs `-`, which reads standard input\n"),
        (["--stdin-filename", "x.yaml", "ladders"], "error: --stdin-filename needs `-`, which reads standard input\n"),
        (["--stdin-filename", ""], "error: --stdin-filename needs `-`, which reads standard input\n"),
    ],
)
def test_standard_input_goes_with_nothing_else(here: Path, arguments: list[str], message: str) -> None:
    assert validate(here, *arguments) == (2, "", message)


def test_a_stream_without_end_is_read_no_further_than_a_ladder_may_go(tmp_path: Path) -> None:
    with open("/dev/zero", "rb") as zeros:
        done = subprocess.run(
            [*LADDER, "validate", "-", "-f", "concise"],
            cwd=tmp_path,
            env=environment(),
            stdin=zeros,
            capture_output=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 1
    assert done.stdout.startswith(b"-:1:1: error[too-large] ")


@pytest.mark.parametrize(
    ("redirection", "code"), [("<&-", 2), (">&-", 0), ("2>&-", 0), (">&- 2>&-", 0), ("<&- >&- 2>&-", 2)]
)
def test_closed_streams_do_not_crash(here: Path, redirection: str, code: int) -> None:
    stdin = "-" if "<&-" in redirection else "ladders/right.yaml"
    shell = ["sh", "-c", f'"$@" {redirection}', "sh", *LADDER]
    result = ladder("validate", stdin, cwd=here, program=shell)
    assert result.code == code
    assert result.err == ("error: standard input is closed\n" if redirection == "<&-" else "")


# --- which files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "arguments", "expected"),
    [
        (["ladders/b.yaml", "ladders/a.yml", "ladders/sub/c.yaml", "other/d.yaml", "ladders/e.txt"], [],
         ["ladders/a.yml", "ladders/b.yaml", "ladders/sub/c.yaml"]),
        (["ladders/.git/a.yaml", "ladders/.hidden.yaml", "ladders/a.yaml"], [], ["ladders/a.yaml"]),
        (["x/a.yaml", "x/sub/b.yml", "x/.hidden/c.yaml", "x/d.txt"], ["x"], ["x/a.yaml", "x/sub/b.yml"]),
        (["x/a.yaml"], ["."], ["x/a.yaml"]),
        (["x/a.yaml"], ["x/", "x", "x/a.yaml"], ["x/a.yaml"]),
        (["x/strange.txt", "x/.hidden/a.yaml"], ["x/strange.txt", "x/.hidden/a.yaml"],
         ["x/strange.txt", "x/.hidden/a.yaml"]),
    ],
)  # fmt: skip
def test_files_are_found(tmp_path: Path, files: list[str], arguments: list[str], expected: list[str]) -> None:
    put(tmp_path, dict.fromkeys(files, VALID))
    result = validate(tmp_path, "-v", *arguments)
    assert (result.code, judged(result)) == (0, expected)


@pytest.mark.parametrize(
    ("settings", "arguments", "expected"),
    [
        ("ladders: [careers/*.yaml]", [], ["careers/a.yaml"]),
        ("ladders: careers/**", [], ["careers/a.yaml", "careers/deep/b.yaml", "careers/drafts/c.yaml"]),
        ("ladders: [careers/]\nexclude: [careers/drafts/**]", [], ["careers/a.yaml", "careers/deep/b.yaml"]),
        ("ladders: [careers/]\nexclude: [careers/drafts]", [], ["careers/a.yaml", "careers/deep/b.yaml"]),
        ("ladders: [careers/]\nexclude: [careers/drafts]", ["careers/drafts/c.yaml"], ["careers/drafts/c.yaml"]),
        ("ladders: [careers/]", ["careers/deep"], ["careers/deep/b.yaml"]),
        ("ladders: [careers/]", ["careers/deep", "other/d.yaml"], ["careers/deep/b.yaml", "other/d.yaml"]),
        ("{}", ["ladders"], ["ladders/e.yaml"]),
    ],
)
def test_the_configuration_says_which_files_are_meant(
    tmp_path: Path, settings: str, arguments: list[str], expected: list[str]
) -> None:
    names = ["careers/a.yaml", "careers/deep/b.yaml", "careers/drafts/c.yaml", "other/d.yaml", "ladders/e.yaml"]
    put(tmp_path, dict.fromkeys(names, VALID) | {".ladder.yaml": settings})
    result = validate(tmp_path, "-v", *arguments)
    assert (result.code, judged(result)) == (0, expected)


def test_a_folder_without_configuration_gives_what_says_it_is_a_ladder(tmp_path: Path) -> None:
    put(tmp_path, {"x/ladder.yaml": "# long\n" * 50 + VALID, "x/compose.yaml": "services:\n  format: 1\n"})
    result = validate(tmp_path, "-v", "x")
    assert (result.code, judged(result)) == (0, ["x/ladder.yaml"])
    assert validate(tmp_path, "x/compose.yaml").code == 1


def test_from_a_folder_below_the_configuration_everything_it_finds_is_judged(here: Path) -> None:
    put(here, {".ladder.yaml": "ladders: [ladders/]", "docs/x.txt": ""})
    assert judged(validate(here / "docs", "-v")) == ["../ladders/right.yaml", "../ladders/wrong.yaml"]


@pytest.mark.parametrize("arguments", [[], ["empty"], ["empty", "-f", "json"]])
def test_finding_nothing_is_a_failure_unless_it_is_allowed(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "empty").mkdir()
    result = validate(tmp_path, *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("error: no ladder found: ")
    assert validate(tmp_path, "--allow-empty", *arguments).code == 0


def test_an_empty_path_is_not_everything(here: Path) -> None:
    assert validate(here, "") == (2, "", "error: a path is empty\n")


def test_shared_files_alone_are_fine(tmp_path: Path) -> None:
    put(tmp_path, {"ladders/company.yaml": SHARED})
    assert validate(tmp_path) == (0, "1 file is valid.\n", "")


NAMES = [
    b"two words.yaml",
    b"two\nlines.yaml",
    b"100%25.yaml",
    b"a::b,c.yaml",
    b"caf\xe9.yaml",
    "레벨.yaml".encode(),
    b"-v.yaml",
    b"[bold].yaml",
    b"\x1b[31mred.yaml",
    b"::error file=x::forged.yaml",
]


@pytest.mark.parametrize("output_format", ["full", "concise", "json", "github"])
@pytest.mark.parametrize("name", NAMES)
def test_any_file_name_is_read_and_none_is_obeyed(tmp_path: Path, name: bytes, output_format: str) -> None:
    path = os.path.join(os.fsencode(tmp_path), name)
    with open(path, "wb") as file:
        file.write(BROKEN.encode())
    result = validate(tmp_path, "-f", output_format, "--", name)
    assert (result.code, result.err) == (1, "")
    assert "\x1b" not in result.out
    commands = [line for line in result.out.splitlines() if line.lstrip().startswith("::")]
    assert len(commands) == (output_format == "github")
    if output_format == "json":
        assert os.fsencode(json.loads(result.out)["findings"][0]["file"]) == name


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_file_of_any_name_is_one_line(tmp_path: Path, name: bytes) -> None:
    result = validate(tmp_path, "--", name)
    assert (result.code, result.out) == (2, "")
    assert result.err.count("\n") == 1
    assert result.err.startswith("error: ")
    assert "\x1b" not in result.err


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: os.mkfifo(path), "is a named pipe, not a file"),
        (lambda path: path.symlink_to("nowhere"), "the link leads nowhere"),
        (lambda path: path.symlink_to("/dev/zero"), "is a device, not a file"),
        (lambda path: path.symlink_to(path), "too many levels of symbolic links"),
        (lambda path: None, "there is no such file"),
    ],
)
def test_what_is_no_file_cannot_be_judged_and_hangs_nobody(
    here: Path, make: Callable[[Path], None], message: str
) -> None:
    make(here / "ladders" / "odd.yaml")
    for arguments in (["ladders/odd.yaml"], ["ladders/odd.yaml", "ladders/wrong.yaml"]):
        result = validate(here, "-f", "concise", *arguments)
        assert result.code == 2
        assert message in result.err
        assert (WRONG in result.out) == ("ladders/wrong.yaml" in arguments)


def test_a_link_that_leads_nowhere_is_reported_when_a_folder_is_searched(here: Path) -> None:
    (here / "ladders" / "odd.yaml").symlink_to("nowhere")
    for arguments in ([], ["ladders"]):
        result = validate(here, *arguments)
        assert (result.code, result.err) == (2, "error: ladders/odd.yaml: the link leads nowhere\n")
        assert "Found 1 error in 2 files." in result.out


def test_a_file_that_may_not_be_read_is_reported_and_the_others_are_judged(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Within the process: whoever runs the tests may be allowed to read everything."""
    monkeypatch.chdir(here)
    original = open

    def refuse(path: str, *arguments: str, **named: str) -> object:
        if str(path).endswith("right.yaml"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return original(path, *arguments, **named)  # type: ignore[call-overload]

    monkeypatch.setattr("builtins.open", refuse)
    code = app.run(["validate", "-f", "concise"])
    captured = capsys.readouterr()
    assert code == 2
    assert captured.err == "error: ladders/right.yaml: permission denied\n"
    assert captured.out == f"{WRONG}Found 1 error in 1 file.\n"


# --- configuration -----------------------------------------------------------------------------------------------


def test_a_configuration_may_be_named_or_left_out(tmp_path: Path) -> None:
    put(tmp_path, {"ladders/a.yaml": VALID, "b.yaml": VALID, "sub/c.yaml": VALID})
    put(tmp_path, {".ladder.yaml": "ladders: [b.yaml]", "sub/other.yaml": "ladders: [c.yaml]"})

    def found(*arguments: str, **env: str) -> list[str]:
        return judged(validate(tmp_path, "-v", *arguments, **env))

    assert found() == ["b.yaml"]
    assert found("--no-config") == ["ladders/a.yaml"]
    assert found("--config", "sub/other.yaml") == ["sub/c.yaml"]
    assert found("--config", "sub/other.yaml", ".") == ["sub/c.yaml"]
    assert found(LADDER_CONFIG="sub/other.yaml") == ["sub/c.yaml"]
    assert found("--config", ".ladder.yaml", LADDER_CONFIG="sub/other.yaml") == ["b.yaml"]
    assert found("--no-config", LADDER_CONFIG="sub/other.yaml") == ["ladders/a.yaml"]
    assert found(LADDER_CONFIG="") == ["b.yaml"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--config", "none.yaml"], "error: none.yaml: there is no such file\n"),
        (["--config", "ladders"], "error: ladders is a folder, not a file\n"),
        (["--config", "x", "--no-config"], "error: --config and --no-config exclude each other\n"),
    ],
)
def test_a_configuration_that_cannot_be_used_ends_the_run(here: Path, arguments: list[str], message: str) -> None:
    assert validate(here, *arguments) == (2, "", message)


@pytest.mark.parametrize("arguments", [[], ["ladders"], ["ladders/right.yaml"], ["-"]])
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version: 1\nladder: [x]\n", "error: .ladder.yaml:2:1: unknown key `ladder`; did you mean `ladders`?\n"),
        (
            'required-version: ">=99"\n',
            "error: .ladder.yaml:1:19: this repository requires ladder >=99; this is 0.1.0\n"
            "  help: install a version that fits, or change `required-version`\n",
        ),
    ],
)
def test_a_mistake_in_the_configuration_ends_the_run_however_files_are_named(
    here: Path, arguments: list[str], text: str, message: str
) -> None:
    put(here, {".ladder.yaml": text})
    assert validate(here, *arguments, stdin=VALID.encode()) == (2, "", message)
    assert validate(here, "--no-config", *arguments, stdin=VALID.encode()).code in (0, 1)


# --- what is printed ---------------------------------------------------------------------------------------------


def test_quiet_leaves_out_the_summary_and_quieter_everything(here: Path) -> None:
    for arguments in (["-q"], ["--quiet"]):
        assert validate(here, "-f", "concise", *arguments) == (1, WRONG, "")
    for arguments in (["-qq"], ["-q", "-q"]):
        assert validate(here, *arguments) == (1, "", "")
    assert validate(here, "-q", "ladders/right.yaml") == (0, "", "")


def test_verbose_names_the_files_and_what_configures_them(here: Path) -> None:
    put(here, {"sub/.ladder.yaml": "{}", "sub/x.yaml": VALID})
    assert validate(here, "-v", "ladders/right.yaml", "sub/x.yaml").err == (
        "note: reading ladders/right.yaml, configured by nothing\n"
        "note: reading sub/x.yaml, configured by sub/.ladder.yaml\n"
    )


@pytest.mark.parametrize(
    ("choice", "env", "colored"),
    [
        ([], {}, False),
        (["--color", "auto"], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "0"}, False),
        ([], {"FORCE_COLOR": ""}, False),
        ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ([], {"NO_COLOR": "", "FORCE_COLOR": "1"}, True),
        (["--color", "always", "-f", "concise"], {}, False),
        (["--color", "always", "-f", "json"], {}, False),
        (["--color", "always", "-f", "github"], {}, False),
    ],
)
def test_the_flag_decides_on_color_then_no_color_then_force_color(
    here: Path, choice: list[str], env: dict[str, str], colored: bool
) -> None:
    assert ("\x1b[" in validate(here, *choice, **env).out) == colored


def test_formats_go_to_files_and_one_to_the_screen(here: Path) -> None:
    result = validate(here, "-f", "concise", "-f", "json=found.json", "-f", "github=found.txt")
    assert (result.code, result.out) == (1, f"{WRONG}Found 1 error in 2 files.\n")
    assert json.loads((here / "found.json").read_text())["summary"]["errors"] == 1
    assert (here / "found.txt").read_text().startswith("::error title=unknown-key,")


def test_the_screen_shows_the_summary_when_every_format_has_a_file(here: Path) -> None:
    assert validate(here, "-f", "full=a.txt", "-f", "concise=b=c.txt") == (1, "Found 1 error in 2 files.\n", "")
    assert (here / "b=c.txt").read_text().startswith(WRONG)
    assert validate(here, "-f", "full=a.txt", "-q") == (1, "", "")
    assert "\x1b" not in (here / "a.txt").read_text()


@pytest.mark.parametrize("output_format", ["full", "concise", "json", "github"])
def test_the_format_never_changes_the_exit_code(here: Path, output_format: str) -> None:
    assert validate(here, "-f", output_format).code == 1
    assert validate(here, "-f", output_format, "ladders/right.yaml").code == 0
    assert validate(here, "-f", output_format, "ladders/wrong.yaml", "missing").code == 2


def test_the_environment_may_name_the_format_and_a_flag_wins(here: Path) -> None:
    assert validate(here, LADDER_OUTPUT_FORMAT="concise").out.startswith(WRONG)
    assert validate(here, "-f", "json", LADDER_OUTPUT_FORMAT="concise").out.startswith("{")
    assert validate(here, LADDER_OUTPUT_FORMAT="").out.startswith("error[unknown-key]: ")


@pytest.mark.parametrize(
    ("arguments", "env", "message"),
    [
        (["-f", "jsn"], {}, "Did you mean 'json'?"),
        (["-f", "jsn=x"], {}, "Did you mean 'json'?"),
        ([], {"LADDER_OUTPUT_FORMAT": "githib"}, "Did you mean 'github'?"),
        (
            ["-f", "sausage"],
            {},
            "'sausage' is not one of full, concise, json, jsonl, github, gitlab, junit, sarif, markdown.",
        ),
        (["-f", "json="], {}, "'json=' names no file."),
        (["-f", "json", "-f", "full"], {}, "Only one format can go to the screen"),
        (["--color", "alway"], {}, "Did you mean 'always'?"),
        (["--audience", "internl"], {}, "Did you mean 'internal'?"),
        (["--qiet"], {}, "--quiet"),
    ],
)
def test_a_wrong_word_is_a_matter_of_usage_with_a_suggestion(
    here: Path, arguments: list[str], env: dict[str, str], message: str
) -> None:
    result = validate(here, *arguments, **env)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert "Traceback" not in result.err
    assert "bug" not in result.err


def test_a_file_for_a_format_that_cannot_be_written_is_a_failure(here: Path) -> None:
    result = validate(here, "-f", "json=no/such/folder.json")
    assert (result.code, result.err) == (2, "error: no/such/folder.json cannot be written: there is no such file\n")


@pytest.mark.parametrize("env", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}])
@pytest.mark.parametrize("output_format", ["full", "concise", "json", "github"])
def test_no_encoding_of_the_terminal_is_in_the_way(tmp_path: Path, env: dict[str, str], output_format: str) -> None:
    put(tmp_path, {"레벨.yaml": BROKEN.replace("titel", "titelé레벨🪜")})
    result = validate(tmp_path, "-f", output_format, "레벨.yaml", **env)
    assert (result.code, result.err) == (1, "")
    if output_format == "json":
        assert "titelé레벨🪜" in json.loads(result.out)["findings"][0]["message"]


# --- how it ends -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["validate"], ["validate", "-f", "json"], ["--help"], ["--version"]])
def test_a_reader_that_goes_away_is_no_error(here: Path, arguments: list[str]) -> None:
    put(here, {"ladders/wrong.yaml": BROKEN + "".join(f"x{number}: 1\n" for number in range(900))})
    with subprocess.Popen(
        [*LADDER, *arguments], cwd=here, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.parametrize(
    "arguments",
    [["validate"], ["validate", "-f", "json"], ["validate", "ladders/right.yaml"], ["--help"], ["--version"],
     ["validate", "--help"], ["schema"]],
)  # fmt: skip
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_told(here: Path, arguments: list[str], unbuffered: str) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*LADDER, *arguments],
            cwd=here,
            env=environment(PYTHONUNBUFFERED=unbuffered),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (2, b"error: cannot write: No space left on device\n")


def test_an_interrupt_ends_quietly(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*LADDER, "validate", "-"],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        # More than a pipe holds: once it is written, most of it has been read, and the process waits for the rest.
        process.stdin.write(b"#" * 1_000_000)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert (process.returncode, out, err) == (130, b"", b"")


CRASH = """\
import sys
from laddercli import loader
def crash(*_, **__):
    raise RuntimeError("out of\\nluck")
loader.Loader.examine = crash
from laddercli.__main__ import main
sys.argv[0] = "ladder"
main()
"""


def test_a_crash_is_a_message_and_shows_its_place_on_request(here: Path) -> None:
    program = [sys.executable, "-c", CRASH]
    short = ladder("validate", cwd=here, program=program)
    assert short == (
        2,
        "",
        "error: ladder failed: RuntimeError: out of\\nluck\n  help: this is a bug; `-vv` shows where it happened\n",
    )
    long = ladder("validate", "-vv", cwd=here, program=program)
    assert (long.code, long.out) == (2, "")
    assert "Traceback (most recent call last)" in long.err
    assert "in crash" in long.err


def test_a_crash_outside_of_a_command_is_a_message_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(app, "app", lambda: [][0])
    assert app.run(["validate"]) == 2
    assert capsys.readouterr().err.startswith("error: ladder failed: IndexError: ")


def test_a_working_folder_that_is_gone_is_a_message(tmp_path: Path) -> None:
    shell = ["sh", "-c", 'mkdir gone && cd gone && rmdir ../gone && "$@"', "sh", *LADDER]
    result = ladder("validate", cwd=tmp_path, program=shell)
    assert (result.code, result.out) == (2, "")
    assert "Traceback" not in result.err
    assert "cannot write" not in result.err
    assert result.err.startswith("error: ")


@pytest.mark.parametrize("arguments", [["validate"], ["validate", "nope"], ["validate", "--nope"], ["--version"], []])
def test_the_module_and_the_script_behave_alike(here: Path, arguments: list[str]) -> None:
    script = [str(Path(sys.executable).parent / "ladder")]
    assert ladder(*arguments, cwd=here, program=script) == ladder(*arguments, cwd=here)


def test_in_a_log_of_github_no_text_of_a_file_is_a_command(here: Path) -> None:
    put(here, {"ladders/wrong.yaml": BROKEN.replace("titel:", '"##[error]x ##vso[task]":')})
    for output_format in ("full", "concise", "github"):
        out = validate(here, "-f", output_format, GITHUB_ACTIONS="true").out
        assert "##[" not in out
        assert "##vso[" not in out
    found = json.loads(validate(here, "-f", "json", GITHUB_ACTIONS="true").out)["findings"]
    assert "##[error]x" in found[0]["message"]
    missing = validate(here, "##[error]x", GITHUB_ACTIONS="true")
    assert "##[" not in missing.err


def test_one_loader_serves_many_files(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a shared file has wrong is said once in a run because one loader judges all files of it."""
    made: list[Loader] = []
    original = Loader.__init__

    def count(self: Loader, **named: object) -> None:
        made.append(self)
        original(self, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Loader, "__init__", count)
    monkeypatch.chdir(here)
    app.run(["validate", "-qq"])
    assert len(made) == 1
