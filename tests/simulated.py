"""The simulated device: arrays and a namespace that are as strict as CuPy's, on the CPU.

The arrays refuse implicit conversion to NumPy and mixing with NumPy arrays; reductions and indexing give 0-d arrays;
the namespace has only the names, and its functions only the parameters, that `cupy_names.json` says CuPy has.
"""

from __future__ import annotations

import inspect
import json
import operator
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import scipy.special

from autograd.backends import register_backend
from autograd.backends.cupy import ATOMIC, CuPyBackend
from autograd.device import device

NAMES = json.loads(Path(__file__).with_name("cupy_names.json").read_text())
ARRAY_NAMES = frozenset(NAMES["classes"]["cupy.ndarray"])
UFUNC_NAMES = frozenset(NAMES["classes"]["cupy.ufunc"])
GENERATOR_NAMES = frozenset(NAMES["classes"]["cupy.random.Generator"])
TAKES_HOST_DATA = {"array", "asarray"}
DLPACK_TYPE = 12  # an extension device

OPERATORS = (
    *("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and_", "or_", "xor", "lshift", "rshift"),
    *("lt", "le", "gt", "ge", "eq", "ne"),
)
SCALARS = (bool, int, float, complex, np.generic)


def root(array: Any) -> Any:
    """The object that holds the memory: `as_strided` puts one that is no array in between."""
    while getattr(array, "base", None) is not None:
        array = array.base
    return array


def box(value: Any, *sources: Any) -> Any:
    """NumPy's result as the device's arrays; what shares memory with a source has it as its base."""
    if isinstance(value, np.generic):
        value = np.asarray(value)
    if isinstance(value, np.ndarray):
        base = None
        for source in sources:
            if isinstance(source, Array) and root(source._a) is root(value):
                base = source if source.base is None else source.base
        return Array(value, base)
    if isinstance(value, (tuple, list)):
        return (
            type(value)(box(item, *sources) for item in value)
            if type(value) in (tuple, list)
            else tuple(box(item, *sources) for item in value)
        )
    return value


def unbox(value: Any, host: bool = False) -> Any:
    """The NumPy arrays behind arguments; NumPy arrays themselves are refused as CuPy refuses them."""
    if isinstance(value, Array):
        return value._a
    if isinstance(value, np.ndarray) and not host:
        raise TypeError("Unsupported type <class 'numpy.ndarray'>: the simulated device does not mix with NumPy arrays")
    if type(value) in (list, tuple):
        return type(value)(unbox(item, host) for item in value)
    return value


def unbox_index(index: Any) -> Any:
    if isinstance(index, tuple):
        return tuple(unbox_index(part) for part in index)
    if isinstance(index, Array):
        return index._a
    if index is None or index is Ellipsis or isinstance(index, (bool, int, slice, np.integer)):
        return index
    raise IndexError(
        f"the simulated device indexes with its own arrays, integers and slices, not {type(index).__name__}"
    )


def call(function: Callable, args: tuple, options: dict, host: bool = False) -> Any:
    found = function(*unbox(args, host), **{name: unbox(value, host) for name, value in options.items()})
    for given in (options.get("out"), *args):
        if isinstance(given, Array) and found is given._a:
            return given
    flat = [item for arg in args for item in (arg if isinstance(arg, (list, tuple)) else (arg,))]
    return box(found, *flat)


