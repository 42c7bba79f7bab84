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
