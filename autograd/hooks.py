"""Functions that users hang on the graph, run on its behalf by the walk.

Hooks of a tensor see, and may replace, its gradient. Prehooks and posthooks of a graph node see the gradients of its
outputs before it runs, and those of its inputs after. All of them are handed Tensors, with gradients as PyTorch
defines them; only with `create_graph` is what they do recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from autograd.anomaly import watched
from autograd.engine import NO_GRAD, Leaf, Node, Parcel, TensorBase, conjugate, engine, get_mode, mode


class RemovableHandle:
    """Removes a hook again: `handle.remove()`, or as a context manager at the end of the block."""

    __slots__ = ("_hooks", "id")
    _next = 0

    def __init__(self, hooks: dict, hook: Callable | None = None):
        RemovableHandle._next += 1
        self.id = RemovableHandle._next
        self._hooks = hooks
        if hook is not None:
            hooks[self.id] = hook

    def remove(self) -> None:
        """Take the hook away; a second call does nothing."""
        self._hooks.pop(self.id, None)

    def __enter__(self) -> RemovableHandle:
        return self

    def __exit__(self, *error: object) -> None:
        self.remove()


def call(create_graph: bool, hook: Callable, *args: Any) -> Any:
    """Call a hook, unrecorded unless the gradients themselves are."""
    if create_graph:
        return hook(*args)
    token = mode.set(NO_GRAD)
    try:
        return hook(*args)
    finally:
        mode.reset(token)


def box(g: Any, node: Node, create_graph: bool) -> Any:
    """What the walk carries as a Tensor with PyTorch's gradient; of several outputs, a tuple with None for missing."""
    if g is None:
        return None
    if isinstance(g, Parcel):
        return tuple(box(g.parts.get(index), node, create_graph) for index in range(node.record.outputs))
    g = conjugate(g, node, create_graph)
    return g if create_graph else engine.wrap(node.backend.asarray(g), node.backend)


def unbox(gradient: Any, node: Node, create_graph: bool) -> Any:
    """The opposite of `box` for one gradient."""
    return None if gradient is None else conjugate(gradient if create_graph else gradient._data, node, create_graph)


def fitting(hook: Callable, replaced: Any, present: Any) -> Any:
    """What a hook returned in place of a gradient.

    Raises
    ------
    TypeError, RuntimeError
        If it is no tensor, or one of another shape, type or device: the walk would go on with it to wrong gradients.
    """
    if present is None or replaced is None:
        return replaced
    name = getattr(hook, "__name__", type(hook).__name__)
    if not isinstance(replaced, TensorBase):
        raise TypeError(f"expected Variable, but hook {name!r} returned {type(replaced).__name__!r}")
    for what, theirs, ours in (
        ("size", list(replaced._data.shape), list(present._data.shape)),
        ("type", replaced._data.dtype, present._data.dtype),
        ("device", replaced.backend.device, present.backend.device),
    ):
        if theirs != ours:
            raise RuntimeError(f"hook {name!r} has changed the {what} of value: from {ours} to {theirs}")
    return replaced


def all_fitting(hook: Callable, replaced: Any, present: tuple) -> tuple:
    """What a hook of a node returned in place of its gradients.

    Raises
    ------
    RuntimeError
        If their number is another.
    """
    replaced = replaced if isinstance(replaced, tuple) else (replaced,)
    if len(replaced) != len(present):
        name = getattr(hook, "__name__", type(hook).__name__)
        raise RuntimeError(
            f"hook {name!r} has returned an incorrect number of values (got {len(replaced)}, but expected "
            f"{len(present)})"
        )
    return tuple(fitting(hook, *pair) for pair in zip(replaced, present, strict=True))


def run_hooks(node: Node, g: Any, create_graph: bool) -> Any:
    """Hand the gradient to the hooks of the node's tensor, each of which may replace it; then keep it if asked to."""
    extra = node.more()
    tensor = box(g, node, create_graph)
    for hook in tuple((extra.hooks or {}).values()):
        replaced = call(create_graph, hook, tensor)
        if replaced is not None:
            tensor = fitting(hook, replaced, tensor)
    if extra.retains:
        extra.grad = tensor if extra.grad is None else call(create_graph, extra.grad.__add__, tensor)
    return unbox(tensor, node, create_graph)


def run_prehooks(node: Node, g: Any, create_graph: bool) -> Any:
    """Hand the gradients of a node's outputs, as a tuple, to its prehooks."""
    boxed = box(g, node, create_graph)
    several = isinstance(g, Parcel)
    grads = boxed if several else (boxed,)
    for hook in tuple((node.more().prehooks or {}).values()):
        replaced = call(create_graph, hook, grads)
        if replaced is not None:
            grads = all_fitting(hook, replaced, grads)
    if not several:
        return unbox(grads[0], node, create_graph)
    parts = {index: unbox(grad, node, create_graph) for index, grad in enumerate(grads) if grad is not None}
    return Parcel(parts)


def run_posthooks(node: Node, g: Any, gradients: Sequence, create_graph: bool) -> Sequence:
    """Hand the gradients of a node's inputs and outputs to its hooks; what these return replaces the former."""
    if any(isinstance(gradient, Parcel) for gradient in gradients):
        return gradients
    # An input that needs no gradient has its place too, as in `next_functions`.
    needs = getattr(node.record, "needs", ())
    given = iter(gradients)
    boxed: Any = tuple(box(next(given), node, create_graph) if need else None for need in needs)
    outputs = box(g, node, create_graph)
    for hook in tuple((node.more().posthooks or {}).values()):
        replaced = call(create_graph, hook, boxed, outputs if isinstance(outputs, tuple) else (outputs,))
        if replaced is not None and node.__class__ is not Leaf:
            boxed = all_fitting(hook, replaced, boxed)
    return tuple(unbox(item, node, create_graph) for item, need in zip(boxed, needs, strict=True) if need)


def run_accumulated(leaf: Leaf, create_graph: bool) -> None:
    """Hand a leaf's tensor to the hooks that wait for its gradient to be complete."""
    for hook in tuple((leaf.accumulated or {}).values()):
        call(create_graph, hook, leaf.tensor())


def step(node: Node, g: Any, create_graph: bool) -> Sequence:
    """Run one node backward, with its hooks, and under `detect_anomaly` with its checks."""
    extra, record, current = node.extra, node.record, get_mode()
    if extra is not None and extra.prehooks is not None:
        g = run_prehooks(node, g, create_graph)
    if current is not None and current.anomaly:
        gradients = watched(node, g, create_graph, current.check_nan)
    else:
        gradients = record.derive(g, node) if create_graph else record.backward(node.backend, g, node)
    if extra is not None and extra.posthooks is not None:
        gradients = run_posthooks(node, g, gradients, create_graph)
    return gradients


engine.run_hooks, engine.run_prehooks, engine.run_posthooks = run_hooks, run_prehooks, run_posthooks
engine.run_accumulated = run_accumulated
engine.step = step  # type: ignore[method-assign]
