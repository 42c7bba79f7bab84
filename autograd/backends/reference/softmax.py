"""Exponentials that are summed: softmax, its logarithm, and log-sum-exp, whole and cumulative."""

from __future__ import annotations

import math
from typing import Any

from autograd.backends.reference.common import Array, dtype_name, narrow, normalized, widen

# A finite stand-in for +inf as the shift, so that inf - shift is inf, not NaN.
_LARGEST = {"float32": (2.0 - 2.0**-23) * 2.0**127, "float64": (2.0 - 2.0**-52) * 2.0**1023}


def _shifted(xp: Any, x: Array, axis: int) -> Array:
    """x - max x. A maximum of ±inf makes the whole row NaN, as PyTorch has it, and without inf - inf."""
    top = xp.max(x, axis=axis, keepdims=True)
    return x - xp.where(xp.isinf(top), math.nan, top)


def softmax(xp: Any, x: Array, *, axis: int) -> Array:
    """eˣ / Σ eˣ along `axis`, shifted by the maximum; NaN where a row's maximum is infinite.

    Examples
    --------
    >>> import numpy as np
    >>> softmax(np, np.array([0.0, 0.0]), axis=0)
    array([0.5, 0.5])
    """
    if 0 in x.shape:
        return xp.zeros(x.shape, dtype=x.dtype)
    dtype, x = x.dtype, widen(xp, x)
    powers = xp.exp(_shifted(xp, x, axis))
    return narrow(xp, powers / xp.sum(powers, axis=axis, keepdims=True), dtype)


def log_softmax(xp: Any, x: Array, *, axis: int) -> Array:
    """x - log Σ eˣ along `axis`, shifted by the maximum; NaN where a row's maximum is infinite."""
    if 0 in x.shape:
        return xp.zeros(x.shape, dtype=x.dtype)
    dtype, x = x.dtype, widen(xp, x)
    shifted = _shifted(xp, x, axis)
    return narrow(xp, shifted - xp.log(xp.sum(xp.exp(shifted), axis=axis, keepdims=True)), dtype)


def logsumexp(xp: Any, x: Array, *, axis: int | tuple[int, ...], keepdims: bool) -> Array:
    """log Σ eˣ over one axis or several, shifted by the maximum; -inf over nothing, and of nothing but -inf.

    Examples
    --------
    >>> import numpy as np
    >>> logsumexp(np, np.array([[1000.0, 1000.0], [-np.inf, -np.inf]]), axis=1, keepdims=False)
    array([1000.69314718,          -inf])
    """
    axes = tuple(normalized(a, x.ndim, "logsumexp") for a in ((axis,) if isinstance(axis, int) else axis))
    kept = tuple(1 if a in axes else n for a, n in enumerate(x.shape))
    dtype, x = x.dtype, widen(xp, x)
    if 0 in x.shape:
        result = xp.full(kept, -math.inf, dtype=x.dtype)
    else:
        top = xp.max(x, axis=axes, keepdims=True)
        largest = _LARGEST[dtype_name(x)]
        shift = xp.where(top == -math.inf, 0.0, xp.where(top == math.inf, largest, top))
        total = xp.sum(xp.exp(x - shift), axis=axes, keepdims=True)
        nothing = total == 0
        result = xp.where(nothing, -math.inf, xp.log(xp.where(nothing, 1.0, total)) + shift)
    if not keepdims:
        result = xp.reshape(result, tuple(n for a, n in enumerate(kept) if a not in axes))
    return narrow(xp, result, dtype)


def logcumsumexp(xp: Any, x: Array, *, axis: int) -> Array:
    """log of the running sum of eˣ along `axis`, by doubling: log₂ n passes of `logaddexp` (Hillis and Steele 1986)."""
    length = x.shape[normalized(axis, x.ndim, "logcumsumexp")] if x.ndim else 1
    if length < 2:  # no pass would make the result an array of its own
        return xp.copy(x)
    axis = normalized(axis, x.ndim, "logcumsumexp")
    dtype, result, step = x.dtype, widen(xp, x), 1
    while step < length:
        ahead = (slice(None),) * axis
        added = xp.logaddexp(result[(*ahead, slice(step, None), ...)], result[(*ahead, slice(0, length - step), ...)])
        result = xp.concat([result[(*ahead, slice(0, step), ...)], added], axis=axis)
        step *= 2
    return narrow(xp, result, dtype)
