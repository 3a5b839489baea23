"""A level of managers asks for work with people, and is not the level of its peers under another title.

A manager who is measured by the craft alone treats coaching as a distraction from the real work. (Source: the article,
which calls the management of people a distinct skill set.)

Not flagged: people who are managed in so many words; work with people that comes from `everyone`, `inherits` or a step;
anything in a measure called "people"; hybrid tracks; levels without any text. Where the ladder is not in English, only
the likeness to a peer is judged.

Bad:
    measures: [{id: craft}]
    tracks:
      - {id: manager, kind: manager, levels: [{id: lead, expectations: {craft: Chooses the tools.}}]}
Good:
    measures: [{id: craft}]
    tracks:
      - {id: manager, kind: manager, levels: [{id: lead, expectations: {craft: Coaches engineers on their designs.}}]}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from laddercli.findings import Problem, Related, flag
from laddercli.ladder import Level, Track
from laddercli.lexicon import lexicon
from laddercli.reading import WORD, Reading, Text, at

CATEGORY = "parity"
SEVERITY = "warning"
HEURISTIC = True

_PEOPLE = frozenset(("people", "coaching", "talent", "hiring", "staff"))


@dataclass(frozen=True)
class Options:
    """How alike a manager and a peer may be."""

    alike: Annotated[
        float, Field(description="The share of words in common from which two peers are the same.", gt=0, le=1)
    ] = 0.85


def check(reading: Reading, options: Options) -> Iterator[Problem]:
    """Each manager level that is the same as the level of a peer, and each without people."""
    others = []
    for track, level in reading.levels:
        if track.kind == "manager":
            peer = _twin(reading, level, options.alike)
            if peer is not None:
                yield _same(level, peer)
            elif not _has_measure(reading, track, level):
                others.append((track, level))
    if others and reading.ladder.language.lower().startswith("en"):
        with_people = _with_people(reading)
        for track, level in others:
            if level.id not in with_people and _lacks_people(reading, track, level):
                yield flag(
                    at(level.place, "id"),
                    f"manager level `{level.id}` asks for no work with people",
                    help="add, for example, a criterion on coaching, feedback, growth plans or hiring",
                    arguments=(),
                )


def _same(level: Level, peer: Level) -> Problem:
    return flag(
        at(level.place, "id"),
        f"manager level `{level.id}` asks for nearly the same as its peer `{peer.id}`",
        help="write what a manager does with people, and leave the craft to the peer",
        arguments=(peer.id,),
        related=(Related("the peer", at(peer.place, "id")),),
    )


def _with_people(reading: Reading) -> frozenset[str]:
    """The levels whose own text is about work with people."""
    hits = lexicon("manager-without-people").hits(reading)
    return frozenset(hit.text.level.id for hit in hits if hit.text.level and hit.text.kind != "note")


def _texts(reading: Reading, track: Track, level: Level) -> list[str]:
    """Everything that a level asks for, resolved."""
    found = [level.summary] if level.summary else []
    for measure in track.measures:
        for layer in reading.resolved(level, measure).layers:
            found += [layer.summary] if layer.summary else []
            found += [each.text for each in layer.criteria if each.kind != "anti-pattern"]
            found += [each.text or (each.metric.name if each.metric else "") for each in layer.benchmarks]
    return found


def _lacks_people(reading: Reading, track: Track, level: Level) -> bool:
    texts = [Text(text, "criterion", level.place) for text in _texts(reading, track, level)]
    words = lexicon("manager-without-people")
    return bool(texts) and not any(next(words.find(text), None) for text in texts)


def _has_measure(reading: Reading, track: Track, level: Level) -> bool:
    """Whether a measure is about people by its name, so that everything in it is."""
    named = (each for each in track.measures if not _PEOPLE.isdisjoint(WORD.findall(each.name.lower())))
    return any(reading.resolved(level, measure).layers for measure in named)


def _twin(reading: Reading, level: Level, alike: float) -> Level | None:
    """The peer, no manager, who is asked for nearly the same."""
    tracks = reading.ladder.track_of
    peers = [each for each in reading.ladder.peers(level) if each.status == "active" and tracks(each).kind != "manager"]
    own = _whole(reading, level) if peers else ""
    return next((peer for peer in peers if _are_alike(own, _whole(reading, peer), alike)), None)


def _whole(reading: Reading, level: Level) -> str:
    return " ".join(_texts(reading, reading.ladder.track_of(level), level)).lower()


def _are_alike(own: str, other: str, alike: float) -> bool:
    """Whether two texts share so many of their words, in whatever order. Texts whose lengths differ cannot."""
    if 2 * min(len(own), len(other)) < alike * (len(own) + len(other)):
        return False
    ours, theirs = set(own.split()), set(other.split())
    return bool(ours) and 2 * len(ours & theirs) >= alike * (len(ours) + len(theirs))
