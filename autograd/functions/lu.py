"""LU and LDL factorizations, their use and their unpacking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.backends.reference.linalg import LinAlgError
from autograd.engine import engine
from autograd.functions import return_types
from autograd.functions.common import with_out
from autograd.functions.linalg import adjoint, check_fits, check_matrix, check_same_type, check_tensor, constant

if TYPE_CHECKING:
    from autograd.tensor import Tensor


@with_out
def lu_factor_ex(A: Any, *, pivot: bool = True, check_errors: bool = False) -> return_types.linalg_lu_factor_ex:
    """(LU, pivots, info): L below U in one matrix, the rows exchanged, the first zero on U's diagonal or 0.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.lu_factor_ex(autograd.zeros(2, 2)).info
    tensor(1, dtype=autograd.int32)
    """
    check_matrix("linalg.lu_factor_ex", A)
    packed, pivots, _, info = ops.lu(A, pivot=pivot)
    if check_errors:
        _raise_for("linalg.lu_factor_ex", info)
    return return_types.linalg_lu_factor_ex(packed, pivots, info)


def _raise_for(name: str, info: Any) -> None:
    if bool(info.backend.any(info._data != 0)):
        raise LinAlgError(f"{name}: a pivot is zero: the matrix is singular (info {info.tolist()})")


@with_out
def lu_factor(A: Any, *, pivot: bool = True) -> return_types.linalg_lu_factor:
    """(LU, pivots): L below U in one matrix, and the rows exchanged, from 1.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.lu_factor(autograd.tensor([[1.0, 2.0], [2.0, 2.0]])).LU
    tensor([[2.0000, 2.0000],
            [0.5000, 1.0000]])
    """
    check_matrix("linalg.lu_factor", A)
    packed, pivots, _, _ = ops.lu(A, pivot=pivot)
    return return_types.linalg_lu_factor(packed, pivots)


def _triangles(packed: Any) -> tuple[Any, Any]:
    rows, columns = packed._data.shape[-2:]
    k = min(rows, columns)
    backend = packed.backend
    unit = engine.wrap(backend.eye(rows, k, packed.dtype), backend)
    return ops.add(ops.tril(packed[..., :, :k], k=-1), unit), ops.triu(packed[..., :k, :])


@with_out
def lu(A: Any, *, pivot: bool = True) -> return_types.linalg_lu:
    """(P, L, U) with A = P L U; P is empty without `pivot`.

    Examples
    --------
    >>> import autograd
    >>> A = autograd.tensor([[1.0, 2.0], [2.0, 2.0]])
    >>> P, L, U = autograd.linalg.lu(A)
    >>> L, U
    (tensor([[1.0000, 0.0000],
            [0.5000, 1.0000]]), tensor([[2., 2.],
            [0., 1.]]))
    >>> autograd.equal(P @ L @ U, A)
    True
    """
    check_matrix("linalg.lu", A)
    packed, _, matrix, _ = ops.lu(A, pivot=pivot)
    return return_types.linalg_lu(matrix if pivot else constant(A, (0,), 0), *_triangles(packed))


@with_out
def lu_unpack(
    LU_data: Any, LU_pivots: Any, unpack_data: bool = True, unpack_pivots: bool = True
) -> return_types.lu_unpack:
    """(P, L, U) of what `lu_factor` returned; those not asked for are empty.

    Raises
    ------
    RuntimeError
        If the pivots are not int32, or shapes do not fit.

    Examples
    --------
    >>> import autograd
    >>> A = autograd.tensor([[1.0, 2.0], [2.0, 2.0]])
    >>> P, L, U = autograd.lu_unpack(*autograd.linalg.lu_factor(A))
    >>> autograd.equal(P @ L @ U, A)
    True
    """
    check_matrix("lu_unpack", LU_data)
    empty = constant(LU_data, (0,), 0)
    _check_pivots("lu_unpack", LU_data, LU_pivots, unpack_pivots)
    matrix = ops.permutation(LU_pivots, LU_data.detach(), size=LU_data._data.shape[-2]) if unpack_pivots else empty
    return return_types.lu_unpack(matrix, *(_triangles(LU_data) if unpack_data else (empty, empty)))


def _check_pivots(name: str, packed: Any, pivots: Any, needed: bool = True) -> None:
    check_tensor(name, pivots)
    if not needed:
        return
    if pivots.dtype is not dtypes.int32:
        raise RuntimeError(f"{name}: pivots are expected to be a contiguous tensor of int32, got {pivots.dtype}")
    expected = (*packed._data.shape[:-2], min(packed._data.shape[-2:]))
    if pivots._data.shape != expected:
        raise RuntimeError(
            f"{name}: pivots have shape {list(pivots._data.shape)}, expected {list(expected)} for factors of shape "
            f"{list(packed._data.shape)}"
        )


@with_out
def lu_solve(LU: Any, pivots: Any, B: Any, *, left: bool = True, adjoint: bool = False) -> Tensor:
    """X with A X = B, from A's `lu_factor`; X A = B with `left=False`; A^H in A's place with `adjoint`.

    Examples
    --------
    >>> import autograd
    >>> A = autograd.tensor([[1.0, 2.0], [2.0, 2.0]])
    >>> autograd.linalg.lu_solve(*autograd.linalg.lu_factor(A), autograd.tensor([[3.0], [4.0]]))
    tensor([[1.],
            [1.]])
    """
    name = "linalg.lu_solve"
    check_matrix(name, LU, square=True)
    check_matrix(name, B)
    check_same_type(name, LU, B)
    _check_pivots(name, LU, pivots)
    check_fits(name, LU, B, left)
    matrix = ops.permutation(pivots, LU.detach(), size=LU._data.shape[-1])
    if not left:  # X A = B is A^H X^H = B^H
        return _adjoint(_solve(LU, matrix, _adjoint(B), not adjoint))
    return _solve(LU, matrix, B, adjoint)


_adjoint = adjoint


def _solve(packed: Any, matrix: Any, B: Any, adjoint: bool) -> Tensor:
    """X with P L U X = B, or (P L U)^H X = B."""
    if adjoint:
        turned = _adjoint(packed)
        inner = ops.solve_triangular(turned, B, upper=False)
        return ops.matmul(matrix, ops.solve_triangular(turned, inner, upper=True, unitriangular=True))
    inner = ops.matmul(ops.matrix_transpose(matrix), B)
    inner = ops.solve_triangular(packed, inner, upper=False, unitriangular=True)
    return ops.solve_triangular(packed, inner, upper=True)


# --- LDL -------------------------------------------------------------------------------------------------------------


@with_out
def ldl_factor_ex(A: Any, *, hermitian: bool = False, check_errors: bool = False) -> return_types.linalg_ldl_factor_ex:
    """(LD, pivots, info) of symmetric or Hermitian matrices: A = P L D L^T P^T with pivots of order 1 and 2.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.ldl_factor_ex(autograd.tensor([[4.0, 2.0], [2.0, 3.0]]))
    autograd.return_types.linalg_ldl_factor_ex(
    LD=tensor([[4.0000, 0.0000],
            [0.5000, 2.0000]]),
    pivots=tensor([1, 2], dtype=autograd.int32),
    info=tensor(0, dtype=autograd.int32))
    """
    check_matrix("linalg.ldl_factor_ex", A, square=True)
    LD, pivots, info = ops.ldl(A, hermitian=hermitian and A.dtype.is_complex)
    if check_errors:
        _raise_for("linalg.ldl_factor_ex", info)
    return return_types.linalg_ldl_factor_ex(LD, pivots, info)


@with_out
def ldl_factor(A: Any, *, hermitian: bool = False) -> return_types.linalg_ldl_factor:
    """(LD, pivots) of symmetric or Hermitian matrices.

    Raises
    ------
    LinAlgError
        If a pivot is zero.

    Examples
    --------
    >>> import autograd
    >>> LD, pivots = autograd.linalg.ldl_factor(autograd.tensor([[4.0, 2.0], [2.0, 3.0]]))
    >>> LD
    tensor([[4.0000, 0.0000],
            [0.5000, 2.0000]])
    """
    LD, pivots, info = ldl_factor_ex(A, hermitian=hermitian)
    _raise_for("linalg.ldl_factor", info)
    return return_types.linalg_ldl_factor(LD, pivots)


@with_out
def ldl_solve(LD: Any, pivots: Any, B: Any, *, hermitian: bool = False) -> Tensor:
    """X with A X = B, from A's `ldl_factor`.

    Raises
    ------
    RuntimeError
        If the pivots are not integers of the factors' batch shape.

    Examples
    --------
    >>> import autograd
    >>> factors = autograd.linalg.ldl_factor(autograd.tensor([[4.0, 2.0], [2.0, 3.0]]))
    >>> autograd.linalg.ldl_solve(*factors, autograd.tensor([[6.0], [5.0]]))
    tensor([[1.],
            [1.]])
    """
    name = "linalg.ldl_solve"
    check_matrix(name, LD, square=True)
    check_matrix(name, B)
    check_same_type(name, LD, B)
    check_fits(name, LD, B, True)
    if pivots.dtype.category != dtypes.INTEGER or pivots._data.shape != LD._data.shape[:-1]:
        raise RuntimeError(
            f"{name}: pivots must be integers of shape {list(LD._data.shape[:-1])}, got {pivots.dtype} of shape "
            f"{list(pivots._data.shape)}"
        )
    return ops.ldl_solve(LD, pivots, B, hermitian=hermitian and LD.dtype.is_complex)
