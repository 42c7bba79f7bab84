"""Sorting and order statistics, by PyTorch's names; the gradient goes to the elements that were picked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.functions import return_types
from autograd.functions.common import axis_of, with_axis, with_out
from autograd.functions.reduction import not_complex, not_empty
from autograd.functions.reduction_extremes import pick_along, zero_place
from autograd.names import named

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def _sorted(name: str, input: Any, dim: int, descending: bool) -> tuple[Any, Any]:
    not_complex(name, input)
    axis = axis_of(dim, input._data.ndim)
    if not input._data.ndim:
        return ops.copy(input), zero_place(input)
    places = ops.argsort(input, axis=axis, descending=descending)
    return named(ops.take_along_axis(input, places, axis=axis), "SortBackward0"), places


@with_axis
def sort(
    input: Any, dim: int = -1, descending: bool = False, stable: bool = False, *, out: Any = None
) -> return_types.sort:
    """The elements along a dim in ascending or descending order, and where they were; always stable.

    Raises
    ------
    RuntimeError
        For complex numbers.

    Examples
    --------
    >>> import autograd
    >>> values, indices = autograd.sort(autograd.tensor([3.0, 1.0, 2.0]))
    >>> values, indices
    (tensor([1., 2., 3.]), tensor([1, 2, 0]))
    """
    return _sort(input, dim, descending, out=out)


@with_out
def _sort(input: Any, dim: int, descending: bool) -> return_types.sort:
    return return_types.sort(*_sorted("sort", input, dim, descending))


@with_out
def msort(input: Any) -> Tensor:
    """The elements in ascending order along the first dim.

    Examples
    --------
    >>> import autograd
    >>> autograd.msort(autograd.tensor([[3, 1], [2, 4]]))
    tensor([[2, 1],
            [3, 4]])
    """
    return _sorted("msort", input, 0, False)[0]


@with_out
def argsort(input: Any, dim: int = -1, descending: bool = False, *, stable: bool = False) -> Tensor:
    """Where the elements are that sort a dim; always stable.

    Examples
    --------
    >>> import autograd
    >>> autograd.argsort(autograd.tensor([3.0, 1.0, 2.0]))
    tensor([1, 2, 0])
    """
    return _sorted("argsort", input, dim, descending)[1]


@with_out
def topk(input: Any, k: int, dim: int = -1, largest: bool = True, sorted: bool = True) -> return_types.topk:
    """The k largest or smallest elements along a dim in order, and where they are.

    Raises
    ------
    RuntimeError
        If there are fewer than k.

    Examples
    --------
    >>> import autograd
    >>> autograd.topk(autograd.tensor([3.0, 1.0, 2.0]), 2).values
    tensor([3., 2.])
    """
    axis = axis_of(dim, input._data.ndim)
    size = input._data.shape[axis] if input._data.ndim else 1
    if not 0 <= k <= size:
        raise RuntimeError(f"topk: selected index k out of range: k = {k}, the dim {dim} has size {size}")
    not_complex("topk", input)
    if not input._data.ndim:
        return return_types.topk(ops.copy(input), zero_place(input))
    index = (*(slice(None),) * axis, slice(0, k), ...)
    places = ops.copy(ops.getitem(ops.argsort(input, axis=axis, descending=largest), index=index))
    return return_types.topk(named(ops.take_along_axis(input, places, axis=axis), "TopkBackward0"), places)


@with_out
def kthvalue(input: Any, k: int, dim: int = -1, keepdim: bool = False) -> return_types.kthvalue:
    """The k-th smallest element along a dim, counted from 1, and where it is.

    Raises
    ------
    RuntimeError
        If there are fewer than k.

    Examples
    --------
    >>> import autograd
    >>> autograd.kthvalue(autograd.tensor([3.0, 1.0, 2.0]), 2).values
    tensor(2.)
    """
    not_complex("kthvalue", input)
    axis = axis_of(dim, input._data.ndim)
    size = input._data.shape[axis] if input._data.ndim else 1
    not_empty("kthvalue", input, (axis,))
    if not 1 <= k <= size:
        raise RuntimeError(f"kthvalue(): selected number k out of range for dimension {dim}: k = {k} of {size}")

    def pick(x: Any, axis: int) -> Any:
        order = ops.argsort(x, axis=axis)
        return ops.copy(ops.getitem(order, index=(*(slice(None),) * axis, slice(k - 1, k), ...)))

    return pick_along("kthvalue", input, dim, keepdim, pick)


def _median(name: str, input: Any, dim: int | None, keepdim: bool, ignore_nan: bool) -> Any:
    not_complex(name, input)
    if dim is None:
        if not input._data.size:
            return ops.astype(ops.sum(ops.astype(input, dtype=dtypes.float64)) + float("nan"), dtype=input.dtype)
        return ops.median(input, ignore_nan=ignore_nan)
    return pick_along(name, input, dim, keepdim, lambda x, axis: ops.median_place(x, axis=axis, ignore_nan=ignore_nan))


@with_out
def median(input: Any, dim: int | None = None, keepdim: bool = False) -> Any:
    """The median of all elements, or along a dim with where it is; the lower of two, and NaN if there is one.

    Examples
    --------
    >>> import autograd
    >>> autograd.median(autograd.tensor([3.0, 1.0, 2.0, 4.0]))
    tensor(2.)
    """
    return _median("median", input, dim, keepdim, False)


@with_out
def nanmedian(input: Any, dim: int | None = None, keepdim: bool = False) -> Any:
    """The median of what is not NaN; of nothing it is NaN.

    Examples
    --------
    >>> import autograd
    >>> autograd.nanmedian(autograd.tensor([1.0, float("nan"), 3.0]))
    tensor(1.)
    """
    return _median("nanmedian", input, dim, keepdim, True)


@with_out
def mode(input: Any, dim: int = -1, keepdim: bool = False) -> return_types.mode:
    """The most frequent element along a dim, of several the smallest, and where it occurs last.

    Examples
    --------
    >>> import autograd
    >>> autograd.mode(autograd.tensor([3, 1, 3, 2])).values
    tensor(3)
    """
    not_complex("mode", input)
    return pick_along("mode", input, dim, keepdim, lambda x, axis: ops.mode_place(x, axis=axis))
