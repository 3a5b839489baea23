"""`ladder diff`: how versions are named, what is shown in every format, and how it ends."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from laddercli.config import BadConfiguration, Gate, load
from laddercli.discovery import Discovery
from laddercli.errors import Ambiguous, LadderError
from laddercli.findings import Finding, Severity
from laddercli.gate import gate
from laddercli.reporters import FORMATS as REPORTS
from laddercli.reporters import Report, reporter
from laddercli.versions import HEAD, Side, side, sides, title
from tests.repositories import Repo
from tests.run import Result, ladder

pytestmark = pytest.mark.usefixtures("git_settings")

FORMATS = ("text", "json", "markdown", "github")

COMPANY = """\
format: 1
compensation:
  zones: [{id: home, title: Home, currency: EUR}]
grades:
  - {id: g1, title: Working, pay: {home: {min: 41234, max: 52345}}}
  - {id: g2, title: Leading, pay: {home: {min: 63456, max: 74567}}}
metrics:
  - {id: kept, name: Commitments kept, unit: percent, per: quarter}
measures:
  - {id: craft, name: Craft, scale: [Task, Theme, Product]}
  - {id: reach, name: Reach}
"""
SALES = """\
format: 1
id: sales
title: Sales
version: 1.0.0
uses: [company.yaml]
tracks:
  - id: ic
    name: Individual contributor
    kind: ic
    levels:
      - id: junior
        title: Junior Seller
        grade: g1
        expectations:
          craft:
            step: Task
            criteria:
              - Answers every question of a customer within two days.
              - Puts a request for people in terms of the other side's goals.
            benchmarks: [{metric: kept, at_least: 80}]
          reach:
            - Knows the names of all partners.
      - id: senior
        title: Senior Seller
        grade: g2
        expectations:
          craft:
            step: Theme
            benchmarks: [{metric: kept, at_least: 90}]
"""
NEW = (
    SALES.replace("version: 1.0.0", "version: 1.1.0")
    .replace("at_least: 80", "at_least: 90")
    .replace("Puts a request for people in terms of the", "Justifies a request for people by the")
    .replace("          reach:\n            - Knows the names of all partners.\n", "")
    .replace("title: Sales\n", "title: Sales\nowner: Ada\n")
    .replace(
        "kind: ic\n    levels:\n", "kind: ic\n    levels:\n      - {id: trainee, title: Trainee, code: S0, grade: g1}\n"
    )
)
FILE = "ladders/sales.yaml"
SHARED = "ladders/company.yaml"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A ladder with a shared file, committed as `v1`; the working tree holds the next version."""
    made = Repo(tmp_path / "repo").init()
    monkeypatch.chdir(made.folder)
    made.commit({FILE: SALES, SHARED: COMPANY}, "Begin")
    made.git("tag", "v1")
    made.write({FILE: NEW})
    return made


def run(*arguments: str, cwd: Path | None = None, **variables: str) -> Result:
    return ladder("diff", *arguments, cwd=cwd or Path.cwd(), **variables)


def shown(*arguments: str, cwd: Path | None = None, **variables: str) -> str:
    done = run(*arguments, cwd=cwd, **variables)
    assert (done.code, done.err) == (0, "")
    return done.out


def refused(*arguments: str) -> list[str]:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    return done.err.splitlines()


def changes(*arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(shown(*arguments, "-f", "json"))["changes"]
    return found


def told(*arguments: str) -> list[str]:
    """The kinds of the changes with their impacts."""
    return [f"{each['impact']} {each['kind']}" for each in changes(*arguments)]


ALL = [
    "patch version-changed",
    "patch owner-changed",
    "minor level-added",
    "minor criterion-reworded",
    "major benchmark-raised",
    "minor expectation-removed",
]


# --- how versions are named ----------------------------------------------------------------------------------------


def words(*given: str, against: str | None = None) -> tuple[Side, Side]:
    """What words mean where `a` and `both` are paths, and `v1`, `v2` and `both` are revisions."""
    return sides(given, against, lambda word: word in ("a", "b", "both"), lambda word: word in ("v1", "v2", "both"))


def test_what_words_mean() -> None:
    assert words() == (Side(HEAD), Side())
    assert words("v1") == (Side("v1"), Side())
    assert words("a") == (Side(HEAD, "a", implied=True), Side(path="a"))
    assert words("v1", "v2") == (Side("v1"), Side("v2"))
    assert words("v1", "a") == (Side("v1", "a", implied=True), Side(path="a"))
    assert words("a", "v1") == (Side(path="a"), Side("v1", "a", implied=True))
    assert words("a", "b") == (Side(path="a"), Side(path="b"))
    assert words("v1:x") == (Side("v1", "x"), Side(path="x", implied=True))
    assert words("v1:x", "b") == (Side("v1", "x"), Side(path="b"))
    assert words("v1:x", "v2") == (Side("v1", "x"), Side("v2", "x", implied=True))
    assert words("./v1") == (Side(HEAD, "./v1", implied=True), Side(path="./v1"))
    assert words(against="both") == (Side("both"), Side())
    assert words("a", against="v1") == (Side("v1", "a", implied=True), Side(path="a"))


def test_a_word_that_is_nothing_is_taken_for_what_it_looks_like() -> None:
    assert side("gone.yaml", lambda word: False, lambda word: False) == Side(path="gone.yaml")
    assert side("gone", lambda word: False, lambda word: False) == Side("gone")
    assert side("gone:x.yaml", lambda word: False, lambda word: False) == Side("gone", "x.yaml")


def test_a_word_that_is_a_path_and_a_revision_asks_which() -> None:
    with pytest.raises(Ambiguous, match="`both` is a path and a revision") as caught:
        words("both")
    assert caught.value.help == "write ./both for the path, or --against both for the revision"
    with pytest.raises(LadderError, match="is empty"):
        words("")
    with pytest.raises(LadderError, match="room for one more"):
        words("a", "b", against="v1")


def test_what_is_compared_has_a_title() -> None:
    assert title(*words()) == "HEAD → working tree"
    assert title(*words("a")) == "HEAD → working tree"
    assert title(*words("v1", "v2")) == "v1 → v2"
    assert title(*words("a", "b")) == "a → b"
    assert title(*words("v1:a", "b")) == "v1:a → b"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("HEAD",),
        ("v1",),
        (FILE,),
        ("v1", FILE),
        (f"v1:{FILE}",),
        (f"v1:{FILE}", FILE),
        ("--against", "v1"),
        ("--against", "v1", FILE),
        ("--against", "v1", "--merge-base"),
        ("ladders",),
        ("v1:ladders", "ladders"),
    ],
)
def test_every_way_to_name_the_same_versions(repo: Repo, arguments: tuple[str, ...]) -> None:
    assert told(*arguments) == ALL


