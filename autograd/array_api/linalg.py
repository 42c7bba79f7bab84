"""Linear algebra of the array API standard."""

from __future__ import annotations

from typing import Any

import autograd
from autograd import linalg
from autograd.array_api.promotion import binary, promoted, unary

matmul = binary(autograd.matmul, "matmul")
solve = binary(linalg.solve, "solve")
det = unary(linalg.det, "det")
eig = unary(linalg.eig, "eig")
eigh = unary(linalg.eigh, "eigh")
eigvals = unary(linalg.eigvals, "eigvals")
eigvalsh = unary(linalg.eigvalsh, "eigvalsh")
inv = unary(linalg.inv, "inv")
slogdet = unary(linalg.slogdet, "slogdet")
svdvals = unary(linalg.svdvals, "svdvals")


def matrix_transpose(x: Any, /) -> Any:
    """Each matrix with its rows as columns."""
    return x.mT


def tensordot(x1: Any, x2: Any, /, *, axes: Any = 2) -> Any:
    """Products summed over several axes of each."""
    first, second = promoted(x1, x2)
    return autograd.tensordot(first, second, axes)


def vecdot(x1: Any, x2: Any, /, *, axis: int = -1) -> Any:
    """Products of the conjugate of x1 and x2, summed over an axis."""
    return linalg.vecdot(*promoted(x1, x2), dim=axis)


def cholesky(x: Any, /, *, upper: bool = False) -> Any:
    """The triangular factor of Hermitian positive definite matrices."""
    return linalg.cholesky(x, upper=upper)


def cross(x1: Any, x2: Any, /, *, axis: int = -1) -> Any:
    """The cross product of vectors of three elements."""
    return linalg.cross(*promoted(x1, x2), dim=axis)


def diagonal(x: Any, /, *, offset: int = 0) -> Any:
    """The diagonals of matrices."""
    return autograd.diagonal(x, offset, -2, -1)


def matrix_norm(x: Any, /, *, keepdims: bool = False, ord: Any = "fro") -> Any:
    """Norms of matrices."""
    return linalg.matrix_norm(x, 2 if ord is None else ord, keepdim=keepdims)


def matrix_power(x: Any, n: int, /) -> Any:
    """Powers of square matrices."""
    return linalg.matrix_power(x, n)


def matrix_rank(x: Any, /, *, rtol: Any = None) -> Any:
    """How many singular values exceed `rtol` times the largest."""
    return linalg.matrix_rank(x, rtol=rtol)


def outer(x1: Any, x2: Any, /) -> Any:
    """All products of two vectors' elements."""
    return autograd.outer(*promoted(x1, x2))


def pinv(x: Any, /, *, rtol: Any = None) -> Any:
    """The Moore-Penrose inverse."""
    return linalg.pinv(x, rtol=rtol)


def qr(x: Any, /, *, mode: str = "reduced") -> Any:
    """Orthogonal and triangular factors."""
    return linalg.qr(x, mode)


def svd(x: Any, /, *, full_matrices: bool = True) -> Any:
    """Singular vectors and values."""
    return linalg.svd(x, full_matrices)


def trace(x: Any, /, *, offset: int = 0, dtype: Any = None) -> Any:
    """Sums of the diagonals of matrices."""
    from autograd.array_api.reduction import sum

    return sum(diagonal(x, offset=offset), axis=-1, dtype=dtype)


def vector_norm(x: Any, /, *, axis: Any = None, keepdims: bool = False, ord: float = 2) -> Any:
    """Norms of vectors along axes."""
    return linalg.vector_norm(x, ord, axis, keepdims)
