"""From a fix to a changed text, and the proof that the text says what the fix meant and nothing else.

``patch`` turns what is to change in the ladder into edits of the file. ``apply`` puts the edits of many patches into
one text. ``prove`` reads that text again: its data must be the old data with the amendments done to it, its comments
and the author's own ``x-`` entries the old ones. ``mend`` does both, and leaves out what cannot be proved.

The proof knows nothing of the edits: it applies the amendments to plain data, and compares.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from laddercli.amendments import Edit, Fix, Insert, Patch, Reclaim, Remove, Replace
from laddercli.comments import Comment
from laddercli.document import Document
from laddercli.nodes import Loc, Mark, Node, Span, quote
from laddercli.offsets import find_range

_WHITE = " \t\r\n"
_REST_OF_LINE = re.compile(r"[^\r\n]*")
_BREAK = re.compile(r"\r\n?|\n")
_BLANK_LINES = re.compile(r"(?:[ \t]*(?:\r\n?|\n))*")
# Nothing but comments and white space, from the end of a value on.
_NOTHING_MORE = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?:(?:\r\n?|\n)[ \t]*(?:#[^\r\n]*)?)*")
_COMMENT = re.compile(r"[ \t]+#[^\r\n]*")
_COMMA = re.compile(r"[ \t\r\n]*,[ \t\r\n]*")
_CLOSING = re.compile(r"[ \t\r\n]*(,?)[ \t\r\n]*\}")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")
_GAP_IN_FLOW = re.compile(r"[ \t]+(?=[,}])")
_INDENT = 2


class Mended(NamedTuple):
    """A text with the patches that it took. ``refused`` are those that cannot be proved, not even alone; a patch in
    neither has to wait until the others are done."""

    text: str
    taken: tuple[Patch, ...]
    refused: tuple[Patch, ...]


class _Unfit(Exception):
    """The fix cannot be made safely."""


# --- from a fix to edits -----------------------------------------------------------------------------------------


def patch(document: Document, fix: Fix) -> Patch | None:
    """The fix as edits of the document. None where it cannot be done safely: its place is not there, it stands in
    a part that has an anchor, or a comment would go with it."""
    if document.faults:
        return None
    try:
        edits = tuple(sorted(dict.fromkeys(_edits(document, fix)), key=_position))
    except _Unfit:
        return None
    if not edits or any(_overlap(one, other) for one, other in pairwise(edits)):
        return None
    spans = tuple(Span(_mark(document.text, edit.start), _mark(document.text, edit.end)) for edit in edits)
    return Patch(fix.message, fix.safe, document.path, edits, spans, fix)


def _edits(document: Document, fix: Fix) -> Iterator[Edit]:
    rewordings: dict[Loc, list[Replace]] = {}
    for amendment in fix.amendments:
        if isinstance(amendment, Replace):
            rewordings.setdefault(_way(document, amendment.place.loc).loc, []).append(amendment)
        elif isinstance(amendment, Insert):
            yield _insert(document, amendment)
        elif isinstance(amendment, Reclaim):
            yield _reclaim(document, amendment)
    for loc, changes in rewordings.items():
        yield from _replace(document, _way(document, loc), changes)
    for loc in _removed(document, fix.amendments):
        yield _remove(document, _way(document, loc))


class _Way(NamedTuple):
    """The parts of a loc that lead somewhere, and the nodes that they lead to, from the root on."""

    loc: Loc
    nodes: tuple[Node, ...]

    @property
    def node(self) -> Node:
        return self.nodes[-1]

    @property
    def in_flow(self) -> bool:
        """Whether the node stands between brackets."""
        return any(node.style for node in self.nodes[:-1])


def _way(document: Document, loc: Loc, *, whole: bool = False) -> _Way:
    """The way to a node. As in ``Document.node``, parts that lead nowhere are passed over; with ``whole`` not the
    last one, so that a place which the author wrote in a short form is not taken for the place around it.

    What has an anchor stands in the data more than once, and nobody asked to change it everywhere.
    """
    if document.root is None:
        raise _Unfit
    parts: list[int | str] = []
    nodes = [document.root]
    reached = True
    for part in loc:
        inner = nodes[-1].parts
        reached = part in inner if isinstance(inner, dict) else isinstance(part, int) and part < len(inner or ())
        if reached:
            parts.append(part)
            nodes.append(inner[part])
    if (whole and not reached) or any(document.text.startswith("&", node.start.index) for node in nodes):
        raise _Unfit
    return _Way(tuple(parts), tuple(nodes))


def _replace(document: Document, way: _Way, changes: list[Replace]) -> list[Edit]:
    """Edits of the words alone if that reads as it should; else the text is put into quotes as a whole."""
    text, node = document.text, way.node
    first, last = node.start.index, node.end.index
    if not isinstance(node.value, str):
        raise _Unfit
    edits = []
    for change in changes:
        place = find_range(text, node, change.start, change.end)
        if place is None:
            raise _Unfit
        edits.append(Edit(*place, _encoded(change.text, node.style)))
    edits.sort(key=_position)
    if any(_overlap(one, other) for one, other in pairwise(edits)):
        raise _Unfit
    value = _reworded(node.value, changes)
    source = _edited(text[first:last], [Edit(start - first, end - first, new) for start, end, new in edits])
    if _reads_as(source, value, in_flow=way.in_flow):
        return edits
    if _BREAK.search(text, first, last):
        raise _Unfit
    return [Edit(first, last, _quoted(value, in_flow=way.in_flow))]


def _insert(document: Document, amendment: Insert) -> Edit:
    way = _way(document, amendment.place.loc, whole=True)
    text, node, in_flow = document.text, way.node, way.in_flow
    keys = amendment.keys
    while node.keys is not None:
        in_flow = in_flow or bool(node.style)
        if keys[0] not in node.parts:
            break
        key, node, keys = node.keys[keys[0]], node.parts[keys[0]], keys[1:]
        if text.startswith("&", node.start.index):
            raise _Unfit
        if node.value is None:
            return _fill(text, key, node, keys, amendment.value, in_flow=in_flow)
        if not keys:
            raise _Unfit
    if node.keys is None:
        raise _Unfit
    if node.style:
        return _append_in_braces(text, node, _flow_entry(keys, amendment.value))
    end = _end(text, node)
    more = _NOTHING_MORE.match(text, end)
    if more is None or more.end() < node.end.index or _takes_breaks(text, _leaf(node)):
        raise _Unfit
    return _append_lines(text, end, keys, amendment.value, node.start.column)


def _fill(text: str, key: Node, node: Node, keys: tuple[str, ...], value: str, *, in_flow: bool) -> Edit:
    """Give a value to a key that has none."""
    if node.start.index < node.end.index:
        written = _scalar(value, in_flow=in_flow) if not keys else f"{{{_flow_entry(keys, value)}}}"
        return Edit(node.start.index, node.end.index, written)
    # The parsers disagree whether nothing stands behind the colon or before what comes next.
    colon = len(text[key.end.index : node.start.index].rstrip(_WHITE)) + key.end.index
    if text[colon - 1] != ":":
        raise _Unfit
    gap = _GAP_IN_FLOW.match(text, colon)
    end = gap.end() if gap else colon
    if not keys:
        return Edit(colon, end, f" {_scalar(value, in_flow=in_flow)}")
    if in_flow:
        return Edit(colon, end, f" {{{_flow_entry(keys, value)}}}")
    return _append_lines(text, colon, keys, value, key.start.column + _INDENT)


def _append_lines(text: str, end: int, keys: tuple[str, ...], value: str, column: int) -> Edit:
    """An entry on lines of its own, below the line on which something ends."""
    match = _BREAK.search(text)
    newline = match[0] if match else "\n"
    indents = [" " * (column + _INDENT * depth) for depth in range(len(keys))]
    names = [f"{indent}{_scalar(key, in_flow=False)}:" for indent, key in zip(indents, keys, strict=True)]
    end = _line_end(text, end)
    return Edit(end, end, f"{newline}{newline.join(names)} {_scalar(value, in_flow=False)}")


def _append_in_braces(text: str, node: Node, entry: str) -> Edit:
    if not text.startswith("{", node.start.index):
        raise _Unfit  # `[a: b]` is a mapping without braces
    empty = not node.parts and not node.private
    end = node.start.index + 1 if empty else _end_of_last(text, node)
    closing = _CLOSING.match(text, end)
    if closing is None or closing.end() != node.end.index:
        raise _Unfit
    if empty:
        return Edit(end, closing.end() - 1, entry)
    if closing[1]:
        return Edit(closing.end(1), closing.end(1), f" {entry}")
    return Edit(end, end, f", {entry}")


def _flow_entry(keys: tuple[str, ...], value: str) -> str:
    written = _scalar(value, in_flow=True)
    for depth, key in enumerate(reversed(keys)):
        entry = f"{_scalar(key, in_flow=True)}: {written}"
        written = f"{{{entry}}}" if depth < len(keys) - 1 else entry
    return written


def _reclaim(document: Document, amendment: Reclaim) -> Edit:
    node = _way(document, amendment.place.loc).node
    said = _with_comment(document.text, node)
    return Edit(node.start.index, _line_end(document.text, node.end.index), _quoted(said, in_flow=False))


def _with_comment(text: str, node: Node) -> str:
    """A plain text of one line together with the comment behind it, as they are written."""
    first, last = node.start.index, node.end.index
    comment = _COMMENT.match(text, last)
    if node.style or comment is None or not isinstance(node.value, str) or text[first:last] != node.value:
        raise _Unfit
    return text[first : comment.end()].rstrip(_WHITE)


def _removed(document: Document, amendments: Iterable[object]) -> list[Loc]:
    """What goes. A mapping or list that would be left with nothing goes as a whole, with the key that names it."""
    gone = {_way(document, each.place.loc, whole=True).loc for each in amendments if isinstance(each, Remove)}
    for depth in range(max(map(len, gone), default=0), 0, -1):
        parents = Counter(loc[:-1] for loc in gone if len(loc) == depth)
        for parent, count in parents.items():
            node = _way(document, parent).node
            if count == len(node.parts) + len(node.private or ()):
                if not parent or isinstance(parent[-1], int):
                    raise _Unfit
                gone = {loc for loc in gone if loc[:-1] != parent} | {parent}
    return sorted(loc for loc in gone if not any(loc[:length] in gone for length in range(len(loc))))


def _remove(document: Document, way: _Way) -> Edit:
    if not way.loc or next(_private(way.node), None):  # the author's own entries are nobody else's to remove
        raise _Unfit
    text, holder = document.text, way.nodes[-2]
    begin = (holder.keys[way.loc[-1]] if holder.keys is not None else way.node).start.index  # type: ignore[index]
    end = _end(text, way.node)
    if holder.style:
        edit = _remove_between_brackets(text, begin, end)
    else:
        edit = _remove_lines(text, holder, begin if holder.keys is not None else _dash(text, holder, begin), end)
    if text.find("#", edit.start, edit.end) >= 0 and any(
        edit.start <= comment.start < edit.end for comment in document.comments
    ):
        raise _Unfit
    return edit


def _remove_between_brackets(text: str, begin: int, end: int) -> Edit:
    """An entry goes with the comma behind it; the last entry with the comma before it."""
    comma = _COMMA.match(text, end)
    if comma and text[comma.end()] not in "]}#":
        return Edit(begin, comma.end(), "")
    while text[begin - 1] in _WHITE:
        begin -= 1
    if text[begin - 1] != ",":
        raise _Unfit
    return Edit(begin - 1, end, "")


def _remove_lines(text: str, holder: Node, begin: int, end: int) -> Edit:
    line_end = _line_end(text, end)
    if text[end:line_end].strip(_WHITE):
        raise _Unfit
    line_break = _BREAK.match(text, line_end)
    after = line_break.end() if line_break else line_end
    start = _line_start(text, begin)
    if not text[start:begin].strip(_WHITE):
        # Of the blank lines around what goes, one side is enough.
        above = text[_line_start(text, start - 1) : start] if start else ""
        blank = None if above.strip(_WHITE) else _BLANK_LINES.match(text, after)
        return Edit(start, blank.end() if blank else after, "")
    # The first key of a list item shares its line with the dash: the next key takes its place.
    heir = after + holder.start.column
    if holder.keys is None or text[after:heir].strip(" ") or text[heir : heir + 1].strip(f"{_WHITE}#-") == "":
        raise _Unfit
    return Edit(begin, heir, "")


def _dash(text: str, holder: Node, begin: int) -> int:
    """Where the dash of a list item stands: in the column of the list, on the item's line or above it."""
    first: int = holder.start.index
    start = _line_start(text, begin)
    while (dash := start + int(holder.start.column)) > first and (text[dash] != "-" or text[start:dash].strip(_WHITE)):
        start = _line_start(text, start - 1)
    return max(dash, first)


