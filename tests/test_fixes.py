"""A fix changes what it says it changes and nothing else, or it is not made."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from laddercli.amendments import Amendment, Edit, Fix, Insert, Patch, Reclaim, Remove, Replace
from laddercli.comments import comments
from laddercli.document import Document
from laddercli.findings import Place
from laddercli.fixes import apply, mend, patch, prove
from laddercli.nodes import Loc, Mark, Plain, Span

BOTH = pytest.mark.parametrize("pure", [False, True], ids=["C parser", "pure parser"])
ENDINGS = pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])


def at(*loc: int | str) -> Place:
    return Place("a.yaml", loc)


def fix(*amendments: Amendment) -> Fix:
    return Fix("mend it", amendments)


def replace(document: Document, loc: Loc, old: str, new: str) -> Fix:
    """Other words for the first ``old`` of a text."""
    node = document.node(loc)
    assert node is not None
    start = node.value.index(old)
    return fix(Replace(Place("a.yaml", loc), start, start + len(old), new))


def mended(source: str, *fixes: Fix, pure: bool = False) -> str | None:
    """The text with the fixes, proved; None where one of them is not made."""
    document = Document.parse(source, "a.yaml", pure=pure)
    assert not document.faults
    patches = [patch(document, each) for each in fixes]
    if None in patches:
        return None
    result = mend(document, [each for each in patches if each], pure=pure)
    if result.refused:
        assert result.text == source
        return None
    assert len(result.taken) == len(fixes)
    return result.text


def lines(source: str, ending: str) -> str:
    return source.replace("\n", ending)


# --- other words -------------------------------------------------------------------------------------------------

REWORDED = [
    ("a: helps the team", "a: leads the team"),
    ("a: helps the team # helps\n", "a: leads the team # helps\n"),
    ("a:\n  helps\n  the team\n", "a:\n  leads\n  the team\n"),
    ("a: 'helps ''the'' team'", "a: 'leads ''the'' team'"),
    ("a: '''helps\n  the team'\n", "a: '''leads\n  the team'\n"),
    ('a: "h\\x65lps\\tthe"', 'a: "leads\\tthe"'),
    ('a: "he\\\n  lps the"', 'a: "leads the"'),
    ("a: |\n  # helps\n  the team\n", "a: |\n  # leads\n  the team\n"),
    ("a: >- # helps\n  we\n  helps\n\n  the team\n", "a: >- # helps\n  we\n  leads\n\n  the team\n"),
    ("a: {b: [helps, x]}", "a: {b: [leads, x]}"),
    ("- helps", "- leads"),
    ("{a: 'helps'}", "{a: 'leads'}"),
]


def first_text(document: Document) -> Loc:
    """The way to the first scalar."""
    loc: Loc = ()
    data = document.data
    while isinstance(data, dict | list):
        part = next(iter(data)) if isinstance(data, dict) else 0
        loc, data = (*loc, part), data[part]
    return loc


@BOTH
@ENDINGS
@pytest.mark.parametrize(("before", "after"), REWORDED)
def test_a_word_is_replaced_where_it_is_written(before: str, after: str, ending: str, pure: bool) -> None:
    before = lines(before, ending)
    document = Document.parse(before, pure=pure)
    change = replace(document, first_text(document), "helps", "leads")
    assert mended(before, change, pure=pure) == lines(after, ending)


@BOTH
@pytest.mark.parametrize(
    ("before", "new", "after"),
    [
        ("a: x helps # c", "leads: all", 'a: "x leads: all" # c'),
        ("a: helps", "leads #1", 'a: "leads #1"'),
        ("a: helps it", "- leads", 'a: "- leads it"'),
        ("a: helps", "", 'a: ""'),
        ("a: helps", "7", 'a: "7"'),
        ("a: helps", "null", 'a: "null"'),
        ("a: helps", "true", 'a: "true"'),
        ("a: helps", 'say "so": now', "a: 'say \"so\": now'"),
        ("a: helps", "it's: 'so' \\", "a: 'it''s: ''so'' \\'"),
        ("a: helps it", '"leads"', "a: '\"leads\" it'"),
        ("a: helps", "one\ntwo", 'a: "one\\ntwo"'),
        ("a: helps", "도 👩🏽‍💻", "a: 도 👩🏽‍💻"),
        ("a: helps", " leads ", 'a: " leads "'),
        ("a: helps", "\x1b\u2028", 'a: "\\u001b\\u2028"'),
        ("a: [helps, b]", "x, y", 'a: ["x, y", b]'),
        ("a: {b: helps}", "x}", 'a: {b: "x}"}'),
        ("a: {b: helps}", "x", "a: {b: x}"),
        ("a: 'helps'", "it's", "a: 'it''s'"),
        ("a: 'helps'", "one\ntwo", 'a: "one\\ntwo"'),
        ('a: "helps"', 'a "b" \\\n', 'a: "a \\"b\\" \\\\\\n"'),
        ("a: |\n  helps\n", "x: # y", "a: |\n  x: # y\n"),
        ("a: >\n  we helps\n", "- x", "a: >\n  we - x\n"),
    ],
)
def test_a_text_gets_quotes_where_it_needs_them(before: str, new: str, after: str, pure: bool) -> None:
    document = Document.parse(before)
    assert mended(before, replace(document, first_text(document), "helps", new), pure=pure) == after


def test_a_number_stays_a_number() -> None:
    document = Document.parse("a: 80")
    assert mended("a: 80", replace(document, ("a",), "8", "9")) == "a: 90"
    assert mended("a: 80", replace(document, ("a",), "80", "many")) is None
    assert mended('a: "80"', replace(document, ("a",), "8", "9")) == 'a: "90"'


def test_several_words_of_one_text() -> None:
    changes = fix(Replace(at("a"), 0, 3, "two: "), Replace(at("a"), 4, 7, "three"))
    assert mended("a: one one", changes) == 'a: "two:  three"'
    assert mended("a: 'one one'", changes) == "a: 'two:  three'"


def test_words_of_one_text_that_overlap() -> None:
    assert mended("a: one two", fix(Replace(at("a"), 0, 5, "x"), Replace(at("a"), 3, 7, "y"))) is None


def test_a_short_form_is_reworded_as_the_long_one() -> None:
    source = "tracks:\n- criteria:\n  - Helps.\n  - text: Helps.\n"
    places = [at("tracks", 0, "criteria", index, "text") for index in range(2)]
    assert mended(source, *(fix(Replace(place, 0, 5, "Leads")) for place in places)) == source.replace("Helps", "Leads")


@pytest.mark.parametrize(
    ("source", "amendment"),
    [
        ("a: helps", Replace(at("a"), 2, 9, "x")),
        ("a: helps", Replace(at("a"), -1, 2, "x")),
        ("a: [b]", Replace(at("a"), 0, 1, "x")),
        ("a:", Replace(at("a"), 0, 0, "x")),
        ("a: one\n  two", Replace(at("a"), 0, 3, "x: ")),
        ("a: |\n  one\n", Replace(at("a"), 0, 3, "x\ny")),
        ("a: |\n  one\n  two\n", Replace(at("a"), 0, 0, "  ")),
        ("a:\n  b: |2\n      one\n", Replace(at("a", "b"), 2, 5, "two")),
        ("a: &x one\nb: *x\n", Replace(at("a"), 0, 3, "two")),
        ("a: &x one\nb: *x\n", Replace(at("b"), 0, 3, "two")),
        ("a: &x {b: one}\nc: *x\n", Replace(at("a", "b"), 0, 3, "two")),
        ("a: one", Replace(at("a"), 0, 3, "\ud800")),
    ],
)
def test_a_text_that_cannot_be_reworded_stays(source: str, amendment: Amendment) -> None:
    assert mended(source, fix(amendment)) is None


# --- new entries -------------------------------------------------------------------------------------------------


@BOTH
@ENDINGS
@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        ("a:\n  b: c\n", ["d"], "a:\n  b: c\n  d: TODO\n"),
        ("a:\n  b: c", ["d"], "a:\n  b: c\n  d: TODO"),
        ("a:\n  b: |-\n    c", ["d"], "a:\n  b: |-\n    c\n  d: TODO"),
        ("a:\n  b: c # d\n  # e\n\nf: g\n", ["d"], "a:\n  b: c # d\n  d: TODO\n  # e\n\nf: g\n"),
        ("a:\n  b: |\n    c\n\n\nf: g\n", ["d"], "a:\n  b: |\n    c\n  d: TODO\n\n\nf: g\n"),
        ("a:\n  b: >-\n    c\n    # d\nf: g\n", ["d"], "a:\n  b: >-\n    c\n    # d\n  d: TODO\nf: g\n"),
        ("a:\n  b:\n    - c\n    - d: e\n      f:\n", ["g"], "a:\n  b:\n    - c\n    - d: e\n      f:\n  g: TODO\n"),
        ("a:\n  b:\n  - c\n", ["d"], "a:\n  b:\n  - c\n  d: TODO\n"),
        ("a:\n  b: [c,\n   d]\n", ["d"], "a:\n  b: [c,\n   d]\n  d: TODO\n"),
        ("a:\n  b: 'c\n   d'\n", ["d"], "a:\n  b: 'c\n   d'\n  d: TODO\n"),
        ("a:\n  b: c\n  x-y: z\n", ["d"], "a:\n  b: c\n  x-y: z\n  d: TODO\n"),
        ("a:\n  b:\n  c: d\n", ["b"], "a:\n  b: TODO\n  c: d\n"),
        ("a:\n  b: # soon\n", ["b"], "a:\n  b: TODO # soon\n"),
        ("a:\n  b: ~\n", ["b"], "a:\n  b: TODO\n"),
        ("a:\n  b: c\n", ["d", "e"], "a:\n  b: c\n  d:\n    e: TODO\n"),
        ("a:\n  b:\n  c: d\n", ["b", "e"], "a:\n  b:\n    e: TODO\n  c: d\n"),
        ("a:\n  b: # soon\n", ["b", "e", "f"], "a:\n  b: # soon\n    e:\n      f: TODO\n"),
        ("a:\n  b: ~\n", ["b", "e", "f"], "a:\n  b: {e: {f: TODO}}\n"),
        ("a:\n  b:\n      c: d\n", ["b", "e"], "a:\n  b:\n      c: d\n      e: TODO\n"),
        ("a: {b: c}\n", ["d"], "a: {b: c, d: TODO}\n"),
        ("a: {b: c,}\n", ["d"], "a: {b: c, d: TODO}\n"),
        ("a: {\n  b: c\n  }\n", ["d"], "a: {\n  b: c, d: TODO\n  }\n"),
        ("a: {}\n", ["d"], "a: {d: TODO}\n"),
        ("a: { }\n", ["d", "e"], "a: {d: {e: TODO}}\n"),
        ("a: {b: , c: d}\n", ["b"], "a: {b: TODO, c: d}\n"),
        ("a: {b: , c: d}\n", ["b", "e"], "a: {b: {e: TODO}, c: d}\n"),
        ("a: {b: {c: d}}\n", ["b", "e"], "a: {b: {c: d, e: TODO}}\n"),
        ("a: {x-y: z}\n", ["b"], "a: {x-y: z, b: TODO}\n"),
        ("a:\n  b: {c: d}\n", ["b", "e"], "a:\n  b: {c: d, e: TODO}\n"),
        ("a:\n", ["b"], "a:\n  b: TODO\n"),
    ],
)
def test_an_entry_is_added(before: str, keys: list[str], after: str, ending: str, pure: bool) -> None:
    document = Document.parse(before)
    place, names = (at("a"), keys) if document.data["a"] is not None else (at(), ["a", *keys])
    newly = mended(lines(before, ending), fix(Insert(place, tuple(names), "TODO")), pure=pure)
    alone = "\n" not in before  # a text of one line does not say how its lines end
    assert newly == (after if alone else lines(after, ending))


@BOTH
def test_an_entry_of_a_list_item_is_added_in_its_column(pure: bool) -> None:
    source = "levels:\n  -   id: a\n      # first\n  - id: b\n"
    after = "levels:\n  -   id: a\n      grade: g1\n      # first\n  - id: b\n    grade: g1\n"
    changes = [fix(Insert(at("levels", index), ("grade",), "g1")) for index in range(2)]
    assert mended(source, *changes, pure=pure) == after


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("a b", "a b"), ("a: b", '"a: b"'), ("a #b", '"a #b"'), ("- a", '"- a"'), ("", '""'), ("7", '"7"'),
        ("~", '"~"'), ('"a"', "'\"a\"'"), ("a\nb", '"a\\nb"'), ("도", "도"), ("x, y", "x, y"), (" a", '" a"'),
        (Plain("7"), "7"), (Plain("true"), "true"),
    ],
)  # fmt: skip
def test_a_new_value_is_written_so_that_it_is_read_back(value: str, written: str) -> None:
    assert mended("a: b\n", fix(Insert(at(), ("c",), value))) == f"a: b\nc: {written}\n"


def test_a_comma_needs_quotes_between_braces() -> None:
    assert mended("{a: b}", fix(Insert(at(), ("c",), "x, y"))) == '{a: b, c: "x, y"}'
    assert mended("a: b", fix(Insert(at(), ("c: d",), "x"))) == 'a: b\n"c: d": x'


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ("a: b", ["c"]),
        ("a: [b]", ["c"]),
        ("a: {b: c}", ["b"]),
        ("a: {b: c}", ["b", "d"]),
        ("a: {b: [c]}", ["b", "d"]),
        ("a: {b: c}", ["x-y"]),
        ("a: {b: c, x-y: z}", ["x-y"]),
        ("a: {b: c, x-y: z}", ["x-y", "z"]),
        ("z: &z {b: c}\na: *z", ["d"]),
        ("z: &z b\na:\n  b: *z\n", ["d"]),
        ("z: &z b\na: {b: *z}\n", ["d"]),
        ("a: &z {b: c}\nz: *z", ["d"]),
        ("a: {b: c # d\n  }", ["d"]),
        ("a:\n  b: |+\n    c\n\nd: e\n", ["d"]),
        ("a: {b}", ["b"]),
        ("a: {b: &z {c: d}, e: *z}", ["b", "f"]),
        ("a:\n  b: |\n    c", ["d"]),
    ],
)
def test_an_entry_that_cannot_be_added_is_not(source: str, keys: list[str]) -> None:
    assert mended(source, fix(Insert(at("a"), tuple(keys), "TODO"))) is None


def test_an_entry_needs_its_mapping() -> None:
    assert mended("a: {b: c}", fix(Insert(at("a", "d"), ("e",), "TODO"))) is None
    assert mended("a: [b: c]", fix(Insert(at("a", 0), ("d",), "TODO"))) is None


def test_of_two_values_for_one_key_the_first_is_taken() -> None:
    document = Document.parse("a:\n", "a.yaml")
    first, second = patches_of(document, *(fix(Insert(at(), ("a",), value)) for value in "bc"))
    assert mend(document, [first, second]) == ("a: b\n", (first,), ())


# --- what goes ---------------------------------------------------------------------------------------------------

REMOVED: list[tuple[str, Loc, str]] = [
    ("a: b\nc: d\n", ("a",), "c: d\n"),
    ("a: b\nc: d\n", ("c",), "a: b\n"),
    ("a: b\nc: d", ("c",), "a: b\n"),
    ("# x\na: b\n# y\nc:\n  - d\n  - e: |\n      f\n\n# z\ng: h\n", ("c",), "# x\na: b\n# y\n\n# z\ng: h\n"),
    ("a: b\n\nc:\n  d\n  e\n\n\nf: g\n", ("c",), "a: b\n\nf: g\n"),
    ("a:\n  - b\n  - c\n  - d\n", ("a", 0), "a:\n  - c\n  - d\n"),
    ("a:\n  - b\n  - c\n  - d\n", ("a", 1), "a:\n  - b\n  - d\n"),
    ("a:\n- b\n- - c\n  - d\n", ("a", 1), "a:\n- b\n"),
    ("a:\n  - b\n  # kept\n  - id: c\n    d: '#'\n  - e\n", ("a", 1), "a:\n  - b\n  # kept\n  - e\n"),
    ("a:\n  -\n    b: c\n  -\n\n    d: e\n", ("a", 1), "a:\n  -\n    b: c\n"),
    ("a:\n  - b: c\n    d: e\n    f: g\n", ("a", 0, "b"), "a:\n  - d: e\n    f: g\n"),
    ("a:\n  - b: c\n    d: e\n    f: g\n", ("a", 0, "d"), "a:\n  - b: c\n    f: g\n"),
    ("a:\n  - b:\n      - c\n    d: e\n", ("a", 0, "b"), "a:\n  - d: e\n"),
    ("a: [b, c, d]\n", ("a", 0), "a: [c, d]\n"),
    ("a: [b, c, d]\n", ("a", 1), "a: [b, d]\n"),
    ("a: [b, c, d]\n", ("a", 2), "a: [b, c]\n"),
    ("a: [b, c, ]\n", ("a", 1), "a: [b, ]\n"),
    ("a: [\n  b,\n  c\n]\n", ("a", 0), "a: [\n  c\n]\n"),
    ("a: [\n  b,\n  c\n]\n", ("a", 1), "a: [\n  b\n]\n"),
    ("a: {b: c, d: {e: f}, g: h}\n", ("a", "d"), "a: {b: c, g: h}\n"),
    ("a: {b: c, d: , g}\n", ("a", "d"), "a: {b: c, g}\n"),
    ("a: {b: c, x-d: e}\n", ("a", "b"), "a: {x-d: e}\n"),
    ("a:\n  b: c\n  x-d: e\n", ("a", "b"), "a:\n  x-d: e\n"),
    ("a:\n  - b\nc: d\n", ("a", 0), "c: d\n"),
    ("a:\n  b:\n    c: d\ne: f\n", ("a", "b", "c"), "e: f\n"),
    ("a: {b: {c: [d]}, e: f}\n", ("a", "b", "c", 0), "a: {e: f}\n"),
    ("a:\n  b:\n  c:\n", ("a", "b"), "a:\n  c:\n"),
    ("a: 'b\n  c'\nd: e\n", ("a",), "d: e\n"),
]


@BOTH
@ENDINGS
@pytest.mark.parametrize(("before", "loc", "after"), REMOVED)
def test_an_entry_goes_with_its_lines(before: str, loc: Loc, after: str, ending: str, pure: bool) -> None:
    change = fix(Remove(Place("a.yaml", loc)))
    assert mended(lines(before, ending), change, pure=pure) == lines(after, ending)


def test_what_would_be_left_empty_goes_as_a_whole() -> None:
    source = "metrics:\n  - id: a\n  - id: b\ntitle: c\n"
    both = fix(Remove(at("metrics", 0)), Remove(at("metrics", 1)))
    assert mended(source, both) == "title: c\n"


@pytest.mark.parametrize(
    ("source", "loc"),
    [
        ("a: b # c\nd: e\n", ("a",)),
        ("a:\n  # c\n  b: c\nd: e\n", ("a",)),
        ("a: # c\n  - b\nd: e\n", ("a",)),
        ("a:\n  - b # c\nd: e\n", ("a", 0)),
        ("a:\n  - b: c # d\n    e: f\n", ("a", 0, "b")),
        ("a:\n  - b: c\n    # d\n    e: f\n", ("a", 0, "b")),
        ("a:\n  - b: c\n    x-d: e\n  - f\n", ("a", 0)),
        ("a:\n  - b: c\n", ("a", 0, "b")),
        ("- a\n", (0,)),
        ("a: b\n", ("a",)),
        ("a: b\n", ()),
        ("a: [b, # c\n  d]\n", ("a", 0)),
        ("a: [b, # c,\n  d]\n", ("a", 1)),
        ("a: &x b\nc: *x\nd: e\n", ("a",)),
        ("a: &x b\nc: *x\nd: e\n", ("c",)),
        ("a:\n  b: &x c\nd: *x\n", ("a",)),
        ("a:\n  - - b\n    - c\n", ("a", 0, 0)),
        ("a: {b: c}\nd: e\n", ("a", "z")),
        ("a:\n- Helps.\n- b\n", ("a", 0, "text")),
    ],
)
def test_what_cannot_go_safely_stays(source: str, loc: Loc) -> None:
    assert mended(source, fix(Remove(Place("a.yaml", loc)))) is None


# --- text that YAML took for a comment ---------------------------------------------------------------------------


@BOTH
@ENDINGS
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- Closes issue #3 and tells\n- b\n", '- "Closes issue #3 and tells"\n- b\n'),
        ("- Closes issue #3 and tells", '- "Closes issue #3 and tells"'),
        ('- Says  "so" #3  \n- b\n', "- 'Says  \"so\" #3'\n- b\n"),
        ('- Says "it\'s" #3\n', "- 'Says \"it''s\" #3'\n"),
        ("- a  # b\tc\n", '- "a  # b\\tc"\n'),
        ("- 3 # of 4\n", '- "3 # of 4"\n'),
        ("-\n  a #1 # 2\n  # b\n", '-\n  "a #1 # 2"\n  # b\n'),
        ("[\n  a #1\n  , b]\n", '[\n  "a #1"\n  , b]\n'),
    ],
)
def test_a_comment_becomes_text(before: str, after: str, ending: str, pure: bool) -> None:
    assert mended(lines(before, ending), fix(Reclaim(at(0))), pure=pure) == lines(after, ending)


@pytest.mark.parametrize(
    "source",
    ["- a\n", "- 'a' #1\n", "- a\n  b #1\n", "- # a\n", "- [a] #1\n", "- |\n  a #1\n", "- a\n# b\n", "- ~ #1\n"],
)
def test_other_comments_stay(source: str) -> None:
    assert mended(source, fix(Reclaim(at(0)))) is None


# --- many patches ------------------------------------------------------------------------------------------------


def patches_of(document: Document, *fixes: Fix) -> list[Patch]:
    found = [patch(document, each) for each in fixes]
    assert None not in found
    return [each for each in found if each]


def test_a_patch_says_where_it_edits() -> None:
    document = Document.parse("# c\r\na: helps\r\nb: 도 helps\r\n", "a.yaml")
    first, second = patches_of(
        document, replace(document, ("a",), "helps", "leads"), replace(document, ("b",), "helps", "leads")
    )
    assert first.path == "a.yaml"
    assert first.edits == (Edit(8, 13, "leads"),)
    assert first.spans == (Span(Mark(2, 4), Mark(2, 9)),)
    assert second.spans == (Span(Mark(3, 6), Mark(3, 11)),)


def test_patches_that_overlap_take_turns() -> None:
    document = Document.parse("a: one two three\n", "a.yaml")
    first, second, third = patches_of(
        document,
        replace(document, ("a",), "one two", "1"),
        replace(document, ("a",), "two three", "2"),
        replace(document, ("a",), "three", "3"),
    )
    result = mend(document, [third, second, first])
    assert result == ("a: 1 3\n", (first, third), ())


def test_the_same_edit_is_made_once() -> None:
    document = Document.parse("a: one two\n", "a.yaml")
    change = replace(document, ("a",), "one", "1")
    first, second = patches_of(document, change, change._replace(message="again"))
    assert mend(document, [first, second]) == ("a: 1 two\n", (first, second), ())


def test_entries_for_one_mapping_are_added_together() -> None:
    source = "a:\n  b: c\n"
    changes = [fix(Insert(at("a"), (key,), "TODO")) for key in "de"]
    assert mended(source, *changes) == "a:\n  b: c\n  d: TODO\n  e: TODO\n"


def test_entries_for_one_mapping_that_does_not_exist_take_turns() -> None:
    document = Document.parse("a: b\n", "a.yaml")
    changes = [fix(Insert(at(), ("c", key), "TODO")) for key in "de"]
    result = mend(document, patches_of(document, *changes))
    assert result.text == "a: b\nc:\n  d: TODO\n"
    assert len(result.taken) == 1
    assert result.refused == ()
    document = Document.parse(result.text, "a.yaml")
    assert mend(document, patches_of(document, changes[1])).text == "a: b\nc:\n  d: TODO\n  e: TODO\n"


def test_items_that_empty_a_list_together_take_turns() -> None:
    document = Document.parse("a: [b, c]\nd: e\n", "a.yaml")
    result = mend(document, patches_of(document, fix(Remove(at("a", 0))), fix(Remove(at("a", 1)))))
    assert (result.text, len(result.taken), result.refused) == ("a: [c]\nd: e\n", 1, ())
    document = Document.parse(result.text, "a.yaml")
    assert mend(document, patches_of(document, fix(Remove(at("a", 0))))).text == "d: e\n"


def wrong(start: int, end: int, text: str, change: Fix | None) -> Patch:
    """A patch whose edit is not what its fix means."""
    return Patch("", True, "a.yaml", (Edit(start, end, text),), (Span(Mark(1, 1), Mark(1, 1)),), change)


def test_only_what_cannot_be_proved_is_refused() -> None:
    document = Document.parse("".join(f"k{index}: helps\n" for index in range(20)), "a.yaml")
    patches = patches_of(document, *(replace(document, (f"k{n}",), "helps", "leads") for n in range(20)))
    (seventh,), (fifteenth,) = patches[7].edits, patches[15].edits
    bad = patches[7] = patches[7]._replace(edits=(seventh._replace(text="lead"),))
    worse = patches[15] = patches[15]._replace(edits=(fifteenth._replace(text="["),))
    result = mend(document, patches)
    assert result.refused == (bad, worse)
    assert len(result.taken) == 18
    assert result.text.count("leads") == 18
    assert result.text.count("helps") == 2


@pytest.mark.parametrize(
    ("start", "end", "text", "change"),
    [
        (3, 4, "c", None),  # data changes without a fix
        (3, 4, "c", fix(Replace(at("a"), 0, 1, "d"))),  # another word than was meant
        (3, 4, "1", fix(Replace(at("a"), 0, 1, "1"))),  # text becomes a number
        (3, 8, "c", fix(Replace(at("a"), 0, 1, "c"))),  # a comment goes
        (3, 4, "c # d", fix(Replace(at("a"), 0, 1, "c"))),  # a comment comes
        (3, 4, "[", fix(Replace(at("a"), 0, 1, "["))),  # no YAML any more
        (5, 8, "# d", fix()),  # a comment changes
        (17, 18, "2", None),  # the author's own entry changes
        (9, 9, "q: r\n", None),
        (0, 9, "", None),
    ],
)
def test_what_a_fix_did_not_mean_is_refused(start: int, end: int, text: str, change: Fix | None) -> None:
    document = Document.parse("a: b # c\nx-y: {z: 1}\nd: e\n", "a.yaml")
    guilty = wrong(start, end, text, change)
    assert mend(document, [guilty]) == (document.text, (), (guilty,))


@pytest.mark.parametrize(
    ("before", "old", "new", "after"),
    [
        ("a: b # ladder: ignore[x, y]\n", ", y", "", "a: b # ladder: ignore[x]\n"),
        ("a: b # ladder: ignore[x]\n", " # ladder: ignore[x]", "", "a: b\n"),
        ("# ladder: ignore[x]\na: b\n", "# ladder: ignore[x]\n", "", "a: b\n"),
        ("# ladder: ignore[x]\n# c\na: b\n", "# ladder: ignore[x]\n", "", "# c\na: b\n"),
        ("# ladder: ignore[x]\na: b\n", "x", "y", "# ladder: ignore[y]\na: b\n"),
        ("# ladder: ignore[x] why\na: b\n", " why", "", "# ladder: ignore[x]\na: b\n"),
    ],
)
def test_a_patch_without_a_fix_is_about_comments(before: str, old: str, new: str, after: str) -> None:
    start = before.index(old)
    about = wrong(start, start + len(old), new, None)
    assert mend(Document.parse(before), [about]) == (after, (about,), ())


@pytest.mark.parametrize(
    ("before", "old", "new"),
    [
        ("# a\n# b\nc: d\n", "\n", ""),  # one comment swallows the next
        ("# a\nc: d\n", "\nc: d", ""),
        ("# a\nc: d\ne: f\n", "\nc", "c"),
        ("c: d # a\n", "# a", "a"),
    ],
)
def test_a_patch_without_a_fix_changes_no_more_than_its_comment(before: str, old: str, new: str) -> None:
    start = before.index(old)
    about = wrong(start, start + len(old), new, None)
    assert mend(Document.parse(before), [about]) == (before, (), (about,))


def test_a_patch_that_is_refused_makes_room() -> None:
    document = Document.parse("a: one two\n", "a.yaml")
    (good,) = patches_of(document, replace(document, ("a",), "two", "2"))
    bad = wrong(3, 10, "x", fix(Replace(at("a"), 0, 3, "x")))
    assert mend(document, [good, bad]) == ("a: one 2\n", (good,), (bad,))


def test_nothing_is_done_to_a_text_that_cannot_be_read() -> None:
    document = Document.parse("a: b\na: c\n", "a.yaml")
    assert patch(document, fix(Remove(at("a")))) is None
    assert patch(Document.parse(""), fix(Remove(at("a")))) is None
    change = wrong(3, 4, "x", fix(Replace(at("a"), 0, 1, "x")))
    assert mend(document, [change]) == (document.text, (), (change,))


def test_nothing_to_do_is_done() -> None:
    document = Document.parse("a: b\n")
    assert patch(document, fix()) is None
    assert mend(document, []) == ("a: b\n", (), ())


# --- whatever the document ---------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    "leads|a: b|a #b|- a|| |7|true|null|it's|\"|\\|{|]|*a|&a|!t|%|@|`|>|?|:|a:|#|# a|\n|a\nb|\t|도|👩🏽‍💻|\xa0|\x07"
    "|\x85|\u2028|\ufeff|---|...|<<|x-a|\r|x, y".split("|")
)
NEW = st.one_of(WORDS, st.text(max_size=6), st.lists(WORDS, min_size=2, max_size=3).map("".join))
SCALARS = st.sampled_from(
    ["plain words", "plain", "'single ''quoted'' words'", '"double \\"quoted\\" \\u0041 words"', "7", "~", "",
     "|\n{}literal words\n{}\n{}  more\n", ">-\n{}folded words\n{}more\n", "|+\n{}kept\n\n", "lost words #3 and more",
     "[a, 'b c', {d: e}]", "{a: b, 'c': [d], e: }", "'on two\n{}lines'", "plain on\n{}two lines"]
)  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Documents of mappings and lists with every style of scalar, comments and blank lines."""
    lines_of: list[str] = []

    def remark(indent: str) -> None:
        if draw(st.booleans()):
            lines_of.append(draw(st.sampled_from([f"{indent}# remark", "", "# at the left"])))

    def value(head: str, indent: str, depth: int) -> None:
        kind = draw(st.integers(0, 3)) if depth < 3 else 3
        inner = indent + draw(st.sampled_from(["  ", "    "]))
        if kind == 0:
            lines_of.append(head)
            mapping(inner, depth + 1)
        elif kind == 1:
            lines_of.append(head)
            items(draw(st.sampled_from([indent, inner])) if head.endswith(":") else inner, depth + 1)
        else:
            scalar = draw(SCALARS).replace("{}", inner)
            tail = draw(st.sampled_from(["", "", " # tail"])) if "\n" not in scalar else ""
            lines_of.append(f"{head} {scalar}{tail}".removesuffix("\n"))

    def mapping(indent: str, depth: int, lead: str | None = None) -> None:
        for index, key in enumerate(draw(st.lists(st.sampled_from("abcde"), min_size=1, max_size=3, unique=True))):
            if lead is not None and index == 0:
                value(f"{lead}{key}:", indent, depth)
                continue
            remark(indent)
            value(f"{indent}{draw(st.sampled_from(['', '', 'x-'])) if depth else ''}{key}:", indent, depth)

    def items(indent: str, depth: int) -> None:
        for _ in range(draw(st.integers(1, 3))):
            remark(indent)
            if draw(st.booleans()) and depth < 3:
                mapping(indent + "  ", depth + 1, f"{indent}- ")
            else:
                value(f"{indent}-", indent, depth)

    mapping("", 0)
    text = "\n".join(lines_of) + draw(st.sampled_from(["", "\n", "\n\n"]))
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