def test_two_revisions(repo: Repo) -> None:
    repo.commit(subject="Next")
    repo.write({FILE: "not: [a, ladder"})
    assert told("v1", "HEAD") == ALL
    assert told("v1", "HEAD", "--measure", "CRAFT") == ["minor criterion-reworded", "major benchmark-raised"]
    assert [each["new"]["file"] for each in changes("v1", "HEAD") if each["new"]] == [f"HEAD:{FILE}"] * 5


def test_two_paths_are_one_ladder_and_need_no_git(write: Callable[..., Path]) -> None:
    folder = write({"old.yaml": SALES, "new.yaml": NEW.replace("id: sales", "id: selling"), "company.yaml": COMPANY})
    done = ladder("diff", "old.yaml", "new.yaml", cwd=folder, GIT_CEILING_DIRECTORIES=str(folder.parent))
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0].endswith("old.yaml → new.yaml")
    assert "ladder id changed" in done.out


def test_without_a_repository_a_revision_is_refused(write: Callable[..., Path]) -> None:
    folder = write({FILE: SALES, SHARED: COMPANY})
    done = ladder("diff", cwd=folder, GIT_CEILING_DIRECTORIES=str(folder.parent))
    assert (done.code, done.out) == (2, "")
    assert "is not in a git repository" in done.err


def test_from_a_folder_within(repo: Repo) -> None:
    done = run("company.yaml", cwd=repo.folder / "ladders")
    assert done.code == 2
    assert "company.yaml is a shared file: there is no ladder in it" in done.err
    assert "sales.yaml:22" in shown("sales.yaml", cwd=repo.folder / "ladders")
    assert "sales.yaml:22" in shown("v1:./sales.yaml", cwd=repo.folder / "ladders")
    assert "sales.yaml:22" in shown("v1", cwd=repo.folder / "ladders")


def test_the_merge_base_leaves_out_what_the_other_branch_gained(repo: Repo) -> None:
    repo.git("stash", "--quiet")
    repo.git("switch", "--quiet", "--create", "other")
    repo.commit({FILE: SALES.replace("title: Sales", "title: Selling")}, "Theirs")
    repo.git("switch", "--quiet", "main")
    repo.git("stash", "pop", "--quiet")
    assert "minor ladder-title-changed" in told("--against", "other")
    assert told("--against", "other", "--merge-base") == ALL
    assert "merge base with other → working tree" in shown("other", "--merge-base")


def test_merge_base_alone_would_compare_a_commit_with_itself(repo: Repo) -> None:
    assert refused("--merge-base") == [
        "error: --merge-base needs a revision to begin with",
        "  help: add one: --against origin/main",
    ]


def test_a_missing_revision_says_how_to_get_it(repo: Repo, tmp_path: Path) -> None:
    clone = repo.clone(tmp_path / "clone", "--depth", "1")
    done = ladder("diff", "--against", "origin/next", cwd=clone.folder)
    assert (done.code, done.out) == (2, "")
    assert "`git fetch --unshallow origin" in done.err


def test_a_word_that_is_both_is_asked_about(repo: Repo) -> None:
    repo.write({"v1": "a file"})
    assert refused("v1")[0] == "error: `v1` is a path and a revision"
    assert told("--against", "v1") == ALL


# --- which ladder is which -----------------------------------------------------------------------------------------


