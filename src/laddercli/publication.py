"""What is published of the format: its JSON Schema and the tables of ``ladder/reference.md``.

Both are read off the models in ``schema``, so that editor, reference and ``ladder validate`` say the same. A field's
description is the text under it, which Python does not keep: it is read from the source. Here stands only what the
types cannot say: titles, examples, and what must or must not stand together.

The schema keeps to the words that mean the same in draft-07, which editors read, and in 2020-12. It describes the data
that an editor sees, where YAML has made numbers of some texts; the models see the text itself.

``python -m laddercli.publication`` writes both files, ``--check`` only says whether they are up to date.
"""

from __future__ import annotations

import ast
import functools
import itertools
import json
import re
import sys
from collections.abc import Callable
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from laddercli import data, schema, values
from laddercli.currencies import CURRENCIES
from laddercli.schema import LadderFile, Part
from laddercli.values import Short

SCHEMA_FILE = "ladder/ladder.schema.json"
REFERENCE_FILE = "ladder/reference.md"
RULES_FILE = "ladder/rules.md"
CHANGES_FILE = "ladder/changes.md"

Schema = dict[str, Any]


def ladder_schema() -> Schema:
    """The JSON Schema of a ladder file."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"urn:laddercli:ladder:{schema.FORMAT}",
        **_mapping(LadderFile),
        "definitions": {
            **{model.__name__: _mapping(model) for model in _models() if model is not LadderFile},
            **{name: {"description": _texts()[name], **_schema(kind)} for name, kind in _SHARED.items()},
        },
    }


def schema_text() -> str:
    """The JSON Schema as it is published."""
    return json.dumps(ladder_schema(), indent=2, ensure_ascii=False) + "\n"


def rules_text() -> str:
    """The document about all rules, from what the rules say about themselves."""
    from laddercli.rules import rules, verdicts
    from laddercli.views.rulebook import rulebook_page
    from laddercli.writers.markdown import write

    return write(rulebook_page((*rules().values(), *verdicts().values())))


def changes_text() -> str:
    """The document about all kinds of changes."""
    from laddercli.changes import kinds
    from laddercli.views.kinds import kinds_page
    from laddercli.writers.markdown import write

    return write(kinds_page(kinds().values()))


def reference_text(text: str) -> str:
    """The reference with its generated parts made anew; ``text`` is the reference as it stands.

    A part stands between ``<!-- generated: Level -->`` and ``<!-- end -->``, where the name is a model's. Each model
    has its part, once.
    """
    models = {model.__name__: model for model in _models()}
    found = [match["name"] for match in _PART.finditer(text)]
    if sorted(found) != sorted(models):
        wrong = sorted({name for name in [*found, *models] if found.count(name) != 1 or name not in models})
        raise ValueError(f"{REFERENCE_FILE} must have one part for each model; wrong: {', '.join(wrong)}")

    def renew(match: re.Match[str]) -> str:
        return f"{match['start']}\n{_section(models[match['name']])}\n{match['end']}"

    return _PART.sub(renew, text)


_PART = re.compile(r"(?P<start><!-- generated: (?P<name>\w+) -->)\n.*?(?P<end><!-- end -->)", re.DOTALL)


# What the models are made of.


class Member(NamedTuple):
    """A field of a mapping, as its author writes it. ``default`` is None where there is none worth telling."""

    key: str
    kind: Any
    description: str
    required: bool
    default: str | bool | None


def members(model: type[Part]) -> list[Member]:
    """The fields of a model, in their order."""
    kinds = get_type_hints(model, include_extras=True)
    return [
        Member(
            key=field.alias or name,
            kind=_given(kinds[name]),
            description=_texts().get(f"{model.__name__}.{name}", ""),
            required=field.is_required(),
            default=field.default if isinstance(field.default, str | bool) else None,
        )
        for name, field in model.model_fields.items()
    ]


def _models() -> list[type[Part]]:
    kinds = [kind for kind in vars(schema).values() if isinstance(kind, type)]
    return [kind for kind in kinds if issubclass(kind, Part) and kind is not Part]


def _given(kind: Any) -> Any:
    """The type of a value that is there: an optional field may be left out, but not be left empty."""
    rest = [arg for arg in get_args(kind) if arg is not type(None)]
    return rest[0] if len(rest) < len(get_args(kind)) else kind


@functools.cache
def _texts() -> dict[str, str]:
    """The descriptions in the source of ``schema``: of ``Model``, of ``Model.field`` and of other names."""
    with open(schema.__file__, encoding="utf-8") as file:
        module = ast.parse(file.read())
    texts = {}
    for node in module.body:
        if isinstance(node, ast.ClassDef):
            texts[node.name] = _one_line(ast.get_docstring(node) or "")
            texts.update({f"{node.name}.{name}": text for name, text in _texts_below(node.body)})
    return {**texts, **dict(_texts_below(module.body))}


def _texts_below(body: list[ast.stmt]) -> list[tuple[str, str]]:
    """The names in a body that have a text under them."""
    found = []
    for node, below in itertools.pairwise(body):
        match node, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                found.append((name, _one_line(text)))
    return found


def _one_line(text: str) -> str:
    return " ".join(text.split())


# Types that are known by a name. Text may look like a number or a truth value to an editor, an id like a number.
_SCALARS: list[tuple[Any, str, Schema]] = [
    (values.Format, f"`{schema.FORMAT}`", {"const": schema.FORMAT}),
    (values.Text, "text", {"type": ["string", "number", "boolean"], "pattern": values.TEXT_PATTERN}),
    (values.Id, "id", {"type": ["string", "integer"], "pattern": values.ID_PATTERN, "minimum": 0}),
    (values.Date, "date", {"type": "string", "format": "date", "pattern": values.DATE_PATTERN}),
    (values.Version, "version", {"type": "string", "pattern": values.VERSION_PATTERN}),
    (values.Language, "language tag", {"type": "string", "pattern": values.LANGUAGE_PATTERN}),
    (values.Url, "address", {"type": "string", "pattern": values.URL_PATTERN}),
    (values.Currency, "currency", {"enum": sorted(CURRENCIES)}),
    (values.Number, "number", {"type": "number"}),
    (values.Count, "whole number", {"type": "integer", "minimum": 0, "maximum": 100_000}),
    (values.Truth, "`true` or `false`", {"type": "boolean"}),
]
# Mappings that several fields have, as definitions of their own; and what their keys are.
_SHARED: dict[str, Any] = {"Pay": schema.Pay, "Cells": schema.Cells}
_KEYED_BY = {"Pay": "zone", "Cells": "measure"}

# The author's own keys. A name that begins like one is neither an id nor a term.
_PRIVATE = {"^x-": {"description": "A key of your own: kept, and not interpreted."}}
_KEYS: list[tuple[Any, str]] = [
    (values.Id, "^(?!x-)" + values.ID_PATTERN.removeprefix("^")),
    (values.Text, r"^(?!x-)\s*" + values.TEXT_PATTERN),
]


# JSON Schema.


def _mapping(model: type[Part]) -> Schema:
    fields = members(model)
    required = [field.key for field in fields if field.required]
    return {
        "title": _name(model).capitalize(),
        "description": _texts()[model.__name__],
        "type": "object",
        "properties": {field.key: _field(model, field) for field in fields},
        "patternProperties": _PRIVATE,
        "additionalProperties": False,
        **({"required": required} if required else {}),
        **_CONDITIONS.get(model.__name__, {}),
    }


def _field(model: type[Part], field: Member) -> Schema:
    found = _schema(field.kind, shared=True)
    # In draft-07 nothing counts beside a $ref.
    found = {"allOf": [found]} if "$ref" in found else found
    found = {"description": field.description, **found}
    if field.default is not None:
        found["default"] = field.default
    examples = _EXAMPLES.get(f"{model.__name__}.{field.key}")
    return {**found, "examples": examples} if examples else found


def _schema(kind: Any, *, shared: bool = False) -> Schema:
    """The schema of a type; with ``shared``, a reference to the definition of a mapping that several fields have."""
    for name, known in _SHARED.items():
        if shared and kind == known:
            return {"$ref": f"#/definitions/{name}"}
    for scalar, _, found in _SCALARS:
        if kind == scalar:
            return dict(found)
    if kind == values.Texts:
        return {"anyOf": [_schema(values.Text), {"type": "array", "items": _schema(values.Text)}]}
    match get_origin(kind), get_args(kind):
        case origin, (inner, Short() as short) if origin is Annotated:
            return _short(inner, short)
        case origin, choices if origin is Literal:
            return {"enum": list(choices)}
        case origin, (item, *_) if origin is tuple:
            return {"type": "array", "items": _schema(item, shared=True)}
        case origin, (key, value) if origin is dict:
            pattern = next(pattern for known, pattern in _KEYS if key == known)
            return {
                "type": "object",
                "patternProperties": {**_PRIVATE, pattern: _schema(value, shared=True)},
                "additionalProperties": False,
            }
    return {"$ref": f"#/definitions/{_model(kind).__name__}"}


def _short(kind: Any, short: Short) -> Schema:
    """A mapping or what may be written for it; and nothing, where the model says that it may be missing."""
    model = _given(kind)
    fields = {field.key: field for field in members(model)}
    keys = [key for key in (short.text_key, short.list_key) if key]
    forms = [{"description": fields[key].description, **_schema(fields[key].kind)} for key in keys]
    forms.append(_schema(model))
    if model is not kind:
        forms.append({"description": "Still missing.", "type": "null"})
    return {"anyOf": forms}


def _model(kind: Any) -> type[Part]:
    if isinstance(kind, type) and issubclass(kind, Part):
        return kind
    raise TypeError(f"{kind} has no JSON Schema yet")


def _alone(key: str) -> Schema:
    return {"properties": {key: True}, "patternProperties": {"^x-": True}, "additionalProperties": False}


# What must or must not stand together.
_CONDITIONS: dict[str, Schema] = {
    "LadderFile": {
        "if": {"required": ["tracks"]},
        "then": {"required": ["title"], "properties": {"pay": False}},
        "else": {"properties": {"moves": False}},
    },
    "Policy": {
        "if": {"required": ["parity"], "properties": {"parity": {"const": "waived"}}},
        "then": {"required": ["parity_reason"]},
    },
    "Benchmark": {
        "if": {"required": ["metric"]},
        "then": {"properties": {"text": False}, "anyOf": [{"required": ["at_least"]}, {"required": ["at_most"]}]},
        "else": {"required": ["text"], "properties": {"at_least": False, "at_most": False}},
    },
    "Expectation": {
        "allOf": [
            {
                "if": {"required": ["unchanged"], "properties": {"unchanged": {"const": True}}},
                "then": _alone("unchanged"),
            },
            {"if": {"required": ["not_applicable"]}, "then": _alone("not_applicable")},
        ],
    },
}

# What an editor offers where the type does not say enough.
_EXAMPLES: dict[str, list[Any]] = {
    "LadderFile.id": ["product-management"],
    "LadderFile.title": ["Product management"],
    "LadderFile.version": ["1.0.0"],
    "LadderFile.effective": ["2026-10-01"],
    "LadderFile.reviewed": ["2026-10-01"],
    "LadderFile.language": ["en", "pt-BR", "ko"],
    "LadderFile.glossary": [{"KPI": "key performance indicator"}],
    "Source.url": ["https://example.org"],
    "Source.licence": ["CC-BY-4.0"],
    "Use.path": ["company.yaml"],
    "Grade.id": ["g1"],
    "Zone.id": ["us"],
    "Metric.id": ["commitments-kept"],
    "Metric.unit": ["percent", "out of 5"],
    "Metric.per": ["month", "quarter", "year"],
    "Measure.id": ["hard-skills"],
    "Measure.evidence": [["manager assessment", "finished work"]],
    "Level.id": ["senior-pm"],
    "Level.code": ["IC4"],
    "Level.attributes": [{"Typical scope": "one feature"}],
    "Track.id": ["ic", "manager"],
    "Expectation.not_applicable": ["Held by the senior of the pair."],
}


# The reference.

_NAMES = {
    "LadderFile": "ladder file",
    "VisibilityPolicy": "visibility",
    "Band": "pay range",
    "Reports": "direct reports",
}
_PLURALS = {"Criterion": "criteria"}


def _name(model: type[Part]) -> str:
    return _NAMES.get(model.__name__, model.__name__.lower())


def _section(model: type[Part]) -> str:
    lines = [f"### {_name(model).capitalize()}", "", _texts()[model.__name__], ""]
    lines += ["| field | value | default | meaning |", "| --- | --- | --- | --- |"]
    for field in members(model):
        default = f"`{json.dumps(field.default).strip(chr(34))}`" if field.default is not None else ""
        default = "**required**" if field.required else default
        lines.append(f"| `{field.key}` | {_words(field.kind)} | {default} | {field.description} |")
    return "\n".join([*lines, ""])


def _words(kind: Any, *, many: bool = False) -> str:
    """The type in the words of an author, with a link to where a mapping is described."""
    for scalar, words, _ in _SCALARS:
        if kind == scalar:
            return "ids" if many and words == "id" else words
    if kind == values.Texts:
        return "text, or a list of text"
    match get_origin(kind), get_args(kind):
        case origin, (inner, Short() as short) if origin is Annotated:
            forms = "text or a list" if short.list_key else "text"
            return f"{_words(_given(inner), many=many)}; short: {forms}"
        case origin, choices if origin is Literal:
            *first, last = [f"`{choice}`" for choice in choices]
            return f"{', '.join(first)} or {last}"
        case origin, (item, *_) if origin is tuple:
            return f"list of {_words(item, many=True)}"
        case origin, (key, value) if origin is dict:
            name = next((name for name, known in _SHARED.items() if kind == known), "")
            return f"by {_KEYED_BY.get(name, 'id' if key == values.Id else 'name')}: {_words(value)}"
    name = _name(_model(kind))
    shown = _PLURALS.get(kind.__name__, f"{name}s") if many else name
    return f"[{shown}](#{name.replace(' ', '-')})"


def main(arguments: list[str]) -> int:
    """Write the published files, or with ``--check`` show what is out of date."""
    check = arguments == ["--check"]
    if arguments and not check:
        print("usage: python -m laddercli.publication [--check]", file=sys.stderr)
        return 2
    stale = False
    makers: dict[str, Callable[[str], str]] = {
        SCHEMA_FILE: lambda _: schema_text(),
        REFERENCE_FILE: reference_text,
        RULES_FILE: lambda _: rules_text(),
        CHANGES_FILE: lambda _: changes_text(),
    }
    for name, make in makers.items():
        path = data.path(name)
        old = _read(path)
        new = make(old)
        if old == new:
            continue
        stale = True
        if check:
            _show_difference(name, old, new)
        else:
            with open(path, "w", encoding="utf-8", newline="\n") as file:
                file.write(new)
            print(f"wrote {name}")
    return 1 if check and stale else 0


def _read(path: str) -> str:
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def _show_difference(name: str, old: str, new: str) -> None:
    import difflib

    lines = difflib.unified_diff(
        old.splitlines(keepends=True), new.splitlines(keepends=True), name, f"{name} as the models give it"
    )
    sys.stderr.writelines(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
