"""Rounding, signs, roots: functions of one number that need no parameters, and those on its representation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.functions.common import real_only, require_tensors, store
from autograd.functions.return_types import frexp as FrexpResult

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def abs(input: Any, *, out: Any = None) -> Tensor:
    """The absolute value; for complex numbers the modulus.

    Examples
    --------
    >>> import autograd
    >>> autograd.abs(autograd.tensor([-1.5, 2.0]))
    tensor([1.5000, 2.0000])
    """
    result = ops.abs(input)
    return result if out is None else store("abs", result, out)


absolute = abs


def neg(input: Any, *, out: Any = None) -> Tensor:
    """-x elementwise.

    Examples
    --------
    >>> import autograd
    >>> autograd.neg(autograd.tensor([-1.5, 2.0]))
    tensor([ 1.5000, -2.0000])
    """
    result = ops.negative(input)
    return result if out is None else store("neg", result, out)


negative = neg


def square(input: Any, *, out: Any = None) -> Tensor:
    """x² elementwise.

    Examples
    --------
    >>> import autograd
    >>> autograd.square(autograd.tensor([-1.5, 2.0]))
    tensor([2.2500, 4.0000])
    """
    result = ops.square(input) if input._data.dtype.kind != "b" else ops.astype(input, dtype="int64")
    return result if out is None else store("square", result, out)


def sqrt(input: Any, *, out: Any = None) -> Tensor:
    """The square root; NaN for negative numbers.

    Examples
    --------
    >>> import autograd
    >>> autograd.sqrt(autograd.tensor([4.0, 2.0]))
    tensor([2.0000, 1.4142])
    """
    result = ops.sqrt(input)
    return result if out is None else store("sqrt", result, out)


def rsqrt(input: Any, *, out: Any = None) -> Tensor:
    """1 / √x elementwise.

    Examples
    --------
    >>> import autograd
    >>> autograd.rsqrt(autograd.tensor([4.0, 2.0]))
    tensor([0.5000, 0.7071])
    """
    result = ops.rsqrt(input)
    return result if out is None else store("rsqrt", result, out)


def reciprocal(input: Any, *, out: Any = None) -> Tensor:
    """1 / x elementwise.

    Examples
    --------
    >>> import autograd
    >>> autograd.reciprocal(autograd.tensor([4.0, 2.0]))
    tensor([0.2500, 0.5000])
    """
    result = ops.reciprocal(input)
    return result if out is None else store("reciprocal", result, out)


def floor(input: Any, *, out: Any = None) -> Tensor:
    """The largest integer not above x.

    Examples
    --------
    >>> import autograd
    >>> autograd.floor(autograd.tensor([-1.5, 1.5]))
    tensor([-2.,  1.])
    """
    result = ops.floor(input)
    return result if out is None else store("floor", result, out)


def ceil(input: Any, *, out: Any = None) -> Tensor:
    """The smallest integer not below x.

    Examples
    --------
    >>> import autograd
    >>> autograd.ceil(autograd.tensor([-1.5, 1.5]))
    tensor([-1.,  2.])
    """
    result = ops.ceil(input)
    return result if out is None else store("ceil", result, out)


def trunc(input: Any, *, out: Any = None) -> Tensor:
    """x without its fraction.

    Examples
    --------
    >>> import autograd
    >>> autograd.trunc(autograd.tensor([-1.5, 1.5]))
    tensor([-1.,  1.])
    """
    result = ops.trunc(input)
    return result if out is None else store("trunc", result, out)


fix = trunc


def sgn(input: Any, *, out: Any = None) -> Tensor:
    """The sign: -1, 0 or 1; for complex numbers x / |x|.

    Examples
    --------
    >>> import autograd
    >>> autograd.sgn(autograd.tensor([-1.5, 2.0]))
    tensor([-1.,  1.])
    """
    result = ops.sign(input)
    return result if out is None else store("sgn", result, out)


def signbit(input: Any, *, out: Any = None) -> Tensor:
    """Whether the sign is negative, that of -0.0 included.

    Examples
    --------
    >>> import autograd
    >>> autograd.signbit(autograd.tensor([-0.0, 2.0]))
    tensor([ True, False])
    """
    result = ops.signbit(input)
    return result if out is None else store("signbit", result, out)


def sign(input: Any, *, out: Any = None) -> Tensor:
    """The sign: -1, 0 or 1.

    Raises
    ------
    RuntimeError
        For complex numbers, which have `sgn`.

    Examples
    --------
    >>> import autograd
    >>> autograd.sign(autograd.tensor([-1.5, 2.0]))
    tensor([-1.,  1.])
    """
    result = ops.sign(real_only("sign", input))
    return result if out is None else store("sign", result, out)


def frac(input: Any, *, out: Any = None) -> Tensor:
    """x - trunc(x), with the sign of x.

    Examples
    --------
    >>> import autograd
    >>> autograd.frac(autograd.tensor([-1.5, 1.25]))
    tensor([-0.5000,  0.2500])
    """
    result = ops.subtract(input, ops.trunc(input))
    return result if out is None else store("frac", result, out)


def positive(input: Any) -> Tensor:
    """x itself.

    Raises
    ------
    RuntimeError
        For booleans.

    Examples
    --------
    >>> import autograd
    >>> autograd.positive(autograd.tensor([-1.0, 2.0]))
    tensor([-1.,  2.])
    """
    if input._data.dtype.kind == "b":
        raise RuntimeError("positive: the + operator is not defined for booleans; convert with .to()")
    return input


def round(input: Any, *, decimals: int = 0, out: Any = None) -> Tensor:
    """The nearest number with so many decimals, the even one of two equally near; negative `decimals` round to tens.

    Raises
    ------
    NotImplementedError
        For decimals of integers, booleans or complex numbers.

    Examples
    --------
    >>> import autograd
    >>> autograd.round(autograd.tensor([0.5, 1.5, 2.7]))
    tensor([0., 2., 3.])
    """
    if not decimals or input._data.dtype.kind != "f":
        if decimals:
            raise NotImplementedError(f"round: decimals={decimals} is for floating-point numbers, not {input.dtype}")
        result = ops.round(input)
    elif decimals > 0:
        result = ops.divide(ops.round(ops.multiply(input, 10.0**decimals)), 10.0**decimals)
    else:
        result = ops.multiply(ops.round(ops.divide(input, 10.0**-decimals)), 10.0**-decimals)
    return result if out is None else store("round", result, out)


def copysign(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """|x| with the sign of other.

    Examples
    --------
    >>> import autograd
    >>> autograd.copysign(autograd.tensor([1.0, -2.0]), autograd.tensor([-1.0, 1.0]))
    tensor([-1.,  2.])
    """
    require_tensors("copysign", input=input)
    result = ops.copysign(input, other)
    return result if out is None else store("copysign", result, out)


def heaviside(input: Any, values: Any, *, out: Any = None) -> Tensor:
    """0 for negative and 1 for positive numbers, `values` at 0.

    Raises
    ------
    RuntimeError
        If the two are of different types.

    Examples
    --------
    >>> import autograd
    >>> autograd.heaviside(autograd.tensor([-1.5, 0.0, 2.0]), autograd.tensor([0.5]))
    tensor([0.0000, 0.5000, 1.0000])
    """
    require_tensors("heaviside", input=input, values=values)
    if input._data.dtype != values._data.dtype:
        raise RuntimeError(f"heaviside: input has type {input.dtype}, values {values.dtype}; convert one with .to()")
    result = ops.heaviside(real_only("heaviside", input), values)
    return result if out is None else store("heaviside", result, out)


def nextafter(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """The floating-point number next to input in the direction of other.

    Examples
    --------
    >>> import autograd
    >>> autograd.nextafter(autograd.tensor([1.0]), autograd.tensor([2.0])) > 1
    tensor([True])
    """
    require_tensors("nextafter", input=input, other=other)
    result = ops.nextafter(input, other)
    return result if out is None else store("nextafter", result, out)


def ldexp(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """input · 2^other.

    Examples
    --------
    >>> import autograd
    >>> autograd.ldexp(autograd.tensor([1.0, 3.0]), autograd.tensor([2, 1]))
    tensor([4., 6.])
    """
    require_tensors("ldexp", input=input, other=other)
    result = ops.multiply(input, ops.pow(2.0, other))
    return result if out is None else store("ldexp", result, out)


def frexp(input: Any, *, out: Any = None) -> FrexpResult:
    """Mantissa and exponent: input = mantissa · 2^exponent with |mantissa| in [½, 1).

    Raises
    ------
    RuntimeError
        Unless `input` is of a floating type.

    Examples
    --------
    >>> import autograd
    >>> autograd.frexp(autograd.tensor([6.0]))
    autograd.return_types.frexp(
    mantissa=tensor([0.7500]),
    exponent=tensor([3], dtype=autograd.int32))
    """
    if input._data.dtype.kind != "f":
        raise RuntimeError(f"frexp: expected a floating-point tensor, got {input.dtype}; convert it with .to()")
    result = FrexpResult(*ops.frexp(input))
    return result if out is None else store("frexp", result, out)
