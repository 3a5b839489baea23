"""What companies have published fits into the format, and comes out of the command line again without loss."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len

from laddercli.cli.app import run as run_here
from laddercli.document import Document
from laddercli.rules import rules
from tests import corpora
from tests.bench.rules import EXEMPT, Company, all_judged
from tests.corpora import CUMULATIVE, EVERYONE, NAMES, Statement

pytestmark = pytest.mark.skipif(
    not corpora.FOLDER.is_dir(), reason="published ladders are no part of the project: ../shared/corpus is not there"
)

WIDTH = 80

# Kind and text of what stands in a cell, in order.
Parts = list[tuple[str, str]]
# Level as ladder:level, name of the measure, and where the parts come from: None for the level itself.
Where = tuple[str, str, str | None]

# How much was published: statements by kind, files, tracks, levels, and pairs of level and measure that say something.
EXPECTED: dict[str, tuple[dict[str, int], int, int, int, int]] = {
    "codecademy": ({"criterion": 229, "level_summary": 4}, 1, 2, 9, 40),
    "financial-times": ({"measure_def": 9, "criterion": 221, "proficiency": 221, "example": 331}, 3, 4, 15, 100),
    "monzo": ({"criterion": 1240, "example": 130}, 8, 13, 66, 305),
    "sourcegraph-product": ({"measure_def": 4, "criterion": 60}, 1, 1, 4, 20),
}


@dataclass(frozen=True)
class Corpus:
    """What a company has published, and the folder with the ladders that were made of it."""

    name: str
    published: list[Statement]
    folder: Path
    files: list[Path]

    def run(self, *words: str) -> str:
        """What the real command prints into a pipe, 80 cells wide, when it has nothing to complain about."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("LADDER_")}
        environment.update(COLUMNS=str(WIDTH), PYTHONUTF8="1")
        command = [sys.executable, "-m", "laddercli", *words, "--no-config", "--color", "never"]
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, encoding="utf-8")
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    @cached_property
    def ladders(self) -> list[dict[str, Any]]:
        """What `ladder list` says of every ladder."""
        found: list[dict[str, Any]] = json.loads(self.run("list", "-f", "json"))["ladders"]
        return found

    @cached_property
    def tracks(self) -> dict[str, list[str]]:
        """The levels of every track, lowest first, all by their full names."""
        return {
            f"{ladder['id']}:{track['id']}": [f"{ladder['id']}:{level['id']}" for level in track["levels"]]
            for ladder in self.ladders
            for track in ladder["tracks"]
        }

    @cached_property
    def names(self) -> list[str]:
        """Every level by its full name."""
        return [name for track in self.tracks.values() for name in track]

    @cached_property
    def levels(self) -> dict[str, dict[str, Any]]:
        """What `ladder show` says of every level."""
        shown = json.loads(self.run("show", "-f", "json", *self.names))["levels"]
        return {f"{level['ladder']}:{level['id']}": level for level in shown}

    def measures(self, name: str) -> dict[str, str]:
        """The measures of a level: names by id, in the order of its track."""
        return {measure["id"]: measure["name"] for measure in self.levels[name]["measures"]}

    @cached_property
    def asked(self) -> dict[Where, Parts]:
        """What levels ask for, as it was published: the level itself, the levels it adds to, everyone."""
        written: dict[tuple[str, str], Parts] = {}
        everyone: dict[tuple[str, str], Parts] = {}
        for row in self.published:
            if row.kind in ("criterion", "example") and row.level == EVERYONE:
                everyone.setdefault((corpora.home(row).ladder, row.measure), []).append((row.kind, row.text))
            elif row.kind in ("criterion", "example"):
                written.setdefault((full_name(row), row.measure), []).append((row.kind, row.text))
        asked: dict[Where, Parts] = {(name, measure, None): parts for (name, measure), parts in written.items()}
        for levels in self.tracks.values():
            for index, name in enumerate(levels):
                below = levels[:index] if self.name in CUMULATIVE else []
                for measure in self.measures(name).values():
                    for other in reversed(below):
                        asked[name, measure, other] = written.get((other, measure), [])
                    asked[name, measure, "everyone"] = everyone.get((name.partition(":")[0], measure), [])
        return {where: parts for where, parts in asked.items() if parts}

    def asked_at(self, name: str) -> Iterator[str]:
        """The criteria and examples of a level and of everyone, in the order of reading."""
        for measure in self.measures(name).values():
            for origin in (None, "everyone"):
                yield from (text for _, text in self.asked.get((name, measure, origin), []))

    @cached_property
    def neighbours(self) -> list[tuple[str, str]]:
        """Pairs of levels that people compare: neighbours on a track, peers, and the tops of two tracks of a ladder."""
        pairs = [pair for levels in self.tracks.values() for pair in pairwise(levels)]
        for name, level in self.levels.items():
            pairs += [(name, f"{level['ladder']}:{peer}") for peer in level["peers"]]
        tops = [levels[-1] for levels in self.tracks.values()]
        return pairs + [(one, two) for one, two in pairwise(tops) if one.split(":")[0] == two.split(":")[0]]


