"""Sums, products, extrema and truth values over dims, by PyTorch's names."""

from __future__ import annotations

import builtins
import math
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import TensorBase
from autograd.functions import return_types
from autograd.functions.common import WHOLE, Dims, axes_of, axis_of, cast, require_tensors, with_axis, with_out
from autograd.names import named

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def over(dim: Dims, ndim: int) -> tuple[int, ...] | None:
    """The axes that a reduction over `dim` is over, None for all: no dim, or an empty list, means every one."""
    axes = axes_of(dim, ndim)
    return axes if axes and ndim else None


def converted(input: Any, dtype: Any) -> Tensor:
    """The input in the element type asked for, booleans and integers in int64 where none is."""
    if dtype is not None:
        return cast(input, dtypes.lookup(dtype))
    if input.dtype.category < dtypes.FLOATING and input.dtype is not dtypes.int64:
        return ops.astype(input, dtype=dtypes.int64)
    return input


def narrowed(found: Any, dtype: Any) -> Tensor:
    """A result in the element type asked for, since array libraries add and multiply small integers as int64."""
    if dtype is None or dtypes.lookup(dtype) is found.dtype:
        return found
    return ops.astype(found, dtype=dtype)


def floating(name: str, input: Any, dtype: Any = None) -> Tensor:
    """The input in the element type asked for, which, like its own otherwise, must be floating or complex.

    Raises
    ------
    RuntimeError
        If it is not.
    """
    kind = input.dtype if dtype is None else dtypes.lookup(dtype)
    if kind.category < dtypes.FLOATING:
        raise RuntimeError(
            f"{name}(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. "
            f"Got: {kind}; convert it with .to()"
        )
    return input if kind is input.dtype else ops.astype(input, dtype=kind)


def not_complex(name: str, input: Any) -> None:
    """Refuse numbers that have no order.

    Raises
    ------
    NotImplementedError
        For complex input.
    """
    if input.dtype.is_complex:
        raise NotImplementedError(
            f"{name}(): complex numbers have no order, got {input.dtype}; take abs() or real() first"
        )


def not_empty(name: str, input: Any, axes: tuple[int, ...] | None) -> None:
    """Refuse to pick an element of none.

    Raises
    ------
    IndexError
        If a dim has size 0.
    RuntimeError
        If there is no element at all and no dim is named.
    """
    if axes is None:
        if not input._data.size:
            raise RuntimeError(
                f"{name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim "
                "with the 'dim' argument."
            )
        return
    for axis in axes:
        if input._data.ndim and not input._data.shape[axis]:
            raise IndexError(f"{name}(): Expected reduction dim {axis} to have non-zero size.")


@with_out
def sum(input: Any, dim: Dims = None, keepdim: bool = False, *, dtype: Any = None) -> Tensor:
    """The sum over all dims or some; integers and booleans sum to int64.

    Examples
    --------
    >>> import autograd
    >>> autograd.sum(autograd.ones(2, 3), dim=1)
    tensor([3., 3.])
    """
    found = ops.sum(converted(input, dtype), axis=over(dim, input._data.ndim), keepdims=keepdim)
    return found if dtype is None else narrowed(found, dtype)


@with_out
def nansum(input: Any, dim: Dims = None, keepdim: bool = False, *, dtype: Any = None) -> Tensor:
    """The sum over all dims or some of what is not NaN.

    Raises
    ------
    RuntimeError
        For complex numbers.

    Examples
    --------
    >>> import autograd
    >>> autograd.nansum(autograd.tensor([1.0, float("nan")]))
    tensor(1.)
    """
    if input.dtype.is_complex:
        raise RuntimeError(f"nansum does not support complex inputs, got {input.dtype}")
    if input.dtype.is_floating_point:
        input = ops.where(ops.isnan(input), 0.0, input)
    return sum(input, dim, keepdim, dtype=dtype)


@with_out
def mean(input: Any, dim: Dims = None, keepdim: bool = False, *, dtype: Any = None) -> Tensor:
    """The mean over all dims or some.

    Raises
    ------
    RuntimeError
        For integers and booleans.

    Examples
    --------
    >>> import autograd
    >>> autograd.mean(autograd.tensor([[1.0, 2.0], [3.0, 4.0]]), dim=0)
    tensor([2., 3.])
    """
    return ops.mean(floating("mean", input, dtype), axis=over(dim, input._data.ndim), keepdims=keepdim)


