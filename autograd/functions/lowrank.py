"""Approximations of low rank by random projections: singular values and principal components."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.engine import engine
from autograd.functions.factorizations import qr
from autograd.functions.linalg import adjoint, check_matrix

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def svd_lowrank(A: Any, q: int | None = 6, niter: int | None = 2, M: Any = None) -> tuple[Tensor, Tensor, Tensor]:
    """(U, S, V) with A ≈ U diag(S) V^H of rank q, by subspace iteration on a random sketch; of A - M with `M`.

    N. Halko, P.-G. Martinsson, J. Tropp, Finding structure with randomness, SIAM Review 53 (2011), algorithm 5.1. The
    sketch is the same in every call.

    Raises
    ------
    RuntimeError
        If q is negative.

    Examples
    --------
    >>> import autograd
    >>> A = autograd.ones(4, 3)  # of rank 1
    >>> U, S, V = autograd.svd_lowrank(A, q=1)
    >>> autograd.allclose(U * S @ V.mT, A)
    True
    """
    check_matrix("svd_lowrank", A)
    rows, columns = A._data.shape[-2:]
    q = 6 if q is None else q
    if q < 0:
        raise RuntimeError(f"svd_lowrank: the rank q must not be negative, got {q}")
    if M is not None:
        A = ops.subtract(A, ops.broadcast_to(M, shape=A._data.shape))
    wide = rows < columns
    if wide:
        A = adjoint(A)
    draw = random.Random(0)
    sketch = [[draw.gauss(0.0, 1.0) for _ in range(q)] for _ in range(A._data.shape[-1])]
    array = A.backend.asarray(sketch, A.dtype) if q and sketch else A.backend.zeros((A._data.shape[-1], q), A.dtype)
    basis = qr(ops.matmul(A, engine.wrap(array, A.backend)))[0]
    for _ in range(niter or 0):
        basis = qr(ops.matmul(adjoint(A), basis))[0]
        basis = qr(ops.matmul(A, basis))[0]
    u, s, vh = ops.svd(ops.matmul(adjoint(basis), A))
    u, v = ops.matmul(basis, u), adjoint(vh)
    return (v, s, u) if wide else (u, s, v)


def pca_lowrank(A: Any, q: int | None = None, center: bool = True, niter: int = 2) -> tuple[Tensor, Tensor, Tensor]:
    """(U, S, V) of the principal components of A's rows, of rank q (default: at most 6); see `svd_lowrank`.

    Raises
    ------
    ValueError
        If `q` is negative or exceeds the smaller size.

    Examples
    --------
    >>> import autograd
    >>> A = autograd.tensor([[0.0, 1.0], [0.0, 3.0], [0.0, 5.0]])
    >>> U, S, V = autograd.pca_lowrank(A, q=1)
    >>> V.abs().round(decimals=4)  # all that varies is the second column
    tensor([[0.],
            [1.]])
    """
    check_matrix("pca_lowrank", A)
    rows, columns = A._data.shape[-2:]
    q = min(6, rows, columns) if q is None else q
    if not 0 <= q <= min(rows, columns):
        raise ValueError(f"q(={q}) must be non-negative integer and not greater than min(m, n)={min(rows, columns)}")
    if center:
        A = ops.subtract(A, ops.divide(ops.sum(A, axis=-2, keepdims=True), rows))
    return svd_lowrank(A, q, niter)
