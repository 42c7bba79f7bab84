"""Joining and repeating tensors, by PyTorch's names."""

from __future__ import annotations

import builtins
import itertools
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import TensorBase
from autograd.functions import shape as shapes
from autograd.functions.common import WHOLE, axis_of, shape_of, with_axis, with_out
from autograd.functions.transposition import transpose

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def _common_type(name: str, tensors: list) -> list:
    """The tensors in the element type they promote to."""
    if not tensors:
        refusal = ValueError if name == "cat" else RuntimeError  # PyTorch's types
        raise refusal(f"{name}: expected a non-empty list of Tensors")
    for item in tensors:
        if not isinstance(item, TensorBase):
            raise TypeError(f"{name}: expected Tensors, got {type(item).__name__}")
    kinds = tuple((item.dtype, 2) for item in tensors)  # type: ignore[attr-defined]
    kind = dtypes.result_dtype(kinds)
    return [item if item.dtype is kind else ops.astype(item, dtype=kind) for item in tensors]  # type: ignore[attr-defined]


@with_out
def cat(tensors: Any, dim: int = 0) -> Tensor:
    """The tensors one after another along a dim; 1-D tensors without elements are left out.

    Raises
    ------
    ValueError
        If there is none.
    RuntimeError
        If sizes differ apart from that dim.

    Examples
    --------
    >>> import autograd
    >>> autograd.cat([autograd.ones(2), autograd.zeros(1)])
    tensor([1., 1., 0.])
    """
    items = _common_type("cat", list(tensors))
    full = [item for item in items if tuple(item._data.shape) != (0,)]
    if not full:
        return ops.concat(*items, axis=0)
    model = full[0]._data.shape
    if not model:
        raise RuntimeError("zero-dimensional tensor (at position 0) cannot be concatenated")
    axis = axis_of(dim, len(model))
    for place, item in enumerate(full):
        other = item._data.shape
        if len(other) != len(model):
            raise RuntimeError(f"Tensors must have same number of dimensions: got {len(model)} and {len(other)}")
        if builtins.any(i != axis and n != m for i, (n, m) in enumerate(zip(other, model, strict=True))):
            raise RuntimeError(
                f"Sizes of tensors must match except in dimension {axis}. Got {list(model)} and {list(other)} for tensor "
                f"number {place} in the list"
            )
    return ops.concat(*full, axis=axis)


@with_axis
def concat(tensors: Any, dim: int = 0, *, out: Any = None) -> Tensor:
    """`cat`."""
    return cat(tensors, dim, out=out)


concatenate = concat


@with_out
def stack(tensors: Any, dim: int = 0) -> Tensor:
    """The tensors, all of one shape, along a new dim.

    Raises
    ------
    RuntimeError
        If shapes differ.

    Examples
    --------
    >>> import autograd
    >>> autograd.stack([autograd.zeros(2), autograd.ones(2)])
    tensor([[0., 0.],
            [1., 1.]])
    """
    items = _common_type("stack", list(tensors))
    model = items[0]._data.shape
    for place, item in enumerate(items):
        if item._data.shape != model:
            raise RuntimeError(
                f"stack expects each tensor to be equal size, but got {list(model)} at entry 0 and "
                f"{list(item._data.shape)} at entry {place}"
            )
    return ops.stack(*items, axis=axis_of(dim, len(model) + 1))


def _list(result: Any) -> list:
    return list(result) if isinstance(result, tuple) else [result]


@with_out
def hstack(tensors: Any) -> Tensor:
    """Side by side: along dim 1, vectors along dim 0."""
    items = _list(shapes.atleast_1d(list(tensors)))
    return cat(items, 0 if items and items[0]._data.ndim == 1 else 1)


@with_out
def vstack(tensors: Any) -> Tensor:
    """One above the other, vectors as rows."""
    return cat(_list(shapes.atleast_2d(list(tensors))), 0)


def row_stack(tensors: Any, *, out: Any = None) -> Tensor:
    """`vstack`."""
    return vstack(tensors, out=out)


@with_out
def dstack(tensors: Any) -> Tensor:
    """Along a third dim."""
    return cat(_list(shapes.atleast_3d(list(tensors))), 2)


@with_out
def column_stack(tensors: Any) -> Tensor:
    """Side by side, vectors as columns."""
    columns = [x if x._data.ndim > 1 else ops.reshape(x, shape=(x._data.size, 1)) for x in tensors]
    return hstack(columns)


