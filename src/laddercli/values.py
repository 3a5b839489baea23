"""What a value of the ladder file may be: text, ids, dates, numbers, and the short forms of mappings."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError, core_schema

from laddercli.nodes import Plain, core

# Words joined by `-` or `.`. The first word is not `x` before a `-`: such a key belongs to the author.
ID_PATTERN = r"^(?:x|(?:[a-wyz0-9][a-z0-9]*|x[a-z0-9]+|x\.[a-z0-9]+)(?:[-.][a-z0-9]+)*)$"
TEXT_PATTERN = r"\S"
DATE_PATTERN = r"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"
VERSION_PATTERN = r"^(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)$"
LANGUAGE_PATTERN = r"^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$"
CURRENCY_PATTERN = r"^[A-Z]{3}$"
URL_PATTERN = r"^(?:https?://|mailto:)\S+$"
# Digits enough for any pay or count, few enough to stay exact wherever the number goes.
NUMBER_PATTERN = r"^[-+]?[0-9]{1,15}(?:\.[0-9]{1,6})?$"


class Short:
    """Lets a mapping be written in a short form: text means ``{text_key: …}``, a list ``{list_key: […]}``."""

    def __init__(self, text_key: str, list_key: str | None = None) -> None:
        self.text_key = text_key
        self.list_key = list_key

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(self.expand, handler(source))

    def expand(self, value: Any) -> Any:
        """Give the mapping that ``value`` stands for."""
        if isinstance(value, str):
            return {self.text_key: value}
        if self.list_key and isinstance(value, list):
            return {self.list_key: value}
        return value


def _number(value: Any) -> Any:
    if isinstance(value, Plain) and re.match(NUMBER_PATTERN, value):
        return Decimal(value)
    raise PydanticCustomError("number", "a number")


def _whole(value: Any) -> Any:
    number = core(value)
    if isinstance(number, int) and not isinstance(number, bool):
        return number
    raise PydanticCustomError("whole", "a whole number")


def _truth(value: Any) -> Any:
    truth = core(value)
    if isinstance(truth, bool):
        return truth
    raise PydanticCustomError("truth", "true or false")


def _texts(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _date(value: str) -> str:
    from datetime import date

    try:
        date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date", "is not a day of the calendar") from None
    return value


def _currency(value: str) -> str:
    from laddercli.currencies import CURRENCIES

    if value not in CURRENCIES:
        raise PydanticCustomError("currency", "is not a currency of ISO 4217")
    return value


# Constraints stand before the validators: outside of them they would become calls into Python.
Text = Annotated[str, StringConstraints(pattern=TEXT_PATTERN)]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Date = Annotated[str, StringConstraints(pattern=DATE_PATTERN), AfterValidator(_date)]
Version = Annotated[str, StringConstraints(pattern=VERSION_PATTERN)]
Language = Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN)]
Url = Annotated[str, StringConstraints(pattern=URL_PATTERN)]
Currency = Annotated[str, StringConstraints(pattern=CURRENCY_PATTERN), AfterValidator(_currency)]
Number = Annotated[Decimal, BeforeValidator(_number)]
Count = Annotated[int, Field(ge=0, le=100_000), BeforeValidator(_whole)]
Truth = Annotated[bool, BeforeValidator(_truth)]
Format = Annotated[int, BeforeValidator(_whole)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_texts)]
Status = Literal["draft", "active", "deprecated"]
Visibility = Literal["public", "internal", "confidential"]