def places(data: Any, here: Loc = ()) -> list[Loc]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [here, *(loc for name, part in inner for loc in places(part, (*here, name)))]


@st.composite
def amendments(draw: st.DrawFn, data: Any) -> Amendment:
    loc = draw(st.sampled_from(places(data)))
    part = data
    for name in loc:
        part = part[name]
    place = Place("a.yaml", loc)
    if isinstance(part, str):
        kind = draw(st.sampled_from([Replace, Replace, Replace, Remove, Reclaim]))
    elif isinstance(part, dict):
        kind = draw(st.sampled_from([Insert, Insert, Remove]))
    else:
        kind = Remove
    if kind is Replace:
        start = draw(st.integers(0, len(part)))
        return Replace(place, start, draw(st.integers(start, len(part))), draw(NEW))
    if kind is Insert:
        keys = draw(st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=3))
        return Insert(place, tuple(keys), draw(NEW))
    return Reclaim(place) if kind is Reclaim else Remove(place)


def value_at(data: Any, loc: Loc) -> Any:
    for part in loc:
        data = data[part]
    return data


def untouched(data: Any, gone: Loc) -> list[Any]:
    """The texts of a document, but for those at a place and below it."""
    return [
        value_at(data, loc)
        for loc in places(data)
        if loc[: len(gone)] != gone and not isinstance(value_at(data, loc), dict | list)
    ]


