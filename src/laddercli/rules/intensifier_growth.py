"""A level differs from the one below by more than its intensifiers.

Between "understands the market" and "deeply understands the market" nobody can say where one ends and the other
begins, so the decision falls to taste. What grows is the problem, the people it reaches or what the person does about
it. (Source: the Financial Times on demonstrable competencies; the article, where scope and scale change at each level.)

Not flagged: texts that differ in anything else, such as how often, for whom or how many; stretch criteria that become
core ones; peers on two tracks; anti-patterns.

Bad:
    measures:
      - {id: craft, name: Craft}
    tracks:
      - id: ic
        kind: ic
        levels:
          - {id: pm1, expectations: {craft: Solves problems of customers.}}
          - {id: pm2, expectations: {craft: Solves highly complex problems of customers.}}
Good:
    measures:
      - {id: craft, name: Craft}
    tracks:
      - id: ic
        kind: ic
        levels:
          - {id: pm1, expectations: {craft: Solves problems that a customer has described.}}
          - {id: pm2, expectations: {craft: Finds the problem behind what several customers ask for.}}
"""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.findings import Problem, Related, flag
from laddercli.lexicon import Words
from laddercli.reading import Reading, Said, Text
from laddercli.rules._emphasis import Stripped, intensifiers, stripped
from laddercli.rules._likeness import look_alikes

CATEGORY = "progression"
SEVERITY = "warning"
HEURISTIC = True
LANGUAGE = "en"
Options = Words

_MOST = 4  # intensifiers in one text


def check(reading: Reading, options: Words) -> Iterator[Problem]:
    """Each text that says the same as one of the level below, but for intensifiers."""
    cores: dict[Text, Stripped] = {}
    for lane in reading.lanes:
        for measure in lane.track.measures:
            for here, below, _ in look_alikes(reading, lane, measure.id, 1):
                if here.plain != below.plain and not below.text.is_stretch and _may_be_the_same(here, below):
                    yield from _compared(here.text, below.text, options, cores)


def _may_be_the_same(here: Said, below: Said) -> bool:
    """Whether so few words differ that all of them may be intensifiers: a cheap test before the list is read."""
    return max(len(here.words - below.words), len(below.words - here.words)) <= _MOST


def _core(text: Text, options: Words, cores: dict[Text, Stripped]) -> Stripped:
    """The text without its intensifiers; ``cores`` holds those that were made before."""
    if text not in cores:
        cores[text] = stripped(text, intensifiers((*options.reject, *options.swap), options.allow))
    return cores[text]


def _compared(text: Text, other: Text, options: Words, cores: dict[Text, Stripped]) -> Iterator[Problem]:
    here, below = _core(text, options, cores), _core(other, options, cores)
    if here.words == below.words and text.level and other.level:
        old, new = _names(other, below), _names(text, here)
        added = {word: span for word, span in new.items() if word not in old}
        gone = [word for word in old if word not in new]
        if added or gone:
            more, less = (" and ".join(f"`{word}`" for word in words) for words in (added, gone))
            change = f"{more} in place of {less}" if added and gone else more or f"the lack of {less}"
            yield flag(
                text.place,
                f"differs from `{other.level.id}` only in {change}",
                help="say what is different: the size of the problem, whom it reaches, or what the person does",
                within=next(iter(added.values()), None),
                related=(Related("the text below is at", other.place),),
                arguments=(text.value,),
            )


def _names(text: Text, found: Stripped) -> dict[str, tuple[int, int]]:
    """The intensifiers of a text with their places."""
    return {" ".join(text.folded[start:end].split()): (start, end) for start, end in found.intensifiers}
