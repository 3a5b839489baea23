"""Pay fails closed: below its audience no amount shows up in a finding, in whatever format, however broken the file."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laddercli.config import Config
from laddercli.findings import Finding
from laddercli.linter import Linter
from laddercli.loader import Loader
from laddercli.masking import MASK, hide
from laddercli.reporters import FORMATS, Report, reporter
from laddercli.selection import Request, select
from laddercli.visibility import Audience

# No amount of pay is written with other digits, and nothing else is written with these.
AMOUNT = re.compile(r"9[_,.' ]?7[_,.' ]?[0-9]{3}|9.?7.?k", re.IGNORECASE)

LADDER = """\
format: 1
title: Sales
{visibility}
grades:
  - id: g1
    {pay}
compensation: {{zones: [{{id: us, currency: USD}}]}}
measures: [{{id: craft, name: Craft}}]
tracks:
  - id: ic
    kind: ic
    levels:
      - {{id: rep-1, grade: g1}}
"""


def ladder(pay: str, visibility: str = "") -> str:
    return LADDER.format(pay=pay, visibility=visibility)


def examine(text: str, audience: Audience = "public") -> list[Finding]:
    return Loader(audience=audience).examine("ladder.yaml", text=text.encode(), name="ladder.yaml")


def everything(findings: list[Finding]) -> str:
    """The findings in every format, without what is a place or a hash."""
    report = Report(tuple(findings), files=1)
    text = "".join(reporter(name)(report) for name in FORMATS)
    return re.sub(r'"(?:fingerprint|primaryLocationLineHash)": "[0-9a-f]+"', "", text)


BROKEN_PAY = {
    "flow": "pay: {us: {min: 97001, max: 97000}}",
    "block": "pay:\n      us:\n        min: 97001\n        max: 97000",
    "quoted keys": '"pay": {"us": {"min": 97001, "max": 97000}}',
    "unknown key in pay": "pay: {us: {min: 97001, maximum: 97002}}",
    "unknown key beside pay": "pay: {us: {min: 97001}}\n    titel: x",
    "unknown zone": "pay: {de: {min: 97001}}",
    "text for a number": 'pay: {us: {min: "97001"}}',
    "thousands with k": "pay: {us: {min: 97k}}",
    "a thousands separator": "pay: {us: {min: 97,001}}",
    "a thousands separator in a block": "pay:\n      us:\n        min: 97,001",
    "points for thousands": "pay: {us: {min: 97.001.000}}",
    "underscores": "pay: {us: {min: 97_001}}",
    "blanks": "pay: {us: {min: 97 001}}",
    "a currency before": "pay: {us: {min: EUR97001}}",
    "a sign before": "pay: {us: {min: $97001}}",
    "about": "pay: {us: {min: ~97001}}",
    "two signs": "pay: {us: {min: --97001}}",
    "negative": "pay: {us: {min: -97001}}",
    "a range": "pay: {us: 97001-97002}",
    "an amount for a range": "pay: {us: 97001}",
    "an amount for pay": "pay: 97001",
    "a list": "pay: [97001, 97002]",
    "a list of mappings": "pay:\n      - us: 97001\n      - de: 97002",
    "an amount for a key": "pay: {us: {97001: 97002}}",
    "an amount for a zone": "pay: {97001: {min: 97002}}",
    "twice": "pay: {us: {min: 97001, min: 97002}}",
    "pay twice": "pay: {us: {min: 97001}}\n    pay: {us: {min: 97002}}",
    "no space": "pay: {us: {min:97001, max: 97002}}",
    "no space in a block": "pay:\n      us:\n        min:97001\n        max: 97002",
    "an open bracket": "pay: {us: {min: 97001, max: 97002}",
    "an extra bracket": "pay: {us: {min: 97001, max: 97002}}}",
    "an extra bracket in the middle": "pay: {us: {min: 97001}}, de: {min: 97002}}",
    "an open quote": 'pay: {us: {min: "97001, max: 97002}}',
    "over lines": "pay: {us: {min: 97001,\n      max: 97000}}",
    "over lines without indentation": "pay: {us: {\n    min: 97001,\n    max: 97000,\n    min: 97002}}",
    "over lines at the margin": "pay: {us: {\nmin: 97001,\nmin: 97002}}",
    "a forgotten colon": "pay us 97001",
    "a forgotten colon above a mapping": "pay\n      us: {min: 97001}\n      de: 97002",
    "a forgotten colon above a block": "pay\n      us:\n        min: 97001\n        max: 97000",
    "a forgotten colon before braces": "pay {us: {min: 97001}}",
    "a forgotten colon in a block": "pay:\n      us:\n        min: 97001\n        max 97002",
    "a bullet": "pay:\n      • us 97001\n      • de: 97002",
    "non-breaking spaces": "pay:\n      us:\n\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0min: 97001\n      de: {}",
    "a non-breaking space after a colon": "pay:\n      us:\n        min:\u00a097001\n        max: 97002",
    "a name cut by a line break": "pay:\n      us: ---\nin: 97001",
    "a tab": "pay:\n\tus: {min: 97001}",
    "wrong indentation": "pay:\n      us: {min: 97001}\n     de: {min: 97002}",
    "a comment": "pay:\n      us: {min: 1, mix: 2} # was 97001",
    "a curly quote": "pay: {us: {min: “97001”}}",
    "an anchor": "pay: {us: &a {min: 97001}, us: *a}",
    "a tag": "pay: {us: {min: !!int 97001}}",
    "merged": "pay: {us: {<<: {min: 97001}}}",
    "misspelt": "pya: {us: {min: 97001}}",
    "misspelt in letters of thousands": "pya: {us: {min: 97k}}",
    "misspelt with a suggestion": "pays: {us: 97k}",
    "in capitals": "Pay: {us: {min: 97001}}",
    "by another name": "salary: {min: 97001, max: 97002}",
    "by another name and twice": "salary:\n      min: 97001\n      min: 97002",
    "beside a mistake on its line": "pay: {us: {min: 97001}}, titel: x",
    "of a whole entry": "{id: g2, pay: {us: {min: 97001}}, formr: [g0]}",
    "of a list item": "pay: {us: {min: 97001, max: 97000}}\n  - {id: g1, pay: {us: {min: 97003}}}",
    "escaped": 'pay: {us: {min: "\\u0039\\x37001"}}',
    "a merge conflict": "pay:\n<<<<<<< ours\n      us: {min: 97001}\n=======\n      us: {min: 97002}\n>>>>>>> theirs",
}


@pytest.mark.parametrize("pay", BROKEN_PAY.values(), ids=BROKEN_PAY.keys())
@pytest.mark.parametrize("audience", ["public", "internal"])
def test_no_amount_is_shown_below_its_audience(pay: str, audience: Audience) -> None:
    findings = examine(ladder(pay), audience)
    assert findings
    assert AMOUNT.findall(everything(findings)) == []


@pytest.mark.parametrize(
    "name",
    ["text for a number", "an amount for pay", "thousands with k", "misspelt", "block", "an open quote", "twice"],
)
def test_amounts_are_shown_to_those_who_may_see_them(name: str) -> None:
    assert AMOUNT.search(everything(examine(ladder(BROKEN_PAY[name]), "confidential")))


@pytest.mark.parametrize(
    ("visibility", "audience", "shown"),
    [
        ("", "public", False),
        ("", "internal", False),
        ("", "confidential", True),
        ("visibility: {pay: public}", "public", True),
        ("visibility: {pay: internal}", "public", False),
        ("visibility: {pay: internal}", "internal", True),
        ("visibility: {pay: confidential}", "internal", False),
        ("visibility: {notes: public}", "internal", False),
        ("visibility: {pay: publik}", "internal", False),
        ("visibility: public", "internal", False),
        ("visibility: {pay: internal, pay: public}", "public", False),
    ],
)
def test_the_visibility_of_the_ladder_decides(visibility: str, audience: Audience, shown: bool) -> None:
    text = everything(examine(ladder(BROKEN_PAY["text for a number"], visibility), audience))
    assert bool(AMOUNT.search(text)) == shown
    assert ("•••" in text) != shown


def test_a_file_too_broken_to_say_who_may_see_pay_shows_it_to_few() -> None:
    text = ladder(BROKEN_PAY["an open quote"], "visibility: {pay: public}")
    assert not AMOUNT.search(everything(examine(text, "internal")))


@pytest.mark.parametrize(
    ("ours", "shared", "shown"),
    [
        ("", "", False),
        ("visibility: {pay: public}", "", True),
        ("", "visibility: {pay: public}", True),
        ("visibility: {pay: public}", "visibility: {pay: confidential}", False),
        ("visibility: {pay: confidential}", "visibility: {pay: public}", False),
    ],
)
def test_pay_of_a_shared_file_is_masked_by_the_strictest(
    ours: str, shared: str, shown: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pay = "format: 1\npay:\n  g1:\n    us: {min: 97001, max: 97000, mix: 97002}\n  g2: 97003\n"
    Path("pay.yaml").write_text(f"{pay}{shared}\n")
    Path("ladder.yaml").write_text(ladder("title: x", f"uses: [pay.yaml]\n{ours}"))
    findings = Loader(audience="public").examine("ladder.yaml")
    assert {finding.path for finding in findings} == {"pay.yaml"}
    assert bool(AMOUNT.search(everything(findings))) == shown


@pytest.mark.parametrize(
    ("pay", "line", "marked"),
    [
        ("pay: {us: {min: 97001, max: 97000}}", "pay: {us: {min: •••, max: •••}}", "•••"),
        ("pay: {us: {min: 97k, mix: 5}}", "pay: {us: {min: •••, mix: •••}}", "mix"),
        ("pay: {us: {min: 97001, maximum: 97002}}", "pay: {us: {min: •••, maximum: •••}}", "maximum"),
        ("pay: {us: {min: 97001}, de-1: {min: 97002}}", "pay: {us: {min: •••}, de-1: {min: •••}}", "de-1"),
        ("pay: {us: {min: 97001, max: 97000}, x: y}", "pay: {us: {min: •••, max: •••}, x: y}", "x"),
    ],
)
def test_what_is_masked_is_the_amount_and_carets_stand_under_the_place(pay: str, line: str, marked: str) -> None:
    sources = [each.source for each in examine(ladder(pay)) if each.source]
    assert {source.text.strip() for source in sources} == {line}
    assert marked in [source.text[source.start : source.end] for source in sources]


def test_numbers_that_are_no_pay_are_shown() -> None:
    level = "- {id: rep-1, grade: g1"
    text = ladder("title: x").replace(level, f"{level}, direct_reports: {{min: 8, max: 4}}, career_level: 12")
    findings = examine(text)
    assert sorted(finding.rule for finding in findings) == ["bad-value", "wrong-type"]
    assert all("{min: 8, max: 4}, career_level: 12" in finding.source.text for finding in findings if finding.source)
    assert MASK not in everything(findings)


def test_the_words_of_ladder_itself_stay() -> None:
    (finding,) = examine(ladder("pay: {us: {min: 97001}}\n    pay: {us: {min: 97002}}"))
    assert finding.message == "`pay` is given twice; the first is on line 6"


@pytest.mark.parametrize("text", ["zone `us-2` is unknown", "grade `g1`", "level `rep-12`", "`pm1.a`", "line 97001"])
def test_ids_are_no_amounts(text: str) -> None:
    assert hide(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "`[` at column 11",
        "`us: x` starts at column 7, the keys above it at column 11",
        "`us` starts at column 11, left of the key `pay` that it belongs to",
        "columns 3 and 11",
        "write 10 spaces before it",
        "write 1 space before it",
        "write 2 spaces instead of the tab",
        "`min` must be more than 0",
    ],
)
def test_places_and_constants_of_ladder_are_no_amounts(text: str) -> None:
    assert hide(text) == text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("`min 970` starts at column 11, the keys", "`min •••` starts at column 11, the keys"),
        ("`column 97001`", "`column •••`"),
        ("`column 97,001`", "`column •••`"),
        ("`column 97.001`", "`column •••`"),
        ("`column 97k`", "`column •••`"),
        ("`more than 97`", "`more than •••`"),
        ("write: us: more than 90", "write: us: more than •••"),
        ("write 97001 spaces before it", "write ••• spaces before it"),
        ("write: write 10 spaces before it", "write: write ••• spaces before it"),
    ],
)
def test_amounts_between_our_words_are_hidden(text: str, hidden: str) -> None:
    assert hide(text) == hidden


@pytest.mark.parametrize(
    "amount",
    "97001 97k k97001 97.001 97_001 €97001 USD97 eur97 usd97k 0x17AE9 9.7e4 .97e5 ９７００１".split(),
)
def test_amounts_are_hidden_however_they_are_written(amount: str) -> None:
    assert hide(f"`{amount}`") == f"`{MASK}`"


def test_an_amount_is_in_no_path_of_keys() -> None:
    (finding, *_) = examine(ladder("pay: {us: {min: 97,001}}"))
    assert finding.trail == ("grades", "g1", "pay", "us", MASK)
    assert finding.logical_path == f"grades/g1/pay/us/{MASK}"


PROSE = """\
format: 1
title: Sales
reviewed: 2026-10-01
tracks:
  - id: ic
    kind: ic
    levels:
      - id: rep-1
        title: Seller (97k-97.9k)
        summary: A salary of $97,001, or EUR 97002 in Paris; P75 of the market for a salary.
        attributes: {Salary: "$97,003"}
