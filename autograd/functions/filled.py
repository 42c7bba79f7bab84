"""Making tensors from shapes and ranges: of one value, of arbitrary ones, evenly spaced, the identity."""

from __future__ import annotations

import builtins
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from autograd import dtypes
from autograd.engine import TensorBase
from autograd.functions.common import new_shape, with_new_out
from autograd.functions.creation import finish
from autograd.functions.places import home
from autograd.layouts import only_strided

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def _kind(dtype: Any, default: Any = None) -> dtypes.dtype:
    return (default or dtypes.default_dtype()) if dtype is None else dtypes.lookup(dtype)


@with_new_out
def empty(*size: Any, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any) -> Tensor:
    """A tensor with arbitrary values; arguments and errors are those of `zeros`.

    Examples
    --------
    >>> import autograd
    >>> autograd.empty(2, 3).shape
    autograd.Size([2, 3])
    """
    shape, backend = new_shape(size, layout), home(device, layout)
    return finish(backend.empty(shape, _kind(dtype)), backend, requires_grad)


@with_new_out
def zeros(*size: Any, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any) -> Tensor:
    """A tensor of zeros: `zeros(2, 3)` or `zeros((2, 3))`.

    Parameters
    ----------
    size : the sizes, as numbers or a sequence
    dtype : the default type unless given
    device : the default device unless given
    requires_grad : whether to record operations on it

    Raises
    ------
    RuntimeError
        For a negative size, or if a gradient is asked of integers.

    Examples
    --------
    >>> import autograd
    >>> autograd.zeros(2, 3)
    tensor([[0., 0., 0.],
            [0., 0., 0.]])
    >>> autograd.zeros((2,), dtype=autograd.int64)
    tensor([0, 0])
    """
    shape, backend = new_shape(size, layout), home(device, layout)
    return finish(backend.zeros(shape, _kind(dtype)), backend, requires_grad)


@with_new_out
def ones(*size: Any, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any) -> Tensor:
    """A tensor of ones: `ones(2, 3)` or `ones((2, 3))`; arguments and errors are those of `zeros`.

    Examples
    --------
    >>> import autograd
    >>> autograd.ones(2, 3)
    tensor([[1., 1., 1.],
            [1., 1., 1.]])
    """
    shape, backend = new_shape(size, layout), home(device, layout)
    return finish(backend.ones(shape, _kind(dtype)), backend, requires_grad)


@with_new_out
def full(
    size: Sequence[int],
    fill_value: Any,
    *,
    dtype: Any = None,
    device: Any = None,
    requires_grad: bool = False,
    **layout: Any,
) -> Tensor:
    """A tensor with one value everywhere; the type is that of the value unless given.

    Parameters
    ----------
    size : the sizes, a sequence
    fill_value : a number, or a tensor with one element
    dtype : by default the default floating type for floats, int64 for integers, bool for booleans
    device, requires_grad : as in `zeros`

    Raises
    ------
    RuntimeError
        For a negative size, or a complex value in a type that is not complex.

    Examples
    --------
    >>> import autograd
    >>> autograd.full((2, 2), 7)
    tensor([[7, 7],
            [7, 7]])
    >>> autograd.full((2,), 0.5)
    tensor([0.5000, 0.5000])
    """
    backend = home(device, layout)
    value = fill_value.item() if hasattr(fill_value, "item") else fill_value
    kind = _kind(dtype, dtypes.of_scalar(value))
    return finish(backend.full(new_shape((size,), layout), dtypes.fitted(value, kind), kind), backend, requires_grad)


def scalar_tensor(s: Any, *, dtype: Any = None, **options: Any) -> Tensor:
    """A number as a 0-d tensor, of the default type unless given.

    Examples
    --------
    >>> import autograd
    >>> autograd.scalar_tensor(3)
    tensor(3.)
    """
    return full((), s, dtype=_kind(dtype), **options)


def _like(x: TensorBase, dtype: Any, device: Any, layout: Mapping[str, Any]) -> tuple[dtypes.dtype, Any]:
    if layout:
        only_strided(layout)
    backend = x.backend if device is None else home(device)
    return _kind(dtype, x.backend.dtype_of(x._data)), backend


def empty_like(
    input: Any, *, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any
) -> Tensor:
    """`empty` with the shape, and unless given the type and device, of `input`.

    Examples
    --------
    >>> import autograd
    >>> autograd.empty_like(autograd.ones(2, 3)).shape
    autograd.Size([2, 3])
    """
    kind, backend = _like(input, dtype, device, layout)
    return finish(backend.empty(input._data.shape, kind), backend, requires_grad)


def zeros_like(
    input: Any, *, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any
) -> Tensor:
    """`zeros` with the shape, and unless given the type and device, of `input`.

    Examples
    --------
    >>> import autograd
    >>> autograd.zeros_like(autograd.tensor([1, 2]))
    tensor([0, 0])
    """
    kind, backend = _like(input, dtype, device, layout)
    return finish(backend.zeros(input._data.shape, kind), backend, requires_grad)