def test_a_ladder_that_was_renamed_is_found_by_its_id(repo: Repo) -> None:
    (repo.folder / FILE).rename(repo.folder / "ladders/selling.yaml")
    assert told() == ALL
    assert told("ladders/selling.yaml") == ALL
    assert told("HEAD", "ladders/selling.yaml") == ALL
    assert told(f"HEAD:{FILE}", "ladders/selling.yaml") == ALL


def test_an_id_that_changed_is_found_by_the_path(repo: Repo) -> None:
    repo.write({FILE: SALES.replace("id: sales", "id: selling")})
    assert told() == ["patch ladder-id-changed"]


def test_a_new_ladder_and_one_that_is_gone(repo: Repo) -> None:
    repo.write(
        {FILE: SALES, "ladders/support.yaml": SALES.replace("id: sales", "id: support").replace("Sales", "Support")}
    )
    out = shown(COLUMNS="80")
    assert out.startswith("Support  1.0.0 (new) ")
    assert "+ track added  Individual contributor\n" in out
    (repo.folder / FILE).unlink()
    (repo.folder / "ladders/support.yaml").unlink()
    repo.write({"ladders/other.yaml": SALES.replace("id: sales", "id: other").replace("title: Sales", "title: Other")})
    done = run("--fail-on", "major")
    assert (done.code, done.err) == (1, "")
    assert "Sales  1.0.0 (removed)" in done.out
    assert "takes from: Junior Seller, Senior Seller" in done.out
    assert told(FILE) == ["major track-removed"]


def test_shared_files_are_no_ladders_but_their_changes_count(repo: Repo) -> None:
    repo.write({FILE: SALES, SHARED: COMPANY.replace("Commitments kept", "Promises kept")})
    assert told() == ["minor metric-name-changed"]


def test_no_ladder_at_all(repo: Repo) -> None:
    repo.commit(subject="Next")
    repo.git("rm", "-r", "--quiet", "ladders")
    repo.commit(subject="Gone")
    assert refused()[0] == "error: there is no ladder at HEAD, and none in the working tree"


def test_a_version_that_is_not_valid_is_named_and_the_others_are_shown(repo: Repo) -> None:
    repo.commit({"ladders/broken.yaml": "format: 1\ntitle: Broken\ntracks: 3\n", FILE: SALES}, "Broken")
    repo.write({"ladders/broken.yaml": SALES.replace("id: sales", "id: broken"), FILE: NEW})
    done = run("-f", "json")
    assert done.code == 2
    assert [each["kind"] for each in json.loads(done.out)["changes"]] == [each.split()[1] for each in ALL]
    assert done.err.splitlines() == [
        "error: HEAD:ladders/broken.yaml is not a valid ladder at HEAD",
        "error: HEAD:ladders/broken.yaml:3:9: `tracks` must be a list, not `3`",
    ]
    repo.write({FILE: "format: 1\ntracks: {}\n"})
    done = run(FILE)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"error: {FILE} is not a valid ladder in the working tree\nerror: {FILE}:")


# --- what is shown -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "arguments", "columns"),
    [
        ("diff-60.txt", (), "60"),
        ("diff-80.txt", (), "80"),
        ("diff-160.txt", (), "160"),
        ("diff-color.txt", ("--color", "always"), "80"),
        ("diff-confidential-80.txt", ("--audience", "confidential", "v1"), "80"),
        ("diff.md", ("-f", "markdown"), None),
        ("diff-github.txt", ("-f", "github"), None),
        ("diff.json", ("-f", "json"), None),
    ],
)
def test_the_screen_is_the_golden_one(
    repo: Repo, name: str, arguments: tuple[str, ...], columns: str | None, golden: Callable[[str, str], None]
) -> None:
    repo.write({SHARED: COMPANY.replace("63456", "61000")})
    golden(name, shown(*arguments, COLUMNS=columns or ""))


@pytest.mark.parametrize("width", ["40", "60", "80", "120", "160", "200"])
def test_lines_keep_within_the_screen(repo: Repo, width: str) -> None:
    assert max(map(len, shown(COLUMNS=width).splitlines())) <= int(width)


def test_a_raised_bar_shows_its_neighbor(repo: Repo) -> None:
    assert "Senior Seller has ≥ 90 % too." in shown()


def test_words_are_marked_without_color_and_with_it(repo: Repo) -> None:
    assert "[-Puts-] {+Justifies+} a request for people" in shown()
    colored = shown("--color", "always")
    assert "[-" not in colored
    assert "\x1b[9mPuts\x1b[0m" in colored
    assert "\x1b[4mJustifies\x1b[0m" in colored


def test_an_ascii_terminal(repo: Repo) -> None:
    assert shown(COLUMNS="80", PYTHONIOENCODING="ascii").isascii()


def test_the_version_that_did_not_rise_enough_is_said_at_the_end(repo: Repo) -> None:
    assert shown().splitlines()[-1] == (
        "warning[version-not-bumped]: a major change needs version 2.0.0; it says 1.1.0"
    )
    repo.write({FILE: NEW.replace("version: 1.1.0", "version: 2.0.0")})
    assert "version-not-bumped" not in shown()
    assert "version-not-bumped" not in shown("v1", "--level", "junior")


