"""What git knows: versions, what files said in them, and who changed them when."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from laddercli.document import MAX_BYTES
from laddercli.errors import LadderError, NoRepository, NoRevision, Unreadable
from laddercli.repository import Repository, advice
from laddercli.repository.history import Commit
from laddercli.repository.objects import Entry, parse_tree
from tests.repositories import AUTHOR, Repo

pytestmark = pytest.mark.usefixtures("git_settings")

Names = Callable[[Commit], object]


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A new repository, which is the working folder."""
    made = Repo(tmp_path / "repo").init()
    monkeypatch.chdir(made.folder)
    return made


def read(path: str, revision: str = "HEAD", at: str | Path = ".") -> bytes:
    with Repository.at(str(at)) as repository:
        return repository.revision(revision).read(path)


def refusal(revision: str, at: str | Path = ".") -> tuple[str, str | None]:
    with Repository.at(str(at)) as repository, pytest.raises(NoRevision) as caught:
        repository.resolve(revision)
    return caught.value.message, caught.value.help


# --- where a repository is ---------------------------------------------------------------------------------------


def test_a_repository_is_found_from_its_folders_and_files(repo: Repo) -> None:
    first = repo.commit({"ladders/deep/a.yaml": "a"})
    for path in (".", "ladders", "ladders/deep/a.yaml", "ladders/gone/nothing.yaml", str(repo.folder)):
        with Repository.at(path) as repository:
            assert repository.top == str(repo.folder)
            assert repository.resolve("HEAD") == first
            assert repository.name_of("ladders/deep/../deep/a.yaml") == "ladders/deep/a.yaml"
            assert repository.name_of(".") == ""


def test_a_folder_may_have_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = Repo(tmp_path / "two\nlines é %s").init()
    repo.commit({"a.yaml": "a"})
    monkeypatch.chdir(repo.folder)
    with Repository.at(".") as repository:
        assert repository.top == str(repo.folder)
        assert repository.revision("HEAD").read("a.yaml") == b"a"


def test_a_worktree_has_its_own_head(repo: Repo, tmp_path: Path) -> None:
    repo.commit({"a.yaml": "main"})
    repo.git("worktree", "add", "--quiet", "-b", "side", tmp_path / "side")
    side = Repo(tmp_path / "side")
    side.commit({"a.yaml": "side"})
    assert (read("a.yaml"), read("a.yaml", at=side.folder)) == (b"main", b"side")
    assert read("a.yaml", "side") == b"side"
    with Repository.at(str(side.folder)) as repository:
        assert repository.top == str(side.folder)


def test_a_submodule_is_a_repository_of_its_own(repo: Repo, tmp_path: Path) -> None:
    inner = Repo(tmp_path / "inner").init()
    inner.commit({"a.yaml": "inner"})
    repo.git("submodule", "--quiet", "add", str(inner.folder), "company")
    repo.commit({"a.yaml": "outer"})
    assert (read("a.yaml"), read("a.yaml", at="company")) == (b"outer", b"inner")
    for path, message in (
        ("company", "HEAD:company is a submodule, not a file"),
        (
            "company/a.yaml",
            "HEAD:company/a.yaml: company is a submodule, and read from its own repository only",
        ),
    ):
        with pytest.raises(Unreadable) as caught:
            read(path)
        assert caught.value.message == message
    with Repository.at(".") as repository:
        assert list(repository.revision("HEAD").files()) == [".gitmodules", "a.yaml"]


def test_a_bare_repository_has_no_files_and_all_versions(repo: Repo, tmp_path: Path) -> None:
    repo.commit({"ladders/a.yaml": "a"})
    bare = repo.clone(tmp_path / "bare.git", "--bare")
    with Repository.at(str(bare.folder)) as repository:
        assert repository.top is None
        assert repository.revision("main").read("ladders/a.yaml") == b"a"
        assert [commit.paths for commit in repository.commits(["ladders/a.yaml"])] == [("ladders/a.yaml",)]
        assert repository.name_of(str(bare.folder)) == ""
    assert read("ladders/a.yaml", at=repo.folder / ".git") == b"a"  # within the folder of git itself


def test_variables_of_git_count(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"ladders/a.yaml": "a"})
    monkeypatch.setenv("GIT_DIR", ".git")  # as git sets it for hooks: relative to the top
    assert read("ladders/a.yaml", at="ladders/a.yaml") == b"a"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_DIR", str(repo.folder / ".git"))
    assert read("ladders/a.yaml") == b"a"


