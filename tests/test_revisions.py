"""Ladders as they were: files of a revision, and levels and ladders named with `@REVISION`."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from laddercli.errors import InvalidLadder, SharedFile, Unreadable
from laddercli.ladder import Ladder
from laddercli.loader import Loader
from laddercli.names import at_revision
from laddercli.repository import Repository
from tests.repositories import Repo
from tests.run import Result, ladder

pytestmark = pytest.mark.usefixtures("git_settings")

SALES = """\
format: 1
title: Sales
version: {version}
uses: [../shared/company.yaml]
measures: [{{id: reach, name: Reach, scale: [near, far]}}]
tracks:
  - id: ic
    name: Sellers
    kind: ic
    levels:
      - {{id: junior, code: S1, title: Junior, grade: g1, expectations: {{reach: {{step: near, summary: {words}}}}}}}
      - {{id: {senior}, title: Senior @ Acme, grade: g2, expectations: {{reach: {{step: far}}}}}}
"""
OLD = SALES.format(version="1.0.0", words="Sells old things.", senior="sr")
NEW = SALES.format(version="2.0.0", words="Sells new things.", senior="senior, formerly: [sr]")
DEEP = NEW.replace("../shared", "../../shared")
COMPANY = "format: 1\ngrades: [{{id: g1, title: {one}}}, {{id: g2}}]\n"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A ladder with a shared file: `v1.0`, then changed and committed, then changed again in the working tree."""
    made = Repo(tmp_path / "repo").init()
    monkeypatch.chdir(made.folder)
    made.commit({"ladders/sales.yaml": OLD, "shared/company.yaml": COMPANY.format(one="First")}, "Begin", day=1)
    made.git("tag", "v1.0")
    made.commit({"ladders/sales.yaml": NEW, "shared/company.yaml": COMPANY.format(one="Second")}, "Change", day=2)
    made.write({"ladders/sales.yaml": NEW.replace("new things", "drafts")})
    return made


def load(path: str, revision: str) -> Ladder:
    with Repository.at(".") as repository:
        return Loader(files=repository.revision(revision)).load(path)


def run(*arguments: str, cwd: Path | None = None, **variables: str) -> Result:
    return ladder(*arguments, cwd=cwd or Path.cwd(), **variables)


def found(*arguments: str, cwd: Path | None = None, **variables: str) -> str:
    done = run(*arguments, cwd=cwd, **variables)
    assert (done.code, done.err) == (0, "")
    return done.out


def refused(*arguments: str, cwd: Path | None = None, **variables: str) -> list[str]:
    done = run(*arguments, cwd=cwd, **variables)
    assert (done.code, done.out) == (2, "")
    return done.err.splitlines()


# --- loading -----------------------------------------------------------------------------------------------------


def test_shared_files_are_those_of_the_same_revision(repo: Repo) -> None:
    repo.write({"shared/company.yaml": "format: 1\n"})
    for revision, version, title in (("v1.0", "1.0.0", "First"), ("HEAD", "2.0.0", "Second")):
        sales = load("ladders/sales.yaml", revision)
        assert (sales.version, sales.grades[0].title, sales.revision) == (version, title, revision)
        assert sales.files == (f"{revision}:shared/company.yaml", f"{revision}:ladders/sales.yaml")
        assert sales.grades[0].place.file == f"{revision}:shared/company.yaml"


def test_nothing_of_the_working_tree_shows_through(repo: Repo) -> None:
    repo.commit({"ladders/sales.yaml": OLD.replace("company", "draft")})
    repo.git("tag", "broken")
    repo.write({"shared/draft.yaml": COMPANY.format(one="Draft")})
    assert Loader().load("ladders/sales.yaml").grades[0].title == "Draft"
    with pytest.raises(InvalidLadder) as caught:
        load("ladders/sales.yaml", "broken")
    assert caught.value.message == (
        "broken:ladders/sales.yaml is not a valid ladder: broken:ladders/sales.yaml:4:8: "
        "broken:shared/draft.yaml: there is no such file"
    )


