"""Graph nodes as users see them: `grad_fn`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograd.engine import Leaf, Node
from autograd.hooks import RemovableHandle
from autograd.names import pytorch_name
from autograd.record import PickRecord


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
        return GraphNode(node.parents[0] if node.record.__class__ is PickRecord else node)

    def name(self) -> str:
        """PyTorch's name of the operation, as `MulBackward0`."""
        return pytorch_name(self._node)

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
        context = getattr(self._node.record, "ctx", None)
        if context is None or name.startswith("__"):
            raise AttributeError(f"'{self.name()}' has no attribute {name!r}")
        return getattr(context, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GraphNode) and other._node is self._node

    def __hash__(self) -> int:
        return hash(self._node)

    def __repr__(self) -> str:
        return f"<{self.name()}>"