class Array:
    """An array of the simulated device, around a NumPy array."""

    __slots__ = ("_a", "base", "__weakref__")
    __array_ufunc__ = None  # NumPy's operators leave the answer to this class
    __array_priority__ = 100

    def __init__(self, array: np.ndarray, base: Array | None = None):
        self._a, self.base = array, base

    def __array__(self, *args: Any, **options: Any) -> Any:
        raise TypeError("Implicit conversion to a NumPy array is not allowed. Please use `.get()`")

    def __getattr__(self, name: str) -> Any:
        if name not in ARRAY_NAMES or name.startswith("__"):
            raise AttributeError(f"'cupy.ndarray' object has no attribute {name!r}")
        found = getattr(self._a, name)
        if callable(found):
            return lambda *args, **options: box(unboxed(found, args, options), self)
        return box(found, self)

    def get(self) -> np.ndarray:
        return self._a.copy()

    def item(self) -> Any:
        return self._a.item()

    def tolist(self) -> Any:
        return self._a.tolist()

    def view(self, kind: Any = None) -> Array:
        if kind is not None and np.dtype(kind).itemsize != self._a.itemsize and not self._a.flags.c_contiguous:
            raise ValueError("To change to a dtype of a different size, the array must be C-contiguous")
        return box(self._a.view() if kind is None else self._a.view(kind), self)

    @property
    def flags(self) -> Any:
        return self._a.flags

    @property
    def data(self) -> Any:
        return SimpleNamespace(ptr=self._a.ctypes.data)

    @property
    def mT(self) -> Array:
        return box(self._a.mT, self)

    def __getitem__(self, index: Any) -> Array:
        return box(self._a[unbox_index(index)], self)

    def __setitem__(self, index: Any, value: Any) -> None:
        if not isinstance(value, (Array, *SCALARS)):
            raise TypeError(f"the simulated device stores its own arrays and numbers, not {type(value).__name__}")
        self._a[unbox_index(index)] = unbox(value)

    def __len__(self) -> int:
        return len(self._a)

    def __iter__(self) -> Any:
        return (self[index] for index in range(len(self._a)))

    def __bool__(self) -> bool:
        return bool(self._a)

    def __int__(self) -> int:
        return int(self._a)

    def __float__(self) -> float:
        return float(self._a)

    def __complex__(self) -> complex:
        return complex(self._a)

    def __dlpack__(self, **request: Any) -> Any:
        return self._a.__dlpack__(**request)

    def __dlpack_device__(self) -> tuple[int, int]:
        return DLPACK_TYPE, 0

    def __repr__(self) -> str:
        return f"sim{self._a!r}"

    __hash__ = None  # type: ignore[assignment]


def unboxed(function: Callable, args: tuple, options: dict) -> Any:
    return function(*unbox(args), **{name: unbox(value) for name, value in options.items()})


def _binary(name: str, function: Callable) -> None:
    def forward(self: Array, other: Any) -> Any:
        if not isinstance(other, (Array, *SCALARS)):
            return refuse(other)
        return box(function(self._a, unbox(other)))

    def reflected(self: Array, other: Any) -> Any:
        if not isinstance(other, (Array, *SCALARS)):
            return refuse(other)
        return box(function(unbox(other), self._a))

    def in_place(self: Array, other: Any) -> Any:
        if not isinstance(other, (Array, *SCALARS)):
            return refuse(other)
        getattr(operator, f"i{name.strip('_')}")(self._a, unbox(other))
        return self

    setattr(Array, f"__{name.strip('_')}__", forward)
    if name not in ("lt", "le", "gt", "ge", "eq", "ne"):
        setattr(Array, f"__r{name.strip('_')}__", reflected)
        setattr(Array, f"__i{name.strip('_')}__", in_place)


def refuse(other: Any) -> Any:
    if isinstance(other, np.ndarray):
        raise TypeError(f"Unsupported type {type(other)}: the simulated device does not mix with NumPy arrays")
    return NotImplemented


for _name in OPERATORS:
    _binary(_name, getattr(operator, _name))


def _unary(name: str, function: Callable) -> None:
    setattr(Array, f"__{name}__", lambda self: box(function(self._a)))


for _name in ("neg", "pos", "abs", "invert"):
    _unary(_name, getattr(operator, _name))


class Ufunc:
    """A universal function with what CuPy's have."""

    def __init__(self, function: np.ufunc):
        self._function = function
        self.__name__ = function.__name__

    def __call__(self, *args: Any, **options: Any) -> Any:
        unknown = set(options) - {"out", "dtype", "casting"}
        if unknown:
            raise TypeError(f"{self.__name__}: CuPy's ufuncs do not take {sorted(unknown)}")
        return call(self._function, args, options)

    def at(self, array: Array, index: Any, value: Any) -> None:
        parts = index if isinstance(index, tuple) else (index,)
        if any(isinstance(part, Array) for part in parts) and array.dtype.name not in ATOMIC:
            raise TypeError(f"{self.__name__}.at: {array.dtype} cannot be added atomically")
        self._function.at(array._a, unbox_index(index), unbox(value))

    def reduce(self, *args: Any, **options: Any) -> Any:
        return call(self._function.reduce, args, options)

    def accumulate(self, *args: Any, **options: Any) -> Any:
        return call(self._function.accumulate, args, options)


