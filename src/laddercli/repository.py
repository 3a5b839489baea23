"""What git knows. So far: where the repository of a file begins."""

from __future__ import annotations

import os


def root_of(folder: str) -> str | None:
    """The top folder of the repository that ``folder`` lies in, None outside of git.

    A worktree or a submodule has a file named `.git` instead of a folder.
    """
    here = os.path.realpath(folder)
    while True:
        if os.path.lexists(os.path.join(here, ".git")):
            return here
        above = os.path.dirname(here)
        if above == here:
            return None
        here = above
