"""Losses with a kernel of their own."""

import numpy as np
from scipy.special import logsumexp

from tests.ops.cases import Row, draw

TARGETS = np.array([[0, 2], [1, 2]])


def _cross_entropy(x, target):
    total = logsumexp(x, axis=1)
    return total - np.take_along_axis(x, target[:, None], axis=1)[:, 0], total


ROWS = [
    Row(
        "one_hot_like",
        (draw(2, 3, 2), draw(values=TARGETS)),
        reference=lambda x, target: target[:, None] == np.arange(3)[:, None],
        order=0,
    ),
    Row("class_cross_entropy", (draw(2, 3, 2), draw(values=TARGETS)), reference=_cross_entropy),
    Row(
        "binary_entropy",
        (draw(2, 3, low=0.1, high=0.9), draw(2, 3, low=0.1, high=0.9)),
        reference=lambda x, y: -(y * np.log(x) + (1 - y) * np.log(1 - x)),
        elementwise=True,
        half=False,
    ),
]
