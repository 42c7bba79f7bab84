"""How a gamma sample moves with its shape parameter, for gradients through samples; computed in float64."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

from autograd.backends.reference.common import Array, narrow, widen_double
from autograd.backends.reference.special_gamma import digamma

_NODES = 48
_DEPTH = 40.0  # the integrand is followed down to exp(-40) of its height


@lru_cache(maxsize=1)
def _legendre() -> list[tuple[float, float]]:
    """Nodes and weights of the Gauss-Legendre rule on [0, 1], by Newton's method on the polynomial's recurrence."""
    rule = []
    for k in range(_NODES):
        z = math.cos(math.pi * (k + 0.75) / (_NODES + 0.5))
        for _ in range(8):
            low, high = 1.0, z
            for j in range(2, _NODES + 1):
                low, high = high, ((2 * j - 1) * z * high - (j - 1) * low) / j
            slope = _NODES * (z * high - low) / (z * z - 1)
            z -= high / slope
        rule.append(((1 + z) / 2, 1 / ((1 - z * z) * slope * slope)))
    return rule


def gamma_slope(xp: Any, a: Array, x: Array) -> Array:
    """dx/da = -(∂P(a, x)/∂a) / p(x) for x at a fixed quantile of the gamma distribution with shape a.

    The implicit gradient of Figurnov, Mohamed and Mnih (2018). With ∂p(t)/∂a = p(t) (log t - ψ(a)), and t = x exp(±u)
    on the side of x where that factor keeps its sign, it is

        x ∫₀^∞ exp(±a u - x (exp(±u) - 1)) (u + |log x - ψ(a)|) du,

    an integral of positive terms: nothing cancels, however far out x is. It is taken by Gauss-Legendre quadrature up to
    where the integrand has sunk to exp(-40).

    Examples
    --------
    >>> import numpy as np
    >>> gamma_slope(np, np.array([1.0]), np.array([0.7]))
    array([0.973...])
    """
    dtype, a, x = x.dtype, widen_double(xp, a), widen_double(xp, x)
    distance = xp.log(x) - digamma(xp, a)
    sign = xp.where(distance > 0, xp.ones_like(x), -1.0)
    distance = xp.abs(distance)

    def height(u: Array) -> Array:
        return sign * a * u - x * xp.expm1(sign * u)

    end = _end(xp, a, x, sign)
    total = xp.zeros_like(x)
    for node, weight in _legendre():
        u = node * end
        total = total + weight * xp.exp(height(u)) * (u + distance)
    return narrow(xp, x * end * total, dtype)


def _end(xp: Any, a: Array, x: Array, sign: Array) -> Array:
    """A little beyond where the integrand has sunk to exp(-40)."""
    # To the right expm1(u) >= u + u²/2, a quadratic equation; for small a also u = 2 log(1 + 40 / x) is far enough.
    right = (a - x + xp.sqrt((a - x) ** 2 + 2 * _DEPTH * x)) / x
    right = xp.where(a < _DEPTH / 2, xp.minimum(right, 2 * xp.log1p(_DEPTH / x)), right)
    # To the left 1 - exp(-u) <= 2u / (2 + u), another one.
    half = x + _DEPTH / 2 - a
    left = (half + xp.sqrt(half * half + 2 * _DEPTH * a)) / a
    for _ in range(4):  # down towards the end, never past it
        right = xp.log1p((_DEPTH + a * right) / x)
        left = (_DEPTH - x * xp.expm1(-left)) / a
    return xp.where(sign > 0, right, left)