def test_a_level_a_measure_and_an_impact(repo: Repo) -> None:
    of_junior = ["minor criterion-reworded", "major benchmark-raised", "minor expectation-removed"]
    assert told("--level", "Junior Seller") == of_junior
    assert told("--level", "junior", "--level", "trainee") == ["minor level-added", *of_junior]
    assert told("-m", "reach") == ["minor expectation-removed"]
    assert told("--min-impact", "minor") == ["minor level-added", *of_junior]
    assert told("--min-impact", "major") == ["major benchmark-raised"]
    assert refused("--level", "juniors") == ["error: there is no level `juniors`; did you mean `junior`?"]
    assert refused("--measure", "crafts") == ["error: there is no measure `crafts`; did you mean `craft`?"]


def test_a_level_of_the_old_version_may_be_named(repo: Repo) -> None:
    repo.write({FILE: SALES.replace("id: senior", "id: lead").replace("title: Senior", "title: Lead")})
    assert told("--level", "senior") == ["major level-removed"]
    repo.write({FILE: SALES.replace("id: senior", "id: lead\n        formerly: [senior]")})
    assert [each["levels"] for each in changes("--level", "lead")] == [["lead"]]


@pytest.mark.parametrize("output", ["text", "markdown", "github"])
@pytest.mark.parametrize(("more", "said"), [((), "no changes"), (("--min-impact", "major"), "none of the 1 changes")])
def test_nothing_to_show_is_nothing_on_stdout(repo: Repo, output: str, more: tuple[str, ...], said: str) -> None:
    repo.write({FILE: SALES.replace("title: Sales", "title: Selling") if more else SALES})
    done = run("-f", output, *more)
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith(f"note: {said}")
    assert done.err.count("\n") == 1
    assert run("-f", output, "-q", *more) == (0, "", "")


def test_nothing_to_show_keeps_the_envelope_of_json(repo: Repo) -> None:
    repo.write({FILE: SALES})
    document = json.loads(run("-f", "json").out)
    assert list(document) == ["schema_version", "tool", "summary", "ladders", "changes", "findings", "errors"]
    assert document["summary"] == {"major": 0, "minor": 0, "patch": 0}
    assert (document["changes"], document["findings"], len(document["ladders"])) == ([], [], 1)


def test_json_is_what_its_schema_says(repo: Repo) -> None:
    schema = json.loads(ladder("schema", "changes", cwd=repo.folder).out)
    Draft7Validator.check_schema(schema)
    for arguments in ((), ("--audience", "confidential"), (FILE, SHARED.replace("company", "other"))):
        repo.write({"ladders/other.yaml": SALES.replace("id: sales", "id: other")})
        document = json.loads(run(*arguments, "-f", "json").out)
        Draft7Validator(schema).validate(document)
        assert document["changes"]


def test_github_gives_gone_parts_no_line(repo: Repo) -> None:
    lines = shown("-f", "github").splitlines()
    assert lines[0].startswith(f"::warning title=benchmark-raised,file={FILE},line=22::major: benchmark raised: ")
    assert lines[1].startswith(f"::warning title=version-not-bumped,file={FILE},line=5::")
    assert next(line for line in lines if "expectation-removed" in line).startswith(
        f"::notice title=expectation-removed,file={FILE}::"
    )
    assert lines[-1].startswith("Sales 1.0.0 → 1.1.0, HEAD → working tree: 1 major, 3 minor, 2 patch; asks more of: ")


def test_github_takes_ten_of_a_kind(repo: Repo) -> None:
    more = "".join(f"              - Sells thing number {number} in the city of {number}.\n" for number in range(14))
    repo.write({FILE: SALES.replace("            criteria:\n", f"            criteria:\n{more}", 1)})
    done = run("-f", "github", "--fail-on", "major")
    lines = done.out.splitlines()
    assert done.code == 1
    assert sum(line.startswith("::error title=criterion-added,") for line in lines) == 10
    assert sum(line.startswith(f"  {FILE}:") and "error[criterion-added] major: " in line for line in lines) == 4
    assert "4 more than GitHub shows beside the lines: see above" in lines


def test_markdown_starts_with_the_answer_and_folds_the_rest(repo: Repo) -> None:
    text = shown("-f", "markdown")
    assert text.startswith("**Sales: 1 major, 3 minor, 1 patch. Asks more of: Junior Seller.**\n")
    assert text.count("<details>") == text.count("</details>") == 2
    assert text.index("| Junior Seller | 1 | 2 |  |") < text.index("benchmark raised") < text.index("<details>")


# --- how it ends ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 0),
        (("--fail-on", "major"), 1),
        (("--fail-on", "major", "-m", "reach"), 0),
        (("--fail-on", "minor", "-m", "reach"), 1),
        (("--fail-on", "minor", "--min-impact", "major", "-m", "reach"), 1),
        (("--fail-on", "never"), 0),
        (("--exit-code",), 1),
        (("--exit-code", "v1", "v1"), 0),
    ],
)
def test_exit_codes(repo: Repo, arguments: tuple[str, ...], code: int) -> None:
    assert run("-q", *arguments).code == code


