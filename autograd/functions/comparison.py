"""Comparison, logic, classification, bits, divisors, by PyTorch's names; none has a gradient."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.engine import TensorBase
from autograd.functions.common import real_only, require_tensors, store

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def eq(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """Whether input equals other, a tensor or a number.

    Examples
    --------
    >>> import autograd
    >>> autograd.eq(autograd.tensor([1, 2]), autograd.tensor([1, 3]))
    tensor([ True, False])
    """
    require_tensors("eq", input=input)
    result = ops.equal(input, other)
    return result if out is None else store("eq", result, out)


def ne(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """Whether input differs from other, a tensor or a number.

    Examples
    --------
    >>> import autograd
    >>> autograd.ne(autograd.tensor([1, 2]), autograd.tensor([1, 3]))
    tensor([False,  True])
    """
    require_tensors("ne", input=input)
    result = ops.not_equal(input, other)
    return result if out is None else store("ne", result, out)


not_equal = ne


def lt(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """Whether input is less than other, a tensor or a number.

    Examples
    --------
    >>> import autograd
    >>> autograd.lt(autograd.tensor([1, 2]), autograd.tensor([1, 3]))
    tensor([False,  True])
    """
    require_tensors("lt", input=input)
    result = ops.less(real_only("lt", input), real_only("lt", other))
    return result if out is None else store("lt", result, out)


less = lt


def le(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """Whether input is at most other, a tensor or a number.

    Examples
    --------
    >>> import autograd
    >>> autograd.le(autograd.tensor([1, 2]), autograd.tensor([1, 3]))
    tensor([True, True])
    """
    require_tensors("le", input=input)
    result = ops.less_equal(real_only("le", input), real_only("le", other))
    return result if out is None else store("le", result, out)


less_equal = le


def gt(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """Whether input is greater than other, a tensor or a number.

    Examples
    --------
    >>> import autograd
    >>> autograd.gt(autograd.tensor([1, 2]), autograd.tensor([1, 3]))
    tensor([False, False])
    """
    require_tensors("gt", input=input)
    result = ops.greater(real_only("gt", input), real_only("gt", other))
    return result if out is None else store("gt", result, out)


greater = gt


def ge(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """Whether input is at least other, a tensor or a number.

    Examples
    --------
    >>> import autograd
    >>> autograd.ge(autograd.tensor([1, 2]), autograd.tensor([1, 3]))
    tensor([ True, False])
    """
    require_tensors("ge", input=input)
    result = ops.greater_equal(real_only("ge", input), real_only("ge", other))
    return result if out is None else store("ge", result, out)


greater_equal = ge


def logical_and(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """Whether both are nonzero.

    Examples
    --------
    >>> import autograd
    >>> autograd.logical_and(autograd.tensor([0, 2]), autograd.tensor([1, 3]))
    tensor([False,  True])
    """
    require_tensors("logical_and", input=input, other=other)
    result = ops.logical_and(input, other)
    return result if out is None else store("logical_and", result, out)


def logical_or(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """Whether at least one is nonzero.

    Examples
    --------
    >>> import autograd
    >>> autograd.logical_or(autograd.tensor([0, 2]), autograd.tensor([1, 3]))
    tensor([True, True])
    """
    require_tensors("logical_or", input=input, other=other)
    result = ops.logical_or(input, other)
    return result if out is None else store("logical_or", result, out)


def logical_xor(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """Whether exactly one is nonzero.

    Examples
    --------
    >>> import autograd
    >>> autograd.logical_xor(autograd.tensor([0, 2]), autograd.tensor([1, 3]))
    tensor([ True, False])
    """
    require_tensors("logical_xor", input=input, other=other)
    result = ops.logical_xor(input, other)
    return result if out is None else store("logical_xor", result, out)


def logical_not(input: Any, *, out: Any = None) -> Tensor:
    """Whether x is zero.

    Examples
    --------
    >>> import autograd
    >>> autograd.logical_not(autograd.tensor([0, 2]))
    tensor([ True, False])
    """
    result = ops.logical_not(input)
    return result if out is None else store("logical_not", result, out)


def isnan(input: Any) -> Tensor:
    """Whether x is not a number (NaN).

    Examples
    --------
    >>> import autograd
    >>> autograd.isnan(autograd.tensor([1.0, float("inf"), float("nan")]))
    tensor([False, False,  True])
    """
    return ops.isnan(input)


def isinf(input: Any) -> Tensor:
    """Whether x is infinite.

    Examples
    --------
    >>> import autograd
    >>> autograd.isinf(autograd.tensor([1.0, float("inf"), float("nan")]))
    tensor([False,  True, False])
    """
    return ops.isinf(input)


def isfinite(input: Any) -> Tensor:
    """Whether x is neither infinite nor NaN.

    Examples
    --------
    >>> import autograd
    >>> autograd.isfinite(autograd.tensor([1.0, float("inf"), float("nan")]))
    tensor([ True, False, False])
    """
    return ops.isfinite(input)


def isposinf(input: Any, *, out: Any = None) -> Tensor:
    """Whether x is +inf.

    Examples
    --------
    >>> import autograd
    >>> autograd.isposinf(autograd.tensor([1.0, float("inf")]))
    tensor([False,  True])
    """
    result = ops.equal(real_only("isposinf", input), builtins.float("inf"))
    return result if out is None else store("isposinf", result, out)


def isneginf(input: Any, *, out: Any = None) -> Tensor:
    """Whether x is -inf.

    Examples
    --------
    >>> import autograd
    >>> autograd.isneginf(autograd.tensor([1.0, -float("inf")]))
    tensor([False,  True])
    """
    result = ops.equal(real_only("isneginf", input), -builtins.float("inf"))
    return result if out is None else store("isneginf", result, out)


def isreal(input: Any) -> Tensor:
    """Whether the imaginary part is zero.

    Examples
    --------
    >>> import autograd
    >>> autograd.isreal(autograd.tensor([1.0, 1j]))
    tensor([ True, False])
    """
    if input._data.dtype.kind == "c":
        return ops.equal(ops.imag(input), 0)
    return ops.equal(ops.zeros_like(input), 0)


def isclose(input: Any, other: Any, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> Tensor:
    """Whether |input - other| ≤ atol + rtol · |other|, or both are the same infinity, or NaN with `equal_nan`.

    Raises
    ------
    RuntimeError
        If the types differ or a tolerance is negative.

    Examples
    --------
    >>> import autograd
    >>> autograd.isclose(autograd.tensor([1.0, 2.0]), autograd.tensor([1.0, 2.1]))
    tensor([ True, False])
    """
    require_tensors("isclose", input=input, other=other)
    if input._data.dtype != other._data.dtype:
        raise RuntimeError(f"isclose: input is {input.dtype}, other {other.dtype}; convert one with .to()")
    if rtol < 0 or atol < 0:
        raise RuntimeError(f"isclose: tolerances must not be negative, got rtol={rtol}, atol={atol}")
    close = ops.equal(input, other)
    kind = input._data.dtype.kind
    if equal_nan and kind in "fc":
        close = ops.logical_or(close, ops.logical_and(ops.isnan(input), ops.isnan(other)))
    if rtol == 0 and atol == 0:
        return close
    if kind == "b":
        input, other = ops.astype(input, dtype="int64"), ops.astype(other, dtype="int64")
    error = ops.abs(ops.subtract(input, other))
    allowed = ops.add(ops.abs(ops.multiply(other, rtol)), atol)
    return ops.logical_or(close, ops.logical_and(ops.isfinite(error), ops.less_equal(error, allowed)))


def allclose(input: Any, other: Any, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> bool:
    """Whether `isclose` holds everywhere.

    Examples
    --------
    >>> import autograd
    >>> autograd.allclose(autograd.ones(2), autograd.ones(2) + 1e-7)
    True
    """
    close = isclose(input, other, rtol, atol, equal_nan)
    return builtins.bool(close.backend.all(close._data))


def equal(input: Any, other: Any) -> bool:
    """Whether two tensors have the same shape and the same elements.

    Raises
    ------
    TypeError
        If one of the two is no tensor.

    Examples
    --------
    >>> import autograd
    >>> autograd.equal(autograd.ones(2), autograd.ones(3))
    False
    """
    if not isinstance(input, TensorBase) or not isinstance(other, TensorBase):
        raise TypeError(f"equal: expected two tensors, got {type(input).__name__} and {type(other).__name__}")
    if input._data.shape != other._data.shape:
        return False
    same = ops.equal(input, other)
    return builtins.bool(same.backend.all(same._data))