def test_what_a_revision_has_wrong_is_placed_in_it(repo: Repo) -> None:
    repo.commit({"ladders/sales.yaml": NEW + "x: 1\n", "shared/company.yaml": "format: 1\ny: 1\n"})
    with Repository.at(".") as repository:
        findings = Loader(files=repository.revision("main")).examine("ladders/sales.yaml")
    assert [(each.path, each.span.start.line, each.rule) for each in findings] == [
        ("main:ladders/sales.yaml", 13, "unknown-key"),
        ("main:shared/company.yaml", 2, "unknown-key"),
    ]


@pytest.mark.parametrize(
    ("use", "message"),
    [
        ("../../out.yaml", "../../out.yaml lies outside of the repository"),
        ("/out.yaml", "/out.yaml lies outside of the repository"),
        ("out.yaml", "out.yaml lies outside of the repository"),
        ("own.yaml", "own.yaml uses itself"),
        ("nowhere.yaml", "HEAD:ladders/nowhere.yaml: the link leads nowhere"),
        ("../shared", "HEAD:shared is a folder, not a file"),
        ("../shared/compny.yaml", "HEAD:shared/compny.yaml: there is no such file"),
    ],
)
def test_uses_are_judged_as_on_disk(use: str, message: str, repo: Repo) -> None:
    for name, target in (("out", "../../out.yaml"), ("own", "sales.yaml"), ("nowhere", "none.yaml")):
        (repo.folder / "ladders" / f"{name}.yaml").symlink_to(target)
    (repo.folder.parent / "out.yaml").write_text("format: 1\n")
    repo.commit({"ladders/sales.yaml": f"format: 1\ntitle: S\nuses: [{use}]\ntracks: []\n"})
    on_disk = [each.text.replace("HEAD:", "") for each in Loader().examine("ladders/sales.yaml")]
    with Repository.at(".") as repository:
        (finding,) = Loader(files=repository.revision("HEAD")).examine("ladders/sales.yaml")
    assert finding.text == message
    assert [finding.text.replace("HEAD:", "")] == on_disk
    if "compny" in use:
        assert finding.help == "did you mean company.yaml?"


def test_an_optional_file_may_be_missing_at_a_revision(repo: Repo) -> None:
    uses = NEW.replace("[../shared/company.yaml]", "[../shared/company.yaml, {path: pay.yaml, optional: true}]")
    repo.commit({"ladders/sales.yaml": uses})
    repo.write({"ladders/pay.yaml": "format: 1\npay: {g1: {us: {min: 1}}}\n"})
    assert len(load("ladders/sales.yaml", "HEAD").files) == 2


def test_a_linked_ladder_is_read_at_a_revision(repo: Repo) -> None:
    (repo.folder / "ladders" / "link.yaml").symlink_to("sales.yaml")
    repo.commit()
    sales = load("ladders/link.yaml", "HEAD")
    assert (sales.id, sales.place.file, sales.version) == ("link", "HEAD:ladders/link.yaml", "2.0.0")


def test_a_ladder_is_called_after_its_file_whatever_the_branch_is_called(repo: Repo) -> None:
    repo.commit({"top.yaml": "format: 1\ntitle: Top\ntracks: []\n"})
    repo.git("branch", "a/b.c")
    assert load("top.yaml", "a/b.c").id == "top"


def test_what_is_no_ladder_at_a_revision(repo: Repo) -> None:
    with pytest.raises(SharedFile, match=r"^v1\.0:shared/company\.yaml is a shared file"):
        load("shared/company.yaml", "v1.0")
    with pytest.raises(Unreadable, match=r"^v1\.0:ladders/none\.yaml: there is no such file$"):
        load("ladders/none.yaml", "v1.0")


