"""Parts of sparse tensors: `x[i]`, slices, `select`, `narrow`, `index_select`; and dims added, exchanged, stacked.

What is taken are copies of the stored elements, in the graph; a sparse tensor has no views.
"""

from __future__ import annotations

from typing import Any

from autograd import dtypes, ops
from autograd.engine import TensorBase, engine
from autograd.functions.brackets import _plain_slice
from autograd.functions.common import axes_of, axis_of, shape_of
from autograd.functions.creation import as_tensor
from autograd.sparse.pattern import Coordinates
from autograd.sparse.tensor import SparseTensor


def _at(x: SparseTensor, coordinates: Any, sizes: tuple[int, ...], places: Any, coalesced: bool) -> SparseTensor:
    """The stored elements number `places`, at other coordinates."""
    stored = ops.take(x.stored, engine.wrap(places, x.backend), axis=0)
    return SparseTensor(Coordinates(x.backend, coordinates, sizes, coalesced), stored)


def _rows(x: Any, array: Any, axes: Any) -> Any:
    return x.backend.take(array, x.backend.asarray(list(axes), dtype="int64"), axis=0)


def select(input: SparseTensor, dim: int, index: int) -> Any:
    """The slice at one place along a dim; dense when no sparse dim is left.

    Raises
    ------
    IndexError
        If the dim does not exist, or the place is outside.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([[0.0, 2.0], [3.0, 0.0]]).to_sparse().select(0, 1).to_dense()
    tensor([3., 0.])
    """
    axis, x = axis_of(dim, input.ndim), input.to_sparse_coo()
    size, sparse = x.shape[axis], x.sparse_dim()
    if not -size <= index < size:
        raise IndexError(f"select(): index {index} out of range for tensor of size {list(x.shape)} at dimension {dim}")
    index %= size
    if axis >= sparse:
        return x.with_values(ops.getitem(x.stored, index=(*(slice(None),) * (axis - sparse + 1), index, ...)))
    xp, pattern = x.backend, x.pattern
    places = xp.nonzero(pattern.coordinates[axis] == index)[0]
    kept = [other for other in range(sparse) if other != axis]
    if not kept:
        return ops.take(x.stored, engine.wrap(places, xp), axis=0).sum(0)  # type: ignore[attr-defined]
    coordinates = xp.take(_rows(x, pattern.coordinates, kept), places, axis=1)
    return _at(x, coordinates, tuple(pattern.sizes[other] for other in kept), places, pattern.coalesced)


def narrow(input: SparseTensor, dim: int, start: Any, length: int) -> SparseTensor:
    """`length` slices along a dim from `start` on.

    Raises
    ------
    IndexError, RuntimeError
        If the dim does not exist; if some of the slices are outside.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([0.0, 2.0, 3.0]).to_sparse().narrow(0, 1, 2).to_dense()
    tensor([2., 3.])
    """
    axis, x = axis_of(dim, input.ndim), input.to_sparse_coo()
    size, sparse, first = x.shape[axis], x.sparse_dim(), int(start)
    if not -size <= first <= size:
        raise IndexError(f"narrow: start out of range (expected to be in range of [{-size}, {size}], but got {first})")
    first = first + size if first < 0 else first
    if length < 0 or first + length > size:
        raise RuntimeError(f"narrow: start ({first}) + length ({length}) exceeds dimension size ({size}).")
    if axis >= sparse:
        lead = (slice(None),) * (axis - sparse + 1)
        return x.with_values(ops.getitem(x.stored, index=(*lead, slice(first, first + length))))
    xp, pattern = x.backend, x.pattern
    along = pattern.coordinates[axis]
    places = xp.nonzero((along >= first) & (along < first + length))[0]
    offset = xp.asarray([[first if other == axis else 0] for other in range(sparse)], "int64")
    sizes = (*pattern.sizes[:axis], length, *pattern.sizes[axis + 1 :])
    return _at(x, xp.take(pattern.coordinates, places, axis=1) - offset, sizes, places, pattern.coalesced)


