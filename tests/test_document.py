"""A document keeps the text of its scalars and knows where every part was written."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from laddercli.document import Document
from laddercli.nodes import Loc, Node, Plain, Span, core, split_lines

BOTH = pytest.mark.parametrize("pure", [False, True], ids=["C parser", "pure parser"])


def source(document: Document, span: Span) -> str:
    """The text from the start of a span to its end."""
    lines = document.lines
    (first, left), (last, right) = span
    if first == last:
        return lines[first - 1][left - 1 : right - 1]
    return "\n".join([lines[first - 1][left - 1 :], *lines[first : last - 1], lines[last - 1][: right - 1]])


def locs(data: Any, here: Loc = ()) -> Iterator[tuple[Loc, Any]]:
    """Every part of the data with the way to it."""
    yield here, data
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for name, part in children:
        yield from locs(part, (*here, name))


# --- scalars -----------------------------------------------------------------------------------------------------


@BOTH
@pytest.mark.parametrize(
    "text",
    "no yes on off 1.10 007 0o17 0x1F 1e3 .5 5. -3 +3 .inf -.INF .NaN true False 2026-01-01 12:30 1_000 = nULL".split(),
)
def test_a_plain_scalar_keeps_its_text(text: str, pure: bool) -> None:
    assert Document.parse(f"a: {text}\n", pure=pure).data == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1), ("-12", -12), ("+7", 7), ("007", 7), ("0o17", 15), ("0x1F", 31), ("1.10", 1.1), (".5", 0.5),
        ("5.", 5.0), ("1e3", 1000.0), ("-.INF", float("-inf")), ("true", True), ("False", False), ("TRUE", True),
    ],
)  # fmt: skip
def test_core_gives_what_yaml_1_2_sees_in_a_plain_scalar(text: str, value: object) -> None:
    scalar = Document.parse(f"a: {text}\n").data["a"]
    assert isinstance(scalar, Plain)
    assert core(scalar) == value
    assert type(core(scalar)) is type(value)


@pytest.mark.parametrize("text", "no yes on 1_000 12:30 2026-01-01 0b1 1,000 +.x tRue 0o8 1e .".split())
def test_what_yaml_1_2_takes_for_text_is_text(text: str) -> None:
    scalar = Document.parse(f"a: {text}\n").data["a"]
    assert not isinstance(scalar, Plain)
    assert core(scalar) == text


@pytest.mark.parametrize("style", ["'1'", '"1"', "|-\n  1", ">-\n  1"])
def test_a_number_in_quotes_or_a_block_is_text(style: str) -> None:
    scalar = Document.parse(f"a: {style}\n").data["a"]
    assert scalar == "1"
    assert not isinstance(scalar, Plain)


def test_an_integer_of_thousands_of_digits_stays_text() -> None:
    digits = "9" * 5_000
    assert core(Document.parse(f"a: {digits}\n").data["a"]) == digits


@BOTH
@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_none(nothing: str, pure: bool) -> None:
    document = Document.parse(f"a: {nothing}\nb: [x, {nothing or '~'}]\n", pure=pure)
    assert document.data == {"a": None, "b": ["x", None]}
    assert document.empties


@BOTH
def test_words_for_nothing_are_fine_as_keys(pure: bool) -> None:
    assert Document.parse("null: a\n~: b\ntrue: c\n1: d\n", pure=pure).data == {
        "null": "a", "~": "b", "true": "c", "1": "d",
    }  # fmt: skip


# --- places ------------------------------------------------------------------------------------------------------

TEXT = """\
format: 1
x-own: [a, {b: c}]
title: "👩🏽‍💻 도"   # a remark
grades: [{id: g1}, {id: g2, x-y: z}]
measures:
  # the first
  - id: reach
    name: >-
      folded

      text
    scale: [Team, {name: Region}]
everyone:
  reach: Calls.
  depth:
    - Reads.
    - text: Writes.
