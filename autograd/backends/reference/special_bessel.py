"""Modified Bessel functions of the first kind, computed in float64 whatever comes.

The ascending series, whose terms are all positive, up to 20 (Abramowitz and Stegun 9.6.10); Hankel's asymptotic
expansion beyond (9.7.1), whose smallest term is exp(-2x).
"""

from __future__ import annotations

import math
from typing import Any

from autograd.backends.reference.common import Array, narrow, widen_double

_SERIES_END = 20.0
_SERIES_TERMS = 50
_ASYMPTOTIC_TERMS = 27


def _bessel(xp: Any, y: Array, order: int) -> Array:
    """I_order(y) for y >= 0."""
    near = y <= _SERIES_END
    inside = xp.where(near, y, 0.0)
    quarter = 0.25 * inside * inside
    series = xp.ones_like(y)
    for k in range(_SERIES_TERMS, 0, -1):
        series = 1.0 + series * quarter * (1.0 / (k * (k + order)))
    if order:
        series = series * (0.5 * inside)
    outside = xp.where(near, _SERIES_END, y)
    inverse = 1.0 / outside
    tail = xp.ones_like(y)
    for k in range(_ASYMPTOTIC_TERMS, 0, -1):
        tail = 1.0 + tail * inverse * (((2 * k - 1) ** 2 - 4 * order * order) / (8 * k))
    # exp(y) overflows before I(y) does, its root does not.
    root = xp.exp(xp.where(outside < 1500.0, outside, 1500.0) * 0.5)
    far = root * (
        tail / xp.sqrt(2 * math.pi * xp.where(outside < 1500.0, outside, 1500.0))
    )
    far = xp.where(outside < 713.9, far, math.inf) * xp.where(
        outside < 713.9, root, 1.0
    )
    return xp.where(near, series, far)


def i0(xp: Any, x: Array) -> Array:
    """I₀(x), the modified Bessel function of the first kind of order zero.

    Examples
    --------
    >>> import numpy as np
    >>> i0(np, np.array([0.0, 1.0]))
    array([1.        , 1.26606588])
    """
    y = widen_double(xp, x)
    result = _bessel(xp, xp.abs(y), 0)
    return narrow(xp, xp.where(xp.isnan(y), y, result), x.dtype)


def i1(xp: Any, x: Array) -> Array:
    """I₁(x), the modified Bessel function of the first kind of order one: odd in x."""
    y = widen_double(xp, x)
    result = _bessel(xp, xp.abs(y), 1)
    return narrow(
        xp, xp.where(xp.isnan(y), y, xp.where(y < 0, -result, result)), x.dtype
    )
