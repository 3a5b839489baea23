"""A fix as edits of the file that it is for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from laddercli.amendments import Edit, Fix, Insert, Patch, Reclaim, Replace
from laddercli.document import Document
from laddercli.fixes.edits import edited, overlap, position
from laddercli.fixes.entries import insert, remove
from laddercli.fixes.meaning import removed, reworded, with_comment
from laddercli.fixes.spots import BREAK, line_end, line_start
from laddercli.fixes.ways import Unfit, Way, way_to
from laddercli.fixes.writing import encoded, quoted, reads_as
from laddercli.nodes import Loc, Mark, Span
from laddercli.offsets import find_range


def patch(document: Document, fix: Fix) -> Patch | None:
    """The fix as edits of the document. None where it cannot be done safely: its place is not there, it stands in
    a part that has an anchor, or a comment would go with it."""
    if document.faults:
        return None
    try:
        edits = tuple(sorted(dict.fromkeys(_edits(document, fix)), key=position))
    except Unfit:
        return None
    if not edits or any(overlap(one, other) for one, other in pairwise(edits)):
        return None
    spans = tuple(Span(_mark(document.text, edit.start), _mark(document.text, edit.end)) for edit in edits)
    return Patch(fix.message, fix.safe, document.path, edits, spans, fix)


def _edits(document: Document, fix: Fix) -> Iterator[Edit]:
    rewordings: dict[Loc, list[Replace]] = {}
    for amendment in fix.amendments:
        if isinstance(amendment, Replace):
            rewordings.setdefault(way_to(document, amendment.place.loc).loc, []).append(amendment)
        elif isinstance(amendment, Insert):
            yield insert(document, amendment)
        elif isinstance(amendment, Reclaim):
            yield _reclaim(document, amendment)
    for loc, changes in rewordings.items():
        yield from _replace(document, way_to(document, loc), changes)
    for loc in removed(document, fix.amendments):
        yield remove(document, way_to(document, loc))


def _replace(document: Document, way: Way, changes: list[Replace]) -> list[Edit]:
    """Edits of the words alone if that reads as it should; else the text is put into quotes as a whole."""
    text, node = document.text, way.node
    first, last = node.start.index, node.end.index
    if not isinstance(node.value, str):
        raise Unfit
    edits = []
    for change in changes:
        place = find_range(text, node, change.start, change.end)
        if place is None:
            raise Unfit
        edits.append(Edit(*place, encoded(change.text, node.style)))
    edits.sort(key=position)
    if any(overlap(one, other) for one, other in pairwise(edits)):
        raise Unfit
    value = reworded(node.value, changes)
    source = edited(text[first:last], [Edit(start - first, end - first, new) for start, end, new in edits])
    if reads_as(source, value, in_flow=way.in_flow):
        return edits
    if BREAK.search(text, first, last):
        raise Unfit
    return [Edit(first, last, quoted(value, in_flow=way.in_flow))]


def _reclaim(document: Document, amendment: Reclaim) -> Edit:
    node = way_to(document, amendment.place.loc).node
    said = with_comment(document.text, node)
    return Edit(node.start.index, line_end(document.text, node.end.index), quoted(said, in_flow=False))


def _mark(text: str, index: int) -> Mark:
    """As ``nodes.mark_at``, for many places of one text."""
    breaks = text.count("\n", 0, index) + text.count("\r", 0, index) - text.count("\r\n", 0, index)
    return Mark(breaks + 1, index - line_start(text, index) + 1)
