"""Element types and PyTorch's promotion rules; knows no array library but by name."""

from __future__ import annotations

import functools
from typing import Any

BOOL, INTEGER, FLOATING, COMPLEX = range(4)


class dtype:
    """An element type, one object each: ``autograd.float32``.

    Equal to itself and to the NumPy type of the same name, so that ``x.dtype == np.float32`` is true.

    Examples
    --------
    >>> import autograd
    >>> autograd.float32, autograd.float32.itemsize, autograd.float32.is_floating_point
    (autograd.float32, 4, True)
    """

    __slots__ = ("name", "category", "itemsize", "is_signed")

    def __init__(self, name: str, category: int, itemsize: int, is_signed: bool = True):
        self.name, self.category, self.itemsize, self.is_signed = name, category, itemsize, is_signed

    @property
    def is_floating_point(self) -> bool:
        return self.category == FLOATING

    @property
    def is_complex(self) -> bool:
        return self.category == COMPLEX

    def to_real(self) -> dtype:
        """The real type with this precision: float32 for complex64."""
        return REAL_OF.get(self, self)

    def to_complex(self) -> dtype:
        """The complex type with this precision: complex64 for float32."""
        return COMPLEX_OF.get(self, complex64) if self.category != COMPLEX else self

    def __repr__(self) -> str:
        return f"autograd.{self.name}"

    def __eq__(self, other: object) -> bool:
        return self is other or (not isinstance(other, dtype) and other is not None and as_name(other) == self.name)

    def __hash__(self) -> int:
        return hash(self.name)

    def __reduce__(self) -> tuple:
        return lookup, (self.name,)


def as_name(value: Any) -> str | None:
    """The canonical name of anything that denotes an element type: ours, NumPy's, an array library's, a string."""
    if isinstance(value, str):
        return value
    if isinstance(value, type) and value.__module__ == "builtins":
        return {float: "float64", int: "int64", bool: "bool", complex: "complex128"}.get(value)
    for attribute in ("name", "__name__"):
        name = getattr(value, attribute, None)
        if isinstance(name, str):
            return name
    return str(value).rpartition(".")[2]


bool_ = dtype("bool", BOOL, 1, False)
uint8 = dtype("uint8", INTEGER, 1, False)
uint16 = dtype("uint16", INTEGER, 2, False)
uint32 = dtype("uint32", INTEGER, 4, False)
uint64 = dtype("uint64", INTEGER, 8, False)
int8 = dtype("int8", INTEGER, 1)
int16 = dtype("int16", INTEGER, 2)
int32 = dtype("int32", INTEGER, 4)
int64 = dtype("int64", INTEGER, 8)
float16 = dtype("float16", FLOATING, 2)
bfloat16 = dtype("bfloat16", FLOATING, 2)
float32 = dtype("float32", FLOATING, 4)
float64 = dtype("float64", FLOATING, 8)
complex64 = dtype("complex64", COMPLEX, 8)
complex128 = dtype("complex128", COMPLEX, 16)

ALL = (
    bool_, uint8, uint16, uint32, uint64, int8, int16, int32, int64,
    float16, bfloat16, float32, float64, complex64, complex128,
)  # fmt: skip
BY_NAME = {item.name: item for item in ALL} | {"bool_": bool_, "float": float32, "double": float64, "half": float16}
REAL_OF = {complex64: float32, complex128: float64}
COMPLEX_OF = {float32: complex64, float64: complex128}


def lookup(value: Any) -> dtype:
    """The `dtype` that `value` denotes.

    Raises
    ------
    TypeError
        If it denotes none that this library has.
    """
    if value.__class__ is dtype:
        return value
    found = BY_NAME.get(as_name(value))  # type: ignore[arg-type]
    if found is None:
        raise TypeError(f"{value!r} is not an element type; use one of {', '.join(map(repr, ALL))}")
    return found


_global_default = float32


def default_dtype() -> dtype:
    """The floating type that Python floats and integers divided take.

    Examples
    --------
    >>> import autograd
    >>> autograd.get_default_dtype()
    autograd.float32
    """
    return _global_default


def set_default_dtype(value: Any) -> None:
    """Make `value` the floating type of new tensors.

    Raises
    ------
    TypeError
        If `value` is not a floating type.

    Examples
    --------
    >>> import autograd
    >>> autograd.set_default_dtype(autograd.float64)
    >>> autograd.ones(2).dtype
    autograd.float64
    >>> autograd.set_default_dtype(autograd.float32)
    """
    global _global_default
    found = lookup(value)
    if not found.is_floating_point:
        raise TypeError(f"only floating-point types are supported as the default type, not {found}")
    _global_default = found
    _combine_all.cache_clear()


