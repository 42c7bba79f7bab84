"""What a backend is: one object per device that has every kernel as an attribute.

A kernel takes and returns raw arrays and knows nothing of gradients. Most are the array library's own functions under
the Python array API standard's names; the rest come from `autograd.backends.reference`, which any array library runs,
unless the backend has a faster version.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from autograd import dtypes
from autograd.backends.random import RandomKernels
from autograd.backends.reference import KERNELS
from autograd.backends.special import SPECIAL, special_kernel
from autograd.device import device

# Names every backend takes from its array library as they are (array API standard, 2024.12).
STANDARD = (
    # elementwise
    "abs acos acosh add asin asinh atan atan2 atanh bitwise_and bitwise_invert bitwise_left_shift bitwise_or "
    "bitwise_right_shift bitwise_xor ceil conj copysign cos cosh divide equal exp expm1 floor floor_divide greater "
    "greater_equal hypot imag isfinite isinf isnan less less_equal log log10 log1p log2 logaddexp logical_and "
    "logical_not logical_or logical_xor maximum minimum multiply negative nextafter not_equal positive pow real "
    "reciprocal remainder round sign signbit sin sinh sqrt square subtract tan tanh trunc where "
    # reductions, scans, searching, sorting
    "all any argmax argmin argsort count_nonzero cumulative_prod cumulative_sum max mean min nonzero prod searchsorted "
    "sort std sum take take_along_axis unique_all unique_counts unique_inverse unique_values var "
    # shape
    "broadcast_arrays broadcast_to concat expand_dims flip moveaxis permute_dims repeat reshape roll squeeze stack tile "
    "tril triu unstack "
    # linear algebra
    "matmul matrix_transpose tensordot vecdot"
).split()

# Names that NumPy and its likes have beyond the standard; elsewhere the reference kernel of the name runs.
COMMON = ["exp2", "fmax", "fmin", "fmod", "frexp", "gcd", "lcm", "logaddexp2"]

Array = Any


class Backend(RandomKernels):
    """The kernels of one device.

    Attributes
    ----------
    device : the device
    array_type : the class of its raw arrays
    library : the array library's namespace
    generator : the library's random number generator, None until it is seeded
    initial_seed : what it was last seeded with
    levels : those of `vmap` whose axes its arrays hide; none but on the batched backend
    root : the backend below these

    A subclass fills in what its library does differently, by attributes set in its constructor or by methods.
    """

    device: device
    array_type: type
    library: Any
    generator: Any = None
    initial_seed: int | None = None
    levels: tuple = ()
    root: Any
    bodies: ClassVar[dict[str, Callable]] = {}  # of the operations, which the floor above hands down

    def __getattr__(self, name: str) -> Any:
        """A special function, or an operation's body as a kernel where it is more than one kernel of this backend."""
        if name in SPECIAL:
            bound = special_kernel(self, name)
        else:
            body = self.bodies.get(name)
            if body is None:
                raise AttributeError(f"the backend of {self.device} has no kernel {name!r}")
            bound = partial(body, self)
        setattr(self, name, bound)
        return bound

    def __init__(self, library: Any, place: device, array_type: type):  # type: ignore[valid-type]
        self.library = library
        self.device = place
        self.root = self
        self.array_type = array_type
        self.float_numbers: dict[tuple[float, Any], Any] = {}  # constant 0-d tensors, for scalars in arithmetic
        self.int_numbers: dict[tuple[int, Any], Any] = {}
        for name in STANDARD:
            if hasattr(library, name) and not hasattr(type(self), name):
                setattr(self, name, getattr(library, name))
        for name, kernel in KERNELS.items():
            if name in COMMON and hasattr(library, name) and not hasattr(type(self), name):
                setattr(self, name, getattr(library, name))
            elif not hasattr(type(self), name) and name not in SPECIAL:
                setattr(self, name, partial(kernel, self))
        self.linalg = getattr(library, "linalg", None)
        self.fft = getattr(library, "fft", None)

    # --- element types ---

    def native(self, kind: Any) -> Any:
        """The library's own object for an element type; one that is already native passes."""
        raise NotImplementedError

    def dtype_of(self, array: Array) -> dtypes.dtype:
        """The `autograd` element type of a raw array."""
        return dtypes.lookup(array.dtype)

    # --- creation, and in and out of NumPy ---

    def asarray(self, value: Any, dtype: Any = None, copy: bool | None = None) -> Array:
        raise NotImplementedError

    def from_numpy(self, array: Any) -> Array:
        """A raw array with the values of a NumPy array."""
        raise NotImplementedError

    def to_numpy(self, array: Array) -> Any:
        """A NumPy array with the values of a raw array; shares memory where it can."""
        raise NotImplementedError

    def from_backend(self, array: Array, source: Backend) -> Array:
        """A raw array of another backend as one of this."""
        return self.from_numpy(source.to_numpy(array))

    def bounds(self, array: Array) -> tuple[Any, Any]:
        """The least and the largest element as Python numbers; those of all slices of a batched array."""
        least, largest = (self.to_numpy(self.asarray(found)).item() for found in (self.min(array), self.max(array)))
        return least, largest

    def position(self, index: Array) -> Any:
        """A 0-d integer array in an index as what it is indexed with."""
        return int(index)

    def from_dlpack(self, value: Any) -> Array:
        """A raw array that shares the memory of an object with `__dlpack__`."""
        return self.library.from_dlpack(value)

    def address(self, array: Array) -> int:
        """Where in memory the first element is."""
        raise NotImplementedError

    def shares_memory(self, a: Array, b: Array) -> bool:
        """Whether `a` is a view of `b`'s memory or the other way round (decided by ownership, not by extent)."""
        raise NotImplementedError

    def overlaps_itself(self, array: Array) -> bool:
        """Whether two elements of `array` are the same memory, as after `expand`."""
        raise NotImplementedError

    def special_functions(self) -> Any:
        """The namespace of special functions with SciPy's names, None where there is none."""
        return self.__dict__.get("special")

    def storage_size(self, array: Array) -> int:
        """How many elements of the array's type the memory holds that it is part of."""
        raise NotImplementedError

    def storage_offset(self, array: Array) -> int:
        """Where in this memory the array starts, in elements."""
        raise NotImplementedError

    def strided_view(self, x: Array, *, shape: tuple[int, ...], strides: tuple[int, ...], offset: int) -> Array:
        """The elements of x's memory from `offset` on, `strides` apart, in elements; the caller sees to the bounds."""
        raise NotImplementedError

    # --- the engine's own needs ---

    def sum_to(self, array: Array, shape: tuple[int, ...]) -> Array:
        """Undo broadcasting: sum `array` over the axes along which `shape` was stretched."""
        lead = array.ndim - len(shape)
        axes = tuple(range(lead)) + tuple(
            axis + lead for axis, size in enumerate(shape) if size == 1 and array.shape[axis + lead] != 1
        )
        if axes:
            array = self.sum(array, axis=axes, keepdims=True)
        return self.reshape(array, shape) if array.shape != shape else array

    def broadcast_view(self, x: Array, *, shape: tuple[int, ...]) -> Array:
        """`broadcast_to` as a view that may be written to where its elements do not overlap."""
        return self.broadcast_to(x, shape)

    def synchronize(self) -> None:
        """Wait until all work on the device is done."""

    sum: Callable[..., Array]
    min: Callable[..., Array]
    max: Callable[..., Array]
    reshape: Callable[..., Array]
    broadcast_to: Callable[..., Array]

    def __reduce__(self) -> tuple:
        from autograd.backends import backend_for

        return backend_for, (self.device,)
