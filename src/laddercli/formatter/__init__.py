"""The canonical layout of a YAML text. Values, styles, the order of entries and comments stay as they are.

Nothing is given away before it is proved: the new text has the same values and the same comments at the same places,
and is its own canonical layout.
"""

from __future__ import annotations

from laddercli.formatter.canonical import INDENT, WIDTH, format_text
from laddercli.formatter.judgement import changed, refused, unformatted
from laddercli.formatter.source import NotFormattable

__all__ = ["INDENT", "WIDTH", "NotFormattable", "changed", "format_text", "refused", "unformatted"]
