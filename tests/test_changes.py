"""What differs between two versions of a ladder, and what each difference means."""

from __future__ import annotations

import gc
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from laddercli.changes import (
    Bump,
    Change,
    Impact,
    Named,
    Neighbor,
    diff,
    fingerprints,
    kinds,
    neighbor,
    pay_is_one_sided,
    version_not_bumped,
    visible,
)
from laddercli.changes.assignment import alike
from laddercli.changes.kinds import Example
from laddercli.changes.rewording import judge, likeness
from laddercli.changes.words import said
from laddercli.document import Document
from laddercli.findings import Place
from laddercli.ladder import Ladder
from laddercli.loader import Loader
from tests.bench import ladders

Data = dict[str, Any]

FOLDER = Path(__file__).parent / "cases" / "diff"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
KEYS = {"name", "part", "old", "new", "old_files", "new_files", "changes"}

# What the examples of kinds leave out.
BASE: Data = {
    "format": 1,
    "id": "ladder",
    "title": "Product",
    "metrics": [{"id": "commitments-kept", "name": "Commitments kept", "unit": "percent", "per": "quarter"}],
    "grades": [{"id": "g1"}, {"id": "g2"}],
    "measures": [{"id": "craft", "name": "Craft", "scale": ["Feature", "Theme", "Product"]}],
}
# What stands around a cell in the cases, so that the first line of a cell is the line after it.
AROUND = """format: 1
id: ladder
title: Product
metrics: [{id: kept, name: Commitments kept, unit: percent, per: quarter}]
measures: [{id: craft, name: Craft, scale: [Feature, Theme, Product]}]
tracks:
  - id: ic
    kind: ic
    levels:
      - id: one
        expectations:
          craft:
"""
INDENT = 12


def load(text: str, folder: Path, files: dict[str, str] | None = None) -> Ladder:
    """The ladder that a text says, with the shared files beside it. What `validate` has to say fails the test."""
    folder.mkdir(exist_ok=True)
    for name, content in (files or {}).items():
        (folder / name).write_text(content, encoding="utf-8")
    path = folder / "ladder.yaml"
    path.write_text(text, encoding="utf-8")
    opened = Loader(audience="confidential").open(str(path))
    assert not opened.findings, [(each.span.start, each.rule, each.message) for each in opened.findings]
    assert opened.ladder
    return opened.ladder


def text_of(case: Data, side: str) -> str:
    if case.get("part") != "cell":
        return str(case[side])
    return AROUND + "\n".join(" " * INDENT + line for line in case[side].split("\n")) + "\n"


def place_of(place: Place | None, case: Data) -> str:
    """Line and column of a place, counted in the text of the case; a minus where there is none."""
    if place is None:
        return "-"
    line, column = Document.parse(Path(place.file).read_bytes(), place.file).mark(place.loc)
    name = "" if place.file.endswith("/ladder.yaml") else f"{Path(place.file).name}:"
    shift = (AROUND.count("\n"), INDENT) if case.get("part") == "cell" else (0, 0)
    return f"{name}{line - shift[0]}:{column - shift[1]}"


def shown(change: Change, case: Data) -> str:
    """A change as cases write it: kind, impact, old and new place, levels, and the reason in brackets."""
    places = place_of(change.old, case), place_of(change.new, case)
    reason = f" ({change.reason})" if change.reason else ""
    return " ".join((change.kind, str(change.impact), *places, ",".join(change.levels) or "-")) + reason


@pytest.mark.parametrize("case", CASES)
def test_two_versions_differ_in_this_and_in_nothing_else(case: Data, tmp_path: Path) -> None:
    assert case.keys() <= KEYS
    old = load(text_of(case, "old"), tmp_path / "old", case.get("old_files"))
    new = load(text_of(case, "new"), tmp_path / "new", case.get("new_files"))

    changes = diff(old, new)

    assert [shown(each, case) for each in changes] == case["changes"]
    assert {str(each.impact) for each in changes if each.kind} <= {"major", "minor", "patch"}
    assert all(str(each.impact) in kinds()[each.kind].impacts for each in changes)


