"""The graph and the walk: node, leaf, backward. Read this file first.

A `Tensor` that requires a gradient has a node. A node knows its operation's record (how to run it backward and what
that needs), the nodes of the inputs that need a gradient, and the saved values. `run` hands each node the gradient of
its output and sends what the rule returns on to the node's parents, youngest node first: every parent is older than
its children, so when a node's turn comes, all of its gradient has arrived. What is carried is the conjugate of the
gradient as PyTorch defines it for complex numbers; it is turned back where it leaves the walk.
"""

from __future__ import annotations

import itertools
import weakref
from collections.abc import Callable, Iterable, Sequence
from heapq import heappop, heappush
from types import SimpleNamespace
from typing import Any

from autograd.mode import NO_GRAD, Mode, get_mode, mode  # noqa: F401 (the floors above take them from here)

next_number = itertools.count(1).__next__


class TensorBase:
    """What the floors below `Tensor` know of it.

    Slots: the raw array, the backend that computes on it, the node (None: requires no gradient), and `alias`, which is
    None until the tensor shares memory with another or is written to (see `autograd.alias`).
    """

    __slots__ = ("_data", "backend", "node", "alias", "__weakref__")

    _data: Any
    backend: Any
    node: Node | None
    alias: Any


class NotDense(NotImplementedError, AttributeError):
    """Raised by an operand that has no dense array, which then takes over: `operand.take_over(name, args, options)`.

    An AttributeError, so that the fast call paths pass on to the general one; a NotImplementedError to whoever meets it.
    """

    def __init__(self, operand: Any):
        super().__init__(
            f"a tensor of layout {operand.layout!r} has no dense memory and this operation no sparse form; use to_dense()"
        )
        self.operand = operand


class Node:
    """One recorded operation.

    Slots: the `record` shared by all nodes of the same operation and the same inputs needing a gradient, the `parents`
    (nodes of these inputs), the `saved` values and the `versions` these had (None: all untouched), input `shapes` where
    these differ from the output's, the `backend`, the creation number `seq`, and `extra` for what few nodes have.
    """

    __slots__ = ("record", "parents", "saved", "versions", "shapes", "backend", "seq", "extra", "__weakref__")

    record: Any
    parents: tuple[Node, ...]
    saved: Any
    versions: tuple[int, ...] | None
    shapes: tuple[tuple[int, ...], ...] | None
    backend: Any
    seq: int
    extra: Extra | None

    def more(self) -> Extra:
        """The node's `extra`, made when first asked for."""
        if self.extra is None:
            self.extra = Extra()
        return self.extra

    def __repr__(self) -> str:
        return f"<{self.record.name} node {self.seq}>"


class Extra:
    """What few nodes have: hooks, the version cell of an output that was written to, a trace, a retained gradient."""

    __slots__ = ("hooks", "cell", "cells", "trace", "retains", "grad", "prehooks", "posthooks", "metadata", "name")

    def __init__(self) -> None:
        self.hooks: dict[int, Callable] | None = None
        self.cell: Any = None
        self.cells: tuple = ()  # of outputs, where there are several
        self.trace: Any = None
        self.retains = False
        self.grad: Any = None
        self.prehooks: dict[int, Callable] | None = None
        self.posthooks: dict[int, Callable] | None = None
        self.metadata: dict | None = None
        self.name: str | None = None  # of a composed function


