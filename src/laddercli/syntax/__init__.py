"""Why a text is not YAML, in the words of somebody who writes a ladder.

The parsers only say where they gave up; what the author did wrong is read from the lines there and above. That is
also why the answer is the same for libyaml and for the parser written in Python.

A *trap* is what authors write that YAML reads otherwise: a function that looks at a ``Scene``, the lines around the
place where the parser gave up, and gives the fault or None. ``TRAPS`` lists them in the order in which they are
tried; each room holds those of one kind, and every ``write: …`` that they propose has been parsed before it is shown.

- ``scene``: a line taken apart, and the lines around the place
- ``place``: from what the parser raised to the scene
- ``wording``: how a trap says what it found
- ``markers``, ``blanks``, ``layout``, ``omissions``, ``brackets``, ``escapes``, ``quotes``, ``openings``, ``colons``:
  the traps
"""

from __future__ import annotations

from collections.abc import Callable

from laddercli.nodes import Fault
from laddercli.syntax import blanks, brackets, colons, escapes, layout, markers, omissions, openings, quotes
from laddercli.syntax.place import locate
from laddercli.syntax.scene import REACH, Scene
from laddercli.syntax.wording import excerpt, fault

__all__ = ["TRAPS", "explain"]

# Tried in order. What spoils later lines comes before what the parser finds there; a text that begins with an
# indicator comes before the `: ` inside it.
TRAPS: tuple[Callable[[Scene], Fault | None], ...] = (
    markers.directive,
    escapes.unknown_escape,
    layout.tab,
    quotes.unclosed_quote,
    blanks.non_breaking,
    layout.missing_space,
    markers.document_marker,
    brackets.brackets,
    brackets.extra_closer,
    colons.second_key,
    quotes.inner_quote,
    quotes.text_after_quote,
    omissions.colon,
    omissions.dash,
    openings.curly_quotes,
    openings.tag,
    openings.indicator,
    layout.indentation,
    layout.stray_text,
    colons.colon,
)


def explain(text: str, error: Exception) -> Fault:
    """Say why the text is not YAML. ``error`` is what PyYAML raised; its wording is not used."""
    if unresolved := markers.conflict(text):
        return unresolved
    scene = locate(text, error)
    if scene.column < REACH:
        for trap in TRAPS:
            if found := trap(scene):
                return found
    return _anything_else(scene)


def _anything_else(scene: Scene) -> Fault:
    """No trap that is known: name what stands there, and say where to look."""
    help = "check the quotes, brackets and indentation of this line and the one above"
    row, column = scene.row, scene.column
    rest = scene.lines[row][column:]
    if rest.strip():
        column += len(rest) - len(rest.lstrip())
        word = excerpt(rest)
        return fault(row, column, len(rest.strip()), f"`{word}` cannot stand here", help)
    above = scene.above(row + 1)
    row = max(above, 0)
    line = scene.lines[row].rstrip()
    column = len(line) - len(line.lstrip())
    return fault(row, column, len(line) - column, "something is missing at the end of this line, or not closed", help)
