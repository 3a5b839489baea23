"""Whether a file has the shape of a ladder: what pydantic finds, said in the words of a ladder's author."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import takewhile
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from laddercli import schema
from laddercli.document import Document
from laddercli.findings import Place, Problem, closest
from laddercli.nodes import Loc, Node, Plain, core, quote
from laddercli.schema import LadderFile

MAX_PROBLEMS = 1_000

Detail = Any  # pydantic's ErrorDetails, with its context


def check(document: Document) -> tuple[LadderFile | None, list[Problem]]:
    """Judge the shape of a document that could be read.

    Returns the file, None when the shape is wrong, and the problems of shape, at most ``MAX_PROBLEMS`` of them.
    """
    if not isinstance(document.data, dict):
        return None, [_not_a_mapping(document)]
    file, details = None, []
    try:
        file = LadderFile.model_validate(document.data)
    except ValidationError as error:
        details = error.errors(include_url=False)
    # To look for what was meant takes its time: what will not be shown is only counted.
    translator = _Translator(document, details[:MAX_PROBLEMS])
    problems = list(translator.problems())
    meant = {(*problem.place.loc[:-1], problem.suggestion) for problem in problems if problem.rule == "unknown-key"}
    problems += _kind_of_file(document, meant)
    if document.empties:
        problems += translator.empty_values({document.node(problem.place.loc) for problem in problems})
    more = max(len(details) - MAX_PROBLEMS, 0) + max(len(problems) - MAX_PROBLEMS, 0)
    if more:
        last = Problem("bad-value", Place(document.path, ()), f"and {more:,} more problems of shape")
        problems = [*problems[:MAX_PROBLEMS], last]
    return (None if problems else file), problems


def _not_a_mapping(document: Document) -> Problem:
    place = Place(document.path, ())
    start = "a ladder starts with `format: 1`; `ladder/template.yaml` is a whole one to begin with"
    if document.data is None:
        return Problem("missing-key", place, "the file is empty", help=start)
    return Problem("wrong-type", place, f"a ladder is a mapping of keys, not {_kind(document.data)}", help=start)


def _kind_of_file(document: Document, meant: Collection[tuple[int | str | None, ...]]) -> Iterator[Problem]:
    """What a ladder must have and a shared file must not, and the other way round. A key in ``meant`` is there,
    but misspelt."""
    data, place = document.data, Place(document.path, ())
    if "format" in data and core(data["format"]) != schema.FORMAT:
        yield from _wrong_format(document)
    if "tracks" in data:
        if "title" not in data and ("title",) not in meant:
            yield Problem("missing-key", place, "a ladder needs `title`")
        if "pay" in data:
            help = "write pay under its grade: grades: [{id: …, pay: {…}}]"
            yield Problem(
                "unknown-key", Place(document.path, ("pay",)), "only a shared file has `pay`", help=help, key=True
            )
    elif "moves" in data and ("tracks",) not in meant:
        message = "only a ladder has `moves`, and a file without `tracks` is a shared file"
        yield Problem("unknown-key", Place(document.path, ("moves",)), message, key=True)
    policy = data.get("policy")
    if isinstance(policy, dict) and policy.get("parity") == "waived" and "parity_reason" not in policy:
        if ("policy", "parity_reason") in meant:
            return
        yield Problem("missing-key", Place(document.path, ("policy",)), "`parity: waived` needs `parity_reason`")


def _wrong_format(document: Document) -> Iterator[Problem]:
    value = core(document.data["format"])
    if isinstance(value, int) and not isinstance(value, bool):
        from laddercli import __version__

        message = f"format {value} is not read by ladder {__version__}, which reads format {schema.FORMAT}"
        help = "install a newer ladder" if value > schema.FORMAT else f"write: format: {schema.FORMAT}"
        yield Problem("bad-value", Place(document.path, ("format",)), message, help=help)


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


class _Translator:
    """Turns pydantic's errors about one document into problems, one for each mistake."""

    def __init__(self, document: Document, details: list[Detail]) -> None:
        self._document = document
        self._details = details
        self.strays: set[Loc] = set()

    def problems(self) -> Iterator[Problem]:
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
            elif detail["type"] != "extra_forbidden" and detail["input"] is not None:
                yield self._wrong(detail)

    def empty_values(self, said: Collection[Node | None]) -> Iterator[Problem]:
        """What has no value and is not among the parts about which something has been ``said``."""
        for loc in _empty_locs(self._document):
            holder = self._document.node(loc[:-1])
            if loc in self.strays or self._document.node(loc) in said:
                continue
            if holder is not None and holder.style and get_origin(_type_at(loc[:-1])) is dict:
                yield self._comma(loc)
            else:
                help = 'write a value or leave the key out; the word "null" needs quotes'
                yield self._problem("bad-value", loc, f"{_name(loc)} has no value", help=help, key=True)

    def _problem(self, rule: str, loc: Loc, message: str, **more: Any) -> Problem:
        return Problem(rule, Place(self._document.path, loc), message, **more)

    def _missing(self, loc: Loc) -> Problem:
        model = _model_at(loc[:-1])
        noun = _NOUNS.get(model.__name__, model.__name__.lower()) if model else "this"
        return self._problem("missing-key", loc[:-1], f"{noun} needs `{loc[-1]}`")

    def _unknown_key(self, loc: Loc, value: Any, missing: set[str]) -> Problem:
        key = str(loc[-1])
        holder = self._document.node(loc[:-1])
        flow = bool(holder and holder.style)
        if value is None and flow:
            return self._comma(loc)
        model = _model_at(loc[:-1])
        known = [field.alias or name for name, field in model.model_fields.items()] if model else []
        if not flow and holder and self._was_text(loc, holder.value, known):
            help = f"write: - {quote(f'{key}: {_shown(value)}'.rstrip())}"
            return self._problem("unknown-key", loc, f"a colon with a space made a key of `{key}`", help=help, key=True)
        suggestion = closest(key, missing) or closest(key, known)
        if len(loc) == 1 and key == "levels":
            help = "put the levels into a track: tracks: [{id: ic, kind: ic, levels: […]}]"
            return self._problem("unknown-key", loc, "`levels` stand in a track; add `tracks`", help=help, key=True)
        noun = _NOUNS.get(model.__name__, model.__name__.lower()) if model else "this"
        choice = None if suggestion else f"{noun} has: {', '.join(known)}"
        return self._problem("unknown-key", loc, f"unknown key `{key}`", suggestion=suggestion, help=choice, key=True)

    def _was_text(self, loc: Loc, holder: dict[str, Any], known: list[str]) -> bool:
        """Whether a mapping was meant as text, in which a colon made a key: it has no key that is known, and the
        key has blanks or is the only one of a list item that could be text."""
        if any(name in holder for name in known):
            return False
        key = str(loc[-1])
        item = len(loc) > 1 and isinstance(loc[-2], int) and _type_at(loc[:-1]) in _MAY_BE_TEXT
        return " " in key or (item and len(holder) == 1 and closest(key, known) is None)

    def _comma(self, loc: Loc) -> Problem:
        """A comma inside braces that was meant as part of the text, or as a thousands separator."""
        key = str(loc[-1])
        holder = self._document.node(loc[:-1])
        keys = list(holder.value) if holder else []
        place = keys.index(key) if key in keys else 0
        before = keys[place - 1] if place else None
        value = holder.value[before] if holder and before else None
        if not holder or not before or not isinstance(value, str):
            help = "write `key: value`; text with a comma needs quotes here"
            return self._problem("unknown-key", loc, f"`{key}` has no value", help=help, key=True)
        words = list(takewhile(lambda word: holder.value[word] is None, keys[place:]))
        self.strays.update((*loc[:-1], word) for word in words)
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
            return self._problem("bad-value", loc, f"{_name(loc)} must lie between 0 and 100,000")
        if kind in ("date", "currency"):
            return self._bad_value(loc, value, kind, detail["msg"])
        if kind == "string_type" and isinstance(value, dict) and len(value) == 1:
            ((key, text),) = value.items()
            help = f"write: {quote(f'{key}: {_shown(text)}')}"
            return self._problem("wrong-type", loc, f"a colon with a space made a key of `{key}`", help=help)
        wanted = _WANTED.get(kind, "of another type")
        if kind == "model_type" and _type_at(loc) in _MAY_BE_TEXT:
            wanted = f"text or {wanted}"
        message = f"{_name(loc)} must be {wanted}, not {_kind(value)}"
        fix = _HELPS[kind](loc, value) if kind in _HELPS else None
        return self._problem("wrong-type", loc, message, help=fix)

    def _bad_key(self, loc: Loc) -> Problem:
        key = str(loc[-1])
        if not key.strip():
            return self._problem("bad-value", loc, "a key is empty", key=True)
        return self._problem("bad-id", loc, f"`{key}` is not an id", help=_id_help(key), key=True)

    def _bad_text(self, loc: Loc, value: str, pattern: str) -> Problem:
        if not value.strip():
            return self._problem(
                "bad-value", loc, f"{_name(self._written(loc))} is empty", help="write text or leave it out"
            )
        if pattern == schema.ID_PATTERN:
            return self._problem("bad-id", loc, f"`{value}` is not an id", help=_id_help(value))
        message, help = _PATTERNS[pattern]
        if pattern == schema.VERSION_PATTERN and (numbers := re.findall(r"[0-9]+", value)):
            help = "write: version: " + ".".join(str(int(number)) for number in [*numbers, "0", "0"][:3])
        return self._problem("bad-value", loc, f"{_name(loc)} must be {message}, not `{value}`", help=help)

    def _bad_choice(self, loc: Loc, value: Any) -> Problem:
        choices = _choices_at(loc)
        message = f"{_name(loc)} must be {_either(choices)}"
        if not isinstance(value, str):
            return self._problem("wrong-type", loc, f"{message}, not {_kind(value)}")
        return self._problem("bad-value", loc, f"{message}, not `{value}`", suggestion=closest(value, choices))

    def _bad_value(self, loc: Loc, value: str, kind: str, message: str) -> Problem:
        from laddercli.currencies import CURRENCIES

        suggestion = closest(value, CURRENCIES) if kind == "currency" else None
        return self._problem("bad-value", loc, f"`{value}` {message}", suggestion=suggestion)

    def _written(self, loc: Loc) -> Loc:
        """The loc without the keys that a short form only implies."""
        node = self._document.node(loc[:-1])
        return loc[:-1] if node is not None and node.parts is None else loc


