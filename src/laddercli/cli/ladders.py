"""The ladders that a command works on."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from laddercli.cli.output import in_log, notice, screen_width, use_color
from laddercli.cli.shelves import Ladders, Past, Present
from laddercli.errors import Ambiguous, LadderError, NoRepository, NoRevision, NotFound
from laddercli.names import at_revision

if TYPE_CHECKING:
    from laddercli.blocks import Page
    from laddercli.ladder import Ladder, Position
    from laddercli.repository import Repository

Found = TypeVar("Found")


class Shelf:
    """The ladders of the working folder, and with `@REVISION` behind a name those of any version of them.

    What is found in the working folder under a name as a whole is meant, because titles and branches may hold an `@`
    as well. Close it after use, at best by `with`.
    """

    def __init__(self, finder: Any, audience: Any, verbose: int = 0) -> None:
        self._finder = finder
        self._audience = audience
        self._verbose = verbose
        self._held: list[str] = []
        self._present = Present(finder, audience, self._held.append, verbose)
        self._past: dict[tuple[str | None, str], Past] = {}
        self._repositories: dict[str, Repository] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End what reads repositories."""
        for repository in self._repositories.values():
            repository.close()

    def level(self, name: str) -> Position:
        """The level of that name. Raises ``LadderError``."""
        return self._either(name, lambda ladders, name: ladders.level(name), self._level_at)

    def ladder(self, name: str) -> Ladder:
        """The ladder with that id or path. Raises ``LadderError``."""

        def named(ladders: Ladders, name: str) -> Ladder:
            return ladders.ladder(name)

        return self._either(name, named, named)

    def all(self, names: Sequence[str]) -> list[Ladder]:
        """The ladders of these names; without names the configured ones. Raises ``LadderError`` when there are none."""

        def named(ladders: Ladders, name: str) -> list[Ladder]:
            found = ladders.named(name)
            if not found:
                raise ladders.nothing()
            return found

        if not names:
            found = self._present.configured
            self._tell()
            if not found:
                raise self._present.nothing()
        else:
            found = [ladder for name in names for ladder in self._either(name, named, named)]
        return list({id(ladder): ladder for ladder in found}.values())

    def scope(self, position: Position) -> str:
        """What stands in front of a level's id so that the same command finds it again: nothing where it is unique."""
        owners: tuple[Ladders, ...] = (*self._past.values(), self._present)
        return next(each for each in owners if each.has(position.ladder)).scope(position)

    def _either(self, name: str, present: Callable[[Ladders, str], Found], past: Callable[[Past, str], Found]) -> Found:
        """What a name means: as a whole in the working folder, else before an `@` at the revision behind it."""
        readings = at_revision(name)
        if not readings:
            try:
                return present(self._present, name)
            finally:
                self._tell()
        try:
            found = present(self._present, name)
        except Ambiguous:
            raise
        except LadderError as error:
            # What is wrong in the working folder is nothing that this name asks for.
            return past(*self._reading(name, readings, error))
        self._tell()
        return found

    def _reading(self, name: str, readings: list[tuple[str, str]], error: LadderError) -> tuple[Past, str]:
        """The first way to read a name whose revision exists, which is enough to say that this was meant."""
        missing: list[NoRevision] = []
        for named, revision in readings:
            try:
                return self._at(named, revision), named
            except NoRevision as unknown:
                missing.append(unknown)
            except NoRepository as outside:
                raise NoRepository(f"`{name}` names a revision, but {outside.message}", outside.help) from error
        raise missing[0] from error

    def _at(self, name: str, revision: str) -> Past:
        """The ladders of a revision: of the repository that a path lies in, else of the configuration's."""
        settings = self._finder.config(".")
        path = next((part for part in (name, name.rpartition(":")[0]) if _may_be_path(part)), None)
        repository = self._repository(settings.folder if path is None else path)
        key = (repository.top, revision)
        if key not in self._past:
            where = repository.revision(revision)
            self._past[key] = Past(repository, where, settings, self._audience, notice, self._verbose)
        return self._past[key]

    def _repository(self, path: str) -> Repository:
        from laddercli.repository import Repository

        if path not in self._repositories:
            found = Repository.at(path)
            known = (each for each in self._repositories.values() if each.top == found.top)
            self._repositories[path] = next(known, found)  # so that one process reads all of it
        return self._repositories[path]

    def _level_at(self, past: Past, name: str) -> Position:
        """A level at a revision, where it may have had the id that the working folder says it had formerly."""
        try:
            return past.level(name)
        except Ambiguous:
            raise
        except NotFound as error:
            found = self._former(past, name)
            if found is None:
                raise error from None
            return found

    def _former(self, past: Past, name: str) -> Position | None:
        try:
            today = self._present.level(name)
        except LadderError:
            return None
        for id in today.level.formerly:
            found = past.by_id(id, today.ladder.id)
            if found:
                notice(f"`{today.level.id}` was called `{id}` at {found.ladder.revision}")
                return found
        return None

    def _tell(self) -> None:
        """Say what was to be said about the working folder, once somebody reads it."""
        for text in self._held:
            notice(text)
        self._held.clear()


def _may_be_path(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) or os.path.isdir(name) or (os.sep in name and os.path.lexists(name))


def write_page(page: Page, output_format: str, color: str) -> str:
    """A page as text or as Markdown."""
    if output_format == "markdown":
        from laddercli.writers import markdown

        return in_log(markdown.write(page))
    from laddercli.cli.output import is_ascii
    from laddercli.writers.terminal import Terminal, write

    return in_log(write(page, Terminal(screen_width(), use_color(color), is_ascii())))