def index_select(input: SparseTensor, dim: int, index: Any) -> SparseTensor:
    """The slices that a vector of integers names along a dim; one that is named twice is there twice.

    Raises
    ------
    IndexError, RuntimeError
        If the dim does not exist, or a place is outside; if the index is no vector of integers.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([0.0, 2.0, 3.0]).to_sparse().index_select(0, autograd.tensor([2, 0])).to_dense()
    tensor([3., 0.])
    """
    axis, x = axis_of(dim, input.ndim), input.to_sparse_coo()
    size, sparse, xp = x.shape[axis], x.sparse_dim(), x.backend
    if index.ndim > 1 or index.dtype not in (dtypes.int64, dtypes.int32):
        raise RuntimeError(
            f"index_select(): expected a vector of int32 or int64 as index, got {index.dtype} of shape {list(index.shape)}"
        )
    wanted = xp.astype(xp.reshape(index._data, (-1,)), "int64")
    count = int(wanted.shape[0])
    if count and (int(xp.min(wanted)) < 0 or int(xp.max(wanted)) >= size):
        raise IndexError(f"index_select(): index out of range in self, whose dim {axis} has size {size}")
    if axis >= sparse:
        return x.with_values(ops.take(x.stored, engine.wrap(wanted, xp), axis=axis - sparse + 1))
    coordinates = x.pattern.coordinates
    order = xp.argsort(coordinates[axis])
    along = xp.take(coordinates[axis], order, axis=0)
    first = xp.searchsorted(along, wanted, side="left")
    each = xp.searchsorted(along, wanted, side="right") - first
    made = xp.repeat(xp.arange(0, count, 1, "int64"), each)  # to which of the slices each element goes
    before = xp.cumulative_sum(each, axis=0) - each
    within = xp.arange(0, int(made.shape[0]), 1, "int64") - xp.take(before, made, axis=0)
    places = xp.take(order, xp.take(first, made, axis=0) + within, axis=0)
    moved = [made if other == axis else xp.take(coordinates[other], places, axis=0) for other in range(sparse)]
    sizes = (*x.pattern.sizes[:axis], count, *x.pattern.sizes[axis + 1 :])
    return _at(x, xp.stack(moved, axis=0), sizes, places, coalesced=False)


def unsqueeze(input: SparseTensor, dim: int) -> SparseTensor:
    """A new dim of size 1 at place `dim`: sparse, unless it is among the dense ones.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([0.0, 2.0]).to_sparse().unsqueeze(0).shape
    autograd.Size([1, 2])
    """
    axis, x = axis_of(dim, input.ndim + 1), input.to_sparse_coo()
    sparse, xp, pattern = x.sparse_dim(), x.backend, x.pattern
    if axis > sparse:
        return x.with_values(ops.expand_dims(x.stored, axis=axis - sparse + 1))
    parts = [pattern.coordinates[:axis], xp.zeros((1, pattern.count), "int64"), pattern.coordinates[axis:]]
    sizes = (*pattern.sizes[:axis], 1, *pattern.sizes[axis:])
    return SparseTensor(Coordinates(xp, xp.concat(parts, axis=0), sizes, pattern.coalesced), x.stored)


def permute(input: SparseTensor, *dims: Any) -> SparseTensor:
    """The dims in another order, sparse ones first as before.

    Raises
    ------
    RuntimeError
        If a sparse dim and a dense one would change places, or the dims are not all of the tensor's.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([[0.0, 2.0, 3.0]]).to_sparse().permute(1, 0).shape
    autograd.Size([3, 1])
    """
    axes, x = axes_of(shape_of(dims), input.ndim) or (), input.to_sparse_coo()
    sparse, pattern = x.sparse_dim(), x.pattern
    if len(axes) != x.ndim:
        raise RuntimeError(f"permute: got {len(axes)} dims for a tensor of {x.ndim}")
    if any(axis >= sparse for axis in axes[:sparse]):
        raise RuntimeError(f"permute: the first {sparse} dims are sparse, and none can change places with a dense one")
    sizes = tuple(pattern.sizes[axis] for axis in axes[:sparse])
    coalesced = pattern.coalesced and axes[:sparse] == tuple(range(sparse))
    moved = Coordinates(x.backend, _rows(x, pattern.coordinates, axes[:sparse]), sizes, coalesced)
    return SparseTensor(moved, ops.permute_dims(x.stored, axes=(0, *(axis - sparse + 1 for axis in axes[sparse:]))))


def unbind(input: SparseTensor, dim: int = 0) -> tuple:
    """All slices along a dim.

    Examples
    --------
    >>> import autograd
    >>> [row.to_dense() for row in autograd.tensor([[0.0, 2.0], [3.0, 0.0]]).to_sparse().unbind()]
    [tensor([0., 2.]), tensor([3., 0.])]
    """
    return tuple(select(input, dim, place) for place in range(input.shape[axis_of(dim, input.ndim)]))


