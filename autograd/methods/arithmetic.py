"""Operators, and arithmetic, extrema and limits as methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.functions import arithmetic, extrema, rounding
from autograd.functions.common import inplace

if TYPE_CHECKING:
    from autograd.tensor import Tensor


class ArithmeticMethods:
    """Arithmetic on tensors."""

    __slots__ = ()

    __add__ = __radd__ = ops.add
    __sub__ = ops.subtract
    __mul__ = __rmul__ = ops.multiply
    __truediv__ = ops.divide
    __floordiv__ = arithmetic.floor_divide
    __mod__ = arithmetic.remainder
    __neg__ = ops.negative
    __abs__ = ops.abs
    __pos__ = rounding.positive
    __matmul__ = ops.matmul

    def __rsub__(self, other: Any) -> Tensor:
        return ops.subtract(other, self)

    def __rtruediv__(self, other: Any) -> Tensor:
        return ops.divide(other, self)

    __rdiv__ = __rtruediv__

    def __rfloordiv__(self, other: Any) -> Tensor:
        return arithmetic.floor_divide(other, self)

    def __rmod__(self, other: Any) -> Tensor:
        return arithmetic.remainder(other, self)

    def __pow__(self, other: Any) -> Tensor:
        if other.__class__ is int:
            return arithmetic.pow(self, other)
        return ops.pow(self, other)

    def __rpow__(self, other: Any) -> Tensor:
        return ops.pow(other, self)

    add_ = __iadd__ = inplace(ops.add, "add")
    __isub__ = inplace(ops.subtract, "subtract")
    mul_ = __imul__ = inplace(ops.multiply, "multiply")
    __itruediv__ = inplace(ops.divide, "divide")
    __ifloordiv__ = inplace(arithmetic.floor_divide)
    __imod__ = inplace(arithmetic.remainder)
    __ipow__ = inplace(arithmetic.pow)

    add = arithmetic.add
    add_ = inplace(arithmetic.add, "add")
    sub = arithmetic.sub
    sub_ = inplace(arithmetic.sub, "subtract")
    mul = arithmetic.mul
    mul_ = inplace(arithmetic.mul, "multiply")
    div = arithmetic.div
    div_ = inplace(arithmetic.div, "divide")
    subtract, subtract_ = sub, sub_
    multiply, multiply_ = mul, mul_
    divide, divide_ = div, div_
    true_divide = arithmetic.true_divide
    true_divide_ = inplace(arithmetic.true_divide)
    floor_divide = arithmetic.floor_divide
    floor_divide_ = inplace(arithmetic.floor_divide)
    remainder = arithmetic.remainder
    remainder_ = inplace(arithmetic.remainder)
    fmod = arithmetic.fmod
    fmod_ = inplace(arithmetic.fmod)
    pow = arithmetic.pow
    pow_ = inplace(arithmetic.pow)
    float_power = arithmetic.float_power
    float_power_ = inplace(arithmetic.float_power)
    addcmul = arithmetic.addcmul
    addcmul_ = inplace(arithmetic.addcmul)
    addcdiv = arithmetic.addcdiv
    addcdiv_ = inplace(arithmetic.addcdiv)
    lerp = arithmetic.lerp
    lerp_ = inplace(arithmetic.lerp)
    hypot = arithmetic.hypot
    hypot_ = inplace(arithmetic.hypot)

    maximum = extrema.maximum
    minimum = extrema.minimum
    fmax = extrema.fmax
    fmin = extrema.fmin
    clamp = extrema.clamp
    clamp_ = inplace(extrema.clamp)
    clamp_min = extrema.clamp_min
    clamp_min_ = inplace(extrema.clamp_min)
    clamp_max = extrema.clamp_max
    clamp_max_ = inplace(extrema.clamp_max)
    nan_to_num = extrema.nan_to_num
    nan_to_num_ = inplace(extrema.nan_to_num)
    clip, clip_ = clamp, clamp_
    where = extrema.where_method
