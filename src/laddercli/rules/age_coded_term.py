"""A ladder speaks of what people do, not of how old or how new they are.

Words for youth tell older people that the level is not meant for them, and "junior" colleagues are people with a level
that has a name. (Source: EU Directive 2000/78 forbids such wording in job ads; the article's levels mentor "more junior
(and newer)" colleagues.)

Not flagged: titles and names of levels, such as "Junior Engineer"; "junior" and "newer" of roles, levels and things;
new hires; young companies and products.

Bad:
    - Is energetic, and mentors junior engineers.
Good:
    - Mentors engineers at the level below.
    - Moves users to the newer version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from laddercli.findings import Problem
from laddercli.lexicon import Hit, Words, extended
from laddercli.reading import Reading
from laddercli.rules._citation import is_cited

CATEGORY = "inclusion"
SEVERITY = "warning"
HEURISTIC = True
LANGUAGE = "en"
Options = Words

# Said of people these words are on the list, said of anything else they are not.
_OF_PEOPLE = frozenset(("junior", "newer", "young", "younger", "youngest", "youthful", "older", "oldest"))
# Who younger and older people are: those who use the product as well, for whom it is right to care.
_ANYBODY = frozenset(("people", "person", "persons", "folk", "folks", "women", "men", "members", "agents"))
_PEOPLE = re.compile(
    r"[\s(),/&-]+(?:(?!(?:for|of|in|on|to|at|by|with|from|than)\b)[\w'’-]+[\s(),/&-]+){0,3}?"
    r"(people|persons?|folks?|staff|talents?|minds?|employees?|workers?|workforce|colleagues?|co-?workers?|team-?mates?|"
    r"peers|members?|reports|contributors?|ics?|professionals?|practitioners?|applicants?|candidates?|hires?|joiners?|"
    r"graduates?|managers?|pms?|gpms?|ems?|leads?|leaders?|engineers?|developers?|devs?|programmers?|designers?|"
    r"analysts?|scientists?|researchers?|writers?|architects?|testers?|consultants?|specialists?|associates?|"
    r"assistants?|agents?|reps?|representatives?|sellers?|marketers?|accountants?|lawyers?|recruiters?|"
    r"administrators?|technicians?|operators?|partners|counterparts?|mentees?|someone|somebody|women|men)"
    r"(?![\w-]|['’]\w|\s(?:roles?|levels?|positions?|posts?|jobs?|titles?|tracks?|experience|tools?)\b)"
)
# Where people are colleagues, and no users.
_OF_HOUSE = re.compile(
    r"\s+(?:on|in|within|across|at)\s+(?:the|our|their|your|this|each|a)\s+(?:\w+\s+)?"
    r"(?:team|squad|department|company|office|guild|chapter|discipline)s?\b"
)
_OF_ROLES = re.compile(r"[\s-]+(?:\w+[\s-]+){0,2}?(?:roles?|levels?|positions?|grades?|posts?|titles?|jobs?)\b")


def check(reading: Reading, options: Words) -> Iterator[Problem]:
    """Each word for the age of people."""
    titles: frozenset[str] | None = None
    for hit in extended("age-coded-term", options).hits(reading):
        if titles is None:
            titles = _titles(reading)
        if _is_of_people(hit, titles) and not is_cited(hit.text, hit.start, hit.end):
            yield hit.problem(f"`{hit.words}` is {hit.entry.because}")


def _titles(reading: Reading) -> frozenset[str]:
    """The names of levels and tracks, folded, that have one of these words in them."""
    names = (title.lower() for _, level in reading.ladder.levels.values() for title in (level.title, level.id))
    several = (words for words in (re.split(r"[\s-]+", name) for name in names) if len(words) > 1)
    return frozenset(" ".join(words) for words in several if not _OF_PEOPLE.isdisjoint(words))


def _is_of_people(hit: Hit, titles: frozenset[str]) -> bool:
    """Whether a word that things have as well belongs to people, and to no title."""
    text, words = hit.text, hit.words.lower().split()
    if words[-1] not in _OF_PEOPLE:
        return True
    following = " ".join(text.folded[hit.end - len(words[-1]) : hit.end + 60].split())
    if any(following.startswith(title) for title in titles) or _is_name(hit):
        return False
    if words[0] in ("more", "most", "less", "least"):
        return not _OF_ROLES.match(text.folded, hit.end)
    people = _PEOPLE.match(text.folded, hit.end)
    return people is not None and (
        words[-1] in ("junior", "newer")
        or people[1] not in _ANYBODY
        or _OF_HOUSE.match(text.folded, people.end()) is not None
    )


def _is_name(hit: Hit) -> bool:
    """Whether the word and the next begin with capitals, as in "Junior Engineer"."""
    value = hit.text.value
    return value[hit.start].isupper() and value[hit.end : hit.end + 2].strip().isupper()
