"""How a trap says what it found: the fault, the words that it shows, and the line to write instead."""

from __future__ import annotations

import re

import yaml

from laddercli.nodes import Fault, Mark, Span, quote

_LONGEST_HELP = 1_000
_COMMENT = re.compile(r"(?<![ \t])[ \t]+(?:#.*|$)")

# The quotes of word processors, each with those that close it.
CURLY = {"“": "”", "„": "“”", "‘": "’", "‚": "‘’", "”": "”", "’": "’"}


def fault(row: int, column: int, width: int, message: str, help: str, rule: str = "syntax") -> Fault:
    """A fault on one line; row and column count from 0."""
    return Fault(rule, Span(Mark(row + 1, column + 1), Mark(row + 1, column + 1 + width)), message, help)


def write(otherwise: str, *lines: str) -> str:
    """The first of the lines that is YAML, as a help; a long or hopeless one is described instead."""
    for line in lines:
        shown = line.strip()
        if len(shown) <= _LONGEST_HELP and _parses(shown):
            return f"write: {shown}"
    return otherwise


def _parses(line: str) -> bool:
    """Whether a line is YAML by itself."""
    try:
        for _ in yaml.parse(line, yaml.SafeLoader):
            pass
    except (yaml.YAMLError, ValueError, OverflowError):
        return False
    return True


def excerpt(text: str) -> str:
    """The beginning of a text, short enough for a message."""
    text = _COMMENT.sub("", text.strip()[:100])
    return text if len(text) <= 24 else text[:24].rsplit(" ", 1)[0] + "…"


def spaces(count: int) -> str:
    """So many spaces, in words."""
    return "no spaces" if not count else f"{count} space" if count == 1 else f"{count} spaces"


def split_comment(line: str, start: int) -> tuple[str, str]:
    """The line up to the comment or the blanks that end it, and those. The comment starts after ``start``."""
    match = _COMMENT.search(line, start)
    return (line[: match.start()], line[match.start() :].rstrip()) if match else (line, "")


def quote_from(line: str, column: int, after: int) -> str:
    """The line with quotes around the text from ``column`` on; a comment behind ``after`` stays one."""
    body, comment = split_comment(line, after)
    text = body[column:]
    ends = CURLY.get(text[:1], "")
    if len(text) > 1 and text[-1] in ends and not any(end in text[1:-1] for end in ends):
        text = text[1:-1]
    return body[:column] + quote(text) + comment
