"""The only place that talks to git: versions of files, who changed them when, and where a repository begins.

What runs git is imported when somebody asks for it, because reading files needs none of it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from laddercli.repository.history import Commit
    from laddercli.repository.repository import Repository
    from laddercli.repository.revision import Revision
else:
    _HOMES = {"Commit": "history", "Repository": "repository", "Revision": "revision"}

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name in _HOMES:
            return getattr(import_module(f"laddercli.repository.{_HOMES[name]}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["Commit", "Names", "Repository", "Revision", "root_of"]


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
