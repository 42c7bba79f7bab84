"""Triangular systems and the LU factorization, by recursion on halves, so that most of the work is matrix products."""

from __future__ import annotations

import math
from typing import Any

SMALL = 16  # below this size, row by row


def linalg_solve_triangular(xp: Any, a: Any, b: Any, *, upper: bool, unitriangular: bool) -> Any:
    """X with a @ X = b for triangular a, of which nothing else is read; a zero on the diagonal gives infinities."""
    x = xp.copy(xp.broadcast_to(b, (*common_batch(xp, a, b), *b.shape[-2:])))
    _substitute(xp, a, x, upper, unitriangular)
    return x


def common_batch(xp: Any, a: Any, b: Any) -> tuple[int, ...]:
    """The shape to which the batch axes of two arrays of matrices broadcast."""
    return xp.broadcast_arrays(xp.empty(a.shape[:-2], a.dtype), xp.empty(b.shape[:-2], b.dtype))[0].shape


def _substitute(xp: Any, a: Any, x: Any, upper: bool, unit: bool) -> None:
    """Solve in place."""
    n = a.shape[-1]
    if n <= SMALL:
        for i in reversed(range(n)) if upper else range(n):
            done = slice(i + 1, n) if upper else slice(0, i)
            row = x[..., i : i + 1, :] - xp.matmul(a[..., i : i + 1, done], x[..., done, :])
            x[..., i : i + 1, :] = row if unit else row / a[..., i : i + 1, i : i + 1]
        return
    first, last = slice(0, n // 2), slice(n // 2, n)
    if upper:
        first, last = last, first
    _substitute(xp, a[..., first, first], x[..., first, :], upper, unit)
    x[..., last, :] = x[..., last, :] - xp.matmul(a[..., last, first], x[..., first, :])
    _substitute(xp, a[..., last, last], x[..., last, :], upper, unit)


def linalg_lu(xp: Any, x: Any, *, pivot: bool) -> tuple:
    """(L below U in one array, pivots from 1, info), by Toledo's recursion on columns.

    Row j was exchanged for row ``pivots[j] - 1``; info is the number of the first zero on U's diagonal, or 0. With
    ``pivot=False`` rows stay where they are. (S. Toledo, Locality of reference in LU decomposition with partial
    pivoting, SIAM J. Matrix Anal. Appl. 18, 1997.)
    """
    rows, columns = x.shape[-2:]
    count = math.prod(x.shape[:-2])
    work = xp.copy(xp.reshape(x, (count, rows, columns)))
    swaps: list[Any] = []
    _factor(xp, work, swaps, 0, pivot)
    pivots = xp.zeros((count, len(swaps)), "int32")
    info = xp.zeros((count,), "int32")
    for j, chosen in enumerate(swaps):
        pivots[:, j] = chosen + 1
        zero = (work[:, j, j] == 0) & (info == 0)
        info = xp.where(zero, xp.full_like(info, j + 1), info)
    lead = x.shape[:-2]
    return xp.reshape(work, x.shape), xp.reshape(pivots, (*lead, len(swaps))), xp.reshape(info, lead)


def linalg_permutation(xp: Any, pivots: Any, like: Any, *, size: int) -> Any:
    """The matrices P, in `like`'s type, with x = P @ L @ U for the pivots of x, which has `size` rows."""
    count = math.prod(pivots.shape[:-1])
    swaps = xp.astype(xp.reshape(pivots, (count, pivots.shape[-1])), "int64") - 1
    batch, rows = xp.arange(0, count, 1, "int64"), xp.arange(0, size, 1, "int64")
    order = xp.copy(xp.broadcast_to(rows, (count, size)))
    for j in range(pivots.shape[-1]):
        moved = xp.copy(order[:, j])
        order[:, j] = order[batch, swaps[:, j]]
        order[batch, swaps[:, j]] = moved
    matrices = xp.astype(order[:, None, :] == rows[:, None], like.dtype)
    return xp.reshape(matrices, (*pivots.shape[:-1], size, size))


def _factor(xp: Any, a: Any, swaps: list, start: int, pivot: bool) -> None:
    """Factor a batch in place; appends, for each column, the row (counted from `start` rows above) exchanged for it."""
    rows, columns = a.shape[-2:]
    if columns > rows:
        _factor(xp, a[:, :, :rows], swaps, start, pivot)
        _exchange(xp, a[:, :, rows:], swaps[len(swaps) - rows :], start)
        _substitute(xp, a[:, :, :rows], a[:, :, rows:], False, True)
    elif columns <= SMALL:
        for j in range(columns):
            _eliminate(xp, a, j, swaps, start, pivot)
    else:
        half = columns // 2
        left, right = a[:, :, :half], a[:, :, half:]
        _factor(xp, left, swaps, start, pivot)
        _exchange(xp, right, swaps[len(swaps) - half :], start)
        _substitute(xp, left[:, :half], right[:, :half], False, True)
        right[:, half:] = right[:, half:] - xp.matmul(left[:, half:], right[:, :half])
        _factor(xp, right[:, half:], swaps, start + half, pivot)
        _exchange(xp, left[:, half:], swaps[len(swaps) - (columns - half) :], start + half)


def _eliminate(xp: Any, a: Any, j: int, swaps: list, start: int, pivot: bool) -> None:
    column = a[:, j:, j]
    if pivot and a.shape[0]:
        size = xp.abs(column)
        if column.dtype != size.dtype:  # LAPACK compares |Re| + |Im|
            size = xp.abs(xp.real(column)) + xp.abs(xp.imag(column))
        chosen = xp.argmax(size, axis=1) + j
    else:
        chosen = xp.full((a.shape[0],), j, "int64")
    swaps.append(chosen + start)
    _exchange_rows(xp, a, j, chosen)
    head = a[:, j, j]
    a[:, j + 1 :, j] = a[:, j + 1 :, j] / xp.where(head == 0, xp.ones_like(head), head)[:, None]
    a[:, j + 1 :, j + 1 :] = a[:, j + 1 :, j + 1 :] - a[:, j + 1 :, j, None] * a[:, j, None, j + 1 :]


def _exchange(xp: Any, a: Any, swaps: list, start: int) -> None:
    for j, chosen in enumerate(swaps):
        _exchange_rows(xp, a, j, chosen - start)


def _exchange_rows(xp: Any, a: Any, j: int, chosen: Any) -> None:
    """Exchange row j with the row chosen, for each matrix of the batch."""
    batch = xp.arange(0, a.shape[0], 1, "int64")
    row = xp.copy(a[:, j])
    a[:, j] = a[batch, chosen]
    a[batch, chosen] = row
