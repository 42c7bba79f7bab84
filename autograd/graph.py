"""Walking the graph from Python: `grad_fn`, `next_functions`, saved-tensor hooks."""

from __future__ import annotations

from typing import Any

from autograd.engine import Node


class GraphNode:
    """A node of the graph as users see it."""

    __slots__ = ("_node",)

    def __init__(self, node: Node):
        self._node = node

    def name(self) -> str:
        """The operation's name."""
        return self._node.record.name

    @property
    def next_functions(self) -> tuple[tuple[Any, int], ...]:
        """The nodes that this one's gradient goes to."""
        return tuple((GraphNode(parent), 0) for parent in self._node.parents)
