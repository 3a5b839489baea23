"""The options of a rule: what they are, and checked by pydantic against its dataclass where somebody sets one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from laddercli.errors import LadderError
from laddercli.findings import closest
from laddercli.nodes import Loc, Plain, core


class BadOption(LadderError):
    """An option that does not exist, or a value that it cannot have. ``key`` points at its name."""

    def __init__(self, loc: Loc, message: str, help: str | None = None, *, key: bool = False) -> None:
        super().__init__(message, help)
        self.loc = loc
        self.key = key


def read_options(kind: type[Any], given: dict[str, Any]) -> Any:
    """The options as a value of ``kind``. Raises ``BadOption``."""
    names = [each.name.replace("_", "-") for each in fields(kind)]
    for key in given:
        if key not in names:
            meant = closest(key, names)
            help = f"did you mean `{meant}`?" if meant else f"there are: {', '.join(names)}"
            raise BadOption((key,), f"there is no option `{key}`", help, key=True)
    values = {key.replace("-", "_"): _plain(value) for key, value in given.items()}
    try:
        return TypeAdapter(kind).validate_python(values)
    except ValidationError as error:
        first = error.errors()[0]
        loc = tuple(part.replace("_", "-") if isinstance(part, str) else part for part in first["loc"])
        if not loc:
            raise BadOption((), _message(first)) from None
        raise BadOption(loc, f"`{loc[0]}`: {_message(first)}") from None


def _plain(value: Any) -> Any:
    """A value of the configuration with its numbers and truth values read."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return core(value) if isinstance(value, Plain) else value


def _message(error: Any) -> str:
    return (
        str(error["msg"])
        .replace("Input should", "it must")
        .replace("valid string", "text")
        .replace("tuple", "list")
        .removeprefix("Value error, ")
    )


def options_of(kind: type[Any]) -> Iterator[tuple[str, str, str]]:
    """The options of a rule: name, default where there is one, and what it means."""
    defaults = kind()
    hints = get_type_hints(kind, include_extras=True)
    for each in fields(kind):
        value = getattr(defaults, each.name)
        shown = "" if value in ((), {}, None, "") else str(value).lower() if isinstance(value, bool) else str(value)
        meaning = next(part.description for part in hints[each.name].__metadata__ if part.description)
        yield each.name.replace("_", "-"), shown, meaning
