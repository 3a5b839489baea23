"""What changed in the cells of levels, in `everyone`, and in what steps say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from laddercli.changes import fields
from laddercli.changes.change import Change, Impact, Subject
from laddercli.changes.contents import Contents
from laddercli.changes.homes import Home, Pair
from laddercli.changes.matching import Matched
from laddercli.ladder import Expectation, Ladder, Step
from laddercli.resolution import resolve
from laddercli.views.phrases import figure

State = Literal["nothing", "text", "unchanged", "not applicable"]


@dataclass(frozen=True)
class Cells:
    """Tells what changed, home by home."""

    matched: Matched
    pairs: list[Pair]

    @cached_property
    def contents(self) -> Contents:
        return Contents(self.matched, self.pairs)

    def changes(self) -> Iterator[Change]:
        """The changes of every home, those of steps first."""
        for pair in self.pairs:
            old, new = (_expectation(home) for home in (pair.old, pair.new))
            if pair.is_whole:
                yield from self.contents.arrivals(pair)
            elif pair.old and pair.new and isinstance(pair.here.content, Step):
                yield from self.contents.changes(pair)
                yield from _examples(pair, pair.old.content, pair.new.content)
            elif old and new and _state(old) == _state(new) == "text":
                yield from self._text(pair, old, new)
            else:
                yield from self.contents.arrivals(pair)
                yield from self._turned(pair, old, new)

    def _text(self, pair: Pair, old: Expectation, new: Expectation) -> Iterator[Change]:
        """A cell that says something in both versions."""
        subject = pair.subject()
        yield from self._step(subject, old.step, new.step)
        yield from self.contents.changes(pair)
        yield from _examples(pair, old, new)

    def _step(self, subject: Subject, old: Step | None, new: Step | None) -> Iterator[Change]:
        here = subject.at("step")
        if old is None and new is not None:
            yield here.change("step-added", None, new.name)
        elif old is not None and new is None:
            yield here.change("step-removed", old.name, None)
        elif old is not None and new is not None and subject.measure:
            rise = self._rise(subject.measure.id, old, new)
            if rise is None:
                yield here.change("step-replaced", old.name, new.name)
            elif rise:
                yield here.change("step-raised" if rise > 0 else "step-lowered", old.name, new.name)

    def _rise(self, measure: str, old: Step, new: Step) -> int | None:
        """By how many steps ``new`` is higher on the new scale, or else on the old one; None where neither has both."""
        pairs = self.matched.steps[measure].both
        for before, after in pairs:
            if before.name == old.name:
                return new.index - after.index
        for before, after in pairs:
            if after.name == new.name:
                return before.index - old.index
        return None

    def _turned(self, pair: Pair, old: Expectation | None, new: Expectation | None) -> Iterator[Change]:
        """A cell that says another kind of thing than before."""
        was, now, subject = _state(old), _state(new), pair.subject()
        here = subject.at("not_applicable")
        if was == now == "not applicable" and old and new:
            kind = "not-applicable-reworded"
            yield from fields.text(subject, "not_applicable", kind, old.not_applicable, new.not_applicable)
        elif now == "not applicable" and new:
            yield here.change("not-applicable-set", self._left(pair, old), new.not_applicable)
        elif was == "not applicable" and old:
            yield here.change("not-applicable-unset", old.not_applicable, self._come(pair, new))
        elif was != now and "unchanged" in (was, now):
            yield self._unchanged(pair, old, new)
        elif was == "nothing" and (come := self._come(pair, new)):
            yield subject.change("expectation-added", None, come)
        elif now == "nothing" and (left := self._left(pair, old)):
            yield subject.change("expectation-removed", left, None)

    def _unchanged(self, pair: Pair, old: Expectation | None, new: Expectation | None) -> Change:
        """A cell that came to take over the level below, or ceased to: it matters as far as more is asked now."""
        asked = self._asked(pair)
        impact = Impact.MINOR if asked[1] <= asked[0] else Impact.MAJOR
        impact = Impact.PATCH if asked[0] == asked[1] else impact
        here = pair.subject().at("unchanged")
        if _state(new) == "unchanged":
            return here.change("unchanged-set", self._left(pair, old), "unchanged", impact=impact)
        return here.change("unchanged-unset", "unchanged", self._come(pair, new), impact=impact)

    def _asked(self, pair: Pair) -> tuple[frozenset[object], frozenset[object]]:
        """All that the level of a cell asks for there, before and after."""
        level, measure = pair.here.key.scope, pair.here.key.part
        was = self.matched.old_level_ids[level], self.matched.old_measure_ids[measure]
        return (
            _asked(self.matched.old, *was),
            _asked(self.matched.new, level, measure),
        )

    def _left(self, pair: Pair, old: Expectation | None) -> str | None:
        """What a cell said that is not there any more and did not move elsewhere."""
        removed = self.contents.criteria[pair].removed
        signals = self.contents.benchmarks[pair].removed
        return _lines(old, [each.text for each in removed], [each.text or figure(each) for each in signals])

    def _come(self, pair: Pair, new: Expectation | None) -> str | None:
        """What a cell says that was not there before and did not come from elsewhere."""
        added = self.contents.criteria[pair].added
        signals = self.contents.benchmarks[pair].added
        return _lines(new, [each.text for each in added], [each.text or figure(each) for each in signals])


def _lines(cell: Expectation | None, *texts: list[str]) -> str | None:
    if cell is None or cell.unchanged:
        return None
    step = [cell.step.name] if cell.step else []
    return "\n".join([*step, *(each for some in texts for each in some), *cell.examples]) or None


def _expectation(home: Home | None) -> Expectation | None:
    return home.content if home and isinstance(home.content, Expectation) else None


def _state(cell: Expectation | None) -> State:
    if cell is None:
        return "nothing"
    if cell.unchanged:
        return "unchanged"
    if cell.not_applicable is not None:
        return "not applicable"
    says = cell.step or cell.summary or cell.criteria or cell.benchmarks or cell.examples
    return "text" if says else "nothing"


def _examples(pair: Pair, old: Expectation | Step, new: Expectation | Step) -> Iterator[Change]:
    yield from fields.texts(pair.subject(), "examples", "example", old.examples, new.examples)


def _asked(ladder: Ladder, level_id: str, measure_id: str) -> frozenset[object]:
    """All that a level asks for in a measure, as far as it can be compared."""
    track, level = ladder.levels[level_id]
    measure = next((each for each in track.measures if each.id == measure_id), None)
    if measure is None:
        return frozenset()
    found = resolve(ladder, level, measure)
    asked: set[object] = {("criterion", each.text, each.kind) for each, _ in found.criteria}
    asked |= {("summary", layer.summary) for layer in found.layers if layer.summary}
    asked |= {
        ("benchmark", each.text, each.metric.id if each.metric else None, each.at_least, each.at_most)
        for each, _ in found.benchmarks
    }
    if found.step:
        asked.add(("step", found.step.name))
    return frozenset(asked)
