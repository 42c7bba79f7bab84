"""Losses with a kernel of their own, because the composition would be slow or unstable."""

from __future__ import annotations

from autograd.differentiable import differentiable


@differentiable(nondiff=True)
def one_hot_like(xp, x, target):
    """Where along axis 1 of x the class number is `target`: booleans of x's shape."""
    classes = x.shape[1]
    numbers = xp.reshape(
        xp.arange(0, classes, 1, target.dtype), shape=tuple(classes if axis == 1 else 1 for axis in range(x.ndim))
    )
    return xp.equal(xp.expand_dims(target, axis=1), numbers)


def _cross_entropy_rule(xp, g, x, target, out):
    _, total = out
    at_loss, at_total = g
    probability = xp.exp(x - xp.expand_dims(total, axis=1))
    chosen = xp.one_hot_like(x, target)
    at_loss = xp.expand_dims(at_loss, axis=1)
    return probability * (at_loss + xp.expand_dims(at_total, axis=1)) - xp.where(chosen, at_loss, 0.0)


@differentiable(x=_cross_entropy_rule, outputs=2)
def class_cross_entropy(xp, x, target):
    """log Σ eˣ - x[target] over the classes, axis 1 of x [N, C, ...], for integer targets [N, ...]; and log Σ eˣ."""
    top = xp.max(x, axis=1, keepdims=True)
    shifted = x - top
    total = xp.log(xp.sum(xp.exp(shifted), axis=1))
    chosen = xp.squeeze(xp.take_along_axis(shifted, xp.expand_dims(target, axis=1), axis=1), axis=1)
    return total - chosen, total + xp.squeeze(top, axis=1)


def _binary_entropy_rule(xp, g, x, y):
    return g * (x - y) / xp.maximum((1 - x) * x, 1e-12)


@differentiable(
    x=_binary_entropy_rule,
    y=lambda xp, g, x: g * (xp.maximum(xp.log1p(-x), -100.0) - xp.maximum(xp.log(x), -100.0)),
    elementwise=True,
)
def binary_entropy(xp, x, y):
    """-(y · log x + (1 - y) · log(1 - x)) elementwise, with logarithms of at least -100."""
    return (y - 1) * xp.maximum(xp.log1p(-x), -100.0) - y * xp.maximum(xp.log(x), -100.0)
