"""Manipulation functions of the array API standard."""

from __future__ import annotations

from typing import Any

import autograd
from autograd.array_api.promotion import result_type


def broadcast_arrays(*arrays: Any) -> tuple:
    """The arrays with one shape, as views."""
    return tuple(autograd.broadcast_tensors(*arrays))


def broadcast_to(x: Any, /, shape: Any) -> Any:
    """A view with a larger shape."""
    return autograd.broadcast_to(x, shape)


def concat(arrays: Any, /, *, axis: int | None = 0) -> Any:
    """The arrays one after another; with axis None, their elements."""
    kind = result_type(*arrays)
    parts = [part.to(kind) for part in arrays]
    return autograd.cat([part.reshape(-1) for part in parts]) if axis is None else autograd.cat(parts, axis)


def expand_dims(x: Any, /, axis: int = 0) -> Any:
    """With an axis of size one at a place."""
    if not -x.ndim - 1 <= axis <= x.ndim:
        raise IndexError(f"expand_dims: axis {axis} is out of bounds for an array of {x.ndim} axes")
    return autograd.unsqueeze(x, axis)


def flip(x: Any, /, *, axis: Any = None) -> Any:
    """The elements in reverse order along axes, of all unless given."""
    axes = tuple(range(x.ndim)) if axis is None else (axis,) if isinstance(axis, int) else tuple(axis)
    return autograd.flip(x, axes)


def moveaxis(x: Any, source: Any, destination: Any, /) -> Any:
    """With axes at other places, the rest in their order."""
    return autograd.movedim(x, source, destination)


def permute_dims(x: Any, /, axes: Any) -> Any:
    """With the axes in another order."""
    return autograd.permute(x, tuple(axes))


def repeat(x: Any, repeats: Any, /, *, axis: int | None = None) -> Any:
    """Each element several times; of all elements in a row unless there is an axis."""
    return autograd.repeat_interleave(x, repeats, axis)


def reshape(x: Any, /, shape: Any, *, copy: bool | None = None) -> Any:
    """With another shape.

    Raises
    ------
    ValueError
        If that needs a copy and `copy` is False.
    """
    if copy:
        return autograd.clone(x).reshape(shape)
    if copy is False:
        try:
            return x.view(shape)
        except RuntimeError as error:
            raise ValueError(f"reshape: shape {tuple(shape)} needs a copy of the array ({error})") from None
    return autograd.reshape(x, shape)


def roll(x: Any, /, shift: Any, *, axis: Any = None) -> Any:
    """The elements moved round; in a row unless there is an axis."""
    return autograd.roll(x, shift) if axis is None else autograd.roll(x, *_pair(shift, axis))


def _pair(shift: Any, axis: Any) -> tuple:
    if isinstance(shift, int) and not isinstance(axis, int):
        return (shift,) * len(axis), axis
    return shift, axis


def squeeze(x: Any, /, axis: Any) -> Any:
    """Without axes of size one.

    Raises
    ------
    ValueError
        If one is longer.
    """
    axes = (axis,) if isinstance(axis, int) else tuple(axis)
    longer = [one for one in axes if x.shape[one] != 1]
    if longer:
        raise ValueError(f"squeeze: axis {longer[0]} of an array of shape {tuple(x.shape)} is not of size one")
    return autograd.squeeze(x, axes)


def stack(arrays: Any, /, *, axis: int = 0) -> Any:
    """The arrays along a new axis."""
    kind = result_type(*arrays)
    return autograd.stack([part.to(kind) for part in arrays], axis)


def tile(x: Any, repetitions: Any, /) -> Any:
    """The array several times along each axis."""
    return autograd.tile(x, tuple(repetitions))


def unstack(x: Any, /, *, axis: int = 0) -> tuple:
    """The slices along an axis."""
    return tuple(autograd.unbind(x, axis))
