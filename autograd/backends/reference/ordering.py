"""Kernels that compare: running extrema with their places, and binary search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograd.backends.reference.common import Array, int64, is_nan, normalized, offsets


def _running(
    xp: Any, x: Array, axis: int, op: str, not_worse: Callable[[Array, Array], Array]
) -> tuple[Array, Array]:
    """Values and places of the best so far, by doubling: log₂ n passes (Hillis and Steele 1986)."""
    if x.ndim == 0:
        return x, xp.zeros((), dtype=int64(xp))
    axis = normalized(axis, x.ndim, op)
    length, ahead, step = x.shape[axis], (slice(None),) * axis, 1
    values, places = (
        x,
        xp.zeros(x.shape, dtype=int64(xp)) + offsets(xp, length, axis, x.ndim),
    )
    while step < length:
        start = (*ahead, slice(0, step), ...)
        left = (*ahead, slice(0, length - step), ...)
        right = (*ahead, slice(step, None), ...)
        later = not_worse(values[right], values[left])
        left_nan, right_nan = is_nan(xp, values[left]), is_nan(xp, values[right])
        if right_nan is not None:
            later = right_nan | (later & ~left_nan)
        new_values = xp.where(later, values[right], values[left])
        new_places = xp.where(later, places[right], places[left])
        values = xp.concat([values[start], new_values], axis=axis)
        places = xp.concat([places[start], new_places], axis=axis)
        step *= 2
    return values, places


def cummax(xp: Any, x: Array, *, axis: int) -> tuple[Array, Array]:
    """The largest element so far along `axis` and its int64 place; of equals the last, and NaN once there stays.

    Examples
    --------
    >>> import numpy as np
    >>> cummax(np, np.array([1.0, 3.0, 2.0, 3.0]), axis=0)
    (array([1., 3., 3., 3.]), array([0, 1, 1, 3]))
    """
    return _running(xp, x, axis, "cummax", lambda a, b: a >= b)


def cummin(xp: Any, x: Array, *, axis: int) -> tuple[Array, Array]:
    """The smallest element so far along `axis` and its int64 place; of equals the last, and NaN once there stays."""
    return _running(xp, x, axis, "cummin", lambda a, b: a <= b)


def searchsorted(
    xp: Any, sequence: Array, values: Array, *, side: str = "left"
) -> Array:
    """Where along the last, ascending axis each value would be inserted, before (left) or after (right) its equals.

    `sequence` is one-dimensional, or has the leading axes of `values`. NaN sorts last.

    Raises
    ------
    ValueError
        If the leading axes differ, or `side` is neither.

    Examples
    --------
    >>> import numpy as np
    >>> searchsorted(np, np.array([[1.0, 2.0], [2.0, 3.0]]), np.array([[2.0], [2.0]]), side="right")
    array([[2],
           [1]])
    """
    if side not in ("left", "right"):
        raise ValueError(f"searchsorted: side must be 'left' or 'right', got {side!r}")
    if sequence.ndim != 1 and (
        sequence.ndim != values.ndim or sequence.shape[:-1] != values.shape[:-1]
    ):
        raise ValueError(
            f"searchsorted: a sequence of shape {tuple(sequence.shape)} does not fit values of shape "
            f"{tuple(values.shape)}; it must be one-dimensional or have the same leading axes"
        )
    length = sequence.shape[-1]
    low = xp.zeros(values.shape, dtype=int64(xp))
    if length == 0 or 0 in values.shape:
        return low
    high = low + length
    for _ in range(length.bit_length()):
        middle = (low + high) // 2
        reading = xp.where(middle < length, middle, length - 1)
        if sequence.ndim == 1:
            found = xp.reshape(
                xp.take(sequence, xp.reshape(reading, (-1,)), axis=0), values.shape
            )
        else:
            found = xp.take_along_axis(sequence, reading, axis=-1)
        # Negated comparisons, so that a NaN among the values goes to the end.
        beyond = ~(found >= values) if side == "left" else ~(found > values)
        active = low < high
        low = xp.where(active & beyond, middle + 1, low)
        high = xp.where(active & ~beyond, middle, high)
    return low
