"""Edits side by side in one text: whether they leave each other alone, and what they make of it together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from laddercli.amendments import Edit, Patch


def apply(text: str, patches: Iterable[Patch]) -> tuple[str, tuple[Patch, ...]]:
    """The text with the patches, and those that were taken: the first by position, and every other that does not
    overlap them. What several patches do alike is done once."""
    taken: list[Patch] = []
    edits: list[Edit] = []
    for each in sorted(patches, key=lambda patch: [position(edit) for edit in patch.edits]):
        if any(_meets(edits, edit) for edit in each.edits):
            continue
        taken.append(each)
        for edit in each.edits:
            at = bisect_right(edits, position(edit), key=position)
            if edit not in edits[bisect_left(edits, position(edit), key=position) : at]:
                edits.insert(at, edit)
    return edited(text, edits), tuple(taken)


def position(edit: Edit) -> tuple[int, int]:
    """What edits are sorted by."""
    return edit.start, edit.end


def overlap(one: Edit, other: Edit) -> bool:
    """Whether of two edits neither leaves alone what the other changes. Two insertions at one place follow each
    other."""
    return one.start < other.end and other.start < one.end


def _meets(edits: list[Edit], edit: Edit) -> bool:
    """Whether an edit overlaps one of those that are there, and is not the same."""
    at = bisect_left(edits, position(edit), key=position)
    return any(each != edit and overlap(each, edit) for each in edits[max(at - 1, 0) : at + 2])


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits, which are in order and leave each other alone."""
    parts: list[str] = []
    done = 0
    for start, end, new in edits:
        parts += text[done:start], new
        done = end
    return "".join((*parts, text[done:]))
