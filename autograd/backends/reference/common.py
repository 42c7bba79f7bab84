"""Element types as the reference kernels see them: by name, which every array library prints alike."""

from __future__ import annotations

from typing import Any

Array = Any

_NARROW = {"float16", "bfloat16"}


def dtype_name(x: Array) -> str:
    """The element type's name without its library's, e.g. ``"float32"``."""
    return str(x.dtype).rpartition(".")[2]


def dtype_named(xp: Any, name: str) -> Any:
    """The library's own object for an element type's name; `xp` is a backend or an array library."""
    native = getattr(xp, "native", None)
    return getattr(xp, name) if native is None else native(name)


def int64(xp: Any) -> Any:
    """The element type of every index."""
    return dtype_named(xp, "int64")


def widen(xp: Any, x: Array) -> Array:
    """`x`, in float32 where its own type is too narrow to compute in: half types overflow and have no BLAS."""
    return xp.astype(x, dtype_named(xp, "float32")) if dtype_name(x) in _NARROW else x


def widen_double(xp: Any, x: Array) -> Array:
    """`x` in float64, for series that lose digits on the way."""
    return x if dtype_name(x) == "float64" else xp.astype(x, dtype_named(xp, "float64"))


def narrow(xp: Any, x: Array, dtype: Any) -> Array:
    """`x` in `dtype`, without a copy where it has it."""
    return x if x.dtype == dtype else xp.astype(x, dtype)


def lowest(x: Array) -> float | int | bool:
    """The value no element of `x`'s type is below."""
    name = dtype_name(x)
    if name == "bool":
        return False
    if name.startswith("int"):
        return -(2 ** (int(name[3:]) - 1))
    return 0 if name.startswith("uint") else float("-inf")


def is_nan(xp: Any, x: Array) -> Array | None:
    """Where `x` is not a number; None for types that have no such value, so that callers skip the pass."""
    return None if dtype_name(x).startswith(("int", "uint", "bool")) else xp.isnan(x)


def normalized(axis: int, ndim: int, op: str) -> int:
    """`axis` counted from the front.

    Raises
    ------
    IndexError
        If there is no such axis.
    """
    if not -ndim <= axis < ndim:
        raise IndexError(
            f"{op}: axis {axis} is out of range for an array of {ndim} dimensions"
        )
    return axis % ndim


def offsets(xp: Any, size: int, axis: int, ndim: int, stride: int = 1) -> Array:
    """0, stride, 2·stride, ... along `axis`, with length 1 along all other axes, ready to broadcast."""
    return xp.reshape(
        xp.arange(0, size, 1, dtype=int64(xp)) * stride,
        tuple(size if a == axis else 1 for a in range(ndim)),
    )
