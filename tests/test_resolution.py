"""What a level asks for in a measure, all told, and where each part of it comes from."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from laddercli.ladder import Ladder, Level
from laddercli.loader import Loader
from laddercli.resolution import Layer, Resolved, resolve

Write = Callable[..., Path]

HEAD = """\
format: 1
title: Sales
metrics: [{id: calls}, {id: visits}]
measures:
  - id: reach
    scale:
      - {name: Team, definition: The own team., criteria: [Asks the team.], examples: [Asked once.]}
      - {name: Region, criteria: [Asks the region.]}
      - World
  - {id: depth}
"""


def parts(layer: Layer) -> list[str]:
    """What a layer says, each part as text."""
    figures = [benchmark.text or f"{benchmark.metric and benchmark.metric.id} ≥ {benchmark.at_least}"
               for benchmark in layer.benchmarks]  # fmt: skip
    summary = [layer.summary] if layer.summary else []
    return [*summary, *(criterion.text for criterion in layer.criteria), *figures, *layer.examples]


def said(resolved: Resolved) -> list[tuple[str | None, list[str]]]:
    return [(layer.origin, parts(layer)) for layer in resolved.layers]


@pytest.fixture
def ask(write: Write) -> Callable[..., Resolved]:
    """Resolves one cell of a ladder that is given by what follows its measures."""

    def ask(text: str, level: str, measure: str = "reach", **shared: str) -> Resolved:
        uses = f"uses: [{', '.join(f'{name}.yaml' for name in shared)}]\n"
        write(ladder=HEAD + uses + text, **{name: "format: 1\n" + content for name, content in shared.items()})
        ladder = Loader().load("ladder.yaml")
        found = next(each for each in ladder.measures if each.id == measure)
        return resolve(ladder, ladder.levels[level][1], found)

    return ask


Ask = Callable[..., Resolved]

EVERYWHERE = """\
everyone: {reach: Ladder., depth: Reads.}
tracks:
  - id: ic
    kind: ic
    measures: [reach]
    everyone: {reach: {summary: Track., benchmarks: [{metric: calls, at_least: 1}]}}
    levels:
      - id: base
        expectations: {reach: {step: World, criteria: [Base.], benchmarks: [{metric: visits, at_least: 2}]}}
      - id: junior
        inherits: [base]
        expectations: {reach: {step: Team, summary: Junior., benchmarks: [Peers call., {metric: calls, at_least: 3}]}}
      - id: senior
        inherits: [lead, junior]
        expectations: {reach: {criteria: [Senior.], benchmarks: [{metric: calls, at_least: 4}], examples: [One.]}}
      - id: bare
  - id: manager
    kind: manager
    levels:
      - {id: lead, expectations: {reach: {step: Region, summary: Lead.}}}
