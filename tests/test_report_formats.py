"""Reports as other programs read them: each format by its own rules, with everything that a run can find."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from laddercli import __version__
from laddercli.amendments import Edit, Patch
from laddercli.document import Document
from laddercli.exports.schemas import findings_schema, text
from laddercli.findings import Finding, Place, Problem, Related, Severity, Suppression, from_fault, from_problem
from laddercli.nodes import Loc, Mark, Span
from laddercli.reporters import FORMATS, MACHINE_FORMATS, Report, Work, reporter
from laddercli.rules import Rule, find, rules, verdicts
from tests.run import ladder

Golden = Callable[[str, str], None]

PRODUCT = """\
format: 1
title: Product management
grades: [{id: g1, pay: {us: {min: •••}}}, {id: g2}]
measures:
  - {id: communication, name: Communication}
  - {id: führung, name: 리더십}
tracks:
  - id: ic
    kind: ic
    levels:
      - id: pm1
        grade: g1
        expectations:
          comunication: Presents to other teams.
          führung:
            criteria:
              - Writes and presents plans
              - Leads and follows 레벨 🪜 meetings
              - Talks and listens
              - Plans and builds
              - Helps to lead the team
              - Sells and supports
"""
SUPPORT = "format: 1\ntitle: '[x](https://evil.example) | @team <b>! www.evil.example #12 ##[group]`'\n"
BROKEN = 'title: "Design\n'
CRITERIA = ("tracks", 0, "levels", 0, "expectations", "führung", "criteria")
HOSTILE = "[x](https://evil.example) | @team <b>! www.evil.example #12 ##[group]\n::error::x\x1b[31m\u202e{0}"


def within(each: Finding, words: str) -> Finding:
    """The finding at some words of its line."""
    assert each.source is not None
    line, text = each.span.start.line, each.source.text
    start = text.index(words)
    span = Span(Mark(line, start + 1), Mark(line, start + 1 + len(words)))
    return replace(each, span=span, source=each.source._replace(start=start, end=start + len(words)))


def patch(each: Finding, text: str, *, safe: bool) -> Patch:
    """New text for the place of a finding."""
    message = f"write `{text}`" if text else "leave it out"
    return Patch(message, safe, each.path, (Edit(0, 1, text),), (each.span,), None)


def scenario() -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What counts and what does not: every severity, several files, and every field of a finding."""
    product = Document.parse(PRODUCT, "ladders/product.yaml")
    support = Document.parse(SUPPORT, "ladders/support team.yaml")
    documents = {each.path: each for each in (product, support)}

    def at(rule: str, loc: Loc, message: str, **more: Any) -> Finding:
        document = more.pop("document", product)
        fields = ("suggestion", "help", "key", "related")
        problem = Problem(rule, Place(document.path, loc), message, **{k: more.pop(k) for k in fields if k in more})
        return replace(from_problem(problem, document, documents), **more)

    broken = Document.parse(BROKEN, "ladders/design.yaml")
    found = [from_fault(broken, broken.faults[0])]
    found.append(
        at(
            "unequal-pay",
            ("grades", 0, "pay"),
            "`g1` pays 0.8 of its peer",
            severity=Severity.WARNING,
            category="pay",
            related=(Related("the peer is defined at", Place(product.path, ("grades", 1))),),
        )
    )
    found.append(
        at(
            "unknown-measure",
            ("tracks", 0, "levels", 0, "expectations", "comunication"),
            "measure `comunication` is not defined",
            suggestion="communication",
            help="there are: communication, führung",
            key=True,
            related=(Related("measures are defined at", Place(product.path, ("measures",))),),
        )
    )
    wording: dict[str, Any] = {"severity": Severity.WARNING, "category": "wording"}
    for index, weight in ((0, 1), (1, 9), (2, 1), (3, 5), (5, 1)):
        message = "two behaviours in one criterion: nobody can meet half of it"
        each = at("compound-criterion", (*CRITERIA, index), message, weight=weight, **wording)
        found.append(within(each, "and"))
    helps = within(at("weak-verb", (*CRITERIA, 4), "`helps to` says little", help="write: lead", **wording), "Helps to")
    found.insert(-1, replace(helps, severity=Severity.INFO, patch=patch(helps, "lead", safe=False)))
    listens = within(at("split-infinitive", (*CRITERIA, 2), "an `and` too many", **wording), "and")
    found.insert(6, replace(listens, help="end the sentence before it", patch=patch(listens, "", safe=True)))
    found.append(at("bad-title", ("title",), HOSTILE, document=support, help=HOSTILE, **wording))

    meetings = within(at("weak-verb", (*CRITERIA, 1), "`follows` says little", **wording), "follows")
    talks = within(at("weak-verb", (*CRITERIA, 2), "`talks` says little", **wording), "Talks")
    suppressed = (
        replace(meetings, suppressed=Suppression("ignore", "they do follow, see #12")),
        replace(talks, suppressed=Suppression("baseline")),
    )
    return tuple(sorted(found, key=lambda each: each.order)), suppressed