def full_name(row: Statement) -> str:
    return f"{corpora.home(row).ladder}:{corpora.level_id(row)}"


@pytest.fixture(scope="module", params=NAMES)
def corpus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    published = corpora.statements(request.param)
    folder = tmp_path_factory.mktemp(request.param)
    return Corpus(request.param, published, folder, corpora.write(corpora.convert(published), folder))


# --- without loss ------------------------------------------------------------------------------------------------


def test_the_ladders_are_valid(corpus: Corpus) -> None:
    report = json.loads(corpus.run("validate", "-f", "json"))
    assert report["findings"] == []
    assert report["summary"]["files"] == len(corpus.files)


def test_as_much_is_there_as_was_published(corpus: Corpus) -> None:
    kinds, files, tracks, levels, cells = EXPECTED[corpus.name]
    assert Counter(row.kind for row in corpus.published) == kinds
    assert (len(corpus.files), len(corpus.tracks), len(corpus.names)) == (files, tracks, levels)
    assert len({(row.track, row.level, row.measure) for row in corpus.published if row.level and row.measure}) == cells


def test_every_level_is_a_level_of_its_own(corpus: Corpus) -> None:
    names = {(row.track, row.level): full_name(row) for row in corpus.published if row.level not in ("", EVERYONE)}
    assert sorted(names.values()) == sorted(corpus.names)
    titles = {full_name(row): row.title for row in corpus.published if row.level not in ("", EVERYONE)}
    assert {name: level["title"] for name, level in corpus.levels.items()} == titles


def test_a_level_asks_for_what_was_published(corpus: Corpus) -> None:
    found: dict[Where, Parts] = {}
    for name, level in corpus.levels.items():
        assert list(level["expectations"]) == list(corpus.measures(name))
        for measure, cell in level["expectations"].items():
            for criterion in cell["criteria"]:
                origin = criterion["from"]
                source = origin if origin in (None, "everyone") else f"{level['ladder']}:{origin}"
                parts = found.setdefault((name, corpus.measures(name)[measure], source), [])
                parts.append(("criterion", criterion["text"]))
                parts += [("example", text) for text in criterion["examples"]]
                assert (criterion["id"], criterion["kind"], criterion["group"]) == (None, "core", None)
            rest = {key: value for key, value in cell.items() if key != "criteria"}
            assert not any(rest.values()), rest
    assert {where: counts(parts) for where, parts in found.items()} == {
        where: counts(parts) for where, parts in corpus.asked.items()
    }
    assert found == corpus.asked


def counts(parts: Parts) -> Counter[str]:
    return Counter(kind for kind, _ in parts)


def test_what_all_levels_share_becomes_what_everyone_is_asked_for() -> None:
    published = corpora.statements("sourcegraph-product")
    (ladder,) = corpora.convert(published).values()
    (track,) = ladder["tracks"]
    assert sum(len(cell["criteria"]) for cell in track["everyone"].values()) == 17
    assert [level["title"] for level in track["levels"]] == ["IC2", "IC3", "IC4", "IC5"]


