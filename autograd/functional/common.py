"""What `autograd.functional` checks and shares: tuples of tensors, strict mode, zeros for what does not depend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from autograd import ops
from autograd.alias import current_node, records
from autograd.engine import TensorBase
from autograd.func.tape import pull, zeros_for


def as_tuple(value: Any, what: str, name: str) -> tuple[tuple, bool]:
    """(a tuple of tensors, whether it was one already).

    Raises
    ------
    TypeError
        For anything but a tensor or a tuple of them.
    """
    found = value if isinstance(value, tuple) else (value,)
    for position, item in enumerate(found):
        if not isinstance(item, TensorBase):
            entry = f"the value at index {position} of " if isinstance(value, tuple) else ""
            raise TypeError(
                f"The {what} given to {name} must be either a Tensor or a tuple of Tensors but {entry}the given {what} "
                f"has type {type(item).__name__}."
            )
    return found, isinstance(value, tuple)


def put_on(inputs: tuple, create_graph: bool) -> tuple:
    """Inputs to differentiate by; with `create_graph` copies that are recorded, so that their sources stay connected."""
    return tuple(ops.copy(x) if create_graph and records(x) else x.detach().requires_grad_() for x in inputs)


def evaluated(name: str, func: Callable, inputs: tuple, strict: bool) -> tuple[tuple, bool]:
    """(the outputs of a function as a tuple, whether they are one)."""
    outputs, many = as_tuple(func(*inputs), "outputs of the user-provided function", name)
    if strict:
        for position, out in enumerate(outputs):
            if current_node(out) is None:
                raise RuntimeError(
                    f"Output {position} of the user-provided function does not require gradients. The outputs must be "
                    "computed in a differentiable manner from the input when running in strict mode."
                )
    return outputs, many


def single(name: str, outputs: tuple, many: bool) -> Any:
    """The one output, with one element, of a function that has a Hessian.

    Raises
    ------
    RuntimeError
        If there are more.
    """
    if many:
        raise RuntimeError(f"The function given to {name} should return a single Tensor")
    if outputs[0]._data.size != 1:
        raise RuntimeError(f"The Tensor returned by the function given to {name} should contain a single element")
    return ops.reshape(outputs[0], shape=())


def vectors(v: Any, likes: tuple, many: bool, of: str) -> tuple:
    """The vectors of a product, one for each of `likes`; None stands for 1 where there is one element in all.

    Raises
    ------
    RuntimeError
        If number or shapes do not match.
    """
    if v is None:
        if len(likes) != 1 or likes[0]._data.size != 1:
            raise RuntimeError(f"The vector v can only be None if {of} a single Tensor with a single element.")
        return (ops.ones_like(likes[0]),)
    found, _ = as_tuple(v, "v", "the product")
    if len(found) != len(likes):
        if many:
            raise RuntimeError(f"v is a tuple of invalid length: should be {len(likes)} but got {len(found)}.")
        raise RuntimeError("The given v should contain a single Tensor.")
    for position, (item, like) in enumerate(zip(found, likes, strict=True)):
        if item._data.shape != like._data.shape:
            entry = f"Entry {position} in " if many else ""
            raise RuntimeError(
                f"{entry}v has invalid size: should be {list(like._data.shape)} but got {list(item._data.shape)}."
            )
    return found


INDEPENDENT = {
    "back": "The output of the user-provided function is independent of input {}. This is not allowed in strict mode.",
    "trick": "The gradient with respect to the input is independent of entry {} in the grad_outputs when using the "
    "double backward trick to compute forward mode gradients. This is not allowed in strict mode.",
    "double": "The jacobian of the user-provided function is independent of input {}. This is not allowed in strict mode.",
}
_CONSTANT = {
    "jacobian": "The jacobian of the user-provided function is independent of input {}. This is not allowed in strict "
    "mode when create_graph=True.",
    "hessian": "While computing the hessian, found that the jacobian of the user-provided function with respect to "
    "input {} is independent of the input. This is not allowed in strict mode: the function must be twice "
    "differentiable, and its jacobian depend on the inputs, which that of a linear function does not.",
}


def gradients(
    name: str, outputs: Sequence, seeds: Sequence, inputs: Sequence, *, record: bool, strict: bool, stage: str
) -> tuple:
    """The gradients of `outputs` by `inputs`, zeros where there are none.

    Raises
    ------
    RuntimeError
        In strict mode, instead of zeros.
    """
    found = pull(name, list(outputs), list(seeds), list(inputs), record=record, retain=True)
    for position, gradient in enumerate(found):
        if gradient is None and strict:
            raise RuntimeError(INDEPENDENT[stage].format(position))
    return tuple(zeros_for(x) if gradient is None else gradient for x, gradient in zip(inputs, found, strict=True))


def require_dependence(tensors: Sequence, kind: str, strict: bool) -> None:
    """Refuse, in strict mode, derivatives that are constant.

    Raises
    ------
    RuntimeError
        Naming the first one.
    """
    for position, tensor in enumerate(tensors):
        if strict and current_node(tensor) is None:
            raise RuntimeError(_CONSTANT[kind].format(position))


def finished(tensors: Sequence, many: bool, create_graph: bool) -> Any:
    """Results as the caller gave the arguments: a tensor or a tuple; detached unless the graph is wanted."""
    found = tuple(tensors) if create_graph else tuple(tensor.detach() for tensor in tensors)
    return found if many else found[0]
