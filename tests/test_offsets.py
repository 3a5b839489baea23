"""A character of a text is found where it is written, in each of the five styles of a scalar."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from laddercli.document import Document
from laddercli.nodes import Loc
from laddercli.offsets import source_range, span_within

BOTH = pytest.mark.parametrize("pure", [False, True], ids=["C parser", "pure parser"])
WHITE = " \t\r\n"


def written(source: str, word: str, *, pure: bool = False, loc: Loc = ("a",)) -> str:
    """What stands in the source for a word of the value at ``loc``."""
    document = Document.parse(source, pure=pure)
    assert not document.faults
    node = document.node(loc)
    assert node is not None
    start = node.value.index(word)
    first, last = source_range(document.text, node, start, start + len(word))
    return source[first:last]


SAME = [
    ("a: leads the work", "work"),
    ("a: leads the work", "leads the work"),
    ("a: leads the work # a remark", "work"),
    ("a:\n  leads\n  the\n\n  work\n", "work"),
    ("a: 'leads the work'", "leads"),
    ("a: 'leads the\n\n  work'", "work"),
    ('a: "leads the work"', "work"),
    ('a: "leads\n  the work"', "work"),
    ('a: "leads \\\n  the work"', "the work"),
    ("a: |\n  leads\n    the work\n", "the work"),
    ("a: |2-  # a header: work\n    leads\n   work\n", "work"),
    ("a: >\n  leads\n  the\n\n  work\n", "work"),
    ("a: >+\n\n  leads\n  work\n\n", "leads"),
    ("a: |\n  x\n# work\n", "x"),
    ("a: 'x' # 'y'", "x"),
    ("a: 👩🏽‍💻 leads 도 work", "도 work"),
    ("a: &work # work\n  leads work\nb: *work", "leads"),
    ('a: &name "leads work"\nb: *name', "work"),
    ("a: {b: c}\n", "c"),
    ("a: 1.10\n", ".1"),
]


@BOTH
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("source", "word"), SAME)
def test_a_word_is_found(source: str, word: str, ending: str, pure: bool) -> None:
    loc = ("a", "b") if "{b" in source else ("a",)
    assert written(source.replace("\n", ending), word, pure=pure, loc=loc) == word


@BOTH
@pytest.mark.parametrize(
    ("source", "word", "there"),
    [
        ("a: 'isn''t it'", "n't", "n''t"),
        ("a: ''''''", "''", "''''"),
        ('a: "\\x41\\u0042\\U00000043\\td"', "AB", "\\x41\\u0042"),
        ('a: "a\\tb c"', "\t", "\\t"),
        ('a: "\\"\\\\\\/\\e\\N\\_"', '"\\/\x1b\x85\xa0', '\\"\\\\\\/\\e\\N\\_'),
        ('a: "le\\\n    ads"', "leads", "le\\\n    ads"),
        ('a: "one\\\n  \\  two"', "  two", "\\  two"),
        ("a: one\n  two", "one two", "one\n  two"),
        ("a: one\n  two", " ", "\n  "),
        ("a: one\n  two", "one ", "one\n  "),
        ("a: one   two", " two", " two"),
        ("a: |\n  one\n\n  two\n", "\n\n", "\n\n  "),
        ("a: |\r\n  one\r\n  two\r\n", "one\ntwo\n", "one\r\n  two\r\n"),
        ("a: ' x '", " x ", " x "),
    ],
)
def test_what_is_written_otherwise_is_found_as_it_is_written(source: str, word: str, there: str, pure: bool) -> None:
    assert written(source, word, pure=pure) == there


@pytest.mark.parametrize("source", ["a: x y", "a: 'x y'", "a: |-\n  x y", 'a: "\\x78 y"', "a: 'x\n  y'"])
def test_a_place_between_two_characters(source: str) -> None:
    document = Document.parse(source)
    node = document.node(("a",))
    assert node is not None
    first = source_range(source, node, 0, 1)
    last = source_range(source, node, 2, 3)
    assert source_range(source, node, 0, 0) == (first[0], first[0])
    assert source_range(source, node, 2, 2) == (last[0], last[0])
    assert source_range(source, node, 3, 3) == (last[1], last[1])


def test_an_empty_text_is_inside_its_quotes() -> None:
    document = Document.parse("a: ''")
    assert span_within(document, ("a",), 0, 0) == ((1, 5), (1, 5))


LADDER = """\
title: 도 👩🏽‍💻 leads
cells:
  criteria:
    - Reads.
    - text: Often
        leads.
    - >-
      Often
      leads.
