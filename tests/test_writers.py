"""How pages look: in a terminal of any width, and as Markdown in which nothing from a ladder becomes markup."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.cells import cell_len

from laddercli.audience import project
from laddercli.blocks import Block, Columns, Facts, Item, Items, Page, Paragraph, Span, Table, Text, Title
from laddercli.comparison import compare
from laddercli.inline import parse
from laddercli.ladder import Ladder
from laddercli.loader import Loader
from laddercli.views.level import level_page
from laddercli.views.overview import overview_page
from laddercli.views.side_by_side import Options, comparison_page
from laddercli.writers import markdown
from laddercli.writers.terminal import Terminal, write
from tests.run import ladder

CHECKOUT = Path(__file__).parents[1]
WIDTHS = [*range(40, 100, 7), 100, 129, 130, 160, 200]
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def shipped() -> list[Ladder]:
    loader = Loader(audience="confidential")
    return [loader.load(str(CHECKOUT / "ladders" / f"{name}.yaml")) for name in ("product-management", "engineering")]


def pages_of(made: Ladder) -> list[Page]:
    positions = [made.position(each) for each in made.levels]
    pairs = [comparison_page(compare(left, right), Options()) for left, right in pairwise(positions)]
    return [overview_page(made), *(level_page(each) for each in positions), *pairs]


def too_wide(text: str, width: int) -> list[str]:
    return [line for line in text.splitlines() if cell_len(line) > width]


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    return [page for made in shipped() for page in pages_of(made)]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_terminal(width: int, pages: list[Page]) -> None:
    assert [line for page in pages for line in too_wide(write(page, Terminal(width)), width)] == []


def test_colors_change_no_word(pages: list[Page]) -> None:
    for page in pages:
        colored = write(page, Terminal(100, color=True))
        assert "\x1b[1m" in colored
        plain = write(page, Terminal(100))
        # Without colors, code stands between backticks, which may move a line break.
        assert ESCAPES.sub("", colored).split() == plain.replace("`", "").split()


def test_an_ascii_terminal_gets_ascii_signs(pages: list[Page]) -> None:
    drawn = "".join(write(page, Terminal(100, ascii=True)) for page in pages)
    assert drawn.isascii()
    assert "\\u" not in drawn  # every sign has a likeness
    done = ladder("compare", "senior-pm", "staff-pm", cwd=CHECKOUT, PYTHONIOENCODING="ascii", COLUMNS="80")
    assert (done.code, done.out.isascii()) == (0, True)
    for sign in ("###... Versatile", "^  ####.. Complete", "\n-- Hard skills ---", " | ", "\n* ", "\nv ", ">= 9", "->"):
        assert sign in done.out


def test_text_that_ascii_cannot_show_is_escaped_within_the_width() -> None:
    drawn = write(Page((Paragraph(parse("하드 스킬 " * 20)),)), Terminal(40, ascii=True))
    assert drawn.isascii()
    assert too_wide(drawn, 40) == []
    assert "".join(drawn.split()).count("\\ud558") == 20


wide_words = st.text("aé한字カ👍🏽👩‍💻e\u0301שع\u200b-", min_size=1, max_size=60)
wide_text = st.lists(wide_words, min_size=1, max_size=12).map(" ".join)


def sample(text: str) -> Page:
    spans: Text = parse(text)
    items = Items((Item("•", spans, (spans,), spans), Item(text[:20], spans)), spans)
    blocks: tuple[Block, ...] = (
        Title(spans, (Span(text[:9]),)),
        Paragraph(spans, spans),
        items,
        Facts(((text, spans), ("a", spans))),
        Table(((spans, spans, (Span("≥ 1"),)), (spans, (), ())), (spans, spans, ())),
        Columns((spans, spans), (((Paragraph(spans),), (items,)), ((), (Paragraph(spans),)))),
    )
    return Page(blocks)


@settings(max_examples=150)
@given(text=wide_text, width=st.integers(40, 200))
def test_text_of_any_script_fits(text: str, width: int) -> None:
    assert too_wide(write(sample(text), Terminal(width)), width) == []


@pytest.mark.parametrize(
    "text", ["한국어 문장은 칸이 두 배입니다", "日本語のテキスト", "e\u0301e\u0301 café", "👍🏽 👩‍💻 ok", "plain"]
)
def test_columns_line_up_whatever_is_in_them(text: str) -> None:
    heads = (parse("left"), parse("right"))
    page = Page((Columns(heads, (((Paragraph(parse(text)),), (Paragraph(parse("|right")),)),)),))
    (line,) = write(page, Terminal(100)).splitlines()
    assert cell_len(line[: line.index("│")]) == 49


def test_a_word_of_300_letters_is_folded_and_not_lost() -> None:
    word = "".join(chr(ord("a") + index % 26) for index in range(300))
    page = Page((Columns((parse("l"), parse("r")), (((Paragraph(parse(word)),), ()),)),))
    drawn = write(page, Terminal(60))
    assert too_wide(drawn, 60) == []
    assert re.sub(r"[\s│]", "", drawn) == word


HOSTILE = (
    "\x1b[31mred\x1b[0m \x07\x9b2J [bold]b[/bold] [link=x] \u202eevil\u2066 <script>alert(1)</script> <b>fat</b> a|b "
    "`co|de` ``x @someone org/repo#12 [x](javascript:alert(1)) [y](data:text/html,hi) [ok](https://e.org/a|b) "
    "![i](https://i.org/i.png) <https://auto.org> <img src=x onerror=y> &lt;i&gt; $x$ ~~no~~ *em* __s__ end\\"
)
STARTS = [
    "- dash",
    "1. one",
    "2) two",
    "# head",
    "+ plus",
    "> quote",
    "---",
    "===",
    "***",
    "```",
    "| a | b |",
    "    code",
]


def hostile(text: str) -> str:
    """A ladder that says ``text`` wherever text may stand."""
    title = json.dumps(text)
    cell = (
        f"{{step: {title}, summary: {title}, criteria: [{{text: {title}, group: {title}, examples: [{title}]}}], "
        f"benchmarks: [{{text: {title}, source: {title}}}, {{metric: k, at_least: 1}}], examples: [{title}]}}"
    )
    return f"""\
