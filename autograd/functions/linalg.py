"""Inverses, determinants, factorizations and solvers, by the names of `torch.linalg`."""

from __future__ import annotations

import math
from typing import Any

from autograd import dtypes, ops
from autograd.backends.reference.linalg import LinAlgError
from autograd.engine import TensorBase
from autograd.functions import return_types
from autograd.functions.common import axis_of, with_out

__all__ = ["LinAlgError"]


def check_matrix(name: str, x: Any, square: bool = False) -> None:
    """Refuse what is no (square) floating matrix or batch of them.

    Raises
    ------
    RuntimeError
        Naming the shape or the element type.
    """
    if not isinstance(x, TensorBase):
        raise TypeError(f"{name}: expected a Tensor, got {type(x).__name__}")
    shape = list(x._data.shape)
    if len(shape) < 2:
        raise RuntimeError(f"{name}: The input tensor A must have at least 2 dimensions, got shape {shape}")
    if square and shape[-1] != shape[-2]:
        raise RuntimeError(f"{name}: A must be batches of square matrices, but they are {shape[-2]} by {shape[-1]}")
    kind = x.backend.dtype_of(x._data)
    if kind.category < dtypes.FLOATING:
        raise RuntimeError(f"{name}: Expected a floating point or complex tensor as input. Got {kind}")
    if kind.itemsize == 2:
        raise RuntimeError(f"{name}: Low precision dtypes not supported. Got {kind}")


def adjoint(x: Any) -> Any:
    """The conjugate transpose of the last two dims."""
    return ops.conj(ops.matrix_transpose(x))


def eye_like(x: Any, n: int) -> Any:
    """The n × n identity of x's type, on its device."""
    backend = x.backend
    from autograd.engine import engine

    return engine.wrap(backend.eye(n, n, backend.dtype_of(x._data)), backend)


# --- inverse and determinant -----------------------------------------------------------------------------------------


@with_out
def inv(A: Any) -> Any:
    """The inverse of square matrices.

    Raises
    ------
    LinAlgError
        If a matrix is singular.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.inv(autograd.tensor([[2.0, 0.0], [0.0, 4.0]]))
    tensor([[0.5000, 0.0000],
            [0.0000, 0.2500]])
    """
    check_matrix("linalg.inv", A, square=True)
    return ops.inv(A)


def inv_ex(A: Any, *, check_errors: bool = False, out: Any = None) -> Any:
    """(inverse, info): info is 0 where the inverse exists; without `check_errors` nothing raises."""
    check_matrix("linalg.inv_ex", A, square=True)
    return return_types.linalg_inv_ex(*_with_info(ops.inv, A, check_errors))


def _with_info(compute: Any, A: Any, check_errors: bool) -> tuple:
    """The answer, and zeros for info; ones and NaN if there is no answer and that is not to raise."""
    info = ops.astype(ops.zeros_like(ops.real(A)[..., 0, 0]), dtype=dtypes.int32)
    try:
        return compute(A), info
    except LinAlgError:
        if check_errors:
            raise
        return ops.full_like(A, value=math.nan), info + 1


@with_out
def slogdet_pair(A: Any) -> Any:
    """(sign, log |det|)."""
    check_matrix("linalg.slogdet", A, square=True)
    return ops.slogdet(A)


def slogdet(A: Any, *, out: Any = None) -> Any:
    """(sign, logabsdet) of the determinant: det = sign · exp(logabsdet)."""
    return return_types.linalg_slogdet(*slogdet_pair(A, out=out))


@with_out
def det(A: Any) -> Any:
    """The determinant of square matrices."""
    check_matrix("linalg.det", A, square=True)
    return ops.det(A)


def logdet(input: Any) -> Any:
    """The logarithm of the determinant; NaN where it is negative."""
    check_matrix("logdet", input, square=True)
    sign, value = ops.slogdet(input)
    if input.dtype.is_complex:
        return value + ops.log(sign)
    return ops.where(sign < 0, ops.full_like(value, value=math.nan), value)


# --- solving ---------------------------------------------------------------------------------------------------------


def _as_columns(A: Any, B: Any) -> bool:
    """Whether B is a vector, or a batch of vectors, rather than matrices (torch.linalg.solve's rule)."""
    return B._data.ndim == 1 or (A._data.ndim - 1 == B._data.ndim and B._data.shape == A._data.shape[:-1])


