"""The judgement of a good ladder: a module for each rule, found by scanning this package.

The name of a rule is its file's, with hyphens. Its module says the rest:

- the docstring: the statement in one line, then the reason with its source, what is not flagged, and the examples
  below lines that say `Bad:` and `Good:`,
- ``CATEGORY``, and ``SEVERITY`` as it is by default,
- ``check(reading)``, or ``check(reading, options)``, which yields the problems of a ladder,
- where it needs them: ``Options``, a frozen dataclass with defaults; ``HEURISTIC = True`` when it may be wrong;
  ``LANGUAGE = "en"`` when it reads English; ``GRAVEST = "error"`` when some of its problems are graver than others;
  ``FIX = "safe"`` or ``"unsafe"`` when its problems carry a fix; ``WAIVABLE = True`` when `policy.parity: waived` makes
  it an info; ``READS_REMARKS = True`` when it wants comments; ``FORMERLY``, names it had before;
  ``check_shared(use)``, for what only all ladders of a run can tell.

So a rule is added by adding its module, and the case file that tests it.
"""

from __future__ import annotations

import inspect
import os
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, Literal

from laddercli.findings import VALIDITY, Problem, Severity

Category = Literal["structure", "parity", "progression", "wording", "inclusion", "publication", "pay"]
CATEGORIES: tuple[Category, ...] = (
    "structure",
    "parity",
    "progression",
    "wording",
    "inclusion",
    "publication",
    "pay",
)
# What is said about a file and about the run itself: no rule of a ladder, and not to be switched on and off.
RUN = "run"

Check = Callable[..., Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """What there is to know about a rule.

    ``severity`` is that of the preset `recommended`, ``gravest`` that of single problems where it is another.
    ``decidable`` tells a rule that cannot be wrong from a heuristic, ``language`` is the only one whose text it reads,
    ``fix`` says whether a program can mend what it finds. ``bad`` and ``good`` are examples in YAML. ``check`` and
    ``options`` are None for what `validate` itself says.
    """

    name: str
    category: str
    severity: Severity
    statement: str
    reason: str
    bad: str
    good: str
    gravest: Severity | None = None
    decidable: bool = True
    language: str | None = None
    fix: Literal["safe", "unsafe"] | None = None
    waivable: bool = False
    formerly: tuple[str, ...] = ()
    options: type[Any] | None = None
    reads_remarks: bool = False
    check: Check | None = None
    check_shared: Check | None = None

    def strict_severity(self) -> Severity:
        """The severity of the preset `strict`: one step more, but what may be wrong is never an error."""
        if self.severity is Severity.INFO:
            return Severity.WARNING
        return Severity.ERROR if self.decidable else Severity.WARNING


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule of `lint` by name, by category and then by name."""
    found = [_rule(name) for name in _modules()]
    found.sort(key=lambda rule: (CATEGORIES.index(rule.category), rule.name))
    return {rule.name: rule for rule in found}


@cache
def verdicts() -> Mapping[str, Rule]:
    """What `validate`, the formatter and the run itself say, by name: these cannot be switched off."""
    import yaml

    with open(os.path.join(__path__[0], "verdicts.yaml"), encoding="utf-8") as file:
        entries = yaml.safe_load(file)
    return {name: _verdict(name, entry) for name, entry in entries.items()}


def find(name: str) -> Rule | None:
    """The rule of that name, or that was called so before; None where there is none."""
    if name in rules():
        return rules()[name]
    former = (rule for rule in rules().values() if name in rule.formerly)
    return next(former, None) or verdicts().get(name)


def _modules() -> list[str]:
    return [module.name for module in iter_modules(__path__) if not module.name.startswith("_")]


def _rule(name: str) -> Rule:
    module = import_module(f"{__name__}.{name}")
    statement, reason, bad, good = _parts(module)
    return Rule(
        name=name.replace("_", "-"),
        category=module.CATEGORY,
        severity=Severity(module.SEVERITY),
        statement=statement,
        reason=reason,
        bad=bad,
        good=good,
        gravest=Severity(module.GRAVEST) if hasattr(module, "GRAVEST") else None,
        decidable=not getattr(module, "HEURISTIC", False),
        language=getattr(module, "LANGUAGE", None),
        fix=getattr(module, "FIX", None),
        waivable=getattr(module, "WAIVABLE", False),
        formerly=getattr(module, "FORMERLY", ()),
        options=getattr(module, "Options", None),
        reads_remarks=getattr(module, "READS_REMARKS", False),
        check=module.check,
        check_shared=getattr(module, "check_shared", None),
    )


def _parts(module: ModuleType) -> tuple[str, str, str, str]:
    """Statement, reason, bad and good example of a module's docstring."""
    text = inspect.cleandoc(module.__doc__ or "")
    statement, _, rest = text.partition("\n\n")
    reason, _, examples = rest.partition("\nBad:\n")
    bad, _, good = examples.partition("\nGood:\n")
    return " ".join(statement.split()), reason.strip(), _example(bad), _example(good)


def _example(text: str) -> str:
    return textwrap.dedent(text).strip("\n") + "\n"


def _verdict(name: str, entry: dict[str, Any]) -> Rule:
    return Rule(
        name=name,
        category=entry.get("category", VALIDITY),
        severity=Severity(entry.get("severity", "error")),
        statement=entry["statement"],
        reason=entry["reason"].strip(),
        bad=entry.get("bad", ""),
        good=entry.get("good", ""),
        fix=entry.get("fix"),
    )