FOUND, SUPPRESSED = scenario()
PATHS = ("ladders/design.yaml", "ladders/product.yaml", "ladders/sales.yaml", "ladders/support team.yaml")
RICH = Report(FOUND, files=4, suppressed=SUPPRESSED, paths=PATHS, work="lint")
CLEAN = Report((), files=4, paths=PATHS, work="lint")
REPORTS = {
    "rich": RICH,
    "clean": CLEAN,
    "nothing": Report((), files=0),
    "only suppressed": replace(CLEAN, suppressed=SUPPRESSED),
    "validate": Report(FOUND[:1], files=1, paths=PATHS[:1]),
    "quiet": replace(RICH, quiet=True, everything=True, color=True),
}
reports = pytest.mark.parametrize("report", REPORTS.values(), ids=list(REPORTS))


def rule(name: str) -> Rule | None:
    """A rule as it may be told, whatever the rules are; one of them is a company's own."""
    if name == "bad-title":
        return None
    return Rule(
        name=name,
        category="wording",
        severity=Severity.WARNING,
        statement=f"What {name} says.",
        reason="Why it says so.",
        bad="" if name == "syntax" else "title: bad\n",
        good="title: good\n",
        decidable=name != "weak-verb",
    )


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository, in which the files of the scenario might lie."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("laddercli.reporters.sarif.find", rule)
    return tmp_path


def written(name: str, report: Report = RICH) -> str:
    return reporter(name)(report)


def pieces(name: str, report: Report = RICH) -> list[str]:
    """The findings of a report as a program of that format counts them, by their rules."""
    text = written(name, report)
    match name:
        case "json":
            return [each["rule"] for each in json.loads(text)["findings"]]
        case "jsonl":
            return [json.loads(line)["rule"] for line in text.splitlines()]
        case "gitlab":
            return [each["check_name"] for each in json.loads(text)]
        case "sarif":
            return [each["ruleId"] for each in json.loads(text)["runs"][0]["results"]]
        case "junit":
            return [case.get("name", "").partition(":")[0] for case in ElementTree.fromstring(text).iter("testcase")]
    raise AssertionError(name)


# --- the report --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("report", "summary"),
    [
        (RICH, "Found 2 errors, 8 warnings, 1 info (1 ignored, 1 in the baseline) in 4 files. "
               "1 fixable with --fix. 1 more with --unsafe-fixes."),
        (replace(RICH, work="check"), "Found 2 errors, 8 warnings, 1 info (1 ignored, 1 in the baseline) in 4 files. "
               "1 fixable with ladder lint --fix. 1 more with --unsafe-fixes."),
        (Report(FOUND[:1], files=1, suppressed=SUPPRESSED[:1] * 2), "Found 1 error (2 ignored) in 1 file."),
        (Report(tuple(each for each in FOUND if each.rule == "weak-verb"), files=1, work="lint"),
         "Found 1 info in 1 file. 1 fixable with --unsafe-fixes."),
        (Report((), files=1), "1 file is valid."),
        (Report((), files=3), "3 files are valid."),
        (Report((), files=0), "0 files are valid."),
        (Report((), files=1, work="lint"), "No findings in 1 file."),
        (replace(CLEAN, suppressed=SUPPRESSED), "No findings (1 ignored, 1 in the baseline) in 4 files."),
        (Report((), files=1200, work="check"), "1,200 files are valid, well made and formatted."),
        (Report((), files=2, work="check", suppressed=SUPPRESSED[1:]),
         "2 files are valid, well made and formatted (1 in the baseline)."),
        (Report((), files=1, work="format"), "1 file is formatted."),
    ],
)  # fmt: skip
def test_the_summary_says_what_was_found(report: Report, summary: str) -> None:
    assert report.summary == summary


