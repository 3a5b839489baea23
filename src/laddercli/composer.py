"""The one loop over the events of PyYAML's parser: it builds the data and the tree of nodes together.

A loop cannot overflow the stack, and it sees everything as it goes by: duplicate keys, tags, aliases, cycles, depth
and size. PyYAML reads YAML 1.1; only its parser is used here, so nothing is resolved by the rules of 1.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NoReturn

import yaml

from laddercli.nodes import MAY_BE_RETYPED, Branch, Fault, Mark, Node, Span, read_plain

MAX_DEPTH = 64
MAX_NODES = 500_000
MAX_REPEATED = 10_000
MAX_FAULTS = 1_000

PRIVATE_PREFIX = "x-"
# Beginnings of keys that need a second look.
_SPECIAL_KEYS = frozenset((PRIVATE_PREFIX, "<<"))

_SURROGATE = re.compile("[\ud800-\udfff]")


class _Stop(Exception):
    """Nothing more can be read; the fault has been recorded."""


class Composer:
    """Builds the nodes of one text. ``faults`` and ``empties`` are complete after ``compose``."""

    def __init__(self, text: str, *, pure: bool = False) -> None:
        self.faults: list[Fault] = []
        self.empties = False
        self._text = text
        self._pure = pure or not yaml.__with_libyaml__
        # The collections that are open, and for each the key that waits for its value.
        self._stack: list[Branch] = []
        self._waiting: list[Node | None] = []
        self._named: dict[int, str] = {}
        self._root: Node | None = None
        self._anchors: dict[str, Node | None] = {}
        self._unused: dict[str, Node] = {}
        self._seen = 0
        self._repeated = 0
        self._documents = 0
        self._run_on: set[int] = set()

    def compose(self) -> Node | None:
        """The root of the tree, or None with the reason in ``faults``."""
        loader: Any = yaml.SafeLoader if self._pure else yaml.CSafeLoader
        try:
            if _most_nodes(self._text) > MAX_NODES:
                self._count_ahead(loader(self._text).get_event)
            self._read(loader(self._text).get_event)
        except _Stop:
            return None
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            from laddercli.syntax import explain

            self.faults = [explain(self._text, error)]
            return None
        for name, node in self._unused.items():
            self._refuse_lost_word(name, node)
        if len(self.faults) > MAX_FAULTS:
            next_one = self.faults[MAX_FAULTS]
            more = Fault(next_one.rule, next_one.span, f"and {len(self.faults) - MAX_FAULTS:,} more faults of the text")
            self.faults = [*self.faults[:MAX_FAULTS], more]
        return self._root

    def _count_ahead(self, next_event: Callable[[], Any]) -> None:
        """Stop at a text with too many values before building half a million of them. Whatever else is wrong is
        left to the reading itself."""
        seen = depth = 0
        try:
            while depth <= MAX_DEPTH:
                event = next_event()
                kind = event.__class__
                if kind is yaml.ScalarEvent:
                    seen += 1
                elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                    seen += 1
                    depth += 1
                elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                    depth -= 1
                elif kind is yaml.AliasEvent or kind is yaml.StreamEndEvent:
                    return
                if seen > MAX_NODES:
                    self._refuse_size(_span(event))
        except (yaml.YAMLError, ValueError):
            return

    def _read(self, next_event: Callable[[], Any]) -> None:
        # Nine events of ten are scalars: what is done for each of them decides how long a ladder takes.
        scalar = yaml.ScalarEvent
        while True:
            event = next_event()
            kind = event.__class__
            if kind is scalar:
                self._add_scalar(event)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._close(event)
            elif kind is yaml.MappingStartEvent:
                self._open(event, Branch({}, event.start_mark, event.end_mark, "{" if event.flow_style else ""))
            elif kind is yaml.SequenceStartEvent:
                self._open(event, Branch([], event.start_mark, event.end_mark, "[" if event.flow_style else ""))
            elif kind is yaml.AliasEvent:
                self._add(self._repeat(event))
            elif kind is yaml.DocumentStartEvent:
                self._start(event)
            elif kind is yaml.StreamEndEvent:
                return

    def _add_scalar(self, event: Any) -> None:
        text = event.value
        style = event.style or ""
        if style == "":
            if text[:1] in MAY_BE_RETYPED:
                text = read_plain(text)
        elif self._pure and _SURROGATE.search(text):
            # libyaml refuses the escape of half a character, the parser in Python lets it through.
            raise ValueError("lone surrogate")
        node = Node(text, event.start_mark, event.end_mark, style)
        self._seen += 1
        if self._seen > MAX_NODES:
            self._refuse_size(node.span)
        if event.tag is not None:
            self._refuse_tag(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
            self._unused[event.anchor] = node
        self._add(node)

    def _open(self, event: Any, node: Branch) -> None:
        self._seen += 1
        if self._seen > MAX_NODES:
            self._refuse_size(node.span)
        if event.tag is not None:
            self._refuse_tag(event)
        if len(self._stack) == MAX_DEPTH:
            help = "a ladder needs about ten levels of nesting"
            self._fail("too-deep", node.span, f"nested more than {MAX_DEPTH} deep", help)
        self._add(node)
        if event.anchor is not None:
            self._anchors[event.anchor] = None
            self._named[id(node)] = event.anchor
        node.size = self._seen + self._repeated  # what has been counted before, until the end is met
        self._stack.append(node)
        self._waiting.append(None)

    def _close(self, event: Any) -> None:
        node = self._stack.pop()
        self._waiting.pop()
        node.end = event.end_mark
        node.size = self._seen + self._repeated - node.size + 1
        if self._named and id(node) in self._named:
            self._anchors[self._named.pop(id(node))] = node

    def _refuse_size(self, span: Span) -> NoReturn:
        help = "split it into several ladders"
        self._fail("too-many-nodes", span, f"more than {MAX_NODES:,} values in one file", help)

    def _add(self, node: Node) -> None:
        """Put a node into its parent, in the data and in the tree alike."""
        if not self._stack:
            self._root = node
            return
        parent = self._stack[-1]
        if parent.keys is not None:
            key = self._waiting[-1]
            if key is None:
                self._waiting[-1] = node
                return
            self._waiting[-1] = None
            name = key.value
            if name.__class__ is not str or name in parent.parts or name[:2] in _SPECIAL_KEYS:
                self._enter(parent, parent.keys, key, node)
                return
            parent.value[name] = node.value
            parent.parts[name] = node
            parent.keys[name] = key
        else:
            parent.value.append(node.value)
            parent.parts.append(node)
        if node.value is None:
            self.empties = True

    def _enter(self, parent: Branch, keys: dict[str, Node], key: Node, node: Node) -> None:
        """Enter what has an odd key: one that is no text, that YAML would retype, that is private or there already."""
        name = key.value
        if name is None and not key.style and key.start.index < key.end.index:
            name = self._text[key.start.index : key.end.index]  # `null` and `~` are fine names for a key
        if not isinstance(name, str):
            self._refuse_key(key)
        elif name == "<<" and not key.style:
            self._refuse_merge(key)
        elif name.startswith(PRIVATE_PREFIX):
            parent.private = parent.private or {}
            if name in parent.private:
                self._refuse_duplicate(name, parent.private[name], key)
            parent.private.setdefault(str(name), node)
            keys.setdefault(str(name), key)
        elif name in keys:
            # In braces, words without values come from a text or number with commas, which `shape` reports as one.
            if not (parent.style and node.value is None and parent.value[name] is None):
                self._refuse_repeated(parent, name, keys, key, node)
        else:
            name = str(name)
            parent.value[name] = node.value
            parent.parts[name] = node
            keys[name] = key
            if node.value is None:
                self.empties = True

    def _repeat(self, event: Any) -> Node:
        node = self._anchors.get(event.anchor, _UNKNOWN)
        if node is _UNKNOWN:
            raise yaml.MarkedYAMLError(None, None, "undefined alias", event.start_mark)
        if node is None:
            span = _span(event)
            help = "write the values out; a part of a ladder cannot contain itself"
            self._fail("unsupported-yaml", span, f"the alias `*{event.anchor}` stands inside the part it repeats", help)
        self._unused.pop(event.anchor, None)
        self._repeated += node.size
        if self._repeated > MAX_REPEATED:
            help = "write the values out, or use `everyone` or `inherits` for what several levels share"
            message = f"aliases repeat more than {MAX_REPEATED:,} values"
            self._fail("too-many-aliases", _span(event), message, help)
        return node

    def _start(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            help = "put what follows `---` into a file of its own, or remove the line"
            self._fail("unsupported-yaml", _span(event), "a second document starts here; a file holds one ladder", help)
        if event.version not in (None, (1, 2)) or event.tags:
            help = "remove the lines that begin with `%`; ladders are YAML 1.2"
            self._fail("unsupported-yaml", Span(Mark(1, 1), Mark(1, 2)), "a ladder has no YAML directives", help)

    def _refuse_tag(self, event: Any) -> None:
        help = "remove the tag; the field decides what its value is. Text that begins with `!` needs quotes"
        shown = event.tag.replace("tag:yaml.org,2002:", "!!", 1)
        start = Mark(event.start_mark.line + 1, event.start_mark.column + 1)
        self.faults.append(
            Fault("unsupported-yaml", Span(start, start), f"the tag `{shown}` is not part of the format", help)
        )

    def _refuse_merge(self, key: Node) -> None:
        help = (
            "write the keys out, or use `inherits`, `everyone` or a shared file (`uses`) for what several levels share"
        )
        self.faults.append(Fault("unsupported-yaml", key.span, "`<<` merges are not part of the format", help))

    def _refuse_key(self, key: Node) -> None:
        help = "quote the text if it begins with a bracket, a brace, `?` or `:`"
        self.faults.append(Fault("unsupported-yaml", key.span, "a key must be text", help))

    def _refuse_duplicate(self, name: str, first: Node, second: Node) -> None:
        message = f"`{name}` is given twice; the first is on line {first.span.start.line}"
        help = "keep one of the two, or join them"
        self.faults.append(Fault("duplicate-key", second.span, message, help))

    def _refuse_repeated(self, parent: Node, name: str, keys: dict[str, Node], key: Node, node: Node) -> None:
        """A list item that begins again with its first key is two items, and what follows belongs to the second."""
        if id(parent) in self._run_on:
            return
        in_list = len(self._stack) > 1 and self._stack[-2].keys is None
        if in_list and not parent.style and name == next(iter(keys)):
            self._run_on.add(id(parent))
            message = f"`{name}` is given twice in one item; the first is on line {keys[name].span.start.line}"
            value = f" {node.value}" if isinstance(node.value, str) else ""
            self.faults.append(
                Fault("duplicate-key", key.span, message, f"if a new item begins here, write: - {name}:{value}")
            )
        else:
            self._refuse_duplicate(name, keys[name], key)

    def _refuse_lost_word(self, name: str, node: Node) -> None:
        """An anchor that nobody uses, right before a word, is most likely text: YAML dropped `&name` from it."""
        if node.style or node.value is None:
            return
        message = f"YAML takes `&{name}` for an anchor and drops it from the text"
        self.faults.append(Fault("unsupported-yaml", node.span, message, f'write "&{name} {node.value}" in quotes'))

    def _fail(self, rule: str, span: Span, message: str, help: str) -> NoReturn:
        self.faults = [Fault(rule, span, message, help)]
        raise _Stop


_UNKNOWN = Node(None, None, None, "")

# Every value starts at the beginning of the text, or one of these stands before it: at most two values for each,
# because `{a, b}` and `? a` leave out a value that counts.
_BEFORE_A_VALUE = ("\n", "\r", ",", ":", "-", "?", "[", "{")


def _most_nodes(text: str) -> int:
    """More values than this a text cannot have. Counting characters is quicker by far than parsing them."""
    return 2 + 2 * sum(map(text.count, _BEFORE_A_VALUE))


def _span(event: Any) -> Span:
    start, end = event.start_mark, event.end_mark
    return Span(Mark(start.line + 1, start.column + 1), Mark(end.line + 1, end.column + 1))