def getitem(input: SparseTensor, index: Any) -> Any:
    """`input[index]`, with integers, slices, None, Ellipsis, and one vector of integers or booleans.

    Raises
    ------
    IndexError
        For an index out of range, or too many of them.
    NotImplementedError
        For several vectors, which pick single elements.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([[0.0, 2.0], [3.0, 0.0]]).to_sparse()[1].to_dense()
    tensor([3., 0.])
    """
    parts = list(index) if isinstance(index, tuple) else [index]
    dims = len([part for part in parts if part is not None and part is not Ellipsis])
    if dims > input.ndim:
        raise IndexError(f"too many indices for tensor of dimension {input.ndim}")
    if any(part is Ellipsis for part in parts):
        place = next(number for number, part in enumerate(parts) if part is Ellipsis)
        parts[place : place + 1] = [slice(None)] * (input.ndim - dims)
    vectors = [part for part in parts if isinstance(part, (list, TensorBase)) and as_tensor(part).ndim]
    if len(vectors) > 1:
        raise NotImplementedError(f"getitem: not implemented for several vectors on {input.layout!r}; use to_dense()")
    found: Any = input
    axis = 0
    for part in parts:
        if not isinstance(found, SparseTensor):  # no sparse dim is left: an ordinary tensor takes the rest
            return found[(slice(None),) * axis + tuple(parts[parts.index(part) :])]
        found, axis = _part(found, part, axis)
    return found


def _part(x: SparseTensor, part: Any, axis: int) -> tuple[Any, int]:
    """A tensor with one part of an index done, and the dim that the next is for."""
    if part is None:
        return unsqueeze(x, axis), axis + 1
    size = x.shape[axis]
    if isinstance(part, slice):
        plain = _plain_slice(part)
        chosen = range(*plain.indices(size))
        if len(chosen) == size:
            return x, axis + 1
        if chosen.step == 1:
            return narrow(x, axis, min(chosen.start, size), len(chosen)), axis + 1
        return index_select(x, axis, as_tensor(list(chosen), dtype=dtypes.int64, device=x.device)), axis + 1
    if not isinstance(part, (list, TensorBase)) or not as_tensor(part).ndim:
        place = part.__index__()
        if not -size <= place < size:
            raise IndexError(f"index {place} is out of bounds for dimension {axis} with size {size}")
        return select(x, axis, place), axis
    vector = as_tensor(part, device=x.device)
    if vector.dtype is dtypes.bool_:
        if tuple(vector.shape) != (size,):
            raise IndexError(
                f"The shape of the mask {list(vector.shape)} at index 0 does not match the shape of the indexed tensor "
                f"{list(x.shape)} at index {axis}"
            )
        vector = vector.nonzero().reshape(-1)
    return index_select(x, axis, vector.where(vector >= 0, vector + size)), axis + 1


def stack(tensors: Any, dim: int = 0) -> SparseTensor:
    """Sparse tensors of one shape along a new sparse dim.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.tensor([0.0, 2.0]).to_sparse()
    >>> autograd.stack([x, x]).to_dense()
    tensor([[0., 2.],
            [0., 2.]])
    """
    from autograd.sparse.dispatch import joined

    return joined([unsqueeze(item, dim) for item in tensors], dim)


def sparse_mask(input: Any, mask: SparseTensor) -> SparseTensor:
    """The elements of a tensor at the places where a sparse one has any.

    Raises
    ------
    RuntimeError
        If shapes differ.

    Examples
    --------
    >>> import autograd
    >>> pattern = autograd.tensor([0.0, 1.0]).to_sparse()
    >>> autograd.tensor([5.0, 6.0]).sparse_mask(pattern).to_dense()
    tensor([0., 6.])
    """
    if tuple(input.shape) != tuple(mask.shape):
        raise RuntimeError(
            f"sparse_mask(): operands have incompatible sizes; self has size {list(input.shape)} but mask has size "
            f"{list(mask.shape)}"
        )
    flat = ops.reshape(input.to_dense(), shape=(-1, *mask.stored.shape[1:]))
    return mask.with_values(ops.take(flat, engine.wrap(mask.pattern.keys, mask.backend), axis=0))
