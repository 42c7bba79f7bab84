"""Joining and combining tensors, by PyTorch's names."""

from __future__ import annotations

import builtins
import itertools
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import TensorBase
from autograd.functions import shape as shapes
from autograd.functions.common import axis_of, with_axis, with_out

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
    """`cat` by its other name.

    Examples
    --------
    >>> import autograd
    >>> autograd.concat([autograd.tensor([1, 2]), autograd.tensor([3])])
    tensor([1, 2, 3])
    """
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
    """Side by side: along dim 1, vectors along dim 0.

    Examples
    --------
    >>> import autograd
    >>> autograd.hstack([autograd.tensor([1, 2]), autograd.tensor([3])])
    tensor([1, 2, 3])
    """
    items = _list(shapes.atleast_1d(list(tensors)))
    return cat(items, 0 if items and items[0]._data.ndim == 1 else 1)


@with_out
def vstack(tensors: Any) -> Tensor:
    """One above the other, vectors as rows.

    Examples
    --------
    >>> import autograd
    >>> autograd.vstack([autograd.tensor([1, 2]), autograd.tensor([3, 4])])
    tensor([[1, 2],
            [3, 4]])
    """
    return cat(_list(shapes.atleast_2d(list(tensors))), 0)


def row_stack(tensors: Any, *, out: Any = None) -> Tensor:
    """`vstack` by its older name.

    Examples
    --------
    >>> import autograd
    >>> autograd.row_stack([autograd.tensor([1, 2]), autograd.tensor([3, 4])])
    tensor([[1, 2],
            [3, 4]])
    """
    return vstack(tensors, out=out)


@with_out
def dstack(tensors: Any) -> Tensor:
    """Along a third dim, which vectors and matrices get first: see `atleast_3d`.

    Examples
    --------
    >>> import autograd
    >>> autograd.dstack([autograd.tensor([1, 2]), autograd.tensor([3, 4])])
    tensor([[[1, 3],
             [2, 4]]])
    """
    return cat(_list(shapes.atleast_3d(list(tensors))), 2)


@with_out
def column_stack(tensors: Any) -> Tensor:
    """Side by side, vectors as columns.

    Examples
    --------
    >>> import autograd
    >>> autograd.column_stack([autograd.tensor([1, 2]), autograd.tensor([3, 4])])
    tensor([[1, 3],
            [2, 4]])
    """
    columns = [x if x._data.ndim > 1 else ops.reshape(x, shape=(x._data.size, 1)) for x in tensors]
    return hstack(columns)


def block_diag(*tensors: Any) -> Tensor:
    """The matrices along the diagonal of a larger one, zeros elsewhere.

    Raises
    ------
    RuntimeError
        If a tensor has more than two dims.

    Examples
    --------
    >>> import autograd
    >>> autograd.block_diag(autograd.tensor([[1, 2]]), autograd.tensor([[3], [4]]))
    tensor([[1, 2, 0],
            [0, 0, 3],
            [0, 0, 4]])
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

    Examples
    --------
    >>> import autograd
    >>> autograd.cartesian_prod(autograd.tensor([1, 2]), autograd.tensor([3, 4]))
    tensor([[1, 3],
            [1, 4],
            [2, 3],
            [2, 4]])
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

    Examples
    --------
    >>> import autograd
    >>> autograd.combinations(autograd.tensor([1, 2, 3]))
    tensor([[1, 2],
            [1, 3],
            [2, 3]])
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
