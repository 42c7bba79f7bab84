"""Rounding, and operations on the sign, the fraction and the exponent of a number."""

from __future__ import annotations

from autograd.differentiable import differentiable
from autograd.ops.elementwise import zero


@differentiable(x=zero, elementwise=True)
def floor(xp, x):
    """The largest integer not above x."""
    return xp.floor(x)


@differentiable(x=zero, elementwise=True)
def ceil(xp, x):
    """The smallest integer not below x."""
    return xp.ceil(x)


@differentiable(x=zero, elementwise=True)
def trunc(xp, x):
    """x without its fraction."""
    return xp.trunc(x)


@differentiable(x=zero, elementwise=True)
def round(xp, x):
    """The nearest integer, the even one of two equally near."""
    return xp.round(x)


@differentiable(x=lambda xp, g, x, out: g * xp.sign(x) * xp.sign(out), y=zero, elementwise="float")
def copysign(xp, x, y):
    """|x| with the sign of y; the gradient at x = 0 is 0."""
    return xp.copysign(x, y)


@differentiable(elementwise=True, nondiff=True)
def heaviside(xp, x, y):
    """0 where x < 0, 1 where x > 0, y where x = 0."""
    return xp.where(x == 0, y, xp.astype(x > 0, x.dtype))


@differentiable(x=lambda xp, g, x, y: xp.where(x == y, 0.0, g), y=zero, elementwise=True)
def nextafter(xp, x, y):
    """The floating-point number next to x in the direction of y; where they are equal the gradient is 0."""
    return xp.nextafter(x, y)


@differentiable(
    x=lambda xp, g, x_dtype, out: g[0] / xp.exp2(xp.astype(out[1], dtype=x_dtype)),
    outputs=2,
    nondiff=(1,),
)
def frexp(xp, x):
    """The mantissa, of magnitude in [½, 1), and the exponent of 2 that it is to be multiplied by to give x."""
    return xp.frexp(x)


@differentiable(elementwise=True, x=lambda xp, g, x: xp.where(xp.isfinite(x), g, 0.0))
def nan_to_num(xp, x, *, nan, posinf, neginf):
    """x with numbers in place of NaN and the infinities."""
    inf = float("inf")
    return xp.where(xp.isnan(x), nan, xp.where(x == inf, posinf, xp.where(x == -inf, neginf, x)))
