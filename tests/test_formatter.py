"""The formatter changes the layout and nothing else."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laddercli.comments import comments
from laddercli.document import Document
from laddercli.findings import Severity
from laddercli.formatter import NotFormattable, canonical, format_text, unformatted
from laddercli.nodes import Mark
from tests.conftest import Write
from tests.run import ladder, python

PROJECT = Path(__file__).parents[1]
CASES = {
    f"{path.stem}: {case['name']}": case
    for path in sorted((PROJECT / "tests" / "cases" / "format").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
}


def formatted(text: str, **settings: int) -> str:
    document = Document.parse(text)
    assert not document.faults, text
    return format_text(document, **settings)


# --- cases -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pure", [False, True], ids=["C parser", "pure parser"])
@pytest.mark.parametrize("name", CASES)
def test_a_case_is_formatted_as_it_says(name: str, pure: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    case = CASES[name]
    if pure:
        monkeypatch.setattr(yaml, "__with_libyaml__", False)
    assert case.keys() <= {"name", "before", "after", "refused", "indent", "width"}
    options = {key: case[key] for key in ("indent", "width") if key in case}
    if "refused" in case:
        with pytest.raises(NotFormattable, match=re.escape(case["refused"])):
            formatted(case["before"], **options)
        return
    after = case.get("after", case["before"])
    assert formatted(case["before"], **options) == after
    assert formatted(after, **options) == after


# --- properties --------------------------------------------------------------------------------------------------

PLAIN_WORDS = "Owns single features with guidance e.g. it's 設計 naïve 🧭 http://a.b/c#d 12 - a,b x".split()
WORDS = [*PLAIN_WORDS, *'a: #3 "so" ~ | > & {'.split()]


class Writer:
    """Writes YAML the way no two people would: every blank, break, comment and style is drawn."""

    def __init__(self, draw: Callable[..., Any]) -> None:
        self.draw = draw
        self.comments: list[str] = []
        self.keys = 0
        self.deepest = 99  # where a comment may stand: below a block, what is indented as deep belongs to it

    def number(self, least: int, most: int) -> int:
        return int(self.draw(st.integers(least, most)))

    def maybe(self, share: int = 3) -> bool:
        return self.number(0, share) == share

    def pick(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def blanks(self, most: int = 3) -> str:
        return " " * self.number(0, most)

    def words(self, least: int = 1, most: int = 8, among: list[str] = PLAIN_WORDS) -> str:
        words = self.draw(st.lists(st.sampled_from(among), min_size=least, max_size=most))
        return f"A{len(words)} {' '.join(words)}".rstrip(" -")

    def comment(self) -> str:
        text = f"{self.pick('#', '# ', '##', '#!', '#  ')}c{len(self.comments)}: 'x"
        self.comments.append(text)
        return text

    def trailing(self) -> str:
        return f" {self.blanks()}{self.comment()}" if self.maybe() else self.pick("", "", " ")

    def between(self, most: int = 12) -> list[str]:
        """Blank lines and comments above an entry."""
        lines = []
        while self.maybe(2):
            column = min(self.number(0, most), self.deepest)
            lines.append(self.pick("", "  ") if self.maybe(1) else " " * column + self.comment())
        self.deepest = 99
        return lines

    def key(self) -> str:
        self.keys += 1
        name = f"{self.pick('', 'x-', 'ü ')}k{self.keys}"
        return str(self.pick(name, name, f"'{name} # no'", f'"{name}: \\" # no"'))

    # Each of these gives the lines of a value: the first goes on behind its key or dash.

    def plain(self, column: int) -> list[str]:
        lines = [self.words()]
        while self.maybe(2):
            lines += [self.pick("", " ")] * self.number(0, 2)
            lines.append(self.blanks() + " " * column + self.words(most=25))
        return [*lines[:-1], lines[-1] + self.trailing()]

    def quoted(self, column: int) -> list[str]:
        single = self.maybe(1)
        words = self.words(among=WORDS)
        lines = [words]
        while self.maybe(2):
            lines.append(" " * column + self.blanks() + self.words(among=WORDS) + self.blanks(1))
            lines += [""] * self.number(0, 1)
        lines.append(" " * column + "z")
        if self.maybe():
            lines = [words]
        text = "\n".join(lines)
        text = "'" + text.replace("'", "''") + "'" if single else '"' + text.replace('"', '\\"') + '\\u00e9\\ "'
        return [*(text + self.trailing()).split("\n")]

    def block(self, column: int, parent: int) -> list[str]:
        extra = self.number(0, 3)
        digit = str(column + extra - parent) if self.maybe() else ""
        header = self.pick("|", ">") + self.pick(*{digit + chomp for chomp in ("", "-", "+")})
        body = []
        for number in range(self.number(1, 5)):
            body += [self.pick("", " ")] * (self.maybe(2) and number > 0)
            indented = self.blanks(2) if self.maybe(6) and (digit or number) else ""
            body.append(" " * (column + extra) + indented + self.words(most=20, among=WORDS) + self.pick("", "", " "))
        body += [""] * self.number(0, 2)
        self.deepest = parent
        return [header + self.trailing(), *body]

    def flow(self, column: int, depth: int = 0) -> list[str]:
        spread = self.maybe(1)

        def space() -> str:
            if not spread or self.maybe(1):
                return self.blanks(2)
            mark = f"  {self.comment()}" if self.maybe() else ""
            lines = [mark, *self.between(4), ""]
            return "\n".join(lines) + " " * (column + self.number(0, 4))

        def scalar() -> str:
            choices = ["a b", "'it''s # no'", '"q\\" # no"', "12"]
            return str(self.pick(*choices, "m\n" + " " * (column + 1) + "n") if spread else self.pick(*choices))

        def value() -> str:
            return "\n".join(self.flow(column, depth + 1)) if depth < 2 and self.maybe() else scalar()

        is_list = self.maybe(1)
        text = "[" if is_list else "{"
        count = self.number(0, 3)
        for index in range(count):
            text += space()
            if is_list:
                text += f"{self.key()}: {value()}" if self.maybe(5) else value()
            elif self.maybe(5):
                text += self.key() + (self.pick(":", " :") + (space() or " ") if self.maybe(1) else "")
            else:
                text += f"{self.key()}:{space() or ' '}{value()}"
            text += space() + "," if index < count - 1 or self.maybe() else space()
        text += "" if count else space()
        return (text + ("]" if is_list else "}") + ("" if depth else self.trailing())).split("\n")

    def value(self, column: int, depth: int, in_list: bool) -> list[str]:
        """What stands behind a key or a dash in that column."""
        kinds: list[Callable[[], list[str]]] = [
            lambda: [self.trailing()],
            lambda: self.below(self.plain(column + 1), column + 1),
            lambda: self.below(self.quoted(column + 1), column + 1),
            lambda: self.below(self.flow(column + 1), column + 1),
            lambda: [" " + line if index == 0 else line for index, line in enumerate(self.block(column + 1, column))],
        ]
        if depth < 3:
            kinds += [lambda: self.nested(column, depth, in_list)] * 3
        return kinds[self.number(0, len(kinds) - 1)]()

    def below(self, lines: list[str], column: int) -> list[str]:
        """A value behind its key, or on the next line."""
        if self.maybe(3):
            # Its comments come after one that stands between, so none is put there.
            return ["", *[""] * self.maybe(), " " * (column + 1) + lines[0], *lines[1:]]
        return [" " + self.blanks() + lines[0], *lines[1:]]

    def nested(self, column: int, depth: int, in_list: bool) -> list[str]:
        is_list = self.maybe(1)
        least = 0 if is_list and not in_list else 1
        inner = column + self.number(least, 5)
        if in_list and self.maybe(1):
            inner = column + 2
            lines = self.entries(inner, depth + 1, is_list, first_above=False)
            return [" " + lines[0][inner:], *lines[1:]]
        return [self.trailing(), *self.entries(inner, depth + 1, is_list)]

    def entries(self, column: int, depth: int, is_list: bool, first_above: bool = True) -> list[str]:
        lines: list[str] = []
        for index in range(self.number(1, 3)):
            lines += self.between() if index or first_above else []
            lead = " " * column + ("-" if is_list else self.key() + self.pick("", "", " ") + ":")
            value = self.value(column, depth, is_list)
            lines += [lead + value[0], *value[1:]]
        return lines

    def text(self) -> str:
        lines = self.between() + ["---"] * self.maybe(9)
        lines += self.between() + self.entries(self.pick(0, 0, 0, 3), 0, self.maybe(4)) + self.between()
        text: str = "\n".join(lines) + self.pick("\n", "", "\n\n")
        return text.replace("\n", "\r\n") if self.maybe() else text


@st.composite
def written(draw: Callable[..., Any]) -> tuple[str, list[str]]:
    """A YAML text with the comments in it."""
    writer = Writer(draw)
    text = writer.text()
    return text, writer.comments


def content(text: str) -> list[Any]:
    """What a text says, told by the parser written in Python."""
    return [
        (event.value, event.style or "") if isinstance(event, yaml.ScalarEvent) else
        (type(event), bool(getattr(event, "flow_style", False)), getattr(event, "explicit", None))
        for event in yaml.parse(text, Loader=yaml.SafeLoader)
    ]  # fmt: skip


def texts(document: Document) -> list[str]:
    return [re.sub(r"^#(?=[^\s#!])", "# ", each.text) for each in comments(document)]


def scalars(text: str) -> Iterator[tuple[Any, bool]]:
    """Every scalar of a text, and whether it stands in braces or brackets."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += bool(depth or event.flow_style)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= depth > 0
        elif isinstance(event, yaml.ScalarEvent):
            yield event, depth > 0


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(written(), st.sampled_from([1, 2, 4]), st.sampled_from([40, 60, 100]))
def test_any_text_keeps_values_styles_and_comments_and_settles(
    given: tuple[str, list[str]], indent: int, width: int
) -> None:
    text, said = given
    document = Document.parse(text)
    assert not document.faults, document.faults
    assert len(texts(document)) == len(said)
    after = format_text(document, indent=indent, width=width)

    again = Document.parse(after)
    assert content(after) == content(text)
    assert again.data == document.data
    assert texts(again) == texts(document)
    assert format_text(again, indent=indent, width=width) == after
    assert unformatted(again, indent, width) is None
    windows = "\r\n" in text and "\n" not in text.replace("\r\n", "")
    assert after.count("\r") == (after.count("\n") if windows else 0)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(written(), st.sampled_from([40, 60, 100]))