def of_scalar(value: Any) -> dtype:
    """The type a Python number has when it meets no tensor."""
    kind = value.__class__
    if kind is bool:
        return bool_
    if kind is int:
        return int64
    if kind is complex:
        return default_dtype().to_complex()
    return default_dtype()


def bounds(kind: dtype) -> tuple[int, int]:
    """The smallest and the largest number of an integer type.

    Examples
    --------
    >>> bounds(int8), bounds(uint8)
    ((-128, 127), (0, 255))
    """
    top = 1 << (8 * kind.itemsize - kind.is_signed)
    return -top if kind.is_signed else 0, top - 1


def fitted(value: Any, kind: dtype) -> Any:
    """A Python number as one that the type holds: truncated, and a negative one wrapped in an unsigned type.

    Raises
    ------
    RuntimeError
        For an integer type and an infinity, NaN or a number out of its range; for an imaginary part and a real type.
    """
    if value.__class__ is complex and not kind.is_complex and kind is not bool_:
        if value.imag:
            raise RuntimeError(f"value {value} cannot be converted to type {kind} without overflow")
        value = value.real
    if kind.category >= FLOATING:
        return value
    if kind is bool_:
        return bool(value)
    least, most = bounds(kind)
    if not kind.is_signed and not isinstance(value, float):
        least = -most
    if not least <= value <= most:  # neither is true of NaN
        raise RuntimeError(f"value {value} cannot be converted to type {kind} without overflow")
    return int(value) if kind.is_signed else int(value) % (most + 1)


@functools.cache
def promote_types(a: dtype, b: dtype) -> dtype:
    """The smallest type that both convert to, by PyTorch's table.

    Raises
    ------
    TypeError
        For an unsigned type of more than 8 bits with another kind of integer.

    Examples
    --------
    >>> import autograd
    >>> autograd.promote_types(autograd.int32, autograd.float16)
    autograd.float16
    """
    a, b = lookup(a), lookup(b)
    if a is b:
        return a
    if a.category < b.category:
        a, b = b, a
    if a.category == COMPLEX:
        wide = complex128 in (a, b) or b is float64
        return complex128 if wide else complex64
    if a.category == FLOATING:
        if b.category != FLOATING:
            return a
        if a.itemsize == b.itemsize:
            return float32  # float16 with bfloat16
        return a if a.itemsize > b.itemsize else b
    if b.category == BOOL:
        return a
    if a.is_signed == b.is_signed:
        return a if a.itemsize > b.itemsize else b
    signed, unsigned = (a, b) if a.is_signed else (b, a)
    if unsigned.itemsize >= 8:
        raise TypeError(f"promotion of {unsigned} with {signed} is not defined; convert one of them with .to()")
    size = max(signed.itemsize, 2 * unsigned.itemsize)
    return {2: int16, 4: int32, 8: int64}[size]


def _combine(higher: dtype | None, lower: dtype | None) -> dtype | None:
    """A group of operands of higher priority keeps its type unless a lower one is of a higher category."""
    if higher is None or lower is None:
        return higher or lower
    if higher.category == COMPLEX:
        return higher
    if higher.category == FLOATING:
        return higher.to_complex() if lower.category == COMPLEX else higher
    if higher.category == BOOL or lower.category >= FLOATING:
        return promote_types(higher, lower)
    return higher


@functools.lru_cache(4096)
def _combine_all(operands: tuple[tuple[dtype, int], ...]) -> dtype:
    groups: list[dtype | None] = [None, None, None]
    for item, rank in operands:
        present = groups[rank]
        groups[rank] = item if present is None else promote_types(present, item)
    result = _combine(groups[2], _combine(groups[1], groups[0]))
    assert result is not None
    return result


def result_dtype(operands: tuple[tuple[dtype, int], ...]) -> dtype:
    """The type of an elementwise result.

    Parameters
    ----------
    operands : pairs (type, rank): rank 2 for a tensor with dimensions, 1 for a 0-d tensor, 0 for a Python number
    """
    return _combine_all(operands)


def can_cast(from_: Any, to: Any) -> bool:
    """Whether PyTorch lets a result of type `from_` be stored into a tensor of type `to`.

    Examples
    --------
    >>> import autograd
    >>> autograd.can_cast(autograd.float32, autograd.int64)
    False
    """
    a, b = lookup(from_), lookup(to)
    if a.category == BOOL:
        return True
    return a.category <= b.category and b.category != BOOL
