"""Cholesky, QR, eigenvalue and singular value factorizations, by the names of `torch.linalg`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.backends.reference.linalg import LinAlgError
from autograd.engine import engine
from autograd.functions import return_types
from autograd.functions.common import with_out
from autograd.functions.linalg import adjoint, check_fits, check_matrix, check_same_type, constant, identity

if TYPE_CHECKING:
    from autograd.tensor import Tensor

# --- Cholesky --------------------------------------------------------------------------------------------------------


@with_out
def cholesky(A: Any, *, upper: bool = False) -> Tensor:
    """The lower triangular L with A = L L^H (or the upper U with A = U^H U) of positive definite matrices.

    Raises
    ------
    LinAlgError
        If a matrix is not positive definite.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.cholesky(autograd.tensor([[4.0, 2.0], [2.0, 2.0]]))
    tensor([[2., 0.],
            [1., 1.]])
    """
    check_matrix("linalg.cholesky", A, square=True)
    return adjoint(ops.cholesky(adjoint(A))) if upper else ops.cholesky(A)


@with_out
def cholesky_ex(A: Any, *, upper: bool = False, check_errors: bool = False) -> return_types.linalg_cholesky_ex:
    """(L, info) of `cholesky`: info is the order of the first minor that is not positive, or 0.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.cholesky_ex(autograd.tensor([[4.0, 2.0], [2.0, 2.0]]))
    autograd.return_types.linalg_cholesky_ex(
    L=tensor([[2., 0.],
            [1., 1.]]),
    info=tensor(0, dtype=autograd.int32))
    """
    check_matrix("linalg.cholesky_ex", A, square=True)
    try:
        return return_types.linalg_cholesky_ex(
            cholesky(A, upper=upper), constant(A, A._data.shape[:-2], 0, dtypes.int32)
        )
    except LinAlgError:
        if check_errors:
            raise
    factor, info = ops.cholesky_info(adjoint(A.detach()) if upper else A.detach())
    return return_types.linalg_cholesky_ex(adjoint(factor) if upper else factor, info)


@with_out
def cholesky_inverse(L: Any, upper: bool = False) -> Tensor:
    """The inverse of L L^H (or U^H U), given the factor.

    Examples
    --------
    >>> import autograd
    >>> autograd.cholesky_inverse(autograd.tensor([[2.0, 0.0], [1.0, 1.0]]))
    tensor([[ 0.5000, -0.5000],
            [-0.5000,  1.0000]])
    """
    check_matrix("cholesky_inverse", L, square=True)
    unit = ops.broadcast_to(identity(L, L._data.shape[-1]), shape=L._data.shape)
    inverse = ops.solve_triangular(L, unit, upper=upper)
    return ops.matmul(inverse, adjoint(inverse)) if upper else ops.matmul(adjoint(inverse), inverse)


@with_out
def cholesky_solve(B: Any, L: Any, upper: bool = False) -> Tensor:
    """X with L L^H X = B (or U^H U X = B), given the factor.

    Examples
    --------
    >>> import autograd
    >>> autograd.cholesky_solve(autograd.ones(2, 1), 2 * autograd.eye(2))
    tensor([[0.2500],
            [0.2500]])
    """
    check_matrix("cholesky_solve", L, square=True)
    check_matrix("cholesky_solve", B)
    check_same_type("cholesky_solve", L, B)
    check_fits("cholesky_solve", L, B, True)
    if upper:
        L = adjoint(L)
    return ops.solve_triangular(adjoint(L), ops.solve_triangular(L, B, upper=False), upper=True)


# --- QR --------------------------------------------------------------------------------------------------------------


@with_out
def qr(A: Any, mode: str = "reduced") -> return_types.linalg_qr:
    """(Q, R) with A = Q R: `reduced`, `complete` (square Q) or `r` (Q empty).

    Raises
    ------
    RuntimeError
        For an unknown mode, and for gradients where there are none: the columns that complete Q are any.

    Examples
    --------
    >>> import autograd
    >>> Q, R = autograd.linalg.qr(autograd.tensor([[3.0, 1.0], [4.0, 2.0]]))
    >>> autograd.allclose(Q @ R, autograd.tensor([[3.0, 1.0], [4.0, 2.0]]))
    True
    """
    check_matrix("linalg.qr", A)
    if mode not in ("reduced", "complete", "r"):
        raise RuntimeError(f"qr received unrecognized mode '{mode}' but expected one of 'reduced', 'r', or 'complete'")
    rows, columns = A._data.shape[-2:]
    if mode == "complete" and rows > columns:
        q, r = ops.full_qr(A)
        if A.requires_grad:
            q, r = _without_gradient(A, q), _without_gradient(A, r)
    elif rows >= columns:
        q, r = ops.qr(A)
    else:  # Q comes from the first columns; the rest of R is Q^H times the other columns
        q, square = ops.qr(A[..., :rows])
        r = ops.concat(square, ops.matmul(adjoint(q), A[..., rows:]), axis=-1)
    if mode == "r":
        q, r = constant(A, (0,), 0), _without_gradient(A, r) if A.requires_grad else r
    return return_types.linalg_qr(q, r)


def _without_gradient(A: Any, x: Any) -> Tensor:
    return ops.undifferentiable(
        A,
        x.detach(),
        reason="The QR decomposition is differentiable only when mode='reduced', or 'complete' for matrices with at "
        "least as many columns as rows; use mode='reduced'",
    )


@with_out
def geqrf(input: Any) -> return_types.geqrf:
    """(a, tau): the QR factorization as LAPACK stores it, for `householder_product` and `ormqr`.

    Examples
    --------
    >>> import autograd
    >>> A = autograd.tensor([[3.0, 1.0], [4.0, 2.0]])
    >>> a, tau = autograd.geqrf(A)
    >>> autograd.allclose(a.triu(), autograd.linalg.qr(A).R)
    True
    """
    check_matrix("geqrf", input)
    return return_types.geqrf(*ops.geqrf(input))


def _reflectors(A: Any, tau: Any, name: str) -> Tensor:
    """The reflectors' vectors in columns: below the diagonal as stored, ones on it."""
    check_matrix(name, A)
    check_same_type(name, A, tau)
    rows, columns = A._data.shape[-2:]
    if tau._data.shape[:-1] != A._data.shape[:-2] or tau._data.shape[-1:] > (columns,) or not tau._data.ndim:
        raise RuntimeError(
            f"{name}: tau must have one factor for each of at most {columns} reflectors of input, got shapes "
            f"{list(A._data.shape)} and {list(tau._data.shape)}"
        )
    k = tau._data.shape[-1]
    stored = ops.tril(A[..., :k], k=-1)
    backend = A.backend
    return ops.add(stored, engine.wrap(backend.eye(rows, k, A.dtype), backend))


