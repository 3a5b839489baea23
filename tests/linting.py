"""Lint for tests: one rule at a time over a text, and the little notation in which cases say what it finds.

A case is a mapping with a `name` and one of

- `ladder`: a whole file,
- `cell`: what stands in one cell of a level of individual contributors in an otherwise plain ladder,

in which each line to be flagged ends in `# RULE@COLUMN` (twice `@`, for two findings). Where a comment would be part
of the text, `finds` lists `LINE:COLUMN` instead, counted in the text of the case. `says` gives the messages, `severity`
those of the findings, `help` and `fixes` what is proposed, `files` further files by name, `options` those of the rule,
`today` the day of judgement.
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from laddercli.config import Config, load
from laddercli.findings import Finding
from laddercli.linter import Linter
from laddercli.loader import Loader
from laddercli.selection import Request, select

DAY = date(2026, 11, 2)
BASE = """format: 1
title: Engineering
measures:
  - id: craft
    name: Craft
tracks:
  - id: ic
    kind: ic
    levels:
      - id: one
        expectations:
          craft:
"""
INDENT = 12
_MARKER = re.compile(r"# ([a-z-]+)((?:@[0-9]+)+)$")


def lint(text: str, rule: str, folder: Path, *, options: Any = None, day: date = DAY) -> list[Finding]:
    """What one rule, or one selector, finds in a text. What `validate` has to say fails the test."""
    path = folder / "ladder.yaml"
    path.write_text(text, encoding="utf-8")
    config = Config(str(folder))
    if options:
        settings = folder / ".ladder.yaml"
        settings.write_text(yaml.safe_dump({"rules": {rule: options}}), encoding="utf-8")
        config = load(str(settings))
    selection = select(config, Request(select=(rule,)))
    linter = Linter(Loader(audience="confidential"), lambda _: selection, day, is_whole=True)
    findings = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".yaml") and not name.startswith("."):
            opened, found = linter.lint(str(folder / name))
            assert not opened.findings, [(each.span.start, each.rule, each.message) for each in opened.findings]
            findings += found
    return findings + linter.finish()


def text_of(case: dict[str, Any]) -> tuple[str, int, int]:
    """The text of a case's ladder, and by how many lines and columns the text of the case is shifted in it."""
    if "ladder" in case:
        return case["ladder"], 0, 0
    lines = (f"{' ' * INDENT}{line}" if line else "" for line in case["cell"].split("\n"))
    return BASE + "\n".join(lines), BASE.count("\n"), INDENT


def expected(case: dict[str, Any], rule: str) -> list[tuple[int, int]]:
    """Line and column of each finding that a case asks for, counted in the text of the case."""
    if "finds" in case:
        return [(int(line), int(column)) for line, column in (str(each).split(":") for each in case["finds"])]
    found = []
    for number, line in enumerate(case.get("ladder", case.get("cell", "")).split("\n"), 1):
        marker = _MARKER.search(line)
        if marker:
            assert marker[1] == rule, f"{marker[1]} is not the rule of this file"
            found += [(number, int(column)) for column in marker[2][1:].split("@")]
    return found


def completed(example: str) -> str:
    """The ladder of a rule's example: the items of a cell, or keys of a ladder."""
    data = yaml.safe_load(example)
    if not isinstance(data, dict):
        return text_of({"cell": example})[0]
    missing = {"format": "format: 1\n", "title": "title: Engineering\n", "tracks": "tracks: []\n"}
    return "".join(line for key, line in missing.items() if key not in data) + example
