"""Graph nodes as users see them: `grad_fn`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from autograd.engine import Leaf, Node
from autograd.hooks import RemovableHandle
from autograd.names import node_name
from autograd.record import PickRecord, reopen


class GraphNode:
    """A recorded operation, or the accumulation of a leaf's gradient; equal to others of the same node.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.ones(2, requires_grad=True)
    >>> (x * 3).grad_fn
    <MulBackward0>
    >>> (x * 3).grad_fn.next_functions
    ((<AccumulateGrad>, 0), (None, 0))
    """

    __slots__ = ("_node",)

    def __init__(self, node: Node):
        self._node = node

    @staticmethod
    def of(node: Node) -> GraphNode:
        """The graph node of a tensor's node; outputs of the same operation have the same."""
        node = node.parents[0] if node.record.__class__ is PickRecord else node
        return _class_named(node_name(node))(node)

    def name(self) -> str:
        """PyTorch's name of the operation, as `MulBackward0`."""
        return node_name(self._node)

    @property
    def next_functions(self) -> tuple[tuple[GraphNode | None, int], ...]:
        """The nodes that the gradients of this one's inputs go to, each with the number of its output.

        (None, 0) stands for an input that needs no gradient.
        """
        found = []
        parents = iter(self._node.parents)
        for need in getattr(self._node.record, "needs", ()):
            if need:
                parent = next(parents)
                found.append((GraphNode.of(parent), getattr(parent.record, "index", 0)))
            else:
                found.append((None, 0))  # type: ignore[arg-type]
        return tuple(found)

    @property
    def variable(self) -> Any:
        """The leaf tensor whose gradient an AccumulateGrad node adds to; None when it is gone.

        Raises
        ------
        AttributeError
            For other nodes.
        """
        if not isinstance(self._node, Leaf):
            raise AttributeError(f"'{self.name()}' has no attribute 'variable'")
        return self._node.tensor()

    @property
    def metadata(self) -> dict:
        """A dictionary of the user's, kept as long as the graph."""
        extra = self._node.more()
        if extra.metadata is None:
            extra.metadata = {}
        return extra.metadata

    def register_hook(self, hook: Callable[[tuple, tuple], Any]) -> RemovableHandle:
        """Call `hook(grad_inputs, grad_outputs)` after the node ran; a tuple it returns replaces `grad_inputs`."""
        extra = self._node.more()
        if extra.posthooks is None:
            extra.posthooks = {}
        return RemovableHandle(extra.posthooks, hook)

    def register_prehook(self, hook: Callable[[tuple], Any]) -> RemovableHandle:
        """Call `hook(grad_outputs)` before the node runs; a tuple it returns replaces `grad_outputs`."""
        extra = self._node.more()
        if extra.prehooks is None:
            extra.prehooks = {}
        return RemovableHandle(extra.prehooks, hook)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_saved_"):
            return self._saved(name)
        context = getattr(self._node.record, "ctx", None)
        if context is None or name.startswith("__"):
            raise AttributeError(f"'{self.name()}' has no attribute {name!r}")
        return getattr(context, name)

    def _saved(self, name: str) -> Any:
        """What the node saved under PyTorch's name for it: `_saved_self`, `_saved_other`, `_saved_result`."""
        node = self._node
        op = getattr(node.record, "op", None)
        wanted = name.removeprefix("_saved_")
        if op is not None and node.saved is not None:
            saved = node.saved if isinstance(node.saved, tuple) else reopen(node)
            known = {"result": "out", **dict(zip(("self", "other"), op.args, strict=False))}
            found = node.record.values(node, saved, True).get(known.get(wanted, wanted))
            if found is not None:
                return found
        raise AttributeError(f"'{self.name()}' has no attribute {name!r}: it is freed, or was not needed for backward")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GraphNode) and other._node is self._node

    def __hash__(self) -> int:
        return hash(self._node)

    def __repr__(self) -> str:
        return f"<{self.name()}>"


@functools.cache
def _class_named(name: str) -> type[GraphNode]:
    """Programs that draw or search graphs ask for `type(grad_fn).__name__`."""
    return type(name, (GraphNode,), {"__slots__": (), "__module__": __name__})
