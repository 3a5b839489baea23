"""Findings as text, a function for each format.

A reporter takes a ``Report`` and gives the text to print. The format never changes what is found, how severe it is,
nor the exit code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from laddercli.display import count
from laddercli.findings import VALIDITY, Finding, Severity, fingerprints

Work = Literal["validate", "lint", "check", "format"]


@dataclass(frozen=True, slots=True)
class Report:
    """What one run has found, and how it is to be shown.

    ``findings`` count, ``suppressed`` do not; both are in the order of files and lines. ``files`` is the number of
    files that were judged, ``paths`` are their names. ``work`` is the command, which decides how its success is called
    and which flags are worth a hint. ``fail_on`` is the severity from which an opinion fails the run, None for never.

    ``hidden`` findings count but are not shown, because they matter less than a reader asked for.

    ``everything`` lists what would otherwise be grouped, ``quiet`` leaves out the summary, ``color`` allows escape
    sequences of color, ``width`` is that of the screen in cells.
    """

    findings: tuple[Finding, ...]
    files: int
    suppressed: tuple[Finding, ...] = ()
    paths: tuple[str, ...] = ()
    work: Work = "validate"
    fail_on: Severity | None = Severity.ERROR
    everything: bool = False
    hidden: int = 0
    quiet: bool = False
    color: bool = False
    width: int = 100

    def number(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def ignored(self) -> int:
        """How many findings a comment in the file answers."""
        return _suppressed_by("ignore", self.suppressed)

    @property
    def baseline(self) -> int:
        """How many findings were there before."""
        return _suppressed_by("baseline", self.suppressed)

    @property
    def fixable(self) -> int:
        """How many findings a program can mend without changing what the ladder asks for."""
        return sum(finding.patch is not None and finding.patch.safe for finding in self.findings)

    @property
    def fixable_unsafe(self) -> int:
        """How many more it can mend when somebody reads the result."""
        return sum(finding.patch is not None and not finding.patch.safe for finding in self.findings)

    @property
    def every(self) -> tuple[Finding, ...]:
        """What counts and what does not, in the order of files and lines."""
        if not self.suppressed:
            return self.findings
        return tuple(sorted((*self.findings, *self.suppressed), key=lambda finding: finding.order))

    @property
    def fingerprinted(self) -> list[tuple[Finding, str]]:
        """Every finding with its fingerprint. A suppressed one has its turn when equal findings are counted, so that
        suppressing it changes the name of no other."""
        return list(zip(self.every, fingerprints(self.every), strict=True))

    def fails(self, finding: Finding) -> bool:
        """Whether the run fails for a finding. That a file is no ladder counts whatever the threshold is."""
        ranks = list(Severity)
        return finding.category == VALIDITY or (
            self.fail_on is not None and ranks.index(finding.severity) <= ranks.index(self.fail_on)
        )

    def flag(self, name: str) -> str:
        """A flag as it is typed after reading this report: `check` cannot fix, `lint` can."""
        return name if self.work == "lint" else f"ladder lint {name}"

    @property
    def summary(self) -> str:
        """The last line: what was found, and in how many files."""
        kinds = [f"{self.ignored:,} ignored"] * bool(self.ignored)
        kinds += [f"{self.baseline:,} in the baseline"] * bool(self.baseline)
        kinds += [f"{self.hidden:,} below --min-severity"] * bool(self.hidden)
        aside = f" ({', '.join(kinds)})" if kinds else ""
        if not self.findings:
            return _SUCCESS[self.work].format(
                are=count(self.files, "file is", "files are"), files=count(self.files, "file"), aside=aside
            )
        found = [count(self.number(each), str(each)) for each in Severity if self.number(each)]
        return f"Found {', '.join(found)}{aside} in {count(self.files, 'file')}.{self._fixes()}"

    def _fixes(self) -> str:
        safe = f" {self.fixable:,} fixable with {self.flag('--fix')}." if self.fixable else ""
        if not self.fixable_unsafe:
            return safe
        if safe:
            return f"{safe} {self.fixable_unsafe:,} more with --unsafe-fixes."
        return f" {self.fixable_unsafe:,} fixable with {self.flag('--unsafe-fixes')}."


_SUCCESS: dict[Work, str] = {
    "validate": "{are} valid{aside}.",
    "lint": "No findings{aside} in {files}.",
    "check": "{are} valid, well made and formatted{aside}.",
    "format": "{are} formatted{aside}.",
}


def _suppressed_by(kind: str, findings: Iterable[Finding]) -> int:
    return sum(finding.suppressed is not None and finding.suppressed.kind == kind for finding in findings)


def help_beside_fix(finding: Finding) -> str | None:
    """The help of a finding, None where its fix says the same."""
    if finding.help and finding.patch and _words(finding.help) == _words(finding.patch.message):
        return None
    return finding.help


def advice(finding: Finding) -> str | None:
    """What to do about a finding, for formats that have room for one sentence."""
    return finding.help or (finding.patch.message if finding.patch else None)


def _words(text: str) -> list[str]:
    """The words of a text: what it says, however it is quoted."""
    return re.findall(r"\w+", text.casefold())


Reporter = Callable[[Report], str]

FORMATS = ("full", "concise", "json", "jsonl", "github", "gitlab", "junit", "sarif", "markdown")
# What programs read: UTF-8 whatever the terminal speaks, never grouped, and with nothing after it.
MACHINE_FORMATS = ("json", "jsonl", "gitlab", "junit", "sarif")


def reporter(name: str) -> Reporter:
    """The function that writes a format, or the ``statistics``. A format costs nothing until somebody asks for it."""
    module = import_module(f"laddercli.reporters.{name}")
    report: Reporter = module.report
    return report
