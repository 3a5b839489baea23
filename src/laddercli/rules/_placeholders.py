"""Texts that stand where somebody has yet to write something."""

from __future__ import annotations

import re

from laddercli.reading import WORD

_STUB = re.compile(r"\W*(?:TODO|TBD|TBA|TBC|FIXME|XXX)\b")
_PHRASES = frozenset(
    (
        *("tbd", "tba", "tbc", "n a", "na", "not applicable", "none", "nothing", "to do", "wip", "work in progress"),
        *("to be defined", "to be determined", "to be decided", "to be done", "to be written", "to be added"),
        *("to be announced", "to be confirmed", "coming soon", "coming later", "placeholder", "lorem ipsum"),
        *("same", "same as above", "same as below", "same as before", "same as previous", "same as previous level"),
        *("same as the previous level", "same as the level above", "same as the level below", "the same as above"),
        *("as above", "as below", "as before", "see above", "see below", "ditto", "idem", "unchanged", "no change"),
    )
)
_LONGEST = max(map(len, _PHRASES)) + 10


def is_placeholder(text: str) -> bool:
    """Whether a text only says that something is to come, or is said elsewhere. The word TODO does so in capitals:
    in Portuguese and Spanish, `todo` says something."""
    if _STUB.match(text):
        return True
    return len(text) <= _LONGEST and _plain(text) in _PHRASES


def _plain(text: str) -> str:
    words = " ".join(WORD.findall(text.lower()))
    # Dots and dashes alone say nothing, other signs may.
    return words or ("" if text.strip(" \t\n.…-–—_*?/") else "tbd")
