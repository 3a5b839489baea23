"""From a path to a ladder: what shared files add, and what is said when something is wrong."""

from __future__ import annotations

import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laddercli.errors import InvalidLadder, LadderError
from laddercli.findings import Finding
from laddercli.ladder import Ladder
from laddercli.loader import Loader
from laddercli.nodes import split_lines

Write = Callable[..., Path]

SALES = """\
format: 1
title: Sales
uses: [{uses}]
tracks: []
"""


def shown(findings: list[Finding]) -> list[str]:
    return [
        f"{finding.path}:{finding.span.start.line}:{finding.span.start.column} {finding.rule} {finding.text}"
        for finding in findings
    ]


def examine(path: str = "ladder.yaml") -> list[str]:
    return shown(Loader(audience="confidential").examine(path))


def load(path: str = "ladder.yaml") -> Ladder:
    return Loader().load(path)


def bands(ladder: Ladder) -> dict[str, dict[str, list[Decimal | None]]]:
    return {
        grade.id: {zone: [band.min, band.mid, band.max] for zone, band in grade.pay.items()} for grade in ladder.grades
    }


# --- merging -----------------------------------------------------------------------------------------------------

COMPANY = """\
format: 1
id: company
title: Company
version: 9.9.9
status: deprecated
effective: 2020-01-01
language: de
summary: Shared.
about: [{title: Shared, text: Shared.}]
owner: People
reviewed: 2020-01-01
source: {title: Shared}
organization: {name: Acme, aliases: [Acme Corp], products: [Roadrunner]}
policy: {parity: waived, parity_reason: Small., levels: cumulative}
glossary: {SE: sales engineer, AE: account executive}
grades: [{id: g1}, {id: g2, title: Second, pay: {us: {min: 1, max: 2}, de: {min: 3}}}]
compensation:
  zones: [{id: us, currency: USD}, {id: de, title: Germany, currency: EUR}]
  basis: base
  note: Shared.
visibility: {pay: internal}
metrics: [{id: calls}]
measures: [{id: reach}]
everyone: {reach: Answers., depth: Ignored.}
notes: {junior: Shared., nobody: Ignored.}
"""

LADDER = """\
format: 1
title: Sales
uses: [company.yaml, pay.yaml]
organization: {name: Acme Sales}
policy: {levels: standalone}
glossary: {AE: account expert}
compensation: {zones: [{id: uk, currency: GBP}], note: Own., period: year}
metrics: [{id: visits}]
measures: [{id: pace}]
tracks:
  - id: ic
    kind: ic
    levels: [{id: junior, grade: g1, code: S1}, {id: senior, grade: g2, pay: {us: {min: 7}}}]
  - {id: manager, kind: manager, measures: [pace], levels: [{id: lead, grade: g2, title: Lead}]}
notes: {senior: Own.}
"""

PAY = """\
format: 1
pay: {g1: {us: {min: 5}}, g2: {de: {min: 8, mid: 9}}, g9: {us: {min: 1}}}
notes: {junior: Later.}
"""


@pytest.fixture
def sales(write: Write) -> Ladder:
    write(ladder=LADDER, company=COMPANY, pay=PAY)
    return load()


MERGED: list[tuple[str, Any]] = [
    ("id", "ladder"),
    ("title", "Sales"),
    ("version", None),
    ("status", "active"),
    ("effective", None),
    ("language", "en"),
    ("summary", None),
    ("about", ()),
    ("owner", None),
    ("reviewed", None),
    ("source", None),
    ("organization.name", "Acme Sales"),
    ("organization.aliases", ("Acme Corp",)),
    ("organization.products", ("Roadrunner",)),
    ("policy.parity", "waived"),
    ("policy.parity_reason", "Small."),
    ("policy.levels", "standalone"),
    ("glossary", {"SE": "sales engineer", "AE": "account expert"}),
    ("compensation.basis", "base"),
    ("compensation.period", "year"),
    ("compensation.note", "Own."),
    ("visibility.pay", "internal"),
    ("visibility.notes", "confidential"),
    ("notes", {"junior": "Later.", "senior": "Own."}),
    ("files", ("company.yaml", "pay.yaml", "ladder.yaml")),
]


@pytest.mark.parametrize(("name", "expected"), MERGED, ids=[name for name, _ in MERGED])
def test_a_field_of_the_ladder_over_shared_files(name: str, expected: Any, sales: Ladder) -> None:
    value: Any = sales
    for part in name.split("."):
        value = getattr(value, part)
    assert value == expected


def test_lists_are_joined_with_shared_files_first(sales: Ladder) -> None:
    assert [metric.id for metric in sales.metrics] == ["calls", "visits"]
    assert [measure.id for measure in sales.measures] == ["reach", "pace"]
    assert [zone.id for zone in sales.compensation.zones] == ["us", "de", "uk"]
    assert [grade.id for grade in sales.grades] == ["g1", "g2"]


