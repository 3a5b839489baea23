"""The ladders of two versions, read and paired: which ladder of the one is which of the other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from laddercli.errors import LadderError, NoRepository, NoRevision, SharedFile, Unreadable
from laddercli.findings import Finding
from laddercli.loader import Loader, Opened
from laddercli.repository import Names
from laddercli.versions import HEAD, Side
from laddercli.visibility import Audience

if TYPE_CHECKING:
    from laddercli.config import Config
    from laddercli.discovery import Discovery
    from laddercli.ladder import Ladder
    from laddercli.repository import Repository, Revision


class Failure(NamedTuple):
    """A file that holds no ladder to compare, and the version that it belongs to. ``findings`` say why, where it could
    be read at all."""

    message: str
    findings: tuple[Finding, ...]
    help: str | None
    file: str
    side: Side


class Pair(NamedTuple):
    """A ladder in both versions; None where it does not exist."""

    old: Opened | None
    new: Opened | None


@dataclass
class Edition:
    """The files of one version that are ladders, or may be.

    ``paths`` has them by what they are called from the top of the repository, which is how files of two versions are
    matched. ``is_file`` says that one file was named, and not a folder or all there is. What is no valid ladder goes
    into ``failures``, by the same names.
    """

    side: Side
    loader: Loader
    paths: dict[str, str]
    is_file: bool = False
    failures: dict[str, Failure] = field(default_factory=dict)

    def open(self, name: str) -> Opened | None:
        """The ladder of that name; None for a shared file, and for what fails."""
        try:
            opened = self.loader.open(self.paths[name])
        except Unreadable as error:
            start = f"{self.side.revision}:" if self.side.revision else ""
            self.failures[name] = Failure(error.message, (), error.help, start + self.paths[name], self.side)
            return None
        if opened.ladder is None:
            why = "" if opened.findings else ": a file that it uses is not valid"
            message = f"{opened.document.path} is not a valid ladder {self.side.where}{why}"
            self.failures[name] = Failure(message, opened.findings, None, opened.document.path, self.side)
        return opened if opened.ladder and opened.is_ladder else None

    def only(self) -> Opened | None:
        """The ladder in the one file that was named; None where the file is not there, and for what fails. Raises
        ``SharedFile`` where it is no ladder."""
        for name, path in self.paths.items():
            opened = self.open(name)
            if opened is None and name not in self.failures:
                help = "`ladder diff` without a path compares the ladders that use it"
                raise SharedFile(f"{path} is a shared file: there is no ladder in it", help)
            return opened
        return None


class Versions:
    """Reads versions of ladders for one run. It is closed after use, at best by `with`.

    ``near`` is a path in the repository that is meant, where it is not that of the working folder.
    """

    def __init__(self, finder: Discovery, audience: Audience, near: str = ".") -> None:
        self._finder = finder
        self._audience = audience
        self._near = near if os.path.isdir(near) else os.path.dirname(near) or "."
        self._repository: Repository | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End what reads the repository."""
        if self._repository:
            self._repository.close()

    def is_revision(self, word: str) -> bool:
        """Whether git knows a commit by that word."""
        try:
            self._home().resolve(word)
        except (NoRepository, NoRevision):
            return False
        return True

    def since(self, old: Side, new: Side) -> Side:
        """The common ancestor of both sides in place of the old one. Raises ``LadderError`` where there is none."""
        if old.revision is None:
            raise LadderError("--merge-base needs a revision to begin with", "add one: --against origin/main")
        base = self._home().merge_base(old.revision, new.revision or HEAD)
        if base == self._home().resolve(old.revision):  # nothing came after it, so its own name says it best
            return old
        return replace(old, revision=base[:12], name=f"merge base with {old.revision}")

    def edition(self, side: Side, other: Side) -> Edition:
        """One of two versions. Raises ``LadderError`` for a revision that is not there."""
        loader = Loader(audience=self._audience)
        if side.revision is None:
            return self._on_disk(side, other, loader)
        where = self._home().revision(side.revision)
        return self._in(where, side, other, Loader(audience=self._audience, files=where))

    def pairs(self, old: Edition, new: Edition) -> Iterator[Pair]:
        """The ladders of two versions, each with what it is in the other one; what fails is left out.

        Two files are one ladder, whatever its ids are. Otherwise ladders are matched by id, then by path, then by
        title. Raises ``LadderError`` where there is no ladder on either side.
        """
        if old.is_file and new.is_file:
            yield from self._one(old, new)
        elif old.paths or new.paths:
            self._follow(old, new)
            yield from _matched(old, new)
        else:
            message = f"there is no ladder {old.side.where}, and none {new.side.where}"
            raise LadderError(message, "name a file or a folder, or say where ladders are in .ladder.yaml")

    @property
    def settings(self) -> Config:
        """The configuration of the run."""
        return self._finder.config(self._near)

    def _home(self) -> Repository:
        """The repository of the run."""
        from laddercli.repository import Repository

        if self._repository is None:
            self._repository = Repository.at(self._near)
        return self._repository

    def _on_disk(self, side: Side, other: Side, loader: Loader) -> Edition:
        names = Names()
        path = side.path
        if path is not None and side.implied and other.revision is not None:
            path = os.path.relpath(os.path.join(self._home().top or ".", self._from_top(other)))
        if path is None or os.path.isdir(path):
            start = _start(names.of(path), side, other) if path is not None else ""
            files = self._finder.files([]) if path is None else self._finder.files([path])
            if path is None:  # as one would type them here
                files = [os.path.relpath(file) for file in files]
            return Edition(side, loader, {names.of(file).removeprefix(start): file for file in files})
        may_be_gone = side.implied or other.implied
        paths = {} if may_be_gone and not os.path.lexists(path) else {names.of(path): path}
        return Edition(side, loader, paths, is_file=True)

    def _in(self, where: Revision, side: Side, other: Side, loader: Loader) -> Edition:
        from laddercli.discovery import files_at

        path = None if side.path is None else self._from_top(side)
        if path is not None and not where.is_folder(path):
            paths = {} if side.implied and not where.exists(path) else {path: path}
            return Edition(side, loader, paths, is_file=True)
        settings = self.settings
        start = _start(path, side, other) if path is not None else ""
        files = files_at(where, settings, self._home().name_of(settings.folder), path)
        return Edition(side, loader, {file.removeprefix(start): file for file in files})

    def _from_top(self, side: Side) -> str:
        """The path of a side from the top of the repository. Behind a revision it is meant so, as git does, unless
        nothing is there; a path of the working tree is relative to the working folder."""
        assert side.path is not None
        if side.revision is not None and not side.implied and not side.path.startswith("."):
            path = os.path.normpath(side.path)
            if self._home().revision(side.revision).exists(path):
                return path
        return self._home().name_of(side.path)

    def _one(self, old: Edition, new: Edition) -> Iterator[Pair]:
        """The ladder of two files. One that is not where it was is looked for by its id."""
        before, after = old.only(), new.only()
        if old.failures or new.failures:
            return
        if not before and not after:
            raise Unreadable(f"{new.side.path}: there is no such file {old.side.where}, and none {new.side.where}")
        if after and not before:
            before = self._namesake(old, new, after)
        elif before and not after:
            after = self._namesake(new, old, before)
        yield Pair(before, after)

    def _follow(self, old: Edition, new: Edition) -> None:
        """Take in files of the old version that were renamed since from where today's configuration does not look."""
        appeared = [name for name in new.paths if name not in old.paths]
        if old.side.revision is None or old.side.path is not None or not appeared:
            return
        before = self._home().renamed(old.side.revision, new.side.revision)
        old.paths.update({before[name]: before[name] for name in appeared if name in before})

    def _namesake(self, edition: Edition, other: Edition, ladder: Opened) -> Opened | None:
        """The ladder of the same id among all of a version, unless its file is in the other version, too."""
        every = self.edition(replace(edition.side, path=None), replace(other.side, path=None))
        there = self.edition(replace(other.side, path=None), replace(edition.side, path=None)).paths
        for name in every.paths:
            opened = every.open(name) if name not in there else None
            if opened and _id(opened) == _id(ladder):
                return opened
        return None