_MAY_BE_TEXT = (schema.Aspect, schema.Benchmark, schema.Criterion, schema.Step, schema.Use)

_THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?=\s*[,}])")
_WORDS = re.compile(r"[^,:{}\[\]\"'\n]+(?:,[^,:{}\[\]\n]*)+(?=[,}])")

_WANTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
    "number": "a number",
    "whole": "a whole number",
    "truth": "true or false",
}

_PATTERNS = {
    schema.DATE_PATTERN: ("a date", "write year, month and day: 2026-09-01"),
    schema.VERSION_PATTERN: ("three numbers", "write MAJOR.MINOR.PATCH, such as 1.0.0"),
    schema.LANGUAGE_PATTERN: ("a language tag", "write a BCP 47 tag, such as en, pt-BR or ko"),
    schema.CURRENCY_PATTERN: ("a currency code", "write the ISO 4217 code, such as USD"),
    schema.URL_PATTERN: ("an address", "write an address that begins with https://, http:// or mailto:"),
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


def _name(loc: Loc) -> str:
    """The part at ``loc`` as its author calls it."""
    if not loc:
        return "the file"
    if isinstance(loc[-1], str):
        return f"`{loc[-1]}`"
    holder = next((part for part in reversed(loc) if isinstance(part, str)), "the list")
    return f"item {loc[-1] + 1} of `{holder}`"


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, Plain):
        return f"`{value}`"
    return f"the text `{_shown(value)}`" if len(value) <= 40 else "text"