def test_a_track_has_all_measures_unless_it_lists_its_own(sales: Ladder) -> None:
    assert [[measure.id for measure in track.measures] for track in sales.tracks] == [["reach", "pace"], ["pace"]]


def test_pay_of_another_file_goes_over_pay_of_the_grade_zone_by_zone(sales: Ladder) -> None:
    assert bands(sales) == {
        "g1": {"us": [5, None, None]},
        "g2": {"us": [1, None, 2], "de": [8, 9, None]},
    }
    senior = sales.levels["senior"][1]
    assert {zone: band.min for zone, band in sales.pay(senior).items()} == {"us": 7, "de": 8}


def test_everyone_of_shared_files_only_has_measures_of_the_ladder(sales: Ladder) -> None:
    assert [(each.origin, list(each.cells)) for each in sales.everyone] == [("shared", ["reach"])]


def test_titles_default_to_code_and_id(sales: Ladder) -> None:
    assert {level.id: level.title for _, level in sales.levels.values()} == {
        "junior": "S1", "senior": "senior", "lead": "Lead",
    }  # fmt: skip
    assert [grade.title for grade in sales.grades] == ["g1", "Second"]


def test_every_part_knows_the_file_it_comes_from(sales: Ladder) -> None:
    assert sales.measures[0].place == ("company.yaml", ("measures", 0))
    assert sales.measures[1].place == ("ladder.yaml", ("measures", 0))
    assert sales.grades[0].pay["us"].place == ("pay.yaml", ("pay", "g1", "us"))
    assert sales.levels["lead"][1].place == ("ladder.yaml", ("tracks", 1, "levels", 0))


@pytest.mark.parametrize(
    ("shared", "own", "expected"),
    [
        ("", "", ("confidential", "confidential")),
        ("{pay: public}", "", ("public", "confidential")),
        ("{pay: public}", "{notes: public}", ("public", "public")),
        ("{pay: confidential}", "{pay: public, notes: internal}", ("confidential", "internal")),
        ("{pay: internal, notes: public}", "{pay: confidential, notes: internal}", ("confidential", "internal")),
    ],
)
def test_visibility_is_the_strictest_that_is_written(
    shared: str, own: str, expected: tuple[str, str], write: Write
) -> None:
    ladder = SALES.format(uses="company.yaml") + (f"visibility: {own}\n" if own else "")
    write(ladder=ladder, company="format: 1\n" + (f"visibility: {shared}\n" if shared else ""))
    visibility = load().visibility
    assert (visibility.pay, visibility.notes) == expected


def test_a_later_file_goes_over_an_earlier_one(write: Write) -> None:
    write(
        ladder=SALES.format(uses="a.yaml, b.yaml"),
        a="format: 1\nuses: [deep.yaml]\nglossary: {x: a, y: a}\n",
        b="format: 1\nglossary: {x: b}\n",
        deep="format: 1\nglossary: {x: deep, y: deep, z: deep}\n",
    )
    ladder = load()
    assert ladder.glossary == {"x": "b", "y": "a", "z": "deep"}
    assert ladder.files == ("deep.yaml", "a.yaml", "b.yaml", "ladder.yaml")


# --- where shared files may lie ----------------------------------------------------------------------------------


def test_an_optional_file_may_be_missing(write: Write) -> None:
    write(ladder=SALES.format(uses="{path: pay.yaml, optional: true}"))
    assert load().files == ("ladder.yaml",)


def test_an_optional_file_that_is_there_must_be_right(write: Write) -> None:
    write(ladder=SALES.format(uses="{path: pay.yaml, optional: true}"), pay="format: 1\nnotse: {}\n")
    assert examine() == ["pay.yaml:2:1 unknown-key unknown key `notse`; did you mean `notes`?"]


def test_paths_are_relative_to_the_file_that_names_them(write: Write) -> None:
    (write({"ladders/sales/ladder.yaml": SALES.format(uses="../shared/a.yaml")}) / ".git").mkdir()
    write({"ladders/shared/a.yaml": "format: 1\nuses: [b.yaml]\n", "ladders/shared/b.yaml": "format: 1\nx: 1\n"})
    assert examine("ladders/sales/ladder.yaml")[0].startswith("ladders/shared/b.yaml:2:1 unknown-key unknown key `x`")


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_the_repository_ends_where_its_git_is(kind: str, write: Write) -> None:
    """A worktree or submodule has a file in place of the folder."""
    top = write({"top/ladders/ladder.yaml": SALES.format(uses="../company.yaml, ../../out.yaml")})
    write({"top/company.yaml": "format: 1\n", "out.yaml": "format: 1\n"})
    if kind == "folder":
        (top / "top/.git").mkdir()
    else:
        (top / "top/.git").write_text("gitdir: /elsewhere\n")
    assert examine("top/ladders/ladder.yaml") == [
        "top/ladders/ladder.yaml:3:25 uses-outside ../../out.yaml lies outside of the repository"
    ]


