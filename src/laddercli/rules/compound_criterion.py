"""A criterion asks for one behavior.

Where a criterion asks for two, nobody can say what a person who shows one of them has reached, and two managers answer
it differently. Two short criteria are easier to give evidence for. (Source: the Financial Times on the wording of
competencies, "beware *and*".)

Not flagged: two things that one verb asks for ("writes guides and release notes"), two verbs that ask for one thing
("plans and runs workshops"), a list, an example of the behavior, a clause about somebody else, an anti-pattern, a
summary of one sentence. A level that is described in paragraphs is one finding.

Bad:
    - Writes the release notes and presents them to support.
    - Presents a plan.
Good:
    - Writes the release notes and the help text.
    - Presents the release to support.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from laddercli.findings import Place, Problem, flag
from laddercli.reading import Reading, Text
from laddercli.rules._grammar import Head, bases, head, is_adverb, is_verb, thirds, words_from

CATEGORY = "wording"
SEVERITY = "warning"
HEURISTIC = True
LANGUAGE = "en"

_PARAGRAPH = 25
# How many characters around a place are looked at.
_NEAR = 300
# It begins with one of three characters, because such a pattern is searched quickly.
_JOINT = re.compile(r"[;&a](?:(?<=;)|(?<=\s&)|(?<=\sa)nd(?:/or)?)\s+")
_CLAUSE = (
    r"(?<![^\W_])(?:that|which|who|whom|whose|what|how|when|where|why|whether|if|because|so|until|while|before|after|as|than)"
    r"(?![^\W_])"
)
_INFINITIVE = (
    r"(?<![^\W_])(?:to|can|could|will|would|should|must|may|might|help|helps|let|lets|make|makes)\s+"
    r"(?!(?:the|a|an|your|our)\s)"
)
_ELABORATION = (
    r"[\W_]*(?:for example|for instance|e\.g|i\.e|eg|ie|examples?|such as|see|note|this|these|that|it|they"
    r"|in other words|includes|including)(?![^\W_])"
)
# What belongs to the verb before it, as in "seeks out".
_PARTICLES = frozenset("about at away back down for from in into off on onto out over through to up upon with".split())
# Verbs that say something of the person, and not what happens to a thing.
_STATES = frozenset("is are be has have can".split())
# Verbs that a clause may follow without "that".
_CLAUSE_VERBS = frozenset("ensure ensures make makes know knows prove proves".split())


def check(reading: Reading) -> Iterator[Problem]:
    """Criteria of several sentences or of several verbs, and levels that are described in paragraphs."""
    criteria = [text for text in reading.texts if text.kind == "criterion" and not text.is_anti_pattern]
    known = _known(criteria)
    for text in criteria:
        problem = _of_sentences(text) or _of_verbs(text, known)
        if problem:
            yield problem
    yield from _paragraphs(reading)


class _Known(NamedTuple):
    """The verbs that can stand beside `leads`, and beside `you lead`."""

    third: frozenset[str]
    base: frozenset[str]


@cache
def _usual() -> _Known:
    return _Known(frozenset((*thirds(), "can")), bases() | {"are", "can"})


def _known(criteria: list[Text]) -> _Known:
    """The usual verbs, and those that the ladder's own criteria begin with."""
    third, base = set(), set()
    for text in criteria:
        first, _, rest = text.folded.partition(" ")
        if first == "you":
            base.add(rest.partition(" ")[0])
        elif first.endswith("s") and not first.endswith("ss") and not is_adverb(first):
            third.add(first)
    usual = _usual()
    return _Known(
        usual.third if third <= usual.third else usual.third | third,
        usual.base if base <= usual.base else usual.base | base,
    )


def _of_sentences(text: Text) -> Problem | None:
    """A criterion of several sentences. What only explains the first is not counted."""
    sentences = _sentences(text)
    if len(sentences) < 2:
        return None
    return flag(
        text.place,
        f"this criterion has {len(sentences)} sentences",
        help="write one criterion for each behavior",
        within=sentences[1],
        arguments=(text.value,),
        weight=len(sentences),
    )


