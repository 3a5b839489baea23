"""A repository that somebody keeps ladders in: its versions, what its files said in them, and who changed them when."""

from __future__ import annotations

import os
import re
from collections.abc import Generator, Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from laddercli.errors import NoRepository, NoRevision, Unreadable
from laddercli.findings import closest
from laddercli.repository import advice
from laddercli.repository.git import Answer, Git
from laddercli.repository.history import Commit, commits, moment, renamed
from laddercli.repository.objects import Objects
from laddercli.repository.revision import Revision

_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_HEADS = ("HEAD", "@")


class Repository:
    """A repository, read by the real git. It is closed after use, at best by `with`.

    ``top`` is its top folder, None where it has no files of its own, as a bare one. ``is_shallow`` says that its
    history was cut short when it was cloned.
    """

    def __init__(self, git: Git, top: str | None, is_shallow: bool) -> None:
        self.top = top
        self.is_shallow = is_shallow
        self._git = git
        self._objects = Objects(git)

    @classmethod
    def at(cls, path: str) -> Self:
        """The repository that a file or folder lies in, or that the variable `GIT_DIR` names. What does not exist any
        more counts as what it lay in. Raises ``NoRepository``."""
        folder = os.getcwd() if os.environ.get("GIT_DIR") else _folder(path)
        answer = Git(folder).ask("rev-parse", "--is-bare-repository", "--is-shallow-repository", "--show-toplevel")
        lines = answer.lines
        if len(lines) < 2:
            raise _no_repository(answer, path)
        top = None if answer.code else "\n".join(lines[2:])  # a folder may have any name
        return cls(Git(top or folder), top, lines[1] == "true")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the process that reads objects. Whoever asks again starts another."""
        self._objects.close()

    def name_of(self, path: str) -> str:
        """What a file or folder is called from the top of the repository; the top itself is the empty name. In a bare
        one, paths are taken as if it held its files. Raises ``Unreadable`` for what lies elsewhere."""
        top = self.top or self._git.folder
        folder, name = os.path.split(os.path.abspath(path))
        name = os.path.relpath(os.path.join(os.path.realpath(folder), name), os.path.realpath(top))
        if name.split(os.sep)[0] == os.pardir:
            raise Unreadable(f"{path} lies outside of the repository {os.path.relpath(top)}")
        return "" if name == os.curdir else name.replace(os.sep, "/")

    def resolve(self, revision: str) -> str:
        """The full id of the commit that a revision means. Raises ``NoRevision`` with the way to get it."""
        if not revision or revision.startswith("-") or "\0" in revision:
            raise NoRevision(f"`{revision}` is no revision")
        try:
            answer = self._git.ask("rev-parse", "--verify", "--end-of-options", revision)
        except UnicodeEncodeError:
            raise NoRevision(f"`{revision}` is no revision") from None
        id = answer.lines[0] if answer.lines else ""
        if answer.code or not _ID.fullmatch(id):
            raise self._unknown(revision, answer)
        commit = self._objects.get(f"{id}^{{commit}}")
        if commit is None:
            other = self._objects.get(id, 0)
            if other is None:
                raise self._unknown(revision, answer)
            raise NoRevision(f"`{revision}` is a {other.kind}, not a commit")
        return commit.id

    def revision(self, name: str) -> Revision:
        """The files at a revision. Raises ``NoRevision``."""
        return Revision(self._objects, self.resolve(name), name)

    def files(self, id: str, name: str) -> Revision:
        """The files of a commit whose full id is known, as ``commits`` tells it: git is not asked what it means.
        ``name`` is what people read."""
        return Revision(self._objects, id, name)

    def merge_base(self, one: str, other: str) -> str:
        """The id of the latest commit that both revisions come from. Raises ``NoRevision`` where there is none."""
        answer = self._git.ask("merge-base", self.resolve(one), self.resolve(other))
        if answer.code == 0 and answer.lines:
            return answer.lines[0]
        if self.is_shallow:
            help = f"`{advice.unshallow(self._remotes())}` gets the rest of the history"
            raise NoRevision(f"`{one}` and `{other}` have no common ancestor in this shallow clone", help)
        raise NoRevision(f"`{one}` and `{other}` have no common ancestor")

    def commits(
        self,
        paths: Iterable[str],
        *,
        start: str = "HEAD",
        since: str | None = None,
        until: str | None = None,
        number: int | None = None,
        follow: bool = True,
    ) -> Generator[Commit]:
        """The commits that changed any of these files, newest first, each when it is asked for.

        History is walked along first parents: see ``history.commits``. ``since`` and ``until`` are moments in any words
        that git knows, a day being meant as a whole; ``follow`` keeps to files that were renamed. Raises
        ``NoRevision`` for ``start``.
        """
        files = tuple(paths)
        return commits(self._git, self._objects, self.resolve(start), files, since, until, number, follow)

    def renamed(self, old: str, new: str | None) -> dict[str, str]:
        """What files of a revision, or of the working tree where ``new`` is None, were called at another revision: by
        their new names from the top. Raises ``NoRevision``."""
        return renamed(self._git, self.resolve(old), self.resolve(new) if new else None)

    def is_cut(self, commit: Commit) -> bool:
        """Whether history goes on before a commit, but not in this clone, which was cut short there."""
        if commit.parent is not None or not self.is_shallow:
            return False
        found = self._objects.get(commit.id)  # the object still names the parents that the clone lacks
        return found is not None and b"\nparent " in found.data.partition(b"\n\n")[0]

    def unshallow(self) -> str:
        """The command that gets the rest of the history of a clone that was cut short."""
        return advice.unshallow(self._remotes())

    def moment(self, words: str, name: str) -> datetime:
        """What git understands by words such as "2 weeks ago"; a day is its beginning where ``name`` is `since`, and
        its end where it is `until`. git takes words that it does not know for now."""
        answer = self._git.ask("rev-parse", f"--{name}={moment(words, name)}")
        seconds = answer.lines[0].partition("=")[2] if answer.lines else ""
        return datetime.fromtimestamp(int(seconds) if seconds.isdecimal() else 0, UTC)

    def names(self) -> list[str]:
        """The branches and tags, those of remotes included, the latest first."""
        refs = ("refs/heads", "refs/tags", "refs/remotes")
        answer = self._git.ask("for-each-ref", "--sort=-creatordate", "--format=%(symref)%00%(refname:short)", *refs)
        return [line[1:] for line in answer.lines if line.startswith("\0")]  # what stands for another ref is none

    def _remotes(self) -> list[str]:
        return self._git.ask("remote").lines

    def _unknown(self, revision: str, answer: Answer) -> NoRevision:
        """What to say about a revision that is not there, and what to type so that it is."""
        base = advice.base(revision)
        if base != revision and self._is_known(base):
            if self.is_shallow:
                help = f"`{advice.unshallow(self._remotes())}` gets the rest of the history"
                return NoRevision(f"there is no `{revision}` in this shallow clone", help)
            return NoRevision(f"there is no `{revision}`{_why(answer) or f': the history of `{base}` is shorter'}")
        if base in _HEADS:
            return NoRevision(f"there is no `{revision}`: this repository has no commits yet")
        if "is ambiguous" in answer.err:
            return NoRevision(f"`{revision}` is ambiguous: {answer.reason}")
        remotes, names = self._remotes(), self.names()
        meant = closest(base, names)
        where = " in this shallow clone" if self.is_shallow else ""
        words = f"there is no revision `{revision}`{where}" + (f"; did you mean `{meant}`?" if meant else "")
        absent = advice.absent_remote(base, remotes, names)
        if absent:
            words += f": there is no remote `{absent}`"
            return NoRevision(words, f"`git remote add {absent} URL` and `git fetch {absent}` get it, if it is there")
        specs = self._git.ask("config", "--get-all", f"remote.{advice.remote_of(base, remotes)}.fetch").lines
        command = advice.fetching(base, remotes, specs, self.is_shallow)
        if command is None:
            return NoRevision(words + _why(answer))
        if remotes:
            return NoRevision(words, f"`{command}` gets it, if it is there")
        return NoRevision(words, f"`{command}` gets it, once `git remote add origin URL` has said where from")

    def _is_known(self, name: str) -> bool:
        return self._git.ask("rev-parse", "--verify", "--quiet", "--end-of-options", name).code == 0


def _why(answer: Answer) -> str:
    """What git says of a revision, unless that is no more than that it is none."""
    return "" if not answer.code or answer.reason == "Needed a single revision" else f": {answer.reason}"


def _folder(path: str) -> str:
    """The folder of a file, or a folder itself; the next one above that is there."""
    here = os.path.abspath(path)
    while not os.path.isdir(here):
        here = os.path.dirname(here)
    return here


def _no_repository(answer: Answer, path: str) -> NoRepository:
    if "dubious ownership" in answer.err:
        command = re.search(r"git config .*", answer.err)
        help = f"if you trust it: `{command[0]}`" if command else None
        return NoRepository("git does not read this repository, because it belongs to somebody else", help)
    if "not a git repository" in answer.err:
        help = "a revision is read from git; clone the repository, or go to where it is"
        return NoRepository(f"{os.path.relpath(_folder(path))} is not in a git repository", help)
    return NoRepository(f"git does not read this repository: {answer.reason}")