def test_a_detached_head_is_a_version(repo: Repo) -> None:
    first = repo.commit({"a.yaml": "1"})
    repo.commit({"a.yaml": "2"})
    repo.git("checkout", "--quiet", "--detach", first)
    assert read("a.yaml") == b"1"
    assert read("a.yaml", "main") == b"2"


def test_outside_of_a_repository_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoRepository) as caught:
        Repository.at("ladders/a.yaml")
    assert caught.value.message == ". is not in a git repository"
    assert "clone" in (caught.value.help or "")


@pytest.mark.parametrize("path", ["", "/nowhere"])
def test_without_git_it_says_so(path: str, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    (repo.folder / "git").write_text("#!/bin/sh\necho no\n")
    (repo.folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", path)
    with pytest.raises(NoRepository, match="git is not installed, or not on the PATH"):
        Repository.at(".")


def test_a_repository_of_somebody_else_is_not_read(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(NoRepository) as caught:
        Repository.at(".")
    assert "belongs to somebody else" in caught.value.message
    assert caught.value.help == f"if you trust it: `git config --global --add safe.directory {repo.folder}`"


def test_a_file_elsewhere_has_no_name(repo: Repo) -> None:
    with Repository.at(".") as repository, pytest.raises(Unreadable, match=r"^\.\./x\.yaml lies outside of the repos"):
        repository.name_of("../x.yaml")


# --- revisions ---------------------------------------------------------------------------------------------------


def test_every_way_to_name_a_commit(repo: Repo) -> None:
    one = repo.commit({"a.yaml": "1"}, "first words", day=1)
    repo.git("tag", "light")
    repo.git("tag", "--annotate", "--message", "x", "v1.0")
    two = repo.commit({"a.yaml": "2"}, day=2)
    repo.git("branch", "topic/@x")
    with Repository.at(".") as repository:
        for revision, commit in {
            "HEAD": two, "@": two, "main": two, "refs/heads/main": two, "topic/@x": two, two: two, two[:8]: two,
            "HEAD~1": one, "main^": one, "light": one, "v1.0": one, "v1.0^{}": one, "HEAD@{1}": one, "@{1}": one,
            ":/first words": one, "HEAD^{/first}": one, "v1.0-1-g" + two[:8]: two,
        }.items():  # fmt: skip
            assert repository.resolve(revision) == commit, revision
        assert set(repository.names()) == {"main", "light", "v1.0", "topic/@x"}


@pytest.mark.parametrize(
    "revision",
    ["-v", "--output=x", "--all", "-", "", "a\0b", "\ud800", "--end-of-options", "--upload-pack=touch made"],
)
def test_options_are_no_revisions(revision: str, repo: Repo) -> None:
    repo.commit({"a.yaml": "1"})
    assert refusal(revision) == (f"`{revision}` is no revision", None)
    assert sorted(os.listdir(repo.folder)) == [".git", "a.yaml"]


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        ("HEAD:ladders", "`HEAD:ladders` is a tree, not a commit"),
        ("HEAD:ladders/a.yaml", "`HEAD:ladders/a.yaml` is a blob, not a commit"),
        ("HEAD^{tree}", "`HEAD^{tree}` is a tree, not a commit"),
        ("a-blob", "`a-blob` is a blob, not a commit"),
        ("HEAD~3", "there is no `HEAD~3`: the history of `HEAD` is shorter"),
        ("HEAD@{7}", "there is no `HEAD@{7}`: log for 'HEAD' only has 1 entries"),
        ("main@{upstream}", "there is no `main@{upstream}`: no upstream configured for branch 'main'"),
        ("@{upstream}", "there is no revision `@{upstream}`: no upstream configured for branch 'main'"),
        ("a..b", "there is no revision `a..b`"),
        ("^HEAD", "there is no revision `^HEAD`"),
        ("in words", "there is no revision `in words`"),
        ("two\nlines", "there is no revision `two\nlines`"),
        ("HEAD:none.yaml", "there is no revision `HEAD:none.yaml`"),
    ],
)
def test_what_is_no_commit_says_what_it_is(revision: str, message: str, repo: Repo) -> None:
    repo.commit({"ladders/a.yaml": "1"})
    repo.git("tag", "a-blob", repo.git("hash-object", "-w", "ladders/a.yaml"))
    assert refusal(revision) == (message, None)


@pytest.mark.parametrize("revision", ["HEAD", "@", "HEAD~1"])
def test_before_the_first_commit_there_is_no_version(revision: str, repo: Repo) -> None:
    assert refusal(revision) == (f"there is no `{revision}`: this repository has no commits yet", None)


@pytest.mark.parametrize(
    ("revision", "command"),
    [
        ("v1.1", "git fetch origin tag v1.1"),
        ("refs/tags/release", "git fetch origin tag release"),
        ("origin/topic", "git fetch origin topic"),
        ("origin/topic~2", "git fetch origin topic"),
        ("topic", "git fetch origin topic:topic"),
        ("topic@{yesterday}", "git fetch origin topic:topic"),
        ("0123456", "git fetch origin"),
        ("0123456789" * 4, f"git fetch origin {'0123456789' * 4}"),
        ("a$(x)'b", "git fetch origin 'a$(x)'\"'\"'b:a$(x)'\"'\"'b'"),
    ],
)
def test_what_is_missing_says_what_to_fetch(revision: str, command: str, repo: Repo, tmp_path: Path) -> None:
    repo.commit({"a.yaml": "1"})
    clone = repo.clone(tmp_path / "clone")
    message, help = refusal(revision, clone.folder)
    assert (message, help) == (f"there is no revision `{revision}`", f"`{command}` gets it, if it is there")


def test_without_a_remote_the_way_to_fetch_is_told_as_well(repo: Repo) -> None:
    repo.commit({"a.yaml": "1"})
    assert refusal("v1.0")[1] == (
        "`git fetch origin tag v1.0` gets it, once `git remote add origin URL` has said where from"
    )


def test_a_slip_of_the_pen_gets_a_suggestion(repo: Repo) -> None:
    repo.commit({"a.yaml": "1"})
    repo.git("tag", "release-1")
    assert refusal("relaese-1")[0] == "there is no revision `relaese-1`; did you mean `release-1`?"


@pytest.fixture
def shallow(repo: Repo, tmp_path: Path) -> Repo:
    """A clone of one branch and one commit, as CI makes them. The other branch left the first two commits ago."""
    repo.commit({"a.yaml": "1"}, day=1)
    repo.git("tag", "v1.0")
    repo.git("branch", "topic")
    repo.commit({"a.yaml": "2"}, day=2)
    repo.git("checkout", "--quiet", "topic")
    repo.commit({"b.yaml": "3"}, day=3)
    return repo.clone(tmp_path / "shallow", "--depth", "1")


@pytest.mark.parametrize("revision", ["HEAD~1", "v1.0", "origin/main", "main", "main~1"])
def test_a_shallow_clone_says_what_to_fetch_and_that_helps(revision: str, shallow: Repo) -> None:
    message, help = refusal(revision, shallow.folder)
    assert message.endswith("in this shallow clone")
    command = re.match(r"`(git fetch --unshallow origin.*?)` gets ", help or "")
    assert command
    shallow.git(*command[1].split()[1:])
    with Repository.at(str(shallow.folder)) as repository:
        assert repository.resolve(revision)
        assert repository.merge_base("HEAD", revision)


def test_a_commit_that_a_shallow_clone_lacks(shallow: Repo, repo: Repo) -> None:
    commit = repo.git("rev-parse", "main")
    assert refusal(commit, shallow.folder)[1] == f"`git fetch --unshallow origin {commit}` gets it, if it is there"


def test_the_common_ancestor(repo: Repo) -> None:
    first = repo.commit({"a.yaml": "1"})
    repo.git("checkout", "--quiet", "-b", "side")
    repo.commit({"b.yaml": "2"})
    repo.git("checkout", "--quiet", "main")
    repo.commit({"c.yaml": "3"})
    repo.git("checkout", "--quiet", "--orphan", "other")
    repo.commit({"d.yaml": "4"})
    with Repository.at(".") as repository:
        assert repository.merge_base("main", "side") == first
        with pytest.raises(NoRevision, match=r"^`main` and `other` have no common ancestor$"):
            repository.merge_base("main", "other")


def test_no_common_ancestor_in_a_shallow_clone_says_what_to_fetch(shallow: Repo) -> None:
    shallow.git("fetch", "--quiet", "--depth=1", "origin", "main:main")
    with Repository.at(str(shallow.folder)) as repository, pytest.raises(NoRevision) as caught:
        repository.merge_base("HEAD", "main")
    assert caught.value.help == "`git fetch --unshallow origin` gets the rest of the history"
    shallow.git("fetch", "--quiet", "--unshallow", "origin")
    with Repository.at(str(shallow.folder)) as repository:
        assert repository.merge_base("HEAD", "main")


@pytest.mark.parametrize(
    ("name", "remotes", "specs", "command"),
    [
        ("up/x/y", ["origin", "up"], ["+refs/heads/*:refs/remotes/up/*"], "git fetch up x/y"),
        ("up/x", ["up"], ["+refs/heads/main:refs/remotes/up/main"], "git fetch up +refs/heads/x:refs/remotes/up/x"),
        ("refs/remotes/up/x", ["up"], [], "git fetch up x"),
        ("a/b/x", ["a", "a/b"], [], "git fetch a/b x"),
        ("x", ["up"], [], "git fetch up x:x"),
        ("x", ["up", "origin"], [], "git fetch origin x:x"),
        ("heads/x", [], [], "git fetch origin x:x"),
        ("tags/v1", [], [], "git fetch origin tag v1"),
        ("1.2.3-rc1", [], [], "git fetch origin tag 1.2.3-rc1"),
        ("x;y", [], [], "git fetch origin 'x;y:x;y'"),
        ("x y", [], [], None),
        ("x..y", [], [], None),
        (".x", [], [], None),
        ("x.lock", [], [], None),
    ],
)
def test_the_command_that_fetches(name: str, remotes: list[str], specs: list[str], command: str | None) -> None:
    assert advice.fetching(name, remotes, specs, is_shallow=False) == command


# --- files -------------------------------------------------------------------------------------------------------

NAMES = [
    "plain.yaml", "with space.yaml", " leading", "é漢.yaml", "two\nlines.yaml", "tab\tin", "100%.yaml", "a::b", "-v",
    "--output=x", ":(top)x", "*.yaml", "HEAD", "quote'\"", "back\\slash", "bytes\udce9\udcff.yaml",
    "ladders/in/deep.yml",
]  # fmt: skip


def test_files_of_any_name_are_read(repo: Repo) -> None:
    files: dict[str, str | bytes] = {name: f"I am {index}" for index, name in enumerate(NAMES)}
    repo.commit(files, subject="Names")
    with Repository.at(".") as repository:
        revision = repository.revision("main")
        assert set(revision.files()) == set(NAMES)
        for index, name in enumerate(NAMES):
            assert revision.read(name) == b"I am %d" % index
            assert [commit.subject for commit in repository.commits([name])] == ["Names"], name
        assert repository.revision("HEAD").label("a b\n.yaml") == "HEAD:a b\n.yaml"


def test_files_are_those_of_the_commit(repo: Repo) -> None:
    repo.commit({"a.yaml": "old", "gone.yaml": "was"})
    repo.git("tag", "v1.0")
    (repo.folder / "gone.yaml").unlink()
    repo.commit({"a.yaml": "new"})
    repo.write({"a.yaml": "draft", "draft.yaml": "draft"})
    assert (read("a.yaml", "v1.0"), read("a.yaml"), read("gone.yaml", "v1.0")) == (b"old", b"new", b"was")
    for path in ("gone.yaml", "draft.yaml"):
        with pytest.raises(Unreadable, match=f"^HEAD:{path}: there is no such file$"):
            read(path)


def test_folders_are_walked_as_on_disk(repo: Repo) -> None:
    repo.commit({"b/2.yaml": "", "b/1.yaml": "", "b.yaml": "", "b/c/3.yaml": "", "a/0.yaml": "", "z/deep/4.yaml": ""})
    with Repository.at(".") as repository:
        revision = repository.revision("HEAD")
        assert list(revision.files()) == [
            "b.yaml", "a/0.yaml", "b/1.yaml", "b/2.yaml", "b/c/3.yaml", "z/deep/4.yaml"
        ]  # fmt: skip
        assert list(revision.files("b")) == ["b/1.yaml", "b/2.yaml", "b/c/3.yaml"]
        assert list(revision.files(".", lambda folder: folder == "a")) == ["b.yaml", "a/0.yaml"]
        assert list(revision.files("b.yaml")) == list(revision.files("none")) == []
        assert revision.siblings("b/x.yaml") == ["1.yaml", "2.yaml", "c"]


def test_a_deep_tree_is_walked(repo: Repo) -> None:
    tree = repo.git("write-tree")
    blob = repo.git("hash-object", "-w", "--stdin")
    tree = repo.git("mktree", stdin=f"100644 blob {blob}\ta.yaml\n".encode())
    for _ in range(1_200):
        tree = repo.git("hash-object", "-w", "-t", "tree", "--stdin", stdin=b"40000 d\0" + bytes.fromhex(tree))
    repo.git("update-ref", "refs/heads/main", repo.git("commit-tree", "-m", "deep", tree))
    with Repository.at(".") as repository:
        (path,) = repository.revision("HEAD").files()
        assert path == "d/" * 1_200 + "a.yaml"
        assert repository.revision("HEAD").read(path) == b""


LINKS = {
    "ladders/link.yaml": "../shared/company.yaml",
    "folder": "shared",
    "twice.yaml": "ladders/link.yaml",
    "nowhere.yaml": "missing.yaml",
    "out.yaml": "../../out.yaml",
    "far.yaml": "/etc/passwd",
    "round.yaml": "round.yaml",
    "through.yaml": "folder/../shared/./company.yaml",
}


@pytest.fixture
def linked(repo: Repo) -> Repo:
    repo.write({"shared/company.yaml": "company", "ladders/own.yaml": "own"})
    for name, target in LINKS.items():
        (repo.folder / name).symlink_to(target)
    repo.commit()
    return repo


@pytest.mark.parametrize(
    ("path", "real"),
    [
        ("ladders/link.yaml", "shared/company.yaml"),
        ("folder/company.yaml", "shared/company.yaml"),
        ("twice.yaml", "shared/company.yaml"),
        ("through.yaml", "shared/company.yaml"),
        ("ladders/../ladders//./own.yaml", "ladders/own.yaml"),
        ("ladders/new.yaml", "ladders/new.yaml"),
    ],
)
def test_links_are_followed_as_on_disk(path: str, real: str, linked: Repo) -> None:
    with Repository.at(".") as repository:
        revision = repository.revision("HEAD")
        assert revision.real(path) == real == os.path.relpath(os.path.realpath(path))
        assert revision.inside(path, revision.top(path))
        assert revision.exists(path) == os.path.lexists(path)
        if revision.exists(path):
            assert revision.read(path) == Path(path).read_bytes()


@pytest.mark.parametrize(
    ("path", "inside", "message"),
    [
        ("nowhere.yaml", True, "HEAD:nowhere.yaml: the link leads nowhere"),
        ("round.yaml", True, "HEAD:round.yaml: too many levels of symbolic links"),
        ("out.yaml", False, "HEAD:out.yaml: it lies outside of the repository"),
        ("far.yaml", False, "HEAD:far.yaml: the link leads out of the repository"),
        ("../x.yaml", False, "HEAD:../x.yaml: it lies outside of the repository"),
        ("/x.yaml", False, "HEAD:/x.yaml: it lies outside of the repository"),
        ("shared", True, "HEAD:shared is a folder, not a file"),
        ("folder", True, "HEAD:folder is a folder, not a file"),
        ("", True, "HEAD: is a folder, not a file"),
        ("ladders/own.yaml/x", True, "HEAD:ladders/own.yaml/x: not a directory"),
        ("a\0b", True, "HEAD:a\0b: there is no such file"),
    ],
)
def test_what_is_no_file_says_what_it_is(path: str, inside: bool, message: str, linked: Repo) -> None:
    with Repository.at(".") as repository:
        revision = repository.revision("HEAD")
        assert revision.inside(path, "") is inside
        with pytest.raises(Unreadable) as caught:
            revision.read(path)
        assert caught.value.message == message
        assert "ladders/link.yaml" in revision.files()
        assert "folder" not in revision.files()


def test_any_path_leads_where_it_leads_on_disk(repo: Repo) -> None:
    chance = random.Random(1)
    folders = ["", "a", "b", "a/c", "a/c/d"]
    parts = [
        "a",
        "b",
        "c",
        "d",
        "..",
        ".",
        *(f"l{number}" for number in range(8)),
        *(f"f{number}" for number in range(3)),
    ]

    def way() -> str:
        return "/".join(chance.choices(parts, k=chance.randint(1, 5)))

    for folder in folders:
        repo.write({f"{folder}/f{number}" if folder else f"f{number}": f"{folder} {number}" for number in range(3)})
        for number in range(8):
            (repo.folder / folder / f"l{number}").symlink_to(way())
    repo.commit()
    kinds = set()
    with Repository.at(".") as repository:
        revision = repository.revision("HEAD")
        for path in {way() for _ in range(3_000)}:
            real = os.path.relpath(os.path.realpath(path))
            is_inside = real.split("/")[0] not in ("..", ".git")
            kind = "outside" if not is_inside else "file" if os.path.isfile(path) else "folder" * os.path.isdir(path)
            kinds.add(kind)
            if kind == "file":
                assert (revision.real(path), revision.read(path)) == (real, Path(path).read_bytes()), path
            elif kind == "folder":
                assert revision.is_folder(path), path
                assert (revision.real(path) or ".") == real, path
            else:
                with pytest.raises(Unreadable):
                    revision.read(path)
    assert kinds == {"file", "folder", "", "outside"}


def test_no_more_of_a_file_is_read_than_a_ladder_can_be(repo: Repo) -> None:
    repo.commit({"large.yaml": b"x" * (3 * MAX_BYTES), "small.yaml": "small"})
    with Repository.at(".") as repository:
        revision = repository.revision("HEAD")
        assert len(revision.read("large.yaml")) == MAX_BYTES + 1
        assert revision.read("small.yaml") == b"small"


def test_one_process_reads_every_file(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in range(1, 6):
        repo.commit({f"ladders/{number}.yaml": f"{day} {number}" for number in range(20)}, day=day)
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    with Repository.at(".") as repository:
        for back in range(5):
            revision = repository.revision(f"HEAD~{back}")
            for path in revision.files("ladders"):
                assert revision.read(path).startswith(b"%d " % (5 - back))
    commands = re.findall(r"trace: built-in: git (\S+)", (tmp_path / "trace").read_text())
    assert [command for command in commands if command != "rev-parse"] == ["cat-file"]


def test_the_process_ends_with_the_repository(repo: Repo) -> None:
    repo.commit({"a.yaml": "a"})
    with Repository.at(".") as repository:
        revision = repository.revision("HEAD")
        revision.read("a.yaml")
        process = repository._objects._process
        assert process
        process.kill()
        process.wait()
        with pytest.raises(LadderError, match="cannot be read"):
            revision.read("a.yaml")
        assert revision.read("a.yaml") == b"a"  # by another one
        process = repository._objects._process
    assert process
    assert process.returncode is not None
    repository.close()  # once more does no harm


@pytest.mark.parametrize("damage", ["missing", "broken"])
def test_a_damaged_repository_is_told(damage: str, repo: Repo) -> None:
    repo.commit({"a.yaml": "a", "ladders/b.yaml": "b"})
    for name in ("HEAD:a.yaml", "HEAD:ladders"):
        id = repo.git("rev-parse", name)
        path = repo.folder / ".git" / "objects" / id[:2] / id[2:]
        path.chmod(0o644)
        path.unlink() if damage == "missing" else path.write_bytes(b"nonsense")
        with pytest.raises(LadderError) as caught:
            read({"HEAD:a.yaml": "a.yaml", "HEAD:ladders": "ladders/b.yaml"}[name])
        assert caught.value.message == f"the object {id[:12]} of the repository cannot be read"
        assert caught.value.help == "`git fsck` says what is damaged"


def test_a_partial_clone_is_not_filled_behind_ones_back(repo: Repo, tmp_path: Path) -> None:
    repo.commit({"a.yaml": "a"})
    repo.git("config", "uploadpack.allowFilter", "true")
    clone = repo.clone(tmp_path / "partial", "--filter=blob:none", "--no-checkout")
    with pytest.raises(LadderError) as caught:
        read("a.yaml", at=clone.folder)
    assert caught.value.message.startswith("this is a partial clone, without the object ")
    command = re.match(r"`git (.*)` gets", caught.value.help or "")
    assert command
    clone.git(*command[1].split())
    assert read("a.yaml", at=clone.folder) == b"a"


def test_trees_of_both_kinds_of_ids_are_read() -> None:
    for size in (20, 32):
        data = b"100644 a b\0" + b"\1" * size + b"40000 c\xff\0" + b"\0" * size
        assert parse_tree(data, size) == {
            "a b": Entry("100644", "01" * size),
            "c\udcff": Entry("40000", "00" * size),
        }


def test_a_repository_with_long_ids(tmp_path: Path) -> None:
    repo = Repo(tmp_path).init("--object-format=sha256")
    assert len(repo.commit({"a/b.yaml": "a"})) == 64
    assert read("a/b.yaml", at=tmp_path) == b"a"


# --- history -----------------------------------------------------------------------------------------------------


def told(*paths: str, say: Names = lambda commit: commit.subject, **options: Any) -> list[object]:
    with Repository.at(".") as repository:
        return [say(commit) for commit in repository.commits(paths, **options)]


def test_the_commits_of_some_files_newest_first(repo: Repo) -> None:
    first = repo.commit({"a.yaml": "1", "b.yaml": "1"}, "one", day=1)
    repo.commit({"c.yaml": "1"}, "another file", day=2)
    second = repo.commit({"b.yaml": "2"}, "two", day=3)
    with Repository.at(".") as repository:
        newest, oldest = repository.commits(["a.yaml", "b.yaml"])
    assert (newest.id, oldest.id, newest.parent, oldest.parent) == (second, first, repo.git("rev-parse", "HEAD^"), None)
    assert second.startswith(newest.short)
    assert newest.date.isoformat() == "2026-01-03T12:00:00+00:00"
    assert (newest.author, newest.subject, newest.paths) == (AUTHOR, "two", ("a.yaml", "b.yaml"))
    assert told("a.yaml") == ["one"]
    assert told("a.yaml", "b.yaml", start="HEAD~1") == ["one"]
    assert told("none.yaml") == []


@pytest.mark.parametrize(
    ("options", "days"),
    [
        ({}, [5, 4, 3, 2, 1]),
        ({"number": 2}, [5, 4]),
        ({"number": 0}, []),
        ({"since": "2026-01-03"}, [5, 4, 3]),
        ({"until": "2026-01-03"}, [3, 2, 1]),
        ({"since": "2026-01-02", "until": "2026-01-03"}, [3, 2]),
        ({"since": "2026-01-03 13:00 +0000"}, [5, 4]),
        ({"since": "2026-01-02", "number": 1}, [5]),
        ({"since": "--output=x"}, []),
    ],
)
def test_limits(options: dict[str, Any], days: list[int], repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    for day in range(1, 6):
        repo.commit({"a.yaml": str(day)}, day=day)
    assert told("a.yaml", say=lambda commit: commit.date.day, **options) == days
    assert not (repo.folder / "x").exists()


TEXT = "".join(f"line {number}\n" for number in range(40))


@pytest.fixture
def moved(repo: Repo) -> Repo:
    """Two files, each renamed once, one of them with a change in it."""
    repo.commit({"a.yaml": TEXT, "b.yaml": TEXT.upper()}, "one", day=1)
    repo.commit({"a.yaml": TEXT + "more\n"}, "two", day=2)
    repo.git("mv", "a.yaml", "new a.yaml")
    repo.commit({"new a.yaml": TEXT + "much more\n"}, "three", day=3)
    repo.commit({"b.yaml": TEXT.upper() + "MORE\n"}, "four", day=4)
    repo.write({"deep/x": ""})
    repo.git("mv", "b.yaml", "deep/b.yaml")
    repo.commit(subject="five", day=5)
    return repo


@pytest.mark.parametrize(
    "setting", ["", "log.follow=true", "log.showSignature=true", "color.ui=always", "diff.renames=no"]
)
def test_renamed_files_are_followed_each_by_itself(setting: str, moved: Repo) -> None:
    if setting:
        moved.git("config", *setting.split("="))
    now = ("new a.yaml", "deep/b.yaml")
    assert told(*now, say=lambda commit: (commit.subject, commit.paths, commit.before)) == [
        ("five", ("new a.yaml", "deep/b.yaml"), ("new a.yaml", "b.yaml")),
        ("four", ("new a.yaml", "b.yaml"), ("new a.yaml", "b.yaml")),
        ("three", ("new a.yaml", "b.yaml"), ("a.yaml", "b.yaml")),
        ("two", ("a.yaml", "b.yaml"), ("a.yaml", "b.yaml")),
        ("one", ("a.yaml", "b.yaml"), ("a.yaml", "b.yaml")),
    ]
    assert told("new a.yaml") == ["three", "two", "one"]
    assert told("new a.yaml", follow=False) == ["three"]
    assert told("new a.yaml", number=2) == ["three", "two"]
    assert told("new a.yaml", since="2026-01-02") == ["three", "two"]


def test_the_versions_of_each_commit_can_be_read(moved: Repo) -> None:
    with Repository.at(".") as repository:
        for commit in repository.commits(["deep/b.yaml"]):
            assert repository.revision(commit.id).exists(commit.paths[0])
            if commit.parent:
                assert repository.revision(commit.parent).exists(commit.before[0])


def test_a_file_that_went_and_came_back(repo: Repo) -> None:
    repo.commit({"a.yaml": TEXT}, "one", day=1)
    (repo.folder / "a.yaml").unlink()
    repo.commit({"x": "x"}, "gone", day=2)
    repo.commit({"a.yaml": TEXT}, "back", day=3)
    assert told("a.yaml") == ["back", "gone", "one"]


def test_a_merge_counts_as_one_change_when_it_was_merged(repo: Repo) -> None:
    repo.commit({"a.yaml": TEXT}, "one", day=1)
    repo.git("checkout", "--quiet", "-b", "side")
    repo.git("mv", "a.yaml", "b.yaml")
    repo.commit(subject="on the side", day=2)
    repo.git("checkout", "--quiet", "main")
    repo.commit({"x.yaml": "x"}, "elsewhere", day=3)
    repo.git("merge", "--quiet", "--no-ff", "--message", "merged", "side", GIT_COMMITTER_DATE="2026-01-09T12:00:00Z")
    assert told("b.yaml", say=lambda each: (each.subject, each.date.day, each.before)) == [
        ("merged", 9, ("a.yaml",)), ("one", 1, ("a.yaml",)),
    ]  # fmt: skip


def test_authors_and_subjects_may_be_of_any_bytes(repo: Repo) -> None:
    repo.commit({"a.yaml": "1"})
    tree = repo.git("rev-parse", "HEAD^{tree}")
    raw = b"tree %s\nauthor \xff\xe9 \x1b[31m <x> 1 +0000\ncommitter A <x> 99999999999999999999 +9999\n\n"
    raw += b"A\xe9\x1b[1m\nB\n"
    id = repo.git("hash-object", "-w", "-t", "commit", "--literally", "--stdin", stdin=raw % tree.encode())
    with Repository.at(".") as repository:
        (commit,) = repository.commits(["a.yaml"], start=id)
    assert (commit.author, commit.subject) == ("\ufffd\ufffd \x1b[31m", "A\ufffd\x1b[1m B")
    assert commit.date.tzinfo


def test_commits_come_when_they_are_asked_for(repo: Repo, tmp_path: Path) -> None:
    """A stream that nobody reads on leaves no process."""
    blob = repo.git("hash-object", "-w", "--stdin", stdin=b"a")
    other = repo.git("hash-object", "-w", "--stdin", stdin=b"b")
    lines = []
    for number in range(3_000):
        lines += [f"commit refs/heads/main\nmark :{number + 1}\ncommitter A <a> {1_700_000_000 + number} +0000\n"]
        lines += [f"data 4\n{number:04}\n", f"from :{number}\n" if number else ""]
        lines += [f"M 100644 {(blob, other)[number % 2]} a.yaml\n\n"]
    repo.git("fast-import", "--quiet", stdin="".join(lines).encode())
    with Repository.at(".") as repository:
        walk = repository.commits(["a.yaml"])
        assert [commit.subject for commit in islice(walk, 3)] == ["2999", "2998", "2997"]
        walk.close()
        assert len(list(repository.commits(["a.yaml"]))) == 3_000


def test_a_walk_over_a_damaged_repository_says_so(repo: Repo) -> None:
    first = repo.commit({"a.yaml": "1"})
    repo.commit({"a.yaml": "2"})
    path = repo.folder / ".git" / "objects" / first[:2] / first[2:]
    path.unlink()
    with pytest.raises(LadderError, match=r"^git cannot tell: "):
        told("a.yaml")
