"""New batched arrays: constants that may be written to have memory for every slice, others one for all."""

from __future__ import annotations

from typing import Any


class CreationRules:
    """Mixed into the batched backend."""

    base: Any
    level: Any
    wrap: Any
    own: Any
    lifted: Any
    array_type: Any

    def asarray(self, value: Any, dtype: Any = None, copy: bool | None = None) -> Any:
        found = self.own(value)
        if found.__class__ is not self.array_type:
            return self.lifted(self.base.asarray(value, dtype))
        if dtype is not None and self.base.dtype_of(found.data) != dtype:
            return self.astype(found, dtype)
        return self.copy(found) if copy else found

    def from_numpy(self, array: Any) -> Any:
        return self.lifted(self.base.from_numpy(array))

    def from_backend(self, array: Any, source: Any) -> Any:
        return self.lifted(array)

    def empty(self, shape: Any, dtype: Any) -> Any:
        return self.wrap(self.base.empty(self._sized(shape), dtype))

    def zeros(self, shape: Any, dtype: Any) -> Any:
        return self.wrap(self.base.zeros(self._sized(shape), dtype))

    def ones(self, shape: Any, dtype: Any) -> Any:
        return self.wrap(self.base.ones(self._sized(shape), dtype))

    def full(self, shape: Any, value: Any, dtype: Any) -> Any:
        if value.__class__ is self.array_type:
            found = self.zeros(shape, dtype)
            found[...] = value
            return found
        return self.wrap(self.base.full(self._sized(shape), value, dtype))

    def _sized(self, shape: Any) -> tuple[int, ...]:
        return (self.level.size, *((shape,) if isinstance(shape, int) else shape))

    def arange(self, start: Any, stop: Any, step: Any, dtype: Any) -> Any:
        return self.lifted(self.base.arange(start, stop, step, dtype))

    def linspace(self, start: Any, stop: Any, num: int, dtype: Any) -> Any:
        return self.lifted(self.base.linspace(start, stop, num, dtype))

    def eye(self, rows: int, columns: int, dtype: Any, k: int = 0) -> Any:
        return self.lifted(self.base.eye(rows, columns, dtype, k))

    def zeros_like(self, x: Any) -> Any:
        return self.zeros(x.shape, x.dtype)

    def ones_like(self, x: Any) -> Any:
        return self.ones(x.shape, x.dtype)

    def full_like(self, x: Any, value: Any) -> Any:
        return self.full(x.shape, value, x.dtype)

    def astype(self, x: Any, dtype: Any) -> Any:
        return self.wrap(self.base.astype(x.data, dtype))

    def copy(self, x: Any, order: Any = "K") -> Any:
        """Memory for every slice, since what is copied is often written to."""
        return self.wrap(self.base.copy(x.expanded(), order))

    def conj(self, x: Any) -> Any:
        found = self.base.conj(x.data)
        return x if found is x.data else self.wrap(found)

    def view_as_real(self, x: Any) -> Any:
        return self.array_type(self.base.view_as_real(x.data), self, x)

    def view_as_complex(self, x: Any) -> Any:
        return self.array_type(self.base.view_as_complex(x.data), self, x)
