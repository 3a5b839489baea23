"""A repository with a past: a ladder over twenty commits, made with the real git, the same ids in every run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.repositories import AUTHOR, Repo

THEN, NOW = "levels/product.yaml", "ladders/product.yaml"
FIRST = """\
format: 1
id: product
title: Product management
version: 1.0.0
grades:
  - {id: g1, title: Task, pay: {all: {min: 61100, max: 72200}}}
  - {id: g2, title: Problem, pay: {all: {min: 73300, max: 84400}}}
  - {id: g3, title: Product, pay: {all: {min: 95500, max: 116600}}}
compensation: {zones: [{id: all, currency: EUR}]}
metrics:
  - {id: commitments-kept, name: Commitments kept, unit: percent, per: quarter}
measures:
  - id: craft
    name: Craft
    scale: [Feature, Theme, Product]
  - id: leadership
    name: Leadership
    scale: [Team, Company]
tracks:
  - id: ic
    name: Individual contributor
    kind: ic
    levels:
      - id: pm
        title: Product Manager
        grade: g1
        expectations:
          craft:
            step: Feature
            criteria:
              - Writes down the problem before the solution.
          leadership: {step: Team}
  - id: manager
    name: People manager
    kind: manager
    levels:
      - id: group-pm
        title: Group Product Manager
        grade: g2
        expectations:
          craft: {step: Theme}
"""
STAFF = """\
      - id: staff
        title: Staff Product Manager
        grade: g2
        expectations:
          craft:
            step: Theme
            criteria:
              - Writes the product's strategy with its assumptions.
              - Puts a request for people in terms of the other function's goals.
              - Explains a missed target within two weeks, with its cause.
            benchmarks:
              - {metric: commitments-kept, at_least: 85}
          leadership:
            step: Team
"""
HOSTILE_AUTHOR = "Mallory \x1b[31m::error::red **bold** 🦊"
HOSTILE_SUBJECT = (
    "::error::gone \x1b[2J\x1b]0;title\x07 ##[error] <b>| @everyone #1 [x](https://example.org) 🚀 \u202etxt"
)

Edit = Callable[[str], str]


def swap(old: str, new: str) -> Edit:
    """An edit that replaces the one place where a text stands."""

    def edit(text: str) -> str:
        assert text.count(old) == 1, (old, text.count(old))
        return text.replace(old, new)

    return edit


MANAGERS = "  - id: manager\n"
REQUEST = "              - Puts a request for people in terms of the other function's goals.\n"
TARGET = "              - Explains a missed target within two weeks, with its cause.\n"
METRIC = "  - {id: commitments-kept, name: Commitments kept, unit: percent, per: quarter}\n"
SHARED = f"format: 1\nmetrics:\n{METRIC}"


def past(folder: Path) -> Repo:
    """Make the repository. Each commit is of the day in January that its subject ends with."""
    repo = Repo(folder).init()
    repo.commit({"README.md": "Ladders\n"}, "Begin 1", 1)
    repo.commit({THEN: FIRST}, "Add the product ladder 2", 2)

    def change(day: int, subject: str, *edits: Edit, path: str = NOW) -> None:
        file = repo.folder / path
        text = file.read_text()
        for edit in edits:
            text = edit(text)
        repo.write({path: text})
        store(repo, f"{subject} {day}", day)

    change(3, "Add staff", swap(MANAGERS, STAFF + MANAGERS), path=THEN)
    change(4, "Raise the bar for PMs", swap("step: Feature", "step: Theme"), path=THEN)
    change(5, "Say why", swap("in terms of the other function's goals", "by the goals of the other team"), path=THEN)
    change(6, "Fix a typo", swap("strategy with its assumptions", "stratgy with its assumptions"), path=THEN)
    change(7, "Break it", swap("          leadership:\n", "          leadrship:\n"), path=THEN)
    change(8, "Keep more", swap("leadrship", "leadership"), swap("at_least: 85", "at_least: 90"), path=THEN)
    change(9, "Call it staff-pm", swap("- id: staff\n", "- id: staff-pm\n        formerly: [staff]\n"), path=THEN)
    (repo.folder / "ladders").mkdir()
    repo.git("mv", THEN, NOW)
    store(repo, "Move the file 10", 10)
    moved = swap(
        "            step: Team\n  - id: manager",
        f"            step: Team\n            criteria:\n{TARGET}  - id: manager",
    )
    change(11, "Move a criterion", swap(TARGET, ""), moved)
    change(
        12,
        "Give it a grade of its own",
        swap("Staff Product Manager\n        grade: g2", "Staff Product Manager\n        grade: g3"),
    )
    change(13, "Say who wrote it", lambda text: f"# The product team\n{text}")
    repo.write({"shared/company.yaml": SHARED})
    change(14, "Share the metrics", swap(f"metrics:\n{METRIC}", "uses: [../shared/company.yaml]\n"))
    change(15, "Name the metric", swap("name: Commitments kept", "name: Dates kept"), path="shared/company.yaml")
    branch(repo)
    file = repo.folder / NOW
    repo.write({NOW: swap("product's stratgy", "product's strategy")(file.read_text())})
    store(repo, HOSTILE_SUBJECT, 17, HOSTILE_AUTHOR)
    change(18, "Pay more", swap("min: 95500", "min: 97700"))
    change(19, "Ask two managers", swap("step: Theme}", "step: Product}"))
    change(20, "Let it lead", swap("              - Writes the product's strategy with its assumptions.\n", ""))
    return repo


def branch(repo: Repo) -> None:
    """Two commits on a branch, and on the other side one that is no change of a ladder: merged on the 16th."""
    repo.git("checkout", "--quiet", "-b", "reach")
    file = repo.folder / NOW
    staff, rest = file.read_text().split("id: staff-pm")
    repo.write({NOW: f"{staff}id: staff-pm{rest.replace('step: Theme', 'step: Product', 1)}"})
    store(repo, "Widen the craft", 16)
    repo.write(
        {NOW: file.read_text().replace("step: Team\n            criteria", "step: Company\n            criteria")}
    )
    store(repo, "Widen the leadership", 16)
    repo.git("checkout", "--quiet", "main")
    repo.commit({"README.md": "Ladders of the company\n"}, "Say whose", 16)
    date = "2026-01-16T12:00:00+0000"
    merge = ("merge", "--quiet", "--no-ff", "--message", "Merge the reach 16", "reach")
    repo.git(*merge, GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date)


def store(repo: Repo, subject: str, day: int, author: str = AUTHOR) -> None:
    """Commit all that is there."""
    repo.git("add", "--all")
    date = f"2026-01-{day:02}T12:00:00+0000"
    message = ("commit", "--quiet", "--message", subject)
    repo.git(*message, GIT_AUTHOR_NAME=author, GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date)
