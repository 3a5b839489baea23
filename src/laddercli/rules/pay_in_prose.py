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
from functools import cache
from typing import NamedTuple

from laddercli.findings import Problem, flag
from laddercli.ladder import Level
from laddercli.reading import PROSE, WORD, Reading, Text, at

CATEGORY = "publication"
SEVERITY = "error"

_HELP = "take it out; pay belongs under `pay` of a grade, by zone"
_CODES = "USD EUR GBP CHF CAD AUD NZD SEK NOK DKK PLN CZK INR BRL MXN JPY SGD HKD ZAR ILS".split()
_SIGNS = "$€£¥₹₩₪"
_RANKS = ("p10", "p25", "p40", "p50", "p60", "p65", "p70", "p75", "p80", "p90", "p95")
_PARTS = ("quartile", "quintile", "decile")
_SHARED = ("salary", " base", " ote")
_CODED = tuple(code.lower() for code in _CODES)
_DIGITS = "0123456789"
_REACH = 80
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

# What makes an amount pay, wherever it stands in the sentence.
_PAY = r"""
salar(?:y|ies), wages?, remuneration, ote, on-target earnings, compensation, total comp, base comp, base pay, take-home,
pay (?:band|range|scale|rate|grade|level)s?, bonus(?:es)?, equity worth, equity of, stipends?, sign-on, hourly rate,
day rate, pa(?:y|id) (?:in|at|above|below) the (?:\w+ )?(?:quartile|median|market|range), gehalt, gehälter, vergütung,
lohn, salaires?, rémunération, salarios?, sueldos?, salário, stipendio, salaris
"""
# Money of the business, and figures that are no money.
_BUSINESS = r"""
revenues?, turnover, budgets?, [am]rr, [at]cv, gmv, ebitda, sales, quotas?, deals?, contracts?, customers?, clients?,
accounts?, savings?, saves?, saved, costs?, spend\w*, expens\w+, margins?, profits?, p&l, loss(?:es)?, invest\w*,
funding, funds?, pric\w+, bookings?, pipelines?, invoices?, purchas\w+, grants?, transactions?, vendors?, suppliers?,
portfolio, refunds?, orders?, licen[cs]es?, subscriptions?, traffic, ads, advertising, campaigns?, donat\w+, fines?,
debts?, loans?, assets?, procure\w*, approv\w+, users?, requests?, events?, records?, rows, messages?, visitors?,
downloads?, tickets?, employees, people, discounts?, vouchers?, credits?, for the company, new business, in business,
sells?, pools? of, umsatz\w*, gewinn\w*, kosten, ventas, ingresos, presupuesto, costes?, facturación, beneficios?,
vendas, receitas?, custos?, orçamento, lucros?, ventes, coûts?, chiffre
"""