@pytest.mark.parametrize("case", CASES)
def test_a_difference_read_backwards_has_the_paired_kinds(case: Data, tmp_path: Path) -> None:
    old = load(text_of(case, "old"), tmp_path / "old", case.get("old_files"))
    new = load(text_of(case, "new"), tmp_path / "new", case.get("new_files"))

    forwards = [kinds()[each.kind].pair for each in diff(old, new)]

    assert sorted(forwards) == sorted(each.kind for each in diff(new, old))
    assert diff(old, old) == diff(new, new) == ()


# Kinds that can only come together with another one.
ACCOMPANIED = ("benchmark-restated", "step-replaced")


def completed(example: Example, fragment: str) -> str:
    """The ladder of an example: what stands in one cell, keys of a level, or keys of the ladder."""
    data = yaml.safe_load(fragment)
    if example.part == "ladder":
        missing = {key: BASE[key] for key in ("format", "id", "title") if key not in data}
        return yaml.safe_dump({**missing, **({} if "tracks" in data else {"tracks": _tracks(data)}), **data})
    cells = {"expectations": {"craft": data}} if example.part == "cell" else data
    levels = [{"id": "pm1", **cells}, {"id": "pm2"}, {"id": "pm3"}]
    return yaml.safe_dump({**BASE, "tracks": [{"id": "ic", "kind": "ic", "levels": levels}]})


def _tracks(data: Data) -> list[Data]:
    """Two levels, the first at the first grade where there are grades."""
    grades = [grade["id"] for grade in data.get("grades", [])]
    grade = {"grade": "g1"} if "g1" in grades else {}
    return [{"id": "ic", "kind": "ic", "levels": [{"id": "pm1", **grade}, {"id": "pm2"}]}]


@pytest.mark.parametrize("name", sorted(kinds()))
def test_a_kind_explains_itself_with_an_example_that_is_one(name: str, tmp_path: Path) -> None:
    kind = kinds()[name]
    assert kind.statement.endswith(".")
    assert len(kind.statement) <= 110
    assert kind.reason.endswith(".")
    assert kinds()[kind.pair].pair == name
    old = load(completed(kind.example, kind.example.old), tmp_path / "old")
    new = load(completed(kind.example, kind.example.new), tmp_path / "new")

    changes, backwards = diff(old, new), [each.kind for each in diff(new, old)]

    alone = name not in ACCOMPANIED
    assert [(each.kind, str(each.impact)) for each in changes if alone or each.kind == name] == [
        (name, kind.impacts[0])
    ]
    assert [each for each in backwards if alone or each == kind.pair] == [kind.pair]


HISTORY = FOLDER.parents[3] / "shared" / "corpus" / "financial-times" / "history"


def published(version: str) -> str:
    """A release of the Financial Times' ladder: a list of competencies, each with its level and its area."""
    rows = yaml.safe_load((HISTORY / f"v{version}.yml").read_text(encoding="utf-8"))
    levels: dict[str, dict[str, list[Data]]] = {}
    for row in rows:
        cell = levels.setdefault(row["level"], {}).setdefault(row["area"], [])
        cell.append({"text": row["summary"], "id": row["id"], "examples": row["examples"]})
    areas = dict.fromkeys(row["area"] for row in rows)
    track = [{"id": level, "expectations": cells} for level, cells in levels.items()]
    return yaml.safe_dump(
        {
            "format": 1,
            "id": "engineering",
            "title": "Engineering",
            "version": version,
            "measures": [{"id": area} for area in areas],
            "tracks": [{"id": "ic", "kind": "ic", "levels": track}],
        },
        sort_keys=False,
        width=1000,
    )


@pytest.mark.skipif(not HISTORY.exists(), reason="the published releases are data beside the project")
def test_a_release_of_the_financial_times_is_told_as_people_would(tmp_path: Path) -> None:
    old, new = (load(published(each), tmp_path / each) for each in ("1.1.0", "1.2.0"))

    changes = diff(old, new)

    told = Counter((each.kind, str(each.impact), each.level.id if each.level else None) for each in changes)
    assert told == {
        ("version-changed", "patch", None): 1,
        ("level-added", "minor", "junior"): 1,
        ("criterion-moved", "minor", "junior"): 5,
        ("criterion-added", "major", "engineer"): 1,
        ("criterion-reworded", "minor", "engineer"): 2,
        ("example-reworded", "minor", "junior"): 2,
        ("example-added", "minor", "junior"): 3,
    }
    moved = [each for each in changes if each.kind == "criterion-moved"]
    assert [each.origin for each in moved if each.before != each.after] == ["engineer · leadership"]
    assert [each.measure.id for each in moved if each.measure and each.before != each.after] == ["delivery"]
    assert {each.asks_more_of for each in changes if each.impact is Impact.MAJOR} == {("engineer",)}
    assert version_not_bumped(old, new, changes) == Bump(Impact.MAJOR, "1.1.0", "1.2.0", "2.0.0")


