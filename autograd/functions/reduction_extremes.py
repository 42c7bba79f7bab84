"""The greatest and the smallest elements along dims, and their places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import TensorBase
from autograd.functions import return_types
from autograd.functions.common import Dims, axis_of, require_tensors, with_axis, with_out
from autograd.functions.reduction import not_complex, not_empty, over
from autograd.names import named

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def pick_along(name: str, input: Any, dim: int, keepdim: bool, pick: Any) -> Any:
    """The values along one dim where `pick(tensor, axis)` says, and these places, without that dim or with size 1."""
    axis = axis_of(dim, input._data.ndim)
    not_empty(name, input, (axis,))
    kind = getattr(return_types, name)
    if not input._data.ndim:
        return kind(ops.copy(input), zero_place(input))
    places = pick(input, axis)
    values = ops.take_along_axis(input, places, axis=axis)
    if not keepdim:
        values, places = ops.squeeze(values, axis=axis), ops.squeeze(places, axis=axis)
    number = 1 if name == "median" or name == "nanmedian" else 0
    return kind(named(values, f"{name.capitalize()}Backward{number}"), places)


def zero_place(input: Any) -> Tensor:
    """The place 0, for each element of a tensor."""
    return ops.astype(ops.zeros_like(input), dtype=dtypes.int64)


def _extreme(name: str, input: Any, args: tuple, options: dict[str, Any]) -> Any:
    """All call forms of `max` and `min`."""
    whole, picked, pair = {
        "max": (ops.max, ops.argmax, ops.maximum),
        "min": (ops.min, ops.argmin, ops.minimum),
    }[name]
    require_tensors(name, input=input)
    not_complex(name, input)
    names = ("other",) if "other" in options or (args and isinstance(args[0], TensorBase)) else ("dim", "keepdim")
    given = dict(zip(names, args, strict=False)) | options
    if len(args) > len(names) or not given.keys() <= set(names) or (given and names[0] not in given):
        raise TypeError(f"{name}(): expected (input), (input, other) or (input, dim, keepdim), got {list(given)}")
    if "other" in given:
        return pair(input, given["other"])
    if not given:
        not_empty(name, input, None)
        return whole(input)
    keepdim = given.get("keepdim", False)
    return pick_along(name, input, given["dim"], keepdim, lambda x, axis: picked(x, axis=axis, keepdims=True))


@with_out
def max(input: Any, *args: Any, **options: Any) -> Any:
    """The largest element: `max(x)`; with its place along a dim: `max(x, dim, keepdim=False)`; or of two tensors.

    Equal elements share the gradient evenly; with a dim it goes to the one that was picked. NaN is the largest.

    Examples
    --------
    >>> import autograd
    >>> values, indices = autograd.max(autograd.tensor([[1.0, 2.0], [4.0, 3.0]]), 1)
    >>> values, indices
    (tensor([2., 4.]), tensor([1, 0]))
    """
    return _extreme("max", input, args, options)


@with_out
def min(input: Any, *args: Any, **options: Any) -> Any:
    """The smallest element: `min(x)`; with its place along a dim: `min(x, dim, keepdim=False)`; or of two tensors.

    Equal elements share the gradient evenly; with a dim it goes to the one that was picked. NaN is the smallest.

    Examples
    --------
    >>> import autograd
    >>> autograd.min(autograd.tensor([3.0, 1.0, 2.0]), dim=0)
    autograd.return_types.min(
    values=tensor(1.),
    indices=tensor(1))
    """
    return _extreme("min", input, args, options)


@with_out
def amax(input: Any, dim: Dims = (), keepdim: bool = False) -> Tensor:
    """The largest element over all dims or some; equal ones share the gradient evenly.

    Examples
    --------
    >>> import autograd
    >>> autograd.amax(autograd.tensor([[1.0, 2.0], [4.0, 3.0]]), dim=1)
    tensor([2., 4.])
    """
    return _over_dims("amax", ops.max, input, dim, keepdim)


@with_out
def amin(input: Any, dim: Dims = (), keepdim: bool = False) -> Tensor:
    """The smallest element over all dims or some; equal ones share the gradient evenly.

    Examples
    --------
    >>> import autograd
    >>> autograd.amin(autograd.tensor([[3.0, 1.0], [2.0, 4.0]]), dim=1)
    tensor([1., 2.])
    """
    return _over_dims("amin", ops.min, input, dim, keepdim)


def _over_dims(name: str, op: Any, input: Any, dim: Dims, keepdim: bool) -> Tensor:
    not_complex(name, input)
    axes = over(dim, input._data.ndim)
    not_empty(name, input, axes)
    return op(input, axis=axes, keepdims=keepdim)


@with_axis
def aminmax(input: Any, *, dim: int | None = None, keepdim: bool = False, out: Any = None) -> return_types.aminmax:
    """The smallest and the largest element over all dims or one.

    Raises
    ------
    RuntimeError
        For complex input, over no element, or if `out` has another element type.

    Examples
    --------
    >>> import autograd
    >>> autograd.aminmax(autograd.tensor([3.0, 1.0, 2.0])).max
    tensor(3.)
    """
    for place in out or ():
        if place.dtype is not input.dtype:
            raise RuntimeError(
                f"aminmax: Expected out tensor to have dtype {input.dtype}, but got {place.dtype} instead"
            )
    return _aminmax(input, dim, keepdim, out=out)


@with_out
def _aminmax(input: Any, dim: int | None, keepdim: bool) -> return_types.aminmax:
    not_complex("aminmax", input)
    axes = None if dim is None else over(dim, input._data.ndim)
    not_empty("aminmax", input, axes)
    return return_types.aminmax(
        ops.min(input, axis=axes, keepdims=keepdim), ops.max(input, axis=axes, keepdims=keepdim)
    )


def _place(name: str, op: Any, input: Any, dim: int | None, keepdim: bool) -> Tensor:
    not_complex(name, input)
    if input.dtype is dtypes.bool_:
        raise RuntimeError(f"\"{name}_cpu\" not implemented for 'Bool'; convert it with .to()")
    ndim = input._data.ndim
    axis = None if dim is None else axis_of(dim, ndim)
    if axis is None and not input._data.size:
        raise IndexError(f"{name}(): Expected reduction dim to be specified for input.numel() == 0; give dim=")
    not_empty(name, input, None if axis is None else (axis,))
    return op(input, axis=axis if ndim else None, keepdims=keepdim)


@with_out
def argmax(input: Any, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """Where the largest element is: along a dim, or in the flattened tensor; of equals the first.

    Examples
    --------
    >>> import autograd
    >>> autograd.argmax(autograd.tensor([1.0, 3.0, 2.0]))
    tensor(1)
    """
    return _place("argmax", ops.argmax, input, dim, keepdim)


@with_out
def argmin(input: Any, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """Where the smallest element is: along a dim, or in the flattened tensor; of equals the first.

    Examples
    --------
    >>> import autograd
    >>> autograd.argmin(autograd.tensor([3.0, 1.0, 2.0]))
    tensor(1)
    """
    return _place("argmin", ops.argmin, input, dim, keepdim)
