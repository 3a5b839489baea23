"""`ladder log`: what changed in a level or a ladder, commit by commit, in repositories made with the real git."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from laddercli import __version__, history
from laddercli.exports.schemas import changes_schema
from laddercli.repository import Repository, Revision
from tests.past import FIRST, METRIC, NOW, SHARED, past, store, swap
from tests.repositories import Repo, settle
from tests.run import Result, ladder, python

pytestmark = pytest.mark.usefixtures("git_settings")

HEAD = re.compile(r"^── (?:\d{4}-\d\d-\d\d  )?(.*?)(?: ─+.*)?$", re.MULTILINE)
DAY = re.compile(r" \d+$")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Repo]:
    """The repository with a past, for tests that only read it."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        settle(monkeypatch)
        yield past(tmp_path_factory.mktemp("past"))


@pytest.fixture
def own(made: Repo, tmp_path: Path) -> Repo:
    """A copy of it, to be changed."""
    return Repo(Path(shutil.copytree(made.folder, tmp_path / "own")))


def run(repo: Repo, *arguments: str, folder: str = ".", **env: str) -> Result:
    return ladder("log", *arguments, cwd=repo.folder / folder, COLUMNS="80", **env)


def log(repo: Repo, *arguments: str, folder: str = ".") -> str:
    done = run(repo, *arguments, folder=folder)
    assert (done.code, done.err) == (0, "")
    return done.out


def heads(text: str) -> list[str]:
    """The subjects of the commits that a text tells, without their days."""
    return [DAY.sub("", head) for head in HEAD.findall(text)]


def commits(repo: Repo, *arguments: str, folder: str = ".") -> list[dict[str, Any]]:
    found = json.loads(log(repo, *arguments, "-f", "json", folder=folder))["commits"]
    assert all(list(each) == ["revision", "date", "author", "subject", "error", "changes"] for each in found)
    return list(found)


def told(repo: Repo, *arguments: str, folder: str = ".") -> list[tuple[str | None, list[str]]]:
    """The subjects of commits without their days, with the kinds of what they changed."""
    return [
        (each["subject"] and DAY.sub("", each["subject"]), [change["kind"] for change in each["changes"]])
        for each in commits(repo, *arguments, folder=folder)
    ]


def begun(folder: Path, files: dict[str, str | bytes] | None = None) -> Repo:
    repo = Repo(folder / "begun").init()
    repo.commit({NOW: FIRST, **(files or {})}, "First", 1)
    return repo


# --- what is told ------------------------------------------------------------------------------------------------

STAFF = [
    ("Let it lead", ["criterion-removed"]),
    ("HOSTILE", ["criterion-reworded"]),
    ("Merge the reach", ["step-raised", "step-raised"]),
    ("Name the metric", ["metric-name-changed"]),
    ("Give it a grade of its own", ["level-grade-changed"]),
    ("Move a criterion", ["criterion-moved"]),
    ("Call it staff-pm", ["id-changed"]),
    ("Keep more", ["benchmark-raised"]),
    ("Break it", []),
    ("Fix a typo", ["criterion-reworded"]),
    ("Say why", ["criterion-reworded"]),
    ("Add staff", ["level-added"]),
]


def plain(found: list[tuple[str | None, list[str]]]) -> list[tuple[str | None, list[str]]]:
    return [("HOSTILE" if name and name.startswith("::") else name, kinds) for name, kinds in found]


@pytest.mark.parametrize(("name", "options"), [("log-80.txt", ""), ("log.md", "-f markdown"), ("log.json", "-f json")])
def test_the_history_of_a_level(made: Repo, name: str, options: str, golden: Callable[[str, str], None]) -> None:
    text = log(made, "staff-pm", *options.split())
    golden(name, text.replace(f'"{__version__}"', '"VERSION"'))


