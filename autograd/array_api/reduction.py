"""Statistical and utility functions of the array API standard."""

from __future__ import annotations

import math
from typing import Any

import autograd
from autograd import dtypes


def _axes(x: Any, axis: Any) -> Any:
    """All axes for None; the others as they are."""
    return tuple(range(x.ndim)) if axis is None else axis


def sum(x: Any, /, *, axis: Any = None, dtype: Any = None, keepdims: bool = False) -> Any:
    """The sum over axes; of integers in int64 or uint64."""
    return autograd.sum(x, _axes(x, axis), keepdims, dtype=_wide(x, dtype)) if axis != () else _cast(x, dtype)


def prod(x: Any, /, *, axis: Any = None, dtype: Any = None, keepdims: bool = False) -> Any:
    """The product over axes; of integers in int64 or uint64."""
    kind = _wide(x, dtype)
    axes = (axis,) if isinstance(axis, int) else _axes(x, axis)
    if not axes:
        return _cast(x, dtype)
    for one in sorted((one % x.ndim for one in axes), reverse=True):
        x = autograd.prod(x, one, keepdims, dtype=kind)
    return x


def _wide(x: Any, dtype: Any) -> Any:
    if dtype is not None or x.dtype.category != dtypes.INTEGER:
        return dtype
    return dtypes.int64 if x.dtype.is_signed else dtypes.uint64


def _cast(x: Any, dtype: Any) -> Any:
    kind = _wide(x, dtype)
    return autograd.clone(x) if kind is None else x.to(kind, copy=True)


def max(x: Any, /, *, axis: Any = None, keepdims: bool = False) -> Any:
    """The largest element over axes."""
    return autograd.amax(x, _axes(x, axis), keepdims) if axis != () else autograd.clone(x)


def min(x: Any, /, *, axis: Any = None, keepdims: bool = False) -> Any:
    """The smallest element over axes."""
    return autograd.amin(x, _axes(x, axis), keepdims) if axis != () else autograd.clone(x)


def mean(x: Any, /, *, axis: Any = None, keepdims: bool = False) -> Any:
    """The mean over axes."""
    return autograd.mean(x, _axes(x, axis), keepdims) if axis != () else autograd.clone(x)


def var(x: Any, /, *, axis: Any = None, correction: float = 0.0, keepdims: bool = False) -> Any:
    """The variance over axes: the sum of squared deviations by the number of elements less `correction`."""
    if isinstance(correction, float) and not correction.is_integer():
        count = math.prod(x.shape[one] for one in ((axis,) if isinstance(axis, int) else _axes(x, axis)))
        return var(x, axis=axis, keepdims=keepdims) * (count / (count - correction))
    return autograd.var(x, _axes(x, axis), correction=int(correction), keepdim=keepdims)


def std(x: Any, /, *, axis: Any = None, correction: float = 0.0, keepdims: bool = False) -> Any:
    """The square root of the variance; see `var`."""
    return autograd.sqrt(var(x, axis=axis, correction=correction, keepdims=keepdims))


def all(x: Any, /, *, axis: Any = None, keepdims: bool = False) -> Any:
    """Whether every element over axes is true."""
    return autograd.all(x, _axes(x, axis), keepdims).to(dtypes.bool_)


def any(x: Any, /, *, axis: Any = None, keepdims: bool = False) -> Any:
    """Whether some element over axes is true."""
    return autograd.any(x, _axes(x, axis), keepdims).to(dtypes.bool_)


def count_nonzero(x: Any, /, *, axis: Any = None, keepdims: bool = False) -> Any:
    """How many elements over axes are not zero."""
    return autograd.sum(x != 0, _axes(x, axis), keepdims)


def argmax(x: Any, /, *, axis: int | None = None, keepdims: bool = False) -> Any:
    """Where the first largest element is."""
    return autograd.argmax(x, axis, keepdims)


def argmin(x: Any, /, *, axis: int | None = None, keepdims: bool = False) -> Any:
    """Where the first smallest element is."""
    return autograd.argmin(x, axis, keepdims)


def cumulative_sum(x: Any, /, *, axis: int | None = None, dtype: Any = None, include_initial: bool = False) -> Any:
    """Sums of the elements up to each one along an axis, after a zero if `include_initial`."""
    return _cumulative("cumulative_sum", autograd.cumsum, 0, x, axis, dtype, include_initial)


def cumulative_prod(x: Any, /, *, axis: int | None = None, dtype: Any = None, include_initial: bool = False) -> Any:
    """Products of the elements up to each one along an axis, after a one if `include_initial`."""
    return _cumulative("cumulative_prod", autograd.cumprod, 1, x, axis, dtype, include_initial)


def _cumulative(name: str, function: Any, first: int, x: Any, axis: int | None, dtype: Any, initial: bool) -> Any:
    if axis is None:
        if x.ndim != 1:
            raise ValueError(f"{name}: an array of {x.ndim} axes needs an axis")
        axis = 0
    found = function(x, axis, dtype=_wide(x, dtype))
    if not initial:
        return found
    shape = [1 if place == axis % x.ndim else size for place, size in enumerate(x.shape)]
    return autograd.cat([autograd.full(shape, first, dtype=found.dtype, device=found.device), found], axis)


def diff(x: Any, /, *, axis: int = -1, n: int = 1, prepend: Any = None, append: Any = None) -> Any:
    """n-th differences of neighbours along an axis."""
    return autograd.diff(x, n, axis, prepend, append)
