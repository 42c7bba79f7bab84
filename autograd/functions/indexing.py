"""Reading and writing by index tensors: gather and scatter, flat places."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import TensorBase, engine
from autograd.functions.common import axis_of, with_equal_out, with_out

if TYPE_CHECKING:
    from autograd.tensor import Tensor

# --- gather and scatter ----------------------------------------------------------------------------------------------


def _check_index(name: str, input: Any, index: Any, axis: int) -> None:
    kind = index.backend.dtype_of(index._data)
    if kind not in (dtypes.int64, dtypes.int32):
        raise RuntimeError(f"{name}(): Expected dtype int32/int64 for index, got {kind}")
    if builtins.max(index._data.ndim, 1) != builtins.max(input._data.ndim, 1):
        raise RuntimeError(
            f"{name}(): Index tensor must have the same number of dimensions as input tensor, got {list(index._data.shape)} "
            f"and {list(input._data.shape)}"
        )
    for dim, (n, size) in enumerate(zip(index._data.shape, input._data.shape, strict=False)):
        if dim != axis and n > size:
            raise RuntimeError(
                f"{name}(): Size does not match at dimension {dim}: expected index {list(index._data.shape)} to be no "
                f"larger than self {list(input._data.shape)} apart from dimension {axis}"
            )
    check_index_range(name, index, input._data.shape[axis] if input._data.ndim else 1, error=RuntimeError)


def check_index_range(name: str, index: Any, size: int, negative: bool = False, error: Any = IndexError) -> None:
    """Refuse places outside a dim of this size; on a device they are not looked at, which would wait for it."""
    if index._data.size and index.backend.device.type == "cpu":
        low, high = index.backend.bounds(index._data)
        if low < (-size if negative else 0) or high >= size:
            raise error(f"{name}(): index {low if low < 0 else high} is out of bounds for dimension with size {size}")


def as_vector(x: Any) -> Tensor:
    """A 0-d tensor as a vector of one element; others as they are."""
    return x if x._data.ndim else ops.reshape(x, shape=(1,))


@with_equal_out
def gather(input: Any, dim: int, index: Any, *, sparse_grad: bool = False) -> Tensor:
    """out[i, j] = input[index[i, j], j] for dim 0, and so on.

    Raises
    ------
    RuntimeError
        If the index is not of int64 or its shape does not fit.

    Examples
    --------
    >>> import autograd
    >>> autograd.gather(autograd.tensor([[1, 2], [3, 4]]), 1, autograd.tensor([[1], [0]]))
    tensor([[2],
            [3]])
    """
    axis = axis_of(dim, input._data.ndim)
    if not index._data.size:
        flat = ops.reshape(input, shape=(input._data.size,))
        return ops.reshape(ops.getitem(flat, index=(slice(0, 0),)), shape=index._data.shape)
    _check_index("gather", input, index, axis)
    found = ops.take_along_axis(as_vector(input), as_vector(index), axis=axis)
    return found if index._data.ndim else ops.reshape(found, shape=())


def check_index_type(name: str, index: Any) -> None:
    """Refuse places that are not int64 or int32."""
    kind = index.backend.dtype_of(index._data)
    if kind not in (dtypes.int64, dtypes.int32):
        raise RuntimeError(f"{name}(): Expected dtype int64 for index, got {kind}")


@with_out
def take_along_dim(input: Any, indices: Any, dim: int | None = None) -> Tensor:
    """`gather` whose other dims broadcast; without a dim, of all elements.

    Raises
    ------
    RuntimeError
        If the two have different numbers of dims.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.tensor([[3, 1, 2], [6, 5, 4]])
    >>> autograd.take_along_dim(x, autograd.argsort(x, dim=1), dim=1)
    tensor([[1, 2, 3],
            [4, 5, 6]])
    """
    check_index_type("take_along_dim", indices)
    if dim is None:
        return gather(
            ops.reshape(input, shape=(input._data.size,)), 0, ops.reshape(indices, shape=(indices._data.size,))
        )
    if input._data.ndim != indices._data.ndim:
        raise RuntimeError(
            f"take_along_dim(): input and indices should have the same number of dimensions, but got {input._data.ndim} "
            f"dimensions for input, and {indices._data.ndim} dimensions for indices"
        )
    axis = axis_of(dim, input._data.ndim)
    from autograd.functions.broadcasting import broadcast_shapes

    a, b = list(input._data.shape), list(indices._data.shape)
    a[axis] = b[axis] = 1
    common = list(broadcast_shapes(tuple(a), tuple(b)))
    left, right = list(common), list(common)
    left[axis], right[axis] = input._data.shape[axis], indices._data.shape[axis]
    size = input._data.shape[axis]
    check_index_range("take_along_dim", indices, size, negative=True)
    indices = ops.where(indices < 0, indices + size, indices)
    return gather(ops.broadcast_to(input, shape=tuple(left)), dim, ops.broadcast_to(indices, shape=tuple(right)))


def _source(name: str, input: Any, index: Any, src: Any) -> Tensor:
    """The values to scatter, a number filled to the index's shape."""
    if not isinstance(src, TensorBase):
        backend, src = input.backend, dtypes.fitted(src, input.dtype)
        return engine.wrap(backend.full(index._data.shape, src, input._data.dtype), backend)
    if src.backend.dtype_of(src._data) is not input.backend.dtype_of(input._data):
        raise RuntimeError(f"{name}(): Expected self.dtype to be equal to src.dtype")
    for n, size in zip(index._data.shape, src._data.shape, strict=False):
        if n > size:
            raise RuntimeError(
                f"{name}(): Expected index {list(index._data.shape)} to be no larger than src {list(src._data.shape)}"
            )
    if builtins.max(src._data.ndim, 1) != builtins.max(index._data.ndim, 1):
        raise RuntimeError(
            f"{name}(): Index tensor must have the same number of dimensions as src tensor, got {list(index._data.shape)} "
            f"and {list(src._data.shape)}"
        )
    return src  # type: ignore[return-value]