def test_one_process_reads_a_ladder_with_all_that_it_uses(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"shared/{number}.yaml": f"format: 1\nglossary: {{t{number}: x}}\n" for number in range(30)}
    uses = ", ".join(f"../shared/{number}.yaml" for number in range(30))
    repo.commit({**files, "ladders/sales.yaml": f"format: 1\ntitle: S\nuses: [{uses}]\ntracks: []\n"})
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    assert len(load("ladders/sales.yaml", "HEAD").glossary) == 30
    commands = re.findall(r"trace: built-in: git (\S+)", (tmp_path / "trace").read_text())
    assert commands.count("cat-file") == 1
    assert set(commands) == {"rev-parse", "cat-file"}


# --- names -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("pm1", []),
        ("pm1@", []),
        ("@v1", []),
        ("pm1@v1", [("pm1", "v1")]),
        ("a:pm1@HEAD~3", [("a:pm1", "HEAD~3")]),
        ("pm1@HEAD@{1}", [("pm1", "HEAD@{1}"), ("pm1@HEAD", "@{1}")]),
        ("pm1@{1}", [("pm1", "@{1}")]),
        ("pm1@@{1}", [("pm1", "@{1}"), ("pm1@", "@{1}")]),
        ("pm1@@", [("pm1", "@")]),
        ("Lead @ Acme@v1", [("Lead @ Acme", "v1"), ("Lead ", " Acme@v1")]),
        ("pm1@next@2", [("pm1@next", "2"), ("pm1", "next@2")]),
    ],
)
def test_a_name_is_split_at_its_last_at_first(name: str, readings: list[tuple[str, str]]) -> None:
    assert at_revision(name) == readings


@pytest.mark.parametrize(
    ("name", "words", "full"),
    [
        ("junior", "Sells drafts.", "sales:junior"),
        ("junior@HEAD", "Sells new things.", "sales:junior@HEAD"),
        ("junior@@", "Sells new things.", "sales:junior@@"),
        ("junior@v1.0", "Sells old things.", "sales:junior@v1.0"),
        ("junior@HEAD~1", "Sells old things.", "sales:junior@HEAD~1"),
        ("junior@HEAD@{1}", "Sells old things.", "sales:junior@HEAD@{1}"),
        ("junior@{1}", "Sells old things.", "sales:junior@@{1}"),
        ("junior@odd@name", "Sells old things.", "sales:junior@odd@name"),
        ("sales:S1@v1.0", "Sells old things.", "sales:junior@v1.0"),
        ("JUNIOR@v1.0", "Sells old things.", "sales:junior@v1.0"),
        ("ladders/sales.yaml:junior@v1.0", "Sells old things.", "sales:junior@v1.0"),
        ("./ladders/../ladders/sales.yaml:junior@v1.0", "Sells old things.", "sales:junior@v1.0"),
    ],
)
def test_a_level_at_a_revision(name: str, words: str, full: str, repo: Repo) -> None:
    repo.git("branch", "odd@name", "v1.0")
    out = found("show", name)
    assert words in out
    assert re.fullmatch(rf"Junior +{re.escape(full)}", out.splitlines()[0])


def test_a_title_with_an_at_is_found_as_it_is(repo: Repo) -> None:
    assert found("show", "Senior @ Acme").splitlines()[0].endswith(" sales:senior")
    assert found("show", "Senior @ Acme@v1.0").splitlines()[0].endswith(" sales:sr@v1.0")
    repo.git("branch", "Acme")
    repo.write({"ladders/sales.yaml": NEW.replace("Senior @ Acme", "junior@Acme")})
    assert found("show", "junior@Acme").splitlines()[0].endswith(" sales:senior")


