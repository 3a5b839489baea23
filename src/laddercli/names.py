"""What a level, a ladder or a measure is called on the command line, and which one is meant.

A level is named by its id, else its code, else its title, else an id it had before; ``LADDER:`` in front says in
which ladder, ``@REVISION`` behind at which version. Each kind of name is looked up over all ladders before the next
kind is tried.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence

from laddercli.errors import Ambiguous, NotFound
from laddercli.findings import closest
from laddercli.ladder import Ladder, Level, Measure, Position

# Words that compare letter case folded, as titles do.
Names = Callable[[Level], Iterable[str]]

_KINDS: tuple[tuple[str, Names], ...] = (
    ("id", lambda level: (level.id,)),
    ("code", lambda level: (level.code,) if level.code else ()),
    ("title", lambda level: (level.title,)),
    ("former id", lambda level: level.formerly),
)


def find_level(name: str, ladders: Sequence[Ladder], notice: Callable[[str], None] = lambda text: None) -> Position:
    """The level of that name. A former id is taken with a ``notice``.

    Raises ``NotFound`` when there is none, with what was probably meant, or when there are several, with their names.
    """
    for kind, names in _KINDS:
        for ladder_name, level_name in _readings(name):
            hits = _hits(level_name, names, _among(ladders, ladder_name))
            if len(hits) > 1:
                raise Ambiguous(_ambiguous(name, hits))
            if hits:
                if kind == "former id":
                    notice(f"`{level_name}` is now called `{hits[0].level.id}`")
                return hits[0]
    raise _no_level(name, ladders)


def at_revision(name: str) -> list[tuple[str, str]]:
    """The ways to read a name as one at a revision: what stands before an `@`, and what behind it, likeliest first.

    Names and branches may hold an `@` themselves, so each is tried, the last first. One that opens a brace belongs to
    the revision, as in `staff-pm@main@{yesterday}`, and `staff-pm@{1}` is the level at `@{1}`.
    """
    places = [index for index, character in enumerate(name) if character == "@" and 0 < index < len(name) - 1]
    plain = [(name[:index], name[index + 1 :]) for index in reversed(places) if name[index + 1] != "{"]
    return plain + [(name[:index], name[index:]) for index in reversed(places) if name[index + 1] == "{"]


def _readings(name: str) -> list[tuple[str | None, str]]:
    """A name may hold colons of its own, so it is split at each of them, the last first, and tried as a whole."""
    colons = [index for index, character in enumerate(name) if character == ":" and 0 < index < len(name) - 1]
    return [*((name[:index], name[index + 1 :]) for index in reversed(colons)), (None, name)]


def _among(ladders: Sequence[Ladder], name: str | None) -> Sequence[Ladder]:
    return ladders if name is None else [ladder for ladder in ladders if _is_called(ladder, name)]


def _is_called(ladder: Ladder, name: str) -> bool:
    return name == ladder.id or os.path.realpath(name) == os.path.realpath(ladder.place.file)


def _hits(name: str, names: Names, ladders: Sequence[Ladder]) -> list[Position]:
    exact = _matching(lambda word: word == name, names, ladders)
    return exact or _matching(lambda word: word.casefold() == name.casefold(), names, ladders)


def _matching(matches: Callable[[str], bool], names: Names, ladders: Sequence[Ladder]) -> list[Position]:
    return [
        Position(ladder, track, level)
        for ladder in ladders
        for track in ladder.tracks
        for level in track.levels
        if any(matches(word) for word in names(level))
    ]


def _ambiguous(name: str, hits: list[Position]) -> str:
    same_id = len({hit.ladder.id for hit in hits}) < len({hit.ladder.place.file for hit in hits})
    full = [f"{_path(hit.ladder)}:{hit.short_name}" if same_id else hit.name for hit in hits]
    return f"`{name}` may be any of: {', '.join(full)}"


def _path(ladder: Ladder) -> str:
    """The file of a ladder without the revision."""
    return ladder.place.file.removeprefix(f"{ladder.revision}:")


def _typed(ladder: Ladder) -> str:
    """What to type for a ladder when its id is not enough."""
    return _path(ladder) if ladder.revision is None else f"{_path(ladder)}@{ladder.revision}"


def _no_level(name: str, ladders: Sequence[Ladder]) -> NotFound:
    scope, _, level_name = name.rpartition(":")
    if scope and not _among(ladders, scope):
        meant = closest(scope, [ladder.id for ladder in ladders])
        known = f"; did you mean `{meant}`?" if meant else f"; there are: {', '.join(ladder.id for ladder in ladders)}"
        return NotFound(f"there is no ladder `{scope}`{known}")
    among = _among(ladders, scope) if scope else ladders
    levels = [level for ladder in among for track in ladder.tracks for level in track.levels]
    words = [word for _, names in _KINDS for level in levels for word in names(level)]
    meant = closest(level_name or name, words)
    if any(_is_called(ladder, name) or name.casefold() == ladder.title.casefold() for ladder in ladders):
        return NotFound(f"`{name}` is a ladder, not a level", help=f"`ladder list {name}` shows its levels")
    if meant:
        return NotFound(f"there is no level `{name}`; did you mean `{meant}`?")
    return NotFound(f"there is no level `{name}`", help="`ladder list` shows every level with its id")


def find_ladder(name: str, ladders: Sequence[Ladder]) -> Ladder:
    """The ladder with that id or path. Raises ``NotFound`` when there is none or an id is ambiguous."""
    hits = list(_among(ladders, name))
    if len(hits) > 1:
        raise Ambiguous(f"`{name}` may be any of: {', '.join(map(_typed, hits))}")
    if not hits:
        meant = closest(name, [ladder.id for ladder in ladders])
        help = None if meant else f"there are: {', '.join(ladder.id for ladder in ladders)}" if ladders else None
        raise NotFound(f"there is no ladder `{name}`" + (f"; did you mean `{meant}`?" if meant else ""), help=help)
    return hits[0]


def find_measures(names: Iterable[str], measures: Iterable[Measure], ladder: Ladder | None = None) -> frozenset[str]:
    """The ids of the measures of these ids or names. Raises ``NotFound`` with what was probably meant; with a
    ``ladder``, which has all the measures, it says so, and names them where nothing comes near."""
    known = {measure.id: measure.name for measure in measures}
    found: set[str] = set()
    for name in names:
        hits = {id for id, title in known.items() if name == id or name.casefold() == title.casefold()}
        if not hits:
            raise _no_measure(name, known, ladder)
        found |= hits
    return frozenset(found)


def _no_measure(name: str, known: Mapping[str, str], ladder: Ladder | None) -> NotFound:
    meant = closest(name, [*known, *known.values()])
    hint = f"; did you mean `{meant}`?" if meant else f"; there are: {', '.join(known)}" if ladder else ""
    return NotFound(f"`{ladder.id}` has no measure `{name}`{hint}" if ladder else f"there is no measure `{name}`{hint}")
