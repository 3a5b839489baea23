"""One JSON object in a line for each finding, for programs that read line by line. The keys are those of ``json``."""

from __future__ import annotations

import json

from laddercli.display import inert_json
from laddercli.reporters import Report
from laddercli.reporters.json import record


def report(report: Report) -> str:
    """The findings without an envelope; nothing where there are none."""
    lines = (json.dumps(record(*each), ensure_ascii=False) for each in report.fingerprinted)
    return inert_json("".join(f"{line}\n" for line in lines))
