"""Shape, joining, and choosing or placing elements by integer arrays."""

import numpy as np

from tests.ops.cases import Row, draw

ROW_INDEX = draw(values=np.array([[0, 2, 1], [2, 2, 0]]), kind="int")
VECTOR = draw(values=np.array([2, 0, 2]), kind="int")


def _scatter_add(x, index, src, axis):
    out = x.copy()
    for place in np.ndindex(index.shape):
        target = list(place)
        target[axis] = index[place]
        out[tuple(target)] += src[place]
    return out


def _scatter(x, index, src, axis):
    out = x.copy()
    for place in np.ndindex(index.shape):
        target = list(place)
        target[axis] = index[place]
        out[tuple(target)] = src[place]
    return out


def _extreme(x, index, src, axis, largest, include_self):
    out = x.copy()
    choose = np.maximum if largest else np.minimum
    seen = set()
    for place in np.ndindex(index.shape):
        target = list(place)
        target[axis] = index[place]
        target = tuple(target)
        fresh = target not in seen and not include_self
        out[target] = src[place] if fresh else choose(out[target], src[place])
        seen.add(target)
    return out


def _index_add(x, index, src, axis):
    out = x.copy()
    np.add.at(out, (slice(None),) * axis + (index,), src)
    return out


def _on_diagonal(x, shape, offset):
    out = np.zeros(shape, x.dtype)
    for i, value in enumerate(x):
        out[i + max(-offset, 0), i + max(offset, 0)] = value
    return out


DISTINCT = np.array([[0, 2, 1], [2, 1, 0]])

ROWS = [
    Row("reshape", (draw(3, 4),), {"shape": (2, 6)}, lambda x: x.reshape(2, 6), complex=True),
    Row("permute_dims", (draw(2, 3, 4),), {"axes": (2, 0, 1)}, lambda x: x.transpose(2, 0, 1), complex=True),
    Row("broadcast_to", (draw(3, 1),), {"shape": (2, 3, 4)}, lambda x: np.broadcast_to(x, (2, 3, 4)), complex=True),
    Row("sum_to", (draw(2, 3, 4),), {"shape": (3, 1)}, lambda x: x.sum((0, 2))[:, None], complex=True),
    Row("expand_dims", (draw(3, 4),), {"axis": 1}, lambda x: x[:, None], complex=True),
    Row("squeeze", (draw(3, 1, 4, 1),), {"axis": (1, 3)}, lambda x: x[:, 0, :, 0], complex=True),
    Row("flip", (draw(3, 4),), {"axis": (1,)}, lambda x: x[:, ::-1], complex=True),
    Row("roll", (draw(3, 4),), {"shift": (1, -1), "axis": (0, 1)}, lambda x: np.roll(x, (1, -1), (0, 1)), strict=False),
    Row("pad", (draw(2, 3),), {"widths": ((1, 0), (2, 1)), "value": 5.0},
        lambda x: np.pad(x, ((1, 0), (2, 1)), constant_values=5.0)),
    Row("diagonal", (draw(3, 4),), {"offset": 1, "axis1": 0, "axis2": 1}, lambda x: np.diagonal(x, 1), complex=True,
        strict=False),
    Row("put_in_diagonal", (draw(3),), {"shape": (4, 3), "offset": -1, "axis1": 0, "axis2": 1},
        lambda x: _on_diagonal(x, (4, 3), -1), complex=True, strict=False),
    Row("tril", (draw(3, 4),), {"k": 1}, lambda x: np.tril(x, 1), complex=True),
    Row("triu", (draw(3, 4),), {"k": -1}, lambda x: np.triu(x, -1), complex=True),
    Row("concat", (draw(2, 3), draw(4, 3)), {"axis": 0}, lambda x, y: np.concatenate([x, y]), complex=True),
    Row("stack", (draw(2, 3), draw(2, 3)), {"axis": 1}, lambda x, y: np.stack([x, y], 1), complex=True),
    Row("take", (draw(3, 4), VECTOR), {"axis": 0}, lambda x, i: x[i], complex=True),
    Row("index_add_zeros", (draw(3, 4), VECTOR), {"shape": (5, 4), "axis": 0},
        lambda x, i: _index_add(np.zeros((5, 4), x.dtype), i, x, 0), complex=True, strict=False),
    Row("index_add", (draw(3, 4), VECTOR, draw(3, 3)), {"axis": 1},
        lambda x, i, s: _index_add(np.concatenate([x], 1), i, s, 1), complex=True, strict=False),
    Row("take_along_axis", (draw(3, 4), ROW_INDEX), {"axis": 0},
        lambda x, i: np.take_along_axis(x[:, :3], i, 0), complex=True, strict=False),
    Row("scatter_zeros", (draw(2, 3), ROW_INDEX), {"shape": (3, 4), "axis": 0},
        lambda x, i: _scatter_add(np.zeros((3, 4), x.dtype), i, x, 0), complex=True, strict=False),
    Row("scatter_add", (draw(3, 4), ROW_INDEX, draw(2, 4)), {"axis": 0},
        lambda x, i, s: _scatter_add(x, i, s, 0), complex=True, strict=False),
    Row("scatter", (draw(3, 4), draw(values=DISTINCT, kind="int"), draw(2, 4)), {"axis": 0},
        lambda x, i, s: _scatter(x, i, s, 0), complex=True, strict=False),
    Row("scatter_extreme", (draw(3, 4, distinct=True), ROW_INDEX, draw(2, 3, distinct=True, low=-1.0, high=3.0)),
        {"axis": 0, "largest": True, "include_self": True}, lambda x, i, s: _extreme(x, i, s, 0, True, True),
        strict=False, label="amax"),
    Row("scatter_extreme", (draw(3, 4, distinct=True), ROW_INDEX, draw(2, 3, distinct=True)),
        {"axis": 0, "largest": False, "include_self": False}, lambda x, i, s: _extreme(x, i, s, 0, False, False),
        strict=False, label="amin"),
    Row("occurrence_number", (ROW_INDEX,), {"axis": 1}, lambda i: np.array([[0, 0, 0], [0, 1, 0]]), order=0,
        strict=False),
    Row("nonzero", (draw(values=np.array([[0, 2], [1, 0]]), kind="int"),), {},
        lambda x: np.argwhere(x), order=0, strict=False),
]  # fmt: skip
