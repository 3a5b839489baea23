"""What changed in pay, and in what pay figures mean.

Pay often lives in a private file that may be missing. What only such a file would say, and what is known on one side
only because of that, is not compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from laddercli.changes import fields
from laddercli.changes.change import Change, Impact, Named, Subject
from laddercli.changes.homes import file_name
from laddercli.changes.matching import Matched, pair
from laddercli.findings import Place
from laddercli.ladder import Band, Ladder, Level, Zone
from laddercli.views.phrases import band as amount
from laddercli.views.phrases import number

_FIGURES = ("min", "mid", "max")


def lacks_file(place: Place, ladder: Ladder, other: Ladder) -> bool:
    """Whether a part of ``ladder`` stands in a shared file that ``other`` does not have at all."""
    shared = place.file != ladder.place.file
    return shared and file_name(place.file) not in {file_name(file) for file in other.files}


@dataclass(frozen=True)
class Pay:
    """Tells what changed about pay."""

    matched: Matched

    def changes(self) -> Iterator[Change]:
        yield from self._compensation()
        for old, new in self.matched.grades.both:
            levels = [each.id for _, each in self.matched.new.at_grade(new.id)]
            subject = Subject(f"grades/{new.id}", old.place, new.place, tuple(levels), label=new.title, secret="pay")
            yield from self._bands(subject, old.pay, new.pay)
        for before, after in self.matched.levels.both:
            yield from self._level(before, after)

    @cached_property
    def is_one_sided(self) -> bool:
        """Whether some pay is known on one side only, because the other lacks the file that says it."""
        sides = (self.matched.old, self.matched.new), (self.matched.new, self.matched.old)
        return any(
            lacks_file(band.place, one, other) and not self._shares_pay[other is self.matched.new]
            for one, other in sides
            for band in _all(one)
        )

    @cached_property
    def _shares_pay(self) -> tuple[bool, bool]:
        """Whether some pay of the old version, and of the new one, stands in a shared file."""
        sides = self.matched.old, self.matched.new
        old, new = (any(band.place.file != side.place.file for band in _all(side)) for side in sides)
        return old, new

    def _bands(self, subject: Subject, old: Mapping[str, Band], new: Mapping[str, Band]) -> Iterator[Change]:
        declared = (*self.matched.old.compensation.zones, *self.matched.new.compensation.zones)
        titles = {zone.id: zone.title for zone in declared}
        for zone in dict.fromkeys((*new, *old)):
            if zone in self._lone_zones:
                continue
            before, after = old.get(zone), new.get(zone)
            here = replace(
                subject.at("pay", zone),
                old=before.place if before else None,
                new=after.place if after else None,
                label=", ".join(filter(None, (subject.label, titles.get(zone, zone)))),
                levels=self._paid(subject.levels, zone, subject.level),
            )
            yield from self._band(here, before, after, zone)

    def _paid(self, levels: tuple[str, ...], zone: str, own: Named | None) -> tuple[str, ...]:
        """The levels that a grade's pay holds for: those that do not depart from it."""
        if own:
            return levels
        return tuple(each for each in levels if zone not in self.matched.new.levels[each][1].pay)

    def _band(self, here: Subject, before: Band | None, after: Band | None, zone: str) -> Iterator[Change]:
        currency = {side: self._currency(ladder, zone) for side, ladder in self._sides.items()}
        if before and after:
            if self._is_comparable(zone):
                yield from _figures(here, before, after, currency["old"], currency["new"])
        elif after and self._is_known(after, "new"):
            yield here.change("pay-added", None, _shown(after, currency["new"]))
        elif before and self._is_known(before, "old"):
            yield here.change("pay-removed", _shown(before, currency["old"]), None)

    @property
    def _sides(self) -> dict[str, Ladder]:
        return {"old": self.matched.old, "new": self.matched.new}

    def _is_known(self, band: Band, side: str) -> bool:
        """Whether the other version could have said this, too."""
        ladder, other = self._sides[side], self._sides["old" if side == "new" else "new"]
        return not lacks_file(band.place, ladder, other) or self._shares_pay[other is self.matched.new]

    def _level(self, old: Level, new: Level) -> Iterator[Change]:
        """Pay that departs from the grade's, or did. Where a level moved to another grade, that is told instead."""
        zones = {*old.pay, *new.pay}
        if not zones:
            return
        track = self.matched.new.track_of(new)
        subject = Subject(
            f"tracks/{track.id}/levels/{new.id}",
            old.place,
            new.place,
            (new.id,),
            Named(new.id, new.title),
            secret="pay",
        )
        before, after = self.matched.old.pay(old), self.matched.new.pay(new)
        yield from self._bands(
            subject,
            {zone: band for zone, band in before.items() if zone in zones},
            {zone: band for zone, band in after.items() if zone in zones},
        )

    @cached_property
    def _lone_zones(self) -> frozenset[str]:
        """Zones that one version does not have: told as zones."""
        old, new = ({zone.id for zone in ladder.compensation.zones} for ladder in self._sides.values())
        return frozenset(old ^ new)

    def _currency(self, ladder: Ladder, zone: str) -> str:
        return next((each.currency for each in ladder.compensation.zones if each.id == zone), "")

    def _is_comparable(self, zone: str) -> bool:
        """Whether figures mean the same in both versions."""
        old, new = self.matched.old.compensation, self.matched.new.compensation
        same = all(
            one == other or one is None or other is None
            for one, other in ((old.basis, new.basis), (old.period, new.period))
        )
        return same and self._currency(self.matched.old, zone) == self._currency(self.matched.new, zone)

    def _compensation(self) -> Iterator[Change]:
        old, new = self.matched.old.compensation, self.matched.new.compensation
        subject = Subject("compensation", *self._places(), secret="pay", levels=self._all_paid)
        for key in ("basis", "period"):
            before, after = getattr(old, key), getattr(new, key)
            if before != after and self._both_say("compensation", key):
                impact = Impact.MAJOR if before and after else Impact.MINOR
                yield self._entry(subject, key).change(f"pay-{key}-changed", before, after, impact=impact)
        for key in ("effective", "note", "criteria"):
            before, after = getattr(old, key), getattr(new, key)
            if before != after and self._both_say("compensation", key):
                here = replace(self._entry(subject, key), levels=())
                yield here.change(f"pay-{key}-changed", before, after)
        if self._both_say("compensation", "zones"):
            yield from self._zones(self._entry(subject, "zones"), old.zones, new.zones)

    def _places(self, *loc: str) -> tuple[Place, Place]:
        return self.matched.old.where("compensation", *loc), self.matched.new.where("compensation", *loc)

    def _entry(self, subject: Subject, key: str) -> Subject:
        """An entry of `compensation`, which may stand in another file than the ladder."""
        old, new = self._places(key)
        return replace(subject.at(key), old=old, new=new)

    @cached_property
    def _all_paid(self) -> tuple[str, ...]:
        ladder = self.matched.new
        return tuple(level.id for _, level in ladder.levels.values() if ladder.pay(level))

    def _both_say(self, *loc: str) -> bool:
        """Whether neither version lacks the file in which the other says this."""
        old, new = self.matched.old, self.matched.new
        return not lacks_file(old.where(*loc), old, new) and not lacks_file(new.where(*loc), new, old)

    def _zones(self, subject: Subject, old: Iterable[Zone], new: Iterable[Zone]) -> Iterator[Change]:
        pairs = pair(old, new, lambda zone: zone.id)
        for zone in pairs.added:
            here = fields.one_sided(subject.at(zone.id, label=zone.title, levels=self._in_zone(zone, "new")))
            yield replace(here, new=subject.new).change("zone-added", None, f"{zone.title}, {zone.currency}")
        for zone in pairs.removed:
            here = fields.one_sided(
                subject.at(zone.id, label=zone.title, levels=self._in_zone(zone, "old")), is_old=True
            )
            yield replace(here, old=subject.old).change("zone-removed", f"{zone.title}, {zone.currency}", None)
        for before, after in pairs.both:
            path = f"{subject.path}/{after.id}"
            here = replace(subject, path=path, label=after.title, levels=self._in_zone(after, "new"))
            if before.currency != after.currency:
                yield here.change("currency-changed", before.currency, after.currency)
            yield from fields.name(
                replace(here, levels=()),
                "title",
                "zone-title-changed",
                (before.title, before.id),
                (after.title, after.id),
            )

    def _in_zone(self, zone: Zone, side: str) -> tuple[str, ...]:
        ladder = self._sides[side]
        paid = [level.id for _, level in ladder.levels.values() if zone.id in ladder.pay(level)]
        return self.matched.now(paid) if side == "old" else tuple(paid)


