"""What amendments make of the data, whatever the file looks like: this is what the text has to say afterwards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from laddercli.amendments import Insert, Patch, Reclaim, Remove, Replace
from laddercli.document import Document
from laddercli.fixes.spots import WHITE
from laddercli.fixes.ways import Unfit, way_to
from laddercli.nodes import Loc, Node

_COMMENT = re.compile(r"[ \t]+#[^\r\n]*")


def amended(document: Document, patches: Iterable[Patch]) -> Any:
    """The data with the amendments of all patches. What goes is taken away last, from the end, so that no place
    moves before its turn."""
    amendments = list(dict.fromkeys(each for patch in patches if patch.fix for each in patch.fix.amendments))
    data = _copy(document.data)
    rewordings: dict[Loc, list[Replace]] = {}
    for each in amendments:
        loc = each.place.loc
        if isinstance(each, Replace):
            rewordings.setdefault(way_to(document, loc).loc, []).append(each)
        elif isinstance(each, Reclaim):
            way = way_to(document, loc)
            _at(data, way.loc[:-1])[way.loc[-1]] = with_comment(document.text, way.node)
        elif isinstance(each, Insert):
            _set(_at(data, way_to(document, loc, whole=True).loc), each.keys, each.value)
    for loc, changes in rewordings.items():
        holder = _at(data, loc[:-1])
        holder[loc[-1]] = reworded(holder[loc[-1]], changes)
    for loc in reversed(removed(document, amendments)):
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
            raise Unfit
        if depth == len(keys):
            data[key] = value
        elif data.get(key) is None:
            data[key] = {}
        data = data[key]


def removed(document: Document, amendments: Iterable[object]) -> list[Loc]:
    """What goes. A mapping or list that would be left with nothing goes as a whole, with the key that names it."""
    gone = {way_to(document, each.place.loc, whole=True).loc for each in amendments if isinstance(each, Remove)}
    for depth in range(max(map(len, gone), default=0), 0, -1):
        parents = Counter(loc[:-1] for loc in gone if len(loc) == depth)
        for parent, count in parents.items():
            node = way_to(document, parent).node
            if count == len(node.parts) + len(node.private or ()):
                if not parent or isinstance(parent[-1], int):
                    raise Unfit
                gone = {loc for loc in gone if loc[:-1] != parent} | {parent}
    return sorted(loc for loc in gone if not any(loc[:length] in gone for length in range(len(loc))))


def with_comment(text: str, node: Node) -> str:
    """A plain text of one line together with the comment behind it, as they are written."""
    first, last = node.start.index, node.end.index
    comment = _COMMENT.match(text, last)
    if node.style or comment is None or not isinstance(node.value, str) or text[first:last] != node.value:
        raise Unfit
    return text[first : comment.end()].rstrip(WHITE)


def reworded(value: str, changes: Iterable[Replace]) -> str:
    """The text with other words in it; a number stays a number."""
    words = str(value)
    for change in sorted(changes, key=lambda change: (change.start, change.end), reverse=True):
        words = words[: change.start] + change.text + words[change.end :]
    return value.__class__(words)


def same(one: Any, other: Any) -> bool:
    """Equal in value, kind and order: a number in quotes is another value."""
    if one.__class__ is not other.__class__:
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)