def test_definitions_stand_at_their_measures(corpus: Corpus) -> None:
    published = {
        (corpora.home(row).ladder, row.measure): row.text for row in corpus.published if row.kind == "measure_def"
    }
    found = {
        (ladder["id"], measure["name"]): measure["definition"]
        for ladder in corpus.ladders
        for measure in ladder["measures"]
    }
    assert {where: text for where, text in found.items() if text} == published
    assert set(found) == {(corpora.home(row).ladder, row.measure) for row in corpus.published if row.measure}


def test_summaries_stand_at_their_levels(corpus: Corpus) -> None:
    published = {full_name(row): row.text for row in corpus.published if row.kind == "level_summary"}
    assert {name: level["summary"] for name, level in corpus.levels.items() if level["summary"]} == published


def test_measures_of_a_track_keep_their_order(corpus: Corpus) -> None:
    for name in corpus.names:
        track = {row.track for row in corpus.published if row.level not in ("", EVERYONE) and full_name(row) == name}
        published = dict.fromkeys(row.measure for row in corpus.published if row.track in track and row.measure)
        assert list(corpus.measures(name).values()) == list(published)


def test_proficiencies_stay_in_the_file_and_in_the_file_only(corpus: Corpus) -> None:
    published: dict[tuple[str, str], list[str]] = {}
    for row in corpus.published:
        if row.kind == "proficiency":
            published.setdefault((full_name(row), corpora.slug(row.measure)), []).append(row.text)
    found: dict[tuple[str, str], list[str]] = {}
    for path in corpus.files:
        document = Document.parse(path.read_bytes(), str(path))
        for track_index, track in enumerate(document.data["tracks"]):
            for level_index, level in enumerate(track["levels"]):
                for measure, cell in level["expectations"].items():
                    here = ("tracks", track_index, "levels", level_index, "expectations", measure, "criteria")
                    private = [document.private((*here, index)) for index in range(len(cell["criteria"]))]
                    levels = [each["x-proficiency"] for each in private if each]
                    if levels:
                        assert len(levels) == len(private)
                        found[f"{path.stem}:{level['id']}", measure] = levels
    assert found == published
    shown = list(strings([corpus.ladders, corpus.levels]))
    assert not {text for texts in published.values() for text in texts}.intersection(shown)
    assert not any("x-" in text[:2] for text in shown)


def strings(data: Any) -> Iterator[str]:
    """Every key and every text in data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from data
        yield from strings(list(data.values()))
    elif isinstance(data, list):
        for part in data:
            yield from strings(part)


def test_siblings_are_peers_on_two_tracks() -> None:
    published = corpora.statements("financial-times")
    tracks = corpora.convert(published)["financial-times-engineering"]["tracks"]
    assert [(track["kind"], [level["grade"] for level in track["levels"]]) for track in tracks] == [
        ("ic", ["junior", "engineer", "senior-1", "senior-2", "principal"]),
        ("manager", ["senior-2", "principal", "tech-director"]),
    ]


# --- on the screen -----------------------------------------------------------------------------------------------


def test_no_line_of_a_list_is_too_wide(corpus: Corpus) -> None:
    output = corpus.run("list")
    assert too_wide(output) == []
    for name in corpus.names:
        assert name.partition(":")[2] in unwrapped(output)


@pytest.mark.parametrize("resolved", [False, True], ids=["", "resolved"])
def test_show_prints_every_word(corpus: Corpus, resolved: bool) -> None:
    output = corpus.run("show", *corpus.names, *(["--resolved"] if resolved else []))
    assert too_wide(output) == []
    for name, page in pages(output, corpus.names):
        assert_in_order(list(corpus.asked_at(name)), page)
        if resolved:
            others = [where for where in corpus.asked if where[0] == name and where[2] not in (None, "everyone")]
            for where in others:
                assert_in_order([text for _, text in corpus.asked[where]], page)


def test_show_prints_every_word_in_markdown(corpus: Corpus) -> None:
    output = corpus.run("show", "-f", "markdown", *corpus.names)
    for name, page in pages(output, corpus.names):
        assert_in_order(list(corpus.asked_at(name)), from_markdown(page))


def test_compare_prints_every_word(
    corpus: Corpus, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    monkeypatch.chdir(corpus.folder)
    for pair in corpus.neighbours:
        output = compare(pair, "text", capsys)
        assert too_wide(output) == []
        for name, column in zip(pair, columns(output), strict=True):
            assert_in_order(own_criteria(corpus, name, pair), column)


def test_compare_prints_every_word_in_markdown(
    corpus: Corpus, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(corpus.folder)
    for pair in corpus.neighbours:
        output = from_markdown(compare(pair, "markdown", capsys))
        for name in pair:
            assert_in_order(own_criteria(corpus, name, pair), output)


def compare(pair: tuple[str, str], output_format: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What `ladder compare` prints. It runs in this process, as there are many pairs."""
    files = [f"ladders/{name.replace(':', '.yaml:')}" for name in pair]
    code = run_here(["compare", *files, "-f", output_format, "--no-config", "--color", "never"])
    output, errors = capsys.readouterr()
    assert (code, errors) == (0, "")
    return output