@with_out
def solve(A: Any, B: Any, *, left: bool = True) -> Any:
    """X with A X = B (or X A = B with `left=False`), for vectors or matrices B; batch dims broadcast.

    Raises
    ------
    LinAlgError
        If a matrix is singular.
    RuntimeError
        If shapes or types do not fit.
    """
    check_matrix("linalg.solve", A, square=True)
    if A.dtype is not B.dtype:
        raise RuntimeError(f"linalg.solve: expected A and B of one dtype, got {A.dtype} and {B.dtype}")
    vector = _as_columns(A, B)
    if vector:
        if not left:
            raise RuntimeError("linalg.solve: Vector broadcasting of the left hand side is not supported for left=False")
        B = ops.expand_dims(B, axis=-1)
    if B._data.shape[-2 if left else -1] != A._data.shape[-1]:
        raise RuntimeError(
            f"linalg.solve: Incompatible shapes of A and B for the equation {'AX = B' if left else 'XA = B'} "
            f"({list(A._data.shape)} and {list(B._data.shape)})"
        )
    if left:
        X = ops.solve(A, B)
    else:
        X = ops.matrix_transpose(ops.solve(ops.matrix_transpose(A), ops.matrix_transpose(B)))
    return ops.squeeze(X, axis=-1) if vector else X


def solve_ex(A: Any, B: Any, *, left: bool = True, check_errors: bool = False, out: Any = None) -> Any:
    """(result, info) of `solve`, which does not raise without `check_errors`."""
    info = ops.astype(ops.zeros_like(ops.real(A)[..., 0, 0]), dtype=dtypes.int32)
    return return_types.linalg_solve_ex(solve(A, B, left=left), info)


@with_out
def solve_triangular(
    A: Any, B: Any, *, upper: bool, left: bool = True, unitriangular: bool = False
) -> Any:
    """X with A X = B (or X A = B) for triangular A, whose other triangle is not read."""
    check_matrix("linalg.solve_triangular", A, square=True)
    check_matrix("linalg.solve_triangular", B)
    if B._data.shape[-2 if left else -1] != A._data.shape[-1]:
        raise RuntimeError(
            f"linalg.solve_triangular: Incompatible shapes of A and B for the equation "
            f"{'AX = B' if left else 'XA = B'} ({list(A._data.shape)} and {list(B._data.shape)})"
        )
    if left:
        return ops.solve_triangular(A, B, upper=upper, unitriangular=unitriangular)
    turned = ops.solve_triangular(
        ops.matrix_transpose(A), ops.matrix_transpose(B), upper=not upper, unitriangular=unitriangular
    )
    return ops.matrix_transpose(turned)


# --- factorizations --------------------------------------------------------------------------------------------------


@with_out
def cholesky(A: Any, *, upper: bool = False) -> Any:
    """The lower triangular L with A = L L^H (or the upper U with A = U^H U) of positive definite matrices.

    Raises
    ------
    LinAlgError
        If a matrix is not positive definite.
    """
    check_matrix("linalg.cholesky", A, square=True)
    if upper:
        return adjoint(ops.cholesky(adjoint(A)))
    return ops.cholesky(A)


def cholesky_ex(A: Any, *, upper: bool = False, check_errors: bool = False, out: Any = None) -> Any:
    """(L, info) of `cholesky`, which does not raise without `check_errors`."""
    check_matrix("linalg.cholesky_ex", A, square=True)
    return return_types.linalg_cholesky_ex(*_with_info(lambda a: cholesky(a, upper=upper), A, check_errors))


def eigh(A: Any, UPLO: str = "L", *, out: Any = None) -> Any:
    """(eigenvalues, ascending; eigenvectors in columns) of Hermitian matrices, of which one triangle is read."""
    check_matrix("linalg.eigh", A, square=True)
    if not isinstance(UPLO, str) or UPLO.upper() not in ("L", "U"):
        raise RuntimeError(f"Expected UPLO argument to be 'L' or 'U', but got {UPLO}")
    return return_types.linalg_eigh(*ops.eigh(A if UPLO.upper() == "L" else adjoint(A)))


@with_out
def eigvalsh(A: Any, UPLO: str = "L") -> Any:
    """The eigenvalues of Hermitian matrices, ascending."""
    return eigh(A, UPLO)[0]


