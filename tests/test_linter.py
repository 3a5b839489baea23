"""The run of the rules: which of them judge a file, what suppresses a finding, and what is said once."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from laddercli import baseline, config
from laddercli.config import BadConfiguration
from laddercli.discovery import Discovery, Source
from laddercli.findings import Finding
from laddercli.judging import Judged, Terms, judge, mend
from laddercli.selection import BadSelector, Request, select
from tests.linting import DAY

Write = Callable[..., Path]

HEAD = """format: 1
title: Engineering
measures:
  - {id: craft, name: Craft}
tracks:
  - id: ic
    kind: ic
    levels:
      - id: one
        expectations:
          craft:
"""
SEEN = "            - Is seen as a partner.\n"


def run(*names: str, **more: Any) -> Judged:
    """Judge files of the working folder with the one rule that these ladders are about."""
    request = Request(**{"select": ("perception-criterion", "missing-track"), **more.pop("request", {})})
    finder = Discovery(more.pop("config", None))
    terms = Terms(request, finder.config, DAY, **more)
    return judge([Source(name) for name in names], terms)


def shown(findings: tuple[Finding, ...]) -> list[str]:
    return [
        f"{each.path}:{each.span.start.line}:{each.span.start.column} {each.severity} {each.rule}" for each in findings
    ]


def found(text: str, write: Write) -> list[str]:
    """What is found in a ladder about the way others see a person, and about comments."""
    write(ladder=text)
    judged = run("ladder.yaml", request={"select": ("perception-criterion",)})
    return [each.removeprefix("ladder.yaml:") for each in shown(judged.findings)]


@pytest.mark.parametrize(
    "lines",
    [
        "            - Is seen as a partner.  # ladder: ignore[perception-criterion] it is agreed\n",
        "            - Is seen as a partner.  #ladder:ignore[ perception-criterion ]\n",
        "            # ladder: ignore[perception-criterion] it is agreed\n" + SEEN,
        "            # ladder: ignore[perception-criterion]\n            # and more words about it\n\n" + SEEN,
        "            - text: >-  # ladder: ignore[perception-criterion]\n                Helps. Is seen\n                as a partner.\n",  # noqa: E501
        "            # ladder: ignore[perception-criterion]\n            - text: |\n                Is seen as a partner.\n",  # noqa: E501
        "            - Helps others and is seen\n              as a partner.  # ladder: ignore[perception-criterion]\n",
    ],
)
def test_a_comment_ignores_what_its_line_or_the_part_below_it_says(lines: str, write: Write) -> None:
    assert found(HEAD + lines, write) == []


@pytest.mark.parametrize("above", [5, 6, 8, 10, 11])
def test_a_comment_alone_covers_all_that_belongs_to_the_part_below_it(above: int, write: Write) -> None:
    lines = HEAD.split("\n")
    indent = len(lines[above - 1]) - len(lines[above - 1].lstrip())
    comment = " " * indent + "# ladder: ignore[perception-criterion]"
    text = "\n".join([*lines[: above - 1], comment, *lines[above - 1 :]]) + SEEN
    assert found(text, write) == ([] if above > 4 else ["13:15 warning perception-criterion"])


def test_a_comment_ends_with_the_part_that_it_covers(write: Write) -> None:
    text = HEAD + "            # ladder: ignore[perception-criterion]\n" + SEEN + SEEN
    assert found(text, write) == ["14:15 warning perception-criterion"]
    behind = HEAD.replace("craft:\n", "craft: # ladder: ignore[perception-criterion]\n") + SEEN
    assert [each.split(" ", 1)[1] for each in found(behind, write)] == [
        "warning unused-ignore",
        "warning perception-criterion",
    ]


def test_the_top_of_the_file_ignores_for_all_of_it(write: Write) -> None:
    comment = "# ladder: file-ignore[perception-criterion] old\n"
    assert found(comment + HEAD + SEEN, write) == []
    assert found(HEAD.replace("title", f"{comment}title") + SEEN, write) == [
        "2:1 error unknown-ignore",
        "13:15 warning perception-criterion",
    ]


def test_a_text_that_looks_like_an_ignore_is_a_text(write: Write) -> None:
    text = '            - "Is seen as # ladder: ignore[perception-criterion]"\n'
    assert found(HEAD + text, write) == ["12:16 warning perception-criterion"]


@pytest.mark.parametrize(
    ("comment", "place", "message", "help"),
    [
        ("ignore[perception-criteria]", 18, "there is no rule `perception-criteria`", "did you mean `perception-criterion`?"),  # noqa: E501
        ("ignore[zzz]", 18, "there is no rule `zzz`", "`ladder rules` lists them"),
        ("ignore[missing-key]", 18, "`missing-key` cannot be ignored", "an ignore is for rules of `ladder lint`; what else is found has to be mended"),  # noqa: E501
        ("ignore", 1, "an ignore names its rules in brackets", "write # ladder: ignore[name-of-a-rule] and the reason"),
        ("ignore[]", 1, "an ignore names its rules in brackets", "write # ladder: ignore[name-of-a-rule] and the reason"),  # noqa: E501
        ("ignor[no-growth]", 1, "`# ladder: ignor[no-growth]` is no instruction that ladder knows", "did you mean `ignore[…]`?"),  # noqa: E501
        ("ignore-file[idiom]", 1, "`# ladder: ignore-file[idiom]` is no instruction that ladder knows", "did you mean `file-ignore[…]`?"),  # noqa: E501
        ("skip", 1, "`# ladder: skip` is no instruction that ladder knows", "write # ladder: ignore[name-of-a-rule] and the reason"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_comment_that_ignores_nothing_known_is_an_error(
    comment: str, place: int, message: str, help: str, write: Write
) -> None:
    write(ladder=f"# ladder: {comment}\n{HEAD}")
    (finding,) = run("ladder.yaml", request={"select": ("perception-criterion",)}).findings
    assert (finding.rule, finding.span.start) == ("unknown-ignore", (1, place))
    assert (finding.message, finding.help) == (message, help)


@pytest.mark.parametrize(
    "comment", ["# ladder ignore[idiom]", "# Ladder: ignore[idiom]", "# LADDER file-ignore[idiom]"]
)
def test_a_comment_that_is_nearly_an_ignore_is_told(comment: str, write: Write) -> None:
    write(ladder=f"{comment}\n{HEAD}")
    (finding,) = run("ladder.yaml", request={"select": ("perception-criterion",)}).findings
    assert (finding.rule, finding.message) == ("unknown-ignore", f"`{comment}` is not read")


def test_an_ignore_is_unused_only_when_its_rule_has_run(write: Write) -> None:
    write(ladder="# ladder: file-ignore[perception-criterion, idiom]\n" + HEAD)
    (finding,) = run("ladder.yaml", request={"select": ("perception-criterion",)}).findings
    assert (finding.rule, finding.span.start) == ("unused-ignore", (1, 23))
    assert run("ladder.yaml", request={"select": ("hard-to-read",)}).findings == ()


def test_what_is_wrong_with_ignores_is_mended(write: Write) -> None:
    head = "# ladder: file-ignore[perception-criterion, zzz, missing-track] why\n"
    write(ladder=head + HEAD + "            # ladder: ignore[perception-criterion]\n            - Helps.\n")
    request = Request(select=("missing-track", "perception-criterion"))
    mended = mend([Source("ladder.yaml")], Terms(request, Discovery().config, DAY), lambda patch: patch.safe)
    assert mended.drafts == {
        "ladder.yaml": "# ladder: file-ignore[missing-track] why\n" + HEAD + "            - Helps.\n"
    }
    assert mended.judged.findings == ()
    assert mended.number == 2  # the comments that were mended; one of them had two names too many


def test_comments_do_not_count_when_nobody_wants_them_to(write: Write) -> None:
    write(ladder="# ladder: file-ignore[perception-criterion, zzz]\n" + HEAD + SEEN)
    judged = run("ladder.yaml", ignores=False, request={"select": ("perception-criterion",)})
    assert shown(judged.findings) == ["ladder.yaml:13:15 warning perception-criterion"]


SHARED = "format: 1\ntitle: Shared\nmeasures: [{id: craft, name: Craft}]\neveryone:\n  craft: Is seen as a partner.\n"
USER = "format: 1\ntitle: One\nuses: [shared.yaml]\ntracks:\n  - {id: ic, kind: ic, levels: [{id: one}]}\n"


def test_what_a_shared_file_says_is_found_once_at_its_own_place(write: Write) -> None:
    write({"a.yaml": USER, "b.yaml": USER, "shared.yaml": SHARED})
    expected = ["a.yaml:4:1 error missing-track", "b.yaml:4:1 error missing-track"]
    perceived = "shared.yaml:5:10 warning perception-criterion"
    assert shown(run("a.yaml", "b.yaml", "shared.yaml").findings) == [*expected, perceived]
    assert shown(run("shared.yaml", "a.yaml", "b.yaml").findings) == [perceived, *expected]
    assert shown(run("a.yaml").findings) == [expected[0], perceived]
    assert shown(run("shared.yaml").findings) == [perceived]


def test_an_ignore_in_a_shared_file_is_used_by_any_ladder(write: Write) -> None:
    comment = "# ladder: file-ignore[perception-criterion, missing-track]\n"
    write({"a.yaml": USER, "b.yaml": USER, "shared.yaml": comment + SHARED})
    judged = run("a.yaml", "b.yaml", "shared.yaml")
    assert shown(judged.findings) == [
        "a.yaml:4:1 error missing-track",
        "b.yaml:4:1 error missing-track",
        "shared.yaml:1:45 warning unused-ignore",
    ]
    assert shown(judged.suppressed) == ["shared.yaml:6:10 warning perception-criterion"]


def test_an_invalid_file_is_told_so_and_the_rest_is_judged(write: Write) -> None:
    write({"bad.yaml": "format: 1\ntracks: 1\n", "good.yaml": HEAD + SEEN})
    judged = run("bad.yaml", "good.yaml")
    assert shown(judged.findings) == [
        "bad.yaml:1:1 error missing-key",
        "bad.yaml:2:9 error wrong-type",
        "good.yaml:5:1 error missing-track",
        "good.yaml:12:15 warning perception-criterion",
    ]


def test_a_ladder_with_a_broken_shared_file_is_not_judged(write: Write) -> None:
    write({"a.yaml": USER, "b.yaml": USER, "shared.yaml": SHARED + "colour: red\n"})
    assert shown(run("a.yaml", "b.yaml").findings) == ["shared.yaml:6:1 error unknown-key"]


def test_levels_that_are_not_active_are_skipped(write: Write) -> None:
    text = HEAD.replace("- id: one\n", "- id: one\n        status: draft\n")
    assert found(text + SEEN, write) == []


def test_anti_patterns_may_say_bad_words(write: Write) -> None:
    text = "            - {text: Is seen as a partner., kind: anti-pattern}\n"
    assert found(HEAD + text, write) == []


@pytest.mark.parametrize(("language", "is_read"), [("en", True), ("en-GB", True), ("pt-BR", False), ("ko", False)])
def test_rules_about_english_read_english(language: str, is_read: bool, write: Write) -> None:
    text = HEAD.replace("title:", f"language: {language}\ntitle:") + SEEN
    assert bool(found(text, write)) is is_read


def test_what_is_found_in_pay_shows_no_amount(write: Write) -> None:
    text = """format: 1
