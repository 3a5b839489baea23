"""Which rules run, how severe they are, and with which options: from the configuration and the command line.

A selector is the name of a rule, a category such as `@wording`, a preset (`minimal`, `recommended`, `strict`), or
`all`. Where one selector takes a rule in and another leaves it out, the more specific one wins, and of two that are
equally specific the one that leaves it out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from laddercli.config import BadConfiguration, Config, bad
from laddercli.discovery import matches
from laddercli.errors import LadderError
from laddercli.findings import VALIDITY, Finding, Severity, closest
from laddercli.nodes import Loc
from laddercli.rules import CATEGORIES, Rule, find, rules, verdicts

PRESETS = ("minimal", "recommended", "strict")
OFF = "off"
SEVERITIES = (*(str(each) for each in Severity), OFF)
FAIL_ON = (*(str(each) for each in Severity), "never")


# How specific the name of a rule is as a selector; a category is 1, a preset 0.
_BY_NAME = 2


class BadSelector(LadderError):
    """A word that selects no rule."""


class Active(NamedTuple):
    """A rule that runs: its severity here, whether somebody asked for just that severity, and its options. With
    ``only_errors`` what is no error by itself does not count: that is the preset `minimal`."""

    rule: Rule
    severity: Severity
    is_chosen: bool
    options: Any
    only_errors: bool = False


@dataclass(frozen=True)
class Request:
    """What the command line asks for. None leaves it to the configuration."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, str] = field(default_factory=dict)
    fail_on: str | None = None


@dataclass(frozen=True)
class Selection:
    """The rules that run for the files of one configuration. ``fail_on`` is the severity from which on a finding
    makes the run fail, None for never. ``house`` names the company's own rules. ``about_run`` holds the severities that
    were asked for what is said about the run itself, such as `unformatted`."""

    active: tuple[Active, ...]
    fail_on: Severity | None
    config: Config
    per_file: tuple[tuple[str, frozenset[str]], ...] = ()
    house: frozenset[str] = frozenset()
    about_run: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(each.rule.name for each in self.active)

    def judged(self, finding: Finding) -> Finding | None:
        """A finding about the run itself with the severity that was asked for; None when it is not wanted."""
        given = self.about_run.get(finding.rule)
        if given is None or finding.category == VALIDITY:
            return finding
        return None if given == OFF else replace(finding, severity=Severity(given))

    def ignores(self, path: str, rule: str) -> bool:
        """Whether the configuration ignores a rule in a file."""
        if not self.per_file:
            return False
        inner = os.path.relpath(os.path.realpath(path), self.config.folder).replace(os.sep, "/")
        return any(rule in names and matches(pattern, inner) for pattern, names in self.per_file)


def select(config: Config, request: Request) -> Selection:
    """The rules that run. Raises ``BadSelector`` for a word of the command line that is no selector, and
    ``BadConfiguration`` for one of the configuration."""
    settings = _Settings(config)
    known = {**rules(), **settings.house_rules()}
    taken = (*settings.words("select"), *settings.words("extend-select"))
    left = settings.words("ignore")
    if not settings.words("select"):
        taken = ("recommended", *taken)
    if request.select is not None:  # who names rules on the command line means just those
        taken, left = request.select, ()
    taken, left = (*taken, *request.extend_select), (*left, *request.ignore)
    ranks_in = _ranks(taken, known)
    ranks_out = _ranks((word for word in left if not _is_about_the_run(word)), known)
    beyond = _ranks((word for word in taken if word != "minimal"), known)
    run = {name: rule for name, rule in verdicts().items() if rule.category != VALIDITY}
    asked = _severities(request.severities, {**known, **run})
    active = []
    for name, rule in known.items():
        if ranks_in.get(name, -1) <= ranks_out.get(name, -1):
            continue
        given = asked.get(name) or settings.severity(name)
        if given == OFF and name not in asked and request.select is not None and ranks_in[name] == _BY_NAME:
            given = None
        if given != OFF:
            usual = rule.strict_severity() if "strict" in taken else rule.severity
            only_errors = given is None and usual is not Severity.ERROR and name not in beyond
            active.append(
                Active(rule, Severity(given or usual), given is not None, settings.options(rule), only_errors)
            )
    fail_on = request.fail_on or settings.fail_on or str(Severity.ERROR)
    return Selection(
        tuple(active),
        None if fail_on == "never" else Severity(fail_on),
        config,
        settings.per_file_ignores(known),
        frozenset(settings.house_rules()),
        {
            **{name: given for name in run if (given := settings.severity(name))},
            **{name: asked[name] for name in run if name in asked},
            **{name: OFF for name in left if name in run},
        },
    )


