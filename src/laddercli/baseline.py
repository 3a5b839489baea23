"""The baseline: the findings a repository has decided to live with, so that only new ones fail.

It is one sorted JSON file of fingerprints without line numbers, one finding to a line, so that two branches that
mend different things seldom touch the same line.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from laddercli.errors import LadderError
from laddercli.files import read
from laddercli.findings import VALIDITY, Finding, Severity, Suppression, fingerprints
from laddercli.nodes import Mark, Span
from laddercli.repository import Names, root_of
from laddercli.rules import RUN

VERSION = 1


class BadBaseline(LadderError):
    """The file of the baseline cannot be used."""


class Entry(NamedTuple):
    """A finding to live with: its file from the top of the repository, its part, its rule and its fingerprint."""

    file: str
    path: str
    rule: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """The entries in a file, in its order. ``lines`` is the line of each."""

    path: str
    entries: tuple[Entry, ...]
    lines: tuple[int, ...] = ()

    def counts(self) -> Counter[tuple[str, str]]:
        """How many findings there are by file and rule."""
        return Counter((entry.file, entry.rule) for entry in self.entries)


def load(path: str) -> Baseline:
    """The baseline in a file. Raises ``BadBaseline``, and ``Unreadable`` when it cannot be opened."""
    text = read(path).decode("utf-8", "replace")
    try:
        data: Any = json.loads(text)
        if data["version"] != VERSION:
            raise BadBaseline(f"{os.path.relpath(path)}: version {data['version']} is not one this ladder reads")
        entries = tuple(Entry(**entry) for entry in data["findings"])
        if not all(isinstance(word, str) for entry in entries for word in entry):
            raise TypeError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        help = "restore it from git, or write it anew with `ladder baseline write`"
        raise BadBaseline(f"{os.path.relpath(path)} is not a baseline", help) from None
    line_of: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        for print in (line[start : start + 64] for start in _prints(line)):
            line_of.setdefault(print, number)
    return Baseline(path, entries, tuple(line_of.get(entry.fingerprint, 1) for entry in entries))


def _prints(line: str) -> Iterator[int]:
    mark = '"fingerprint": "'
    start = line.find(mark)
    if start >= 0:
        yield start + len(mark)


def made(path: str, findings: Iterable[Finding]) -> Baseline:
    """The baseline that takes in findings of rules. What `validate` says, and what is about the run, stays out."""
    names = Names()
    every = list(findings)
    entries = [
        Entry(names.of(finding.path), finding.logical_path, finding.rule, fingerprint)
        for finding, fingerprint in zip(every, fingerprints(every), strict=True)
        if finding.category not in (VALIDITY, RUN) and (not finding.suppressed or finding.suppressed.kind != "ignore")
    ]
    return Baseline(path, tuple(sorted(entries)))


def written(baseline: Baseline) -> str:
    """The text of the file."""
    rows = [json.dumps(entry._asdict(), ensure_ascii=False) for entry in sorted(baseline.entries)]
    body = ",\n".join(f"    {row}" for row in rows)
    findings = f"[\n{body}\n  ]" if rows else "[]"
    return f'{{\n  "version": {VERSION},\n  "count": {len(rows)},\n  "findings": {findings}\n}}\n'


def applied(baseline: Baseline, findings: list[Finding]) -> tuple[list[Finding], frozenset[Entry]]:
    """The findings, with those of the baseline suppressed, and the entries that were met."""
    known = {entry.fingerprint: entry for entry in baseline.entries}
    met = set()
    result = []
    for finding, fingerprint in zip(findings, fingerprints(findings), strict=True):
        entry = known.get(fingerprint)
        if entry is not None:
            met.add(entry)
            if finding.suppressed is None:
                finding = replace(finding, suppressed=Suppression("baseline"))
        result.append(finding)
    return result, frozenset(met)


def stale(
    baseline: Baseline, met: Container[Entry], files: Iterable[str], ran: Container[str], *, is_whole: bool = False
) -> list[tuple[int, Entry]]:
    """The entries, with their lines, that met nothing though their file was judged by their rule. In a run over the
    whole repository also those whose file is gone."""
    names = Names()
    judged = {names.of(file) for file in files}
    folder = os.path.dirname(os.path.realpath(baseline.path))
    top = root_of(folder) or os.getcwd()
    gone = {
        entry.file
        for entry in (baseline.entries if is_whole else ())
        if entry.file not in judged and not os.path.lexists(os.path.join(top, entry.file))
    }
    return [
        (line, entry)
        for line, entry in zip(baseline.lines, baseline.entries, strict=True)
        if entry not in met and ((entry.file in judged and entry.rule in ran) or entry.file in gone)
    ]


def merged(old: Baseline, new: Baseline, ran: Container[str]) -> Baseline:
    """The new entries of the rules that have run, with the old ones of the others."""
    kept = (entry for entry in old.entries if entry.rule not in ran)
    return Baseline(new.path, tuple(sorted({*kept, *new.entries})))


def stale_finding(path: str, line: int, entry: Entry) -> Finding:
    """The finding for an entry that is out of date."""
    part = f" at {entry.path}" if entry.path else ""
    return Finding(
        rule="stale-baseline",
        severity=Severity.WARNING,
        category=RUN,
        message=f"{entry.file}{part} has no such `{entry.rule}` any more",
        path=os.path.relpath(path),
        span=Span(Mark(line, 1), Mark(line, 1)),
        help="`ladder baseline prune` removes what is out of date",
        logical_path=entry.path,
        arguments=(entry.fingerprint,),
    )
