"""Special functions, by PyTorch's names: error functions, the normal distribution, gamma, zeta."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.functions.common import require_tensors, store

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def erf(input: Any, *, out: Any = None) -> Tensor:
    """The error function 2/√π ∫₀ˣ exp(-t²) dt.

    Examples
    --------
    >>> import autograd
    >>> autograd.erf(autograd.tensor([0.0, 1.0]))
    tensor([0.0000, 0.8427])
    """
    result = ops.erf(input)
    return result if out is None else store("erf", result, out)


def erfc(input: Any, *, out: Any = None) -> Tensor:
    """1 - erf(x), accurate for large x.

    Examples
    --------
    >>> import autograd
    >>> autograd.erfc(autograd.tensor([0.0, 1.0]))
    tensor([1.0000, 0.1573])
    """
    result = ops.erfc(input)
    return result if out is None else store("erfc", result, out)


def erfinv(input: Any, *, out: Any = None) -> Tensor:
    """The inverse of `erf`: ±inf at ±1, NaN beyond.

    Examples
    --------
    >>> import autograd
    >>> autograd.erfinv(autograd.tensor([0.0, 0.5]))
    tensor([0.0000, 0.4769])
    """
    result = ops.erfinv(input)
    return result if out is None else store("erfinv", result, out)


def lgamma(input: Any, *, out: Any = None) -> Tensor:
    """log |Γ(x)|.

    Examples
    --------
    >>> import autograd
    >>> autograd.lgamma(autograd.tensor([1.0, 5.0]))
    tensor([0.0000, 3.1781])
    """
    result = ops.lgamma(input)
    return result if out is None else store("lgamma", result, out)


def digamma(input: Any, *, out: Any = None) -> Tensor:
    """The logarithmic derivative of Γ.

    Examples
    --------
    >>> import autograd
    >>> autograd.digamma(autograd.tensor([1.0, 2.0]))
    tensor([-0.5772,  0.4228])
    """
    result = ops.digamma(input)
    return result if out is None else store("digamma", result, out)


def erfcx(input: Any, *, out: Any = None) -> Tensor:
    """exp(x²) erfc(x), which does not underflow.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.erfcx(autograd.tensor([0.0, 1.0]))
    tensor([1.0000, 0.4276])
    """
    result = ops.erfcx(input)
    return result if out is None else store("erfcx", result, out)


def ndtr(input: Any, *, out: Any = None) -> Tensor:
    """The standard normal distribution function Φ(x).

    Examples
    --------
    >>> import autograd
    >>> autograd.special.ndtr(autograd.tensor([0.0, 1.0]))
    tensor([0.5000, 0.8413])
    """
    result = ops.ndtr(input)
    return result if out is None else store("ndtr", result, out)


def log_ndtr(input: Any, *, out: Any = None) -> Tensor:
    """log Φ(x), accurate in both tails.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.log_ndtr(autograd.tensor([0.0, 1.0]))
    tensor([-0.6931, -0.1728])
    """
    result = ops.log_ndtr(input)
    return result if out is None else store("log_ndtr", result, out)


def ndtri(input: Any, *, out: Any = None) -> Tensor:
    """The standard normal quantile, the inverse of `ndtr`.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.ndtri(autograd.tensor([0.5, 0.9]))
    tensor([0.0000, 1.2816])
    """
    result = ops.ndtri(input)
    return result if out is None else store("ndtri", result, out)


def entr(input: Any, *, out: Any = None) -> Tensor:
    """-x log x; 0 at 0, -inf for negative x.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.entr(autograd.tensor([0.5, 1.0]))
    tensor([0.3466, -0.0000])
    """
    result = ops.entr(input)
    return result if out is None else store("entr", result, out)


def polygamma(n: int, input: Any, *, out: Any = None) -> Tensor:
    """The n-th derivative of `digamma`.

    Raises
    ------
    RuntimeError
        If n is negative.

    Examples
    --------
    >>> import autograd
    >>> autograd.polygamma(1, autograd.tensor([1.0, 2.0]))
    tensor([1.6449, 0.6449])
    """
    if n < 0:
        raise RuntimeError(f"polygamma(n, x) does not support negative n, got n={n}")
    result = ops.polygamma(input, n=int(n))
    return result if out is None else store("polygamma", result, out)


def mvlgamma(input: Any, p: int, *, out: Any = None) -> Tensor:
    """The logarithm of the multivariate gamma function: p(p-1)/4 · log π + Σ lgamma(x - j/2) over j < p.

    Raises
    ------
    RuntimeError
        If p is not positive.

    Examples
    --------
    >>> import autograd
    >>> autograd.mvlgamma(autograd.tensor([2.0, 3.0]), 2)
    tensor([0.4516, 1.5502])
    """
    if p < 1:
        raise RuntimeError(f"mvlgamma: p has to be greater than or equal to 1, got p={p}")
    result = ops.lgamma(input)
    for j in range(1, p):
        result = ops.add(result, ops.lgamma(ops.subtract(input, j / 2)))
    result = ops.add(result, p * (p - 1) / 4 * math.log(math.pi))
    return result if out is None else store("mvlgamma", result, out)


def igamma(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """The regularized lower incomplete gamma function P(input, other).

    Examples
    --------
    >>> import autograd
    >>> autograd.igamma(autograd.tensor([2.0]), autograd.tensor([1.0]))
    tensor([0.2642])
    """
    require_tensors("igamma", input=input, other=other)
    result = ops.igamma(input, other)
    return result if out is None else store("igamma", result, out)


def igammac(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """The regularized upper incomplete gamma function Q(input, other) = 1 - P(input, other).

    Examples
    --------
    >>> import autograd
    >>> autograd.igammac(autograd.tensor([2.0]), autograd.tensor([1.0]))
    tensor([0.7358])
    """
    require_tensors("igammac", input=input, other=other)
    result = ops.igammac(input, other)
    return result if out is None else store("igammac", result, out)


def zeta(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """The Hurwitz zeta function Σ (k + other)^-input over k ≥ 0; either may be a number.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.zeta(autograd.tensor([2.0]), autograd.tensor([1.0]))
    tensor([1.6449])
    """
    result = ops.zeta(input, other)
    return result if out is None else store("zeta", result, out)
