"""What the README says is so: its commands print what it shows, its files are valid or fail as it tells, its names
are those of the public API."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import laddercli
from tests.run import ladder

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"

BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
FILE_NAME = re.compile(r"\A# (\S+\.ya?ml)\n")
WIDTH = 80


def blocks(language: str) -> list[re.Match[str]]:
    return [match for match in BLOCK.finditer(README.read_text(encoding="utf-8")) if match["language"] == language]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the shipped ladders and every file that the README writes out."""
    shutil.copytree(ROOT / "ladders", tmp_path / "ladders")
    for block in blocks("yaml"):
        name = FILE_NAME.match(block["body"])
        if name:
            path = tmp_path / name[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["body"], encoding="utf-8")
    return tmp_path


def test_commands_print_what_the_readme_shows(folder: Path, request: pytest.FixtureRequest) -> None:
    text = README.read_text(encoding="utf-8")
    for block in blocks("console"):
        first, _, shown = block["body"].partition("\n")
        said = ladder(*first.removeprefix("$ ladder ").split(), cwd=folder, COLUMNS=str(WIDTH)).out
        if request.config.getoption("--update-golden"):
            text = text.replace(block[0], f"```console\n{first}\n{said}```")
        else:
            assert shown == said, f"`{first}` prints something else; pytest --update-golden renews the README"
    if request.config.getoption("--update-golden"):
        README.write_text(text, encoding="utf-8")


def test_ladders_of_the_readme_are_valid(folder: Path) -> None:
    assert ladder("validate", "ladders", cwd=folder).code == 0


def test_ladder_commands_in_running_text_exist() -> None:
    from laddercli.cli.app import COMMANDS

    text = re.sub(r"```.*?```", "", README.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert set(re.findall(r"`ladder ([a-z]+)", text)) <= set(COMMANDS)


def test_linked_files_exist() -> None:
    links = re.findall(r"\]\(([^):]+)\)", README.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_public_name_is_mentioned() -> None:
    text = README.read_text(encoding="utf-8")
    names = [name for name in laddercli.__all__ if name != "__version__"]
    assert [name for name in names if not re.search(rf"\b{name}\b", text)] == []
