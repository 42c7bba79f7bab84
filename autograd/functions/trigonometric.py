"""Trigonometric and hyperbolic functions and their inverses, by PyTorch's names."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.functions.common import require_tensors, store

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def sin(input: Any, *, out: Any = None) -> Tensor:
    """The sine of an angle in radians.

    Examples
    --------
    >>> import autograd
    >>> autograd.sin(autograd.tensor([0.0, 1.0]))
    tensor([0.0000, 0.8415])
    """
    result = ops.sin(input)
    return result if out is None else store("sin", result, out)


def cos(input: Any, *, out: Any = None) -> Tensor:
    """The cosine of an angle in radians.

    Examples
    --------
    >>> import autograd
    >>> autograd.cos(autograd.tensor([0.0, 1.0]))
    tensor([1.0000, 0.5403])
    """
    result = ops.cos(input)
    return result if out is None else store("cos", result, out)


def tan(input: Any, *, out: Any = None) -> Tensor:
    """The tangent of an angle in radians.

    Examples
    --------
    >>> import autograd
    >>> autograd.tan(autograd.tensor([0.0, 1.0]))
    tensor([0.0000, 1.5574])
    """
    result = ops.tan(input)
    return result if out is None else store("tan", result, out)


def asin(input: Any, *, out: Any = None) -> Tensor:
    """The angle in [-π/2, π/2] with the given sine; NaN beyond [-1, 1].

    Examples
    --------
    >>> import autograd
    >>> autograd.asin(autograd.tensor([0.0, 1.0]))
    tensor([0.0000, 1.5708])
    """
    result = ops.asin(input)
    return result if out is None else store("asin", result, out)


arcsin = asin


def acos(input: Any, *, out: Any = None) -> Tensor:
    """The angle in [0, π] with the given cosine; NaN beyond [-1, 1].

    Examples
    --------
    >>> import autograd
    >>> autograd.acos(autograd.tensor([0.0, 1.0]))
    tensor([1.5708, 0.0000])
    """
    result = ops.acos(input)
    return result if out is None else store("acos", result, out)


arccos = acos


def atan(input: Any, *, out: Any = None) -> Tensor:
    """The angle in (-π/2, π/2) with the given tangent.

    Examples
    --------
    >>> import autograd
    >>> autograd.atan(autograd.tensor([0.0, 1.0]))
    tensor([0.0000, 0.7854])
    """
    result = ops.atan(input)
    return result if out is None else store("atan", result, out)


arctan = atan


def sinh(input: Any, *, out: Any = None) -> Tensor:
    """The hyperbolic sine, (eˣ - e⁻ˣ) / 2.

    Examples
    --------
    >>> import autograd
    >>> autograd.sinh(autograd.tensor([0.0, 1.0]))
    tensor([0.0000, 1.1752])
    """
    result = ops.sinh(input)
    return result if out is None else store("sinh", result, out)


def cosh(input: Any, *, out: Any = None) -> Tensor:
    """The hyperbolic cosine, (eˣ + e⁻ˣ) / 2.

    Examples
    --------
    >>> import autograd
    >>> autograd.cosh(autograd.tensor([0.0, 1.0]))
    tensor([1.0000, 1.5431])
    """
    result = ops.cosh(input)
    return result if out is None else store("cosh", result, out)


def tanh(input: Any, *, out: Any = None) -> Tensor:
    """The hyperbolic tangent, sinh x / cosh x.

    Examples
    --------
    >>> import autograd
    >>> autograd.tanh(autograd.tensor([0.0, 1.0]))
    tensor([0.0000, 0.7616])
    """
    result = ops.tanh(input)
    return result if out is None else store("tanh", result, out)


def asinh(input: Any, *, out: Any = None) -> Tensor:
    """The inverse hyperbolic sine, log(x + √(x² + 1)).

    Examples
    --------
    >>> import autograd
    >>> autograd.asinh(autograd.tensor([0.0, 1.0]))
    tensor([0.0000, 0.8814])
    """
    result = ops.asinh(input)
    return result if out is None else store("asinh", result, out)


arcsinh = asinh


def acosh(input: Any, *, out: Any = None) -> Tensor:
    """The inverse hyperbolic cosine, log(x + √(x² - 1)); NaN below 1.

    Examples
    --------
    >>> import autograd
    >>> autograd.acosh(autograd.tensor([1.0, 2.0]))
    tensor([0.0000, 1.3170])
    """
    result = ops.acosh(input)
    return result if out is None else store("acosh", result, out)


arccosh = acosh


def atanh(input: Any, *, out: Any = None) -> Tensor:
    """The inverse hyperbolic tangent, log((1 + x) / (1 - x)) / 2.

    Examples
    --------
    >>> import autograd
    >>> autograd.atanh(autograd.tensor([0.0, 0.5]))
    tensor([0.0000, 0.5493])
    """
    result = ops.atanh(input)
    return result if out is None else store("atanh", result, out)


arctanh = atanh


def sinc(input: Any, *, out: Any = None) -> Tensor:
    """sin(πx) / (πx), and 1 at 0.

    Examples
    --------
    >>> import autograd
    >>> autograd.sinc(autograd.tensor([0.0, 0.5]))
    tensor([1.0000, 0.6366])
    """
    result = ops.sinc(input)
    return result if out is None else store("sinc", result, out)


def atan2(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """The angle of the point (other, input), in [-π, π].

    Examples
    --------
    >>> import autograd
    >>> autograd.atan2(autograd.tensor([1.0, -1.0]), autograd.tensor([1.0, 0.0]))
    tensor([ 0.7854, -1.5708])
    """
    require_tensors("atan2", input=input, other=other)
    result = ops.atan2(input, other)
    return result if out is None else store("atan2", result, out)


arctan2 = atan2


def deg2rad(input: Any, *, out: Any = None) -> Tensor:
    """Degrees to radians.

    Examples
    --------
    >>> import autograd
    >>> autograd.deg2rad(autograd.tensor([180.0]))
    tensor([3.1416])
    """
    result = ops.multiply(input, math.pi / 180)
    return result if out is None else store("deg2rad", result, out)


def rad2deg(input: Any, *, out: Any = None) -> Tensor:
    """Radians to degrees.

    Examples
    --------
    >>> import autograd
    >>> autograd.rad2deg(autograd.tensor([1.0]))
    tensor([57.2958])
    """
    result = ops.multiply(input, 180 / math.pi)
    return result if out is None else store("rad2deg", result, out)
