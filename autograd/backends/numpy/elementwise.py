"""Elementwise kernels where NumPy's own behave otherwise than PyTorch's, or do not exist."""

from __future__ import annotations

from typing import Any

import numpy as np

PAIRS: dict[str, np.dtype[Any]] = {"c8": np.dtype("f4"), "c16": np.dtype("f8")}


def _divisor(x: Any, y: Any) -> None:
    if y.dtype.kind in "iu" and x.dtype.kind in "iub" and not np.all(y):
        raise RuntimeError("ZeroDivisionError: integer division or remainder by zero; convert the operands to floats")


class ElementwiseKernels:
    """Mixed into the NumPy backend."""

    def floor_divide(self, x: np.ndarray, y: np.ndarray) -> Any:
        _divisor(x, y)
        return np.floor_divide(x, y)

    def remainder(self, x: np.ndarray, y: np.ndarray) -> Any:
        _divisor(x, y)
        return np.remainder(x, y)

    def fmod(self, x: np.ndarray, y: np.ndarray) -> Any:
        _divisor(x, y)
        return np.fmod(x, y)

    def sign(self, x: np.ndarray) -> Any:
        if x.dtype.kind == "c":
            modulus = np.abs(x)
            return np.divide(x, modulus, out=np.zeros_like(x), where=modulus != 0)
        if x.dtype.kind == "f":  # of NaN the sign is 0
            return np.subtract(x > 0, x < 0, dtype=x.dtype)
        return np.sign(x) if x.dtype.kind != "b" else x.copy()

    def square(self, x: np.ndarray) -> Any:
        return np.square(x) if x.dtype.kind != "b" else x.copy()

    def pow(self, x: np.ndarray, y: Any) -> Any:
        if x.dtype.kind in "iu" and np.min(y, initial=0) < 0:  # NumPy refuses; the result is 0 or the power of ±1
            whole = np.power(x, np.maximum(y, 0))
            unit = np.where(x == 1, 1, np.where(x == -1, 1 - 2 * (y % 2), 0))
            return np.where(y < 0, unit, whole).astype(whole.dtype)
        return np.power(x, y)

    def signbit(self, x: np.ndarray) -> Any:
        return np.signbit(x) if x.dtype.kind == "f" else x < 0

    def complex(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        out = np.empty(np.broadcast_shapes(x.shape, y.shape), np.result_type(x, y, np.complex64))
        out.real, out.imag = x, y
        return out

    def view_as_real(self, x: np.ndarray) -> np.ndarray:
        x = np.asarray(x)  # a NumPy number's parts have memory of their own
        half = x.dtype.itemsize // 2
        real = PAIRS[x.dtype.str[1:]]
        return np.lib.stride_tricks.as_strided(x.real, (*x.shape, 2), (*x.strides, half)).view(real)

    def view_as_complex(self, x: np.ndarray) -> np.ndarray:
        size = x.dtype.itemsize
        if x.strides[-1] != size or any(stride % (2 * size) for stride in x.strides[:-1]):
            return self.complex(x[..., 0], x[..., 1])
        return np.ascontiguousarray(x).view(f"c{2 * size}")[..., 0] if x.ndim == 1 else x.view(f"c{2 * size}")[..., 0]
