"""Ladders to choose from by name: those of the working folder, and those of a revision."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from laddercli.errors import InvalidLadder, LadderError, NotFound, SharedFile, Unreadable
from laddercli.names import find_ladder, find_level

if TYPE_CHECKING:
    from laddercli.config import Config
    from laddercli.ladder import Ladder, Position
    from laddercli.loader import Loader
    from laddercli.repository import Repository, Revision

Say = Callable[[str], None]


class Ladders(ABC):
    """Ladders as an audience sees them, loaded when somebody asks for them.

    A file that is no valid ladder is left out with a notice, so that one broken draft does not keep anybody from
    reading the others. ``say`` takes the notices.
    """

    def __init__(self, loader: Loader, audience: Any, say: Say, verbose: int) -> None:
        self._loader = loader
        self._audience = audience
        self._say = say
        self._verbose = verbose
        self._configured: list[Ladder] | None = None
        self._named: dict[str, Ladder] = {}

    @property
    def configured(self) -> list[Ladder]:
        """Every valid ladder that the configuration finds."""
        if self._configured is None:
            self._configured = [ladder for file in self._found() if (ladder := self._try(file))]
        return self._configured

    def ladder(self, name: str) -> Ladder:
        """The ladder with that id or path. Raises ``NotFound``, ``InvalidLadder`` or ``Unreadable``."""
        if self._is_path(name):
            return self._load(self._path(name))
        return self._shipped(name) or find_ladder(name, self.configured)

    def level(self, name: str) -> Position:
        """The level of that name, in the ladder it names or in any of the configured ones."""
        scope, _, level = name.rpartition(":")
        if self._is_path(scope):
            return find_level(level, [self._load(self._path(scope))], self._say)
        shipped = self._shipped(scope)
        if not shipped and not self.configured:
            raise self.nothing()
        return find_level(name, [shipped] if shipped else self.configured, self._say)

    def named(self, name: str) -> list[Ladder]:
        """The ladder of that name, or every ladder of a folder."""
        if self._is_folder(name):
            return [ladder for file in self._found_in(name) if (ladder := self._try(file))]
        return [self.ladder(name)]

    def has(self, ladder: Ladder) -> bool:
        """Whether a ladder was found here."""
        return any(ladder is each for each in self._named.values())

    def scope(self, position: Position) -> str:
        """What stands in front of a level's id so that the same command finds it again: nothing where it is unique."""
        ladder = position.ladder
        if any(own is ladder for own in self.configured):
            unique = sum(position.level.id in other.levels for other in self.configured) == 1
            return "" if unique else f"{ladder.id}:"
        return self._scope(ladder)

    @abstractmethod
    def nothing(self) -> LadderError:
        """What to raise where there is no ladder at all."""

    @abstractmethod
    def _found(self) -> Iterable[str]: ...

    @abstractmethod
    def _found_in(self, folder: str) -> Iterable[str]: ...

    @abstractmethod
    def _is_folder(self, name: str) -> bool: ...

    @abstractmethod
    def _is_path(self, name: str) -> bool: ...

    def _path(self, name: str) -> str:
        return name

    @abstractmethod
    def _real(self, path: str) -> str: ...

    def _label(self, path: str) -> str:
        return path

    def _shipped(self, name: str) -> Ladder | None:
        return None

    @abstractmethod
    def _scope(self, ladder: Ladder) -> str: ...

    def _left_out(self, path: str) -> str:
        return "left out"

    def _load(self, path: str) -> Ladder:
        from laddercli.audience import project

        real = self._real(path)
        if real not in self._named:
            if self._verbose:
                self._say(f"reading {self._label(path)}")
            self._named[real] = project(self._loader.load(path), self._audience)
        return self._named[real]

    def _try(self, path: str) -> Ladder | None:
        try:
            return self._load(path)
        except SharedFile:
            pass
        except InvalidLadder as error:
            self._say(f"{error.message}; {self._left_out(path)}")
        except Unreadable as error:
            self._say(f"{error.message}; left out")
        return None


