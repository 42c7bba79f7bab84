"""Exponentials that are normalized: softmax and its logarithm."""

from __future__ import annotations

from autograd.differentiable import differentiable


@differentiable(x=lambda xp, g, out, axis: out * (g - xp.sum(g * out, axis=axis, keepdims=True)))
def softmax(xp, x, *, axis):
    """eˣ / Σ eˣ along an axis."""
    return xp.softmax(x, axis=axis)


@differentiable(x=lambda xp, g, out, axis: g - xp.exp(out) * xp.sum(g, axis=axis, keepdims=True))
def log_softmax(xp, x, *, axis):
    """x - log Σ eˣ along an axis."""
    return xp.log_softmax(x, axis=axis)
