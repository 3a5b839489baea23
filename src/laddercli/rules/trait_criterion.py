"""A criterion describes what somebody does, not the gifts or the personality that somebody has.

Nobody can learn an instinct or show a passion in a review, and such words reward people who resemble the reviewer.
(Source: the Financial Times on demonstrable competencies; one of the article's own levels asks for great instincts.)

Not flagged: "natural language" and its like; traits of plans and systems; what is denied ("data, not instinct");
`about`, `notes` and benchmarks.

Bad:
    - Has great instincts for what improves the product.
Good:
    - Tests with five users what would improve the product.
"""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.findings import Problem
from laddercli.lexicon import Hit, Words, extended
from laddercli.reading import Reading
from laddercli.rules._demands import is_demand, opens
from laddercli.rules._sentence import is_negated

CATEGORY = "wording"
SEVERITY = "warning"
HEURISTIC = True
LANGUAGE = "en"
Options = Words

# Plans and systems can be resilient too: after these, a quality counts only where the person is the subject.
_COPULAS = frozenset(("is", "are", "am", "be", "being", "stay", "stays", "remain", "remains"))


def check(reading: Reading, options: Words) -> Iterator[Problem]:
    """Each phrase that stands for a gift, a feeling or a personality."""
    for hit in extended("trait-criterion", options).hits(reading):
        if is_demand(hit.text) and _is_said_of_a_person(hit) and not is_negated(hit):
            yield hit.problem(f"`{hit.words}` is {hit.entry.because}")


def _is_said_of_a_person(hit: Hit) -> bool:
    return hit.words.split()[0].lower() not in _COPULAS or opens(hit.text, hit.start)
