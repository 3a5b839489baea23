"""Pay fails closed: below its audience no amount shows up in a finding, in whatever format, however broken the file."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laddercli.config import Config
from laddercli.discovery import Discovery, Source
from laddercli.findings import Finding
from laddercli.judging import Judged, Terms, judge, mend
from laddercli.linter import Linter
from laddercli.loader import Loader
from laddercli.masking import MASK, conceal, hide
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


MONEY = {
    "Always earns a base salary of $120,000 a year.": "Always earns a base salary of ••• a year.",
    "Gets $150k base. Always.": "Gets ••• base. Always.",
    "Paid about 95,000 euros, always.": "Paid about •••, always.",
    "Always gets $95/hour.": "Always gets •••/hour.",
    "1.27 million dollars a year": "••• a year",
    "in the range 79,123 – 89,123.": "in the range ••• – •••.",
    "70 000 €": "•••",
    "70\u202f000 € brut": "••• brut",
    "77k": "•••",
    "4k5 a month": "••• a month",
    "95.000": "•••",
    "1.234.567,89 €": "•••",
    "1'234'567 CHF": "•••",
    "12,50,000 rupees": "•••",
    "95,- €": "•••",
    "`EUR75K` is unknown": "`•••` is unknown",
    "US$95, R$ 9.500,00 and 95 kEUR": "•••, ••• and •••",
    "usd95k": "•••",
    "500 kr. a day": "•••. a day",
    "６５０００円、月給6.5万円": "•••、月給•••",
    "٩٥٬٠٠٠": "•••",
    "९५,०००": "•••",
    "USD: 95": "USD: •••",
    "EUR (95)": "EUR (•••)",
    "**$95**": "**•••**",
    "$**95**": "$**•••**",
    "€ ca. 95": "•••",
    "$-95": "•••",
    # Ranges and lists.
    "95-115 k": "•••-•••",
    "$60 to 80": "••• to •••",
    "1 to 2 million euros": "••• to •••",
    "between $100 and 150k": "between ••• and •••",
    "90, 95 or 100 EUR": "•••, ••• or •••",
    "$100 to 140 %": "••• to 140 %",
    "EUR 95 and 3 days off": "••• and 3 days off",
    "Level 3 – $95,000": "Level 3 – •••",
    "Level 3 $95,000": "Level 3 •••",
    "in 2026 and 95,000": "in 2026 and •••",
    "in 2026 120 000 for all": "in 2026 ••• for all",
    # A salary by the words around it.
    "a salary of 9500": "a salary of •••",
    'Salary: "9500"': 'Salary: "•••"',
    "1850 a month": "••• a month",
    "a rate of 95/hour": "a rate of •••/hour",
    # Where there is a doubt.
    "serves 3 million users": "serves ••• users",
    "ISO 27001": "ISO •••",
}


@pytest.mark.parametrize(("text", "hidden"), MONEY.items(), ids=range(len(MONEY)))
def test_money_is_hidden_with_its_sign_and_the_sentence_stays(text: str, hidden: str) -> None:
    assert conceal(text) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "reviewed 2026-09-01, in 2026, on 01.09.2026, 20260901",
        "version 1.10.0, v1.100, 1.100.0",
        "at 10:30, 24/7",
        "12 working days, 3 of 4, 24 months, between 3 and 5 years",
        "the first is on line 12",
        "grade `g1` of `ic-4`, us-2, i18n",
        "this sentence has 214 words, 4.3 × the median",
        "the step has 1,234 criteria",
        "the file has more than 10,000,000 bytes",
        "the control character U+E0001 may not stand in a ladder",
        "`g1` pays 115 to 140 % of `g2`, 12 % less",
        "rises by 0.125 from 3.5 to 4.2",
        "{metric: sales, at_least: 120000}",
        "P75, the 95th percentile",
        "5m tall",
    ],
)
def test_what_is_no_money_is_shown(text: str) -> None:
    assert conceal(text) == text


def test_long_lines_take_no_time() -> None:
    assert conceal("1" * 500_000) == MASK
    for text in ("1." * 100_000, "$" * 200_000 + "1", " " * 200_000 + "1", "a" * 200_000 + "1"):
        conceal(text)


CANARY = """\
# ladder: file-ignore[absolute-term] it once cost $97,100
format: 1
title: Sales, always for $97,101
reviewed: 2026-10-01
uses: [pay.yaml]
summary: Always a base salary of $97,102 for ninjas.
about:
  - title: Pay
    text: Everyone always earns about 97,103 euros.
glossary:
  OTE: Always $97,104 or so.
  CPQ97K: Always EUR97105 per year.
compensation:
  zones: [{id: us, currency: USD}]
  note: Hushword always adds 97,106.
  criteria: >
    Whisper always decides,
    at 97,107 dollars.
