"""Texts of one kind look alike: periods, capitals, quotation marks, dashes and contractions.

Readers take a difference for a meaning, and every later edit has to guess which way is right here. (Source: the
editorial practice of the Financial Times ladders, and of any style guide: decide once.)

Not flagged: a ladder without a clear majority; a possessive such as "the team's"; code and links; text of a shared
file; a name or an acronym that begins a text; a period between two sentences.

Bad:
    - Writes a plan.
    - Answers questions.
    - Reviews drafts.
    - Explains a design.
    - Records decisions.
    - Names the risks.
    - Settles disputes.
    - leads a team
Good:
    - Writes a plan.
    - Answers questions.
    - Reviews drafts.
    - Explains a design.
    - Records decisions.
    - Names the risks.
    - Settles disputes.
    - Leads a team.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from laddercli.amendments import Fix, Replace
from laddercli.findings import Problem, flag
from laddercli.reading import Reading, Text
from laddercli.rules._literal import covered, literals

CATEGORY = "wording"
SEVERITY = "info"
FIX = "safe"

Aspect = Literal["periods", "capitals", "quotation-marks", "apostrophes", "dashes", "contractions"]

_SHARE = 0.75
_ENOUGH = {"periods": 8, "capitals": 8}
_ENOUGH_ELSEWHERE = 4
_KINDS = ("criterion", "summary", "benchmark")

_SINGLE = r"(?<=[^\W\d_])['’]"
_OPENING_SINGLE = r"(?<![^\W_])['‘](?=[^\W\d_])"
_DOUBLE = r"(?<!\d)[\"“”„]"
_DASH = r"(?<=\S) (?:--?|–|—) (?=\S)|(?<=[^\W\d_])(?:--|—)(?=[^\W_])"
# What is looked for, and how it may be written: where only one of these occurs, there is nothing to compare.
_SIGNS = {
    "quotation-marks": (_DOUBLE, ('"', "“", "”", "„")),
    "apostrophes": (_SINGLE, ("'", "’")),
    "dashes": (_DASH, (" - ", " -- ", " – ", " — ", "—", "--")),
}
_FIRST = r"[^\W\d_][^\s]*"
_ABBREVIATED = ("etc.", "inc.", "ltd.", " co.", "vs.", "e.g.", "i.e.", "..")
_WORD_AFTER = r" ([^\W_]+)"
_PRONOUNS = frozenset("i you he she it we they".split())
# Words before "not" that it may be contracted with, and the odd ones among the results.
_AUXILIARIES = frozenset(
    "are can could did do does had has have is may might must need shall should was were will would".split()
)
_ODD = {"can't": "cannot", "won't": "will not", "shan't": "shall not"}
_FULL = {"are": frozenset(("you", "they", "we")), "is": frozenset(("it", "there")), "not": _AUXILIARIES}
_ENDINGS = {"re": "are", "ve": "have", "ll": "will", "m": "am", "s": "is"}
_BEFORE_S = frozenset("it that there what here he she who where how".split())


@dataclass(frozen=True)
class Options:
    """What is compared."""

    aspects: Annotated[tuple[Aspect, ...], Field(description="What to compare; all by default.")] = (
        "periods",
        "capitals",
        "quotation-marks",
        "apostrophes",
        "dashes",
        "contractions",
    )


class _Case(NamedTuple):
    """A place that is written in some ``style``, from ``start`` up to ``end``."""

    text: Text
    style: str
    start: int
    end: int


# What stands in a place in another style; None where that cannot be told.
_Mend = Callable[[_Case, str], str | None]


def check(reading: Reading, options: Options) -> Iterator[Problem]:
    """Texts that differ from most, one problem for each text and aspect."""
    texts = [text for text in reading.prose if reading.own(text.place)]
    for aspect in options.aspects:
        if aspect in ("periods", "capitals"):
            for kind in _KINDS:
                of_kind = [text for text in texts if text.kind == kind and (text.measure or text.level)]
                cases = _ends(of_kind) if aspect == "periods" else _beginnings(of_kind)
                yield from _compared(aspect, list(cases), _mended_end if aspect == "periods" else _mended_beginning)
        elif aspect == "contractions":
            if reading.ladder.language.lower().startswith("en"):
                yield from _compared(aspect, list(_contractions(reading)), _in_full)
        else:
            yield from _compared(aspect, list(_signs(aspect, texts)), _other_signs(aspect, reading.ladder.language))


def _compared(aspect: str, cases: Sequence[_Case], mend: _Mend) -> Iterator[Problem]:
    """The texts with another style than that of a clear majority of texts."""
    counts = Counter(style for _, style in {(id(case.text), case.style) for case in cases})
    if len(counts) < 2 or counts.total() < _ENOUGH.get(aspect, _ENOUGH_ELSEWHERE):
        return
    usual, count = counts.most_common(1)[0]
    if count < _SHARE * counts.total() or (aspect == "contractions" and usual != "full"):
        return
    found: dict[int, list[_Case]] = {}
    for case in cases:
        if case.style != usual:
            found.setdefault(id(case.text), []).append(case)
    for unusual in found.values():
        yield _problem(aspect, unusual, usual, mend)


def _problem(aspect: str, cases: list[_Case], usual: str, mend: _Mend) -> Problem:
    first = cases[0]
    message, help = _said(aspect, first, usual)
    mended = [(case, mend(case, usual)) for case in cases]
    changes = tuple(Replace(case.text.place, case.start, case.end, new) for case, new in mended if new is not None)
    return flag(
        first.text.place,
        message,
        help=help,
        within=(first.start, first.end) if first.start < first.end else (first.start - 1, first.end),
        arguments=(aspect, first.text.value) if first.text.kind in ("criterion", "benchmark") else (aspect,),
        fix=Fix(help, changes, safe=True) if changes else None,
    )


def _said(aspect: str, case: _Case, usual: str) -> tuple[str, str]:
    """The message about a case, and what to do."""
    kind = {"criterion": "criteria", "summary": "summaries", "benchmark": "benchmarks"}.get(case.text.kind, "texts")
    written = case.text.value[case.start : case.end]
    if aspect == "periods":
        ends, to_do = ("without", "add the period") if usual == "with" else ("with", "leave the period out")
        return f"this text ends {ends} a period, unlike most {kind}", to_do
    if aspect == "capitals":
        size, other = ("small letter", "capital") if usual == "capital" else ("capital", "small letter")
        return f"this text begins with a {size}, unlike most {kind}", f"begin with a {other}"
    if aspect == "contractions":
        return f"`{written}` is contracted, while most texts write such words in full", "write it in full"
    if aspect == "dashes":
        return f"this dash is written `{written}`, in most texts it is `{usual}`", f"write `{usual}`"
    name = aspect.replace("-", " ")
    return f"this text has {case.style} {name}, unlike most texts", f"use {usual} {name}"


# --- periods and capitals ----------------------------------------------------------------------------------------


def _ends(texts: Iterable[Text]) -> Iterator[_Case]:
    """The ends of texts, where a period is a matter of taste."""
    ends = [text.value.rstrip()[-1:] for text in texts]
    if ends.count(".") in (0, len(ends)):
        return
    for text in texts:
        end = len(text.value.rstrip())
        last = text.value[end - 1]
        if last == ".":
            if _is_one_sentence(text.value) and not text.folded.endswith(_ABBREVIATED, 0, end):
                yield _Case(text, "with", end - 1, end)
        elif (
            (last.isalnum() or last == ")")
            and "\n" not in text.value[:end]
            and not covered(literals(text.value), end - 1)
        ):
            yield _Case(text, "without", end, end)


def _is_one_sentence(value: str) -> bool:
    return not (". " in value or "! " in value or "? " in value or "… " in value or ".\n" in value.rstrip())


def _mended_end(case: _Case, usual: str) -> str | None:
    if usual == "without":
        return ""
    is_one = _is_one_sentence(case.text.value) and case.text.value[case.end - 2 : case.end - 1] != "."
    return "." if is_one else None


def _beginnings(texts: Sequence[Text]) -> Iterator[_Case]:
    """The first letters of texts, where their size is a matter of taste: not in `iOS`. Where most are small, a capital
    may belong to a name, unless the same word begins another text without it."""
    if len({text.value[:1].isupper() for text in texts}) < 2:
        return
    firsts = [(text, match[0]) for text in texts if (match := re.match(_FIRST, text.value))]
    firsts = [(text, word) for text, word in firsts if word[0].swapcase() != word[0] and word[1:] == word[1:].lower()]
    small = {word for _, word in firsts if word[0].islower()}
    for text, word in firsts:
        if word[0].islower() or len(small) < len(firsts) / 2 or word.lower() in small:
            yield _Case(text, "capital" if word[0].isupper() else "small", 0, 1)


def _mended_beginning(case: _Case, usual: str) -> str | None:
    letter = case.text.value[0]
    return letter.upper() if usual == "capital" else letter.lower()


# --- signs -------------------------------------------------------------------------------------------------------


def _signs(aspect: str, texts: Sequence[Text]) -> Iterator[_Case]:
    """Quotation marks, apostrophes or dashes."""
    pattern, signs = _SIGNS[aspect]
    for text in _having(signs, texts):
        if aspect == "apostrophes" and re.search(_OPENING_SINGLE, text.value):
            continue
        code = literals(text.value)
        for match in re.finditer(pattern, text.value):
            if not covered(code, match.start()) and not _is_range(text.value, *match.span()):
                yield _Case(text, _style(aspect, match[0]), *match.span())


def _having(signs: Iterable[str], texts: Sequence[Text]) -> list[Text]:
    """The texts in which one of the signs stands, looked for in all texts at once; none if there is but one sign."""
    everything = "\0".join(text.value for text in texts)
    signs = [sign for sign in signs if sign in everything]
    if len(signs) < 2:
        return []
    starts = [0, *accumulate(len(text.value) + 1 for text in texts)]
    found = set()
    for sign in signs:
        place = everything.find(sign)
        while place >= 0:
            index = bisect_right(starts, place) - 1
            found.add(index)
            place = everything.find(sign, starts[index + 1])
    return [texts[index] for index in sorted(found)]


def _is_range(value: str, start: int, end: int) -> bool:
    """Whether a dash joins two numbers."""
    return value[start - 1 : start].isdigit() and value[end : end + 1].isdigit()


def _style(aspect: str, sign: str) -> str:
    return sign if aspect == "dashes" else "straight" if sign in ("'", '"') else "curly"


def _other_signs(aspect: str, language: str) -> _Mend:
    """How signs are changed into the usual ones. Where quotations open and close is known of English."""

    def mend(case: _Case, usual: str) -> str | None:
        """The usual sign for a place; None where the text does not tell which of a pair it is."""
        if aspect == "dashes":
            return usual
        if usual == "straight":
            return "'" if aspect == "apostrophes" else '"'
        if aspect == "apostrophes":
            return "’"
        if not language.lower().startswith("en"):
            return None
        before = case.text.value[case.start - 1 : case.start]
        return "“" if not before or before.isspace() or before in "([—–-/" else "”"

    return mend


# --- contractions ------------------------------------------------------------------------------------------------


def _contractions(reading: Reading) -> Iterator[_Case]:
    """Words that are contracted and, where there are such, those that could be."""
    contracted = list(_contracted(reading))
    if not contracted:
        return
    yield from contracted
    for last, befores in _FULL.items():
        for text, start in reading.index.get(last, ()):
            before = text.folded[max(start - 20, 0) : start].rpartition(" ")[0].rpartition(" ")[2]
            if before in befores and reading.own(text.place):
                yield _Case(text, "full", start - len(before) - 1, start + len(last))
    for text, start in reading.index.get("cannot", ()):
        if reading.own(text.place):
            yield _Case(text, "full", start, start + 6)


def _contracted(reading: Reading) -> Iterator[_Case]:
    for ending in ("t", *_ENDINGS):
        for text, start in reading.index.get(ending, ()):
            if text.folded[max(start - 1, 0) : start] == "'" and reading.own(text.place):
                begin = start - 1
                while begin and text.folded[begin - 1].isalpha():
                    begin -= 1
                if _is_contraction(text.folded[begin : start - 1], ending) and not covered(literals(text.value), start):
                    yield _Case(text, "contracted", begin, start + len(ending))


def _is_contraction(word: str, ending: str) -> bool:
    """Whether a word before an apostrophe makes a contraction with the ending. The possessive of a noun is none."""
    if ending == "t":
        return word in ("can", "won", "shan") or (word.endswith("n") and word[:-1] in _AUXILIARIES)
    return word in _BEFORE_S if ending == "s" else word in _PRONOUNS


def _in_full(case: _Case, usual: str) -> str | None:
    """The words in full; None where they might be others, as in "it's been", or would change places."""
    following = re.match(_WORD_AFTER, case.text.folded[case.end : case.end + 30])
    word, _, ending = case.text.folded[case.start : case.end].partition("'")
    after = following[1] if following else ""
    if ending == "t":
        full = _ODD.get(f"{word}'t", f"{word[:-1]} not")
        if after in _PRONOUNS:
            return None
    else:
        full = f"{word} {_ENDINGS[ending]}"
        if ending == "s" and (after.endswith("ed") or after in ("been", "got", "had", "become")):
            return None
    first = case.text.value[case.start]
    return first + full[1:] if first.lower() == full[0] else None
