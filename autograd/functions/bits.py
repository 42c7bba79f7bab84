"""Bits and divisors of integers, by PyTorch's names; none has a gradient."""

from __future__ import annotations

from typing import Any

from autograd import ops
from autograd.functions.common import require_tensors, store


def bitwise_and(input: Any, other: Any, *, out: Any = None) -> Any:
    """The bits set in both; for booleans the conjunction.

    Examples
    --------
    >>> import autograd
    >>> autograd.bitwise_and(autograd.tensor([6, 4]), autograd.tensor([3, 1]))
    tensor([2, 0])
    """
    result = ops.bitwise_and(input, other)
    return result if out is None else store("bitwise_and", result, out)


def bitwise_or(input: Any, other: Any, *, out: Any = None) -> Any:
    """The bits set in at least one; for booleans the disjunction.

    Examples
    --------
    >>> import autograd
    >>> autograd.bitwise_or(autograd.tensor([6, 4]), autograd.tensor([3, 1]))
    tensor([7, 5])
    """
    result = ops.bitwise_or(input, other)
    return result if out is None else store("bitwise_or", result, out)


def bitwise_xor(input: Any, other: Any, *, out: Any = None) -> Any:
    """The bits set in exactly one; for booleans the exclusive or.

    Examples
    --------
    >>> import autograd
    >>> autograd.bitwise_xor(autograd.tensor([6, 4]), autograd.tensor([3, 1]))
    tensor([5, 5])
    """
    result = ops.bitwise_xor(input, other)
    return result if out is None else store("bitwise_xor", result, out)


def bitwise_left_shift(input: Any, other: Any, *, out: Any = None) -> Any:
    """input · 2^other, by moving bits.

    Examples
    --------
    >>> import autograd
    >>> autograd.bitwise_left_shift(autograd.tensor([6, 4]), autograd.tensor([3, 1]))
    tensor([48,  8])
    """
    result = ops.bitwise_left_shift(input, other)
    return result if out is None else store("bitwise_left_shift", result, out)


def bitwise_right_shift(input: Any, other: Any, *, out: Any = None) -> Any:
    """⌊input / 2^other⌋, by moving bits.

    Examples
    --------
    >>> import autograd
    >>> autograd.bitwise_right_shift(autograd.tensor([6, 4]), autograd.tensor([3, 1]))
    tensor([0, 2])
    """
    result = ops.bitwise_right_shift(input, other)
    return result if out is None else store("bitwise_right_shift", result, out)


def gcd(input: Any, other: Any, *, out: Any = None) -> Any:
    """The greatest common divisor of integers.

    Examples
    --------
    >>> import autograd
    >>> autograd.gcd(autograd.tensor([6, 4]), autograd.tensor([3, 1]))
    tensor([3, 1])
    """
    require_tensors("gcd", input=input, other=other)
    result = ops.gcd(input, other)
    return result if out is None else store("gcd", result, out)


def lcm(input: Any, other: Any, *, out: Any = None) -> Any:
    """The least common multiple of integers.

    Examples
    --------
    >>> import autograd
    >>> autograd.lcm(autograd.tensor([6, 4]), autograd.tensor([3, 1]))
    tensor([6, 4])
    """
    require_tensors("lcm", input=input, other=other)
    result = ops.lcm(input, other)
    return result if out is None else store("lcm", result, out)


def bitwise_not(input: Any, *, out: Any = None) -> Any:
    """The complement of all bits; for booleans the negation.

    Examples
    --------
    >>> import autograd
    >>> autograd.bitwise_not(autograd.tensor([6, -1]))
    tensor([-7,  0])
    """
    result = ops.bitwise_invert(input)
    return result if out is None else store("bitwise_not", result, out)
