"""Quantiles, by PyTorch's names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import TensorBase, engine
from autograd.functions.common import axis_of, with_out

if TYPE_CHECKING:
    from autograd.tensor import Tensor

INTERPOLATIONS = ("linear", "lower", "higher", "midpoint", "nearest")


def _checked(name: str, input: Any, q: Any, interpolation: str) -> Tensor:
    """q as a tensor on the input's device and of its type."""
    if input.dtype not in (dtypes.float32, dtypes.float64):
        raise RuntimeError(f"{name}() input tensor must be either float or double dtype, got {input.dtype}")
    if not input._data.size:
        raise RuntimeError(f"{name}() input tensor must be non-empty, got shape {list(input._data.shape)}")
    if interpolation not in INTERPOLATIONS:
        raise RuntimeError(
            f"{name}() interpolation must be one of linear, lower, higher, midpoint or nearest, but got {interpolation}"
        )
    backend = input.backend
    if not isinstance(q, TensorBase):
        if not 0 <= q <= 1:
            raise RuntimeError(f"{name}() q must be in the range [0, 1] but got {q}")
        return engine.wrap(backend.full((), q, input.dtype), backend)
    if q._data.ndim > 1:
        raise RuntimeError(f"{name}() q must be a scalar or 1D tensor, got shape {list(q._data.shape)}")
    if q.backend.dtype_of(q._data) is not input.dtype:
        raise RuntimeError(f"{name}() q tensor must be same dtype as the input tensor, {input.dtype}; convert it")
    if q.backend.device != backend.device:
        raise RuntimeError(f"{name}() q tensor must be on the same device as the input tensor, {backend.device}")
    if not bool(q.backend.all((q._data >= 0) & (q._data <= 1))):
        raise RuntimeError(f"{name}() q values must be in the range [0, 1]")
    return q  # type: ignore[return-value]


def _quantile(name: str, input: Any, q: Any, dim: int | None, keepdim: bool, interpolation: str, skip: bool) -> Tensor:
    q = _checked(name, input, q, interpolation)
    ndim, shape = input._data.ndim, input._data.shape
    # The reduced axis last and sorted; the places of a row with NaN, which sort last, point to a NaN.
    if dim is None or not ndim:
        axis_of(0 if dim is None else dim, ndim)
        rows, lead, kept = ops.reshape(input, shape=(-1,)), (), (1,) * ndim
    else:
        axis = axis_of(dim, ndim)
        rows = ops.permute_dims(input, axes=(*(a for a in range(ndim) if a != axis), axis))
        lead = tuple(n for a, n in enumerate(shape) if a != axis)
        kept = tuple(1 if a == axis else n for a, n in enumerate(shape))
    last = len(lead)
    rows = ops.take_along_axis(rows, ops.argsort(rows, axis=last), axis=last)
    missing, size = ops.isnan(rows), rows._data.shape[-1]
    if skip:
        known = ops.sum(ops.astype(ops.logical_not(missing), dtype=input.dtype), axis=last, keepdims=True)
        ranks = ops.multiply(ops.reshape(q, shape=(-1,)), ops.clip_lower(known - 1, 0.0))
    else:
        ranks = ops.multiply(ops.reshape(q, shape=(-1,)), size - 1)
        ranks = ops.where(ops.any(missing, axis=last, keepdims=True), float(size - 1), ranks)
    if interpolation in ("lower", "higher", "nearest"):
        ranks = {"lower": ops.floor, "higher": ops.ceil, "nearest": ops.round}[interpolation](ranks)
    below = ops.floor(ranks)
    values = ops.take_along_axis(rows, ops.astype(below, dtype=dtypes.int64), axis=last)
    if interpolation in ("linear", "midpoint"):
        above = ops.take_along_axis(rows, ops.astype(ops.ceil(ranks), dtype=dtypes.int64), axis=last)
        weight = ops.subtract(ranks, below) if interpolation == "linear" else ops.full_like(ranks, value=0.5)
        values = ops.lerp(values, above, weight)
    values = ops.permute_dims(values, axes=(last, *range(last)))
    return ops.reshape(values, shape=(*q._data.shape, *(kept if keepdim else lead)))


@with_out
def quantile(
    input: Any, q: Any, dim: int | None = None, keepdim: bool = False, *, interpolation: str = "linear"
) -> Tensor:
    """The q-quantiles of all elements or along a dim; NaN where there is one.

    Parameters
    ----------
    q : number or tensor with one dim, of values in [0, 1]; its dim comes first in the result
    interpolation : between two elements: linear, lower, higher, midpoint or nearest

    Raises
    ------
    RuntimeError
        If the input is empty or not float32 or float64, or q out of range.

    Examples
    --------
    >>> import autograd
    >>> autograd.quantile(autograd.tensor([4.0, 1.0, 2.0]), 0.75)
    tensor(3.)
    """
    return _quantile("quantile", input, q, dim, keepdim, interpolation, False)


@with_out
def nanquantile(
    input: Any, q: Any, dim: int | None = None, keepdim: bool = False, *, interpolation: str = "linear"
) -> Tensor:
    """The q-quantiles of what is not NaN; of nothing they are NaN.

    Examples
    --------
    >>> import autograd
    >>> autograd.nanquantile(autograd.tensor([1.0, float("nan"), 3.0]), 0.5)
    tensor(2.)
    """
    return _quantile("nanquantile", input, q, dim, keepdim, interpolation, True)
