"""Ladders that companies have published, converted to the format of ``ladder``.

The ladders are data beside the project: each folder has a file of *statements*, one JSON line each. None of their
text stands here. What decides how a ladder is converted is the name of its track:

- ``engineering/backend`` is the track ``backend`` of a ladder ``engineering``; ``ic`` and ``manager`` are tracks of one
  ladder; any other track is a ladder by itself.
- The Financial Times publishes individual contributors and people managers as siblings in one list of levels. They
  become two tracks, and siblings share a grade.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "corpus"
NAMES = ("codecademy", "financial-times", "monzo", "sourcegraph-product")

# The level that Sourcegraph gives what it asks of everybody, and its rule that levels add to the levels before them.
EVERYONE = "All Levels"
CUMULATIVE = ("sourcegraph-product",)

_TRACKS_OF_MANAGERS = ("manager", "ops-leadership", "people-manager")
_TRACKS_OF_CONTRIBUTORS = ("ic", "ops-individual-contributor", "individual-contributor")
# A level of the Financial Times that has a sibling ends in one of these.
_SIBLING = re.compile(r"-(?:ic|pm)$")
_SIBLING_TITLE = re.compile(r" \([^)]*\)$")

Data = dict[str, Any]


class Statement(NamedTuple):
    """A line of what was published. What is said about a whole level has an empty ``measure``, and what is said about
    a whole track an empty ``level``."""

    corpus: str
    track: str
    level: str
    title: str
    measure: str
    kind: str
    text: str


class Home(NamedTuple):
    """The ladder and the track that a level comes to stand in."""

    ladder: str
    track: str


def statements(corpus: str) -> list[Statement]:
    """Everything that one company has published, in its order."""
    lines = (FOLDER / corpus / "extracted.jsonl").read_text(encoding="utf-8").split("\n")
    return [_statement(corpus, json.loads(line)) for line in lines if line]


def _statement(corpus: str, row: Data) -> Statement:
    (measure,) = row["measure"] or ("",)  # none of these ladders has measures within measures
    level = row["level"] or ""
    return Statement(corpus, row["track"], level, row["level_title"] or level, measure, row["kind"], row["text"])


def slug(name: str) -> str:
    """A name as an id."""
    return "-".join(re.findall("[a-z0-9]+", name.lower()))


def home(statement: Statement) -> Home:
    """Where a statement belongs. What is said about a whole track belongs to its ladder."""
    corpus, track, level = statement[:3]
    group, slash, name = track.partition("/")
    if slash:
        return Home(f"{corpus}-{slug(group)}", slug(name))
    if track in ("ic", "manager"):
        return Home(corpus, track)
    if (corpus, track) == ("financial-times", "engineering"):
        manages = level.endswith("-pm") or level == "tech-director"
        return Home(f"{corpus}-{track}", "people-manager" if manages else "individual-contributor")
    return Home(f"{corpus}-{slug(track)}", slug(track))


def level_id(statement: Statement) -> str:
    """The id of the level; a bare number says too little and is not unique, so the track stands in front."""
    name = slug(statement.level)
    return f"{home(statement).track}-{name}" if name.isdigit() else name


def convert(published: Iterable[Statement]) -> dict[str, Data]:
    """The ladders by id, as data to be written."""
    ladders: dict[str, list[Statement]] = {}
    for statement in published:
        ladders.setdefault(home(statement).ladder, []).append(statement)
    return {name: _ladder(name, rows) for name, rows in ladders.items()}


def write(ladders: dict[str, Data], folder: Path) -> list[Path]:
    """One file a ladder, below ``ladders/`` in the folder."""
    (folder / "ladders").mkdir()
    paths = [folder / "ladders" / f"{name}.yaml" for name in ladders]
    for path, data in zip(paths, ladders.values(), strict=True):
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)
        path.write_text(text, encoding="utf-8")
    return paths


def _ladder(name: str, rows: list[Statement]) -> Data:
    ladder: Data = {"format": 1, "id": name, "title": name.replace("-", " ").title()}
    if rows[0].corpus in CUMULATIVE:
        ladder["policy"] = {"levels": "cumulative"}
    grades = {_SIBLING.sub("", row.level): _SIBLING_TITLE.sub("", row.title) for row in rows if row.level}
    siblings = any(_SIBLING.search(row.level) for row in rows)
    if siblings:
        ladder["grades"] = [{"id": grade, "title": title} for grade, title in grades.items()]
    ladder["measures"] = [_measure(measure, rows) for measure in _measures(rows)]
    tracks: dict[str, list[Statement]] = {}
    for row in rows:
        if row.level:
            tracks.setdefault(home(row).track, []).append(row)
    ladder["tracks"] = [_track(track, of_track, siblings) for track, of_track in tracks.items()]
    return ladder


def _measures(rows: list[Statement]) -> list[str]:
    return list(dict.fromkeys(row.measure for row in rows if row.measure))


def _measure(name: str, rows: list[Statement]) -> Data:
    definitions = [row.text for row in rows if row.kind == "measure_def" and row.measure == name]
    return {"id": slug(name), "name": name, **({"definition": definitions[0]} if definitions else {})}


def _track(track: str, rows: list[Statement], siblings: bool) -> Data:
    levels: dict[str, list[Statement]] = {}
    for row in rows:
        levels.setdefault(row.level, []).append(row)
    everyone = levels.pop(EVERYONE, [])
    # Published measure by measure, so that the first to be met need not be the lowest.
    order = sorted(levels, key=int) if all(level.isdigit() for level in levels) else list(levels)
    return {
        "id": track,
        "name": rows[0].track.rpartition("/")[2] if not siblings else track,
        "kind": _kind(track),
        "measures": [slug(measure) for measure in _measures(rows)],
        **({"everyone": _cells(everyone)} if everyone else {}),
        "levels": [_level(levels[level], siblings) for level in order],
    }


def _kind(track: str) -> str:
    if track in _TRACKS_OF_MANAGERS:
        return "manager"
    return "ic" if track in _TRACKS_OF_CONTRIBUTORS else "hybrid"


def _level(rows: list[Statement], siblings: bool) -> Data:
    level: Data = {"id": level_id(rows[0]), "title": rows[0].title}
    if siblings:
        level["grade"] = _SIBLING.sub("", rows[0].level)
    summaries = [row.text for row in rows if row.kind == "level_summary"]
    if summaries:
        level["summary"] = "\n\n".join(summaries)
    return {**level, "expectations": _cells(rows)}


def _cells(rows: list[Statement]) -> Data:
    """Expectations by measure. Examples and a proficiency belong to the criterion before them."""
    cells: Data = {}
    for row in rows:
        criteria = cells.setdefault(slug(row.measure), {"criteria": []})["criteria"] if row.measure else []
        if row.kind == "criterion":
            criteria.append({"text": row.text})
        elif row.kind == "example":
            criteria[-1].setdefault("examples", []).append(row.text)
        elif row.kind == "proficiency":
            criteria[-1]["x-proficiency"] = row.text
    return cells
