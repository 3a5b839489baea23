"""The kinds of changes, as data: `kinds.yaml` says for each what it is paired with, what it means for people who hold
a level, and why; it feeds the comparison, `ladder explain` and the documentation.

A name is permanent. Kinds come in pairs: a difference read backwards has the paired kinds, and some are paired with
themselves.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from laddercli.document import Document
from laddercli.nodes import core

Word = Literal["major", "minor", "patch"]


@dataclass(frozen=True, slots=True)
class Example:
    """The same part in two versions, in YAML. ``part`` says what it is: `cell` is what stands in one cell, `level` are
    keys of a level, `ladder` keys of a ladder."""

    part: Literal["cell", "level", "ladder"]
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What there is to know about a kind of change.

    ``impacts`` holds what it can mean, the usual first; ``reason`` says when it is which. ``asks`` says that, where it
    is major, it asks more of the people at the levels it touches, instead of taking something from them.
    """

    name: str
    pair: str
    impacts: tuple[Word, ...]
    asks: bool
    statement: str
    reason: str
    example: Example


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by name, in the order of the format."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "kinds.yaml")
    with open(path, "rb") as file:
        data: dict[str, dict[str, Any]] = Document.parse(file.read(), path).data
    return {name: _kind(name, entry, data) for name, entry in data.items()}


def _kind(name: str, entry: dict[str, Any], data: dict[str, dict[str, Any]]) -> Kind:
    impact: Word | list[Word] = entry["impact"]
    pair = entry.get("pair", name)
    return Kind(
        name=name,
        pair=pair,
        impacts=tuple(impact) if isinstance(impact, list) else (impact,),
        asks=core(entry.get("asks", "")) is True,
        statement=entry["statement"],
        reason=entry["reason"],
        example=_example(entry["example"]) if "example" in entry else _reversed(_example(data[pair]["example"])),
    )


def _example(example: dict[str, Any]) -> Example:
    return Example(example["part"], example["old"] or "", example["new"] or "")


def _reversed(example: Example) -> Example:
    """A kind without an example of its own is that of its pair, read backwards."""
    return Example(example.part, example.new, example.old)
