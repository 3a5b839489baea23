"""What several tests need."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from tests.repositories import git_settings  # noqa: F401

# A shared machine is slow at times, and that is no failure.
settings.register_profile("ladder", deadline=None)
settings.load_profile("ladder")

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes files, by name and text, into a folder that is the working folder, and gives that folder."""
    monkeypatch.chdir(tmp_path)

    def write(files: dict[str, str | bytes] | None = None, **more: str) -> Path:
        for name, content in {**(files or {}), **{f"{stem}.yaml": text for stem, text in more.items()}}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return write


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write what is printed now into tests/golden.")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the file of that name in tests/golden."""

    def compare(name: str, text: str) -> None:
        path = Path(__file__).parent / "golden" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        assert text == path.read_bytes().decode(), f"{name} differs; if that is meant, run with --update-golden"

    return compare