def test_every_finding_has_its_place_in_the_order() -> None:
    assert [each.order for each in RICH.every] == sorted(each.order for each in (*FOUND, *SUPPRESSED))
    assert len(RICH.every) == len(FOUND) + len(SUPPRESSED)
    assert replace(RICH, suppressed=()).every == FOUND


def test_suppressing_a_finding_changes_no_other_fingerprint() -> None:
    twins = tuple(replace(FOUND[2], span=Span(Mark(line, 1), Mark(line, 2))) for line in (1, 2, 3))
    every = Report(twins, files=1).fingerprinted
    hidden = replace(twins[0], suppressed=Suppression("ignore"))
    some = Report(twins[1:], files=1, suppressed=(hidden,)).fingerprinted
    assert [mark for _, mark in some] == [mark for _, mark in every]
    assert len({mark for _, mark in every}) == 3


# --- all formats -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_a_golden_file(name: str, golden: Golden) -> None:
    text = re.sub("[0-9a-f]{64}", "…64 digits…", written(name)).replace(f'"{__version__}"', '"VERSION"')
    suffix = {"json": "json", "jsonl": "jsonl", "gitlab": "json", "sarif": "json", "junit": "xml", "markdown": "md"}
    golden(f"report-{name}.{suffix.get(name, 'txt')}", text)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_full_format_at_widths(width: int, golden: Golden) -> None:
    golden(f"report-full-{width}.txt", written("full", replace(RICH, width=width, everything=width == 120)))


@pytest.mark.parametrize("name", FORMATS)
@reports
def test_a_report_is_text_that_can_be_encoded_and_is_always_the_same(name: str, report: Report) -> None:
    text = written(name, report)
    assert text == "" or text.endswith("\n")
    assert text.encode() == written(name, report).encode()


@pytest.mark.parametrize("name", MACHINE_FORMATS)
def test_machine_formats_are_complete_whatever_a_person_wants_to_see(name: str) -> None:
    expected = [each.rule for each in (RICH.every if name in ("json", "jsonl", "sarif") else FOUND)]
    assert [each for each in pieces(name) if each != "no findings"] == expected
    assert written(name) == written(name, replace(RICH, quiet=True, everything=True, color=True, width=20))


@pytest.mark.parametrize("name", sorted({*FORMATS} - {"json", "jsonl", "sarif"}))
def test_suppressed_findings_are_for_programs_that_ask(name: str) -> None:
    for word in ("`follows`", "`talks`", "they do follow"):
        assert word not in written(name)


@pytest.mark.parametrize("name", FORMATS)
@reports
def test_no_format_hides_a_rule(name: str, report: Report) -> None:
    if name in ("full", "concise", "github", "markdown"):
        missing = {each.rule for each in report.findings if each.rule not in written(name, report)}
        assert missing == set()


def test_the_command_writes_every_format(here: Path) -> None:
    (here / "ladders").mkdir()
    (here / "ladders" / "a.yaml").write_text(BROKEN)
    (here / "ladders" / "b.yaml").write_text("format: 1\ntitle: Sales\ntracks: []\n")
    targets = [word for name in FORMATS for word in ("-f", f"{name}={name}.out")]
    result = ladder("validate", *targets, cwd=here)
    assert (result.code, result.err) == (1, "")
    out = {name: (here / f"{name}.out").read_text("utf-8") for name in FORMATS}
    assert all("syntax" in text for text in out.values())
    jsonschema.Draft4Validator(SARIF).validate(json.loads(out["sarif"]))
    assert len(check_junit(out["junit"])) == 2
    mark = json.loads(out["jsonl"])["fingerprint"]
    for name in ("json", "gitlab", "sarif"):
        assert mark in out[name]