def _start(folder: str, side: Side, other: Side) -> str:
    """What files of a folder are called begins with this. Of two folders, it is no difference between their files."""
    return f"{folder}/" if folder not in ("", ".") and not side.implied and not other.implied else ""


def _matched(old: Edition, new: Edition) -> Iterator[Pair]:
    rest: tuple[dict[str, Opened], dict[str, Opened]] = ({}, {})
    for name in dict.fromkeys((*new.paths, *old.paths)):
        before, after = (edition.open(name) if name in edition.paths else None for edition in (old, new))
        if name in old.failures or name in new.failures:
            continue
        if before and after and _id(before) == _id(after):
            yield Pair(before, after)  # nothing else is held, so that a ladder is dropped when it is done
            continue
        for waiting, opened in zip(rest, (before, after), strict=True):
            if opened:
                waiting[name] = opened
    yield from _leftover(*rest)


def _leftover(old: dict[str, Opened], new: dict[str, Opened]) -> Iterator[Pair]:
    """What two versions have at different paths, or with different ids."""
    keys: tuple[Callable[[str, Opened], str], ...] = (
        lambda name, opened: _id(opened),
        lambda name, opened: name,
        lambda name, opened: _ladder(opened).title,
    )
    found: dict[str, Opened] = {}
    for key in keys:
        waiting = {key(name, opened): name for name, opened in reversed(old.items())}
        for name, opened in new.items():
            if name not in found and (match := waiting.pop(key(name, opened), None)):
                found[name] = old.pop(match)
    yield from (Pair(found.get(name), opened) for name, opened in new.items())
    yield from (Pair(opened, None) for opened in old.values())


def _ladder(opened: Opened) -> Ladder:
    assert opened.ladder is not None
    return opened.ladder


def _id(opened: Opened) -> str:
    return _ladder(opened).id
