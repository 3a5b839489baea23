"""Rules that a company makes in `.ladder.yaml` of words it does not want, or wants swapped for others."""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.amendments import Fix, Replace
from laddercli.findings import Problem, Severity
from laddercli.lexicon import Hit, Words, extended, plurals
from laddercli.reading import Reading
from laddercli.rules import Rule
from laddercli.rules._literal import covered, literals


def house_rule(name: str, category: str) -> Rule:
    """A rule of the company's own. Its words are its options."""
    return Rule(
        name=name,
        category=category,
        severity=Severity.WARNING,
        statement="The company's own wording is kept.",
        reason="The configuration of this repository says so.",
        bad="",
        good="",
        decidable=True,
        fix="safe",
        options=Words,
        check=check,
    )


def check(reading: Reading, options: Words) -> Iterator[Problem]:
    """Each phrase that the company rejects or swaps."""
    swap = plurals(options.swap)
    for hit in extended(None, options).hits(reading):
        if covered(literals(hit.text.value), hit.start):
            continue  # a word in an address or in code is what it is
        better = next((swap[phrase] for phrase in hit.entry.match if phrase in swap), None)
        if better is None:
            yield hit.problem(f"`{hit.words}` is not a word of this company")
        else:
            yield hit.problem(f"`{hit.words}` is `{better}` here", fix=_swap(hit, better))


def _swap(hit: Hit, better: str) -> Fix:
    """The better words, with a capital where the worse had one."""
    text = better[:1].upper() + better[1:] if hit.words[:1].isupper() else better
    return Fix(f"write `{text}`", (Replace(hit.text.place, hit.start, hit.end, text),), safe=True)
