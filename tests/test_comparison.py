"""What separates levels: which steps rise, what corresponds, and that nothing is lost on the way to the page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from laddercli.comparison import Comparison, compare, grade_steps
from laddercli.ladder import Ladder
from laddercli.loader import Loader
from laddercli.views.side_by_side import Options, comparison_page
from laddercli.writers import markdown
from laddercli.writers.terminal import Terminal
from laddercli.writers.terminal import write as write_text
from tests.run import Result, ladder

Write = Callable[..., Path]

CHECKOUT = Path(__file__).parents[1]

SALES = """\
format: 1
title: Sales
version: 1.0.0
grades: [{id: g1, title: One}, {id: g2, title: Two}]
metrics:
  - {id: calls, name: Calls held, unit: percent, per: month}
  - {id: visits, name: Visits}
measures:
  - {id: reach, name: Reach, scale: [Team, Region, World]}
  - {id: depth, name: Depth of advice, scale: [Low, High]}
  - {id: care, name: Care}
  - {id: people, name: People, scale: [Few, Many]}
tracks:
  - id: ic
    name: Individual contributor
    kind: ic
    measures: [reach, depth, care]
    levels:
      - id: s1
        title: Seller 1
        grade: g1
        expectations:
          reach: {step: Team, summary: Calls the team., criteria: [Answers every call of a customer within one day.],
                  benchmarks: [Customers call back., {metric: calls, at_least: 50}, {metric: visits, at_most: 4}]}
          depth: {step: High, summary: Gives advice.}
          care: Cares for customers.
      - id: s2
        title: Seller 2
        grade: g2
        expectations:
          reach: {step: World, criteria: [Answers every call of a partner within one day., Travels.],
                  benchmarks: [{metric: calls, at_least: 50}]}
          depth: {step: Low, summary: Gives advice.}
          care: {unchanged: true}
      - id: s3
        title: Seller 3
        grade: g2
        expectations:
          reach: {step: World}
          depth: {not_applicable: Held by others.}
  - id: manager
    name: People manager
    kind: manager
    measures: [people, reach, care]
    levels:
      - {id: m2, title: Manager, grade: g2, expectations: {reach: {step: Region}, people: {step: Few}}}
"""
SERVICE = """\
format: 1
title: Service
grades: [{id: g1, title: One}, {id: g2, title: Two}]
measures:
  - {id: reach, name: Reach of service, scale: [Team, Region, World]}
  - {id: depth, name: Depth, scale: [Low, Middle, High]}
  - {id: speed, name: Speed, scale: [Slow, Fast]}
tracks:
  - id: ic
    name: IC
    kind: ic
    levels:
      - {id: v2, title: Servant, grade: g2, expectations: {reach: {step: World}, depth: {step: High}}}
