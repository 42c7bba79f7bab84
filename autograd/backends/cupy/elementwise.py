"""Elementwise kernels where CuPy's own behave otherwise than PyTorch's, or do not exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Array = Any


class ElementwiseKernels:
    """Mixed into the CuPy backend."""

    library: Any
    astype: Callable[..., Array]
    empty: Callable[..., Array]

    def conj(self, x: Array) -> Array:
        return self.library.conjugate(x) if x.dtype.kind == "c" else x

    def sign(self, x: Array) -> Array:
        if x.dtype.kind == "b":
            return x.copy()
        if x.dtype.kind != "c":
            found = self.library.sign(x)
            return self.library.where(x == x, found, found.dtype.type(0)) if x.dtype.kind == "f" else found
        size = self.library.abs(x)
        return x / self.library.where(size == 0, size.dtype.type(1), size)

    def square(self, x: Array) -> Array:
        return self.library.square(x) if x.dtype.kind != "b" else x.copy()

    def pow(self, x: Array, y: Any) -> Array:
        signed = getattr(y, "dtype", x.dtype).kind == "i"
        if x.dtype.kind not in "iu" or not signed or (isinstance(y, int) and y >= 0):
            return self.library.power(x, y)
        # Negative powers of integers are 0, or the power of ±1; without waiting to see whether there are any.
        positive = self.library.power(x, self.library.maximum(y, 0))
        parity = 1 - 2 * (y & 1)
        unit = self.library.where(x == -1, parity, 1)
        negative = self.library.where((x == 1) | (x == -1), unit, 0)
        return self.library.where(y < 0, negative, positive).astype(positive.dtype)

    def signbit(self, x: Array) -> Array:
        return self.library.signbit(x) if x.dtype.kind == "f" else x < 0

    def complex(self, x: Array, y: Array) -> Array:
        kind = np.result_type(x.dtype, y.dtype, np.complex64)
        out = self.empty(np.broadcast_shapes(x.shape, y.shape), kind)
        out.real[...] = x
        out.imag[...] = y
        return out

    # CuPy reads memory as another type only where it is contiguous; elsewhere these copy.

    def view_as_real(self, x: Array) -> Array:
        if not x.flags.c_contiguous:
            x = x.copy()
        return x.reshape(-1).view(x.real.dtype).reshape((*x.shape, 2))

    def view_as_complex(self, x: Array) -> Array:
        if not x.flags.c_contiguous:
            return self.complex(x[..., 0], x[..., 1])
        return x.view(f"c{2 * x.dtype.itemsize}")[..., 0]


class SpecialFunctions:
    """CuPy's special functions, and SciPy's, by way of the host, where CuPy has none of a name."""

    def __init__(self, backend: Any, library: Any):
        self._backend, self._library = backend, library

    def __getattr__(self, name: str) -> Callable:
        found = getattr(self._library, name, None)
        if found is None:
            try:
                import scipy.special
            except ImportError:
                raise AttributeError(f"neither CuPy nor SciPy is there to provide {name}") from None
            found = self._by_host(getattr(scipy.special, name))
        setattr(self, name, found)
        return found

    def _by_host(self, function: Callable) -> Callable:
        backend = self._backend

        def on_device(*arrays: Array) -> Any:
            found = function(*(backend.to_numpy(array) for array in arrays))
            several = isinstance(found, tuple)
            results = tuple(backend.from_numpy(np.asarray(part)) for part in (found if several else (found,)))
            return results if several else results[0]

        return on_device
