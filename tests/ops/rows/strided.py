"""Views by strides and sliding windows."""

import numpy as np

from tests.ops.cases import Row, draw


def _strided(x, size, stride, offset):
    return np.lib.stride_tricks.as_strided(x.reshape(-1)[offset:], size, tuple(n * x.itemsize for n in stride)).copy()


def _strided_zeros(x, shape, stride, offset):
    out = np.zeros(shape, x.dtype).reshape(-1)
    for place in np.ndindex(x.shape):
        out[offset + sum(i * step for i, step in zip(place, stride, strict=True))] += x[place]
    return out.reshape(shape)


def _sliding(x, size, step):
    return np.lib.stride_tricks.sliding_window_view(x, size, 1)[:, ::step]


def _sliding_zeros(x, shape, step):
    out = np.zeros(shape, x.dtype)
    for window in range(x.shape[1]):
        out[:, window * step : window * step + x.shape[2]] += x[:, window]
    return out


ROWS = [
    Row("as_strided", (draw(3, 4),), {"size": (2, 3), "stride": (1, 2), "offset": 1},
        lambda x: _strided(np.ascontiguousarray(x), (2, 3), (1, 2), 1), strict=False, complex=True),
    Row("as_strided_zeros", (draw(2, 3),), {"shape": (3, 4), "size": (2, 3), "stride": (1, 2), "offset": 1},
        lambda x: _strided_zeros(x, (3, 4), (1, 2), 1), strict=False, complex=True),
    Row("sliding", (draw(2, 7),), {"axis": 1, "size": 3, "step": 2}, lambda x: _sliding(x, 3, 2), strict=False,
        complex=True),
    Row("sliding_zeros", (draw(2, 3, 3),), {"shape": (2, 7), "axis": 1, "size": 3, "step": 2},
        lambda x: _sliding_zeros(x, (2, 7), 2), complex=True, strict=False),
]  # fmt: skip
