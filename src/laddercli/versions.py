"""How two versions to compare are named: by paths, by git revisions, or by `REV:path`.

What is said on the command line becomes two sides here, without reading any file: whoever calls says which words are
paths and which are revisions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from laddercli.errors import Ambiguous, LadderError

HEAD = "HEAD"
_PATHS = ("./", "../", "/")
_SUFFIXES = (".yaml", ".yml")

Is = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two versions. ``revision`` is None for the working tree, ``path`` for every configured ladder.

    ``implied`` says that the path was named on the other side only: here it may be missing, or have another name.
    ``name`` is what people call the revision where that is not the word that git knows, as for a merge base.
    """

    revision: str | None = None
    path: str | None = None
    implied: bool = False
    name: str | None = None

    @property
    def title(self) -> str:
        """What people call this version."""
        return self.name or self.revision or "working tree"

    @property
    def where(self) -> str:
        """The version within a sentence."""
        return "in the working tree" if self.revision is None else f"at {'the ' if self.name else ''}{self.title}"


def sides(words: Sequence[str], against: str | None, is_path: Is, is_revision: Is) -> tuple[Side, Side]:
    """The old and the new side that the words of the command line mean. Raises ``LadderError``.

    Without words, the last commit is compared with the working tree; one word is compared with the working tree, and
    a path with what the last commit has there. ``against`` is a revision that stands for the old side.
    """
    given = [side(word, is_path, is_revision) for word in words]
    if against is not None:
        if len(given) > 1:
            raise LadderError("--against names the old version, so there is room for one more, the new one")
        old, new = Side(against), given[0] if given else Side()
    elif len(given) == 2:
        old, new = given
    elif given and given[0].revision is not None:
        old, new = given[0], Side()
    else:
        old, new = Side(HEAD), given[0] if given else Side()
    return _beside(old, new), _beside(new, old)


def side(word: str, is_path: Is, is_revision: Is) -> Side:
    """What one word means. Raises ``Ambiguous`` where it is a path and a revision."""
    if not word:
        raise LadderError("a version is empty", "name a path, a git revision, or REV:path")
    if word.startswith(_PATHS) or word in (".", ".."):
        return Side(path=word)
    if is_path(word):
        if is_revision(word):
            help = f"write ./{word} for the path, or --against {word} for the revision"
            raise Ambiguous(f"`{word}` is a path and a revision", help)
        return Side(path=word)
    if is_revision(word):
        return Side(word)
    revision, colon, path = word.partition(":")
    if colon and revision and path and not revision.endswith("/"):
        return Side(revision, path)
    _refuse_range(word)
    # A file that is gone from the working tree is still meant by its path; anything else is told to be no revision.
    return Side(path=word) if word.endswith(_SUFFIXES) else Side(word)


def _refuse_range(word: str) -> None:
    """Say how two versions are named to somebody who names them as for `git diff`."""
    if ".." not in word or word.endswith(_SUFFIXES):
        return
    dots = "..." if "..." in word else ".."
    old, _, new = word.partition(dots)
    option = "--merge-base " if dots == "..." else ""
    raise LadderError(f"`{word}` is no version", f"write `ladder diff {option}{old or HEAD} {new or HEAD}`")


def _beside(side: Side, other: Side) -> Side:
    """A side without a path takes that of the other: `REV PATH` means `REV:PATH` against `PATH`."""
    return side if side.path is not None or other.path is None else replace(side, path=other.path, implied=True)


def title(old: Side, new: Side) -> str:
    """What is compared, such as "HEAD → working tree"; two paths of one version by their names."""
    if old.path != new.path and None not in (old.path, new.path):
        return " → ".join(f"{each.title}:{each.path}" if each.revision else str(each.path) for each in (old, new))
    if old.revision is None and new.revision is None:
        return f"{old.path} → {new.path}"
    return f"{old.title} → {new.title}"


def between(old: Side, new: Side) -> str:
    """What is compared, within a sentence: "HEAD and the working tree"."""
    if title(old, new) != f"{old.title} → {new.title}":
        return title(old, new).replace(" → ", " and ")
    return f"{_the(old)} and {_the(new)}"


def _the(side: Side) -> str:
    return f"the {side.title}" if side.revision is None or side.name else side.title
