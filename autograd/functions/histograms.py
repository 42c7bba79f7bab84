"""Counts: of integers, and of values in bins, by PyTorch's names."""

from __future__ import annotations

import builtins
import math
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import TensorBase, engine
from autograd.functions import return_types
from autograd.functions.common import WHOLE, with_out

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def _counted(xp: Any, places: Any, size: int, weights: Any, kind: Any) -> Any:
    """How often each of 0..size-1 is among the places, or the sum of the weights there."""
    if weights is None:
        weights = xp.ones(places.shape, kind)
    return xp.index_add(xp.zeros((size,), kind), places, weights, axis=0)


@with_out
def bincount(input: Any, weights: Any = None, minlength: int = 0) -> Tensor:
    """How often each integer from 0 to the largest occurs in a vector, or the sum of its weights.

    Raises
    ------
    RuntimeError
        For negative integers, more than one dim, or weights of another shape.

    Examples
    --------
    >>> import autograd
    >>> autograd.bincount(autograd.tensor([0, 2, 2]))
    tensor([1, 0, 2])
    """
    if weights is not None:
        input, weights = ops.on_common_levels([input, weights])
    xp, x = input.backend, input._data
    if minlength < 0:
        raise RuntimeError(f"minlength should be >= 0, got {minlength}")
    if input.dtype.category != dtypes.INTEGER:
        raise NotImplementedError(f"bincount only supports integer input, got {input.dtype}; convert it with .to()")
    if x.ndim != 1 or (x.size and int(xp.min(x)) < 0):
        raise RuntimeError(
            f"bincount only supports 1-d non-negative integral inputs, got shape {list(x.shape)}"
            + (f" with least element {int(xp.min(x))}" if x.size else "")
        )
    if weights is not None and weights._data.shape != x.shape:
        raise RuntimeError(
            f"weights should be 1-d and have the same length as input, got {list(weights._data.shape)} and "
            f"{list(x.shape)}"
        )
    size = max(int(xp.max(x)) + 1 if x.size else 0, minlength)
    kind = dtypes.int64
    if weights is not None:
        kind = dtypes.float32 if weights.dtype is dtypes.float32 else dtypes.float64
        weights = xp.astype(weights._data, kind)
    return engine.wrap(_counted(xp, xp.astype(x, dtypes.int64), size, weights, kind), xp)


def _limits(name: str, xp: Any, x: Any, low: float, high: float) -> tuple[float, float]:
    """The range of the bins: that of the data where none is given, widened where it is a point."""
    if low == high and x.size:
        low, high = float(xp.min(x)), float(xp.max(x))
    if not (math.isfinite(low) and math.isfinite(high)):
        raise RuntimeError(f"{name}: range of [{low}, {high}] is not finite")
    if low > high:
        raise RuntimeError(f"{name}: max must be larger than min, got [{low}, {high}]")
    margin = 1 if name == "autograd.histc" else 0.5
    return (low - margin, high + margin) if low == high else (low, high)


@with_out
def histc(input: Any, bins: int = 100, min: float = 0, max: float = 0) -> Tensor:
    """How many elements are in each of equal bins from min to max, or over the range of the data if these are equal.

    Raises
    ------
    RuntimeError
        For no bins, max below min, or an infinite range.

    Examples
    --------
    >>> import autograd
    >>> autograd.histc(autograd.tensor([1.0, 2.0, 1.0]), bins=4, min=0, max=3)
    tensor([0., 2., 1., 0.])
    """
    if bins <= 0:
        raise RuntimeError(f"bins must be > 0, got {bins}")
    if input.dtype.category != dtypes.FLOATING:
        raise NotImplementedError(f"histc: not implemented for {input.dtype}; convert it with .to()")
    xp = input.backend
    x = xp.reshape(input._data, (-1,))
    low, high = _limits("autograd.histc", xp, x, min, max)
    x = x[(x >= low) & (x <= high)]
    places = xp.astype((x - low) * bins / (high - low), dtypes.int64)
    places = xp.where(places >= bins, bins - 1, places)
    return engine.wrap(_counted(xp, places, bins, None, input.dtype), xp)


def _edges(input: Any, bins: Any, span: Any, column: int) -> Any:
    """The raw edges of the bins of one column."""
    xp = input.backend
    if isinstance(bins, TensorBase):
        return bins._data
    x = input._data[:, column]
    low, high = (0.0, 0.0) if span is None else span
    if span is None and not x.size:
        low, high = 0.0, 1.0
    elif low == high and span is not None:
        low, high = low - 0.5, high + 0.5
    low, high = _limits("autograd.histogramdd", xp, x, low, high)
    return xp.linspace(low, high, bins + 1, input.dtype)