"""


@BOTH
@pytest.mark.parametrize(
    ("loc", "span"),
    [
        (("title",), ((1, 15), (1, 20))),
        (("cells", "criteria", 1, "text"), ((6, 9), (6, 14))),
        (("cells", "criteria", 2, "text"), ((9, 7), (9, 12))),
    ],
)
def test_lines_and_columns_count_from_1(loc: Loc, span: tuple[tuple[int, int], tuple[int, int]], pure: bool) -> None:
    document = Document.parse(LADDER, pure=pure)
    node = document.node(loc)
    assert node is not None
    start = node.value.index("leads")
    assert span_within(document, loc, start, start + 5) == span


@pytest.mark.parametrize(
    ("source", "loc"),
    [
        ("a: {b: c}", ("a",)),
        ("a:\n  b: c", ("a",)),
        ("a:\n- b\n- c", ("a", 7)),
        ("a:", ("a",)),
        ("a: short", ("a",)),
        ("a: sh\n  ort", ("a",)),
    ],
)
def test_where_there_is_no_such_text_the_part_is_shown(source: str, loc: Loc) -> None:
    document = Document.parse(source)
    assert span_within(document, loc, 3, 90) == document.span(loc)
    node = document.node(loc)
    assert node is not None
    first, last = source_range(source, node, 3, 90)
    (line, column), _ = document.span(loc)
    lines = source[:first].split("\n")
    assert (len(lines), len(lines[-1]) + 1) == (line, column)
    assert first <= last


def test_another_text_does_not_fit() -> None:
    node = Document.parse("a: one\n  two").node(("a",))
    assert node is not None
    assert source_range("a: one\n  six", node, 0, 3) == (3, 6)
    assert source_range("a: one\n  six", node, 4, 7) == (3, 12)


def test_a_document_that_cannot_be_read_has_a_beginning() -> None:
    assert span_within(Document.parse("a: ["), ("a",), 0, 1) == ((1, 1), (1, 1))


# --- whatever the text, and however it is written ----------------------------------------------------------------


def plain(text: str) -> str:
    return text


def single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def escaped(text: str) -> str:
    return '"' + "".join(f"\\U{ord(each):08x}" for each in text) + '"'


def mixed(text: str) -> str:
    """Every other character as an escape, white space as itself, and a line that goes on after a backslash."""
    parts = [f"\\u{ord(each):04x}" if index % 2 and ord(each) < 0xD800 else _double(each)
             for index, each in enumerate(text)]  # fmt: skip
    return '"' + "\\\n    ".join(["".join(parts[:3]), "".join(parts[3:])]) + '"'


def _double(character: str) -> str:
    return {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", " ": "\\ "}.get(character, character)


def folded_quotes(text: str) -> str:
    return single(text).replace(" ", "\n      ")


def literal(text: str) -> str:
    return "|2- # header\n" + "\n".join("    " + line for line in text.split("\n"))


def folded(text: str) -> str:
    return ">-\n" + "\n".join("    " + word for word in text.split(" "))


def dumped(text: str, style: str, width: int) -> str:
    return yaml.dump({"a": {"b": text}}, default_style=style or None, width=width, allow_unicode=width % 2 == 0)


CHARACTERS = st.one_of(
    st.sampled_from("abc '\"\\#:-|>[]{},&*!%@`?~é도👩🏽\u200d💻\xa0\n\t 0"),
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"), blacklist_characters="\ufeff\ufffe\uffff"),
)
TEXTS = st.text(CHARACTERS, min_size=1, max_size=40)


def check(source: str, text: str | None, pure: bool) -> None:
    """Each character of the value that is no white space is found, and the places follow each other."""
    document = Document.parse(source, pure=pure)
    assume(not document.faults)
    node = document.node(("a", "b"))
    assert node is not None
    value = node.value
    if not isinstance(value, str) or (text is not None and value != text):
        return
    ranges = [source_range(source, node, index, index + 1) for index in range(len(value))]
    assert ranges == sorted(ranges)
    for index, (first, last) in enumerate(ranges):
        assert first <= last
        if value[index] not in WHITE:
            assert first < last
            assert decoded(source[first:last], node.style) == value[index]
            assert index == 0 or ranges[index - 1][1] <= first
    if ranges:
        assert source_range(source, node, 0, len(value)) == (ranges[0][0], ranges[-1][1])


def decoded(piece: str, style: str) -> str:
    """What a piece of the source stands for, read by YAML itself."""
    if style == '"':
        # A line that goes on after a backslash belongs to no character.
        return str(yaml.safe_load(f'"{piece}"'))
    return "'" if style == "'" and piece == "''" else piece


@BOTH
@pytest.mark.parametrize("emit", [plain, single, escaped, mixed, folded_quotes, literal, folded])
@given(text=TEXTS, crlf=st.booleans(), flow=st.booleans())
@example(text="'", crlf=False, flow=False)
@example(text='isn\'t "it"\\', crlf=True, flow=False)
@example(text="a b  c\n\n d", crlf=True, flow=False)
def test_each_character_is_found(emit: Callable[[str], str], text: str, crlf: bool, flow: bool, pure: bool) -> None:
    scalar = emit(text)
    source = f"a:\n  b: {scalar}\n" if not flow else f"a: {{x: y, b: {scalar}}}\n"
    check(source.replace("\n", "\r\n") if crlf else source, None, pure)


@BOTH
@pytest.mark.parametrize("style", ["", "'", '"', "|", ">"])
@pytest.mark.parametrize("width", [7, 20, 1000])
@given(text=TEXTS, crlf=st.booleans())
def test_each_character_is_found_as_a_library_writes_it(
    style: str, width: int, text: str, crlf: bool, pure: bool
) -> None:
    source = dumped(text, style, width)
    check(source.replace("\n", "\r\n") if crlf else source, text, pure)


def test_the_time_grows_with_the_length() -> None:
    def spent(size: int) -> float:
        document = Document.parse("a: '" + "it''s\n  so " * size + "'\n")
        length = len(document.data["a"])
        began = time.process_time()
        span_within(document, ("a",), length - 2, length - 1)
        return time.process_time() - began

    # Ten times the length; were it the square, this would be a hundred.
    assert min(spent(20_000) for _ in range(3)) < 40 * min(spent(2_000) for _ in range(3))
