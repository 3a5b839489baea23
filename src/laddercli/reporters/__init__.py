"""Findings as text, a function for each format.

A reporter takes a ``Report`` and gives the text to print. The format never changes what is found, nor the exit code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from laddercli.display import count
from laddercli.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Report:
    """What one run has found. ``files`` is the number of files that were judged; ``quiet`` leaves out the summary,
    ``color`` allows escape sequences of color, ``width`` is that of the screen in cells."""

    findings: tuple[Finding, ...]
    files: int
    quiet: bool = False
    color: bool = False
    width: int = 100

    def number(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def summary(self) -> str:
        """The last line: what was found, and in how many files."""
        if not self.findings:
            return f"{count(self.files, 'file is', 'files are')} valid."
        found = [count(self.number(each), str(each)) for each in Severity if self.number(each)]
        return f"Found {', '.join(found)} in {count(self.files, 'file')}."


Reporter = Callable[[Report], str]

FORMATS = ("full", "concise", "json", "github")


def reporter(name: str) -> Reporter:
    """The function that writes a format. A format costs nothing until somebody asks for it."""
    module = import_module(f"laddercli.reporters.{name}")
    report: Reporter = module.report
    return report