def test_a_level_that_was_called_otherwise_is_found_with_a_notice(repo: Repo) -> None:
    done = run("show", "senior@v1.0")
    assert (done.code, done.err) == (0, "note: `senior` was called `sr` at v1.0\n")
    assert done.out.splitlines()[0].endswith(" sales:sr@v1.0")
    done = run("show", "sr@HEAD")
    assert (done.code, done.err) == (0, "note: `sr` is now called `senior`\n")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("juniro@v1.0", ["error: at v1.0: there is no level `juniro`; did you mean `junior`?"]),
        ("sals:junior@v1.0", ["error: at v1.0: there is no ladder `sals`; did you mean `sales`?"]),
        ("junior@v1.1", ["error: there is no revision `v1.1`; did you mean `v1.0`?", "fetch origin tag v1.1"]),
        ("junior@-v", ["error: `-v` is no revision"]),
        ("junior@--output=made", ["error: `--output=made` is no revision"]),
        ("junior@HEAD:ladders", ["error: `HEAD:ladders` is a tree, not a commit"]),
        ("ladders/none.yaml:junior@v1.0", ["error: v1.0:ladders/none.yaml: there is no such file"]),
        ("shared/company.yaml:junior@v1.0", ["error: v1.0:shared/company.yaml is a shared file"]),
        ("junior@empty", ["error: there is no valid ladder at empty: ladders/**/*.yaml, ladders/**/*.yml"]),
        ("Nobody @ Nowhere", ["error: there is no revision ` Nowhere`"]),
    ],
)
def test_none_is_said_with_the_revision(name: str, lines: list[str], repo: Repo) -> None:
    tree = repo.git("mktree", stdin=b"")
    repo.git("branch", "empty", repo.git("commit-tree", "-m", "empty", tree))
    said = refused("show", name)
    assert said[0].startswith(lines[0])
    assert all(words in said[1] for words in lines[1:])
    assert not Path("made").exists()


def test_several_at_a_revision_are_named_in_full(repo: Repo) -> None:
    repo.commit({"ladders/other.yaml": NEW})
    assert refused("show", "junior@HEAD") == [
        "error: at HEAD: `junior` may be any of: other:junior@HEAD, sales:junior@HEAD"
    ]
    repo.commit({"ladders/other.yaml": NEW.replace("title:", "id: sales\ntitle:", 1)})
    (said,) = refused("show", "junior@HEAD")
    names = said.partition("may be any of: ")[2].split(", ")
    assert names == ["ladders/other.yaml:junior@HEAD", "ladders/sales.yaml:junior@HEAD"]
    assert all(found("show", name) for name in names)
    (said,) = refused("list", "sales@HEAD")
    names = said.partition("may be any of: ")[2].split(", ")
    assert names == ["ladders/other.yaml@HEAD", "ladders/sales.yaml@HEAD"]
    assert all(found("list", name) for name in names)


def test_a_broken_ladder_of_then_is_left_out_and_one_of_now_not_mentioned(repo: Repo) -> None:
    repo.commit({"ladders/broken.yaml": "format: 1\ntitle: [\n"})
    done = run("show", "junior@HEAD")
    assert done.code == 0
    assert done.err.startswith("note: HEAD:ladders/broken.yaml is not a valid ladder: HEAD:ladders/broken.yaml:")
    assert done.err.endswith("; left out\n")
    assert done.err.count("\n") == 1
    assert run("show", "junior@v1.0").err == ""
    both = run("compare", "junior@v1.0", "junior")
    assert (both.code, both.err.count("\n")) == (0, 1)
    assert both.err.startswith("note: ladders/broken.yaml is not a valid ladder:")


def test_the_patterns_of_today_apply(repo: Repo) -> None:
    repo.commit({"people/one.yaml": NEW, "people/.hidden.yaml": NEW, "people/deep/two.yaml": NEW, "people/x.txt": "x"})
    repo.write({".ladder.yaml": "ladders: ['people/**/*.yaml']\nexclude: [people/deep/]\n"})
    done = json.loads(found("list", ".@HEAD", "-f", "json"))
    assert [(each["id"], each["file"]) for each in done["ladders"]] == [("one", "HEAD:people/one.yaml")]
    assert refused("show", "junior@v1.0")[0] == ("error: there is no valid ladder at v1.0: people/**/*.yaml")