def _all(ladder: Ladder) -> Iterator[Band]:
    for grade in ladder.grades:
        yield from grade.pay.values()
    for _, level in ladder.levels.values():
        yield from level.pay.values()


def _figures(here: Subject, before: Band, after: Band, was: str, now: str) -> Iterator[Change]:
    """Figures that rose and figures that fell; a range may do both. Figures of one side only come after these."""
    rises = [_rise(getattr(before, key), getattr(after, key)) for key in _FIGURES]
    if max(rises) > 0:
        yield here.change("pay-raised", _shown(before, was), _shown(after, now))
    if min(rises) < 0:
        yield here.change("pay-lowered", _shown(before, was), _shown(after, now))
    for key in _FIGURES[1:]:
        one, other = getattr(before, key), getattr(after, key)
        if one is None and other is not None:
            yield here.at(key).change("pay-figure-added", None, f"{number(other)} {now}")
        elif one is not None and other is None:
            yield here.at(key).change("pay-figure-removed", f"{number(one)} {was}", None)


def _rise(before: Decimal | None, after: Decimal | None) -> int:
    if before is None or after is None:
        return 0
    return (after > before) - (after < before)


def _shown(band: Band, currency: str) -> str:
    middle = f", mid {number(band.mid)}" if band.mid is not None else ""
    return f"{amount(band, currency)}{middle}"
