"""Exponentials, logarithms and the logistic function."""

from __future__ import annotations

import math

from autograd.differentiable import differentiable

_LN_2, _LN_10 = math.log(2), math.log(10)


@differentiable(x=lambda xp, g, out: g * out, elementwise="float")
def exp(xp, x):
    """eˣ elementwise."""
    return xp.exp(x)


@differentiable(x=lambda xp, g, out: g * out * _LN_2, elementwise="float")
def exp2(xp, x):
    """2ˣ elementwise."""
    return xp.exp2(x)


@differentiable(x=lambda xp, g, out: g * (out + 1), elementwise="float")
def expm1(xp, x):
    """eˣ - 1, accurate near 0."""
    return xp.expm1(x)


@differentiable(x=lambda xp, g, x: g / x, elementwise="float")
def log(xp, x):
    """The natural logarithm elementwise."""
    return xp.log(x)


@differentiable(x=lambda xp, g, x: g / (x * _LN_2), elementwise="float")
def log2(xp, x):
    """The logarithm to base 2."""
    return xp.log2(x)


@differentiable(x=lambda xp, g, x: g / (x * _LN_10), elementwise="float")
def log10(xp, x):
    """The logarithm to base 10."""
    return xp.log10(x)


@differentiable(x=lambda xp, g, x: g / (1 + x), elementwise="float")
def log1p(xp, x):
    """log(1 + x), accurate near 0."""
    return xp.log1p(x)


def _share(xp, g, own, other):
    """The gradient of logaddexp by `own`: its share of the sum of the exponentials."""
    return g / (1 + xp.exp(other - own))


@differentiable(
    x=lambda xp, g, x, y: _share(xp, g, x, y),
    y=lambda xp, g, x, y: _share(xp, g, y, x),
    elementwise="float",
)
def logaddexp(xp, x, y):
    """log(eˣ + eʸ) without overflow."""
    if xp.dtype_of(x).is_complex:
        swap = xp.real(x) < xp.real(y)
        large, small = xp.where(swap, y, x), xp.where(swap, x, y)
        same = (large == small) & xp.isinf(xp.real(large))
        return xp.where(same, large, large + xp.log1p(xp.exp(small - large)))
    return xp.logaddexp(x, y)


@differentiable(
    x=lambda xp, g, x, y: g / (1 + xp.exp2(y - x)),
    y=lambda xp, g, x, y: g / (1 + xp.exp2(x - y)),
    elementwise="float",
)
def logaddexp2(xp, x, y):
    """log₂(2ˣ + 2ʸ) without overflow."""
    return xp.logaddexp2(x, y)


@differentiable(
    x=lambda xp, g, x, y: xp.where((x == 0) & (y <= 0), 0.0, xp.xlogy(g, y)),
    y=lambda xp, g, x, y: g * x / y,
    elementwise="float",
)
def xlogy(xp, x, y):
    """x · log y, and 0 where x is 0 and y is not NaN."""
    return xp.where((x == 0) & ~xp.isnan(y), 0.0, x * xp.log(y))


@differentiable(
    x=lambda xp, g, x, y: xp.where((x == 0) & (y <= -1), 0.0, xp.xlog1py(g, y)),
    y=lambda xp, g, x, y: g * x / (1 + y),
    elementwise="float",
)
def xlog1py(xp, x, y):
    """x · log(1 + y), and 0 where x is 0 and y is not NaN."""
    return xp.where((x == 0) & ~xp.isnan(y), 0.0, x * xp.log1p(y))


@differentiable(x=lambda xp, g, out: g * (out - out * out), elementwise="float")
def sigmoid(xp, x):
    """The logistic function 1 / (1 + e⁻ˣ): where e⁻ˣ overflows the quotient is 0, as it should be."""
    return 1.0 / (1.0 + xp.exp(-x))


@differentiable(x=lambda xp, g, x: g * xp.sigmoid(-x), elementwise="float")
def log_sigmoid(xp, x):
    """log(1 / (1 + e⁻ˣ)) without overflow."""
    return xp.minimum(x, 0) - xp.log1p(xp.exp(-xp.abs(x)))


def _logit_rule(xp, g, x, eps):
    if eps is None:
        return g / (x * (1 - x))
    inside = (x >= eps) & (x <= 1 - eps)
    return xp.where(inside, g / xp.where(inside, x * (1 - x), 1.0), 0.0)


@differentiable(x=_logit_rule, elementwise="float")
def logit(xp, x, *, eps):
    """log(x / (1 - x)), with x limited to [eps, 1 - eps] unless eps is None."""
    if eps is not None:
        x = xp.minimum(xp.maximum(x, eps), 1 - eps)
    return xp.log(x / (1 - x))
