"""How parts and kinds of values are called when something is wrong with them, and what to write instead."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel

from laddercli import values
from laddercli.nodes import Loc, Plain, quote

WANTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
    "number": "a number",
    "whole": "a whole number",
    "truth": "true or false",
}

PATTERNS = {
    values.DATE_PATTERN: ("a date", "write year, month and day: 2026-09-01"),
    values.VERSION_PATTERN: ("three numbers", "write MAJOR.MINOR.PATCH, such as 1.0.0"),
    values.LANGUAGE_PATTERN: ("a language tag", "write a BCP 47 tag, such as en, pt-BR or ko"),
    values.CURRENCY_PATTERN: ("a currency code", "write the ISO 4217 code, such as USD"),
    values.URL_PATTERN: ("an address", "write an address that begins with https://, http:// or mailto:"),
}

_NOUNS = {
    "LadderFile": "a ladder",
    "VisibilityPolicy": "`visibility`",
    "Expectation": "an expectation",
    "Aspect": "an aspect",
    "Organization": "`organization`",
    "Policy": "`policy`",
    "Compensation": "`compensation`",
    "Reports": "`direct_reports`",
    "Band": "a pay range",
    **{name: f"a {name.lower()}" for name in ("Level", "Track", "Grade", "Measure", "Metric", "Zone", "Step", "Move")},
    **{name: f"a {name.lower()}" for name in ("Criterion", "Benchmark", "Section", "Source")},
    "Use": "an item of `uses`",
}


def noun_of(model: type[BaseModel] | None) -> str:
    """What a mapping of this model is called, with its article."""
    return _NOUNS.get(model.__name__, model.__name__.lower()) if model else "this"


def name_of(loc: Loc) -> str:
    """The part at ``loc`` as its author calls it."""
    if not loc:
        return "the file"
    if isinstance(loc[-1], str):
        return f"`{loc[-1]}`"
    holder = next((part for part in reversed(loc) if isinstance(part, str)), "the list")
    return f"item {loc[-1] + 1} of `{holder}`"


def kind_of(value: Any) -> str:
    """What a value is, as in "must be text, not a list"."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, Plain):
        return f"`{value}`"
    return f"the text `{shown(value)}`" if len(value) <= 40 else "text"


def shown(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else "…"


def either(words: list[str]) -> str:
    shown = [f"`{word}`" for word in words]
    return " or ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def _number_help(loc: Loc, value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    digits = re.sub(r"[\s,_'’%$€£\"“”„‘]", "", value)
    if re.fullmatch(values.NUMBER_PATTERN, digits):
        return f"write: {loc[-1]}: {digits}"
    return "write a plain decimal number, such as 4 or 4.2"


def _whole_help(loc: Loc, value: Any) -> str | None:
    fix = _number_help(loc, value)
    return "write a whole number, such as 4" if fix and not re.fullmatch(r"write: \w+: [-+]?[0-9]+", fix) else fix


def _truth_help(loc: Loc, value: Any) -> str | None:
    word = value.casefold() if isinstance(value, str) else ""
    truth = "true" if word in ("true", "yes", "y", "on", "1") else "false"
    known = truth == "true" or word in ("false", "no", "n", "off", "0")
    return f"write: {loc[-1]}: {truth}" if known else None


def _list_help(loc: Loc, value: Any) -> str | None:
    """One text where a list is wanted needs brackets, if it is short enough for them; commas part its words."""
    if not isinstance(value, str) or len(value) > 60:
        return None
    items = [item.strip() for item in value.split(",") if item.strip()]
    if len(items) > 1 and any(len(item.split()) > 2 for item in items):
        items = [value]  # a sentence with a comma
    shown = [item if re.fullmatch(r"\w[\w ./-]*", item) else quote(item) for item in items]
    return f"write: {loc[-1]}: [{', '.join(shown)}]"


def _mapping_help(loc: Loc, value: Any) -> str | None:
    """A range written as people write it."""
    span = re.fullmatch(r"([0-9]+)\s*(?:-|–|to)\s*([0-9]+)", value) if isinstance(value, str) else None
    return f"write: {loc[-1]}: {{min: {span[1]}, max: {span[2]}}}" if span else None


HELPS = {
    "number": _number_help,
    "whole": _whole_help,
    "truth": _truth_help,
    "tuple_type": _list_help,
    "model_type": _mapping_help,
}


def id_help(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", text.casefold())
    if text.startswith("x-"):
        return "choose another beginning: as a key, `x-` marks what is yours and not read"
    rule = "an id is made of small letters and digits, joined by `-` or `.`"
    return f"write: {'-'.join(words)} ({rule})" if words else rule