def test_the_history_of_a_ladder(made: Repo, golden: Callable[[str, str], None]) -> None:
    golden("log-ladder-80.txt", log(made, "product"))
    assert log(made, "product") == log(made, NOW) == log(made, "product.yaml", folder="ladders")


def test_changes_are_those_of_the_published_schema(made: Repo) -> None:
    schema = {"$ref": "#/definitions/Change", "definitions": changes_schema()["definitions"]}
    for commit in commits(made, "product", "--audience", "confidential"):
        for change in commit["changes"]:
            Draft7Validator(schema).validate(change)
            sides = [change[side] for side in ("old", "new") if change[side]]
            assert all(made.git("cat-file", "-t", side["file"]) == "blob" for side in sides), "as git calls them"


def test_a_level_is_followed_through_renames_of_its_file_and_its_id(made: Repo) -> None:
    assert plain(told(made, "staff-pm")) == STAFF


def test_without_following_history_ends_where_the_name_does(made: Repo) -> None:
    level = plain(told(made, "staff-pm", "--no-follow"))
    assert level == [*STAFF[: STAFF.index(("Call it staff-pm", ["id-changed"]))], ("Move the file", ["level-added"])]
    assert told(made, "product", "--no-follow")[-1] == ("Move the file", ["track-added", "track-added"])


def test_what_changed_nothing_in_ladder_terms_is_only_counted(made: Repo) -> None:
    assert not {"Begin", "Say who wrote it", "Share the metrics", "Move the file"} & set(heads(log(made, "product")))
    assert "note: 4 commits changed a file, and nothing of what was asked for" in run(made, "product", "-v").err


def test_pay_is_told_to_who_may_see_it(made: Repo) -> None:
    assert "Pay more" not in heads(log(made, "staff-pm"))
    said = log(made, "staff-pm", "--audience", "confidential")
    assert "Pay more" in heads(said)
    assert "95,500–116,600 EUR  →  97,700–116,600 EUR" in said
    assert not re.search(r"95.?500|97.?700", "".join(log(made, "product", "-f", each) for each in ("text", "json")))


def test_a_commit_that_broke_the_ladder_is_named_and_passed_over(made: Repo) -> None:
    (broken,) = [each for each in commits(made, "staff-pm") if each["error"]]
    assert broken["subject"] == "Break it 7"
    assert broken["error"] == (
        "levels/product.yaml:45:11: measure `leadrship` is not defined; did you mean `leadership`?"
    )


def test_several_broken_commits_are_compared_across(tmp_path: Path) -> None:
    repo = begun(tmp_path)
    for day, step in ((2, "Theme"), (3, "Nothing"), (4, "Less")):
        repo.commit({NOW: FIRST.replace("step: Feature", f"step: {step}")}, step, day)
    repo.commit({NOW: ""}, "Empty", 5)
    repo.commit({NOW: FIRST.replace("step: Feature", "step: Product")}, "Product", 6)
    assert told(repo, "pm") == [
        ("Product", ["step-raised"]),
        ("Empty", []),
        ("Less", []),
        ("Nothing", []),
        ("Theme", ["step-raised"]),
        ("First", ["level-added"]),
    ]
    assert [each["changes"][0]["before"] for each in commits(repo, "pm", "-n", "1")] == ["Theme"]


def test_a_ladder_that_began_broken_is_added_when_it_is_valid(tmp_path: Path) -> None:
    repo = Repo(tmp_path).init()
    repo.commit({NOW: "format: 1\ntracks: 7\n"}, "Broken", 1)
    repo.commit({NOW: FIRST}, "Whole", 2)
    assert told(repo, "pm") == [("Whole", ["level-added"]), ("Broken", [])]
    assert heads(log(repo, "product")) == ["Whole", "Broken"]


