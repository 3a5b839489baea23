"""Scalars as lines: texts are folded, blocks are indented anew, and quotes stay as they are."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

_HEADER = re.compile(r"[|>]([-+0-9]*)")
# No line begins with a dash: it would look like an item of a list.
_BETWEEN_WORDS = re.compile(r"(?<=\S) (?=\S)(?!- )")


def is_block(event: Any) -> bool:
    """Whether an event is a scalar in a block, introduced by `|` or `>`."""
    return getattr(event, "style", None) in ("|", ">")


def flowing_lines(event: Any, written: str) -> list[str]:
    """The lines of a plain or quoted text without the white space around them, which YAML drops."""
    first, *rest = written.split("\n")
    if not rest:
        return [first]
    lines = [_end(first, event), *(_end(line.lstrip(" \t"), event) for line in rest[:-1])]
    return [*lines, rest[-1].lstrip(" \t")]


def _end(line: str, event: Any) -> str:
    """The line without the white space at its end. In double quotes, a space behind a backslash is text."""
    bare = line.rstrip(" \t")
    escaped = event.style == '"' and (len(bare) - len(bare.rstrip("\\"))) % 2
    return line[: len(bare) + 1] if escaped else bare


def fold(lines: list[str], first: int, rest: int, width: int) -> list[str]:
    """The lines with every paragraph filled anew that has a line beyond ``width``. The first line begins in the column
    ``first``, the others in ``rest``."""
    folded: list[str] = []
    for is_text, group in groupby(lines, key=bool):
        paragraph = list(group)
        begin = rest if folded else first
        ends = [begin + len(paragraph[0]), *(rest + len(line) for line in paragraph[1:])]
        if is_text and max(ends) > width:
            paragraph = _fill(" ".join(paragraph), begin, rest, width)
        folded += paragraph
    return folded


def _fill(text: str, first: int, rest: int, width: int) -> list[str]:
    """Put as many words on a line as it can hold, and at least one."""
    words = _BETWEEN_WORDS.split(text)
    lines = [words[0]]
    for word in words[1:]:
        if (first if len(lines) == 1 else rest) + len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def block_lines(event: Any, written: str, column: int, indent: int, step: int, width: int) -> tuple[str, list[str]]:
    """The header of a block without its comment, and its lines with their indentation.

    ``column`` is where the entry around the block stands in the source, ``indent`` how far its lines will be indented,
    which is ``step`` more than the entry.
    """
    header = _HEADER.match(written)
    signs = header[1] if header else ""
    value: str = event.value
    if event.style == "|":
        text = value.rstrip("\n")
        lines = text.split("\n") if text else []
    else:
        lines = _body(written, column, signs)
        if not any(line.startswith((" ", "\t")) for line in lines):
            lines = fold(lines, indent, indent, width)
    chomping = "-" if value and not value.endswith("\n") else signs.strip("0123456789")
    if chomping == "+":
        lines += [""] * (len(value) - len(value.rstrip("\n")) - bool(lines))
    begins_indented = any(line.startswith((" ", "\t")) for line in _opening(lines))
    return (
        f"{event.style}{step if begins_indented else ''}{chomping}",
        [" " * indent + line if line else "" for line in lines],
    )


def _opening(lines: list[str]) -> list[str]:
    """The lines from which a parser would guess the indentation: the first that holds something and those above."""
    first = next((index for index, line in enumerate(lines) if line.strip(" ")), len(lines))
    return lines[: first + 1]


def _body(written: str, column: int, signs: str) -> list[str]:
    """The lines of a folded block as they are written, without their indentation and the empty ones at the end."""
    lines = written.split("\n")[1:]
    digit = signs.strip("-+")
    first = next((line for line in lines if line.strip(" ")), max(lines, key=len, default=""))
    indent = column + int(digit) if digit else len(first) - len(first.lstrip(" "))
    lines = [line[indent:] for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    return lines
