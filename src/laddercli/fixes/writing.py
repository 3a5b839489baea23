"""How a text is written in YAML, so that it is read as what it is."""

from __future__ import annotations

import unicodedata

from laddercli.document import Document
from laddercli.fixes.meaning import same
from laddercli.fixes.ways import Unfit
from laddercli.nodes import quote

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def encoded(text: str, style: str) -> str:
    """Words as they are written inside a scalar of that style."""
    if style == '"':
        return _escaped(text)
    return text.replace("'", "''") if style == "'" else text


def _escaped(text: str) -> str:
    return "".join(_escape(character) for character in text)


def _escape(character: str) -> str:
    """A character between double quotes. What may not stand in a ladder, or cannot be seen, is written as its code."""
    if character in _ESCAPES:
        return _ESCAPES[character]
    if unicodedata.category(character) in ("Cc", "Zl", "Zp") or character in "\ufeff\ufffe\uffff":
        return f"\\u{ord(character):04x}"
    return character


def quoted(text: str, *, in_flow: bool) -> str:
    """A value in quotes, on one line. Raises ``Unfit`` where even these do not make YAML read it as it is."""
    source = quote(text) if text.isprintable() else f'"{_escaped(text)}"'
    if not reads_as(source, text, in_flow=in_flow):
        raise Unfit
    return source


def scalar(text: str, *, in_flow: bool) -> str:
    """A value on one line: without quotes where YAML reads it the same."""
    return text if reads_as(text, text, in_flow=in_flow) else quoted(text, in_flow=in_flow)


def reads_as(source: str, value: str, *, in_flow: bool) -> bool:
    """Whether a scalar that is written like this has this value, and stays text if it is text."""
    read = Document.parse(f"- [{source}]" if in_flow else f"- {source}")
    return not read.faults and same(read.data, [[value]] if in_flow else [value])
