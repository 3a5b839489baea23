"""Parts of a text that say something letter by letter, such as code and addresses."""

from __future__ import annotations

import re

_LITERAL = r"`[^`]*`|(?<=\])\([^)\s]*\)|(?:https?://|www\.)[^\s)>]+|[^\s<(]{1,64}@[^\s>)]+|<[^\s<>]{1,200}>"


def literals(text: str) -> list[tuple[int, int]]:
    """Where code, the targets of links, web and mail addresses start and end."""
    if "`" in text or "](" in text or "://" in text or "www." in text or "@" in text:
        return [match.span() for match in re.finditer(_LITERAL, text)]
    return []


def covered(spans: list[tuple[int, int]], place: int) -> bool:
    """Whether a character belongs to one of the spans."""
    return any(start <= place < end for start, end in spans)


def is_literal(text: str, place: int) -> bool:
    """Whether a character of a text is code or part of an address. For many places of a text, find its spans once."""
    return covered(literals(text), place)
