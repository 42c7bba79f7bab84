"""Numbers and nested sequences, with tensors in them or not, as arrays of the type that PyTorch would choose."""

from __future__ import annotations

import functools
from typing import Any

from autograd import dtypes
from autograd.backends import backend_for
from autograd.engine import TensorBase

_NUMPY: Any = backend_for("cpu").library
_TYPED = (TensorBase, _NUMPY.bool_, _NUMPY.number)


def from_python(data: Any, dtype: Any) -> Any:
    """Numbers and nested sequences as a NumPy array of the type that PyTorch would choose."""
    cpu = backend_for("cpu")
    leaves = _typed_leaves(data)
    if leaves:
        kind, data = functools.reduce(dtypes.promote_types, _kinds(data)), _unwrap(data)
    try:
        array = cpu.asarray(data)
    except ValueError as error:
        raise ValueError(f"tensor: the nested sequences do not form a rectangle ({error})") from None
    if array.dtype.kind not in "biufcV" or array.dtype.kind == "O":
        raise TypeError(f"tensor: cannot make a tensor of {type(data).__name__} holding {array.dtype} values")
    if dtype is not None:
        _check_range(array, dtypes.lookup(dtype))
        return array
    if leaves:
        return cpu.astype(array, kind)
    if not hasattr(data, "__array__") and _of_python_numbers(data):
        if array.dtype == "uint64":
            raise ValueError("tensor: an integer is too large for int64; give dtype=autograd.uint64 or a floating type")
        kind = {"f": dtypes.default_dtype(), "c": dtypes.default_dtype().to_complex()}.get(array.dtype.kind)
        if kind is not None:
            return cpu.astype(array, kind)
    return array


def _typed_leaves(data: Any) -> bool:
    """Whether nested sequences hold tensors or NumPy's numbers, which have a type of their own."""
    return isinstance(data, (list, tuple)) and any(isinstance(i, _TYPED) or _typed_leaves(i) for i in data)


def _check_range(array: Any, kind: dtypes.dtype) -> None:
    """Refuse numbers that an integer type does not hold; negative ones of an unsigned type count from its end.

    Raises
    ------
    RuntimeError
        As PyTorch does.
    """
    if kind.category != dtypes.INTEGER or not array.size or array.dtype.kind not in "iuf":
        return
    least, most = dtypes.bounds(kind)
    if not ((least if kind.is_signed else -most) <= array.min() and array.max() <= most):
        raise RuntimeError(f"tensor: value cannot be converted to type {kind} without overflow")


def _kinds(data: Any) -> set:
    """The element types in nested sequences; the result's is what they promote to."""
    if isinstance(data, (list, tuple)):
        found: set = set()
        for item in data:
            found |= _kinds(item)
        return found or {dtypes.bool_}
    kind = getattr(data, "dtype", None)
    return {dtypes.of_scalar(data) if kind is None else dtypes.lookup(kind)}


def _unwrap(data: Any) -> Any:
    if isinstance(data, TensorBase):
        return data.backend.to_numpy(data._data)
    return [_unwrap(item) for item in data] if isinstance(data, (list, tuple)) else data


def _of_python_numbers(data: Any) -> bool:
    while isinstance(data, (list, tuple)):
        if not data:
            return True
        data = data[0]
    return isinstance(data, (int, float, complex)) and not hasattr(data, "dtype")