@pytest.mark.parametrize("folder", ["ladders", "shared", "new"])
def test_it_does_not_matter_from_where_one_asks(folder: str, repo: Repo) -> None:
    here = repo.folder / folder
    here.mkdir(exist_ok=True)
    assert "Sells old things." in found("show", "junior@v1.0", cwd=here)
    assert "Sells old things." in found("show", "../ladders/sales.yaml:junior@v1.0", cwd=here)
    assert refused("show", "../../x.yaml:junior@v1.0", cwd=here) == [
        "error: `../../x.yaml:junior@v1.0` names a revision, but ../.. is not in a git repository",
        "  help: a revision is read from git; clone the repository, or go to where it is",
    ]


def test_a_ladder_that_is_gone_is_found_where_it_was(repo: Repo) -> None:
    repo.git("rm", "--quiet", "--force", "-r", "ladders", "shared")
    repo.commit()
    for name in ("junior@v1.0", "ladders/sales.yaml:junior@v1.0"):
        assert "Sells old things." in found("show", name)


def test_a_bare_repository_is_read(repo: Repo, tmp_path: Path) -> None:
    bare = repo.clone(tmp_path / "bare.git", "--bare").folder
    assert "Sells old things." in found("show", "junior@v1.0", cwd=bare)
    assert "Sells new things." in found("show", "ladders/sales.yaml:junior@main", cwd=bare)


def test_a_worktree_and_a_submodule_are_read(repo: Repo, tmp_path: Path) -> None:
    repo.git("worktree", "add", "--quiet", tmp_path / "side", "v1.0")
    assert "Sells old things." in found("show", "junior@HEAD", cwd=tmp_path / "side")
    outer = Repo(tmp_path / "outer").init()
    outer.git("submodule", "--quiet", "add", str(repo.folder), "people")
    outer.commit()
    assert "Sells old things." in found("show", "junior@v1.0", cwd=outer.folder / "people")
    assert "Sells old things." in found("show", "people/ladders/sales.yaml:junior@v1.0", cwd=outer.folder)


def test_without_git_or_a_repository_only_the_working_tree_is_read(repo: Repo, tmp_path: Path) -> None:
    assert "Sells drafts." in found("show", "junior", PATH="")
    assert refused("show", "junior@v1.0", PATH="") == [
        "error: `junior@v1.0` names a revision, but git is not installed, or not on the PATH",
        "  help: install git, or leave out the revision to read the files that are there",
    ]
    outside = tmp_path / "outside"
    outside.mkdir()
    assert refused("show", "junior@v1.0", cwd=outside)[0] == (
        "error: `junior@v1.0` names a revision, but . is not in a git repository"
    )
    assert refused("show", "product-management:staff-pm@v1.0", cwd=outside)[0].endswith("not in a git repository")


def test_before_the_first_commit(tmp_path: Path) -> None:
    Repo(tmp_path).init().write({"ladders/sales.yaml": "format: 1\ntitle: S\ntracks: []\n"})
    assert refused("list", "sales@HEAD", cwd=tmp_path) == [
        "error: there is no `HEAD`: this repository has no commits yet"
    ]


# --- what is shown -----------------------------------------------------------------------------------------------


def test_one_level_at_two_revisions_is_told_apart(repo: Repo) -> None:
    out = found("compare", "junior@v1.0", "junior", COLUMNS="100")
    lines = out.splitlines()
    assert re.fullmatch(r"Sales +junior@v1\.0  →  junior", lines[0])
    assert re.fullmatch(r" +Junior · v1\.0 +Junior", lines[2])
    assert re.search(r"Sells old things\. +│ Sells drafts\.", out)
    assert "Same grade. 1 measure at the same step." in out
    markdown = found("compare", "junior@v1.0", "junior", "-f", "markdown")
    assert "| **Junior** · v1.0 | **Junior** |" in markdown
    three = found("compare", "junior@v1.0", "junior@HEAD", "junior")
    assert "junior@v1.0 → junior@HEAD:" in three


def test_one_level_at_a_revision_goes_with_its_neighbor_there(repo: Repo) -> None:
    assert found("compare", "junior@v1.0").splitlines()[0].endswith("junior@v1.0  →  sr@v1.0")
    assert "ladder compare junior@v1.0 sr@v1.0" in found("show", "junior@v1.0")
    assert "ladder compare 'junior@HEAD~1' 'sr@HEAD~1'" in found("show", "junior@HEAD~1")