# --- full --------------------------------------------------------------------------------------------------------


def words(number: int, rule: str = "wordy", category: str = "wording", **more: Any) -> tuple[Finding, ...]:
    """Findings of a rule, one in each line, of which the last is the worst."""
    base = replace(FOUND[-1], rule=rule, category=category, severity=Severity.WARNING, message="m", help=None, **more)
    places = [Span(Mark(line, 1), Mark(line, 2)) for line in range(1, number + 1)]
    return tuple(replace(base, span=span, weight=float(span.start.line)) for span in places)


def lines_shown(report: Report) -> list[int]:
    return [int(line) for line in re.findall(r"--> .*?:(\d+):\d+", written("full", report))]


def test_the_worst_findings_about_words_stand_for_all_of_them() -> None:
    report = Report(words(17), files=1, work="lint")
    assert lines_shown(report) == [15, 16, 17]
    assert written("full", report).endswith(
        "\n\n  … 14 more warning[wordy]; ladder lint --all lists them\n\nFound 17 warnings in 1 file.\n"
    )
    assert "ladder check --all" in written("full", replace(report, work="check"))
    assert lines_shown(replace(report, everything=True)) == list(range(1, 18))
    assert "more warning" not in written("full", replace(report, everything=True))


def test_of_equals_the_first_are_shown() -> None:
    equals = tuple(replace(each, weight=0) for each in words(5, category="inclusion"))
    assert lines_shown(Report(equals, files=1, work="lint")) == [1, 2, 3]


@pytest.mark.parametrize(("number", "category", "shown"), [(4, "wording", 4), (5, "wording", 3), (9, "parity", 9)])
def test_only_many_findings_about_words_are_grouped(number: int, category: str, shown: int) -> None:
    assert len(lines_shown(Report(words(number, category=category), files=1, work="lint"))) == shown


def test_groups_are_rules_of_one_severity() -> None:
    three, five, six = words(3, "a"), words(5, "b"), words(6, "c")
    infos = tuple(replace(each, severity=Severity.INFO) for each in words(5, "c"))
    out = written("full", Report((*three, *five, *six, *infos), files=1, work="lint", quiet=True))
    assert out.endswith(
        "\n\n  … 2 more warning[b]\n  … 3 more warning[c]\n  … 2 more info[c]; ladder lint --all lists them\n"
    )


@pytest.mark.parametrize(("work", "times"), [("validate", 0), ("lint", 1), ("check", 1)])
def test_where_to_read_more_is_said_once_for_each_rule(work: Work, times: int) -> None:
    out = written("full", replace(RICH, work=work))
    for each in FOUND:
        assert out.count(f" = more: ladder explain {each.rule}\n") == times
    first = out.index("[compound-criterion]")
    assert not times or out.index("ladder explain compound-criterion") < out.index("[compound-criterion]", first + 1)


def test_help_and_fix_that_say_the_same_are_said_once() -> None:
    each = FOUND[0]
    fixed = replace(each, help="write: `lead`", patch=patch(each, "lead", safe=True))
    out = written("full", Report((fixed,), files=1, work="lint"))
    assert " = fix: write `lead` (--fix)\n" in out
    assert "help" not in out
    other = replace(fixed, help="name what is led", patch=patch(each, "lead", safe=False))
    out = written("full", Report((other,), files=1, work="check"))
    assert " = help: name what is led\n" in out
    assert " = fix: write `lead` (ladder lint --unsafe-fixes)\n" in out


# --- statistics --------------------------------------------------------------------------------------------------


def test_statistics_count_by_rule(golden: Golden) -> None:
    report = replace(RICH, findings=(*FOUND, *words(1200)), files=5)
    golden("report-statistics.txt", written("statistics", report))
    assert written("statistics", CLEAN) == f"{CLEAN.summary}\n"
    assert written("statistics", replace(CLEAN, quiet=True)) == ""
    assert len(written("statistics", replace(RICH, quiet=True)).splitlines()) == len({each.rule for each in FOUND})


