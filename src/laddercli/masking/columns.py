"""Which lines of a file hold pay, or words that only some may read, and from which column on.

Told line by line from the text alone, because it may be too broken for a tree.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# With its colon, or at the beginning of a line without it.
_PAY_KEY = re.compile(r"(?:^|[\s{\[,\"'?-])pay[\"']?\s*:|^[\s-]*pay(?=\s|$)", re.IGNORECASE)
# Without one of these, and without the word itself, a text has no pay.
_BOUND_KEY = re.compile(r"(?:min|mid|max)[\"']?\s*:")
# A figure of this size behind such a key is pay, whatever the key above is called.
_BAND = re.compile(r"(?:^|[\s{,\"'])(?:min|mid|max)[\"']?\s*:\s*(?=[^,}]*\d[^,}]*\d[^,}]*\d)", re.IGNORECASE)
# A bracket that nobody closes reaches so many lines.
_WINDOW = 50
_INDENT = re.compile(r"(?:\s|-\s)*")
# A line on which an entry begins.
_KEY = re.compile(r"[\s-]*[\"']?[\w.-]+[\"']?\s*:(?:\s|$)")


class _Keys(NamedTuple):
    """What tells that words begin which only some may read. ``criteria`` counts below ``compensation`` only."""

    notes: re.Pattern[str]
    compensation: re.Pattern[str]
    criteria: re.Pattern[str]


_KEYS = _Keys(
    re.compile(r"^\s*[\"']?notes[\"']?\s*:"),
    re.compile(r"(?:^\s*|\{\s*)[\"']?compensation[\"']?\s*:"),
    re.compile(r"(?:^[\s-]*|[{,]\s*)[\"']?(?:note|criteria)[\"']?\s*:"),
)
# Where a text is broken, or all of it stands in braces, a key may stand anywhere on a line.
_KEYS_ANYWHERE = _Keys(
    re.compile(r"\bnotes\b[\"']?(?:\s*:|\s*$)"),
    re.compile(r"\bcompensation\b"),
    re.compile(r"\b(?:note|criteria)\b[\"']?(?:\s*:|\s)"),
)


def private_columns(lines: list[str], *, notes: bool, compensation: bool, is_broken: bool = True) -> list[int | None]:
    """For each line the column, from 0, where words begin that only some may read; None where it holds none.

    Those are the ``notes``, and the ``note`` and ``criteria`` of ``compensation``. What begins with such a key ends
    with the next key that stands no further to the right.
    """
    text = "\n".join(lines)
    if not (notes and "notes" in text) and not (compensation and "compensation" in text):
        return [None] * len(lines)
    keys = _KEYS_ANYWHERE if is_broken or text.lstrip().startswith("{") else _KEYS
    columns: list[int | None] = []
    private: int | None = None  # the indentation of the key whose words go on
    paying: int | None = None  # that of `compensation`
    for line in lines:
        indent, has_key = _indent(line), _KEY.match(line) is not None
        if private is not None and (indent > private or not has_key):
            columns.append(0)
            continue
        if paying is not None and indent <= paying and has_key:
            paying = None
        private = None
        begins = keys.notes.search(line) if notes else None
        about_pay = keys.compensation.search(line) if compensation else None
        if about_pay:
            paying = indent
        if begins is None and paying is not None:
            begins = keys.criteria.search(line, about_pay.end() if about_pay else 0)
        if begins:
            private = indent
        columns.append(begins.end() if begins else None)
    return columns


def pay_columns(lines: list[str]) -> list[int | None]:
    """For each line the column, from 0, where pay begins; None where it holds none.

    That is behind a `pay:` on the line, or its start when a line above that it belongs to says `pay:`. A line belongs
    to the nearest one above with less indentation, and to one that ends in a comma or has a bracket that is still
    open, because within brackets the parser does not care how far a line is indented.
    """
    text = "\n".join(lines).lower()
    if "pay" not in text and not _BOUND_KEY.search(text):
        return [None] * len(lines)
    columns: list[int | None] = []
    above: list[tuple[int, bool]] = []  # indentation of the lines that the next may belong to, and whether they pay
    open_pay, is_open = False, False
    depth = since = 0  # brackets that are open behind the last `pay:`, and how many lines ago that was
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            columns.append(0 if any(pays for _, pays in above[-1:]) else None)
            continue
        indent = _indent(line)
        while above and above[-1][0] >= indent:
            above.pop()
        key = _PAY_KEY.search(line)
        belongs = (bool(above) and above[-1][1]) or (is_open and open_pay) or depth > 0
        here = [match.end() for match in (key, _BAND.search(line)) if match]
        columns.append(0 if belongs else min(here, default=None))
        pays = belongs or key is not None
        since = 0 if key else since + 1
        if key or depth:
            behind = line if depth or not key else line[key.end() :]
            depth = max(0, depth + sum(map(behind.count, "[{")) - sum(map(behind.count, "]}")))
            depth = depth if since < _WINDOW else 0
        above.append((indent, pays))
        is_open, open_pay = line.rstrip().endswith(("{", "[", ",")), pays
    return columns


def _indent(line: str) -> int:
    match = _INDENT.match(line)
    return match.end() if match else 0
