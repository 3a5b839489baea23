"""Which level a name means, and what is said when it means none or several."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from laddercli.errors import NotFound
from laddercli.loader import Loader
from laddercli.names import find_ladder, find_level
from tests.run import Result, ladder

Write = Callable[..., Path]

ALPHA = """\
format: 1
title: Alpha
tracks:
  - id: ic
    name: Makers
    kind: ic
    levels:
      - {id: one, code: A1, title: First}
      - {id: two, code: one, title: Second, formerly: [former]}
      - {id: three, code: A3, title: A1}
      - {id: four, title: "Lead: data"}
      - {id: five, title: Same}
      - {id: six, title: "R/D: lead"}
"""
BETA = """\
format: 1
title: Beta
tracks:
  - id: ic
    name: Makers
    kind: ic
    levels:
      - {id: former, title: Three}
      - {id: seven, code: three, title: SAME}
      - {id: five, title: Fifth}
      - {id: eight, title: same, formerly: [gone]}
"""


def named(write: Write, name: str) -> tuple[str, list[str]]:
    write(alpha=ALPHA, beta=BETA)
    notices: list[str] = []
    ladders = [Loader().load("alpha.yaml"), Loader().load("beta.yaml")]
    return find_level(name, ladders, notices.append).name, notices


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("one", "alpha:one"),  # an id, though another level has it as its code
        ("A1", "alpha:one"),  # a code, though another level has it as its title
        ("three", "alpha:three"),  # an id in one ladder before a code in the other
        ("Three", "alpha:three"),  # letter case does not make another kind of name
        ("First", "alpha:one"),
        ("first", "alpha:one"),
        ("SAME", "beta:seven"),  # as written before letter case folded
        ("Same", "alpha:five"),
        ("former", "beta:former"),  # an id before a former id
        ("alpha:five", "alpha:five"),
        ("beta:five", "beta:five"),
        ("beta:three", "beta:seven"),
        ("alpha:A1", "alpha:one"),
        ("alpha.yaml:five", "alpha:five"),
        ("./beta.yaml:five", "beta:five"),
        ("Lead: data", "alpha:four"),
        ("alpha:Lead: data", "alpha:four"),
        ("r/d: LEAD", "alpha:six"),
    ],
)
def test_a_level_is_named_by_id_then_code_then_title(name: str, level: str, write: Write) -> None:
    assert named(write, name) == (level, [])


@pytest.mark.parametrize(
    ("name", "level", "notice"),
    [
        ("gone", "beta:eight", "`gone` is now called `eight`"),
        ("alpha:former", "alpha:two", "`former` is now called `two`"),
    ],
)
def test_a_former_id_comes_last_and_with_a_notice(name: str, level: str, notice: str, write: Write) -> None:
    assert named(write, name) == (level, [notice])


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("five", "`five` may be any of: alpha:five, beta:five"),
        ("sAmE", "`sAmE` may be any of: alpha:five, beta:seven, beta:eight"),
        ("fve", "there is no level `fve`; did you mean `five`?"),
        ("alpha:seven", "there is no level `alpha:seven`"),
        ("Secnd", "there is no level `Secnd`; did you mean `Second`?"),
        ("alpa:one", "there is no ladder `alpa`; did you mean `alpha`?"),
        ("zzz:one", "there is no ladder `zzz`; there are: alpha, beta"),
        ("", "there is no level ``"),
        (":", "there is no level `:`"),
    ],
)
def test_none_or_several_is_said(name: str, message: str, write: Write) -> None:
    with pytest.raises(NotFound) as caught:
        named(write, name)
    assert caught.value.message == message


def test_a_ladder_is_named_by_id_or_path(write: Write) -> None:
    write({"a/same.yaml": ALPHA, "b/same.yaml": BETA, "c/other.yaml": BETA})
    ladders = [Loader().load(path) for path in ("a/same.yaml", "b/same.yaml", "c/other.yaml")]
    assert find_ladder("other", ladders) is ladders[2]
    assert find_ladder("b/../b/same.yaml", ladders) is ladders[1]
    with pytest.raises(NotFound, match=r"`same` may be any of: a/same\.yaml, b/same\.yaml"):
        find_ladder("same", ladders)
    with pytest.raises(NotFound, match="there is no ladder `othr`; did you mean `other`"):
        find_ladder("othr", ladders)
    with pytest.raises(NotFound, match=r"same\.yaml:one"):  # two files with one id: only paths tell them apart
        find_level("one", [ladders[0], Loader().load(str(write({"d/same.yaml": ALPHA}) / "d/same.yaml"))])


def run(write: Write, *arguments: str, **files: str) -> Result:
    return ladder(*arguments, cwd=write({f"ladders/{name}.yaml": text for name, text in files.items()}))


def test_several_meanings_end_with_2_and_the_full_names(write: Write) -> None:
    done = run(write, "show", "five", alpha=ALPHA, beta=BETA)
    assert (done.code, done.out, done.err) == (2, "", "error: `five` may be any of: alpha:five, beta:five\n")


def test_no_meaning_ends_with_2_and_a_suggestion(write: Write) -> None:
    done = run(write, "compare", "one", "Secnd", alpha=ALPHA)
    assert (done.code, done.out) == (2, "")
    assert done.err == "error: there is no level `Secnd`; did you mean `Second`?\n"


def test_the_notice_of_a_former_id_goes_to_stderr(write: Write) -> None:
    done = run(write, "show", "gone", beta=BETA)
    assert (done.code, done.err) == (0, "note: `gone` is now called `eight`\n")
    assert "gone" in done.out  # as "Formerly"
    assert "now called" not in done.out


@pytest.mark.parametrize("name", ["ladders/beta.yaml:five", "./ladders/beta.yaml:five", "beta:five", "BETA.yaml:five"])
def test_a_level_of_a_ladder_by_path(name: str, write: Write) -> None:
    write({"BETA.yaml": BETA})
    done = run(write, "show", name, alpha=ALPHA, beta=BETA)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Fifth")


def test_a_title_with_slash_and_colon_is_no_path(write: Write) -> None:
    assert run(write, "show", "R/D: lead", alpha=ALPHA).out.startswith("R/D: lead")


def test_a_shipped_ladder_is_taken_by_its_name_only(tmp_path: Path) -> None:
    named = ladder("show", "product-management:staff-pm", cwd=tmp_path)
    assert (named.code, named.err) == (0, "note: `product-management` is the example that comes with ladder\n")
    listed = ladder("list", "engineering", cwd=tmp_path)
    assert (listed.code, listed.err) == (0, "note: `engineering` is the example that comes with ladder\n")
    for arguments in (["show", "staff-pm"], ["list"]):
        done = ladder(*arguments, cwd=tmp_path)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("error: there is no valid ladder below .")
    assert ladder("list", "company", cwd=tmp_path).code == 2  # it ships, too, and is no ladder


def test_a_ladder_of_ones_own_hides_the_shipped_one(write: Write) -> None:
    done = run(write, "show", "engineering:staff-engineer", engineering=ALPHA)
    assert (done.code, done.out) == (2, "")
    assert "there is no level `engineering:staff-engineer`" in done.err
    write({"ladders/more/engineering.yaml": BETA})
    assert (
        "may be any of: ladders/engineering.yaml, ladders/more/engineering.yaml"
        in run(write, "list", "engineering").err
    )


def test_a_broken_ladder_of_ones_own_hides_the_shipped_one(write: Write) -> None:
    done = run(write, "show", "engineering:staff-engineer", engineering="format: 1\ntitle: [\n", alpha=ALPHA)
    assert (done.code, done.out) == (2, "")
    assert "comes with ladder" not in done.err


def test_a_broken_ladder_is_left_out_with_a_notice(write: Write) -> None:
    done = run(write, "show", "one", alpha=ALPHA, broken="format: 1\ntitle: [\n")
    assert done.code == 0
    assert done.out.startswith("First")
    assert done.err.startswith("note: ladders/broken.yaml is not a valid ladder: ladders/broken.yaml:")
    assert done.err.endswith("; left out, `ladder validate` says more\n")
    assert done.err.count("\n") == 1
    assert ladder("show", "ladders/broken.yaml:one", cwd=Path.cwd()).code == 2
