"""Which texts of neighboring levels have so many words in common that a closer look is worth its time."""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.reading import Lane, Reading, Said


def look_alikes(reading: Reading, lane: Lane, measure: str, reach: int) -> Iterator[tuple[Said, Said, int]]:
    """Each text of a level with those of the levels up to ``reach`` below it that are alike and have the same figures,
    the closest first, and by how many levels they are apart: a figure that changes is growth."""
    lower: list[tuple[Said, ...]] = []
    for level in lane.levels:
        here = reading.said.get((level.id, measure), ())
        known: frozenset[str] = frozenset().union(*(said.words for cell in lower for said in cell))
        for said in here:
            if _are_alike(said.words, known):
                for distance, cell in enumerate(lower, 1):
                    for other in cell:
                        if said.figures == other.figures and _are_alike(said.words, other.words):
                            yield said, other, distance
        lower = [here, *lower[: reach - 1]]


def _are_alike(some: frozenset[str], others: frozenset[str]) -> bool:
    fewest = min(len(some), len(others))
    return not fewest or 2 * len(some & others) >= fewest
