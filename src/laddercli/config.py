"""The configuration in `.ladder.yaml`: found from a file upwards to the top of its repository, never merged."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import Any, TypeVar

from laddercli.document import Document
from laddercli.errors import LadderError
from laddercli.files import inside, read
from laddercli.findings import closest
from laddercli.nodes import Loc, Mark, core
from laddercli.repository import root_of
from laddercli.visibility import AUDIENCES, Audience

NAME = ".ladder.yaml"
MISNAMED = ".ladder.yml"
BASELINE = ".ladder-baseline.json"
VERSION = 1
DEFAULT_LADDERS = ("ladders/**/*.yaml", "ladders/**/*.yml")

# The keys of the configuration, and of the mappings in it whose keys are fixed.
KEYS: dict[str, tuple[str, ...] | None] = {
    "version": None,
    "required-version": None,
    "ladders": None,
    "exclude": None,
    "lint": ("select", "extend-select", "ignore", "per-file-ignores"),
    "rules": None,
    "fail-on": None,
    "baseline": None,
    "format": ("indent", "width"),
    "diff": ("against", "merge-base", "fail-on", "audience"),
}
# What a change can mean for people, gravest first: from which on a gate stops it.
IMPACTS = ("major", "minor", "patch", "never")


class BadConfiguration(LadderError):
    """The configuration cannot be used as it is."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Which changes `ladder check` stops: those since the common ancestor with the revision ``against``, or since that
    revision itself (without ``merge_base``), from the impact ``fail_on`` on. ``audience`` is whom the gate judges for:
    it may know of pay that the output does not show. Without ``against`` there is no gate."""

    against: str | None = None
    merge_base: bool = True
    fail_on: str = "major"
    audience: Audience = "public"


@dataclass(frozen=True, slots=True)
class Config:
    """What applies to the files of one folder. Patterns are relative to ``folder``; ``path`` is None by default.

    What it says about rules stays in ``document``: only who runs rules knows their names and options. ``indent`` and
    ``width`` are the formatter's, in columns. ``gate`` is what it says about `diff`.
    """

    folder: str
    path: str | None = None
    ladders: tuple[str, ...] = DEFAULT_LADDERS
    exclude: tuple[str, ...] = ()
    baseline: str = BASELINE
    indent: int = 2
    width: int = 100
    gate: Gate = Gate()
    document: Document | None = field(default=None, compare=False, repr=False)

    @property
    def baseline_path(self) -> str:
        """Where the baseline lies."""
        return os.path.join(self.folder, self.baseline)


def find(folder: str) -> Config:
    """The configuration nearest to ``folder``, looking upwards to the top of the repository; else the default.

    By default ladders are looked for where the nearest folder `ladders` is, again upwards, so that it does not matter
    from where in a repository one asks. Outside of a repository the way up ends at the working folder.
    Raises ``BadConfiguration``.
    """
    start = here = os.path.realpath(folder)
    top = root_of(start) or (os.getcwd() if inside(start, os.getcwd()) else start)
    home: str | None = None
    while True:
        path = os.path.join(here, NAME)
        if os.path.lexists(path):
            return load(path)
        if os.path.lexists(os.path.join(here, MISNAMED)):
            shown = os.path.relpath(os.path.join(here, MISNAMED))
            raise BadConfiguration(f"{shown} is not read", f"the configuration is called {NAME}")
        if home is None and os.path.isdir(os.path.join(here, "ladders")):
            home = here
        if here == top:
            return Config(home or start)
        here = os.path.dirname(here)


def load(path: str) -> Config:
    """The configuration in a file. Raises ``BadConfiguration`` with the place of the first mistake."""
    document = Document.parse(read(path), os.path.relpath(path))
    for fault in document.faults:
        raise bad(document, fault.span.start, fault.message, fault.help)
    data = {} if document.data is None else document.data
    if document.data is not None:
        _check_keys(document, (), tuple(KEYS))
    for key, names in KEYS.items():
        if names and data.get(key) is not None:
            _check_keys(document, (key,), names)
    if core(data.get("version")) not in (None, VERSION):
        raise bad(document, document.mark(("version",)), f"`version` must be {VERSION}")
    _require_version(document)
    folder = os.path.realpath(os.path.dirname(path))
    ladders = _patterns(document, "ladders") if "ladders" in data else DEFAULT_LADDERS
    return Config(
        folder,
        path,
        ladders,
        _patterns(document, "exclude"),
        _path(document, "baseline") or BASELINE,
        _number(document, ("format", "indent"), 2, range(1, 9)),
        _number(document, ("format", "width"), 100, range(40, 401)),
        _gate(document),
        document,
    )


def _check_keys(document: Document, loc: Loc, names: tuple[str, ...]) -> None:
    """Refuse a key that does not exist, and a mapping that is none."""
    node = document.node(loc)
    if node is None or not isinstance(node.value, dict):
        name = f"`{loc[-1]}`" if loc else "the configuration"
        raise bad(document, document.mark(loc), f"{name} must be a mapping of keys")
    for key in node.value:
        if key not in names:
            meant = closest(key, names)
            words = f"; did you mean `{meant}`?" if meant else f"; there are: {', '.join(names)}"
            raise bad(document, document.span((*loc, key), key=True).start, f"unknown key `{key}`{words}")


def _path(document: Document, key: str) -> str | None:
    value = (document.data or {}).get(key)
    if value is None:
        return None
    if not isinstance(value, str) or os.path.isabs(value) or ".." in value.split("/"):
        help = "it is relative to the folder of this file, and stays in it"
        raise bad(document, document.mark((key,)), f"`{key}` must be the path of a file", help)
    return value


def _number(document: Document, loc: Loc, default: int, allowed: range) -> int:
    """A whole number of the configuration."""
    value: Any = document.data
    for part in loc:
        value = (value or {}).get(part)
    number = core(value)
    if number is None:
        return default
    if not isinstance(number, int) or number not in allowed:
        message = f"`{loc[-1]}` must be a whole number from {allowed[0]} to {allowed[-1]}"
        raise bad(document, document.mark(loc), message)
    return number


def _gate(document: Document) -> Gate:
    """What the configuration says about `diff`."""
    data: dict[str, Any] = (document.data or {}).get("diff") or {}
    against = data.get("against")
    if against is not None and (not isinstance(against, str) or not against.strip() or against.startswith("-")):
        help = "such as origin/main, or a tag"
        raise bad(document, document.mark(("diff", "against")), "`against` must be a git revision", help)
    merge_base = core(data.get("merge-base"))
    if merge_base not in (None, True, False):
        raise bad(document, document.mark(("diff", "merge-base")), "`merge-base` must be true or false")
    fail_on = _word(document, ("diff", "fail-on"), IMPACTS) or IMPACTS[0]
    audience = _word(document, ("diff", "audience"), AUDIENCES) or AUDIENCES[0]
    return Gate(against, merge_base is not False, fail_on, audience)


Word = TypeVar("Word", bound=str)


def _word(document: Document, loc: Loc, words: tuple[Word, ...]) -> Word | None:
    """One of a few words; None where nothing is said."""
    value: Any = document.data
    for part in loc:
        value = (value or {}).get(part)
    if value is None:
        return None
    found = next((word for word in words if word == value), None)
    if found is None:
        meant = closest(value, words) if isinstance(value, str) else None
        hint = f"; did you mean `{meant}`?" if meant else ""
        raise bad(document, document.mark(loc), f"`{loc[-1]}` must be one of {', '.join(words)}{hint}")
    return found


def _patterns(document: Document, key: str) -> tuple[str, ...]:
    value = document.data.get(key, []) if isinstance(document.data, dict) else []
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list):
        raise bad(document, document.mark((key,)), f"`{key}` must be a list of patterns")
    for index, item in enumerate(items):
        if not isinstance(item, str) or not item.strip():
            raise bad(document, document.mark(_item(key, index)), f"each of `{key}` must be a pattern")
        if item.startswith("/") or ".." in item.split("/"):
            help = "patterns are relative to the folder of this file, and stay in it"
            raise bad(document, document.mark(_item(key, index)), f"`{item}` leads out of the folder", help)
    return tuple(items)


def _item(key: str, index: int) -> Loc:
    return (key, index)


def _require_version(document: Document) -> None:
    """Refuse to run when the repository asks for another version of ladder."""
    from laddercli import __version__

    wanted = document.data.get("required-version") if isinstance(document.data, dict) else None
    if wanted is None:
        return
    mark = document.mark(("required-version",))
    if not isinstance(wanted, str):
        raise bad(document, mark, "`required-version` must be text, such as >=0.1")
    for condition in wanted.split(","):
        if not _holds(__version__, condition.strip(), document, mark):
            help = "install a version that fits, or change `required-version`"
            raise bad(document, mark, f"this repository requires ladder {wanted}; this is {__version__}", help)


def _holds(version: str, condition: str, document: Document, mark: Any) -> bool:
    operators = (">=", "<=", "==", "!=", ">", "<")
    operator = next((each for each in operators if condition.startswith(each)), "==")
    numbers = condition.removeprefix(operator).strip().split(".")
    if not all(number.isdecimal() for number in numbers):
        raise bad(document, mark, f"`{condition}` is not a condition on a version", "write, for example, >=0.1,<2")
    have = [int(number) for number in re.findall(r"[0-9]+", version)[:3]]  # 0.2.0rc1 counts as 0.2.0
    want = [int(number) for number in numbers]
    size = max(len(have), len(want))
    have, want = have + [0] * (size - len(have)), want + [0] * (size - len(want))
    return {
        ">=": have >= want,
        "<=": have <= want,
        "==": have == want,
        "!=": have != want,
        ">": have > want,
        "<": have < want,
    }[operator]


def bad(document: Document, mark: Mark, message: str, help: str | None = None) -> BadConfiguration:
    """What to raise about a place of the configuration."""
    return BadConfiguration(f"{document.path}:{mark.line}:{mark.column}: {message}", help)