class Namespace:
    """A module of the simulated library: NumPy's functions under the names, and with the parameters, of CuPy's."""

    def __init__(self, name: str, source: Any, **extra: Any):
        self._names = NAMES["namespaces"][name]
        self._source, self.__name__ = source, name
        self.__dict__.update(extra)

    def __dir__(self) -> list[str]:
        return list(self._names)

    def __getattr__(self, name: str) -> Any:
        if name not in self._names:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        source = getattr(self._source, name)
        if isinstance(source, np.ufunc):
            found: Any = Ufunc(source)
        elif isinstance(source, type) or not callable(source):
            return source
        else:
            found = self._function(name, source)
        self.__dict__[name] = found
        return found

    def _function(self, name: str, source: Callable) -> Callable:
        known = self._names[name]
        signature = None
        if known is not None:
            signature = inspect.Signature(
                [
                    inspect.Parameter(n, inspect._ParameterKind(kind), default=None if default else inspect._empty)
                    for n, kind, default in known
                ]
            )

        def function(*args: Any, **options: Any) -> Any:
            if signature is not None:
                signature.bind(*args, **options)
            return call(source, args, options, host=name in TAKES_HOST_DATA)

        function.__name__ = name
        return function


class Generator:
    """Random numbers by the methods that CuPy's generators have."""

    def __init__(self, seed: Any = None):
        self._generator = np.random.default_rng(seed)
        self.bit_generator = SimpleNamespace(_state=Array(np.zeros(40, "int8")), lock=threading.Lock())
        self._keep()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name not in GENERATOR_NAMES:
            raise AttributeError(f"'cupy.random.Generator' object has no attribute {name!r}")

        def draw(*args: Any, **options: Any) -> Any:
            self._load()
            found = call(getattr(self._generator, name), args, options)
            self._keep()
            return found

        return draw

    def _keep(self) -> None:
        """The state into the array on the device, where CuPy has it; what follows depends on nothing else."""
        state = self._generator.bit_generator.state
        words = *state["state"].values(), state["has_uint32"], state["uinteger"]
        packed = b"".join(word.to_bytes(size, "little") for word, size in zip(words, (16, 16, 4, 4), strict=True))
        self.bit_generator._state._a[...] = np.frombuffer(packed, "int8")

    def _load(self) -> None:
        data = self.bit_generator._state._a.tobytes()
        state, inc, has, word = (
            int.from_bytes(data[a:b], "little") for a, b in ((0, 16), (16, 32), (32, 36), (36, 40))
        )
        self._generator.bit_generator.state = {
            "bit_generator": "PCG64",
            "state": {"state": state, "inc": inc},
            "has_uint32": has,
            "uinteger": word,
        }


def asnumpy(array: Any) -> np.ndarray:
    return array.get()


def from_dlpack(value: Any) -> Array:
    return (
        Array(value._a, value if value.base is None else value.base)
        if isinstance(value, Array)
        else box(np.from_dlpack(value))
    )


def diagonal(a: Array, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Array:
    """Unlike NumPy's, the view that CuPy returns may be written to."""
    found = a._a.diagonal(offset, axis1, axis2)
    found.flags.writeable = a._a.flags.writeable
    return box(found, a)


def as_strided(x: Array, shape: tuple[int, ...], strides: tuple[int, ...]) -> Array:
    return Array(np.lib.stride_tricks.as_strided(x._a, shape, strides), x if x.base is None else x.base)


special = Namespace("cupyx.scipy.special", scipy.special)
sim = Namespace(
    "cupy",
    np,
    ndarray=Array,
    asnumpy=asnumpy,
    diagonal=diagonal,
    lib=SimpleNamespace(stride_tricks=SimpleNamespace(as_strided=as_strided)),
    from_dlpack=from_dlpack,
    linalg=Namespace("cupy.linalg", np.linalg),
    fft=Namespace("cupy.fft", np.fft),
    random=SimpleNamespace(default_rng=Generator),
    cuda=SimpleNamespace(get_current_stream=lambda: SimpleNamespace(synchronize=lambda: None)),
)


def register() -> None:
    """Make the device ``"sim"`` known."""
    register_backend(
        "sim", lambda index: CuPyBackend(sim, device("sim"), special), array_types=(Array,), dlpack=DLPACK_TYPE
    )


register()
