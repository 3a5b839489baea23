"""Whether words are cited where they stand: in code, as the words themselves, or in the title of a work."""

from __future__ import annotations

import re

from laddercli.reading import Text
from laddercli.rules._literal import is_literal

_SIGNS = frozenset('"“”«»*_[‘`')
_QUOTED = re.compile(r"\"([^\"]+)\"|“([^”]+)”|«([^»]+)»|‘([^’]+)’|\*([^*]+)\*|(?<!\w)_([^_]+)_(?!\w)|\[([^\]]+)\]")
_SMALL = frozenset("a an and as at but by for from in is of on or the to vs with".split())
_REACH = 6
_BEFORE = re.compile(rf"(?:[^\W\d_][\w’']* ){{0,{_REACH}}}\Z")
_AFTER = re.compile(rf"(?: [^\W\d_][\w’']*){{0,{_REACH}}}")
# So many words with capitals in a row are a name; two are a person's title as well.
_NAME = 3


def is_cited(text: Text, start: int, end: int) -> bool:
    """Whether the words from ``start`` up to ``end`` are somebody else's."""
    value = text.value
    if not _SIGNS.isdisjoint(value):
        if is_literal(value, start):
            return True
        for match in _QUOTED.finditer(value):
            if match.start() < start and end < match.end():
                inner = next(each for each in match.groups() if each)
                is_mention = match[0][0] not in "*_[" and len(inner.strip(" .,!?")) == end - start
                return is_mention or _is_title(inner)
    return value[start].isupper() and text.kind != "title" and _is_in_name(text, start, end)


def _is_title(words: str) -> bool:
    main = [word for word in words.split() if word.lower() not in _SMALL]
    return len(main) > 1 and all(not word[0].islower() for word in main)


def _is_in_name(text: Text, start: int, end: int) -> bool:
    """Whether the words belong to several that begin with capitals, and not only because a sentence begins there."""
    own = text.value[start:end].split()
    if any(word[0].islower() and word not in _SMALL for word in own):
        return False
    before, after = _BEFORE.search(text.value, 0, start), _AFTER.match(text.value, end)
    behind = before[0].split() if before else []
    behind = behind[1:] if len(behind) < _REACH else behind  # the first word of a sentence has a capital anyway
    row = (*_capitals(behind[::-1]), *_capitals(own), *_capitals((after[0] if after else "").split()))
    return len(row) >= _NAME


def _capitals(words: list[str]) -> list[str]:
    """The first words with capitals, across small words such as "of"."""
    found: list[str] = []
    for word in words:
        if word[0].isupper():
            found.append(word)
        elif word not in _SMALL:
            break
    return found
