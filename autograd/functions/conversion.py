"""Conversion of tensors to other element types and devices: `to` and its shorthands."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.device import device as device_type
from autograd.engine import TensorBase
from autograd.functions.common import cast

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def convert(input: Any, dtype: Any = None, device: Any = None, copy: builtins.bool = False) -> Tensor:
    """The input in an element type and on a device: itself if it is so already, unless a copy is asked for.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([1, 2]).to(autograd.float32)
    tensor([1., 2.])
    """
    result = input
    if device is not None:
        result = ops.to_device(result, device=device)
    if dtype is not None:
        result = cast(result, dtypes.lookup(dtype))
    return ops.copy(result) if copy and result is input else result


def to(
    input: Any,
    *args: Any,
    device: Any = None,
    dtype: Any = None,
    other: Any = None,
    non_blocking: builtins.bool = False,
    copy: builtins.bool = False,
    memory_format: Any = None,
) -> Tensor:
    """The tensor in another element type or on another device; itself if it is so already.

    Called as `x.to(dtype)`, `x.to(device, dtype)` or `x.to(other)`, each followed by `non_blocking` and `copy`.

    Raises
    ------
    TypeError
        For arguments of another form.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([1, 2]).to(autograd.float64)
    tensor([1., 2.], dtype=autograd.float64)
    """
    rest = list(args)
    if rest:
        first = rest.pop(0)
        if isinstance(first, TensorBase):
            other = first
        elif first is None or isinstance(first, (str, builtins.int, device_type)):
            device = first
            if rest and not isinstance(rest[0], builtins.bool):
                dtype = rest.pop(0)
        else:
            dtype = first
    if len(rest) > 2:
        raise TypeError(f"to() takes a dtype, a device and a dtype, or a tensor, then two flags; got {args!r}")
    copy = rest[1] if len(rest) == 2 else copy
    if other is not None:
        device, dtype = other.device, other.dtype
    return convert(input, dtype, device, copy)


_TYPE_NAMES = {
    "bool": "Bool", "uint8": "Byte", "int8": "Char", "int16": "Short", "int32": "Int", "int64": "Long",
    "float16": "Half", "bfloat16": "BFloat16", "float32": "Float", "float64": "Double", "complex64": "ComplexFloat",
    "complex128": "ComplexDouble", "uint16": "UInt16", "uint32": "UInt32", "uint64": "UInt64",
}  # fmt: skip
_BY_TYPE_NAME = {f"{title}Tensor": name for name, title in _TYPE_NAMES.items()}


def type(input: Any, dtype: Any = None, non_blocking: builtins.bool = False) -> Any:
    """The tensor in another element type, given itself, as `autograd.FloatTensor` or as a name such as
    ``"autograd.FloatTensor"``; without one, the name of the tensor's own.

    Raises
    ------
    ValueError
        For an unknown name.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([1.0]).type()
    'autograd.FloatTensor'
    """
    if dtype is None:
        place = input.device.type
        return f"autograd.{'' if place == 'cpu' else place + '.'}{_TYPE_NAMES[input.dtype.name]}Tensor"
    if isinstance(dtype, str) and dtype.endswith("Tensor"):
        name = _BY_TYPE_NAME.get(dtype.rpartition(".")[2])
        if name is None:
            raise ValueError(f"invalid type: {dtype!r}; use a name such as 'autograd.FloatTensor', or autograd.float32")
        return convert(input, name, "cuda" if ".cuda." in dtype else "cpu")
    named = getattr(dtype, "dtype", None)  # of `autograd.LongTensor` and its like
    if isinstance(named, dtypes.dtype):
        return convert(input, named, "cpu")
    return convert(input, dtype)


def type_as(input: Any, other: Any) -> Tensor:
    """The tensor in the element type, and on the device, of another.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([1]).type_as(autograd.tensor(0.5))
    tensor([1.])
    """
    return convert(input, other.dtype, other.device)


def cpu(input: Any, memory_format: Any = None) -> Tensor:
    """The tensor on the CPU.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([1, 2]).cpu()
    tensor([1, 2])
    """
    return convert(input, device="cpu")


def cuda(input: Any, device: Any = None, non_blocking: builtins.bool = False, memory_format: Any = None) -> Tensor:
    """The tensor on a CUDA device, given by its index or itself; by default the current one.

    Examples
    --------
    >>> import autograd
    >>> if autograd.cuda.is_available():
    ...     x = autograd.ones(2).cuda()
    """
    return convert(input, device="cuda" if device is None else device)


def _shorthand(name: str, dtype: Any) -> Callable[..., Tensor]:
    def method(input: Any, memory_format: Any = None) -> Tensor:
        return convert(input, dtype)

    method.__name__ = method.__qualname__ = name
    method.__doc__ = f"The tensor as {dtype.name}; complex numbers lose their imaginary part in real types."
    return method


float, double = _shorthand("float", dtypes.float32), _shorthand("double", dtypes.float64)
half, bfloat16 = _shorthand("half", dtypes.float16), _shorthand("bfloat16", dtypes.bfloat16)
int, long = _shorthand("int", dtypes.int32), _shorthand("long", dtypes.int64)
short, char, byte = _shorthand("short", dtypes.int16), _shorthand("char", dtypes.int8), _shorthand("byte", dtypes.uint8)
cfloat, cdouble = _shorthand("cfloat", dtypes.complex64), _shorthand("cdouble", dtypes.complex128)
bool = _shorthand("bool", dtypes.bool_)
