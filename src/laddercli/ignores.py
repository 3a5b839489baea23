"""Comments that tell `lint` to leave something alone: `# ladder: ignore[rule] reason` and `file-ignore`.

At the end of a line an ignore is for what that line says; alone it is for the part below it, with all that belongs to
it. `file-ignore` stands at the top of a file and is for all of it. There is no form without the names of rules.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from laddercli.amendments import Edit, Patch
from laddercli.comments import Comment
from laddercli.document import Document
from laddercli.findings import Finding, Severity, Suppression, closest, from_fault
from laddercli.nodes import Fault, Mark, Node, Span, mark_at
from laddercli.rules import RUN, find

# Without the colon, too: who forgets it means the same.
_MEANT = re.compile(
    r"#+\s*ladder(?:\s*:\s*(?P<verb>[\w-]*)|\s+(?P<bare>(?:file-)?ignore(?:-file)?(?=\s*\[)))\s*(?P<rest>.*)",
    re.DOTALL | re.IGNORECASE,
)
_NAMES = re.compile(r"\[(?P<names>[^\[\]]*)\]\s*(?P<reason>.*)", re.DOTALL)
_VERBS = ("ignore", "file-ignore")
_FORM = "write # ladder: ignore[name-of-a-rule] and the reason"


class Name(NamedTuple):
    """The name of a rule in a comment, and where it stands in the text."""

    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ignore:
    """A comment that suppresses findings of some rules on some lines; ``lines`` is None for the whole file."""

    names: tuple[Name, ...]
    lines: range | None
    reason: str | None
    comment: Comment


class Ignores:
    """The ignores of a document. ``mistakes`` are findings about the comments themselves; what was of use is noted
    as findings are asked about."""

    def __init__(self, document: Document, house: Container[str] = ()) -> None:
        self._document = document
        self._used: set[int] = set()
        self.mistakes: list[Finding] = []
        self._ignores = tuple(self._read(house))

    def suppression(self, finding: Finding) -> Suppression | None:
        """Why a finding of this document does not count; None when it does."""
        found = None
        for ignore in self._ignores:
            if ignore.lines is None or finding.span.start.line in ignore.lines:
                for name in ignore.names:
                    if name.rule == finding.rule:
                        self._used.add(name.start)
                        found = found or Suppression("ignore", ignore.reason)
        return found

    def unused(self, ran: Container[str]) -> Iterator[Finding]:
        """A finding for each name that suppressed nothing, among the rules that have run."""
        for ignore in self._ignores:
            idle = [name for name in ignore.names if name.rule in ran and name.start not in self._used]
            for name in idle:
                message = f"nothing here is found by `{name.rule}`, so there is nothing to ignore"
                patch = self._without(ignore, {each.start for each in idle})
                yield self._finding("unused-ignore", Severity.WARNING, name.start, name.end, message, None, patch)

    def _read(self, house: Container[str]) -> Iterator[Ignore]:
        extents: Extents | None = None
        content = self._first_line()
        for comment in self._document.comments:
            meant = _MEANT.fullmatch(comment.text)
            if meant is None:
                continue
            found = _NAMES.fullmatch(meant["rest"])
            if meant["bare"] or not comment.text.lstrip("# ").startswith("ladder"):
                self._refuse(
                    comment, f"`{comment.text}` is not read", "write # ladder: in small letters, with its colon"
                )
                continue
            if meant["verb"] not in _VERBS or found is None or not found["names"].strip():
                self._refuse_form(comment, meant["verb"])
                continue
            at = comment.start + meant.start("rest") + found.start("names")
            names = tuple(self._names(found["names"], at))
            known = tuple(name for name in names if self._is_known(name, names, comment, found["reason"], house))
            if meant["verb"] == "file-ignore":
                if comment.mark.line > content:
                    message = "`file-ignore` stands at the top of the file, above the first key"
                    help = "move it up, or write `ignore` for the part below it"
                    self._refuse(comment, message, help)
                    continue
                lines = None
            else:
                extents = _extents(self._document) if extents is None else extents
                lines = _covered(comment, extents, len(self._document.lines))
            yield Ignore(known, lines, found["reason"].strip() or None, comment)

    def _first_line(self) -> int:
        root = self._document.root
        return root.span.start.line if root else 1

    @staticmethod
    def _names(text: str, at: int) -> Iterator[Name]:
        for match in re.finditer(r"[^,\s](?:[^,]*[^,\s])?", text):
            yield Name(match[0], at + match.start(), at + match.end())

    def _is_known(
        self, name: Name, names: tuple[Name, ...], comment: Comment, reason: str, house: Container[str]
    ) -> bool:
        rule = find(name.rule)
        if name.rule in house or (rule is not None and rule.check is not None and rule.name == name.rule):
            return True
        patch = self._without(Ignore(names, None, reason or None, comment), {name.start})
        if rule is not None and rule.name != name.rule:
            message, help = f"the rule `{name.rule}` is called `{rule.name}` now", None
        elif rule is not None:
            message = f"`{name.rule}` cannot be ignored"
            help = "an ignore is for rules of `ladder lint`; what else is found has to be mended"
        elif name.rule in _kinds():
            message = f"`{name.rule}` is a kind of change, and no rule"
            help = "that a change is agreed is said by the `version` of the ladder: raise it"
        else:
            from laddercli.rules import rules

            meant = closest(name.rule, rules())
            message = f"there is no rule `{name.rule}`"
            help = f"did you mean `{meant}`?" if meant else "`ladder rules` lists them"
            if meant and meant not in {each.rule for each in names}:
                patch = self._instead(name, meant)
        finding = self._finding("unknown-ignore", Severity.ERROR, name.start, name.end, message, help, patch)
        self.mistakes.append(finding)
        return False

    def _refuse_form(self, comment: Comment, verb: str) -> None:
        meant = None if verb in _VERBS else "file-ignore" if verb == "ignore-file" else closest(verb, _VERBS)
        message = f"`{comment.text}` is no instruction that ladder knows"
        if verb in _VERBS:
            message = "an ignore names its rules in brackets"
        form = _FORM.replace("ignore", verb if verb in _VERBS else "ignore")
        self._refuse(comment, message, f"did you mean `{meant}[…]`?" if meant else form)

    def _refuse(self, comment: Comment, message: str, help: str) -> None:
        end = comment.start + len(comment.text)
        finding = self._finding("unknown-ignore", Severity.ERROR, comment.start, end, message, help, None)
        self.mistakes.append(finding)

    def _finding(
        self, rule: str, severity: Severity, start: int, end: int, message: str, help: str | None, patch: Patch | None
    ) -> Finding:
        text = self._document.text
        fault = Fault(rule, Span(mark_at(text, start), mark_at(text, end)), message, help)
        return from_fault(self._document, fault, severity=severity, category=RUN, patch=patch)

    def _instead(self, name: Name, rule: str) -> Patch:
        """The comment with the name that was meant."""
        text = self._document.text
        span = Span(mark_at(text, name.start), mark_at(text, name.end))
        edit = Edit(name.start, name.end, rule)
        return Patch(f"write `{rule}`", True, self._document.path, (edit,), (span,), None)

    def _without(self, ignore: Ignore, starts: set[int]) -> Patch:
        """The comment without some of its names; without any name the comment goes."""
        text, comment = self._document.text, ignore.comment
        kept = [name.rule for name in ignore.names if name.start not in starts]
        if kept:
            edit = Edit(ignore.names[0].start, ignore.names[-1].end, ", ".join(kept))
        else:
            start, end = comment.start, comment.start + len(comment.text)
            while start and text[start - 1] in " \t":
                start -= 1
            if comment.alone:  # the whole line goes
                end = next((end + size for size in (2, 1) if text[end : end + size] in ("\r\n", "\n", "\r")), end)
            edit = Edit(start, end, "")
        span = Span(mark_at(text, edit.start), mark_at(text, edit.end))
        message = "remove it from the comment" if kept else "remove the comment"
        return Patch(message, True, self._document.path, (edit,), (span,), None)


def _kinds() -> Container[str]:
    """The names of changes, which take a moment to read."""
    from laddercli.changes.kinds import kinds

    return kinds()


class Extents(NamedTuple):
    """The last line of what begins on a line: of the outermost part, and of the single value that begins there."""

    parts: dict[int, int]
    values: dict[int, int]


def _covered(comment: Comment, extents: Extents, lines: int) -> range:
    """The lines that an ignore is for."""
    here = comment.mark.line
    if comment.alone:
        first = next((line for line in range(here + 1, lines + 1) if line in extents.parts), here)
        return range(first, extents.parts.get(first, here - 1) + 1)
    first = next((line for line in range(here, 0, -1) if line in extents.values), here)
    last = extents.values.get(first, 0)
    return range(first, last + 1) if last >= here else range(here, here + 1)


def _extents(document: Document) -> Extents:
    """Where the parts of a document end, by the line on which they begin."""
    extents = Extents({}, {})
    if document.root is not None:
        for first, node in _parts(document.root):
            last = _last_line(node)
            extents.parts[first] = max(last, extents.parts.get(first, 0))
            if not node.parts:
                extents.values[first] = max(last, extents.values.get(first, 0))
    return extents


def _parts(root: Node) -> Iterator[tuple[int, Node]]:
    """Every entry and item below a node, with the line on which it begins."""
    todo = [root]
    while todo:
        node = todo.pop()
        if isinstance(node.parts, dict):
            keys = node.keys or {}
            for name, part in node.parts.items():
                yield keys[name].start.line + 1, part
            todo += node.parts.values()
        elif node.parts:
            for part in node.parts:
                yield part.start.line + 1, part
            todo += node.parts


def _last_line(node: Node) -> int:
    """The last line on which a node has text. A block ends where the next token starts, so its last part decides."""
    while node.parts and not node.style:
        parts = list(node.parts.values()) if isinstance(node.parts, dict) else node.parts
        node = max(parts, key=lambda part: part.start.index)
    end: Mark = node.span.end
    return end.line - 1 if end.column == 1 and end.line > node.span.start.line else end.line
