"""Which metrics a level itself asks for."""

from __future__ import annotations

from collections.abc import Mapping

from laddercli.ladder import Benchmark, Level

# The benchmark of one metric by the measure in whose cell it is written.
Asked = Mapping[str, Benchmark]


def asked(level: Level) -> Mapping[str, Asked]:
    """The quantitative benchmarks that are written at a level, by metric and measure. Of two in one cell the first
    counts, as it does when a level is resolved."""
    found: dict[str, dict[str, Benchmark]] = {}
    for measure, cell in level.expectations.items():
        for each in cell.benchmarks:
            if each.metric:
                found.setdefault(each.metric.id, {}).setdefault(measure, each)
    return found
