"""The standard's type promotion: by element type alone, where PyTorch has 0-d tensors give way."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from autograd import dtypes
from autograd.functions import creation
from autograd.tensor import Tensor


def result_type(*arrays_and_dtypes: Any) -> dtypes.dtype:
    """The element type that the standard gives to a result of these operands; Python numbers are weak."""
    kinds = [item.dtype if isinstance(item, Tensor) else item for item in arrays_and_dtypes]
    strong = [kind for kind in kinds if isinstance(kind, dtypes.dtype)]
    if not strong:
        raise ValueError("result_type: at least one of the arguments must be an array or an element type")
    found = functools.reduce(dtypes.promote_types, strong)
    for number in kinds:
        if isinstance(number, complex) and not found.is_complex:
            found = found.to_complex()
        elif isinstance(number, float) and found.category < dtypes.FLOATING:
            found = dtypes.default_dtype()
        elif type(number) is int and found is dtypes.bool_:
            found = dtypes.int64
    return found


def promoted(*operands: Any) -> tuple:
    """The operands as tensors of types that PyTorch's rules promote as the standard does."""
    tensors = [item for item in operands if isinstance(item, Tensor)]
    if not tensors:
        raise TypeError("at least one of the operands must be an array")
    mixed = len({item.dtype for item in tensors}) > 1 and not all(item.ndim for item in tensors)
    if len(tensors) == len(operands) and not mixed:
        return operands
    kind, place = result_type(*operands), tensors[0].device
    return tuple(
        (item.to(kind) if mixed else item)
        if isinstance(item, Tensor)
        else creation.asarray(item, dtype=kind, device=place)
        for item in operands
    )


def binary(function: Callable[[Any, Any], Any], name: str) -> Callable[[Any, Any], Any]:
    """A function of two operands in the standard's form."""

    def call(x1: Any, x2: Any, /) -> Any:
        return function(*promoted(x1, x2))

    return _named(call, name)


def unary(function: Callable[[Any], Any], name: str) -> Callable[[Any], Any]:
    """A function of one array in the standard's form."""

    def call(x: Any, /) -> Any:
        return function(x)

    return _named(call, name)


def _named(call: Any, name: str) -> Any:
    call.__name__ = call.__qualname__ = name
    call.__doc__ = f"`{name}` of the array API standard, elementwise."
    return call