# --- json --------------------------------------------------------------------------------------------------------


def validator(schema: dict[str, Any]) -> Any:
    """The schema as the newest draft reads it, the one that it names being older."""
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@reports
def test_the_json_of_every_report_is_what_the_schema_says(report: Report) -> None:
    schema = findings_schema()
    document = json.loads(written("json", report))
    validator(schema).validate(document)
    jsonschema.Draft7Validator(schema).validate(document)
    line = validator({"$ref": "#/definitions/Finding", "definitions": schema["definitions"]})
    found = [json.loads(each) for each in written("jsonl", report).splitlines()]
    for each in found:
        line.validate(each)
    assert found == document["findings"]


def mappings(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from mappings(each)


def test_the_schema_refuses_unknown_missing_and_wrong_keys() -> None:
    document = json.loads(written("json"))
    judge = validator(findings_schema())
    number = len(list(mappings(document)))
    assert number > 20
    for index in range(number):
        for key in [*list(mappings(document))[index], "more"]:
            changed = copy.deepcopy(document)
            mapping = list(mappings(changed))[index]
            mapping[key] = [[]]
            assert not judge.is_valid(changed), f"{key} in {mapping}"
            del mapping[key]
            assert judge.is_valid(changed) is (key == "more"), f"{key} in {mapping}"


def test_every_key_of_the_schema_is_described() -> None:
    schema = findings_schema()
    definitions = schema["definitions"]
    for each in mappings(schema):
        for name, property in each.get("properties", {}).items():
            told = definitions[property["$ref"].rpartition("/")[2]] if "$ref" in property else property
            assert told["description"].endswith("."), name
            assert "$ref" not in property or property.keys() == {"$ref"}


def test_json_tells_fixes_and_why_a_finding_does_not_count() -> None:
    document = json.loads(written("json"))
    assert document["summary"] == {
        "errors": 2, "warnings": 8, "infos": 1, "ignored": 1, "baseline": 1, "files": 4, "fixable": 1,
    }  # fmt: skip
    fixes = {each["rule"]: each["fix"] for each in document["findings"] if each["fix"]}
    edit = {"file": "ladders/product.yaml", "line": 21, "column": 17, "end_line": 21, "end_column": 25, "text": "lead"}
    assert fixes["weak-verb"] == {"message": "write `lead`", "safe": False, "edits": [edit]}
    assert (fixes["split-infinitive"]["safe"], fixes["split-infinitive"]["edits"][0]["text"]) == (True, "")
    assert [each["suppressed"] for each in document["findings"] if each["suppressed"]] == [
        {"kind": "ignore", "reason": "they do follow, see #12"},
        {"kind": "baseline", "reason": None},
    ]


@pytest.mark.parametrize("arguments", [["findings"], ["ladder"], []])
def test_the_command_prints_a_schema(tmp_path: Path, arguments: list[str]) -> None:
    result = ladder("schema", *arguments, cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    assert result.out == text(*arguments or ["ladder"])
    jsonschema.Draft7Validator.check_schema(json.loads(result.out))
    assert json.loads(result.out)["$id"] == f"urn:laddercli:{(arguments or ['ladder'])[0]}:1"


# --- gitlab ------------------------------------------------------------------------------------------------------

# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format: these fields and no others are read.
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "additionalProperties": False,
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\.{0,2}/)."},
                    "lines": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


@reports
def test_gitlab_gets_the_fields_that_it_reads(report: Report) -> None:
    issues = json.loads(written("gitlab", report))
    validator(CODE_QUALITY).validate(issues)
    severities = {"error": "major", "warning": "minor", "info": "info"}
    assert [each["severity"] for each in issues] == [severities[each.severity] for each in report.findings]
    assert len({each["fingerprint"] for each in issues}) == len(issues)
    for issue, each in zip(issues, report.findings, strict=True):
        assert issue["description"].startswith(f"{each.rule}: ")


def test_gitlab_gets_an_empty_list_and_the_fingerprints_of_json() -> None:
    assert written("gitlab", CLEAN) == "[]\n"
    counting = [each["fingerprint"] for each in json.loads(written("json"))["findings"] if not each["suppressed"]]
    assert [each["fingerprint"] for each in json.loads(written("gitlab"))] == counting


@pytest.mark.parametrize("path", ["./ladders/../ladders/a.yaml", "ladders/a.yaml", "link/a.yaml"])
def test_services_get_paths_from_the_top_of_the_repository(here: Path, path: str) -> None:
    (here / "ladders").mkdir()
    (here / "link").symlink_to("ladders")
    report = replace(RICH, findings=(replace(FOUND[0], path=path),), suppressed=(), paths=(path,))
    assert json.loads(written("gitlab", report))[0]["location"]["path"] == "ladders/a.yaml"
    location = json.loads(written("sarif", report))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "ladders/a.yaml", "uriBaseId": "%SRCROOT%"}
    assert ElementTree.fromstring(written("junit", report))[0].get("file") == "ladders/a.yaml"