title: Sales
compensation: {zones: [{id: us, title: US, currency: USD}]}
grades:
  - {id: g1, pay: {us: {min: 91000, mid: 92000, max: 93000}}}
  - {id: g2, pay: {us: {min: 71000, mid: 72000, max: 73000}}}
tracks: []
"""
    write(ladder=text)
    findings = run("ladder.yaml", request={"select": ("@pay",)}).findings
    assert findings
    for finding in findings:
        said = f"{finding.message} {finding.help} {finding.source}"
        assert not any(amount in said for amount in ("91000", "92000", "93000", "71000", "72000", "73000")), said


def test_an_amount_in_prose_is_hidden_from_every_finding_on_its_line(write: Write) -> None:
    lines = "            - Is seen as good and is paid a salary of 123,456 dollars per year.\n"
    write(ladder=HEAD + lines)
    findings = run("ladder.yaml", request={"select": ("perception-criterion", "pay-in-prose")}).findings
    assert [each.rule for each in findings] == ["perception-criterion", "pay-in-prose"]
    assert not [each for each in findings if "123" in f"{each.source}{each.message}{each.help}"]
    open_to_all = run("ladder.yaml", audience="confidential", request={"select": ("perception-criterion",)}).findings
    assert "123,456" in str(open_to_all[0].source)


def test_rules_about_pay_speak_in_ratios(write: Write) -> None:
    text = """format: 1