def _end(text: str, node: Node) -> int:
    """Where the last word of a value ends."""
    node = _leaf(node)
    start: int = node.start.index
    end: int = node.end.index
    return start + len(text[start:end].rstrip(_WHITE)) if node.style in ("|", ">") else end


def _leaf(node: Node) -> Node:
    """The last value in a block; the value itself, if it is none."""
    while node.parts is not None and not node.style:
        node = _last(node)
    return node


def _takes_breaks(text: str, node: Node) -> bool:
    """Whether the line breaks below a block belong to its text, so that a new one would change it."""
    header = _BLOCK_HEADER.match(text, node.start.index)
    if node.style not in ("|", ">") or header is None:
        return False
    return "+" in header[0] or ("-" not in header[0] and _line_end(text, _end(text, node)) == len(text))


def _end_of_last(text: str, node: Node) -> int:
    return _end(text, _last(node))


def _last(node: Node) -> Node:
    parts: list[Node] = list(node.parts.values() if isinstance(node.parts, dict) else node.parts)[-1:]
    parts.extend((node.private or {}).values())
    return max(parts, key=lambda part: part.start.index)


def _line_start(text: str, index: int) -> int:
    if text.startswith("\r\n", index - 1):
        index -= 1
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def _line_end(text: str, index: int) -> int:
    match = _REST_OF_LINE.match(text, index)
    return match.end() if match else index


