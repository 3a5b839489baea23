"""Words that only some may read: notes, and how pay is set."""

from __future__ import annotations

import re
from dataclasses import replace

from laddercli.findings import Excerpt, Finding
from laddercli.masking.hiding import MASK

# Where it says how pay is set.
_PRIVATE_TRAILS = (("compensation", "note"), ("compensation", "criteria"))
_COLON = re.compile(r"[\"']?\s*:")
# More than a word in quotation marks: what a message takes from a text to say which it means.
_QUOTED = re.compile(r"`(?=[^`]*\w)[^`]*\s[^`]*`")
# A help that says the whole line once more.
_WRITE = re.compile(r"write: ")


def without_private_text(finding: Finding, private: list[int | None], *, notes: bool, compensation: bool) -> Finding:
    """The finding without the words of notes and of how pay is set; those that it names one by one stay.

    ``private`` is what ``private_columns`` says about the lines of the file.
    """
    index = finding.span.start.line - 1
    start = private[index] if index < len(private) else None
    if start is None and not _is_private(finding, notes=notes, compensation=compensation):
        return finding
    return replace(
        finding,
        source=_key_of(finding.source, start) if finding.source else None,
        message=_QUOTED.sub(f"`{MASK}`", finding.message),
        help=_QUOTED.sub(f"`{MASK}`", finding.help) if finding.help and not _WRITE.match(finding.help) else None,
        suggestion=_QUOTED.sub(f"`{MASK}`", finding.suggestion) if finding.suggestion else None,
        patch=None,
    )


def _is_private(finding: Finding, *, notes: bool, compensation: bool) -> bool:
    """Whether a finding is about words that only some may read, or about a key that probably holds them."""
    trail, is_stray = finding.trail, finding.rule == "unknown-key"
    if notes and (trail[:1] == ("notes",) or (is_stray and finding.suggestion == "notes")):
        return True
    return compensation and (trail[:2] in _PRIVATE_TRAILS or (is_stray and trail[:1] == ("compensation",)))


def _key_of(source: Excerpt, start: int | None) -> Excerpt | None:
    """The line up to the value of its key, the same part of it marked; None where it holds nothing but the value."""
    text, first, last = source
    colon = _COLON.match(text, last)
    if not start:
        start = colon.end() if colon and not text[:first].strip(" \t\"'-?") else 0
    if not start:
        return None
    if not text[start:].strip():
        return source
    marks = (first, min(last, start)) if first < start else (start + 1, start + 1 + len(MASK))
    return Excerpt(f"{text[:start]} {MASK}", *marks)
