"""Standardization: the core of batch, layer, group and instance normalization."""

from __future__ import annotations

import math

from autograd.differentiable import differentiable


def _standardize_rule(xp, g, out, x_shape, axes):
    y, _, rstd = out
    gy, g_mean, g_rstd = g
    count = max(1, math.prod(x_shape[axis] for axis in axes))
    mean_g = xp.sum(gy, axis=axes, keepdims=True) / count
    mean_gy = xp.sum(gy * y, axis=axes, keepdims=True) / count
    along_y = rstd * mean_gy + g_rstd * (rstd * rstd) / count
    return rstd * gy - along_y * y - (rstd * mean_g - g_mean / count)


@differentiable(x=_standardize_rule, outputs=3)
def standardize(xp, x, *, axes, eps):
    """(x - mean) / √(var + eps) over `axes` with the biased variance; also the mean and 1 / √(var + eps)."""
    return xp.standardize(x, axes=axes, eps=eps)