def test_outside_of_git_the_folder_of_the_ladder_is_the_limit(write: Write) -> None:
    write({"top/ladder.yaml": SALES.format(uses="deep/a.yaml, ../out.yaml"), "top/deep/a.yaml": "format: 1\n"})
    write({"out.yaml": "format: 1\n"})
    assert examine("top/ladder.yaml") == [
        "top/ladder.yaml:3:21 uses-outside ../out.yaml lies outside of the repository"
    ]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("inner.yaml", []),
        ("../out.yaml", ["top/ladder.yaml:3:8 uses-outside company.yaml lies outside of the repository"]),
        ("ladder.yaml", ["top/ladder.yaml:3:8 uses-cycle company.yaml uses itself"]),
        ("nowhere.yaml", ["top/ladder.yaml:3:8 uses-not-found top/company.yaml: the link leads nowhere"]),
    ],
)
def test_a_link_counts_as_what_it_leads_to(target: str, expected: list[str], write: Write) -> None:
    top = write({"top/ladder.yaml": SALES.format(uses="company.yaml"), "top/inner.yaml": "format: 1\n"})
    write({"out.yaml": "format: 1\n"})
    (top / "top/company.yaml").symlink_to(target)
    assert examine("top/ladder.yaml") == expected


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("pipe", "pipe is a named pipe, not a file"),
        ("zero", "zero lies outside of the repository"),
        ("folder", "folder is a folder, not a file"),
    ],
)
def test_a_shared_file_that_is_no_file_is_a_finding(name: str, message: str, write: Write) -> None:
    top = write(ladder=SALES.format(uses=name))
    os.mkfifo(top / "pipe")
    (top / "zero").symlink_to("/dev/zero")
    (top / "folder").mkdir()
    assert [text.split(" ", 2)[2] for text in examine()] == [message]


@pytest.mark.parametrize(("depth", "count"), [(8, 0), (9, 1)])
def test_files_use_each_other_at_most_eight_deep(depth: int, count: int, write: Write) -> None:
    write(ladder=SALES.format(uses="s1.yaml"))
    for index in range(1, depth):
        write({f"s{index}.yaml": f"format: 1\nuses: [s{index + 1}.yaml]\n"})
    write({f"s{depth}.yaml": "format: 1\n"})
    assert examine() == ["s8.yaml:2:8 uses-cycle files use each other more than 8 deep"] * count


# --- what is said, and how often ---------------------------------------------------------------------------------


def test_what_a_shared_file_has_wrong_is_said_once_in_a_run(write: Write) -> None:
    write(company="format: 1\nx: 1\n", one=SALES.format(uses="company.yaml"), two=SALES.format(uses="./company.yaml"))
    loader = Loader()
    assert [finding.path for finding in loader.examine("one.yaml")] == ["company.yaml"]
    assert loader.examine("two.yaml") == []
    assert loader.examine("company.yaml") == []
    for path in ("one.yaml", "two.yaml"):
        with pytest.raises(InvalidLadder):
            loader.load(path)


def test_what_a_ladder_has_wrong_is_said_whenever_it_is_asked_for(write: Write) -> None:
    write(ladder="format: 1\ntitle: Sales\ntracks: {}\n")
    loader = Loader()
    assert shown(loader.examine("ladder.yaml")) == shown(loader.examine("ladder.yaml")) != []


def test_a_broken_shared_file_leaves_a_ladder_its_own_findings(write: Write) -> None:
    ladder = SALES.format(uses="company.yaml").replace(
        "tracks: []",
        "tracks: [{id: ic, kind: ic, levels: [{id: junior, grade: g1, inherits: [lead]}, {id: junior}]}]\nowner: []",
    )
    write(ladder=ladder, company="format: 1\nowner: {\n")
    assert [text for text in examine() if not text.startswith("company.yaml:")] == [
        "ladder.yaml:4:73 unknown-level level `lead` is not defined",
        "ladder.yaml:4:86 duplicate-id the level `junior` is defined twice",
        "ladder.yaml:5:8 wrong-type `owner` must be text, not a list",
    ]


def test_a_shared_file_is_examined_by_itself(write: Write) -> None:
    write(company=COMPANY.replace("id: g1}", "id: g1, titel: One}") + "pay: {g9: {us: {min: 5, max: 4}}}\n")
    assert examine("company.yaml") == [
        "company.yaml:16:19 unknown-key unknown key `titel`; did you mean `title`?",
        "company.yaml:26:30 impossible-pay `max` is less than `min`",
    ]


