"""The CUDA backend: CuPy arrays, one backend for each GPU."""

from __future__ import annotations

import contextlib
import functools
from typing import Any

import numpy

from autograd import dtypes
from autograd.backends.cupy.elementwise import ElementwiseKernels, SpecialFunctions
from autograd.backends.namespace import Backend
from autograd.backends.numpy import OURS, native
from autograd.device import device

Array = Any

# The element types that CUDA adds atomically, so that repeated indices accumulate.
ATOMIC = frozenset({"int32", "uint32", "uint64", "float16", "float32", "float64", "complex64", "complex128"})


class CuPyBackend(ElementwiseKernels, Backend):
    """A library with CuPy's dialect on one device.

    Parameters
    ----------
    library : the array library; CuPy, or what behaves like it
    place : the device; its index is the GPU's number
    special : the namespace of special functions, with SciPy's names

    Its functions launch on the device that is current, which for tensors of another GPU than the first is chosen with
    `autograd.cuda.device(index)`; what this class allocates lies on its own device in any case.
    """

    def __init__(self, library: Any, place: device, special: Any = None):
        super().__init__(library, place, library.ndarray)
        self.special = SpecialFunctions(self, special)

    def here(self) -> Any:
        """A context in which the backend's device is the current one."""
        if self.device.index is None:
            return contextlib.nullcontext()
        return self.library.cuda.Device(self.device.index)

    def native(self, kind: Any) -> Any:
        return native(kind)

    def dtype_of(self, array: Array) -> dtypes.dtype:
        found = OURS.get(array.dtype)
        return dtypes.lookup(array.dtype.name) if found is None else found

    # --- creation, and in and out of NumPy ---

    def asarray(self, value: Any, dtype: Any = None, copy: bool | None = None) -> Array:
        kind = None if dtype is None else native(dtype)
        if value.__class__ is self.array_type and not copy:
            array: Array = value
            return array if kind is None or array.dtype == kind else self.astype(array, kind)
        with self.here():
            return self.library.array(value, dtype=kind)

    def from_buffer(self, buffer: Any, dtype: Any, count: int, offset: int) -> Array:
        raise TypeError(
            "frombuffer: memory of the host cannot be shared by a GPU; make the tensor on the CPU and move it"
        )

    def from_numpy(self, array: Any) -> Array:
        with self.here():
            return self.library.array(array)

    def to_numpy(self, array: Array) -> Any:
        return array.get()

    def pinned(self, array: Any) -> Any:
        """A copy of a NumPy array in page-locked memory, which the device reads without a copy in between."""
        memory = self.library.cuda.alloc_pinned_memory(max(1, array.nbytes))
        copy = numpy.frombuffer(memory, array.dtype, array.size).reshape(array.shape)
        copy[...] = array
        return copy

    def from_backend(self, array: Array, source: Backend) -> Array:
        """An array of another backend as one of this; between two GPUs without the detour through the host."""
        if isinstance(source, CuPyBackend) and source.library is self.library:
            with self.here():
                return self.library.array(array)
        return self.from_numpy(source.to_numpy(array))

    def from_dlpack(self, value: Any) -> Array:
        return self.library.from_dlpack(value)

    def empty(self, shape: Any, dtype: Any) -> Array:
        with self.here():
            return self.library.empty(shape, native(dtype))

    def zeros(self, shape: Any, dtype: Any) -> Array:
        with self.here():
            return self.library.zeros(shape, native(dtype))

    def ones(self, shape: Any, dtype: Any) -> Array:
        with self.here():
            return self.library.ones(shape, native(dtype))

    def full(self, shape: Any, value: Any, dtype: Any) -> Array:
        with self.here():
            return self.library.full(shape, value, native(dtype))

    def arange(self, start: Any, stop: Any, step: Any, dtype: Any) -> Array:
        with self.here():
            return self.library.arange(start, stop, step, native(dtype))

    def linspace(self, start: Any, stop: Any, num: int, dtype: Any) -> Array:
        with self.here():
            return self.library.linspace(start, stop, num, dtype=native(dtype))

    def eye(self, rows: int, columns: int, dtype: Any, k: int = 0) -> Array:
        with self.here():
            return self.library.eye(rows, columns, k, native(dtype))

    def zeros_like(self, x: Array) -> Array:
        return self.zeros(x.shape, x.dtype)

    def ones_like(self, x: Array) -> Array:
        return self.ones(x.shape, x.dtype)

    def full_like(self, x: Array, value: Any) -> Array:
        return self.full(x.shape, value, x.dtype)

    def astype(self, x: Array, dtype: Any) -> Array:
        kind = native(dtype)
        if x.dtype.kind == "c" and kind.kind not in "cb":
            x = x.real
        return x.astype(kind)

    def copy(self, x: Array, order: Any = "K") -> Array:
        return x.copy(order=order)

    def special_functions(self) -> Any:
        return self.special

    # --- memory ---

    def shares_memory(self, a: Array, b: Array) -> bool:
        return _owner(a) is _owner(b)

    def overlaps_itself(self, array: Array) -> bool:
        return array.size > 1 and any(
            stride == 0 and size > 1 for stride, size in zip(array.strides, array.shape, strict=True)
        )

    def address(self, array: Array) -> int:
        return array.data.ptr

    def storage_size(self, array: Array) -> int:
        return _owner(array).nbytes // array.dtype.itemsize

    def storage_offset(self, array: Array) -> int:
        return (array.data.ptr - _owner(array).data.ptr) // array.dtype.itemsize

    def strided_view(self, x: Array, *, shape: tuple, strides: tuple, offset: int) -> Array:
        root, restride = _owner(x), self.library.lib.stride_tricks.as_strided
        memory = restride(root, (root.size,), (root.itemsize,)).view(x.dtype)[offset:]
        return restride(memory, shape, tuple(step * x.dtype.itemsize for step in strides))

    def synchronize(self) -> None:
        with self.here():
            self.library.cuda.get_current_stream().synchronize()

    # --- random numbers ---

    def random_state(self, generator: Any) -> bytes:
        # CuPy has no public way to the state of cuRAND's threads, but keeps it in one array
        return generator.bit_generator._state.get().tobytes()

    def set_random_state(self, generator: Any, state: bytes) -> None:
        place = generator.bit_generator._state
        if len(state) != place.nbytes:
            raise ValueError(f"expected {place.nbytes} bytes, got {len(state)}")
        with self.here():
            place[...] = self.library.array(numpy.frombuffer(state, place.dtype))

    # --- named or behaving differently from the standard ---

    def max(self, x: Array, axis: Any = None, keepdims: bool = False) -> Array:
        return self.library.max(x, axis=axis, keepdims=keepdims)

    def min(self, x: Array, axis: Any = None, keepdims: bool = False) -> Array:
        return self.library.min(x, axis=axis, keepdims=keepdims)

    def sum(self, x: Array, axis: Any = None, dtype: Any = None, keepdims: bool = False) -> Array:
        kind = x.dtype
        if dtype is None and kind.itemsize == 2 and kind.kind not in "iu":  # half types are too narrow to add up in
            return self.library.sum(x, axis=axis, dtype=native("float32"), keepdims=keepdims).astype(kind)
        return self.library.sum(x, axis=axis, dtype=None if dtype is None else native(dtype), keepdims=keepdims)

    def argsort(self, x: Array, axis: int = -1) -> Array:
        return self.library.argsort(x, axis=axis, kind="stable")

    def permute_dims(self, x: Array, axes: tuple[int, ...]) -> Array:
        return x.transpose(axes)

    def reshape(self, x: Array, shape: tuple[int, ...]) -> Array:
        return x.reshape(shape)

    def broadcast_to(self, x: Array, shape: tuple[int, ...]) -> Array:
        return x if x.shape == shape else self.library.broadcast_to(x, shape)

    def unstack(self, x: Array, *, axis: int = 0) -> tuple[Array, ...]:
        moved = self.library.moveaxis(x, axis, 0)
        return tuple(moved[index] for index in range(moved.shape[0]))

    def vecdot(self, a: Array, b: Array, *, axis: int = -1) -> Array:
        return self.library.sum(self.conj(a) * b, axis=axis)

    def matrix_transpose(self, x: Array) -> Array:
        return x.swapaxes(-1, -2)

    def sliding_view(self, x: Array, axis: int, size: int, step: int) -> Array:
        shape, steps = list(x.shape), list(x.strides)
        shape[axis] = (shape[axis] - size) // step + 1
        steps[axis] *= step
        return self.library.lib.stride_tricks.as_strided(x, (*shape, size), (*steps, x.strides[axis]))

    def extreme_at(self, x: Array, index: tuple, value: Array, largest: bool) -> None:
        (self.library.maximum if largest else self.library.minimum).at(x, index, value)

    def index_put(self, x: Array, value: Array, *, index: Any, accumulate: bool) -> Array:
        if not accumulate:
            out = self.copy(x)
            out[index] = value
            return out
        kind = x.dtype
        if kind.name in ATOMIC:
            out = self.copy(x)
            self.library.add.at(out, index, value)
            return out
        if kind.name == "int64":  # two's complement: the sum has the same bits
            unsigned = native("uint64")
            out = self.copy(x)
            self.library.add.at(out.view(unsigned), index, value.view(unsigned))
            return out
        wide = native("float32" if kind.kind not in "biu" else "int32")
        return self.index_put(x.astype(wide), value.astype(wide), index=index, accumulate=True).astype(kind)


