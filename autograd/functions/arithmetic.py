"""Sums, products, quotients, remainders and powers of two operands, by PyTorch's names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.calls import UndefinedTypeError
from autograd.engine import NotDense, TensorBase
from autograd.functions import creation
from autograd.functions.common import is_tensor, require_tensors, store

if TYPE_CHECKING:
    from autograd.tensor import Tensor

NUMBERS = frozenset({bool, int, float, complex})


def _kind_of(value: Any) -> int:
    """The category of a tensor's or a number's type."""
    return value.dtype.category if is_tensor(value) else dtypes.of_scalar(value).category


def _scaled(name: str, input: Any, other: Any, alpha: Any) -> Any:
    """alpha · other.

    Raises
    ------
    RuntimeError
        If alpha is of a wider kind of number than the operands.
    """
    kind, widest = _kind_of(alpha), max(_kind_of(input), _kind_of(other))
    if kind > max(widest, dtypes.INTEGER):
        raise RuntimeError(
            f"{name}: alpha={alpha!r} is not of the kind of the tensors' types; for integral input tensors, argument "
            "alpha must not be a floating point number, and for real ones no complex number"
        )
    if kind == dtypes.BOOL and widest > dtypes.BOOL:
        raise RuntimeError(f"{name}: Boolean alpha only supported for Boolean results, got alpha={alpha!r}")
    return ops.multiply(other, alpha) if is_tensor(other) else other * alpha


def _first(input: Any, other: Any) -> Any:
    """The first operand, as a tensor where both are numbers."""
    return creation.tensor(input) if input.__class__ in NUMBERS and other.__class__ in NUMBERS else input


def add(input: Any, other: Any, *, alpha: Any = 1, out: Any = None) -> Tensor:
    """input + alpha · other; shapes broadcast, either may be a number.

    Raises
    ------
    RuntimeError
        If alpha is floating or complex and the tensors are not.

    Examples
    --------
    >>> import autograd
    >>> autograd.add(autograd.tensor([1.0, 2.0]), autograd.tensor([10.0, 20.0]), alpha=2)
    tensor([21., 42.])
    """
    if alpha.__class__ is not int or alpha != 1:
        other = _scaled("add", input, other, alpha)
    result = ops.add(_first(input, other), other)
    return result if out is None else store("add", result, out)


def _no_bool(name: str, *operands: Any) -> None:
    for value in operands:
        if (value._data.dtype.kind == "b") if is_tensor(value) else value.__class__ is bool:
            raise RuntimeError(
                f"{name}: the `-` operator with a bool tensor is not supported; use the `^`, `~` or logical_not() "
                "operator instead"
            )


def sub(input: Any, other: Any, *, alpha: Any = 1, out: Any = None) -> Tensor:
    """input - alpha · other; shapes broadcast, either may be a number.

    Raises
    ------
    RuntimeError
        For booleans, or if alpha is floating or complex and the tensors are not.

    Examples
    --------
    >>> import autograd
    >>> autograd.sub(autograd.tensor([1.0, 2.0]), 3)
    tensor([-2., -1.])
    """
    try:
        _no_bool("sub", input, other)
    except NotDense as error:
        return error.operand.take_over("subtract", (input, other if alpha == 1 else other * alpha), {})
    if alpha.__class__ is not int or alpha != 1:
        other = _scaled("sub", input, other, alpha)
    result = ops.subtract(_first(input, other), other)
    return result if out is None else store("sub", result, out)


subtract = sub


def rsub(input: Any, other: Any, *, alpha: Any = 1) -> Tensor:
    """other - alpha · input.

    Examples
    --------
    >>> import autograd
    >>> autograd.rsub(autograd.tensor([1.0, 2.0]), 3)
    tensor([2., 1.])
    """
    return sub(other, input, alpha=alpha)


def mul(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """input · other; shapes broadcast, either may be a number.

    Examples
    --------
    >>> import autograd
    >>> autograd.mul(autograd.tensor([1.0, 2.0]), 3)
    tensor([3., 6.])
    """
    result = ops.multiply(_first(input, other), other)
    return result if out is None else store("mul", result, out)


multiply = mul


def div(input: Any, other: Any, *, rounding_mode: str | None = None, out: Any = None) -> Tensor:
    """input / other; integers give the default floating type unless the quotient is rounded.

    Parameters
    ----------
    rounding_mode : None, ``"trunc"`` (towards zero) or ``"floor"``

    Raises
    ------
    RuntimeError
        For another rounding mode.

    Examples
    --------
    >>> import autograd
    >>> autograd.div(autograd.tensor([-3, 3]), 2), autograd.div(autograd.tensor([-3, 3]), 2, rounding_mode="trunc")
    (tensor([-1.5000,  1.5000]), tensor([-1,  1]))
    """
    if rounding_mode is None:
        result = ops.divide(_first(input, other), other)
    elif rounding_mode == "trunc":
        result = _rounded("div", ops.trunc_divide, _first(input, other), other)
    elif rounding_mode == "floor":
        result = _rounded("div", ops.floor_divide, _first(input, other), other)
    else:
        raise RuntimeError(
            f"div expected rounding_mode to be one of None, 'trunc', or 'floor' but found {rounding_mode!r}"
        )
    return result if out is None else store("div", result, out)


divide = div


def _rounded(name: str, op: Any, input: Any, other: Any) -> Tensor:
    """A quotient or a remainder of integers or real floating numbers."""
    kind = max(_kind_of(input), _kind_of(other))
    if kind == dtypes.COMPLEX or kind == dtypes.BOOL:
        raise UndefinedTypeError(f"{name}: rounded division is not defined for complex numbers and booleans; use .to()")
    return op(input, other)


def true_divide(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """dividend / divisor, not rounded.

    Examples
    --------
    >>> import autograd
    >>> autograd.true_divide(autograd.tensor([1, 3]), 2)
    tensor([0.5000, 1.5000])
    """
    return div(input, other, out=out)


def floor_divide(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """⌊input / other⌋.

    Raises
    ------
    RuntimeError
        For an integer zero as divisor.

    Examples
    --------
    >>> import autograd
    >>> autograd.floor_divide(autograd.tensor([-3, 3]), 2)
    tensor([-2,  1])
    """
    result = _rounded("floor_divide", ops.floor_divide, _first(input, other), other)
    return result if out is None else store("floor_divide", result, out)


def remainder(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """input - ⌊input / other⌋ · other, with the sign of other, as Python's %.

    Raises
    ------
    RuntimeError
        For an integer zero as divisor.

    Examples
    --------
    >>> import autograd
    >>> autograd.remainder(autograd.tensor([-3.0, 3.0]), 2)
    tensor([1., 1.])
    """
    result = _rounded("remainder", ops.remainder, input, other)
    return result if out is None else store("remainder", result, out)


def fmod(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """The remainder with the sign of input, as C's fmod.

    Raises
    ------
    RuntimeError
        For an integer zero as divisor.

    Examples
    --------
    >>> import autograd
    >>> autograd.fmod(autograd.tensor([-3.0, 3.0]), 2)
    tensor([-1.,  1.])
    """
    require_tensors("fmod", input=input)
    result = _rounded("fmod", ops.fmod, input, other)
    return result if out is None else store("fmod", result, out)


def pow(input: Any, exponent: Any, *, out: Any = None) -> Tensor:
    """input to the power exponent; either may be a number.

    Raises
    ------
    RuntimeError
        For integers to a negative integer number.

    Examples
    --------
    >>> import autograd
    >>> autograd.pow(autograd.tensor([1.0, 2.0, 3.0]), 2), autograd.pow(2, autograd.tensor([1.0, 2.0]))
    (tensor([1., 4., 9.]), tensor([2., 4.]))
    """
    if exponent.__class__ is int and isinstance(input, TensorBase):
        try:
            integral = input._data.dtype.kind in "biu"
        except NotDense as error:
            return error.operand.take_over("pow", (input, exponent), {})
        if exponent == 2 and input._data.dtype.kind != "b":
            result = ops.square(input)
            return result if out is None else store("pow", result, out)
        if exponent < 0 and integral:
            raise RuntimeError(
                f"pow: Integers to negative integer powers are not allowed, got {input.backend.dtype_of(input._data)} to "
                f"the power {exponent}; convert with .to() first"
            )
    elif _kind_of(exponent) == dtypes.BOOL and _kind_of(input) == dtypes.BOOL:
        raise NotImplementedError('pow: "pow" not implemented for bool; convert with .to() first')
    result = ops.pow(input, exponent)
    return result if out is None else store("pow", result, out)


def float_power(input: Any, exponent: Any, *, out: Any = None) -> Tensor:
    """input to the power exponent in double precision.

    Raises
    ------
    RuntimeError
        If `out` is of another type than the result.

    Examples
    --------
    >>> import autograd
    >>> autograd.float_power(autograd.tensor([2, 3]), -1)
    tensor([0.5000, 0.3333], dtype=autograd.float64)
    """
    kind = max(_kind_of(input), _kind_of(exponent))
    wide = dtypes.complex128 if kind == dtypes.COMPLEX else dtypes.float64
    base, power = (ops.astype(v, dtype=wide) if is_tensor(v) else v for v in (input, exponent))
    if out is not None and out.dtype is not wide:
        raise RuntimeError(f"float_power: the result is of type {wide}, out= of {out.dtype}; give one of the former")
    result = ops.pow(base, power)
    return result if out is None else store("float_power", result, out)


def addcmul(input: Any, tensor1: Any, tensor2: Any, *, value: Any = 1, out: Any = None) -> Tensor:
    """input + value · tensor1 · tensor2; shapes broadcast.

    Examples
    --------
    >>> import autograd
    >>> autograd.addcmul(autograd.tensor([1.0]), autograd.tensor([2.0]), autograd.tensor([3.0]), value=10)
    tensor([61.])
    """
    product = ops.multiply(tensor1, tensor2)
    if value != 1:
        product = ops.multiply(product, _whole(value) if product.dtype.category == dtypes.INTEGER else value)
    result = ops.add(input, product)
    return result if out is None else store("addcmul", result, out)


def _whole(value: Any) -> Any:
    """A factor of integers, without its fraction."""
    return value if is_tensor(value) else int(value)


def addcdiv(input: Any, tensor1: Any, tensor2: Any, *, value: Any = 1, out: Any = None) -> Tensor:
    """input + value · tensor1 / tensor2; shapes broadcast.

    Raises
    ------
    RuntimeError
        For integers divided by integers.

    Examples
    --------
    >>> import autograd
    >>> autograd.addcdiv(autograd.tensor([1.0]), autograd.tensor([6.0]), autograd.tensor([3.0]), value=10)
    tensor([21.])
    """
    if max(_kind_of(tensor1), _kind_of(tensor2)) < dtypes.FLOATING:
        raise RuntimeError(
            "addcdiv: Integer division with addcdiv is no longer supported; use input + value * "
            "autograd.div(tensor1, tensor2, rounding_mode='trunc'), or convert to a floating type"
        )
    quotient = ops.divide(tensor1, tensor2)
    result = ops.add(input, quotient if value == 1 else ops.multiply(quotient, value))
    return result if out is None else store("addcdiv", result, out)


def lerp(input: Any, end: Any, weight: Any, *, out: Any = None) -> Tensor:
    """input + weight · (end - input), weight a tensor or a number.

    Raises
    ------
    RuntimeError
        If the types differ.
    NotImplementedError
        For integers.

    Examples
    --------
    >>> import autograd
    >>> autograd.lerp(autograd.tensor([0.0, 1.0]), autograd.tensor([10.0, 10.0]), 0.5)
    tensor([5.0000, 5.5000])
    """
    kind = input.dtype
    for name, other in (("end", end), ("weight", weight)):
        if is_tensor(other) and other.dtype is not kind and (name == "end" or other._data.ndim):
            raise RuntimeError(f"lerp: expected dtype {kind} for `{name}` but got dtype {other.dtype}; use .to()")
    if kind.category < dtypes.FLOATING:
        raise NotImplementedError(f"lerp: not implemented for {kind}; convert to a floating type with .to()")
    result = ops.lerp(input, end, weight)
    return result if out is None else store("lerp", result, out)


def hypot(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """√(input² + other²), without overflow.

    Examples
    --------
    >>> import autograd
    >>> autograd.hypot(autograd.tensor([3.0]), autograd.tensor([4.0]))
    tensor([5.])
    """
    require_tensors("hypot", input=input, other=other)
    result = ops.hypot(input, other)
    return result if out is None else store("hypot", result, out)
