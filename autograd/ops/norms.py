"""Vector norms."""

from __future__ import annotations

import math

from autograd.differentiable import differentiable
from autograd.ops.reduction import spread


def _norm_rule(xp, g, x, out, x_shape, x_dtype, order, axis, keepdims):
    g, out = spread(xp, g, x_shape, axis, keepdims), spread(xp, out, x_shape, axis, keepdims)
    if order == 0:
        return xp.astype(xp.zeros_like(g), dtype=x_dtype)
    size = xp.abs(x)
    if order in (math.inf, -math.inf):
        hit = size == out
        ones = xp.where(hit, xp.ones_like(g), 0.0)
        factor = g * ones / spread(xp, xp.sum(ones, axis=axis, keepdims=True), x_shape, axis, True)
    elif order == 1:
        factor = g
    elif order == 2:
        zero = out == 0
        return xp.astype(xp.where(zero, 0.0, g / out), dtype=x_dtype) * xp.conj(x)
    else:
        zero = size == 0
        ratio = xp.where(zero, 1.0, size) / xp.where(zero, 1.0, out)
        factor = xp.where(zero, 0.0, g * xp.pow(ratio, order - 1))
    if x_dtype.kind != "c":
        return factor * xp.sign(x)
    safe = xp.where(size == 0, 1.0, size)
    return xp.astype(factor / safe, dtype=x_dtype) * xp.conj(x)


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
        return xp.astype(xp.sum(size != 0, axis=axis, keepdims=keepdims), size.dtype)
    if order == 1:
        return xp.sum(size, axis=axis, keepdims=keepdims)
    if order == 2:
        return xp.sqrt(xp.sum(size * size, axis=axis, keepdims=keepdims))
    return xp.pow(xp.sum(xp.pow(size, order), axis=axis, keepdims=keepdims), 1 / order)