def test_lines_are_tidy(given: tuple[str, list[str]], width: int) -> None:
    lines = formatted(given[0], width=width).replace("\r\n", "\n").split("\n")
    assert lines.pop() == ""
    free = dict(enumerate(lines))  # the lines that are no part of a text with several lines
    for event, in_braces in scalars("\n".join(lines) + "\n"):
        first, last = event.start_mark.line, event.end_mark.line
        if event.style in ("|", ">") or first < last:
            for row in range(first, last + 1):
                free.pop(row, None)
        if first < last and not event.style and not in_braces:
            for line in lines[first + 1 : last + 1]:
                text = re.sub("  #.*", "", line).strip()
                assert len(text) + len(line) - len(line.lstrip()) <= width or not re.search(r"\S (?!- )\S", text)
    for row, line in free.items():
        assert line == line.rstrip()
        assert line or row == 0 or lines[row - 1] or row - 1 not in free


# --- files -------------------------------------------------------------------------------------------------------

SHIPPED = [*sorted((PROJECT / "ladders").glob("*.yaml")), PROJECT / "ladder" / "template.yaml"]
SHARED = PROJECT.parent / "shared"


def disarranged(text: str, factor: int, blanks: int, end: str) -> str:
    """The text with other white space: deeper indentation, more blank lines, other line ends."""
    lines = []
    for line in text.removesuffix("\n").split("\n"):
        bare = line.lstrip()
        indent = " " * (len(line) - len(bare)) * factor
        # The other keys of a list item stand as deep as its first one.
        lines.append(indent + re.sub("^- ", "-" + " " * (2 * factor - 1), bare))
        lines += [""] * blanks * (not line)
    return end.join([*lines, "", ""])


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
@pytest.mark.parametrize("factor", [1, 2, 3])
def test_layouts_that_differ_in_white_space_become_one(path: Path, factor: int) -> None:
    text = path.read_text(encoding="utf-8")
    assert formatted(disarranged(text, factor, blanks=factor, end="\r\n")) == formatted(text).replace("\n", "\r\n")