# --- junit -------------------------------------------------------------------------------------------------------

NUMBERS = {"tests", "failures", "errors", "skipped", "time"}
ATTRIBUTES = {
    "testsuites": {"name", *NUMBERS},
    "testsuite": {"name", "file", *NUMBERS},
    "testcase": {"name", "classname", "file", "time", "line"},
    "failure": {"message", "type"},
    "error": {"message", "type"},
    "system-out": set[str](),
}
CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase"},
    "testcase": {"failure", "error", "system-out"},
}


def check_junit(text: str) -> Element:
    """The document, when it has the elements and attributes that a CI reads, and no others."""
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    root = ElementTree.fromstring(text.encode())
    assert root.tag == "testsuites"
    for element in root.iter():
        optional = {"line"} if element.tag == "testcase" and len(element) == 0 else set()
        assert {*element.keys()} | optional == ATTRIBUTES[element.tag]
        assert {child.tag for child in element} <= CHILDREN.get(element.tag, set())
        assert element.get("time", "0") == "0"
        if element.tag in ("testsuite", "testsuites"):
            for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
                assert element.get(name) == str(len(list(element.iter(tag))))
    for suite in root:
        names = [(case.get("classname"), case.get("name")) for case in suite]
        assert len(set(names)) == len(names) > 0
    return root


@reports
def test_junit_has_a_suite_for_each_file(report: Report) -> None:
    root = check_junit(written("junit", report))
    assert [suite.get("name") for suite in root] == list(report.paths)
    passing = [suite.get("name") for suite in root for case in suite if case.get("name") == "no findings"]
    assert passing == [path for path in report.paths if path not in {each.path for each in report.findings}]


def outcomes(report: Report) -> dict[str, str]:
    """What became of the findings, by severity and by whether the file can be read."""
    root = check_junit(written("junit", report))
    cases = [case for case in root.iter("testcase") if len(case)]
    return {
        "unreadable" if each.rule == "syntax" else str(each.severity): case[0].tag
        for each, case in zip(report.findings, cases, strict=True)
    }


@pytest.mark.parametrize(
    ("fail_on", "error", "warning", "info"),
    [
        (Severity.ERROR, "failure", "system-out", "system-out"),
        (Severity.WARNING, "failure", "failure", "system-out"),
        (Severity.INFO, "failure", "failure", "failure"),
        (None, "system-out", "system-out", "system-out"),
    ],
)
def test_what_the_run_fails_for_fails_in_junit(fail_on: Severity | None, error: str, warning: str, info: str) -> None:
    opinions = tuple(
        replace(each, category="parity") if each.rule == "unknown-measure" else each for each in RICH.findings
    )
    assert outcomes(replace(RICH, findings=opinions, fail_on=fail_on)) == {
        "unreadable": "error", "error": error, "warning": warning, "info": info,
    }  # fmt: skip


def test_that_a_file_is_no_ladder_fails_whatever_the_threshold() -> None:
    assert outcomes(replace(RICH, fail_on=None))["error"] == "failure"


