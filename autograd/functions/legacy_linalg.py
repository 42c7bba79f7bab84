"""Linear algebra by the older names and argument orders that PyTorch has at its top level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.functions import factorizations, linalg, linalg_vectors, lu, norms, return_types
from autograd.functions.common import with_out

if TYPE_CHECKING:
    from autograd.tensor import Tensor


@with_out
def cholesky(input: Any, upper: bool = False) -> Tensor:
    """The Cholesky factor; see `linalg.cholesky`.

    Examples
    --------
    >>> import autograd
    >>> autograd.cholesky(autograd.tensor([[4.0, 2.0], [2.0, 2.0]]))
    tensor([[2., 0.],
            [1., 1.]])
    """
    return factorizations.cholesky(input, upper=upper)


@with_out
def cross(input: Any, other: Any, dim: int | None = None) -> Tensor:
    """The vector product along a dim of size 3, by default the first that has it; see `linalg.cross`.

    Raises
    ------
    RuntimeError
        If no dim has size 3.

    Examples
    --------
    >>> import autograd
    >>> autograd.cross(autograd.tensor([1.0, 0.0, 0.0]), autograd.tensor([0.0, 1.0, 0.0]))
    tensor([0., 0., 1.])
    """
    if dim is None:
        found = [axis for axis, size in enumerate(input._data.shape) if size == 3]
        if not found:
            raise RuntimeError(f"cross: no dimension of size 3 in input, of shape {list(input._data.shape)}")
        dim = found[0]
    return linalg_vectors.cross(input, other, dim=dim)


@with_out
def qr(input: Any, some: bool = True) -> return_types.qr:
    """(Q, R), reduced, or with a square Q if not `some`; see `linalg.qr`.

    Examples
    --------
    >>> import autograd
    >>> A = autograd.tensor([[3.0, 1.0], [4.0, 2.0], [0.0, 1.0]])
    >>> autograd.qr(A, some=False).Q.shape
    autograd.Size([3, 3])
    """
    return return_types.qr(*factorizations.qr(input, "reduced" if some else "complete"))


@with_out
def slogdet(input: Any) -> return_types.slogdet:
    """(sign, logabsdet); see `linalg.slogdet`.

    Examples
    --------
    >>> import autograd
    >>> autograd.slogdet(autograd.tensor([[0.0, 1.0], [1.0, 0.0]])).sign
    tensor(-1.)
    """
    return return_types.slogdet(*linalg.slogdet(input))


@with_out
def svd(input: Any, some: bool = True, compute_uv: bool = True) -> return_types.svd:
    """(U, S, V), where linalg.svd has V^H for V; U and V are zeros without `compute_uv`.

    Examples
    --------
    >>> import autograd
    >>> U, S, V = autograd.svd(autograd.tensor([[0.0, 2.0], [3.0, 0.0]]))
    >>> S
    tensor([3., 2.])
    """
    if not compute_uv:
        lead, (rows, columns) = input._data.shape[:-2], input._data.shape[-2:]
        u, v = (linalg.constant(input, (*lead, n, n), 0) for n in (rows, columns))
        return return_types.svd(u, factorizations.svdvals(input), v)
    u, s, vh = factorizations.svd(input, full_matrices=not some)
    return return_types.svd(u, s, linalg.adjoint(vh))


@with_out
def pinverse(input: Any, rcond: float = 1e-15) -> Tensor:
    """The pseudoinverse; see `linalg.pinv`.

    Examples
    --------
    >>> import autograd
    >>> autograd.pinverse(autograd.tensor([[2.0, 0.0], [0.0, 0.0]]))
    tensor([[0.5000, 0.0000],
            [0.0000, 0.0000]])
    """
    return norms.pinv(input, rcond)


@with_out
def triangular_solve(
    b: Any, A: Any, upper: bool = True, transpose: bool = False, unitriangular: bool = False
) -> return_types.triangular_solve:
    """(solution, A) of A X = b for triangular A, or Aᵀ X = b with `transpose`; see `linalg.solve_triangular`.

    Examples
    --------
    >>> import autograd
    >>> b, A = autograd.tensor([[2.0], [3.0]]), autograd.tensor([[2.0, 0.0], [1.0, 1.0]])
    >>> autograd.triangular_solve(b, A, upper=False).solution
    tensor([[1.],
            [2.]])
    """
    matrix = ops.matrix_transpose(A) if transpose and A._data.ndim > 1 else A
    x = linalg.solve_triangular(matrix, b, upper=upper != transpose, unitriangular=unitriangular)
    return return_types.triangular_solve(x, A.clone())


def lu_solve(b: Any, LU_data: Any, LU_pivots: Any, *, out: Any = None) -> Tensor:
    """X with A X = b, from A's factorization; see `linalg.lu_solve`.

    Examples
    --------
    >>> import autograd
    >>> LU, pivots = autograd.linalg.lu_factor(autograd.tensor([[1.0, 2.0], [2.0, 2.0]]))
    >>> autograd.lu_solve(autograd.tensor([[3.0], [4.0]]), LU, pivots)
    tensor([[1.],
            [1.]])
    """
    return lu.lu_solve(LU_data, LU_pivots, b, out=out)


@with_out
def packed_lu(A: Any, pivot: bool = True, get_infos: bool = False) -> Any:
    """(LU, pivots), and with `get_infos` also info; see `linalg.lu_factor_ex`.

    Examples
    --------
    >>> import autograd
    >>> autograd.lu(autograd.tensor([[1.0, 2.0], [2.0, 2.0]]))
    autograd.return_types.linalg_lu_factor(
    LU=tensor([[2.0000, 2.0000],
            [0.5000, 1.0000]]),
    pivots=tensor([2, 2], dtype=autograd.int32))
    """
    found = lu.lu_factor_ex(A, pivot=pivot)
    return found if get_infos else return_types.linalg_lu_factor(*found[:2])


packed_lu.__name__ = "lu"