@pytest.mark.parametrize("path", [*SHARED.glob("trial/*.yaml"), *SHARED.glob("corpus/**/*.y*ml")], ids=lambda p: p.name)
@pytest.mark.parametrize("indent", [2, 4])
def test_a_real_file_keeps_what_it_says(path: Path, indent: int) -> None:
    document = Document.parse(path.read_bytes())
    assert not document.faults
    after = format_text(document, indent=indent)
    assert content(after) == content(document.text)
    assert texts(Document.parse(after)) == texts(document)


def test_a_large_ladder_is_formatted_quickly() -> None:
    text = (PROJECT / "ladders" / "engineering.yaml").read_text(encoding="utf-8")
    document = Document.parse(disarranged(text, 2, 1, "\n"))
    begin = time.process_time()
    format_text(document)
    assert time.process_time() - begin < 0.5  # a tenth of that, on a machine with nothing else to do


@pytest.mark.parametrize(
    "text",
    [
        "a:\n  " + "[" * 50 + "]" * 50 + "\n",
        "- [\n" + "a,\n" * 30_000 + "]\n",
        "a: >\n" + " b" * 200_000 + "\n",
        "a:\n" + "  # c\n" * 30_000,
        "".join(f"a{n}:\n\n\n  [b]\n" for n in range(10_000)),
        "a: 'b" + "\n" * 200_000 + "c'\n",
    ],
    ids=["deep", "spread", "prose", "comments", "below", "blank"],
)
def test_time_grows_with_the_text_and_no_faster(text: str) -> None:
    begin = time.process_time()
    assert formatted(formatted(text)) == formatted(text)
    assert time.process_time() - begin < 10