grades:
  - id: g1
    title: Always 97.108k
    definition: Always gets 97.109 as a salary.
    pay: {us: {min: 97110, max: 97111}}
  # ladder: ignore[pay-inverted, pay-shape] because $97,140 is enough
  - id: g2
    pay: {us: {min: 97112, max: 97113}}
measures:
  - id: craft
    name: Always 97,114
    definition: Always worth $97,115.
    scale: [{name: Learns, definition: "Always 97,116 dollars."}]
tracks:
  - id: ic
    kind: ic
    levels:
      - id: rep-1
        title: Seller, always 97k117
        grade: g1
        summary: Always earns a base salary of $97,118 a year.
        attributes: {Salary: "always $97,119"}
        pay: {us: {min: 97120, max: 97121}}
        expectations:
          craft:
            summary: Always in the range 97,122 – 97,123.
            criteria:
              - Always gets $97,124/hour #and it was $97,125
              - Always leverages EUR97K with 97.127 Euro.
              - text: Understands 97 128 dollars a year, always.
                examples: ["Always 97,129 € paid."]
            benchmarks: ["Always 97.130 euros are seen."]
      - id: rep-2
        grade: g2
        summary: He can always TBD $97,131.
        expectations:
          craft: {not_applicable: "Always 97,132 USD."}
moves:
  - {from: rep-1, to: rep-2, when: "Always for $97,133."}
notes:
  rep-1: Confides always that he got $97,134.
  rep-2: |
    Murmurs always about the
    EUR97K135 rise, and he grumbles always.
"""
CANARY_PAY = """\
format: 1
pay:
  g3: {us: {min: 97136, max: 97137}}
glossary: {Shared: "Always $97,138 a year."}
# ladder: ignore[no-such-rule] for $97,139
"""
SECRETS = re.compile(r"Hushword|Whisper|Confides|Murmurs|grumbles")
# A rule that speaks about every text.
SETTINGS = 'rules: {company-words: {extends: "@wording", reject: [always]}}\n'


@pytest.fixture
def canary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("ladder.yaml").write_text(CANARY)
    Path("pay.yaml").write_text(CANARY_PAY)
    Path(".ladder.yaml").write_text(SETTINGS)
    return tmp_path


def report_of(judged: Judged) -> str:
    """What a run has found in every format, and the statistics, without what is a place or a hash."""
    report = Report(judged.findings, 2, judged.suppressed, judged.files, "lint", everything=True)
    text = "".join(reporter(name)(report) for name in (*FORMATS, "statistics"))
    return re.sub(r'"(?:fingerprint|primaryLocationLineHash)": "[0-9a-f]+"', "", text)


SELECTIONS = {
    "all": Request(select=("all", "company-words")),
    "all but pay-in-prose": Request(select=("all", "company-words"), ignore=("pay-in-prose",)),
} | {
    name: Request(select=(name,))
    for name in (
        *("absolute-term", "company-words", "exclusionary-term", "lost-text", "pay-in-prose", "undefined-acronym"),
        *("unused-definition", "@pay", "@structure"),
    )
}
SOURCES = [Source("ladder.yaml"), Source("pay.yaml")]


def terms_of(wanted: Request, audience: Audience, *, ignores: bool = True) -> Terms:
    return Terms(wanted, Discovery().config, date(2026, 11, 2), audience, ignores=ignores, is_whole=True)


@pytest.mark.parametrize("wanted", SELECTIONS.values(), ids=SELECTIONS.keys())
@pytest.mark.parametrize("audience", ["public", "internal"])
@pytest.mark.parametrize("ignores", [True, False])
@pytest.mark.usefixtures("canary")
def test_no_rule_shows_an_amount_or_a_note(wanted: Request, audience: Audience, ignores: bool) -> None:
    judged = judge(SOURCES, terms_of(wanted, audience, ignores=ignores))
    assert judged.findings
    text = report_of(judged)
    assert AMOUNT.findall(text) == []
    assert SECRETS.findall(text) == []


@pytest.mark.usefixtures("canary")
def test_all_that_rules_show_is_shown_to_those_who_may_see_it() -> None:
    text = "".join(
        report_of(judge(SOURCES, terms_of(SELECTIONS["all"], "confidential", ignores=ignores)))
        for ignores in (True, False)
    )
    assert MASK not in text
    shown = {re.sub(r"[^0-9]", "", amount) for amount in AMOUNT.findall(text)}
    numbers = (
        100,
        102,
        103,
        104,
        105,
        108,
        *range(110, 114),
        118,
        *range(120, 126),
        127,
        128,
        130,
        131,
        133,
        134,
        139,
        140,
    )
    assert {f"97{number}" for number in numbers} <= shown
    assert {"Confides", "grumbles"} <= set(SECRETS.findall(text))


@pytest.mark.parametrize("slip", ["{0}\t{1}", "{0}{1} : x", '{0}"{1}', "{0}}}{1}", "{0}]{1}", "{0}- {1}", "{0}x: {1}"])
@pytest.mark.usefixtures("canary")
def test_no_slip_on_a_line_with_an_amount_shows_it(slip: str) -> None:
    """The canary once more: each line with an amount or a note is broken in turn, in either file, and nothing sings."""
    seen = ""
    for name, text in (("ladder.yaml", CANARY), ("pay.yaml", CANARY_PAY)):
        lines = text.splitlines()
        for index, line in enumerate(lines):
            if not (AMOUNT.search(line) or SECRETS.search(line)):
                continue
            indent = len(line) - len(line.lstrip())
            broken = [*lines[:index], slip.format(line[:indent], line[indent:]), *lines[index + 1 :]]
            Path(name).write_text("\n".join(broken) + "\n")
            for audience in ("public", "internal"):
                shown = everything(Loader(audience=audience).examine("ladder.yaml"))
                assert (AMOUNT.findall(shown), SECRETS.findall(shown)) == ([], []), broken[index]
            seen += everything(Loader(audience="confidential").examine("ladder.yaml"))
        Path(name).write_text(text)
    assert AMOUNT.search(seen)
    assert SECRETS.search(seen)


@pytest.mark.parametrize(
    ("visibility", "amount", "note"),
    [("{pay: public}", True, False), ("{notes: public}", False, True), ("{pay: public, notes: public}", True, True)],
)
@pytest.mark.usefixtures("canary")
def test_pay_and_notes_are_kept_apart(visibility: str, amount: bool, note: bool) -> None:
    Path("ladder.yaml").write_text(CANARY.replace("title: Sales", f"visibility: {visibility}\ntitle: Sales"))
    text = report_of(judge(SOURCES, terms_of(SELECTIONS["all"], "public", ignores=False)))
    assert bool(AMOUNT.search(text)) == amount
    assert bool(re.search(r"Confides|Murmurs", text)) == note


NOTES = """format: 1
title: Sales
tracks:
  - {id: ic, kind: ic, levels: [{id: rep-1}]}
