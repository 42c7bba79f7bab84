"""Reading and writing at positions given by arrays.

The standard has no scatter, so the writes pull instead of push: positions are sorted, equal ones are summed by a
segmented scan (or the last one taken), and every element of the result fetches what was written to it. Deterministic
on any device. Backends that have a scatter use it instead.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from autograd.backends.reference.common import Array, int64, narrow, normalized, offsets, widen


def _wrapped(xp: Any, index: Array, size: int, op: str, axis: int) -> Array:
    """`index` as int64 with negative entries counted from the end.

    Raises
    ------
    IndexError
        If an entry is out of range.
    """
    index = narrow(xp, index, int64(xp))
    if math.prod(index.shape):
        low, high = int(xp.min(index)), int(xp.max(index))
        if low < -size or high >= size:
            wrong = low if low < -size else high
            raise IndexError(f"{op}: index {wrong} is out of range for axis {axis} of size {size}")
        if low < 0:
            index = xp.where(index < 0, index + size, index)
    return index


def _flat_positions(xp: Any, index: Array, shape: tuple[int, ...], axis: int) -> Array:
    """Row-major positions in an array of `shape` of the elements [i, .., index[i, .., j], ..]."""
    strides = [math.prod(shape[a + 1 :]) for a in range(len(shape))]
    total = index * strides[axis]
    for a, stride in enumerate(strides):
        if a != axis:
            total = total + offsets(xp, index.shape[a], a, len(shape), stride)
    return total


def _check_cover(op: str, x: Array, index: Array, axis: int, other: Array, name: str) -> None:
    """`index` may be smaller than `other` everywhere but, if `other` is `x` itself, along `axis`."""
    fits = x.ndim == index.ndim == other.ndim and all(
        i <= n for a, (i, n) in enumerate(zip(index.shape, x.shape, strict=True)) if a != axis
    )
    if other is not x:
        fits = fits and all(i <= n for i, n in zip(index.shape, other.shape, strict=True))
    if not fits:
        raise ValueError(
            f"{op}: an index of shape {tuple(index.shape)} does not fit an array of shape {tuple(x.shape)}"
            + (f" and a {name} of shape {tuple(other.shape)}" if other is not x else "")
            + f" along axis {axis}; it needs as many axes, and no more elements along any but axis {axis}"
        )


def _sorted_runs(xp: Any, size: int, positions: Array) -> tuple[Array, Array, Array, Array]:
    """The order that sorts `positions`, the sorted positions, and for 0..size-1 the count and last place of each."""
    count = positions.shape[0]
    # Unique keys instead of a stable sort, which not every library offers: equal positions stay in their order.
    order = xp.argsort(positions * count + xp.arange(0, count, 1, dtype=int64(xp)))
    ordered = xp.take(positions, order, axis=0)
    targets = xp.arange(0, size, 1, dtype=int64(xp))
    first = xp.searchsorted(ordered, targets, side="left")
    end = xp.searchsorted(ordered, targets, side="right")
    return order, ordered, end - first, end - 1


def _add_at(xp: Any, x: Array, positions: Array, values: Array) -> Array:
    """Flat `x` with flat `values` added at flat `positions`, equal ones all."""
    if 0 in positions.shape or 0 in x.shape:
        return xp.asarray(x, copy=True)
    order, ordered, count, last = _sorted_runs(xp, x.shape[0], positions)
    sums, step, longest = (widen(xp, xp.take(values, order, axis=0)), 1, int(xp.max(count)))
    while step < longest:  # after this pass, each element is the sum of up to 2·step of its own run
        same = ordered[step:] == ordered[: sums.shape[0] - step]
        before = xp.where(same, sums[: sums.shape[0] - step], xp.zeros_like(sums[step:]))
        sums = xp.concat([sums[:step], sums[step:] + before])
        step *= 2
    wide = widen(xp, x)
    written = xp.take(sums, xp.where(count > 0, last, 0), axis=0)
    return narrow(xp, xp.where(count > 0, wide + written, wide), x.dtype)


def _replace_at(xp: Any, x: Array, positions: Array, values: Array) -> Array:
    """Flat `x` with flat `values` written at flat `positions`, of equal ones the last."""
    if 0 in positions.shape or 0 in x.shape:
        return xp.asarray(x, copy=True)
    order, _, count, last = _sorted_runs(xp, x.shape[0], positions)
    source = xp.take(order, xp.where(count > 0, last, 0), axis=0)
    return xp.where(count > 0, xp.take(values, source, axis=0), x)


def take_along_axis(xp: Any, x: Array, index: Array, *, axis: int = -1) -> Array:
    """out[i, .., j, ..] = x[i, .., index[i, .., j, ..], ..]; `index` may be smaller than `x` along the other axes.

    Raises
    ------
    IndexError, ValueError
        If an entry is out of range; if the shapes do not fit.

    Examples
    --------
    >>> import numpy as np
    >>> take_along_axis(np, np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1]]), axis=1)
    array([[2.]])
    """
    axis = normalized(axis, x.ndim, "take_along_axis")
    _check_cover("take_along_axis", x, index, axis, x, "")
    index = _wrapped(xp, index, x.shape[axis], "take_along_axis", axis)
    if 0 in index.shape:
        return xp.zeros(index.shape, dtype=x.dtype)
    positions = xp.reshape(_flat_positions(xp, index, x.shape, axis), (-1,))
    return xp.reshape(xp.take(xp.reshape(x, (-1,)), positions, axis=0), index.shape)


def scatter_add(xp: Any, x: Array, index: Array, src: Array, *, axis: int, add: Callable = _add_at) -> Array:
    """`x` with x[i, .., index[i, .., j], ..] += src[i, .., j, ..] for every element of `index`.

    `index` may be smaller than `src` along any axis, and than `x` along all but `axis`. `add` adds flat values at flat
    positions.

    Examples
    --------
    >>> import numpy as np
    >>> scatter_add(np, np.zeros(3), np.array([0, 2, 2]), np.array([1.0, 2.0, 3.0]), axis=0)
    array([1., 0., 5.])
    """
    axis = normalized(axis, x.ndim, "scatter_add")
    _check_cover("scatter_add", x, index, axis, src, "source")
    index = _wrapped(xp, index, x.shape[axis], "scatter_add", axis)
    positions = xp.reshape(_flat_positions(xp, index, x.shape, axis), (-1,))
    values = xp.reshape(src[tuple(slice(0, n) for n in index.shape)], (-1,))
    return xp.reshape(add(xp, xp.reshape(x, (-1,)), positions, values), x.shape)


def index_add(xp: Any, x: Array, index: Array, src: Array, *, axis: int, add: Callable = _add_at) -> Array:
    """`x` with x[.., index[j], ..] += src[.., j, ..] for every j; `index` is one-dimensional.

    Examples
    --------
    >>> import numpy as np
    >>> index_add(np, np.zeros((2, 2)), np.array([1, 1]), np.array([[1.0, 2.0], [3.0, 4.0]]), axis=0)
    array([[0., 0.],
           [4., 6.]])
    """
    axis = normalized(axis, x.ndim, "index_add")
    expected = (*x.shape[:axis], *index.shape, *x.shape[axis + 1 :])
    if index.ndim != 1 or tuple(src.shape) != expected:
        raise ValueError(
            f"index_add: an index of shape {tuple(index.shape)} along axis {axis} of an array of shape "
            f"{tuple(x.shape)} needs to be one-dimensional, and a source of shape {expected}; got {tuple(src.shape)}"
        )
    index = xp.reshape(index, tuple(n if a == axis else 1 for a, n in enumerate(src.shape)))
    return scatter_add(xp, x, xp.broadcast_to(index, src.shape), src, axis=axis, add=add)


def index_put(xp: Any, x: Array, value: Array, *, index: Any, accumulate: bool) -> Array:
    """`x` after x[index] = value, or x[index] += value with equal positions all added; `value` broadcasts.

    `index` is whatever the array library's own indexing takes: NumPy's integers, slices, None, Ellipsis and arrays.
    Without `accumulate` the last value written to a position stays.

    Examples
    --------
    >>> import numpy as np
    >>> index_put(np, np.zeros(3), np.array(1.0), index=(np.array([0, 0]),), accumulate=True)
    array([2., 0., 0.])
    """
    size = math.prod(x.shape)
    positions = xp.reshape(xp.arange(0, size, 1, dtype=int64(xp)), x.shape)[index]
    values = xp.reshape(xp.broadcast_to(narrow(xp, value, x.dtype), positions.shape), (-1,))
    write = _add_at if accumulate else _replace_at
    return xp.reshape(write(xp, xp.reshape(x, (-1,)), xp.reshape(positions, (-1,)), values), x.shape)
