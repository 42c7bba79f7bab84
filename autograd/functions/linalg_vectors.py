"""Products of vectors, Vandermonde matrices and diagonals, by the names of `torch.linalg`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.functions.common import axis_of, with_out

if TYPE_CHECKING:
    from autograd.tensor import Tensor


@with_out
def cross(input: Any, other: Any, *, dim: int = -1) -> Tensor:
    """The vector product along a dim of size 3; the others broadcast.

    Raises
    ------
    RuntimeError
        If the dim has another size, or the tensors have different numbers of dims.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.cross(autograd.tensor([1.0, 0.0, 0.0]), autograd.tensor([0.0, 1.0, 0.0]))
    tensor([0., 0., 1.])
    """
    a, b = input._data.shape, other._data.shape
    if len(a) != len(b):
        raise RuntimeError(
            f"linalg.cross: inputs must have the same number of dimensions, got shapes {list(a)} and {list(b)}"
        )
    axis = axis_of(dim, len(a))
    if a[axis] != 3 or b[axis] != 3:
        raise RuntimeError(
            f"linalg.cross: inputs dimension {dim} must have length 3. Got {a[axis]} and {b[axis]}; choose another dim"
        )
    lead = (slice(None),) * axis

    def turned(x: Any, by: int) -> Any:
        first = ops.getitem(x, index=(*lead, slice(by, 3)))
        return ops.concat(first, ops.getitem(x, index=(*lead, slice(0, by))), axis=axis)

    positive = ops.multiply(turned(input, 1), turned(other, 2))
    return ops.subtract(positive, ops.multiply(turned(input, 2), turned(other, 1)))


@with_out
def vecdot(x: Any, y: Any, *, dim: int = -1) -> Tensor:
    """Σ conj(x) · y along a dim.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.vecdot(autograd.tensor([[1.0, 2.0], [3.0, 4.0]]), autograd.tensor([1.0, 1.0]))
    tensor([3., 7.])
    """
    product = ops.multiply(ops.conj(x), y)
    return ops.sum(product, axis=axis_of(dim, product._data.ndim))


@with_out
def vander(x: Any, *, N: int | None = None) -> Tensor:
    """The matrix whose columns are x⁰, x¹, ..., xᴺ⁻¹; N is above 1 (else a RuntimeError), by default the length of x.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.vander(autograd.tensor([1, 2, 3]))
    tensor([[1, 1, 1],
            [1, 2, 4],
            [1, 3, 9]])
    """
    if not x._data.ndim:
        x = ops.reshape(x, shape=(1,))
    count = x._data.shape[-1] if N is None else N
    if count <= 1:
        raise RuntimeError(f"linalg.vander: N must be greater than 1, got {N}")
    if x.dtype.category < dtypes.FLOATING:
        x = ops.astype(x, dtype=dtypes.int64)
    column = ops.expand_dims(x, axis=-1)
    columns = [ops.ones_like(column)]
    while len(columns) < count:
        columns.append(ops.multiply(columns[-1], column))
    return ops.concat(*columns, axis=-1)


def diagonal(A: Any, *, offset: int = 0, dim1: int = -2, dim2: int = -1) -> Tensor:
    """A view of the diagonal of two dims, put last.

    Raises
    ------
    RuntimeError
        If the two dims are the same.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.diagonal(autograd.tensor([[1, 2], [3, 4]]))
    tensor([1, 4])
    """
    ndim = A._data.ndim
    first, second = axis_of(dim1, ndim), axis_of(dim2, ndim)
    if first == second:
        raise RuntimeError(f"diagonal dimensions cannot be identical {dim1}, {dim2}")
    return ops.diagonal(A, offset=offset, axis1=first, axis2=second)
