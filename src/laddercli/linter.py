"""Runs the rules on ladders: places what they find, honors ignores, and judges shared files once in a run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from laddercli.comments import Comment
from laddercli.document import Document
from laddercli.findings import Finding, Place, Problem, Severity, from_problem
from laddercli.ignores import Ignores
from laddercli.ladder import Ladder
from laddercli.loader import Loader, Opened
from laddercli.nodes import Loc, Node, Span
from laddercli.reading import Reading, Remark, SharedUse
from laddercli.selection import Active, Selection

Said = tuple[str, str, Span, str]


def today() -> date:
    """The day that ladders are judged on: SOURCE_DATE_EPOCH, where that is given, else now."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(given), UTC) if given.isdecimal() else datetime.now(UTC)
    return moment.date()


@dataclass
class _Shared:
    """A shared file in this run: who uses it, and which names those ladders know. What one of them keeps from the
    audience is kept."""

    opened: Opened | None = None
    document: Document | None = None
    is_used: bool = False
    shows_pay: bool = True
    shows_notes: bool = True
    levels: set[str] = field(default_factory=set)
    measures: set[str] = field(default_factory=set)
    grades: set[str] = field(default_factory=set)


class Linter:
    """Judges ladders for one run. ``selection`` gives the rules for the files of a folder; ``ignores`` is false when
    comments do not count. ``is_whole`` says that the run sees every ladder that uses a shared file."""

    def __init__(
        self,
        loader: Loader,
        selection: Callable[[str], Selection],
        day: date,
        *,
        ignores: bool = True,
        is_whole: bool = False,
    ) -> None:
        self._loader = loader
        self._selection = selection
        self._day = day
        self._honors = ignores
        self._is_whole = is_whole
        self._said: set[Said] = set()
        self._shared: dict[str, _Shared] = {}
        self._ignores: dict[str, Ignores] = {}

    def lint(self, path: str, *, text: bytes | None = None, name: str | None = None) -> tuple[Opened, list[Finding]]:
        """Everything there is to say about a file, in the order of the lines; what is suppressed says so.

        An invalid file is only told to be invalid. A shared file is judged with the ladders that use it; ``finish``
        tells about those that none uses. Raises ``Unreadable``.
        """
        opened = self._loader.open(path, text=text, name=name)
        findings = list(opened.findings)
        if opened.ladder is not None:
            if opened.is_ladder:
                findings += self._judge(opened, opened.ladder)
            else:
                self._shared.setdefault(opened.document.path, _Shared()).opened = opened
        return opened, sorted(findings, key=lambda finding: finding.order)

    @property
    def shared(self) -> dict[str, Document]:
        """The shared files that were met, by name."""
        documents = {
            path: each.opened.document if each.opened else each.document for path, each in self._shared.items()
        }
        return {path: document for path, document in documents.items() if document is not None}

    def finish(self) -> list[Finding]:
        """What can only be said when all ladders have been seen."""
        findings: list[Finding] = []
        for path, shared in self._shared.items():
            opened, known = shared.opened, len(findings)
            selection = self._selection(os.path.dirname(path) or ".")
            if opened is not None and opened.ladder is not None and not shared.is_used:
                findings += self._judge(opened, opened.ladder)
            elif shared.document is not None and self._is_whole:
                findings += self._strangers(shared.document, shared, selection)
            document = opened.document if opened is not None else shared.document
            if document is not None and self._honors:
                findings += self._about_ignores(document, selection)
            if document is not None:
                uses = (shared, opened) if opened is not None else (shared,)
                findings[known:] = _masked(findings[known:], {document.path: document}, uses)
        return sorted(findings, key=lambda finding: finding.order)

    def _judge(self, opened: Opened, ladder: Ladder) -> Iterator[Finding]:
        selection = self._selection(os.path.dirname(opened.document.path) or ".")
        documents = {document.path: document for document in (*opened.shared, opened.document)}
        reading = Reading(ladder, self._day, _remarks(documents, selection), is_shared=not opened.is_ladder)
        own: set[Said] = set()
        found: list[Finding] = []
        for document in opened.shared:
            self._note(document, opened, ladder)
        for active in selection.active:
            if active.rule.language and not ladder.language.lower().startswith(active.rule.language):
                continue
            for problem in _problems(active, reading):
                if selection.ignores(problem.place.file, active.rule.name):
                    continue
                if active.only_errors and problem.severity is not Severity.ERROR:
                    continue
                finding = self._placed(problem, active, ladder, documents)
                said = (finding.rule, finding.path, finding.span, finding.message)
                known = own if problem.place.file == opened.document.path else self._said
                if said not in known:
                    known.add(said)
                    found.append(self._suppressed(finding, documents[problem.place.file], selection))
        if opened.is_ladder and self._honors:
            found += self._about_ignores(opened.document, selection)
        yield from _masked(found, documents, (opened,))

    def _note(self, document: Document, opened: Opened, ladder: Ladder) -> None:
        """Remember who uses a shared file, for what is said at the end."""
        shared = self._shared.setdefault(document.path, _Shared())
        shared.document = document
        shared.is_used = True
        shared.shows_pay &= opened.shows_pay
        shared.shows_notes &= opened.shows_notes
        shared.levels.update(ladder.levels)
        shared.measures.update(measure.id for measure in ladder.measures)
        shared.grades.update(grade.id for grade in ladder.grades)

    @staticmethod
    def _placed(problem: Problem, active: Active, ladder: Ladder, documents: Mapping[str, Document]) -> Finding:
        severity = active.severity
        if not active.is_chosen:
            severity = problem.severity or severity
            if active.rule.waivable and ladder.policy.parity == "waived":
                severity = Severity.INFO
        document = documents[problem.place.file]
        rule = active.rule
        return from_problem(
            problem, document, dict(documents), rule=rule.name, severity=severity, category=rule.category
        )

    def _suppressed(self, finding: Finding, document: Document, selection: Selection) -> Finding:
        """The finding with the reason why it does not count, if there is one."""
        suppression = self._ignores_of(document, selection).suppression(finding) if self._honors else None
        return replace(finding, suppressed=suppression) if suppression else finding

    def _ignores_of(self, document: Document, selection: Selection) -> Ignores:
        if document.path not in self._ignores:
            self._ignores[document.path] = Ignores(document, selection.house)
        return self._ignores[document.path]

    def _about_ignores(self, document: Document, selection: Selection) -> Iterator[Finding]:
        """What is wrong with the comments of a document, once all that they may suppress has been found."""
        ignores = self._ignores_of(document, selection)
        yield from ignores.mistakes
        yield from ignores.unused(selection.names)
        del self._ignores[document.path]

    def _strangers(self, document: Document, shared: _Shared, selection: Selection) -> Iterator[Finding]:
        """Names in a shared file that no ladder of the run knows."""
        use = SharedUse(
            document.path,
            document.data,
            frozenset(shared.levels),
            frozenset(shared.measures),
            frozenset(shared.grades),
        )
        for active in selection.active:
            for problem in active.rule.check_shared(use) if active.rule.check_shared else ():
                finding = from_problem(
                    problem,
                    document,
                    {document.path: document},
                    rule=active.rule.name,
                    severity=active.severity,
                    category=active.rule.category,
                )
                yield self._suppressed(finding, document, selection)


