"""Diagonals and triangles of matrices, and matrices made of them."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.functions.common import axis_of, with_out
from autograd.functions.reduction import sum

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def diagonal(input: Any, offset: int = 0, dim1: int = 0, dim2: int = 1) -> Tensor:
    """The diagonal of two dims, put last; a view.

    Examples
    --------
    >>> import autograd
    >>> autograd.diagonal(autograd.arange(4).reshape(2, 2))
    tensor([0, 3])
    """
    ndim = input._data.ndim
    first, second = axis_of(dim1, ndim), axis_of(dim2, ndim)
    if first == second:
        raise RuntimeError(f"diagonal dimensions cannot be identical {dim1}, {dim2}")
    return ops.diagonal(input, offset=offset, axis1=first, axis2=second)


def diag_embed(input: Any, offset: int = 0, dim1: int = -2, dim2: int = -1) -> Tensor:
    """Zeros with the last dim of the input on the diagonal of two dims.

    Raises
    ------
    RuntimeError
        If the two dims are the same.

    Examples
    --------
    >>> import autograd
    >>> autograd.diag_embed(autograd.tensor([[1, 2], [3, 4]]))
    tensor([[[1, 0],
             [0, 2]],
    <BLANKLINE>
            [[3, 0],
             [0, 4]]])
    """
    ndim = input._data.ndim + 1
    first, second = axis_of(dim1, ndim), axis_of(dim2, ndim)
    if first == second:
        raise RuntimeError(f"diagonal dimensions cannot be identical {dim1}, {dim2}")
    if first > second:
        first, second, offset = second, first, -offset
    size = input._data.shape[-1] + builtins.abs(offset)
    rest = list(input._data.shape[:-1])
    for axis in (first, second):
        rest.insert(axis, size)
    return ops.put_in_diagonal(input, shape=tuple(rest), offset=offset, axis1=first, axis2=second)


@with_out
def diag(input: Any, diagonal: int = 0) -> Tensor:
    """A vector on the diagonal of a matrix, or the diagonal of a matrix.

    Raises
    ------
    RuntimeError
        If the tensor has neither one nor two dims.

    Examples
    --------
    >>> import autograd
    >>> autograd.diag(autograd.tensor([1, 2]))
    tensor([[1, 0],
            [0, 2]])
    """
    if input._data.ndim == 1:
        return diag_embed(input, diagonal)
    if input._data.ndim != 2:
        raise RuntimeError(f"diag(): Supports 1D or 2D tensors. Got {input._data.ndim}D")
    return ops.copy(ops.diagonal(input, offset=diagonal, axis1=0, axis2=1))


def diagflat(input: Any, offset: int = 0) -> Tensor:
    """All elements on the diagonal of a matrix.

    Examples
    --------
    >>> import autograd
    >>> autograd.diagflat(autograd.tensor([1, 2]), offset=1)
    tensor([[0, 1, 0],
            [0, 0, 2],
            [0, 0, 0]])
    """
    return diag_embed(ops.reshape(input, shape=(input._data.size,)), offset)


def _matrix(name: str, input: Any) -> None:
    if input._data.ndim < 2:
        raise RuntimeError(f"{name}: input tensor must have at least 2 dimensions")


@with_out
def tril(input: Any, diagonal: int = 0) -> Tensor:
    """The lower triangles of matrices, zeros elsewhere.

    Examples
    --------
    >>> import autograd
    >>> autograd.tril(autograd.ones(2, 2))
    tensor([[1., 0.],
            [1., 1.]])
    """
    _matrix("tril", input)
    return ops.tril(input, k=diagonal)


@with_out
def triu(input: Any, diagonal: int = 0) -> Tensor:
    """The upper triangles of matrices, zeros elsewhere.

    Examples
    --------
    >>> import autograd
    >>> autograd.triu(autograd.ones(2, 2))
    tensor([[1., 1.],
            [0., 1.]])
    """
    _matrix("triu", input)
    return ops.triu(input, k=diagonal)


def trace(input: Any) -> Tensor:
    """The sum of a matrix's diagonal.

    Raises
    ------
    RuntimeError
        If the tensor is no matrix.

    Examples
    --------
    >>> import autograd
    >>> autograd.trace(autograd.eye(3))
    tensor(3.)
    """
    if input._data.ndim != 2:
        raise RuntimeError(f"trace: expected a matrix, but got tensor with dim {input._data.ndim}")
    return sum(ops.diagonal(input, offset=0, axis1=0, axis2=1))