@pytest.mark.parametrize(
    ("name", "tag"), [("too-deep", "error"), ("encoding", "error"), ("unknown-key", "failure"), ("syntax", "error")]
)
def test_a_file_that_cannot_be_read_is_an_error_of_junit(name: str, tag: str) -> None:
    root = check_junit(written("junit", Report((replace(FOUND[0], rule=name),), files=1)))
    assert root[0][0][0].tag == tag
    assert root[0][0][0].get("type") == name


@given(st.text(), st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_junit_is_xml_whatever_the_text(message: str, path: str) -> None:
    each = replace(FOUND[2], message=message, path=path, help=message, rule=message, logical_path=message)
    check_junit(reporter("junit")(Report((each, each), files=1)))


# --- sarif -------------------------------------------------------------------------------------------------------

SARIF = json.loads((Path(__file__).parent / "cases" / "formats" / "sarif-schema-2.1.0.json").read_text("utf-8"))


def log_of(report: Report = RICH) -> dict[str, Any]:
    """The one run of a log that the official schema accepts."""
    log = json.loads(written("sarif", report))
    jsonschema.Draft4Validator(SARIF).validate(log)
    assert log["$schema"] == SARIF["id"]
    assert len(log["runs"]) == 1
    run: dict[str, Any] = log["runs"][0]
    return run


@reports
def test_sarif_is_what_its_schema_says(report: Report) -> None:
    run = log_of(report)
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("ladder", __version__)
    assert [each["id"] for each in driver["rules"]] == sorted({each.rule for each in report.every})
    assert run["automationDetails"]["id"] == f"ladder/{report.work}/"


@reports
def test_sarif_has_what_github_asks_for(report: Report) -> None:
    run = log_of(report)
    for each in run["tool"]["driver"]["rules"]:
        assert 0 < len(each["name"]) <= 255
        assert 0 < len(each["shortDescription"]["text"]) <= 1024
        assert 0 < len(each["fullDescription"]["text"]) <= 1024
        assert each["help"]["text"]
        assert each["help"]["markdown"]
        assert each["defaultConfiguration"]["level"] in ("note", "warning", "error")
        properties = each["properties"]
        assert len(properties["tags"]) == 1
        assert properties["precision"] == ("medium" if each["id"] in ("weak-verb", "bad-title") else "very-high")
        assert properties["problem.severity"] in ("error", "warning", "recommendation")
        assert "helpUri" not in each
    levels = {"error": "error", "warning": "warning", "info": "note"}
    for result, (each, mark) in zip(run["results"], report.fingerprinted, strict=True):
        assert result["ruleId"] == each.rule == run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]
        assert result["level"] == levels[each.severity]
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
        assert re.fullmatch(r"[\w.~%-]+(/[\w.~%-]+)*", place["artifactLocation"]["uri"], re.ASCII)
        (line, column), (end_line, end_column) = each.span
        assert place["region"] == {
            "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
        }  # fmt: skip
        assert result["partialFingerprints"] == {"primaryLocationLineHash": mark}
        assert ("fixes" in result) == (each.patch is not None)
        assert len(result.get("relatedLocations", [])) == len(each.related)


def test_sarif_tells_every_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("laddercli.reporters.sarif.find", find)
    known = {**rules(), **verdicts()}
    run = log_of(Report(tuple(replace(FOUND[0], rule=name) for name in known), files=1, work="lint"))
    told = {each["id"]: each for each in run["tool"]["driver"]["rules"]}
    assert told.keys() == known.keys()
    for name, each in told.items():
        assert each["shortDescription"]["text"] == known[name].statement
        assert known[name].reason in each["help"]["text"]
        assert each["properties"]["tags"] == [known[name].category]


def test_sarif_says_why_a_result_does_not_count() -> None:
    found = {each["message"]["text"]: each["suppressions"] for each in log_of()["results"]}
    assert found["`follows` says little"] == [{"kind": "inSource", "justification": "they do follow, see #12"}]
    assert found["`talks` says little"] == [{"kind": "external", "justification": "in the baseline"}]
    assert sum(not each for each in found.values()) == len(found) - 2
    bare = replace(RICH, suppressed=(replace(SUPPRESSED[0], suppressed=Suppression("ignore")),))
    assert [{"kind": "inSource"}] in [each["suppressions"] for each in log_of(bare)["results"]]


