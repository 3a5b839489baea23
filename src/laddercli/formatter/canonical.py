"""The canonical text of a document, with its proof."""

from __future__ import annotations

from laddercli.document import Document
from laddercli.formatter.layout import lay_out
from laddercli.formatter.proof import flaw
from laddercli.formatter.source import NotFormattable, Source
from laddercli.nodes import Mark, Span

INDENT = 2
WIDTH = 100


def format_text(document: Document, *, indent: int = INDENT, width: int = WIDTH) -> str:
    """The text of a document in its canonical layout. Raises ``NotFormattable``.

    Lines end in a line feed. A file whose lines all end as on Windows keeps that: git makes it so on checkout.
    """
    if document.faults:
        fault = document.faults[0]
        raise NotFormattable(fault.message, fault.span)
    text = document.text.replace("\r\n", "\n").replace("\r", "\n")
    source = Source(text)
    formatted = lay_out(source, indent, width)
    if formatted != text and (reason := flaw(source, formatted, indent, width)):
        raise NotFormattable(reason, Span(Mark(1, 1), Mark(1, 1)))
    return formatted.replace("\n", "\r\n") if _is_from_windows(document.text) else formatted


def _is_from_windows(text: str) -> bool:
    return 0 < text.count("\r\n") == text.count("\n") == text.count("\r")
