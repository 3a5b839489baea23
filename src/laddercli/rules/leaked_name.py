"""Expectations name no company, product or tool, and no place inside the company.

A ladder is read by applicants and often published. Names leak what is used and planned, date the text with each change
of tool, and say nothing to people outside. (Source: the article, whose examples still name the company they come from.)

Not flagged: `title`, `about`, `source`, `evidence`, `owner`, metrics, examples and notes; languages, standards and
platforms of the trade; words that are a tool's name as well ("slack", "a notion of"), unless they stand with a capital
within a sentence. Names of `organization` are errors, as they can be told for certain; tools, addresses and channels
are warnings.

Bad:
    - Answers questions in Jira and in the channel #release-help.
Good:
    - Answers questions in the issue tracker and in the channel for releases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from laddercli.amendments import Fix, Replace
from laddercli.findings import Problem, Severity, flag
from laddercli.lexicon import Hit, Words, extended
from laddercli.reading import Reading, Text
from laddercli.rules._demands import is_demand
from laddercli.rules._literal import is_literal

CATEGORY = "publication"
SEVERITY = "warning"
GRAVEST = "error"  # where the ladder itself says which names are the company's
HEURISTIC = True
FIX = "unsafe"
Options = Words

_WORD_START = r"(?<![^\W_])"
_WORD_BEFORE = re.compile(r"(?<![^\W_])([^\W_])[^\W_]* \Z")
_DETERMINER = re.compile(r"(?<![^\W_])(?:the|our|your|their|its|his|her|my|this|a|each|every|any)\s+\Z", re.IGNORECASE)
_AN = re.compile(r"(?<![^\W_])(a)n(\s+)\Z", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(['’])(?![^\W_])")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>)\]\"”]*[^\s<>)\]\"”.,;:!?'’]"
    r"|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:com|org|io|internal|intranet)(?![\w-])(?:/[^\s<>)\]\"”]*[^\s<>)\]\"”.,;:!?'’])?"
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CHANNEL = re.compile(r"(?<![\w#&/`])#[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*(?![\w-])")


class _Name(NamedTuple):
    """A name of the organization. A product cannot be replaced by "the company"."""

    name: str
    is_product: bool


class _Found(NamedTuple):
    """A finding with the characters it takes, so that no place is told about twice."""

    start: int
    end: int
    problem: Problem


def check(reading: Reading, options: Words) -> Iterator[Problem]:
    """Each name, address and channel, once at its place."""
    texts = [text for text in reading.texts if is_demand(text) or text.kind == "benchmark"]
    found: dict[int, list[_Found]] = {}
    for text in texts:
        if "@" in text.value or "#" in text.value or "://" in text.value or "." in text.value[:-1]:
            found.setdefault(id(text), []).extend(_in_signs(text))
    for text, each in _organization(reading, texts):
        found.setdefault(id(text), []).append(each)
    for hit in _tools(reading, options):
        found.setdefault(id(hit.text), []).append(_Found(hit.start, hit.end, _tool(hit)))
    for some in found.values():
        yield from _apart(some)


def _apart(found: list[_Found]) -> Iterator[Problem]:
    """What does not lie within something that was found before."""
    taken: list[_Found] = []
    for each in found:
        if not any(each.start < other.end and other.start < each.end for other in taken):
            taken.append(each)
            yield each.problem


def _in_signs(text: Text) -> Iterator[_Found]:
    """Addresses and channels, which have signs that words have not."""
    value = text.value
    kinds = (
        (_MAIL, "@", "is somebody's mail address", "who is asked, such as `the release team`"),
        (_ADDRESS, ".", "is an address, which readers outside cannot open", "what is found there"),
        (_CHANNEL, "#", "is a channel of this company", "what the channel is for"),
    )
    for pattern, sign, what, instead in kinds:
        if sign in value:
            for match in pattern.finditer(value):
                message = f"`{match[0]}` {what}"
                yield _Found(*match.span(), _flagged(text, match.span(), message, f"write {instead}", match[0]))


def _flagged(text: Text, span: tuple[int, int], message: str, help: str, name: str, **more: object) -> Problem:
    return flag(text.place, message, help=help, within=span, arguments=(name.casefold(),), **more)


def _organization(reading: Reading, texts: Iterable[Text]) -> Iterator[tuple[Text, _Found]]:
    """The names of the organization, the longest first."""
    organization = reading.ladder.organization
    if organization is None:
        return
    names = [_Name(name, False) for name in (organization.name, *organization.aliases)]
    names += [_Name(name, True) for name in organization.products]
    for each in sorted(names, key=lambda each: -len(each.name)):
        words = each.name.split()
        pattern = re.compile(_edge(_WORD_START, each.name[0]) + r"\s+".join(map(re.escape, words)), re.IGNORECASE)
        for text in texts:
            if words[0].lower().replace("’", "'") in text.folded:
                for match in pattern.finditer(text.value):
                    if _is_name(reading, text, each.name, match):
                        yield text, _Found(*match.span(), _named(reading, text, each, match.span()))


def _edge(pattern: str, sign: str) -> str:
    return pattern if sign.isalnum() else ""


def _is_name(reading: Reading, text: Text, name: str, match: re.Match[str]) -> bool:
    """Whether this is the name, and not a word that is spelled alike or a part of an address."""
    found, end = " ".join(match[0].split()), match.end()
    is_part = name[-1].isalnum() and text.value[end : end + 1].isalnum()
    if is_part or is_literal(text.value, match.start()):
        return False
    if found != name and found != name.upper() and found != name[0].upper() + name[1:]:
        return False
    is_word = " " not in name and name[1:].islower() and name.lower() != name
    return not (is_word and _starts(text, match.start()) and _is_common(reading, name))


def _is_common(reading: Reading, name: str) -> bool:
    """Whether the ladder uses a name as a word, too: then it may be one at the beginning of a sentence."""
    places = reading.index.get(name.lower(), ())
    return any(text.value[start].islower() for text, start in places)


def _starts(text: Text, place: int) -> bool:
    """Whether a sentence, a line or a quotation begins there."""
    before = text.value[:place].rstrip(" \t*_\"'“‘([")
    return not before or before[-1] in ".!?:;…\n•" or any(start == place for start, _ in text.sentences())


def _named(reading: Reading, text: Text, each: _Name, span: tuple[int, int]) -> Problem:
    what = "a product or tool of the company" if each.is_product else "the company's name"
    instead = "what it is, such as `the product`" if each.is_product else "`the company`"
    is_english = reading.ladder.language.lower().startswith("en")
    fix = _fix(text, *span) if is_english and not each.is_product else None
    message = f"`{' '.join(text.value[slice(*span)].split())}` is {what}"
    return _flagged(text, span, message, f"write {instead}", each.name, severity=Severity.ERROR, weight=1, fix=fix)


def _fix(text: Text, start: int, end: int) -> Fix:
    """The company in place of its name, with the article and the possessive that go with it."""
    value, words = text.value, "company"
    article = _AN.search(value, 0, start)
    if article:
        start, words = article.start(), f"{article[1]}{article[2]}company"
    elif not _DETERMINER.search(value, 0, start) and value[end : end + 1] != "-":
        words = "The company" if _starts(text, start) else "the company"
    elif _starts(text, start):
        words = "Company"
    possessive = _POSSESSIVE.match(value, end)
    if possessive and value[end - 1] == "s":
        end, words = possessive.end(), f"{words}{possessive[1]}s"
    return Fix("write `the company`", (Replace(text.place, start, end, words),))


def _tools(reading: Reading, options: Words) -> Iterator[Hit]:
    """The names of tools and companies that everybody knows."""
    is_english = reading.ladder.language.lower().startswith("en")
    for hit in extended("leaked-name", options).hits(reading):
        is_expected = is_demand(hit.text) or hit.text.kind == "benchmark"
        if is_expected and not is_literal(hit.text.value, hit.start) and _is_meant(hit, is_english=is_english):
            yield hit


def _is_meant(hit: Hit, *, is_english: bool) -> bool:
    """Whether a word is meant as a name. On the list, the names that are words as well have a capital."""
    named = [name for name in hit.entry.match if name.lower() == hit.words.lower() and not name.islower()]
    if not named:
        return True
    value, end = hit.text.value, hit.end
    if not is_english or hit.words not in named or _starts(hit.text, hit.start):
        return False
    before, after = _WORD_BEFORE.search(value, 0, hit.start), value[end : end + 2]
    follows_name = before is not None and before[1].isupper() and not _starts(hit.text, before.start())
    return not follows_name and not (after[:1] == " " and after[1:].isupper())


def _tool(hit: Hit) -> Problem:
    return hit.problem(f"`{hit.words}` is {hit.entry.because}", help=f"write, for example, {hit.entry.instead}")