def svd(A: Any, full_matrices: bool = True, *, driver: str | None = None, out: Any = None) -> Any:
    """(U, S, Vh) with A = U diag(S) Vh; S descending."""
    check_matrix("linalg.svd", A)
    u, s, vh = ops.svd(A)
    if full_matrices:
        u, vh = complete(u), adjoint(complete(adjoint(vh)))
    return return_types.linalg_svd(u, s, vh)


def complete(q: Any) -> Any:
    """Orthonormal columns completed to a square unitary matrix; the new columns have no gradient."""
    rows, columns = q._data.shape[-2:]
    if rows == columns:
        return q
    fixed = q.detach()
    basis, _ = ops.full_qr(fixed)
    return ops.concat(q, basis[..., columns:], axis=-1)


@with_out
def svdvals(A: Any, *, driver: str | None = None) -> Any:
    """The singular values, descending."""
    check_matrix("linalg.svdvals", A)
    return ops.svd(A)[1]


def qr(A: Any, mode: str = "reduced", *, out: Any = None) -> Any:
    """(Q, R) with A = Q R: `reduced`, `complete` (square Q) or `r` (Q empty).

    Raises
    ------
    RuntimeError
        For an unknown mode.
    """
    check_matrix("linalg.qr", A)
    if mode not in ("reduced", "complete", "r"):
        raise RuntimeError(f"qr received unrecognized mode '{mode}' but expected one of 'reduced', 'r', or 'complete'")
    rows, columns = A._data.shape[-2:]
    if rows >= columns:
        q, r = ops.qr(A)
        if mode == "complete" and rows > columns:
            if A.requires_grad:
                raise RuntimeError(
                    "The QR decomposition is not differentiable when mode='complete' and nrows > ncols; use 'reduced'"
                )
            q, r = ops.full_qr(A)
    else:  # Q comes from the first columns; the rest of R is Q^H times the other columns
        q, square = ops.qr(A[..., :rows])
        r = ops.concat(square, ops.matmul(adjoint(q), A[..., rows:]), axis=-1)
    if mode == "r":
        if A.requires_grad:
            raise RuntimeError("The derivative of linalg.qr depends on Q, which is not computed when mode='r'")
        q = A[..., :0, :0]
    return return_types.linalg_qr(q, r)


# --- norms and ranks -------------------------------------------------------------------------------------------------


@with_out
def matrix_power(A: Any, n: int) -> Any:
    """A multiplied n times, by repeated squaring; a negative n inverts."""
    check_matrix("linalg.matrix_power", A, square=True)
    if n < 0:
        A, n = ops.inv(A), -n
    result = None
    while n:
        if n & 1:
            result = A if result is None else ops.matmul(result, A)
        n >>= 1
        if n:
            A = ops.matmul(A, A)
    if result is None:
        return ops.broadcast_to(eye_like(A, A._data.shape[-1]), shape=A._data.shape).clone()
    return result


@with_out
def matrix_exp(A: Any) -> Any:
    """e^A, by scaling and squaring with a Taylor polynomial (Bader, Blanes, Casas 2019, in its simplest form)."""
    check_matrix("linalg.matrix_exp", A, square=True)
    n = A._data.shape[-1]
    identity = ops.broadcast_to(eye_like(A, n), shape=A._data.shape)
    if not A._data.size:
        return identity.clone()
    scale = float(A.detach().abs().sum(-1).amax())
    halvings = max(0, math.ceil(math.log2(scale / 0.25))) if scale > 0.25 and math.isfinite(scale) else 0
    x = A / 2.0**halvings
    result = identity
    for k in range(14, 0, -1):
        result = identity + ops.matmul(x, result) / k
    for _ in range(halvings):
        result = ops.matmul(result, result)
    return result


def dim_pair(dim: Any, ndim: int, name: str) -> tuple[int, int]:
    """Two different dims as axes."""
    if not isinstance(dim, (tuple, list)) or len(dim) != 2:
        raise RuntimeError(f"{name}: dim must be a 2-tuple. Got {dim}")
    first, second = axis_of(dim[0], ndim), axis_of(dim[1], ndim)
    if first == second:
        raise RuntimeError(f"{name}: dims must be different. Got {tuple(dim)}")
    return first, second
