"""One difference between two versions of a ladder: what changed, how much it matters, and to whom."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from laddercli.changes.kinds import kinds
from laddercli.findings import Place


class Impact(enum.IntEnum):
    """What a change means for a person who already holds a level, as in Semantic Versioning: ``MAJOR`` asks something
    new of them or takes something from them, ``MINOR`` clarifies or gives room, ``PATCH`` moves nobody's
    expectations. Greater is graver; ``str`` gives the word."""

    PATCH = 1
    MINOR = 2
    MAJOR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Named(NamedTuple):
    """A part by its id and by what people call it."""

    id: str
    name: str


Secret = Literal["pay", "notes"]


@dataclass(frozen=True, slots=True)
class Change:
    """A difference, complete when made.

    ``kind`` is a permanent name, listed in ``kinds()``. ``path`` leads to the part by ids, in the new version, or in
    the old one when the part is gone. ``levels`` are the ids of all levels that the change touches, ``asks_more_of``
    those of them that are asked for more than before. ``before`` and ``after`` are what a reader is shown; None says
    that there is nothing on that side. ``old`` and ``new`` are the places, None where the part does not exist.

    ``level``, ``measure`` and ``metric`` name what the part belongs to, where that is one; ``label`` is what people
    call the part itself, ``origin`` where a moved item stood. ``reason`` holds the words that decided the impact, such
    as "3 → 5". ``secret`` says that only who may see pay, or notes, may see this change at all.
    """

    kind: str
    impact: Impact
    path: str
    levels: tuple[str, ...]
    before: str | None
    after: str | None
    old: Place | None
    new: Place | None
    level: Named | None = None
    measure: Named | None = None
    metric: Named | None = None
    label: str | None = None
    origin: str | None = None
    reason: str | None = None
    secret: Secret | None = None
    asks_more_of: tuple[str, ...] = ()

    @property
    def is_pay(self) -> bool:
        """Whether the change is about pay, so that its words and figures are amounts."""
        return self.secret == "pay"


@dataclass(frozen=True, slots=True)
class Subject:
    """A part of the ladder in both versions, ready to say what changed about it. Fields are those of ``Change``."""

    path: str
    old: Place | None
    new: Place | None
    levels: tuple[str, ...] = ()
    level: Named | None = None
    measure: Named | None = None
    metric: Named | None = None
    label: str | None = None
    secret: Secret | None = None

    def at(self, *loc: int | str, **more: Any) -> Subject:
        """A part of this part, by the keys that lead to it in both versions."""
        path = "/".join((self.path, *map(str, loc))) if self.path else "/".join(map(str, loc))
        return replace(self, **{"path": path, "old": within(self.old, *loc), "new": within(self.new, *loc), **more})

    def change(
        self,
        kind: str,
        before: str | None = None,
        after: str | None = None,
        *,
        impact: Impact | None = None,
        **more: Any,
    ) -> Change:
        """The change of this kind; its impact is that of the kind, unless it was judged one by one."""
        known = kinds()[kind]
        impact = impact or Impact[known.impacts[0].upper()]
        more.setdefault("asks_more_of", self.levels if known.asks and impact is Impact.MAJOR else ())
        return Change(
            kind=kind,
            impact=impact,
            path=self.path,
            levels=self.levels,
            before=before,
            after=after,
            old=self.old,
            new=self.new,
            level=self.level,
            measure=self.measure,
            metric=self.metric,
            label=self.label,
            secret=self.secret,
            **more,
        )


def within(place: Place | None, *loc: int | str) -> Place | None:
    """A part of the part at ``place``; None where that does not exist."""
    return Place(place.file, (*place.loc, *loc)) if place else None


def fingerprints(ladder: str, changes: Iterable[Change]) -> list[str]:
    """A stable name for each change of the ladder with that id: the SHA-256 of ladder, kind, path, texts and how often
    that came. Places are left out, so that an edit elsewhere changes no fingerprint; amounts of pay and notes are left
    out, too, because few amounts are possible and each could be tried."""
    from hashlib import sha256

    times: dict[str, int] = {}
    prints = []
    for change in changes:
        texts = ("", "") if change.secret else (change.before or "", change.after or "")
        key = "\0".join((ladder, change.kind, change.path, *texts))
        times[key] = times.get(key, 0) + 1
        prints.append(sha256(f"{key}\0{times[key]}".encode("utf-8", "surrogateescape")).hexdigest())
    return prints