def simple(**keys: Any) -> str:
    return yaml.safe_dump({"format": 1, "id": "product", "title": "Product", "tracks": [], **keys}, sort_keys=False)


@pytest.mark.parametrize(
    ("versions", "keys", "needed"),
    [
        (("1.2.3", "1.2.3"), {"owner": "People"}, "1.2.4"),
        (("1.2.3", "1.2.4"), {"owner": "People"}, None),
        (("1.2.3", "1.2.4"), {"status": "draft"}, "1.3.0"),
        (("1.2.3", "1.3.0"), {"status": "draft"}, None),
        (("1.2.3", "1.3.0"), {"policy": {"levels": "cumulative"}}, "2.0.0"),
        (("1.2.3", "2.0.0"), {"policy": {"levels": "cumulative"}}, None),
        (("1.9.0", "1.10.0"), {"status": "draft"}, None),
        (("2.0.0", "1.9.0"), {"owner": "People"}, "2.0.1"),
        (("1.2.3", "1.2.3"), {}, None),
        (("1.2.3", "1.2.4"), {}, None),
        ((None, "1.0.0"), {"policy": {"levels": "cumulative"}}, None),
        (("1.0.0", None), {"policy": {"levels": "cumulative"}}, None),
    ],
)
def test_a_version_rises_with_the_greatest_impact(
    versions: tuple[str | None, str | None], keys: Data, needed: str | None, tmp_path: Path
) -> None:
    before, after = ({"version": each} if each else {} for each in versions)
    old, new = load(simple(**before), tmp_path / "old"), load(simple(**after, **keys), tmp_path / "new")

    bump = version_not_bumped(old, new, diff(old, new))

    assert (bump.needed if bump else None) == needed


LEVELS = """
metrics: [{id: kept, name: Kept, unit: percent}]
measures: [{id: craft, name: Craft, scale: [Feature, Theme, Product]}]
tracks:
  - id: ic
    kind: ic
    levels:
      - {id: one, expectations: {craft: {step: %s, benchmarks: [{metric: kept, at_least: %s}]}}}
      - {id: two, title: Second, expectations: {craft: {step: Theme, benchmarks: [{metric: kept, at_least: 90}]}}}
      - {id: three, expectations: {craft: {step: Product}}}
"""


def test_a_raised_bar_is_shown_with_its_neighbor(tmp_path: Path) -> None:
    head = "format: 1\nid: product\ntitle: Product"
    old = load(head + LEVELS % ("Feature", 80), tmp_path / "old")
    new = load(head + LEVELS % ("Theme", 85), tmp_path / "new")

    step, bar = diff(old, new)

    assert neighbor(new, step) == Neighbor(Named("two", "Second"), "Theme", True)
    assert neighbor(new, bar) == Neighbor(Named("two", "Second"), "≥ 90 %", False)
    assert (bar.label, bar.metric, bar.measure) == ("Kept", Named("kept", "Kept"), Named("craft", "Craft"))
    assert [neighbor(new, each) for each in diff(new, old)] == [None, None]


def test_a_fingerprint_is_stable_under_edits_elsewhere(tmp_path: Path) -> None:
    head = "format: 1\nid: product\ntitle: Product"
    old = load(head + LEVELS % ("Feature", 80), tmp_path / "old")
    new = load(head + LEVELS % ("Feature", 85), tmp_path / "new")
    more = load("# A remark.\n" + head + "\nowner: People" + LEVELS % ("Theme", 85), tmp_path / "more")

    (print,) = fingerprints("product", diff(old, new))
    others = diff(old, more)

    assert len(others) == 3
    assert print in fingerprints("product", others)
    assert len(set(fingerprints("product", others))) == 3
    assert print not in fingerprints("sales", diff(old, new))


