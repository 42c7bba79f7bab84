"""PyTorch's oldest names: `FloatTensor([1, 2])`, `set_default_tensor_type`, `range`."""

from __future__ import annotations

from typing import Any

import autograd
from autograd import dtypes
from autograd.tensor import Tensor

_DTYPES = {
    "DoubleTensor": dtypes.float64, "FloatTensor": dtypes.float32, "HalfTensor": dtypes.float16,
    "BFloat16Tensor": dtypes.bfloat16, "LongTensor": dtypes.int64, "IntTensor": dtypes.int32, "ShortTensor": dtypes.int16,
    "CharTensor": dtypes.int8, "ByteTensor": dtypes.uint8, "BoolTensor": dtypes.bool_,
}  # fmt: skip


class LegacyType(type):
    """The class of `FloatTensor` and its like: a call makes a tensor, `isinstance` asks for the element type."""

    dtype: dtypes.dtype

    def __call__(cls, *args: Any, device: Any = "cpu") -> Any:
        """A tensor of a sequence or an array, or one of the given sizes whose values are still to be set."""
        if len(args) == 1 and not isinstance(args[0], int):
            return autograd.tensor(args[0], dtype=cls.dtype, device=device)
        return autograd.empty(*(args or (0,)), dtype=cls.dtype, device=device)

    def __instancecheck__(cls, instance: Any) -> bool:
        return isinstance(instance, Tensor) and instance.dtype is cls.dtype


def _made(name: str) -> LegacyType:
    return LegacyType(
        name, (), {"__module__": "autograd", "__doc__": f"Tensors of {_DTYPES[name]}.", "dtype": _DTYPES[name]}
    )


DoubleTensor, FloatTensor, HalfTensor, BFloat16Tensor = map(
    _made, ("DoubleTensor", "FloatTensor", "HalfTensor", "BFloat16Tensor")
)
LongTensor, IntTensor, ShortTensor, CharTensor, ByteTensor, BoolTensor = map(
    _made, ("LongTensor", "IntTensor", "ShortTensor", "CharTensor", "ByteTensor", "BoolTensor")
)


def set_default_tensor_type(t: Any) -> None:
    """Make the element type of one of these classes the default one.

    Parameters
    ----------
    t : such a class, or its name, which may have PyTorch's prefix

    Raises
    ------
    TypeError
        If there is no such class.

    Examples
    --------
    >>> import autograd
    >>> autograd.set_default_tensor_type(autograd.FloatTensor)
    >>> autograd.get_default_dtype()
    autograd.float32
    """
    name = t if isinstance(t, str) else getattr(t, "__name__", "")
    found = _DTYPES.get(name.rpartition(".")[2])
    if found is None:
        raise TypeError(f"set_default_tensor_type: {t!r} is not one of {', '.join(_DTYPES)}")
    autograd.set_default_dtype(found)


def range(start: float = 0, end: Any = None, step: float = 1, *, dtype: Any = None, device: Any = None) -> Any:
    """The numbers from `start` to `end`, with it, in steps; `arange` leaves the end out."""
    kind = autograd.get_default_dtype() if dtype is None else dtype
    count = int((end - start) / step) + 1
    return start + step * autograd.arange(count, dtype=kind, device=device)
