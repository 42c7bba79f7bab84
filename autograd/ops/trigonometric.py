"""Trigonometric and hyperbolic functions and their inverses."""

from __future__ import annotations

import math

from autograd.differentiable import differentiable


@differentiable(x=lambda xp, g, x: g * xp.cos(x), elementwise="float")
def sin(xp, x):
    """The sine."""
    return xp.sin(x)


@differentiable(x=lambda xp, g, x: -g * xp.sin(x), elementwise="float")
def cos(xp, x):
    """The cosine."""
    return xp.cos(x)


@differentiable(x=lambda xp, g, out: g * (1 + out * out), elementwise="float")
def tan(xp, x):
    """The tangent."""
    return xp.tan(x)


@differentiable(x=lambda xp, g, x: g / xp.sqrt(1 - x * x), elementwise="float")
def asin(xp, x):
    """The inverse sine, in [-π/2, π/2]."""
    return xp.asin(x)


@differentiable(x=lambda xp, g, x: -g / xp.sqrt(1 - x * x), elementwise="float")
def acos(xp, x):
    """The inverse cosine, in [0, π]."""
    return xp.acos(x)


@differentiable(x=lambda xp, g, x: g / (1 + x * x), elementwise="float")
def atan(xp, x):
    """The inverse tangent, in [-π/2, π/2]."""
    return xp.atan(x)


def _atan2_part(xp, g, own, other):
    square = own * own + other * other
    origin = square == 0
    return xp.where(origin, 0.0, g * other / xp.where(origin, 1.0, square))


@differentiable(
    x=lambda xp, g, x, y: _atan2_part(xp, g, x, y),
    y=lambda xp, g, x, y: _atan2_part(xp, -g, y, x),
    elementwise="float",
)
def atan2(xp, x, y):
    """The angle of the point (y, x), in [-π, π]; the gradient at the origin is 0."""
    return xp.atan2(x, y)


@differentiable(x=lambda xp, g, x: g * xp.cosh(x), elementwise="float")
def sinh(xp, x):
    """The hyperbolic sine."""
    return xp.sinh(x)


@differentiable(x=lambda xp, g, x: g * xp.sinh(x), elementwise="float")
def cosh(xp, x):
    """The hyperbolic cosine."""
    return xp.cosh(x)


@differentiable(x=lambda xp, g, out: g - g * (out * out), elementwise="float")
def tanh(xp, x):
    """The hyperbolic tangent elementwise."""
    return xp.tanh(x)


@differentiable(x=lambda xp, g, x: g / xp.sqrt(x * x + 1), elementwise="float")
def asinh(xp, x):
    """The inverse hyperbolic sine."""
    return xp.asinh(x)


@differentiable(x=lambda xp, g, x: g / (xp.sqrt(x - 1) * xp.sqrt(x + 1)), elementwise="float")
def acosh(xp, x):
    """The inverse hyperbolic cosine, at least 0."""
    return xp.acosh(x)


@differentiable(x=lambda xp, g, x: g / (1 - x * x), elementwise="float")
def atanh(xp, x):
    """The inverse hyperbolic tangent."""
    return xp.atanh(x)


def _sinc_rule(xp, g, x):
    zero = x == 0
    t = math.pi * xp.where(zero, 1.0, x)
    return xp.where(zero, 0.0, g * math.pi * (t * xp.cos(t) - xp.sin(t)) / (t * t))


@differentiable(x=_sinc_rule, elementwise="float")
def sinc(xp, x):
    """sin(πx) / (πx), and 1 at 0."""
    zero = x == 0
    t = math.pi * xp.where(zero, 1.0, x)
    return xp.where(zero, 1.0, xp.sin(t) / t)
