"""What people see of the shipped ladders: the screens, character by character."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.run import ladder

CHECKOUT = Path(__file__).parents[1]

# The name of the golden file, the command, and the width of the terminal; without a width the output is piped.
SCREENS = [
    ("compare-three-80.txt", "compare pm1 senior-pm staff-pm", "80"),
    ("compare-three-200.txt", "compare pm1 senior-pm staff-pm", "200"),
    ("compare-three-piped.txt", "compare pm1 senior-pm staff-pm", None),
    ("compare-three.md", "compare pm1 senior-pm staff-pm -f markdown", None),
    ("compare-tracks-80.txt", "compare staff-pm group-pm", "80"),
    ("compare-tracks-brief.txt", "compare staff-pm group-pm --brief", "80"),
    ("compare-ladders-100.txt", "compare staff-pm staff-engineer", "100"),
    ("list-60.txt", "list", "60"),
    ("list-80.txt", "list", "80"),
    ("list-160.txt", "list", "160"),
    ("list-confidential-120.txt", "list --audience confidential", "120"),
    ("show-80.txt", "show staff-pm", "80"),
    ("show-160.txt", "show staff-pm", "160"),
]


@pytest.mark.parametrize(("name", "command", "columns"), SCREENS, ids=[name for name, *_ in SCREENS])
def test_the_screen_is_the_golden_one(
    name: str, command: str, columns: str | None, golden: Callable[[str, str], None]
) -> None:
    done = ladder(*command.split(), cwd=CHECKOUT, **({"COLUMNS": columns} if columns else {}))
    assert (done.code, done.err) == (0, "")
    golden(name, done.out)


def test_piped_output_is_100_wide_whatever_terminal_is_around() -> None:
    plain = ladder("compare", "pm1", "pm2", cwd=CHECKOUT)
    assert plain.out == ladder("compare", "pm1", "pm2", cwd=CHECKOUT, COLUMNS="100", TERM="xterm-256color").out
    assert max(len(line) for line in plain.out.splitlines()) == 100


def test_several_ladders_stand_apart() -> None:
    done = ladder("list", "product-management", "engineering", "product-management", cwd=CHECKOUT)
    alone = [ladder("list", name, cwd=CHECKOUT).out for name in ("product-management", "engineering")]
    assert done.out == "\n".join(alone)


def test_about_tells_what_a_reader_needs_first() -> None:
    said = ladder("list", "product-management", "--about", cwd=CHECKOUT, COLUMNS="80").out
    for words in ("── How a promotion is decided ─", "── Grades ─", "g4 Domain:", "── Words ─", "PM:"):
        assert words in said
    assert "How pay is set" not in said
    assert said.startswith(ladder("list", "product-management", cwd=CHECKOUT, COLUMNS="80").out)


def test_a_folder_lists_its_ladders() -> None:
    assert ladder("list", "ladders", cwd=CHECKOUT).out == ladder("list", cwd=CHECKOUT).out


def test_a_ladder_named_as_a_level_is_told_so() -> None:
    said = ladder("show", "product-management", cwd=CHECKOUT)
    assert (said.code, said.err.splitlines()) == (
        2,
        [
            "error: `product-management` is a ladder, not a level",
            "  help: `ladder list product-management` shows its levels",
        ],
    )
