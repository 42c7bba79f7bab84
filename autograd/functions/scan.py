"""Running sums, products and extrema, by PyTorch's names; softmax and its logarithm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.functions import return_types
from autograd.functions.common import axis_of, with_out
from autograd.functions.reduction import converted, narrowed, not_complex
from autograd.functions.reduction_extremes import zero_place

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def _along(op: Any, input: Any, dim: int) -> Tensor:
    """An operation that keeps the shape, along one dim; a 0-d tensor is a vector of one element."""
    axis = axis_of(dim, input._data.ndim)
    if input._data.ndim:
        return op(input, axis=axis)
    return ops.reshape(op(ops.reshape(input, shape=(1,)), axis=0), shape=())


@with_out
def cumsum(input: Any, dim: int, *, dtype: Any = None) -> Tensor:
    """The running sum along a dim; integers and booleans sum to int64.

    Examples
    --------
    >>> import autograd
    >>> autograd.cumsum(autograd.tensor([1.0, 2.0, 3.0]), 0)
    tensor([1., 3., 6.])
    """
    return narrowed(_along(ops.cumsum, converted(input, dtype), dim), dtype)


@with_out
def cumprod(input: Any, dim: int, *, dtype: Any = None) -> Tensor:
    """The running product along a dim; integers and booleans multiply to int64.

    Examples
    --------
    >>> import autograd
    >>> autograd.cumprod(autograd.tensor([1.0, 2.0, 3.0]), 0)
    tensor([1., 2., 6.])
    """
    return narrowed(_along(ops.cumprod, converted(input, dtype), dim), dtype)


@with_out
def logcumsumexp(input: Any, dim: int) -> Tensor:
    """log of the running sum of exp(input) along a dim, without overflow.

    Raises
    ------
    NotImplementedError
        For integers and booleans.

    Examples
    --------
    >>> import autograd
    >>> autograd.logcumsumexp(autograd.zeros(3), 0)
    tensor([0.0000, 0.6931, 1.0986])
    """
    if input.dtype.category < dtypes.FLOATING:
        raise NotImplementedError(f"logcumsumexp: not implemented for {input.dtype}; convert it with .to()")
    return _along(ops.logcumsumexp, input, dim)


def _running(name: str, op: Any, input: Any, dim: int) -> Any:
    not_complex(name, input)
    axis = axis_of(dim, input._data.ndim)
    kind = getattr(return_types, name)
    if not input._data.ndim:
        return kind(ops.copy(input), zero_place(input))
    places = op(input, axis=axis)[1]
    return kind(ops.take_along_axis(input, places, axis=axis), places)


@with_out
def cummax(input: Any, dim: int) -> return_types.cummax:
    """The largest element so far along a dim, and where it is; of equals the last.

    Examples
    --------
    >>> import autograd
    >>> autograd.cummax(autograd.tensor([1.0, 3.0, 2.0]), 0).values
    tensor([1., 3., 3.])
    """
    return _running("cummax", ops.cummax, input, dim)


@with_out
def cummin(input: Any, dim: int) -> return_types.cummin:
    """The smallest element so far along a dim, and where it is; of equals the last.

    Examples
    --------
    >>> import autograd
    >>> autograd.cummin(autograd.tensor([3.0, 1.0, 2.0]), 0).values
    tensor([3., 1., 1.])
    """
    return _running("cummin", ops.cummin, input, dim)


def _normalized(name: str, op: Any, input: Any, dim: int, dtype: Any) -> Tensor:
    if dtype is not None:
        input = ops.astype(input, dtype=dtypes.lookup(dtype))
    if input.dtype.category != dtypes.FLOATING:
        raise NotImplementedError(f"{name}: not implemented for {input.dtype}; give dtype= a floating type")
    return _along(op, input, dim)


@with_out
def softmax(input: Any, dim: int, dtype: Any = None) -> Tensor:
    """exp(input) / Σ exp(input) along a dim.

    Examples
    --------
    >>> import autograd
    >>> autograd.softmax(autograd.zeros(2), 0)
    tensor([0.5000, 0.5000])
    """
    return _normalized("softmax", ops.softmax, input, dim, dtype)


@with_out
def log_softmax(input: Any, dim: int, dtype: Any = None) -> Tensor:
    """input - log Σ exp(input) along a dim.

    Examples
    --------
    >>> import autograd
    >>> autograd.log_softmax(autograd.zeros(2), 0)
    tensor([-0.6931, -0.6931])
    """
    return _normalized("log_softmax", ops.log_softmax, input, dim, dtype)
