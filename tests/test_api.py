"""The package as a library: what it offers, and the examples that show it."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import laddercli
from tests.run import python

CHECKOUT = Path(__file__).parents[1]


def homes() -> dict[str, str]:
    """Where each name is imported from when somebody uses it."""
    found: dict[str, tuple[str, ...]] = vars(laddercli)["_HOMES"]
    return {name: home for home, names in found.items() for name in names}


def test_what_is_offered_is_what_exists() -> None:
    assert sorted([*homes(), "__version__"]) == laddercli.__all__
    assert len(set(laddercli.__all__)) == len(laddercli.__all__)
    assert set(laddercli.__all__) <= set(dir(laddercli))


@pytest.mark.parametrize("name", laddercli.__all__)
def test_each_name_can_be_imported(name: str) -> None:
    offered = getattr(laddercli, name)
    if name in homes():
        home = importlib.import_module(f"laddercli.{homes()[name]}")
        assert offered is getattr(home, name)
        assert offered.__doc__


def test_a_star_imports_it_all() -> None:
    found: dict[str, object] = {}
    exec("from laddercli import *", found)
    assert set(laddercli.__all__) <= set(found)


@pytest.mark.parametrize("name", ["nothing", "load_ladder", "_private"])
def test_an_unknown_name_is_an_attribute_error(name: str) -> None:
    with pytest.raises(AttributeError, match=f"module 'laddercli' has no attribute '{name}'"):
        getattr(laddercli, name)


def test_an_unknown_name_cannot_be_imported() -> None:
    with pytest.raises(ImportError, match="nothing"):
        exec("from laddercli import nothing")


def test_importing_the_package_imports_nothing_else() -> None:
    loaded = python("import sys, laddercli; print(*sys.modules)", cwd=CHECKOUT).out.split()
    assert [name for name in loaded if name.startswith(("laddercli.", "yaml", "rich", "typer"))] == []


def test_every_module_says_what_it_is_for() -> None:
    modules = [each.name for each in pkgutil.walk_packages(laddercli.__path__, "laddercli.")]
    silent = [name for name in modules if name != "laddercli.__main__" and not importlib.import_module(name).__doc__]
    assert silent == []


def examples() -> list[tuple[str, str]]:
    """The Python blocks of the README and of the docstring of the package."""
    blocks = re.findall(r"^```python\n(.*?)^```", (CHECKOUT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    (tour,) = re.findall(r"::\n\n((?:    .*\n|\n)+)", laddercli.__doc__ or "")
    return [("docstring", re.sub("^    ", "", tour, flags=re.MULTILINE)), *(("README", each) for each in blocks)]


@pytest.mark.parametrize(("where", "code"), examples(), ids=[where for where, _ in examples()])
def test_the_example_runs_in_the_checkout(where: str, code: str) -> None:
    done = python(code, cwd=CHECKOUT)
    assert (done.code, done.err) == (0, "")
    assert done.out