# --- findings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: b\nc:  d\n", (2, 4)),
        ("a: b", (1, 5)),
        ("a: b\n\n\n", (3, 1)),
        ("a: b\r\nc: d\n", (1, 5)),
        ("a: b\r\nc:  d\r\n", (2, 4)),
        ("\n\na: b\n", (1, 1)),
        ("a:\n- b\n", (2, 1)),
    ],
)
def test_a_file_out_of_order_is_an_error_at_the_first_line_that_differs(text: str, place: Mark) -> None:
    finding = unformatted(Document.parse(text, "a.yaml"))
    assert finding
    assert (finding.rule, finding.severity, finding.category) == ("unformatted", Severity.ERROR, "format")
    assert finding.span.start == place
    assert finding.help == "run: ladder format a.yaml"
    assert finding.source
    assert finding.source.text == re.split("\r?\n", text)[place[0] - 1]


def test_a_file_that_is_left_alone_is_an_info_at_the_reason() -> None:
    finding = unformatted(Document.parse("a: b\nc:   &d e\nf: *d\n"))
    assert finding
    assert (finding.rule, finding.severity, finding.span.start) == ("not-formattable", Severity.INFO, (2, 6))


def test_a_text_with_faults_is_not_judged_and_not_formatted() -> None:
    document = Document.parse("a:  b\na: c\n")
    assert unformatted(document) is None
    with pytest.raises(NotFormattable, match="given twice"):
        format_text(document)


