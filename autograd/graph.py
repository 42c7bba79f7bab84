"""The graph from Python: its nodes and edges, hooks on several tensors, hooks for what operations save.

`tensor.grad_fn` is a `Node`; its `next_functions` lead on to the leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from autograd import engine as _engine
from autograd.alias import bump, current_node
from autograd.backends import backend_for
from autograd.engine import TensorBase, engine, get_mode
from autograd.functions.differentiation import at_end
from autograd.grad_mode import ModeSwitch
from autograd.graph_node import GraphNode as Node
from autograd.hooks import RemovableHandle

__all__ = [
    "GradientEdge", "Node", "allow_mutation_on_saved_tensors", "disable_saved_tensors_hooks", "get_gradient_edge",
    "increment_version", "register_multi_grad_hook", "save_on_cpu", "saved_tensors_hooks",
]  # fmt: skip


class GradientEdge(NamedTuple):
    """Where the gradient of a tensor goes: output `output_nr` of `node`; `grad` and `backward` take it as an input."""

    node: Node
    output_nr: int
    ownership_token: _engine.Node


def get_gradient_edge(tensor: TensorBase) -> GradientEdge:
    """The place of a tensor in the graph, without the tensor's data.

    Raises
    ------
    RuntimeError
        If the tensor requires no gradient.
    """
    node = current_node(tensor)
    if node is None:
        raise RuntimeError("It is not possible to get the gradient edge for a Tensor that does not require gradients")
    return GradientEdge(Node.of(node), getattr(node.record, "index", 0), node)


class saved_tensors_hooks(ModeSwitch):
    """Inside the block, what operations save for backward is kept as `pack_hook(tensor)` returns it.

    Backward gets `unpack_hook(packed)`, which must hold the same values. Of nested pairs the innermost counts. Values
    are not guarded against being written to meanwhile: that is up to the hooks.

    Parameters
    ----------
    pack_hook : takes a tensor outside the graph, returns anything
    unpack_hook : takes that, returns a tensor

    Raises
    ------
    RuntimeError
        On entering, where `disable_saved_tensors_hooks` is on.

    Examples
    --------
    >>> import autograd
    >>> from autograd.graph import saved_tensors_hooks
    >>> x = autograd.ones(1, requires_grad=True)
    >>> with saved_tensors_hooks(lambda t: t.tolist(), lambda values: autograd.tensor(values) * 10):
    ...     y = x * x
    >>> y.backward()
    >>> x.grad
    tensor([20.])
    """

    def __init__(self, pack_hook: Callable[[Any], Any], unpack_hook: Callable[[Any], Any]):
        super().__init__()
        self.changes = {"hooks": (pack_hook, unpack_hook)}

    def __enter__(self) -> None:
        current = get_mode()
        if current is not None and current.refusal is not None:
            raise RuntimeError(current.refusal)
        super().__enter__()


class save_on_cpu(saved_tensors_hooks):
    """Inside the block, what operations save for backward waits on the CPU, and goes back to its device when needed.

    Parameters
    ----------
    pin_memory : accepted for compatibility; the copies wait in ordinary memory
    device_type : accepted for compatibility; tensors of every device are moved
    """

    def __init__(self, pin_memory: bool = False, device_type: str = "cuda"):
        cpu = backend_for("cpu")

        def pack(tensor: Any) -> tuple[Any, Any]:
            home = tensor.backend
            return home, cpu.copy(tensor._data) if home is cpu else cpu.from_backend(tensor._data, home)

        def unpack(packed: tuple[Any, Any]) -> Any:
            home, array = packed
            return engine.wrap(array if home is cpu else home.from_backend(array, cpu), home)

        super().__init__(pack, unpack)


class allow_mutation_on_saved_tensors(saved_tensors_hooks):
    """Inside the block, operations save copies, so that tensors may be written to before backward.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.ones(2, requires_grad=True)
    >>> with autograd.graph.allow_mutation_on_saved_tensors():
    ...     y = x.clone()
    ...     loss = (y * y).sum()
    ...     y.zero_()
    ...     loss.backward()
    tensor([0., 0.], grad_fn=<ZeroBackward0>)
    >>> x.grad
    tensor([2., 2.])
    """

    def __init__(self) -> None:
        super().__init__(
            lambda tensor: engine.wrap(tensor.backend.copy(tensor._data), tensor.backend), lambda kept: kept
        )


class disable_saved_tensors_hooks(ModeSwitch):
    """Inside the block, operations save their values plainly, and hooks for them are an error with this message."""

    def __init__(self, error_message: str):
        super().__init__()
        self.changes = {"hooks": None, "refusal": error_message}


def increment_version(tensor: TensorBase | Sequence[TensorBase]) -> None:
    """Say that tensors were written to by other means, so that a saved value among them is not used unnoticed."""
    for item in [tensor] if isinstance(tensor, TensorBase) else tensor:
        bump(item)


class _Handles:
    """Handles of several hooks as one."""

    def __init__(self, handles: list[RemovableHandle]):
        self._handles = handles

    def remove(self) -> None:
        """Take all of the hooks away."""
        for handle in self._handles:
            handle.remove()

    def __enter__(self) -> _Handles:
        return self

    def __exit__(self, *error: object) -> None:
        self.remove()


def register_multi_grad_hook(tensors: Sequence[Any], fn: Callable[[Any], None], *, mode: str = "all") -> _Handles:
    """Call `fn` once in every backward that computes a gradient of some of the tensors.

    Parameters
    ----------
    tensors : tensors that require a gradient
    fn : with mode "all" gets the list of the gradients, None for those not computed, when backward is over; with
        mode "any" gets the first gradient computed, at once

    Raises
    ------
    ValueError
        For another mode.
    """
    if mode not in ("all", "any"):
        raise ValueError(f"Expects mode to be one of ('all', 'any') but got {mode}")
    tensors = tuple(tensors)
    count = len(tensors)  # the hooks, which the tensors keep, keep no tensor
    latest: list[Any] = [None, {}]  # the walk, the gradients it has computed

    def hook_of(position: int) -> Callable[[Any], None]:
        def hook(grad: Any) -> None:
            callbacks = at_end.get()
            if latest[0] is not callbacks:
                latest[:] = callbacks, {}
                if mode == "any":
                    fn(grad)
                elif callbacks is not None:
                    callbacks.append(finish)
            latest[1][position] = grad

        return hook

    def finish() -> None:
        found = latest[1]
        latest[:] = None, {}
        fn([found.get(position) for position in range(count)])

    return _Handles([tensor.register_hook(hook_of(position)) for position, tensor in enumerate(tensors)])