def test_a_ladder_that_was_away(tmp_path: Path) -> None:
    repo = begun(tmp_path)
    (repo.folder / NOW).unlink()
    store(repo, "Remove", 2)
    repo.commit({NOW: FIRST}, "Bring back", 3)
    assert told(repo, "pm") == [
        ("Bring back", ["level-added"]),
        ("Remove", ["level-removed"]),
        ("First", ["level-added"]),
    ]
    said = log(repo, "product")
    assert "ladder added: 2 levels, 2 tracks, 2 measures" in said
    assert "ladder removed: 2 levels, 2 tracks, 2 measures" in said


def test_files_that_the_ladder_used_before_count_too(tmp_path: Path) -> None:
    using = FIRST.replace(f"metrics:\n{METRIC}", "uses: [../shared/company.yaml]\n")
    repo = begun(tmp_path, {NOW: using, "shared/company.yaml": SHARED})
    kept = "step: Feature\n            benchmarks: [{metric: commitments-kept, at_least: 85}]"
    repo.commit({NOW: using.replace("step: Feature", kept)}, "Use it", 2)
    repo.commit({"shared/company.yaml": SHARED.replace("Commitments kept", "Dates kept")}, "Rename", 3)
    own = FIRST.replace("step: Feature", kept).replace("Commitments kept", "Dates kept")
    repo.commit({NOW: own}, "Own it", 4)
    repo.commit({NOW: own.replace("85", "90")}, "Raise", 5)
    assert [name for name, _ in told(repo, "product")] == ["Raise", "Rename", "Use it", "First"]


def test_a_level_that_changes_its_track(tmp_path: Path) -> None:
    repo = begun(tmp_path)
    head, level = FIRST.split("      - id: group-pm")
    ic, manager = head.split("  - id: manager")
    lead = f"      - id: group-pm{level}"
    below = "      - {id: manager-pm, grade: g2}\n"
    repo.commit({NOW: f"{ic}{lead}  - id: manager{manager}{below}"}, "Move", 2)
    assert told(repo, "group-pm") == [("Move", ["level-moved"]), ("First", ["level-added"])]


def test_a_track_that_goes_while_a_level_of_it_stays(tmp_path: Path) -> None:
    repo = begun(tmp_path)
    head, level = FIRST.split("      - id: group-pm")
    repo.commit({NOW: f"{head.split('  - id: manager')[0]}      - id: group-pm{level}"}, "Merge the tracks", 2)
    assert told(repo, "group-pm")[0][1] == ["track-removed", "level-moved"]
    repo.commit({NOW: FIRST.split("  - id: manager")[0]}, "Drop it", 3)
    repo.commit({NOW: FIRST}, "Bring it back", 4)
    found = told(repo, f"{NOW}:group-pm")
    assert [kinds for _, kinds in found] == [
        ["level-added"],
        ["level-removed"],
        ["track-removed", "level-moved"],
        ["level-added"],
    ]


# --- what is asked for -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "subjects"),
    [
        ("-n 3", ["Let it lead", "HOSTILE", "Merge the reach"]),
        ("-n 1 --min-impact major", ["Merge the reach"]),
        ("--since 2026-01-12", ["Let it lead", "HOSTILE", "Merge the reach", "Name the metric", STAFF[4][0]]),
        ("--until 2026-01-06", ["Fix a typo", "Say why", "Add staff"]),
        ("--since 2026-01-09 --until 2026-01-11", ["Move a criterion", "Call it staff-pm"]),
        ("--since 2026-01-08 --until 2026-01-08", ["Keep more"]),
        ("--since 2026-01-07 --until 2026-01-07", ["Break it"]),
        ("--since 2026-01-06 --until 2026-01-08 -n 2", ["Keep more", "Break it"]),
        ("-m leadership", ["Merge the reach", "Move a criterion", "Break it"]),
        ("-m Leadership --min-impact major", ["Merge the reach", "Break it"]),
    ],
)
def test_a_part_of_the_history(made: Repo, options: str, subjects: list[str]) -> None:
    assert [name for name, _ in plain(told(made, "staff-pm", *options.split()))] == subjects


