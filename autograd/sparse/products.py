"""Products with sparse matrices."""

from __future__ import annotations

from typing import Any

from autograd import ops
from autograd.engine import engine
from autograd.functions.products import addmm as addmm
from autograd.functions.products import matmul as dense_matmul
from autograd.sparse.pattern import Coordinates
from autograd.sparse.tensor import SparseTensor


def _rows(x: SparseTensor) -> tuple[Any, Any, Any]:
    """Values, row starts and columns of a matrix, as tensors."""
    crow, col, order = x.pattern.rows
    values = x.stored if order is None else ops.take(x.stored, engine.wrap(order, x.backend), axis=0)
    return values, engine.wrap(crow, x.backend), engine.wrap(col, x.backend)


def _check(name: str, a: Any, b: Any) -> None:
    """Refuse operands that are no matrices that fit.

    Raises
    ------
    RuntimeError
        Naming the operation, the shapes or element types.
    """
    for x in (a, b):
        if x.ndim != 2 or (isinstance(x, SparseTensor) and x.sparse_dim() != 2):
            raise RuntimeError(
                f"{name}: expected matrices of two dims, sparse ones with both sparse, got {list(x.shape)}"
            )
    if a.shape[1] != b.shape[0]:
        shapes = " and ".join("x".join(map(str, x.shape)) for x in (a, b))
        raise RuntimeError(f"{name}: mat1 and mat2 shapes cannot be multiplied ({shapes})")
    if a.dtype is not b.dtype:
        raise RuntimeError(
            f"{name}: expected operands of one dtype, got {a.dtype} and {b.dtype}; convert one with .to()"
        )
    if a.backend is not b.backend:
        raise RuntimeError(
            f"{name}: expected all tensors to be on the same device, but found {a.device} and {b.device}; move one "
            "with .to()"
        )


def mm(mat1: Any, mat2: Any) -> Any:
    """The product of two matrices of which either or both are sparse; of two sparse ones it is sparse.

    Gradients flow to the values of sparse operands, at their stored places only, and to dense ones, to every order.

    Raises
    ------
    RuntimeError
        If the operands are no matrices that fit, or of different element types.

    Examples
    --------
    >>> import autograd
    >>> adjacency = autograd.sparse_coo_tensor([[0, 1], [1, 0]], [2.0, 3.0], (2, 2))
    >>> autograd.sparse.mm(adjacency, autograd.tensor([[1.0], [10.0]]))
    tensor([[20.],
            [ 3.]])
    """
    first, second = isinstance(mat1, SparseTensor), isinstance(mat2, SparseTensor)
    if not (first or second):
        return dense_matmul(mat1, mat2)
    _check("sparse.mm", mat1, mat2)
    if first and second:
        return _sparse_product(mat1, mat2)
    if first:
        return ops.csr_matmul(*_rows(mat1), mat2, shape=tuple(mat1.shape), transposed=False)
    turned = ops.csr_matmul(*_rows(mat2), ops.matrix_transpose(mat1), shape=tuple(mat2.shape), transposed=True)
    return ops.matrix_transpose(turned)


spmm = mm


def _sparse_product(a: SparseTensor, b: SparseTensor) -> SparseTensor:
    """Each element of a meets the elements of b's row that its column names; products of one place are added up."""
    xp = a.backend
    crow, col, _ = b.pattern.rows
    values_b, _, _ = _rows(b)
    row_a, col_a = a.pattern.coordinates[0], a.pattern.coordinates[1]
    start = xp.take(crow, col_a, axis=0)
    ends = xp.cumulative_sum(xp.astype(xp.take(crow, col_a + 1, axis=0) - start, "int64"), axis=0)
    pairs = int(ends[-1]) if ends.shape[0] else 0
    place = xp.arange(0, pairs, 1, "int64")
    left = xp.searchsorted(ends, place, side="right")
    before = xp.concat([xp.zeros((1,), "int64"), ends])
    right = xp.take(start, left, axis=0) + place - xp.take(before, left, axis=0)
    coordinates = xp.stack([xp.take(row_a, left, axis=0), xp.astype(xp.take(col, right, axis=0), "int64")], axis=0)
    values = ops.multiply(
        ops.take(a.stored, engine.wrap(left, xp), axis=0), ops.take(values_b, engine.wrap(right, xp), axis=0)
    )
    sizes = (a.shape[0], b.shape[1])
    found = SparseTensor(Coordinates(xp, coordinates, sizes, coalesced=False), values).coalesce()
    return found.to_sparse_csr() if a.is_sparse_csr and b.is_sparse_csr else found


def matmul(a: Any, b: Any) -> Any:
    """`mm`, with a vector on either side too.

    Examples
    --------
    >>> import autograd
    >>> autograd.eye(2).to_sparse() @ autograd.tensor([3.0, 4.0])
    tensor([3., 4.])
    """
    if b.ndim == 1:
        return ops.squeeze(mm(a, ops.expand_dims(b, axis=1)), axis=1)
    if a.ndim == 1:
        return ops.squeeze(mm(ops.expand_dims(a, axis=0), b), axis=0)
    return mm(a, b)


def sampled_addmm(input: SparseTensor, mat1: Any, mat2: Any, *, beta: Any = 1.0, alpha: Any = 1.0) -> SparseTensor:
    """alpha · (mat1 @ mat2), computed only where the sparse `input` has elements, + beta · input.

    Raises
    ------
    RuntimeError
        If `input` is not in compressed rows, or shapes or element types do not fit.

    Examples
    --------
    >>> import autograd
    >>> pattern = autograd.eye(2).to_sparse_csr()
    >>> autograd.sparse.sampled_addmm(pattern, autograd.ones(2, 3), autograd.ones(3, 2)).values()
    tensor([4., 4.])
    """
    if not isinstance(input, SparseTensor) or not input.is_sparse_csr:
        raise RuntimeError(f"sampled_addmm: Expected self to have sparse csr layout, got {input.layout.title}")
    _check("sampled_addmm", mat1, mat2)
    if tuple(input.shape) != (mat1.shape[0], mat2.shape[1]):
        raise RuntimeError(
            f"sampled_addmm: input of shape {list(input.shape)} must have the product's shape "
            f"{[mat1.shape[0], mat2.shape[1]]}"
        )
    values, crow, col = _rows(input)
    sampled = ops.csr_sampled_matmul(crow, col, mat1, ops.matrix_transpose(mat2))
    return input.with_values(sampled * alpha + values * beta if beta else sampled * alpha)