"""

PLACES: list[tuple[Loc, tuple[int, int, int, int]]] = [
    (("format",), (1, 9, 1, 10)),
    (("title",), (3, 8, 3, 16)),
    (("grades",), (4, 9, 4, 37)),
    (("grades", 1), (4, 20, 4, 36)),
    (("grades", 1, "id"), (4, 25, 4, 27)),
    (("measures",), (7, 5, 7, 7)),
    (("measures", 0), (7, 5, 7, 7)),
    (("measures", 0, "name"), (8, 11, 12, 1)),
    (("measures", 0, "scale", 0), (12, 13, 12, 17)),
    # What the models call by the name of a long form stands where the short form stands.
    (("measures", 0, "scale", 0, "name"), (12, 13, 12, 17)),
    (("everyone", "reach", "summary"), (14, 10, 14, 16)),
    (("everyone", "depth", "criteria", 1, "text"), (17, 13, 17, 20)),
    (("everyone", "depth", "criteria", 0, "text"), (16, 7, 16, 13)),
    # What is missing stands where it would belong.
    (("grades", 0, "title"), (4, 10, 4, 18)),
]


@BOTH
@pytest.mark.parametrize(("loc", "span"), PLACES, ids=lambda value: ".".join(map(str, value)))
def test_a_part_stands_at(loc: Loc, span: tuple[int, int, int, int], pure: bool) -> None:
    (line, column), (end_line, end_column) = Document.parse(TEXT, pure=pure).span(loc)
    if loc[-1] == "name" and loc[-2] == 0 and loc[0] == "measures":
        end_line = span[2]  # the parsers disagree about the end of a folded text
        end_column = span[3]
    assert (line, column, end_line, end_column) == span


@BOTH
@pytest.mark.parametrize(
    ("loc", "place"),
    [(("title",), (3, 1)), (("grades", 1, "id"), (4, 21)), (("everyone", "depth"), (15, 3)), (("everyone",), (13, 1))],
)
def test_a_key_stands_at(loc: Loc, place: tuple[int, int], pure: bool) -> None:
    assert Document.parse(TEXT, pure=pure).span(loc, key=True).start == place


@BOTH
def test_keys_of_the_author_are_kept_apart(pure: bool) -> None:
    document = Document.parse(TEXT, pure=pure)
    assert "x-own" not in document.data
    assert document.private(()) == {"x-own": ["a", {"b": "c"}]}
    assert document.private(("grades", 1)) == {"x-y": "z"}
    assert document.private(("grades", 0)) == {}
    assert document.private(("title",)) == {}


@BOTH
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["bare", "BOM"])
def test_line_ends_and_a_byte_order_mark_move_nothing(start: str, end: str, pure: bool) -> None:
    text = start + TEXT.replace("\n", end)
    document, plain = Document.parse(text.encode(), pure=pure), Document.parse(TEXT, pure=pure)
    assert document.data == plain.data
    assert [document.mark(loc) for loc, _ in locs(document.data)] == [plain.mark(loc) for loc, _ in locs(plain.data)]


def test_lines_end_where_yaml_1_2_ends_them() -> None:
    assert split_lines("a\nb\r\nc\rd\x0be\x85f\u2028g") == ["a", "b", "c", "d\x0be\x85f\u2028g"]


def test_a_document_that_could_not_be_read_still_answers() -> None:
    document = Document.parse("a: [")
    assert (document.data, document.root, document.node(("a",))) == (None, None, None)
    assert document.mark(("a", 0)) == (1, 1)


# --- every part of any document ----------------------------------------------------------------------------------

WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\x85\u2028\u2029\ufeff"), max_size=12
)
SCALARS = WORDS | st.sampled_from(
    ["no", "1.10", "007", "~", "", "a\nb", "# x", "- y", "k: v", "&a", "*b", "😀 도", "<<"]
)
KEYS = (WORDS | st.sampled_from(["id", "true", "12", "null"])).filter(lambda key: key != "<<" and key[:2] != "x-")
DATA = st.recursive(
    SCALARS,
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(KEYS, parts, max_size=4),
    max_leaves=25,
)
STYLES = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([None, True, False]),
        "default_style": st.sampled_from([None, None, "'", '"', "|", ">"]),
        "indent": st.integers(2, 8),
        "width": st.sampled_from([20, 80, 10_000]),
        "allow_unicode": st.booleans(),
        "line_break": st.sampled_from(["\n", "\r\n"]),
        "explicit_start": st.booleans(),
    }
)


class Dumper(yaml.SafeDumper):
    """Writes everything out: what is repeated is no alias, and text that YAML 1.2 would not retype needs no tag."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


@given(DATA, STYLES)
def test_every_part_is_where_its_place_says(data: Any, styles: dict[str, Any]) -> None:
    text = yaml.dump(data, Dumper=Dumper, sort_keys=False, **styles)
    document = Document.parse(text)
    assert not document.faults
    assert document.data == yaml.load(text, yaml.BaseLoader)
    for loc, value in locs(document.data):
        node = document.node(loc)
        assert node is not None
        assert node.value == value
        if node.style == "" and isinstance(value, str) and "\n" not in value:
            assert " ".join(source(document, node.span).split()) == " ".join(value.split())


@given(DATA, STYLES)
def test_both_parsers_see_the_same(data: Any, styles: dict[str, Any]) -> None:
    text = yaml.dump(data, Dumper=Dumper, sort_keys=False, **styles)
    one, other = Document.parse(text), Document.parse(text, pure=True)
    assert one.data == other.data
    for loc, _ in locs(one.data):
        assert one.mark(loc) == other.mark(loc)
        assert one.span(loc, key=True).start == other.span(loc, key=True).start


@given(st.text(st.sampled_from("ab:-,[]{}&*!|>'\"%@`#?~< \n\t\r\\x1.\x00\x1b\x85\u2028\ufeff😀é"), max_size=40))
def test_no_text_raises_and_what_both_parsers_take_for_yaml_they_read_alike(text: str) -> None:
    # They differ about texts that are hardly YAML, such as `>#` or a tab behind a number.
    one, other = Document.parse(text), Document.parse(text, pure=True)
    assert one.faults or other.faults or one.data == other.data
    for fault in (*one.faults, *other.faults):
        assert 1 <= fault.span.start.line <= len(one.lines)
        assert 1 <= fault.span.start.column <= len(one.lines[fault.span.start.line - 1]) + 1