"""


def test_sources_come_in_the_order_of_the_format(ask: Ask) -> None:
    resolved = ask(EVERYWHERE, "senior", company="everyone: {reach: Shared.}\n", later="everyone: {reach: Later.}\n")
    assert said(resolved) == [
        (None, ["Senior.", "calls ≥ 4", "One."]),
        ("lead", ["Lead."]),
        ("lead", ["Asks the region."]),
        ("junior", ["Junior.", "Peers call."]),
        ("junior", ["Asks the team.", "Asked once."]),
        ("base", ["Base.", "visits ≥ 2"]),
        ("everyone", ["Track."]),
        ("everyone", ["Ladder."]),
        ("shared", ["Later."]),
        ("shared", ["Shared."]),
    ]


def test_the_first_step_wins(ask: Ask) -> None:
    step = ask(EVERYWHERE, "senior").step
    assert step is not None
    assert step.name == "Region"


def test_own_parts_come_first_and_then_what_the_step_says(ask: Ask) -> None:
    resolved = ask(EVERYWHERE, "junior")
    assert said(resolved)[:2] == [
        (None, ["Junior.", "Peers call.", "calls ≥ 3"]),
        ("step", ["Asks the team.", "Asked once."]),
    ]
    assert resolved.own is resolved.layers[0]
    assert resolved.summary == "Junior."


def test_criteria_and_benchmarks_keep_where_they_come_from(ask: Ask) -> None:
    resolved = ask(EVERYWHERE, "junior")
    assert [(criterion.text, origin) for criterion, origin in resolved.criteria] == [
        ("Asks the team.", "step"),
        ("Base.", "base"),
    ]
    assert [(benchmark.text or benchmark.at_least, origin) for benchmark, origin in resolved.benchmarks] == [
        ("Peers call.", None),
        (3, None),
        (2, "base"),
    ]


def test_a_level_without_a_cell_has_what_everyone_has(ask: Ask) -> None:
    resolved = ask(EVERYWHERE, "bare")
    assert resolved.own is None
    assert said(resolved) == [("everyone", ["Track.", "calls ≥ 1"]), ("everyone", ["Ladder."])]
    assert not resolved.is_missing


TRACK = """\
policy: {{levels: {policy}}}
tracks:
  - id: ic
    kind: ic
    levels:
      - {{id: a, expectations: {{reach: {a}}}}}
      - {{id: b, expectations: {{reach: {b}}}}}
      - {{id: c, inherits: [{inherits}], expectations: {{reach: {c}}}}}