def test_what_came_since_is_compared_with_the_last_valid_version_before(made: Repo) -> None:
    (only,) = commits(made, "staff-pm", "--since", "2026-01-08", "--until", "2026-01-08")
    assert [(each["before"], each["after"]) for each in only["changes"]] == [("≥ 85 %", "≥ 90 %")]


def test_nothing_in_that_time(made: Repo) -> None:
    done = run(made, "staff-pm", "--since", "2026-02-01")
    assert (done.code, done.out, done.err) == (0, "", "note: nothing that was asked for has changed\n")
    assert json.loads(run(made, "staff-pm", "--since", "2026-02-01", "-f", "json").out)["commits"] == []


def test_a_measure_that_is_none(made: Repo) -> None:
    done = run(made, "staff-pm", "-m", "leadrship")
    assert (done.code, done.err) == (2, "error: `product` has no measure `leadrship`; did you mean `leadership`?\n")


@pytest.mark.parametrize(("option", "value"), [("--since", "yesteday"), ("--until", "the war")])
def test_a_time_that_is_none(made: Repo, option: str, value: str) -> None:
    done = run(made, "staff-pm", option, value)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[0] == f"error: `{option} {value}` is no time that git knows"


@pytest.mark.parametrize("number", ["0", "-1", "few", "²"])
def test_a_number_that_is_none(made: Repo, number: str) -> None:
    done = run(made, "staff-pm", "-n", number)
    assert (done.code, done.out) == (2, "")
    assert "is no number of commits: write 1 or more." in " ".join(done.err.split())


def test_history_from_a_revision_back(made: Repo) -> None:
    assert told(made, "staff-pm@HEAD~9", "-n", "1") == [("Give it a grade of its own", ["level-grade-changed"])]
    assert told(made, "levels/product.yaml@HEAD~15", "-n", "1") == [("Fix a typo", ["criterion-reworded"])]
    assert told(made, "levels/product.yaml:staff@HEAD~15")[-1] == ("Add staff", ["level-added"])


@pytest.mark.parametrize("name", ["staff", "Staff Product Manager", "product:staff-pm", f"{NOW}:staff-pm"])
def test_a_level_by_its_other_names(made: Repo, name: str) -> None:
    assert run(made, name).out == log(made, "staff-pm")


def test_the_id_of_a_ladder_wins_over_that_of_a_level(tmp_path: Path) -> None:
    repo = begun(tmp_path, {NOW: FIRST.replace("id: product", "id: pm")})
    assert log(repo, "pm").startswith("Product management")
    assert log(repo, "pm:pm").startswith("Product Manager")


# --- the working tree --------------------------------------------------------------------------------------------


def test_what_is_not_committed_comes_first(own: Repo) -> None:
    text = (own.folder / NOW).read_text()
    own.write({NOW: swap("            step: Company\n", "            step: Team\n")(text)})
    assert told(own, "staff-pm")[0] == (None, ["step-lowered"])
    assert heads(log(own, "staff-pm"))[:2] == ["not committed yet", "Let it lead"]
    assert len(told(own, "staff-pm", "-n", "2")) == 3, "what is no commit is not counted"
    assert told(own, "staff-pm", "--until", "2026-01-20")[0][0] == "Let it lead"
    assert told(own, "staff-pm@HEAD")[0][0] == "Let it lead"


def test_an_id_that_is_not_committed_is_followed(own: Repo) -> None:
    renamed = swap("id: staff-pm\n        formerly: [staff]", "id: lead-pm\n        formerly: [staff-pm, staff]")
    own.write({NOW: renamed((own.folder / NOW).read_text())})
    found = plain(told(own, "lead-pm"))
    assert found == [(None, ["id-changed", "formerly-added"]), *STAFF] or found == [(None, ["id-changed"]), *STAFF]
    assert plain(told(own, "lead-pm", "--until", "2026-01-31")) == STAFF


