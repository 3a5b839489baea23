"""What an audience may not read does not show up in findings: not in the line that is shown, not in the words about it.

What is pay is told from the text alone, line by line, because the text may be too broken for a tree. Where that
leaves a doubt, the number is hidden: a masked line can be looked up in the file, a published amount stays published.
Lines of `pay` lose every figure. All other lines lose what reads as money: who writes a salary into a criterion is
told so by `pay-in-prose`, if that rule runs and notices; that nobody else reads it cannot depend on this.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from laddercli.currencies import CURRENCIES
from laddercli.findings import Excerpt, Finding

if TYPE_CHECKING:
    from laddercli.amendments import Patch
    from laddercli.document import Document

MASK = "•••"

# From the first character that is hidden up to, not including, the last.
Range = tuple[int, int]

# The rule that finds amounts outside of pay, and marks them.
_PAY_IN_PROSE = "pay-in-prose"
# Rules of these categories speak about pay in ratios; what `validate` says about pay repeats what the file says.
_RATIOS = ("pay", "parity")
# A run of characters with a digit in it, as far as no sign of YAML or of a sentence ends it.
_WORD = re.compile(r"[^\s,;{}\[\]()#`\"':]*\d[^\s,;{}\[\]()#`\"':]*")
# What ladder itself says with a number in it. A file that says the same shows no amount: no place has more digits.
_OURS = re.compile(
    r"\bline \d+|such as 4 or 4\.2$|\bcolumns? \d{1,3}(?: and \d{1,3})?(?=,? |$)"
    r"|^write \d{1,3} spaces? (?:before it|instead of the tab)$|\bmore than 0$"
)
# What ladder counts may be many.
_COUNTED = re.compile(
    r"\b\d[\d,]*(?= (?:more )?(?:such )?(?:bytes|characters|words|lines|times|deep|cells|criteria|levels|measures)\b)"
    r"|\bU\+[0-9A-F]{4,6}\b"
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
# Words that only some may read: notes, and how pay is set.
_KEY = re.compile(r"[\s-]*[\"']?[\w.-]+[\"']?\s*:(?:\s|$)")
_PRIVATE_TRAILS = (("compensation", "note"), ("compensation", "criteria"))
_COLON = re.compile(r"[\"']?\s*:")
# More than a word in quotation marks: what a message takes from a text to say which it means.
_QUOTED = re.compile(r"`(?=[^`]*\w)[^`]*\s[^`]*`")
# A help that says the whole line once more.
_WRITE = re.compile(r"write: ")
_DIGIT = re.compile(r"\d")


def masked(
    findings: Iterable[Finding], documents: Mapping[str, Document], *, shows_pay: bool, shows_notes: bool
) -> list[Finding]:
    """The findings as an audience may read them that does not see pay, or notes, or neither.

    ``documents`` are the files of the findings, by name.
    """
    findings = list(findings)
    if shows_pay and shows_notes:
        return findings
    pay: dict[str, list[int | None]] = {}
    private: dict[str, list[int | None]] = {}
    marked: dict[tuple[str, int], list[Range]] = {}
    for finding in findings:
        if finding.rule == _PAY_IN_PROSE and finding.source:
            marked.setdefault((finding.path, finding.span.start.line), []).append(finding.source[1:])
    result = []
    for finding in findings:
        path, line = finding.path, finding.span.start.line
        if path not in pay:
            lines = documents[path].lines
            pay[path] = [] if shows_pay else pay_columns(lines)
            is_broken = bool(documents[path].faults)
            private[path] = private_columns(
                lines, notes=not shows_notes, compensation=not shows_pay, is_broken=is_broken
            )
        patch = finding.patch
        if not shows_pay:
            finding = mask(finding, pay[path], marked.get((path, line), ()))
        finding = _without_private_text(finding, private[path], notes=not shows_notes, compensation=not shows_pay)
        if (
            patch
            and finding.patch
            and _gives_away(patch, documents[path], private[path], None if shows_pay else pay[path])
        ):
            finding = replace(finding, patch=None)
        result.append(finding)
    return result


def mask(finding: Finding, pay: list[int | None], marked: Iterable[Range] = ()) -> Finding:
    """The finding without amounts: without any figure where it stands in pay or shows a line with pay on it, elsewhere
    without what reads as money.

    ``pay`` is what ``pay_columns`` says about the lines of the file; ``marked`` are the parts of the line that somebody
    found to be pay.
    """
    index = finding.span.start.line - 1
    start = pay[index] if index < len(pay) else None
    if "pay" in finding.trail:
        start = start or 0
    elif start is None and not finding.trail and any(each is not None for each in pay[max(0, index - 5) : index + 2]):
        start = 0  # the text is broken near pay, and an amount may have slipped out of its place
    elif start is None and (_is_pay_misspelt(finding) or _is_cut_from_pay(finding, pay[max(0, index - 1) : index])):
        start = finding.span.start.column - 1
    source = _masked(finding.source, start, marked) if finding.source else None
    if finding.category in _RATIOS or ("pay" not in finding.trail and (finding.trail or start is None)):
        said = replace(_reworded(finding, conceal), source=source)
        return replace(said, message=finding.message) if _chooses_its_figures(finding) else said
    return replace(
        _reworded(finding, hide),
        source=source,
        patch=None,
        trail=_behind_pay(finding.trail),
        logical_path="/".join(_behind_pay(tuple(finding.logical_path.split("/")))),
    )


def _chooses_its_figures(finding: Finding) -> bool:
    """Whether the figures in a message are for everybody: those of benchmarks, and of changes, which are told to those
    only who may know them."""
    return finding.rule == "benchmark-falls" or finding.category == "change"


def _reworded(finding: Finding, words: Callable[[str], str]) -> Finding:
    """The finding with other words in all that it says."""
    patch, suppressed = finding.patch, finding.suppressed
    if suppressed and suppressed.reason:
        suppressed = suppressed._replace(reason=words(suppressed.reason))
    return replace(
        finding,
        message=words(finding.message),
        help=words(finding.help) if finding.help else None,
        suggestion=words(finding.suggestion) if finding.suggestion else None,
        trail=tuple(map(words, finding.trail)),
        logical_path=words(finding.logical_path),
        patch=patch._replace(message=words(patch.message)) if patch else None,
        suppressed=suppressed,
    )


def _is_pay_misspelt(finding: Finding) -> bool:
    """Whether an unknown key holds pay by another name."""
    if finding.rule != "unknown-key" or finding.suggestion not in ("pay", None) or finding.source is None:
        return False
    return finding.suggestion == "pay" or _BOUND.search(finding.source.text, finding.source.end) is not None


def _is_cut_from_pay(finding: Finding, above: list[int | None]) -> bool:
    """Whether an unknown key stands right below pay: a line break within a name makes one of its rest."""
    return finding.rule == "unknown-key" and any(each is not None for each in above)


def _gives_away(patch: Patch, document: Document, private: list[int | None], pay: list[int | None] | None) -> bool:
    """Whether the edits of a patch hold, or replace, what the audience may not read. ``pay`` is None for one that may
    read of pay."""
    for edit, span in zip(patch.edits, patch.spans, strict=True):
        old = document.text[edit.start : edit.end]
        lines = slice(span.start.line - 1, span.end.line)
        if old.strip() and any(each is not None for each in private[lines]):
            return True
        if pay is None:
            continue
        if _amounts(edit.text) or _amounts(old):
            return True
        if _DIGIT.search(old) and any(each is not None for each in pay[lines]):
            return True
    return False


def hide(text: str) -> str:
    """The text without figures: what is said about pay."""
    return _said(text, [*_figures(text), *_amounts(text)])


def conceal(text: str) -> str:
    """The text without what reads as money: what is said about anything."""
    return _said(text, _amounts(text), _COUNTED) if _DIGIT.search(text) else text


def _said(text: str, hidden: Iterable[Range], *also_ours: re.Pattern[str]) -> str:
    """The text of a message without parts of it, except for what ladder itself says there."""
    ours = [match.span() for pattern in (_OURS, *also_ours) for match in pattern.finditer(text)]
    hidden = [(start, end) for start, end in hidden if not any(one < end and start < other for one, other in ours)]
    return _without(Excerpt(text, 0, 0), hidden).text


def _behind_pay(names: tuple[str, ...]) -> tuple[str, ...]:
    """A path in which a number that became a key by mistake is hidden. The names up to `pay` are ids."""
    after = names.index("pay") + 1 if "pay" in names else len(names)
    return (*names[:after], *(hide(name) for name in names[after:]))


def _figures(text: str, start: int = 0) -> Iterator[Range]:
    """Where words with a digit in them stand, except for ids."""
    return (match.span() for match in _WORD.finditer(text, start) if not _is_id(match[0]))


def _is_id(word: str) -> bool:
    """Whether a word with a digit is a name, such as `g1` or `us-2`, and no amount, such as `usd95` or `95k`."""
    letters = re.match(r"[^\W\d_]*", word)
    return bool(_ID.fullmatch(word)) and not (letters and letters[0].upper() in CURRENCIES)


def _masked(source: Excerpt, start: int | None, marked: Iterable[Range]) -> Excerpt:
    """The line without money, without any figure from ``start`` on, and without what is ``marked``, where that is an
    amount and not the key of one."""
    text = source.text
    if not _DIGIT.search(text):
        return source
    hidden = [*_amounts(text), *(part for part in marked if _DIGIT.search(text, *part))]
    if start is not None:
        hidden += _figures(text, start)
    return _without(source, hidden)


def _without(source: Excerpt, hidden: Iterable[Range]) -> Excerpt:
    """The line with parts of it hidden, and the same part of it marked."""
    text, marks, shift = "", [source.start, source.end], 0
    at = 0
    for start, end in _joined(source.text, hidden):
        text += source.text[at:start] + MASK
        at = end
        for which, place in enumerate((source.start, source.end)):
            if place >= end:
                marks[which] += len(MASK) - (end - start)
            elif place > start:  # within what is hidden: the mask is marked as a whole
                marks[which] = start + shift + (len(MASK) if which else 0)
        shift += len(MASK) - (end - start)
    return Excerpt(text + source.text[at:], marks[0], max(marks[0] + 1, marks[1])) if at else source


def _joined(text: str, parts: Iterable[Range]) -> list[Range]:
    """Parts of a text in their order, as one where they meet or only a separator of thousands stands between them."""
    joined: list[Range] = []
    for start, end in sorted(parts):
        if joined and (start <= joined[-1][1] or text[joined[-1][1] : start] in (",", ".")):
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


# --- what reads as money -------------------------------------------------------------------------------------------

_BLANK = " \u00a0\u2009\u202f"
_POINTS = ".,'’ʼ_·٬٫，．"
_FIGURE = re.compile(
    rf"(?<!\d)(?<!\d[{_POINTS}])(?:\d{{1,3}}(?:[{_BLANK}]\d{{3}}(?!\d))+(?:[.,]\d+)?|\d+(?:[{_POINTS}]\d+)*)"
)
# Thousands that are set apart, as in 79,123 or 12,50,000. A 0 in front, as in 0.125, makes it a fraction.
_GROUPED = re.compile(
    rf"(?!0)\d{{1,3}}(?P<point>[{_POINTS}{_BLANK}])\d{{3}}(?:(?P=point)\d{{3}})*(?:(?!(?P=point))[.,٫．]\d+)?"
    r"|(?!0)\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?"
)
_LONG = re.compile(r"\d{5}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
# So far before a figure stands what makes it money.
_REACH = 48
_SIGNS = r"[$¢£¤¥֏؋৲৳৻૱௹฿៛₠-⃀﷼﹩＄￠￡￥￦]"
_SIGNS_OF_ASIA = "[円元원万萬億亿만억]"
# Codes that are no words of any language even in small letters, and names.
_NAMES = frozenset(
    """
    usd eur gbp chf aud nzd sek nok dkk pln czk huf inr brl jpy cny krw sgd hkd zar mxn aed
    dollar dollars euro euros pound pounds sterling franc francs franken yen yuan renminbi rupee rupees kronor krona
    krone kroner koruna zloty zlotys złoty złotych zł peso pesos reais rand shekel shekels dirham dirhams riyal riyals
    ruble rubles rouble roubles lira lire forint bucks quid cent cents grand rs fr kr kč ft lei руб рублей рубля грн
    """.split()
)


class _Money(NamedTuple):
    """Made when the first line with a figure is shown."""

    before: re.Pattern[str]  # of the text before a figure, read from the figure on
    after: re.Pattern[str]
    scale: re.Pattern[str]
    ratio: re.Pattern[str]
    paid: re.Pattern[str]
    period: re.Pattern[str]
    target: re.Pattern[str]
    range: re.Pattern[str]


@cache
def _money() -> _Money:
    big = r"millions?|millionen|billions?|mio\.?|mrd\.?|mln|mn|bn|млн"
    scale = rf"(?:(?i:k\d{{0,3}}|thousand|tausend|tsd\.?|mille?|lakhs?|lacs?|crores?|тыс\.?|{big})|M)"
    cents = r"(?:[.,][-–—](?!\d))?"
    words = r"(?:is|are|of|at|about|around|roughly|up|to|from|between|over|more|than|least|the|an?|base)"
    time = r"(?:hours?|hrs?|h|days?|weeks?|months?|mo|years?|yrs?|annum|stunde|monat|jahr|mois|mes|anno|año)"
    return _Money(
        before=re.compile(
            r"(?P<gap>(?:\s\.?ac|\sacric)?[\s~≈+±−*_\"'(\[{:=<>≥≤-]{0,4})"
            rf"(?P<unit>{_SIGNS}[^\W\d_]{{0,3}}|\.?[^\W\d_]+)"
        ),
        after=re.compile(
            rf"{cents}(?:\s?(?:{scale}|[mbBT])(?![^\W\d_]))?(?P<gap>[\s*_\"'(\[-]{{0,3}})"
            rf"(?P<unit>[^\W\d_]{{0,3}}{_SIGNS}|{_SIGNS_OF_ASIA}{{1,3}}|[^\W\d_]+)"
        ),
        scale=re.compile(rf"[{_BLANK}]?{scale}(?![^\W_])|{_SIGNS_OF_ASIA}"),
        ratio=re.compile(
            r"\s?(?:[%％٪‰×]|x\s|per\s?cent|percent|pct|prozent|procent|pour cent|por ciento)", re.IGNORECASE
        ),
        paid=re.compile(
            r"\b(?:salar\w+|wages?|paid|pays?|earn\w*|remuneration|compensation|bonus\w*|stipends?|ote|rates?|gehalt|lohn"
            rf"|vergütung|salaires?|sueldo|stipendio)\b[\"']?\s?[:=]?\s?(?:{words}\s)*[\"'~]?\Z",
            re.IGNORECASE,
        ),
        period=re.compile(rf"\s?(?:/|per\s|an?\s|pro\s|par\s|p\.\s?)\s?{time}\b", re.IGNORECASE),
        target=re.compile(r"\bat_(?:least|most)[\"']?\s*:\s*\Z"),
        range=re.compile(
            r"\s*(?:(?P<list>,|\b(?:and|or|und|oder|et|ou)\b)|(?P<to>\b(?:to|bis|à|until)\b)|[-–—~〜])\s*"
        ),
    )


def _is_unit(word: str) -> bool:
    """Whether a word, or a sign with letters before it, is a currency."""
    word = word.rstrip(".")
    return (
        not word[-1:].isalpha()
        or word in CURRENCIES
        or word.casefold() in _NAMES
        or (word[0] in "kKTM" and word[1:] in CURRENCIES)
        or re.match(_SIGNS_OF_ASIA, word) is not None
    )


class _Figure(NamedTuple):
    """A number in a text: ``start`` and ``end`` with its currency and the like, ``first`` and ``last`` without.
    ``is_ratio`` says that it counts hundredths or times."""

    start: int
    first: int
    last: int
    end: int
    is_money: bool
    is_ratio: bool


@lru_cache(maxsize=64)
def _amounts(text: str) -> tuple[Range, ...]:
    """Where amounts of money stand, each with its sign: what has a currency, stands for thousands, or has five digits.

    A salary of four digits without a currency is one by the words around it. Years, dates, versions, times, ratios and
    what is counted in small numbers are no amounts.
    """
    if not _DIGIT.search(text):
        return ()
    figures = [_figure(text, match) for match in _FIGURE.finditer(text)]
    is_money = [figure.is_money for figure in figures]
    # Of "95 to 115 k" or "$95-115" both are money; of "115 to 140 %" neither.
    for index in range(len(figures) - 1, 0, -1):
        one, other = figures[index - 1], figures[index]
        is_bare = (one.start, one.end) == (one.first, one.last)
        if other.is_ratio and is_bare and _is_range(text, one, other):
            is_money[index - 1] = False
        elif is_money[index] and other.start == other.first and _is_range(text, one, other):
            is_money[index - 1] = is_money[index - 1] or not one.is_ratio
    for index in range(1, len(figures)):
        one, other = figures[index - 1], figures[index]
        if is_money[index - 1] and not other.is_ratio and _is_range(text, one, other):
            is_money[index] = True
    return tuple((figure.start, figure.end) for figure, hides in zip(figures, is_money, strict=True) if hides)


def _figure(text: str, match: re.Match[str]) -> _Figure:
    """What a number is, by its form and by what stands around it."""
    money = _money()
    start, end = first, last = match.span()
    near = text[max(0, start - _REACH) : start]
    before = money.before.match(near[::-1])
    after, scale = money.after.match(text, end), money.scale.match(text, end)
    if before and not _is_unit(before["unit"][::-1]):
        before = None
    if after and (not _is_unit(after["unit"]) or (after["gap"] and text[after.end() : after.end() + 1].isdigit())):
        after = None  # in "3 $95" the sign is that of the other figure
    # What stands in quotes or brackets of its own stays, so that these still have their other half.
    if before and not set(before["gap"]) & set("\"'([{:=*_<>"):
        start -= before.end()
    if scale:
        end = scale.end()
    if after:
        end = after.end() if not set(after["gap"]) & set("\"'([*_") else max(end, after.start("gap"))
    is_ratio = not (before or after or scale) and money.ratio.match(text, last) is not None
    is_money = bool(before or after or scale) or (
        not is_ratio and not money.target.search(near) and _is_long(text, match, near)
    )
    return _Figure(start, first, last, end, is_money, is_ratio)


def _is_long(text: str, match: re.Match[str], near: str) -> bool:
    """Whether a figure without a currency is as long as an amount, or as long as one where pay is spoken of."""
    money, figure = _money(), match[0]
    digits = sum(map(str.isdigit, figure))
    if _LONG.match(figure):
        return not _DAY.fullmatch(figure)
    if _GROUPED.fullmatch(figure):
        return not (near[-1:] in ("v", "V") and "." in figure)  # a version
    if _YEAR.fullmatch(figure):
        return False
    has_period = money.period.match(text, match.end()) is not None
    if digits >= 4 and has_period:
        return True
    return (digits >= 3 or (digits >= 2 and has_period)) and money.paid.search(near) is not None


def _is_range(text: str, one: _Figure, other: _Figure) -> bool:
    """Whether two figures are the ends of a range, or of one list. A single digit is so only where the dash is tight,
    because "level 3 - 95,000" is no range; neither is the year of "in 2026 and 95,000"."""
    between = _money().range.fullmatch(text, one.end, max(one.end, other.start))
    if between is None:
        return False
    a, b = text[one.first : one.last], text[other.first : other.last]
    if between["list"] and (_YEAR.fullmatch(a) or _YEAR.fullmatch(b)):
        return False
    is_tight = between["to"] or (one.end + 1 == other.start and not between["list"])
    return bool(is_tight) or (len(a) > 1 and len(b) > 1)


# --- words that only some may read ---------------------------------------------------------------------------------


def _without_private_text(finding: Finding, private: list[int | None], *, notes: bool, compensation: bool) -> Finding:
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
