"""Standardization: the common core of batch, layer, group and instance normalization."""

from __future__ import annotations

import math
from typing import Any

from autograd.backends.reference.common import Array, narrow, widen


def standardize(
    xp: Any, x: Array, *, axes: tuple[int, ...], eps: float
) -> tuple[Array, Array, Array]:
    """(x - mean) / √(var + eps) over `axes`, with the biased variance; also the mean and 1 / √(var + eps).

    The statistics keep the reduced axes with length 1.

    Examples
    --------
    >>> import numpy as np
    >>> y, mean, rstd = standardize(np, np.array([[1.0, 3.0]]), axes=(1,), eps=0.0)
    >>> y, mean, rstd
    (array([[-1.,  1.]]), array([[2.]]), array([[1.]]))
    """
    dtype, x = x.dtype, widen(xp, x)
    count = max(1, math.prod(x.shape[axis] for axis in axes))
    mean = xp.sum(x, axis=axes, keepdims=True) / count
    # Two passes: the mean of squares minus the squared mean cancels.
    centered = x - mean
    variance = xp.sum(centered * centered, axis=axes, keepdims=True) / count
    rstd = 1.0 / xp.sqrt(variance + eps)
    return (
        narrow(xp, centered * rstd, dtype),
        narrow(xp, mean, dtype),
        narrow(xp, rstd, dtype),
    )
