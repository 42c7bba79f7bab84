"""What the adapters share: dims to axes, numbers to shapes, in-place forms, `out=`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from autograd import dtypes, ops
from autograd.alias import assign, bump, check_write, in_place, records
from autograd.engine import NotDense, TensorBase
from autograd.grad_mode import no_grad

Dims = int | Sequence[int] | None


def axis_of(dim: int, ndim: int, name: str = "dim") -> int:
    """A dim as a non-negative axis; a 0-d tensor has the dims 0 and -1.

    Raises
    ------
    IndexError
        If it is out of range.
    """
    if dim.__class__ is not int:
        if isinstance(dim, bool) or not hasattr(dim, "__index__"):
            raise TypeError(f"{name} must be int, not {type(dim).__name__}")
        dim = dim.__index__()
    bound = ndim or 1
    if not -bound <= dim < bound:
        raise IndexError(f"Dimension out of range (expected to be in range of [{-bound}, {bound - 1}], but got {dim})")
    return dim % bound


def axes_of(dim: Dims, ndim: int) -> tuple[int, ...] | None:
    """A dim, several, or None for all, as non-negative axes.

    Raises
    ------
    RuntimeError
        If one is named twice.
    """
    if dim is None:
        return None
    dims = tuple(dim) if hasattr(dim, "__iter__") else (dim,)
    axes = tuple(axis_of(d, ndim) for d in dims)
    if len(set(axes)) != len(axes):
        raise RuntimeError(f"dim appears multiple times in the list of dims {list(dims)}")
    return axes


def shape_of(size: tuple, named: Any = None) -> tuple[int, ...]:
    """`f(2, 3)`, `f((2, 3))` and, where the function has a keyword for them, `f(size=(2, 3))` alike.

    Raises
    ------
    TypeError
        If the sizes are given both by place and by keyword.
    """
    if named is not None:
        if size:
            raise TypeError(f"got sizes by place, {size}, and by keyword, {named}; give one of them")
        size = tuple(named)
    if len(size) == 1 and isinstance(size[0], (tuple, list)):
        size = tuple(size[0])
    return tuple(int(n) for n in size)


def inplace(function: Callable, kernel: str | None = None) -> Callable:
    """The in-place method `name_` of a function whose first argument is the tensor.

    Parameters
    ----------
    function : computes the new value out of place
    kernel : a kernel with `out=` that does the same, straight into the buffer where nothing records
    """
    name = function.__name__.removesuffix("_") + "_"

    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        return in_place(self, name, function, *args, **kwargs)

    def binary(self: Any, other: Any, **kwargs: Any) -> Any:
        if not kwargs and isinstance(other, TensorBase) and other.backend is self.backend:
            a, b = self._data, other._data
            if a.dtype is b.dtype and a.dtype.kind != "b" and not records(self, other):
                check_write(self, name)
                if a.shape == b.shape or b.ndim == 0:
                    getattr(self.backend, kernel)(a, b, out=a)  # type: ignore[arg-type]
                    bump(self)
                    return self
        return in_place(self, name, function, other, **kwargs)

    chosen = binary if kernel else method
    chosen.__name__ = chosen.__qualname__ = name
    chosen.__doc__ = f"In-place version of `{name[:-1]}`."
    return chosen


# What PyTorch's functions call these arguments, beside NumPy's names, which they take too.
NUMPY_NAMES = {"axis": "dim", "keepdims": "keepdim"}


def _by_dim(options: dict[str, Any]) -> dict[str, Any]:
    """Keyword arguments with PyTorch's names where NumPy's were used."""
    if "axis" in options or "keepdims" in options:
        return {NUMPY_NAMES.get(name, name): value for name, value in options.items()}
    return options


def with_axis(function: Callable) -> Callable:
    """Let a function take NumPy's axis and keepdims too."""

    @functools.wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **_by_dim(kwargs))

    return wrapped


def with_new_out(function: Callable) -> Callable:
    """Give a function that makes a tensor `out=`, from which it then takes the element type and the device.

    Raises
    ------
    RuntimeError
        If another element type is asked for.
    """

    @functools.wraps(function)
    def wrapped(*args: Any, out: Any = None, **options: Any) -> Any:
        if out is None:
            return function(*args, **options)
        name, kind = function.__name__, options.get("dtype")
        if kind is not None and dtypes.lookup(kind) is not out.dtype:
            raise RuntimeError(f"{name}: dtype {kind} does not match dtype of out parameter ({out.dtype})")
        return store(name, function(*args, **{"device": out.device, **options, "dtype": out.dtype}), out)

    return wrapped


