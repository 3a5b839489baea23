"""A full ladder that was written to try the format, outside of the project: it must validate, list, show, compare."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.run import ladder

TRIAL = Path(__file__).parents[2] / "shared" / "trial"
LADDER = TRIAL / "product-management.yaml"

pytestmark = pytest.mark.skipif(not LADDER.exists(), reason=f"{TRIAL.name} is not beside the project")


def test_it_is_valid() -> None:
    assert ladder("validate", str(TRIAL), cwd=TRIAL) == (0, "2 files are valid.\n", "")


@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize(
    "arguments", ["list {}", "show {}:staff-pm", "compare {0}:senior-pm {0}:staff-pm", "compare {0}:staff-pm --peer"]
)
def test_it_is_shown_at_any_width(arguments: str, width: int) -> None:
    said = ladder(*arguments.format(LADDER).split(), cwd=TRIAL, COLUMNS=str(width))
    assert (said.code, said.err) == (0, "")
    assert max(map(len, said.out.splitlines())) <= width


def test_two_columns_say_first_what_rises() -> None:
    said = ladder("compare", f"{LADDER}:senior-pm", f"{LADDER}:staff-pm", cwd=TRIAL, COLUMNS="80").out
    head = said.split("──")[0].splitlines()
    assert [line.split()[-1] for line in head if "■" in line] == ["Integrates", "Company", "direction", "Product"]
    assert "One grade up. 3 of 4 measures rise, 1 stays." in head
