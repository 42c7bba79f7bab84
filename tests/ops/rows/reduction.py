"""Reductions over no, one and several axes."""

import numpy as np
from scipy.special import logsumexp

from tests.ops.cases import Row, draw

TIES = np.array([[2.0, 1.0, 2.0], [0.0, 3.0, 3.0]])
ZEROS = np.array([[2.0, 0.0, 3.0], [0.0, 0.0, 1.5], [1.0, -2.0, 0.5]])
TRUTHS = np.array([[True, False, True], [False, False, False]])
SEVERAL = {"axis": (0, 2), "keepdims": True}

ROWS = [
    Row("sum", (draw(2, 3),), {}, np.sum, complex=True),
    Row("sum", (draw(2, 3, 4),), SEVERAL, lambda x: np.sum(x, (0, 2), keepdims=True), complex=True, label="axes"),
    Row("mean", (draw(2, 3),), {}, np.mean, complex=True),
    Row("mean", (draw(2, 3, 4),), {"axis": (0, 2)}, lambda x: np.mean(x, (0, 2)), complex=True, label="axes"),
    Row("prod", (draw(2, 3),), {"axis": 1}, lambda x: np.prod(x, 1), complex=True),
    Row(
        "prod", (draw(values=ZEROS),), {"axis": 1, "keepdims": True}, lambda x: np.prod(x, 1, keepdims=True), label="0"
    ),
    Row("max", (draw(3, 4, distinct=True),), {}, np.max),
    Row("max", (draw(3, 4, distinct=True),), {"axis": (1,)}, lambda x: np.max(x, 1), label="axis"),
    Row("min", (draw(3, 4, distinct=True),), {}, np.min),
    Row(
        "min",
        (draw(3, 4, distinct=True),),
        {"axis": (0,), "keepdims": True},
        lambda x: x.min(0, keepdims=True),
        label="axis",
    ),
    Row("argmax", (draw(3, 4),), {}, np.argmax, order=0),
    Row("argmax", (draw(values=TIES),), {"axis": 1}, lambda x: np.argmax(x, 1), order=0, label="ties"),
    Row("argmin", (draw(3, 4),), {"axis": 0, "keepdims": True}, lambda x: np.argmin(x, 0, keepdims=True), order=0),
    Row("var", (draw(2, 3),), {}, lambda x: np.var(x, ddof=1), complex=True),
    Row(
        "var", (draw(2, 3, 4),), {**SEVERAL, "correction": 0}, lambda x: np.var(x, (0, 2), keepdims=True), label="axes"
    ),
    Row("std", (draw(2, 3),), {"axis": (1,)}, lambda x: np.std(x, 1, ddof=1), complex=True),
    Row("logsumexp", (draw(2, 3),), {"axis": (1,)}, lambda x: logsumexp(x, 1), complex=True),
    Row("logsumexp", (draw(2, 3, 4),), SEVERAL, lambda x: logsumexp(x, (0, 2), keepdims=True), label="axes"),
    Row("all", (draw(values=TRUTHS),), {"axis": (1,)}, lambda x: np.all(x, 1), order=0),
    Row("any", (draw(values=TRUTHS),), {"axis": (1,)}, lambda x: np.any(x, 1), order=0),
    Row("count_nonzero", (draw(values=ZEROS),), {"axis": (0,)}, lambda x: np.count_nonzero(x, 0), order=0),
]