PAID = """format: 1
id: product
title: Product
visibility: {pay: %s, notes: internal}
grades: [{id: g1, pay: {us: {min: %s}}}]
compensation: {zones: [{id: us, currency: USD}], note: %s}
tracks: [{id: ic, kind: ic, levels: [{id: one, grade: g1, pay: {us: {min: %s}}}]}]
notes: {one: %s}
"""


def test_what_either_version_hides_stays_hidden_in_the_difference(tmp_path: Path) -> None:
    old = load(PAID % ("confidential", 4111, "Canary 4112.", 4113, "Sparrow."), tmp_path / "old")
    new = load(PAID % ("public", 5111, "Canary 5112.", 5113, "Finch."), tmp_path / "new")

    changes = diff(old, new)

    assert {each.secret for each in changes} == {"pay", "notes", None}
    assert [each.kind for each in visible(changes, old, new, "public")] == ["visibility-widened"]
    assert [each.kind for each in visible(changes, old, new, "internal")] == ["visibility-widened", "note-changed"]
    assert visible(changes, old, new, "confidential") == changes
    hidden = [each for each in changes if each.is_pay]
    again = [replace(each, before="1", after="2") for each in hidden]
    assert fingerprints("product", hidden) == fingerprints("product", again)
    told = repr([each for each in changes if each.secret is None])
    assert not any(word in told for word in ("4111", "5111", "4112", "5113", "Sparrow", "Finch"))


@pytest.mark.parametrize(
    ("there", "is_one_sided"), [({"pay.yaml": "format: 1\npay: {g1: {us: {min: 90}}}\n"}, False), ({}, True)]
)
def test_pay_of_a_missing_file_is_worth_a_notice(there: dict[str, str], is_one_sided: bool, tmp_path: Path) -> None:
    text = simple(
        uses=[{"path": "pay.yaml", "optional": True}],
        grades=[{"id": "g1"}],
        compensation={"zones": [{"id": "us", "currency": "USD"}]},
    )
    old = load(text, tmp_path / "old", {"pay.yaml": "format: 1\npay: {g1: {us: {min: 90}}}\n"})
    new = load(text, tmp_path / "new", there)

    assert diff(old, new) == ()
    assert pay_is_one_sided(old, new) is is_one_sided
    assert pay_is_one_sided(new, old) is is_one_sided


VERBS = ("Writes", "Plans", "Reviews", "Draws", "Sizes", "Presents", "Answers", "Measures")
THINGS = ("requirements", "markets", "themes", "interviews", "roadmaps", "tickets", "releases", "budgets")
GOALS = ("before sales asks", "with support", "in public", "for engineering", "from usage data", "on one page")

criterion = st.builds("{} {} {}.".format, *map(st.sampled_from, (VERBS, THINGS, GOALS)))
cell = st.lists(criterion, unique=True, max_size=4)
levels = st.dictionaries(
    st.sampled_from(["one", "two", "three", "four"]),
    st.fixed_dictionaries({"craft": cell, "reach": cell}),
    min_size=1,
)


