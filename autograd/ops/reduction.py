"""Reductions."""

from __future__ import annotations

from autograd.differentiable import differentiable


def spread(xp, g, shape, axis, keepdims):
    """A reduction's gradient, or its result, stretched over the axes that it reduced."""
    if not keepdims and axis is not None and len(shape):
        axes = {a % len(shape) for a in ((axis,) if isinstance(axis, int) else axis)}
        g = xp.reshape(g, shape=tuple(1 if a in axes else size for a, size in enumerate(shape)))
    return xp.broadcast_to(g, shape=shape)


@differentiable(x=lambda xp, g, x_shape, axis, keepdims: spread(xp, g, x_shape, axis, keepdims))
def sum(xp, x, *, axis=None, keepdims=False):
    """The sum over the axes; booleans and integers sum to int64."""
    return xp.sum(x, axis=axis, keepdims=keepdims)


def _extreme_rule(xp, g, x, out, x_shape, axis, keepdims):
    hit = xp.where(x == spread(xp, out, x_shape, axis, keepdims), xp.ones_like(x), 0.0)
    share = hit / xp.sum(hit, axis=axis, keepdims=True)
    return spread(xp, g, x_shape, axis, keepdims) * share


@differentiable(x=_extreme_rule)
def max(xp, x, *, axis=None, keepdims=False):
    """The largest element over the axes; those that tie share the gradient."""
    return xp.max(x, axis=axis, keepdims=keepdims)


@differentiable(x=_extreme_rule)
def min(xp, x, *, axis=None, keepdims=False):
    """The least element over the axes; those that tie share the gradient."""
    return xp.min(x, axis=axis, keepdims=keepdims)
