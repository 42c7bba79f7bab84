"""Factorization of symmetric indefinite matrices with diagonal pivots of order 1 and 2, and solving with it.

J. R. Bunch and L. Kaufman, Some stable methods for calculating inertia and solving symmetric linear systems, Math.
Comp. 31 (1977); storage and pivots as in LAPACK's sytrf and hetrf for the lower triangle.
"""

from __future__ import annotations

import math
from typing import Any

from autograd.backends.reference.triangular import common_batch

ALPHA = (1 + math.sqrt(17)) / 8


def linalg_ldl(xp: Any, x: Any, *, hermitian: bool) -> tuple:
    """(factors, pivots, info) of each matrix; info is the number of the first zero pivot, or 0."""
    n = x.shape[-1]
    flat = xp.tril(xp.reshape(x, (math.prod(x.shape[:-2]), n, n)), k=0)
    pivots = xp.zeros(flat.shape[:-1], "int32")
    info = xp.zeros(flat.shape[:1], "int32")
    for index in range(flat.shape[0]):
        found, failed = _factor(xp, flat[index], hermitian)
        for k, pivot in enumerate(found):
            pivots[index, k] = pivot
        info[index] = failed
    lead = x.shape[:-2]
    return xp.reshape(flat, x.shape), xp.reshape(pivots, (*lead, n)), xp.reshape(info, lead)


def _size(xp: Any, x: Any) -> Any:
    size = xp.abs(x)
    return size if size.dtype == x.dtype else xp.abs(xp.real(x)) + xp.abs(xp.imag(x))


def _largest(xp: Any, x: Any) -> tuple[float, int]:
    if not x.shape[0]:
        return 0.0, 0
    size = _size(xp, x)
    where = int(xp.argmax(size, axis=0))
    return float(size[where]), where


def _factor(xp: Any, a: Any, hermitian: bool) -> tuple[list[int], int]:
    """Factor one matrix in place, reading and writing its lower triangle."""
    turn = xp.conj if hermitian else (lambda value: value)
    n, k, info = a.shape[0], 0, 0
    pivots: list[int] = []
    while k < n:
        chosen, step = _choose(xp, a, k)
        zero = chosen < 0
        if zero:
            info, chosen = info or k + 1, k
        other = k + step - 1
        if chosen != other:
            _exchange(xp, a, other, chosen, k, step, turn)
        if hermitian:
            for i in {k, other}:
                a[i, i] = xp.real(a[i, i])
        rest = slice(k + step, n)
        block = a[k : k + step, k : k + step]
        if step == 2:
            block = xp.tril(block, k=0) + turn(xp.matrix_transpose(xp.tril(block, k=-1)))
        if not zero and k + step < n:
            columns = xp.copy(a[rest, k : k + step])
            scaled = xp.matmul(columns, xp.linalg_inv(block))
            update = xp.matmul(scaled, turn(xp.matrix_transpose(columns)))
            a[rest, rest] = a[rest, rest] - xp.tril(update, k=0)
            a[rest, k : k + step] = scaled
        pivots += [chosen + 1] if step == 1 else [-(chosen + 1)] * 2
        k += step
    return pivots, info


def _choose(xp: Any, a: Any, k: int) -> tuple[int, int]:
    """(row to bring up, order of the pivot); row -1 for a column of zeros."""
    head = float(_size(xp, a[k : k + 1, k])[0])
    largest, where = _largest(xp, a[k + 1 :, k])
    if max(head, largest) == 0:
        return -1, 1
    if head >= ALPHA * largest:
        return k, 1
    row = where + k + 1
    widest = max(_largest(xp, a[row, k:row])[0], _largest(xp, a[row + 1 :, row])[0])
    if head >= ALPHA * largest * (largest / widest):
        return k, 1
    return row, 1 if float(_size(xp, a[row : row + 1, row])[0]) >= ALPHA * widest else 2


def _exchange(xp: Any, a: Any, i: int, j: int, k: int, step: int, turn: Any) -> None:
    """Exchange rows and columns i < j of the symmetric matrix from k on, of which the lower triangle is stored."""
    n = a.shape[0]
    below = slice(j + 1, n)
    a[below, i], a[below, j] = xp.copy(a[below, j]), xp.copy(a[below, i])
    between = slice(i + 1, j)
    a[between, i], a[j, between] = xp.copy(turn(a[j, between])), xp.copy(turn(a[between, i]))
    a[j, i] = turn(a[j, i])
    a[i, i], a[j, j] = xp.copy(a[j, j]), xp.copy(a[i, i])
    if step == 2:
        a[i, k], a[j, k] = xp.copy(a[j, k]), xp.copy(a[i, k])


def linalg_ldl_solve(xp: Any, a: Any, pivots: Any, b: Any, *, hermitian: bool) -> Any:
    """X with A @ X = b, for the factors and pivots of A; batch axes broadcast."""
    lead = common_batch(xp, a, b)
    count = math.prod(lead)
    flat = xp.reshape(xp.broadcast_to(a, (*lead, *a.shape[-2:])), (count, *a.shape[-2:]))
    order = xp.reshape(xp.broadcast_to(pivots, (*lead, pivots.shape[-1])), (count, pivots.shape[-1]))
    out = xp.copy(xp.reshape(xp.broadcast_to(b, (*lead, *b.shape[-2:])), (count, *b.shape[-2:])))
    for index in range(count):
        _solve(xp, flat[index], [int(order[index, k]) for k in range(a.shape[-1])], out[index], hermitian)
    return xp.reshape(out, (*lead, *b.shape[-2:]))


def _solve(xp: Any, a: Any, pivots: list[int], x: Any, hermitian: bool) -> None:
    """Solve one system in place."""
    turn = xp.conj if hermitian else (lambda value: value)
    n, k = a.shape[0], 0
    starts = []
    while k < n:
        step = 1 if pivots[k] > 0 else 2
        starts.append((k, step))
        _swap_rows(xp, x, k + step - 1, abs(pivots[k]) - 1)
        rest, here = slice(k + step, n), slice(k, k + step)
        x[rest] = x[rest] - xp.matmul(a[rest, here], x[here])
        block = a[here, here]
        if step == 2:
            block = xp.tril(block, k=0) + turn(xp.matrix_transpose(xp.tril(block, k=-1)))
        x[here] = xp.matmul(xp.linalg_inv(block), x[here])
        k += step
    for k, step in reversed(starts):
        rest, here = slice(k + step, n), slice(k, k + step)
        x[here] = x[here] - xp.matmul(turn(xp.matrix_transpose(a[rest, here])), x[rest])
        _swap_rows(xp, x, k + step - 1, abs(pivots[k]) - 1)


def _swap_rows(xp: Any, x: Any, i: int, j: int) -> None:
    if i != j:
        x[i], x[j] = xp.copy(x[j]), xp.copy(x[i])
