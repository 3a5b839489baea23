"""How often each rule speaks on ladders that companies have published: `python -m tests.bench.rules`.

A table of hits per rule and 1,000 words, to be looked through by hand: a rule that speaks on every second criterion of
an edited ladder cries wolf. `--sample RULE` prints findings of a rule to read. The ladders are no part of the project.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from laddercli.config import Config
from laddercli.discovery import Source
from laddercli.findings import Finding, Severity
from laddercli.judging import Terms, judge
from laddercli.loader import Loader
from laddercli.reading import Reading
from laddercli.rules import rules
from laddercli.selection import Request
from tests import corpora

DAY = date(2026, 11, 2)
# What may speak on more than a tenth of the criteria: where two things are asked at once, two things are.
EXEMPT = ("compound-criterion",)


@dataclass(frozen=True, slots=True)
class Company:
    """What the rules say about the ladders of one company, and how much there is to say something about."""

    name: str
    findings: tuple[Finding, ...]
    words: int
    criteria: int

    def hits(self) -> Counter[str]:
        """Findings by rule."""
        return Counter(finding.rule for finding in self.findings)

    def on_criteria(self, rule: str) -> int:
        """Criteria that a rule speaks on, above info."""
        marked = [each for each in self.findings if each.rule == rule and each.severity is not Severity.INFO]
        return len({(each.path, each.span.start.line) for each in marked if "expectations" in each.logical_path})


def judged(name: str, folder: Path) -> Company:
    """The ladders of a company, with every recommended rule."""
    (folder / name).mkdir()
    files = corpora.write(corpora.convert(corpora.statements(name)), folder / name)
    terms = Terms(Request(), lambda _: Config(str(folder)), DAY)
    findings = judge([Source(str(file)) for file in files], terms).findings
    words = criteria = 0
    for file in files:
        prose = Reading(Loader().load(str(file)), DAY).prose
        words += sum(text.number_of_words for text in prose)
        criteria += sum(text.kind == "criterion" for text in prose)
    return Company(name, findings, words, criteria)


def all_judged() -> list[Company]:
    """The ladders of every company."""
    with tempfile.TemporaryDirectory() as folder:
        return [judged(name, Path(folder)) for name in corpora.NAMES]


def table(found: list[Company]) -> str:
    """Hits per 1,000 words, by rule and company."""
    head = f"| {'rule':<24} | sev. | {' | '.join(f'{each.name[:12]:>12}' for each in found)} |   all |"
    lines = [head, "|" + "|".join("-" * (len(cell)) for cell in head.split("|")[1:-1]) + "|"]
    words = sum(each.words for each in found)
    for name, rule in rules().items():
        cells = [f"{1000 * each.hits()[name] / each.words:12.1f}" for each in found]
        total = 1000 * sum(each.hits()[name] for each in found) / words
        lines.append(f"| {name:<24} | {str(rule.severity)[:4]:<4} | {' | '.join(cells)} | {total:5.1f} |")
    return "\n".join(lines)


def sample(rule: str, found: list[Company], number: int) -> str:
    """Some findings of a rule with the line they stand on."""
    hits = [finding for each in found for finding in each.findings if finding.rule == rule]
    chosen = random.Random(rule).sample(hits, min(number, len(hits)))
    return "\n".join(f"{each.message}\n    {each.source.text.strip() if each.source else ''}" for each in chosen)


def main() -> int:
    """Print the table, or a sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", metavar="RULE", help="print findings of a rule in place of the table")
    parser.add_argument("--number", type=int, default=50, help="how many (default: 50)")
    options = parser.parse_args()
    if not corpora.FOLDER.is_dir():
        print(f"{corpora.FOLDER} is not there", file=sys.stderr)
        return 2
    found = all_judged()
    print(sample(options.sample, found, options.number) if options.sample else table(found))
    if not options.sample:
        print(f"\n{sum(each.words for each in found):,} words, {sum(each.criteria for each in found):,} criteria")
    return 0


if __name__ == "__main__":
    sys.exit(main())
