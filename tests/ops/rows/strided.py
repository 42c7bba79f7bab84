"""Sliding windows; views by strides are among the rows of views."""

import numpy as np

from tests.ops.cases import Row, draw


def _sliding(x, size, step):
    return np.lib.stride_tricks.sliding_window_view(x, size, 1)[:, ::step]


def _sliding_zeros(x, shape, step):
    out = np.zeros(shape, x.dtype)
    for window in range(x.shape[1]):
        out[:, window * step : window * step + x.shape[2]] += x[:, window]
    return out


ROWS = [
    Row("sliding", (draw(2, 7),), {"axis": 1, "size": 3, "step": 2}, lambda x: _sliding(x, 3, 2), strict=False,
        complex=True),
    Row("sliding_zeros", (draw(2, 3, 3),), {"shape": (2, 7), "axis": 1, "size": 3, "step": 2},
        lambda x: _sliding_zeros(x, (2, 7), 2), complex=True, strict=False),
]  # fmt: skip
