"""Shape and indexing, by PyTorch's names."""

from __future__ import annotations

from typing import Any

from autograd import ops
from autograd.alias import bump, check_write, in_place, records
from autograd.engine import TensorBase, engine
from autograd.functions.common import axis_of, shape_of


def getitem(input: Any, index: Any) -> Any:
    """`input[index]`: integers, slices, None, Ellipsis give views; tensors, arrays and lists copy."""
    return ops.getitem(input, index=raw_index(index, input))


def raw_index(index: Any, like: TensorBase) -> Any:
    """An index with raw arrays in place of tensors and lists; one of integers alone ends in `...`, to give a view."""
    if index.__class__ is int:
        return (index, ...)
    if isinstance(index, tuple):
        parts = tuple(_raw_part(part, like) for part in index)
        return (*parts, ...) if all(part.__class__ is int for part in parts) else parts
    return _raw_part(index, like)


def _raw_part(part: Any, like: TensorBase) -> Any:
    kind = part.__class__
    if kind is int or kind is slice or part is None or part is Ellipsis:
        return part
    if isinstance(part, TensorBase):
        return part._data
    if isinstance(part, (list, tuple)):
        return like.backend.asarray(part)
    return part


def setitem(self: Any, index: Any, value: Any) -> None:
    """`self[index] = value`, recorded where something requires a gradient."""
    index = raw_index(index, self)
    backend = self.backend
    if not isinstance(value, TensorBase):
        value = engine.wrap(backend.asarray(value, self._data.dtype), backend)
    if not records(self, value):
        check_write(self, "__setitem__")
        self._data[index] = value._data
        bump(self)
        return
    value = ops.astype(value, dtype=self.dtype) if value._data.dtype != self._data.dtype else value
    if ops.is_basic(index):
        view = ops.getitem(self, index=index)
        in_place(view, "__setitem__", ops.overwrite, value)
    else:
        in_place(self, "__setitem__", lambda x: ops.index_put(x, value, index=index, accumulate=False))


def reshape(input: Any, *shape: Any) -> Any:
    """The same elements in row-major order with another shape; one size may be -1. A view where possible."""
    return ops.reshape(input, shape=_resolved(input, shape_of(shape), "reshape"))


def _resolved(input: TensorBase, shape: tuple[int, ...], name: str) -> tuple[int, ...]:
    size, known = input._data.size, 1
    for n in shape:
        known *= n if n != -1 else 1
    if shape.count(-1) > 1:
        raise RuntimeError(f"{name}: only one dimension can be inferred, got shape {list(shape)}")
    if -1 in shape:
        if known == 0 or size % known:
            raise RuntimeError(f"{name}: shape {list(shape)} is invalid for input of size {size}")
        return tuple(size // known if n == -1 else n for n in shape)
    if known != size:
        raise RuntimeError(f"{name}: shape {list(shape)} is invalid for input of size {size}")
    return shape


def transpose(input: Any, dim0: int, dim1: int) -> Any:
    """A view with two dims exchanged."""
    ndim = input._data.ndim
    a, b = axis_of(dim0, ndim), axis_of(dim1, ndim)
    axes = list(range(ndim))
    if ndim:
        axes[a], axes[b] = axes[b], axes[a]
    return ops.permute_dims(input, axes=tuple(axes))


def unbind(input: Any, dim: int = 0) -> tuple:
    """The slices along a dim, as views; these may not be written to while recording."""
    axis = axis_of(dim, input._data.ndim)
    lead = (slice(None),) * axis
    views = []
    for position in range(input._data.shape[axis]):
        view = ops.getitem(input, index=(*lead, position, ...))
        view.alias.origin = view.alias.origin or "multiple"
        views.append(view)
    return tuple(views)