def ones_like(
    input: Any, *, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any
) -> Tensor:
    """`ones` with the shape, and unless given the type and device, of `input`.

    Examples
    --------
    >>> import autograd
    >>> autograd.ones_like(autograd.tensor([3.0, 4.0]))
    tensor([1., 1.])
    """
    kind, backend = _like(input, dtype, device, layout)
    return finish(backend.ones(input._data.shape, kind), backend, requires_grad)


def full_like(
    input: Any, fill_value: Any, *, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any
) -> Tensor:
    """`full` with the shape, and unless given the type and device, of `input`.

    Examples
    --------
    >>> import autograd
    >>> autograd.full_like(autograd.tensor([3.0, 4.0]), 7)
    tensor([7., 7.])
    """
    kind, backend = _like(input, dtype, device, layout)
    value = fill_value.item() if hasattr(fill_value, "item") else fill_value
    return finish(backend.full(input._data.shape, dtypes.fitted(value, kind), kind), backend, requires_grad)


@with_new_out
def arange(
    start: Any = None,
    end: Any = None,
    step: Any = 1,
    *,
    dtype: Any = None,
    device: Any = None,
    requires_grad: bool = False,
    **layout: Any,
) -> Tensor:
    """start + k step for k of 0, 1, ..., below end; int64 unless an argument is a float.

    Raises
    ------
    RuntimeError
        If the step is 0, or leads away from the end.
    ValueError
        If the step rounds to 0 in the element type.
    TypeError
        Without an end.

    Examples
    --------
    >>> import autograd
    >>> autograd.arange(4)
    tensor([0, 1, 2, 3])
    >>> autograd.arange(1, 2, 0.5)
    tensor([1.0000, 1.5000])
    """
    if end is None:  # arange(end)
        start, end = None, start
    if end is None:
        raise TypeError("arange: missing the argument 'end'; write arange(4) or arange(0, 4)")
    start = 0 if start is None else start
    start, end, step = (v.item() if hasattr(v, "item") else v for v in (start, end, step))
    if step == 0:
        raise RuntimeError("arange: step must be nonzero")
    if (end - start) * step < 0:
        raise RuntimeError(f"arange: upper bound {end} and lower bound {start} inconsistent with step {step}")
    floats = builtins.any(isinstance(v, float) for v in (start, end, step))
    backend = home(device, layout)
    kind = _kind(dtype, dtypes.default_dtype() if floats else dtypes.int64)
    if floats and kind.category < dtypes.FLOATING:  # the ends are cut to integers, but only int64 is counted with them
        first, stride = int(start), int(step)
        if not stride:
            raise ValueError(f"arange: step {step} is zero as {kind}; give a whole step, or a floating dtype")
        exact = ((int(end) - first) / stride) if kind is dtypes.int64 else (end - start) / step
        end, start, step = first + math.ceil(exact) * stride, first, stride
    return finish(backend.arange(start, end, step, kind), backend, requires_grad)


@with_new_out
def linspace(
    start: Any,
    end: Any,
    steps: int,
    *,
    dtype: Any = None,
    device: Any = None,
    requires_grad: bool = False,
    **layout: Any,
) -> Tensor:
    """start + k (end - start) / (steps - 1) for k of 0 to steps - 1; those of an integer type are cut towards zero.

    Raises
    ------
    RuntimeError
        For a negative number of steps.

    Examples
    --------
    >>> import autograd
    >>> autograd.linspace(0, 1, 5)
    tensor([0.0000, 0.2500, 0.5000, 0.7500, 1.0000])
    """
    start, end = (v.item() if isinstance(v, TensorBase) else v for v in (start, end))  # type: ignore[attr-defined]
    if steps < 0:
        raise RuntimeError(f"linspace: number of steps must be non-negative, got {steps}")
    backend, kind = home(device, layout), _kind(dtype)
    if kind.category >= dtypes.FLOATING or steps < 2:
        return finish(backend.linspace(start, end, steps, kind), backend, requires_grad)
    first, last = int(start), int(end)
    width, half = (last - first) / (steps - 1), steps // 2  # from both ends, so that both are exact
    upward = first + backend.arange(0, half, 1, dtypes.float64) * width
    downward = last - backend.arange(steps - 1 - half, -1, -1, dtypes.float64) * width
    return finish(backend.astype(backend.concat([upward, downward]), kind), backend, requires_grad)


@with_new_out
def eye(
    n: int, m: int | None = None, *, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any
) -> Tensor:
    """The n × m matrix with ones on the diagonal, x[i, j] = 1 where i = j; m is n unless given.

    Examples
    --------
    >>> import autograd
    >>> autograd.eye(2, 3)
    tensor([[1., 0., 0.],
            [0., 1., 0.]])
    """
    backend = home(device, layout)
    return finish(backend.eye(n, n if m is None else m, _kind(dtype)), backend, requires_grad)