def ladder_of(cells: dict[str, dict[str, list[str]]], folder: Path) -> Ladder:
    measures = [{"id": "craft"}, {"id": "reach"}]
    track = [{"id": level, "expectations": found} for level, found in cells.items()]
    return load(simple(measures=measures, tracks=[{"id": "ic", "kind": "ic", "levels": track}]), folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("generated")


@given(cells=levels)
@settings(max_examples=50, deadline=None)
def test_nothing_differs_from_itself(cells: dict[str, dict[str, list[str]]], folder: Path) -> None:
    assert diff(ladder_of(cells, folder / "old"), ladder_of(cells, folder / "new")) == ()


@given(before=levels, after=levels)
@settings(max_examples=150, deadline=None)
def test_any_difference_read_backwards_has_the_paired_kinds(before: Data, after: Data, folder: Path) -> None:
    old, new = ladder_of(before, folder / "old"), ladder_of(after, folder / "new")

    forwards = [kinds()[each.kind].pair for each in diff(old, new)]

    assert sorted(forwards) == sorted(each.kind for each in diff(new, old))


@given(cells=levels, data=st.data())
@settings(max_examples=150, deadline=None)
def test_what_moves_is_never_removed_and_added(cells: Data, data: st.DataObject, folder: Path) -> None:
    homes = [(level, measure) for level, found in cells.items() for measure in found]
    source, target = (data.draw(st.sampled_from(homes)) for _ in range(2))
    texts = cells[source[0]][source[1]]
    assume(texts and source != target)
    text = data.draw(st.sampled_from(texts))
    everywhere = [each for found in cells.values() for some in found.values() for each in some]
    assume(everywhere.count(text) == 1)
    old = ladder_of(cells, folder / "old")
    moved = {level: {name: list(each) for name, each in found.items()} for level, found in cells.items()}
    moved[source[0]][source[1]].remove(text)
    place = data.draw(st.integers(0, len(moved[target[0]][target[1]])))
    moved[target[0]][target[1]].insert(place, text)

    changes = diff(old, ladder_of(moved, folder / "new"))

    assert [(each.kind, each.before, each.after) for each in changes] == [("criterion-moved", text, text)]


@pytest.mark.parametrize(
    ("old", "new", "impact", "reason"),
    [
        ("Reviews 3 plans", "Reviews three plans", "patch", None),
        ("Spends 10,000 a year", "Spends 10000 a year", "patch", None),
        ("Reviews 2.50 plans", "Reviews 2.5 plans", "patch", None),
        ("Mentors one engineer on the team", "Mentors an engineer on the team", "minor", None),
        ("Mentors one engineer on the team", "Mentors three engineers on the team", "major", "one → three"),
        ("Answers within two days", "Answers within two weeks", "major", "days → weeks"),
        ("Answers 3 teams within 5 days", "Answers 5 teams within 3 days", "major", "3, 5 → 5, 3"),
        ("Answers in 3 days, 5 teams", "Answers 5 teams in 3 days", "minor", None),
        ("Reports on the theme", "Reports on the theme within 3 days", "major", "now “within 3 days”"),
        ("Reports on the theme within 3 days", "Reports on the theme", "major", "no longer “within 3 days”"),
        ("Does not share the plan", "Does share the plan", "major", "no longer “not”"),
        ("Fixes the plan with guidance", "Fixes the plan", "major", "no longer “with guidance”"),
        ("Leads planning and helps sales", "Helps planning and leads sales", "major", "leads, helps → helps, leads"),
        (
            "Contributes to the roadmap",
            "Is responsible for the roadmap",
            "major",
            "contributes to → is responsible for",
        ),
        ("Is able to write plans", "Must write plans", "major", "is able to → must"),
        ("Writes plans that sales reads", "Must write plans that sales reads", "minor", None),
        ("Uses tools of the company", "Uses their own tools of the company", "minor", None),
        ("Takes part in well-prepared calls", "takes part in well prepared calls!", "patch", None),
        ("Helps on-boarding of peers", "Helps onboarding of peers", "patch", None),
        ("Organises the programme centre", "Organizes the program center", "patch", None),
        ("Recieves tickets of the team", "Receives tickets of the team", "patch", None),
        ("Leads peers to their goals", "Reads peers to their goals", "minor", None),
        ("R&D plans", "R and D plans", "patch", None),
        ("고객을 인터뷰한다 3회", "고객을 인터뷰한다 5회", "major", "3 → 5"),
        ("Agrees with sales and support", "Agrees with sales, support and legal", "minor", None),
        ("Reviews plans with a reviewer", "Reviews plans without a reviewer", "major", "with → without"),
        ("Writes the plans of a team if sales asks", "Writes the plans of a team", "major", "no longer “if”"),
        ("Solves basic problems", "Solves advanced problems", "major", "basic → advanced"),
        ("Presents plans to the team", "Presents plans to the company", "major", "team → company"),
        ("Works with the team on the company plan", "Works on the company plan with the team", "minor", None),
        ("Talks to sales or support", "Talks to sales and support", "major", "or → and"),
        ("Makes decisions together with a senior peer", "Makes decisions alone", "major", "together with → alone"),
        (
            "Shows two ways before choosing one",
            "Shows three ways, with the costs of each, before choosing the one that suits customers best",
            "major",
            "two → three",
        ),
        ("Writes plans", "Climbs on roofs in winter", "major", "rewritten"),
    ],
)
def test_a_rewording_is_weighed(old: str, new: str, impact: str, reason: str | None) -> None:
    verdict = judge(old, new)

    assert (str(verdict.impact), verdict.reason) == (impact, reason)
    assert judge(new, old).impact == verdict.impact


@pytest.mark.parametrize(
    ("old", "new", "asks", "asks_backwards"),
    [
        ("Interviews five users", "Interviews two users", False, True),
        ("Leads the planning of a theme", "Helps with the planning of a theme", False, True),
        ("Talks to each customer", "Talks to most customers", False, True),
        ("Answers customers within two days", "Answers customers", False, True),
        ("Interviews five users each quarter", "Interviews two users each quarter", False, True),
        ("Answers within three days", "Answers within two days", True, True),
        ("Ships every three weeks", "Ships every two weeks", True, True),
        ("Must answer five customers", "May answer ten customers", True, True),
        ("Ships with a reviewer", "Ships without a reviewer", True, True),
    ],
)
def test_what_only_weakens_asks_nobody_for_more(old: str, new: str, asks: bool, asks_backwards: bool) -> None:
    verdicts = judge(old, new), judge(new, old)

    assert [not each.eases for each in verdicts] == [asks, asks_backwards]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "expectations: {craft: {benchmarks: [{metric: kept, at_least: 70}]}}",
            "expectations: {craft: {benchmarks: [{metric: kept, at_most: 70}]}}",
            ("benchmark-restated", "≥ 70 %", "≤ 70 %", ("one",)),
        ),
        (
            "expectations: {craft: {summary: A., benchmarks: [{metric: kept, at_most: 9}]}, reach: {summary: B.}}",
            "expectations: {craft: {summary: A.}, reach: {summary: B., benchmarks: [{metric: kept, at_most: 9}]}}",
            ("benchmark-moved", "Craft", "Reach", ()),
        ),
        (
            "direct_reports: {min: 3, max: 7}",
            "direct_reports: {min: 4, max: 6}",
            ("span-restated", "3–7", "4–6", ("one",)),
        ),
        (
            "expectations: {craft: [Interviews five users.]}",
            "expectations: {craft: [Interviews two users.]}",
            ("criterion-reworded", "Interviews five users.", "Interviews two users.", ()),
        ),
    ],
)
def test_what_changed_is_told_once_with_both_sides(old: str, new: str, expected: object, tmp_path: Path) -> None:
    around = """format: 1
id: ladder
title: Product
metrics: [{id: kept, name: Kept, unit: percent}]
measures: [{id: craft, name: Craft}, {id: reach, name: Reach}]
tracks: [{id: ic, kind: ic, levels: [{id: one, %s}]}]
"""
    changes = diff(load(around % old, tmp_path / "old"), load(around % new, tmp_path / "new"))

    assert [(each.kind, each.before, each.after, each.asks_more_of) for each in changes] == [expected]


