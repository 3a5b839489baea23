"""pydantic's errors as problems, said in the words of a ladder's author, one for each mistake."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import takewhile
from typing import Any, get_origin

from laddercli import schema, values
from laddercli.declarations import choices_at, model_at, type_at
from laddercli.document import Document
from laddercli.findings import Place, Problem, closest
from laddercli.nodes import Loc, Node, quote
from laddercli.wording import HELPS, PATTERNS, WANTED, either, id_help, kind_of, name_of, noun_of, shown

Detail = Any  # pydantic's ErrorDetails, with its context


class Translator:
    """Turns pydantic's errors about one document into problems, one for each mistake."""

    def __init__(self, document: Document, details: list[Detail]) -> None:
        self._document = document
        self._details = details
        self.strays: set[Loc] = set()

    def problems(self) -> Iterator[Problem]:
        """The problems that pydantic's errors tell of; unknown keys first, as one may be a misspelt missing one."""
        missing: dict[Loc, set[str]] = {}
        for detail in self._details:
            if detail["type"] == "missing":
                missing.setdefault(detail["loc"][:-1], set()).add(detail["loc"][-1])
        for detail in self._details:
            loc = detail["loc"]
            if detail["type"] == "extra_forbidden" and loc not in self.strays:
                problem = self._unknown_key(loc, detail["input"], missing.get(loc[:-1], set()))
                missing.get(loc[:-1], set()).discard(problem.suggestion or "")
                if problem.suggestion is None and problem.help and problem.help.startswith("write"):
                    missing.pop(loc[:-1], None)  # text that became a mapping is not a mapping that lacks keys
                yield problem
        for detail in self._details:
            loc = detail["loc"]
            if detail["type"] == "missing":
                if loc[-1] in missing.get(loc[:-1], ()):
                    yield self._missing(loc)
            elif detail["type"] != "extra_forbidden" and detail["input"] is not None and loc not in self.strays:
                yield self._wrong(detail)

    def empty_values(self, said: Collection[Node | None]) -> Iterator[Problem]:
        """What has no value and is not among the parts about which something has been ``said``."""
        for loc in _empty_locs(self._document):
            holder = self._document.node(loc[:-1])
            if loc in self.strays or self._document.node(loc) in said:
                continue
            if holder is not None and holder.style and get_origin(type_at(loc[:-1])) is dict:
                yield self._comma(loc)
            else:
                help = 'write a value or leave the key out; the word "null" needs quotes'
                yield self._problem("bad-value", loc, f"{name_of(loc)} has no value", help=help, key=True)

    def _problem(self, rule: str, loc: Loc, message: str, **more: Any) -> Problem:
        return Problem(rule, Place(self._document.path, loc), message, **more)

    def _missing(self, loc: Loc) -> Problem:
        model = model_at(loc[:-1])
        noun = noun_of(model)
        return self._problem("missing-key", loc[:-1], f"{noun} needs `{loc[-1]}`")

    def _unknown_key(self, loc: Loc, value: Any, missing: set[str]) -> Problem:
        key = str(loc[-1])
        holder = self._document.node(loc[:-1])
        flow = bool(holder and holder.style)
        if value is None and flow:
            return self._comma(loc)
        model = model_at(loc[:-1])
        known = [field.alias or name for name, field in model.model_fields.items()] if model else []
        if not flow and holder and self._was_text(loc, holder.value, known):
            help = f"write: - {quote(f'{key}: {shown(value)}'.rstrip())}"
            return self._problem("unknown-key", loc, f"a colon with a space made a key of `{key}`", help=help, key=True)
        suggestion = closest(key, missing) or closest(key, known)
        if len(loc) == 1 and key == "levels":
            help = "put the levels into a track: tracks: [{id: ic, kind: ic, levels: […]}]"
            return self._problem("unknown-key", loc, "`levels` stand in a track; add `tracks`", help=help, key=True)
        noun = noun_of(model)
        choice = None if suggestion else f"{noun} has: {', '.join(known)}"
        return self._problem("unknown-key", loc, f"unknown key `{key}`", suggestion=suggestion, help=choice, key=True)

    def _was_text(self, loc: Loc, holder: dict[str, Any], known: list[str]) -> bool:
        """Whether a mapping was meant as text, in which a colon made a key: it has no key that is known, and the
        key has blanks or is the only one of a list item that could be text."""
        if any(name in holder for name in known):
            return False
        key = str(loc[-1])
        item = len(loc) > 1 and isinstance(loc[-2], int) and type_at(loc[:-1]) in _MAY_BE_TEXT
        return " " in key or (item and len(holder) == 1 and closest(key, known) is None)

    def _comma(self, loc: Loc) -> Problem:
        """A comma inside braces that was meant as part of the text, or as a thousands separator."""
        key = str(loc[-1])
        holder = self._document.node(loc[:-1])
        keys = list(holder.value) if holder else []
        if _TIGHT.match(key):
            self.strays.update((*loc[:-1], word) for word in keys if _TIGHT.match(word))
            loose = ", ".join(_TIGHT.sub(r"\1: ", word) for word in keys if _TIGHT.match(word))
            message = f"a space is missing after the `:` of `{key}`"
            return self._problem("unknown-key", loc, message, help=f"write: {{{loose}}}", key=True)
        place = keys.index(key) if key in keys else 0
        before = keys[place - 1] if place else None
        value = holder.value[before] if holder and before else None
        if not holder or not before or not isinstance(value, str):
            help = "write `key: value`; text with a comma needs quotes here"
            return self._problem("unknown-key", loc, f"`{key}` has no value", help=help, key=True)
        words = list(takewhile(lambda word: holder.value[word] is None, keys[place:]))
        self.strays.update((*loc[:-1], word) for word in words)
        if get_origin(type_at((*loc[:-1], before))) is tuple:
            self.strays.add((*loc[:-1], before))
            message = f"the comma ends `{before}` at `{value}`; a list needs brackets here"
            items = ", ".join([value, *words])
            return self._problem("unknown-key", loc, message, help=f"write: {before}: [{items}]", key=True)
        written = holder.parts[before].start.index
        whole = _WORDS.match(self._document.text, written)
        if number := _THOUSANDS.match(self._document.text, written):
            message = f"the comma ends the number at `{value}`"
            help = f"write: {before}: {number[0].replace(',', '')}"
        else:
            message = f"the comma ends the text at `{value}` and makes a key of `{key}`"
            help = f"write: {before}: {quote(whole[0].strip() if whole else ', '.join([value, *words]))}"
        return self._problem("unknown-key", loc, message, help=help, key=True)

    def _wrong(self, detail: Detail) -> Problem:
        loc, value, kind = detail["loc"], detail["input"], detail["type"]
        if loc[-1] == "[key]":
            return self._bad_key(loc[:-1])
        if kind == "string_pattern_mismatch":
            return self._bad_text(loc, value, detail["ctx"]["pattern"])
        if kind == "literal_error":
            return self._bad_choice(loc, value)
        if kind in ("greater_than_equal", "less_than_equal"):
            return self._problem("bad-value", loc, f"{name_of(loc)} must lie between 0 and 100,000")
        if kind in ("date", "currency"):
            return self._bad_value(loc, value, kind, detail["msg"])
        if kind == "string_type" and isinstance(value, dict) and len(value) == 1:
            ((key, text),) = value.items()
            help = f"write: {quote(f'{key}: {shown(text)}')}"
            return self._problem("wrong-type", loc, f"a colon with a space made a key of `{key}`", help=help)
        wanted = WANTED.get(kind, "of another type")
        if kind == "model_type" and type_at(loc) in _MAY_BE_TEXT:
            wanted = f"text or {wanted}"
        message = f"{name_of(loc)} must be {wanted}, not {kind_of(value)}"
        fix = HELPS[kind](loc, value) if kind in HELPS else None
        return self._problem("wrong-type", loc, message, help=fix)

    def _bad_key(self, loc: Loc) -> Problem:
        key = str(loc[-1])
        if not key.strip():
            return self._problem("bad-value", loc, "a key is empty", key=True)
        return self._problem("bad-id", loc, f"`{key}` is not an id", help=id_help(key), key=True)

    def _bad_text(self, loc: Loc, value: str, pattern: str) -> Problem:
        if not value.strip():
            return self._problem(
                "bad-value", loc, f"{name_of(self._written(loc))} is empty", help="write text or leave it out"
            )
        if pattern == values.ID_PATTERN:
            return self._bad_id(loc, value)
        message, help = PATTERNS[pattern]
        if pattern == values.VERSION_PATTERN and (numbers := re.findall(r"[0-9]+", value)):
            help = "write: version: " + ".".join(str(int(number)) for number in [*numbers, "0", "0"][:3])
        return self._problem("bad-value", loc, f"{name_of(loc)} must be {message}, not `{value}`", help=help)

    def _bad_id(self, loc: Loc, value: str) -> Problem:
        """Where an id refers to something, its title may stand there by mistake."""
        message = f"`{value}` is not an id"
        holder = next((part for part in reversed(loc) if isinstance(part, str)), "")
        if holder not in _REFERENCES:
            return self._problem("bad-id", loc, message, help=id_help(value))
        slug = "-".join(re.findall(r"[a-z0-9]+", value.casefold()))
        items = list(self._named(_REFERENCES[holder]))
        for item in items:
            if item["id"] == slug:
                return self._problem("bad-id", loc, message, suggestion=slug)
            if value.casefold() in [str(item.get(key)).casefold() for key in ("title", "name", "code")]:
                return self._problem("bad-id", loc, message, suggestion=item["id"])
        help = f"write the id of one of the {_REFERENCES[holder]}" if items else id_help(value)
        return self._problem("bad-id", loc, message, help=help)

    def _named(self, kind: str) -> Iterator[dict[str, Any]]:
        """The grades, metrics, measures or levels of this file that have an id."""
        data = self._document.data
        holders = data.get("tracks") if kind == "levels" else [data]
        for holder in holders if isinstance(holders, list) else ():
            items = holder.get(kind) if isinstance(holder, dict) else None
            for item in items if isinstance(items, list) else ():
                if isinstance(item, dict) and isinstance(item.get("id"), str):
                    yield item

    def _bad_choice(self, loc: Loc, value: Any) -> Problem:
        choices = choices_at(loc)
        message = f"{name_of(loc)} must be {either(choices)}"
        if not isinstance(value, str):
            return self._problem("wrong-type", loc, f"{message}, not {kind_of(value)}")
        return self._problem("bad-value", loc, f"{message}, not `{value}`", suggestion=closest(value, choices))

    def _bad_value(self, loc: Loc, value: str, kind: str, message: str) -> Problem:
        from laddercli.currencies import CURRENCIES

        suggestion = closest(value, CURRENCIES) if kind == "currency" else None
        return self._problem("bad-value", loc, f"`{value}` {message}", suggestion=suggestion)

    def _written(self, loc: Loc) -> Loc:
        """The loc without the keys that a short form only implies."""
        node = self._document.node(loc[:-1])
        return loc[:-1] if node is not None and node.parts is None else loc


