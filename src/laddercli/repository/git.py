"""The program `git`, run with argument lists, and never so that it asks, fetches or writes."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import suppress
from typing import NamedTuple

from laddercli.errors import LadderError, NoRepository

# Variables that lead git elsewhere, and may be relative to the folder that git is started in.
_PATHS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_INDEX_FILE")
# What git is told whatever the user's variables say. An unknown protocol as the only one allowed keeps every version
# of git from fetching what a partial clone lacks; newer ones know a variable for it.
_FIXED = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",
}
# Settings of pathspecs that exclude the one above.
_REPLACED = ("GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS")

_CHUNK = 65_536

Process = subprocess.Popen[bytes]


class Answer(NamedTuple):
    """How git ended, and what it wrote."""

    code: int
    out: bytes
    err: str

    @property
    def lines(self) -> list[str]:
        return os.fsdecode(self.out).split("\n")[:-1]

    @property
    def reason(self) -> str:
        """What git says is wrong, in its first words."""
        return reason(self.err)


class Git:
    """git, started in ``folder``. Raises ``NoRepository`` when there is no such program."""

    def __init__(self, folder: str) -> None:
        program = shutil.which("git")
        if program is None:
            help = "install git, or leave out the revision to read the files that are there"
            raise NoRepository("git is not installed, or not on the PATH", help)
        self._program = os.path.abspath(program)
        self.folder = folder
        self._environment = _environment()

    def ask(self, *arguments: str) -> Answer:
        """Run git to its end."""
        done = subprocess.run(
            [self._program, "--no-pager", *arguments],
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))

    def converse(self, *arguments: str) -> Process:
        """Start git to talk with it over its pipes. What it complains about is not heard: it could fill its pipe."""
        return subprocess.Popen(
            [self._program, "--no-pager", *arguments],
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def chunks(self, *arguments: str) -> Generator[bytes]:
        """What git writes, as it writes it. git is ended when the iterator is closed. Raises ``LadderError`` when git
        fails before its output has been read to the end."""
        import tempfile

        with (
            tempfile.TemporaryFile() as complaints,
            subprocess.Popen(
                [self._program, "--no-pager", *arguments],
                cwd=self.folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=complaints,
            ) as process,
        ):
            assert process.stdout
            try:
                while chunk := os.read(process.stdout.fileno(), _CHUNK):
                    yield chunk
                if process.wait():
                    complaints.seek(0)
                    raise LadderError(f"git cannot tell: {reason(complaints.read().decode('utf-8', 'replace'))}")
            finally:
                process.kill()


def end(process: Process) -> None:
    """End a conversation at once: nobody waits for an answer."""
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(BrokenPipeError):  # what was not sent need not be
                pipe.close()
    process.wait()


def reason(complaint: str) -> str:
    """The first line that says what is wrong, without git's own words for how bad that is."""
    lines = [line for line in complaint.splitlines() if line.startswith(("fatal: ", "error: "))]
    return lines[0].partition(": ")[2] if lines else complaint.strip().partition("\n")[0] or "it does not say why"


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _REPLACED}
    paths = {name: os.path.abspath(kept[name]) for name in _PATHS if kept.get(name)}
    return {**kept, **paths, **_FIXED}
