"""The JSON Schemas that `ladder schema` prints: what a ladder file may hold, and what the commands' JSON means.

They keep to the words that mean the same in draft-07 and in 2020-12. The schema of a ladder is published as a file;
those of documents that ladder writes itself are said here, where every key is required and no other is allowed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Schema = dict[str, Any]


def text(name: str) -> str:
    """The schema of that name as it is printed."""
    if name in _WRITTEN:
        return json.dumps(_WRITTEN[name](), indent=2, ensure_ascii=False) + "\n"
    from laddercli.data import path

    with open(path(f"ladder/{name}.schema.json"), encoding="utf-8") as file:
        return file.read()


def findings_schema() -> Schema:
    """What `validate`, `lint` and `check` print with ``-f json``. A line of ``-f jsonl`` is a ``Finding`` of it."""
    return {
        **_document(
            "findings",
            "What a run of `ladder validate`, `lint` or `check` has found. Lines and columns count from 1, columns "
            "count code points, and an end is the first place that is no longer part of it.",
            summary=_ref("Summary"),
            findings=_list(
                _ref("Finding"), "Everything found, in the order of files and lines, suppressed findings among it."
            ),
        ),
        "definitions": {
            "Tool": _TOOL,
            "Summary": _object(
                "How many findings there are. What is suppressed is counted by `ignored` and `baseline` only.",
                errors=_count("Findings that are errors."),
                warnings=_count("Findings that are warnings."),
                infos=_count("Findings that are worth knowing, and no more."),
                ignored=_count("Findings that a comment in their file suppresses."),
                baseline=_count("Findings that the baseline suppresses."),
                files=_count("Files that were judged."),
                fixable=_count("Findings that `--fix` mends without changing what the ladder asks for."),
            ),
            "Finding": _finding(),
            "Fix": _object(
                "How a program can mend it.",
                message=_text("What is done, in the imperative."),
                safe=_truth("Whether the ladder asks for the same afterwards: `--fix` alone applies safe fixes only."),
                edits=_list(_ref("Edit"), "Edits that belong together, in the order of their places.", minItems=1),
            ),
            "Edit": _object(
                "New text for a part of a file.",
                file=_text("The file to edit, as it was named on the command line or found."),
                **_span("the text that goes"),
                text=_text("What stands there instead; empty where the text only goes."),
            ),
            "Related": _object(
                "Another place that explains the finding.",
                label=_text("What is there; the place completes the sentence, as in `defined at`."),
                file=_text("The file, as it was named on the command line or found."),
                line=_place("Line of the place."),
                column=_place("Column of the place."),
            ),
            "Suppressed": _object(
                "Why the finding does not count.",
                kind={
                    "description": "`ignore` for a comment in the file, `baseline` for one that was there before.",
                    "enum": ["ignore", "baseline"],
                },
                reason=_text_or_null("The reason that the comment gives; null for none."),
            ),
        },
    }


def _finding() -> Schema:
    return _object(
        "Something to mend, at its place.",
        rule=_text("Name of the rule: `ladder explain NAME` tells more. Names are permanent."),
        category=_text(
            "What the rule is about.",
            examples=["validity", "structure", "parity", "progression", "wording", "inclusion", "publication", "pay"],
        ),
        severity={
            "description": "How much it matters, as configured.",
            "enum": ["error", "warning", "info"],
        },
        message=_text("What is wrong, with what was probably meant."),
        help=_text_or_null("What to write instead, or how to go on; null where the message says it all."),
        file=_text("The file, as it was named on the command line or found."),
        path=_text(
            "The part of the ladder, by ids from the top of the file. It ends before the first part that has none, "
            "because numbers change when somebody inserts a line; empty for the file itself.",
            examples=["tracks/ic/levels/pm1/expectations/hard-skills"],
        ),
        **_span("the part"),
        fingerprint=_text(
            "A name for the finding that edits elsewhere in the file do not change.", pattern="^[0-9a-f]{64}$"
        ),
        fix=_or_null(_ref("Fix"), "How a program can mend it; null where it takes a person."),
        related=_list(_ref("Related"), "Other places that explain it."),
        suppressed=_or_null(_ref("Suppressed"), "Why it does not count; null where it does."),
    )


def changes_schema() -> Schema:
    """What `diff` prints with ``-f json``."""
    definitions = findings_schema()["definitions"]
    impacts = {word: _count(f"Changes whose impact is {word}.") for word in ("major", "minor", "patch")}
    version = _object(
        "A version of a ladder.",
        file=_text("Its file; behind a revision, as git calls it."),
        revision=_text_or_null("The git revision it was read from; null for a file on disk."),
        version=_text_or_null("What the ladder says its version is."),
    )
    return {
        **_document(
            "changes",
            "What `ladder diff` found between two versions of ladders. Lines and columns count from 1, columns count "
            "code points.",
            summary=_object("How many changes there are.", **impacts),
            ladders=_list(_ref("Ladder"), "Every ladder that was compared, with and without changes."),
            changes=_list(_ref("Change"), "Every change, ladder by ladder, in the order of the format."),
            findings=_list(_ref("Finding"), "Versions that rose by less than the changes ask for."),
            errors=_list(_ref("Error"), "Why files could not be compared; empty unless the exit code is 2."),
        ),
        "definitions": {
            **{name: definitions[name] for name in ("Tool", "Finding", "Fix", "Edit", "Related", "Suppressed")},
            "Ladder": _object(
                "A ladder in both versions.",
                id=_text("Its id in the new version, or in the old one when it is gone."),
                title=_text("Its title."),
                old=_or_null(_ref("Version"), "The old version; null where the ladder is new."),
                new=_or_null(_ref("Version"), "The new version; null where the ladder is gone."),
                pay_compared=_truth("False where pay is known in one version only, because a file is missing."),
            ),
            "Version": version,
            "Change": _change(),
            "Place": _object(
                "Where a part is written.",
                file=_text("The file; behind a revision, as git calls it."),
                line=_place("Its line."),
                column=_place("Its column."),
            ),
            "Error": _object(
                "Why a file is no ladder to compare.",
                version=_text("The version that it belongs to, as `ladder diff` calls it."),
                file=_text("The file; behind a revision, as git calls it."),
                line=_or_null(_place("The line."), "The line; null where there is none to name."),
                column=_or_null(_place("The column."), "The column; null where there is none to name."),
                message=_text("What is wrong."),
            ),
        },
    }


def _change() -> Schema:
    ids = {"type": "string"}
    return _object(
        "A difference between two versions.",
        kind=_text("What happened: `ladder explain KIND` tells more. Names are permanent."),
        impact={
            "description": "What it means for people who hold a level: `major` asks more of them or takes something "
            "from them, `minor` clarifies or gives room, `patch` moves nobody's expectations.",
            "enum": ["major", "minor", "patch"],
        },
        ladder=_text("Id of the ladder."),
        path=_text(
            "The part, by ids from the top of the file: of the new version, or of the old one when it is gone.",
            examples=["tracks/ic/levels/pm1/expectations/hard-skills"],
        ),
        level=_text_or_null("Id of the level that the part belongs to, where it belongs to one."),
        measure=_text_or_null("Id of the measure that the part belongs to, where it belongs to one."),
        metric=_text_or_null("Id of the metric that the part counts."),
        label=_text_or_null("What people call the part."),
        levels=_list(ids, "Ids of all levels that the change touches."),
        asks_more_of=_list(ids, "Ids of the levels that are asked for more than before."),
        before=_text_or_null("What a reader saw before; null where there was nothing."),
        after=_text_or_null("What a reader sees now; null where there is nothing."),
        origin=_text_or_null("Where a part stood before that moved."),
        reason=_text_or_null("The words that decided the impact, such as `3 → 5`."),
        old=_or_null(_ref("Place"), "Where it was written; null where there was nothing."),
        new=_or_null(_ref("Place"), "Where it is written; null where there is nothing."),
        fingerprint=_text("A name for the change that edits elsewhere do not change.", pattern="^[0-9a-f]{64}$"),
    )


_WRITTEN: dict[str, Callable[[], Schema]] = {"findings": findings_schema, "changes": changes_schema}


# What schemas of documents are made of.


def _document(name: str, description: str, **content: Schema) -> Schema:
    """A document in the envelope that all JSON of ladder has."""
    from laddercli.exports.records import SCHEMA_VERSION

    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"urn:laddercli:{name}:{SCHEMA_VERSION}",
        "title": name.capitalize(),
        **_object(
            description,
            schema_version={
                "description": "Version of this schema. It is raised when a program that read the old one would fail.",
                "const": SCHEMA_VERSION,
            },
            tool=_ref("Tool"),
            **content,
        ),
    }


def _object(description: str, **properties: Schema) -> Schema:
    return {
        "description": description,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _span(part: str) -> dict[str, Schema]:
    return {
        "line": _place(f"Line where {part} starts."),
        "column": _place(f"Column where {part} starts."),
        "end_line": _place(f"Line where {part} ends."),
        "end_column": _place(f"Column behind {part}."),
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _or_null(found: Schema, description: str) -> Schema:
    return {"description": description, "anyOf": [found, {"type": "null"}]}


def _list(items: Schema, description: str, **more: Any) -> Schema:
    return {"description": description, "type": "array", "items": items, **more}


def _text(description: str, **more: Any) -> Schema:
    return {"description": description, "type": "string", **more}


def _text_or_null(description: str) -> Schema:
    return {"description": description, "type": ["string", "null"]}


def _truth(description: str) -> Schema:
    return {"description": description, "type": "boolean"}


def _count(description: str) -> Schema:
    return {"description": description, "type": "integer", "minimum": 0}


def _place(description: str) -> Schema:
    return {"description": description, "type": "integer", "minimum": 1}


_TOOL = _object(
    "The program that wrote the document.",
    name={"description": "Its name.", "const": "ladder"},
    version=_text("Its version."),
)
