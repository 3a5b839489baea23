"""Which files are meant: those that were named, and in folders those that the configuration describes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache

from laddercli import config
from laddercli.config import Config
from laddercli.errors import Unreadable

_SUFFIXES = (".yaml", ".yml")
_FORMAT_LINE = re.compile(rb"^(?:\xef\xbb\xbf)?format[ \t]*:", re.MULTILINE)
# Enough of a file to meet its `format:` behind a long opening comment.
_HEAD = 16_384


class Discovery:
    """Finds files for one run. ``fixed`` is the configuration that a flag named, for every file; else each folder
    has the one nearest to it."""

    def __init__(self, fixed: Config | None = None) -> None:
        self._fixed = fixed
        self._found: dict[str, Config] = {}

    def config(self, folder: str) -> Config:
        """The configuration that applies in a folder."""
        if self._fixed:
            return self._fixed
        if folder not in self._found:
            self._found[folder] = config.find(folder)
        return self._found[folder]

    def files(self, paths: list[str]) -> list[str]:
        """The files that ``paths`` mean, each once, as they are to be shown; without paths the configured ones.

        A named file is taken whatever its name is. Raises ``Unreadable`` for a path that does not exist.
        """
        found: dict[str, str] = {}
        for path in paths or [""]:
            for file in self._files(path):
                found.setdefault(os.path.realpath(file), file)
        return list(found.values())

    def _files(self, path: str) -> Iterator[str]:
        if path == "":
            settings = self.config(".")
            yield from self._matching(settings, settings.folder, os.path.relpath(settings.folder))
        elif not os.path.isdir(path):
            if not os.path.lexists(path):
                raise Unreadable(f"{path}: there is no such file")
            yield path
        else:
            settings = self.config(path)
            if settings.path:
                yield from self._matching(settings, os.path.abspath(path), path)
            else:
                yield from (file for file in _walk(path, path) if _says_format(file))

    def _matching(self, settings: Config, folder: str, shown: str) -> Iterator[str]:
        """The files below ``folder`` that the configuration includes and does not exclude."""
        include = [_pattern(each) for each in settings.ladders]
        exclude = [_pattern(each) for each in settings.exclude]
        for file in _walk(folder, shown, suffixes=None):
            absolute = os.path.join(folder, os.path.relpath(file, shown))
            name = os.path.relpath(absolute, settings.folder).replace(os.sep, "/")
            if any(each.fullmatch(name) for each in include) and not any(each.fullmatch(name) for each in exclude):
                yield file


def _walk(folder: str, shown: str, suffixes: tuple[str, ...] | None = _SUFFIXES) -> Iterator[str]:
    """The files below a folder in the order of their names. Hidden folders are skipped, links to folders too."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        below = os.path.relpath(here, folder)
        for name in sorted(names):
            if suffixes is None or name.endswith(suffixes):
                yield os.path.normpath(os.path.join(shown, below, name))


def _says_format(path: str) -> bool:
    """Whether a file has a line that starts with `format:`. What cannot be opened is kept, to be reported."""
    try:
        if not os.path.isfile(path):
            return os.path.islink(path)
        with open(path, "rb") as file:
            return _FORMAT_LINE.search(file.read(_HEAD)) is not None
    except OSError:
        return True


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    """A pattern of the configuration: `**` crosses folders, `*` and `?` do not, `folder/` means all below it."""
    pattern = pattern.removeprefix("./")
    if pattern.endswith("/"):
        pattern += "**"
    parts = re.split(r"(\*\*/|\*\*|\*|\?|\[[^\]/]+\])", pattern)
    words = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(words.get(part) or _literal(part) for part in parts))


def _literal(part: str) -> str:
    if part.startswith("[") and part.endswith("]") and len(part) > 2:
        inner = part[1:-1]
        negated = "^" if inner[0] in "!^" else ""
        members = re.escape(inner.lstrip("!^") or inner).replace("\\-", "-")
        return f"[{negated}{members}]"
    return re.escape(part)
