"""All texts of a ladder speak of the person in the same way.

A reader who is told "you lead" in one line and "leads" in the next looks for a difference that is not meant. One form
throughout also lets levels be compared word by word. (Source: the ladders of Monzo and Codecademy, which mix forms
where they were written by several hands.)

Not flagged: a ladder without a clear majority; a text that names no person; "we" and "our" for the company; texts
of a shared file, which other ladders use as well.

Bad:
    - Writes a plan.
    - Answers questions.
    - Reviews drafts.
    - Explains a design.
    - Records decisions.
    - Names the risks.
    - Settles disputes.
    - Shares new findings.
    - You lead a team.
Good:
    - Writes a plan.
    - Answers questions.
    - Reviews drafts.
    - Explains a design.
    - Records decisions.
    - Names the risks.
    - Settles disputes.
    - Shares new findings.
    - Leads a team.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from laddercli.findings import Problem, flag
from laddercli.reading import Reading, Text
from laddercli.rules._grammar import Head, head, opens_third, thirds, words_from

CATEGORY = "wording"
SEVERITY = "warning"
HEURISTIC = True
LANGUAGE = "en"

Person = Literal["you", "first", "third", "imperative"]

_ENOUGH = 8
_MAJORITY = 0.7
_READER = ("you", "your", "yours", "yourself")
_SOMEBODY = frozenset("they she he their her his".split())
_NAMES: dict[Person, tuple[str, str]] = {
    "you": ("addresses the reader", "write `you`, as in `You lead`"),
    "first": ("says `I`", "write `I`, as in `I lead`"),
    "third": ("speaks about the person", "begin with the verb, as in `Leads`"),
    "imperative": ("gives an order", "begin with the order, as in `Lead`"),
}


@dataclass(frozen=True)
class Options:
    """The form that texts have to have."""

    person: Annotated[
        Literal["majority", "you", "first", "third", "imperative"],
        Field(
            description="`you` asks for `You lead`, `first` for `I lead`, `third` for `Leads`, "
            "`imperative` for `Lead`, and `majority` for what most texts have."
        ),
    ] = "majority"


class _Use(NamedTuple):
    """The person that a text uses, shown by the words from ``start`` to ``end``. ``others`` might be meant too."""

    text: Text
    person: Person
    start: int
    end: int
    others: tuple[Person, ...] = ()


def check(reading: Reading, options: Options) -> Iterator[Problem]:
    """Texts in another person than most, or than the one asked for."""
    addressed = _addressed(reading)
    held = [text for text in reading.texts if _is_held_to(text) and reading.own(text.place)]
    # Most ladders speak about the person in most texts: these are counted, and looked at only where they differ.
    plain = [text for text in held if opens_third(text) and id(text) not in addressed]
    known = set(map(id, plain))
    uses = _uses((text for text in held if id(text) not in known), addressed)
    usual = _majority(uses, len(plain)) if options.person == "majority" else options.person
    if usual and usual != "third":
        uses += _uses(plain, addressed)
    if usual:
        for use in uses:
            if usual not in (use.person, *use.others):
                yield _problem(use, usual)


def _uses(texts: Iterable[Text], addressed: dict[int, tuple[int, int]]) -> list[_Use]:
    return [use for use in (_use(text, addressed) for text in texts) if use]


def _is_held_to(text: Text) -> bool:
    return text.kind in ("criterion", "summary") and (text.measure is not None or text.level is not None)


def _problem(use: _Use, usual: Person) -> Problem:
    says, _ = _NAMES[use.person]
    usually, help = _NAMES[usual]
    words = use.text.value[use.start : use.end]
    return flag(
        use.text.place,
        f"with `{words}` this text {says}, while the ladder {usually}",
        help=help,
        within=(use.start, use.end),
        arguments=(use.text.value,),
    )


def _majority(uses: list[_Use], thirds: int) -> Person | None:
    """The person of most texts, where there are enough to tell. ``thirds`` more speak about the person."""
    counts = Counter(use.person for use in uses if not use.others)
    counts["third"] += thirds
    if counts.total() < _ENOUGH:
        return None
    person, count = counts.most_common(1)[0]
    return person if count >= _MAJORITY * counts.total() else None


def _addressed(reading: Reading) -> dict[int, tuple[int, int]]:
    """Where a text first says `you`, quotations aside, by the identity of the text."""
    found: dict[int, tuple[int, int]] = {}
    for word in _READER:
        for text, start in reading.index.get(word, ()):
            if '"' not in text.value and "“" not in text.value:
                place = (start, start + len(word))
                found[id(text)] = min(found.get(id(text), place), place)
    return found


def _use(text: Text, addressed: dict[int, tuple[int, int]]) -> _Use | None:
    """The person of a text; None for one that names nobody, such as `Deep knowledge of tests`."""
    first = head(text)
    if first is None:
        return None
    person = _of_head(first)
    place = addressed.get(id(text))
    if place is None or person in ("you", "first"):
        return _Use(text, person, _start(text, first), first.end) if person else None
    return _Use(text, "you", *place, others=(person,) if person else ())


def _start(text: Text, first: Head) -> int:
    """Where the words begin that show the person: with the subject, if there is one."""
    return next(words_from(text.folded, 0)).start(1) if first.form in ("you", "first") else first.start


def _of_head(first: Head) -> Person | None:
    if first.form == "base":
        return "imperative"
    if first.form in ("you", "first") or first.verb == "my":
        return "you" if first.form == "you" else "first"
    if first.verb in _SOMEBODY or first.form == "third" or first.verb in thirds():
        return "third"
    return None
