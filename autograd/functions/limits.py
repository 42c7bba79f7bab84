"""Limits of element types: `finfo` and `iinfo`."""

from __future__ import annotations

import math
from typing import Any

from autograd import dtypes

# Significant bits, and the exponent of the first power of two that is too large.
_FLOATS = {dtypes.float16: (11, 16), dtypes.bfloat16: (8, 128), dtypes.float32: (24, 128), dtypes.float64: (53, 1024)}


class finfo:  # PyTorch's name
    """Limits of a floating-point type, or of the parts of a complex one.

    Parameters
    ----------
    type : the element type; default: the default one

    Attributes
    ----------
    bits : int
    eps : distance from 1 to the next number
    max, min : largest and smallest finite number
    tiny, smallest_normal : smallest positive number of full precision
    resolution : 10 to the power of minus the number of decimal digits that are always exact
    dtype : the element type

    Raises
    ------
    TypeError
        For an integer or boolean type.

    Examples
    --------
    >>> import autograd
    >>> autograd.finfo(autograd.float32).eps
    1.1920928955078125e-07
    """

    def __init__(self, type: Any = None, /):
        kind = dtypes.default_dtype() if type is None else dtypes.lookup(type)
        kind = kind.to_real()
        if kind not in _FLOATS:
            raise TypeError(f"finfo: {kind} is not a floating-point type; use iinfo")
        precision, top = _FLOATS[kind]
        self.dtype = kind
        self.bits = 8 * kind.itemsize
        self.eps = 2.0 ** (1 - precision)
        self.max = (2 - self.eps) * 2.0 ** (top - 1)
        self.min = -self.max
        self.smallest_normal = self.tiny = 2.0 ** (2 - top)
        self.resolution = 10.0 ** -math.floor((precision - 1) * math.log10(2))

    def __repr__(self) -> str:
        return (
            f"finfo(resolution={self.resolution:g}, min={self.min:g}, max={self.max:g}, eps={self.eps:g}, "
            f"smallest_normal={self.smallest_normal:g}, tiny={self.tiny:g}, dtype={self.dtype.name})"
        )


class iinfo:  # PyTorch's name
    """Limits of an integer type.

    Parameters
    ----------
    type : the element type

    Attributes
    ----------
    bits : int
    max, min : largest and smallest number
    dtype : the element type

    Raises
    ------
    TypeError
        For a type that is not an integer one.

    Examples
    --------
    >>> import autograd
    >>> autograd.iinfo(autograd.int8).max
    127
    """

    def __init__(self, type: Any, /):
        kind = dtypes.lookup(type)
        if kind.category != dtypes.INTEGER:
            raise TypeError(f"iinfo: {kind} is not an integer type; use finfo")
        self.dtype = kind
        self.bits = 8 * kind.itemsize
        self.min, self.max = dtypes.bounds(kind)

    def __repr__(self) -> str:
        return f"iinfo(min={self.min}, max={self.max}, dtype={self.dtype.name})"