# --- what nobody should see or obey --------------------------------------------------------------------------------

AMOUNTS = ("41234", "41,234", "43999", "43,999", "63456", "63,456", "61111", "61,111", "52345", "74567", "Secret")


def test_pay_and_notes_are_for_those_who_may_see_them(repo: Repo) -> None:
    paid = COMPANY.replace("63456", "61111").replace("41234", "43999")
    noted = NEW + "notes: {junior: Secret remark.}\n"
    repo.write({SHARED: paid, FILE: noted})
    for output in FORMATS:
        for audience in ("public", "internal"):
            done = run("-f", output, "--audience", audience, "--fail-on", "never", "-v")
            assert (done.code, [each for each in AMOUNTS if each in done.out + done.err]) == (0, [])
            assert "pay-" not in done.out
        done = run("-f", output, "--audience", "confidential")
        assert all(each in done.out for each in (("61,111", "Secret") if output != "github" else ("61,111",)))


def test_the_gate_may_count_pay_that_is_not_shown(repo: Repo) -> None:
    repo.write({SHARED: COMPANY.replace("63456", "61111"), FILE: SALES})
    assert run("--fail-on", "major") == (0, "", "note: no changes between HEAD and the working tree\n")
    repo.write({".ladder.yaml": "diff: {audience: confidential}\n"})
    done = run("--fail-on", "major")
    assert (done.code, done.out) == (1, "")
    assert "1 change counts that this audience does not see" in done.err
    assert not [each for each in AMOUNTS if each in done.err]


def test_pay_that_only_one_version_knows_is_not_compared(repo: Repo) -> None:
    lines = COMPANY.splitlines(keepends=True)
    bare = "".join(line.partition(", pay:")[0] + "}\n" if ", pay:" in line else line for line in lines)
    pay = "format: 1\npay: {g1: {home: {min: 41234}}}\n"
    uses = SALES.replace("[company.yaml]", "[company.yaml, {path: pay.yaml, optional: true}]")
    repo.commit({FILE: uses, SHARED: bare, "ladders/pay.yaml": pay}, "Pay apart")
    (repo.folder / "ladders/pay.yaml").unlink()
    done = run("--audience", "confidential")
    assert (done.code, done.out) == (0, "")
    assert "note: Sales: pay is known in one version only, and not compared" in done.err


HOSTILE = 'Sells "\\e[31m" ::error::x | <script>alert(1)</script> ##[error] @everybody `a|b` [x](javascript:1).'


def test_text_of_a_ladder_is_never_obeyed(repo: Repo) -> None:
    text = HOSTILE.replace('"', "").replace("\\e", "\x1b")
    new = SALES.replace("- Knows the names of all partners.", f"- {json.dumps(text)}\n            - '::error::y'")
    repo.write({FILE: new.replace("title: Sales", 'title: "::error::\\e[2J<b>"')})
    for output in FORMATS:
        out = shown("-f", output, GITHUB_ACTIONS="true")
        assert "\x1b" not in out
        assert "##[" not in out
        assert not [line for line in out.splitlines() if line.startswith("::error")]
    assert "<script>" not in shown("-f", "markdown")
    rows = [line for line in shown("-f", "markdown").splitlines() if "alert" in line]
    assert rows
    assert all(line.count("|") == 6 for line in rows)


def test_a_file_may_have_a_strange_name(repo: Repo) -> None:
    (repo.folder / FILE).unlink()
    repo.write({"ladders/::error::a,b%0A.yaml": NEW})
    lines = shown("-f", "github").splitlines()
    assert "file=ladders/%3A%3Aerror%3A%3Aa%2Cb%250A.yaml,line=22" in lines[0]


# --- the gate ------------------------------------------------------------------------------------------------------


def gated(settings: str, files: list[str] | None = None) -> list[Finding]:
    Path(".ladder.yaml").write_text(f"diff: {settings}\n", encoding="utf-8")
    return list(gate(Discovery(), "public", files).findings)


def said(findings: list[Finding]) -> list[tuple[str, str, int]]:
    return [(each.rule, str(each.severity), each.span.start.line) for each in findings]


def test_the_gate_gives_findings_at_the_lines_of_the_new_version(repo: Repo) -> None:
    bumped = ("version-not-bumped", "warning", 5)
    assert gated("{}") == []
    assert said(gated("{against: v1}")) == [bumped, ("benchmark-raised", "error", 22)]
    assert said(gated("{against: v1, fail-on: never}")) == [bumped]
    minor = gated("{against: v1, merge-base: true, fail-on: minor}")
    assert said(minor) == [
        bumped,
        ("level-added", "error", 12),
        ("expectation-removed", "error", 17),
        ("criterion-reworded", "error", 21),
        ("benchmark-raised", "error", 22),
    ]
    assert gated("{against: v1}", []) == []
    assert said(gated("{against: v1}", [f"./{FILE}"]))[1:] == [("benchmark-raised", "error", 22)]