class _Patterns(NamedTuple):
    """Made when the first text needs them."""

    amount: re.Pattern[str]
    second: re.Pattern[str]
    percentile: re.Pattern[str]
    quartile: re.Pattern[str]
    share: re.Pattern[str]
    korean: re.Pattern[str]
    pay: re.Pattern[str]
    paid: re.Pattern[str]
    gets: re.Pattern[str]
    gross: re.Pattern[str]
    period: re.Pattern[str]
    business: re.Pattern[str]
    alone: re.Pattern[str]
    market: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    sign = rf"(?:(?:US|CA|AU|NZ|HK|S|R|C|A)?[{_SIGNS}]|(?:{'|'.join(_CODES)})|zł|kr\.?)"
    amount = (
        rf"(?P<before>{sign}\s?)?(?P<figure>\d+(?:[.,'’  ]\d{{3}})*(?:[.,]\d{{1,2}})?)"
        r"(?P<kilo>\s?[kK](?![^\W_]))?(?P<mega>\s?(?:[mM]|mn|bn|[bB]|million|billion)(?![^\W_]))?"
        rf"(?P<after>\s?(?:{sign}|(?:dollars|euros?|pounds|francs|yen|rupees)(?![^\W_])))?"
        r"(?![\w%]|[.,]\d|\s?%|-[^\W\d])"
    )
    about = r"(?:(?:up to|about|around|at least|at most|between|from|roughly|over|more than|of|at)\s+)*"
    return _Patterns(
        amount=re.compile(rf"(?<![\w.,{_SIGNS}])(?<![^\W\d]-){amount}"),
        second=re.compile(rf"\s?(?:-|–|—|to|and|bis|à)\s?{amount}"),
        percentile=re.compile(
            rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?[\s-]+percentile|percentile\s+\d{{1,2}}|{'|'.join(_RANKS)})\b"
        ),
        quartile=re.compile(
            r"\b(?:paid|(?:pay|salar(?:y|ies)|compensation)\s+(?:is|are))\s+(?:\w+\s+)?(?:in|at|above|below)\s+(?:the\s+)?"
            r"(?:top|upper|lower|bottom|first|second|third|fourth)\s+(?:quartile|quintile|decile)\b"
        ),
        share=re.compile(
            r"\b\d+(?:[.,]\d+)?\s?(?:%|percent)\s+of\s+(?:(?:the|their|your|annual|yearly|gross)\s+)*"
            r"(?:base\s+(?:salary|pay)|base|salary|ote)\b(?=\s*(?:\Z|[.,;:!?)]|(?:and|or|plus|as|per|a|each|at|in|when|after)\b))"
        ),
        korean=re.compile(r"(?:연봉|월급|급여|기본급|시급|상여금|보너스)[^.。\n\d]{0,12}\d[\d,.]*\s?[천백만억]*\s?원"),
        pay=_any(_PAY),
        # What makes an amount pay where it stands just before it. Who pays spends, who is paid earns.
        paid=re.compile(
            r"\b(?:paid|earns?|earning|offers?|pay\s+(?:is|of|at|from|between|starts\s+at)|pay:|raise\s+of"
            rf"|rate\s+(?:is|of)|rate:)\s+{about}(?:the\s+)?\Z"
        ),
        # The same with the words for a year, or with those for what is paid before taxes.
        gets=re.compile(
            r"\b(?:gets?|receives?|ganan?|cobran?|ganha|recebe|verdient|verdienen|gagnent|gagne|perçoit)\s+(?:[^\W\d]+\s+){0,2}\Z"
        ),
        gross=re.compile(
            r"\s*(?:base|gross|before tax|brutto|bruts?|brutos?)\b"
            r"(?=\s*(?:\Z|[.,;:!?)]|(?:and|plus|pay|a|per|each|al|por|im|pro|par|y|e|und|et)\b))"
        ),
        period=re.compile(
            r"\s*(?:(?:a|an|per|each|every|al|por|im|pro|par)\s|/\s?)(?:year|month|week|hour|annum|año|mes|hora|ano|mês|jahr"
            r"|monat|stunde|an|mois|heure)\b(?=\s*(?:\Z|[.,;:!?)]))"
        ),
        business=_any(_BUSINESS),
        # What may follow a figure without a currency: before a noun, it counts something else.
        alone=re.compile(
            r"\s*(?:\Z|[.,;:!?)\]/–—-]|(?:to|and|or|per|a|an|base|gross|annually|before|plus|for|in|bis|à)\b)"
        ),
        market=re.compile(r"of (?:the |our |its |your )?(?:\w+ ){0,2}market\b(?! share)"),
    )


def _any(phrases: str) -> re.Pattern[str]:
    """A pattern for any of some words and phrases, which are divided by commas."""
    return re.compile(rf"\b(?:{'|'.join(each.strip() for each in phrases.split(','))})\b")


def check(reading: Reading) -> Iterator[Problem]:
    """Each amount of pay in a text."""
    candidates = list(_candidates(reading))
    # Most ladders have many figures and none that could be pay: all of them are asked at once first.
    if not _may_tell("\0".join(text.value for text in candidates), "\0".join(text.folded for text in candidates)):
        candidates = []
    for text in candidates:
        for start, end in _amounts(text.value, text.folded, is_title=text.kind == "title"):
            yield _problem(text, start, end)
    for _, level in reading.levels:
        if level.attributes:
            yield from _in_attributes(level)


def _problem(text: Text, start: int, end: int) -> Problem:
    owner = f" of level `{text.level.id}`" if text.level else ""
    message = f"pay is named in {_KINDS[text.kind]}{owner}"
    return flag(text.place, message, help=_HELP, within=(start, end), arguments=())