def block_diag(*tensors: Any) -> Tensor:
    """The matrices along the diagonal of a larger one, zeros elsewhere.

    Raises
    ------
    RuntimeError
        If a tensor has more than two dims.
    """
    for place, item in enumerate(tensors):
        if item._data.ndim > 2:
            raise RuntimeError(
                f"block_diag: Input tensors must have 2 or fewer dimensions. Input {place} has {item._data.ndim} dimensions"
            )
    blocks = _common_type("block_diag", _list(shapes.atleast_2d(list(tensors))))
    width = builtins.sum(block._data.shape[1] for block in blocks)
    rows, start = [], 0
    for block in blocks:
        columns = block._data.shape[1]
        rows.append(ops.pad(block, widths=((0, 0), (start, width - start - columns)), value=0))
        start += columns
    return ops.concat(*rows, axis=0)


def meshgrid(*tensors: Any, indexing: str | None = None) -> tuple[Tensor, ...]:
    """Coordinate tensors of a grid from the vectors of its axes; `ij` or `xy` order.

    Raises
    ------
    RuntimeError
        If there is no tensor, one has more than one dim, types differ, or the indexing is unknown.

    Examples
    --------
    >>> import autograd
    >>> rows, columns = autograd.meshgrid(autograd.arange(2), autograd.arange(3), indexing="ij")
    >>> columns
    tensor([[0, 1, 2],
            [0, 1, 2]])
    """
    items = list(tensors[0]) if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)) else list(tensors)
    if not items:
        raise RuntimeError("meshgrid expects a non-empty TensorList")
    for item in items:
        if item._data.ndim > 1:
            raise RuntimeError(
                f"meshgrid: Expected 0D or 1D tensor in the tensor list but got shape {list(item._data.shape)}"
            )
        if item.dtype is not items[0].dtype:
            raise RuntimeError("meshgrid expects all tensors to have the same dtype")
    if indexing not in (None, "ij", "xy"):
        raise RuntimeError(f"meshgrid: indexing must be one of 'xy' or 'ij', but received: {indexing}")
    turned = indexing == "xy" and len(items) > 1
    if turned:
        items[0], items[1] = items[1], items[0]
    sizes = tuple(item._data.size for item in items)
    grids = []
    for place, item in enumerate(items):
        steps = tuple(n if i == place else 1 for i, n in enumerate(sizes))
        grids.append(ops.broadcast_to(ops.reshape(item, shape=steps), shape=sizes))
    if turned:
        grids[0], grids[1] = grids[1], grids[0]
    return tuple(grids)


def cartesian_prod(*tensors: Any) -> Tensor:
    """All combinations of one element of each vector, one row each.

    Raises
    ------
    RuntimeError
        If a tensor is not 1-d.
    """
    for item in tensors:
        if item._data.ndim != 1:
            raise RuntimeError(f"cartesian_prod: Expect a 1D vector, but got shape {list(item._data.shape)}")
    if len(tensors) == 1:
        return tensors[0]
    return stack([ops.reshape(grid, shape=(grid._data.size,)) for grid in meshgrid(*tensors)], 1)


def combinations(input: Any, r: int = 2, with_replacement: bool = False) -> Tensor:
    """All ways to choose r elements of a vector, one row each.

    Raises
    ------
    RuntimeError
        If the tensor is not 1-d, or `r` is negative.
    """
    if input._data.ndim != 1:
        raise RuntimeError(f"combinations: Expect a 1D vector, but got shape {list(input._data.shape)}")
    if r < 0:
        raise RuntimeError(f"combinations: Expect a non-negative number, but got {r}")
    choose = itertools.combinations_with_replacement if with_replacement else itertools.combinations
    places = list(choose(range(input._data.size), r))
    if not places or not r:
        none = ops.getitem(input, index=(slice(0, 0),))
        return none if not r else ops.reshape(none, shape=(0, r))
    index = input.backend.asarray(places, "int64")
    return ops.getitem(input, index=(index,))


def repeat(input: Any, *counts: Any, repeats: Any = ()) -> Tensor:
    """The tensor laid out `repeats` times along each dim; more dims are put in front."""
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
    return ops.reshape(
        ops.copy_contiguous(whole), shape=tuple(count * size for count, size in zip(counts, sizes, strict=True))
    )


def tile(input: Any, *counts: Any, dims: Any = ()) -> Tensor:
    """`repeat` whose counts are filled with ones in front."""
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
    """
    from autograd.functions.creation import arange, tensor

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
    """The order along some dims reversed, in memory of its own."""
    from autograd.functions.common import axes_of

    axes = axes_of(shape_of(sizes if dims is None else (dims,)), input._data.ndim)
    return ops.flip(input, axis=axes) if input._data.ndim else ops.copy(input)


def fliplr(input: Any) -> Tensor:
    """`flip` of dim 1.

    Raises
    ------
    RuntimeError
        If there are fewer than two dims.
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