class Leaf(Node):
    """The node of a tensor that nothing computed: its gradient ends here, in `grad`."""

    __slots__ = ("grad", "dtype", "shape", "tensor", "accumulated")

    record = SimpleNamespace(name="AccumulateGrad", op=None, outputs=1, frees=False)

    def __init__(self, tensor: TensorBase):
        self.parents, self.saved, self.versions, self.shapes = (), (), None, None
        self.backend, self.extra, self.seq = tensor.backend, None, next_number()
        self.dtype, self.shape = tensor._data.dtype, tensor._data.shape
        self.grad: Any = None
        self.tensor: weakref.ref = weakref.ref(tensor)
        self.accumulated: dict[int, Callable] | None = None  # hooks run after each accumulation

    def accumulate(self, gradient: Any, fresh: bool, create_graph: bool) -> None:
        """Add `gradient` to `grad`; a fresh array is taken over, any other copied."""
        if self.dtype.kind == "c":
            gradient, fresh = engine.ops.conj(gradient) if create_graph else self.backend.conj(gradient), True
        if not create_graph:
            backend = self.backend
            if gradient.__class__ is not backend.array_type:
                gradient, fresh = backend.asarray(gradient), True
            if gradient.dtype != self.dtype:
                gradient, fresh = backend.astype(gradient, self.dtype), True
            if self.grad is not None:
                engine.add_in_place(self.grad, gradient)
            else:
                if not gradient.flags.c_contiguous:
                    gradient, fresh = engine.laid_out(self, gradient, fresh), True
                self.grad = engine.wrap(gradient if fresh else backend.copy(gradient), backend)
        else:
            self.grad = gradient if self.grad is None else self.grad + gradient
        if self.accumulated:
            engine.run_accumulated(self, create_graph)


class Parcel:
    """Gradients of an operation with several outputs, on their way to its node; sums like an array."""

    __slots__ = ("parts",)

    def __init__(self, parts: dict[int, Any]):
        self.parts = parts

    def __add__(self, other: Parcel) -> Parcel:
        parts = dict(self.parts)
        for index, part in other.parts.items():
            parts[index] = parts[index] + part if index in parts else part
        return Parcel(parts)


class Engine:
    """What the engine is handed when the package is put together, since it imports nothing above it."""

    ops: Any = None  # the op namespace: `xp` of the rules when derivatives are themselves recorded
    wrap: Callable[[Any, Any], Any]  # raw array, backend -> Tensor without a graph
    add_in_place: Callable[[Any, Any], None]  # a Tensor, a raw array
    laid_out: Callable[[Leaf, Any, bool], Any]  # a raw array, whether it is fresh -> one laid out as the leaf's
    run_accumulated: Callable[[Leaf, bool], None]
    run_hooks: Callable[[Node, Any, bool], Any]  # node, gradient, whether it is a Tensor -> gradient
    step: Callable[[Node, Any, bool], Sequence]  # one node's step of the walk where something watches it
    run_prehooks: Callable[[Node, Any, bool], Any]
    run_posthooks: Callable[[Node, Any, Sequence, bool], Sequence]


engine = Engine()


