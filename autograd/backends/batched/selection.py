"""Choosing and placing elements by integer arrays, behind a hidden axis."""

from __future__ import annotations

from typing import Any

from autograd.backends.batched.fallback import looped
from autograd.backends.batched.shape import shifted


class SelectionRules:
    """Mixed into the batched backend."""

    base: Any
    level: Any
    wrap: Any
    own: Any

    def take(self, x: Any, index: Any, *, axis: int = 0) -> Any:
        x, index, base = self.own(x), self.own(index), self.base
        if index.hidden == 1:
            return self.wrap(base.take(x.data, index.data[0, ...], axis=shifted(axis)))
        if x.hidden > 1:
            return looped(self, "take", base.take, x, index, axis=axis)
        axis %= x.ndim
        found = base.take(x.data[0, ...], base.reshape(index.data, (-1,)), axis=axis)
        split = (*found.shape[:axis], index.hidden, index.size, *found.shape[axis + 1 :])
        return self.wrap(base.moveaxis(base.reshape(found, split), axis, 0))

    def take_along_axis(self, x: Any, index: Any, *, axis: int = -1) -> Any:
        x, index = self.own(x), self.own(index)
        return self.wrap(self.base.take_along_axis(x.expanded(), index.expanded(), axis=shifted(axis)))

    def scatter_add(self, x: Any, index: Any, src: Any, *, axis: int) -> Any:
        data = [self.own(array).expanded() for array in (x, index, src)]
        return self.wrap(self.base.scatter_add(*data, axis=shifted(axis)))

    def index_add(self, x: Any, index: Any, src: Any, *, axis: int) -> Any:
        x, index, src = self.own(x), self.own(index), self.own(src)
        if index.hidden > 1:
            return looped(self, "index_add", self.base.index_add, x, index, src, axis=axis)
        return self.wrap(self.base.index_add(x.expanded(), index.data[0, ...], src.expanded(), axis=shifted(axis)))

    def extreme_at(self, x: Any, index: tuple, value: Any, largest: bool) -> None:
        """Into `x`, which has memory for every slice."""
        index = tuple(self.own(part) for part in index)
        looped(self, "extreme_at", lambda *args: (self.base.extreme_at(*args), args[0])[1], x, index, value, largest)
