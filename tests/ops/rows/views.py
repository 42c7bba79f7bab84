"""Indexing, and reading and writing through views.

Indices with arrays of integers are more than the array API standard has, so that array-api-strict refuses these.
"""

import numpy as np

from autograd import ops
from autograd.alias import Path
from tests.ops.cases import Row, draw

MASK = np.array([True, False, True])
REPEATED = np.array([2, 0, 2])
BASIC = (slice(None, None, -1), slice(1, 3))
PATH = Path(((ops.getitem.op, {"index": (slice(1, 3), ...)}), (ops.permute_dims.op, {"axes": (1, 0)})))

TRANSPOSED = Path(((ops.permute_dims.op, {"axes": (1, 0)}), (ops.reshape.op, {"shape": (6,)})))
STRIDED = np.array([[1, 4], [3, 6], [5, 8]])
PAIRS = Path(((ops.view_as_real.op, {}),))


def _put(x, value, index, accumulate=False):
    out = x.copy()
    if accumulate:
        np.add.at(out, index, value)
    else:
        out[index] = value
    return out


def _into_zeros(x, shape, index):
    return _put(np.zeros(shape, x.dtype), x, index, accumulate=True)


ROWS = [
    Row("getitem", (draw(3, 4),), {"index": BASIC}, lambda x: x[BASIC], complex=True, label="basic"),
    Row("getitem", (draw(3, 4),), {"index": (None, 0)}, lambda x: x[None, 0], strict=False, label="newaxis"),
    Row(
        "getitem",
        (draw(3, 4),),
        {"index": REPEATED},
        lambda x: x[REPEATED],
        complex=True,
        strict=False,
        label="integers",
    ),
    Row("getitem", (draw(3, 4),), {"index": MASK}, lambda x: x[MASK], label="mask"),
    Row(
        "getitem",
        (draw(3, 4),),
        {"index": (REPEATED, slice(1, 3))},
        lambda x: x[REPEATED, 1:3],
        strict=False,
        label="mixed",
    ),
    Row(
        "put_in_zeros",
        (draw(3, 2),),
        {"shape": (3, 4), "index": (slice(None), slice(1, 3))},
        lambda x: _into_zeros(x, (3, 4), (slice(None), slice(1, 3))),
        complex=True,
        label="basic",
    ),
    Row(
        "put_in_zeros",
        (draw(3, 4),),
        {"shape": (3, 4), "index": REPEATED},
        lambda x: _into_zeros(x, (3, 4), REPEATED),
        strict=False,
        label="repeated",
    ),
    Row(
        "index_put",
        (draw(3, 4), draw(4)),
        {"index": (np.array([0, 2]),), "accumulate": False},
        lambda x, v: _put(x, v, (np.array([0, 2]),)),
        complex=True,
        strict=False,
        label="replace",
    ),
    Row(
        "index_put",
        (draw(3, 4), draw(3, 4)),
        {"index": (REPEATED,), "accumulate": True},
        lambda x, v: _put(x, v, (REPEATED,), True),
        complex=True,
        strict=False,
        label="accumulate",
    ),
    Row("view_read", (draw(3, 4),), {"path": PATH}, lambda x: x[1:3].T, complex=True),
    Row(
        "view_write_zeros",
        (draw(4, 2),),
        {"shape": (3, 4), "path": PATH},
        lambda x: _into_zeros(x.T, (3, 4), slice(1, 3)),
        complex=True,
    ),
    Row(
        "view_write_zeros",
        (draw(6),),
        {"shape": (2, 3), "path": TRANSPOSED},
        lambda x: x.reshape(3, 2).T,
        complex=True,
        strict=False,
        label="reshape",
    ),
    Row(
        "view_write_zeros",
        (draw(3, 2),),
        {"shape": (3,), "complex": True, "path": PAIRS},
        lambda x: x[:, 0] + 1j * x[:, 1],
        strict=False,
        label="complex",
        half=False,
    ),
    Row(
        "view_write",
        (draw(3, 4), draw(4, 2)),
        {"path": PATH},
        lambda x, v: _put(x, v.T, slice(1, 3)),
        complex=True,
    ),
    Row(
        "as_strided",
        (draw(3, 4),),
        {"shape": (3, 2), "strides": (2, 3), "offset": 1, "source": ((4, 1), 0)},
        lambda x: x.reshape(-1)[STRIDED],
        complex=True,
        strict=False,
    ),
    Row(
        "strided_take",
        (draw(3, 4),),
        {"shape": (3, 2), "strides": (2, 3), "offset": 1, "source": ((1, 3), 0)},
        lambda x: x.reshape(-1, order="F")[STRIDED],
        complex=True,
        strict=False,
    ),
    Row(
        "strided_put",
        (draw(3, 2),),
        {"shape": (12,), "strides": (2, 3), "offset": 1, "source": ((1,), 0)},
        lambda x: _into_zeros(x, (12,), STRIDED),
        complex=True,
        strict=False,
    ),
]
