"""What names what: every id is unique, and every reference leads somewhere.

Checked on plain data, not on models, so that one wrong type does not hide ten dangling references. A part that has
the wrong type is passed over here: ``shape`` has said so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from laddercli import values
from laddercli.document import Document
from laddercli.findings import Place, Problem, Related, closest


class Bundle(NamedTuple):
    """A file with the shared files it uses, in the order of merging: ``root`` comes last.

    ``incomplete`` says that a shared file could not be read, and so that a definition may be missing for that reason;
    ``absent`` names the optional files that are not there.
    """

    root: Document
    shared: tuple[Document, ...] = ()
    incomplete: bool = False
    absent: tuple[str, ...] = ()

    @property
    def documents(self) -> tuple[Document, ...]:
        return (*self.shared, self.root)

    @property
    def is_ladder(self) -> bool:
        return isinstance(self.root.data, dict) and "tracks" in self.root.data


class Part:
    """A mapping of a file. Its place is made when somebody asks: most parts have nothing wrong with them."""

    __slots__ = ("_above", "_way", "data")

    def __init__(self, data: dict[str, Any], above: Part | Place, way: tuple[int | str, ...] = ()) -> None:
        self.data = data
        self._above = above
        self._way = way

    @property
    def place(self) -> Place:
        above = self._above if isinstance(self._above, Place) else self._above.place
        return Place(above.file, (*above.loc, *self._way)) if self._way else above

    def at(self, *loc: int | str) -> Place:
        """The place of something within this part."""
        above = self.place
        return Place(above.file, (*above.loc, *loc))


def parts(holder: Part, key: str) -> Iterator[Part]:
    """The mappings in the list under ``key``."""
    items = holder.data.get(key)
    if isinstance(items, list):
        for index, item in enumerate(items):
            if isinstance(item, dict):
                yield Part(item, holder, (key, index))


def part(holder: Part, key: str) -> Part:
    """The mapping under ``key``; an empty one where there is none."""
    value = holder.data.get(key)
    return Part(value if isinstance(value, dict) else {}, holder, (key,))


def words(holder: Part, key: str) -> Iterator[tuple[str, Place]]:
    """The texts in the list under ``key``."""
    items = holder.data.get(key)
    if isinstance(items, list):
        for index, item in enumerate(items):
            if isinstance(item, str):
                yield item, holder.at(key, index)


def entries(holder: Part, key: str) -> Iterator[tuple[str, Any, Place]]:
    """Key, value and place of each entry of the mapping under ``key``."""
    for name, value in part(holder, key).data.items():
        yield name, value, holder.at(key, name)


def is_id(value: Any) -> bool:
    """Whether ``value`` can name something. What cannot is reported by ``shape``, and once is enough."""
    return isinstance(value, str) and re.fullmatch(values.ID_PATTERN, value) is not None


class Definitions:
    """Everything a bundle defines: for each kind, the place of each id, and who defined an id again."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.tops = [Part(d.data, Place(d.path, ())) for d in bundle.documents if isinstance(d.data, dict)]
        self.root = self.tops[-1]
        self.places: dict[str, dict[str, Place]] = {kind: {} for kind in _KINDS}
        self.scales: dict[str, list[str] | None] = {}
        self.lists: dict[str, Place] = {}
        self.again: list[Problem] = []
        self._patience = 100_000
        self._formerly: list[tuple[str, str, Place]] = []
        for top in self.tops:
            self._take(top)

    def _take(self, top: Part) -> None:
        self._take_list("grade", top, "grades")
        self._take_list("metric", top, "metrics")
        self._take_list("zone", part(top, "compensation"), "zones")
        self._take_list("track", top, "tracks")
        self._take_list("measure", top, "measures")
        for measure in parts(top, "measures"):
            self._take_scale(measure)
        for track in parts(top, "tracks"):
            self._take_list("level", track, "levels")
        for cell in cells(top):
            self._take_criteria(Part(cell.data, cell.place))

    def _take_list(self, kind: str, holder: Part, key: str) -> None:
        for item in parts(holder, key):
            self.lists.setdefault(kind, holder.at(key))
            self._define(kind, item.data.get("id"), item.at("id"))
            for word, place in words(item, "formerly"):
                self._formerly.append((kind, word, place))

    def _take_scale(self, measure: Part) -> None:
        name = measure.data.get("id")
        scale = measure.data.get("scale")
        if not isinstance(name, str):
            return
        if not isinstance(scale, list):
            if "scale" in measure.data:
                self.scales[name] = None  # `shape` has said what is wrong with it
            return
        steps: dict[str, Place] = {}
        for index, step in enumerate(scale):
            word = step.get("name") if isinstance(step, dict) else step
            place = measure.at("scale", index)
            if not isinstance(word, str):
                continue
            if word in steps:
                self._refuse_again("step", word, place, steps[word])
            steps.setdefault(word, place)
        self.scales.setdefault(name, list(steps))
        for step in parts(measure, "scale"):
            for word, place in words(step, "formerly"):
                if word in steps:
                    self.again.append(_formerly_in_use("step", word, place, steps[word]))
            self._take_criteria(step)

    def _take_criteria(self, holder: Part) -> None:
        for criterion in parts(holder, "criteria"):
            if "id" in criterion.data:
                self._define("criterion", criterion.data["id"], criterion.at("id"))

    def _define(self, kind: str, name: Any, place: Place) -> None:
        if not isinstance(name, str):
            return
        first = self.places[kind].setdefault(name, place)
        if first != place:
            self._refuse_again(kind, name, place, first)

    def _refuse_again(self, kind: str, name: str, place: Place, first: Place) -> None:
        related = (Related("the first is at", first),)
        help = "each needs an id of its own" if kind != "step" else "each step needs a name of its own"
        self.again.append(
            Problem("duplicate-id", place, f"the {kind} `{name}` is defined twice", help=help, related=related)
        )

    def suggest(self, word: str, names: Collection[str]) -> str | None:
        """The name that was probably meant. Thousands of dangling names among thousands of ids are no typing
        mistakes, and comparing all with all would take hours."""
        self._patience -= len(names)
        return closest(word, names) if self._patience >= 0 else None

    def problems(self) -> Iterator[Problem]:
        """Ids defined twice, former ids that are in use, and grades from more than one file."""
        files = [top for top in self.tops if isinstance(top.data.get("grades"), list)]
        # Two scales of grades are one mistake, however many ids they share.
        yield from (each for each in self.again if len(files) < 2 or "grades" not in each.place.loc)
        for kind, word, place in self._formerly:
            if word in self.places[kind]:
                yield _formerly_in_use(kind, word, place, self.places[kind][word])
        for top in files[1:]:
            related = (Related("the scale of grades is at", files[0].at("grades")),)
            message = "grades come from one file, and another one defines them already"
            yield Problem("split-grades", top.at("grades"), message, key=True, related=related)