def test_a_shared_file_is_no_ladder_to_load(write: Write) -> None:
    write(company="format: 1\n")
    with pytest.raises(LadderError, match=r"company\.yaml is a shared file"):
        load("company.yaml")


def test_an_invalid_ladder_says_the_first_of_its_findings(write: Write) -> None:
    write(ladder="format: 1\ntitle: []\ntracks: {}\n")
    with pytest.raises(InvalidLadder) as caught:
        load()
    assert str(caught.value) == (
        "ladder.yaml is not a valid ladder: ladder.yaml:2:8: `title` must be text, not a list (and 1 more)"
    )
    assert [finding.rule for finding in caught.value.findings] == ["wrong-type", "wrong-type"]


def test_text_may_stand_for_the_content_of_a_file(write: Write) -> None:
    write(company="format: 1\nmeasures: [{id: reach}]\n")
    text = SALES.format(uses="company.yaml, other.yaml").encode()
    assert shown(Loader().examine("-", text=text, name="<stdin>")) == [
        "<stdin>:3:22 uses-not-found other.yaml: there is no such file"
    ]


def test_a_related_place_may_be_in_another_file(write: Write) -> None:
    write(
        company="format: 1\nmeasures: [{id: reach}]\n",
        ladder=SALES.format(uses="company.yaml") + "measures: [{id: reach}]\n",
    )
    (finding,) = Loader().examine("ladder.yaml")
    assert (finding.rule, finding.span.start) == ("duplicate-id", (5, 17))
    assert finding.related == (("the first is at", "company.yaml", (2, 17)),)


def test_problems_of_shape_are_counted_when_there_are_too_many_to_list(write: Write) -> None:
    write(ladder="format: 1\ntitle: Sales\ntracks: []\n" + "".join(f"k{index}: 1\n" for index in range(1_500)))
    findings = Loader().examine("ladder.yaml")
    assert len(findings) == 1_001
    assert findings[-1].message == "and 500 more problems of shape"


def test_thousands_of_dangling_names_are_found(write: Write) -> None:
    levels = "".join(f"  - {{id: level-{index}, inherits: [levle-{index}]}}\n" for index in range(3_000))
    write(ladder="format: 1\ntitle: Sales\ntracks:\n- id: ic\n  kind: ic\n  levels:\n" + levels)
    findings = Loader().examine("ladder.yaml")
    assert [(finding.rule, finding.span.start.line) for finding in findings] == [
        ("unknown-level", 7 + index) for index in range(3_000)
    ]
    assert findings[0].suggestion == "level-0"


# --- any ladder, changed in any way ------------------------------------------------------------------------------

REAL = (Path(__file__).parent / "cases" / "schema" / "valid.yaml").read_text(encoding="utf-8")
FULL = REAL[
    REAL.index("    # yaml-language-server") : REAL.index("  finds: []", REAL.index("    # yaml-language-server"))
]
LINES = [line[4:] for line in split_lines(FULL)]

PUNCTUATION = ["", " ", "  ", "- ", ": ", "<<: ", "? ", "&a ", "*a", "\t", "\x00", "\u2028", "😀", *":,{}[]'\"#!|>\\~"]
VALUES = ["null", "-1", "0", "1.5", '""', "[]", "{}", "x-", "junior", "g1", "reach"]
PIECES = st.sampled_from([*PUNCTUATION, *VALUES])


@st.composite
def changed(draw: st.DrawFn) -> str:
    """The text of a ladder with some lines lost, doubled, moved or cut, and some pieces put in."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        column = draw(st.integers(0, len(lines[at])))
        match draw(st.integers(0, 5)):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[draw(st.integers(0, len(lines) - 1))])
            case 2:
                lines[at] = lines[at][:column]
            case 3:
                lines[at] = lines[at][:column] + draw(PIECES) + lines[at][column:]
            case 4:
                lines[at] = lines[at].partition(":")[0] + ": " + draw(PIECES)
            case _:
                lines[at] = " " * draw(st.integers(0, 6)) + lines[at].lstrip()
        lines = lines or [""]
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines)


def test_the_unchanged_text_is_a_ladder(write: Write) -> None:
    write(ladder="\n".join(LINES))
    assert examine() == []


@pytest.mark.parametrize("pure", [False, True], ids=["C parser", "pure parser"])
def test_a_changed_ladder_is_judged_within_its_text(pure: bool, write: Write) -> None:
    write()

    @given(changed())
    def judge(text: str) -> None:
        lines = split_lines(text)
        for finding in Loader(pure=pure).examine("-", text=text.encode()):
            (line, column), (end_line, end_column) = finding.span
            assert (1, 1) <= (line, column) <= (end_line, end_column)
            assert line <= len(lines)
            assert column <= len(lines[line - 1]) + 1
            assert end_line < len(lines) or (end_line, end_column) <= (len(lines), len(lines[-1]) + 1)
            assert finding.message

    judge()