# Fields that name something, and what.
_REFERENCES = {
    "grade": "grades",
    "metric": "metrics",
    "measures": "measures",
    "inherits": "levels",
    "from": "levels",
    "to": "levels",
}

_MAY_BE_TEXT = (schema.Aspect, schema.Benchmark, schema.Criterion, schema.Step, schema.Use)

# `min:3` within braces is a word of its own, not a key with its value.
_TIGHT = re.compile(r"([A-Za-z_][\w-]*):(?=\S)")
_THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?=\s*[,}])")
_WORDS = re.compile(r"[^,:{}\[\]\"'\n]+(?:,[^,:{}\[\]\n]*)+(?=[,}])")


def _empty_locs(document: Document) -> Iterator[Loc]:
    """Every key or item without a value, but for cells: an empty cell is one that is still missing."""
    stack: list[tuple[Loc, Any]] = [((), document.data)]
    while stack:
        loc, value = stack.pop()
        if isinstance(value, dict):
            stack += [((*loc, key), part) for key, part in reversed(value.items())]
        elif isinstance(value, list):
            stack += reversed([((*loc, index), part) for index, part in enumerate(value)])
        elif value is None and not _is_cell(loc):
            yield loc


def _is_cell(loc: Loc) -> bool:
    shape = tuple("…" if index % 2 else part for index, part in enumerate(loc))
    return shape in _CELLS


_CELLS = (("everyone", "…"), ("tracks", "…", "everyone", "…"), ("tracks", "…", "levels", "…", "expectations", "…"))