def _problems(active: Active, reading: Reading) -> Iterator[Problem]:
    check: Any = active.rule.check
    yield from check(reading) if active.options is None else check(reading, active.options)


def _masked(
    findings: list[Finding], documents: Mapping[str, Document], uses: Iterable[Opened | _Shared]
) -> list[Finding]:
    """The findings without what one of ``uses`` keeps from the audience."""
    uses = list(uses)
    shows_pay, shows_notes = all(use.shows_pay for use in uses), all(use.shows_notes for use in uses)
    if not findings or (shows_pay and shows_notes):
        return findings
    from laddercli.masking import masked

    return masked(findings, documents, shows_pay=shows_pay, shows_notes=shows_notes)


def _remarks(documents: Mapping[str, Document], selection: Selection) -> tuple[Remark, ...]:
    """The comments that follow unquoted prose, where a rule wants to know."""
    if not any(active.rule.reads_remarks for active in selection.active):
        return ()
    return tuple(remark for document in documents.values() for remark in _remarks_of(document))


def _remarks_of(document: Document) -> Iterator[Remark]:
    behind = {comment.mark.line: comment for comment in document.comments if not comment.alone}
    if behind and document.root is not None:
        for loc, node in _plain_texts(document.root):
            comment: Comment | None = behind.get(node.end.line + 1)
            if comment and not document.text[node.end.index : comment.start].strip():
                yield Remark(Place(document.path, loc), node.value, comment.text)


def _plain_texts(root: Node) -> Iterator[tuple[Loc, Node]]:
    """Every unquoted text with its loc."""
    todo: list[tuple[Loc, Node]] = [((), root)]
    while todo:
        loc, node = todo.pop()
        if isinstance(node.parts, dict):
            todo += [((*loc, name), part) for name, part in node.parts.items()]
        elif node.parts:
            todo += [((*loc, index), part) for index, part in enumerate(node.parts)]
        elif node.style == "" and isinstance(node.value, str):
            yield loc, node
