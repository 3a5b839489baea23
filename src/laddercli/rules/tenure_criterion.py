"""A level is reached by what somebody does, not by the years that somebody served.

Years of service say nothing about the work, keep back people who learn quickly, and disadvantage people who took a
break or worked part-time. (Source: Rent the Runway and Dropbox, whose frameworks name no years; the article's first
level is defined by its first 12 months.)

Not flagged: cadence ("every three months"), horizons ("three years ahead"), how long a piece of work takes;
`attributes`, benchmarks, `about` and `notes`.

Bad:
    - Has five years of experience in design.
Good:
    - Designs a flow of several screens without a template.
"""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.findings import Problem
from laddercli.lexicon import Words, extended
from laddercli.reading import Reading
from laddercli.rules._demands import is_demand

CATEGORY = "wording"
SEVERITY = "warning"
HEURISTIC = True
LANGUAGE = "en"
Options = Words


def check(reading: Reading, options: Words) -> Iterator[Problem]:
    """Each phrase that counts time served."""
    for hit in extended("tenure-criterion", options).hits(reading):
        if is_demand(hit.text):
            yield hit.problem(f"`{hit.words}` is {hit.entry.because}, which is no evidence of the work")