@BOTH
@given(source=documents(), data=st.data())
def test_one_fix_changes_what_it_means(source: str, data: st.DataObject, pure: bool) -> None:
    document = Document.parse(source, "a.yaml", pure=pure)
    assume(not document.faults)
    amendment = data.draw(amendments(document.data))
    made = patch(document, fix(amendment))
    if made is None:
        return
    text, refused = mend(document, [made], pure=pure)[::2]
    if refused:
        # What is not noticed when the patch is made is rare, and noticed before it counts.
        assert text == source
        return
    new = Document.parse(text, pure=pure)
    assert not new.faults
    loc = amendment.place.loc
    told = Counter(each.text for each in comments(document))
    tells = Counter(each.text for each in comments(new))
    if isinstance(amendment, Reclaim):
        (lost,) = (told - tells).elements()
        assert value_at(new.data, loc).endswith(lost)
        assert untouched(new.data, loc) == untouched(document.data, loc)
        return
    assert tells == told
    if isinstance(amendment, Replace):
        old = value_at(document.data, loc)
        assert value_at(new.data, loc) == old[: amendment.start] + amendment.text + old[amendment.end :]
        assert untouched(new.data, loc) == untouched(document.data, loc)
    elif isinstance(amendment, Insert):
        there = (*loc, *amendment.keys)
        assert value_at(new.data, there) == amendment.value
        before = untouched(document.data, there)
        assert [each for each in untouched(new.data, there) if each is not None] == [
            each for each in before if each is not None
        ]
    else:
        assert Counter(map(str, untouched(new.data, ("no",)))) <= Counter(map(str, untouched(document.data, ("no",))))


@BOTH
@given(source=documents(), data=st.data())
def test_many_fixes_together_are_proved(source: str, data: st.DataObject, pure: bool) -> None:
    document = Document.parse(source, "a.yaml", pure=pure)
    assume(not document.faults)
    wanted = data.draw(st.lists(amendments(document.data), min_size=2, max_size=8))
    patches = [made for each in wanted if (made := patch(document, fix(each)))]
    result = mend(document, patches, pure=pure)
    assert prove(document, result.text, result.taken, pure=pure)
    assert apply(document.text, result.taken) == (result.text, result.taken)
    assert not set(result.taken) & set(result.refused)
    assert result.taken or set(result.refused) == set(patches)
