"""Repositories for tests, made with the real git and without anything of the caller's own settings."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

AUTHOR = "Ada Lovelace"
_SETTINGS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": AUTHOR,
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": AUTHOR,
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_PROTOCOL_FROM_USER": "1",
}


@pytest.fixture
def git_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables that make git the same for everybody who runs the tests."""
    settle(monkeypatch)


def settle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set these variables, for repositories that several tests share."""
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    for name, value in _SETTINGS.items():
        monkeypatch.setenv(name, value)


@dataclass(frozen=True)
class Repo:
    """A folder that git keeps."""

    folder: Path

    def git(self, *arguments: str | bytes | Path, stdin: bytes = b"", **variables: str) -> str:
        """Run git here. What it answers comes without the last newline."""
        done = subprocess.run(
            ["git", "-c", "protocol.file.allow=always", *arguments],
            cwd=self.folder,
            env={**os.environ, **variables},
            input=stdin,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        return os.fsdecode(done.stdout).removesuffix("\n")

    def init(self, *arguments: str) -> Repo:
        """Begin a repository in the folder, made where it is missing."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.git("-c", "init.defaultBranch=main", "init", "--quiet", *arguments)
        return self

    def write(self, files: dict[str, str | bytes]) -> None:
        """Write files by name."""
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def commit(self, files: dict[str, str | bytes] | None = None, subject: str = "Change", day: int = 1) -> str:
        """Write files and commit everything that is there, at noon of a day in January; the id of the commit."""
        self.write(files or {})
        self.git("add", "--all")
        date = f"2026-01-{day:02}T12:00:00+0000"
        message = ("commit", "--quiet", "--allow-empty", "--message", subject)
        self.git(*message, GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date)
        return self.git("rev-parse", "HEAD")

    def clone(self, folder: Path, *arguments: str) -> Repo:
        """A clone, made as from another machine."""
        self.git("clone", "--quiet", *arguments, f"file://{self.folder}", folder)
        return Repo(folder)
