"""What all derivative transforms share: inputs put on the graph, gradients pulled back, results taken off again.

A transform works on the ordinary graph. An input that an outer transform follows goes in as a recorded copy, so that
the outer one follows the result too; any other as a leaf that nobody else sees. Inside `vmap` an input first gets the
hidden axes of the open levels, so that its gradient has them and is not summed over the slices.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograd import engine, ops
from autograd.alias import current_node, records
from autograd.engine import Leaf, Node, TensorBase
from autograd.func.tree import flatten, map_leaves, unflatten
from autograd.functions.creation import detach
from autograd.functions.differentiation import _roots
from autograd.grad_mode import enable_grad, is_grad_enabled


class Tape:
    """One call of a function under a derivative transform.

    Parameters
    ----------
    name : the transform, for messages
    inputs : nested containers of the tensors to differentiate by

    Attributes
    ----------
    inputs : the same as the function is to be called with
    leaves : the tensors of `inputs`
    """

    def __init__(self, name: str, inputs: Any):
        self.name = name
        self.recorded = is_grad_enabled()
        found, structure = flatten(inputs)
        for value in found:
            if not isinstance(value, TensorBase):
                raise ValueError(
                    f"{name}: expected the inputs to differentiate by to be Tensors, or nested containers of them, but "
                    f"got {type(value).__name__}"
                )
        self.private: set[Node] = set()
        self.leaves = [self.put_on(value) for value in found]
        self.structure = structure
        self.inputs = unflatten(self.leaves, structure)

    def put_on(self, value: Any) -> Any:
        """A tensor as the function is to see it, on the graph."""
        value = ops.lifted_here(value)
        if records(value):
            return ops.copy(value)
        leaf = value.detach().requires_grad_()
        self.private.add(leaf.node)
        return leaf

    def call(self, func: Callable, args: tuple, kwargs: dict | None = None) -> Any:
        """What the function returns, recorded whatever the mode outside is."""
        with enable_grad():
            return func(*args, **(kwargs or {}))

    def followed(self, tensor: Any) -> bool:
        """Whether a tensor depends on a leaf that is not this transform's own."""
        if not self.recorded:
            return False
        node = current_node(tensor)
        stack = [] if node is None else [node]
        seen = set(stack)
        while stack:
            node = stack.pop()
            if node.__class__ is Leaf and node not in self.private:
                return True
            for parent in node.parents:
                if parent not in seen:
                    seen.add(parent)
                    stack.append(parent)
        return False

    def taken_off(self, tree: Any) -> Any:
        """Results without this transform's leaves: detached, unless an outer transform follows them."""
        return map_leaves(lambda x: detach(x) if isinstance(x, TensorBase) and not self.followed(x) else x, tree)

    def pull(self, outputs: list, seeds: list, inputs: list, *, record: bool, retain: bool = True) -> list:
        """`pull`, with zeros where there is no gradient."""
        return filled(inputs, pull(self.name, outputs, seeds, inputs, record=record, retain=retain))


def filled(inputs: list, gradients: list) -> list:
    """Gradients by `inputs`, with zeros for None."""
    return [zeros_for(x) if gradient is None else gradient for x, gradient in zip(inputs, gradients, strict=True)]


def zeros_for(source: Any) -> Any:
    """The gradient by an input that nothing depends on."""
    backend = source.backend
    return engine.engine.wrap(backend.zeros(source._data.shape, source._data.dtype), backend)


def pull(name: str, outputs: list, seeds: list, inputs: list, *, record: bool, retain: bool) -> list:
    """The gradients of `outputs` by `inputs` for these seeds, None where there is none.

    A seed may be mapped over levels that the graph knows nothing of: then the rules run on tensors.

    Parameters
    ----------
    record : the gradients can be differentiated again
    retain : the graph can be walked again
    """
    pairs = [(out, seed) for out, seed in zip(outputs, seeds, strict=True) if current_node(out) is not None]
    nodes = [current_node(x) for x in inputs]
    capture: dict[Any, Any] = dict.fromkeys(nodes)
    if not pairs:
        return [None] * len(inputs)
    outs = [out for out, _ in pairs]
    given = [ops.lifted_to(seed, out.backend) for out, seed in pairs]
    deeper = any(seed.backend is not out.backend for out, seed in zip(outs, given, strict=True))
    token = engine.mode.set((engine.get_mode() or engine.Mode()).replace(grad=record))
    try:
        roots = _roots(outs, given, record or deeper, name)
        engine.run(roots, retain_graph=retain or record, create_graph=record or deeper, capture=capture)
    finally:
        engine.mode.reset(token)

    def as_tensor(x: Any, found: Any) -> Any:
        if found is None or isinstance(found, TensorBase):
            return found
        return engine.engine.wrap(x.backend.asarray(found), x.backend)

    return [as_tensor(x, capture[node]) for x, node in zip(inputs, nodes, strict=True)]


def chosen(name: str, argnums: Any, args: tuple) -> tuple[int, ...]:
    """`argnums` as non-negative numbers of arguments.

    Raises
    ------
    RuntimeError
        If one is out of range, no integer, or named twice.
    """
    numbers = (argnums,) if isinstance(argnums, int) else argnums
    if not isinstance(numbers, tuple) or not numbers:
        raise RuntimeError(f"{name}: argnums must be an int or a non-empty tuple of ints, got {argnums!r}")
    for number in numbers:
        if not isinstance(number, int) or isinstance(number, bool) or not -len(args) <= number < len(args):
            raise RuntimeError(f"{name}: Got argnum={number!r}, but only {len(args)} positional inputs")
    found = tuple(number % len(args) for number in numbers)
    if len(set(found)) != len(found):
        raise RuntimeError(f"{name}: argnums elements must be unique, got {argnums}")
    return found


def picked(argnums: Any, args: tuple, numbers: tuple[int, ...]) -> Any:
    """The arguments that `argnums` names: one, or a tuple."""
    return args[numbers[0]] if isinstance(argnums, int) else tuple(args[number] for number in numbers)


def replaced(argnums: Any, args: tuple, numbers: tuple[int, ...], values: Any) -> tuple:
    """All arguments, with `values` in place of those that `argnums` names."""
    found = list(args)
    for number, value in zip(numbers, (values,) if isinstance(argnums, int) else values, strict=True):
        found[number] = value
    return tuple(found)


def split_aux(name: str, result: Any, has_aux: bool) -> tuple[Any, Any]:
    """(output, auxiliary output) of what a function returned.

    Raises
    ------
    RuntimeError
        If there should be an auxiliary output, and is not.
    """
    if not has_aux:
        return result, None
    if not isinstance(result, tuple) or len(result) != 2:
        raise RuntimeError(f"{name}: output of function should be a tuple: (output, aux) if has_aux is True")
    return result


def tensors_of(name: str, tree: Any) -> tuple[list, Any]:
    """(leaves, structure) of a function's output.

    Raises
    ------
    RuntimeError
        If there is something that is no tensor, or nothing.
    """
    found, structure = flatten(tree)
    for value in found:
        if not isinstance(value, TensorBase):
            raise RuntimeError(f"{name}: Expected f(*args) to return only Tensors, got {type(value).__name__}")
    if not found:
        raise RuntimeError(f"{name}: Expected f(*args) to return at least one Tensor, got an empty container")
    return found, structure
