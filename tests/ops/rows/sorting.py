"""Orders, medians, and searching in sorted arrays."""

import numpy as np

from tests.ops.cases import Row, draw

TIES = np.array([[2.0, 1.0, 2.0, 0.5], [3.0, 3.0, 0.0, 0.0], [np.nan, 1.0, 0.0, np.nan]])
EDGES = np.array([0.0, 1.0, 1.0, 2.0])
WANTED = np.array([[-1.0, 1.0, 1.5], [2.0, 3.0, 0.0]])


def _descending(x):
    last = x.shape[1] - 1
    return last - np.argsort(x[:, ::-1], axis=1, kind="stable")[:, ::-1]


def _lower_median(x):
    return np.sort(x, axis=None)[(x.size - 1) // 2]


ROWS = [
    Row("argsort", (draw(values=TIES),), {"axis": 1}, lambda x: np.argsort(x, 1, kind="stable"), order=0),
    Row("argsort", (draw(values=TIES),), {"axis": 1, "descending": True}, _descending, order=0, label="descending"),
    Row("median", (draw(3, 4, distinct=True),), {}, _lower_median),
    Row("median_place", (draw(values=TIES),), {"axis": 1}, lambda x: np.array([[1], [3], [0]]), order=0),
    Row(
        "median_place", (draw(values=TIES),), {"axis": 1, "ignore_nan": True},
        lambda x: np.array([[1], [3], [2]]), order=0, label="nan",
    ),
    Row("mode_place", (draw(values=TIES),), {"axis": 1}, lambda x: np.array([[2], [3], [2]]), order=0),
    Row("searchsorted", (draw(values=EDGES), draw(values=WANTED)), {}, np.searchsorted, order=0),
    Row(
        "searchsorted", (draw(values=np.stack([EDGES, EDGES + 1])), draw(values=WANTED)), {},
        lambda edges, values: np.stack([np.searchsorted(*row) for row in zip(edges, values, strict=True)]), order=0,
        label="rows",
    ),
    Row(
        "searchsorted", (draw(values=EDGES), draw(values=WANTED)), {"side": "right"},
        lambda edges, values: np.searchsorted(edges, values, side="right"), order=0, label="right",
    ),
]  # fmt: skip