def test_what_is_gone_is_placed_at_what_is_left(repo: Repo) -> None:
    gone = [each for each in gated("{against: v1, fail-on: minor}") if each.rule == "expectation-removed"]
    assert [(each.path, each.logical_path) for each in gone] == [(FILE, "tracks/ic/levels/junior/expectations")]


def test_a_ladder_that_was_broken_may_be_mended(repo: Repo) -> None:
    repo.commit({FILE: "format: 1\ntracks: 3\n"}, "Broken")
    repo.write({FILE: NEW, ".ladder.yaml": "diff: {against: HEAD}\n"})
    found = gate(Discovery(), "public")
    assert found.findings == ()
    assert [each.message for each in found.unjudged] == [f"HEAD:{FILE} is not a valid ladder at HEAD"]


@pytest.mark.parametrize("output", REPORTS)
def test_every_report_takes_what_the_gate_finds(repo: Repo, output: str) -> None:
    repo.write({SHARED: COMPANY.replace("63456", "61111")})
    found = gated("{against: v1, fail-on: patch, audience: confidential}")
    assert "pay-lowered" in [each.rule for each in found]
    text = reporter(output)(Report(tuple(found), 1, paths=(FILE,), work="check"))
    assert not [each for each in AMOUNTS if each in text]
    assert "benchmark-raised" in text


def test_findings_of_the_gate_have_stable_names(repo: Repo) -> None:
    from laddercli.findings import fingerprints

    before = fingerprints(gated("{against: v1}"))
    repo.write({FILE: NEW.replace("format: 1\n", "format: 1\n\n\n")})
    assert fingerprints(gated("{against: v1}")) == before
    assert all(each.severity is not Severity.INFO for each in gated("{against: v1}"))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("[x]", "1:7: `diff` must be a mapping of keys"),
        ("{agains: x}", "1:8: unknown key `agains`; did you mean `against`?"),
        ("{against: [x]}", "1:17: `against` must be a git revision"),
        ("{against: '-x'}", "1:17: `against` must be a git revision"),
        ("{merge-base: maybe}", "1:20: `merge-base` must be true or false"),
        ("{fail-on: majo}", "1:17: `fail-on` must be one of major, minor, patch, never; did you mean `major`?"),
        ("{fail-on: [major]}", "1:17: `fail-on` must be one of major, minor, patch, never"),
        ("{audience: all}", "1:18: `audience` must be one of public, internal, confidential"),
    ],
)
def test_mistakes_in_the_configuration_are_told_at_their_places(
    write: Callable[..., Path], settings: str, message: str
) -> None:
    write({".ladder.yaml": f"diff: {settings}\n"})
    with pytest.raises(BadConfiguration) as caught:
        load(".ladder.yaml")
    assert caught.value.message == f".ladder.yaml:{message}"


def test_the_configuration_of_the_gate(write: Callable[..., Path]) -> None:
    write({".ladder.yaml": "diff: {against: origin/main, merge-base: true, fail-on: minor, audience: internal}\n"})
    assert load(".ladder.yaml").gate == Gate("origin/main", True, "minor", "internal")
    write({".ladder.yaml": "diff:\n"})
    assert load(".ladder.yaml").gate == Gate()


# --- what explains a kind ------------------------------------------------------------------------------------------


def test_a_kind_of_change_is_explained(tmp_path: Path) -> None:
    done = ladder("explain", "benchmark-raised", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("benchmark-raised ")
    assert "Before, in a cell" in done.out
    assert "Read backwards:  `benchmark-lowered`" in done.out
    record = json.loads(ladder("explain", "benchmark-raised", "-f", "json", cwd=tmp_path).out)["kinds"]
    assert [(each["name"], each["pair"]) for each in record] == [("benchmark-raised", "benchmark-lowered")]
    done = ladder("explain", "criterion-movd", cwd=tmp_path)
    assert done.err.splitlines()[1] == "  help: did you mean `criterion-moved`?"


def test_every_kind_is_published() -> None:
    from laddercli.changes import kinds
    from laddercli.publication import changes_text

    published = (Path(__file__).parents[1] / "ladder/changes.md").read_text(encoding="utf-8")
    assert published == changes_text(), "run: python -m laddercli.publication"
    assert [line[3:] for line in published.splitlines() if line.startswith("## ")] == list(kinds())


# --- the words -----------------------------------------------------------------------------------------------------


def between(folder: Path, old: str, new: str) -> str:
    """What is shown, in one line, of what differs between two cells of the junior level."""
    craft = "            step: Task\n"
    for name, text in (("old", old), ("new", new)):
        (folder / f"{name}.yaml").write_text(SALES.replace(craft, craft + text), encoding="utf-8")
    done = ladder("diff", "old.yaml", "new.yaml", cwd=folder, COLUMNS="200")
    assert (done.code, done.err) == (0, "")
    return " ".join(done.out.split())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("summary: Sells one thing.", "summary: Sells three things.", "It asks for something else: "),
        ("summary: Sells.", "summary: Plans tours through cities.", "{+Plans tours through cities.+}"),
        ("summary: Sells.", "summary: Plans tours through cities.", "Hardly any of the old words are left."),
        ("summary: Sells *one* thing.", "summary: Sells one thing.", "Sells [-*one*-] {+one+} thing."),
        ("examples: [Sold a ship.]", "examples: []", "− example removed Sold a ship."),
        ("unchanged: false", "summary: Sells.", "+ summary added Sells."),
    ],
)
def test_words_of_a_change(write: Callable[..., Path], old: str, new: str, words: str) -> None:
    folder = write({"company.yaml": COMPANY})
    assert words in between(folder, f"            {old}\n", f"            {new}\n")


