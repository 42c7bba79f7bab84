"""Questions about tensors and objects: `is_tensor`, `numel`, `result_type`."""

from __future__ import annotations

from typing import Any

from autograd import dtypes
from autograd.engine import TensorBase


def is_tensor(obj: Any) -> bool:
    """Whether it is a Tensor.

    Examples
    --------
    >>> import autograd
    >>> autograd.is_tensor([1.0])
    False
    """
    return isinstance(obj, TensorBase)


def is_storage(obj: Any) -> bool:
    """False: memory is the array library's here, and has no class of its own.

    Examples
    --------
    >>> import autograd
    >>> autograd.is_storage(autograd.ones(2))
    False
    """
    return False


def numel(input: Any) -> int:
    """How many elements a tensor has.

    Examples
    --------
    >>> import autograd
    >>> autograd.numel(autograd.zeros(2, 3))
    6
    """
    return input._data.size


def is_signed(input: Any) -> bool:
    """Whether the element type has negative numbers.

    Examples
    --------
    >>> import autograd
    >>> autograd.is_signed(autograd.tensor([1], dtype=autograd.uint8))
    False
    """
    kind = input.dtype
    return kind.is_signed and kind is not dtypes.bool_


def is_same_size(input: Any, other: Any) -> bool:
    """Whether two tensors have one shape.

    Examples
    --------
    >>> import autograd
    >>> autograd.is_same_size(autograd.ones(2, 3), autograd.zeros(2, 3))
    True
    """
    return input._data.shape == other._data.shape


def is_inference(input: Any) -> bool:
    """Whether it is a constant of `inference_mode`; such tensors are ordinary ones here, so False.

    Examples
    --------
    >>> import autograd
    >>> autograd.is_inference(autograd.ones(2))
    False
    """
    return False


def result_type(tensor1: Any, tensor2: Any) -> dtypes.dtype:
    """The element type of an operation on two tensors or numbers.

    Examples
    --------
    >>> import autograd
    >>> autograd.result_type(autograd.tensor([1, 2]), 1.0)
    autograd.float32
    """
    return dtypes.result_dtype(tuple(map(_ranked, (tensor1, tensor2))))


def _ranked(operand: Any) -> tuple[dtypes.dtype, int]:
    if isinstance(operand, TensorBase):
        return operand.backend.dtype_of(operand._data), 2 if operand._data.ndim else 1
    return dtypes.of_scalar(operand), 0


def typename(obj: Any) -> str:
    """The full name of an object's type, PyTorch's legacy name for a tensor.

    Examples
    --------
    >>> import autograd
    >>> autograd.typename(autograd.ones(1))
    'autograd.FloatTensor'
    """
    if is_tensor(obj):
        return obj.type()
    kind = type(obj)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _assert(condition: Any, message: str) -> None:
    """`assert` as a function, which model files call where a tracer is not to meet the statement.

    Raises
    ------
    AssertionError
        With the message, where the condition does not hold.
    """
    if not condition:
        raise AssertionError(message)
