"""Proof that a text says in its new layout what it said before."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

import yaml

from laddercli.formatter.layout import lay_out
from laddercli.formatter.source import Source, canonical, is_scalar


def flaw(before: Source, after: str, indent: int, width: int) -> str | None:
    """What is wrong with the new layout: None when values, styles and comments are the same, each comment has the
    same neighbors, and the layout of the new text is the new text."""
    try:
        new = Source(after)
    except yaml.YAMLError:
        return "the new text could not be read"
    if _content(before) != _content(new):
        return "a value or its style would change"
    if _comments(before) != _comments(new) or any(
        old.alone > each.alone for old, each in zip(before.comments, new.comments, strict=True)
    ):
        return "a comment would move"
    if lay_out(new, indent, width) != after:
        return "the layout would not settle"
    return None


def _content(source: Source) -> list[Any]:
    """Everything that the parser tells but the places."""
    return [(event.value, event.style or "") if is_scalar(event) else _structure(event) for event in source.events]


def _structure(event: Any) -> Any:
    is_flow = bool(getattr(event, "flow_style", False))
    return (event.__class__, is_flow, *(getattr(event, name, None) for name in ("tag", "explicit", "version", "tags")))


def _comments(source: Source) -> list[tuple[str, int]]:
    """Each comment with the number of words before it."""
    starts = [start for start, end, _ in source.scalars if start < end]
    return [(canonical(each), bisect_right(starts, each.start)) for each in source.comments]
