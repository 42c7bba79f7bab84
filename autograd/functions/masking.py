"""Choosing and writing by mask."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import TensorBase
from autograd.functions.broadcasting import broadcast_shapes, broadcast_tensors
from autograd.functions.common import with_equal_out, with_out
from autograd.functions.slices import as_value
from autograd.names import named

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def _check_mask(name: str, mask: Any) -> None:
    if not isinstance(mask, TensorBase) or mask._data.dtype.kind != "b":
        kind = mask.dtype if isinstance(mask, TensorBase) else type(mask).__name__  # type: ignore[attr-defined]
        raise RuntimeError(f"{name} only supports boolean masks, but got mask with dtype {kind}")


def masked_fill(input: Any, mask: Any, value: Any) -> Tensor:
    """The input with one value where the mask is true.

    Raises
    ------
    RuntimeError
        If the value is a tensor that is not 0-d, or does not fit the element type.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.tensor([-1.0, 2.0])
    >>> autograd.masked_fill(x, x < 0, 0.0)
    tensor([0., 2.])
    """
    _check_mask("masked_fill_", mask)
    if isinstance(value, TensorBase) and value._data.ndim:
        raise RuntimeError(
            f"masked_fill_ only supports a 0-dimensional value tensor, but got tensor with {value._data.ndim} dimension(s)."
        )
    if isinstance(value, TensorBase):
        given, kind = value.dtype, input.dtype  # type: ignore[attr-defined]
        if given is not kind and (given.category > kind.category or kind.category < dtypes.FLOATING):
            value = value.item()  # type: ignore[attr-defined]
    return named(ops.where(mask, as_value(input, value), input), "MaskedFillBackward0")


@with_equal_out
def masked_select(input: Any, mask: Any) -> Tensor:
    """The elements where the mask is true, in one dim.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.tensor([-1.0, 2.0])
    >>> autograd.masked_select(x, x > 0)
    tensor([2.])
    """
    _check_mask("masked_select", mask)
    input, mask = broadcast_tensors(input, mask)
    return ops.at(input, mask) if input._data.ndim else ops.reshape(input, shape=(1,))[mask.reshape(1)]


def masked_scatter(input: Any, mask: Any, source: Any) -> Tensor:
    """The input with the elements of `source`, in order, where the mask is true.

    Raises
    ------
    RuntimeError
        If there are too few of them, or of another element type.

    Examples
    --------
    >>> import autograd
    >>> mask = autograd.tensor([True, False, True])
    >>> autograd.masked_scatter(autograd.zeros(3), mask, autograd.tensor([4.0, 5.0]))
    tensor([4., 0., 5.])
    """
    _check_mask("masked_scatter_", mask)
    if source.dtype is not input.dtype:
        raise RuntimeError(
            f"masked_scatter_: expected self and source to have same dtypes but got {input.dtype} and {source.dtype}"
        )
    shape = tuple(broadcast_shapes(input._data.shape, mask._data.shape))
    input, mask = ops.broadcast_to(input, shape=shape), ops.broadcast_to(mask, shape=shape)
    count = int(mask._data.sum())
    if count > source._data.size:
        raise RuntimeError(f"masked_scatter: expected at least {count} elements in source, got {source._data.size}")
    values = ops.getitem(ops.reshape(source, shape=(source._data.size,)), index=(slice(0, count),))
    if not shape:
        return ops.reshape(values, shape=()) if count else ops.copy(input)
    return ops.put_at(input, values, mask)


def nonzero(input: Any, *, out: Any = None, as_tuple: bool = False) -> Any:
    """The places of the elements that are not zero: one row each, or with `as_tuple` one vector per dim.

    Examples
    --------
    >>> import autograd
    >>> autograd.nonzero(autograd.tensor([0, 3, 5]))
    tensor([[1],
            [2]])
    """
    rows = ops.nonzero(input)
    if as_tuple:
        if not input._data.ndim:
            return (ops.nonzero(ops.reshape(input, shape=(1,)))[:, 0],)
        return tuple(rows[:, i] for i in builtins.range(input._data.ndim))
    if out is not None:
        from autograd.functions.common import store

        return store("nonzero", rows, out)
    return rows


def argwhere(input: Any) -> Tensor:
    """`nonzero` by NumPy's name.

    Examples
    --------
    >>> import autograd
    >>> autograd.argwhere(autograd.eye(2))
    tensor([[0, 0],
            [1, 1]])
    """
    return ops.nonzero(input)


@with_out
def index_reduce(input: Any, dim: int, index: Any, source: Any, reduce: str, *, include_self: bool = True) -> Tensor:
    """A copy of the input with the slices of `source` reduced (prod, mean, amax, amin) into those `index` names.

    Raises
    ------
    RuntimeError
        For an unknown reduction.

    Examples
    --------
    >>> import autograd
    >>> index, source = autograd.tensor([0, 1, 0]), autograd.tensor([2.0, 3.0, 4.0])
    >>> autograd.ones(2).index_reduce(0, index, source, "prod")
    tensor([8., 3.])
    """
    from autograd.functions.common import axis_of
    from autograd.functions.indexing import scatter_reduce
    from autograd.functions.slices import _check_slices, _check_source

    if reduce not in ("prod", "mean", "amax", "amin"):
        raise RuntimeError(f"index_reduce(): reduce must be one of prod, mean, amax, amin, got {reduce}")
    axis = axis_of(dim, input._data.ndim)
    index = _check_slices("index_reduce", input, index, axis)
    _check_source("index_reduce", input, index, source, axis)
    steps = tuple(index._data.size if i == axis else 1 for i in range(builtins.max(source._data.ndim, 1)))
    spread = ops.broadcast_to(ops.reshape(index, shape=steps), shape=source._data.shape or (1,))
    if not source._data.ndim:
        source = ops.reshape(source, shape=(1,))
    whole = input if input._data.ndim else ops.reshape(input, shape=(1,))
    found = scatter_reduce(whole, axis, spread, source, reduce, include_self=include_self)
    return ops.reshape(found, shape=input._data.shape)


# --- copies with a part exchanged ------------------------------------------------------------------------------------


def _exchanged(name: str, input: Any, src: Any, part: Any) -> Tensor:
    """A copy of the input whose view `part(copy)` holds `src`."""
    whole = ops.copy(input)
    view = part(whole)
    if view._data.shape != src._data.shape:
        raise RuntimeError(
            f"{name}: expected src to have a size equal to the slice of self. src size = {list(src._data.shape)}, slice "
            f"size = {list(view._data.shape)}"
        )
    view.copy_(src)
    return whole


def diagonal_scatter(input: Any, src: Any, offset: int = 0, dim1: int = 0, dim2: int = 1) -> Tensor:
    """A copy of the input with `src` on a diagonal.

    Examples
    --------
    >>> import autograd
    >>> autograd.diagonal_scatter(autograd.zeros(2, 2), autograd.ones(2))
    tensor([[1., 0.],
            [0., 1.]])
    """
    from autograd.functions.diagonals import diagonal

    return _exchanged("diagonal_scatter", input, src, lambda x: diagonal(x, offset, dim1, dim2))


def select_scatter(input: Any, src: Any, dim: int, index: int) -> Tensor:
    """A copy of the input with `src` at one place along a dim.

    Examples
    --------
    >>> import autograd
    >>> autograd.select_scatter(autograd.zeros(2, 2), autograd.ones(2), 0, 1)
    tensor([[0., 0.],
            [1., 1.]])
    """
    from autograd.functions.splitting import select

    return _exchanged("select_scatter", input, src, lambda x: select(x, dim, index))


def slice_scatter(input: Any, src: Any, dim: int = 0, start: Any = None, end: Any = None, step: int = 1) -> Tensor:
    """A copy of the input with `src` in a slice along a dim.

    Examples
    --------
    >>> import autograd
    >>> autograd.slice_scatter(autograd.zeros(4), autograd.ones(2), start=1, end=3)
    tensor([0., 1., 1., 0.])
    """
    from autograd.functions.common import axis_of

    axis = axis_of(dim, input._data.ndim)
    lead = (slice(None),) * axis
    return _exchanged("slice_scatter", input, src, lambda x: x[(*lead, slice(start, end, step))])
