"""From a path to a ladder, with the shared files it uses; or to the findings that say why not."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from laddercli import consistency, references, shape
from laddercli.document import Document
from laddercli.errors import InvalidLadder, SharedFile, Unreadable
from laddercli.files import Disk, Files
from laddercli.findings import Finding, Place, Problem, closest, from_fault, from_problem
from laddercli.nodes import Span, core
from laddercli.references import Bundle
from laddercli.schema import LadderFile
from laddercli.visibility import AUDIENCES, Audience, may_see

if TYPE_CHECKING:
    from laddercli.ladder import Ladder

MAX_USES = 8


class File(NamedTuple):
    """A file as far as it can be judged by itself. ``content`` is None when its shape is wrong."""

    document: Document
    content: LadderFile | None
    problems: tuple[Problem, ...]

    @property
    def is_ladder(self) -> bool:
        return isinstance(self.document.data, dict) and "tracks" in self.document.data


# What `visibility` is about.
Secret = Literal["pay", "notes"]
# To a reader, a finding is the same when rule, place and message are.
Said = tuple[str, str, Span, str]


class Gathered(NamedTuple):
    """A file with everything it uses, in the order of merging, and what is wrong with the using."""

    files: tuple[File, ...]
    problems: tuple[Problem, ...]
    incomplete: bool
    absent: tuple[str, ...]


class Opened(NamedTuple):
    """A file that was read for more than its validity. ``ladder`` is None when something is wrong; a shared file has
    one without tracks. ``shared`` are the documents it uses; ``shows_pay`` and ``shows_notes`` say whether the
    audience may see pay, and notes."""

    document: Document
    shared: tuple[Document, ...]
    findings: tuple[Finding, ...]
    ladder: Ladder | None
    is_ladder: bool
    shows_pay: bool
    shows_notes: bool


class Loader:
    """Reads ladders for one run. Shared files are read once; a ladder is dropped when its caller is done with it.

    ``files`` are where they are read from, the disk unless it is a revision. ``drafts`` hold what files on disk would
    say, by their real paths, before anybody writes it.
    """

    def __init__(
        self,
        *,
        pure: bool = False,
        audience: Audience = "public",
        drafts: Mapping[str, bytes] | None = None,
        files: Files | None = None,
    ) -> None:
        self._audience = audience
        self._files: Files = files or Disk(drafts)
        self._pure = pure
        self._shared: dict[str, File] = {}
        self._said: set[Said] = set()

    def examine(self, path: str, *, text: bytes | None = None, name: str | None = None) -> list[Finding]:
        """Everything that is wrong with a file and with the shared files it uses, in the order of the lines.

        What a shared file has wrong is reported once in a run, however many ladders use it. ``text`` stands for the
        content of the file, as when it comes from standard input; ``name`` is what the findings call it.
        Raises ``Unreadable`` when the file cannot be opened.
        """
        gathered = self._gather(self._read(path, text, name), path)
        return self._findings(gathered, self._said)

    def open(self, path: str, *, text: bytes | None = None, name: str | None = None) -> Opened:
        """A file with everything it uses, judged and, where nothing is wrong, built. Parameters as in ``examine``."""
        gathered = self._gather(self._read(path, text, name), path)
        findings = self._findings(gathered, self._said)
        faulty = {path for _, path, *_ in self._said}
        is_valid = not findings and not any(file.document.path in faulty for file in gathered.files)
        return Opened(
            gathered.files[-1].document,
            tuple(file.document for file in gathered.files[:-1]),
            tuple(findings),
            self._built(gathered, path) if is_valid else None,
            gathered.files[-1].is_ladder,
            self._shows("pay", gathered),
            self._shows("notes", gathered),
        )

    def load(self, path: str) -> Ladder:
        """The ladder in a file. Raises ``InvalidLadder`` with every finding, ``SharedFile`` or ``Unreadable``."""
        gathered = self._gather(self._read(path), path)
        findings = self._findings(gathered, set())
        label = self._files.label(path)
        if findings:
            raise InvalidLadder(label, findings)
        if not gathered.files[-1].is_ladder:
            raise SharedFile(f"{label} is a shared file: it has no `tracks`, so there is no ladder in it")
        return self._built(gathered, path)

    def _read(self, path: str, text: bytes | None = None, name: str | None = None) -> File:
        if text is not None:
            return self._judged(text, name or path)
        real = self._files.real(path)
        if real in self._shared:
            return self._shared[real]
        file = self._judged(self._files.read(path), name or self._files.label(path))
        if not file.is_ladder:
            self._shared[real] = file
        return file

    def _judged(self, text: bytes, name: str) -> File:
        document = Document.parse(text, name, pure=self._pure)
        content, problems = shape.check(document) if document.root or not document.faults else (None, [])
        return File(document, content, tuple(problems))

    def _gather(self, file: File, path: str) -> Gathered:
        data = file.document.data
        if not isinstance(data, dict) or "uses" not in data:
            return Gathered((file,), (), False, ())
        use = _Uses(self, self._files, self._files.top(path))
        use.follow(file, path, ())
        return Gathered((*use.files, file), tuple(use.problems), use.incomplete, tuple(use.absent))

    def _findings(self, gathered: Gathered, said: set[Said]) -> list[Finding]:
        """What is wrong, in the order of the lines, without amounts and notes where the audience may not see them."""
        findings = sorted(self._judge(gathered, said), key=lambda finding: finding.order)
        if not findings:
            return findings
        from laddercli.masking import masked

        documents = {file.document.path: file.document for file in gathered.files}
        shows_pay, shows_notes = self._shows("pay", gathered), self._shows("notes", gathered)
        return masked(findings, documents, shows_pay=shows_pay, shows_notes=shows_notes)

    def _shows(self, what: Secret, gathered: Gathered) -> bool:
        """Whether the audience may see pay, or notes."""
        return may_see(self._audience, _visibility(what, gathered))

    def _judge(self, gathered: Gathered, said: set[Said]) -> Iterator[Finding]:
        """``said`` is what has been said about shared files; what a ladder itself has wrong is always said."""
        root = gathered.files[-1].document
        shared = {file.document.path for file in self._shared.values()}
        own: set[Said] = set()

        def is_new(finding: Finding) -> bool:
            known = said if finding.path in shared else own
            what = (finding.rule, finding.path, finding.span, finding.message)
            new = what not in known
            known.add(what)
            return new

        documents = {file.document.path: file.document for file in gathered.files}
        for file in gathered.files:
            yield from filter(is_new, (from_fault(file.document, fault) for fault in file.document.faults))
        problems = [problem for file in gathered.files for problem in file.problems]
        problems += gathered.problems
        if isinstance(root.data, dict):
            readable = [file.document for file in gathered.files[:-1] if isinstance(file.document.data, dict)]
            bundle = Bundle(root, tuple(readable), gathered.incomplete, gathered.absent)
            problems += references.check(bundle)
            for document in bundle.documents:
                problems += consistency.check(Bundle(document, bundle.shared if document is root else ()))
        findings = (from_problem(problem, documents[problem.place.file], documents) for problem in problems)
        yield from filter(is_new, findings)

    def _built(self, gathered: Gathered, path: str) -> Ladder:
        from laddercli.builder import build

        contents = [(file.document.path, file.content) for file in gathered.files if file.content is not None]
        if self._files.revision is None:
            return build(contents)
        # Here, what people read as the file's name is no path, and holds whatever a branch may be called.
        return build(contents, os.path.splitext(os.path.basename(path))[0], self._files.revision)


def _visibility(what: Secret, gathered: Gathered) -> Audience:
    """The strictest that a file asks for; confidential where none says so, or says it in a way that is not read."""
    given: list[Audience] = []
    for file in gathered.files:
        data = file.document.data
        visibility = data.get("visibility") if isinstance(data, dict) else None
        if isinstance(visibility, dict) and visibility.get(what) in AUDIENCES:
            given.append(visibility[what])
        elif not isinstance(data, dict) or visibility is not None:
            given.append("confidential")
    return max(given, key=AUDIENCES.index, default="confidential")


class _Uses:
    """Follows `uses` from one file, deepest first, as they are merged."""

    def __init__(self, loader: Loader, where: Files, top: str) -> None:
        self.files: list[File] = []
        self.problems: list[Problem] = []
        self.absent: list[str] = []
        self.incomplete = False
        self._loader = loader
        self._where = where
        self._top = top
        self._seen: set[str] = set()

    def follow(self, file: File, path: str, way: tuple[str, ...]) -> None:
        """Take in what ``file`` uses; ``way`` holds the real paths that lead here."""
        data = file.document.data
        uses = data.get("uses", []) if isinstance(data, dict) else []
        if not isinstance(uses, list):
            self.incomplete = True
            return
        here = self._where.real(path)
        for index, use in enumerate(uses):
            name = use.get("path") if isinstance(use, dict) else use
            optional = isinstance(use, dict) and core(use.get("optional")) is True
            if isinstance(name, str) and name.strip():
                place = Place(file.document.path, ("uses", index, "path"))
                self._take(name, optional, place, path, (*way, here))
            else:
                self.incomplete = True

    def _take(self, name: str, optional: bool, place: Place, namer: str, way: tuple[str, ...]) -> None:
        path = os.path.normpath(os.path.join(os.path.dirname(namer), name))
        try:
            real = self._where.real(path)
        except Unreadable as error:
            self._refuse(Problem("uses-not-found", place, error.message))
            return
        problem = self._forbidden(name, path, real, place, way)
        if problem:
            self._refuse(problem)
        elif optional and not self._where.exists(path):
            self.absent.append(name)
        elif real not in self._seen:
            self._seen.add(real)
            try:
                file = self._loader._read(path)
            except Unreadable as error:
                help = None if self._where.exists(path) else _missing_help(path, self._where)
                self._refuse(Problem("uses-not-found", place, error.message, help=help))
                return
            if file.is_ladder:
                help = "move what both need into a shared file, one without `tracks`"
                self._refuse(
                    Problem("uses-not-found", place, f"{name} is a ladder; only a shared file can be used", help=help)
                )
                return
            self.incomplete = self.incomplete or _may_hide_definitions(file)
            self.follow(file, path, way)
            self.files.append(file)

    def _refuse(self, problem: Problem) -> None:
        self.incomplete = True
        self.problems.append(problem)

    def _forbidden(self, name: str, path: str, real: str, place: Place, way: tuple[str, ...]) -> Problem | None:
        if real in way:
            return Problem("uses-cycle", place, f"{name} uses itself{'' if real == way[-1] else ' by way of others'}")
        if len(way) > MAX_USES:
            return Problem("uses-cycle", place, f"files use each other more than {MAX_USES} deep")
        if os.path.isabs(name) or not self._where.inside(path, self._top):
            help = "a ladder uses files of its own repository, by a path relative to the file that names them"
            return Problem("uses-outside", place, f"{name} lies outside of the repository", help=help)
        return None


# Where a shared file defines what ladders refer to.
_DEFINING = ("grades", "metrics", "measures", "compensation")


def _may_hide_definitions(file: File) -> bool:
    """Whether something is wrong with a file in a place where it may define what others refer to."""
    if file.document.data is None:
        return True
    for problem in file.problems:
        first = problem.place.loc[0] if problem.place.loc else None
        stray = problem.rule == "unknown-key" and len(problem.place.loc) == 1
        if first in _DEFINING or first == "uses" or (stray and problem.suggestion in (None, *_DEFINING)):
            return True
    return False


def _missing_help(path: str, where: Files) -> str:
    """The file beside that was probably meant; else how to say that a file may be missing."""
    meant = closest(os.path.basename(path), where.siblings(path))
    return f"did you mean {meant}?" if meant else "say `optional: true` if it may be missing"


def load(path: str) -> Ladder:
    """Read a ladder with the shared files it uses.

    Raises ``InvalidLadder`` with every finding when a file is not valid, ``SharedFile`` when it has no tracks, and
    ``Unreadable`` when it cannot be opened.
    """
    return Loader().load(path)


def examine(path: str) -> list[Finding]:
    """Everything that keeps a file from being a valid ladder, in the order of the lines; empty when it is one.

    Raises ``Unreadable`` when the file cannot be opened. Amounts of pay are masked in the findings.
    """
    return Loader().examine(path)
