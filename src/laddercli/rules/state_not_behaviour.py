"""Above the lowest level, a criterion's verb is something people do, not a state such as knowing.

Nobody can see that somebody knows or understands; one sees what the person does with it. At the lowest level, where
people learn, knowing the basics may be what is asked. (Source: the Financial Times on demonstrable competencies.)

Not flagged: the lowest level of a track, and the lowest step of a scale; such a verb later in the sentence ("helps
others understand"); a sentence that says by doing what ("understands by asking users why they leave"); benchmarks,
`about` and `notes`.

Bad:
    measures: [{id: craft, name: Craft}]
    tracks:
      - id: ic
        kind: ic
        levels:
          - {id: one, expectations: {craft: Knows the stages of a release.}}
          - {id: two, expectations: {craft: Understands the market.}}
Good:
    measures: [{id: craft, name: Craft}]
    tracks:
      - id: ic
        kind: ic
        levels:
          - {id: one, expectations: {craft: Knows the stages of a release.}}
          - {id: two, expectations: {craft: Explains to sales what buyers in the market ask for.}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from laddercli.findings import Problem
from laddercli.lexicon import Hit, Words, extended
from laddercli.reading import Reading, Text
from laddercli.rules._demands import is_demand, opens

CATEGORY = "wording"
SEVERITY = "info"
HEURISTIC = True
LANGUAGE = "en"
Options = Words

# By doing what somebody knows, which can be seen.
_MEANS = re.compile(r"\bby\s+(?:\w+ly\s+)?(?!spring|morning|evening|\w*thing\b|king\b)\w{2,}ing\b")


def check(reading: Reading, options: Words) -> Iterator[Problem]:
    """Each sentence whose verb is a state."""
    lowest = {lane.levels[0].id for lane in reading.lanes if len(lane.levels) > 1}
    for hit in extended("state-not-behaviour", options).hits(reading):
        if (
            is_demand(hit.text)
            and not _is_lowest(hit.text, lowest)
            and opens(hit.text, hit.start)
            and not _says_how(hit)
        ):
            yield hit.problem(f"`{hit.words}` is {hit.entry.because}")


def _says_how(hit: Hit) -> bool:
    """Whether the sentence goes on with what somebody does in order to know."""
    end = next((end for start, end in hit.text.sentences() if start <= hit.start < end), None)
    return end is not None and _MEANS.search(hit.text.folded, hit.end, end) is not None


def _is_lowest(text: Text, levels: set[str]) -> bool:
    """Whether the text holds for beginners: at the lowest level, at every level, or at the lowest step of a scale."""
    if text.level is None:
        return text.place.loc[2:4] == ("scale", 0) or "scale" not in text.place.loc
    return text.level.id in levels
