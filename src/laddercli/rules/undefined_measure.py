"""A measure has a definition and says where its evidence comes from.

A bare word such as "leadership" means something else to each manager. The definition says what is measured, and
`evidence` names where one looks for it. (Source: the article, which defines each of its four measures, and names
feedback and outcomes as evidence.)

Not flagged: a definition of any length; evidence of any kind. A placeholder, or a definition that only repeats the
name, counts as none.

Bad:
    measures:
      - {id: craft, name: Craft}
Good:
    measures:
      - id: craft
        name: Craft
        definition: Mastery of the methods of the profession.
        evidence: [reviews of finished work]
"""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.findings import Problem, flag
from laddercli.ladder import Measure
from laddercli.reading import WORD, Reading, at
from laddercli.rules._placeholders import is_placeholder

CATEGORY = "structure"
SEVERITY = "warning"

# A name is no longer than this.
_SHORT = 60
_HELP = {
    "definition": "say what it covers in `definition`",
    "evidence": "name where one looks for it in `evidence`, such as [finished work, partner survey]",
}


def check(reading: Reading) -> Iterator[Problem]:
    """Each measure that lacks a definition, evidence, or both."""
    for measure in reading.ladder.measures:
        lacking = [key for key, is_there in _given(measure).items() if not is_there]
        if lacking:
            message = f"the measure `{measure.id}` has no {' and no '.join(lacking)}"
            help = ", and ".join(_HELP[key] for key in lacking)
            yield flag(at(measure.place, "id"), message, help=help, arguments=())


def _given(measure: Measure) -> dict[str, bool]:
    return {
        "definition": bool(measure.definition) and not _is_idle(measure, measure.definition or ""),
        "evidence": any(not is_placeholder(source) for source in measure.evidence),
    }


def _is_idle(measure: Measure, definition: str) -> bool:
    names = (measure.name, measure.id)
    return is_placeholder(definition) or (
        len(definition) < _SHORT and any(_words(definition) == _words(name) for name in names)
    )


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower())