"""


@pytest.mark.parametrize(
    ("lines", "line", "marked"),
    [
        ("notes: {rep-9: Secret.}", "notes: •••", "•••"),
        ("notes:\n  rep-9: Secret.", "  rep-9: •••", "rep-9"),
        ("notes:\n  rep-9:\n    Secret.", "  rep-9:", "rep-9"),
        ("note: {rep-1: Secret.}", "note: •••", "note"),
        ("compensation:\n  criterias: Secret.", "  criterias: •••", "criterias"),
        ("compensation: {note: Secret., basis: x}", "compensation: {note: •••", "•••"),
        ("compensation: {basis: x, note: Secret.}", "compensation: {basis: x, note: •••", "x"),
        ("compensation: {basis: x}", "compensation: {basis: x}", "x"),
        ("notes:\n  rep-1: Secret.\n  of course", None, None),
    ],
)
def test_of_a_line_with_a_note_the_key_is_shown(lines: str, line: str | None, marked: str | None) -> None:
    finding = examine(f"{NOTES}{lines}\n")[-1]
    assert "Secret" not in everything([finding])
    assert (finding.source and finding.source.text) == line
    assert (finding.source and finding.source.text[finding.source.start : finding.source.end]) == marked


def test_carets_stay_under_the_words_that_are_meant() -> None:
    text = NOTES.replace("rep-1}", "rep-1, summary: 'Was on $97,001 and 97k, and he is on 97,003 now'}")
    judged = judge([Source("-", text.encode())], terms_of(Request(select=("exclusionary-term",)), "public"))
    (source,) = (finding.source for finding in judged.findings)
    assert source is not None
    assert source.text.endswith("summary: 'Was on ••• and •••, and he is on ••• now'}]}")
    assert source.text[source.start : source.end] == "he"


@pytest.mark.usefixtures("canary")
def test_what_is_not_shown_is_mended_all_the_same() -> None:
    terms = terms_of(Request(select=("unused-definition", "lost-text")), "public")
    before = judge(SOURCES, terms)
    assert {finding.rule for finding in before.findings} >= {"unused-definition", "lost-text"}
    assert not any(finding.patch for finding in before.findings if finding.path == "ladder.yaml")
    mended = mend(SOURCES, terms, lambda patch: True)
    assert "'Always gets $97,124/hour #and it was $97,125'" in mended.drafts["ladder.yaml"].replace('"', "'")
    assert "CPQ97K" not in mended.drafts["ladder.yaml"]
    assert AMOUNT.findall(report_of(mended.judged)) == []