def test_what_moved_says_where_it_was(write: Callable[..., Path]) -> None:
    folder = write({"company.yaml": COMPANY, "old.yaml": SALES})
    line = "            - Knows the names of all partners.\n"
    moved = SALES.replace(line, "            - Reads the news.\n").replace(
        "            step: Theme\n", f"            step: Theme\n            criteria:\n  {line}"
    )
    write({"new.yaml": moved})
    out = ladder("diff", "old.yaml", "new.yaml", cwd=folder, COLUMNS="80").out
    assert "  → criterion moved  Knows the names of all partners.\n" in out
    assert "From Junior Seller · Reach.\n" in out


def test_files_of_another_repository(repo: Repo, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = run("v1", f"../repo/{FILE}", "-v", cwd=elsewhere)
    assert (done.code, done.err) == (0, f"note: comparing v1:{FILE} with ../repo/{FILE}\n")
    bare = repo.clone(tmp_path / "bare", "--bare")
    repo.commit(subject="Next")
    assert run("v1", "main", cwd=bare.folder) == (0, "", "note: no changes between v1 and main\n")


def test_check_is_a_gate_in_a_shallow_clone(repo: Repo, tmp_path: Path) -> None:
    """As in CI: nothing to compare with at first, and the advised command helps."""
    repo.write({".ladder.yaml": "diff: {against: v1, merge-base: true}\n"})
    repo.commit({"ladders/sales.yaml": NEW}, "Raise the bar")
    clone = repo.clone(tmp_path / "clone", "--depth", "1")
    check = ("check", "--select", "no-growth", "--ignore", "unformatted")
    before = ladder(*check, cwd=clone.folder)
    assert (before.code, before.out) == (2, "")
    advised = re.search(r"`(git fetch [^`]*)`", before.err)
    assert advised, before.err
    clone.git(*advised[1].split()[1:])
    after = ladder(*check, "-f", "concise", cwd=clone.folder)
    assert after.code == 1, after.err
    assert "error[benchmark-raised]" in after.out
    assert "warning[version-not-bumped]" in after.out
    assert ladder(*check, "--fail-on", "never", cwd=clone.folder).code == 0


def test_check_goes_on_when_the_old_version_was_no_ladder(repo: Repo) -> None:
    repo.commit({"ladders/sales.yaml": "format: 1\ntracks: 1\n"}, "Break it")
    repo.write({".ladder.yaml": "diff: {against: HEAD}\n", "ladders/sales.yaml": SALES})
    done = ladder("check", "--select", "no-growth", "--ignore", "unformatted", cwd=repo.folder)
    assert done.code == 0, done.out
    assert "what changed since then is not judged" in done.err


# --- changes that are agreed ---------------------------------------------------------------------------------------


def test_the_gate_lets_pass_what_the_version_announces(repo: Repo) -> None:
    stopped = gated("{against: v1}")
    assert [each.help for each in stopped if each.rule == "benchmark-raised"] == [
        "if this is agreed, raise `version` to 2.0.0"
    ]
    repo.write({FILE: NEW.replace("version: 1.1.0", "version: 2.0.0")})
    assert said(gated("{against: v1}")) == [("benchmark-raised", "warning", 22)]
    done = ladder("check", "--select", "no-growth", "--ignore", "unformatted", cwd=repo.folder)
    assert done.code == 0, done.out
    repo.write({FILE: NEW.replace("version: 1.1.0\n", "")})
    (found,) = gated("{against: v1}")
    assert str(found.severity) == "error"
    assert found.help == "if this is agreed, give the ladder a `version`, and raise it with each such change"


def test_what_pay_needs_must_be_announced_to_a_gate_that_judges_pay(repo: Repo) -> None:
    repo.write({SHARED: COMPANY.replace("63456", "61111"), FILE: SALES.replace("1.0.0", "1.1.0")})
    (found,) = gated("{against: v1, audience: confidential}")
    assert (found.rule, str(found.severity)) == ("pay-lowered", "error")
    assert found.help == "if this is agreed, raise `version` to 2.0.0"
    repo.write({FILE: SALES.replace("1.0.0", "2.0.0")})
    assert [str(each.severity) for each in gated("{against: v1, audience: confidential}")] == ["warning"]


def test_a_comment_cannot_announce_a_change(repo: Repo) -> None:
    line = "          - Knows the names of all partners."
    repo.write({FILE: SALES.replace(line, f"{line}  # ladder: ignore[benchmark-raised] agreed")})
    done = ladder("lint", "-f", "full", cwd=repo.folder)
    assert "error[unknown-ignore]: `benchmark-raised` is a kind of change, and no rule" in done.out
    assert "`version` of the ladder" in done.out
    assert "did you mean" not in done.out


def test_the_gate_does_not_blame_a_branch_for_the_others(repo: Repo) -> None:
    repo.write({FILE: SALES})
    repo.git("checkout", "-q", "-b", "mine")
    repo.git("checkout", "-q", "main")
    repo.commit({FILE: SALES.replace("at_least: 90", "at_least: 95")}, "Theirs")
    repo.git("checkout", "-q", "mine")
    assert gated("{against: main}") == []
    blamed = gated("{against: main, merge-base: false, fail-on: patch}")
    assert "benchmark-lowered" in [each.rule for each in blamed]


def test_a_change_of_a_shared_file_is_told_once(repo: Repo) -> None:
    other = SALES.replace("id: sales", "id: trade").replace("title: Sales", "title: Trade")
    repo.commit({FILE: SALES, "ladders/trade.yaml": other}, "Two")
    changed = COMPANY.replace("scale: [Task, Theme, Product]", "scale: [Task, Theme, Product, Company]")
    repo.write({SHARED: changed.replace("name: Reach}", "name: Scope}")})
    lines = [each for each in shown("-f", "github").splitlines() if each.startswith("::")]
    assert lines
    assert len(lines) == len(set(lines))
    found = said(gated("{against: HEAD, fail-on: patch}"))
    shared = [each for each in found if each[0] != "version-not-bumped"]
    assert shared
    assert len(shared) == len(set(shared))


# --- what people type, and what they see ---------------------------------------------------------------------------


def test_a_missing_revision_before_a_path_is_told_as_such(repo: Repo, tmp_path: Path) -> None:
    clone = repo.clone(tmp_path / "clone", "--depth", "1")
    for folder in (repo.folder, clone.folder):
        alone = run("origin/next", cwd=folder)
        before_path = run(f"origin/next:{FILE}", cwd=folder)
        assert before_path == alone
        assert "there is no revision `origin/next`" in alone.err
        assert "`git fetch " in alone.err


def test_a_remote_that_is_none_is_not_fetched_from_another(repo: Repo, tmp_path: Path) -> None:
    clone = repo.clone(tmp_path / "clone")
    done = run("upstream/main", cwd=clone.folder)
    assert done.err.splitlines() == [
        "error: there is no revision `upstream/main`: there is no remote `upstream`",
        "  help: `git remote add upstream URL` and `git fetch upstream` get it, if it is there",
    ]
    assert "`git fetch origin feature/x:feature/x`" in run("feature/x", cwd=clone.folder).err


@pytest.mark.parametrize(
    ("word", "typed"),
    [("v1..main", "v1 main"), ("v1...main", "--merge-base v1 main"), ("v1..", "v1 HEAD"), ("..v1x", "HEAD v1x")],
)
def test_ranges_are_two_words(repo: Repo, word: str, typed: str) -> None:
    assert refused(word) == [f"error: `{word}` is no version", f"  help: write `ladder diff {typed}`"]


def test_quiet_leaves_out_notes_and_more_quiet_everything(repo: Repo) -> None:
    for output in FORMATS:
        assert run("-qq", "-f", output, "--exit-code") == (1, "", "")
    assert run("-q", "v1", "v1") == (0, "", "")
    assert "HEAD → working tree: " not in shown("-q", "-f", "github")


def test_machines_learn_what_could_not_be_compared(repo: Repo) -> None:
    repo.write({FILE: "format: 1\ntracks: 3\n"})
    done = run("-f", "json")
    found = json.loads(done.out)
    schema = json.loads(ladder("schema", "changes", cwd=repo.folder).out)
    Draft7Validator(schema).validate(found)
    assert done.code == 2
    last = found["errors"][-1]
    assert last == {"version": "working tree", "file": FILE, "line": 2, "column": 9, "message": last["message"]}
    assert run("-f", "markdown").out == f"Left out: {FILE} is not a valid ladder in the working tree.\n"
    assert run("-f", "github").out.startswith(f"::error title=not-compared,file={FILE},line=1::{FILE} is not a valid")
    assert json.loads(run("v1", "v1", "-f", "json").out)["errors"] == []


def test_the_table_of_levels_keeps_to_the_levels_asked_for(repo: Repo) -> None:
    repo.write({SHARED: COMPANY.replace("scale: [Task, Theme, Product]", "scale: [Task, Theme]")})
    assert "| Senior Seller |" in shown("-f", "markdown")
    assert "| Senior Seller |" not in shown("-f", "markdown", "--level", "junior")


def test_places_are_named_from_the_working_folder(repo: Repo) -> None:
    out = shown(cwd=repo.folder / "ladders")
    assert " sales.yaml:22" in out
    assert "../" not in out


def test_two_files_without_changes_are_named(write: Callable[..., Path]) -> None:
    folder = write({"company.yaml": COMPANY, "old.yaml": SALES, "new.yaml": SALES})
    done = ladder("diff", "old.yaml", "new.yaml", cwd=folder)
    assert done == (0, "", "note: no changes between old.yaml and new.yaml\n")
