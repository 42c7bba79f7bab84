"""Numbers and nested sequences, with tensors in them or not, as arrays of the type that PyTorch would choose."""

from __future__ import annotations

import functools
from typing import Any

from autograd import dtypes
from autograd.backends import backend_for
from autograd.engine import TensorBase


def from_python(data: Any, dtype: Any) -> Any:
    """Numbers and nested sequences as a NumPy array of the type that PyTorch would choose."""
    cpu = backend_for("cpu")
    leaves = _tensor_leaves(data)
    if leaves:
        kind, data = _common_kind(data), _unwrap(data)
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


def _check_range(array: Any, kind: dtypes.dtype) -> None:
    """Refuse numbers that an integer type does not hold; negative ones of an unsigned type count from its end.

    Raises
    ------
    RuntimeError
        As PyTorch does.
    """
    if kind.category != dtypes.INTEGER or not array.size or array.dtype.kind not in "iuf":
        return
    most = 2 ** (8 * kind.itemsize - kind.is_signed) - 1
    if not (-most - kind.is_signed <= array.min() and array.max() <= most):
        raise RuntimeError(f"tensor: value cannot be converted to type {kind} without overflow")


def _tensor_leaves(data: Any) -> bool:
    return isinstance(data, (list, tuple)) and any(isinstance(i, TensorBase) or _tensor_leaves(i) for i in data)


def _common_kind(data: Any) -> Any:
    """The element type of nested sequences that hold tensors: what those of all elements promote to."""
    if isinstance(data, (list, tuple)):
        return functools.reduce(dtypes.promote_types, map(_common_kind, data)) if data else dtypes.bool_
    return data.dtype if isinstance(data, TensorBase) else dtypes.of_scalar(data)  # type: ignore[attr-defined]


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
