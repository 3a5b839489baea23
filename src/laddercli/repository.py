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


class Names:
    """What files are called from the top of their repository, with forward slashes: the same on every machine.
    Outside of a repository names are relative to the working folder."""

    def __init__(self) -> None:
        self._tops: dict[str, str] = {}

    def of(self, path: str) -> str:
        """The name of a file."""
        folder, name = os.path.split(path)
        if folder not in self._tops:
            real = os.path.realpath(folder)
            self._tops[folder] = os.path.relpath(real, root_of(real) or os.getcwd())
        return os.path.normpath(os.path.join(self._tops[folder], name)).replace(os.sep, "/")
