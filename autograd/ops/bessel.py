"""Bessel functions, plain, modified and spherical, and the Airy function: families closed under differentiation."""

from __future__ import annotations

from autograd.differentiable import differentiable


def _over(xp, value, x, limit):
    """value / x, with its limit at 0."""
    zero = x == 0
    return xp.where(zero, limit, value / xp.where(zero, 1.0, x))


@differentiable(x=lambda xp, g, x: -g * xp.bessel_j1(x), elementwise="float")
def bessel_j0(xp, x):
    """The Bessel function of the first kind of order 0."""
    return xp.bessel_j0(x)


@differentiable(x=lambda xp, g, x, out: g * (xp.bessel_j0(x) - _over(xp, out, x, 0.5)), elementwise="float")
def bessel_j1(xp, x):
    """The Bessel function of the first kind of order 1."""
    return xp.bessel_j1(x)


@differentiable(x=lambda xp, g, x: -g * xp.bessel_y1(x), elementwise="float")
def bessel_y0(xp, x):
    """The Bessel function of the second kind of order 0."""
    return xp.bessel_y0(x)


@differentiable(x=lambda xp, g, x, out: g * (xp.bessel_y0(x) - out / x), elementwise="float")
def bessel_y1(xp, x):
    """The Bessel function of the second kind of order 1."""
    return xp.bessel_y1(x)


@differentiable(x=lambda xp, g, x: g * xp.i1(x), elementwise="float")
def i0(xp, x):
    """The modified Bessel function of the first kind of order 0."""
    return xp.i0(x)


@differentiable(x=lambda xp, g, x, out: g * (xp.i0(x) - _over(xp, out, x, 0.5)), elementwise="float")
def i1(xp, x):
    """The modified Bessel function of the first kind of order 1."""
    return xp.i1(x)


@differentiable(x=lambda xp, g, x, out: g * (xp.i1e(x) - xp.sign(x) * out), elementwise="float")
def i0e(xp, x):
    """exp(-|x|) i0(x)."""
    return xp.i0e(x)


@differentiable(
    x=lambda xp, g, x, out: g * (xp.i0e(x) - xp.sign(x) * out - _over(xp, out, x, 0.5)), elementwise="float"
)
def i1e(xp, x):
    """exp(-|x|) i1(x)."""
    return xp.i1e(x)


@differentiable(x=lambda xp, g, x: -g * xp.modified_bessel_k1(x), elementwise="float")
def modified_bessel_k0(xp, x):
    """The modified Bessel function of the second kind of order 0."""
    return xp.modified_bessel_k0(x)


@differentiable(x=lambda xp, g, x, out: -g * (xp.modified_bessel_k0(x) + out / x), elementwise="float")
def modified_bessel_k1(xp, x):
    """The modified Bessel function of the second kind of order 1."""
    return xp.modified_bessel_k1(x)


@differentiable(x=lambda xp, g, x, out: g * (out - xp.scaled_modified_bessel_k1(x)), elementwise="float")
def scaled_modified_bessel_k0(xp, x):
    """eˣ times the modified Bessel function of the second kind of order 0."""
    return xp.scaled_modified_bessel_k0(x)


@differentiable(x=lambda xp, g, x, out: g * (out - xp.scaled_modified_bessel_k0(x) - out / x), elementwise="float")
def scaled_modified_bessel_k1(xp, x):
    """eˣ times the modified Bessel function of the second kind of order 1."""
    return xp.scaled_modified_bessel_k1(x)


@differentiable(x=lambda xp, g, x: g * xp.airy_ai_prime(x), elementwise="float")
def airy_ai(xp, x):
    """The Airy function Ai."""
    return xp.airy_ai(x)


@differentiable(x=lambda xp, g, x: g * x * xp.airy_ai(x), elementwise="float")
def airy_ai_prime(xp, x):
    """The derivative of the Airy function Ai."""
    return xp.airy_ai_prime(x)
