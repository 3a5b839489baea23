"""The three levels of the article that the project starts from, typed in as YAML: what an editor would say, and where.

The text belongs to its author, so the ladder is made from it here and stored nowhere.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from laddercli.config import Config
from laddercli.discovery import Source
from laddercli.findings import Finding
from laddercli.judging import Terms, judge
from laddercli.selection import Request
from tests.linting import DAY

SEED = next(iter(sorted((Path(__file__).resolve().parents[2] / "shared" / "seeds").glob("*.txt"))), None)

pytestmark = pytest.mark.skipif(
    SEED is None, reason="the article is no part of the project: ../shared/seeds is not there"
)

MEASURES = {
    "Hard skills": "hard-skills",
    "Cross-functionality": "cross-functionality",
    "Leadership": "leadership",
    "Accountability": "accountability",
}
LEVELS = {"PM1": "pm1", "Senior PM": "senior-pm", "Staff PM": "staff-pm"}


def typed_in(article: str) -> str:
    """The article's levels as a ladder of individual contributors, each cell one text."""
    lines = article.split("\n")
    definitions = dict(line[2:].split(": ", 1) for line in lines if line.startswith("- ") and ": " in line)
    start = lines.index("PM1")
    cells: dict[str, dict[str, str]] = {}
    level = measure = ""
    for line in lines[start:]:
        name, colon, text = line.partition(": ")
        if line in LEVELS:
            level = LEVELS[line]
            cells[level] = {}
        elif colon and name in MEASURES:
            measure = MEASURES[name]
            cells[level][measure] = text
        elif line.startswith("The progression on each"):
            break
        else:
            cells[level][measure] += f"\n\n{line}"
    titles = {slug: title for title, slug in LEVELS.items()}
    ladder: dict[str, Any] = {
        "format": 1,
        "title": "Product management",
        "reviewed": "2026-11-01",
        "organization": {"name": "Periscope Data", "aliases": ["Periscope"]},
        "measures": [
            {
                "id": slug,
                "name": name,
                "definition": definitions[name.replace("skills", "Skills").replace("func", "Func")],
            }
            for name, slug in MEASURES.items()
        ],
        "tracks": [
            {
                "id": "ic",
                "kind": "ic",
                "levels": [{"id": slug, "title": titles[slug], "expectations": each} for slug, each in cells.items()],
            }
        ],
    }
    return yaml.safe_dump(ladder, sort_keys=False, allow_unicode=True, width=10_000)


@pytest.fixture(scope="module")
def ladder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert SEED is not None
    path = tmp_path_factory.mktemp("article") / "product.yaml"
    path.write_text(typed_in(SEED.read_text(encoding="utf-8")), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def findings(ladder: Path) -> tuple[Finding, ...]:
    terms = Terms(Request(), lambda _: Config(str(ladder.parent)), DAY)
    return judge([Source(str(ladder))], terms).findings


def of(rule: str, findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """The part and the marked words of each finding of a rule."""
    found = []
    for finding in findings:
        if finding.rule == rule:
            assert finding.source is not None
            part = finding.logical_path.removeprefix("tracks/ic/levels/").replace("/expectations/", " ")
            found.append((part, finding.source.text[finding.source.start : finding.source.end]))
    return found


def test_every_finding_stands_at_its_words(ladder: Path, findings: tuple[Finding, ...]) -> None:
    lines = ladder.read_text(encoding="utf-8").split("\n")
    for finding in findings:
        assert finding.source is not None
        assert lines[finding.span.start.line - 1] == finding.source.text


def test_there_is_no_way_up_but_one(findings: tuple[Finding, ...]) -> None:
    (finding,) = [each for each in findings if each.rule == "missing-track"]
    assert (finding.message, str(finding.severity)) == ("there is no track for managers", "error")


def test_each_measure_lacks_benchmarks_once(findings: tuple[Finding, ...]) -> None:
    parts = [finding.logical_path for finding in findings if finding.rule == "missing-benchmark"]
    assert parts == [f"measures/{slug}" for slug in MEASURES.values()]


def test_the_name_of_the_company_leaks_twice(findings: tuple[Finding, ...]) -> None:
    leaks = [finding for finding in findings if finding.rule == "leaked-name"]
    assert [str(each.severity) for each in leaks] == ["error", "error"]
    assert of("leaked-name", findings) == [
        ("senior-pm leadership", "Periscope Data"),
        ("senior-pm accountability", "Periscope"),
    ]


def test_service_is_no_criterion(findings: tuple[Finding, ...]) -> None:
    assert [part for part, _ in of("tenure-criterion", findings)] == ["pm1 hard-skills"]
    assert "12 months" in of("tenure-criterion", findings)[0][1]


def test_acronyms_are_not_explained(findings: tuple[Finding, ...]) -> None:
    words = {word for _, word in of("undefined-acronym", findings)}
    assert {"SE", "GTM"} <= words
    assert any(word.startswith("KPI") for word in words)


def test_one_cell_is_a_chapter(findings: tuple[Finding, ...]) -> None:
    cells = [each for each in findings if each.rule == "unbalanced-cell" and each.logical_path.endswith("hard-skills")]
    (finding,) = [each for each in cells if "staff-pm" in each.logical_path]
    assert "4.3 ×" in finding.message


def test_figures_of_speech_and_reputations_are_named(findings: tuple[Finding, ...]) -> None:
    idioms = of("idiom", findings)
    perceptions = of("perception-criterion", findings)
    assert [part for part, word in idioms if word == "second nature"] == [
        "senior-pm hard-skills",
        "staff-pm hard-skills",
    ]
    assert any(re.search("fingertips", word) for part, word in idioms if part == "staff-pm hard-skills")
    assert {part for part, _ in perceptions} >= {
        "senior-pm cross-functionality",
        "senior-pm leadership",
        "staff-pm cross-functionality",
        "staff-pm leadership",
    }
    assert sum("synonymous" in word for _, word in perceptions) + sum("perceived" in w for _, w in perceptions) >= 2


def test_what_is_no_mistake_is_not_flagged(findings: tuple[Finding, ...]) -> None:
    assert of("ic-requires-reports", findings) == []
    assert of("person-shift", findings) == []