format: 1
title: {title}
metrics: [{{id: k, name: {title}, unit: {title}, per: {title}, source: {title}}}]
grades: [{{id: g, title: {title}}}]
measures: [{{id: m, name: {title}, scale: [{{name: {title}, definition: {title}}}]}}]
tracks:
  - id: a
    name: {title}
    kind: ic
    levels:
      - {{id: a1, code: {title}, title: {title}, grade: g, summary: {title}, attributes: {{{title}: {title}}},
         expectations: {{m: {cell}}}}}
      - {{id: a2, title: {title}, expectations: {{m: {{not_applicable: {title}}}}}}}
  - {{id: b, name: B, kind: manager, levels: [{{id: b1, grade: g}}]}}
notes: {{a1: {title}}}
"""


@pytest.fixture
def pages_saying(tmp_path: Path) -> Callable[[str], list[Page]]:
    def pages_saying(text: str) -> list[Page]:
        path = tmp_path / "made.yaml"
        path.write_text(hostile(text), encoding="utf-8")
        return pages_of(Loader(audience="confidential").load(str(path)))

    return pages_saying


@pytest.mark.parametrize("color", [False, True])
def test_a_terminal_obeys_nothing_from_a_ladder(color: bool, pages_saying: Callable[[str], list[Page]]) -> None:
    for page in pages_saying(HOSTILE):
        drawn = ESCAPES.sub("", write(page, Terminal(4000, color=color))) if color else write(page, Terminal(4000))
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", drawn)
        for text in ("\\x1b[31mred", "[bold]b[/bold]", "[link=x]", "\\u202eevil", "<script>", "javascript:alert(1)"):
            assert text in drawn


@pytest.mark.parametrize("text", [HOSTILE, "one\n\ntwo\nthree " * 9, "x" * 300, "한" * 99, "\u200d\u200dカaa"])
@pytest.mark.parametrize("width", [40, 80, 160])
def test_odd_text_fits_wherever_it_stands(width: int, text: str, pages_saying: Callable[[str], list[Page]]) -> None:
    assert [line for page in pages_saying(text) for line in too_wide(write(page, Terminal(width)), width)] == []


def test_a_ci_log_takes_no_command_from_a_ladder(tmp_path: Path) -> None:
    (tmp_path / "made.yaml").write_text(hostile("##[error]x ##vso[task.complete]y"), encoding="utf-8")
    for output_format in ("text", "markdown", "json"):
        done = ladder("show", "made.yaml:a1", "-f", output_format, cwd=tmp_path, GITHUB_ACTIONS="true")
        assert done.code == 0
        assert not re.search(r"##(\[|vso\[)", done.out)


def tokens_of(text: str) -> list[Token]:
    """What a reader of GitHub's Markdown would see, with HTML allowed."""
    found = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    return [each for token in found for each in (token, *(token.children or ()))]


def raw_html(tokens: list[Token]) -> list[str]:
    """HTML other than the line breaks with which cells are written."""
    return [each.content for each in tokens if each.type.startswith("html") and each.content != "<br>"]


def widths_of_tables(tokens: list[Token]) -> list[set[int]]:
    widths: list[set[int]] = []
    count = 0
    for token in tokens:
        if token.type == "table_open":
            widths.append(set())
        elif token.type == "tr_open":
            count = 0
        elif token.type in ("td_open", "th_open"):
            count += 1
        elif token.type == "tr_close":
            widths[-1].add(count)
    return widths


