"""What differs between two versions of a ladder, and what each difference means for people who hold a level.

``diff(old, new)`` matches the two part by part (``matching``, ``homes``, ``items``), compares each pair field by field
(``general``, ``definitions``, ``pay``, ``levels``, ``cells``), and weighs rewordings (``rewording``). Every difference
is one ``Change`` of one of the ``kinds``. What an added or removed level, track, measure or step holds is not listed
again, and what moved is told once, where it went.
"""

from __future__ import annotations

from laddercli.changes.bumps import Bump, Neighbor, neighbor, version_not_bumped, visible
from laddercli.changes.cells import Cells
from laddercli.changes.change import Change, Impact, Named, fingerprints
from laddercli.changes.definitions import Definitions
from laddercli.changes.general import General
from laddercli.changes.homes import homes
from laddercli.changes.kinds import Kind, kinds
from laddercli.changes.levels import Levels
from laddercli.changes.matching import Matched
from laddercli.changes.pay import Pay
from laddercli.ladder import Ladder

__all__ = [
    "Bump",
    "Change",
    "Impact",
    "Kind",
    "Named",
    "Neighbor",
    "diff",
    "fingerprints",
    "kinds",
    "neighbor",
    "pay_is_one_sided",
    "version_not_bumped",
    "visible",
]


def diff(old: Ladder, new: Ladder) -> tuple[Change, ...]:
    """Every difference between two versions of a ladder, in the order of the format."""
    matched = Matched(old, new)
    general = General(matched)
    return (
        *general.changes(),
        *Definitions(matched).changes(),
        *Pay(matched).changes(),
        *Levels(matched).changes(),
        *Cells(matched, homes(matched)).changes(),
        *general.afterwards(),
    )


def pay_is_one_sided(old: Ladder, new: Ladder) -> bool:
    """Whether pay was not compared because one version lacks the file that holds it: worth a notice."""
    return Pay(Matched(old, new)).is_one_sided
