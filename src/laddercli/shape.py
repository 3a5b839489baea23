"""Whether a file has the shape of a ladder: what pydantic finds, said in the words of a ladder's author."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from pydantic import ValidationError

from laddercli import schema
from laddercli.document import Document
from laddercli.findings import Place, Problem
from laddercli.nodes import core
from laddercli.schema import LadderFile

MAX_PROBLEMS = 1_000


def check(document: Document) -> tuple[LadderFile | None, list[Problem]]:
    """Judge the shape of a document that could be read.

    Returns the file, None when the shape is wrong, and the problems of shape, at most ``MAX_PROBLEMS`` of them.
    """
    if not isinstance(document.data, dict):
        return None, [_not_a_mapping(document)]
    file, details = None, []
    try:
        file = LadderFile.model_validate(document.data)
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems = _problems(document, details)
    more = max(len(details) - MAX_PROBLEMS, 0) + max(len(problems) - MAX_PROBLEMS, 0)
    if more:
        last = max((problem.place for problem in problems[:MAX_PROBLEMS]), key=lambda place: document.mark(place.loc))
        problems = [*problems[:MAX_PROBLEMS], Problem("bad-value", last, f"and {more:,} more problems of shape")]
    return (None if problems else file), problems


def _problems(document: Document, details: list[Any]) -> list[Problem]:
    """What pydantic found, what it could not know, and what the author left empty."""
    if not details and not document.empties:
        return list(_kind_of_file(document, ()))
    from laddercli.translation import Translator  # the words for mistakes wait for the first mistake

    # To look for what was meant takes its time: what will not be shown is only counted.
    translator = Translator(document, details[:MAX_PROBLEMS])
    problems = list(translator.problems())
    meant = {(*problem.place.loc[:-1], problem.suggestion) for problem in problems if problem.rule == "unknown-key"}
    problems += _kind_of_file(document, meant)
    if document.empties:
        problems += translator.empty_values({document.node(problem.place.loc) for problem in problems})
    return problems


def _not_a_mapping(document: Document) -> Problem:
    place = Place(document.path, ())
    start = "a ladder starts with `format: 1`; `ladder/template.yaml` is a whole one to begin with"
    if document.data is None:
        return Problem("missing-key", place, "the file is empty", help=start)
    from laddercli.wording import kind_of

    return Problem("wrong-type", place, f"a ladder is a mapping of keys, not {kind_of(document.data)}", help=start)


def _kind_of_file(document: Document, meant: Collection[tuple[int | str | None, ...]]) -> Iterator[Problem]:
    """What a ladder must have and a shared file must not, and the other way round. A key in ``meant`` is there,
    but misspelt."""
    data, place = document.data, Place(document.path, ())
    if "format" in data and core(data["format"]) != schema.FORMAT:
        yield from _wrong_format(document)
    if "tracks" in data:
        if "title" not in data and ("title",) not in meant:
            yield Problem("missing-key", place, "a ladder needs `title`")
        if "pay" in data:
            help = "write pay under its grade: grades: [{id: …, pay: {…}}]"
            yield Problem(
                "unknown-key", Place(document.path, ("pay",)), "only a shared file has `pay`", help=help, key=True
            )
    elif "moves" in data and ("tracks",) not in meant:
        message = "only a ladder has `moves`, and a file without `tracks` is a shared file"
        yield Problem("unknown-key", Place(document.path, ("moves",)), message, key=True)
    policy = data.get("policy")
    if isinstance(policy, dict) and policy.get("parity") == "waived" and "parity_reason" not in policy:
        if ("policy", "parity_reason") in meant:
            return
        yield Problem("missing-key", Place(document.path, ("policy",)), "`parity: waived` needs `parity_reason`")


def _wrong_format(document: Document) -> Iterator[Problem]:
    value = core(document.data["format"])
    if isinstance(value, int) and not isinstance(value, bool):
        from laddercli import __version__

        message = f"format {value} is not read by ladder {__version__}, which reads format {schema.FORMAT}"
        help = "install a newer ladder" if value > schema.FORMAT else f"write: format: {schema.FORMAT}"
        yield Problem("bad-value", Place(document.path, ("format",)), message, help=help)
