"""The rules: all of them as a list, or one in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from laddercli.blocks import (
    Block,
    Facts,
    Heading,
    Item,
    Items,
    Listing,
    Page,
    Paragraph,
    Span,
    Style,
    Table,
    Text,
    Title,
    code,
    dim,
    plain,
    strong,
)
from laddercli.findings import VALIDITY
from laddercli.inline import parse
from laddercli.options import options_of
from laddercli.rules import CATEGORIES, RUN, Rule

_TITLES = {
    "structure": "Structure",
    "parity": "Parity of the tracks",
    "progression": "Progress from level to level",
    "wording": "Wording",
    "inclusion": "Inclusion",
    "publication": "Publication",
    "pay": "Pay",
    VALIDITY: "What validate says",
    RUN: "What is said about the run itself",
}
_PREFACE = (
    "`ladder lint` judges whether a ladder is a good one. Each rule has a name, which stands in every message and "
    "never changes, and a severity: an *error* fails the run, a *warning* or an *info* only when `--fail-on` says so.",
    "Only a rule that is decided by what is written is an error. Heuristics read prose, may be wrong, and are at most "
    "warnings by themselves. The preset `minimal` runs the errors alone, `recommended` runs all rules, and `strict` "
    "runs all of them one severity higher.",
    "A rule is left out with `--ignore`, or with `lint: {ignore: […]}` in `.ladder.yaml`; for one place, with a "
    "comment on the line or above the part: `# ladder: ignore[name-of-the-rule] reason`. What `ladder validate` says "
    "cannot be ignored.",
)
_FIXES = {"safe": "`ladder lint --fix` mends it", "unsafe": "`ladder lint --unsafe-fixes` mends it; read the result"}


def rules_page(rules: Iterable[Rule]) -> Page:
    """Every rule in one line, by category."""
    rules = list(rules)
    blocks: list[Block] = []
    for category in (*CATEGORIES, RUN, VALIDITY):
        listed = [rule for rule in rules if rule.category == category]
        if listed:
            name = plain(f"@{category}") if category in CATEGORIES else ()
            blocks += [Heading(plain(_TITLES[category]), name), Items(tuple(map(_line, listed)))]
    marks = "* may be wrong, so at most a warning by itself · + can be mended with --fix · ± with --unsafe-fixes"
    return Page((*blocks, Paragraph(plain(marks)), Paragraph(plain("More about a rule: ladder explain NAME"))))


def _line(rule: Rule) -> Item:
    heuristic = "" if rule.decidable else " *"
    fix = {"safe": " +", "unsafe": " ±"}.get(rule.fix or "", "")
    return Item(f"{rule.severity}", (*code(rule.name), Span(f"{heuristic}{fix}  "), *parse(rule.statement)))


def rule_page(rule: Rule) -> Page:
    """One rule in full."""
    return Page((Title(strong(rule.name), plain(_kind(rule))), *rule_blocks(rule)))


def rulebook_page(rules: Iterable[Rule]) -> Page:
    """Every rule in full, with a table of them in front: the published document."""
    rules = list(rules)
    blocks: list[Block] = [Title(plain("Rules")), *map(Paragraph, map(parse, _PREFACE))]
    heads = (plain("Rule"), plain("Severity"), plain("Fix"), plain("Statement"))
    for category in (*CATEGORIES, RUN, VALIDITY):
        listed = [rule for rule in rules if rule.category == category]
        selector = (Span(" · "), *code(f"@{category}")) if category in CATEGORIES else ()
        blocks.append(Paragraph((*strong(_TITLES[category]), *selector)))
        blocks += [Table(tuple(map(_row, listed)), heads)]
    for category in (*CATEGORIES, RUN, VALIDITY):
        for rule in rules:
            if rule.category == category:
                blocks += [Heading(plain(rule.name)), Paragraph(dim(_kind(rule))), *rule_blocks(rule)]
    return Page(tuple(blocks))


def _row(rule: Rule) -> tuple[Text, ...]:
    sure = "" if rule.decidable else " (heuristic)"
    name = (Span(rule.name, Style.CODE, f"#{rule.name}"),)
    return (name, plain(f"{rule.severity}{sure}"), plain(rule.fix or ""), parse(rule.statement))


def rule_blocks(rule: Rule) -> Iterator[Block]:
    """What there is to say about a rule, below its name."""
    yield Paragraph(parse(rule.statement))
    for part in rule.reason.split("\n\n"):
        yield Paragraph(parse(part))
    if rule.bad.strip():
        yield Listing(rule.bad, strong("Found"))
    if rule.good.strip():
        yield Listing(rule.good, strong("Fine"))
    yield from _options(rule)
    facts = tuple((name, parse(text)) for name, text in _facts(rule) if text)
    if facts:
        yield Facts(facts)


def _kind(rule: Rule) -> str:
    return f"{rule.severity} · {rule.category}"


def _facts(rule: Rule) -> Iterator[tuple[str, str]]:
    if rule.check is not None:
        yield "Heuristic", "" if rule.decidable else "it may be wrong, and is never an error by itself"
        yield "In strict", str(rule.strict_severity())
        yield "Language", "English texts only" if rule.language == "en" else ""
        yield "Waived", "an info where `policy.parity` is `waived`" if rule.waivable else ""
        yield "Ignored with", f"`# ladder: ignore[{rule.name}] reason`"
    yield "Fix", _FIXES.get(rule.fix or "", "")
    yield "Formerly", ", ".join(rule.formerly)


def _options(rule: Rule) -> Iterator[Block]:
    if rule.options is None:
        return
    items = [
        Item("•", (*code(name), Span(f" (default {default})" if default else ""), Span(f": {meaning}")))
        for name, default, meaning in options_of(rule.options)
    ]
    yield Items(tuple(items), (Span("Options", Style.STRONG), Span(f" in .ladder.yaml, below rules: {rule.name}:")))
