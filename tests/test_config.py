"""`.ladder.yaml`: where it is looked for, what may stand in it, and how a mistake in it is told."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import laddercli
from laddercli.config import DEFAULT_LADDERS, BadConfiguration, Config, find, load
from laddercli.errors import Unreadable

Write = Callable[..., Path]


def loaded(write: Write, text: str) -> Config:
    write({".ladder.yaml": text})
    return load(".ladder.yaml")


def complaint(write: Write, text: str) -> tuple[str, str | None]:
    with pytest.raises(BadConfiguration) as caught:
        loaded(write, text)
    return caught.value.message.removeprefix(".ladder.yaml:"), caught.value.help


def nearest(folder: str) -> str | None:
    """The configuration for a folder, as a path from the working folder."""
    path = find(folder).path
    return os.path.relpath(path) if path else None


def test_the_nearest_configuration_up_to_the_top_of_the_repository_counts(write: Write) -> None:
    write({
        ".ladder.yaml": "", "repo/.git/HEAD": "", "repo/.ladder.yaml": "", "repo/a/b/x": "", "repo/c/.ladder.yaml": "",
        "repo/c/d/x": "", "bare/.git/HEAD": "", "bare/a/x": "", "plain/a/x": "",
    })  # fmt: skip
    assert nearest("repo") == "repo/.ladder.yaml"
    assert nearest("repo/a/b") == "repo/.ladder.yaml"
    assert nearest("repo/c/d") == "repo/c/.ladder.yaml"
    assert nearest("bare/a") is None
    assert nearest("plain/a") == ".ladder.yaml"  # outside of a repository: up to the working folder
    assert nearest(".") == ".ladder.yaml"


def test_a_worktree_or_submodule_is_a_repository(write: Write) -> None:
    write({".git/HEAD": "", ".ladder.yaml": "", "tree/.git": "gitdir: ../.git/worktrees/tree\n", "tree/a/x": ""})
    assert nearest("tree/a") is None
    write({"tree/.ladder.yaml": ""})
    assert nearest("tree/a") == "tree/.ladder.yaml"


def test_a_link_is_looked_at_where_it_leads(write: Write) -> None:
    folder = write({".ladder.yaml": "", "repo/.git/HEAD": "", "repo/a/x": "", "with/.git/HEAD": "", "with/b/x": ""})
    (folder / "link").symlink_to("repo/a")
    (folder / "other").symlink_to("with/b")
    write({"with/.ladder.yaml": ""})
    assert nearest("link") is None
    assert nearest("other") == "with/.ladder.yaml"


def test_paths_are_relative_to_the_folder_of_the_configuration(write: Write) -> None:
    folder = write({".git/HEAD": "", ".ladder.yaml": "ladders: [x]", "a/b/x": ""})
    assert find("a/b") == Config(str(folder), str(folder / ".ladder.yaml"), ("x",))
    assert find("a/b").folder == str(folder)


def test_without_a_file_the_default_applies_to_the_folder_itself(write: Write) -> None:
    folder = write({".git/HEAD": "", "a/x": ""})
    assert find("a") == Config(str(folder / "a"), None, DEFAULT_LADDERS, ())


@pytest.mark.parametrize("text", ["", "# nothing\n", "{}", "version: 1\n", "x-ours: {a: [1]}\n", "version:\n"])
def test_nothing_need_be_said(write: Write, text: str) -> None:
    config = loaded(write, text)
    assert (config.ladders, config.exclude) == (DEFAULT_LADDERS, ())


@pytest.mark.parametrize(
    ("text", "ladders", "exclude"),
    [
        ("ladders: [a, b/]", ("a", "b/"), ()),
        ("ladders: a", ("a",), ()),
        ("ladders: ./a/*.yaml", ("./a/*.yaml",), ()),
        ("ladders: []", (), ()),
        ("exclude: [drafts/**]", DEFAULT_LADDERS, ("drafts/**",)),
        ("exclude: 2024", DEFAULT_LADDERS, ("2024",)),
        ('ladders:\n  - "*.yaml"\nexclude: x', ("*.yaml",), ("x",)),
        ("ladders: [a..b/c]", ("a..b/c",), ()),
    ],
)
def test_patterns_are_a_list_or_one(write: Write, text: str, ladders: tuple[str], exclude: tuple[str]) -> None:
    config = loaded(write, text)
    assert (config.ladders, config.exclude) == (ladders, exclude)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version: 1\nladder: [a]", "2:1: unknown key `ladder`; did you mean `ladders`?"),
        ("excludes: [a]", "1:1: unknown key `excludes`; did you mean `exclude`?"),
        ("required_version: 1", "1:1: unknown key `required_version`; did you mean `required-version`?"),
        (
            "sausage: 1",
            "1:1: unknown key `sausage`; there are: version, required-version, ladders, exclude, lint, rules, fail-on, "
            "baseline, format, diff",
        ),
        ("version: 2", "1:10: `version` must be 1"),
        ("version: one", "1:10: `version` must be 1"),
        ("version: [1]", "1:10: `version` must be 1"),
        ("- ladders", "1:3: the configuration must be a mapping of keys"),
        ("ladders", "1:1: the configuration must be a mapping of keys"),
        ("ladders: {a: b}", "1:10: `ladders` must be a list of patterns"),
        ("ladders: [a, {b: c}]", "1:14: each of `ladders` must be a pattern"),
        ("ladders: ['']", "1:11: each of `ladders` must be a pattern"),
        ("exclude:\n  - a\n  - [b]", "3:5: each of `exclude` must be a pattern"),
        ("ladders: [../a]", "1:11: `../a` leads out of the folder"),
        ("ladders: [a/../../b]", "1:11: `a/../../b` leads out of the folder"),
        ("exclude: [/a]", "1:11: `/a` leads out of the folder"),
        ("ladders: [a]\nladders: [b]", "2:1: `ladders` is given twice; the first is on line 1"),
        ("ladders: 'a", "1:10: the `'` that opens here is never closed"),
        ("required-version: [1]", "1:19: `required-version` must be text, such as >=0.1"),
        ("required-version: newest", "1:19: `newest` is not a condition on a version"),
        ("required-version: '>=0.1,'", "1:19: `` is not a condition on a version"),
        ("required-version: ~=0.1", "1:19: `~=0.1` is not a condition on a version"),
    ],
)
def test_a_mistake_is_told_with_its_place(write: Write, text: str, message: str) -> None:
    assert complaint(write, text)[0] == message


def test_a_configuration_that_is_no_text_is_told(write: Write) -> None:
    folder = write({"a": b"ladders: \xe9\n"})
    with pytest.raises(BadConfiguration, match=r"^a:1:10: the byte 0xE9 is not UTF-8$"):
        load("a")
    (folder / ".ladder.yaml").mkdir()
    with pytest.raises(Unreadable, match="is a folder"):
        find(".")


@pytest.mark.parametrize(
    ("version", "condition", "holds"),
    [
        ("0.1.0", ">=0.1", True),
        ("0.1.0", "0.1", True),
        ("0.1.0", "==0.1.0", True),
        ("0.1.0", "!=0.1", False),
        ("0.1.0", ">0.1", False),
        ("0.1.0", "<0.2", True),
        ("0.1.0", "<=0.1.0", True),
        ("0.1.0", ">= 0.1, < 1", True),
        ("0.1.0", ">=0.1,<0.1", False),
        ("0.10.0", ">=0.9", True),
        ("1.0", ">=1.0.0", True),
        ("1.0.0", ">1.0.0.0", False),
        ("0.2.0rc1", ">=0.2", True),
        ("0.2.0.dev3", "<0.2", False),
    ],
)
def test_a_repository_may_require_a_version(
    write: Write, monkeypatch: pytest.MonkeyPatch, version: str, condition: str, holds: bool
) -> None:
    monkeypatch.setattr(laddercli, "__version__", version)
    text = f'required-version: "{condition}"'
    if holds:
        assert loaded(write, text).path == ".ladder.yaml"
    else:
        message, help = complaint(write, text)
        assert message == f"1:19: this repository requires ladder {condition}; this is {version}"
        assert help == "install a version that fits, or change `required-version`"


def test_the_default_is_the_nearest_folder_of_ladders_upwards(write: Write) -> None:
    top = write({".git/HEAD": "", "ladders/a/b/one.yaml": "format: 1\n", "docs/readme.md": ""})
    for folder in (".", "docs", "ladders", "ladders/a/b"):
        assert find(folder).folder == str(top)


def test_outside_of_a_repository_nothing_above_the_working_folder_is_looked_at(write: Write) -> None:
    top = write({"ladders/one.yaml": "format: 1\n", "docs/readme.md": ""})
    assert find("docs").folder == str(top)  # up to the working folder


def test_a_configuration_by_another_ending_is_not_passed_over(write: Write) -> None:
    write({".ladder.yml": "version: 1\n"})
    with pytest.raises(BadConfiguration) as told:
        find(".")
    assert (told.value.message, told.value.help) == (
        ".ladder.yml is not read",
        "the configuration is called .ladder.yaml",
    )
