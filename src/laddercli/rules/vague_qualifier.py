"""How well and how much is said by a benchmark, not by words such as efficiently, deeply or significant.

Two readers give such words two meanings, and a review becomes a talk about words. A benchmark in the same cell says
what is meant. (Source: the article on qualitative and quantitative benchmarks.)

Not flagged: a cell that has a benchmark; words for how often something is done ("regularly"); summaries of levels, and
steps of a scale, which have no benchmarks. There is one finding for each level.

Bad:
    - Resolves significant issues efficiently.
Good:
    - Resolves issues that stop a customer's work within one day.
"""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.findings import Place, Problem, flag
from laddercli.lexicon import Hit, Words, extended
from laddercli.reading import Reading

CATEGORY = "wording"
SEVERITY = "info"
HEURISTIC = True
LANGUAGE = "en"
Options = Words


def check(reading: Reading, options: Words) -> Iterator[Problem]:
    """The vague words of each level."""
    bare = {
        cell.expectation.place: index for index, cell in enumerate(reading.cells) if not cell.expectation.benchmarks
    }
    found: dict[Place, list[tuple[int, Hit]]] = {}
    for hit in extended("vague-qualifier", options).hits(reading):
        cell = _cell(hit)
        if cell in bare:
            found.setdefault(Place(cell.file, cell.loc[:-1]), []).append((bare[cell], hit))
    for hits in found.values():
        yield _problem([hit for _, hit in sorted(hits, key=_order)])


def _cell(hit: Hit) -> Place:
    """The cell of a criterion or of a summary; for another text a place where no cell is."""
    loc = hit.text.place.loc
    return Place(hit.text.place.file, loc[:-1] if hit.text.kind == "summary" else loc[:-3])


def _order(found: tuple[int, Hit]) -> tuple[int, bool, int, int]:
    """Where a word stands: by cell, the summary before the criteria, and by criterion."""
    position, hit = found
    is_criterion = hit.text.kind == "criterion"
    number = hit.text.place.loc[-2]
    return position, is_criterion, number if is_criterion and isinstance(number, int) else 0, hit.start


def _problem(hits: list[Hit]) -> Problem:
    first = hits[0]
    words = list(dict.fromkeys(hit.words.lower() for hit in hits))
    level = first.text.level
    owner = f"level `{level.id}`" if level else "`everyone`"
    verb = "leaves" if len(words) == 1 else "leave"
    return flag(
        first.text.place,
        f"{_listed(words)} {verb} open how well or how much is meant, at {owner}",
        help="add a benchmark to the cell, or say how much",
        within=(first.start, first.end),
        arguments=(),
        weight=len(words),
    )


def _listed(words: list[str]) -> str:
    *most, last = (f"`{word}`" for word in words)
    return f"{', '.join(most)} and {last}" if most else last
