"""Running sums, products and extrema."""

import numpy as np

from tests.ops.cases import Row, draw

ZEROS = np.array([[2.0, 0.0, 3.0, 0.0, 1.0], [0.0, 0.5, 1.5, -1.0, 2.0], [1.0, -2.0, 0.5, 3.0, 1.0]])
TIES = np.array([[2.0, 1.0, 2.0, 5.0], [3.0, 3.0, 0.0, 0.0]])


def _recurrence(a, b):
    out = b.copy()
    for k in range(1, b.shape[1]):
        out[:, k] += a[:, k] * out[:, k - 1]
    return out


def _running(function, x):
    values = function.accumulate(x, axis=1)
    places = np.where(values == x, np.arange(x.shape[1]), 0)
    return values, np.maximum.accumulate(places, axis=1)


ROWS = [
    Row("cumsum", (draw(2, 3),), {"axis": 1}, lambda x: np.cumsum(x, 1), complex=True),
    Row("cumprod", (draw(2, 5),), {"axis": 1}, lambda x: np.cumprod(x, 1), complex=True),
    Row("cumprod", (draw(values=ZEROS),), {"axis": 1}, lambda x: np.cumprod(x, 1), label="zeros"),
    Row("linear_recurrence", (draw(2, 6), draw(2, 6)), {"axis": 1}, _recurrence, complex=True),
    Row("logcumsumexp", (draw(2, 5),), {"axis": 1}, lambda x: np.log(np.cumsum(np.exp(x), 1)), complex=True),
    Row("cummax", (draw(values=TIES),), {"axis": 1}, lambda x: _running(np.maximum, x), order=0),
    Row("cummin", (draw(values=TIES),), {"axis": 1}, lambda x: _running(np.minimum, x), order=0),
]
