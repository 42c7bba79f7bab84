"""Elementwise arithmetic: sums, products, quotients and remainders, powers and roots, extrema, selection."""

from __future__ import annotations

from autograd import dtypes
from autograd.differentiable import differentiable


def zero(xp, g):
    """The gradient of what is constant almost everywhere."""
    return xp.zeros_like(g)


# --- arithmetic ------------------------------------------------------------------------------------------------------


@differentiable(x=lambda xp, g: g, y=lambda xp, g: g, elementwise=True)
def add(xp, x, y):
    """x + y elementwise; shapes broadcast."""
    return xp.add(x, y)


@differentiable(x=lambda xp, g: g, y=lambda xp, g: -g, elementwise=True, booleans=False)
def subtract(xp, x, y):
    """x - y elementwise; shapes broadcast."""
    return xp.subtract(x, y)


@differentiable(x=lambda xp, g, y: g * y, y=lambda xp, g, x: g * x, elementwise=True)
def multiply(xp, x, y):
    """x · y elementwise; shapes broadcast."""
    return xp.multiply(x, y)


@differentiable(x=lambda xp, g, y: g / y, y=lambda xp, g, x, y: -g * (x / y) / y, elementwise="float")
def divide(xp, x, y):
    """x / y elementwise; integers give the default floating type."""
    return xp.divide(x, y)


@differentiable(x=zero, y=zero, elementwise=True)
def floor_divide(xp, x, y):
    """⌊x / y⌋ elementwise."""
    return xp.floor_divide(x, y)


@differentiable(x=zero, y=zero, elementwise=True)
def trunc_divide(xp, x, y):
    """x / y rounded towards zero."""
    if xp.dtype_of(x).category >= dtypes.FLOATING:
        return xp.trunc(xp.divide(x, y))
    quotient = xp.floor_divide(x, y)
    return xp.where((quotient < 0) & (quotient * y != x), quotient + 1, quotient)


@differentiable(x=lambda xp, g: g, y=lambda xp, g, x, y: -g * xp.floor_divide(x, y), elementwise=True)
def remainder(xp, x, y):
    """x - ⌊x / y⌋ · y: the remainder with the sign of y, as Python's %."""
    return xp.remainder(x, y)


@differentiable(x=lambda xp, g: g, y=lambda xp, g, x, y: -g * xp.trunc_divide(x, y), elementwise=True)
def fmod(xp, x, y):
    """The remainder with the sign of x, as C's fmod."""
    return xp.fmod(x, y)


@differentiable(x=lambda xp, g: -g, elementwise=True, booleans=False)
def negative(xp, x):
    """-x elementwise."""
    return xp.negative(x)


@differentiable(x=lambda xp, g, x: g * xp.sign(xp.conj(x)), elementwise=True)
def abs(xp, x):
    """|x| elementwise; the gradient at 0 is 0. Complex input gives its real modulus."""
    return xp.abs(x)


def _sign_rule(xp, g, x, x_dtype):
    if not dtypes.lookup(x_dtype).is_complex:
        return xp.zeros_like(g)
    modulus = xp.abs(x)
    at_zero = modulus == 0
    direction = xp.sign(xp.conj(x))
    modulus = xp.where(at_zero, 1.0, modulus)
    return xp.where(at_zero, 0.0, (g - xp.real(g * xp.conj(direction)) * direction) / modulus)


@differentiable(x=_sign_rule, elementwise=True)
def sign(xp, x):
    """The sign of x: -1, 0 or 1; for complex x, x / |x|."""
    return xp.sign(x)


# --- powers and roots ------------------------------------------------------------------------------------------------


def _pow_base_rule(xp, g, x, y):
    zero = y == 0
    return xp.where(zero, 0.0, g * y * xp.pow(x, xp.where(zero, 1.0, y - 1)))


def _pow_exponent_rule(xp, g, x, y, out):
    flat = (x == 0) & (xp.real(y) >= 0)
    return xp.where(flat, 0.0, g * out * xp.log(xp.where(flat, 1.0, x)))


@differentiable(x=_pow_base_rule, y=_pow_exponent_rule, elementwise=True)
def pow(xp, x, y):
    """x to the power y elementwise; the gradient by y at x = 0 is 0."""
    return xp.pow(x, y)


@differentiable(x=lambda xp, g, x: g * (2 * x), elementwise=True)
def square(xp, x):
    """x² elementwise."""
    return xp.square(x)


@differentiable(x=lambda xp, g, out: g / (out + out), elementwise="float")
def sqrt(xp, x):
    """The square root elementwise."""
    return xp.sqrt(x)


@differentiable(x=lambda xp, g, out: g * (-0.5 * out * out * out), elementwise="float")
def rsqrt(xp, x):
    """1 / √x elementwise."""
    return xp.divide(1.0, xp.sqrt(x))


