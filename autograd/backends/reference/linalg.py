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
    """X with a @ X = b."""
    return xp.linalg.solve(a, b)


@_answerable
def linalg_solve_triangular(xp: Any, a: Any, b: Any, *, upper: bool, unitriangular: bool) -> Any:
    """X with a @ X = b for triangular a."""
    a = xp.triu(a, k=int(unitriangular)) if upper else xp.tril(a, k=-int(unitriangular))
    if unitriangular:
        a = a + xp.linalg_eye_like(a)
    return xp.linalg.solve(a, b)


def linalg_eye_like(xp: Any, x: Any) -> Any:
    """Ones on the diagonal of the last two axes."""
    return xp.tril(xp.triu(xp.ones_like(x), k=0), k=0)


def linalg_slogdet(xp: Any, x: Any) -> tuple:
    """(sign, log of the absolute value) of the determinant."""
    sign, value = xp.linalg.slogdet(x)
    return sign, value


@_answerable
def linalg_cholesky(xp: Any, x: Any) -> Any:
    """The lower Cholesky factor."""
    return xp.linalg.cholesky(x)


@_answerable
def linalg_eigh(xp: Any, x: Any) -> tuple:
    """(eigenvalues ascending, eigenvectors)."""
    return tuple(xp.linalg.eigh(x))


@_answerable
def linalg_svd(xp: Any, x: Any) -> tuple:
    """Reduced singular value decomposition (U, S, V^H)."""
    return tuple(xp.linalg.svd(x, full_matrices=False))


@_answerable
def linalg_qr(xp: Any, x: Any) -> tuple:
    """Reduced QR decomposition."""
    return tuple(xp.linalg.qr(x))
