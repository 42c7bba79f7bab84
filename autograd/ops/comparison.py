"""Comparison, logic on truth values and on bits, classification, divisors: results without gradient."""

from __future__ import annotations

from autograd.differentiable import differentiable


@differentiable(elementwise=True, nondiff=True)
def equal(xp, x, y):
    """x == y elementwise."""
    return xp.equal(x, y)


@differentiable(elementwise=True, nondiff=True)
def not_equal(xp, x, y):
    """x != y elementwise."""
    return xp.not_equal(x, y)


@differentiable(elementwise=True, nondiff=True)
def greater(xp, x, y):
    """x > y elementwise."""
    return xp.greater(x, y)


@differentiable(elementwise=True, nondiff=True)
def greater_equal(xp, x, y):
    """x >= y elementwise."""
    return xp.greater_equal(x, y)


@differentiable(elementwise=True, nondiff=True)
def less(xp, x, y):
    """x < y elementwise."""
    return xp.less(x, y)


@differentiable(elementwise=True, nondiff=True)
def less_equal(xp, x, y):
    """x <= y elementwise."""
    return xp.less_equal(x, y)


@differentiable(elementwise=True, nondiff=True)
def logical_and(xp, x, y):
    """Whether both are nonzero."""
    return xp.logical_and(x, y)


@differentiable(elementwise=True, nondiff=True)
def logical_or(xp, x, y):
    """Whether one is nonzero."""
    return xp.logical_or(x, y)


@differentiable(elementwise=True, nondiff=True)
def logical_xor(xp, x, y):
    """Whether exactly one is nonzero."""
    return xp.logical_xor(x, y)


@differentiable(elementwise=True, nondiff=True)
def bitwise_and(xp, x, y):
    """The bitwise, for booleans logical, conjunction."""
    return xp.bitwise_and(x, y)


@differentiable(elementwise=True, nondiff=True)
def bitwise_or(xp, x, y):
    """The bitwise, for booleans logical, disjunction."""
    return xp.bitwise_or(x, y)


@differentiable(elementwise=True, nondiff=True)
def bitwise_xor(xp, x, y):
    """The bitwise, for booleans logical, exclusive or."""
    return xp.bitwise_xor(x, y)


@differentiable(elementwise=True, nondiff=True)
def bitwise_left_shift(xp, x, y):
    """x with its bits moved y places up."""
    return xp.bitwise_left_shift(x, y)


@differentiable(elementwise=True, nondiff=True)
def bitwise_right_shift(xp, x, y):
    """x with its bits moved y places down; the sign fills the room."""
    return xp.bitwise_right_shift(x, y)


@differentiable(elementwise=True, nondiff=True)
def gcd(xp, x, y):
    """The greatest common divisor."""
    return xp.gcd(x, y)


@differentiable(elementwise=True, nondiff=True)
def lcm(xp, x, y):
    """The least common multiple."""
    return xp.lcm(x, y)


@differentiable(elementwise=True, nondiff=True)
def logical_not(xp, x):
    """Whether x is zero."""
    return xp.logical_not(x)


@differentiable(elementwise=True, nondiff=True)
def bitwise_invert(xp, x):
    """The bitwise, for booleans logical, complement."""
    return xp.bitwise_invert(x)


@differentiable(elementwise=True, nondiff=True)
def isnan(xp, x):
    """Whether x is not a number."""
    return xp.isnan(x)


@differentiable(elementwise=True, nondiff=True)
def isinf(xp, x):
    """Whether x is infinite."""
    return xp.isinf(x)


@differentiable(elementwise=True, nondiff=True)
def isfinite(xp, x):
    """Whether x is neither infinite nor NaN."""
    return xp.isfinite(x)


@differentiable(elementwise=True, nondiff=True)
def signbit(xp, x):
    """Whether the sign of x is negative, that of -0.0 included."""
    return xp.signbit(x)
