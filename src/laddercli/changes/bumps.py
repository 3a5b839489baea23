"""What follows from the changes: the version that they ask for, what stands beside a raised bar, who may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from laddercli.changes.change import Change, Impact, Named
from laddercli.ladder import Benchmark, Ladder
from laddercli.resolution import resolve
from laddercli.views.phrases import figure
from laddercli.visibility import AUDIENCES, Audience, may_see


@dataclass(frozen=True, slots=True)
class Bump:
    """A version that rose by less than the changes ask for: ``impact`` is the greatest of them, ``needed`` the version
    that would tell so."""

    impact: Impact
    old: str
    new: str
    needed: str


def version_not_bumped(old: Ladder, new: Ladder, changes: Iterable[Change]) -> Bump | None:
    """Whether the version of the ladder rose by less than its changes ask for. None where it rose enough, where there
    is nothing to tell, and where either side has no version."""
    greatest = max((each.impact for each in changes if each.kind != "version-changed"), default=None)
    if greatest is None or old.version is None or new.version is None:
        return None
    before, after = (tuple(map(int, version.split("."))) for version in (old.version, new.version))
    needed = (
        (before[0] + 1, 0, 0)
        if greatest is Impact.MAJOR
        else (before[0], before[1] + 1, 0)
        if greatest is Impact.MINOR
        else (before[0], before[1], before[2] + 1)
    )
    if after >= needed:
        return None
    return Bump(greatest, old.version, new.version, ".".join(map(str, needed)))


@dataclass(frozen=True, slots=True)
class Neighbor:
    """The next level of the track beside a raised bar: what it asks for, and whether that is the same now."""

    level: Named
    value: str
    is_same: bool


def neighbor(new: Ladder, change: Change) -> Neighbor | None:
    """What the next level asks for where a benchmark or a step was raised; None where that is nothing comparable."""
    if change.kind not in ("benchmark-raised", "benchmark-added", "step-raised", "step-added"):
        return None
    if change.level is None or change.measure is None or change.level.id not in new.levels:
        return None
    above = new.next(new.levels[change.level.id][1])
    measure = next((each for each in new.measures if each.id == change.measure.id), None)
    if above is None or measure is None:
        return None
    found = resolve(new, above, measure)
    if change.metric is None:
        value = found.step.name if found.step and change.kind.startswith("step") else None
    else:
        counted = (each for each, _ in found.benchmarks if each.metric and each.metric.id == change.metric.id)
        value = _value(next(counted, None), change)
    return Neighbor(Named(above.id, above.title), value, value == change.after) if value else None


def _value(benchmark: Benchmark | None, change: Change) -> str | None:
    return figure(benchmark) or None if benchmark else None


def visible(changes: Iterable[Change], old: Ladder, new: Ladder, audience: Audience) -> tuple[Change, ...]:
    """The changes that an audience may see: what either version keeps from it stays hidden in the difference."""
    pay = max(old.visibility.pay, new.visibility.pay, key=AUDIENCES.index)
    notes = max(old.visibility.notes, new.visibility.notes, key=AUDIENCES.index)
    hidden = {secret for secret, visibility in (("pay", pay), ("notes", notes)) if not may_see(audience, visibility)}
    return tuple(change for change in changes if change.secret not in hidden)