@given(st.binary(max_size=60))
def test_no_bytes_raise(data: bytes) -> None:
    read = Document.parse(data)
    assert read.faults or read.text.encode() == data.removeprefix(b"\xef\xbb\xbf")


# --- aliases and duplicates --------------------------------------------------------------------------------------


@BOTH
def test_an_alias_has_the_data_and_the_place_of_what_it_repeats(pure: bool) -> None:
    document = Document.parse("a: &x {b: [1]}\nc: *x\nd: [*x]\n", pure=pure)
    assert document.data == {"a": {"b": ["1"]}, "c": {"b": ["1"]}, "d": [{"b": ["1"]}]}
    assert document.mark(("c", "b")) == document.mark(("a", "b")) == (1, 11)


@BOTH
def test_the_first_of_two_equal_keys_counts(pure: bool) -> None:
    document = Document.parse("a: 1\na: 2\nx-b: 1\nx-b: 2\n", pure=pure)
    assert document.data == {"a": "1"}
    assert document.private(()) == {"x-b": "1"}
    assert [(fault.rule, fault.span.start) for fault in document.faults] == [
        ("duplicate-key", (2, 1)),
        ("duplicate-key", (4, 1)),
    ]


def test_faults_are_counted_when_there_are_too_many_to_list() -> None:
    faults = Document.parse("a: 1\n" * 1_501).faults
    assert len(faults) == 1_001
    assert faults[-1].message == "and 500 more faults of the text"
    assert faults[-1].span.start == (1_002, 1)


def test_a_node_counts_what_is_below_it() -> None:
    root = Document.parse("a: &x [1, 2]\nb: *x\n").root
    assert isinstance(root, Node)
    assert root.size == 1 + 2 + 3 + 3  # the root, two keys, the list, the list again


# --- hostile inputs ----------------------------------------------------------------------------------------------

HOSTILE = {
    "brackets": ("'[' * 100_000", "too-deep"),
    "braces": ("'{a: ' * 100_000", "too-deep"),
    "dashes": ("'- ' * 100_000", "too-deep"),
    "ten megabytes of brackets": ("'[' * 9_999_999", "too-deep"),
    "aliases of aliases": (
        "'a0: &a0 [x, x]\\n' + ''.join(f'a{i + 1}: &a{i + 1} [*a{i}, *a{i}]\\n' for i in range(60))",
        "too-many-aliases",
    ),
    "an alias in its anchor": ("'a: &a [*a]\\n'", "unsupported-yaml"),
    "50 megabytes": ("'a: b\\n' * 10_000_000", "too-large"),
    "a million keys in a block": ("''.join(f'{i}: \\n' for i in range(1_000_000))", "too-many-nodes"),
    "a million keys in braces": ("'{' + ', '.join(f'a{i}' for i in range(1_000_000)) + '}'", "too-many-nodes"),
    "a million equal keys": ("'{' + 'a,' * 1_000_000 + '}'", "too-many-nodes"),
    "a million items": ("'- a\\n' * 1_000_000", "too-many-nodes"),
    "a million mappings": ("'- {}\\n' * 1_000_000", "too-many-nodes"),
    "ten megabytes in one word": ("'title: ' + 'x' * 9_999_000", "missing-key"),
    "ten megabytes in one text": ("'title: ' + 'word ' * 1_999_000", "missing-key"),
    "ten megabytes of quoted text": ("'title: \"' + 'word ' * 1_999_000 + '\"'", "missing-key"),
    "ten megabytes in lines": ("'title: |\\n' + '  word\\n' * 1_400_000", "missing-key"),
    "a number of 5,000 digits": ("'format: ' + '9' * 5_000", "wrong-type"),
    "a number of ten million digits": ("'format: ' + '9' * 9_999_000", "wrong-type"),
}

MEASURE = """
import json, resource, subprocess, sys
out = subprocess.run([sys.executable, "-c", sys.argv[1], *sys.argv[2:]], stdout=subprocess.PIPE, check=True).stdout
print(json.dumps([json.loads(out), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss]))
"""

EXAMINE = """
import json, sys
from laddercli.loader import Loader
print(json.dumps([finding.rule for finding in Loader().examine(sys.argv[1])]))
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_little_memory(name: str, tmp_path: Path) -> None:
    expression, rule = HOSTILE[name]
    path = tmp_path / "ladder.yaml"
    path.write_text(eval(expression), encoding="utf-8")

    run = subprocess.run([sys.executable, "-c", MEASURE, EXAMINE, path], capture_output=True, check=True)

    rules, kilobytes = json.loads(run.stdout)
    assert rules == [rule]
    assert kilobytes < 300_000
