"""A criterion is met by what somebody does, not by what others think.

A reputation cannot be practiced, and it depends on who is asked. Say what a person does that leads others to think so.
(Source: the Financial Times on demonstrable competencies; two of the article's own levels are perceived, not shown.)

Not flagged: `evidence` and `source`, which name where a view comes from, such as a survey; benchmarks, whose subject is
somebody else, who may well think something; `about` and `notes`.

Bad:
    - Is considered a critical partner by support.
Good:
    - Answers a question from support within one working day.
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
    """Each phrase that stands for what others think."""
    for hit in extended("perception-criterion", options).hits(reading):
        if is_demand(hit.text):
            yield hit.problem(f"`{hit.words}` is {hit.entry.because}")