def _sentences(text: Text) -> list[tuple[int, int]]:
    """The sentences of a text that ask for something."""
    value = text.value
    if (
        value.find(".", 0, -1) < 0
        and "! " not in value
        and "? " not in value
        and "…" not in value
        and "\n" not in value
    ):
        return [(0, len(value))]
    sentences = text.sentences()
    return sentences[:1] + [each for each in sentences[1:] if not _is_aside(text, *each)]


def _is_aside(text: Text, start: int, end: int) -> bool:
    return (
        re.match(_ELABORATION, text.folded[start : start + _NEAR]) is not None
        or text.value[start] in "(["
        or not any(each.isalpha() for each in text.value[start:end])
    )


def _of_verbs(text: Text, known: _Known) -> Problem | None:
    """A criterion that goes on with a second verb."""
    if " and" not in text.folded and ";" not in text.folded and "&" not in text.folded:
        return None
    first = head(text)
    if first is None or (first.form == "other" and first.verb != "can"):
        return None
    more = list(_further_verbs(text, first, known.third if first.form == "third" else known.base))
    if not more:
        return None
    named = " and ".join(f"`{word}`" for word, _, _ in more)
    said = "is a second behavior" if len(more) == 1 else "are further behaviors"
    return flag(
        text.place,
        f"{named} {said} in one criterion",
        help="write one criterion for each behavior",
        within=more[0][1:],
        arguments=(text.value,),
        weight=len(more),
    )


def _further_verbs(text: Text, first: Head, known: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    """The verbs after "and" or ";" that stand in the same form as the first one."""
    for joint in _JOINT.finditer(text.folded, first.end):
        found = _verb_at(text, joint.end())
        if found is None or found[0] not in known:
            continue
        between = text.folded[max(first.end, joint.start() - _NEAR) : joint.start()]
        if _depends(between, first, known) or (
            found[0] not in _STATES and joint[0][0] != ";" and _shares(between, first)
        ):
            continue
        if found[0] in ("are", "can") or is_verb(found[0], text.folded, found[2]):
            yield found


def _verb_at(text: Text, place: int) -> tuple[str, int, int] | None:
    """The first word from a place on that is no adverb, and no repeated subject."""
    for match in words_from(text.folded, place):
        if match.start() != match.start(1) - 1 and match.start() != match.start(1):
            return None
        if not is_adverb(match[1]) and match[1] != "you":
            return match[1], match.start(1), match.end()
    return None


def _depends(between: str, first: Head, known: frozenset[str]) -> bool:
    """Whether the words between the first verb and the joint open a clause that the joint may go on with."""
    clause = re.search(_CLAUSE, between)
    if clause or first.verb in _CLAUSE_VERBS:
        rest = words_from(between, clause.end() if clause else 0)
        if any(match[1] in known for match in rest):
            return True
    return first.form != "third" and re.search(_INFINITIVE, between) is not None


def _shares(between: str, first: Head) -> bool:
    """Whether nothing but the first verb stands before the joint, so that both verbs have what comes behind: "plans
    and runs workshops"."""
    if len(between) > _NEAR // 10 or not between.replace(" ", "").isalpha():
        return not between.strip()
    words = [word for word in between.split() if not is_adverb(word)]
    if first.verb == "can" and words and words[0] in bases():
        words = words[1:]
    return len(words) < 2 and _PARTICLES.issuperset(words)


def _paragraphs(reading: Reading) -> Iterator[Problem]:
    """Levels whose cells hold nothing but paragraphs: one problem each, because nobody mends a cell alone."""
    found: dict[Place, list[Text]] = {}
    for cell in reading.cells:
        place = cell.expectation.place
        if cell.expectation.summary and not cell.expectation.criteria:
            text = Text(cell.expectation.summary, "summary", place, cell.level)
            if text.number_of_words > _PARAGRAPH and len(_sentences(text)) > 1:
                found.setdefault(Place(place.file, place.loc[:-1]), []).append(text)
    for place, texts in found.items():
        level = texts[0].level
        sentences = sum(len(_sentences(text)) for text in texts)
        cells = "cell is a paragraph" if len(texts) == 1 else "cells are paragraphs"
        yield flag(
            place,
            f"{f'at `{level.id}`, ' if level else ''}{len(texts)} {cells}, with {sentences} sentences",
            help="list the behaviors as `criteria`, one in a line, and keep one sentence as `summary`",
            key=True,
            arguments=(),
            weight=sentences,
        )