@pytest.mark.parametrize(
    "broken", ["a: c  # d\n", "a: 'b'  # d\n", "a: b\n", "a: b  # e\n", "# d\na: b\n", "a: [\n", "a:   b  # d\n"]
)
def test_a_layout_that_says_something_else_is_refused(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canonical, "lay_out", lambda source, indent, width: broken)
    with pytest.raises(NotFormattable):
        formatted("a: b # d\n")


# --- the command -------------------------------------------------------------------------------------------------

PLAIN = "a:   b # c\n"
TIDY = "a: b  # c\n"
ANCHORED = "a:  &b ##[c]\nd: *b\n"


def test_files_are_formatted_in_place(write: Write) -> None:
    folder = write({"ladders/a.yaml": PLAIN, "ladders/b.yaml": TIDY, "ladders/c.yml": ANCHORED})
    os.chmod("ladders/a.yaml", 0o640)
    before = os.stat("ladders/b.yaml")
    said = ladder("format", cwd=folder)
    assert said.out == "Formatted 1 file, 1 is in order, 1 is left alone.\n"
    assert said.err == "note: ladders/c.yml:1:5: the layout is left as it is: it has anchors (`&name`)\n"
    assert said.code == 0
    assert Path("ladders/a.yaml").read_text() == TIDY
    assert os.stat("ladders/a.yaml").st_mode & 0o777 == 0o640
    assert os.stat("ladders/b.yaml").st_mtime_ns == before.st_mtime_ns
    assert Path("ladders/c.yml").read_text() == ANCHORED
    assert (
        ladder(
            "format",
            "-q",
            cwd=folder,
        ).out
        == ""
    )
    assert sorted(os.listdir("ladders")) == ["a.yaml", "b.yaml", "c.yml"]


def test_check_writes_nothing(write: Write) -> None:
    folder = write({"a.yaml": PLAIN, "b.yaml": TIDY})
    said = ladder("format", "--check", "a.yaml", "b.yaml", cwd=folder)
    assert said == (
        1,
        "a.yaml:1:4: error[unformatted] the layout is not the one that `ladder format` gives\n"
        "Would format 1 file, 1 is in order.\n",
        "",
    )
    assert Path("a.yaml").read_text() == PLAIN
    assert ladder("format", "--check", "b.yaml", cwd=folder) == (0, "1 file is in order.\n", "")
    assert ladder("format", "--check", "-qq", "a.yaml", cwd=folder) == (1, "", "")


def test_diff_shows_what_would_change_as_patch_reads_it(write: Write) -> None:
    folder = write({"a.yaml": f"x: 1\n{PLAIN}y: 2"})
    said = ladder("format", "--diff", "a.yaml", cwd=folder)
    assert said.out == (
        "--- a.yaml\n+++ a.yaml\n@@ -1,3 +1,3 @@\n x: 1\n-a:   b # c\n-y: 2\n\\ No newline at end of file\n"
        "+a: b  # c\n+y: 2\n"
    )
    assert (said.code, said.err) == (1, "Would format 1 file.\n")
    assert "\x1b[32m+a: b  # c\x1b[0m\n" in ladder("format", "--diff", "--color=always", "a.yaml", cwd=folder).out


def test_what_could_steer_a_terminal_or_a_job_is_shown_and_not_obeyed(write: Write) -> None:
    folder = write({"a.yaml": 'b:  c\n"::error::d": ##[error]e \u202e\n'})
    said = ladder("format", "--diff", "a.yaml", cwd=folder, GITHUB_ACTIONS="true")
    assert "\u202e" not in said.out
    assert "##[" not in said.out
    folder = write({"a.yaml": "b:  c\n::error::d: e\n"})
    said = ladder("format", "--diff", "a.yaml", cwd=folder, GITHUB_ACTIONS="true")
    assert " : :error::d: e\n" in said.out