def _reflect(vectors: Any, tau: Any, x: Any, order: Any, conjugate: bool) -> Tensor:
    """Apply the reflectors to x from the left, one after the other."""
    factors = ops.conj(tau) if conjugate else tau
    for i in order:
        v = vectors[..., i : i + 1]
        x = ops.subtract(x, ops.multiply(factors[..., i, None, None], ops.matmul(v, ops.matmul(adjoint(v), x))))
    return x


@with_out
def householder_product(input: Any, tau: Any) -> Tensor:
    """The first columns of the product of Householder reflectors H₁ H₂ ... Hₖ, Hᵢ = I - τᵢ vᵢ vᵢ^H.

    Raises
    ------
    RuntimeError
        For matrices with more columns than rows, or more reflectors than columns.

    Examples
    --------
    >>> import autograd
    >>> A = autograd.tensor([[3.0, 1.0], [4.0, 2.0]])
    >>> autograd.allclose(autograd.linalg.householder_product(*autograd.geqrf(A)), autograd.linalg.qr(A).Q)
    True
    """
    name = "linalg.householder_product"
    check_matrix(name, input)
    rows, columns = input._data.shape[-2:]
    if rows < columns:
        raise RuntimeError(
            f"{name}: input.shape[-2] must be greater than or equal to input.shape[-1], got {rows} and {columns}"
        )
    vectors = _reflectors(input, tau, name)
    backend = input.backend
    unit = engine.wrap(backend.eye(rows, columns, input.dtype), backend)
    unit = ops.broadcast_to(unit, shape=input._data.shape)
    if not tau._data.shape[-1]:
        return ops.overwrite(input, unit)
    return _reflect(vectors, tau, unit, reversed(range(tau._data.shape[-1])), False)


