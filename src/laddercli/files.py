"""Reading files without surprises. What may be read is a regular file, and never more of it than a ladder can be."""

from __future__ import annotations

import os
import stat

from laddercli.document import MAX_BYTES
from laddercli.errors import Unreadable

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


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
