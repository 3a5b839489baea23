"""What changed, between two versions or commit by commit, as plain records. ``exports.schemas`` says what keys mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from laddercli.exports.records import Record

if TYPE_CHECKING:
    from laddercli.differences import Difference, Site, Told
    from laddercli.editions import Failure
    from laddercli.history import Entry


def changes_records(differences: Sequence[Difference], failures: Sequence[Failure] = ()) -> Record:
    """What differs between two versions of some ladders, and what could not be compared."""
    from laddercli.changes import Impact
    from laddercli.differences import IMPACTS, bump_finding
    from laddercli.findings import fingerprints
    from laddercli.reporters.json import record

    bumps = [found for each in differences if (found := bump_finding(each))]
    return {
        "summary": {word: sum(each.number(Impact[word.upper()]) for each in differences) for word in IMPACTS},
        "ladders": [_difference(each) for each in differences],
        "changes": [change_record(told, each.ladder.id) for each in differences for told in each.changes],
        "findings": [record(*each) for each in zip(bumps, fingerprints(bumps), strict=True)],
        "errors": [error for failure in failures for error in _errors(failure)],
    }


def _errors(failure: Failure) -> Iterator[Record]:
    """Why a file is no ladder to compare, place by place where they are known."""
    version = failure.side.title
    for found in failure.findings:
        start = found.span.start
        place = {"file": found.path, "line": start.line, "column": start.column}
        yield {"version": version, **place, "message": found.text}
    if not failure.findings:
        yield {"version": version, "file": failure.file, "line": None, "column": None, "message": failure.message}


def _difference(difference: Difference) -> Record:
    """A ladder in both versions, be there a change in it or not."""
    old, new = difference.old, difference.new
    return {
        "id": difference.ladder.id,
        "title": difference.ladder.title,
        "old": {"file": old.place.file, "revision": old.revision, "version": old.version} if old else None,
        "new": {"file": new.place.file, "revision": new.revision, "version": new.version} if new else None,
        "pay_compared": not difference.lacks_pay,
    }


def change_record(told: Told, ladder: str) -> Record:
    """A change with every key."""
    change = told.change
    return {
        "kind": change.kind,
        "impact": str(change.impact),
        "ladder": ladder,
        "path": change.path,
        "level": change.level.id if change.level else None,
        "measure": change.measure.id if change.measure else None,
        "metric": change.metric.id if change.metric else None,
        "label": change.label,
        "levels": list(change.levels),
        "asks_more_of": list(change.asks_more_of),
        "before": change.before,
        "after": change.after,
        "origin": change.origin,
        "reason": change.reason,
        "old": _place(told.old),
        "new": _place(told.new),
        "fingerprint": told.fingerprint,
    }


def _place(site: Site | None) -> Record | None:
    return {"file": site.file, "line": site.mark.line, "column": site.mark.column} if site else None


def commit_record(entry: Entry) -> Record:
    """What a commit changed; what is not committed yet has no revision. ``error`` says why there are no changes: the
    first thing that keeps the version from being a valid ladder."""
    commit, difference = entry.commit, entry.difference
    return {
        "revision": commit.id if commit else None,
        "date": commit.date.isoformat() if commit else None,
        "author": commit.author if commit else None,
        "subject": commit.subject if commit else None,
        "error": entry.error,
        "changes": [change_record(told, difference.ladder.id) for told in difference.changes] if difference else [],
    }
