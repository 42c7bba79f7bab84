"""Where the maxima of windows are, in one walk over the windows."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from autograd.backends.numpy.compiled.jit import BLOCK, loop, threaded, worthwhile

PARALLEL = 1 << 16


@loop
def _max_pool(x, out, kernel, stride, padding, dilation):
    height, width = x.shape[1], x.shape[2]
    lowest = x.dtype.type(-np.inf)
    for image in range(x.shape[0]):
        plane, to = x[image].reshape(-1), out[image]
        for i in range(to.shape[0]):
            top = i * stride[0] - padding[0]
            first_i = (max(0, -top) + dilation[0] - 1) // dilation[0]
            last_i = min(kernel[0], (height - top + dilation[0] - 1) // dilation[0])
            for j in range(to.shape[1]):
                left = j * stride[1] - padding[1]
                first_j = (max(0, -left) + dilation[1] - 1) // dilation[1]
                # A window of nothing but -inf answers with its first position that is not padding.
                place = (top + first_i * dilation[0]) * width + left + first_j * dilation[1]
                best = lowest
                last_j = min(kernel[1], (width - left + dilation[1] - 1) // dilation[1])
                for a in range(first_i, last_i):
                    start = (top + a * dilation[0]) * width + left
                    for b in range(first_j, last_j):
                        here = start + b * dilation[1]
                        value = plane[here]
                        wins = (value > best) | (value != value)  # without a branch, which would be guessed wrongly
                        best = value if wins else best
                        place = here if wins else place
                to[i, j] = place


@threaded
def _max_pool_blocks(x, out, kernel, stride, padding, dilation):
    images = max(1, BLOCK // (x.shape[1] * x.shape[2]))
    for block in numba.prange((x.shape[0] + images - 1) // images):
        part = slice(block * images, (block + 1) * images)
        _max_pool(x[part], out[part], kernel, stride, padding, dilation)


def max_pool_indices(x: Any, out_sizes: Any, kernel: Any, stride: Any, padding: Any, dilation: Any) -> Any:
    """The reference's positions for [images, height, width] and pairs of options."""
    out = np.empty((x.shape[0], *out_sizes), np.int64)
    function = _max_pool_blocks if worthwhile(x.size, PARALLEL) else _max_pool
    function(x, out, kernel, stride, padding, dilation)
    return out
