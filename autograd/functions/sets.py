"""Distinct elements, membership, and searching in sorted sequences, by PyTorch's names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import TensorBase, engine
from autograd.functions.common import axis_of, with_names, with_out
from autograd.functions.reduction import not_complex

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def _runs(name: str, input: Any, dim: int | None, ordered: bool, inverse: bool, counts: bool) -> Any:
    """Values, and if wanted inverse places and counts, of runs of equal slices, after sorting these if `ordered`."""
    not_complex(name, input)
    xp, x = input.backend, input._data
    shape, axis = x.shape, None
    if dim is not None:
        if not x.ndim:
            raise IndexError(f"{name}: Dimension specified as {dim} but tensor has no dimensions")
        axis = axis_of(dim, x.ndim)
        if not x.size and x.shape[axis]:
            raise RuntimeError(
                f"{name}: There are 0 sized dimensions, and they aren't selected, so unique cannot be applied; the "
                f"shape is {list(shape)}, dim {dim}"
            )
        x = xp.moveaxis(x, axis, 0)
    moved = x.shape
    rows = xp.reshape(x, (moved[0], -1 if x.size else 1) if axis is not None and moved[0] else (x.size, 1))
    size = rows.shape[0]
    order = xp.arange(0, size, 1, dtypes.int64)
    if ordered:  # stable sorts by one column after the other, the first column last
        for column in range(rows.shape[1] - 1, -1, -1):
            order = xp.take(order, xp.argsort(xp.take(rows[:, column], order, axis=0)), axis=0)
        rows = xp.take(rows, order, axis=0)
    starts = xp.ones((size,), dtypes.bool_)
    if size > 1:
        starts[1:] = xp.any(rows[1:] != rows[:-1], axis=1)
    places = xp.nonzero(starts)[0]
    if axis is None:
        values = xp.reshape(rows, (size,))[starts]
    else:
        values = xp.reshape(rows[starts], (places.shape[0], *moved[1:]))
        values = xp.moveaxis(values, 0, axis)
    result = [values]
    if inverse:
        numbers = xp.cumulative_sum(xp.astype(starts, dtypes.int64)) - 1
        found = xp.take(numbers, xp.argsort(order), axis=0)
        result.append(found if axis is not None else xp.reshape(found, shape))
    if counts:
        ends = xp.concat([places[1:], xp.full((1 if size else 0,), size, dtypes.int64)])
        result.append(ends - places)
    tensors = tuple(engine.wrap(xp.asarray(array), xp) for array in result)
    return tensors if len(tensors) > 1 else tensors[0]


def unique(
    input: Any,
    sorted: bool = True,
    return_inverse: bool = False,
    return_counts: bool = False,
    dim: int | None = None,
) -> Any:
    """The distinct elements in ascending order, or the distinct slices along a dim.

    Parameters
    ----------
    sorted : accepted; the result is always in order
    return_inverse : also where in the result each element is
    return_counts : also how often each occurs

    Examples
    --------
    >>> import autograd
    >>> autograd.unique(autograd.tensor([3, 1, 3]), return_counts=True)
    (tensor([1, 3]), tensor([1, 2]))
    """
    return _runs("unique", input, dim, True, return_inverse, return_counts)


def unique_consecutive(
    input: Any, return_inverse: bool = False, return_counts: bool = False, dim: int | None = None
) -> Any:
    """The elements, or the slices along a dim, without those equal to the one before.

    Examples
    --------
    >>> import autograd
    >>> autograd.unique_consecutive(autograd.tensor([1, 1, 2, 1]))
    tensor([1, 2, 1])
    """
    return _runs("unique_consecutive", input, dim, False, return_inverse, return_counts)


@with_out
@with_names(element="elements", test_element="test_elements")
def isin(elements: Any, test_elements: Any, *, assume_unique: bool = False, invert: bool = False) -> Tensor:
    """Which elements are among others; one of the two may be a number.

    Raises
    ------
    TypeError
        If neither argument is a tensor.

    Examples
    --------
    >>> import autograd
    >>> autograd.isin(autograd.tensor([1, 2, 3]), autograd.tensor([3, 1]))
    tensor([ True, False,  True])
    """
    like = elements if isinstance(elements, TensorBase) else test_elements
    if not isinstance(like, TensorBase):
        raise TypeError("isin(): one of elements and test_elements must be a Tensor")
    for item in (elements, test_elements):
        if isinstance(item, TensorBase):
            not_complex("isin", item)
    if not (isinstance(elements, TensorBase) and isinstance(test_elements, TensorBase)) or test_elements._data.size < 2:
        if isinstance(test_elements, TensorBase):
            if not test_elements._data.size:
                found = ops.not_equal(elements, elements) if like is elements else ops.equal(like, like)
                return ops.full_like(found, value=invert)
            if not isinstance(elements, TensorBase):
                found = ops.any(ops.equal(test_elements, elements))
                return ops.logical_not(found) if invert else found
            test_elements = ops.reshape(test_elements, shape=())
        found = ops.equal(elements, test_elements)
        return ops.logical_not(found) if invert else found
    elements, test_elements = ops.on_common_levels([elements, test_elements])
    kind = dtypes.promote_types(elements.dtype, test_elements.dtype)  # type: ignore[attr-defined]
    elements, test_elements = ops.astype(elements, dtype=kind), ops.astype(test_elements, dtype=kind)
    xp = test_elements.backend
    others, x = xp.reshape(test_elements._data, (-1,)), elements._data
    others = xp.take(others, xp.argsort(others), axis=0)
    places = xp.searchsorted(others, xp.reshape(x, (-1,)))
    places = xp.where(places < others.shape[0], places, 0)
    found = engine.wrap(xp.asarray(xp.reshape(xp.take(others, places, axis=0), x.shape) == x), xp)
    return ops.logical_not(found) if invert else found


def _search(
    name: str, sequence: Any, values: Any, out_int32: bool, right: bool, side: str | None, sorter: Any
) -> Tensor:
    not_complex(name, sequence)
    if side not in (None, "left", "right"):
        raise RuntimeError(f"{name}(): side can only be 'left' or 'right' but got {side}")
    if side == "left" and right:
        raise RuntimeError(f"{name}(): side and right can't be set to opposites, got side of left while right was True")
    if not isinstance(values, TensorBase):
        kind = dtypes.of_scalar(values)
        kind = kind if kind.category > sequence.dtype.category else sequence.dtype
        values = engine.wrap(sequence.backend.full((), values, kind), sequence.backend)
        if sequence._data.ndim != 1:
            raise RuntimeError(
                f"{name}(): input value can be a scalar only when boundaries tensor dimension is 1, but we got "
                f"boundaries tensor dim({sequence._data.ndim})"
            )
    kind = values.backend.dtype_of(values._data)
    if kind is not sequence.dtype:
        kind = dtypes.promote_types(sequence.dtype, kind)
        sequence, values = ops.astype(sequence, dtype=kind), ops.astype(values, dtype=kind)
    shape, other = sequence._data.shape, values._data.shape
    if not shape:
        raise RuntimeError(f"{name}(): boundaries tensor should have positive dimension, but got 0 dimension")
    if len(shape) > 1 and (len(shape) != len(other) or shape[:-1] != other[:-1]):
        raise RuntimeError(
            f"{name}(): boundaries tensor should be 1 dimension or the first N-1 dimensions of boundaries tensor and "
            f"input value tensor must match, but we got boundaries tensor {list(shape)} and input value tensor "
            f"{list(other)}"
        )
    if sorter is not None:
        if sorter._data.shape != shape:
            raise RuntimeError(
                f"{name}(): boundary and sorter must have the same size, but got boundary tensor {list(shape)} and got "
                f"sorter tensor {list(sorter._data.shape)}"
            )
        if sorter.dtype is not dtypes.int64:
            raise RuntimeError(f"{name}(): sorter must be a tensor of long dtype but got dtype {sorter.dtype}")
        if sorter._data.size and not bool(((sorter._data >= 0) & (sorter._data < shape[-1])).all()):
            raise RuntimeError(f"{name}(): sorter index out of range of a sequence of {shape[-1]}")
        sequence = ops.take_along_axis(sequence, sorter, axis=len(shape) - 1)
    found = ops.searchsorted(sequence, values, side="right" if right or side == "right" else "left")
    return ops.astype(found, dtype=dtypes.int32 if out_int32 else dtypes.int64)


def _checked_out(name: str, found: Any, out: Any) -> Tensor:
    if out.dtype is not found.dtype:
        raise RuntimeError(
            f"{name}(): output tensor's dtype is wrong, it can only be {found.dtype} (int32 for out_int32=True), but "
            f"got {out.dtype}"
        )
    return _stored(found, out=out)


@with_out
def _stored(found: Any) -> Tensor:
    return found


def searchsorted(
    sorted_sequence: Any,
    input: Any,
    *,
    out_int32: bool = False,
    right: bool = False,
    side: str | None = None,
    out: Any = None,
    sorter: Any = None,
) -> Tensor:
    """Where in the sorted last dim of a sequence the values would be inserted, before or after (right) their equals.

    Raises
    ------
    RuntimeError
        If shapes do not fit, or `side` and `right` contradict each other.

    Examples
    --------
    >>> import autograd
    >>> autograd.searchsorted(autograd.tensor([1.0, 2.0, 3.0]), autograd.tensor([2.0, 2.5]))
    tensor([1, 2])
    """
    found = _search("autograd.searchsorted", sorted_sequence, input, out_int32, right, side, sorter)
    return found if out is None else _checked_out("searchsorted", found, out)


def bucketize(input: Any, boundaries: Any, *, out_int32: bool = False, right: bool = False, out: Any = None) -> Tensor:
    """The number of the interval between sorted boundaries that each value is in; `right` closes them at the left.

    Raises
    ------
    RuntimeError
        If the boundaries have more than one dim.

    Examples
    --------
    >>> import autograd
    >>> autograd.bucketize(autograd.tensor([0.5, 1.0, 4.0]), autograd.tensor([1.0, 3.0]))
    tensor([0, 0, 2])
    """
    if boundaries._data.ndim != 1:
        raise RuntimeError(f"boundaries tensor must be 1 dimension, but got dim({boundaries._data.ndim})")
    found = _search("autograd.bucketize", boundaries, input, out_int32, right, None, None)
    return found if out is None else _checked_out("bucketize", found, out)
