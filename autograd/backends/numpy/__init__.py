"""The CPU backend: NumPy arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograd import dtypes
from autograd.backends.namespace import Backend
from autograd.backends.numpy.compiled import CompiledKernels
from autograd.backends.numpy.elementwise import ElementwiseKernels
from autograd.backends.numpy.sparse import SparseKernels
from autograd.device import device

NATIVE: dict[str, np.dtype] = {item.name: np.dtype(item.name) for item in dtypes.ALL if item is not dtypes.bfloat16}
OURS: dict[Any, dtypes.dtype] = {native: dtypes.BY_NAME[name] for name, native in NATIVE.items()}


def native(kind: Any) -> np.dtype:
    """NumPy's object for an element type.

    Raises
    ------
    TypeError
        For bfloat16 where the package ml_dtypes, which brings it to NumPy, is missing.
    """
    if isinstance(kind, np.dtype):
        return kind
    name = dtypes.lookup(kind).name
    found = NATIVE.get(name)
    if found is None:
        try:
            import ml_dtypes
        except ImportError:
            raise TypeError("bfloat16 needs the package ml_dtypes: pip install 'retrograd[bfloat16]'") from None
        found = NATIVE[name] = np.dtype(ml_dtypes.bfloat16)
        OURS[found] = dtypes.bfloat16
    return found


class NumPyBackend(CompiledKernels, ElementwiseKernels, SparseKernels, Backend):
    """NumPy on the CPU; where NumPy's function is slow on small arrays, the ufunc or method behind it."""

    def __init__(self) -> None:
        super().__init__(np, device("cpu"), np.ndarray)

    def native(self, kind: Any) -> np.dtype:
        return native(kind)

    def dtype_of(self, array: Any) -> dtypes.dtype:
        found = OURS.get(array.dtype)
        return dtypes.lookup(array.dtype.name) if found is None else found

    # --- creation ---

    def asarray(self, value: Any, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        array = np.asarray(value, dtype=None if dtype is None else native(dtype), copy=copy)
        return array if array.dtype.isnative else array.astype(array.dtype.newbyteorder("="))

    def from_numpy(self, array: np.ndarray) -> np.ndarray:
        return array

    def from_buffer(self, buffer: Any, dtype: Any, count: int, offset: int) -> np.ndarray:
        return np.frombuffer(buffer, native(dtype), count, offset)

    def to_numpy(self, array: np.ndarray) -> np.ndarray:
        return array

    def empty(self, shape: Any, dtype: Any) -> np.ndarray:
        return np.empty(shape, native(dtype))

    def zeros(self, shape: Any, dtype: Any) -> np.ndarray:
        return np.zeros(shape, native(dtype))

    def ones(self, shape: Any, dtype: Any) -> np.ndarray:
        return np.ones(shape, native(dtype))

    def full(self, shape: Any, value: Any, dtype: Any) -> np.ndarray:
        return np.full(shape, value, native(dtype))

    def arange(self, start: Any, stop: Any, step: Any, dtype: Any) -> np.ndarray:
        return np.arange(start, stop, step, native(dtype))  # type: ignore[call-overload]

    def linspace(self, start: Any, stop: Any, num: int, dtype: Any) -> np.ndarray:
        return np.linspace(start, stop, num, dtype=native(dtype))

    def eye(self, rows: int, columns: int, dtype: Any, k: int = 0) -> np.ndarray:
        return np.eye(rows, columns, k, native(dtype))

    def zeros_like(self, x: np.ndarray) -> np.ndarray:
        return np.zeros(x.shape, x.dtype)

    def ones_like(self, x: np.ndarray) -> np.ndarray:
        return np.ones(x.shape, x.dtype)

    def full_like(self, x: np.ndarray, value: Any) -> np.ndarray:
        return np.full(x.shape, value, x.dtype)

    def astype(self, x: np.ndarray, dtype: Any) -> np.ndarray:
        kind = native(dtype)
        if x.dtype.kind == "c" and kind.kind not in "cb":
            x = x.real
        with np.errstate(invalid="ignore", over="ignore"):
            return x.astype(kind)

    def copy(self, x: np.ndarray, order: Any = "K") -> np.ndarray:
        return np.array(x, order=order, copy=True, subok=False)

    def special_functions(self) -> Any:
        try:
            import scipy.special
        except ImportError:
            return None
        return scipy.special

    # --- memory ---

    def shares_memory(self, a: np.ndarray, b: np.ndarray) -> bool:
        return _owner(a) is _owner(b)

    def overlaps_itself(self, array: np.ndarray) -> bool:
        return (
            array.size > 1
            and 0 in array.strides
            and any(stride == 0 and size > 1 for stride, size in zip(array.strides, array.shape, strict=True))
        )

    def address(self, array: np.ndarray) -> int:
        return array.ctypes.data

    def storage_size(self, array: np.ndarray) -> int:
        return _memory(array).size

    def storage_offset(self, array: np.ndarray) -> int:
        return (_address(array) - _address(_memory(array))) // array.dtype.itemsize

    def strided_view(self, x: np.ndarray, *, shape: tuple, strides: tuple, offset: int) -> np.ndarray:
        start = _memory(x)[offset:]
        return np.lib.stride_tricks.as_strided(start, shape, tuple(step * x.dtype.itemsize for step in strides))

    # --- faster or differently named than NumPy's own ---

    def sum(self, x: np.ndarray, axis: Any = None, dtype: Any = None, keepdims: bool = False) -> np.ndarray:
        kind = x.dtype
        if dtype is None and kind.itemsize == 2 and kind.kind not in "iu":  # half types are too narrow to add up in
            return np.add.reduce(x, axis=axis, dtype=np.float32, keepdims=keepdims).astype(kind)  # type: ignore[call-overload]
        return np.add.reduce(x, axis=axis, dtype=None if dtype is None else native(dtype), keepdims=keepdims)  # type: ignore[call-overload]

    def max(self, x: np.ndarray, axis: Any = None, keepdims: bool = False) -> np.ndarray:
        return np.maximum.reduce(x, axis=axis, keepdims=keepdims)  # type: ignore[call-overload]

    def min(self, x: np.ndarray, axis: Any = None, keepdims: bool = False) -> np.ndarray:
        return np.minimum.reduce(x, axis=axis, keepdims=keepdims)  # type: ignore[call-overload]

    def argsort(self, x: np.ndarray, axis: int = -1) -> np.ndarray:
        return np.argsort(x, axis=axis, stable=True)

    def permute_dims(self, x: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
        return x.transpose(axes)

    def reshape(self, x: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
        return x.reshape(shape)

    def broadcast_to(self, x: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
        return x if x.shape == shape else np.broadcast_to(x, shape)

    def broadcast_view(self, x: np.ndarray, *, shape: tuple[int, ...]) -> np.ndarray:
        # NumPy's own is read-only, and so is every part of it, also where no elements overlap.
        lead = (0,) * (len(shape) - x.ndim)
        strides = tuple(
            step if size == wanted else 0
            for step, size, wanted in zip(x.strides, x.shape, shape[len(lead) :], strict=True)
        )
        if any(size not in (1, wanted) for size, wanted in zip(x.shape, shape[len(lead) :], strict=True)):
            raise ValueError(f"a tensor of shape {list(x.shape)} cannot be broadcast to {list(shape)}")
        return np.lib.stride_tricks.as_strided(x, shape, lead + strides)

    def conj(self, x: np.ndarray) -> np.ndarray:
        return np.conjugate(x) if x.dtype.kind == "c" else x

    def sliding_view(self, x: np.ndarray, axis: int, size: int, step: int) -> np.ndarray:
        shape, steps = list(x.shape), list(x.strides)
        shape[axis] = (shape[axis] - size) // step + 1
        steps[axis] *= step
        return np.lib.stride_tricks.as_strided(x, (*shape, size), (*steps, x.strides[axis]))

    def extreme_at(self, x: np.ndarray, index: tuple, value: np.ndarray, largest: bool) -> None:
        (np.maximum if largest else np.minimum).at(x, index, value)

    def index_put(self, x: np.ndarray, value: np.ndarray, *, index: Any, accumulate: bool) -> np.ndarray:
        added = self._rows_added(x, index, value) if accumulate else None
        if added is not None:
            return added
        out = self.copy(x)
        if accumulate:
            np.add.at(out, index, value)
        else:
            out[index] = value
        return out

    def diagonal(self, x: np.ndarray, *, offset: int, axis1: int, axis2: int) -> np.ndarray:
        view = x.diagonal(offset, axis1, axis2)
        view.flags.writeable = x.flags.writeable  # NumPy hands it out read-only
        return view

    def matrix_transpose(self, x: np.ndarray) -> np.ndarray:
        return x.mT

    def matmul(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        if a.ndim == 2 and b.ndim == 2:
            return a.dot(b)
        out = np.matmul(a, b)  # of bfloat16, float32
        return out if out.dtype is a.dtype or a.dtype != b.dtype else out.astype(a.dtype)


def _owner(array: Any) -> Any:
    """The object that holds the memory: `as_strided` puts one that is no array in between."""
    while getattr(array, "base", None) is not None:
        array = array.base
    return array


def _address(array: np.ndarray) -> int:
    return array.__array_interface__["data"][0]


def _memory(array: np.ndarray) -> np.ndarray:
    """All elements of the memory that an array is part of, in their order there, read as the array's type."""
    root: Any = array
    base: Any = array
    while base is not None:
        root = base if isinstance(base, np.ndarray) else root
        base = getattr(base, "base", None)
    root = root[(*(slice(None, None, -1) if step < 0 else slice(None) for step in root.strides), ...)]
    extent = sum((size - 1) * step for size, step in zip(root.shape, root.strides, strict=True)) + root.itemsize
    held = extent // array.dtype.itemsize if root.size else 0
    return np.lib.stride_tricks.as_strided(root, (extent // root.itemsize,), (root.itemsize,)).view(array.dtype)[:held]


def _register() -> None:
    from autograd.backends import backend_for, register_backend

    register_backend(
        "cpu",
        lambda index: NumPyBackend(),
        array_types=(np.ndarray, np.generic),
        find=lambda array: backend_for("cpu"),
    )


_register()