def _candidates(reading: Reading) -> Iterator[Text]:
    """The texts with a figure in them."""
    found: dict[int, Text] = {}
    words = [word for beginning in (*_DIGITS, *_CODED) for word in reading.words_with(beginning)]
    for word in (*words, *_RANKS, *_PARTS):
        found.update((id(text), text) for text, _ in reading.index.get(word, ()))
    yield from found.values()
    for text in reading.texts:
        if (text.kind not in PROSE or text.is_anti_pattern) and any(map(text.value.__contains__, _DIGITS)):
            yield text


def _may_tell(value: str, folded: str) -> bool:
    """Whether a text has a figure that is as long as an amount, or something that goes with one."""
    figures = [word for word in WORD.findall(folded) if "0" <= word[0] <= "9"]
    is_share = "%" in value or "percent" in folded
    if any(map(folded.__contains__, _PARTS)) or (is_share and any(map(folded.__contains__, _SHARED))):
        return True
    if not figures:
        return any(each in folded for each in (*_RANKS, *_CODED)) and any(sign.isdigit() for sign in value)
    is_long = any(len(word) > 2 or word.endswith("k") for word in figures)
    return is_long or "percentile" in folded or not set(_SIGNS).isdisjoint(value) or "euro" in folded


def _amounts(value: str, folded: str, *, is_title: bool = False) -> Iterator[tuple[int, int]]:
    """Where amounts and percentiles of pay stand, ranges as one."""
    if not _may_tell(value, folded):
        return
    patterns, end = _patterns(), 0
    for match in patterns.amount.finditer(value):
        second = patterns.second.match(value, match.end())
        is_money = _is_money(match) and not (second and second["mega"])
        if match.start() >= end and is_money and _is_pay(match, folded, is_title=is_title):
            end = second.end() if second else match.end()
            yield match.start(), end
    yield from (match.span() for match in patterns.quartile.finditer(folded))
    yield from (match.span() for match in patterns.korean.finditer(folded))
    for match in patterns.share.finditer(folded):
        around = _sentence(folded, match.start(), match.end())
        if patterns.pay.search(around) and not patterns.business.search(around):
            yield match.span()
    for match in patterns.percentile.finditer(folded):
        is_paid = patterns.paid.search(folded, max(0, match.start() - _REACH), match.start())
        is_pay = is_paid or patterns.pay.search(_sentence(folded, match.start(), match.end()))
        if is_pay or patterns.market.match(folded, match.end() + 1):
            yield match.span()


def _is_money(match: re.Match[str]) -> bool:
    """Whether a figure could be pay by its form: a currency, thousands, or a figure of five digits."""
    if match["mega"]:
        return False
    digits = sum(sign.isdigit() for sign in match["figure"])
    return bool(match["before"] or match["after"] or match["kilo"]) or 5 <= digits <= 7


def _is_pay(match: re.Match[str], folded: str, *, is_title: bool) -> bool:
    """Whether an amount is pay by the words around it."""
    patterns = _patterns()
    around = _sentence(folded, match.start(), match.end())
    has_currency = bool(match["before"] or match["after"])
    if patterns.business.search(around) or not (has_currency or patterns.alone.match(folded, match.end())):
        return False
    if patterns.pay.search(around) or (is_title and (has_currency or match["kilo"])):
        return True
    before = (folded, max(0, match.start() - _REACH), match.start())
    if patterns.paid.search(*before):
        return True
    if has_currency and patterns.gets.search(*before) and patterns.period.match(folded, match.end()):
        return True
    return bool((has_currency or match["kilo"]) and patterns.gross.match(folded, match.end()))


def _sentence(folded: str, start: int, end: int) -> str:
    """The words around a figure, in its sentence."""
    before = re.split(r"[.;!?]\s|\n\s*\n", folded[max(0, start - _REACH) : start])[-1]
    after = re.split(r"[.;!?](?:\s|\Z)|\n\s*\n", folded[end : end + _REACH])[0]
    return f"{before}{folded[start:end]}{after}"


def _in_attributes(level: Level) -> Iterator[Problem]:
    for name, values in level.attributes.items():
        for value in values:
            text = f"{name}: {value}"
            if any(start >= len(name) for start, _ in _amounts(text, text.lower())):
                message = f"pay is named in the attribute `{name}` of level `{level.id}`"
                yield flag(at(level.place, "attributes", name), message, help=_HELP, key=True, arguments=(name,))
                break
