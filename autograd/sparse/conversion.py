"""Between dense and sparse: `to_dense`, `to_sparse`, compressed rows."""

from __future__ import annotations

import math
from typing import Any

from autograd import ops
from autograd.engine import engine
from autograd.grad_mode import is_grad_enabled
from autograd.layouts import sparse_coo, sparse_csr, strided
from autograd.sparse.pattern import Compressed, Coordinates, flat_keys
from autograd.sparse.tensor import SparseTensor


def to_dense(x: SparseTensor) -> Any:
    """Zeros to which the stored elements are added.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([[0.0, 2.0]]).to_sparse().to_dense()
    tensor([[0., 2.]])
    """
    keys = engine.wrap(x.pattern.keys, x.backend)
    shape = (math.prod(x.pattern.sizes), *x.stored.shape[1:])
    return ops.reshape(ops.index_add_zeros(x.stored, keys, shape=shape, axis=0), shape=tuple(x.shape))


def to_rows(x: SparseTensor) -> SparseTensor:
    """The matrix in compressed rows.

    Raises
    ------
    RuntimeError
        If it is no matrix of numbers.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([[0.0, 2.0], [3.0, 0.0]]).to_sparse().to_sparse_csr().crow_indices()
    tensor([0, 1, 2])
    """
    if x.is_sparse_csr:
        return x
    if x.sparse_dim() != 2 or x.dense_dim():
        raise RuntimeError(
            f"to_sparse_csr: only a matrix of numbers has compressed rows, got {x.sparse_dim()} sparse and "
            f"{x.dense_dim()} dense dims"
        )
    found, xp = x.coalesce(), x.backend
    crow, col, _ = found.pattern.rows
    pattern = Compressed(xp, xp.astype(crow, "int64"), xp.astype(col, "int64"), tuple(x.shape))  # type: ignore[arg-type]
    return SparseTensor(pattern, found.stored)


def to_sparse(x: Any, sparse_dim: int | None = None, layout: Any = None, dense_dim: int | None = None) -> Any:
    """The elements of a dense tensor that are not zero.

    Parameters
    ----------
    sparse_dim : how many dims, from the first, are sparse; default: all
    layout : `sparse_coo` (default) or `sparse_csr`
    dense_dim : how many are dense, of compressed rows; only 0 is there

    Raises
    ------
    RuntimeError
        For an impossible number of dims, or another layout.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([[0.0, 2.0]]).to_sparse().indices()
    tensor([[0],
            [1]])
    """
    if layout is strided:
        return x
    if layout not in (None, sparse_coo, sparse_csr):
        raise RuntimeError(f"to_sparse: layout must be sparse_coo or sparse_csr, got {layout!r}")
    shape = tuple(x.shape)
    if layout is sparse_csr and len(shape) != 2:
        raise RuntimeError(f"to_sparse_csr: only a matrix has compressed rows, got shape {list(shape)}")
    kept = len(shape) - (dense_dim or 0) if sparse_dim is None else sparse_dim
    if not 0 <= kept <= len(shape) or (layout is sparse_csr and kept != 2):
        raise RuntimeError(
            f"dense_to_sparse: sparse_dim argument must be in [0,{len(shape) - 1}] range, but {kept} is given"
        )
    xp = x.backend
    used = x._data != 0
    if kept < len(shape):
        used = xp.any(used, axis=tuple(range(kept, len(shape))))
    coordinates = engine.ops.nonzero(engine.wrap(used, xp))._data
    coordinates = xp.copy(xp.matrix_transpose(coordinates))
    keys = flat_keys(xp, coordinates, shape[:kept])
    flat = ops.reshape(x, shape=(math.prod(shape[:kept]), *shape[kept:]))
    values = ops.take(flat, engine.wrap(keys, xp), axis=0)
    found = SparseTensor(Coordinates(xp, coordinates, shape[:kept], coalesced=True), values)
    return to_rows(found) if layout is sparse_csr else found


def take_in(x: SparseTensor, name: str, result: SparseTensor) -> SparseTensor:
    """Make a tensor the result of an in-place operation; at the same places its values are written into those there.

    Raises
    ------
    RuntimeError
        If places change of a leaf that requires a gradient, or the shape.
    """
    if x.shape != result.shape:
        raise RuntimeError(f"{name}: output with shape {list(x.shape)} doesn't match the shape {list(result.shape)}")
    if result.pattern is x.pattern:
        x.stored.copy_(result.stored)  # type: ignore[attr-defined]
    elif x.requires_grad and x.is_leaf and is_grad_enabled():
        raise RuntimeError(
            f"{name}: a leaf Variable that requires grad is being used in an in-place operation; use the out-of-place "
            "form, or no_grad()"
        )
    else:
        kind = x.dtype
        x.pattern, x.stored = result.pattern, ops.astype(result.stored, dtype=kind)
    return x
