"""Which of many texts has become which of many others: the pairs that are most alike, taken together.

Candidates are found by the rare words that two texts share, and pairs are settled group by group, where a group is
texts that compete for each other. Both keep the work in proportion to the number of texts, however large a ladder is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from laddercli.changes.rewording import RECOGNIZABLE, likeness
from laddercli.changes.words import Said

# Up to so many pairs are all compared; beyond that only texts that share a rare word.
_ALL_PAIRS = 900
# How many of a text's words are looked up, rarest first, and how many texts are taken from each.
_RARE_WORDS = 5
_TEXTS_OF_A_WORD = 12
# How many candidates of a text are compared with it.
_CANDIDATES = 8
# A larger group is settled by taking the most alike pairs first.
_LARGEST_GROUP = 60
# A text that holds all words of the other is the other with something added, if it has so many of them.
_ENOUGH_WORDS = 4
# Of texts that are as much alike, those at the same place belong together. Far too small to outweigh a letter.
_NUDGE = 1e-6


class Edge(NamedTuple):
    """Two texts by their numbers, and how alike they are in percent."""

    likeness: float
    left: int
    right: int


T = TypeVar("T")


def alike(old: Sequence[Said], new: Sequence[Said], cutoff: float) -> list[tuple[int, int]]:
    """Pairs of an old and a new text, by their numbers, that are at least so much alike. No text is in two pairs."""
    edges = [
        Edge(found - _NUDGE * abs(left * len(new) - right * len(old)) / (len(old) * len(new)), left, right)
        for left, right in _candidates(old, new)
        if (found := _likeness(old[left], new[right], cutoff))
    ]
    return sorted(pair for group in _groups(edges) for pair in _settled(group))


def _likeness(old: Said, new: Said, cutoff: float) -> float:
    found = likeness(old.ordered, new.ordered, min(cutoff, RECOGNIZABLE))
    if found >= cutoff:
        return found
    fewer, more = sorted((old.words, new.words), key=len)
    is_extended = found > 0 and len(fewer) >= _ENOUGH_WORDS and not Counter(fewer) - Counter(more)
    return found if is_extended else 0


def _candidates(old: Sequence[Said], new: Sequence[Said]) -> Iterator[tuple[int, int]]:
    if len(old) * len(new) <= _ALL_PAIRS:
        for left in range(len(old)):
            for right in range(len(new)):
                yield left, right
        return
    holders: dict[str, list[int]] = {}
    for right, each in enumerate(new):
        for word in set(each.words):
            holders.setdefault(word, []).append(right)
    for left, each in enumerate(old):
        known = sorted({word for word in each.words if word in holders}, key=lambda word: (len(holders[word]), word))
        shared: dict[int, float] = {}  # what a text has in common with this one; a rare word says more
        for word in known[:_RARE_WORDS]:
            # Of a word that many texts have, those near the same place in the ladder come first.
            for right in _near(holders[word], left * len(new) // len(old)):
                shared[right] = shared.get(right, 0) + 1 / len(holders[word])
        for right, _ in sorted(shared.items(), key=lambda found: (-found[1], found[0]))[:_CANDIDATES]:
            yield left, right


def _near(holders: Sequence[int], position: int) -> Sequence[int]:
    if len(holders) <= _TEXTS_OF_A_WORD:
        return holders
    from bisect import bisect_left

    middle = bisect_left(holders, position)
    start = max(0, min(middle - _TEXTS_OF_A_WORD // 2, len(holders) - _TEXTS_OF_A_WORD))
    return holders[start : start + _TEXTS_OF_A_WORD]


def _groups(edges: Iterable[Edge]) -> Iterator[list[Edge]]:
    """The edges, parted into groups that have no text in common."""
    leaders: dict[tuple[bool, int], tuple[bool, int]] = {}

    def leader(node: tuple[bool, int]) -> tuple[bool, int]:
        while (above := leaders.setdefault(node, node)) != node:
            leaders[node] = leaders[above]
            node = above
        return node

    edges = list(edges)
    for edge in edges:
        leaders[leader((False, edge.left))] = leader((True, edge.right))
    groups: dict[tuple[bool, int], list[Edge]] = {}
    for edge in edges:
        groups.setdefault(leader((False, edge.left)), []).append(edge)
    yield from groups.values()


def _settled(group: list[Edge]) -> Iterable[tuple[int, int]]:
    """The pairs of a group whose likeness, added up, is greatest."""
    if len(group) == 1:
        return [(group[0].left, group[0].right)]
    lefts = sorted({edge.left for edge in group})
    rights = sorted({edge.right for edge in group})
    best = _everyones_best(group, lambda edge: edge.left) if len(lefts) <= len(rights) else None
    best = best or (_everyones_best(group, lambda edge: edge.right) if len(rights) <= len(lefts) else None)
    if best:
        return best
    if max(len(lefts), len(rights)) > _LARGEST_GROUP:
        return _greedy(group)
    return _optimal(group, lefts, rights)


def _everyones_best(group: list[Edge], side: Callable[[Edge], int]) -> list[tuple[int, int]] | None:
    """The best partner of each text on one side, if no two want the same: nothing can be better than that."""
    best: dict[int, Edge] = {}
    for edge in group:
        known = best.get(side(edge))
        if known is None or (edge.likeness, -edge.left, -edge.right) > (known.likeness, -known.left, -known.right):
            best[side(edge)] = edge
    pairs = [(edge.left, edge.right) for edge in best.values()]
    distinct = len({left for left, _ in pairs}) == len({right for _, right in pairs}) == len(pairs)
    return pairs if distinct else None


def _greedy(group: list[Edge]) -> Iterator[tuple[int, int]]:
    taken: set[tuple[bool, int]] = set()
    for edge in sorted(group, key=lambda edge: (-edge.likeness, edge.left, edge.right)):
        ends = {(False, edge.left), (True, edge.right)}
        if not ends & taken:
            taken |= ends
            yield edge.left, edge.right


def _optimal(group: list[Edge], lefts: list[int], rights: list[int]) -> list[tuple[int, int]]:
    """The Hungarian method on a square of costs; a pair that is no edge costs as much as no pair at all."""
    size = max(len(lefts), len(rights))
    row_of = {left: row for row, left in enumerate(lefts)}
    column_of = {right: column for column, right in enumerate(rights)}
    costs = [[0.0] * size for _ in range(size)]
    for edge in group:
        costs[row_of[edge.left]][column_of[edge.right]] = -edge.likeness
    rows = _hungarian(costs)
    return [
        (lefts[row], rights[column])
        for row, column in rows
        if row < len(lefts) and column < len(rights) and costs[row][column] < 0
    ]


def _hungarian(costs: list[list[float]]) -> list[tuple[int, int]]:
    """Row and column of each cell taken, with the least sum of costs. In the usual notation, counted from 1: ``u`` and
    ``v`` are the potentials, ``row_at`` the row that holds a column, ``way`` the column that one came from."""
    size = len(costs)
    u, v = [0.0] * (size + 1), [0.0] * (size + 1)
    row_at, way = [0] * (size + 1), [0] * (size + 1)
    for row in range(1, size + 1):
        row_at[0], column = row, 0
        least = [float("inf")] * (size + 1)
        used = [False] * (size + 1)
        while row_at[column]:
            used[column] = True
            here, delta, following = row_at[column], float("inf"), 0
            for other in range(1, size + 1):
                if used[other]:
                    continue
                reduced = costs[here - 1][other - 1] - u[here] - v[other]
                if reduced < least[other]:
                    least[other], way[other] = reduced, column
                if least[other] < delta:
                    delta, following = least[other], other
            for other in range(size + 1):
                if used[other]:
                    u[row_at[other]] += delta
                    v[other] -= delta
                else:
                    least[other] -= delta
            column = following
        while column:
            row_at[column] = row_at[way[column]]
            column = way[column]
    return [(row_at[column] - 1, column - 1) for column in range(1, size + 1)]
