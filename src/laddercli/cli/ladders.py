"""The ladders that a command works on."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from laddercli.cli.output import notice, screen_width, use_color
from laddercli.errors import InvalidLadder, LadderError, SharedFile, Unreadable

if TYPE_CHECKING:
    from laddercli.blocks import Page
    from laddercli.ladder import Ladder, Position


class Shelf:
    """The ladders of the working folder, as an audience sees them, loaded when somebody asks for them.

    A file that is no valid ladder is left out with a notice, so that one broken draft does not keep anybody from
    reading the others. A ladder that ships with the package is taken only when it is named.
    """

    def __init__(self, finder: Any, audience: Any, verbose: int = 0) -> None:
        from laddercli.loader import Loader

        self._finder = finder
        self._audience = audience
        self._verbose = verbose
        self._loader = Loader(audience=audience)
        self._configured: list[Ladder] | None = None
        self._named: dict[str, Ladder] = {}
        self._left_out: set[str] = set()

    @property
    def configured(self) -> list[Ladder]:
        """Every valid ladder that the configuration finds."""
        if self._configured is None:
            self._configured = [ladder for file in self._finder.files([]) if (ladder := self._try(file))]
        return self._configured

    def ladder(self, name: str) -> Ladder:
        """The ladder with that id or path. Raises ``NotFound``, ``InvalidLadder`` or ``Unreadable``."""
        from laddercli.names import find_ladder

        if _is_path(name):
            return self._load(name)
        return self._shipped(name) or find_ladder(name, self.configured)

    def level(self, name: str) -> Position:
        """The level of that name, in the ladder it names or in any of the configured ones."""
        from laddercli.names import find_level

        scope = name.rpartition(":")[0]
        if _is_path(scope):
            return find_level(name, [self._load(scope)], notice)
        shipped = self._shipped(scope)
        if not shipped and not self.configured:
            raise self._nothing()
        return find_level(name, [shipped] if shipped else self.configured, notice)

    def scope(self, position: Position) -> str:
        """What stands in front of a level's id so that the same command finds it again: nothing where it is unique."""
        from laddercli import data

        ladder = position.ladder
        if any(own is ladder for own in self.configured):
            unique = sum(position.level.id in other.levels for other in self.configured) == 1
            return "" if unique else f"{ladder.id}:"
        shipped = data.path(f"ladders/{ladder.id}.yaml")
        return f"{ladder.id}:" if ladder.place.file == shipped else f"{ladder.place.file}:"

    def _load(self, path: str) -> Ladder:
        from laddercli.audience import project

        real = os.path.realpath(path)
        if real not in self._named:
            if self._verbose:
                notice(f"reading {path}")
            self._named[real] = project(self._loader.load(path), self._audience)
        return self._named[real]

    def _try(self, path: str) -> Ladder | None:
        try:
            return self._load(path)
        except SharedFile:
            pass
        except InvalidLadder as error:
            notice(f"{error.message}; left out, `ladder validate` says more")
            self._left_out.add(os.path.splitext(os.path.basename(path))[0])
        except Unreadable as error:
            notice(f"{error.message}; left out")
        return None

    def _shipped(self, name: str) -> Ladder | None:
        """The ladder of that id that comes with the package, unless there is one of the reader's own."""
        from laddercli import data

        own = {ladder.id for ladder in self.configured} | self._left_out
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
            notice(f"`{name}` is the example that comes with ladder")
        return ladder

    def _nothing(self) -> LadderError:
        folder = os.path.relpath(self._finder.config(".").folder)
        help = "run it where your ladders are, or name one that comes with ladder: product-management:staff-pm"
        return LadderError(f"there is no valid ladder below {folder}", help)

    def _named_by(self, name: str) -> list[Ladder]:
        """The ladder of that name, or every ladder of a folder."""
        if os.path.isdir(name):
            return [ladder for file in self._finder.files([name]) if (ladder := self._try(file))]
        return [self.ladder(name)]

    def all(self, names: Sequence[str]) -> list[Ladder]:
        """The ladders of these names; without names the configured ones. Raises ``LadderError`` when there are none."""
        found = [ladder for name in names for ladder in self._named_by(name)] if names else self.configured
        if not found:
            raise self._nothing()
        return list({id(ladder): ladder for ladder in found}.values())


def _is_path(name: str) -> bool:
    """A title may hold a slash, too, so a path without a suffix counts when there is something."""
    return name.endswith((".yaml", ".yml")) or name == "." or (os.sep in name and os.path.lexists(name))


def write_page(page: Page, output_format: str, color: str) -> str:
    """A page as text or as Markdown."""
    if output_format == "markdown":
        from laddercli.writers import markdown

        return markdown.write(page)
    from laddercli.cli.output import is_ascii
    from laddercli.writers.terminal import Terminal, write

    return write(page, Terminal(screen_width(), use_color(color), is_ascii()))
