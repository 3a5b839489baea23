"""Comparing what most parts have: a text, a date, a list of texts, earlier ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from laddercli.changes.assignment import alike
from laddercli.changes.change import Change, Impact, Subject
from laddercli.changes.matching import Pairs
from laddercli.changes.rewording import RECOGNIZABLE, Verdict, clarified, judge
from laddercli.changes.words import said
from laddercli.ladder import Step


class Renamed(Protocol):
    """A part with an id and with the ids it had."""

    @property
    def id(self) -> str: ...

    @property
    def formerly(self) -> tuple[str, ...]: ...


N = TypeVar("N", bound="Renamed | Step")


def value(subject: Subject, key: str, kind: str, before: str | None, after: str | None) -> Iterator[Change]:
    """A value that is one thing or another, with the impact of its kind."""
    if before != after:
        yield subject.at(key).change(kind, before, after)


def text(subject: Subject, key: str, kind: str, before: str | None, after: str | None) -> Iterator[Change]:
    """A text that explains and that nobody is held to: never more than minor."""
    if before != after:
        yield subject.at(key).change(kind, before, after, impact=clarified(before, after))


def expectation(subject: Subject, key: str, kind: str, before: str | None, after: str | None) -> Iterator[Change]:
    """A text that people are held to, as far as it stood there before: its rewording is judged."""
    if before == after:
        return
    verdict = judge(before, after) if before is not None and after is not None else Verdict(Impact.MINOR)
    yield weighed(subject.at(key), kind, before, after, verdict)


def weighed(subject: Subject, kind: str, before: str | None, after: str | None, verdict: Verdict) -> Change:
    """A rewording that was judged. One that only takes away or weakens asks nobody for more."""
    asked = {"asks_more_of": ()} if verdict.eases else {}
    return subject.change(kind, before, after, impact=verdict.impact, reason=verdict.reason, **asked)


def name(
    subject: Subject, key: str, kind: str, before: tuple[str, str | None], after: tuple[str, str | None]
) -> Iterator[Change]:
    """A title with what it defaults to. Where nobody wrote one on either side, the title did not change: what it stands
    for did."""
    if before[0] == before[1] and after[0] == after[1]:
        return
    yield from text(subject, key, kind, before[0], after[0])


def identity(subject: Subject, old: Renamed, new: Renamed) -> Iterator[Change]:
    """An id that changed, and earlier ids that were noted or dropped. An id that is not noted as an earlier one breaks
    what refers to it."""
    if old.id != new.id:
        impact = Impact.PATCH if old.id in new.formerly else Impact.MAJOR
        yield subject.at("id").change("id-changed", old.id, new.id, impact=impact)
    yield from former_names(subject, old.formerly, new.formerly, {old.id, new.id})


def renamed(part: N, pairs: Pairs[N], *contents: Callable[[N], object]) -> str | None:
    """What to write where a part that was removed seems to have another name now: a part was added that has the same
    name or content, which nothing else has. What is only the id again, or nothing, proves nothing."""
    for content in contents:
        said = content(part)
        if not said or said == name_of(part) or sum(content(each) == said for each in pairs.removed) > 1:
            continue
        others = [name_of(each) for each in pairs.added if content(each) == said]
        if len(others) == 1:
            return f"if it is `{others[0]}` now, say `formerly: [{name_of(part)}]` there"
    return None


def name_of(part: Renamed | Step) -> str:
    """What `formerly` would say of a part."""
    return part.name if isinstance(part, Step) else part.id


def former_names(subject: Subject, old: Sequence[str], new: Sequence[str], told: set[str]) -> Iterator[Change]:
    """Earlier names that were added or removed, without those that a change of the name tells already."""
    here = subject.at("formerly")
    for each in new:
        if each not in old and each not in told:
            yield here.change("formerly-added", None, each)
    for each in old:
        if each not in new and each not in told:
            yield here.change("formerly-removed", each, None)


def texts(subject: Subject, key: str, noun: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """A list of texts in which order says little, such as examples. Its kinds are NOUN-added, -removed, -reworded, and
    NOUNs-reordered."""
    if old == new:
        return
    kept = _matched(old, new)
    gone, come = {left for left, _ in kept}, {right for _, right in kept}
    for left, right in kept:
        if old[left] != new[right]:
            here = _item(subject, key, left, right)
            yield here.change(f"{noun}-reworded", old[left], new[right], impact=clarified(old[left], new[right]))
    for right, each in enumerate(new):
        if right not in come:
            yield _item(subject, key, None, right).change(f"{noun}-added", None, each)
    for left, each in enumerate(old):
        if left not in gone:
            yield _item(subject, key, left, None).change(f"{noun}-removed", each, None)
    if [right for _, right in kept] != sorted(come):
        yield subject.at(key).change(f"{plural(noun)}-reordered")


def plural(noun: str) -> str:
    return noun if noun == "evidence" else f"{noun}s"


def _matched(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Numbers of the same texts and of texts that are much alike, in the order of the old ones."""
    waiting: dict[str, list[int]] = {}
    for right, each in enumerate(new):
        waiting.setdefault(each, []).append(right)
    kept = [(left, waiting[each].pop(0)) for left, each in enumerate(old) if waiting.get(each)]
    gone, come = {left for left, _ in kept}, {right for _, right in kept}
    lefts = [left for left in range(len(old)) if left not in gone]
    rights = [right for right in range(len(new)) if right not in come]
    if lefts and rights:
        found = alike([said(old[left]) for left in lefts], [said(new[right]) for right in rights], RECOGNIZABLE)
        kept += [(lefts[left], rights[right]) for left, right in found]
    return sorted(kept)


def _item(subject: Subject, key: str, left: int | None, right: int | None) -> Subject:
    """An item of a list. Its path is that of the list, because numbers change with every insertion."""
    here = subject.at(key)
    old = subject.at(key, left).old if left is not None else None
    new = subject.at(key, right).new if right is not None else None
    return Subject(here.path, old, new, here.levels, here.level, here.measure, here.metric, here.label, here.secret)


def entries(
    subject: Subject,
    key: str,
    kinds: str,
    old: dict[str, str],
    new: dict[str, str],
    weigh: Callable[[str, str], Impact] = clarified,
) -> Iterator[Change]:
    """A mapping of free names to texts. Its kinds are KINDS-added, -removed and -changed."""
    for each in (*new, *(each for each in old if each not in new)):
        here = subject.at(key, each, label=each)
        before, after = old.get(each), new.get(each)
        if before is None:
            yield one_sided(here).change(f"{kinds}-added", None, after)
        elif after is None:
            yield one_sided(here, is_old=True).change(f"{kinds}-removed", before, None)
        elif before != after:
            yield here.change(f"{kinds}-changed", before, after, impact=weigh(before, after))


def one_sided(subject: Subject, *, is_old: bool = False) -> Subject:
    """The part as it exists on one side only."""
    from dataclasses import replace

    return replace(subject, new=None) if is_old else replace(subject, old=None)
