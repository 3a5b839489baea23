"""Rules, and kinds of change, as plain records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from laddercli.exports.records import Record
from laddercli.options import options_of

if TYPE_CHECKING:
    from laddercli.changes import Kind
    from laddercli.rules import Rule


def rule_record(rule: Rule) -> Record:
    """A rule with everything there is to know about it."""
    options = options_of(rule.options) if rule.options else ()
    return {
        "name": rule.name,
        "category": rule.category,
        "severity": str(rule.severity),
        "strict": str(rule.strict_severity()) if rule.check else str(rule.severity),
        "decidable": rule.decidable,
        "statement": rule.statement,
        "reason": rule.reason,
        "bad": rule.bad or None,
        "good": rule.good or None,
        "fix": rule.fix,
        "language": rule.language,
        "waivable": rule.waivable,
        "can_be_ignored": rule.check is not None,
        "formerly": list(rule.formerly),
        "options": [
            {"name": name, "default": default or None, "meaning": meaning} for name, default, meaning in options
        ],
    }


def kind_record(kind: Kind) -> Record:
    """A kind of change with everything there is to know about it."""
    return {
        "name": kind.name,
        "pair": kind.pair,
        "impacts": list(kind.impacts),
        "asks": kind.asks,
        "statement": kind.statement,
        "reason": kind.reason,
        "example": {"part": kind.example.part, "old": kind.example.old, "new": kind.example.new},
    }
