"""A ladder says plainly what it means, without figures of speech.

Many readers have another first language, and a level is not the place to guess what a picture stands for. Two readers
also see two things in it: nobody can say when writing is "second nature". (Source: the Financial Times on plain
language; two of the article's three levels use one.)

Not flagged: words of the trade such as roadmap, backlog, pipeline or bottleneck.

Bad:
    - Wears many hats in a launch.
Good:
    - Writes the announcement of a launch and answers the press.
"""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.findings import Problem
from laddercli.lexicon import Words, extended
from laddercli.reading import Reading

CATEGORY = "wording"
SEVERITY = "warning"
HEURISTIC = True
LANGUAGE = "en"
Options = Words


def check(reading: Reading, options: Words) -> Iterator[Problem]:
    """Each figure of speech."""
    for hit in extended("idiom", options).hits(reading):
        yield hit.problem(f"`{hit.words}` is {hit.entry.because}")
