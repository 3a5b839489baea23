"""What to type so that a version that is missing will be there."""

from __future__ import annotations

import re
import shlex

# What may be the name of a branch or tag, as `git check-ref-format` has it.
_NO_NAME = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|^[-/.]|//|/\.|[/.]$|\.lock$")
_SUFFIX = re.compile(r"(?<=.)(?:[~^]|@\{).*", re.DOTALL)
_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_VERSION = re.compile(r"v?\d+(?:\.\d+)+.*")
# What remotes are called, most of the time.
_REMOTES = ("origin", "upstream")
_REMOTE, _HEAD, _TAG = "refs/remotes/", "refs/heads/", "refs/tags/"


def base(revision: str) -> str:
    """The name that a revision begins with, such as `main` in `main~3` and `main@{yesterday}`."""
    return _SUFFIX.sub("", revision)


def fetching(name: str, remotes: list[str], refspecs: list[str], is_shallow: bool) -> str | None:
    """The command that brings a branch, tag or commit which is missing; None for what none can be called.

    ``refspecs`` are those of the remote that `remote_of` gives. A clone that was cut short is made whole, because what
    is missing there is history, most of the time.
    """
    remote = remote_of(name, remotes)
    what = _what(name, remote, refspecs)
    if what is None:
        return None
    words = ["git", "fetch", *(["--unshallow"] if is_shallow else []), remote, *what]
    return shlex.join(words)


def unshallow(remotes: list[str]) -> str:
    """The command that makes a clone whole which was cut short."""
    return shlex.join(["git", "fetch", "--unshallow", remote_of("", remotes)])


def remote_of(name: str, remotes: list[str]) -> str:
    """The remote that a name such as `origin/main` begins with, else the one to ask first."""
    short = name.removeprefix(_REMOTE).removeprefix("remotes/")
    named = [remote for remote in remotes if short.startswith(f"{remote}/")]
    if named:
        return max(named, key=len)
    return "origin" if "origin" in remotes or not remotes else remotes[0]


def absent_remote(name: str, remotes: list[str], known: list[str]) -> str | None:
    """The remote that a name such as `upstream/main` begins with, where there is none of that name. A branch may have a
    slash in its name, too: what stands behind it is a branch that is known, or the first word is what remotes are
    called."""
    first, slash, rest = name.removeprefix(_REMOTE).removeprefix("remotes/").partition("/")
    if not slash or not rest or remote_of(name, remotes) == first or _NO_NAME.search(name):
        return None
    is_branch = rest in known or any(f"{remote}/{rest}" in known for remote in remotes)
    return first if first in _REMOTES or is_branch or name.startswith(("remotes/", _REMOTE)) else None


def _what(name: str, remote: str, refspecs: list[str]) -> list[str] | None:
    """What to ask a remote for, and where to put it."""
    short = name.removeprefix(_REMOTE).removeprefix("remotes/")
    if _NO_NAME.search(name) or not name:
        return None
    if short.startswith(f"{remote}/"):
        branch = short.removeprefix(f"{remote}/")
        everywhere = any(each.lstrip("+").startswith(f"{_HEAD}*:") for each in refspecs)
        # A clone of one branch puts no other one in its place unless it is told to.
        return [branch] if everywhere or not refspecs else [f"+{_HEAD}{branch}:{_REMOTE}{remote}/{branch}"]
    if name.startswith((_TAG, "tags/")) or _VERSION.fullmatch(name):
        return ["tag", name.removeprefix(_TAG).removeprefix("tags/")]
    if _COMMIT.fullmatch(name):
        return [name] if len(name) in (40, 64) else []
    branch = name.removeprefix(_HEAD).removeprefix("heads/")
    return [f"{branch}:{branch}"]
