"""Pay and notes: who sees them, in whatever format."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
import yaml

from laddercli.visibility import AUDIENCES, may_see
from tests.conftest import Write
from tests.run import ladder

CHECKOUT = Path(__file__).parents[1]

NOTE = "Look for a decision that was taken back."
WITH_NOTES = f"""\
format: 1
title: Sales
x-weights: {{canary: 987654}}
grades: [{{id: g1, title: One, x-rate: 987653, pay: {{de: {{min: 71111, mid: 72222, max: 73333}}}}}}, {{id: g2}}]
compensation:
  zones: [{{id: de, title: Germany, currency: EUR}}]
  criteria: Pay follows the grade.
  note: Canary figures.
tracks:
  - id: ic
    name: Makers
    kind: ic
    levels:
      - {{id: s1, title: Seller 1, grade: g1, x-canary: 987652}}
      - {{id: s2, title: Seller 2, grade: g2, pay: {{de: {{min: 84444, max: 85555}}}}}}
notes: {{s1: {NOTE}}}
"""
FIGURES = ("71111", "72222", "73333", "84444", "85555")


def amounts(value: object) -> Iterator[int]:
    """Every number of 5 digits or more in a file."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from amounts(each)
    elif isinstance(value, int) and value > 9_999:
        yield value


def digits(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d)", "", text)


SHIPPED = sorted({str(each) for each in amounts(yaml.safe_load((CHECKOUT / "ladders" / "company.yaml").read_text()))})
# Every command that prints pages, so that together they show every level of both tracks.
LEVELS = "pm1 pm2 senior-pm staff-pm principal-pm distinguished-pm group-pm director-of-product vp-of-product cpo"
COMMANDS = [["list"], ["show", *LEVELS.split()], ["compare", *LEVELS.split()], ["compare", "staff-pm", "--peer"]]


def printed(arguments: list[str], output_format: str, audience: str | None, cwd: Path = CHECKOUT) -> str:
    flags = ["--audience", audience] if audience else []
    done = ladder(*arguments, "-f", output_format, *flags, cwd=cwd)
    assert (done.code, done.err) == (0, "")
    return digits(done.out)


@pytest.mark.parametrize("output_format", ["text", "markdown", "json"])
@pytest.mark.parametrize("audience", [None, "public", "internal"])
@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda value: " ".join(value[:2]))
def test_no_amount_is_shown_below_its_visibility(
    arguments: list[str], audience: str | None, output_format: str
) -> None:
    text = printed(arguments, output_format, audience)
    assert [amount for amount in SHIPPED if amount in text] == []
    assert "illustrative" not in text


@pytest.mark.parametrize("output_format", ["text", "markdown", "json"])
def test_amounts_are_shown_to_whom_they_are_meant_for(output_format: str) -> None:
    assert len(SHIPPED) == 42
    for arguments in COMMANDS[:3]:
        text = printed(arguments, output_format, "confidential")
        missing = [amount for amount in SHIPPED if amount not in text]
        assert len(missing) == (0 if output_format == "json" else 14)  # a page shows both ends and not the middle
        assert "The figures are illustrative." in " ".join(text.split())  # said wherever a figure is


@pytest.mark.parametrize("output_format", ["text", "markdown", "json"])
@pytest.mark.parametrize(
    ("visibility", "audience", "pay", "notes"),
    [
        ("", None, False, False),
        ("", "internal", False, False),
        ("", "confidential", True, True),
        ("visibility: {pay: internal}", "public", False, False),
        ("visibility: {pay: internal}", "internal", True, False),
        ("visibility: {notes: internal}", "internal", False, True),
        ("visibility: {pay: public, notes: public}", None, True, True),
    ],
)
def test_visibility_is_what_the_file_says(
    visibility: str, audience: str | None, pay: bool, notes: bool, output_format: str, tmp_path: Path
) -> None:
    (tmp_path / "sales.yaml").write_text(f"{WITH_NOTES}{visibility}\n")
    shown = printed(["show", "sales.yaml:s1", "sales.yaml:s2"], output_format, audience, tmp_path)
    listed = printed(["list", "sales.yaml"], output_format, audience, tmp_path)
    compared = printed(["compare", "sales.yaml:s1"], output_format, audience, tmp_path)
    assert ("84444" in shown, "71111" in listed, "84444" in compared) == (pay, pay, pay)
    assert any(figure in text for figure in FIGURES for text in (shown, listed, compared)) is pay
    assert (NOTE in shown) is notes
    assert NOTE not in listed
    if not pay:
        assert [text for text in (shown, listed, compared) if "EUR" in text or "Canary figures" in text] == []


@pytest.mark.parametrize("command", [["list", "sales.yaml"], ["show", "sales.yaml:s1"], ["compare", "sales.yaml:s1"]])
@pytest.mark.parametrize("output_format", ["text", "markdown", "json"])
def test_keys_of_ones_own_stay_in_the_file(command: list[str], output_format: str, tmp_path: Path) -> None:
    (tmp_path / "sales.yaml").write_text(WITH_NOTES)
    text = printed(command, output_format, "confidential", tmp_path)
    assert not re.search(r"x-|98765\d|canary", text.replace("Canary figures", ""))


def test_a_complaint_shows_no_amount(tmp_path: Path) -> None:
    (tmp_path / "ladders").mkdir()
    (tmp_path / "ladders" / "sales.yaml").write_text(WITH_NOTES.replace("max: 73333", "max: 70001"))
    for arguments in (["list"], ["show", "s1"], ["show", "ladders/sales.yaml:s1"]):
        done = ladder(*arguments, cwd=tmp_path)
        assert (done.code, done.out) == (2, "")
        assert not re.search(r"7\d,?\d{3}", done.err)


def test_who_may_see_what() -> None:
    seen = {each: [other for other in AUDIENCES if may_see(each, other)] for each in AUDIENCES}
    assert seen == {
        "public": ["public"],
        "internal": ["public", "internal"],
        "confidential": ["public", "internal", "confidential"],
    }


def test_an_unknown_audience_ends_with_2() -> None:
    done = ladder("list", "--audience", "intern", cwd=CHECKOUT)
    assert (done.code, done.out) == (2, "")
    assert "internal" in done.err


def test_json_says_null_where_pay_is_hidden() -> None:
    (level,) = json.loads(printed(["show", "staff-pm"], "json", None))["levels"]
    assert (level["pay"], level["note"]) == (None, None)
    (made, _) = json.loads(printed(["list"], "json", None))["ladders"]
    assert {each["pay"] for each in made["grades"]} == {None}
    assert made["compensation"] is None


OWN_PAY = """
    format: 1
    title: Sales
    visibility: {pay: internal}
    compensation: {zones: [{id: us, currency: USD}]}
    grades: [{id: g1, pay: {us: {min: 41003, max: 52007}}}]
    tracks:
      - {id: ic, kind: ic, levels: [{id: seller, grade: g1}]}
      - {id: lead, kind: manager, levels: [{id: chief, grade: g1, pay: {us: {min: 61009, max: 72011}}}]}
    """


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_peers_with_other_pay_are_not_said_to_have_one_range(audience: str, write: Write) -> None:
    folder = write({"ladders/sales.yaml": dedent(OWN_PAY)})
    compared = ladder("compare", "seller", "chief", "--audience", audience, cwd=folder).out
    assert "Same grade, but pay that departs from it." in compared
    listed = ladder("list", "--audience", audience, cwd=folder).out
    assert "one pay range" not in listed
    for amount in ("52,007", "61,009–72,011"):
        assert (amount in listed) == (amount in compared) == (audience == "internal")