@with_out
def nanmean(input: Any, dim: Dims = None, keepdim: bool = False, *, dtype: Any = None) -> Tensor:
    """The mean over all dims or some of what is not NaN; of nothing it is NaN.

    Raises
    ------
    RuntimeError
        If the type is not floating.
    """
    if input.dtype.category != dtypes.FLOATING:
        raise RuntimeError(f"nanmean(): expected input to have floating point dtype but got {input.dtype}")
    known = sum(ops.logical_not(ops.isnan(input)), dim, keepdim)
    return ops.divide(nansum(input, dim, keepdim, dtype=dtype), known)


@with_out
def prod(input: Any, dim: int | None = None, keepdim: bool = False, *, dtype: Any = None) -> Tensor:
    """The product over all dims or one; integers and booleans multiply to int64.

    Examples
    --------
    >>> import autograd
    >>> autograd.prod(autograd.tensor([[1.0, 2.0], [3.0, 4.0]]), dim=1)
    tensor([ 2., 12.])
    """
    input = converted(input, dtype)
    ndim = input._data.ndim
    if dim is None:
        found = ops.prod(ops.reshape(input, shape=(-1,)), axis=0)
        found = ops.reshape(found, shape=(1,) * ndim) if keepdim else found
    else:
        axis = axis_of(dim, ndim)
        found = ops.prod(input, axis=axis, keepdims=keepdim) if ndim else ops.copy(input)
    return narrowed(found, dtype)


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
    """The smallest element over all dims or some; equal ones share the gradient evenly."""
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
    """Where the smallest element is: along a dim, or in the flattened tensor; of equals the first."""
    return _place("argmin", ops.argmin, input, dim, keepdim)


def _truth(op: Any, input: Any, dim: Dims, keepdim: bool) -> Tensor:
    # Unlike for a sum, no dims at all leave the tensor as it is.
    untouched = dim is not None and not isinstance(dim, WHOLE) and not len(dim)
    axes = () if untouched else over(dim, input._data.ndim)
    found = op(input, axis=axes, keepdims=keepdim)
    return ops.astype(found, dtype=dtypes.uint8) if input.dtype is dtypes.uint8 else found


@with_out
def all(input: Any, dim: Dims = None, keepdim: bool = False) -> Tensor:
    """Whether all elements over all dims or some are nonzero; uint8 for uint8, else bool."""
    return _truth(ops.all, input, dim, keepdim)


@with_out
def any(input: Any, dim: Dims = None, keepdim: bool = False) -> Tensor:
    """Whether an element over all dims or some is nonzero; uint8 for uint8, else bool.

    Examples
    --------
    >>> import autograd
    >>> autograd.any(autograd.tensor([[True, False], [False, False]]), dim=1)
    tensor([ True, False])
    """
    return _truth(ops.any, input, dim, keepdim)


@with_out
def count_nonzero(input: Any, dim: Dims = None) -> Tensor:
    """How many elements over all dims or some are nonzero."""
    return ops.count_nonzero(input, axis=over(dim, input._data.ndim))


@with_out
def logsumexp(input: Any, dim: Dims, keepdim: bool = False) -> Tensor:
    """log Σ exp(input) over some dims, without overflow; integers count as floats.

    Examples
    --------
    >>> import autograd
    >>> autograd.logsumexp(autograd.tensor([1000.0, 1000.0]), 0)
    tensor(1000.6932)
    """
    if input.dtype.category < dtypes.FLOATING:
        input = ops.astype(input, dtype=dtypes.default_dtype())
    shape = input._data.shape
    axes = over(dim, len(shape)) or tuple(range(len(shape)))
    if not shape:
        return ops.reshape(ops.logsumexp(ops.reshape(input, shape=(1,)), axis=(0,)), shape=())
    if builtins.any(shape[axis] == 0 for axis in axes):
        return ops.add(sum(input, dim, keepdim), -math.inf)
    return ops.logsumexp(input, axis=axes, keepdims=keepdim)
