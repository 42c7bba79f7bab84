"""Exponentials, logarithms and the logistic function, by PyTorch's names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.functions.common import require_tensors, store

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def exp(input: Any, *, out: Any = None) -> Tensor:
    """eˣ elementwise.

    Examples
    --------
    >>> import autograd
    >>> autograd.exp(autograd.tensor([0.0, 1.0]))
    tensor([1.0000, 2.7183])
    """
    result = ops.exp(input)
    return result if out is None else store("exp", result, out)


def exp2(input: Any, *, out: Any = None) -> Tensor:
    """2ˣ elementwise.

    Examples
    --------
    >>> import autograd
    >>> autograd.exp2(autograd.tensor([0.0, 3.0]))
    tensor([1., 8.])
    """
    result = ops.exp2(input)
    return result if out is None else store("exp2", result, out)


def expm1(input: Any, *, out: Any = None) -> Tensor:
    """eˣ - 1, accurate for small x.

    Examples
    --------
    >>> import autograd
    >>> autograd.expm1(autograd.tensor([0.0, 1e-6]))
    tensor([0.0000e+00, 1.0000e-06])
    """
    result = ops.expm1(input)
    return result if out is None else store("expm1", result, out)


def log(input: Any, *, out: Any = None) -> Tensor:
    """The natural logarithm; NaN for negative numbers.

    Examples
    --------
    >>> import autograd
    >>> autograd.log(autograd.tensor([1.0, 2.0]))
    tensor([0.0000, 0.6931])
    """
    result = ops.log(input)
    return result if out is None else store("log", result, out)


def log2(input: Any, *, out: Any = None) -> Tensor:
    """The logarithm to base 2.

    Examples
    --------
    >>> import autograd
    >>> autograd.log2(autograd.tensor([1.0, 8.0]))
    tensor([0., 3.])
    """
    result = ops.log2(input)
    return result if out is None else store("log2", result, out)


def log10(input: Any, *, out: Any = None) -> Tensor:
    """The logarithm to base 10.

    Examples
    --------
    >>> import autograd
    >>> autograd.log10(autograd.tensor([1.0, 50.0]))
    tensor([0.0000, 1.6990])
    """
    result = ops.log10(input)
    return result if out is None else store("log10", result, out)


def log1p(input: Any, *, out: Any = None) -> Tensor:
    """log(1 + x), accurate for small x.

    Examples
    --------
    >>> import autograd
    >>> autograd.log1p(autograd.tensor([0.0, 1e-6]))
    tensor([0.0000e+00, 1.0000e-06])
    """
    result = ops.log1p(input)
    return result if out is None else store("log1p", result, out)


def sigmoid(input: Any, *, out: Any = None) -> Tensor:
    """The logistic function 1 / (1 + e⁻ˣ).

    Examples
    --------
    >>> import autograd
    >>> autograd.sigmoid(autograd.tensor([0.0, 2.0]))
    tensor([0.5000, 0.8808])
    """
    result = ops.sigmoid(input)
    return result if out is None else store("sigmoid", result, out)


def logaddexp(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """log(eˣ + eʸ), without overflow.

    Examples
    --------
    >>> import autograd
    >>> autograd.logaddexp(autograd.tensor([0.0]), autograd.tensor([0.0]))
    tensor([0.6931])
    """
    require_tensors("logaddexp", input=input, other=other)
    result = ops.logaddexp(input, other)
    return result if out is None else store("logaddexp", result, out)


def logaddexp2(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """log₂(2ˣ + 2ʸ), without overflow.

    Examples
    --------
    >>> import autograd
    >>> autograd.logaddexp2(autograd.tensor([1.0]), autograd.tensor([1.0]))
    tensor([2.])
    """
    require_tensors("logaddexp2", input=input, other=other)
    result = ops.logaddexp2(input, other)
    return result if out is None else store("logaddexp2", result, out)


def xlogy(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """x · log y, and 0 where x is 0 and y is not NaN; either may be a number.

    Examples
    --------
    >>> import autograd
    >>> autograd.xlogy(autograd.tensor([0.0, 2.0]), autograd.tensor([0.0, 1.5]))
    tensor([0.0000, 0.8109])
    """
    result = ops.xlogy(input, other)
    return result if out is None else store("xlogy", result, out)


def xlog1py(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """x · log(1 + y), and 0 where x is 0 and y is not NaN; either may be a number.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.xlog1py(autograd.tensor([0.0, 2.0]), autograd.tensor([-1.0, 0.5]))
    tensor([0.0000, 0.8109])
    """
    result = ops.xlog1py(input, other)
    return result if out is None else store("xlog1py", result, out)


def logit(input: Any, eps: float | None = None, *, out: Any = None) -> Tensor:
    """log(x / (1 - x)), the inverse of `sigmoid`; with `eps`, x is limited to [eps, 1 - eps] first.

    Examples
    --------
    >>> import autograd
    >>> autograd.logit(autograd.tensor([0.5, 0.9]))
    tensor([0.0000, 2.1972])
    """
    result = ops.logit(input, eps=None if eps is not None and eps < 0 else eps)
    return result if out is None else store("logit", result, out)