"""


def track(c: str = "", b: str = "B.", a: str = "A.", *, policy: str = "standalone", inherits: str = "") -> str:
    return TRACK.format(a=a, b=b, c=c, policy=policy, inherits=inherits)


CUMULATIVE = "cumulative"
RULES: list[tuple[str, str, list[tuple[str | None, list[str]]]]] = [
    ("nothing", track(), []),
    ("a text is a summary", track("C."), [(None, ["C."])]),
    ("a list is criteria", track("[C., D.]"), [(None, ["C.", "D."])]),
    ("a bare step says what the step says", track("{step: Team}"), [
        (None, []), ("step", ["Asks the team.", "Asked once."]),
    ]),
    ("a bare step that says nothing", track("{step: World}"), [(None, [])]),
    ("inherited", track("C.", inherits="a"), [(None, ["C."]), ("a", ["A."])]),
    ("inherited in order", track("C.", inherits="b, a"), [(None, ["C."]), ("b", ["B."]), ("a", ["A."])]),
    ("inherited twice counts once", track("C.", inherits="a, a"), [(None, ["C."]), ("a", ["A."])]),
    ("cumulative", track("C.", policy=CUMULATIVE), [(None, ["C."]), ("b", ["B."]), ("a", ["A."])]),
    ("cumulative without an own cell", track(policy=CUMULATIVE), [("b", ["B."]), ("a", ["A."])]),
    ("inherited before the level below", track("C.", policy=CUMULATIVE, inherits="a"), [
        (None, ["C."]), ("a", ["A."]), ("b", ["B."]),
    ]),
    ("unchanged", track("{unchanged: true}"), [("b", ["B."])]),
    ("unchanged twice", track("{unchanged: true}", "{unchanged: true}"), [("a", ["A."])]),
    ("unchanged from a missing cell", track("{unchanged: true}", ""), []),
    ("unchanged: false is no word", track("{unchanged: false, summary: C.}"), [(None, ["C."])]),
    ("a step is explained once", track("{step: Team}", "{step: Team}", policy=CUMULATIVE, a=""), [
        (None, []), ("step", ["Asks the team.", "Asked once."]),
    ]),
    ("the first benchmark of a metric wins", track(
        "{benchmarks: [{metric: calls, at_least: 3}]}",
        "{benchmarks: [{metric: calls, at_least: 2}, {metric: visits, at_least: 1}]}", inherits="b",
    ), [(None, ["calls ≥ 3"]), ("b", ["visits ≥ 1"])]),
    ("text is added and never replaced", track("[Same.]", "[Same.]", inherits="b"), [
        (None, ["Same."]), ("b", ["Same."]),
    ]),
    ("not applicable below ends what is below it", track(
        "C.", "{not_applicable: Not here.}", policy=CUMULATIVE,
    ), [(None, ["C."])]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [rule[1:] for rule in RULES], ids=[rule[0] for rule in RULES])
def test_a_cell_resolves_to(text: str, expected: list[tuple[str | None, list[str]]], ask: Ask) -> None:
    assert said(ask(text, "c")) == expected


@pytest.mark.parametrize(
    ("text", "unchanged", "missing"),
    [
        (track(), False, True),
        (track("{unchanged: true}"), True, False),
        (track("{unchanged: true}", ""), True, True),
        (track("{step: World}"), False, False),
        (track("C."), False, False),
    ],
)
def test_missing_and_unchanged_are_two_things(text: str, unchanged: bool, missing: bool, ask: Ask) -> None:
    resolved = ask(text, "c")
    assert (resolved.unchanged, resolved.is_missing) == (unchanged, missing)


@pytest.mark.parametrize("b", ["B.", "{not_applicable: Below.}"])
@pytest.mark.parametrize("everyone", ["", "everyone: {reach: Everyone.}\n"])
def test_not_applicable_ends_everything(b: str, everyone: str, ask: Ask) -> None:
    resolved = ask(everyone + track("{not_applicable: Own.}", b, policy=CUMULATIVE, inherits="a"), "c")
    assert (resolved.not_applicable, resolved.layers, resolved.step) == ("Own.", (), None)
    assert not resolved.is_missing


def test_unchanged_takes_over_that_a_measure_does_not_apply(ask: Ask) -> None:
    resolved = ask("everyone: {reach: Everyone.}\n" + track("{unchanged: true}", "{not_applicable: Below.}"), "c")
    assert (resolved.not_applicable, resolved.unchanged, resolved.layers) == ("Below.", True, ())


def test_a_cell_of_a_level_reaches_a_level_of_another_track(ask: Ask) -> None:
    text = track("C.") + "  - {id: m, kind: manager, levels: [{id: lead, inherits: [c]}]}\n"
    assert said(ask(text, "lead")) == [("c", ["C."])]


# --- a thousand levels -------------------------------------------------------------------------------------------

COUNT = 1_000


@pytest.mark.parametrize("kind", ["inherits", "cumulative", "unchanged"])
def test_a_thousand_levels_are_walked_once_and_without_recursion(
    kind: str, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    levels = ["  - {id: l0, expectations: {reach: {step: Team, summary: S.}}}\n"]
    for index in range(1, COUNT):
        cell = "{unchanged: true}" if kind == "unchanged" else f"{{criteria: [C{index}.]}}"
        inherits = f"[l{index - 1}, l{index // 2}, l0]" if kind == "inherits" else "[]"
        levels.append(f"  - {{id: l{index}, inherits: {inherits}, expectations: {{reach: {cell}}}}}\n")
    policy = "cumulative" if kind == "cumulative" else "standalone"
    write(ladder=HEAD + f"policy: {{levels: {policy}}}\ntracks:\n- id: ic\n  kind: ic\n  levels:\n" + "".join(levels))
    ladder = Loader().load("ladder.yaml")
    looked: list[str] = []
    below = Ladder.below

    def count(self: Ladder, level: Level) -> Level | None:
        looked.append(level.id)
        return below(self, level)

    monkeypatch.setattr(Ladder, "below", count)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(500)
    try:
        resolved = resolve(ladder, ladder.levels[f"l{COUNT - 1}"][1], ladder.measures[0])
    finally:
        sys.setrecursionlimit(limit)

    layers = 2 if kind == "unchanged" else COUNT + 1
    assert len(resolved.layers) == layers
    assert [layer.origin for layer in resolved.layers[-2:]] == ["l0", "l0"]
    assert len(looked) <= 3 * COUNT
    assert resolved.step is ladder.measures[0].scale[0]
