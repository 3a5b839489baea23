"""Ladders of any size for timing: the flagship's text, spread over as many levels or files as a bar asks for."""

from __future__ import annotations

from pathlib import Path

HEAD = """\
format: 1
id: {id}
title: Generated ladder
version: 1.0.0
glossary: {{PM: product manager}}
grades:
{grades}
metrics:
  - {{id: commitments-kept, name: Commitments kept, unit: percent, per: quarter, source: work tracker}}
  - {{id: partner-survey, name: Partner survey, unit: out of 5, per: half-year, source: survey}}
measures:
{measures}
tracks:
  - id: ic
    name: Individual contributor
    kind: ic
    levels:
"""

MEASURE = """\
  - id: {id}
    name: {id}
    definition: What is asked for under this heading, and how it is told.
    evidence: [work tracker, survey]
    scale: [One, Two, Three, Four, Five]
"""

CELL = """\
          {measure}:
            step: {step}
            summary: Plans several themes from interviews, data, market facts and cost, as of step {number}.
            criteria:
              - Sizes a customer segment from public sources, sales records and interviews, case {number}.
              - Ends work on a theme that its evidence no longer supports, with the effort stated, case {number}.
              - text: Adjusts a roadmap talk to how far the customer has come in buying, case {number}.
                examples: [Left the third release out of a talk that came before the first call.]
              - Proposes a price or a package from usage data and interviews, case {number}.
            benchmarks:
              - text: Plans of other people reuse the segment figures of case {number}.
                source: product plans
              - {{metric: commitments-kept, at_least: 80}}
              - {{metric: partner-survey, at_least: 4.1}}
"""

LEVEL = """\
      - id: level-{number}
        code: IC{number}
        title: Level {number}
        grade: g{grade}
        summary: Takes on problem {number} and what belongs to it.
        filled_by: [promotion, hiring]
        expectations:
"""

MEASURES = ("hard-skills", "cross-functionality", "leadership", "accountability")
STEPS = ("One", "Two", "Three", "Four", "Five")
# Levels of such a text that make a ladder of 45 KB.
TYPICAL = 11


def ladder(levels: int, name: str = "generated") -> str:
    """The text of a ladder with that many levels; about 4 KB each."""
    grades = "\n".join(f"  - {{id: g{number}, title: Grade {number}}}" for number in range(levels))
    measures = "".join(MEASURE.format(id=measure) for measure in MEASURES)
    parts = [HEAD.format(id=name, grades=grades, measures=measures)]
    for number in range(levels):
        parts.append(LEVEL.format(number=number, grade=number))
        step = STEPS[number * len(STEPS) // levels]
        parts += [CELL.format(measure=measure, step=step, number=number) for measure in MEASURES]
    return "".join(parts)


def write(folder: Path, files: int, levels: int = TYPICAL) -> Path:
    """A folder with that many ladders."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(files):
        text = ladder(levels, f"ladder-{number}")
        (folder / f"ladder-{number}.yaml").write_text(text, encoding="utf-8")
    return folder


def reword(path: Path) -> Path:
    """The same ladder beside it, with every criterion worded in another way."""
    text = path.read_text(encoding="utf-8")
    for before, after in (
        ("Sizes a customer segment from", "Estimates how large a segment of customers is, from"),
        ("Ends work on a theme that", "Stops a theme as soon as"),
        ("Adjusts a roadmap talk to", "Fits what is said about the roadmap to"),
        ("Proposes a price or a package from", "Suggests prices and packages based on"),
    ):
        text = text.replace(before, after)
    reworded = path.with_name(f"reworded-{path.name}")
    reworded.write_text(text, encoding="utf-8")
    return reworded
