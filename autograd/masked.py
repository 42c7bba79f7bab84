"""Reductions and normalizations of the elements that a mask keeps: PyTorch's `torch.masked`.

Each takes `mask`, a boolean tensor that broadcasts to the input: False hides an element, as if it were not there. Where
all are hidden the result is what the operation gives for nothing: 0 for a sum, NaN for a mean.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import engine
from autograd.functions import norms, reduction, reduction_extremes, scan, sorting
from autograd.functions.common import axes_of

if TYPE_CHECKING:
    from autograd.tensor import Tensor

__all__ = [
    "amax", "amin", "argmax", "argmin", "cumprod", "cumsum", "log_softmax", "logaddexp", "logsumexp", "mean", "median",
    "norm", "normalize", "prod", "softmax", "softmin", "std", "sum", "var",
]  # fmt: skip


def _converted(input: Any, dtype: Any) -> Tensor:
    return input if dtype is None or dtypes.lookup(dtype) is input.dtype else ops.astype(input, dtype=dtype)


def _filled(input: Any, mask: Any, value: Any) -> Tensor:
    """The input with `value` where the mask hides it.

    Raises
    ------
    TypeError
        If the mask is not boolean.
    """
    if mask is None:
        return input
    if mask.dtype is not dtypes.bool_:
        raise TypeError(f"masked: the mask must be a boolean tensor, got {mask.dtype}; compare it with something")
    xp = input.backend
    return ops.where(
        ops.broadcast_to(mask, shape=input._data.shape), input, engine.wrap(xp.full((), value, input.dtype), xp)
    )


def _least(kind: dtypes.dtype) -> Any:
    """What no element of the type is below."""
    if kind.category >= dtypes.FLOATING:
        return -math.inf
    if kind.category == dtypes.BOOL:
        return False
    return dtypes.bounds(kind)[0]


def _greatest(kind: dtypes.dtype) -> Any:
    """What no element of the type is above."""
    if kind.category >= dtypes.FLOATING:
        return math.inf
    return True if kind.category == dtypes.BOOL else dtypes.bounds(kind)[1]


def _count(input: Any, dim: Any, keepdim: bool, mask: Any) -> Tensor:
    """How many elements the mask keeps."""
    ones = ops.astype(ops.ones_like(input), dtype=dtypes.int64)
    return sum(ones, dim, keepdim=keepdim, mask=mask)


def sum(input: Any, dim: Any = None, *, keepdim: bool = False, dtype: Any = None, mask: Any = None) -> Tensor:
    """The sum over all dims or some.

    Examples
    --------
    >>> import autograd
    >>> x, mask = autograd.tensor([1.0, 2.0, 3.0]), autograd.tensor([True, False, True])
    >>> autograd.masked.sum(x, mask=mask)
    tensor(4.)
    """
    return reduction.sum(_filled(reduction.converted(input, dtype), mask, 0), dim, keepdim)


def prod(input: Any, dim: Any = None, *, keepdim: bool = False, dtype: Any = None, mask: Any = None) -> Tensor:
    """The product over all dims or some.

    Examples
    --------
    >>> import autograd
    >>> mask = autograd.tensor([True, False, True])
    >>> autograd.masked.prod(autograd.tensor([2.0, 3.0, 4.0]), mask=mask)
    tensor(8.)
    """
    found = _filled(reduction.converted(input, dtype), mask, 1)
    ndim = input._data.ndim
    axes = axes_of(dim, ndim) or tuple(range(ndim))
    for axis in sorted(axes, reverse=True):
        found = reduction.prod(found, axis, keepdim)
    return found


def cumsum(input: Any, dim: int, *, dtype: Any = None, mask: Any = None) -> Tensor:
    """The running sum along a dim.

    Examples
    --------
    >>> import autograd
    >>> mask = autograd.tensor([True, False, True])
    >>> autograd.masked.cumsum(autograd.tensor([2.0, 3.0, 4.0]), 0, mask=mask)
    tensor([2., 2., 6.])
    """
    return scan.cumsum(_filled(reduction.converted(input, dtype), mask, 0), dim)


def cumprod(input: Any, dim: int, *, dtype: Any = None, mask: Any = None) -> Tensor:
    """The running product along a dim.

    Examples
    --------
    >>> import autograd
    >>> mask = autograd.tensor([True, False, True])
    >>> autograd.masked.cumprod(autograd.tensor([2.0, 3.0, 4.0]), 0, mask=mask)
    tensor([2., 2., 8.])
    """
    return scan.cumprod(_filled(reduction.converted(input, dtype), mask, 1), dim)


def amax(input: Any, dim: Any = None, *, keepdim: bool = False, dtype: Any = None, mask: Any = None) -> Tensor:
    """The largest element over all dims or some.

    Examples
    --------
    >>> import autograd
    >>> mask = autograd.tensor([True, True, False])
    >>> autograd.masked.amax(autograd.tensor([2.0, 3.0, 4.0]), mask=mask)
    tensor(3.)
    """
    input = _converted(input, dtype)
    return reduction_extremes.amax(_filled(input, mask, _least(input.dtype)), dim, keepdim)


def amin(input: Any, dim: Any = None, *, keepdim: bool = False, dtype: Any = None, mask: Any = None) -> Tensor:
    """The smallest element over all dims or some.

    Examples
    --------
    >>> import autograd
    >>> mask = autograd.tensor([False, True, True])
    >>> autograd.masked.amin(autograd.tensor([2.0, 3.0, 4.0]), mask=mask)
    tensor(3.)
    """
    input = _converted(input, dtype)
    return reduction_extremes.amin(_filled(input, mask, _greatest(input.dtype)), dim, keepdim)


def argmax(input: Any, dim: Any = None, *, keepdim: bool = False, dtype: Any = None, mask: Any = None) -> Tensor:
    """Where the largest element is, along a dim or in the flattened tensor, in the type asked for or the input's.

    Examples
    --------
    >>> import autograd
    >>> mask = autograd.tensor([True, True, False])
    >>> autograd.masked.argmax(autograd.tensor([2, 3, 4]), mask=mask)
    tensor(1)
    """
    input = _converted(input, dtype)
    return _converted(reduction_extremes.argmax(_filled(input, mask, _least(input.dtype)), dim, keepdim), input.dtype)


def argmin(input: Any, dim: Any = None, *, keepdim: bool = False, dtype: Any = None, mask: Any = None) -> Tensor:
    """Where the smallest element is, along a dim or in the flattened tensor, in the type asked for or the input's.

    Examples
    --------
    >>> import autograd
    >>> mask = autograd.tensor([False, True, True])
    >>> autograd.masked.argmin(autograd.tensor([2, 3, 4]), mask=mask)
    tensor(1)
    """
    input = _converted(input, dtype)
    return _converted(
        reduction_extremes.argmin(_filled(input, mask, _greatest(input.dtype)), dim, keepdim), input.dtype
    )


def mean(input: Any, dim: Any = None, *, keepdim: bool = False, dtype: Any = None, mask: Any = None) -> Tensor:
    """The mean over all dims or some; of nothing it is NaN.

    Examples
    --------
    >>> import autograd
    >>> x, mask = autograd.tensor([1.0, 2.0, 3.0]), autograd.tensor([True, False, True])
    >>> autograd.masked.mean(x, mask=mask)
    tensor(2.)
    """
    total = sum(input, dim, keepdim=keepdim, dtype=dtype, mask=mask)
    return _converted(ops.divide(total, _count(input, dim, keepdim, mask)), dtype)


def median(input: Any, dim: int = -1, *, keepdim: bool = False, dtype: Any = None, mask: Any = None) -> Tensor:
    """The lower median along a dim; of nothing it is NaN.

    Raises
    ------
    ValueError
        For integers, which have no NaN.

    Examples
    --------
    >>> import autograd
    >>> mask = autograd.tensor([True, False, True])
    >>> autograd.masked.median(autograd.tensor([2.0, 3.0, 4.0]), mask=mask)
    tensor(2.)
    """
    input = _converted(input, dtype)
    if not input.dtype.is_floating_point:
        raise ValueError(f"masked.median: the input must have a floating type, got {input.dtype}; give dtype=")
    return sorting.nanmedian(_filled(input, mask, math.nan), dim, keepdim).values


def norm(
    input: Any, ord: float = 2.0, dim: Any = None, *, keepdim: bool = False, dtype: Any = None, mask: Any = None
) -> Tensor:
    """The vector norm of an order over all dims or some.

    Examples
    --------
    >>> import autograd
    >>> mask = autograd.tensor([True, True, False])
    >>> autograd.masked.norm(autograd.tensor([3.0, 4.0, 5.0]), mask=mask)
    tensor(5.)
    """
    filled = _filled(_converted(input, dtype), mask, math.inf if ord == -math.inf else 0)
    return norms.vector_norm(filled, ord, dim, keepdim)


def _variance(input: Any, dim: Any, unbiased: Any, correction: Any, keepdim: bool, dtype: Any, mask: Any) -> Tensor:
    if unbiased is not None and correction is not None:
        raise ValueError("masked.var and masked.std: give unbiased or correction, not both")
    if correction is None:
        correction = 1 if unbiased is None else int(unbiased)
    if dtype is None and input.dtype.category < dtypes.FLOATING:
        dtype = dtypes.default_dtype()
    input = _converted(input, dtype)
    centered = ops.subtract(input, mean(input, dim, keepdim=True, mask=mask))
    if input.dtype.is_complex:
        squares = ops.real(ops.multiply(centered, ops.conj(centered)))
    else:
        squares = ops.multiply(centered, centered)
    freedom = ops.clip_lower(ops.subtract(_count(input, dim, keepdim, mask), correction), 0)
    return _converted(ops.divide(sum(squares, dim, keepdim=keepdim, mask=mask), freedom), input.dtype)


def var(
    input: Any,
    dim: Any = None,
    unbiased: bool | None = None,
    *,
    correction: float | None = None,
    keepdim: bool = False,
    dtype: Any = None,
    mask: Any = None,
) -> Tensor:
    """The variance over all dims or some: Σ |x - mean|² / (n - correction), correction being 1.

    Examples
    --------
    >>> import autograd
    >>> mask = autograd.tensor([True, False, True])
    >>> autograd.masked.var(autograd.tensor([2.0, 9.0, 4.0]), mask=mask)
    tensor(2.)
    """
    return _variance(input, dim, unbiased, correction, keepdim, dtype, mask)


def std(
    input: Any,
    dim: Any = None,
    unbiased: bool | None = None,
    *,
    correction: float | None = None,
    keepdim: bool = False,
    dtype: Any = None,
    mask: Any = None,
) -> Tensor:
    """The standard deviation over all dims or some.

    Examples
    --------
    >>> import autograd
    >>> mask = autograd.tensor([True, False, True])
    >>> autograd.masked.std(autograd.tensor([2.0, 9.0, 4.0]), unbiased=False, mask=mask)
    tensor(1.)
    """
    return ops.sqrt(_variance(input, dim, unbiased, correction, keepdim, dtype, mask))


def logsumexp(input: Any, dim: Any = None, *, keepdim: bool = False, dtype: Any = None, mask: Any = None) -> Tensor:
    """log Σ exp(input) over all dims or some.

    Examples
    --------
    >>> import autograd
    >>> mask = autograd.tensor([True, False, True])
    >>> autograd.masked.logsumexp(autograd.tensor([0.0, 9.0, 0.0]), mask=mask)
    tensor(0.6931)
    """
    input = _converted(input, dtype)
    return _converted(reduction.logsumexp(_filled(input, mask, _least(input.dtype)), dim, keepdim), input.dtype)


def logaddexp(input: Any, other: Any, *, dtype: Any = None, input_mask: Any = None, other_mask: Any = None) -> Tensor:
    """log(exp(input) + exp(other)) elementwise, a hidden element counting as log 0.

    Examples
    --------
    >>> import autograd
    >>> mask = autograd.tensor([True, False])
    >>> autograd.masked.logaddexp(autograd.zeros(2), autograd.zeros(2), input_mask=mask)
    tensor([0.6931, 0.0000])
    """
    input, other = _converted(input, dtype), _converted(other, dtype)
    return ops.logaddexp(_filled(input, input_mask, -math.inf), _filled(other, other_mask, -math.inf))


def softmax(input: Any, dim: int, *, dtype: Any = None, mask: Any = None) -> Tensor:
    """exp(input) / Σ exp(input) along a dim; hidden elements get 0.

    Examples
    --------
    >>> import autograd
    >>> mask = autograd.tensor([True, False, True])
    >>> autograd.masked.softmax(autograd.tensor([1.0, 9.0, 1.0]), 0, mask=mask)
    tensor([0.5000, 0.0000, 0.5000])
    """
    return scan.softmax(_filled(_converted(input, dtype), mask, -math.inf), dim)


def log_softmax(input: Any, dim: int, *, dtype: Any = None, mask: Any = None) -> Tensor:
    """input - log Σ exp(input) along a dim; hidden elements get -inf.

    Examples
    --------
    >>> import autograd
    >>> mask = autograd.tensor([True, False])
    >>> autograd.masked.log_softmax(autograd.tensor([1.0, 9.0]), 0, mask=mask)
    tensor([0., -inf])
    """
    return scan.log_softmax(_filled(_converted(input, dtype), mask, -math.inf), dim)


def softmin(input: Any, dim: int, *, dtype: Any = None, mask: Any = None) -> Tensor:
    """exp(-input) / Σ exp(-input) along a dim; hidden elements get 0.

    Examples
    --------
    >>> import autograd
    >>> mask = autograd.tensor([True, False, True])
    >>> autograd.masked.softmin(autograd.tensor([1.0, 9.0, 1.0]), 0, mask=mask)
    tensor([0.5000, 0.0000, 0.5000])
    """
    return scan.softmax(ops.negative(_filled(_converted(input, dtype), mask, math.inf)), dim)


def normalize(input: Any, ord: float, dim: int, *, eps: float = 1e-12, dtype: Any = None, mask: Any = None) -> Tensor:
    """The input divided by its norm along a dim, which counts as at least eps; hidden elements get 0.

    Examples
    --------
    >>> import autograd
    >>> mask = autograd.tensor([True, False, True])
    >>> autograd.masked.normalize(autograd.tensor([3.0, 9.0, 4.0]), 2.0, 0, mask=mask)
    tensor([0.6000, 0.0000, 0.8000])
    """
    input = _converted(input, dtype)
    size = norm(input, ord, dim, keepdim=True, mask=mask)
    return ops.divide(_filled(input, mask, 0), ops.clip_lower(size, eps))
