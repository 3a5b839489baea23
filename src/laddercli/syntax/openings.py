"""Text that begins with a character which means something to YAML, or should: indicators, tags, curly quotes."""

from __future__ import annotations

import re

from laddercli.nodes import Fault
from laddercli.syntax.scene import Scene
from laddercli.syntax.wording import CURLY, excerpt, fault, quote_from, write

_TAG = re.compile(r"!(?:!\S+|<[^>\n]*>?|[\w-]+!\S+)")
_BLANK_AFTER = frozenset("-?:")
_INDICATORS = frozenset("*&[]{}\"'%@|>!`,-?:")


def refusal(first: str) -> str | None:
    """Why text may not begin with this character, or None if it may."""
    if first in CURLY:
        return f"curly quotes (`{first} {CURLY[first][0]}`) do not quote text; use straight ones"
    if first in _INDICATORS:
        shown = "a backtick" if first == "`" else f"`{first}`"
        return f"text that begins with {shown} needs quotes"
    return None


def curly_quotes(scene: Scene) -> Fault | None:
    """Quotes from a word processor around text that needs quotes: YAML takes them as letters."""
    here = scene.here
    first = here.value[:1]
    message = refusal(first)
    if message is None or first not in CURLY or scene.column < here.column:
        return None
    help = write("use straight quotes", quote_from(here.line, here.column, scene.column))
    return fault(scene.row, here.column, 1, message, help)


def tag(scene: Scene) -> Fault | None:
    """A YAML tag that the parser itself refuses: `!!str !!int 3`, `!foo!bar`."""
    here = scene.here
    match = _TAG.match(here.value)
    if not match or scene.column < here.column:
        return None
    bare = here.line[: here.column] + _TAG.sub("", here.value).strip()
    otherwise = "remove the tag; the field decides what its value is"
    help = write(otherwise, bare) if bare != here.line[: here.column] else otherwise
    message = f"the tag `{match[0]}` is not part of the format"
    return fault(scene.row, here.column, len(match[0]), message, help, "unsupported-yaml")


def indicator(scene: Scene) -> Fault | None:
    """Text that begins with a character which means something to YAML."""
    here = scene.here
    first = here.value[:1]
    message = refusal(first)
    if message is None or first in CURLY or scene.column < here.column:
        return None
    if first in _BLANK_AFTER and here.value[1:2].strip():
        return None
    below = scene.at(scene.row + 1)
    if first == "-" and here.key is not None and below.dash:
        help = f"write `{here.key}:` alone, and on the next line `{' ' * (here.start + 2)}{excerpt(here.value)}`"
        return fault(scene.row, here.column, 1, "a list starts on the line below its key", help)
    around = " around all of it" if first in ('"', "'") else ""
    help = write("put quotes around the text", quote_from(here.line, here.text, scene.column))
    return fault(scene.row, here.column, 1, message + around, help)