@with_out
def _histogramdd(input: Any, bins: Any, range: Any, weight: Any, density: bool) -> Any:
    xp = input.backend
    if input._data.ndim < 2:
        raise RuntimeError(f"histogramdd: input tensor should have at least 2 dimensions, got {input._data.ndim}")
    if input.dtype.category != dtypes.FLOATING:
        raise NotImplementedError(f"histogramdd: not implemented for {input.dtype}; convert it with .to()")
    columns = input._data.shape[-1]
    flat = ops.reshape(input, shape=(-1, columns))
    if isinstance(bins, WHOLE):
        bins = [bins] * columns
    if len(bins) != columns:
        raise RuntimeError(f"histogramdd: expected {columns} sequences of bins, one for each column, got {len(bins)}")
    for item in bins:
        if isinstance(item, WHOLE) and item <= 0:
            raise RuntimeError(f"histogramdd: bins must be > 0, got {item}")
        if isinstance(item, TensorBase):
            kind = item.backend.dtype_of(item._data)
            if item._data.ndim != 1 or kind is not input.dtype:
                raise RuntimeError(
                    f"histogramdd: edges of bins must have one dimension and the input's type, {input.dtype}; got "
                    f"{item._data.ndim} and {kind}"
                )
    if range is not None and len(range) != 2 * columns:
        raise RuntimeError(
            f"histogramdd: range should have {2 * columns} numbers, two for each column, got {len(range)}"
        )
    spans = [None if range is None else (range[2 * c], range[2 * c + 1]) for c in builtins.range(columns)]
    edges = [_edges(flat, item, span, c) for c, (item, span) in enumerate(zip(bins, spans, strict=True))]
    x, inside, total = flat._data, xp.ones((flat._data.shape[0],), dtypes.bool_), 1
    places = xp.zeros((flat._data.shape[0],), dtypes.int64)
    for column, edge in enumerate(edges):
        values, count = x[:, column], edge.shape[0] - 1
        inside = inside & (values >= edge[0]) & (values <= edge[-1])
        found = xp.searchsorted(edge, values, side="right") - 1
        places = places * count + xp.where(found >= count, count - 1, xp.where(found < 0, 0, found))
        total *= count
    if weight is not None:
        if weight._data.size != x.shape[0]:
            raise RuntimeError(
                f"histogramdd: weight should have one element for each of {x.shape[0]} points, got "
                f"{list(weight._data.shape)}"
            )
        if weight.dtype is not input.dtype:
            raise RuntimeError(f"histogramdd: weight should have the input's type, {input.dtype}, got {weight.dtype}")
        weight = xp.reshape(weight._data, (-1,))[inside]
    counts = xp.reshape(_counted(xp, places[inside], total, weight, input.dtype), tuple(e.shape[0] - 1 for e in edges))
    if density:
        counts = counts / xp.sum(counts)
        for column, edge in enumerate(edges):
            widths = edge[1:] - edge[:-1]
            counts = counts / xp.reshape(widths, tuple(-1 if c == column else 1 for c in builtins.range(columns)))
    return engine.wrap(counts, xp), tuple(engine.wrap(edge, xp) for edge in edges)


def histogramdd(
    input: Any, bins: Any, range: Any = None, weight: Any = None, density: bool = False
) -> return_types.histogramdd:
    """How many points, one a row, are in each cell of a grid; the counts, and the edges along each column.

    Parameters
    ----------
    bins : number of bins, a sequence of one for each column, or of tensors of edges
    range : the least and the greatest edge of each column, in one sequence
    weight : what each point counts
    density : divide by the sum and the cells' sizes

    Raises
    ------
    RuntimeError
        If bins, range or weight do not fit the input.

    Examples
    --------
    >>> import autograd
    >>> autograd.histogramdd(autograd.tensor([[0.0, 1.0], [1.0, 0.0]]), [2, 2]).hist
    tensor([[0., 1.],
            [1., 0.]])
    """
    return return_types.histogramdd(*_histogramdd(input, bins, range, weight, density))


def histogram(
    input: Any, bins: Any = 100, *, range: Any = None, weight: Any = None, density: bool = False, out: Any = None
) -> return_types.histogram:
    """How many elements are in each bin; the counts, and the edges.

    Parameters
    ----------
    bins : number of equal bins, or a tensor of edges
    range : the least and the greatest edge; by default those of the data
    weight : what each element counts, of the input's shape
    density : divide by the sum and the bins' widths

    Raises
    ------
    RuntimeError
        If bins, range or weight do not fit the input.

    Examples
    --------
    >>> import autograd
    >>> autograd.histogram(autograd.tensor([1.0, 2.0, 1.0]), bins=2, range=(0.0, 3.0)).hist
    tensor([2., 1.])
    """
    if weight is not None and weight._data.shape != input._data.shape:
        raise RuntimeError(
            f"histogram: if weight tensor is provided it should have the same shape as the input tensor, got "
            f"{list(weight._data.shape)} and {list(input._data.shape)}"
        )
    hist, edges = _histogramdd(ops.reshape(input, shape=(-1, 1)), [bins], range, weight, density)
    return _pair(hist, edges[0], out=out)


@with_out
def _pair(hist: Any, bin_edges: Any) -> return_types.histogram:
    return return_types.histogram(hist, bin_edges)
