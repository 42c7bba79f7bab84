"""Sums and softmax over dims of sparse tensors."""

from __future__ import annotations

import math
from typing import Any

from autograd import dtypes, ops
from autograd.engine import engine
from autograd.functions import scan
from autograd.functions.common import axes_of, axis_of
from autograd.sparse.pattern import Coordinates, flat_keys, grouped
from autograd.sparse.tensor import SparseTensor


def _expect_sparse(name: str, x: Any) -> None:
    if not isinstance(x, SparseTensor):
        raise RuntimeError(
            f"{name} expected sparse coordinate tensor layout but got Strided; convert it with to_sparse()"
        )


def sum(input: Any, dim: Any = None, dtype: Any = None) -> Any:
    """The sum over all dims, dense, or over some: sparse while a sparse dim is left.

    Raises
    ------
    RuntimeError, IndexError
        For a dense tensor; for dims that do not exist.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.tensor([[0.0, 2.0], [3.0, 4.0]]).to_sparse()
    >>> autograd.sparse.sum(x), autograd.sparse.sum(x, 0).to_dense()
    (tensor(9.), tensor([3., 6.]))
    """
    _expect_sparse("sparse.sum", input)
    values = input.stored if dtype is None else ops.astype(input.stored, dtype=dtypes.lookup(dtype))
    if dim is None:
        return values.sum()
    axes, sparse = axes_of(dim, input.ndim) or (), input.sparse_dim()
    dense = tuple(axis - sparse + 1 for axis in axes if axis >= sparse)
    if dense:
        values = values.sum(dense)
    kept = [axis for axis in range(sparse) if axis not in axes]
    if not kept:
        return values.sum(0)
    if len(kept) == sparse:
        return input.with_values(values)
    xp = input.backend
    coordinates = xp.take(input.pattern.coordinates, xp.asarray(kept, dtype="int64"), axis=0)
    sizes = tuple(input.pattern.sizes[axis] for axis in kept)
    return SparseTensor(Coordinates(xp, coordinates, sizes, coalesced=False), values).coalesce()


def _normalized(name: str, x: Any, dim: int, dtype: Any, dense: Any, finish: Any) -> SparseTensor:
    """The values, each with its group's maximum taken off and the group's sum of exponentials, finished."""
    _expect_sparse(name, x)
    if dtype is not None:
        x = x.with_values(ops.astype(x.stored, dtype=dtypes.lookup(dtype)))
    if x.dtype.category != dtypes.FLOATING:
        raise RuntimeError(f"{name}: not implemented for {x.dtype}; give dtype= a floating type")
    axis, sparse = axis_of(dim, x.ndim), x.sparse_dim()
    x = x.coalesce() if x.is_sparse else x
    if axis >= sparse:
        return x.with_values(dense(x.stored, axis - sparse + 1))
    xp = x.backend
    others = [other for other in range(sparse) if other != axis]
    coordinates = xp.take(x.pattern.coordinates, xp.asarray(others, dtype="int64"), axis=0)
    order, group, first = grouped(xp, flat_keys(xp, coordinates, tuple(x.pattern.sizes[other] for other in others)))
    shape = (first.shape[0], *x.stored.shape[1:])
    values = ops.take(x.stored, engine.wrap(order, xp), axis=0)
    most = xp.full(shape, -math.inf, x.dtype)
    xp.extreme_at(most, (group,), values._data, True)
    most = xp.where(xp.isfinite(most), most, xp.zeros_like(most))
    group = engine.wrap(group, xp)
    shifted = values - engine.wrap(xp.take(most, group._data, axis=0), xp)
    total = ops.take(ops.index_add_zeros(ops.exp(shifted), group, shape=shape, axis=0), group, axis=0)
    back = engine.wrap(xp.argsort(order), xp)
    return x.with_values(ops.take(finish(shifted, total), back, axis=0))


def softmax(input: Any, dim: int, *, dtype: Any = None) -> SparseTensor:
    """exp(x) / Σ exp(x) along a dim, over the stored elements alone: what is not stored counts as -∞.

    With the scores of a graph's edges as values this is graph attention's normalization.

    Raises
    ------
    RuntimeError, IndexError
        For a dense tensor, or one of integers; for a dim that does not exist.

    Examples
    --------
    >>> import autograd
    >>> scores = autograd.sparse_coo_tensor([[0, 0, 1], [0, 2, 1]], [1.0, 1.0, 5.0], (2, 3))
    >>> autograd.sparse.softmax(scores, 1).values()
    tensor([0.5000, 0.5000, 1.0000])
    """
    return _normalized(
        "sparse.softmax", input, dim, dtype, scan.softmax, lambda shifted, total: ops.exp(shifted) / total
    )


def log_softmax(input: Any, dim: int, *, dtype: Any = None) -> SparseTensor:
    """The logarithm of `softmax`.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.tensor([[1.0, 0.0, 1.0]]).to_sparse()
    >>> autograd.sparse.log_softmax(x, 1).values()
    tensor([-0.6931, -0.6931])
    """
    return _normalized(
        "sparse.log_softmax", input, dim, dtype, scan.log_softmax, lambda shifted, total: shifted - ops.log(total)
    )