@pytest.mark.parametrize("change", ["case {number} of the market", "other words {number}"])
def test_the_time_grows_with_the_ladder_and_not_faster(change: str, tmp_path: Path) -> None:
    def seconds(size: int) -> float:
        text = ladders.ladder(size)
        old = load(text, tmp_path / f"old{size}")
        new = load(re.sub(r"case (\d+)", lambda match: change.format(number=match[1]), text), tmp_path / f"new{size}")
        gc.collect()
        gc.disable()  # as the program does: what is measured is the comparison
        try:
            start = time.process_time()
            changes = diff(old, new)
            return time.process_time() - start
        finally:
            gc.enable()
            assert {each.kind for each in changes} == {"criterion-reworded", "benchmark-reworded"}

    seconds(10)
    assert seconds(400) < 6 * seconds(100) + 0.5


COMPLETE = Path(__file__).parent / "cases" / "publication" / "complete.yaml"
# What says nothing by itself.
SILENT = ("format", "uses", "x-owner")


# What the file says although it would be so without it.
DEFAULTS = """
    status language policy/levels visibility/pay tracks/0/measures tracks/0/everyone/accountability
    tracks/0/levels/0/career_level tracks/0/levels/0/inherits
    tracks/0/levels/0/expectations/hard-skills/criteria/1/kind
    tracks/0/levels/0/expectations/accountability moves/0/both_ways
    """.split()


