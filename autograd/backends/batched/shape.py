"""Shape kernels behind a hidden axis: an axis counted from the front moves by one, one from the back does not."""

from __future__ import annotations

import math
from typing import Any


def shifted(axis: Any) -> Any:
    """An axis, or several, of a slice as axes of all slices together."""
    if isinstance(axis, (tuple, list)):
        return tuple(shifted(a) for a in axis)
    return axis + 1 if axis >= 0 else axis


class ShapeRules:
    """Mixed into the batched backend."""

    base: Any
    level: Any
    wrap: Any
    own: Any
    array_type: Any

    def _view(self, x: Any, data: Any) -> Any:
        return self.array_type(data, self, x)

    def reshape(self, x: Any, shape: tuple[int, ...], **options: Any) -> Any:
        shape = (shape,) if isinstance(shape, int) else tuple(shape)
        if -1 in shape:
            known = -math.prod(shape)
            shape = tuple(x.size // known if n == -1 else n for n in shape)
        return self._view(x, self.base.reshape(x.data, (x.hidden, *shape)))

    def permute_dims(self, x: Any, axes: tuple[int, ...]) -> Any:
        return self._view(x, self.base.permute_dims(x.data, (0, *(axis % x.ndim + 1 for axis in axes))))

    def matrix_transpose(self, x: Any) -> Any:
        return self._view(x, self.base.matrix_transpose(x.data))

    def moveaxis(self, x: Any, source: Any, destination: Any) -> Any:
        return self._view(x, self.base.moveaxis(x.data, shifted(source), shifted(destination)))

    def expand_dims(self, x: Any, axis: int = 0) -> Any:
        return self._view(x, self.base.expand_dims(x.data, axis=shifted(axis)))

    def squeeze(self, x: Any, axis: Any) -> Any:
        return self._view(x, self.base.squeeze(x.data, axis=shifted(axis)))

    def broadcast_to(self, x: Any, shape: tuple[int, ...]) -> Any:
        x = self.own(x)
        if x.shape == tuple(shape):
            return x
        return self._view(x, self.base.broadcast_to(x.padded(len(shape)), (x.hidden, *shape)))

    def broadcast_view(self, x: Any, *, shape: tuple[int, ...]) -> Any:
        return self._view(x, self.base.broadcast_view(x.padded(len(shape)), shape=(x.hidden, *shape)))

    def broadcast_arrays(self, *arrays: Any) -> list:
        found = self.base.broadcast_arrays(*self.aligned(arrays))
        return [self.wrap(data) for data in found]

    aligned: Any

    def diagonal(self, x: Any, *, offset: int, axis1: int, axis2: int) -> Any:
        return self._view(x, self.base.diagonal(x.data, offset=offset, axis1=shifted(axis1), axis2=shifted(axis2)))

    def sliding_view(self, x: Any, axis: int, size: int, step: int) -> Any:
        return self._view(x, self.base.sliding_view(x.data, axis % x.ndim + 1, size, step))

    def strided_view(self, x: Any, *, shape: tuple[int, ...], strides: tuple[int, ...], offset: int) -> Any:
        lead = x.data.strides[0] // x.dtype.itemsize
        return self._view(
            x, self.base.strided_view(x.data, shape=(x.hidden, *shape), strides=(lead, *strides), offset=offset)
        )

    def _axes(self, x: Any, axis: Any) -> Any:
        return tuple(range(1, x.ndim + 1)) if axis is None else shifted(axis)

    def flip(self, x: Any, *, axis: Any = None) -> Any:
        return self._view(x, self.base.flip(x.data, axis=self._axes(x, axis)))

    def roll(self, x: Any, shift: Any, *, axis: Any) -> Any:
        return self.wrap(self.base.roll(x.data, shift, axis=shifted(axis)))

    def tril(self, x: Any, *, k: int = 0) -> Any:
        return self.wrap(self.base.tril(x.data, k=k))

    def triu(self, x: Any, *, k: int = 0) -> Any:
        return self.wrap(self.base.triu(x.data, k=k))

    # --- several arrays ---

    def _joined(self, arrays: Any) -> list:
        owned = [self.own(array) for array in arrays]
        same = all(array.hidden == owned[0].hidden for array in owned)
        return [array.data if same else array.expanded() for array in owned]

    def concat(self, arrays: Any, *, axis: int = 0) -> Any:
        return self.wrap(self.base.concat(self._joined(arrays), axis=shifted(axis)))

    def stack(self, arrays: Any, *, axis: int = 0) -> Any:
        return self.wrap(self.base.stack(self._joined(arrays), axis=shifted(axis)))

    def unstack(self, x: Any, *, axis: int = 0) -> list:
        moved = self.moveaxis(x, axis, 0)
        return [moved[place] for place in range(moved.shape[0])]
