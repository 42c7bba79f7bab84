"""Operators and elementwise methods."""

from __future__ import annotations

from typing import Any

from autograd import ops
from autograd.functions.common import inplace


class ArithmeticMethods:
    """Arithmetic on tensors."""

    __slots__ = ()

    __add__ = __radd__ = ops.add
    __sub__ = ops.subtract
    __mul__ = __rmul__ = ops.multiply
    __truediv__ = ops.divide
    __neg__ = ops.negative
    __matmul__ = ops.matmul
    __lt__ = ops.less
    __le__ = ops.less_equal
    __gt__ = ops.greater
    __ge__ = ops.greater_equal
    __eq__ = ops.equal
    __ne__ = ops.not_equal
    __and__ = ops.bitwise_and

    def __rsub__(self, other: Any) -> Any:
        return ops.subtract(other, self)

    def __rtruediv__(self, other: Any) -> Any:
        return ops.divide(other, self)

    def __pow__(self, other: Any) -> Any:
        return ops.square(self) if other.__class__ is int and other == 2 else ops.pow(self, other)

    exp = ops.exp
    log = ops.log
    tanh = ops.tanh
    relu = ops.relu
    sigmoid = ops.sigmoid
    sqrt = ops.sqrt

    add_ = __iadd__ = inplace(ops.add, "add")
    __isub__ = inplace(ops.subtract, "subtract")
    mul_ = __imul__ = inplace(ops.multiply, "multiply")
    __itruediv__ = inplace(ops.divide, "divide")
