"""Activation functions whose kernel or gradient is better than that of a composition."""

from __future__ import annotations

import math

from autograd.differentiable import differentiable

_RSQRT_2 = math.sqrt(0.5)
_RSQRT_2PI = 1 / math.sqrt(2 * math.pi)
_SQRT_2_PI = math.sqrt(2 / math.pi)
_CUBIC = 0.044715


@differentiable(x=lambda xp, g, out: xp.where(out <= 0, 0.0, g), elementwise=True, booleans=False)
def relu(xp, x):
    """max(x, 0) elementwise; the gradient at 0 is 0, and at NaN what comes."""
    return xp.maximum(x, 0)


def _gelu_rule(xp, g, x):
    return g * (0.5 * (1 + xp.erf(x * _RSQRT_2)) + x * xp.exp(-0.5 * x * x) * _RSQRT_2PI)


@differentiable(x=_gelu_rule, elementwise=True)
def gelu(xp, x):
    """x · Φ(x) with the standard normal distribution Φ."""
    return 0.5 * x * (1 + xp.erf(x * _RSQRT_2))


def _gelu_tanh_rule(xp, g, x):
    square = x * x
    t = xp.tanh(_SQRT_2_PI * x * (1 + _CUBIC * square))
    return g * (0.5 * (1 + t) + 0.5 * x * (1 - t * t) * (_SQRT_2_PI * (1 + 3 * _CUBIC * square)))


@differentiable(x=_gelu_tanh_rule, elementwise=True)
def gelu_tanh(xp, x):
    """gelu with Φ approximated by a hyperbolic tangent."""
    return 0.5 * x * (1 + xp.tanh(_SQRT_2_PI * x * (1 + _CUBIC * x * x)))


def _silu_rule(xp, g, x):
    s = xp.sigmoid(x)
    return g * (s * (1 + x * (1 - s)))


@differentiable(x=_silu_rule, elementwise=True)
def silu(xp, x):
    """x · sigmoid(x)."""
    return x * xp.sigmoid(x)


def _mish_rule(xp, g, x):
    t = xp.tanh(-xp.log_sigmoid(-x))
    return g * (t + x * (1 - t * t) * xp.sigmoid(x))


@differentiable(x=_mish_rule, elementwise=True)
def mish(xp, x):
    """x · tanh(log(1 + eˣ))."""
    return x * xp.tanh(-xp.log_sigmoid(-x))


@differentiable(
    x=lambda xp, g, x, beta, threshold: xp.where(x * beta > threshold, g, g * xp.sigmoid(x * beta)),
    elementwise=True,
)
def softplus(xp, x, *, beta, threshold):
    """log(1 + exp(beta · x)) / beta, and x where beta · x exceeds the threshold."""
    scaled = x * beta
    return xp.where(scaled > threshold, x, -xp.log_sigmoid(-scaled) / beta)


def _elu_rule(xp, g, x, alpha, scale, input_scale):
    bend = alpha * scale * input_scale
    return xp.where(x > 0, g * scale, g * bend * xp.exp(xp.where(x > 0, 0.0, x) * input_scale))


@differentiable(x=_elu_rule, elementwise=True)
def elu(xp, x, *, alpha, scale, input_scale):
    """scale · x where x > 0, elsewhere scale · alpha · (exp(input_scale · x) - 1)."""
    return xp.where(x > 0, x * scale, (alpha * scale) * xp.expm1(xp.minimum(x, 0) * input_scale))


@differentiable(x=lambda xp, g, x, slope: xp.where(x > 0, g, g * slope), elementwise=True)
def leaky_relu(xp, x, *, slope):
    """x where x > 0, elsewhere slope · x."""
    return xp.where(x > 0, x, x * slope)


@differentiable(x=lambda xp, g, x, low, high: xp.where((x > low) & (x < high), g, 0.0), elementwise=True)
def hardtanh(xp, x, *, low, high):
    """x limited to [low, high]; the gradient at the limits is 0."""
    return xp.minimum(xp.maximum(x, low), high)


@differentiable(
    x=lambda xp, g, x: xp.where(x <= -3, 0.0, xp.where(x < 3, g * (x / 3 + 0.5), g)),
    elementwise=True,
)
def hardswish(xp, x):
    """x · min(max(x + 3, 0), 6) / 6."""
    return x * xp.minimum(xp.maximum(x + 3, 0), 6) / 6


@differentiable(x=lambda xp, g, x, limit: xp.where((x >= -limit) & (x <= limit), 0.0, g), elementwise=True)
def softshrink(xp, x, *, limit):
    """x moved towards 0 by the limit, and 0 within it."""
    return xp.where(x > limit, x - limit, xp.where(x < -limit, x + limit, x * 0))


@differentiable(x=lambda xp, g, x, limit: xp.where((x >= -limit) & (x <= limit), 0.0, g), elementwise=True)
def hardshrink(xp, x, *, limit):
    """x, and 0 where |x| is at most the limit."""
    return xp.where((x >= -limit) & (x <= limit), 0.0, x)


@differentiable(x=lambda xp, g, x, limit: xp.where(x <= limit, 0.0, g), elementwise=True)
def threshold(xp, x, *, limit, value):
    """x where it exceeds the limit, elsewhere the value."""
    return xp.where(x <= limit, value, x)