"""


def compared(write: Write, *levels: str) -> Comparison:
    write(sales=SALES, service=SERVICE)
    ladders = {name: Loader().load(f"{name}.yaml") for name in ("sales", "service")}
    return compare(*(ladders["service" if level == "v2" else "sales"].position(level) for level in levels))


def text_of(comparison: Comparison, width: int = 100, **options: bool) -> str:
    return write_text(comparison_page(comparison, Options(**options)), Terminal(width))


@pytest.mark.parametrize(
    ("levels", "growth"),
    [
        (("s1", "s2"), {"reach": ["up"], "depth": ["down"], "care": ["unknown"]}),
        (("s2", "s3"), {"reach": ["same"], "depth": ["unknown"], "care": ["unknown"]}),
        (("s1", "s2", "s3"), {"reach": ["up", "same"], "depth": ["down", "unknown"], "care": ["unknown"] * 2}),
        (("s2", "m2"), {"reach": ["down"], "care": ["unknown"], "depth": ["removed"], "people": ["added"]}),
        (("m2", "s2"), {"reach": ["up"], "care": ["unknown"], "people": ["removed"], "depth": ["added"]}),
        (
            ("s2", "v2"),
            {"reach": ["same"], "depth": ["unknown"], "care": ["removed"], "speed": ["added"]},
        ),
        (
            ("s2", "v2", "m2"),
            {
                "reach": ["same", "down"],
                "depth": ["unknown", "removed"],
                "care": ["removed", "added"],
                "speed": ["added", "removed"],
                "people": ["unknown", "added"],
            },
        ),
    ],
)
def test_growth_is_that_of_the_step_on_one_scale(
    levels: tuple[str, ...], growth: dict[str, list[str]], write: Write
) -> None:
    rows = compared(write, *levels).rows
    assert {row.id: [str(each) for each in row.growth] for row in rows} == growth
    assert [row.id for row in rows] == list(growth)  # what all share comes first


@pytest.mark.parametrize(
    ("levels", "lines"),
    [
        (("s1", "s2"), ["Reach            ■□□ Team", "↑  ■■■ World", "↓  ■□ Low", "Care             summary only"]),
        (("s1", "s2"), ["One grade up. 1 of 2 measures rises, 1 falls."]),
        (("s2", "s1"), ["One grade down. 1 of 2 measures rises, 1 falls."]),
        (("s2", "s3"), ["=  ■■■ World", "does not apply", "Same grade, so the same pay range. 1 measure at the same"]),
        (("s2", "m2"), ["−  not on this track", "+  ■□ Few", "1 measure falls; 1 more on the people manager track; 1"]),
        (("s2", "v2"), ["not in this ladder", "Sales and Service", "sales:s2  →  service:v2"]),
        (("s2", "v2"), ["not judged,"]),
        (("s1", "s2", "s3"), ["s1 → s2:  One grade up.", "s2 → s3:  Same grade"]),
    ],
)  # fmt: skip
def test_the_answer_comes_first(levels: tuple[str, ...], lines: list[str], write: Write) -> None:
    answer = text_of(compared(write, *levels)).split("── ")[0]
    assert [line for line in lines if line not in answer] == []


def test_grades_are_counted_on_one_scale_only(write: Write) -> None:
    low, high, other = (compared(write, level, level).positions[0] for level in ("s1", "s2", "v2"))
    assert (grade_steps(low, high), grade_steps(high, low), grade_steps(high, other)) == (1, -1, 0)
    write(elsewhere=SERVICE.replace("{id: g1, title: One}, ", ""), ungraded=SERVICE.replace("grade: g2, ", ""))
    for name in ("elsewhere", "ungraded"):
        assert grade_steps(high, Loader().load(f"{name}.yaml").position("v2")) is None


def test_figures_stand_in_one_row_for_each_metric(write: Write) -> None:
    section = text_of(compared(write, "s1", "s2")).split("── Reach")[1].split("── ")[0]
    assert re.search(r"^  Calls held, per month +≥ 50 % +≥ 50 %$", section, re.MULTILINE)
    assert re.search(r"^  Visits +≤ 4 +–$", section, re.MULTILINE)


def test_only_differences_hides_what_is_equal(write: Write) -> None:
    comparison = compared(write, "s1", "s2")
    everything, differences = text_of(comparison), text_of(comparison, only_differences=True)
    assert "── Care" in everything
    assert "── Care" not in differences  # unchanged, so the same text
    assert "Calls held" in everything
    assert "Calls held" not in differences
    assert "Visits" in differences
    assert "── Depth of advice" in differences  # the same text at another step
    same = text_of(compared(write, "s1", "s1"), only_differences=True)
    assert "──" not in same
    assert "Same grade" in same


def test_only_differences_keeps_a_step_that_moves_and_hides_one_that_stays(write: Write) -> None:
    overview = text_of(compared(write, "s2", "s3"), only_differences=True).split("Same grade")[0]
    assert "Reach" not in overview
    assert "Depth of advice" in overview


def test_words_marks_near_twins_only(write: Write) -> None:
    comparison = compared(write, "s1", "s2")
    assert "[-" not in text_of(comparison)
    marked = " ".join(re.sub("[│\n]", " ", text_of(comparison, width=300, words=True)).split())
    assert "Answers every call of a [-customer-] {+partner+} within one day." in marked
    assert "• Travels." in marked
    assert marked.count("{+") == 1


def test_words_are_struck_and_underlined_where_styles_are_shown(write: Write) -> None:
    page = comparison_page(compared(write, "s1", "s2"), Options(words=True))
    styled = write_text(page, Terminal(300, color=True))
    assert "[-" not in styled
    assert "\x1b[9mcustomer\x1b[0m" in styled
    assert "\x1b[4mpartner\x1b[0m" in styled
    assert "~~customer~~ **partner**" in markdown.write(page)


def test_brief_ends_after_the_summaries(write: Write) -> None:
    brief = text_of(compared(write, "s1", "s2"), brief=True)
    assert "Calls the team." in brief
    assert [word for word in ("Answers every call", "Customers call back", "Calls held") if word in brief] == []


def run(*arguments: str, write: Write) -> Result:
    return ladder("compare", *arguments, cwd=write({"ladders/sales.yaml": SALES, "ladders/service.yaml": SERVICE}))


@pytest.mark.parametrize(
    ("arguments", "levels"),
    [
        (["s1"], ["s1", "s2"]),
        (["s3", "--peer"], ["s3", "m2"]),
        (["m2", "--peer"], ["m2", "s2", "s3"]),
        (["s1", "Manager", "service:v2"], ["s1", "m2", "v2"]),
    ],
)
def test_one_level_goes_with_the_next_or_with_its_peers(arguments: list[str], levels: list[str], write: Write) -> None:
    done = run(*arguments, "-f", "json", write=write)
    assert [level["id"] for level in json.loads(done.out)["levels"]] == levels


NAME_ANOTHER = "name a level to compare it with"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["s3"], f"`s3` is the highest level of its track\n  help: {NAME_ANOTHER}: ladder compare s3 LEVEL"),
        (["s1", "--peer"], "`s1` has no peer on another track"),
        (["s1", "s2", "--peer"], "--peer goes with one level"),
        (["s1", "-m", "rech"], "these levels have no measure `rech`; did you mean `reach`?"),
        (["s1", "-m", "people"], "these levels have no measure `people`; there are: reach, depth, care"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_ends_with_2(arguments: list[str], message: str, write: Write) -> None:
    done = run(*arguments, write=write)
    assert (done.code, done.out, done.err) == (2, "", f"error: {message}\n")


@pytest.mark.parametrize("name", ["depth", "Depth of advice", "depth of ADVICE"])
def test_one_measure_by_id_or_name(name: str, write: Write) -> None:
    done = run("s1", "--measure", name, "-m", "care", "-f", "json", write=write)
    assert [measure["id"] for measure in json.loads(done.out)["measures"]] == ["depth", "care"]
    assert re.findall("^── ([^─]+) ─", run("s1", "-m", name, write=write).out, re.MULTILINE) == ["Depth of advice"]


def test_measures_of_shipped_ladders_are_matched_by_id() -> None:
    done = ladder("compare", "staff-pm", "staff-engineer", "-f", "json", cwd=CHECKOUT)
    shared = ["hard-skills", "cross-functionality", "leadership", "accountability"]
    assert [measure["id"] for measure in json.loads(done.out)["measures"]] == shared


# What a ladder may say. Words that no page uses, so that finding one means that it came from the ladder.
words = st.text("QZXJÄ한字ü9", min_size=1, max_size=30)
sentence = st.lists(words, min_size=1, max_size=8).map(" ".join)
cell = st.fixed_dictionaries(
    {},
    optional={
        "step": st.sampled_from(["Low", "High"]),
        "summary": sentence,
        "criteria": st.lists(sentence, min_size=1, max_size=3),
        "benchmarks": st.lists(sentence, min_size=1, max_size=2),
    },
).filter(bool)
cells = st.fixed_dictionaries({}, optional={"m": cell, "n": cell})


def generated(expectations: list[dict[str, Any]]) -> dict[str, Any]:
    levels = [{"id": f"l{index}", "expectations": each} for index, each in enumerate(expectations)]
    scale = ["Low", "High"]
    measures = [{"id": "m", "name": "First", "scale": scale}, {"id": "n", "name": "Second", "scale": scale}]
    track = {"id": "t", "name": "Track", "kind": "ic", "levels": levels}
    return {"format": 1, "title": "Made", "measures": measures, "tracks": [track]}


def said(data: dict[str, Any]) -> list[str]:
    every = [each for level in data["tracks"][0]["levels"] for each in level["expectations"].values()]
    texts = [text for each in every for text in (*each.get("criteria", ()), *each.get("benchmarks", ()))]
    return [word for text in [*texts, *(each.get("summary", "") for each in every)] for word in text.split()]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, Any]], Ladder]:
    path = tmp_path_factory.mktemp("generated") / "made.yaml"

    def load(data: dict[str, Any]) -> Ladder:
        path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        return Loader().load(str(path))

    return load


@settings(max_examples=60)
@given(expectations=st.lists(cells, min_size=2, max_size=3), width=st.integers(40, 200))
def test_no_cell_is_lost(
    expectations: list[dict[str, Any]], width: int, loaded: Callable[[dict[str, Any]], Ladder]
) -> None:
    data = generated(expectations)
    made = loaded(data)
    page = comparison_page(compare(*(made.position(each) for each in made.levels)), Options())
    wide = write_text(page, Terminal(2000))
    pages = {"wide": wide.split(), "markdown": re.split(r"\s+|<br>", markdown.write(page))}
    for name, found in pages.items():
        assert [word for word in said(data) if word not in found] == [], name
    # Long words are folded in a narrow column; folding loses no character.
    letters = [each for each in write_text(page, Terminal(width)) if each in "QZXJÄ한字ü9"]
    assert sorted(letters) == sorted("".join(word for word in wide.split() if set(word) <= set("QZXJÄ한字ü9")))