@pytest.mark.parametrize("text", [HOSTILE, *STARTS, "one\n\ntwo|2\nthree", "a\\", "`", "``", "|", "![", "<br/>"])
def test_markdown_takes_only_text_from_a_ladder(text: str, pages_saying: Callable[[str], list[Page]]) -> None:
    for page in pages_saying(text):
        drawn = markdown.write(page)
        tokens = tokens_of(drawn)
        types = {each.type for each in tokens}
        assert raw_html(tokens) == []
        assert types & {"image", "fence", "code_block", "blockquote_open", "ordered_list_open", "hr"} == set()
        links = [str(each.attrGet("href")) for each in tokens if each.type == "link_open"]
        assert [link for link in links if not re.match(r"https?://|mailto:", link)] == []
        assert [each.markup for each in tokens if each.type == "heading_open" and each.markup not in ("#", "##")] == []
        # Cells too many would be cut by the parser, so the written lines are counted, too.
        assert all(len(widths) == 1 for widths in widths_of_tables(tokens))
        for table in re.findall(r"(?:^\| .*\n)+", drawn, re.MULTILINE):
            assert len({line.count("|") for line in table.splitlines()}) == 1
            assert all(line.endswith(" |") for line in table.splitlines())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ask @someone now", "Ask &#64;\u200bsomeone now"),
        ("@a @b/c", "&#64;\u200ba &#64;\u200bb/c"),
        ("Fixes #12", "Fixes \\#\u200b12"),
        ("mail a@example.org", "mail a&#64;example.org"),
        ("C# and # alone", "C\\# and \\# alone"),
    ],
)
def test_names_and_numbers_call_nobody(text: str, shown: str) -> None:
    assert markdown.write(Page((Paragraph(parse(text)),))) == f"{shown}\n"


def test_shipped_ladders_are_markdown_without_surprises(pages: list[Page]) -> None:
    for page in pages:
        tokens = tokens_of(markdown.write(page))
        assert raw_html(tokens) == []
        assert all(len(widths) == 1 for widths in widths_of_tables(tokens))


def rendered(text: str) -> str:
    """The text that a reader of the Markdown sees."""
    kinds = ("text", "code_inline")
    return "".join(
        each.content if each.type in kinds else " " if each.type in ("softbreak", "html_inline") else ""
        for each in tokens_of(text)
    )


@settings(max_examples=200)
@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]), max_size=40))
def test_what_markdown_shows_is_what_was_written(text: str) -> None:
    title: Any = Title((Span(f"x{text}x"),))
    shown = rendered(markdown.write(Page((title,)))).replace("\u200b", "")
    assert shown.split() == f"x{text}x".split()


def test_the_picture_shows_peers_in_every_format(pages_saying: Callable[[str], list[Page]]) -> None:
    overview = pages_saying("x")[0]
    for drawn in (write(overview, Terminal(100)), write(overview, Terminal(40)), markdown.write(overview)):
        assert drawn.count("⇄") >= 2  # beside the levels, and in the legend


THREE_TRACKS = """\
format: 1
title: Three
grades: [{id: g1}, {id: g2}]
tracks:
  - {id: a, name: A, kind: ic, levels: [{id: a1, grade: g1}, {id: a2, grade: g2, status: draft}, {id: ax}]}
  - {id: b, name: B, kind: ic, levels: [{id: b1, grade: g1}, {id: b1x, title: Twin, code: T, grade: g1}]}
  - {id: c, name: C, kind: manager, levels: [{id: c2, grade: g2, career_level: true}]}
"""


def listed(tmp_path: Path, text: str, width: int) -> list[str]:
    (tmp_path / "made.yaml").write_text(text)
    return write(overview_page(Loader().load(str(tmp_path / "made.yaml"))), Terminal(width)).splitlines()


def test_three_tracks_stand_side_by_side_with_a_sign_between_peers(tmp_path: Path) -> None:
    rows = listed(tmp_path, THREE_TRACKS, 100)[2:9]
    assert [row.split() for row in rows] == [
        ["Grade", "A", "B", "C"],
        ["─" * 100],
        ["g2", "a2", "(draft)", "⇄", "c2", "◆"],
        ["g1", "a1", "⇄", "Twin"],
        ["T", "b1x"],
        ["b1"],
        ["(no", "grade)", "ax"],
    ]
    assert rows[2].index("c2") == rows[0].index("C")
    assert rows[3].index("⇄") < rows[3].index("Twin") == rows[0].index("B")


@pytest.mark.parametrize("width", [40, 100, 200])
def test_without_grades_no_row_holds_two_tracks(width: int, tmp_path: Path) -> None:
    text = THREE_TRACKS.replace("grades: [{id: g1}, {id: g2}]\n", "")
    rows = listed(tmp_path, re.sub(", grade: g[12]", "", text), width)
    assert [row for row in rows if "⇄" in row] == []
    assert [row for row in rows if len({word[0] for word in re.findall(r"\b[abc][12x]\b", row)}) > 1] == []
    assert "A" in rows
    assert "C" in rows


def test_three_levels_stand_side_by_side_at_80_and_below_each_other_at_60() -> None:
    made = project(shipped()[0], "public")
    page = comparison_page(compare(*(made.position(each) for each in ("pm1", "pm2", "senior-pm"))), Options(brief=True))
    assert any(line.count("│") == 2 for line in write(page, Terminal(80)).splitlines())
    assert "│" not in write(page, Terminal(60))
