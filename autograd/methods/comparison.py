"""Comparison, logic, bits and classification, as operators and methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.calls import NUMBERS
from autograd.engine import TensorBase
from autograd.functions import bits, comparison
from autograd.functions.common import inplace

if TYPE_CHECKING:
    from autograd.tensor import Tensor


class ComparisonMethods:
    """Results that are truth values or bits."""

    __slots__ = ()

    __lt__ = ops.less
    __le__ = ops.less_equal
    __gt__ = ops.greater
    __ge__ = ops.greater_equal

    def __eq__(self, other: Any) -> Tensor:  # type: ignore[override]
        try:
            return ops.equal(self, other)
        except TypeError:
            if isinstance(other, TensorBase) or other.__class__ in NUMBERS:
                raise
            return NotImplemented

    def __ne__(self, other: Any) -> Tensor:  # type: ignore[override]
        try:
            return ops.not_equal(self, other)
        except TypeError:
            if isinstance(other, TensorBase) or other.__class__ in NUMBERS:
                raise
            return NotImplemented

    __and__ = __rand__ = ops.bitwise_and
    __or__ = __ror__ = ops.bitwise_or
    __xor__ = __rxor__ = ops.bitwise_xor
    __lshift__ = ops.bitwise_left_shift
    __rshift__ = ops.bitwise_right_shift
    __invert__ = ops.bitwise_invert

    def __rlshift__(self, other: Any) -> Tensor:
        return ops.bitwise_left_shift(other, self)

    def __rrshift__(self, other: Any) -> Tensor:
        return ops.bitwise_right_shift(other, self)

    __iand__ = inplace(ops.bitwise_and)
    __ior__ = inplace(ops.bitwise_or)
    __ixor__ = inplace(ops.bitwise_xor)
    __ilshift__ = inplace(ops.bitwise_left_shift)
    __irshift__ = inplace(ops.bitwise_right_shift)

    eq = comparison.eq
    eq_ = inplace(comparison.eq)
    ne = comparison.ne
    ne_ = inplace(comparison.ne)
    not_equal, not_equal_ = ne, ne_
    lt = comparison.lt
    lt_ = inplace(comparison.lt)
    less, less_ = lt, lt_
    le = comparison.le
    le_ = inplace(comparison.le)
    less_equal, less_equal_ = le, le_
    gt = comparison.gt
    gt_ = inplace(comparison.gt)
    greater, greater_ = gt, gt_
    ge = comparison.ge
    ge_ = inplace(comparison.ge)
    greater_equal, greater_equal_ = ge, ge_
    equal = comparison.equal
    isclose = comparison.isclose
    allclose = comparison.allclose
    isnan = comparison.isnan
    isinf = comparison.isinf
    isfinite = comparison.isfinite
    isposinf = comparison.isposinf
    isneginf = comparison.isneginf
    isreal = comparison.isreal

    logical_and = comparison.logical_and
    logical_and_ = inplace(comparison.logical_and)
    logical_or = comparison.logical_or
    logical_or_ = inplace(comparison.logical_or)
    logical_xor = comparison.logical_xor
    logical_xor_ = inplace(comparison.logical_xor)
    logical_not = comparison.logical_not
    logical_not_ = inplace(comparison.logical_not)
    bitwise_and = bits.bitwise_and
    bitwise_and_ = inplace(bits.bitwise_and)
    bitwise_or = bits.bitwise_or
    bitwise_or_ = inplace(bits.bitwise_or)
    bitwise_xor = bits.bitwise_xor
    bitwise_xor_ = inplace(bits.bitwise_xor)
    bitwise_not = bits.bitwise_not
    hash_tensor = bits.hash_tensor
    bitwise_not_ = inplace(bits.bitwise_not)
    bitwise_left_shift = bits.bitwise_left_shift
    bitwise_left_shift_ = inplace(bits.bitwise_left_shift)
    bitwise_right_shift = bits.bitwise_right_shift
    bitwise_right_shift_ = inplace(bits.bitwise_right_shift)
    gcd = bits.gcd
    gcd_ = inplace(bits.gcd)
    lcm = bits.lcm
    lcm_ = inplace(bits.lcm)
