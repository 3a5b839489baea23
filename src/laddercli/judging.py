"""One run over files: what is found in all of them, what does not count, and what can be mended."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from laddercli import baseline
from laddercli.baseline import Baseline
from laddercli.config import Config
from laddercli.discovery import Source
from laddercli.document import Document
from laddercli.errors import Unreadable
from laddercli.findings import VALIDITY, Finding
from laddercli.linter import Linter
from laddercli.loader import Loader, Opened
from laddercli.selection import Request, Selection, select
from laddercli.visibility import Audience

if TYPE_CHECKING:
    from laddercli.amendments import Patch

# A fix may make room for another; after so many rounds something goes in circles.
MAX_ROUNDS = 10


@dataclass(frozen=True)
class Terms:
    """How files are judged: with which rules, on which day, for which audience, with what set aside."""

    request: Request
    configured: Callable[[str], Config]
    day: date
    audience: Audience = "public"
    baseline: Baseline | None = None
    ignores: bool = True
    is_whole: bool = False
    formats: bool = False

    @property
    def selection(self) -> Callable[[str], Selection]:
        """The rules that run for the files of a folder."""
        known: dict[str, Selection] = {}

        def of(folder: str) -> Selection:
            config = self.configured(folder)
            return known.setdefault(config.path or config.folder, select(config, self.request))

        return cache(of)


class Judged(NamedTuple):
    """What one run has found, in the order of files and lines. ``findings`` count, ``suppressed`` do not; ``files``
    were judged, ``unread`` could not be opened. ``documents`` are those that a patch is for."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    files: tuple[str, ...]
    unread: tuple[Unreadable, ...]
    documents: Mapping[str, Document]


class Mended(NamedTuple):
    """The last run after mending, the new text of each file by its name, and how many findings were mended."""

    judged: Judged
    drafts: Mapping[str, str]
    number: int


def judge(sources: Sequence[Source], terms: Terms, drafts: Mapping[str, str] | None = None) -> Judged:
    """Judge every file. ``drafts`` stand for what files would say, by the names they are shown with."""
    drafts = drafts or {}
    contents = {os.path.realpath(name): text.encode() for name, text in drafts.items()}
    loader = Loader(audience=terms.audience, drafts=contents)
    selection = terms.selection
    linter = Linter(loader, selection, terms.day, ignores=terms.ignores, is_whole=terms.is_whole)
    findings: list[Finding] = []
    unread: list[Unreadable] = []
    files: list[str] = []
    documents: dict[str, Document] = {}
    for name, text in sources:
        try:
            given = drafts[name].encode() if text is not None and name in drafts else text
            opened, found = linter.lint(name, text=given, name=None if text is None else name)
        except Unreadable as error:
            unread.append(error)
            continue
        files.append(name)
        found += _about_layout(opened, selection(os.path.dirname(name) or ".").config) if terms.formats else []
        findings += found
        documents |= _to_mend(opened, found)
    late = linter.finish()
    documents |= {name: document for name, document in linter.shared.items() if any(f.path == name for f in late)}
    ordered = _ordered([*findings, *late], files)
    ordered = _without_baseline(ordered, terms, files, selection)
    ordered = [wanted for each in ordered if (wanted := selection(os.path.dirname(each.path) or ".").judged(each))]
    return Judged(
        tuple(finding for finding in ordered if finding.suppressed is None),
        tuple(finding for finding in ordered if finding.suppressed is not None),
        tuple(files),
        tuple(unread),
        documents,
    )


def mend(sources: Sequence[Source], terms: Terms, wanted: Callable[[Patch], bool]) -> Mended:
    """Judge and mend until nothing more can be mended. Nothing is written: the drafts say what files should be."""
    from laddercli import fixes

    drafts: dict[str, str] = {}
    count = 0
    # What an audience may not read is mended all the same, and the fix of a finding that hides it is not shown.
    unmasked = replace(terms, audience="confidential")
    for _ in range(MAX_ROUNDS):
        judged = judge(sources, unmasked, drafts)
        changed = False
        for path, document in judged.documents.items():
            patches = [
                finding.patch
                for finding in judged.findings
                if finding.patch and finding.patch.path == path and wanted(finding.patch)
            ]
            mended = fixes.mend(document, patches)
            if mended.taken and mended.text != document.text:
                drafts[path] = mended.text
                count += len(mended.taken)
                changed = True
        if not changed:
            break
    if terms.audience != unmasked.audience:
        judged = judge(sources, terms, drafts)
    return Mended(judged, drafts, count)


def _about_layout(opened: Opened, config: Config) -> list[Finding]:
    from laddercli.formatter import unformatted
    from laddercli.masking import masked

    finding = unformatted(opened.document, config.indent, config.width)
    if finding is None:
        return []
    documents = {opened.document.path: opened.document}
    return list(masked([finding], documents, shows_pay=opened.shows_pay, shows_notes=opened.shows_notes))


def _to_mend(opened: Opened, found: Iterable[Finding]) -> dict[str, Document]:
    """The documents of a file that findings have patches for."""
    paths = {finding.patch.path for finding in found if finding.patch}
    return {document.path: document for document in (*opened.shared, opened.document) if document.path in paths}


def _ordered(findings: list[Finding], files: Iterable[str]) -> list[Finding]:
    """File by file in the order of the files, then by lines. What is found in a shared file stands with the file."""
    places = {name: index for index, name in enumerate(files)}
    return sorted(findings, key=lambda finding: (places.get(finding.path, len(places)), finding.order))


def _without_baseline(
    findings: list[Finding], terms: Terms, files: Sequence[str], selection: Callable[[str], Selection]
) -> list[Finding]:
    """The findings with those of the baseline suppressed, and what is out of date in it."""
    if terms.baseline is None:
        return findings
    result, met = baseline.applied(terms.baseline, findings)
    invalid = {finding.path for finding in findings if finding.category == VALIDITY}
    ran = frozenset(name for file in files for name in selection(os.path.dirname(file) or ".").names)
    judged = (file for file in files if file not in invalid)
    old = baseline.stale(terms.baseline, met, judged, ran, is_whole=terms.is_whole)
    return [*result, *(baseline.stale_finding(terms.baseline.path, line, entry) for line, entry in old)]


def lint(path: str) -> list[Finding]:
    """What `ladder lint` finds in a file with the configuration nearest to it, in the order of the lines. What a
    comment in the file ignores is left out. Amounts of pay are hidden.

    Raises ``Unreadable`` when the file cannot be opened, and ``LadderError`` when the configuration cannot be used.
    """
    from laddercli.discovery import Discovery
    from laddercli.linter import today

    judged = judge([Source(path)], Terms(Request(), Discovery().config, today()))
    for unread in judged.unread:
        raise unread
    return list(judged.findings)