def _shown(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else "…"


def _either(words: list[str]) -> str:
    shown = [f"`{word}`" for word in words]
    return " or ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def _number_help(loc: Loc, value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    digits = re.sub(r"[\s,_'’%$€£\"“”„‘]", "", value)
    if re.fullmatch(schema.NUMBER_PATTERN, digits):
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
    """One text where a list is wanted needs brackets, if it is short enough for them."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    plain = re.fullmatch(r"\w[\w ./-]*", value)
    return f"write: {loc[-1]}: [{value if plain else quote(value)}]"


_HELPS = {"number": _number_help, "whole": _whole_help, "truth": _truth_help, "tuple_type": _list_help}


def _id_help(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", text.casefold())
    rule = "an id is made of small letters and digits, joined by `-` or `.`"
    return f"write: {'-'.join(words)} ({rule})" if words else rule


def _model_at(loc: Loc) -> type[BaseModel] | None:
    """The model of the mapping at ``loc``."""
    kind = _type_at(loc)
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _choices_at(loc: Loc) -> list[str]:
    kind = _type_at(loc)
    return list(get_args(kind)) if get_origin(kind) is Literal else []


def _type_at(loc: Loc) -> Any:
    """The declared type of the part at ``loc``, without what is wrapped around it."""
    kind: Any = LadderFile
    for part in loc:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            fields = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
            kind = _bare(fields.get(str(part)))
        elif get_origin(kind) is dict:
            kind = _bare(get_args(kind)[1])
        elif get_origin(kind) is tuple:
            kind = _bare(get_args(kind)[0])
    return kind


def _bare(kind: Any) -> Any:
    """Without Annotated, and without the None of an optional field."""
    while True:
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        elif type(None) in get_args(kind):
            kind = next(arg for arg in get_args(kind) if arg is not type(None))
        else:
            return kind