def test_a_file_that_was_renamed_and_not_committed(own: Repo) -> None:
    own.git("mv", NOW, "ladders/pm.yaml")
    assert plain(told(own, "staff-pm")) == STAFF


def test_a_ladder_that_is_broken_now(own: Repo) -> None:
    own.write({NOW: "format: 1\ntracks: 7\n"})
    done = run(own, "staff-pm", "-f", "json")
    now, *before = json.loads(done.out)["commits"]
    assert (now["revision"], now["error"]) == (None, f"{NOW}:1:1: a ladder needs `title` (and 1 more)")
    assert len(before) == len(STAFF)


def test_a_level_that_is_gone_but_still_committed(own: Repo) -> None:
    text = (own.folder / NOW).read_text()
    head, rest = text.split("      - id: staff-pm")
    own.write({NOW: head + rest[rest.index("  - id: manager") :]})
    assert told(own, "staff-pm", "-n", "1")[0] == (None, ["level-removed"])


def test_a_ladder_that_was_never_committed(tmp_path: Path) -> None:
    repo = Repo(tmp_path).init()
    repo.commit({"README.md": "Ladders\n"}, "Begin")
    repo.write({NOW: FIRST})
    assert told(repo, "pm") == [(None, ["level-added"])]


# --- repositories of all kinds -----------------------------------------------------------------------------------


def test_a_shallow_clone_says_where_it_ends(made: Repo, tmp_path: Path) -> None:
    clone = made.clone(tmp_path / "clone", "--depth", "3")
    done = run(clone, "product")
    assert heads(done.out) == ["Let it lead", "Ask two managers"]
    short = made.git("rev-parse", "--short", "HEAD~2")
    assert done.err == (
        f"note: this clone is shallow: what came before {short} of 2026-01-18 is not here; "
        "`git fetch --unshallow origin` gets it\n"
    )
    assert run(clone, "product", "-n", "1").err == ""


def test_a_shallow_clone_that_begins_broken(made: Repo, tmp_path: Path) -> None:
    clone = made.clone(tmp_path / "clone", "--depth", "15")
    assert heads(run(clone, "staff-pm").out)[-2:] == ["Call it staff-pm", "Break it"]


def test_a_shallow_clone_of_all_there_is(made: Repo, tmp_path: Path) -> None:
    clone = made.clone(tmp_path / "clone", "--depth", "100")
    assert log(clone, "product") == log(made, "product")


def test_a_detached_head_and_a_branch(own: Repo) -> None:
    own.git("checkout", "--quiet", "--detach", "HEAD~4")
    assert heads(log(own, "staff-pm", "-n", "1")) == ["Merge the reach"]
    own.git("checkout", "--quiet", "reach")
    assert heads(log(own, "staff-pm", "-n", "3")) == ["Widen the leadership", "Widen the craft", "Name the metric"]


def test_a_worktree_and_a_folder_below(own: Repo, tmp_path: Path) -> None:
    own.git("worktree", "add", "--quiet", "--detach", tmp_path / "tree", "HEAD~4")
    tree = Repo(tmp_path / "tree")
    assert heads(log(tree, "staff-pm", "-n", "1")) == ["Merge the reach"]
    assert log(own, "product.yaml:staff-pm", folder="ladders") == log(own, "staff-pm")


def test_a_bare_repository_has_no_working_tree(made: Repo, tmp_path: Path) -> None:
    bare = made.clone(tmp_path / "bare", "--bare")
    assert log(bare, "product") == log(made, "product@HEAD")


