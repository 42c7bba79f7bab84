"""Differences, numerical derivatives and integrals along dims, by PyTorch's names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import TensorBase, engine
from autograd.functions.common import axes_of, axis_of, with_out
from autograd.functions.joining import cat
from autograd.functions.reduction import sum
from autograd.functions.scan import cumsum

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def _part(x: Any, axis: int, start: int | None, stop: int | None) -> Tensor:
    return ops.getitem(x, index=(*(slice(None),) * axis, slice(start, stop), ...))


@with_out
def diff(input: Any, n: int = 1, dim: int = -1, prepend: Any = None, append: Any = None) -> Tensor:
    """The n-th difference along a dim, of the input with `prepend` and `append` joined to it; for n = 0 the input.

    Raises
    ------
    RuntimeError
        If n is negative, the input 0-d, or what is joined does not fit.

    Examples
    --------
    >>> import autograd
    >>> autograd.diff(autograd.tensor([1.0, 4.0, 9.0]))
    tensor([3., 5.])
    """
    if not input._data.ndim:
        raise RuntimeError("diff expects input to be at least one-dimensional")
    if n < 0:
        raise RuntimeError(f"order must be non-negative but got {n}")
    axis = axis_of(dim, input._data.ndim)
    for part in (prepend, append):
        if part is not None and part._data.ndim != input._data.ndim:
            raise RuntimeError(
                "diff expects prepend or append to be the same dimension as input, got "
                f"{part._data.ndim} and {input._data.ndim} dimensions"
            )
    if n == 0:
        return ops.copy(input)
    parts = [part for part in (prepend, input, append) if part is not None]
    found = cat(parts, axis) if len(parts) > 1 else input
    subtract = ops.logical_xor if found.dtype is dtypes.bool_ else ops.subtract
    for _ in range(min(n, found._data.shape[axis])):
        found = subtract(_part(found, axis, 1, None), _part(found, axis, 0, found._data.shape[axis] - 1))
    return found


def _spacings(input: Any, spacing: Any, axes: tuple[int, ...], named: bool) -> list[Any]:
    """One spacing, a number or coordinates, for each axis."""
    if spacing is None:
        return [1.0] * len(axes)
    if not isinstance(spacing, Sequence):
        if isinstance(spacing, TensorBase) and spacing._data.ndim:
            raise TypeError("autograd.gradient expected spacing to be a number, or a list of numbers or of tensors")
        return [spacing.item() if isinstance(spacing, TensorBase) else spacing] * len(axes)  # type: ignore[attr-defined]
    if len(spacing) != len(axes):
        raise RuntimeError(
            f"autograd.gradient expected spacing to be unspecified, a scalar, or a list of length equal to "
            f"{'the number of dims' if named else 'the input dimensions'}, {len(axes)}, but got a list of length "
            f"{len(spacing)}"
        )
    for axis, item in zip(axes, spacing, strict=True):
        if isinstance(item, TensorBase) and (item._data.ndim != 1 or item._data.shape[0] != input._data.shape[axis]):
            raise RuntimeError(
                f"autograd.gradient expected each element of spacing to have one dimension, of the size of the dim "
                f"{axis}, {input._data.shape[axis]}; got {list(item._data.shape)}"
            )
    return list(spacing)


def _by_coordinates(x: Any, axis: int, at: Any, edge_order: int) -> Tensor:
    ndim = x._data.ndim
    at = ops.reshape(at, shape=tuple(-1 if a == axis else 1 for a in range(ndim)))
    steps = _part(at, axis, 1, None) - _part(at, axis, 0, at._data.shape[axis] - 1)
    left, right = _part(steps, axis, 0, -1), _part(steps, axis, 1, None)
    inner = (
        -(right / (left * (left + right))) * _part(x, axis, 0, -2)
        + (right - left) / (left * right) * _part(x, axis, 1, -1)
        + left / (right * (left + right)) * _part(x, axis, 2, None)
    )

    def edge(first: Any, second: Any, a: Any, b: Any, c: Any) -> Any:
        """The derivative at `a`, with the steps to `b` and from there to `c`."""
        if edge_order == 1:
            return (b - a) / first
        both = first + second
        return -((first + both) / (first * both)) * a + both / (first * second) * b - first / (second * both) * c

    second_last = (-2, -1) if steps._data.shape[axis] > 1 else (None, None)
    start = edge(
        _part(steps, axis, 0, 1), _part(steps, axis, 1, 2),
        _part(x, axis, 0, 1), _part(x, axis, 1, 2), _part(x, axis, 2, 3),
    )  # fmt: skip
    stop = edge(
        _part(steps, axis, -1, None), _part(steps, axis, *second_last),
        _part(x, axis, -1, None), _part(x, axis, -2, -1), _part(x, axis, -3, -2),
    )  # fmt: skip
    # At the upper end all steps are counted backwards, which turns the sign.
    return cat([start, inner, -stop], axis)


def gradient(input: Any, *, spacing: Any = None, dim: Any = None, edge_order: int = 1) -> tuple[Any, ...]:
    """The numerical derivative along each dim, by second-order central differences, one-sided at the edges.

    Parameters
    ----------
    spacing : distance between samples; or for each dim a distance, or a tensor of coordinates
    dim : the dims, all by default
    edge_order : 1 or 2, the order at the edges

    Raises
    ------
    RuntimeError
        If a dim is too short, or the spacings do not fit.

    Examples
    --------
    >>> import autograd
    >>> autograd.gradient(autograd.tensor([1.0, 4.0, 9.0]))
    (tensor([3., 4., 5.]),)
    """
    ndim = input._data.ndim
    if edge_order not in (1, 2):
        raise RuntimeError(f"autograd.gradient only supports edge_order=1 and edge_order=2, got {edge_order}")
    if input.dtype is dtypes.uint8:
        raise RuntimeError("autograd.gradient does not support uint8 input; convert it with .to()")
    axes = axes_of(dim, ndim) if dim is not None else tuple(range(ndim))
    assert axes is not None
    for axis in axes:
        if not ndim or input._data.shape[axis] < edge_order + 1:
            raise RuntimeError(
                "autograd.gradient expected each dimension size to be at least edge_order+1, got "
                f"{list(input._data.shape)} and edge_order {edge_order}"
            )
    if input.dtype.category < dtypes.FLOATING:
        input = ops.astype(input, dtype=dtypes.default_dtype())
    found = []
    for axis, step in zip(axes, _spacings(input, spacing, axes, dim is not None), strict=True):
        if not isinstance(step, TensorBase):
            count = input._data.shape[axis]
            at = input.backend.arange(0, count, 1, input.dtype.to_real())
            found.append(_by_coordinates(input, axis, engine.wrap(at, input.backend) * step, edge_order))
        else:
            found.append(_by_coordinates(input, axis, step, edge_order))
    return tuple(found)


def _strips(name: str, y: Any, x: Any, dx: Any, axis: int) -> Tensor:
    """The areas of the trapezoids."""
    if x is not None and dx is not None:
        raise TypeError(f"{name}(): give x or dx, not both")
    count = y._data.shape[axis]
    width: Any = 1 if dx is None else dx
    if x is not None:
        if x._data.ndim == 1:
            if x._data.shape[0] != count:
                raise RuntimeError(
                    f"{name}: There must be one `x` value for each sample point, got {x._data.shape[0]} for {count}"
                )
            x = ops.reshape(x, shape=(-1, *(1,) * (y._data.ndim - axis - 1)))
            width = _part(x, 0, 1, None) - _part(x, 0, 0, -1)
        else:
            from_end = axis - y._data.ndim
            x = ops.reshape(x, shape=(*(1,) * (y._data.ndim - x._data.ndim), *x._data.shape))
            along = x._data.ndim + from_end
            width = _part(x, along, 1, None) - _part(x, along, 0, x._data.shape[along] - 1)
            lead = x._data.ndim - y._data.ndim
            y, axis = ops.reshape(y, shape=(*(1,) * lead, *y._data.shape)), axis + lead
    if not count:
        return y
    return (_part(y, axis, 1, None) + _part(y, axis, 0, count - 1)) * width / 2


@with_out
def trapezoid(y: Any, x: Any = None, *, dx: Any = None, dim: int = -1) -> Tensor:
    """The integral along a dim by the trapezoidal rule, over coordinates x or steps dx.

    Raises
    ------
    RuntimeError
        If there are not as many coordinates as samples.

    Examples
    --------
    >>> import autograd
    >>> autograd.trapezoid(autograd.tensor([1.0, 5.0, 10.0]))
    tensor(10.5000)
    """
    axis = axis_of(dim, y._data.ndim)
    strips = _strips("trapezoid", y, x, dx, axis)
    return sum(strips, axis - y._data.ndim)


trapz = trapezoid


@with_out
def cumulative_trapezoid(y: Any, x: Any = None, *, dx: Any = None, dim: int = -1) -> Tensor:
    """The running integral along a dim by the trapezoidal rule, one element shorter than y.

    Examples
    --------
    >>> import autograd
    >>> autograd.cumulative_trapezoid(autograd.tensor([1.0, 2.0, 3.0]))
    tensor([1.5000, 4.0000])
    """
    axis = axis_of(dim, y._data.ndim)
    return cumsum(_strips("cumulative_trapezoid", y, x, dx, axis), axis - y._data.ndim)
