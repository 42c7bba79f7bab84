"""Sliding windows, new tensors like a given one, and other seldom used names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import TensorBase
from autograd.functions import creation, filled
from autograd.functions.common import WHOLE, axis_of, shape_of
from autograd.functions.splitting import chunk, split

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def unfold(input: Any, dimension: int, size: int, step: int) -> Tensor:
    """Windows of `size` every `step` along a dim, the place in the window last: `x.unfold(0, 3, 1)`; a view.

    Examples
    --------
    >>> import autograd
    >>> autograd.arange(5).unfold(0, 3, 2)
    tensor([[0, 1, 2],
            [2, 3, 4]])
    """
    axis = axis_of(dimension, input._data.ndim)
    length = input._data.shape[axis] if input._data.ndim else 1
    if size < 0 or size > length:
        raise RuntimeError(f"maximum size for tensor at dimension {dimension} is {length} but size is {size}")
    if step <= 0:
        raise RuntimeError(f"step is {step} but must be > 0")
    if not input._data.ndim:
        return ops.reshape(input, shape=(1,))[:size]
    return ops.sliding(input, axis=axis, size=size, step=step)


def sum_to_size(input: Any, *sizes: Any, size: Any = ()) -> Tensor:
    """Summed to a shape that broadcasts to the input's.

    Examples
    --------
    >>> import autograd
    >>> autograd.ones(2, 3).sum_to_size(1, 3)
    tensor([[2., 2., 2.]])
    """
    shape, own = shape_of(sizes or (size,)), input._data.shape
    tail = own[len(own) - len(shape) :] if len(shape) <= len(own) else ()
    if len(tail) != len(shape) or any(n not in (1, m) for n, m in zip(shape, tail, strict=True)):
        raise RuntimeError(f"size {{{list(shape)}}} is not expandable to size {{{list(own)}}}.")
    return input if shape == own else ops.sum_to(input, shape=shape)


def unsafe_split(tensor: Any, split_size: Any, dim: int = 0) -> tuple[Tensor, ...]:
    """`split`; what is unsafe in PyTorch is not here.

    Examples
    --------
    >>> import autograd
    >>> autograd.unsafe_split(autograd.tensor([1, 2, 3]), 2)
    (tensor([1, 2]), tensor([3]))
    """
    return split(tensor, split_size, dim)


def unsafe_chunk(input: Any, chunks: int, dim: int = 0) -> tuple[Tensor, ...]:
    """`chunk`; what is unsafe in PyTorch is not here.

    Examples
    --------
    >>> import autograd
    >>> autograd.unsafe_chunk(autograd.tensor([1, 2, 3]), 2)
    (tensor([1, 2]), tensor([3]))
    """
    return chunk(input, chunks, dim)


def unravel_index(indices: Any, shape: Any) -> tuple[Tensor, ...]:
    """Places in a flat tensor as one tensor of coordinates for each dim of `shape`.

    Raises
    ------
    TypeError
        For indices that are not integers.
    ValueError
        For a negative size.

    Examples
    --------
    >>> import autograd
    >>> autograd.unravel_index(autograd.tensor([1, 5]), (2, 3))
    (tensor([0, 1]), tensor([1, 2]))
    """
    if indices.dtype.category != dtypes.INTEGER:
        raise TypeError(f"unravel_index: expected an integer tensor, but got {indices.dtype}")
    sizes = (shape,) if isinstance(shape, WHOLE) else tuple(int(n) for n in shape)
    if any(n < 0 for n in sizes):
        raise ValueError(f"unravel_index: all dimensions must be non-negative, got {list(sizes)}")
    found = []
    for n in reversed(sizes):
        found.append(indices % n)
        indices = indices // n
    return tuple(reversed(found))


def nonzero_static(input: Any, *, size: int, fill_value: int = -1) -> Tensor:
    """`nonzero` with exactly `size` rows: cut off, or filled up with `fill_value`.

    Examples
    --------
    >>> import autograd
    >>> autograd.nonzero_static(autograd.tensor([0, 1, 2]), size=3)
    tensor([[ 1],
            [ 2],
            [-1]])
    """
    rows = ops.nonzero(input)
    if rows._data.shape[0] >= size:
        return rows[:size]
    return ops.pad(rows, widths=((0, size - rows._data.shape[0]), (0, 0)), value=fill_value)


def _place(input: TensorBase, dtype: Any, device: Any) -> dict[str, Any]:
    backend = input.backend
    return {
        "dtype": backend.dtype_of(input._data) if dtype is None else dtype,
        "device": backend.device if device is None else device,
    }


def new_zeros(
    input: Any, *size: Any, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any
) -> Tensor:
    """Zeros, of the input's type and device unless given.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([1]).new_zeros(2)
    tensor([0, 0])
    """
    return filled.zeros(*size, requires_grad=requires_grad, **_place(input, dtype, device), **layout)


def new_ones(
    input: Any, *size: Any, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any
) -> Tensor:
    """Ones, of the input's type and device unless given.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([1]).new_ones(2)
    tensor([1, 1])
    """
    return filled.ones(*size, requires_grad=requires_grad, **_place(input, dtype, device), **layout)


def new_empty(
    input: Any, *size: Any, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any
) -> Tensor:
    """Arbitrary values, of the input's type and device unless given.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([1]).new_empty(2).dtype
    autograd.int64
    """
    return filled.empty(*size, requires_grad=requires_grad, **_place(input, dtype, device), **layout)


def new_full(
    input: Any,
    size: Any,
    fill_value: Any,
    *,
    dtype: Any = None,
    device: Any = None,
    requires_grad: bool = False,
    **layout: Any,
) -> Tensor:
    """One value, of the input's type and device unless given.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([1]).new_full((2,), 7)
    tensor([7, 7])
    """
    return filled.full(size, fill_value, requires_grad=requires_grad, **_place(input, dtype, device), **layout)


def new_tensor(input: Any, data: Any, *, dtype: Any = None, device: Any = None, requires_grad: bool = False) -> Tensor:
    """A copy of data, of the input's type and device unless given.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([1.0]).new_tensor([2, 3])
    tensor([2., 3.])
    """
    return creation.tensor(data, requires_grad=requires_grad, **_place(input, dtype, device))
