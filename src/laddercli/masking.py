"""Amounts of pay do not show up in findings: not in the line that is shown, not in the words about it.

What is pay is told from the text alone, line by line, because the text may be too broken for a tree. Where that
leaves a doubt, the number is hidden: a masked line can be looked up in the file, a published amount stays published.
"""

from __future__ import annotations

import re
from dataclasses import replace

from laddercli.currencies import CURRENCIES
from laddercli.findings import Excerpt, Finding

MASK = "•••"

# A run of characters with a digit in it, as far as no sign of YAML or of a sentence ends it.
_WORD = re.compile(r"[^\s,;{}\[\]()#`\"':]*\d[^\s,;{}\[\]()#`\"':]*")
# What ladder itself says with a number in it. A file that says the same shows no amount: no place has more digits.
_OURS = re.compile(
    r"\bline \d+|such as 4 or 4\.2$|\bcolumns? \d{1,3}(?: and \d{1,3})?(?=,? |$)"
    r"|^write \d{1,3} spaces? (?:before it|instead of the tab)$|\bmore than 0$"
)
_ID = re.compile(r"[^\W\d_]+(?:[-._]?[^\W\d_]+)*[-._]?\d{1,2}(?:[-._]\w{1,12})?")
# With its colon, or at the beginning of a line without it.
_PAY_KEY = re.compile(r"(?:^|[\s{\[,\"'?-])pay[\"']?\s*:|^[\s-]*pay(?=\s|$)", re.IGNORECASE)
# Without one of these, and without the word itself, a text has no pay.
_BOUND_KEY = re.compile(r"(?:min|mid|max)[\"']?\s*:")
# A figure of this size behind such a key is pay, whatever the key above is called.
_BAND = re.compile(r"(?:^|[\s{,\"'])(?:min|mid|max)[\"']?\s*:\s*(?=[^,}]*\d[^,}]*\d[^,}]*\d)", re.IGNORECASE)
_BOUND = re.compile(r"\b(?:min|mid|max)\b", re.IGNORECASE)
# A bracket that nobody closes reaches so many lines.
_WINDOW = 50
_INDENT = re.compile(r"(?:\s|-\s)*")


def mask(finding: Finding, pay: list[int | None]) -> Finding:
    """The finding without amounts of pay, where it stands in pay or shows a line with pay on it.

    ``pay`` is what ``pay_columns`` says about the lines of the file.
    """
    if finding.rule == "pay-in-prose" and finding.source:
        return replace(finding, source=_masked(_blanked(finding.source), 0))
    index = finding.span.start.line - 1
    start = pay[index] if index < len(pay) else None
    # Rules about pay speak in ratios, which are theirs to choose; what `validate` says repeats what the file says.
    speaks_in_ratios = finding.category in ("pay", "parity")
    about_pay = not speaks_in_ratios and ("pay" in finding.trail or not finding.trail)
    if "pay" in finding.trail:
        start = start or 0
    elif start is None and not finding.trail and any(each is not None for each in pay[max(0, index - 5) : index + 2]):
        start = 0  # the text is broken near pay, and an amount may have slipped out of its place
    elif start is None and (_is_pay_misspelt(finding) or _is_cut_from_pay(finding, pay[max(0, index - 1) : index])):
        start = finding.span.start.column - 1
    if start is None:
        return finding
    source = _masked(finding.source, start) if finding.source else None
    if not about_pay:
        return replace(finding, source=source)
    return replace(
        finding,
        source=source,
        message=hide(finding.message),
        help=hide(finding.help) if finding.help else None,
        suggestion=hide(finding.suggestion) if finding.suggestion else None,
        patch=None,
        trail=_behind_pay(finding.trail),
        logical_path="/".join(_behind_pay(tuple(finding.logical_path.split("/")))),
    )


def blank(finding: Finding) -> Finding:
    """The finding with every figure hidden on the line that it shows: somebody found an amount there."""
    return replace(finding, source=_masked(finding.source, 0)) if finding.source else finding


def _is_pay_misspelt(finding: Finding) -> bool:
    """Whether an unknown key holds pay by another name."""
    if finding.rule != "unknown-key" or finding.suggestion not in ("pay", None) or finding.source is None:
        return False
    return finding.suggestion == "pay" or _BOUND.search(finding.source.text, finding.source.end) is not None


def _is_cut_from_pay(finding: Finding, above: list[int | None]) -> bool:
    """Whether an unknown key stands right below pay: a line break within a name makes one of its rest."""
    return finding.rule == "unknown-key" and any(each is not None for each in above)


def hide(text: str) -> str:
    """The text without amounts."""
    kept = [match.span() for match in _OURS.finditer(text)]

    def word(match: re.Match[str]) -> str:
        ours = any(start <= match.start() < end for start, end in kept)
        return match[0] if ours or _is_id(match[0]) else MASK

    return _WORD.sub(word, text)


def _behind_pay(names: tuple[str, ...]) -> tuple[str, ...]:
    """A path in which a number that became a key by mistake is hidden. The names up to `pay` are ids."""
    after = names.index("pay") + 1 if "pay" in names else len(names)
    return (*names[:after], *(hide(name) for name in names[after:]))


def _is_id(word: str) -> bool:
    """Whether a word with a digit is a name, such as `g1` or `us-2`, and no amount, such as `usd95` or `95k`."""
    letters = re.match(r"[^\W\d_]*", word)
    return bool(_ID.fullmatch(word)) and not (letters and letters[0].upper() in CURRENCIES)


def _blanked(source: Excerpt) -> Excerpt:
    """The line without the words that are marked, where they are an amount and not the key of one."""
    text, start, end = source
    if not any(sign.isdigit() for sign in text[start:end]):
        return source
    return Excerpt(f"{text[:start]}{MASK}{text[end:]}", start, start + len(MASK))


def _masked(source: Excerpt, start: int) -> Excerpt:
    """The line with the amounts from ``start`` on hidden, and the same part of it marked."""
    text, marks, shift = source.text[:start], [source.start, source.end], 0
    at = start
    for match in _WORD.finditer(source.text, start):
        if _is_id(match[0]):
            continue
        text += source.text[at : match.start()] + MASK
        at = match.end()
        change = len(MASK) - (match.end() - match.start())
        for which, place in enumerate((source.start, source.end)):
            if place >= match.end():
                marks[which] += change
            elif place > match.start():  # within the word: the mask is marked as a whole
                marks[which] = match.start() + shift + (len(MASK) if which else 0)
        shift += change
    return Excerpt(text + source.text[at:], marks[0], max(marks[0] + 1, marks[1]))


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
