"""Dims in another order: permuted, transposed, adjoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.engine import NotDense
from autograd.functions.common import Dims, axes_of, axis_of, shape_of
from autograd.functions.shape import in_place_view

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def permute(input: Any, *order: Any, dims: Any = ()) -> Tensor:
    """The dims in another order.

    Examples
    --------
    >>> import autograd
    >>> autograd.permute(autograd.zeros(2, 3, 4), (2, 0, 1)).shape
    autograd.Size([4, 2, 3])
    """
    try:
        axes = axes_of(shape_of(order or (dims,)), input._data.ndim)
    except NotDense as error:
        return error.operand.take_over("permute", (input, *(order or (dims,))), {})
    if len(axes) != input._data.ndim:  # type: ignore[arg-type]
        raise RuntimeError(
            f"permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired "
            f"ordering of dimensions i.e. input.dim() = {input._data.ndim} is not equal to len(dims) = {len(axes)}"  # type: ignore[arg-type]
        )
    return ops.permute_dims(input, axes=axes)


def transpose(input: Any, dim0: int, dim1: int) -> Tensor:
    """Two dims exchanged.

    Examples
    --------
    >>> import autograd
    >>> autograd.transpose(autograd.zeros(2, 3, 4), 0, 2).shape
    autograd.Size([4, 3, 2])
    """
    try:
        ndim = input._data.ndim
    except NotDense as error:
        return error.operand.transpose(dim0, dim1)
    a, b = axis_of(dim0, ndim), axis_of(dim1, ndim)
    axes = list(range(ndim))
    if ndim:
        axes[a], axes[b] = axes[b], axes[a]
    return ops.permute_dims(input, axes=tuple(axes))


def swapaxes(input: Any, axis0: int, axis1: int) -> Tensor:
    """`transpose` by NumPy's name.

    Examples
    --------
    >>> import autograd
    >>> autograd.swapaxes(autograd.ones(2, 3), 0, 1).shape
    autograd.Size([3, 2])
    """
    return transpose(input, axis0, axis1)


def t(input: Any) -> Tensor:
    """The transposed matrix; vectors and 0-d tensors as they are.

    Raises
    ------
    RuntimeError
        If there are more than two dims.

    Examples
    --------
    >>> import autograd
    >>> autograd.t(autograd.tensor([[1, 2], [3, 4]]))
    tensor([[1, 3],
            [2, 4]])
    """
    try:
        ndim = input._data.ndim
    except NotDense as error:
        return error.operand.t()
    if ndim > 2:
        raise RuntimeError(f"t() expects a tensor with <= 2 dimensions, but self is {ndim}D")
    return ops.permute_dims(input, axes=tuple(reversed(range(ndim))))


def reversed_dims(input: Any) -> Tensor:
    """All dims in reverse order: `x.T`.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([[1, 2], [3, 4]]).T
    tensor([[1, 3],
            [2, 4]])
    """
    return ops.permute_dims(input, axes=tuple(reversed(range(input._data.ndim))))


def matrix_transposed(input: Any) -> Tensor:
    """The last two dims exchanged: `x.mT`.

    Examples
    --------
    >>> import autograd
    >>> autograd.ones(4, 2, 3).mT.shape
    autograd.Size([4, 3, 2])
    """
    if input._data.ndim < 2:
        raise RuntimeError(
            f"tensor.mT is only supported on matrices or batches of matrices. Got {input._data.ndim}-D tensor."
        )
    return ops.matrix_transpose(input)


def _conjugated(view: Any) -> Tensor:
    """The conjugate; a view of real numbers stays one."""
    return ops.conj(view) if view.backend.dtype_of(view._data).is_complex else view


def adjoint(input: Any) -> Tensor:
    """The conjugate of `mT`.

    Raises
    ------
    RuntimeError
        For a tensor of one dim.

    Examples
    --------
    >>> import autograd
    >>> autograd.adjoint(autograd.tensor([[1j, 2.0], [3.0, 4.0]]))
    tensor([[0.-1.j, 3.-0.j],
            [2.-0.j, 4.-0.j]])
    """
    if input._data.ndim < 2:
        raise RuntimeError(
            f"tensor.adjoint() is only supported on matrices or batches of matrices. Got {input._data.ndim}-D tensor."
        )
    return _conjugated(ops.matrix_transpose(input))


def hermitian(input: Any) -> Tensor:
    """The conjugate transpose of a matrix: `x.H`.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([[1j, 2.0], [3.0, 4.0]]).H
    tensor([[0.-1.j, 3.-0.j],
            [2.-0.j, 4.-0.j]])
    """
    if input._data.ndim not in (0, 2):
        raise RuntimeError(f"tensor.H is only supported on matrices (2-D tensors). Got {input._data.ndim}-D tensor.")
    return _conjugated(reversed_dims(input))


def movedim(input: Any, source: Dims, destination: Dims) -> Tensor:
    """Some dims moved to other places, the rest in order.

    Raises
    ------
    RuntimeError
        If there are not as many sources as destinations.

    Examples
    --------
    >>> import autograd
    >>> autograd.movedim(autograd.ones(2, 3, 4), 0, 2).shape
    autograd.Size([3, 4, 2])
    """
    ndim = input._data.ndim
    start, end = axes_of(source, ndim) or (), axes_of(destination, ndim) or ()
    if len(start) != len(end):
        raise RuntimeError(
            f"movedim: Invalid source or destination dims: source ({source} dims) should contain the same number of dims "
            f"as destination ({destination} dims)"
        )
    order = [axis for axis in range(ndim) if axis not in start]
    for place, axis in sorted(zip(end, start, strict=True)):
        order.insert(place, axis)
    return ops.permute_dims(input, axes=tuple(order) if ndim else ())


transpose_ = in_place_view("transpose_", transpose)
t_ = in_place_view("t_", t)
