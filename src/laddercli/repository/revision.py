"""The files of a commit, read as files on disk are. Nothing of the working tree shows through."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import NamedTuple

from laddercli.document import MAX_BYTES
from laddercli.errors import Unreadable
from laddercli.repository.objects import LINK, SUBMODULE, TREE, Entry, Objects

# As many links as Linux follows from one name.
_MAX_LINKS = 40
_MAX_TARGET = 4_096
_MISSING = "there is no such file"


class _Found(NamedTuple):
    """Where a path leads once links are followed, and what is there; else None, and why."""

    path: str
    entry: Entry | None
    problem: str = _MISSING


class Revision:
    """The files of one commit. Paths begin at the top of the repository, with forward slashes.

    ``name`` is what the user called the revision. Files are called `v1.0:ladders/product.yaml` in what people read, as
    git calls them: `git show` takes that word as it is. Links are followed as long as they stay in the commit.
    """

    def __init__(self, objects: Objects, commit: str, name: str) -> None:
        self.commit = commit
        self.revision = name
        self._objects = objects

    def read(self, path: str) -> bytes:
        """The bytes of a file, at most one more than a ladder may have. Raises ``Unreadable``, and ``LadderError``
        when the repository lacks what it should have."""
        found = self._find(path)
        if found.entry is None:
            dangles = found.problem == _MISSING and self.exists(path)
            raise Unreadable(f"{self.label(path)}: {'the link leads nowhere' if dangles else found.problem}")
        if found.entry.mode == TREE:
            raise Unreadable(f"{self.label(path)} is a folder, not a file")
        if found.entry.mode == SUBMODULE:
            raise Unreadable(f"{self.label(path)} is a submodule, not a file")
        blob = self._objects.get(found.entry.id, MAX_BYTES + 1)
        if blob is None:
            raise self._objects.damaged(found.entry.id)
        return blob.data

    def real(self, path: str) -> str:
        """The path with every link followed. One that leads out of the repository begins with `..` or a slash."""
        return self._find(path).path

    def exists(self, path: str) -> bool:
        """Whether something has that name, be it a link that leads nowhere."""
        return self._find(path, final=False).entry is not None

    def is_folder(self, path: str) -> bool:
        """Whether a path leads to a folder."""
        entry = self._find(path).entry
        return entry is not None and entry.mode == TREE

    def top(self, path: str) -> str:
        """Where the files end that a file may use: with the repository."""
        return ""

    def inside(self, path: str, top: str) -> bool:
        """Whether a path stays in the repository once every link is followed."""
        real = self.real(path)
        return not real.startswith("/") and real.split("/")[0] != os.pardir

    def siblings(self, path: str) -> list[str]:
        """The names of the files in the folder of a file, in their order; none where there is no such folder."""
        entry = self._find(os.path.dirname(path)).entry
        return sorted(self._objects.tree(entry.id)) if entry and entry.mode == TREE else []

    def label(self, path: str) -> str:
        """What people read as the name of a file: the revision stands before it."""
        return f"{self.revision}:{path}"

    def id(self, path: str) -> str | None:
        """The id of what a path leads to, which is another one as soon as one byte is; None where there is nothing."""
        entry = self._find(path).entry
        return entry.id if entry else None

    def files(self, folder: str = "", enters: Callable[[str], bool] = lambda folder: True) -> Iterator[str]:
        """The files below a folder, in the order of their names. Folders that are not to be entered are left out, as
        are submodules; links to folders are not followed."""
        entry = self._find(folder).entry
        start = "" if folder in ("", os.curdir) else os.path.normpath(folder) + "/"
        ahead = [(entry.id, start)] if entry and entry.mode == TREE else []
        while ahead:
            tree, start = ahead.pop()
            entries = sorted(self._objects.tree(tree).items())
            for name, (mode, _) in entries:
                if mode not in (TREE, SUBMODULE) and not (mode == LINK and self.is_folder(start + name)):
                    yield start + name
            inner = [(id, f"{start}{name}") for name, (mode, id) in entries if mode == TREE]
            ahead += [(id, f"{path}/") for id, path in reversed(inner) if enters(path)]

    def _find(self, path: str, final: bool = True) -> _Found:
        """Follow a path part by part. ``final`` says whether a link at its end is followed, too."""
        if path.startswith("/"):
            return _Found(path, None, "it lies outside of the repository")
        ahead = path.split("/")[::-1]
        done: list[str] = []
        trees = [self.commit]
        links = 0
        while ahead:
            part = ahead.pop()
            if part in ("", os.curdir):
                continue
            if part == os.pardir:
                if not done:
                    return _Found("/".join([part, *ahead[::-1]]), None, "it lies outside of the repository")
                done.pop()
                trees.pop()
                continue
            entry = self._objects.tree(trees[-1]).get(part)
            here = "/".join([*done, part])
            if entry is None:
                return _Found(os.path.normpath("/".join([here, *ahead[::-1]])), None)
            if entry.mode == LINK and (final or any(ahead)):
                links += 1
                target = self._target(entry)
                if links > _MAX_LINKS:
                    return _Found(here, None, "too many levels of symbolic links")
                if target.startswith("/"):
                    return _Found(target, None, "the link leads out of the repository")
                ahead += target.split("/")[::-1]
            elif entry.mode == TREE:
                done.append(part)
                trees.append(entry.id)
            elif any(ahead):
                inner = os.path.normpath("/".join([here, *ahead[::-1]]))
                is_other = entry.mode == SUBMODULE
                why = f"{here} is a submodule, and read from its own repository only" if is_other else "not a directory"
                return _Found(inner, None, why)
            else:
                return _Found(here, entry)
        return _Found("/".join(done), Entry(TREE, trees[-1]))

    def _target(self, entry: Entry) -> str:
        blob = self._objects.get(entry.id, _MAX_TARGET)
        return os.fsdecode(blob.data) if blob else ""