@with_out
def scatter(
    input: Any, dim: int, index: Any, src: Any = None, *, value: Any = None, reduce: str | None = None
) -> Tensor:
    """A copy of the input with `src`, or one value, written at `index` along a dim; `reduce` adds or multiplies.

    Raises
    ------
    RuntimeError
        For an unknown reduction.

    Examples
    --------
    >>> import autograd
    >>> autograd.scatter(autograd.zeros(3), 0, autograd.tensor([2]), autograd.tensor([5.0]))
    tensor([0., 0., 5.])
    """
    axis = axis_of(dim, input._data.ndim)
    src = value if src is None else src
    if not index._data.size:
        return ops.copy(input)
    _check_index("scatter", input, index, axis)
    src = _source("scatter", input, index, src)
    if reduce is not None:
        if reduce not in ("add", "multiply"):
            raise RuntimeError("reduce argument must be either add or multiply.")
        return scatter_reduce(input, dim, index, src, {"add": "sum", "multiply": "prod"}[reduce])
    found = ops.scatter(as_vector(input), as_vector(index), as_vector(src), axis=axis)
    return found if input._data.ndim else ops.reshape(found, shape=())


@with_out
def scatter_add(input: Any, dim: int, index: Any, src: Any) -> Tensor:
    """A copy of the input, out[index[i, j], j] += src[i, j] for dim 0, and so on; places that repeat add up.

    Examples
    --------
    >>> import autograd
    >>> index = autograd.tensor([0, 1, 0])
    >>> autograd.scatter_add(autograd.zeros(2), 0, index, autograd.tensor([1.0, 2.0, 3.0]))
    tensor([4., 2.])
    """
    axis = axis_of(dim, input._data.ndim)
    if not index._data.size:
        return ops.copy(input)
    _check_index("scatter_add", input, index, axis)
    src = _source("scatter_add", input, index, src)
    found = ops.scatter_add(as_vector(input), as_vector(index), as_vector(src), axis=axis)
    return found if input._data.ndim else ops.reshape(found, shape=())


REDUCTIONS = ("sum", "prod", "mean", "amax", "amin")


