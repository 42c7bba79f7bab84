"""Linear algebra kernels on top of the array library's own `linalg`, the batch axes first."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any


class LinAlgError(RuntimeError):
    """A matrix for which the operation has no answer: singular, not positive definite, an iteration that diverged."""


def _answerable(kernel: Callable) -> Callable:
    """Turn the array library's own exception for such a matrix into ours."""
    name = kernel.__name__.replace("_", ".", 1)

    @functools.wraps(kernel)
    def guarded(xp: Any, *arrays: Any, **options: Any) -> Any:
        try:
            return kernel(xp, *arrays, **options)
        except Exception as error:
            if type(error).__name__ != "LinAlgError":
                raise
            shapes = " and ".join(str(list(array.shape)) for array in arrays)
            raise LinAlgError(f"{name}: {error}, for input of shape {shapes}") from None

    return guarded


@_answerable
def linalg_inv(xp: Any, x: Any) -> Any:
    """The inverse."""
    return xp.linalg.inv(x)


@_answerable
def linalg_solve(xp: Any, a: Any, b: Any) -> Any:
    """X with a @ X = b, for matrices b."""
    while b.ndim < a.ndim:  # fewer axes than a's would read as vectors in some libraries
        b = b[None]
    return xp.linalg.solve(a, b)


def linalg_det(xp: Any, x: Any) -> Any:
    """The determinant."""
    return xp.linalg.det(x)


def linalg_slogdet(xp: Any, x: Any) -> tuple:
    """(sign, log of the absolute value) of the determinant."""
    sign, value = xp.linalg.slogdet(x)
    return sign, value


@_answerable
def linalg_cholesky(xp: Any, x: Any) -> Any:
    """The lower Cholesky factor; the lower triangle is read."""
    return xp.linalg.cholesky(x)


def linalg_cholesky_info(xp: Any, x: Any) -> tuple:
    """(factor, info): info is the order of the first leading minor that is not positive, 0 if all are.

    Column by column (Golub and Van Loan, Matrix Computations, section 4.2), which also gives the part of the factor
    before that minor.
    """
    n = x.shape[-1]
    out = xp.tril(xp.copy(x), k=0)
    info = xp.zeros(x.shape[:-2], "int32")
    for j in range(n):
        done = xp.conj(out[..., j : j + 1, :j])
        column = out[..., j:, j] - xp.matmul(out[..., j:, :j], xp.matrix_transpose(done))[..., 0]
        pivot = xp.real(column[..., :1])
        bad = (~(pivot[..., 0] > 0)) & (info == 0)
        info = xp.where(bad, xp.full_like(info, j + 1), info)
        out[..., j:, j] = column / xp.sqrt(xp.where(pivot > 0, pivot, xp.ones_like(pivot)))
    return out, info


@_answerable
def linalg_eigh(xp: Any, x: Any) -> tuple:
    """(eigenvalues ascending, eigenvectors); the lower triangle is read."""
    return tuple(xp.linalg.eigh(x))


@_answerable
def linalg_eig(xp: Any, x: Any) -> tuple:
    """(eigenvalues, eigenvectors of norm 1), both complex."""
    values, vectors = xp.linalg.eig(x)
    kind = xp.dtype_of(x).to_complex()
    return xp.astype(values, kind), xp.astype(vectors, kind)


@_answerable
def linalg_svd(xp: Any, x: Any, *, full: bool) -> tuple:
    """Singular value decomposition (U, S, V^H)."""
    return tuple(xp.linalg.svd(x, full_matrices=full))


@_answerable
def linalg_qr(xp: Any, x: Any, *, mode: str) -> tuple:
    """QR decomposition, `reduced` or `complete`."""
    return tuple(xp.linalg.qr(x, mode=mode))


def linalg_geqrf(xp: Any, x: Any) -> tuple:
    """QR by Householder reflectors (LAPACK's geqrf): R with the reflectors' vectors below it, and their factors."""
    out = xp.copy(x)
    rows, columns = x.shape[-2:]
    tau = xp.zeros((*x.shape[:-2], min(rows, columns)), x.dtype)
    for k in range(min(rows, columns)):
        head, tail = xp.copy(out[..., k, k]), xp.copy(out[..., k + 1 :, k])
        below = xp.sum(xp.real(tail * xp.conj(tail)), axis=-1)
        length = xp.sqrt(xp.real(head * xp.conj(head)) + below)
        beta = xp.where(xp.real(head) >= 0, -length, length)
        flat = (below == 0) & (head == xp.real(head))  # already of the form wanted
        safe = xp.where(flat, xp.ones_like(head), head - beta)
        factor = xp.where(flat, xp.zeros_like(head), (beta - head) / xp.where(flat, xp.ones_like(beta), beta))
        tail = xp.where(flat[..., None], xp.zeros_like(tail), tail / safe[..., None])
        rest = out[..., k:, k + 1 :]
        vector = xp.concat([xp.ones_like(head)[..., None], tail], axis=-1)[..., None]
        product = xp.matmul(xp.conj(xp.matrix_transpose(vector)), rest)
        out[..., k:, k + 1 :] = rest - xp.conj(factor)[..., None, None] * vector * product
        out[..., k, k] = xp.where(flat, head, xp.astype(beta, x.dtype))
        out[..., k + 1 :, k] = tail
        tau[..., k] = factor
    return out, tau


def linalg_pair_products(xp: Any, s: Any) -> Any:
    """The products of all s[k] but k = i and k = j, for all i and j."""
    n = s.shape[-1]
    out = xp.ones((*s.shape, n), s.dtype)
    for k in range(n):
        row = xp.copy(out[..., k, :])
        column = xp.copy(out[..., :, k])
        out = out * s[..., k, None, None]
        out[..., k, :] = row
        out[..., :, k] = column
    return out


def diagonal(xp: Any, x: Any, *, offset: int, axis1: int, axis2: int) -> Any:
    """A view of the diagonal of two axes, put last."""
    return xp.library.diagonal(x, offset, axis1, axis2)
