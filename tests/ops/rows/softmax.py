"""Exponentials that are normalized."""

from scipy.special import log_softmax, softmax

from tests.ops.cases import Row, draw

ROWS = [
    Row("softmax", (draw(2, 3),), {"axis": 1}, lambda x: softmax(x, axis=1)),
    Row("log_softmax", (draw(2, 3),), {"axis": -1}, lambda x: log_softmax(x, axis=-1)),
]