def own_criteria(corpus: Corpus, name: str, pair: tuple[str, str]) -> list[str]:
    """The criteria of a level in the order of a comparison: measures that both levels have come first."""
    one, two = (list(corpus.measures(each).values()) for each in pair)
    measures = sorted(dict.fromkeys([*one, *two]), key=lambda measure: measure not in one or measure not in two)
    parts = [part for measure in measures for part in corpus.asked.get((name, measure, None), [])]
    return [text for kind, text in parts if kind == "criterion"]


def too_wide(output: str) -> list[str]:
    assert output
    return [line for line in output.splitlines() if cell_len(line) > WIDTH]


def pages(output: str, names: list[str]) -> Iterator[tuple[str, str]]:
    """The page of each level. It begins with its title, at the end of which stands its full name."""
    lines = output.splitlines()
    starts = [next(number for number, line in enumerate(lines) if line.split()[-1:] == [name]) for name in names]
    assert starts == sorted(starts)
    for name, (start, end) in zip(names, pairwise([*starts, len(lines)]), strict=True):
        yield name, "\n".join(lines[start:end])


def columns(output: str) -> tuple[str, str]:
    """The two columns of a comparison, each as text."""
    rows = [line.split("│") for line in output.splitlines() if "│" in line]
    assert all(len(row) == 2 for row in rows)
    left, right = ("\n".join(row[side] for row in rows) for side in (0, 1))
    return left, right


def unwrapped(text: str) -> str:
    return " ".join(text.split())


def from_markdown(text: str) -> str:
    """The text that a reader of Markdown sees."""
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    return html.unescape(re.sub("<[^>]+>", "", page.replace("<br>", "\n")))


# The marks of emphasis and code, and a space without width.
_UNSEEN = str.maketrans("", "", "*_`\u200b")


def assert_in_order(texts: list[str], page: str) -> None:
    """Every word of every text, one text after the other; what is not seen as a character does not count."""
    seen = page.translate(_UNSEEN)
    end = 0
    for text in texts:
        words = [pattern(word) for word in text.translate(_UNSEEN).split()]
        match = re.compile(r"\s+".join(words)).search(seen, end)
        assert match, f"{text!r} is missing, or not where it should be"
        end = match.end()


def pattern(word: str) -> str:
    """A word; one that is too long for a line may have been cut."""
    return r"\s*".join(map(re.escape, word)) if len(word) > 30 else re.escape(word)


@cache
def judged_corpora() -> list[Company]:
    return all_judged()


@pytest.mark.parametrize("rule", sorted(rules()))
def test_no_rule_cries_wolf(rule: str) -> None:
    found = judged_corpora()
    criteria = sum(each.criteria for each in found)
    hits = sum(each.on_criteria(rule) for each in found)
    assert criteria > 1000
    assert hits <= criteria / 10 or rule in EXEMPT
