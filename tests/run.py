"""The command as a process of its own, with nothing of the caller's environment that would change what it prints."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

LADDER = [sys.executable, "-m", "laddercli"]

_CHANGES_OUTPUT = """
    NO_COLOR FORCE_COLOR COLUMNS LINES TERM CI GITHUB_ACTIONS TF_BUILD LANG PYTHONIOENCODING PYTHONUTF8
    """.split()
_PREFIXES = ("LADDER_", "_LADDER_", "LC_")


class Result(NamedTuple):
    """How a process ended, and what it wrote."""

    code: int
    out: str
    err: str


def environment(**more: str) -> dict[str, str]:
    """The variables for a process: the caller's own without those that change the output, and ``more``."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in _CHANGES_OUTPUT and not name.startswith(_PREFIXES)
    }
    return {**kept, "LC_ALL": "C.UTF-8", **more}


def ladder(
    *arguments: str | bytes | Path,
    cwd: Path,
    stdin: bytes | str = b"",
    program: Sequence[str] | None = None,
    **env: str,
) -> Result:
    """Run `ladder` with these arguments and variables. A process that hangs is ended, and fails the test."""
    done = subprocess.run(
        [*(program or LADDER), *arguments],
        cwd=cwd,
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        env=environment(**env),
        timeout=120,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode("utf-8", "backslashreplace"), done.stderr.decode())


def python(code: str, *, cwd: Path) -> Result:
    """Run a piece of Python, as of an interpreter that has imported nothing yet."""
    return ladder("-c", code, cwd=cwd, program=[sys.executable])
