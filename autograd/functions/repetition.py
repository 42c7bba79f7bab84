"""Repeating elements, and turning and rolling their order."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import TensorBase
from autograd.functions.common import WHOLE, axis_of, shape_of, with_axis
from autograd.functions.transposition import transpose

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def repeat(input: Any, *counts: Any, repeats: Any = ()) -> Tensor:
    """The tensor laid out `repeats` times along each dim; more dims are put in front.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([1, 2]).repeat(2, 2)
    tensor([[1, 2, 1, 2],
            [1, 2, 1, 2]])
    """
    counts = shape_of(counts or (repeats,))
    lead = len(counts) - input._data.ndim
    if lead < 0:
        raise RuntimeError(
            f"Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor: {list(counts)} "
            f"for shape {list(input._data.shape)}"
        )
    if builtins.any(n < 0 for n in counts):
        raise RuntimeError(f"repeat: Trying to create tensor with negative dimension: {list(counts)}")
    sizes = (1,) * lead + tuple(input._data.shape)
    spread = ops.reshape(input, shape=tuple(n for size in sizes for n in (1, size)))
    pairs = tuple(n for count, size in zip(counts, sizes, strict=True) for n in (count, size))
    whole = ops.broadcast_to(spread, shape=pairs)
    shape = tuple(count * size for count, size in zip(counts, sizes, strict=True))
    return ops.reshape(ops.copy_contiguous(whole), shape=shape)


def tile(input: Any, *counts: Any, dims: Any = ()) -> Tensor:
    """`repeat` whose counts are filled with ones in front.

    Examples
    --------
    >>> import autograd
    >>> autograd.tile(autograd.tensor([[1, 2]]), (2,))
    tensor([[1, 2, 1, 2]])
    """
    counts = shape_of(counts or (dims,))
    return repeat(input, (1,) * (input._data.ndim - len(counts)) + counts)


@with_axis
def repeat_interleave(
    input: Any, repeats: Any = None, dim: int | None = None, *, output_size: int | None = None
) -> Tensor:
    """Each element (or slice along a dim) several times in a row; with one tensor, its numbers' places.

    Raises
    ------
    RuntimeError
        For negative counts or a wrong number of them.
    NotImplementedError
        For counts that are neither int64 nor int32.

    Examples
    --------
    >>> import autograd
    >>> autograd.repeat_interleave(autograd.tensor([1, 2]), 2)
    tensor([1, 1, 2, 2])
    >>> autograd.repeat_interleave(autograd.tensor([1, 2]), autograd.tensor([1, 3]))
    tensor([1, 2, 2, 2])
    """
    from autograd.functions.creation import tensor
    from autograd.functions.filled import arange

    if repeats is None:
        return repeat_interleave(arange(input._data.size, dtype=input.dtype, device=input.device), input)
    if dim is None:
        input, dim = ops.reshape(input, shape=(input._data.size,)), 0
    axis = axis_of(dim, input._data.ndim)
    if not input._data.ndim:
        input = ops.reshape(input, shape=(1,))
    size = input._data.shape[axis]
    counts = repeats if isinstance(repeats, TensorBase) else tensor(repeats, device=input.device)
    if counts.dtype not in (dtypes.int64, dtypes.int32):  # type: ignore[attr-defined, union-attr]
        raise NotImplementedError(f"repeats has to be Long or Int tensor, got {counts.dtype}")  # type: ignore[attr-defined, union-attr]
    if counts._data.ndim > 1:
        raise RuntimeError("repeats must be 0-dim or 1-dim tensor")
    numbers = counts.reshape(-1).tolist()  # type: ignore[attr-defined, union-attr]
    if builtins.any(n < 0 for n in numbers):
        raise RuntimeError("repeats can not be negative")
    if len(numbers) == 1:
        numbers = numbers * size
    if len(numbers) != size:
        raise RuntimeError(f"repeats must have the same size as input along dim, but got {len(numbers)} and {size}")
    places = [i for i, n in enumerate(numbers) for _ in range(n)]
    return ops.take(input, tensor(places, dtype=dtypes.int64, device=input.device), axis=axis)


def flip(input: Any, *sizes: Any, dims: Any = None) -> Tensor:
    """The order along some dims reversed, in memory of its own.

    Examples
    --------
    >>> import autograd
    >>> autograd.flip(autograd.tensor([[1, 2], [3, 4]]), (0, 1))
    tensor([[4, 3],
            [2, 1]])
    """
    from autograd.functions.common import axes_of

    axes = axes_of(shape_of(sizes if dims is None else (dims,)), input._data.ndim)
    return ops.flip(input, axis=axes) if input._data.ndim else ops.copy(input)


def fliplr(input: Any) -> Tensor:
    """`flip` of dim 1.

    Raises
    ------
    RuntimeError
        If there are fewer than two dims.

    Examples
    --------
    >>> import autograd
    >>> autograd.fliplr(autograd.tensor([[1, 2], [3, 4]]))
    tensor([[2, 1],
            [4, 3]])
    """
    if input._data.ndim < 2:
        raise RuntimeError("Input must be >= 2-d.")
    return ops.flip(input, axis=(1,))


def flipud(input: Any) -> Tensor:
    """`flip` of dim 0.

    Raises
    ------
    RuntimeError
        For a 0-d tensor.

    Examples
    --------
    >>> import autograd
    >>> autograd.flipud(autograd.tensor([[1, 2], [3, 4]]))
    tensor([[3, 4],
            [1, 2]])
    """
    if input._data.ndim < 1:
        raise RuntimeError("Input must be >= 1-d.")
    return ops.flip(input, axis=(0,))


def roll(input: Any, shifts: Any, dims: Any = ()) -> Tensor:
    """Elements moved along dims, those pushed out coming in at the other end; without dims, of the flat tensor.

    Raises
    ------
    RuntimeError
        If there are not as many shifts as dims.
    IndexError
        If a 0-d tensor is rolled along a dim.

    Examples
    --------
    >>> import autograd
    >>> autograd.roll(autograd.tensor([1, 2, 3]), 1)
    tensor([3, 1, 2])
    """
    steps = (shifts,) if isinstance(shifts, WHOLE) else tuple(shifts)
    places = (dims,) if isinstance(dims, WHOLE) else tuple(dims)
    if not places:
        if len(steps) != 1:
            raise RuntimeError(f"shifts and dimensions must align. shifts: {len(steps)}, dims:{len(places)}")
        flat = ops.reshape(input, shape=(input._data.size,))
        return ops.reshape(ops.roll(flat, shift=steps, axis=(0,)), shape=input._data.shape)
    if len(steps) != len(places):
        raise RuntimeError(f"shifts and dimensions must align. shifts: {len(steps)}, dims:{len(places)}")
    if not input._data.ndim:
        raise IndexError(f"Dimension specified as {places[0]} but tensor has no dimensions")
    axes = tuple(axis_of(dim, input._data.ndim) for dim in places)
    return ops.roll(input, shift=steps, axis=axes)


def rot90(input: Any, k: int = 1, dims: Any = (0, 1)) -> Tensor:
    """Turned by k quarter turns from the first dim towards the second.

    Raises
    ------
    RuntimeError
        If there are not two different dims.

    Examples
    --------
    >>> import autograd
    >>> autograd.rot90(autograd.tensor([[1, 2], [3, 4]]))
    tensor([[2, 4],
            [1, 3]])
    """
    if len(dims) != 2:
        raise RuntimeError(f"expected total rotation dims == 2, but got dims = {len(dims)}")
    if input._data.ndim < 2:
        raise RuntimeError(f"expected total dims >= 2, but got total dims = {input._data.ndim}")
    if builtins.abs(dims[0] - dims[1]) in (0, input._data.ndim):
        raise RuntimeError(f"expected rotation dims to be different, but got dim0 = {dims[0]} and dim1 = {dims[1]}")
    first, second = axis_of(dims[0], input._data.ndim), axis_of(dims[1], input._data.ndim)
    k %= 4
    if k == 2:
        return ops.flip(input, axis=(first, second))
    if k == 0:
        return ops.copy(input)
    if k == 1:
        return transpose(ops.flip(input, axis=(second,)), first, second)
    return ops.flip(transpose(input, first, second), axis=(second,))
