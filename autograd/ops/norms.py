"""Vector norms."""

from __future__ import annotations

import math

from autograd.differentiable import differentiable
from autograd.ops.reduction import spread
from autograd.ops.scan import widened


def _norm_rule(xp, g, x, out, x_shape, x_dtype, order, axis, keepdims):
    def whole(y):
        return spread(xp, y, x_shape, axis, keepdims)

    g = xp.astype(g, dtype=x_dtype)
    if order == 0:
        return xp.zeros_like(x)
    if order == 2:
        norm = whole(out)
        return whole(g) * xp.where(norm == 0, norm, xp.conj(x) / norm)
    size = xp.abs(x)
    if 1 < order < math.inf:
        scale = whole(xp.where(out == 0, out, g / xp.astype(xp.pow(out, order - 1), dtype=x_dtype)))
        if order > 2:
            return xp.conj(x) * xp.astype(xp.pow(size, order - 2), dtype=x_dtype) * scale
        return xp.astype(xp.pow(size, order - 1), dtype=x_dtype) * scale * _unit(xp, x, size, x_dtype)
    g, norm, unit = whole(g), whole(out), _unit(xp, x, size, x_dtype)
    if order == 1:
        return g * unit
    if order in (math.inf, -math.inf):
        ones = xp.where(size == norm, xp.ones_like(size), 0.0)
        factor = ones / spread(xp, xp.sum(ones, axis=axis, keepdims=True), x_shape, axis, True)
    else:
        factor = xp.where(size == 0, 0.0, xp.pow(size, order - 1)) * xp.pow(norm, 1 - order)
    return g * xp.astype(factor, dtype=x_dtype) * unit


def _unit(xp, x, size, x_dtype):
    """conj(x) / |x|, and 0 at 0."""
    if size.dtype == x.dtype:
        return xp.sign(x)
    inverse = xp.where(size == 0, 0.0, 1 / xp.where(size == 0, 1.0, size))
    return xp.conj(x) * xp.astype(inverse, dtype=x_dtype)


@differentiable(x=_norm_rule)
def vector_norm(xp, x, *, order=2.0, axis=None, keepdims=False):
    """(Σ |x|^order)^(1/order), the largest or least |x| for ±inf, the number of elements that are not 0 for 0.

    The gradient at 0 is 0; elements that tie for the largest share it.
    """
    size = xp.abs(x)
    if order == math.inf:
        return xp.max(size, axis=axis, keepdims=keepdims)
    if order == -math.inf:
        return xp.min(size, axis=axis, keepdims=keepdims)
    if order == 0:
        return xp.sum(xp.astype(size != 0, size.dtype), axis=axis, keepdims=keepdims)
    if order == 1:
        return xp.sum(size, axis=axis, keepdims=keepdims)
    wide = widened(xp, size)  # a square overflows long before the norm does
    if order == 2:
        norm = xp.sqrt(xp.sum(wide * wide, axis=axis, keepdims=keepdims))
    else:
        norm = xp.pow(xp.sum(xp.pow(wide, order), axis=axis, keepdims=keepdims), 1 / order)
    return norm if wide is size else xp.astype(norm, size.dtype)