def house_rules(config: Config) -> dict[str, Rule]:
    """The rules that a configuration makes of a company's own words. Raises ``BadConfiguration``."""
    return _Settings(config).house_rules()


def _ranks(words: Iterable[str], known: Mapping[str, Rule]) -> dict[str, int]:
    """For each rule how specific the most specific selector is that names it: a preset, a category, a name."""
    ranks: dict[str, int] = {}
    for word in words:
        members = _members(word, known)
        if members is None:
            raise _unknown(word)
        rank = 1 if word.startswith("@") else 0 if word in (*PRESETS, "all") else _BY_NAME
        for name in members:
            ranks[name] = max(rank, ranks.get(name, 0))
    return ranks


def _members(word: str, known: Mapping[str, Rule]) -> list[str] | None:
    """The rules that a selector stands for; None when it is none."""
    if word in ("all", "recommended", "strict"):
        return list(known)
    if word == "minimal":
        return [rule.name for rule in known.values() if Severity.ERROR in (rule.severity, rule.gravest)]
    if word.startswith("@"):
        return [each.name for each in known.values() if each.category == word[1:]] if word[1:] in CATEGORIES else None
    rule = known.get(word) or find(word)
    return [rule.name] if rule and rule.name in known else None


def _is_about_the_run(word: str) -> bool:
    return word in verdicts() and verdicts()[word].category != VALIDITY


def _unknown(word: str) -> BadSelector:
    if _is_about_the_run(word):
        return BadSelector(f"`{word}` is no rule of `ladder lint`", "it can be ignored, or given another severity")
    if word in verdicts():
        help = "what `ladder validate` says cannot be switched off; it says whether a file is a ladder at all"
        return BadSelector(f"`{word}` is no rule of `ladder lint`", help)
    meant = closest(word, [*rules(), *(f"@{each}" for each in CATEGORIES), *PRESETS, "all"])
    help = f"did you mean `{meant}`?" if meant else "`ladder rules` lists them"
    return BadSelector(f"`{word}` is no rule, category or preset", help)


def _severities(given: Mapping[str, str], known: Mapping[str, Rule]) -> dict[str, str]:
    """The severity that the command line asks for, rule by rule."""
    found: dict[str, str] = {}
    for word, severity in given.items():
        members = _members(word, known)
        if members is None:
            raise _unknown(word)
        found.update(dict.fromkeys(members, severity))
    return found