def _owner(array: Array) -> Any:
    while array.base is not None:
        array = array.base
    return array


@functools.cache
def load() -> Any:
    """CuPy itself.

    Raises
    ------
    RuntimeError
        If it is not installed, or finds no GPU.
    """
    try:
        import cupy
    except ImportError:
        raise RuntimeError(
            "CUDA tensors need CuPy: pip install 'retrograd[cuda13]', or 'retrograd[cuda12]' for an older driver"
        ) from None
    try:
        count = cupy.cuda.runtime.getDeviceCount()
    except cupy.cuda.runtime.CUDARuntimeError as error:
        raise RuntimeError(
            f"no CUDA device can be used: {error}; install an NVIDIA driver, or use device='cpu'"
        ) from None
    if not count:
        raise RuntimeError("no CUDA device found; use device='cpu'")
    return cupy


def cupy_backend(index: int | None) -> Backend:
    """The backend of a GPU, by default of the current one; what the registry calls for ``"cuda"``.

    Raises
    ------
    RuntimeError
        If there is no CuPy, no GPU, or none with this number.
    """
    cupy = load()
    if index is None:
        from autograd.backends import backend_for

        return backend_for(device("cuda", cupy.cuda.runtime.getDevice()))
    count = cupy.cuda.runtime.getDeviceCount()
    if index >= count:
        raise RuntimeError(f"device cuda:{index} does not exist; there are {count}, counted from cuda:0")
    import cupyx.scipy.special

    from autograd.backends import backend_for, register_array_types
    from autograd.backends.cupy.kernels import install

    register_array_types((cupy.ndarray,), lambda array: backend_for(device("cuda", array.device.id)))
    backend = CuPyBackend(cupy, device("cuda", index), cupyx.scipy.special)
    install(backend)
    return backend