title: Sales
compensation: {zones: [{id: us, title: US, currency: USD}]}
grades:
  - {id: g1, pay: {us: {min: 91000, mid: 92000, max: 93000}}}
tracks: []
"""
    write(ladder=text)
    findings = run("ladder.yaml", request={"select": ("pay-shape",)}).findings
    assert [re.sub(r"[0-9.]+", "N", each.message) for each in findings] == [re.sub(r"[0-9.]+", "N", each.message) for each in run("ladder.yaml", audience="confidential", request={"select": ("pay-shape",)}).findings]  # fmt: skip  # noqa: E501
    assert "%" in findings[0].message
    assert "•••" not in findings[0].message


# Which rules run.


def selected(write: Write, text: str = "", **request: Any) -> dict[str, str]:
    write({".ladder.yaml": text})
    found = select(config.load(".ladder.yaml"), Request(**request))
    return {active.rule.name: str(active.severity) for active in found.active}


def test_the_presets_contain_each_other(write: Write) -> None:
    minimal = selected(write, select=("minimal",))
    recommended = selected(write)
    strict = selected(write, "lint: {select: strict}")
    assert set(minimal) < set(recommended) == set(strict)
    assert {name for name, severity in minimal.items() if severity != "error"} == {"leaked-name"}
    assert recommended["perception-criterion"] == strict["perception-criterion"] == "warning"
    assert (recommended["unused-definition"], strict["unused-definition"]) == ("warning", "error")
    assert (recommended["no-career-level"], strict["no-career-level"]) == ("info", "warning")


@pytest.mark.parametrize(
    ("text", "request_", "expected"),
    [
        ("", {"select": ("idiom", "no-growth")}, {"idiom", "no-growth"}),
        ("lint: {select: [idiom], extend-select: [no-growth]}", {}, {"idiom", "no-growth"}),
        ("lint: {select: [idiom], extend-select: [no-growth]}", {"extend_select": ("hard-to-read",)}, {"idiom", "no-growth", "hard-to-read"}),  # noqa: E501
        ("lint: {select: [idiom]}", {"select": ("no-growth",)}, {"no-growth"}),
        ("lint: {select: [idiom, no-growth], ignore: [idiom]}", {}, {"no-growth"}),
        ("lint: {select: [idiom], ignore: ['@wording']}", {}, {"idiom"}),
        ("lint: {select: ['@wording'], ignore: [recommended]}", {"ignore": ("idiom",), "select": ("idiom", "hard-to-read")}, {"hard-to-read"}),  # noqa: E501
        ("rules: {idiom: {severity: off}}", {"select": ("@wording",), "ignore": ("hard-to-read",)}, None),
        ("rules: {idiom: {severity: off}}", {"select": ("idiom",)}, {"idiom"}),
        ("", {"select": ("idiom",), "severities": {"idiom": "off"}}, set()),
    ],
)  # fmt: skip
def test_selectors_and_the_more_specific_one_wins(
    text: str, request_: dict[str, Any], expected: set[str] | None, write: Write
) -> None:
    rules = set(selected(write, text, **request_))
    if expected is None:
        assert not rules & {"idiom", "hard-to-read"}
        assert "perception-criterion" in rules
    else:
        assert rules == expected


def test_severities_are_chosen_by_rule_and_category(write: Write) -> None:
    rules = selected(write, "rules: {idiom: {severity: error}}", severities={"@parity": "info", "no-growth": "warning"})
    assert (rules["idiom"], rules["unequal-pay"], rules["no-growth"]) == ("error", "info", "warning")


def test_a_category_takes_in_all_its_rules(write: Write) -> None:
    rules = selected(write, select=("@pay",))
    assert set(rules) == {"pay-inverted", "pay-shape", "pay-zone-gap"} | {"pay-in-prose", "stale-review"} & set(rules)


@pytest.mark.parametrize(
    ("word", "message", "help"),
    [
        ("no-grwth", "`no-grwth` is no rule, category or preset", "did you mean `no-growth`?"),
        ("@wordings", "`@wordings` is no rule, category or preset", "did you mean `@wording`?"),
        ("strct", "`strct` is no rule, category or preset", "did you mean `strict`?"),
        ("qqq", "`qqq` is no rule, category or preset", "`ladder rules` lists them"),
        ("unknown-key", "`unknown-key` is no rule of `ladder lint`", "what `ladder validate` says cannot be switched off; it says whether a file is a ladder at all"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_word_that_selects_nothing_is_refused(word: str, message: str, help: str, write: Write) -> None:
    with pytest.raises(BadSelector) as caught:
        selected(write, select=(word,))
    assert (caught.value.message, caught.value.help) == (message, help)
    with pytest.raises(BadConfiguration) as refused:
        selected(write, f'lint:\n  ignore: ["{word}"]\n')
    assert (refused.value.message, refused.value.help) == (f".ladder.yaml:2:12: {message}", help)


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("lint: {selct: [all]}", "1:8: unknown key `selct`; did you mean `select`?", None),
        ("lint: [all]", "1:7: `lint` must be a mapping of keys", None),
        ("lint: {select: {a: b}}", "1:16: `select` must be a list of names", None),
        ("rules: [idiom]", "1:8: `rules` must be a mapping of keys", None),
        ("rules: {idiom: error}", "1:16: the options of `idiom` are a mapping of keys", None),
        ("rules: {idiom: {severity: loud}}", "1:27: a severity is one of error, warning, info, off", None),
        ("rules: {idion: {severity: error}}", "1:9: there is no rule `idion`", "did you mean `idiom`?"),
        ("rules: {ours: {reject: [synergy]}}", "1:9: there is no rule `ours`", 'a rule of your own begins with: extends: "@wording"'),  # noqa: E501
        ("rules: {ours: {extends: '@pay'}}", "1:25: a rule of your own extends @wording or @inclusion", None),
        ("rules: {missing-track: {levels: 3}}", "1:25: `missing-track` has no option `levels`", None),
        ("rules: {too-many-measures: {measure: 3}}", "1:29: there is no option `measure`", "did you mean `measures`?"),
        ("rules: {too-many-measures: {measures: many}}", "1:39: `measures`: it must be a valid integer, unable to parse string as an integer", None),  # noqa: E501
        ("rules: {too-many-measures: {measures: 0}}", "1:39: `measures`: it must be greater than or equal to 1", None),
        ("fail-on: loud", "1:10: `fail-on` is one of error, warning, info, never", None),
        ("lint: {per-file-ignores: {'old/**': [idion]}}", "1:38: `idion` is no rule, category or preset", "did you mean `idiom`?"),  # noqa: E501
        ("baseline: /tmp/x", "1:11: `baseline` must be the path of a file", "it is relative to the folder of this file, and stays in it"),  # noqa: E501
        ("format: {indent: 20}", "1:18: `indent` must be a whole number from 1 to 8", None),
        ("format: {width: wide}", "1:17: `width` must be a whole number from 40 to 400", None),
    ],
)  # fmt: skip
def test_a_mistake_in_the_configuration_is_told_at_its_place(
    text: str, message: str, help: str | None, write: Write
) -> None:
    with pytest.raises(BadConfiguration) as caught:
        selected(write, text)
    assert (caught.value.message, caught.value.help) == (f".ladder.yaml:{message}", help)


def test_files_can_be_left_out_of_a_rule(write: Write) -> None:
    write({
        ".git/HEAD": "",
        ".ladder.yaml": "lint: {per-file-ignores: {'old/**': ['@wording'], one.yaml: [missing-track]}}\n",
        "old/a.yaml": HEAD + SEEN,
        "one.yaml": HEAD + SEEN,
    })  # fmt: skip
    assert shown(run("old/a.yaml", "one.yaml").findings) == [
        "old/a.yaml:5:1 error missing-track",
        "one.yaml:12:15 warning perception-criterion",
    ]


HOUSE = 'rules: {house-terms: {extends: "@wording", swap: {stakeholder: partner}, reject: [synergy], severity: info}}\n'


def test_a_company_has_words_of_its_own(write: Write) -> None:
    lines = "            - Finds synergy. Tells each Stakeholder.  # ladder: ignore[house-terms]\n"
    more = "            - Finds synergy with every stakeholder.\n            - Stakeholder first.\n"
    write({".ladder.yaml": HOUSE, "ladder.yaml": HEAD + lines + more})
    judged = run("ladder.yaml", request={"select": ("house-terms",)})
    assert [(each.span.start, each.message, str(each.severity)) for each in judged.findings] == [
        ((13, 21), "`synergy` is not a word of this company", "info"),
        ((13, 40), "`stakeholder` is `partner` here", "info"),
        ((14, 15), "`Stakeholder` is `partner` here", "info"),
    ]
    terms = Terms(Request(select=("house-terms",)), Discovery().config, DAY)
    mended = mend([Source("ladder.yaml")], terms, lambda patch: patch.safe)
    assert mended.drafts["ladder.yaml"].endswith("- Finds synergy with every partner.\n            - Partner first.\n")


def test_minimal_counts_only_the_errors_of_a_rule_that_has_others(write: Write) -> None:
    text = HEAD.replace("measures:", "organization: {name: Acme Tools}\nmeasures:")
    lines = "            - Writes to help@example.org.\n            - Knows the products of Acme Tools.\n"
    write(ladder=text + lines)
    both = run("ladder.yaml", request={"select": ("leaked-name",)})
    assert [str(each.severity) for each in both.findings] == ["warning", "error"]
    minimal = run("ladder.yaml", request={"select": ("minimal",), "ignore": ("missing-track",)})
    assert shown(minimal.findings) == ["ladder.yaml:14:37 error leaked-name"]


@pytest.mark.parametrize(
    ("text", "request_", "severity"),
    [
        ("", {}, "warning"),
        ("", {"ignore": ("unused-ignore",)}, None),
        ("", {"severities": {"unused-ignore": "error"}}, "error"),
        ("lint: {ignore: [unused-ignore]}", {"select": None}, None),
        ("rules: {unused-ignore: {severity: info}}", {}, "info"),
        ("rules: {unused-ignore: {severity: off}}", {}, None),
    ],
)
def test_what_is_said_about_the_run_can_be_switched_off(
    text: str, request_: dict[str, Any], severity: str | None, write: Write
) -> None:
    write({".ladder.yaml": text, "ladder.yaml": "# ladder: file-ignore[perception-criterion]\n" + HEAD})
    judged = run("ladder.yaml", request=request_)
    found = [str(each.severity) for each in judged.findings if each.rule == "unused-ignore"]
    assert found == ([severity] if severity else [])


def test_what_is_said_about_the_run_cannot_be_selected(write: Write) -> None:
    with pytest.raises(BadSelector) as caught:
        selected(write, select=("unformatted",))
    assert caught.value.help == "it can be ignored, or given another severity"


@pytest.mark.parametrize("words", ["{swap: {'': b}}", "{reject: ['!!']}", "{allow: ['']}", "{reject: ['- a']}"])
def test_a_phrase_begins_with_a_word(words: str, write: Write) -> None:
    with pytest.raises(BadConfiguration) as caught:
        selected(write, f"rules: {{idiom: {words}}}")
    assert "must begin with a word" in caught.value.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rules: {idiom: {extends: '@wording', reject: [a]}}", "1:9: `idiom` is a rule of ladder itself"),
        ("rules: {ours: {extends: '@wording'}}", "1:9: the rule `ours` has no words"),
    ],
)
def test_a_rule_of_ones_own_has_a_name_and_words_of_its_own(text: str, message: str, write: Write) -> None:
    with pytest.raises(BadConfiguration) as caught:
        selected(write, text)
    assert caught.value.message == f".ladder.yaml:{message}"


def test_words_of_a_company_are_found_for_several_and_not_in_addresses(write: Write) -> None:
    lines = "            - Tells stakeholders about `stakeholder` and https://example.org/stakeholder.\n"
    write({".ladder.yaml": HOUSE, "ladder.yaml": HEAD + lines})
    judged = run("ladder.yaml", request={"select": ("house-terms",)})
    assert [(each.span.start, each.message) for each in judged.findings] == [
        ((12, 21), "`stakeholders` is `partners` here")
    ]


def test_a_misspelt_ignore_is_corrected(write: Write) -> None:
    write(ladder="# ladder: file-ignore[perception-criteria] why\n" + HEAD + SEEN)
    terms = Terms(Request(select=("perception-criterion",)), Discovery().config, DAY)
    mended = mend([Source("ladder.yaml")], terms, lambda patch: patch.safe)
    assert mended.drafts["ladder.yaml"].startswith("# ladder: file-ignore[perception-criterion] why\n")
    assert mended.judged.findings == ()


# The baseline.


def messy(number: int) -> str:
    """A ladder with as many sins as criteria."""
    return HEAD + "".join(f"            - Is seen as number {index}.\n" for index in range(number))


def with_baseline(write: Write, text: str) -> Judged:
    """Judge a ladder with the baseline that was written before."""
    write(ladder=text)
    return run("ladder.yaml", baseline=baseline.load("base.json"))


def test_a_baseline_sets_aside_what_is_there_and_nothing_new(write: Write) -> None:
    write(ladder=messy(100))
    before = run("ladder.yaml")
    assert len(before.findings) == 101
    write({"base.json": baseline.written(baseline.made("base.json", before.findings))})
    entries = json.loads(Path("base.json").read_text(encoding="utf-8"))["findings"]
    assert len(entries) == 101
    assert "line" not in json.dumps(entries)
    assert [tuple(each.values()) for each in entries] == sorted(tuple(each.values()) for each in entries)

    green = with_baseline(write, messy(100))
    assert (green.findings, len(green.suppressed)) == ((), 101)
    shifted = with_baseline(write, "# one more line\n\n" + messy(100).replace("title: Engineering", "title: Sales"))
    assert (shifted.findings, len(shifted.suppressed)) == ((), 101)
    sinful = messy(50) + "            - Is viewed as new.\n" + messy(100)[len(messy(50)) :]
    assert shown(with_baseline(write, sinful).findings) == ["ladder.yaml:62:15 warning perception-criterion"]


def test_a_renamed_key_elsewhere_and_another_folder_keep_the_baseline(write: Write) -> None:
    write({".git/HEAD": "", "ladder.yaml": messy(3)})
    write({"base.json": baseline.written(baseline.made("base.json", run("ladder.yaml").findings))})
    os.mkdir("deep")
    os.chdir("deep")
    judged = run("../ladder.yaml", baseline=baseline.load("../base.json"))
    assert judged.findings == ()


def test_an_entry_that_meets_nothing_any_more_is_stale(write: Write) -> None:
    write(ladder=messy(3))
    write({"base.json": baseline.written(baseline.made("base.json", run("ladder.yaml").findings))})
    (stale,) = with_baseline(write, messy(2)).findings
    assert (stale.rule, str(stale.severity), stale.path) == ("stale-baseline", "warning", "base.json")
    line = Path("base.json").read_text(encoding="utf-8").split("\n")[stale.span.start.line - 1]
    assert stale.arguments is not None
    assert stale.arguments[0] in line
    # Not where its rule did not run, its file was not judged, or could not be.
    assert run("ladder.yaml", baseline=baseline.load("base.json"), request={"select": ("idiom",)}).findings == ()
    write(other=messy(0).replace("craft:\n", "craft: fine\n"))
    other = run("other.yaml", baseline=baseline.load("base.json"))
    assert [each.rule for each in other.findings] == ["missing-track"]
    invalid = with_baseline(write, "format: 1\ntracks: 1\n")
    assert {each.rule for each in invalid.findings} == {"missing-key", "wrong-type"}


def test_an_entry_of_a_file_that_is_gone_is_stale_when_all_files_are_seen(write: Write) -> None:
    write({"ladder.yaml": messy(1), "other.yaml": messy(2)})
    write({"base.json": baseline.written(baseline.made("base.json", run("ladder.yaml", "other.yaml").findings))})
    os.remove("other.yaml")
    known = baseline.load("base.json")
    assert run("ladder.yaml", baseline=known).findings == ()
    assert [each.rule for each in run("ladder.yaml", baseline=known, is_whole=True).findings] == ["stale-baseline"] * 3


def test_the_baseline_takes_in_neither_invalid_files_nor_ignored_findings(write: Write) -> None:
    write({
        "bad.yaml": "format: 1\ntracks: 1\n",
        "ladder.yaml": "# ladder: file-ignore[missing-track]\n" + HEAD + SEEN,
    })  # fmt: skip
    judged = run("bad.yaml", "ladder.yaml")
    made = baseline.made("base.json", (*judged.findings, *judged.suppressed))
    assert [entry.rule for entry in made.entries] == ["perception-criterion"]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"version": 1}', '{"version": 1, "findings": [1]}', '{"version": 1, "findings": [{"file": 1, "path": "", "rule": "", "fingerprint": ""}]}', "[" * 100_000])  # fmt: skip  # noqa: E501
def test_a_broken_baseline_is_refused(text: str, write: Write) -> None:
    write({"base.json": text})
    with pytest.raises(baseline.BadBaseline) as caught:
        baseline.load("base.json")
    assert caught.value.message == "base.json is not a baseline"


def test_a_baseline_of_another_version_is_refused(write: Write) -> None:
    write({"base.json": '{"version": 2, "findings": []}'})
    with pytest.raises(baseline.BadBaseline) as caught:
        baseline.load("base.json")
    assert caught.value.message == "base.json: version 2 is not one this ladder reads"
