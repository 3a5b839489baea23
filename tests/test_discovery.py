"""Which files a run means: patterns, order, hidden files, links, and which configuration is whose."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from laddercli.config import Config
from laddercli.discovery import Discovery
from laddercli.errors import Unreadable

Write = Callable[..., Path]
TEXT = "format: 1\n"


def found(folder: Path, *patterns: str, exclude: tuple[str, ...] = (), paths: tuple[str, ...] = ()) -> list[str]:
    config = Config(str(folder), str(folder / ".ladder.yaml"), patterns, exclude)
    return Discovery(config).files(list(paths))


TREE = [
    "a.yaml", "b.yml", "b.txt", "[x].yaml", "a b.yaml", "+a.yaml",
    "one/a.yaml", "one/b.yaml", "one/two/a.yaml", "one/two/c.yml", "one/two/three/a.yaml", "uno/a.yaml",
    ".hidden/a.yaml", "one/.hidden/a.yaml", "one/.lock.yaml", ".ladder.yaml",
]  # fmt: skip


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        (["a.yaml"], ["a.yaml"]),
        (["./a.yaml"], ["a.yaml"]),
        (["*.yaml"], ["+a.yaml", "[x].yaml", "a b.yaml", "a.yaml"]),
        (["?.y*ml"], ["a.yaml", "b.yml"]),
        (["one/*"], ["one/a.yaml", "one/b.yaml"]),
        (["./one/*"], ["one/a.yaml", "one/b.yaml"]),
        (["one/*/*.yaml"], ["one/two/a.yaml"]),
        (["*/a.yaml"], ["one/a.yaml", "uno/a.yaml"]),
        (["**/a.yaml"], ["a.yaml", "one/a.yaml", "one/two/a.yaml", "one/two/three/a.yaml", "uno/a.yaml"]),
        (["one/**/a.yaml"], ["one/a.yaml", "one/two/a.yaml", "one/two/three/a.yaml"]),
        (["one/**"], ["one/a.yaml", "one/b.yaml", "one/two/a.yaml", "one/two/c.yml", "one/two/three/a.yaml"]),
        (["one/"], ["one/a.yaml", "one/b.yaml", "one/two/a.yaml", "one/two/c.yml", "one/two/three/a.yaml"]),
        (["one/two/", "a.yaml"], ["a.yaml", "one/two/a.yaml", "one/two/c.yml", "one/two/three/a.yaml"]),
        (["[ab].y*ml"], ["a.yaml", "b.yml"]),
        (["[a-b].yaml"], ["a.yaml"]),
        (["[!a].yml"], ["b.yml"]),
        (["one[!x]a.yaml"], []),
        (["[[]x].yaml"], ["[x].yaml"]),
        (["+a.yaml"], ["+a.yaml"]),
        (["A.yaml"], []),
        (["one"], []),
        ([".hidden/*"], [".hidden/a.yaml"]),
        (["one/.hidden/"], ["one/.hidden/a.yaml"]),
        ([], []),
    ],
)
def test_patterns(write: Write, patterns: list[str], expected: list[str]) -> None:
    assert found(write(dict.fromkeys(TREE, TEXT)), *patterns) == expected


@pytest.mark.parametrize(
    ("exclude", "expected"),
    [
        ((), ["one/a.yaml", "one/b.yaml", "one/two/a.yaml", "one/two/c.yml", "one/two/three/a.yaml"]),
        (("one/two/**",), ["one/a.yaml", "one/b.yaml"]),
        (("one/two/",), ["one/a.yaml", "one/b.yaml"]),
        (("one/two",), ["one/a.yaml", "one/b.yaml"]),
        (("**/two",), ["one/a.yaml", "one/b.yaml"]),
        (("**/a.yaml",), ["one/b.yaml", "one/two/c.yml"]),
        (("two",), ["one/a.yaml", "one/b.yaml", "one/two/a.yaml", "one/two/c.yml", "one/two/three/a.yaml"]),
        (("one/*.yaml", "**/*.yml"), ["one/two/a.yaml", "one/two/three/a.yaml"]),
        (("one/**",), []),
    ],
)
def test_what_is_excluded(write: Write, exclude: tuple[str, ...], expected: list[str]) -> None:
    assert found(write(dict.fromkeys(TREE, TEXT)), "one/**", exclude=exclude) == expected


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["one/two"], ["one/two/a.yaml", "one/two/c.yml", "one/two/three/a.yaml"]),
        (["one/two/"], ["one/two/a.yaml", "one/two/c.yml", "one/two/three/a.yaml"]),
        (["./one/two/three"], ["one/two/three/a.yaml"]),
        (["uno"], []),
        (["uno/a.yaml"], ["uno/a.yaml"]),
        (["one/two/three", "one/two/three/a.yaml", "one/two/../two/three/a.yaml"], ["one/two/three/a.yaml"]),
        (["one/b.yaml", "one/a.yaml"], ["one/b.yaml", "one/a.yaml"]),
    ],
)
def test_a_folder_gives_the_configured_files_below_it(write: Write, paths: list[str], expected: list[str]) -> None:
    assert found(write(dict.fromkeys(TREE, TEXT)), "one/**", paths=tuple(paths)) == expected


def test_files_come_in_the_order_of_names_and_a_folder_before_those_in_it(write: Write) -> None:
    write(dict.fromkeys(["ladders/z.yaml", "ladders/B.yaml", "ladders/a/z.yaml", "ladders/a.yaml"], TEXT))
    expected = ["ladders/B.yaml", "ladders/a.yaml", "ladders/z.yaml", "ladders/a/z.yaml"]
    assert Discovery().files([]) == expected


def test_only_folders_that_a_pattern_can_reach_are_looked_into(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(dict.fromkeys(["ladders/a/x.yaml", "vendor/deep/x.yaml", "teams/x/y/z.yaml"], TEXT))
    seen: list[str] = []
    original = os.scandir

    def scan(path: str) -> object:
        seen.append(os.path.relpath(path, folder))
        return original(path)

    monkeypatch.setattr(os, "scandir", scan)
    assert found(folder, "ladders/**/*.yaml", "teams/*/*.yaml") == ["ladders/a/x.yaml"]
    assert sorted(seen) == [".", "ladders", "ladders/a", "teams", "teams/x"]


def test_links_to_folders_are_not_followed_and_make_no_loop(write: Write) -> None:
    folder = write({"ladders/a.yaml": TEXT, "elsewhere/b.yaml": TEXT})
    (folder / "ladders" / "loop").symlink_to("..")
    (folder / "ladders" / "there").symlink_to("../elsewhere")
    (folder / "ladders" / "c.yaml").symlink_to("../elsewhere/b.yaml")
    assert Discovery().files([]) == ["ladders/a.yaml", "ladders/c.yaml"]
    assert Discovery().files(["ladders"]) == ["ladders/a.yaml", "ladders/c.yaml"]
    assert Discovery().files(["ladders/there"]) == ["ladders/there/b.yaml"]


def test_two_names_of_a_file_are_one_file(write: Write) -> None:
    folder = write({"ladders/a.yaml": TEXT})
    (folder / "ladders" / "b.yaml").symlink_to("a.yaml")
    (folder / "link").symlink_to("ladders")
    assert Discovery().files(["link/a.yaml", "ladders", str(folder / "ladders" / "a.yaml")]) == ["link/a.yaml"]


def test_a_folder_that_is_a_link_has_the_configuration_of_where_it_leads(write: Write) -> None:
    folder = write({
        "repo/.git/HEAD": "", "repo/.ladder.yaml": "ladders: [careers/]", "repo/careers/a.yaml": TEXT,
        "repo/careers/b/c.yaml": TEXT, ".ladder.yaml": "ladders: [nothing]",
    })  # fmt: skip
    (folder / "link").symlink_to("repo/careers")
    assert Discovery().files(["link"]) == ["link/a.yaml", "link/b/c.yaml"]
    assert Discovery().files(["link/b"]) == ["link/b/c.yaml"]


def test_every_configuration_in_a_run_speaks_for_its_own_files(write: Write) -> None:
    write({
        ".git/HEAD": "", ".ladder.yaml": "exclude: [ladders/old/]", "ladders/a.yaml": TEXT, "ladders/old/b.yaml": TEXT,
        "team/.ladder.yaml": "ladders: [ours/]", "team/ours/c.yaml": TEXT, "team/ladders/d.yaml": TEXT,
    })  # fmt: skip
    assert Discovery().files(["team", "ladders"]) == ["team/ours/c.yaml", "ladders/a.yaml"]
    assert Discovery().files([]) == ["ladders/a.yaml"]


def test_without_configuration_a_folder_gives_files_that_say_format(write: Write) -> None:
    write({
        "x/plain.yaml": TEXT, "x/late.yml": "# comment\nid: x\nformat: 1\n", "x/bom.yaml": b"\xef\xbb\xbfformat: 1\n",
        "x/spaced.yaml": "format : 1\n", "x/crlf.yaml": "id: x\r\nformat: 1\r\n", "x/broken.yaml": "a: [\nformat: 1\n",
        "x/indented.yaml": "a:\n  format: 1\n", "x/formats.yaml": "formats: 1\n", "x/empty.yaml": "",
        "x/text.md": TEXT, "x/.ladder.yaml~": TEXT, "x/.hidden.yaml": TEXT, "x/latin.yaml": b"format: 1\ntitle: \xe9\n",
    })  # fmt: skip
    names = ["bom", "broken", "crlf", "late", "latin", "plain", "spaced"]
    assert [Path(file).stem for file in Discovery().files(["x"])] == names


def test_what_is_missing_is_raised_or_collected(write: Write) -> None:
    write({"a.yaml": TEXT})
    with pytest.raises(Unreadable, match=r"^no\.yaml: there is no such file$"):
        Discovery().files(["a.yaml", "no.yaml", "nor.yaml"])
    unread: list[Unreadable] = []
    assert Discovery().files(["no.yaml", "a.yaml", ""], unread) == ["a.yaml"]
    assert [error.message for error in unread] == ["no.yaml: there is no such file", "a path is empty"]


def test_a_folder_that_cannot_be_listed_is_not_passed_over(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write({"ladders/a.yaml": TEXT, "ladders/locked/b.yaml": TEXT})
    original = os.scandir

    def scan(path: str) -> object:
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        return original(path)

    monkeypatch.setattr(os, "scandir", scan)
    unread: list[Unreadable] = []
    assert Discovery().files(["ladders"], unread) == ["ladders/a.yaml"]
    assert Discovery().files([], unread) == ["ladders/a.yaml"]
    assert {error.message for error in unread} == {"ladders/locked: permission denied"}
