"""The wheel, built and used as somebody would who has no checkout, and no network either."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import laddercli
from tests.run import Result, environment, ladder

CHECKOUT = Path(__file__).parents[1]
SALES = "format: 1\ntitle: Sales\ntracks: [{id: ic, name: Makers, kind: ic, levels: [{id: s1, title: Seller}]}]\n"


def pip(*arguments: str | Path, cwd: Path) -> None:
    command = [sys.executable, "-m", "pip", *arguments, "--quiet", "--no-deps", "--no-index"]
    done = subprocess.run(
        command, cwd=cwd, env=environment(PIP_CONFIG_FILE=os.devnull), capture_output=True, check=False
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", CHECKOUT, "--no-build-isolation", "--wheel-dir", folder, cwd=folder)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package and nothing else. Its dependencies are those of the running interpreter."""
    folder = tmp_path_factory.mktemp("installed")
    pip("install", wheel, "--target", folder, cwd=folder)
    return folder


def test_the_wheel_holds_the_package_and_its_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("ladder", "ladders"):
        files = [path.name for path in (CHECKOUT / folder).iterdir() if path.is_file()]
        assert files
        assert {f"laddercli/data/{folder}/{name}" for name in files} <= names
    modules = {path.relative_to(CHECKOUT / "src").as_posix() for path in (CHECKOUT / "src").rglob("*.py")}
    assert modules <= names
    assert "laddercli/py.typed" in names
    others = {name.split("/")[0] for name in names} - {"laddercli", f"laddercli-{laddercli.__version__}.dist-info"}
    assert others == set()


def run(installed: Path, cwd: Path, *arguments: str) -> Result:
    return ladder(*arguments, cwd=cwd, PYTHONPATH=str(installed))


def test_the_installed_package_is_the_one_that_runs(installed: Path, tmp_path: Path) -> None:
    program = [sys.executable, "-c", "import laddercli; print(laddercli.__file__)"]
    done = ladder(cwd=tmp_path, program=program, PYTHONPATH=str(installed))
    assert Path(done.out.strip()).is_relative_to(installed)
    assert run(installed, tmp_path, "--version") == (0, f"ladder {laddercli.__version__}\n", "")


def test_it_validates_a_file(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "sales.yaml").write_text(SALES)
    assert run(installed, tmp_path, "validate", "sales.yaml").code == 0
    (tmp_path / "sales.yaml").write_text(SALES.replace("kind: ic", "kind: icc"))
    assert run(installed, tmp_path, "validate", "sales.yaml").code == 1


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["list", "product-management"], "Product management"),
        (["compare", "product-management:staff-pm", "product-management:group-pm"], "Same grade"),
        (["show", "engineering:staff-engineer"], "Staff Engineer"),
    ],
)
def test_it_brings_ladders_to_look_at(arguments: list[str], shown: str, installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, *arguments)
    assert done.code == 0
    assert shown in done.out
    name = arguments[1].split(":")[0]
    assert done.err == f"note: `{name}` is the example that comes with ladder\n"
    here = ladder(*arguments, cwd=CHECKOUT)
    assert done.out.replace(f"compare {name}:", "compare ").replace(f" {name}:principal", " principal") == here.out


def test_it_brings_the_schema(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "schema")
    assert (done.code, done.err) == (0, "")
    assert done.out == (CHECKOUT / "ladder" / "ladder.schema.json").read_text("utf-8")
