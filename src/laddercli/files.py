"""Reading files without surprises. What may be read is a regular file, and never more of it than a ladder can be."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from typing import Protocol

from laddercli.document import MAX_BYTES
from laddercli.errors import Unreadable
from laddercli.repository import root_of

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class Files(Protocol):
    """Where ladders are read from: the disk, or a revision of a repository."""

    @property
    def revision(self) -> str | None:
        """What the revision was called; None on disk."""

    def read(self, path: str) -> bytes:
        """The bytes of a file, at most one more than a ladder may have. Raises ``Unreadable``."""

    def real(self, path: str) -> str:
        """The path with every link followed. Raises ``Unreadable`` for what no file can be called."""

    def exists(self, path: str) -> bool:
        """Whether something has that name, be it a link that leads nowhere."""

    def top(self, path: str) -> str:
        """The folder that the file of a path may use files of: its repository, without one its own folder."""

    def inside(self, path: str, top: str) -> bool:
        """Whether a path lies within such a folder once every link is followed."""

    def siblings(self, path: str) -> list[str]:
        """The names in the folder of a file; none where it cannot be listed."""

    def label(self, path: str) -> str:
        """What people read as the name of a file."""


class Disk:
    """Files as they lie on the disk. ``drafts`` hold what files would say, by their real paths, before anybody writes
    it."""

    revision: str | None = None

    def __init__(self, drafts: Mapping[str, bytes] | None = None) -> None:
        self._drafts = drafts or {}
        self._tops: dict[str, str] = {}

    def read(self, path: str) -> bytes:
        """As ``Files`` has it; so are the others."""
        draft = self._drafts.get(os.path.realpath(path)) if self._drafts else None
        return read(path) if draft is None else draft

    def real(self, path: str) -> str:
        """With every link followed."""
        return real_path(path)

    def exists(self, path: str) -> bool:
        """Whether there is something."""
        return os.path.lexists(path)

    def top(self, path: str) -> str:
        """The repository, or the folder."""
        folder = os.path.dirname(real_path(path))
        if folder not in self._tops:
            self._tops[folder] = root_of(folder) or folder
        return self._tops[folder]

    def inside(self, path: str, top: str) -> bool:
        """Whether it lies within."""
        return inside(path, top)

    def siblings(self, path: str) -> list[str]:
        """What lies beside it."""
        try:
            return os.listdir(os.path.dirname(path) or ".")
        except OSError:
            return []

    def label(self, path: str) -> str:
        """The path as it is."""
        return path


def read(path: str) -> bytes:
    """The bytes of a regular file, at most one more than a ladder may have.

    Raises ``Unreadable`` for everything that cannot be opened or is not a file. The kind is asked before opening:
    to open a named pipe would wait for somebody to write into it.
    """
    try:
        mode = os.stat(path).st_mode
        for is_kind, name in _KINDS:
            if is_kind(mode):
                raise Unreadable(f"{path} is {name}, not a file")
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path}: {_reason(error, path)}") from None


def _reason(error: OSError | ValueError, path: str) -> str:
    if isinstance(error, FileNotFoundError):
        return "the link leads nowhere" if os.path.islink(path) else "there is no such file"
    if isinstance(error, PermissionError):
        return "permission denied"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return "the name cannot be a file's name"


def real_path(path: str) -> str:
    """The path with every link followed. Raises ``Unreadable`` for what no file can be called."""
    try:
        return os.path.realpath(path)
    except ValueError as error:
        raise Unreadable(f"{path}: {_reason(error, path)}") from None


def inside(path: str, folder: str) -> bool:
    """Whether ``path`` lies within ``folder`` once every link is followed."""
    real, top = os.path.realpath(path), os.path.realpath(folder)
    return real == top or real.startswith(top.rstrip(os.sep) + os.sep)


def replace(path: str, text: str) -> None:
    """Put a text into a file as a whole: a reader sees the old file or the new one, never half of it.

    A link is followed, so that what it leads to is edited; the mode of an existing file is kept.
    Raises ``Unreadable`` when the file cannot be written.
    """
    import tempfile

    target = os.path.realpath(path)
    draft = None
    try:
        if os.path.exists(target) and not os.path.isfile(target):
            with open(path, "w", encoding="utf-8", errors="backslashreplace") as device:  # /dev/stderr, a pipe
                device.write(text)
            return
        handle, draft = tempfile.mkstemp(dir=os.path.dirname(target) or ".", prefix=".ladder-", suffix=".tmp")
        with open(handle, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(draft, stat.S_IMODE(os.stat(target).st_mode) if os.path.exists(target) else 0o666 & ~_umask())
        os.replace(draft, target)
        draft = None
    except OSError as error:
        raise Unreadable(f"{path} cannot be written: {_reason(error, path)}") from None
    finally:
        if draft and os.path.exists(draft):  # also when somebody interrupts
            os.unlink(draft)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
