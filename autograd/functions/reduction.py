"""Sums, means, products and truth values over dims, by PyTorch's names."""

from __future__ import annotations

import builtins
import math
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.functions.common import WHOLE, Dims, axes_of, axis_of, cast, with_out

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

    Examples
    --------
    >>> import autograd
    >>> autograd.nanmean(autograd.tensor([1.0, autograd.nan, 3.0]))
    tensor(2.)
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


def _truth(op: Any, input: Any, dim: Dims, keepdim: bool) -> Tensor:
    # Unlike for a sum, no dims at all leave the tensor as it is.
    untouched = dim is not None and not isinstance(dim, WHOLE) and not len(dim)
    axes = () if untouched else over(dim, input._data.ndim)
    found = op(input, axis=axes, keepdims=keepdim)
    return ops.astype(found, dtype=dtypes.uint8) if input.dtype is dtypes.uint8 else found


@with_out
def all(input: Any, dim: Dims = None, keepdim: bool = False) -> Tensor:
    """Whether all elements over all dims or some are nonzero; uint8 for uint8, else bool.

    Examples
    --------
    >>> import autograd
    >>> autograd.all(autograd.tensor([[True, True], [True, False]]), dim=1)
    tensor([ True, False])
    """
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
    """How many elements over all dims or some are nonzero.

    Examples
    --------
    >>> import autograd
    >>> autograd.count_nonzero(autograd.tensor([[0, 1], [2, 3]]), dim=0)
    tensor([1, 2])
    """
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
