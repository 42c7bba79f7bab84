"""Standardization, and the gradient scaled."""

import numpy as np

from tests.ops.cases import Row, draw


def _standardized(x):
    mean = x.mean((0, 2), keepdims=True)
    rstd = 1 / np.sqrt(x.var((0, 2), keepdims=True) + 0.1)
    return (x - mean) * rstd, mean, rstd


ROWS = [
    Row("standardize", (draw(2, 3, 4),), {"axes": (0, 2), "eps": 0.1}, _standardized),
    Row("scale_gradient", (draw(2, 3), draw(values=np.ones((2, 1)))), reference=lambda x, factor: x.copy()),
]
