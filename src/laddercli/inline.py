"""The inline marks of Markdown in a ladder's text: emphasis, code and links. Everything else is text.

The parser is markdown-it-py, which rich brings along. HTML is never parsed, and a link counts only when it leads to
http, https or mailto.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from laddercli.blocks import Span, Style, Text

_MARKS = re.compile(r"[*_`\[\\&<]|https?:")
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")


def parse(text: str) -> Text:
    """The text as spans. A single newline is a space, as in Markdown; a blank line is a line break."""
    paragraphs = [" ".join(part.split()) for part in _PARAGRAPH.split(text.strip())]
    folded = "\n".join(paragraphs)
    if not _MARKS.search(folded):
        return (Span(folded),)
    spans: list[Span] = []
    for index, paragraph in enumerate(paragraphs):
        if index:
            spans.append(Span("\n"))
        spans += _spans(paragraph)
    return tuple(spans)


def plain_text(text: str) -> str:
    """The text without its marks, on one line."""
    return " ".join("".join(span.text for span in parse(text)).split())


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).disable(["image", "html_inline"])


def _spans(paragraph: str) -> list[Span]:
    tokens = _parser().parseInline(paragraph)[0].children or []
    spans: list[Span] = []
    styles: list[Style] = []
    href: str | None = None
    for token in tokens:
        if token.type in ("strong_open", "em_open"):
            styles.append(Style.STRONG if token.type == "strong_open" else Style.EMPHASIS)
        elif token.type in ("strong_close", "em_close"):
            styles.pop()
        elif token.type == "link_open":
            address = str(token.attrGet("href") or "")
            href = address if _SAFE_LINK.match(address) else None
        elif token.type == "link_close":
            href = None
        elif token.type == "code_inline":
            spans.append(Span(token.content, Style.CODE, href))
        elif token.type in ("softbreak", "hardbreak"):
            spans.append(Span(" "))
        elif token.content:
            spans.append(Span(token.content, styles[-1] if styles else Style.PLAIN, href))
    return spans
