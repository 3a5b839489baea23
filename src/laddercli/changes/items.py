"""Which criterion, and which benchmark, of the old version is which of the new one, wherever it stands now.

By id first, because an id proves it. Then by text: the same text in the same cell; the same text elsewhere, where it
leaves no choice; much the same text in the same cell (reworded), in the same level, in the ladder (moved). A
quantitative benchmark is known by its metric, within its level.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from laddercli.changes.assignment import alike
from laddercli.changes.homes import Home, Pair, Summary
from laddercli.changes.matching import Matched
from laddercli.changes.rewording import RECOGNIZABLE, has_core
from laddercli.changes.words import Said, said
from laddercli.ladder import Benchmark, Criterion

# Elsewhere a text must be more alike than within its cell to be the same: there is more to choose from.
MOVED = 75.0

T = TypeVar("T", bound=Criterion | Benchmark)


class Item(Generic[T]):
    """A criterion or benchmark at home."""

    __slots__ = ("_said", "home", "part")

    def __init__(self, part: T, home: Home) -> None:
        self.part = part
        self.home = home
        self._said: Said | None = None

    @property
    def said(self) -> Said:
        """The text as words; most items are matched before anybody asks."""
        if self._said is None:
            self._said = said(self.part.text or "")
        return self._said


class Moved(NamedTuple, Generic[T]):
    """An item that stands somewhere else now."""

    old: Item[T]
    new: Item[T]


@dataclass(slots=True)
class Fate(Generic[T]):
    """What has become of the items of one home: ``kept`` are both versions of those that are still there, ``came``
    those that moved in, ``added`` and ``removed`` those that exist on one side only."""

    kept: list[tuple[T, T]] = field(default_factory=list)
    came: list[Moved[T]] = field(default_factory=list)
    added: list[T] = field(default_factory=list)
    removed: list[T] = field(default_factory=list)

    @property
    def order_changed(self) -> bool:
        """Whether items that are still there stand in another order."""
        kept = [pair for pair in self.kept if not any(isinstance(each, Summary) for each in pair)]
        ranks = [_rank(new) for _, new in sorted(kept, key=lambda pair: _rank(pair[0]))]
        return ranks != sorted(ranks)


def _rank(part: Criterion | Benchmark) -> int:
    return int(part.place.loc[-1])


def fates_of_criteria(pairs: Iterable[Pair]) -> dict[Pair, Fate[Criterion]]:
    """What has become of every criterion, by home."""
    pairs = list(pairs)
    pool = _Pool(
        _items(pairs, lambda pair: pair.old, lambda home: home.criteria),
        _items(pairs, lambda pair: pair.new, lambda home: home.criteria),
    )
    pool.match(lambda item: item.part.id)
    pool.match(lambda item: item.home.key if isinstance(item.part, Summary) else None)
    pool.match(lambda item: (item.home.key, item.part.text))
    pool.match_texts()
    return pool.fates(pairs)


def fates_of_benchmarks(pairs: Iterable[Pair], matched: Matched) -> dict[Pair, Fate[Benchmark]]:
    """What has become of every benchmark, by home."""
    pairs = list(pairs)
    pool = _Pool(
        _items(pairs, lambda pair: pair.old, lambda home: home.benchmarks),
        _items(pairs, lambda pair: pair.new, lambda home: home.benchmarks),
    )

    def metric(item: Item[Benchmark]) -> str | None:
        name = item.part.metric.id if item.part.metric else None
        return matched.metric_ids.get(name, name) if name else None

    pool.match(lambda item: (item.home.key, metric(item)) if metric(item) else (item.home.key, "", item.part.text))
    pool.match(lambda item: (level_of(item.home), metric(item)) if metric(item) else None)
    pool.match_texts()
    return pool.fates(pairs)


def level_of(home: Home) -> Hashable:
    """The level of a home; what belongs to no level is together by what it belongs to."""
    return home.level.id if home.level else (home.key.kind, home.key.scope)


def _items(
    pairs: Iterable[Pair], side: Callable[[Pair], Home | None], parts: Callable[[Home], Iterable[T]]
) -> list[Item[T]]:
    homes = [home for pair in pairs if (home := side(pair))]
    homes.sort(key=lambda home: home.rank)  # so that both directions see the same order
    return [Item(part, home) for home in homes for part in parts(home)]


class _Pool(Generic[T]):
    """Items of both versions, and which of them have found each other."""

    def __init__(self, old: list[Item[T]], new: list[Item[T]]) -> None:
        self.old = old
        self.new = new
        self.all_old = old
        self.all_new = new
        self.of: dict[int, Item[T]] = {}  # the old item, by the identity of the new one

    def match(self, key: Callable[[Item[T]], Hashable]) -> None:
        """Pair items of the same key, in their order. Items whose key is None are left for later."""
        waiting: dict[Hashable, list[Item[T]]] = {}
        for item in self.old:
            if (name := key(item)) is not None:
                waiting.setdefault(name, []).append(item)
        queues = {name: iter(items) for name, items in waiting.items()}
        found = []
        for item in self.new:
            name = key(item)
            partner = next(queues.get(name, iter(())), None) if name is not None else None
            if partner:
                found.append((partner, item))
        self._settle(found)

    def match_texts(self) -> None:
        """Pair what is left by text."""
        self.match(lambda item: (item.home.key, item.said.plain) if item.said.plain else None)
        self._match_wholes()
        self._match_unmistakable()
        self._match_alike(lambda item: item.home.key, RECOGNIZABLE)
        self._match_alike(lambda item: level_of(item.home), MOVED)
        self._match_alike(lambda item: None, MOVED)
        self._match_in_place()

    def _match_in_place(self) -> None:
        """Pair texts at the same place of a cell that have a core in common, though much stands around it."""
        places = [
            {
                (item.home.key, _rank(item.part)): item
                for item in items
                if item.said.plain and not isinstance(item.part, Summary)
            }
            for items in (self.old, self.new)
        ]
        both = [(places[0][place], item) for place, item in places[1].items() if place in places[0]]
        self._settle([(old, new) for old, new in both if has_core(old.said.words, new.said.words)])

    def _match_wholes(self) -> None:
        """Pair what went with something larger and what came with something larger: that may be the same under another
        id. Neither is told, but neither may stand for what is new elsewhere."""
        everything = self.old, self.new
        self.old, self.new = ([item for item in side if item.home.is_whole] for side in everything)
        wholes = {id(item) for side in (self.old, self.new) for item in side}
        self.match(lambda item: item.said.plain or None)
        self._match_alike(lambda item: None, MOVED)
        left = {id(item) for side in (self.old, self.new) for item in side}
        self.old, self.new = (
            [item for item in side if id(item) in left or id(item) not in wholes] for side in everything
        )

    def _match_unmistakable(self) -> None:
        """Pair texts that each side has once."""
        lone = [_lone(items) for items in (self.old, self.new)]
        self._settle([(lone[0][text], item) for text, item in lone[1].items() if text in lone[0]])

    def _match_alike(self, group: Callable[[Item[T]], Hashable], cutoff: float) -> None:
        """Pair texts of the same group that are alike."""
        groups: dict[Hashable, tuple[list[Item[T]], list[Item[T]]]] = {}
        for side, items in enumerate((self.old, self.new)):
            for item in items:
                if item.said.plain:
                    groups.setdefault(group(item), ([], []))[side].append(item)
        found = []
        for old, new in groups.values():
            if old and new:
                pairs = alike([item.said for item in old], [item.said for item in new], cutoff)
                found += [(old[left], new[right]) for left, right in pairs]
        self._settle(found)

    def _settle(self, found: list[tuple[Item[T], Item[T]]]) -> None:
        self.of.update((id(new), old) for old, new in found)
        gone, come = {id(old) for old, _ in found}, {id(new) for _, new in found}
        self.old = [item for item in self.old if id(item) not in gone]
        self.new = [item for item in self.new if id(item) not in come]

    def fates(self, pairs: Iterable[Pair]) -> dict[Pair, Fate[T]]:
        """What has become of the items, by home. What belongs to something larger that went as something larger came
        is told by neither."""
        of_home: dict[int, Fate[T]] = {}
        fates: dict[Pair, Fate[T]] = {}
        for pair in pairs:
            fates[pair] = Fate()
            of_home.update((id(home), fates[pair]) for home in (pair.old, pair.new) if home)
        for item in self.all_new:
            old, fate = self.of.get(id(item)), of_home[id(item.home)]
            if old is None:
                fate.added.append(item.part)
            elif of_home[id(old.home)] is fate:
                fate.kept.append((old.part, item.part))
            elif not (old.home.is_whole and item.home.is_whole):
                fate.came.append(Moved(old, item))
        for item in self.old:
            of_home[id(item.home)].removed.append(item.part)
        return fates


def _lone(items: Iterable[Item[T]]) -> dict[str, Item[T]]:
    """The texts that only one item has."""
    found: dict[str, Item[T]] = {}
    again: set[str] = set()
    for item in items:
        text = item.said.plain
        if text in found:
            again.add(text)
        elif text:
            found[text] = item
    return {text: item for text, item in found.items() if text not in again}
