"""What changed about the ladder as a whole: what it is called and says of itself, its policy, moves and notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from laddercli.changes import fields
from laddercli.changes.change import Change, Impact, Named, Subject
from laddercli.changes.matching import Matched, pair
from laddercli.changes.pay import lacks_file
from laddercli.changes.rewording import clarified
from laddercli.ladder import Ladder, Move, Organization, Section, Source
from laddercli.visibility import AUDIENCES


@dataclass(frozen=True)
class General:
    """Tells what changed, key by key."""

    matched: Matched

    @property
    def _top(self) -> Subject:
        return Subject("", self.matched.old.place, self.matched.new.place)

    def _entry(self, key: str, name: str) -> Subject:
        """An entry of a mapping that shared files may add to."""
        places = self.matched.old.where(key, name), self.matched.new.where(key, name)
        return Subject(f"{key}/{name}", *places)

    def changes(self) -> Iterator[Change]:
        """What comes before the tracks, key by key in the order of the format."""
        old, new, top = self.matched.old, self.matched.new, self._top
        yield from fields.value(top, "id", "ladder-id-changed", old.id, new.id)
        yield from fields.text(top, "title", "ladder-title-changed", old.title, new.title)
        yield from fields.value(top, "version", "version-changed", old.version, new.version)
        yield from fields.value(top, "status", "ladder-status-changed", old.status, new.status)
        yield from fields.value(top, "effective", "ladder-effective-changed", old.effective, new.effective)
        yield from fields.value(top, "language", "language-changed", old.language, new.language)
        yield from fields.text(top, "summary", "ladder-summary-changed", old.summary, new.summary)
        yield from self._about(old.about, new.about)
        yield from fields.value(top, "owner", "owner-changed", old.owner, new.owner)
        yield from fields.value(top, "reviewed", "reviewed-changed", old.reviewed, new.reviewed)
        sources = _source(old.source), _source(new.source)
        yield from fields.value(top, "source", "source-changed", *sources)
        names = _organization(old.organization), _organization(new.organization)
        yield from fields.value(top, "organization", "organization-changed", *names)
        yield from self._policy(old, new)
        yield from self._glossary(old, new)
        yield from self._visibility(old, new)

    def afterwards(self) -> Iterator[Change]:
        """What comes after the tracks, as in the file."""
        yield from self._moves(self.matched.old, self.matched.new)
        yield from self._notes(self.matched.old, self.matched.new)

    def _about(self, old: tuple[Section, ...], new: tuple[Section, ...]) -> Iterator[Change]:
        """Sections are known by their titles, or by their texts where the title changed."""
        top = self._top
        texts = {section.text: section.title for section in old}
        pairs = pair(old, new, lambda each: each.title, lambda each: (texts.get(each.text, ""),))
        rank = {id(section): index for side in (old, new) for index, section in enumerate(side)}
        for section in pairs.added:
            here = fields.one_sided(top.at("about", rank[id(section)], path="about", label=section.title))
            yield here.change("about-added", None, section.text)
        for section in pairs.removed:
            here = top.at("about", rank[id(section)], path="about", label=section.title)
            yield fields.one_sided(here, is_old=True).change("about-removed", section.text, None)
        for before, after in pairs.both:
            here = replace(
                top.at("about", rank[id(after)], path="about", label=after.title),
                old=top.at("about", rank[id(before)]).old,
            )
            yield from fields.text(here, "title", "about-changed", before.title, after.title)
            yield from fields.text(here, "text", "about-changed", before.text, after.text)
        ranks = [rank[id(before)] for before, _ in pairs.both]
        if ranks != sorted(ranks):
            yield top.at("about").change("about-reordered")

    def _policy(self, old: Ladder, new: Ladder) -> Iterator[Change]:
        levels = tuple(level.id for track in new.tracks for level in track.levels)
        before, after = old.policy, new.policy
        if before.parity != after.parity:
            kind = "parity-waived" if after.parity == "waived" else "parity-required"
            reason = after.parity_reason if after.parity == "waived" else None
            here = replace(self._entry("policy", "parity"), levels=levels)
            yield here.change(kind, before.parity, after.parity, reason=reason)
        elif before.parity_reason != after.parity_reason:
            impact = clarified(before.parity_reason, after.parity_reason)
            texts = before.parity_reason, after.parity_reason
            yield self._entry("policy", "parity_reason").change("parity-reason-changed", *texts, impact=impact)
        if before.levels != after.levels:
            kind = "levels-cumulative" if after.levels == "cumulative" else "levels-standalone"
            above = tuple(level.id for track in new.tracks for level in track.levels[1:])
            yield replace(self._entry("policy", "levels"), levels=above).change(kind, before.levels, after.levels)

    def _glossary(self, old: Ladder, new: Ladder) -> Iterator[Change]:
        for change in fields.entries(self._top, "glossary", "term", dict(old.glossary), dict(new.glossary)):
            term = change.label or ""
            yield replace(
                change,
                old=old.where("glossary", term) if change.old else None,
                new=new.where("glossary", term) if change.new else None,
            )

    def _visibility(self, old: Ladder, new: Ladder) -> Iterator[Change]:
        for key in ("pay", "notes"):
            before, after = getattr(old.visibility, key), getattr(new.visibility, key)
            if before != after:
                wider = AUDIENCES.index(after) < AUDIENCES.index(before)
                kind = "visibility-widened" if wider else "visibility-narrowed"
                yield replace(self._entry("visibility", key), label=key).change(kind, before, after)

    def _moves(self, old: Ladder, new: Ladder) -> Iterator[Change]:
        """Moves are known by the levels that they lead from and to."""
        now = self.matched.level_ids
        left = {
            (now.get(each.origin, each.origin), now.get(each.destination, each.destination)): each for each in old.moves
        }
        right = {(each.origin, each.destination): each for each in new.moves}
        for ends, move in right.items():
            before = left.get(ends)
            subject = self._move(ends, before, move)
            if before is None:
                yield subject.change("move-added", None, move.when or subject.label)
                continue
            yield from fields.text(subject, "when", "move-changed", before.when, move.when)
            ways = ("both ways" if each.both_ways else "one way" for each in (before, move))
            yield from fields.value(subject, "both_ways", "move-changed", *ways)
        for ends, gone in left.items():
            if ends not in right:
                subject = self._move(ends, gone, None)
                yield subject.change("move-removed", gone.when or subject.label, None)

    def _move(self, ends: tuple[str, str], old: Move | None, new: Move | None) -> Subject:
        titles = []
        for name in ends:
            ladder = self.matched.new if name in self.matched.new.levels else self.matched.old
            titles.append(ladder.levels[name][1].title if name in ladder.levels else name)
        return Subject("moves", old.place if old else None, new.place if new else None, ends, label=" → ".join(titles))

    def _notes(self, old: Ladder, new: Ladder) -> Iterator[Change]:
        now = self.matched.level_ids
        left = {now.get(name, name): (name, text) for name, text in old.notes.items()}
        for name in dict.fromkeys((*new.notes, *left)):
            was, before = left.get(name, (name, None))
            after = new.notes.get(name)
            if before == after or name not in new.levels or name not in now.values():
                continue  # the note of a level that came or went is part of that
            places = old.where("notes", was), new.where("notes", name)
            lacking = lacks_file(places[1], new, old) if before is None else lacks_file(places[0], old, new)
            if (before is None or after is None) and lacking:
                continue
            who = Named(name, new.levels[name][1].title)
            here = Subject(f"notes/{name}", *places, (name,), who, secret="notes")
            if before is None:
                yield fields.one_sided(here).change("note-added", None, after)
            elif after is None:
                yield fields.one_sided(here, is_old=True).change("note-removed", before, None)
            else:
                yield here.change("note-changed", before, after, impact=Impact.PATCH)


def _source(source: Source | None) -> str | None:
    return ", ".join(filter(None, (source.title, source.url, source.licence))) if source else None


def _organization(organization: Organization | None) -> str | None:
    if organization is None:
        return None
    return ", ".join((organization.name, *organization.aliases, *organization.products))