def run(
    roots: Sequence[tuple[Node, Any]],
    *,
    retain_graph: bool = False,
    create_graph: bool = False,
    inputs: Iterable[Node] | None = None,
    capture: dict[Node, Any] | None = None,
) -> None:
    """Walk the graph from `roots` to the leaves.

    Parameters
    ----------
    roots : pairs of a node and the gradient of its output: raw arrays, or Tensors with `create_graph`
    retain_graph : keep the saved values, so that the graph can be walked again
    create_graph : run the rules on Tensors, recorded, so that the gradients can be differentiated
    inputs : compute only what these nodes need; leaves among them accumulate, no others do
    capture : filled with the gradients of the nodes that are its keys instead
    """
    targets = set(inputs or ()) | set(capture or ())
    needed = _needed([node for node, _ in roots], targets) if targets else None
    anomaly = (current := get_mode()) is not None and current.anomaly
    pending: dict[Node, Any] = {}  # gradients that have arrived so far
    owned: set[Node] = set()  # nodes whose pending gradient is a sum made here: more is added in place
    shared: set[Node] = set()  # leaves whose pending gradient others hold too
    leaves: list[Node] = []  # they wait until all else is done
    heap: list[tuple[int, Node]] = []
    for node, g in roots:
        if node in pending:
            pending[node] = pending[node] + g
        else:
            pending[node] = g
            if node.__class__ is Leaf:
                leaves.append(node)
                shared.add(node)
            else:
                heappush(heap, (-node.seq, node))

    carried: Any = None
    following: Node | None = None  # the youngest node left, when it is known without the heap
    while heap or following is not None:
        if following is None:
            node = heappop(heap)[1]
            g = pending.pop(node)
        else:
            node, g, following = following, carried, None
        extra = node.extra
        if extra is not None and (extra.hooks is not None or extra.retains):
            g = engine.run_hooks(node, g, create_graph)
        if needed is not None:
            if capture is not None and node in capture:
                capture[node] = conjugate(g, node, create_graph)
            if not any(parent in needed for parent in node.parents):
                continue
        record = node.record
        if anomaly or (extra is not None and (extra.prehooks is not None or extra.posthooks is not None)):
            gradients = engine.step(node, g, create_graph)
        else:
            gradients = record.derive(g, node) if create_graph else record.backward(node.backend, g, node)
        if not retain_graph and record.frees:
            node.saved = None
        if node.shapes is not None:
            gradients = [_sum_to(d, shape, node, create_graph) for d, shape in zip(gradients, node.shapes, strict=True)]
        for parent, gradient in zip(node.parents, gradients):
            if gradient is None or (needed is not None and parent not in needed):
                continue
            if parent in pending:
                total = pending[parent]
                if parent in owned and not create_graph:
                    total += gradient
                else:
                    total = total + gradient
                    owned.add(parent)
                pending[parent] = total
            elif parent.__class__ is Leaf:
                pending[parent] = gradient
                leaves.append(parent)
                if gradient is g or getattr(gradient, "base", None) is not None:
                    shared.add(parent)
            elif parent is following:
                carried = carried + gradient
            elif following is None and (not heap or parent.seq > -heap[0][0]):
                following, carried = parent, gradient
            else:
                if following is not None and parent.seq > following.seq:
                    following, carried, parent, gradient = parent, gradient, following, carried
                pending[parent] = gradient
                heappush(heap, (-parent.seq, parent))

    for leaf in sorted(leaves, key=lambda leaf: -leaf.seq):
        g, extra = pending.pop(leaf), leaf.extra
        fresh = extra is None and (leaf not in shared or leaf in owned)  # hooks may keep what they are handed
        if extra is not None and extra.hooks is not None:
            g = engine.run_hooks(leaf, g, create_graph)
        if capture is not None:
            if leaf in capture:
                capture[leaf] = conjugate(g, leaf, create_graph)
        elif needed is None or leaf in needed:
            if extra is not None and extra.prehooks is not None:
                g = engine.run_prehooks(leaf, g, create_graph)
            leaf.accumulate(g, fresh, create_graph)  # type: ignore[attr-defined]
            if extra is not None and extra.posthooks is not None:
                engine.run_posthooks(leaf, g, (), create_graph)


def _needed(roots: list[Node], targets: set[Node]) -> set[Node]:
    """The nodes between `roots` and `targets`, both included, found oldest first."""
    oldest = min(node.seq for node in targets)
    seen, stack = set(roots), list(roots)
    while stack:
        for parent in stack.pop().parents:
            if parent not in seen and parent.seq >= oldest:
                seen.add(parent)
                stack.append(parent)
    needed = targets & seen
    for node in sorted(seen, key=lambda node: node.seq):
        if any(parent in needed for parent in node.parents):
            needed.add(node)
    return needed


def _sum_to(gradient: Any, shape: tuple[int, ...], node: Node, create_graph: bool) -> Any:
    """The one place where broadcasting is undone."""
    if gradient is None or gradient.shape == shape:
        return gradient
    return engine.ops.sum_to(gradient, shape=shape) if create_graph else node.backend.sum_to(gradient, shape)


def conjugate(g: Any, node: Node, create_graph: bool) -> Any:
    """From the gradient of PyTorch's definition to what the walk carries, and back."""
    if create_graph:
        return engine.ops.conj(g) if g._data.dtype.kind == "c" else g
    return node.backend.conj(g) if g.dtype.kind == "c" else g
