"""Comments are found where the parser would skip them, and nowhere else."""

from __future__ import annotations

import time

import pytest

from laddercli.comments import comments
from laddercli.document import Document

BOTH = pytest.mark.parametrize("pure", [False, True], ids=["C parser", "pure parser"])


def found(text: str | bytes, pure: bool = False) -> list[str]:
    document = Document.parse(text, pure=pure)
    assert not document.faults
    for comment in comments(document):
        assert document.text.startswith(comment.text, comment.start)
        line = document.lines[comment.mark.line - 1]
        assert line[comment.mark.column - 1 :].rstrip() == comment.text
        assert comment.alone == (not line[: comment.mark.column - 1].strip())
    return [
        f"{each.mark.line}:{each.mark.column}{'' if each.alone else '+'} {each.text}" for each in comments(document)
    ]


@BOTH
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b\n", []),
        ("# one\n\n  # two \na: b # three\n# four", ["1:1 # one", "3:3 # two", "4:6+ # three", "5:1 # four"]),
        ("a: # key\n  b: c\n", ["1:4+ # key"]),
        ("a#b: c#d\n", []),
        ("a: b #\n", ["1:6+ #"]),
        ("a: 'x # no' # yes # and this\n", ["1:13+ # yes # and this"]),
        ('a: "x # no\n  # no\n  \\" # no"\n', []),
        ('"a # no": b\n"x-c # no": d\nx-e: "f # no"\n', []),
        ("a: 'x'#glued\n", ["1:7+ #glued"]),
        ("a: b\n  c # ends the text\nd: e\n", ["2:5+ # ends the text"]),
        ("a: | # why\n  x # no\n # yes\nb: c\n", ["1:6+ # why", "3:2 # yes"]),
        ("a: >2-   # why\n   x # no\n\n\n# yes\n", ["1:10+ # why", "5:1 # yes"]),
        ("a: |\n  # no\n# yes\n", ["3:1 # yes"]),
        ("- |\n # no\n-\n # yes\n - |\n  # no\n", ["4:2 # yes"]),
        ("a: [b, # one\n  {c: d} # two\n  # 3\n]# four\n", ["1:8+ # one", "2:10+ # two", "3:3 # 3", "4:2+ # four"]),
        ("a: [b#no, '#no', #yes]\n]\n", ["1:18+ #yes]"]),
        ("a: {b: c # one\n  , d: # two\n  e}\n", ["1:10+ # one", "2:8+ # two"]),
        ("? a # one\n: b # two\n", ["1:5+ # one", "2:5+ # two"]),
        ("--- # one\na: b\n... # two\n# three\n", ["1:5+ # one", "3:5+ # two", "4:1 # three"]),
        ("a: &x # one & two\n  b\nc: *x # three\n", ["1:7+ # one & two", "3:7+ # three"]),
        ("a: &x | # one\n  # no\nc: *x\n", ["1:9+ # one"]),
        ("a: &x [b] # one\nc: *x # two\nd: *x # three\n", ["1:11+ # one", "2:7+ # two", "3:7+ # three"]),
        ("a: 😀 # é\r\n# ü \r\nb: |\r\n  # no\r\n# ö\r\n", ["1:6+ # é", "2:1 # ü", "5:1 # ö"]),
        ("\ufeff# one\na: b  # two\n", ["1:1 # one", "2:7+ # two"]),
        ("x-a: # one\n  - b # two\nc:\n  x-d: | # three\n    # no\n", ["1:6+ # one", "2:7+ # two", "4:10+ # three"]),
        ("a:\n# one\n  b:\n\n      # two\n    c:\n", ["2:1 # one", "5:7 # two"]),
    ],
)  # fmt: skip
def test_every_comment_is_found_at_its_place(text: str, expected: list[str], pure: bool) -> None:
    assert found(text, pure) == expected
    assert found(text.encode(), pure) == expected


@pytest.mark.parametrize("text", ["", "# alone\n", "a: b # one\na: c\n", "a: [ # one\n"])
def test_a_text_that_is_no_whole_document_has_none(text: str) -> None:
    assert comments(Document.parse(text)) == ()


def test_aliases_do_not_multiply_the_work() -> None:
    lines = ["a0: &a0 [x, y, z] # c"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 9)]
    assert found("\n".join(lines)) == ["1:19+ # c"]


def test_many_comments_cost_little() -> None:
    text = "".join(f"k{n}: 'v # {n}' # c\n" for n in range(20_000))
    document = Document.parse(text)
    begin = time.process_time()
    assert len(comments(document)) == 20_000
    assert time.process_time() - begin < 2
