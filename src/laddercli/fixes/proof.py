"""The proof that a changed text says what its fixes meant and nothing else, and the text that can be proved.

The proof knows nothing of the edits: it applies the amendments to plain data, and compares.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from laddercli.amendments import Edit, Patch, Reclaim
from laddercli.comments import Comment
from laddercli.document import Document
from laddercli.fixes.edits import apply, edited, position
from laddercli.fixes.meaning import amended, same
from laddercli.fixes.ways import Unfit, private_entries


class Mended(NamedTuple):
    """A text with the patches that it took. ``refused`` are those that cannot be proved, not even alone; a patch in
    neither has to wait until the others are done."""

    text: str
    taken: tuple[Patch, ...]
    refused: tuple[Patch, ...]


def mend(document: Document, patches: Sequence[Patch], *, pure: bool = False) -> Mended:
    """The document's text with every patch that can be proved. ``pure`` reads it with the parser in Python."""
    left = list(patches)
    refused: list[Patch] = []
    while True:
        text, taken = apply(document.text, left)
        guilty = set(taken) - set(_provable(document, taken, pure=pure))
        if not guilty:
            return Mended(text, taken, tuple(refused))
        # Two patches may be right one by one and wrong together: then the second waits. The others make room for
        # those that overlap them.
        refused += [each for each in taken if each in guilty and not _proved(document, [each], pure=pure)]
        left = [each for each in left if each not in guilty]


def _provable(document: Document, patches: Sequence[Patch], *, pure: bool) -> list[Patch]:
    """The patches that can be proved together. Half by half, because all but a few can."""
    kept: list[Patch] = []
    groups = [list(patches)]
    while groups:
        group = groups.pop()
        if _proved(document, [*kept, *group], pure=pure):
            kept += group
        elif len(group) > 1:
            half = len(group) // 2
            groups += group[half:], group[:half]
    return kept


def _proved(document: Document, patches: Sequence[Patch], *, pure: bool) -> bool:
    text, taken = apply(document.text, patches)
    return prove(document, text, taken, pure=pure)


def prove(document: Document, text: str, patches: Sequence[Patch], *, pure: bool = False) -> bool:
    """Whether the text is the document with these patches and nothing else.

    It reads without faults; its data is the old data with the amendments; the author's own entries and the comments
    are the old ones. A comment may change only by a patch without a fix, or become part of a text by ``Reclaim``.
    """
    new = Document.parse(text, document.path, pure=pure)
    if document.root is None or document.faults or new.root is None or new.faults:
        return False
    try:
        expected = amended(document, patches)
    except Unfit:
        return False
    return (
        same(new.data, expected)
        and same(list(private_entries(new.root)), list(private_entries(document.root)))
        and Counter(comment.text for comment in new.comments) == Counter(_kept_comments(document, patches))
    )


def _kept_comments(document: Document, patches: Iterable[Patch]) -> Iterator[str]:
    """The comments that must be there afterwards: the old ones, but for edits that are about comments."""
    edits = sorted({edit for patch in patches if _is_about_comments(patch) for edit in patch.edits}, key=position)
    for comment in document.comments:
        text = _rest(comment, edits)
        if text.startswith("#"):
            yield text


def _is_about_comments(patch: Patch) -> bool:
    return patch.fix is None or any(isinstance(each, Reclaim) for each in patch.fix.amendments)


def _rest(comment: Comment, edits: list[Edit]) -> str:
    """What the edits, which do not overlap, leave of a comment."""
    start, end = comment.start, comment.start + len(comment.text)
    first = bisect_right(edits, start, key=lambda edit: edit.end)
    last = bisect_left(edits, end, key=lambda edit: edit.start)
    if first >= last:
        return comment.text
    inner = [
        Edit(max(edit.start, start) - start, min(edit.end, end) - start, edit.text if edit.start >= start else "")
        for edit in edits[first:last]
    ]
    return edited(comment.text, inner).rstrip()
