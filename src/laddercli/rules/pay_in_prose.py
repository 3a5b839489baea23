"""Amounts of pay stand under `pay`, where the ladder can keep them from those who may not see them.

An amount in a sentence is printed for every audience, whatever `visibility` says, and nobody finds it when the ranges
change. (Source: the format keeps pay apart, so that it can be private or, under Directive (EU) 2023/970, shown.)

Not flagged: revenue, budgets, prices and costs; percent of a target; percentiles of anything but pay; the `note` and
the `criteria` of `compensation`, which are shown with pay only.

Bad:
    - Has a base salary of $120,000.
Good:
    - Owns a budget of $2 million and grows revenue by 10 % to $120,000.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from laddercli.findings import Problem, flag
from laddercli.ladder import Level
from laddercli.reading import PROSE, Reading, Text, at

CATEGORY = "publication"
SEVERITY = "error"

_HELP = "take it out; pay belongs under `pay` of a grade, by zone"
_CODES = "USD EUR GBP CHF CAD AUD NZD SEK NOK DKK PLN CZK INR BRL MXN JPY SGD HKD ZAR ILS".split()
_SIGN = rf"(?:(?:US|CA|AU|NZ|HK|S|R|C|A)?[$€£¥₹₩₪]|(?:{'|'.join(_CODES)})|zł|kr\.?)"
_FIGURE = r"\d+(?:[.,'’  ]\d{3})*(?:[.,]\d{1,2})?"
_AMOUNT = (
    rf"(?P<before>{_SIGN}\s?)?(?P<figure>{_FIGURE})"
    r"(?P<kilo>\s?[kK](?![^\W_]))?(?P<mega>\s?(?:[mM]|mn|bn|[bB]|million|billion)(?![^\W_]))?"
    rf"(?P<after>\s?(?:{_SIGN}|(?:dollars|euros?|pounds|francs|yen|rupees)(?![^\W_])))?"
    r"(?![\w%]|[.,]\d|\s?%|-[^\W\d])"
)
_MONEY = re.compile(rf"(?<![\w.,$€£])(?<![^\W\d]-){_AMOUNT}")
_SECOND = re.compile(rf"\s?(?:-|–|—|to|and|bis|à)\s?{_AMOUNT}")
# What may follow a figure without a currency, which counts something else where a noun follows.
_ALONE = re.compile(r"\s*(?:\Z|[.,;:!?)\]/–—-]|(?:to|and|or|per|a|an|base|gross|annually|before|plus|for|in|bis|à)\b)")
_RANKS = ("p10", "p25", "p40", "p50", "p60", "p65", "p70", "p75", "p80", "p90", "p95")
_PERCENTILE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?[\s-]+percentile|percentile\s+\d{{1,2}}|{'|'.join(_RANKS)})\b"
)


def _any(*phrases: str) -> re.Pattern[str]:
    """A pattern for any of some words and phrases, which are divided by commas."""
    return re.compile(rf"\b(?:{'|'.join(each.strip() for line in phrases for each in line.split(','))})\b")


# What makes an amount pay. The first need nothing else, the others a currency or a rate beside the figure.
_PAY = _any(
    r"salar(?:y|ies), wages?, remuneration, ote, on-target earnings, compensation, total comp, base comp, base pay",
    r"take-home, pay (?:band|range|scale|rate|grade|level)s?, bonus(?:es)?, equity worth, equity of, stipends?",
    r"sign-on, hourly rate, day rate",
    r"gehalt, gehälter, vergütung, lohn, salaires?, rémunération, salarios?, sueldos?, salário, stipendio, salaris",
)
_PAID = _any("pay, pays, paid, paying, earn, earns, earning, earned, raise, raises, offers?, rate")
_TIME = "year|yr|y|annum|month|mo|hour|hr|h|day"
_RATE = re.compile(
    rf"[\s,]{{0,2}}(?:gross |base |net )?(?:(?:per|a|an|each)\s(?:{_TIME})\b|/\s?(?:{_TIME})\b|p\.\s?a\."
    r"|(?:annually|yearly|monthly|hourly|gross|base|ote|brutto)\b)"
)
# Money of the business, and figures that are no money.
_BUSINESS = _any(
    r"revenues?, turnover, budgets?, [am]rr, [at]cv, gmv, ebitda, sales, quotas?, deals?, contracts?, customers?",
    r"clients?, accounts?, savings?, saves?, saved, costs?, spend\w*, expens\w+, margins?, profits?, p&l, loss(?:es)?",
    r"invest\w*, funding, funds?, pric\w+, bookings?, pipelines?, invoices?, purchas\w+, grants?, transactions?",
    r"vendors?, suppliers?, portfolio, refunds?, orders?, licen[cs]es?, subscriptions?, traffic, ads, advertising",
    r"campaigns?, donat\w+, fines?, debts?, loans?, assets?, procure\w*, approv\w+, users?, requests?, events?",
    r"records?, rows, messages?, visitors?, downloads?, tickets?, employees, people",
)
_PAID_AT = re.compile(r"\b(?:pay|pays|paid|paying|offers?)\s+(?:[a-z]+\s+)?(?:at|around|near|above)\s+(?:the\s+)?\Z")
_MARKET = re.compile(r"of (?:the |our |its |your )?(?:\w+ ){0,2}market\b(?! share)")
_REACH = 80
_DIGITS = tuple("0123456789")
_CODED = tuple(code.lower() for code in _CODES)


_KINDS = {
    "title": "a title",
    "summary": "a summary",
    "criterion": "a criterion",
    "benchmark": "a benchmark",
    "example": "an example",
    "definition": "a definition",
    "about": "`about`",
    "note": "a note",
    "move": "a move",
}


def check(reading: Reading) -> Iterator[Problem]:
    """Each amount of pay in a text."""
    for text in _candidates(reading):
        for start, end in _amounts(text.value, text.folded, is_title=text.kind == "title"):
            yield _problem(text, start, end)
    for _, level in reading.levels:
        if level.attributes:
            yield from _in_attributes(level)


def _problem(text: Text, start: int, end: int) -> Problem:
    owner = f" of level `{text.level.id}`" if text.level else ""
    return flag(
        text.place, f"pay is named in {_KINDS[text.kind]}{owner}", help=_HELP, within=(start, end), arguments=()
    )


def _candidates(reading: Reading) -> Iterator[Text]:
    """The texts with a figure in them."""
    found: dict[int, Text] = {}
    words = [word for beginning in (*_DIGITS, *_CODED) for word in reading.words_with(beginning)]
    for word in (*words, *_RANKS):
        found.update((id(text), text) for text, _ in reading.index.get(word, ()))
    yield from found.values()
    for text in reading.texts:
        if (text.kind not in PROSE or text.is_anti_pattern) and any(digit in text.value for digit in _DIGITS):
            yield text


def _amounts(value: str, folded: str, *, is_title: bool = False) -> Iterator[tuple[int, int]]:
    """Where amounts and percentiles of pay stand, ranges as one."""
    end = 0
    for match in _MONEY.finditer(value):
        if match.start() >= end and _is_money(match) and _is_pay(match, folded, is_title=is_title):
            end = _end_of_range(value, match.end())
            yield match.start(), end
    for match in _PERCENTILE.finditer(folded):
        around = _sentence(folded, match.start(), match.end())
        is_paid = _PAID_AT.search(folded, max(0, match.start() - _REACH), match.start())
        if _PAY.search(around) or is_paid or _MARKET.match(folded, match.end() + 1):
            yield match.span()


def _is_money(match: re.Match[str]) -> bool:
    """Whether a figure could be pay by its form: a currency, thousands, or a figure of five digits."""
    if match["mega"]:
        return False
    digits = re.sub(r"\D", "", match["figure"])
    return bool(match["before"] or match["after"] or match["kilo"]) or 5 <= len(digits) <= 7


def _is_pay(match: re.Match[str], folded: str, *, is_title: bool) -> bool:
    around = _sentence(folded, match.start(), match.end())
    if _BUSINESS.search(around):
        return False
    has_currency = bool(match["before"] or match["after"])
    if not has_currency and not _ALONE.match(folded, match.end()):
        return False
    if _PAY.search(around) or (is_title and (has_currency or match["kilo"])):
        return True
    return bool(_PAID.search(around)) and (has_currency or _RATE.match(folded, match.end()) is not None)


def _sentence(folded: str, start: int, end: int) -> str:
    """The words around a figure, in its sentence."""
    before = re.split(r"[.;!?]\s|\n\s*\n", folded[max(0, start - _REACH) : start])[-1]
    after = re.split(r"[.;!?](?:\s|\Z)|\n\s*\n", folded[end : end + _REACH])[0]
    return f"{before}{folded[start:end]}{after}"


def _end_of_range(value: str, end: int) -> int:
    """Where an amount ends, with the second one of a range."""
    second = _SECOND.match(value, end)
    return second.end() if second and not second["mega"] else end


def _in_attributes(level: Level) -> Iterator[Problem]:
    for name, values in level.attributes.items():
        for value in values:
            text = f"{name}: {value}"
            if any(start >= len(name) for start, _ in _amounts(text, text.lower())):
                message = f"pay is named in the attribute `{name}` of level `{level.id}`"
                yield flag(at(level.place, "attributes", name), message, help=_HELP, key=True, arguments=(name,))
                break