def test_measures_that_came_are_said_to_be_new(repo: Repo) -> None:
    repo.write({"ladders/sales.yaml": NEW.replace("measures: [", "measures: [{id: care, name: Care}, ")})
    assert "1 more in the working tree." in found("compare", "junior@v1.0", "junior")
    assert "1 only in the working tree." in found("compare", "junior", "junior@v1.0")


@pytest.mark.parametrize("name", ["sales@v1.0", "ladders/sales.yaml@v1.0", "ladders@v1.0", ".@v1.0"])
def test_list_at_a_revision(name: str, repo: Repo) -> None:
    assert re.fullmatch(r"Sales 1\.0\.0 +at v1\.0 · 2 levels · 1 measure", found("list", name).splitlines()[0])


def test_list_now_and_then(repo: Repo) -> None:
    out = found("list", "sales@v1.0", "sales", "sales@v1.0")
    assert re.findall(r"^Sales (\S+)", out, re.MULTILINE) == ["1.0.0", "2.0.0"]


def test_a_folder_without_a_configuration_has_all_that_look_like_ladders(repo: Repo) -> None:
    repo.commit(
        {"people/one.yaml": NEW, "people/notes.yaml": "a: 1\n", "people/deep/two.yml": DEEP, "people/.x.yaml": NEW}
    )
    done = json.loads(found("list", "people@HEAD", "-f", "json"))
    assert [each["file"] for each in done["ladders"]] == ["HEAD:people/one.yaml", "HEAD:people/deep/two.yml"]
    assert [each["id"] for each in done["ladders"]] == ["one", "two"]
    (repo.folder / "people" / "gone.yaml").symlink_to("nowhere")
    repo.commit()
    assert run("list", "people@HEAD").err == "note: HEAD:people/gone.yaml: the link leads nowhere; left out\n"


def test_programs_are_told_the_revision(repo: Repo) -> None:
    shown = json.loads(found("show", "junior@v1.0", "junior", "-f", "json"))
    assert [level["revision"] for level in shown["levels"]] == ["v1.0", None]
    listed = json.loads(found("list", "sales@HEAD", "sales", "-f", "json"))
    assert [(each["revision"], each["file"]) for each in listed["ladders"]] == [
        ("HEAD", "HEAD:ladders/sales.yaml"), (None, "ladders/sales.yaml"),
    ]  # fmt: skip


def test_pay_of_a_revision_is_for_its_audience_only(repo: Repo) -> None:
    pay = "compensation: {zones: [{id: us, currency: USD}]}\npay: {g1: {us: {min: 123456}}}\n"
    company = COMPANY.format(one="First")
    repo.commit({"shared/company.yaml": company + pay})
    assert "123" not in found("show", "junior@HEAD")
    assert "123" in found("show", "junior@HEAD", "--audience", "confidential")
    repo.commit({"shared/company.yaml": company + pay.replace("{min: 123456}", "{min: 123456, max: 99}")})
    assert "123" not in "".join(refused("show", "ladders/sales.yaml:junior@HEAD"))


def test_control_characters_of_a_revision_reach_no_terminal(repo: Repo) -> None:
    said = "\n".join(refused("show", "junior@\x1b[31mred"))
    assert "\x1b" not in said


def test_file_names_of_any_bytes(repo: Repo) -> None:
    repo.commit({"ladders/two\nlines é.yaml": NEW, "ladders/\udce9.yaml": NEW})
    done = run("list", ".@HEAD", "-f", "json")
    assert (done.code, done.err) == (0, "")
    assert [each["id"] for each in json.loads(done.out)["ladders"]] == ["sales", "two\nlines é", "\udce9"]
    assert "Sells new things." in found("show", "ladders/two\nlines é.yaml:junior@HEAD")
    assert "Sells new things." in found("show", os.fsdecode(b"ladders/\xe9.yaml:junior@HEAD"))