_KINDS = ("grade", "metric", "zone", "track", "measure", "level", "criterion")


def _formerly_in_use(kind: str, word: str, place: Place, now: Place) -> Problem:
    related = (Related("it is defined at", now),)
    message = f"`{word}` is still the name of a {kind}; `formerly` holds names that are gone"
    return Problem("id-formerly-in-use", place, message, related=related)


class Cell(NamedTuple):
    """An expectation as it is written: a mapping, or the list or text of a short form as ``{}`` and criteria."""

    data: dict[str, Any]
    place: Place
    measure: str
    track: Part | None
    level: Part | None


def cells(top: Part) -> Iterator[Cell]:
    """Every cell of a file: of the levels, of each track's `everyone` and of the file's own."""
    yield from _cells_of(top, "everyone", None, None)
    for track in parts(top, "tracks"):
        yield from _cells_of(track, "everyone", track, None)
        for level in parts(track, "levels"):
            yield from _cells_of(level, "expectations", track, level)


def _cells_of(holder: Part, key: str, track: Part | None, level: Part | None) -> Iterator[Cell]:
    for measure, value, place in entries(holder, key):
        if isinstance(value, dict):
            yield Cell(value, place, measure, track, level)
        elif isinstance(value, list):
            # The short form of a cell with criteria: the list has their indexes, and `criteria` leads nowhere.
            yield Cell({"criteria": value}, place, measure, track, level)
        else:
            yield Cell({}, place, measure, track, level)


def check(bundle: Bundle) -> Iterator[Problem]:
    """Judge ids and references of a ladder, or of a shared file by itself.

    In a shared file, `everyone`, `notes` and `pay` may name what only some ladders have, so that a name nobody
    defines is no error there; the step and the metric of a cell are judged where the measure is known.
    """
    definitions = Definitions(bundle)
    yield from definitions.problems()
    for top in definitions.tops:
        yield from _zones(top, definitions)
        for cell in cells(top):
            yield from _cell(cell, definitions)
    if bundle.is_ladder:
        yield from _ladder(definitions.root, definitions)


def _ladder(top: Part, known: Definitions) -> Iterator[Problem]:
    for track in parts(top, "tracks"):
        for word, place in words(track, "measures"):
            yield from _resolve("measure", word, place, known)
        for level in parts(track, "levels"):
            if isinstance(level.data.get("grade"), str):
                yield from _resolve("grade", level.data["grade"], level.at("grade"), known)
            for word, place in words(level, "inherits"):
                yield from _resolve("level", word, place, known)
    for move in parts(top, "moves"):
        for end in ("from", "to"):
            if isinstance(move.data.get(end), str):
                yield from _resolve("level", move.data[end], move.at(end), known)
    for word, _, place in entries(top, "notes"):
        yield from _resolve("level", word, place, known, key=True)


