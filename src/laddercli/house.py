"""Rules that a company makes in `.ladder.yaml` of words it does not want, or wants swapped for others."""

from __future__ import annotations

from collections.abc import Iterator

from laddercli.amendments import Fix, Replace
from laddercli.findings import Problem, Severity
from laddercli.lexicon import Hit, Words, extended
from laddercli.reading import Reading
from laddercli.rules import Rule


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
    for hit in extended(None, options).hits(reading):
        better = next((each for phrase, each in options.swap.items() if phrase in hit.entry.match), None)
        if better is None:
            yield hit.problem(f"`{hit.words}` is not a word of this company")
        else:
            yield hit.problem(f"`{hit.words}` is `{better}` here", fix=_swap(hit, better))


def _swap(hit: Hit, better: str) -> Fix:
    """The better words, with a capital where the worse had one."""
    text = better[:1].upper() + better[1:] if hit.words[:1].isupper() else better
    return Fix(f"write `{text}`", (Replace(hit.text.place, hit.start, hit.end, text),), safe=True)
