"""Slices by number along a dim: reading, adding to, replacing and filling them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import TensorBase, engine
from autograd.functions.brackets import deepest, raw_index
from autograd.functions.common import axis_of, with_equal_out, with_out
from autograd.functions.indexing import as_vector, check_index_range, check_index_type

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def _check_slices(name: str, input: Any, index: Any, axis: int) -> Tensor:
    check_index_type(name, index)
    if index._data.ndim > 1:
        raise IndexError(f"{name}(): Index is supposed to be a vector, got shape {list(index._data.shape)}")
    check_index_range(name, index, input._data.shape[axis] if input._data.ndim else 1)
    return as_vector(index)


@with_equal_out
def index_select(input: Any, dim: int, index: Any) -> Tensor:
    """The slices that a vector of integers names along a dim.

    Raises
    ------
    RuntimeError
        If a number is selected from more than once.

    Examples
    --------
    >>> import autograd
    >>> autograd.index_select(autograd.tensor([1, 2, 3]), 0, autograd.tensor([2, 0]))
    tensor([3, 1])
    """
    axis = axis_of(dim, input._data.ndim)
    index = _check_slices("index_select", input, index, axis)
    if not input._data.ndim:
        if index._data.size != 1:
            raise RuntimeError("index_select(): Index to scalar can have only 1 value, got more")
        return ops.copy(input)
    return ops.take(input, index, axis=axis)


def _check_source(name: str, input: Any, index: Any, source: Any, axis: int) -> None:
    if source.backend.dtype_of(source._data) is not input.backend.dtype_of(input._data):
        raise RuntimeError(
            f"{name}(): self and source expected to have the same dtype, but got {input.dtype} and {source.dtype}"
        )
    expected = list(input._data.shape)
    if expected:
        expected[axis] = index._data.size
    given = list(source._data.shape)
    if given != expected and not (len(expected) <= 1 and source._data.size == index._data.size):
        raise RuntimeError(f"{name}(): source of shape {given} does not match the indexed slices' shape {expected}")


@with_out
def index_add(input: Any, dim: int, index: Any, source: Any, *, alpha: Any = 1) -> Tensor:
    """A copy of the input with `alpha · source` added to the slices that `index` names.

    Examples
    --------
    >>> import autograd
    >>> autograd.index_add(autograd.ones(3), 0, autograd.tensor([0, 2]), autograd.tensor([1.0, 5.0]))
    tensor([2., 1., 6.])
    """
    axis = axis_of(dim, input._data.ndim)
    index = _check_slices("index_add", input, index, axis)
    _check_source("index_add", input, index, source, axis)
    if alpha != 1:
        source = ops.multiply(source, alpha)
    found = ops.index_add(as_vector(input), index, as_vector(source), axis=axis)
    return found if input._data.ndim else ops.reshape(found, shape=())


def _slices_at(input: Any, index: Any, axis: int) -> tuple:
    return (*(slice(None),) * axis, index._data)


@with_out
def index_copy(input: Any, dim: int, index: Any, source: Any) -> Tensor:
    """A copy of the input with the slices of `source` written where `index` names.

    Examples
    --------
    >>> import autograd
    >>> autograd.index_copy(autograd.ones(3), 0, autograd.tensor([0, 2]), autograd.tensor([4.0, 5.0]))
    tensor([4., 1., 5.])
    """
    axis = axis_of(dim, input._data.ndim)
    index = _check_slices("index_copy", input, index, axis)
    _check_source("index_copy", input, index, source, axis)
    found = ops.index_put(as_vector(input), as_vector(source), index=_slices_at(input, index, axis), accumulate=False)
    return found if input._data.ndim else ops.reshape(found, shape=())


def index_fill(input: Any, dim: int, index: Any, value: Any) -> Tensor:
    """A copy of the input with one value in the slices that `index` names.

    Raises
    ------
    RuntimeError
        If the value is a tensor that is not 0-d.

    Examples
    --------
    >>> import autograd
    >>> autograd.index_fill(autograd.ones(3), 0, autograd.tensor([0, 2]), 7.0)
    tensor([7., 1., 7.])
    """
    axis = axis_of(dim, input._data.ndim)
    index = _check_slices("index_fill", input, index, axis)
    if isinstance(value, TensorBase) and value._data.ndim:
        raise RuntimeError(
            f"index_fill only supports a 0-dimensional value tensor, but got tensor with {value._data.ndim} dimension(s)"
        )
    filled = as_value(input, value)
    x = as_vector(input)
    steps = tuple(-1 if i == axis else 1 for i in range(x._data.ndim))
    places = engine.wrap(x.backend.arange(0, x._data.shape[axis], 1, dtypes.int64), x.backend)
    chosen = ops.any(ops.equal(ops.expand_dims(places, axis=1), index), axis=(1,))
    mask = ops.reshape(chosen, shape=tuple(chosen._data.size if n == -1 else n for n in steps))
    found = ops.where(mask, filled, x)
    return found if input._data.ndim else ops.reshape(found, shape=())


def as_value(input: Any, value: Any) -> Any:
    """A number or 0-d tensor as a 0-d tensor of the input's type."""
    if isinstance(value, TensorBase):
        return value if value.dtype is input.dtype else ops.astype(value, dtype=input.dtype)  # type: ignore[attr-defined]
    if value is None or isinstance(value, str):
        raise TypeError(f"a value must be a number or a 0-d Tensor, not {type(value).__name__}")
    return engine.wrap(input.backend.full((), dtypes.fitted(value, input.dtype), input._data.dtype), input.backend)


def index_put(input: Any, indices: Any, values: Any, accumulate: bool = False) -> Tensor:
    """A copy of the input with `values` written, or added, at a tuple of index tensors.

    Raises
    ------
    RuntimeError
        If the values are of another type than the input.

    Examples
    --------
    >>> import autograd
    >>> rows, columns = autograd.tensor([0, 1]), autograd.tensor([1, 0])
    >>> autograd.index_put(autograd.zeros(2, 2), (rows, columns), autograd.tensor([4.0, 5.0]))
    tensor([[0., 4.],
            [5., 0.]])
    """
    if values.dtype is not input.dtype:
        raise RuntimeError(
            f"Index put requires the source and destination dtypes match, got {input.dtype} for the destination and "
            f"{values.dtype} for the source."
        )
    index = tuple(slice(None) if part is None else part for part in indices)
    input = ops.lifted_to(input, deepest(index, input))
    index = raw_index(index, input)
    return ops.index_put(input, values, index=index, accumulate=accumulate)
