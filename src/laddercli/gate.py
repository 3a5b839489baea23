"""The gate of `ladder check`: changes that nobody should merge without noticing."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from laddercli.findings import Finding
from laddercli.visibility import Audience

if TYPE_CHECKING:
    from laddercli.discovery import Discovery
    from laddercli.editions import Failure


class Gated(NamedTuple):
    """What the gate stops, in the order of files and lines. ``unjudged`` are ladders that were not valid in the old
    version: what changed in them nobody can tell, and to mend them must not be stopped."""

    findings: tuple[Finding, ...]
    unjudged: tuple[Failure, ...] = ()


def gate(finder: Discovery, audience: Audience, files: Iterable[str] | None = None) -> Gated:
    """What the configuration of the working folder stops; nothing where it names no revision to compare with.

    ``audience`` is who reads the findings; the gate may judge for another one. ``files`` are those that the run is
    about, None for all. Raises ``LadderError`` for a revision that is not there.
    """
    settings = finder.config(".").gate
    if settings.against is None:
        return Gated(())
    from laddercli.differences import difference, impact_of, stopped
    from laddercli.editions import Versions
    from laddercli.versions import Side

    with Versions(finder, audience) as library:
        old, new = Side(settings.against), Side()
        old = library.since(old, new) if settings.merge_base else old
        editions = library.edition(old, new), library.edition(new, old)
        differences = [difference(pair, audience, settings.audience) for pair in library.pairs(*editions)]
        found = stopped(differences, impact_of(settings.fail_on))
    wanted = None if files is None else {os.path.realpath(file) for file in files}
    names = {os.path.realpath(file): file for file in (finder.files([]) if found else ())}  # as other findings say it
    placed = [(os.path.realpath(each.path), each) for each in found]
    findings = [
        replace(each, path=names.get(real, each.path)) for real, each in placed if wanted is None or real in wanted
    ]
    unjudged = tuple(editions[0].failures.values())
    return Gated(tuple(sorted(findings, key=lambda each: each.order)), unjudged)