def test_standard_input_goes_to_standard_output(write: Write) -> None:
    folder = write()
    assert ladder("format", "-", cwd=folder, stdin=PLAIN) == (0, TIDY, "")
    assert ladder("format", "-", cwd=folder, stdin=TIDY, GITHUB_ACTIONS="true") == (0, TIDY, "")
    assert ladder("format", "-", cwd=folder, stdin=f"\ufeff{ANCHORED}").out == f"\ufeff{ANCHORED}"
    said = ladder("format", "-", "--stdin-filename", "x/a.yaml", cwd=folder, stdin="a: [b\n")
    assert said == (1, "", "error: x/a.yaml:1:4: the `[` that opens here is never closed\n  help: write: a: [b]\n")
    assert ladder("format", "--check", "-", cwd=folder, stdin=PLAIN).code == 1
    assert ladder("format", "--diff", "-", cwd=folder, stdin=PLAIN).out.startswith("--- -\n")
    assert ladder("format", "-", "a.yaml", cwd=folder).code == 2


def test_faults_are_reported_and_the_rest_is_formatted(write: Write) -> None:
    folder = write({"a.yaml": "pay: 12345\npay: 99999\n", "b.yaml": PLAIN})
    said = ladder("format", "a.yaml", "b.yaml", "c.yaml", cwd=folder)
    assert said.out.startswith("error[duplicate-key]: `pay` is given twice; the first is on line 1\n --> a.yaml:2:1\n")
    assert "99999" not in said.out
    assert said.out.endswith("Formatted 1 file, 1 has faults.\n")
    assert (said.code, said.err) == (2, "error: c.yaml: there is no such file\n")
    assert Path("b.yaml").read_text() == TIDY
    assert ladder("format", "a.yaml", cwd=folder).code == 1


def test_the_configuration_says_how_far_and_how_wide(write: Write) -> None:
    folder = write(
        {
            ".git": "",
            ".ladder.yaml": "version: 1\nformat: {indent: 4, width: 40}\n",
            "ladders/a.yaml": "a:\n  b: >\n    one two three four five six seven eight\n",
        }
    )
    assert ladder("format", cwd=folder).code == 0
    assert (
        Path("ladders/a.yaml").read_text() == "a:\n    b: >\n        one two three four five six\n        seven eight\n"
    )
    assert ladder("format", "--check", "--no-config", cwd=folder).code == 1


def test_a_link_is_followed_and_stays_a_link(write: Write) -> None:
    folder = write({"real/a.yaml": PLAIN})
    os.symlink("real/a.yaml", "b.yaml")
    assert ladder("format", "b.yaml", cwd=folder).code == 0
    assert os.path.islink("b.yaml")
    assert Path("real/a.yaml").read_text() == TIDY


@pytest.mark.parametrize("when", ["fsync", "chmod", "replace"])
def test_a_process_that_is_killed_while_it_writes_leaves_the_file_whole(when: str, write: Write) -> None:
    folder = write({"ladders/a.yaml": PLAIN})
    code = f"""
import os, signal
from laddercli.cli.app import run
os.{when} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
run(["format", "ladders/a.yaml"])
"""
    assert python(code, cwd=folder).code == -9
    assert Path("ladders/a.yaml").read_text() == PLAIN
    assert ladder("format", cwd=folder).out == "Formatted 1 file.\n"


def test_a_folder_that_cannot_be_written_is_no_crash(write: Write) -> None:
    folder = write({"ladders/a.yaml": PLAIN})
    refuse = "def refuse(*_, **__): raise PermissionError(errno.EACCES, 'Permission denied')"
    code = f"import errno, sys, tempfile\n{refuse}\ntempfile.mkstemp = refuse\n"
    code += "from laddercli.cli.app import run\nsys.exit(run(sys.argv[1:]))"
    said = ladder("format", cwd=folder, program=[sys.executable, "-c", code])
    assert (said.code, said.err) == (2, "error: ladders/a.yaml cannot be written: permission denied\n")
    assert Path("ladders/a.yaml").read_text() == PLAIN