def with_out(function: Callable) -> Callable:
    """Give a function PyTorch's `out=`: the result is written there, and `out` returned; and NumPy's axis, keepdims."""

    @functools.wraps(function)
    def wrapped(*args: Any, out: Any = None, **kwargs: Any) -> Any:
        kwargs = _by_dim(kwargs)
        try:
            result = function(*args, **kwargs)
        except NotDense as error:
            result = error.operand.take_over(function.__name__, args, kwargs)
        if out is None:
            return result
        return store(function.__name__, result, out)

    return wrapped


def refuse_overlap(name: str, out: Any, inputs: Iterable[Any]) -> None:
    """Refuse an `out=` in memory that is still to be read.

    Raises
    ------
    RuntimeError
        If the memory of `out`, from its first to its last element, meets that of an input.
    """
    first, last = _extent(out)
    for tensor in inputs:
        if isinstance(tensor, TensorBase) and tensor.backend is out.backend and out._data.size and tensor._data.size:
            start, stop = _extent(tensor)
            if start < last and first < stop:
                raise RuntimeError(
                    f"{name}(): unsupported operation: out= and an input refer to the same memory; clone() one of them"
                )


def _extent(tensor: TensorBase) -> tuple[int, int]:
    """The addresses from the first byte of a tensor to behind the last."""
    array = tensor._data
    spans = [(size - 1) * step for size, step in zip(array.shape, array.strides, strict=True)]
    start = tensor.backend.address(array)
    return start + sum(n for n in spans if n < 0), start + sum(n for n in spans if n > 0) + array.dtype.itemsize


def with_equal_out(function: Callable) -> Callable:
    """`with_out` of a function whose `out=` has to be of the result's element type, in memory of its own."""
    general = with_out(function)

    @functools.wraps(function)
    def wrapped(*args: Any, out: Any = None, **kwargs: Any) -> Any:
        if out is not None:
            inputs = (*args, *kwargs.values())
            kind = next(value.backend.dtype_of(value._data) for value in inputs if isinstance(value, TensorBase))
            if out.dtype is not kind:
                raise RuntimeError(
                    f"{function.__name__}(): Expected out tensor to have dtype {kind}, but got {out.dtype} instead"
                )
            refuse_overlap(function.__name__, out, inputs)
        return general(*args, out=out, **kwargs)

    return wrapped


def store(name: str, result: Any, out: Any) -> Any:
    """Write a result, or a tuple of them, into `out`.

    Raises
    ------
    RuntimeError
        If something requires a gradient, or shapes or types do not fit.
    """
    if isinstance(result, tuple):
        for part, place in zip(result, out, strict=True):
            store(name, part, place)
        return out if result.__class__ is tuple else type(result)(*out)
    if records(result, out):
        raise RuntimeError(f"{name}(): functions with out=... arguments don't support automatic differentiation")
    if out._data.shape != result._data.shape:
        if out._data.size:
            raise RuntimeError(
                f"{name}: out= has shape {list(out._data.shape)}, the result {list(result._data.shape)}; "
                "give an empty tensor or one of the result's shape"
            )
        out._data = out.backend.empty(result._data.shape, out._data.dtype)
    return assign(out, result, name)


def real_only(name: str, value: Any) -> Any:
    """The value, a tensor or a number, if it is real.

    Raises
    ------
    NotImplementedError
        For complex numbers, which have no order.
    """
    complex_ = value._data.dtype.kind == "c" if isinstance(value, TensorBase) else isinstance(value, complex)
    if complex_:
        raise NotImplementedError(f"{name}: complex numbers have no order; take .real, .imag or .abs() first")
    return value


def is_tensor(value: Any) -> bool:
    """Whether a value is a tensor."""
    return isinstance(value, TensorBase)


def require_tensors(name: str, **operands: Any) -> None:
    """Refuse numbers and arrays where PyTorch takes tensors only.

    Raises
    ------
    TypeError
        For the first argument that is no tensor.
    """
    for argument, value in operands.items():
        if not isinstance(value, TensorBase):
            raise TypeError(f"{name}(): argument '{argument}' must be Tensor, not {type(value).__name__}")


def cast(input: Any, kind: dtypes.dtype) -> Any:
    """The input in an element type: itself if it has it; as integers and booleans outside of the graph."""
    if kind is input.dtype:
        return input
    if kind.category >= dtypes.FLOATING or not input.requires_grad:
        return ops.astype(input, dtype=kind)
    with no_grad():  # integers carry no gradient
        return ops.astype(input, dtype=kind)