@with_out
def scatter_reduce(input: Any, dim: int, index: Any, src: Any, reduce: str, *, include_self: bool = True) -> Tensor:
    """A copy of the input with `src` reduced into it at `index` along a dim.

    Raises
    ------
    RuntimeError
        For a `reduce` that is not one of sum, prod, mean, amax, amin; or shapes and types that do not fit.

    Examples
    --------
    >>> import autograd
    >>> index = autograd.tensor([0, 1, 0])
    >>> autograd.scatter_reduce(autograd.ones(2), 0, index, autograd.tensor([1.0, 2.0, 3.0]), "amax")
    tensor([3., 2.])
    """
    axis = axis_of(dim, input._data.ndim)
    if reduce not in REDUCTIONS:
        raise RuntimeError(f"reduce argument must be either {', '.join(REDUCTIONS)}, got {reduce}")
    if not index._data.size:
        return ops.copy(input)
    _check_index("scatter_reduce", input, index, axis)
    src = _source("scatter_reduce", input, index, src)
    scalar = not input._data.ndim
    x, index, src = as_vector(input), as_vector(index), as_vector(src)
    if tuple(src._data.shape) != tuple(index._data.shape):
        src = ops.getitem(src, index=tuple(slice(0, n) for n in index._data.shape))
    ones = ops.ones_like(src)
    start = ops.ones_like(x) if include_self else ops.zeros_like(x)
    count = ops.scatter_add(start, index, ones, axis=axis)
    touched = ops.scatter_add(ops.zeros_like(x), index, ones, axis=axis) > 0
    if reduce in ("sum", "mean"):
        base = x if include_self else ops.where(touched, ops.zeros_like(x), x)
        found = ops.scatter_add(base, index, src, axis=axis)
        if reduce == "mean":
            count = ops.where(count < 1, ops.ones_like(count), count)
            whole = x.dtype.category < dtypes.FLOATING
            found = ops.floor_divide(found, count) if whole else ops.divide(found, count)
    elif reduce == "prod":
        found = _scatter_product(x, index, src, axis, include_self, touched)
    else:
        found = ops.scatter_extreme(x, index, src, axis=axis, largest=reduce == "amax", include_self=include_self)
    return ops.reshape(found, shape=()) if scalar else found


def _scatter_product(x: Any, index: Any, src: Any, axis: int, include_self: bool, touched: Any) -> Tensor:
    """Products by rank of the write: the first writes to every place together, then the second, and so on."""
    found = x if include_self else ops.where(touched, ops.ones_like(x), x)
    rounds = ops.occurrence_number(index, axis=axis)
    for turn in range(rounds.backend.bounds(rounds._data)[1] + 1):
        chosen = rounds == turn
        factor = ops.where(chosen, src, ops.ones_like(src))
        # Places not written in this round are multiplied by one: write the factors minus one, once each.
        found = found * (ops.scatter_add(ops.zeros_like(x), index, factor - 1, axis=axis) + 1)
    return found


# --- flat places -----------------------------------------------------------------------------------------------------


@with_equal_out
def take(input: Any, index: Any) -> Tensor:
    """The elements at places of the flattened input, in the index's shape.

    Raises
    ------
    IndexError
        If an element of an empty tensor is taken.

    Examples
    --------
    >>> import autograd
    >>> autograd.take(autograd.tensor([[1, 2], [3, 4]]), autograd.tensor([0, 3]))
    tensor([1, 4])
    """
    check_index_type("take", index)
    size = input._data.size
    if index._data.size and not size:
        raise IndexError("take(): tried to take from an empty tensor")
    check_index_range("take", index, size, negative=True)
    return ops.at(ops.reshape(input, shape=(size,)), index)


def put(input: Any, index: Any, source: Any, accumulate: bool = False) -> Tensor:
    """A copy of the input with `source` written, or added, at places of the flattened input.

    Raises
    ------
    IndexError
        If there are not as many values as places.
    RuntimeError
        If the values are of another type than the input.

    Examples
    --------
    >>> import autograd
    >>> autograd.put(autograd.zeros(2, 2), autograd.tensor([0, 3]), autograd.tensor([4.0, 5.0]))
    tensor([[4., 0.],
            [0., 5.]])
    """
    check_index_type("put", index)
    if index._data.size != source._data.size:
        raise IndexError(
            f"put_(): Expected source and index to have the same number of elements, but got source.numel() = "
            f"{source._data.size}, index.numel() = {index._data.size}"
        )
    if source.dtype is not input.dtype:
        raise RuntimeError(
            f"put_(): self and source expected to have the same dtype, but got {input.dtype} and {source.dtype}"
        )
    check_index_range("put_", index, input._data.size, negative=True)
    flat = ops.reshape(input, shape=(input._data.size,))
    values = ops.reshape(source, shape=index._data.shape)
    written = ops.put_at(flat, values, index, accumulate=accumulate)
    return ops.reshape(written, shape=input._data.shape)