def _edits(data: Any, loc: tuple[int | str, ...] = ()) -> Iterator[tuple[tuple[int | str, ...], Any]]:
    """Every part of a file with what else could stand there; None is to leave it out."""
    items: Iterable[tuple[int | str, Any]] = ()
    if isinstance(data, dict):
        items = data.items()
    elif isinstance(data, list):
        items = enumerate(data)
    for key, value in items:
        yield (*loc, key), None
        if isinstance(value, bool):
            yield (*loc, key), not value
        elif isinstance(value, int | float):
            yield (*loc, key), value + 1
        elif isinstance(value, str):
            yield (*loc, key), f"{value} and something else"
        yield from _edits(value, (*loc, key))


def _edited(data: Data, loc: tuple[int | str, ...], value: Any) -> Data:
    copy = deepcopy(data)
    holder: Any = copy
    for key in loc[:-1]:
        holder = holder[key]
    if value is None:
        del holder[loc[-1]]
    else:
        holder[loc[-1]] = value
    return copy


def test_no_field_of_the_format_changes_unnoticed(tmp_path: Path) -> None:
    data = yaml.safe_load(COMPLETE.read_text(encoding="utf-8"))
    for name in ("company.yaml", "pay.yaml"):
        (tmp_path / name).write_text("format: 1\n", encoding="utf-8")
    path = tmp_path / "ladder.yaml"

    def opened(some: Data) -> Ladder | None:
        path.write_text(yaml.safe_dump(some, sort_keys=False, allow_unicode=True), encoding="utf-8")
        return Loader(audience="confidential").open(str(path)).ladder

    old = opened(data)
    assert old
    seen, unnoticed = 0, []
    for loc, value in _edits(data):
        new = opened(_edited(data, loc, value)) if loc[0] not in SILENT else None
        if new is None:
            continue
        seen += 1
        changes = diff(old, new)
        backwards = sorted(each.kind for each in diff(new, old))
        assert sorted(kinds()[each.kind].pair for each in changes) == backwards, (loc, value)
        if not changes:
            unnoticed.append("/".join(map(str, loc)) + ("" if value is None else f" {value}"))
    assert seen > 150
    assert unnoticed == DEFAULTS


@given(
    texts=st.lists(
        st.lists(st.sampled_from("plans writes sizes draws themes markets".split()), min_size=3, max_size=5)
    ),
    data=st.data(),
)
@settings(max_examples=100, deadline=None)
def test_no_other_pairs_are_more_alike_taken_together(texts: list[list[str]], data: st.DataObject) -> None:
    old = [said(" ".join(each)) for each in texts[:5]]
    new = [said(" ".join(data.draw(st.permutations(each))[:4])) for each in texts[1:6]]

    def worth(pairs: Iterable[tuple[int, int]]) -> float:
        found = (likeness(old[left].ordered, new[right].ordered) for left, right in pairs)
        return sum(each for each in found if each >= 60)

    size = max(len(old), len(new))
    orders = (
        [(i, j) for i, j in enumerate(order) if i < len(old) and j < len(new)] for order in permutations(range(size))
    )
    best = max(map(worth, orders), default=0)

    pairs = alike(old, new, 60)

    assert len({left for left, _ in pairs}) == len({right for _, right in pairs}) == len(pairs)
    assert worth(pairs) == pytest.approx(best, abs=0.01)


@pytest.mark.parametrize("number", [30, 100, 500])
def test_among_many_texts_each_finds_its_own(number: int) -> None:
    old = [said(f"Plans the market of region r{each} with sales and support for the year") for each in range(number)]
    new = [
        said(f"Plans the market of region r{each} with sales, support and finance for the year")
        for each in range(number)
    ]

    assert alike(old, new[::-1], 75) == [(each, number - 1 - each) for each in range(number)]


def test_many_texts_without_a_word_of_their_own_are_still_paired() -> None:
    old = [said("Plans the market of a region with sales") for _ in range(200)]
    new = [said("Plans the market of a region with sales and support") for _ in range(200)]

    assert len(alike(old, new, 75)) > 150
