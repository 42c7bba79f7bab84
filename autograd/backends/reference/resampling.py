"""Sliding blocks as columns (im2col) and their sum back into a grid (col2im)."""

from __future__ import annotations

import math
from typing import Any

from autograd.backends.reference.common import Array, narrow, widen
from autograd.backends.reference.windows import (
    crop_spatial,
    gather_windows,
    output_sizes,
    pad_spatial,
    scatter_windows,
)


def unfold(
    xp: Any,
    x: Array,
    *,
    kernel: tuple[int, ...],
    stride: tuple[int, ...],
    padding: tuple[int, ...],
    dilation: tuple[int, ...],
) -> Array:
    """Every sliding block as a column: [..., C, sizes] to [..., C · taps, blocks], PyTorch's `nn.functional.unfold`.

    Examples
    --------
    >>> import numpy as np
    >>> unfold(np, np.array([[1.0, 2.0, 3.0]]), kernel=(2,), stride=(1,), padding=(0,), dilation=(1,))
    array([[1., 2.],
           [2., 3.]])
    """
    split = x.ndim - len(kernel)
    lead, sizes = x.shape[:split], x.shape[split:]
    out = output_sizes(sizes, kernel, stride, padding, dilation)
    columns = gather_windows(
        xp, pad_spatial(xp, x, padding, padding), split, kernel, stride, dilation, out
    )
    return xp.reshape(
        columns, (*lead[:-1], lead[-1] * math.prod(kernel), math.prod(out))
    )


def fold(
    xp: Any,
    cols: Array,
    *,
    output_size: tuple[int, ...],
    kernel: tuple[int, ...],
    stride: tuple[int, ...],
    padding: tuple[int, ...],
    dilation: tuple[int, ...],
) -> Array:
    """The adjoint of `unfold`: [..., C · taps, blocks] to [..., C, output_size], overlaps added.

    Raises
    ------
    ValueError
        If the columns' length is no multiple of the kernel's, or their number not that of the blocks.
    """
    count = math.prod(kernel)
    out = output_sizes(output_size, kernel, stride, padding, dilation)
    *lead, rows, blocks = cols.shape
    if rows % count or blocks != math.prod(out):
        raise ValueError(
            f"fold: columns of shape {cols.shape} do not fit: a kernel {kernel} needs a multiple of {count} rows, and "
            f"output_size {output_size} has {math.prod(out)} blocks"
        )
    dtype = cols.dtype
    columns = xp.reshape(widen(xp, cols), (*lead, rows // count, count, *out))
    padded_sizes = tuple(s + 2 * p for s, p in zip(output_size, padding, strict=True))
    padded = scatter_windows(
        xp, columns, len(lead) + 1, padded_sizes, kernel, stride, dilation
    )
    return narrow(xp, crop_spatial(padded, padding, tuple(output_size)), dtype)