def test_sarif_names_no_folder_of_this_machine(here: Path) -> None:
    assert str(here) not in written("sarif")
    assert "file:" not in written("sarif")


def test_sarif_paths_are_encoded() -> None:
    each = replace(FOUND[0], path="lädders/a b:c%20#?.yaml")
    place = log_of(Report((each,), files=1))["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "l%C3%A4dders/a%20b%3Ac%2520%23%3F.yaml"


def test_no_text_of_a_ladder_is_a_link_or_a_placeholder_of_sarif() -> None:
    message = next(each for each in log_of()["results"] if each["ruleId"] == "bad-title")["message"]["text"]
    assert "](" not in message
    assert "{{0}}" in message
    assert "{0}" not in message.replace("{{0}}", "")


def test_long_reasons_are_cut_where_github_would_refuse_them(monkeypatch: pytest.MonkeyPatch) -> None:
    known = rule("syntax")
    assert known is not None
    long = replace(known, statement="s" * 2000, reason="r" * 2000)
    monkeypatch.setattr("laddercli.reporters.sarif.find", lambda name: long)
    found = log_of(Report(FOUND[:1], files=1))["tool"]["driver"]["rules"][0]
    assert len(found["shortDescription"]["text"]) == len(found["fullDescription"]["text"]) == 1024
    assert found["help"]["text"].startswith(long.reason)


# --- markdown ----------------------------------------------------------------------------------------------------


def tokens(text: str) -> list[Any]:
    """Every token of a text as GitHub's Markdown has them."""
    found = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    return [token for each in found for token in (each, *(each.children or ()))]


def check_markdown(report: Report) -> list[Any]:
    """The tokens, when they show each finding in a row of its own and hold nothing but our own markup."""
    out = written("markdown", report)
    found = tokens(out)
    assert not {each.type for each in found} & {"link_open", "image", "hr", "fence", "em_open"}
    assert {each.content for each in found if each.type == "html_inline"} <= {"<br>"}
    html = [each.content.strip() for each in found if each.type == "html_block"]
    assert all(re.fullmatch(r"<details><summary>\d+ findings</summary>|</details>", each) for each in html)
    assert sum(each.type == "tr_open" for each in found) == len(report.findings) + out.count("| Line |")
    assert sum(each.type == "td_open" for each in found) == 4 * len(report.findings)
    lines = [each.children for each in found if each.type == "inline"]
    plain = "\n".join("".join(each.content if each.type == "text" else " " for each in line) for line in lines)
    assert not re.search(r"://|www\.|@\w|#\d", plain, re.IGNORECASE)
    return found


@reports
def test_markdown_is_a_table_for_each_file(report: Report) -> None:
    found = check_markdown(report)
    files = {each.path for each in report.findings}
    assert sum(each.type == "table_open" for each in found) == len(files)
    assert sum(each.type == "heading_open" for each in found) == bool(report.findings and not report.quiet)


def test_markdown_of_nothing_is_one_line() -> None:
    assert written("markdown", CLEAN) == "No findings in 4 files.\n"
    assert written("markdown", replace(CLEAN, quiet=True)) == ""


@pytest.mark.parametrize(("number", "folds"), [(10, False), (11, True)])
def test_long_lists_of_markdown_are_folded(number: int, folds: bool) -> None:
    report = Report(words(number), files=1, work="lint")
    check_markdown(report)
    assert ("<details>" in written("markdown", report)) is folds


LETTERS = st.text(st.sampled_from("`|\\\n\r\t[](){}<>@#!*_~&$:/w. ax1-+=\u202e\x1b\ud800"))


@given(LETTERS, LETTERS, LETTERS)
def test_no_text_of_a_ladder_breaks_markdown(message: str, help: str, path: str) -> None:
    each = replace(FOUND[2], message=message or "m", help=help, path=path, rule="r", suggestion=help)
    check_markdown(Report((each,), files=1, work="lint"))
