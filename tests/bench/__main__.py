"""The speed and memory bars, as ratios in one run on one machine: `python -m tests.bench`.

Each row times two commands in turn, as whole processes, and takes the median of the ratios pair by pair: on a shared
machine single times differ by a factor of two from one minute to the next. The exit code of what is timed is demanded.
The other tools are those of the dependency group `bench`.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.bench import ladders

ROOT = Path(__file__).parents[2]
FLAGSHIP = "ladders/product-management.yaml"

Command = list[str]
LADDER = [sys.executable, "-m", "laddercli"]
IMPORT_TYPER = [sys.executable, "-c", "import typer"]
# The generated ladders are no good ones: what is found is no failure of the measurement.
FINDINGS = ["--fail-on", "never"]
# Loads the same files with PyYAML's C loader, and nothing else.
LOAD = "import sys, yaml\nfor name in sys.argv[1:]: yaml.load(open(name, 'rb'), Loader=yaml.CSafeLoader)"


@dataclass(frozen=True, slots=True)
class Bar:
    """What is timed against what, and the ratio that is good enough."""

    work: str
    against: str
    command: Command
    other: Command
    bar: float
    goal: float | None = None
    code: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """Processor seconds and peak memory in MB of one process."""

    seconds: float
    megabytes: float


def run(command: Command, code: int = 0) -> Run:
    """Run a command once. Raises ``RuntimeError`` when it ends with another code than expected."""
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONDONTWRITEBYTECODE",)}
    script = (
        "import json, resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "use = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(done.returncode, use.ru_utime + use.ru_stime, use.ru_maxrss / 1024)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    ended, seconds, megabytes = told.stdout.split()
    if int(ended) != code:
        raise RuntimeError(f"{' '.join(command)} ended with {ended}, not {code}")
    return Run(float(seconds), float(megabytes))


def ratio(bar: Bar, pairs: int, of: Callable[[Run], float] = lambda run: run.seconds) -> tuple[float, float, float]:
    """Both medians and the median ratio over interleaved pairs, after one pair to warm up."""
    run(bar.command, bar.code), run(bar.other)
    first, second = [], []
    for _ in range(pairs):
        first.append(of(run(bar.command, bar.code)))
        second.append(of(run(bar.other)))
    ratios = [one / other for one, other in zip(first, second, strict=True)]
    return statistics.median(first), statistics.median(second), statistics.median(ratios)


def bars(folder: Path) -> Iterator[Bar]:
    """The bars that concern reading and comparing."""
    generated = str(ladders.write(folder / "one", 1) / "ladder-0.yaml")
    schema = "ladder/ladder.schema.json"
    for name, file in (("flagship", FLAGSHIP), ("generated 45 KB", generated)):
        validate = [*LADDER, "validate", file]
        yamllint = [sys.executable, "-m", "yamllint", "-d", "relaxed", file]
        check = [sys.executable, "-m", "check_jsonschema", "--schemafile", schema, file]
        yield Bar(f"validate, {name}", "yamllint -d relaxed", validate, yamllint, 0.75, 0.65)
        yield Bar(f"validate, {name}", "check-jsonschema", validate, check, 0.55, 0.45)
    yield Bar("--help", "import typer", [*LADDER, "--help"], IMPORT_TYPER, 1.15, 1.0)
    yield Bar("--version", "import typer", [*LADDER, "--version"], IMPORT_TYPER, 0.5, 0.4)
    small = ladders.write(folder / "small", 1, levels=100) / "ladder-0.yaml"
    large = ladders.write(folder / "large", 1, levels=1000) / "ladder-0.yaml"
    for work in ("validate", "lint", "list", "compare"):
        ends = ("level-1", "level-99") if work == "compare" else ()
        flags = FINDINGS if work == "lint" else []
        commands = [
            [*LADDER, work, *flags, *([f"{file}:{end}" for end in ends] or [str(file)])] for file in (small, large)
        ]
        yield Bar(f"{work}, 1,000 levels", "100 levels", commands[1], commands[0], 11)
    reworded = [ladders.reword(file) for file in (small, large)]
    commands = [[*LADDER, "diff", str(old), str(new)] for old, new in zip((small, large), reworded, strict=True)]
    yield Bar("diff, 1,000 levels reworded", "100 levels", commands[1], commands[0], 11)


def throughput(folder: Path) -> Iterator[Bar]:
    """The bars over many files."""
    many = [str(file) for file in sorted(ladders.write(folder / "many", 200).iterdir())]
    validate = [*LADDER, "validate", *many]
    yield Bar("validate, 200 ladders", "CSafeLoader alone", validate, [sys.executable, "-c", LOAD, *many], 1.2, 0.9)
    lint = [*LADDER, "lint", *FINDINGS, *many]
    yield Bar("lint, 200 ladders", "CSafeLoader alone", lint, [sys.executable, "-c", LOAD, *many], 4, 2.5)
    schema = "ladder/ladder.schema.json"
    check = [sys.executable, "-m", "check_jsonschema", "--schemafile", schema, *many]
    yield Bar("validate, 200 ladders", "check-jsonschema", validate, check, 1 / 12)
    yamllint = [sys.executable, "-m", "yamllint", "-d", "relaxed", *many]
    yield Bar("validate, 200 ladders", "yamllint -d relaxed", validate, yamllint, 1 / 20)
    most = str(ladders.write(folder / "most", 2000))
    fewer = str(folder / "many")
    yield Bar("validate, 2,000 ladders", "200 ladders", [*LADDER, "validate", most], [*LADDER, "validate", fewer], 10.5)


def main() -> int:
    """Print the table; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=15, help="interleaved pairs for each row (default: 15)")
    parser.add_argument("--quick", action="store_true", help="leave out the rows over many files")
    options = parser.parse_args()
    missed = 0
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, {date.today()}\n")
    print(f"| {'work':<26} | {'against':<20} |   ms, medians | ratio |   bar |  goal |")
    print(f"| {'-' * 26} | {'-' * 20} | ------------: | ----: | ----: | ----: |")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [(bar, options.pairs) for bar in bars(folder)]
        if not options.quick:
            rows += [(bar, max(3, options.pairs // 3)) for bar in throughput(folder)]
        for bar, pairs in rows:
            mine, other, median = ratio(bar, pairs)
            missed += _row(bar, f"{mine * 1000:,.0f} : {other * 1000:,.0f}", median)
            if bar.work == "validate, 2,000 ladders":
                *_, memory = ratio(bar, 1, of=lambda run: run.megabytes)
                missed += _row(Bar("… its peak memory", bar.against, [], [], 1.3), "", memory)
    return 1 if missed else 0


def _row(bar: Bar, times: str, ratio: float) -> bool:
    held = ratio <= bar.bar
    goal = f"{bar.goal:.2f}" if bar.goal else ""
    print(f"| {bar.work:<26} | {bar.against:<20} | {times:>13} | {ratio:5.2f} | {bar.bar:5.2f} | {goal:>5} |", end="")
    print("" if held else " missed", flush=True)
    return not held


if __name__ == "__main__":
    sys.exit(main())
