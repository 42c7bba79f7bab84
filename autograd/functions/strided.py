"""Views by strides, by PyTorch's names."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.functions.shape import in_place_view

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def _geometry(input: Any) -> tuple[tuple[int, ...], int]:
    """The strides, and the offset in its memory, of a tensor; in elements."""
    array = input._data
    return tuple(step // array.dtype.itemsize for step in array.strides), input.backend.storage_offset(array)


def _checked(name: str, input: Any, size: Any, stride: Any, storage_offset: int | None) -> dict[str, Any]:
    """The options of `ops.as_strided`.

    Raises
    ------
    RuntimeError
        If sizes and strides do not match, are negative, or reach out of the tensor's memory.
    """
    shape, strides = tuple(int(n) for n in size), tuple(int(n) for n in stride)
    source = _geometry(input)
    offset = source[1] if storage_offset is None else int(storage_offset)
    if len(shape) != len(strides):
        raise RuntimeError(f"{name}: mismatch in length of strides and shape: {list(strides)} for {list(shape)}")
    if builtins.any(n < 0 for n in shape):
        raise RuntimeError(f"{name}: Trying to create tensor with negative dimension: {list(shape)}")
    if builtins.any(n < 0 for n in strides):
        raise RuntimeError(f"{name}: Negative strides are not supported, got strides: {list(strides)}")
    if offset < 0:
        raise RuntimeError(f"{name}: Tensor: invalid storage offset {offset}")
    last = offset + builtins.sum((n - 1) * step for n, step in zip(shape, strides, strict=True))
    held = input.backend.storage_size(input._data)
    if 0 not in shape and last >= held:
        raise RuntimeError(
            f"{name}: setStorage: sizes {list(shape)}, strides {list(strides)}, storage offset {offset} require "
            f"{last + 1} elements, which are out of bounds for storage of {held}"
        )
    return {"shape": shape, "strides": strides, "offset": offset, "source": source}


def as_strided(input: Any, size: Sequence[int], stride: Sequence[int], storage_offset: int | None = None) -> Tensor:
    """A view of the tensor's memory by sizes and strides, counted in elements from the start of the memory.

    Parameters
    ----------
    input : the tensor
    size, stride : of the view
    storage_offset : where the view starts; by default where the tensor does

    Raises
    ------
    RuntimeError
        If the view would reach out of the memory, or for negative strides.

    Examples
    --------
    >>> import autograd
    >>> autograd.as_strided(autograd.arange(5), (3, 3), (1, 1))
    tensor([[0, 1, 2],
            [1, 2, 3],
            [2, 3, 4]])
    """
    options = _checked("as_strided", input, size, stride, storage_offset)
    view = ops.as_strided(input, **options)
    if view.alias is not None:  # what repeats the step, on gradients and on copies, has another layout
        view.alias.path = (*view.alias.path[:-1], (ops.strided_take.op, options))  # type: ignore[attr-defined]
    return view


as_strided_ = in_place_view("as_strided_", as_strided)


def as_strided_scatter(
    input: Any, src: Any, size: Sequence[int], stride: Sequence[int], storage_offset: int | None = None
) -> Tensor:
    """A copy of the tensor with `src` in its view by `as_strided`.

    Raises
    ------
    RuntimeError
        If `src` does not have the view's shape, or the view would reach out of the memory.

    Examples
    --------
    >>> import autograd
    >>> autograd.as_strided_scatter(autograd.zeros(2, 2), autograd.ones(2), (2,), (3,))
    tensor([[1., 0.],
            [0., 1.]])
    """
    options = _checked("as_strided_scatter", input, size, stride, storage_offset)
    if tuple(src._data.shape) != options["shape"]:
        raise RuntimeError(
            f"expected src to have a size equal to the slice of self. src size = {list(src._data.shape)}, "
            f"slice size = {list(options['shape'])}"
        )
    if src._data.dtype != input._data.dtype:
        src = ops.astype(src, dtype=input._data.dtype)
    options |= {"shape": input._data.shape}
    written = ops.strided_put(ops.ones_like(src), **options) != 0
    return ops.where(written, ops.strided_put(src, **options), input)
