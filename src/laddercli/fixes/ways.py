"""The way from the root of a document to a node, and what on it forbids a fix."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from laddercli.document import Document
from laddercli.nodes import Loc, Node


class Unfit(Exception):
    """The fix cannot be made safely."""


class Way(NamedTuple):
    """The parts of a loc that lead somewhere, and the nodes that they lead to, from the root on."""

    loc: Loc
    nodes: tuple[Node, ...]

    @property
    def node(self) -> Node:
        """Where it leads."""
        return self.nodes[-1]

    @property
    def in_flow(self) -> bool:
        """Whether the node stands between brackets."""
        return any(node.style for node in self.nodes[:-1])


def way_to(document: Document, loc: Loc, *, whole: bool = False) -> Way:
    """The way to a node. As in ``Document.node``, parts that lead nowhere are passed over; with ``whole`` not the
    last one, so that a place which the author wrote in a short form is not taken for the place around it.

    What has an anchor stands in the data more than once, and nobody asked to change it everywhere.
    """
    if document.root is None:
        raise Unfit
    parts: list[int | str] = []
    nodes = [document.root]
    reached = True
    for part in loc:
        inner = nodes[-1].parts
        reached = part in inner if isinstance(inner, dict) else isinstance(part, int) and part < len(inner or ())
        if reached:
            parts.append(part)
            nodes.append(inner[part])
    if (whole and not reached) or any(document.text.startswith("&", node.start.index) for node in nodes):
        raise Unfit
    return Way(tuple(parts), tuple(nodes))


def private_entries(node: Node) -> Iterator[tuple[str, Any]]:
    """The author's own entries of a document, in the order in which they are written."""
    for name, part in (node.private or {}).items():
        yield name, part.value
        yield from private_entries(part)
    for part in node.parts.values() if isinstance(node.parts, dict) else node.parts or ():
        yield from private_entries(part)
