"""A ladder's words name everybody, and nobody by a gender, a condition or a fight.

Readers who do not find themselves in the words doubt that the level is for them, and apply less often. A neutral word
costs nothing. (Source: Gaucher, Friesen and Kay on gendered wording; Wille and Derous on wording in job ads.)

Not flagged: single words that studies call masculine or feminine, such as "lead" or "support"; "master data" and other
terms of the trade, such as "kill switch"; titles of works; words that a text quotes to talk about them.

Bad:
    - Is the ninja whom he asks before he kills a feature.
Good:
    - Cleans up the master data before a feature is retired.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from laddercli.amendments import Fix, Replace
from laddercli.findings import Problem
from laddercli.lexicon import Hit, Lexicon, Words, extended
from laddercli.reading import WORD, Reading
from laddercli.rules._citation import is_cited
from laddercli.rules._sentence import is_possessive

CATEGORY = "inclusion"
SEVERITY = "warning"
HEURISTIC = True
LANGUAGE = "en"
FIX = "unsafe"
Options = Words

# What pronouns stand for in capitals, such as a system of hospitals.
_ACRONYMS = frozenset(("HE", "HER", "HIM", "HIS"))
_TWIN = re.compile(r"`([^`]+)`")
# With which a word begins that has "an" before it.
_VOWELS = ("a", "e", "i", "o", "un")
_ARTICLE = re.compile(r"(?<![^\W_])([Aa])n?(\s+)\Z")


def check(reading: Reading, options: Words) -> Iterator[Problem]:
    """Each word that leaves somebody out."""
    lexicon = extended("exclusionary-term", options)
    for hit in (*lexicon.hits(reading), *_in_names(lexicon, reading)):
        if hit.words not in _ACRONYMS and not is_cited(hit.text, hit.start, hit.end):
            yield hit.problem(f"`{hit.words}` is {hit.entry.because}", fix=_fix(hit))


def _in_names(lexicon: Lexicon, reading: Reading) -> Iterator[Hit]:
    """The hits in titles and definitions."""
    texts = [text for text in reading.texts if text.kind in ("title", "definition")]
    words = lexicon.firsts.keys() & set(WORD.findall("\0".join([text.folded for text in texts])))
    for text in texts:
        if any(word in text.folded for word in words):
            yield from lexicon.find(text)


def _fix(hit: Hit) -> Fix | None:
    """The neutral twin, where there is one that takes the same place in the sentence."""
    twin = _TWIN.fullmatch(hit.entry.instead or "")
    if twin is None or (twin[1].endswith("s") and is_possessive(hit)):
        return None
    value, start, word = hit.text.value, hit.start, _cased(twin[1], hit.text.value[hit.start : hit.end])
    article = _ARTICLE.search(value, 0, start)
    if article:
        start = article.start()
        word = f"{article[1]}{'n' if twin[1].startswith(_VOWELS) else ''}{article[2]}{word}"
    return Fix(f"write `{twin[1]}`", (Replace(hit.text.place, start, hit.end, word),))


def _cased(word: str, written: str) -> str:
    """A word in the capitals of what it takes the place of."""
    if written.isupper():
        return word.upper()
    parts = re.split(r"[\s-]+", written)
    if len(parts) > 1 and all(part[:1].isupper() for part in parts):
        return " ".join(part[0].upper() + part[1:] for part in word.split(" "))
    return word[0].upper() + word[1:] if written[0].isupper() else word
