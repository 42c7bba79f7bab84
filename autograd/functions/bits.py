"""Bits and divisors of integers, by PyTorch's names; none has a gradient."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.functions.common import Dims, axes_of, require_tensors, store, with_out

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def bitwise_and(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """The bits set in both; for booleans the conjunction.

    Examples
    --------
    >>> import autograd
    >>> autograd.bitwise_and(autograd.tensor([6, 4]), autograd.tensor([3, 1]))
    tensor([2, 0])
    """
    result = ops.bitwise_and(input, other)
    return result if out is None else store("bitwise_and", result, out)


def bitwise_or(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """The bits set in at least one; for booleans the disjunction.

    Examples
    --------
    >>> import autograd
    >>> autograd.bitwise_or(autograd.tensor([6, 4]), autograd.tensor([3, 1]))
    tensor([7, 5])
    """
    result = ops.bitwise_or(input, other)
    return result if out is None else store("bitwise_or", result, out)


def bitwise_xor(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """The bits set in exactly one; for booleans the exclusive or.

    Examples
    --------
    >>> import autograd
    >>> autograd.bitwise_xor(autograd.tensor([6, 4]), autograd.tensor([3, 1]))
    tensor([5, 5])
    """
    result = ops.bitwise_xor(input, other)
    return result if out is None else store("bitwise_xor", result, out)


def bitwise_left_shift(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """input · 2^other, by moving bits.

    Examples
    --------
    >>> import autograd
    >>> autograd.bitwise_left_shift(autograd.tensor([6, 4]), autograd.tensor([3, 1]))
    tensor([48,  8])
    """
    result = ops.bitwise_left_shift(input, other)
    return result if out is None else store("bitwise_left_shift", result, out)


def bitwise_right_shift(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """⌊input / 2^other⌋, by moving bits.

    Examples
    --------
    >>> import autograd
    >>> autograd.bitwise_right_shift(autograd.tensor([6, 4]), autograd.tensor([3, 1]))
    tensor([0, 2])
    """
    result = ops.bitwise_right_shift(input, other)
    return result if out is None else store("bitwise_right_shift", result, out)


def gcd(input: Any, other: Any, *, out: Any = None) -> Tensor:
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


def lcm(input: Any, other: Any, *, out: Any = None) -> Tensor:
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


def bitwise_not(input: Any, *, out: Any = None) -> Tensor:
    """The complement of all bits; for booleans the negation.

    Examples
    --------
    >>> import autograd
    >>> autograd.bitwise_not(autograd.tensor([6, -1]))
    tensor([-7,  0])
    """
    result = ops.bitwise_invert(input)
    return result if out is None else store("bitwise_not", result, out)


@with_out
def hash_tensor(input: Any, dim: Dims = (), *, keepdim: bool = False, mode: int = 0) -> Tensor:
    """The exclusive or of all elements' bits, of none, one or several dims: a checksum in uint64.

    Floating types are widened to float64, integers to 64 bits with their sign, before their bits are taken.

    Raises
    ------
    RuntimeError
        For another mode than 0, and for a tensor without elements when no dim is named.
    IndexError
        If a dim named has no elements.
    NotImplementedError
        For complex numbers.

    Examples
    --------
    >>> import autograd
    >>> autograd.hash_tensor(autograd.tensor([[1, 2], [3, 4]]), 1)
    tensor([3, 7], dtype=autograd.uint64)
    """
    if mode != 0:
        raise RuntimeError(f"hash_tensor: there is no mode {mode!r}; use 0, the exclusive or")
    category, shape = input.dtype.category, input._data.shape
    if category == dtypes.COMPLEX:
        raise NotImplementedError(f"hash_tensor: not implemented for {input.dtype}; take .real and .imag")
    axes = axes_of(dim, len(shape))
    if not axes and 0 in shape:
        raise RuntimeError(f"hash_tensor: name the dim to reduce of a tensor without elements, of shape {list(shape)}")
    axes = axes if axes and shape else tuple(range(len(shape)))
    if 0 in (shape[axis] for axis in axes):
        raise IndexError(f"hash_tensor: dims {list(axes)} of shape {list(shape)} have no elements to reduce")
    kept = tuple(axis for axis in range(len(shape)) if axis not in axes)
    wide = ops.astype(input.detach(), dtype=dtypes.float64 if category == dtypes.FLOATING else dtypes.int64)
    outer = tuple(shape[axis] for axis in kept)
    rows = ops.reshape(ops.permute_dims(wide, axes=(*kept, *axes)), shape=(*outer, math.prod(shape[i] for i in axes)))
    rows = ops.view_dtype(rows, dtype=dtypes.uint64)
    while (size := rows._data.shape[-1]) > 1:  # the second half into the first, until one is left
        half = size // 2
        folded = ops.bitwise_xor(rows[..., :half], rows[..., half : 2 * half])
        rows = ops.concat(folded, rows[..., 2 * half :], axis=-1) if size % 2 else folded
    result = tuple(1 if axis in axes else n for axis, n in enumerate(shape)) if keepdim else outer
    return ops.reshape(rows, shape=result)
