"""What reads as money: the figures of a text that are amounts, told by their form and by the words around them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from laddercli.currencies import CURRENCIES

# From the first character that is hidden up to, not including, the last.
Range = tuple[int, int]
DIGIT = re.compile(r"\d")
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
def amounts(text: str) -> tuple[Range, ...]:
    """Where amounts of money stand, each with its sign: what has a currency, stands for thousands, or has five digits.

    A salary of four digits without a currency is one by the words around it. Years, dates, versions, times, ratios and
    what is counted in small numbers are no amounts.
    """
    if not DIGIT.search(text):
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
