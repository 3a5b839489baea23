"""The objects of a repository, read by one `git cat-file --batch` for as long as anybody asks.

It is asked by object ids only. Paths are looked up here, tree by tree, so that no file name, whatever its bytes, has to
pass through the line that git reads.
"""

from __future__ import annotations

import os
from typing import NamedTuple

from laddercli.errors import LadderError
from laddercli.repository.git import Git, Process, end

TREE, LINK, SUBMODULE = "40000", "120000", "160000"
# Trees that are kept: the same ones are looked into for every file, and again for the next commit.
_KEPT = 2_000


class Object(NamedTuple):
    """An object: its kind is `blob`, `tree`, `commit` or `tag`."""

    id: str
    kind: str
    data: bytes


class Entry(NamedTuple):
    """What a name in a tree stands for. The mode is git's, such as `100644`."""

    mode: str
    id: str


class Objects:
    """Reads objects by their ids. ``close`` ends the process; the next question would start another."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._process: Process | None = None
        self._trees: dict[str, dict[str, Entry]] = {}

    def get(self, name: str, limit: int | None = None) -> Object | None:
        """The object of that id, which may end in `^{commit}` or `^{tree}`; None where there is none.

        Of a large one no more than ``limit`` bytes are read. Raises ``LadderError`` when the repository is damaged.
        """
        process = self._process = self._process or self._git.converse("cat-file", "--batch")
        assert process.stdin
        assert process.stdout
        try:
            process.stdin.write(name.encode() + b"\n")
            process.stdin.flush()
            header = process.stdout.readline().decode("utf-8", "replace").split()
        except BrokenPipeError:
            header = []
        if len(header) == 2:  # "ID missing", or an abbreviation that is "ambiguous"
            return None
        if len(header) != 3:
            raise self.damaged(name)
        id, kind, size = header[0], header[1], int(header[2])
        wanted = size if limit is None else min(size, limit)
        data = process.stdout.read(wanted)
        if len(data) < wanted:
            raise self.damaged(name)
        if wanted < size:
            self.close()  # rather than reading the rest to throw it away
        else:
            process.stdout.read(1)  # the newline behind the content
        return Object(id, kind, data)

    def tree(self, name: str) -> dict[str, Entry]:
        """What a tree, or the top tree of a commit, holds. Raises ``LadderError`` when it is not there."""
        if name not in self._trees:
            found = self.get(f"{name}^{{tree}}")
            if found is None:
                raise self.damaged(name)
            if len(self._trees) >= _KEPT:
                self._trees.clear()
            self._trees[name] = parse_tree(found.data, len(found.id) // 2)
        return self._trees[name]

    def close(self) -> None:
        """End the process."""
        if self._process:
            end(self._process)
        self._process = None

    def damaged(self, name: str) -> LadderError:
        """What to raise about an object that should be there: what is missing, and how to get it."""
        self.close()
        id = name.partition("^")[0]
        if any(line.endswith(" true") for line in self._git.ask("config", "--get-regexp", r"\.promisor$").lines):
            help = "`git fetch --refetch --no-filter` gets all of them"
            return LadderError(f"this is a partial clone, without the object {id[:12]}", help)
        return LadderError(f"the object {id[:12]} of the repository cannot be read", "`git fsck` says what is damaged")


def parse_tree(data: bytes, size: int) -> dict[str, Entry]:
    """The entries of a tree object: mode, name and the bytes of an id, of which there are ``size``."""
    entries: dict[str, Entry] = {}
    at = 0
    while at < len(data):
        space = data.index(b" ", at)
        nul = data.index(b"\0", space)
        after = nul + 1 + size
        name = os.fsdecode(data[space + 1 : nul])
        entries[name] = Entry(data[at:space].decode().lstrip("0"), data[nul + 1 : after].hex())
        at = after
    return entries
