"""Elementwise arithmetic, powers, exponentials and logarithms, rounding and comparison."""

from __future__ import annotations


from autograd.differentiable import differentiable

# --- arithmetic ------------------------------------------------------------------------------------------------------


@differentiable(x=lambda xp, g: g, y=lambda xp, g: g, elementwise=True)
def add(xp, x, y):
    """x + y elementwise; shapes broadcast."""
    return xp.add(x, y)


@differentiable(x=lambda xp, g: g, y=lambda xp, g: -g, elementwise=True)
def subtract(xp, x, y):
    """x - y elementwise; shapes broadcast."""
    return xp.subtract(x, y)


@differentiable(x=lambda xp, g, y: g * y, y=lambda xp, g, x: g * x, elementwise=True)
def multiply(xp, x, y):
    """x · y elementwise; shapes broadcast."""
    return xp.multiply(x, y)


@differentiable(x=lambda xp, g, y: g / y, y=lambda xp, g, y, out: -g * out / y, elementwise="float")
def divide(xp, x, y):
    """x / y elementwise; integers give the default floating type."""
    return xp.divide(x, y)


@differentiable(x=lambda xp, g: -g, elementwise=True)
def negative(xp, x):
    """-x elementwise."""
    return xp.negative(x)


@differentiable(x=lambda xp, g, x: g * xp.sign(xp.conj(x)), elementwise=True)
def abs(xp, x):
    """|x| elementwise; the gradient at 0 is 0. Complex input gives its real modulus."""
    return xp.abs(x)


@differentiable(x=lambda xp, g: xp.zeros_like(g), elementwise=True)
def sign(xp, x):
    """The sign of x: -1, 0 or 1; for complex x, x / |x|."""
    return xp.sign(x)


@differentiable(x=lambda xp, g: xp.conj(g), elementwise=True)
def conj(xp, x):
    """The complex conjugate; real input is unchanged."""
    return xp.conj(x)


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


@differentiable(x=lambda xp, g, out: g / (2 * out), elementwise="float")
def sqrt(xp, x):
    """The square root elementwise."""
    return xp.sqrt(x)


@differentiable(x=lambda xp, g, out: -g * (out * out), elementwise="float")
def reciprocal(xp, x):
    """1 / x elementwise."""
    return xp.divide(1.0, x)


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


# --- exponentials and logarithms -------------------------------------------------------------------------------------


@differentiable(x=lambda xp, g, out: g * out, elementwise="float")
def exp(xp, x):
    """eˣ elementwise."""
    return xp.exp(x)


@differentiable(x=lambda xp, g, x: g / x, elementwise="float")
def log(xp, x):
    """The natural logarithm elementwise."""
    return xp.log(x)


@differentiable(x=lambda xp, g, out: g * (1 - out * out), elementwise="float")
def tanh(xp, x):
    """The hyperbolic tangent elementwise."""
    return xp.tanh(x)


@differentiable(x=lambda xp, g, out: g * (out * (1 - out)), elementwise="float")
def sigmoid(xp, x):
    """The logistic function 1 / (1 + e⁻ˣ) elementwise."""
    return xp.divide(1.0, 1.0 + xp.exp(-x))


@differentiable(x=lambda xp, g, out: xp.where(out > 0, g, 0.0), elementwise=True)
def relu(xp, x):
    """max(x, 0) elementwise; the gradient at 0 is 0."""
    return xp.maximum(x, 0)


@differentiable(
    x=lambda xp, g, condition: xp.where(condition, g, 0.0),
    y=lambda xp, g, condition: xp.where(condition, 0.0, g),
    elementwise=True,
)
def where(xp, condition, x, y):
    """x where the condition holds, elsewhere y; the three broadcast."""
    return xp.where(condition, x, y)


# --- comparison ------------------------------------------------------------------------------------------------------


@differentiable(elementwise=True, nondiff=True)
def equal(xp, x, y):
    """x == y elementwise."""
    return xp.equal(x, y)


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
def not_equal(xp, x, y):
    """x != y elementwise."""
    return xp.not_equal(x, y)


@differentiable(elementwise=True, nondiff=True)
def bitwise_and(xp, x, y):
    """The bitwise (for booleans: logical) conjunction."""
    return xp.bitwise_and(x, y)


# --- complex parts, conversion ------------------------------------------------------------------------------------------------------


@differentiable(x=lambda xp, g, x_dtype: xp.astype(g, dtype=x_dtype))
def astype(xp, x, *, dtype):
    """x converted to another element type; from complex to real keeps the real part."""
    return xp.astype(x, dtype)


@differentiable(x=lambda xp, g, x_dtype: xp.astype(g, dtype=x_dtype), view=True)
def real(xp, x):
    """The real part; real input is returned as it is."""
    return xp.real(x)