def test_no_repository(tmp_path: Path) -> None:
    (tmp_path / "ladders").mkdir()
    (tmp_path / NOW).write_text(FIRST)
    done = ladder("log", "pm", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: ladders is not in a git repository\n")


def test_no_commits(tmp_path: Path) -> None:
    repo = Repo(tmp_path).init()
    repo.write({NOW: FIRST})
    done = run(repo, "pm")
    assert (done.code, done.err) == (2, "error: there is no `HEAD`: this repository has no commits yet\n")


def test_the_example_has_no_history(tmp_path: Path) -> None:
    done = ladder("log", "product-management", cwd=tmp_path)
    assert (done.code, done.err.splitlines()[-1]) == (
        2,
        "error: `product-management` is the example that comes with ladder, and has no history here",
    )


def test_every_version_is_read_once(made: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[str] = []

    def counted(where: Revision, path: str, *rest: Any) -> history.Version:
        reads.append(where.commit)
        return read(where, path, *rest)

    read = history.read
    monkeypatch.setattr(history, "read", counted)
    with Repository.at(str(made.folder)) as repository:
        found = list(history.versions(repository, "HEAD", (NOW, "shared/company.yaml"), "public"))
    assert reads == [version.commit.id for version in found if version.commit]
    assert len(set(reads)) == len(found) == 19


def test_one_process_reads_every_version(made: Repo, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    run(made, "staff-pm", GIT_TRACE=str(trace))
    started = re.findall(r"built-in: git (\S+)", trace.read_text())
    assert started.count("cat-file") == 1
    assert len(started) < 15


def test_whoever_waits_at_a_terminal_sees_how_far_it_is(made: Repo, tmp_path: Path) -> None:
    code = "from laddercli.cli import log; log._PATIENCE = -1; log.sys.stderr.isatty = lambda: True; "
    code += "from laddercli.cli.app import run; run(['log', 'staff-pm', '-n', '2'])"
    done = python(code, cwd=made.folder)
    assert done.err.startswith("\r1 version read\r2 versions read\r               \r")
    assert done.err.endswith(" \r")
    assert "read" not in done.out


# --- hostile text ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", ["", "-f markdown", "-f json"])
def test_what_people_write_in_commits_steers_nothing(made: Repo, options: str) -> None:
    said = run(made, "staff-pm", *options.split(), GITHUB_ACTIONS="true").out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", said)
    assert "##[" not in said
    assert not re.search(r"^\s*::", said, re.MULTILINE)
    if "markdown" in options:
        assert not re.search(r"(?<!\\)<b>|(?<!\\)\*\*bold|@everyone|(?<!\\)\[x\]", said)


def test_words_are_marked_by_style_on_a_terminal(made: Repo) -> None:
    said = log(made, "staff-pm", "--color", "always", "-n", "2")
    assert "\x1b[9mstratgy\x1b[0m" in said
    assert "\x1b[4mstrategy\x1b[0m" in said


@pytest.mark.parametrize(
    ("name", "options"), [("past-diff-80.txt", ""), ("past-diff.md", "-f markdown"), ("past-diff.json", "-f json")]
)
def test_all_of_it_as_one_difference(own: Repo, name: str, options: str, golden: Callable[[str, str], None]) -> None:
    """The twenty commits since version 1.0: through a renamed file, a renamed level and a broken commit."""
    own.git("tag", "v1.0", own.git("log", "--format=%H", "--grep=Fix a typo", "-n1"))
    done = ladder("diff", "v1.0", *options.split(), cwd=own.folder, COLUMNS="80")
    assert done.code == 0, done.err
    golden(name, done.out.replace(f'"{__version__}"', '"VERSION"'))


def test_what_is_broken_here_and_in_the_last_commit_is_asked_for_further_back(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo").init()
    repo.commit({"ladders/sales.yaml": "format: 1\ntracks: 3\n"}, "Broken")
    done = run(repo, "junior")
    assert (done.code, done.out) == (2, "")
    assert "note: ladders/sales.yaml is not a valid ladder: ladders/sales.yaml:1:1: " in done.err
    assert done.err.endswith(
        "error: there is no valid ladder below .\n"
        "  help: `ladder log junior@REV` begins with a version where its file was valid\n"
    )
    assert "`ladder log ladders/sales.yaml@REV`" in run(repo, "ladders/sales.yaml").err
