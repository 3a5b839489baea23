"""Which files are meant: those that were named, and in folders those that the configuration describes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from laddercli import config
from laddercli.config import Config
from laddercli.errors import Unreadable

if TYPE_CHECKING:
    from laddercli.repository import Revision

_SUFFIXES = (".yaml", ".yml")
_FORMAT_LINE = re.compile(rb"^(?:\xef\xbb\xbf)?format[ \t]*:", re.MULTILINE)
# Enough of a file to meet its `format:` behind a long opening comment.
_HEAD = 16_384
_WILD = re.compile(r"[*?[]")


class Source(NamedTuple):
    """A file to judge by the name it is shown with. ``text`` is None where it is still to be read from the file."""

    name: str
    text: bytes | None = None


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

    def files(self, paths: list[str], unread: list[Unreadable] | None = None) -> list[str]:
        """The files that ``paths`` mean, each once, as they are to be shown; without paths the configured ones.

        A named file is taken whatever its name is. What does not exist or cannot be listed is collected in
        ``unread``; without such a list the first is raised.
        """
        found: dict[str, str] = {}
        missing: list[Unreadable] = []
        named: list[str | None] = [*paths] or [None]
        for path in named:
            for file in self._files(path, missing):
                found.setdefault(os.path.realpath(file), file)
        if unread is not None:
            unread += missing
        elif missing:
            raise missing[0]
        return list(found.values())

    def _files(self, path: str | None, missing: list[Unreadable]) -> Iterator[str]:
        if path is None:
            settings = self.config(".")
            yield from _matching(settings, settings.folder, os.path.relpath(settings.folder), missing)
        elif os.path.isdir(path):
            settings = self.config(path)
            if settings.path:
                yield from _matching(settings, path, path, missing)
            else:
                inner = (os.path.join(path, name) for name in _walk(path, _is_plain, missing))
                yield from (file for file in map(os.path.normpath, inner) if _says_format(file))
        elif os.path.lexists(path):
            self.config(os.path.dirname(path) or ".")  # it may refuse to be used at all
            yield path
        else:
            missing.append(Unreadable(f"{path}: there is no such file" if path else "a path is empty"))


def files_at(where: Revision, settings: Config, home: str, folder: str | None = None) -> Iterator[str]:
    """The files of a revision that a configuration finds, as it is now: what was configured then may have been
    nothing at all. ``home`` is its folder from the top of the repository. With ``folder`` only what lies below, and
    without a configuration every file there that looks like a ladder."""
    if folder is not None and not settings.path:
        for path in where.files(folder, _is_plain):
            if _is_plain(path) and path.endswith(_SUFFIXES) and _says_format_at(where, path):
                yield path
        return
    below = home if folder is None or _lies_in(home, folder) else folder
    if not _lies_in(below, home):
        return
    may_hold, is_meant = _choice(settings)
    start = len(home) + 1 if home else 0
    for path in where.files(below, lambda inner: may_hold(inner[start:])):
        if _is_plain(path) and is_meant(path[start:]):
            yield path


def _lies_in(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")


def _choice(settings: Config) -> tuple[Callable[[str], bool], Callable[[str], bool]]:
    """Whether a folder may hold files that the configuration means, and whether a file is one of them. Both are asked
    by names relative to the folder of the configuration."""
    include = [_pattern(each) for each in settings.ladders]
    exclude = [_pattern(each, excludes=True) for each in settings.exclude]
    reaches = [_reach(each) for each in settings.ladders]

    def may_hold(name: str) -> bool:
        """Only what a pattern can reach is looked into: a repository may have a large rest."""
        parts = name.split("/")
        return any(
            parts[: len(base)] == base[: len(parts)]
            and (depth is None or len(parts) < depth)
            and not any(part.startswith(".") for part in parts[len(base) :])
            for base, depth in reaches
        )

    def is_meant(name: str) -> bool:
        return any(each.fullmatch(name) for each in include) and not any(each.fullmatch(name) for each in exclude)

    return may_hold, is_meant


def _matching(settings: Config, folder: str, shown: str, missing: list[Unreadable]) -> Iterator[str]:
    """The files below ``folder`` that the configuration includes and does not exclude."""
    may_hold, is_meant = _choice(settings)
    start = os.path.relpath(os.path.realpath(folder), settings.folder)
    if start.split(os.sep)[0] == os.pardir:  # nothing above the configuration is meant
        down = os.path.relpath(settings.folder, os.path.realpath(folder))
        if down.split(os.sep)[0] == os.pardir:
            return
        folder, shown, start = settings.folder, os.path.join(shown, down), "."

    def name_of(inner: str) -> str:
        return os.path.normpath(os.path.join(start, inner)).replace(os.sep, "/")

    for inner in _walk(folder, lambda inner: may_hold(name_of(inner)), missing, suffixes=None):
        if is_meant(name_of(inner)):
            yield os.path.normpath(os.path.join(shown, inner))


def matches(pattern: str, name: str) -> bool:
    """Whether a pattern of the configuration means a file, or a folder above it. ``name`` is relative to it."""
    return _pattern(pattern, excludes=True).fullmatch(name) is not None


def _is_plain(folder: str) -> bool:
    return not os.path.basename(folder).startswith(".")


def _walk(
    folder: str,
    enters: Callable[[str], bool],
    missing: list[Unreadable],
    suffixes: tuple[str, ...] | None = _SUFFIXES,
) -> Iterator[str]:
    """The files below a folder, relative to it, in the order of their names.

    Hidden files are left out: they are drafts and locks of editors, and the configuration itself. Links to folders
    are not followed, so there is no way round in circles. Folders that cannot be listed go into ``missing``.
    """

    def note(error: OSError) -> None:
        missing.append(
            Unreadable(f"{os.path.relpath(error.filename)}: {(error.strerror or 'cannot be listed').lower()}")
        )

    for here, folders, names in os.walk(folder, onerror=note):
        below = os.path.relpath(here, folder)
        folders[:] = sorted(name for name in folders if enters(os.path.normpath(os.path.join(below, name))))
        for name in sorted(names):
            if not name.startswith(".") and (suffixes is None or name.endswith(suffixes)):
                yield os.path.normpath(os.path.join(below, name))


def _says_format(path: str) -> bool:
    """Whether a file has a line that starts with `format:`. What cannot be opened is kept, to be reported."""
    try:
        if not os.path.isfile(path):
            return os.path.islink(path)
        with open(path, "rb") as file:
            return _FORMAT_LINE.search(file.read(_HEAD)) is not None
    except OSError:
        return True


def _says_format_at(where: Revision, path: str) -> bool:
    """The same of a file at a revision."""
    try:
        return _FORMAT_LINE.search(where.read(path)[:_HEAD]) is not None
    except Unreadable:
        return True


def _reach(pattern: str) -> tuple[list[str], int | None]:
    """The folders that a pattern begins with, up to its first wildcard, and how deep it goes: None for any depth."""
    parts = [part for part in pattern.split("/") if part not in ("", ".")]
    if pattern.endswith("/"):
        parts.append("**")
    wild = (index for index, part in enumerate(parts) if _WILD.search(part))
    return parts[: next(wild, len(parts) - 1)], None if "**" in pattern or pattern.endswith("/") else len(parts)


@cache
def _pattern(pattern: str, excludes: bool = False) -> re.Pattern[str]:
    """A pattern of the configuration: `**` crosses folders, `*` and `?` do not, `folder/` means all below it. What is
    excluded may also be a folder by its name alone."""
    pattern = pattern.removeprefix("./")
    if pattern.endswith("/"):
        pattern += "**"
    parts = re.split(r"(\*\*/|\*\*|\*|\?|\[[^\]/]+\])", pattern)
    words = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    regex = "".join(words.get(part) or _literal(part) for part in parts)
    return re.compile(f"{regex}(?:/.*)?" if excludes else regex, re.DOTALL)


def _literal(part: str) -> str:
    if part.startswith("[") and part.endswith("]") and len(part) > 2:
        inner = part[1:-1]
        negated = "^/" if inner[0] in "!^" else ""
        members = re.escape(inner.lstrip("!^") or inner).replace("\\-", "-")
        return f"[{negated}{members}]"
    return re.escape(part)