@with_out
def ormqr(input: Any, tau: Any, other: Any, left: bool = True, transpose: bool = False) -> Tensor:
    """Q · other, other · Q (with `left=False`), or the same with Q^H (`transpose`), for Q of Householder reflectors.

    Raises
    ------
    RuntimeError
        If the sizes do not fit.

    Examples
    --------
    >>> import autograd
    >>> A = autograd.tensor([[3.0, 1.0], [4.0, 2.0]])
    >>> autograd.allclose(autograd.ormqr(*autograd.geqrf(A), A), autograd.linalg.qr(A).Q @ A, atol=1e-6)
    True
    """
    check_matrix("ormqr", other)
    vectors = _reflectors(input, tau, "ormqr")
    check_same_type("ormqr", input, other)
    size = other._data.shape[-2 if left else -1]
    if size != input._data.shape[-2] or other._data.shape[:-2] != input._data.shape[:-2]:
        raise RuntimeError(
            f"ormqr: input {list(input._data.shape)} and other {list(other._data.shape)} do not fit: other.shape"
            f"[{-2 if left else -1}] must be input.shape[-2], and the batch dims equal"
        )
    steps = range(tau._data.shape[-1])
    if left:
        return _reflect(vectors, tau, other, steps if transpose else reversed(steps), transpose)
    return adjoint(_reflect(vectors, tau, adjoint(other), reversed(steps) if transpose else steps, not transpose))


# --- eigenvalues -----------------------------------------------------------------------------------------------------


@with_out
def eigh(A: Any, UPLO: str = "L") -> return_types.linalg_eigh:
    """(eigenvalues L, ascending; eigenvectors V in columns) of Hermitian A = V diag(L) V^H, of which one triangle is read.

    Raises
    ------
    RuntimeError
        If `UPLO` is neither "L" nor "U".

    Examples
    --------
    >>> import autograd
    >>> L, V = autograd.linalg.eigh(autograd.tensor([[2.0, 0.0], [0.0, 1.0]]))
    >>> L
    tensor([1., 2.])
    """
    check_matrix("linalg.eigh", A, square=True)
    if not isinstance(UPLO, str) or UPLO.upper() not in ("L", "U"):
        raise RuntimeError(f"Expected UPLO argument to be 'L' or 'U', but got {UPLO}")
    return return_types.linalg_eigh(*ops.eigh(A if UPLO.upper() == "L" else adjoint(A)))


@with_out
def eigvalsh(A: Any, UPLO: str = "L") -> Tensor:
    """The real eigenvalues of Hermitian matrices, ascending, (*, n); see `eigh`.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.eigvalsh(autograd.tensor([[2.0, 0.0], [0.0, 1.0]]))
    tensor([1., 2.])
    """
    return eigh(A, UPLO)[0]


@with_out
def eig(A: Any) -> return_types.linalg_eig:
    """(eigenvalues L, eigenvectors V in columns, of norm 1), A V = V diag(L), complex in any case.

    Raises
    ------
    RuntimeError
        For infinities and NaNs.

    Examples
    --------
    >>> import autograd
    >>> L, V = autograd.linalg.eig(autograd.tensor([[2.0, 0.0], [0.0, 3.0]]))
    >>> L
    tensor([2.+0.j, 3.+0.j])
    """
    check_matrix("linalg.eig", A, square=True)
    check_finite("linalg.eig", A)
    return return_types.linalg_eig(*ops.eig(A))


@with_out
def eigvals(A: Any) -> Tensor:
    """The eigenvalues of square matrices, complex in any case; see `eig`.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.eigvals(autograd.tensor([[2.0, 0.0], [0.0, 3.0]]))
    tensor([2.+0.j, 3.+0.j])
    """
    return eig(A)[0]


def check_finite(name: str, A: Any) -> None:
    """Refuse infinities and NaNs, on which LAPACK's iteration may not end."""
    if not bool(A.backend.all(A.backend.isfinite(A._data))):
        raise RuntimeError(f"{name}: input tensor should not contain infs or NaNs.")


# --- singular values -------------------------------------------------------------------------------------------------


@with_out
def svd(A: Any, full_matrices: bool = True, *, driver: str | None = None) -> return_types.linalg_svd:
    """(U, S, Vh) with A = U diag(S) Vh; S descending, U (m, m) and Vh (n, n), or of min(m, n) columns and rows.

    Examples
    --------
    >>> import autograd
    >>> A = autograd.tensor([[3.0, 0.0], [4.0, 5.0]])
    >>> U, S, Vh = autograd.linalg.svd(A)
    >>> autograd.allclose(U @ S.diag() @ Vh, A, atol=1e-6)
    True
    """
    check_matrix("linalg.svd", A)
    return return_types.linalg_svd(*ops.svd(A, full=full_matrices))


@with_out
def svdvals(A: Any, *, driver: str | None = None) -> Tensor:
    """The singular values, descending: the roots of the eigenvalues of A^H A.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.svdvals(autograd.tensor([[2.0, 0.0], [0.0, 3.0]]))
    tensor([3., 2.])
    """
    check_matrix("linalg.svdvals", A)
    return ops.svd(A)[1]