class _Settings:
    """What a configuration says about rules, with each mistake at its place."""

    def __init__(self, config: Config) -> None:
        self._document = config.document
        data: Any = config.document.data if config.document else None
        self._data: dict[str, Any] = data if isinstance(data, dict) else {}
        self._lint: dict[str, Any] = self._data.get("lint") or {}
        self._rules: dict[str, Any] = self._mapping(("rules",))
        for name, options in self._rules.items():
            if options is not None and not isinstance(options, dict):
                raise self._bad(("rules", name), f"the options of `{name}` are a mapping of keys")

    def words(self, key: str) -> tuple[str, ...]:
        """A list of selectors."""
        found = self._list(self._lint.get(key), ("lint", key))
        for index, word in enumerate(found):
            is_left_out = key == "ignore" and _is_about_the_run(word)
            if not is_left_out and _members(word, {**rules(), **self.house_rules()}) is None:
                raise self._from(_unknown(word), ("lint", key, index))
        return found

    def severity(self, name: str) -> str | None:
        """The severity that the configuration gives a rule."""
        given = (self._rules.get(name) or {}).get("severity")
        if given is not None and given not in SEVERITIES:
            raise self._bad(("rules", name, "severity"), f"a severity is one of {', '.join(SEVERITIES)}")
        return given

    @property
    def fail_on(self) -> str | None:
        given = self._data.get("fail-on")
        if given is not None and given not in FAIL_ON:
            raise self._bad(("fail-on",), f"`fail-on` is one of {', '.join(FAIL_ON)}")
        return given

    def options(self, rule: Rule) -> Any:
        """The options of a rule: its defaults with what the configuration says. None for a rule without any."""
        given = {key: value for key, value in (self._rules.get(rule.name) or {}).items() if key != "severity"}
        if rule.options is None:
            for key in given:
                raise self._bad(("rules", rule.name, key), f"`{rule.name}` has no option `{key}`", key=True)
            return None
        if not given:
            return rule.options()
        given.pop("extends", None)
        from laddercli.options import BadOption, read_options

        try:
            return read_options(rule.options, given)
        except BadOption as error:
            raise self._bad(("rules", rule.name, *error.loc), error.message, error.help, key=error.key) from None

    def per_file_ignores(self, known: Mapping[str, Rule]) -> tuple[tuple[str, frozenset[str]], ...]:
        """Each pattern with the rules that are ignored in the files it means."""
        found = []
        for pattern, words in self._mapping(("lint", "per-file-ignores")).items():
            names: set[str] = set()
            loc = ("lint", "per-file-ignores", pattern)
            for index, word in enumerate(self._list(words, loc)):
                members = _members(word, known)
                if members is None:
                    raise self._from(_unknown(word), (*loc, index))
                names.update(members)
            found.append((pattern, frozenset(names)))
        return tuple(found)

    def house_rules(self) -> dict[str, Rule]:
        """The rules that a company makes of its own words: those that extend a category."""
        found = {}
        for name, options in self._rules.items():
            if find(name) is None:
                found[name] = self._house_rule(name, options or {})
            elif name in verdicts() and not _is_about_the_run(name):
                raise self._from(_unknown(name), ("rules", name))
            elif "extends" in (options or {}):
                help = "give it a name of your own; what you add to this rule needs no `extends`"
                raise self._bad(("rules", name), f"`{name}` is a rule of ladder itself", help, key=True)
        return found

    def _house_rule(self, name: str, options: Mapping[str, Any]) -> Rule:
        from laddercli.house import house_rule

        extends = options.get("extends")
        if extends is None:
            meant = closest(name, rules())
            help = f"did you mean `{meant}`?" if meant else 'a rule of your own begins with: extends: "@wording"'
            raise self._bad(("rules", name), f"there is no rule `{name}`", help, key=True)
        if not isinstance(extends, str) or extends.removeprefix("@") not in ("wording", "inclusion"):
            raise self._bad(("rules", name, "extends"), "a rule of your own extends @wording or @inclusion")
        if not options.get("reject") and not options.get("swap"):
            help = "list them in `reject`, or in `swap` with what to write instead"
            raise self._bad(("rules", name), f"the rule `{name}` has no words", help, key=True)
        return house_rule(name, extends.removeprefix("@"))

    def _mapping(self, loc: Loc) -> dict[str, Any]:
        value: Any = self._data
        for part in loc:
            value = (value or {}).get(part)
        if value is not None and not isinstance(value, dict):
            raise self._bad(loc, f"`{loc[-1]}` must be a mapping of keys")
        return value or {}

    def _list(self, value: Any, loc: Loc) -> tuple[str, ...]:
        items = [value] if isinstance(value, str) else value or []
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise self._bad(loc, f"`{loc[-1]}` must be a list of names")
        return tuple(map(str, items))

    def _bad(self, loc: Loc, message: str, help: str | None = None, *, key: bool = False) -> BadConfiguration:
        assert self._document is not None  # only a document can say something wrong
        return bad(self._document, self._document.span(loc, key=key).start, message, help)

    def _from(self, error: LadderError, loc: Loc) -> BadConfiguration:
        return self._bad(loc, error.message, error.help)
