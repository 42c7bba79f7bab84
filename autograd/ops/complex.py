"""Complex numbers: parts, angle, conjugate, and the two views between a complex number and a pair."""

from __future__ import annotations

import math

from autograd import dtypes
from autograd.differentiable import differentiable


@differentiable(x=lambda xp, g: xp.conj(g), elementwise=True)
def conj(xp, x):
    """The complex conjugate; real input is unchanged."""
    return xp.conj(x)


@differentiable(x=lambda xp, g, x_dtype: xp.astype(g, dtype=x_dtype), view=True)
def real(xp, x):
    """The real part; real input is returned as it is."""
    return xp.real(x)


@differentiable(x=lambda xp, g, x_dtype: xp.astype(g * -1j, dtype=x_dtype), view=True)
def imag(xp, x):
    """The imaginary part of a complex array."""
    return xp.imag(x)


def _angle_rule(xp, g, x, x_dtype):
    if not dtypes.lookup(x_dtype).is_complex:
        return xp.zeros_like(g)
    zero = x == 0
    return xp.where(zero, 0.0, g * -1j / xp.where(zero, 1.0, x))


@differentiable(x=_angle_rule, elementwise="float")
def angle(xp, x):
    """The angle of x in the complex plane, in (-π, π]; the gradient at 0 is 0."""
    if xp.dtype_of(x).is_complex:
        return xp.atan2(xp.imag(x), xp.real(x))
    return xp.where(x < 0, math.pi, xp.where(xp.isnan(x), x, xp.zeros_like(x)))


@differentiable(x=lambda xp, g: xp.real(g), y=lambda xp, g: -xp.imag(g), elementwise="float")
def complex(xp, x, y):
    """x + iy."""
    return xp.complex(x, y)


@differentiable(x=lambda xp, g: xp.conj(xp.view_as_complex(g)), view=True)
def view_as_real(xp, x):
    """Complex numbers as pairs along a new last axis, in the same memory."""
    return xp.view_as_real(x)


@differentiable(x=lambda xp, g: xp.view_as_real(xp.conj(g)), view=True)
def view_as_complex(xp, x):
    """The pairs along the last axis as complex numbers, in the same memory where its layout allows it."""
    return xp.view_as_complex(x)