def _mark(text: str, index: int) -> Mark:
    """As ``nodes.mark_at``, for many places of one text."""
    breaks = text.count("\n", 0, index) + text.count("\r", 0, index) - text.count("\r\n", 0, index)
    return Mark(breaks + 1, index - _line_start(text, index) + 1)


# --- how a text is written ---------------------------------------------------------------------------------------


def _encoded(text: str, style: str) -> str:
    """Words as they are written inside a scalar of that style."""
    if style == '"':
        return _escaped(text)
    return text.replace("'", "''") if style == "'" else text


def _escaped(text: str) -> str:
    return "".join(_escape(character) for character in text)


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def _escape(character: str) -> str:
    """A character between double quotes. What may not stand in a ladder, or cannot be seen, is written as its code."""
    if character in _ESCAPES:
        return _ESCAPES[character]
    if unicodedata.category(character) in ("Cc", "Zl", "Zp") or character in "\ufeff\ufffe\uffff":
        return f"\\u{ord(character):04x}"
    return character


def _quoted(text: str, *, in_flow: bool) -> str:
    source = quote(text) if text.isprintable() else f'"{_escaped(text)}"'
    if not _reads_as(source, text, in_flow=in_flow):
        raise _Unfit
    return source


def _scalar(text: str, *, in_flow: bool) -> str:
    """A value on one line: without quotes where YAML reads it the same."""
    return text if _reads_as(text, text, in_flow=in_flow) else _quoted(text, in_flow=in_flow)


