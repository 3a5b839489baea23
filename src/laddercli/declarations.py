"""What the schema declares for a place in a file."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from laddercli.nodes import Loc
from laddercli.schema import LadderFile


def model_at(loc: Loc) -> type[BaseModel] | None:
    """The model of the mapping at ``loc``."""
    kind = type_at(loc)
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def choices_at(loc: Loc) -> list[str]:
    kind = type_at(loc)
    return list(get_args(kind)) if get_origin(kind) is Literal else []


def type_at(loc: Loc) -> Any:
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