class Present(Ladders):
    """The ladders of the working folder. One that ships with the package is taken only when it is named."""

    def __init__(self, finder: Any, audience: Any, say: Say, verbose: int) -> None:
        from laddercli.loader import Loader

        super().__init__(Loader(audience=audience), audience, say, verbose)
        self._finder = finder
        self._broken: set[str] = set()

    def nothing(self) -> LadderError:
        """There is none below the folder of the configuration."""
        folder = os.path.relpath(self._finder.config(".").folder)
        help = "run it where your ladders are, or name one that comes with ladder: product-management:staff-pm"
        return LadderError(f"there is no valid ladder below {folder}", help)

    def _found(self) -> Iterable[str]:
        files: list[str] = self._finder.files([])
        return files

    def _found_in(self, folder: str) -> Iterable[str]:
        files: list[str] = self._finder.files([folder])
        return files

    def _is_folder(self, name: str) -> bool:
        return os.path.isdir(name)

    def _is_path(self, name: str) -> bool:
        """A title may hold a slash, too, so a path without a suffix counts when there is something."""
        return name.endswith((".yaml", ".yml")) or name == "." or (os.sep in name and os.path.lexists(name))

    def _real(self, path: str) -> str:
        return os.path.realpath(path)

    def _left_out(self, path: str) -> str:
        self._broken.add(os.path.splitext(os.path.basename(path))[0])
        return "left out, `ladder validate` says more"

    def _shipped(self, name: str) -> Ladder | None:
        """The ladder of that id that comes with the package, unless there is one of the reader's own."""
        from laddercli import data

        own = {ladder.id for ladder in self.configured} | self._broken
        if not name.replace("-", "").isalnum() or name in own:
            return None
        path = data.path(f"ladders/{name}.yaml")
        if not os.path.exists(path):
            return None
        told = os.path.realpath(path) in self._named
        try:
            ladder = self._load(path)
        except SharedFile:
            return None
        if not told:
            self._say(f"`{name}` is the example that comes with ladder")
        return ladder

    def _scope(self, ladder: Ladder) -> str:
        from laddercli import data

        shipped = data.path(f"ladders/{ladder.id}.yaml")
        return f"{ladder.id}:" if ladder.place.file == shipped else f"{ladder.place.file}:"


class Past(Ladders):
    """The ladders of a revision: those that the configuration, as it is now, finds among its files."""

    def __init__(
        self, repository: Repository, where: Revision, settings: Config, audience: Any, say: Say, verbose: int
    ) -> None:
        from laddercli.loader import Loader

        super().__init__(Loader(audience=audience, files=where), audience, say, verbose)
        self._repository = repository
        self._where = where
        self._settings = settings

    def level(self, name: str) -> Position:
        """As in the working folder. What is not found says at which revision."""
        try:
            return super().level(name)
        except NotFound as error:
            raise self._at_revision(error) from None

    def ladder(self, name: str) -> Ladder:
        """As in the working folder."""
        try:
            return super().ladder(name)
        except NotFound as error:
            raise self._at_revision(error) from None

    def by_id(self, level: str, ladder: str) -> Position | None:
        """The level of that very id, best in the ladder of that id; None where there is not one."""
        found = [each.position(level) for each in self.configured if level in each.levels]
        return next((each for each in found if each.ladder.id == ladder), found[0] if len(found) == 1 else None)

    def nothing(self) -> LadderError:
        """There is none below the folder of the configuration."""
        below = f" below {self._home}" if self._home else ""
        return LadderError(
            f"there is no valid ladder at {self._where.revision}: {', '.join(self._settings.ladders)}{below}",
            "where ladders are is what .ladder.yaml says now; one that was elsewhere is named by its path",
        )

    def _at_revision(self, error: NotFound) -> NotFound:
        return type(error)(f"at {self._where.revision}: {error.message}")

    def _found(self) -> Iterable[str]:
        from laddercli.discovery import files_at

        return () if self._home is None else files_at(self._where, self._settings, self._home)

    def _found_in(self, folder: str) -> Iterable[str]:
        from laddercli.discovery import files_at

        return () if self._home is None else files_at(self._where, self._settings, self._home, self._path(folder))

    @property
    def _home(self) -> str | None:
        """The folder of the configuration from the top of the repository; None where it lies outside."""
        try:
            return self._repository.name_of(self._settings.folder)
        except Unreadable:
            return None

    def _is_folder(self, name: str) -> bool:
        try:
            return self._where.is_folder(self._path(name))
        except Unreadable:
            return False

    def _is_path(self, name: str) -> bool:
        return name.endswith((".yaml", ".yml")) or name == "." or (os.sep in name and self._exists(name))

    def _exists(self, name: str) -> bool:
        try:
            return self._where.exists(self._path(name))
        except Unreadable:
            return False

    def _path(self, name: str) -> str:
        return self._repository.name_of(name)

    def _real(self, path: str) -> str:
        return self._where.real(path)

    def _label(self, path: str) -> str:
        return self._where.label(path)

    def _scope(self, ladder: Ladder) -> str:
        path = ladder.place.file.removeprefix(self._where.label(""))
        return f"{os.path.relpath(os.path.join(self._repository.top or '', path))}:"