def _reads_as(source: str, value: str, *, in_flow: bool) -> bool:
    """Whether a scalar that is written like this has this value, and stays text if it is text."""
    read = Document.parse(f"- [{source}]" if in_flow else f"- {source}")
    return not read.faults and _same(read.data, [[value]] if in_flow else [value])


# --- many patches of one text ------------------------------------------------------------------------------------


def apply(text: str, patches: Iterable[Patch]) -> tuple[str, tuple[Patch, ...]]:
    """The text with the patches, and those that were taken: the first by position, and every other that does not
    overlap them. What several patches do alike is done once."""
    taken: list[Patch] = []
    edits: list[Edit] = []
    for each in sorted(patches, key=lambda patch: [_position(edit) for edit in patch.edits]):
        if any(_meets(edits, edit) for edit in each.edits):
            continue
        taken.append(each)
        for edit in each.edits:
            at = bisect_right(edits, _position(edit), key=_position)
            if edit not in edits[bisect_left(edits, _position(edit), key=_position) : at]:
                edits.insert(at, edit)
    return _edited(text, edits), tuple(taken)


def _position(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def _overlap(one: Edit, other: Edit) -> bool:
    """Whether of two edits neither leaves alone what the other changes. Two insertions at one place follow each
    other."""
    return one.start < other.end and other.start < one.end


def _meets(edits: list[Edit], edit: Edit) -> bool:
    """Whether an edit overlaps one of those that are there, and is not the same."""
    at = bisect_left(edits, _position(edit), key=_position)
    return any(each != edit and _overlap(each, edit) for each in edits[max(at - 1, 0) : at + 2])


def _edited(text: str, edits: Iterable[Edit]) -> str:
    parts: list[str] = []
    done = 0
    for start, end, new in edits:
        parts += text[done:start], new
        done = end
    return "".join((*parts, text[done:]))


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


# --- the proof ---------------------------------------------------------------------------------------------------


def prove(document: Document, text: str, patches: Sequence[Patch], *, pure: bool = False) -> bool:
    """Whether the text is the document with these patches and nothing else.

    It reads without faults; its data is the old data with the amendments; the author's own entries and the comments
    are the old ones. A comment may change only by a patch without a fix, or become part of a text by ``Reclaim``.
    """
    new = Document.parse(text, document.path, pure=pure)
    if document.root is None or document.faults or new.root is None or new.faults:
        return False
    try:
        expected = _amended(document, patches)
    except _Unfit:
        return False
    return (
        _same(new.data, expected)
        and _same(list(_private(new.root)), list(_private(document.root)))
        and Counter(comment.text for comment in new.comments) == Counter(_kept_comments(document, patches))
    )


def _amended(document: Document, patches: Iterable[Patch]) -> Any:
    """The data with the amendments of all patches. What goes is taken away last, from the end, so that no place
    moves before its turn."""
    amendments = list(dict.fromkeys(each for patch in patches if patch.fix for each in patch.fix.amendments))
    data = _copy(document.data)
    rewordings: dict[Loc, list[Replace]] = {}
    for each in amendments:
        loc = each.place.loc
        if isinstance(each, Replace):
            rewordings.setdefault(_way(document, loc).loc, []).append(each)
        elif isinstance(each, Reclaim):
            way = _way(document, loc)
            _at(data, way.loc[:-1])[way.loc[-1]] = _with_comment(document.text, way.node)
        elif isinstance(each, Insert):
            _set(_at(data, _way(document, loc, whole=True).loc), each.keys, each.value)
    for loc, changes in rewordings.items():
        holder = _at(data, loc[:-1])
        holder[loc[-1]] = _reworded(holder[loc[-1]], changes)
    for loc in reversed(_removed(document, amendments)):
        del _at(data, loc[:-1])[loc[-1]]
    return data


def _copy(data: Any) -> Any:
    """What an alias repeats becomes a copy of its own."""
    if isinstance(data, dict):
        return {key: _copy(value) for key, value in data.items()}
    return [_copy(value) for value in data] if isinstance(data, list) else data


def _at(data: Any, loc: Loc) -> Any:
    for part in loc:
        data = data[part]
    return data


def _set(data: Any, keys: tuple[str, ...], value: str) -> None:
    for depth, key in enumerate(keys, 1):
        if not isinstance(data, dict) or (depth == len(keys) and data.get(key) is not None):
            raise _Unfit
        if depth == len(keys):
            data[key] = value
        elif data.get(key) is None:
            data[key] = {}
        data = data[key]


def _reworded(value: str, changes: Iterable[Replace]) -> str:
    """The text with other words in it; a number stays a number."""
    words = str(value)
    for change in sorted(changes, key=lambda change: (change.start, change.end), reverse=True):
        words = words[: change.start] + change.text + words[change.end :]
    return value.__class__(words)


def _same(one: Any, other: Any) -> bool:
    """Equal in value, kind and order: a number in quotes is another value."""
    if one.__class__ is not other.__class__:
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(_same(value, other[key]) for key, value in one.items())
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)


def _private(node: Node) -> Iterator[tuple[str, Any]]:
    """The author's own entries of a document, in the order in which they are written."""
    for name, part in (node.private or {}).items():
        yield name, part.value
        yield from _private(part)
    for part in node.parts.values() if isinstance(node.parts, dict) else node.parts or ():
        yield from _private(part)


def _kept_comments(document: Document, patches: Iterable[Patch]) -> Iterator[str]:
    """The comments that must be there afterwards: the old ones, but for edits that are about comments."""
    edits = sorted({edit for patch in patches if _is_about_comments(patch) for edit in patch.edits}, key=_position)
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
    return _edited(comment.text, inner).rstrip()
