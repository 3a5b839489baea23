"""A sentence has at most 25 words, and a criterion at most 40.

Beyond that, readers lose the beginning before they reach the end, non-native readers first. A long criterion mostly
holds two. (Source: the guidance of the British government on plain English sets the same limit of 25 words.)

Not flagged: lists and tables within a text; `options` set other limits.

Bad:
    - >-
      Prepares for each release of the product, together with the team and with support, a short list of the changes
      that customers will notice first, with a link to the help text.
Good:
    - Lists the changes of a release that customers will notice first, with a link to the help text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from laddercli.findings import Problem, flag
from laddercli.reading import Reading, Text

CATEGORY = "wording"
SEVERITY = "info"

_ITEM = r"(?m)^[ \t]*(?:[-*•+–|]|\d+[.)])[ \t]"


@dataclass(frozen=True)
class Options:
    """How long texts may be."""

    sentence: Annotated[int, Field(description="The most words that a sentence may have.", ge=1)] = 25
    criterion: Annotated[int, Field(description="The most words that a criterion may have.", ge=1)] = 40


def check(reading: Reading, options: Options) -> Iterator[Problem]:
    """The longest sentence of each text, or a criterion that is too long as a whole."""
    least = min(options.sentence, options.criterion)
    for text in reading.prose:
        if text.value.count(" ") + text.value.count("\n") >= least and not _is_list(text.value):
            yield from _judged(text, options)


def _is_list(value: str) -> bool:
    """Whether a text is a list or a table rather than prose."""
    return "\n" in value and len(re.findall(_ITEM, value)) > 1


def _judged(text: Text, options: Options) -> Iterator[Problem]:
    long = [span for span in text.sentences() if text.value.count(" ", *span) >= options.sentence]
    count, start, end = max(((_words(text.value[start:end]), -start, end) for start, end in long), default=(0, 0, 0))
    if count > options.sentence:
        help = f"make two sentences, or leave something out: {options.sentence} words can be read at once"
        yield _problem(text, f"this sentence has {count} words", help, count, (-start, end))
    elif text.kind == "criterion" and (count := _words(text.value)) > options.criterion:
        help = f"leave something out, or write two criteria of at most {options.criterion} words"
        yield _problem(text, f"this criterion has {count} words", help, count, (0, len(text.value)))


def _words(part: str) -> int:
    return sum(word.isalnum() or any(map(str.isalnum, word)) for word in part.split())


def _problem(text: Text, message: str, help: str, count: int, within: tuple[int, int]) -> Problem:
    arguments = (text.value,) if text.kind == "criterion" else ()
    return flag(text.place, message, help=help, within=within, arguments=arguments, weight=count)