def _cell(cell: Cell, known: Definitions) -> Iterator[Problem]:
    shared = cell.place.file != known.root.place.file or not known.bundle.is_ladder
    if cell.measure not in known.places["measure"]:
        if shared and known.bundle.is_ladder:
            return  # this ladder does without the measure, and so without what is asked for in it
        yield from () if shared else _resolve("measure", cell.measure, cell.place, known, key=True)
    elif cell.track is not None:
        yield from _listed(cell, cell.track)
    step = cell.data.get("step")
    if isinstance(step, str) and cell.measure in known.places["measure"]:
        yield from _step(cell, step, known)
    judged = known.bundle.is_ladder or known.places["metric"]
    metrics = known.places["metric"]
    for benchmark in parts(Part(cell.data, cell.place), "benchmarks") if judged else ():
        metric = benchmark.data.get("metric")
        if isinstance(metric, str) and metric not in metrics:
            yield from _resolve("metric", benchmark.data["metric"], benchmark.at("metric"), known)


def _listed(cell: Cell, track: Part) -> Iterator[Problem]:
    measures = track.data.get("measures")
    if isinstance(measures, list) and cell.measure not in measures:
        message = f"the track `{track.data.get('id')}` does not list the measure `{cell.measure}`"
        related = (Related("its measures are at", track.at("measures")),)
        help = "add it there, or take the expectation out"
        yield Problem("unknown-measure", cell.place, message, help=help, key=True, related=related)


def _step(cell: Cell, step: str, known: Definitions) -> Iterator[Problem]:
    place = Place(cell.place.file, (*cell.place.loc, "step"))
    measure = known.places["measure"][cell.measure]
    holder = Place(measure.file, measure.loc[:-1])
    scale = known.scales.get(cell.measure, [])
    if scale is None:
        return
    if not scale:
        related = (Related(f"`{cell.measure}` is defined at", holder),)
        message = f"the measure `{cell.measure}` has no scale, so there is no step `{step}`"
        yield Problem("unknown-step", place, message, help="give the measure a `scale`", related=related)
    elif step not in scale:
        related = (Related("the scale is at", Place(holder.file, (*holder.loc, "scale"))),)
        suggestion = known.suggest(step, scale)
        help = None if suggestion else f"its steps are: {', '.join(scale)}"
        message = f"`{step}` is not a step of `{cell.measure}`"
        yield Problem("unknown-step", place, message, suggestion, help, related=related)


def _zones(top: Part, known: Definitions) -> Iterator[Problem]:
    """Pay is keyed by zone: under each grade, under a level, and under `pay` by grade in a shared file."""
    if not known.bundle.is_ladder and not known.places["zone"]:
        return  # the ladders that use this file may have the zones
    holders = [*parts(top, "grades"), *(level for track in parts(top, "tracks") for level in parts(track, "levels"))]
    for holder in holders:
        for zone, _, place in entries(holder, "pay"):
            yield from _resolve("zone", zone, place, known, key=True)
    if not known.bundle.is_ladder or top is not known.root:
        for grade, value, _ in entries(top, "pay"):
            if isinstance(value, dict) and (grade in known.places["grade"] or not known.bundle.is_ladder):
                for zone, _, place in entries(part(top, "pay"), grade):
                    yield from _resolve("zone", zone, place, known, key=True)


_WHERE = {
    "measure": "`measures`",
    "metric": "`metrics`",
    "grade": "`grades`",
    "zone": "`compensation: zones`",
    "level": "a track",
}


def _resolve(kind: str, word: str, place: Place, known: Definitions, *, key: bool = False) -> Iterator[Problem]:
    names = known.places[kind]
    if word in names or not is_id(word) or (known.bundle.incomplete and kind != "level"):
        return
    if kind in known.lists:
        suggestion = known.suggest(word, names)
        related = (Related(f"{kind}s are defined at", known.lists[kind]),)
        help = None if suggestion or len(names) > 12 else f"there are: {', '.join(names)}"
        message = f"{kind} `{word}` is not defined"
        yield Problem(f"unknown-{kind}", place, message, suggestion, help, key, related)
    else:
        message = f"{kind} `{word}` is not defined; the ladder has no {kind}s"
        help = f"define it under {_WHERE[kind]}"
        if known.bundle.absent and kind != "level":
            help = f"{' and '.join(known.bundle.absent)}, which may define it, is optional and missing"
        yield Problem(f"unknown-{kind}", place, message, help=help, key=key)