@differentiable(x=lambda xp, g, out: -g * (out * out), elementwise="float")
def reciprocal(xp, x):
    """1 / x elementwise."""
    return xp.divide(1.0, x)


@differentiable(
    x=lambda xp, g, x, out: g * (x / out),
    y=lambda xp, g, y, out: g * (y / out),
    elementwise=True,
)
def hypot(xp, x, y):
    """√(x² + y²) elementwise, without overflow."""
    return xp.hypot(x, y)


# --- extrema ---------------------------------------------------------------------------------------------------------


@differentiable(
    x=lambda xp, g, x, y: xp.where(x == y, g / 2, xp.where(x > y, g, 0.0)),
    y=lambda xp, g, x, y: xp.where(x == y, g / 2, xp.where(x > y, 0.0, g)),
    elementwise=True,
)
def maximum(xp, x, y):
    """The larger of x and y; NaN if either is. Where they are equal each gets half of the gradient."""
    return xp.maximum(x, y)


@differentiable(
    x=lambda xp, g, x, y: xp.where(x == y, g / 2, xp.where(x < y, g, 0.0)),
    y=lambda xp, g, x, y: xp.where(x == y, g / 2, xp.where(x < y, 0.0, g)),
    elementwise=True,
)
def minimum(xp, x, y):
    """The smaller of x and y; NaN if either is. Where they are equal each gets half of the gradient."""
    return xp.minimum(x, y)


@differentiable(
    x=lambda xp, g, x, y: xp.where((x >= y) | xp.isnan(y), g, 0.0),
    y=lambda xp, g, x, y: xp.where((x >= y) | xp.isnan(y), 0.0, g),
    elementwise=True,
)
def fmax(xp, x, y):
    """The larger of x and y, or the one that is not NaN."""
    return xp.fmax(x, y)


@differentiable(
    x=lambda xp, g, x, y: xp.where((x <= y) | xp.isnan(y), g, 0.0),
    y=lambda xp, g, x, y: xp.where((x <= y) | xp.isnan(y), 0.0, g),
    elementwise=True,
)
def fmin(xp, x, y):
    """The smaller of x and y, or the one that is not NaN."""
    return xp.fmin(x, y)


@differentiable(
    x=lambda xp, g, x, lower, upper: xp.where((x >= lower) & (x <= upper), g, 0.0),
    lower=lambda xp, g, x, lower, upper: xp.where((x < lower) & (lower < upper), g, 0.0),
    upper=lambda xp, g, x, lower, upper: xp.where((x > upper) | (upper < lower), g, 0.0),
    elementwise=True,
)
def clip(xp, x, lower, upper):
    """x limited to the interval from lower to upper; upper wins where they cross."""
    return xp.minimum(xp.maximum(x, lower), upper)


@differentiable(
    x=lambda xp, g, x, lower: xp.where(x >= lower, g, 0.0),
    lower=lambda xp, g, x, lower: xp.where(x < lower, g, 0.0),
    elementwise=True,
)
def clip_lower(xp, x, lower):
    """x, but at least lower; at equality the gradient goes to x."""
    return xp.maximum(x, lower)


@differentiable(
    x=lambda xp, g, x, upper: xp.where(x <= upper, g, 0.0),
    upper=lambda xp, g, x, upper: xp.where(x > upper, g, 0.0),
    elementwise=True,
)
def clip_upper(xp, x, upper):
    """x, but at most upper; at equality the gradient goes to x."""
    return xp.minimum(x, upper)


# --- selection and blending ------------------------------------------------------------------------------------------


@differentiable(
    x=lambda xp, g, condition: xp.where(condition, g, 0.0),
    y=lambda xp, g, condition: xp.where(condition, 0.0, g),
    elementwise=True,
)
def where(xp, condition, x, y):
    """x where the condition holds, elsewhere y; the three broadcast."""
    return xp.where(condition, x, y)


@differentiable(
    x=lambda xp, g, weight: g * (1 - weight),
    y=lambda xp, g, weight: g * weight,
    weight=lambda xp, g, x, y: g * (y - x),
    elementwise=True,
)
def lerp(xp, x, y, weight):
    """x + weight · (y - x), exact at both ends."""
    step = y - x
    return xp.where(xp.abs(weight) < 0.5, x + weight * step, y - (1 - weight) * step)


# --- conversion ------------------------------------------------------------------------------------------------------


@differentiable(x=lambda xp, g, x_dtype: xp.astype(g, dtype=x_dtype))
def astype(xp, x, *, dtype):
    """x converted to another element type; from complex to real keeps the real part."""
    return xp.astype(x, dtype)