"""


def prose_findings(audience: Audience) -> list[Finding]:
    selection = select(Config("."), Request(select=("pay-in-prose",)))
    linter = Linter(Loader(audience=audience), lambda _: selection, date(2026, 11, 2))
    return linter.lint("ladder.yaml", text=PROSE.encode(), name="ladder.yaml")[1]


def test_an_amount_in_prose_is_marked_and_masked() -> None:
    findings = prose_findings("internal")
    assert len(findings) == 5
    assert AMOUNT.findall(everything(findings)) == []
    marked = [each.source.text[each.source.start : each.source.end] for each in findings if each.source]
    assert marked == [MASK, MASK, MASK, MASK, "Salary"]


def test_an_amount_in_prose_is_shown_to_those_who_may_see_pay() -> None:
    sources = [each.source for each in prose_findings("confidential") if each.source]
    marked = [source.text[source.start : source.end] for source in sources]
    assert marked == ["97k-97.9k", "$97,001", "EUR 97002", "P75", "Salary"]


BREAKS = [*"{}[]:,\"'#&*!|>%@`\t-?", "\n", "\n  ", "- ", ": ", " #", "<<: ", "---\n", "“", "x", "9"]
STARTS = [
    "pay: {us: {min: 97001, mid: 97002, max: 97003}, de: {min: 97004}}",
    "pay:\n      us:\n        min: 97001\n        max: 97003\n      de: {min: 97004}",
    "pay:\n      us: {min: 97001,\n        max: 97003}\n    formerly: [g0]",
]


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(STARTS), st.data())
def test_no_single_slip_of_the_keyboard_shows_an_amount(pay: str, data: st.DataObject) -> None:
    """The canary: a character is put in, left out or replaced anywhere behind the key, and no amount sings."""
    at = data.draw(st.integers(len("pay:"), len(pay)), label="at")
    new = data.draw(st.sampled_from(["", *BREAKS]), label="new")
    cut = data.draw(st.integers(0, 2), label="cut")
    text = ladder(pay[:at] + new + pay[at + cut :])
    # The line itself is masked or not shown; parts of an amount that the slip has cut in two are amounts as well.
    assert re.findall(r"97?00[0-9]|9700|7001|97[^0-9a-z]001", everything(examine(text, "internal"))) == []
