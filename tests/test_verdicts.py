"""What `ladder explain` says about the findings of a file and of a run, and that its examples are what they claim."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import laddercli.rules
from laddercli.document import Document
from laddercli.findings import VALIDITY, Severity
from laddercli.loader import Loader
from laddercli.rules import RUN, Rule, verdicts

# Permanent: a name that goes needs an alias.
OF_VALIDITY = """
    syntax encoding too-large too-deep too-many-nodes too-many-aliases unsupported-yaml duplicate-key unknown-key
    missing-key wrong-type bad-value bad-id duplicate-id unknown-measure unknown-metric unknown-grade unknown-zone
    unknown-track unknown-level unknown-step id-formerly-in-use inherits-cycle uses-not-found uses-outside uses-cycle
    split-grades falling-grade impossible-pay impossible-benchmark unchanged-lowest
    """.split()
OF_A_RUN = {
    "unknown-ignore": Severity.ERROR,
    "unused-ignore": Severity.WARNING,
    "stale-baseline": Severity.WARNING,
    "unformatted": Severity.ERROR,
    "not-formattable": Severity.INFO,
    "version-not-bumped": Severity.WARNING,
}
# Special bytes, thousands of lines, a file that is no ladder, and a name that is set aside.
WITHOUT_EXAMPLES = """
    encoding too-large too-deep too-many-nodes too-many-aliases unknown-track stale-baseline
    """.split()

# What an example need not say, by its key, and the file beside it that some examples name.
REST = {"format": "format: 1\n", "title": "title: Engineering\n", "tracks": "tracks: []\n"}
COMPANY = "format: 1\ngrades: [{id: g1}, {id: g2}]\n"

FILE = Path(laddercli.rules.__path__[0], "verdicts.yaml")
EACH = [pytest.param(verdict, id=name) for name, verdict in verdicts().items()]
EACH_SHOWN = [pytest.param(verdict, id=name) for name, verdict in verdicts().items() if verdict.bad]


def whole(example: str) -> str:
    """The example with what it lacks of a ladder. As text, because not every bad example can be read as YAML."""
    given = re.findall(r"^[\w-]+(?=:)", example, re.MULTILINE)
    return "".join(line for key, line in REST.items() if key not in given) + example


def rules_of(example: str, folder: Path) -> list[str]:
    """The rules of validity that the example breaks."""
    (folder / "company.yaml").write_text(COMPANY, encoding="utf-8")
    path = folder / "engineering.yaml"
    path.write_text(whole(example), encoding="utf-8")
    return [finding.rule for finding in Loader(audience="confidential").examine(str(path))]


def test_the_names_are_the_permanent_ones_in_their_order() -> None:
    assert list(verdicts()) == [*OF_VALIDITY, *OF_A_RUN]


def test_what_is_invalid_is_an_error_and_a_run_has_severities_of_its_own() -> None:
    said = {name: (verdict.category, verdict.severity) for name, verdict in verdicts().items()}

    assert said == {
        **dict.fromkeys(OF_VALIDITY, (VALIDITY, Severity.ERROR)),
        **{name: (RUN, severity) for name, severity in OF_A_RUN.items()},
    }


def test_only_comments_are_mended_by_a_fix() -> None:
    fixes = {name: verdict.fix for name, verdict in verdicts().items() if verdict.fix}
    assert fixes == {"unknown-ignore": "safe", "unused-ignore": "safe"}


def test_no_key_is_misspelled_or_given_twice() -> None:
    document = Document.parse(FILE.read_bytes())

    assert document.faults == ()
    assert {key for entry in document.data.values() for key in entry} == {
        "statement",
        "reason",
        "bad",
        "good",
        "severity",
        "category",
        "fix",
    }


@pytest.mark.parametrize("verdict", EACH)
def test_the_statement_is_one_sentence_and_the_reason_is_short(verdict: Rule) -> None:
    assert re.fullmatch(r"[A-Z`][^\n]*[^.\n]\.", verdict.statement)
    assert len(verdict.statement) <= 100
    assert re.fullmatch(r"[A-Z`][^\n]*\.", verdict.reason)
    assert len(verdict.reason) <= 400


@pytest.mark.parametrize("verdict", EACH)
def test_there_are_two_examples_that_differ_or_none(verdict: Rule) -> None:
    shown = verdict.name not in WITHOUT_EXAMPLES
    assert (bool(verdict.bad), bool(verdict.good), verdict.bad != verdict.good) == (shown, shown, shown)


@pytest.mark.parametrize("verdict", EACH_SHOWN)
def test_an_example_fits_a_terminal(verdict: Rule) -> None:
    for example in (verdict.bad, verdict.good):
        lines = example.splitlines()
        assert len(lines) <= 10
        assert max(map(len, lines)) <= 80
        assert example.endswith("\n")
        assert lines == [line.rstrip() for line in lines if line.strip()]


@pytest.mark.parametrize("verdict", EACH_SHOWN)
def test_a_bad_example_breaks_its_own_rule_once_and_no_other(verdict: Rule, tmp_path: Path) -> None:
    assert rules_of(verdict.bad, tmp_path) == ([verdict.name] if verdict.category == VALIDITY else [])


@pytest.mark.parametrize("verdict", EACH_SHOWN)
def test_a_good_example_is_valid(verdict: Rule, tmp_path: Path) -> None:
    assert rules_of(verdict.good, tmp_path) == []


@pytest.mark.parametrize("name", ["unformatted", "not-formattable"])
def test_layout_is_all_that_differs(name: str) -> None:
    verdict = verdicts()[name]
    assert yaml.safe_load(verdict.bad) == yaml.safe_load(verdict.good)
