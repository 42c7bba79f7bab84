"""The array API standard and nothing else: a backend for bodies and rules on array-api-strict."""

from __future__ import annotations

from typing import Any

import array_api_strict
import numpy as np
import scipy.special

from autograd import dtypes
from autograd.backends.namespace import Backend
from autograd.device import device
from autograd.differentiable import OPS
from tests.ops import checker
from tests.ops.cases import Row


class StrictBackend(Backend):
    """What the engine asks of a backend beyond the standard's functions, in terms of these."""

    def __init__(self) -> None:
        super().__init__(array_api_strict, device("strict"), type(array_api_strict.ones(1)))

    def native(self, kind: Any) -> Any:
        if kind.__class__ is array_api_strict._dtypes.DType:
            return kind
        return getattr(self.library, dtypes.lookup(kind).name)

    def dtype_of(self, array: Any) -> dtypes.dtype:
        return dtypes.lookup(array.dtype)

    def asarray(self, value: Any, dtype: Any = None, copy: bool | None = None) -> Any:
        return self.library.asarray(value, dtype=None if dtype is None else self.native(dtype), copy=copy)

    def from_numpy(self, array: Any) -> Any:
        return self.library.asarray(np.ascontiguousarray(array).reshape(array.shape))

    def to_numpy(self, array: Any) -> Any:
        return np.from_dlpack(array).copy() if array.dtype != self.library.bool else np.asarray(array)

    def empty(self, shape: Any, dtype: Any) -> Any:
        return self.library.empty(shape, dtype=self.native(dtype))

    def zeros(self, shape: Any, dtype: Any) -> Any:
        return self.library.zeros(shape, dtype=self.native(dtype))

    def ones(self, shape: Any, dtype: Any) -> Any:
        return self.library.ones(shape, dtype=self.native(dtype))

    def full(self, shape: Any, value: Any, dtype: Any) -> Any:
        return self.library.full(shape, value, dtype=self.native(dtype))

    def arange(self, start: Any, stop: Any, step: Any, dtype: Any) -> Any:
        return self.library.arange(start, stop, step, dtype=self.native(dtype))

    def linspace(self, start: Any, stop: Any, num: int, dtype: Any) -> Any:
        return self.library.linspace(start, stop, num, dtype=self.native(dtype))

    def eye(self, rows: int, columns: int, dtype: Any, k: int = 0) -> Any:
        return self.library.eye(rows, columns, k=k, dtype=self.native(dtype))

    def zeros_like(self, x: Any) -> Any:
        return self.library.zeros_like(x)

    def ones_like(self, x: Any) -> Any:
        return self.library.ones_like(x)

    def full_like(self, x: Any, value: Any) -> Any:
        return self.library.full_like(x, value)

    def astype(self, x: Any, dtype: Any) -> Any:
        kind = self.native(dtype)
        if self.library.isdtype(x.dtype, "complex floating") and not self.library.isdtype(
            kind, ("complex floating", "bool")
        ):
            x = self.library.real(x)
        return self.library.astype(x, kind)

    def copy(self, x: Any, order: Any = "K") -> Any:  # the standard knows no layout of memory
        return self.library.asarray(x, copy=True)

    def shares_memory(self, a: Any, b: Any) -> bool:
        return np.shares_memory(a._array, b._array)

    def real(self, x: Any) -> Any:
        return self.library.real(x) if self.library.isdtype(x.dtype, "complex floating") else x

    def conj(self, x: Any) -> Any:
        return self.library.conj(x) if self.library.isdtype(x.dtype, "complex floating") else x

    def special_functions(self) -> Any:
        """SciPy's, by way of NumPy: it is the rules that are under test here."""
        return HostFunctions(self)


class HostFunctions:
    def __init__(self, backend: StrictBackend):
        self._backend = backend

    def __getattr__(self, name: str) -> Any:
        function, backend = getattr(scipy.special, name), self._backend

        def kernel(*arrays: Any) -> Any:
            found = function(*(backend.to_numpy(array) for array in arrays))
            if isinstance(found, tuple):
                return tuple(backend.from_numpy(np.asarray(part)) for part in found)
            return backend.from_numpy(np.asarray(found))

        return kernel


STRICT = StrictBackend()


def strictly(row: Row, arrays: list, backend: Backend) -> tuple[list, list]:
    """A row's results, and its gradients for ones, computed by body and rules alone on a backend's raw arrays."""
    op = OPS[row.op]
    args = [None if array is None else backend.from_numpy(array) for array in arrays]
    options = dict(op.options) | checker.placed(row.options, backend)
    out = op.body(backend, *args, **options)
    outs = list(out) if op.outputs > 1 else [out]
    gradients: list = []
    if row.order:
        needs = tuple(checker.differentiable(row, index, array) for index, array in enumerate(arrays))
        if op.outputs > 1:
            nondiff = op.nondiff or ()
            g: Any = tuple(
                backend.zeros_like(item) if index in nondiff else backend.ones_like(item)
                for index, item in enumerate(outs)
            )
        else:
            g = backend.ones_like(out)
        gradients = _gradients(op, backend, g, args, options, out, needs)
    return [backend.to_numpy(item) for item in outs], [
        np.zeros_like(array) if found is None else np.conj(backend.to_numpy(found))  # the walk carries the conjugate
        for found, array in zip(gradients, (a for a, n in zip(arrays, needs, strict=True) if n), strict=True)
    ] if row.order else []


def _gradients(op: Any, xp: Backend, g: Any, args: list, options: dict, out: Any, needs: tuple) -> list:
    record = op.record_for(needs)
    values: dict[str, Any] = {**options, "out": out}
    if op.variadic:
        name = op.args[0]
        values |= {name: tuple(args), f"{name}_shape": tuple(a.shape for a in args)}
        values[f"{name}_dtype"] = tuple(a.dtype for a in args)
    else:
        for name, arg in zip(op.args, args, strict=True):
            values |= {name: arg} | ({} if arg is None else {f"{name}_shape": arg.shape, f"{name}_dtype": arg.dtype})
    found = record._apply(xp, g, {name: values.get(name) for name in record.names})
    if not op.elementwise:
        return list(found)
    shapes = [arg.shape for arg, need in zip(args, needs, strict=True) if need]
    return [None if d is None else xp.sum_to(d, shape) for d, shape in zip(found, shapes, strict=True)]
